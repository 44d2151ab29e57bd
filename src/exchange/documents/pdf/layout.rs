//! From the letters of a page to its lines, in the order in which a person reads them.

use super::Page;
use super::glyphs::Glyph;
use crate::exchange::documents::mark;

/// Letters whose baselines differ by less than this share of their size stand on one line.
const SAME_LINE: f64 = 0.3;
/// Marks of notes are raised by less than this share.
const RAISED: f64 = 0.5;
/// From this gap on, as a share of the size, words on one line are cells or columns.
const WIDE_GAP: f64 = 1.2;
/// A gap between letters of an alphabet from this share of the size on is a space.
const SPACE: f64 = 0.18;
/// So many lines stand in each of two columns.
const FEWEST_IN_COLUMN: usize = 4;
/// Lines of prose fill this share of their column, cells of tables do not.
const PROSE: f64 = 0.6;
/// And have so many letters' widths at least.
const PROSE_LETTERS: f64 = 9.0;
/// No page of columns is wider. Points.
const WIDEST: f64 = 20_000.0;
/// Nor has it more parts.
const MOST_PARTS: usize = 4_000;

/// The lines of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    pub lines: Vec<TextLine>,
    pub height: f64,
}

/// A line of text. Lengths in points.
#[derive(Clone, Debug)]
pub(super) struct TextLine {
    /// The parts of the line between wide gaps.
    pub parts: Vec<Part>,
    /// Its baseline, counted downwards.
    pub y: f64,
    pub size: f64,
    /// The left and right edges of the column that it stands in.
    pub column: (f64, f64),
}

/// Words without a wide gap in them.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub words: String,
    pub x: f64,
    pub end: f64,
    y: f64,
    size: f64,
}

impl TextLine {
    pub fn x(&self) -> f64 {
        self.parts.first().map_or(0.0, |part| part.x)
    }

    pub fn end(&self) -> f64 {
        self.parts.last().map_or(0.0, |part| part.end)
    }

    /// All its words, wide gaps as ideographic spaces.
    pub fn words(&self) -> String {
        let words: Vec<&str> = self.parts.iter().map(|part| part.words.as_str()).collect();
        words.join("\u{3000}")
    }
}

/// The lines of a page in reading order.
pub(super) fn lines(page: Page) -> Lines {
    let height = page.height;
    let parts = parts(page.glyphs);
    let whole = edges(&parts);
    let mut lines = Vec::new();
    match gutter(&parts, page.width) {
        None => lines.extend(rows(parts, whole)),
        Some(Gutter { x, top, bottom }) => {
            let (above, rest): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| part.y < top);
            let (within, beneath): (Vec<_>, Vec<_>) = rest.into_iter().partition(|part| part.y <= bottom);
            let (left, right): (Vec<_>, Vec<_>) = within.into_iter().partition(|part| part.end <= x);
            let (left_edges, right_edges) = (edges(&left), edges(&right));
            for (column, edges) in [
                (above, whole),
                (left, left_edges),
                (right, right_edges),
                (beneath, whole),
            ] {
                lines.extend(rows(column, edges));
            }
        }
    }
    Lines { lines, height }
}

/// Joins the letters of a page to words, left to right.
fn parts(glyphs: Vec<Glyph>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for row in rows_of(glyphs, |glyph| (glyph.y, glyph.size)) {
        let size = usual(row.iter().map(|glyph| glyph.size));
        let mut open: Option<Part> = None;
        let mut inside = false;
        let baseline = usual(
            row.iter()
                .filter(|glyph| glyph.size > size * 0.8)
                .map(|glyph| glyph.y),
        );
        for glyph in row {
            if glyph.words.trim().is_empty() && glyph.words != "\u{3000}" {
                continue;
            }
            let is_mark = glyph.size < size * 0.8 && glyph.y < baseline - size * 0.15;
            let continues = open
                .as_ref()
                .is_some_and(|run| glyph.x - run.end < size * WIDE_GAP);
            if !continues {
                close(&mut parts, open.take(), &mut inside);
            }
            let run = open.get_or_insert_with(|| Part {
                words: String::new(),
                x: glyph.x,
                end: glyph.x,
                y: baseline,
                size,
            });
            let before = run.words.chars().next_back();
            let next = glyph.words.chars().next();
            // The mark of a note would make its number part of the number before it.
            if is_mark != inside && before.is_some_and(|before| !before.is_ascii_alphabetic() || inside) {
                if is_mark {
                    run.words.push('[');
                } else {
                    mark::close(&mut run.words);
                }
                inside = is_mark;
            }
            let is_gap = glyph.x - run.end > size * SPACE;
            if is_gap && before.is_some_and(is_latin) && next.is_some_and(is_latin) {
                run.words.push(' ');
            }
            run.words.push_str(&glyph.words);
            run.end = glyph.end.max(run.end);
        }
        close(&mut parts, open, &mut inside);
    }
    parts
}

fn close(parts: &mut Vec<Part>, part: Option<Part>, inside: &mut bool) {
    if let Some(mut part) = part {
        if std::mem::take(inside) {
            mark::close(&mut part.words);
        }
        parts.push(part);
    }
}

fn is_latin(char: char) -> bool {
    char.is_alphanumeric() && (char as u32) < 0x2000 || "&.,;:%)('-".contains(char)
}

