//! From the lines of all pages to paragraphs and tables.

use super::layout::{Lines, TextLine};
use crate::exchange::documents::mark;
use crate::text::read::{Line, Manuscript};

/// A line that ends this far from the edge of its column, in letters, ends its paragraph, unless what stands first in
/// the next line would not have found room there.
const SHORT_BY: f64 = 0.8;
/// In the middle of a sentence it may leave this share of its column free.
const OPEN: f64 = 0.2;
/// A line that begins this far from the edge of its column, in letters, begins a paragraph.
const INDENT: f64 = 1.2;
/// Lines of one paragraph differ in size by less than this share.
const SAME_SIZE: f64 = 0.07;
/// A gap between lines of so many times the usual one parts paragraphs.
const WIDE_PITCH: f64 = 1.6;
/// So many cells of tables are written, with those that are empty. Rows beyond them list only what stands in them.
const MOST_CELLS: usize = 4_000_000;
/// Notes at the foot of a page are smaller than the text by this share.
const NOTE: f64 = 0.88;

/// Puts the lines of all pages together.
pub(super) fn manuscript(pages: Vec<Lines>) -> Manuscript {
    let body = usual_size(&pages);
    let mut writer = Writer::default();
    for (number, page) in (1..).zip(pages) {
        writer.pitch = usual_pitch(&page.lines);
        let notes = first_note(&page.lines, body);
        let mut lines = page.lines;
        let foot = lines.split_off(notes);
        writer.page = Some(number);
        writer.table = Vec::new();
        for line in lines {
            writer.take(line);
        }
        writer.end_table();
        writer.note(foot);
    }
    writer.finish()
}

#[derive(Default)]
struct Writer {
    manuscript: Manuscript,
    /// The paragraph being written and its last line.
    open: Option<(String, TextLine)>,
    /// The rows of the table being read.
    table: Vec<TextLine>,
    notes: Vec<Line>,
    /// How many cells of tables have been written.
    cells: usize,
    /// The page that has begun, until something of it is written.
    page: Option<u32>,
    /// From one line of the page to the next, as a rule.
    pitch: f64,
}

impl Writer {
    fn take(&mut self, line: TextLine) {
        if line.parts.len() > 1 {
            self.table.push(line);
            return;
        }
        self.end_table();
        let continued = self
            .open
            .as_ref()
            .is_some_and(|(_, last)| self.continues(last, &line));
        match &mut self.open {
            Some((words, last)) if continued => {
                join(words, &line.words());
                *last = line;
            }
            _ => {
                self.end_paragraph();
                self.begin_page();
                self.open = Some((line.words(), line));
            }
        }
    }

    fn begin_page(&mut self) {
        if let Some(page) = self.page.take() {
            self.manuscript.pages.push((self.manuscript.lines.len(), page));
        }
    }

    /// Whether a paragraph goes on from its last line to the next.
    fn continues(&self, last: &TextLine, next: &TextLine) -> bool {
        let size = last.size.max(next.size);
        let same_size = (last.size - next.size).abs() <= size * SAME_SIZE;
        let left = last.column.1 - last.end();
        let is_open = !ends_sentence(&last.words()) && left < (last.column.1 - last.column.0) * OPEN;
        let is_full = is_open || left < size * (SHORT_BY + unbroken(&next.words()));
        let is_indented = next.x() - next.column.0 > size * INDENT;
        let down = next.y - last.y;
        // From column to column and from page to page there is no distance.
        let is_near = down < 0.0 || self.page.is_some() || down < self.pitch.max(size) * WIDE_PITCH;
        let is_centred = last.x() - last.column.0 > size * 2.5;
        same_size && is_full && !is_indented && is_near && !is_centred
    }

    fn end_paragraph(&mut self) {
        if let Some((words, _)) = self.open.take() {
            self.manuscript.lines.push(Line::Paragraph(words));
        }
    }

    /// Writes the rows that have been gathered; a single one is a line with gaps.
    fn end_table(&mut self) {
        let rows = std::mem::take(&mut self.table);
        if rows.is_empty() {
            return;
        }
        self.end_paragraph();
        self.begin_page();
        if let [line] = rows.as_slice() {
            self.manuscript.lines.push(Line::Paragraph(line.words()));
            return;
        }
        let columns = columns(&rows);
        self.cells += columns.len() * rows.len();
        self.manuscript.lines.push(Line::Gap);
        for row in rows {
            if self.cells > MOST_CELLS {
                let words = row.parts.into_iter().map(|part| part.words);
                self.manuscript.lines.push(Line::Row(words.collect()));
                continue;
            }
            let mut cells = vec![String::new(); columns.len()];
            for part in row.parts {
                let at = columns.partition_point(|(_, end)| *end <= part.x);
                if let Some(cell) = cells.get_mut(at) {
                    join(cell, &part.words);
                }
            }
            self.manuscript.lines.push(Line::Row(cells));
        }
        self.manuscript.lines.push(Line::Gap);
    }

