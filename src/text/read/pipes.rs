//! Sets table rows apart that are drawn with `|`, one to a line or all on one.

use std::ops::Range;

use super::flat::{Edit, break_prose, push};

/// From this many bytes on, a cell is prose.
const PROSE_CELL: usize = 450;

/// A stretch of a line between two `|`; ranges leave out the space round it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cell {
    Empty,
    /// Part of the rule beneath a table's head.
    Rule,
    Short(Range<usize>),
    Prose(Range<usize>),
}

/// Whether the line is a row with `|` at both ends.
pub(super) fn is_row(line: &str) -> bool {
    line.len() > 2 && line.starts_with('|') && line.ends_with('|')
}

/// Whether the line is the rule beneath a table's head: `|---|---|`.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    is_row(line) && line.contains('-') && line.bytes().all(|byte| b"|-: ".contains(&byte))
}

/// Breaks a line between rows and between cells and prose, and parts the cells of a row by ` | `.
///
/// Where rows run on (in a long line, or one that holds a rule), an empty cell is where two of
/// them meet; else it is an empty cell.
pub(super) fn break_cells(line: &str, is_long: bool, edits: &mut Vec<Edit>) {
    let rows_run_on = is_long || cells(line).any(|cell| cell == Cell::Rule);
    let mut written = 0;
    let mut gap = Gap::default();
    for cell in cells(line) {
        let (range, is_prose) = match cell {
            Cell::Empty if !rows_run_on => {
                gap.empties += 1;
                continue;
            }
            Cell::Empty | Cell::Rule => {
                gap.row_ended = true;
                continue;
            }
            Cell::Short(range) => (range, false),
            Cell::Prose(range) => (range, true),
        };
        push(line, edits, written..range.start, gap.shown_before(is_prose));
        if is_prose {
            break_prose(line, range.clone(), edits);
        }
        written = range.end;
        gap = Gap {
            behind: Some(is_prose),
            ..Gap::default()
        };
    }
    if gap.behind.is_some() {
        push(
            line,
            edits,
            written..line.len(),
            if gap.empties > 1 { " |" } else { "" },
        );
    }
}

/// What lies between two cells that are not empty.
#[derive(Default)]
struct Gap {
    /// Whether the cell before it is prose; none is before the first.
    behind: Option<bool>,
    empties: usize,
    row_ended: bool,
}

impl Gap {
    /// What is shown of it before the next cell.
    fn shown_before(&self, prose: bool) -> &'static str {
        match self.behind {
            // The stretch before the first `|` counts as an empty cell.
            None if self.empties > 1 => "| ",
            None => "",
            Some(was_prose) if was_prose || prose || self.row_ended => "\n",
            Some(_) => SEPARATORS.get(self.empties).copied().unwrap_or(" | "),
        }
    }
}

/// What stands between two cells with so many empty ones between them.
const SEPARATORS: [&str; 5] = [" | ", " | | ", " | | | ", " | | | | ", " | | | | | "];

fn cells(line: &str) -> impl Iterator<Item = Cell> {
    let ends = memchr::memchr_iter(b'|', line.as_bytes()).chain([line.len()]);
    let mut start = 0;
    ends.map(move |end| {
        let cell = line.get(start..end).unwrap_or_default();
        let words = cell.trim();
        let from = start + cell.len() - cell.trim_start().len();
        start = end + 1;
        if words.is_empty() {
            Cell::Empty
        } else if words.contains("--") && words.bytes().all(|byte| b"-: ".contains(&byte)) {
            Cell::Rule
        } else if words.len() > PROSE_CELL {
            Cell::Prose(from..from + words.len())
        } else {
            Cell::Short(from..from + words.len())
        }
    })
}
