//! Writes the cells of a table's row, parted by ` | `.

use super::page::Page;

/// The row being written.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// Cells opened in this row.
    opened: usize,
    /// Separators that wait for the next text of the row.
    pending: usize,
    /// Something stands in this row.
    started: bool,
}

impl Cells {
    /// Starts a cell.
    pub fn open_cell(&mut self) {
        if self.opened > 0 {
            self.pending += 1;
        }
        self.opened += 1;
    }

    /// Writes what stands before a cell's text, which begins at byte `at` of the source.
    pub fn before_text(&mut self, page: &mut Page<'_>, at: usize) {
        for _ in 0..std::mem::take(&mut self.pending) {
            page.insert(at, if self.started { " | " } else { "| " });
            self.started = false;
        }
        self.started = true;
    }

    /// Ends the row at byte `at` of the source.
    pub fn close_row(&mut self, page: &mut Page<'_>, at: usize) {
        if self.started {
            for _ in 0..self.pending {
                page.insert(at, " |");
            }
        }
        *self = Self::default();
    }
}
