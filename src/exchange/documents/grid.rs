//! From the cells of a table to its lines: merged heads filled, captions and notes set apart.

use std::collections::BTreeMap;

use crate::text::read::Line;

/// No more cells than this are filled because of merges, so that a merge of a whole sheet costs nothing.
const MOST_FILLED: usize = 200_000;
/// A row with more columns than this lists only the cells that have something in them.
const WIDEST: usize = 512;

/// The cells of a table that have something in them, by row and column from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    rows: BTreeMap<u32, BTreeMap<u32, String>>,
    merges: Vec<Merge>,
}

/// Cells that are one; both ends are within it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Merge {
    pub rows: (u32, u32),
    pub columns: (u32, u32),
}

impl Grid {
    /// Puts words into a cell; blank ones leave it empty.
    pub fn put(&mut self, row: u32, column: u32, words: String) {
        let cells = self.rows.entry(row).or_default();
        if !words.trim().is_empty() {
            cells.insert(column, words);
        }
    }

    /// Makes cells one.
    pub fn merge(&mut self, merge: Merge) {
        self.merges.push(merge);
    }

    /// The lines of the table, top to bottom.
    pub fn lines(mut self) -> Vec<Line> {
        let columns = self.rows.values().flat_map(|cells| cells.keys().copied());
        let Some((first, last)) = columns.fold(None, |range: Option<(u32, u32)>, column| {
            let (first, last) = range.unwrap_or((column, column));
            Some((first.min(column), last.max(column)))
        }) else {
            return Vec::new();
        };
        self.fill_merges(first, last);
        let mut lines = Vec::new();
        let mut block: Vec<&BTreeMap<u32, String>> = Vec::new();
        let mut next = None;
        for (row, cells) in &self.rows {
            if cells.is_empty() || next.is_some_and(|next| *row > next) {
                write_block(&mut lines, &block, first, last);
                block.clear();
            }
            if !cells.is_empty() {
                block.push(cells);
            }
            next = Some(row.saturating_add(1));
        }
        write_block(&mut lines, &block, first, last);
        lines
    }

    /// Repeats what heads merged columns or rows, so that each of them has its head.
    fn fill_merges(&mut self, first: u32, last: u32) {
        let mut filled = 0;
        let bottom = self.rows.keys().next_back().copied().unwrap_or_default();
        for merge in std::mem::take(&mut self.merges) {
            let (top, left) = (merge.rows.0, merge.columns.0);
            let words = self.rows.get(&top).and_then(|cells| cells.get(&left));
            let Some(words) = words.filter(|words| !is_value(words)).cloned() else {
                continue;
            };
            let is_caption = left <= first && merge.columns.1 >= last && last > first;
            if is_caption {
                continue;
            }
            for row in top..=merge.rows.1.min(bottom) {
                for column in left..=merge.columns.1.min(last) {
                    if filled >= MOST_FILLED {
                        return;
                    }
                    filled += 1;
                    let cells = self.rows.entry(row).or_default();
                    cells.entry(column).or_insert_with(|| words.clone());
                }
            }
        }
    }
}

/// Writes rows that stand together. What stands alone above or beneath them is a caption or a note.
fn write_block(lines: &mut Vec<Line>, block: &[&BTreeMap<u32, String>], first: u32, last: u32) {
    let is_row = |cells: &&BTreeMap<u32, String>| cells.len() > 1;
    let from = block.iter().position(is_row).unwrap_or(block.len());
    let end = block.iter().rposition(is_row).map_or(0, |last| last + 1);
    for (index, cells) in block.iter().enumerate() {
        if index == from {
            lines.push(Line::Gap);
        }
        if (from..end).contains(&index) {
            lines.push(Line::Row(row(cells, first, last)));
        } else {
            lines.extend(cells.values().cloned().map(Line::Paragraph));
        }
        if index + 1 == end {
            lines.push(Line::Gap);
        }
    }
    lines.push(Line::Gap);
}

fn row(cells: &BTreeMap<u32, String>, first: u32, last: u32) -> Vec<String> {
    if (last - first) as usize >= WIDEST {
        return cells.values().cloned().collect();
    }
    let cell = |column| cells.get(&column).cloned().unwrap_or_default();
    (first..=last).map(cell).collect()
}

/// Whether a cell holds a bare figure, which means one thing only and is never repeated.
fn is_value(words: &str) -> bool {
    let words = words.trim();
    words.contains(|char: char| char.is_ascii_digit())
        && words
            .chars()
            .all(|char| char.is_ascii_digit() || "+-−－,.，%％‰() （）".contains(char))
}
