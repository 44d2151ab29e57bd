//! The cells of one sheet.

use super::{Workbook, rich_text};
use crate::exchange::documents::fault::Fault;
use crate::exchange::documents::grid::{Grid, Merge};
use crate::exchange::documents::xml::{Node, Tag, Xml};

/// More cells than this are no report.
const MOST_CELLS: usize = 4_000_000;
/// The most that the words of all cells of a sheet may be. Bytes.
const LONGEST: usize = 256 << 20;

/// A cell that is being read.
#[derive(Default)]
struct Cell {
    row: u32,
    column: u32,
    kind: String,
    style: usize,
    value: String,
}

/// Reads the cells of a sheet.
pub(super) fn read(text: &str, workbook: &Workbook) -> Result<Grid, Fault> {
    let mut xml = Xml::new(text);
    let mut grid = Grid::default();
    let mut cell = Cell::default();
    let (mut row, mut column) = (0, 0);
    let (mut cells, mut bytes) = (0, 0);
    let mut in_value = false;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.name() {
                "row" => {
                    row = tag
                        .number::<u32>("r")
                        .map_or(row, |number| number.saturating_sub(1));
                    column = 0;
                }
                "c" => {
                    (row, column) = tag
                        .value("r")
                        .and_then(|place| place_of(&place))
                        .unwrap_or((row, column));
                    cell = Cell::open(&tag, row, column);
                    column = column.saturating_add(1);
                    cells += 1;
                    if cells > MOST_CELLS {
                        return Err(Fault::Bomb(format!(
                            "a sheet of it has more than {MOST_CELLS} cells"
                        )));
                    }
                }
                "v" => in_value = true,
                "is" => cell.value = rich_text(&mut xml)?,
                "mergeCell" => {
                    if let Some(merge) = tag.value("ref").and_then(|area| merge_of(&area)) {
                        grid.merge(merge);
                    }
                }
                _ => {}
            },
            Node::Words(words) if in_value => cell.value.push_str(&words),
            Node::Words(_) => {}
            Node::Close(name) => match name.as_str() {
                "v" => in_value = false,
                "c" => {
                    let cell = std::mem::take(&mut cell);
                    let (row, column) = (cell.row, cell.column);
                    let words = cell.words(workbook);
                    bytes += words.len();
                    if bytes > LONGEST {
                        return Err(Fault::Bomb(format!(
                            "a sheet of it has more than {} MB of words",
                            LONGEST >> 20
                        )));
                    }
                    grid.put(row, column, words);
                }
                "row" => row = row.saturating_add(1),
                _ => {}
            },
        }
    }
    Ok(grid)
}

impl Cell {
    fn open(tag: &Tag<'_>, row: u32, column: u32) -> Self {
        Self {
            row,
            column,
            kind: tag.value("t").unwrap_or_default(),
            style: tag.number("s").unwrap_or(0),
            value: String::new(),
        }
    }

    /// What the cell shows.
    fn words(self, workbook: &Workbook) -> String {
        match self.kind.as_str() {
            "s" => {
                let index = self.value.trim().parse::<usize>().ok();
                index
                    .and_then(|index| workbook.strings.get(index))
                    .cloned()
                    .unwrap_or_default()
            }
            "str" | "inlineStr" | "d" => self.value,
            "b" => if self.value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            // What could not be worked out says nothing.
            "e" => String::new(),
            _ => workbook
                .styles
                .format(self.style)
                .show(self.value.trim(), workbook.since_1904),
        }
    }
}

/// Row and column, from 0, of a place like `B12`.
fn place_of(place: &str) -> Option<(u32, u32)> {
    let place = place.trim();
    let digits = place.find(|char: char| char.is_ascii_digit())?;
    let (letters, number) = place.split_at_checked(digits)?;
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let value = u32::from(letter.to_ascii_uppercase().checked_sub(b'A')?);
        (value < 26)
            .then(|| column.checked_mul(26)?.checked_add(value + 1))
            .flatten()
    })?;
    Some((
        number.parse::<u32>().ok()?.checked_sub(1)?,
        column.checked_sub(1)?,
    ))
}

/// The cells of an area like `A1:C1`.
fn merge_of(area: &str) -> Option<Merge> {
    let (from, to) = area.split_once(':')?;
    let ((top, left), (bottom, right)) = (place_of(from)?, place_of(to)?);
    (top <= bottom && left <= right).then_some(Merge {
        rows: (top, bottom),
        columns: (left, right),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_from_nought() {
        assert_eq!(place_of("A1"), Some((0, 0)));
        assert_eq!(place_of("AB12"), Some((11, 27)));
        assert_eq!(place_of("XFD1048576"), Some((1_048_575, 16_383)));
        for broken in ["", "A", "1", "A0", "ZZZZZZZZZZ1", "甲1", "A99999999999"] {
            assert_eq!(place_of(broken), None, "{broken}");
        }
    }
}
