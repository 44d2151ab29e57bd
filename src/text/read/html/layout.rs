//! Tells tables that hold data from tables that only lay out a page.

use std::ops::Range;

use super::pieces::{Piece, Role};

/// An open table.
#[derive(Default)]
struct Table {
    /// The pieces that make it a table: its own tags and those of its rows and cells.
    tags: Vec<usize>,
    cells: usize,
    /// Bytes of text in the cell being read, and blocks in it.
    cell: (usize, usize),
    /// It holds another table, or a cell that is an article of its own.
    is_layout: bool,
}

/// From this many bytes on, a cell of several blocks is an article.
const ARTICLE: usize = 900;
/// From this many bytes on, any cell is an article.
const LONG_ARTICLE: usize = 4500;

/// Turns the tags of layout tables into plain blocks.
pub(super) fn flatten_layout_tables(pieces: &mut [Piece], html: &str) {
    let mut open: Vec<Table> = Vec::new();
    let mut flattened = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Open {
                role: Role::Table, ..
            } => {
                if let Some(outer) = open.last_mut() {
                    outer.is_layout = true;
                }
                open.push(Table::default());
            }
            Piece::Text(range) => {
                let bytes = ink(html, range);
                if let Some(table) = open.last_mut() {
                    table.cell.0 += bytes;
                    table.judge();
                }
                continue;
            }
            _ => {}
        }
        let Some(table) = open.last_mut() else { continue };
        table.tag(index, piece);
        if matches!(
            piece,
            Piece::Close {
                role: Role::Table,
                ..
            }
        ) {
            flattened.extend(open.pop().filter(Table::lays_out).map(|table| table.tags));
        }
    }
    // A table that is never closed is a broken page, which reads better without it.
    flattened.extend(open.into_iter().map(|table| table.tags));
    for index in flattened.into_iter().flatten() {
        if let Some(Piece::Open { role, .. } | Piece::Close { role, .. }) = pieces.get_mut(index) {
            *role = Role::Block;
        }
    }
}

impl Table {
    fn tag(&mut self, index: usize, piece: &Piece) {
        let (Piece::Open { role, .. } | Piece::Close { role, .. }) = piece else {
            return;
        };
        match role {
            Role::Table | Role::Row => self.tags.push(index),
            Role::Cell => {
                self.tags.push(index);
                if matches!(piece, Piece::Open { .. }) {
                    self.cells += 1;
                    self.cell = (0, 0);
                }
            }
            Role::Block | Role::LineBreak => self.cell.1 += 1,
            _ => {}
        }
    }

    fn judge(&mut self) {
        let (bytes, blocks) = self.cell;
        self.is_layout |= bytes > LONG_ARTICLE || bytes > ARTICLE && blocks > 5;
    }

    fn lays_out(&self) -> bool {
        self.is_layout || self.cells < 2
    }
}

/// How many bytes of a text are no space.
fn ink(html: &str, range: &Range<usize>) -> usize {
    html.get(range.clone()).map_or(0, |words| words.trim().len())
}
