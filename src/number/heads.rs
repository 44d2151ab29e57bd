//! The rows that head a table, and which of their cells stand over a column.
//!
//! Pure. Used by `extract` too, which reads from the same cells what a value's name, period and nature are.

use crate::model::Span;

/// The cells of a row, without the space round them.
pub(crate) fn cells(text: &str, line: Span) -> Vec<Span> {
    let mut start = line.start;
    let words = line.of(text).unwrap_or_default().split('|');
    words
        .map(|cell| {
            let from = start + cell.len() - cell.trim_start().len();
            start += cell.len() + 1;
            Span::new(from, from + cell.trim().len())
        })
        .collect()
}

/// The rows that head a table, the topmost first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heads {
    rows: Vec<Vec<Span>>,
}

/// No table has more rows of heads.
const MOST_ROWS: usize = 3;

impl Heads {
    /// Forgets the rows of a table that ended.
    pub(crate) fn clear(&mut self) {
        self.rows.clear();
    }

    /// Adds a row beneath the others.
    pub(crate) fn push(&mut self, row: Vec<Span>) {
        if self.rows.len() < MOST_ROWS {
            self.rows.push(row);
        }
    }

    /// A row with the cells in front that it shares with the row above and leaves out, where its number tells that.
    pub(crate) fn aligned(&self, text: &str, row: Vec<Span>) -> Vec<Span> {
        let is_number = |cell: &Span| cell.of(text).is_some_and(|words| words.parse::<u16>().is_ok());
        let numbers = |head: &Span| head.of(text) == Some("序号");
        let missing = self.rows.iter().find_map(|heads| {
            let at = heads.iter().position(numbers)?;
            (row.len() + at == heads.len() && row.first().is_some_and(is_number)).then_some(at)
        });
        let edge = row.first().map_or(0, |cell| cell.start);
        let front = std::iter::repeat_n(Span::new(edge, edge), missing.unwrap_or(0));
        front.chain(row).collect()
    }

    /// The cells that stand over a column of a table of `width` columns, the lowest first.
    pub(crate) fn over(&self, column: usize, width: usize) -> impl Iterator<Item = Span> {
        let rows = self.rows.iter().enumerate().rev();
        rows.filter_map(move |(index, row)| self.cell(index, row, column, width))
            .filter(|cell| !cell.is_empty())
    }

    fn cell(&self, index: usize, row: &[Span], column: usize, width: usize) -> Option<Span> {
        let beneath = self.rows.get(index + 1);
        if row.len() >= width {
            let cell = *row.get(column)?;
            let is_over = |below: &Vec<Span>| below.get(column).is_some_and(|cell| !cell.is_empty());
            // A head over several columns is followed by empty cells, beneath which stands what parts them.
            return if cell.is_empty() && beneath.is_some_and(is_over) {
                row.get(..column)?
                    .iter()
                    .rev()
                    .find(|cell| !cell.is_empty())
                    .copied()
            } else {
                Some(cell)
            };
        }
        // Rows that were copied without the empty cells: the last heads of the upper row are over the lower row.
        if let Some(below) = beneath {
            let (first, each) = parted(row.len(), below.len(), width)?;
            let at = column
                .checked_sub(first)
                .map_or(column, |beyond| first + beyond / each);
            return row.get(at).copied();
        }
        match index.checked_sub(1).and_then(|above| self.rows.get(above)) {
            Some(above) if above.len() < width => {
                let (first, _) = parted(above.len(), row.len(), width)?;
                row.get(column.checked_sub(first)?).copied()
            }
            _ => row.get(column).copied(),
        }
    }
}

/// At which column the lower of two rows begins that together head `width` columns, and how many of its cells
/// stand beneath each of the upper row's last.
fn parted(upper: usize, lower: usize, width: usize) -> Option<(usize, usize)> {
    let parents = (upper + lower)
        .checked_sub(width)
        .filter(|parents| *parents > 0)?;
    let first = upper.checked_sub(parents)?;
    lower.is_multiple_of(parents).then_some((first, lower / parents))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The heads over each column, the lowest first, joined by `/`.
    fn over(rows: &[&str], width: usize) -> Vec<String> {
        let text = rows.join("\n");
        let mut heads = Heads::default();
        let mut start = 0;
        for row in rows {
            heads.push(cells(&text, Span::new(start, start + row.len())));
            start += row.len() + 1;
        }
        let words = |column| {
            let found: Vec<&str> = heads
                .over(column, width)
                .filter_map(|cell| cell.of(&text))
                .collect();
            found.join("/")
        };
        (0..width).map(words).collect()
    }

    #[test]
    fn a_row_may_leave_out_what_it_shares_with_the_one_above() {
        let text = "类别 | 序号 | 指标 | 2024年\n2 | 产值 | 5";
        let end = text.find('\n').unwrap();
        let mut heads = Heads::default();
        heads.push(cells(text, Span::new(0, end)));
        let row = heads.aligned(text, cells(text, Span::new(end + 1, text.len())));
        let words: Vec<&str> = row.iter().filter_map(|cell| cell.of(text)).collect();
        assert_eq!(words, ["", "2", "产值", "5"]);
    }

    #[test]
    fn every_column_has_its_heads() {
        assert_eq!(over(&["指标 | 2024年"], 2), ["指标", "2024年"]);
        let wanted = ["指标", "数/实际", "增/实际", "数/计划", "增/计划"];
        let with_gaps = ["指标 | 实际 | | 计划 |", "| 数 | 增 | 数 | 增"];
        assert_eq!(over(&with_gaps, 5), wanted);
        assert_eq!(over(&["指标 | 实际 | 计划", "数 | 增 | 数 | 增"], 5), wanted);
    }
}