    /// Keeps the notes at the foot of a page for the end.
    fn note(&mut self, lines: Vec<TextLine>) {
        for line in lines {
            let words = line.words();
            let begins = begins_note(&words);
            match self.notes.last_mut() {
                Some(Line::Paragraph(note)) if !begins => join(note, &words),
                _ => self.notes.push(Line::Paragraph(with_mark(&words))),
            }
        }
    }

    fn finish(mut self) -> Manuscript {
        self.end_paragraph();
        if !self.notes.is_empty() {
            self.manuscript.lines.push(Line::Gap);
            self.manuscript.lines.append(&mut self.notes);
        }
        self.manuscript
    }
}

fn ends_sentence(words: &str) -> bool {
    words
        .trim_end_matches(['”', '’', '）', ')', '」'])
        .ends_with(['。', '！', '？', '；', '：', '!', '?', ';', ':'])
}

/// How wide what stands first in a line is, up to where the line could be broken; in letters.
fn unbroken(words: &str) -> f64 {
    let mut width = 0.0;
    let mut before: Option<char> = None;
    for char in words.chars() {
        let holds = match before {
            None => true,
            // Figures and the words of an alphabet are kept whole, marks stay with what is before or behind them.
            Some(last) => {
                last.is_ascii_graphic() && char.is_ascii_graphic()
                    || "“‘（《〈【「『(".contains(last)
                    || "，。、；：！？”’）》〉】」』…%％‰·".contains(char)
            }
        };
        if !holds {
            break;
        }
        width += if char.is_ascii() { 0.6 } else { 1.0 };
        before = Some(char);
    }
    width
}

/// Adds words to a paragraph; a space only where the words of an alphabet meet.
fn join(words: &mut String, next: &str) {
    let is_latin = |char: Option<char>| char.is_some_and(|char| char.is_ascii_alphabetic());
    let before = words.chars().next_back();
    let first = next.chars().next();
    if before == Some('-') && first.is_some_and(|char| char.is_ascii_lowercase()) {
        words.pop();
    } else if is_latin(before) && is_latin(first) {
        words.push(' ');
    }
    words.push_str(next);
}

/// The columns of a table: what overlaps from row to row is one.
fn columns(rows: &[TextLine]) -> Vec<(f64, f64)> {
    let mut parts: Vec<(f64, f64)> = rows
        .iter()
        .flat_map(|row| row.parts.iter().map(|part| (part.x, part.end)))
        .collect();
    parts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut columns: Vec<(f64, f64)> = Vec::new();
    for (x, end) in parts {
        match columns.last_mut() {
            Some((_, last)) if x < *last => *last = last.max(end),
            _ => columns.push((x, end)),
        }
    }
    columns
}

/// The size that most letters have.
fn usual_size(pages: &[Lines]) -> f64 {
    let mut letters: Vec<(f64, usize)> = Vec::new();
    for line in pages.iter().flat_map(|page| &page.lines) {
        let count = line.parts.iter().map(|part| part.words.chars().count()).sum();
        letters.push((line.size, count));
    }
    letters.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = letters.iter().map(|(_, count)| count).sum::<usize>() / 2;
    let mut so_far = 0;
    let middle = letters.iter().find(|(_, count)| {
        so_far += count;
        so_far > half
    });
    middle.map_or(0.0, |(size, _)| *size)
}

fn usual_pitch(lines: &[TextLine]) -> f64 {
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let mut pitches: Vec<f64> = pairs
        .map(|(a, b)| b.y - a.y)
        .filter(|pitch| *pitch > 0.0)
        .collect();
    pitches.sort_by(f64::total_cmp);
    pitches.get(pitches.len() / 2).copied().unwrap_or_default()
}

/// The index of the first of the notes at the foot of a page; the number of lines where there are none.
fn first_note(lines: &[TextLine], body: f64) -> usize {
    let small = lines
        .iter()
        .rposition(|line| line.size > body * NOTE)
        .map_or(0, |last| last + 1);
    let begins = |line: &TextLine| begins_note(&line.words());
    let first = lines.iter().skip(small).position(begins);
    first.map_or(lines.len(), |first| small + first)
}

/// A note with the same mark that stands in the text.
fn with_mark(words: &str) -> String {
    let behind = words.trim_start_matches(|char: char| char.is_ascii_digit());
    let number = words
        .get(..words.len() - behind.len())
        .and_then(|digits| digits.parse().ok());
    number.map_or_else(
        || words.to_owned(),
        |number| format!("{} {}", mark::of_note(number), behind.trim_start()),
    )
}

fn begins_note(words: &str) -> bool {
    words.starts_with(|char: char| char.is_ascii_digit() || matches!(char, '①'..='⑳' | '[' | '*' | '注'))
}
