//! A table that is being read.

use crate::exchange::documents::grid::{Grid, Merge};
use crate::text::read::Line;

/// From this many bytes on, a cell of several paragraphs is an article.
const ARTICLE: usize = 900;

/// A table that is being read.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Row>,
    /// It holds another table, or a cell that is an article of its own: it only lays out the page.
    pub is_layout: bool,
}

#[derive(Debug, Default)]
struct Row {
    cells: Vec<Cell>,
    /// The columns that it leaves out at its start.
    skipped: u32,
    is_deleted: bool,
}

#[derive(Debug)]
struct Cell {
    lines: Vec<Line>,
    /// How many columns it takes.
    span: u32,
    merge: Vertical,
}

/// How a cell goes with the one above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vertical {
    Alone,
    /// It goes on in the row beneath it.
    Begins,
    /// It is the one above it.
    GoesOn,
}

impl Table {
    pub fn open_row(&mut self) {
        self.rows.push(Row::default());
    }

    pub fn open_cell(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(Cell {
                lines: Vec::new(),
                span: 1,
                merge: Vertical::Alone,
            });
        }
    }

    pub fn skip_columns(&mut self, count: u32) {
        if let Some(row) = self.rows.last_mut() {
            row.skipped = count.min(64);
        }
    }

    pub fn delete_row(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.is_deleted = true;
        }
    }

    pub fn set_span(&mut self, span: u32) {
        if let Some(cell) = self.cell() {
            cell.span = span.clamp(1, 64);
        }
    }

    pub fn set_merge(&mut self, merge: Vertical) {
        if let Some(cell) = self.cell() {
            cell.merge = merge;
        }
    }

    /// The lines of the cell being read; `None` outside of any.
    pub fn cell_lines(&mut self) -> Option<&mut Vec<Line>> {
        self.cell().map(|cell| &mut cell.lines)
    }

    fn cell(&mut self) -> Option<&mut Cell> {
        self.rows.last_mut()?.cells.last_mut()
    }

    /// The lines of the table: rows, or those of its cells where it only lays out the page.
    pub fn lines(mut self) -> Vec<Line> {
        self.rows.retain(|row| !row.is_deleted);
        let cells = || self.rows.iter().flat_map(|row| &row.cells);
        let is_article = |cell: &Cell| {
            cell.lines.len() > 5
                && cell.lines.iter().map(|line| words_of(line).len()).sum::<usize>() > ARTICLE
        };
        if self.is_layout || cells().count() < 2 || cells().any(is_article) {
            return self
                .rows
                .into_iter()
                .flat_map(|row| row.cells)
                .flat_map(|cell| cell.lines)
                .collect();
        }
        let mut lines = vec![Line::Gap];
        lines.extend(self.grid().lines());
        lines.push(Line::Gap);
        lines
    }

    fn grid(self) -> Grid {
        let mut grid = Grid::default();
        // For each column, the rows and the columns of the cell that goes on in it.
        let mut open: Vec<Option<Merge>> = Vec::new();
        for (row, found) in (0..).zip(self.rows) {
            let mut column = found.skipped;
            for cell in found.cells {
                let last = column + cell.span - 1;
                let at = column as usize;
                if open.len() <= at {
                    open.resize(at + 1, None);
                }
                let slot = open.get_mut(at);
                match (cell.merge, slot) {
                    (Vertical::GoesOn, Some(Some(merge))) => {
                        merge.rows.1 = row;
                        // An empty row that is merged away is no end of the table.
                        grid.put(row, column, String::new());
                    }
                    (_, slot) => {
                        let words: Vec<&str> = cell.lines.iter().map(words_of).collect();
                        grid.put(row, column, words.join(" "));
                        let merge = Merge {
                            rows: (row, row),
                            columns: (column, last),
                        };
                        if let Some(slot) = slot {
                            slot.replace(merge).into_iter().for_each(|done| grid.merge(done));
                        }
                    }
                }
                column = last + 1;
            }
        }
        open.into_iter().flatten().for_each(|merge| grid.merge(merge));
        grid
    }
}

fn words_of(line: &Line) -> &str {
    match line {
        Line::Title(words) | Line::Paragraph(words) => words,
        Line::Row(_) | Line::Gap => "",
    }
}
