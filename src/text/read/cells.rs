//! Writes the cells of a table's row, parted by ` | `.

use super::chars::{Look, look};
use super::page::Page;

/// The row being written.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// Cells opened in this row.
    opened: usize,
    /// Separators that wait for the next text of the row.
    pending: usize,
}

impl Cells {
    /// Starts a cell.
    pub fn open_cell(&mut self) {
        if self.opened > 0 {
            self.pending += 1;
        }
        self.opened += 1;
    }

    /// Whether the row has cells.
    pub fn is_open(&self) -> bool {
        self.opened > 0
    }

    /// Writes what stands before a cell's `words`, which begin at byte `at` of the source.
    pub fn before_text(&mut self, page: &mut Page<'_>, at: usize, words: &str) {
        if words.chars().any(|char| look(char) == Look::Visible) {
            for _ in 0..std::mem::take(&mut self.pending) {
                page.insert(at, if page.is_behind_gap() { "| " } else { " | " });
            }
        }
    }

    /// Ends the row at byte `at` of the source.
    pub fn close_row(&mut self, page: &mut Page<'_>, at: usize) {
        for _ in 0..self.pending {
            // An empty row is no row.
            if !page.is_behind_gap() {
                page.insert(at, " |");
            }
        }
        *self = Self::default();
    }
}