/// Groups what stands on one line, top to bottom, and each line left to right.
fn rows_of<T>(items: Vec<T>, place: impl Fn(&T) -> (f64, f64)) -> Vec<Vec<T>>
where
    T: HasX,
{
    let mut items = items;
    items.sort_by(|a, b| place(a).0.total_cmp(&place(b).0));
    let mut rows: Vec<(f64, f64, Vec<T>)> = Vec::new();
    for item in items {
        let (y, size) = place(&item);
        match rows.last_mut() {
            Some((row, largest, row_items)) if is_on_line(y - *row, size, *largest) => {
                if size > *largest {
                    (*row, *largest) = (y, size);
                }
                row_items.push(item);
            }
            _ => rows.push((y, size, vec![item])),
        }
    }
    rows.into_iter()
        .map(|(_, _, mut row)| {
            row.sort_by(|a, b| a.x().total_cmp(&b.x()));
            row
        })
        .collect()
}

/// Whether letters of two sizes, one so far beneath the other, stand on one line; a raised mark stands above its own.
fn is_on_line(down: f64, size: f64, other: f64) -> bool {
    let is_mark = size.min(other) < size.max(other) * 0.8;
    down < size.max(other) * if is_mark { RAISED } else { SAME_LINE }
}

trait HasX {
    fn x(&self) -> f64;
}

impl HasX for Glyph {
    fn x(&self) -> f64 {
        self.x
    }
}

impl HasX for Part {
    fn x(&self) -> f64 {
        self.x
    }
}

/// How far parts reach to the left and to the right.
fn edges(parts: &[Part]) -> (f64, f64) {
    let left = parts.iter().map(|part| part.x).fold(f64::INFINITY, f64::min);
    (
        left,
        parts
            .iter()
            .map(|part| part.end)
            .fold(f64::NEG_INFINITY, f64::max),
    )
}

/// The lines of one column with these edges.
fn rows(parts: Vec<Part>, column: (f64, f64)) -> Vec<TextLine> {
    rows_of(parts, |part| (part.y, part.size))
        .into_iter()
        .map(|parts| TextLine {
            y: usual(parts.iter().map(|part| part.y)),
            size: usual(parts.iter().map(|part| part.size)),
            parts,
            column,
        })
        .collect()
}

/// The middle one.
fn usual(lengths: impl Iterator<Item = f64>) -> f64 {
    let mut lengths: Vec<f64> = lengths.collect();
    lengths.sort_by(f64::total_cmp);
    lengths.get(lengths.len() / 2).copied().unwrap_or_default()
}

/// Where two columns part, and the lines between which they do.
struct Gutter {
    x: f64,
    top: f64,
    bottom: f64,
}

/// Finds the gutter between two columns of prose.
fn gutter(parts: &[Part], width: f64) -> Option<Gutter> {
    if width > WIDEST || parts.len() > MOST_PARTS {
        return None;
    }
    let mut parts: Vec<&Part> = parts.iter().collect();
    parts.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut best: Option<(usize, Gutter)> = None;
    let mut x = width * 0.35;
    while x < width * 0.65 {
        let mut crossing: Vec<f64> = parts
            .iter()
            .filter(|part| part.x < x && part.end > x)
            .map(|part| part.y)
            .collect();
        crossing.insert(0, f64::NEG_INFINITY);
        crossing.push(f64::INFINITY);
        for pair in crossing.windows(2) {
            let &[above, beneath] = pair else { continue };
            let from = parts.partition_point(|part| part.y <= above + 0.1);
            let end = parts.partition_point(|part| part.y < beneath - 0.1);
            let within = parts.get(from..end).unwrap_or_default();
            let (left, right): (Vec<&Part>, Vec<&Part>) = within.iter().partition(|part| part.end <= x);
            let count = left.len().min(right.len());
            if count >= FEWEST_IN_COLUMN
                && is_prose(&left)
                && is_prose(&right)
                && best.as_ref().is_none_or(|(most, _)| count > *most)
            {
                let y = |part: Option<&&Part>| part.map_or(0.0, |part| part.y);
                let gutter = Gutter {
                    x,
                    top: y(within.first()),
                    bottom: y(within.last()),
                };
                best = Some((count, gutter));
            }
        }
        x += 2.0;
    }
    best.map(|(_, gutter)| gutter)
}

/// Whether most parts fill their column.
fn is_prose(parts: &[&Part]) -> bool {
    let left = parts.iter().map(|part| part.x).fold(f64::INFINITY, f64::min);
    let right = parts
        .iter()
        .map(|part| part.end)
        .fold(f64::NEG_INFINITY, f64::max);
    let width = usual(parts.iter().map(|part| part.end - part.x));
    let size = usual(parts.iter().map(|part| part.size));
    right > left && width >= (right - left) * PROSE && width >= size * PROSE_LETTERS
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of rows with a line of prose in each of two columns.
    fn page(rows: usize, width: f64) -> Page {
        let letter = |row: usize, at: usize| {
            let gap = if at < 20 { 0.0 } else { 60.0 };
            let x = width / 2.0 - 230.0 + 10.0 * at as f64 + gap;
            Glyph {
                words: if at < 20 { "左" } else { "右" }.to_owned(),
                x,
                end: x + 10.0,
                y: 15.0 * row as f64,
                size: 10.0,
            }
        };
        Page {
            glyphs: (0..rows * 40)
                .map(|index| letter(index / 40, index % 40))
                .collect(),
            width,
            height: 800.0,
        }
    }

    #[test]
    fn columns_are_read_one_after_the_other_on_pages_of_a_sound_size() {
        for (rows, width, lines) in [(5, 500.0, 10), (5, 1e9, 5), (2_001, 500.0, 2_001)] {
            let found = lines_of(page(rows, width));
            assert_eq!(found.len(), lines, "{rows} rows, {width} wide");
            let is_whole = |line: &String| line.contains("左") && line.contains("右");
            assert_eq!(
                found.iter().any(is_whole),
                lines == rows,
                "{rows} rows, {width} wide"
            );
        }
    }

    fn lines_of(page: Page) -> Vec<String> {
        lines(page).lines.iter().map(TextLine::words).collect()
    }
}
