//! Finds the rows of tables that lost their lines: a cell a line, or cells parted by wide gaps.
//!
//! Careful: a table is only seen where at least two of its rows look alike.

use std::ops::Range;

/// A longer line is no cell. Bytes.
const LONGEST_CELL: usize = 90;
/// A longer line is no row. Bytes.
const LONGEST_ROW: usize = 400;
/// No table of a cell a line has more columns.
const WIDEST: usize = 10;
/// No table has more cells, and from so many it is known for one.
const MOST_CELLS: usize = 2000;
const TELLING_CELLS: usize = 5 * WIDEST;

/// None of the first heads is longer. Bytes.
const LONGEST_HEAD: usize = 24;

/// What stands over the first column of a table of a cell a line.
const FIRST_HEADS: &[&str] = &[
    "序号",
    "指标",
    "指标名称",
    "主要指标",
    "项目",
    "名称",
    "项目名称",
    "产品名称",
    "地区",
    "县区",
    "县（市、区）",
    "市州",
    "年份",
    "行业",
];

/// The rows of tables without lines. Ranges are bytes of the text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Grid {
    /// Rows of a cell a line, each from its first cell's start to its last cell's end.
    stacked: Vec<Range<usize>>,
    /// Lines of cells that wide gaps part.
    spaced: Vec<Range<usize>>,
}

impl Grid {
    /// The rows of `text`.
    pub fn of(text: &str) -> Self {
        let mut grid = Self::default();
        let mut lines = Lines { text, at: 0 };
        let mut open = Spaced::default();
        while let Some(line) = lines.next() {
            let words = text.get(line.clone()).unwrap_or_default();
            if words.len() <= LONGEST_HEAD && FIRST_HEADS.contains(&words) {
                lines.at = grid.stack(text, line.clone()).unwrap_or(lines.at);
            }
            open.take(words, line, &mut grid.spaced);
        }
        open.close(&mut grid.spaced);
        grid
    }

    /// Whether the line end at this byte parts two cells of a row.
    pub fn parts_cells(&self, line_end: usize) -> bool {
        let at = self.stacked.partition_point(|row| row.end <= line_end);
        self.stacked.get(at).is_some_and(|row| row.start < line_end)
    }

    /// Whether wide gaps part the cells of the line that holds this byte.
    pub fn is_spaced(&self, byte: usize) -> bool {
        let at = self.spaced.partition_point(|row| row.end <= byte);
        self.spaced.get(at).is_some_and(|row| row.start <= byte)
    }

    /// Takes the table of a cell a line that begins with `first`; answers where it ends.
    fn stack(&mut self, text: &str, first: Range<usize>) -> Option<usize> {
        let cells = |most: usize| {
            let behind = Lines { text, at: first.end };
            let lines = std::iter::once(first.clone()).chain(behind).take(most);
            lines
                .take_while(|line| line.len() <= LONGEST_CELL)
                .collect::<Vec<_>>()
        };
        shape(text, &cells(TELLING_CELLS))?;
        let cells = cells(MOST_CELLS);
        let (width, rows) = shape(text, &cells)?;
        let rows = cells.chunks_exact(width).take(rows + 1);
        let ends = rows.filter_map(|row| Some(row.first()?.start..row.last()?.end));
        self.stacked.extend(ends);
        self.stacked.last().map(|row| row.end)
    }
}

/// The lines of a text that hold something, without the space round it.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
            let length = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
            let line = rest.get(..length).unwrap_or_default();
            let start = self.at + line.len() - line.trim_start().len();
            self.at += length + 1;
            let words = line.trim();
            if !words.is_empty() {
                return Some(start..start + words.len());
            }
        }
    }
}

/// How many columns and rows, but for the heads, a table of these cells has.
fn shape(text: &str, cells: &[Range<usize>]) -> Option<(usize, usize)> {
    let cells: Vec<&str> = cells.iter().filter_map(|cell| text.get(cell.clone())).collect();
    if cells.first() == Some(&"序号") {
        let width = cells.iter().take(WIDEST + 1).position(|cell| *cell == "1")?;
        let is_row = |row: &usize| {
            let number = cells.get(row * width).and_then(|cell| cell.parse().ok());
            number == Some(*row) && cells.len() >= (row + 1) * width
        };
        let rows = (1..=cells.len()).take_while(is_row).count();
        return (width > 2 && rows > 1).then_some((width, rows));
    }
    (3..=WIDEST).find_map(|width| {
        let mut rows = cells.chunks_exact(width);
        let is_head = !rows.next()?.iter().any(|cell| is_value(cell));
        let pattern: Vec<bool> = rows.clone().next()?.iter().map(|cell| is_value(cell)).collect();
        let fits = |row: &&[&str]| {
            row.iter()
                .zip(&pattern)
                .all(|(cell, value)| is_open(cell) || is_value(cell) == *value)
        };
        let rows = rows.take_while(fits).count();
        let has_names = pattern.first() == Some(&false) && pattern.contains(&true);
        (is_head && has_names && rows > 2).then_some((width, rows))
    })
}

/// Whether a cell leaves its value open.
fn is_open(cell: &str) -> bool {
    matches!(cell, "—" | "-" | "–" | "——" | "/" | "…")
}

/// Whether a cell is a number, with or without 左右 behind it.
fn is_value(cell: &str) -> bool {
    let number = ["左右", "以上", "以下", "以内"]
        .iter()
        .find_map(|word| cell.strip_suffix(word))
        .unwrap_or(cell);
    number.contains(|c: char| c.is_ascii_digit())
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || ".,-−－+%％‰".contains(c))
}

/// The cells of a line that wide gaps part; tabs are told elsewhere.
pub(super) fn spaced_cells(line: &str) -> impl Iterator<Item = &str> {
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty())
}

/// Lines of as many spaced cells, one after the other.
#[derive(Default)]
struct Spaced {
    lines: Vec<Range<usize>>,
    width: usize,
    has_values: bool,
}

impl Spaced {
    fn take(&mut self, words: &str, line: Range<usize>, found: &mut Vec<Range<usize>>) {
        let may_be = words.len() <= LONGEST_ROW
            && memchr::memmem::find(words.as_bytes(), b"  ").is_some()
            && !words.contains(['。', '，', '\t', '|']);
        let width = if may_be { spaced_cells(words).count() } else { 0 };
        if width != self.width {
            self.close(found);
            self.width = width;
        }
        if width > 2 {
            self.has_values |= spaced_cells(words).filter(|cell| is_value(cell)).count() + 2 >= width;
            self.lines.push(line);
        }
    }

    fn close(&mut self, found: &mut Vec<Range<usize>>) {
        if self.has_values && self.lines.len() > 1 {
            found.append(&mut self.lines);
        }
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<&str> {
        let grid = Grid::of(text);
        let rows = grid.stacked.iter().chain(&grid.spaced);
        rows.filter_map(|row| text.get(row.clone())).collect()
    }

    #[test]
    fn rows_of_a_cell_a_line_are_found() {
        let numbered = "目标\n序号\n指标\n\n2025年\n1\n产值\n5\n2\n就业\n按上级要求\n办公室";
        let wanted = ["序号\n指标\n\n2025年", "1\n产值\n5", "2\n就业\n按上级要求"];
        assert_eq!(rows(numbered), wanted);
        let named = "指标\n单位\n数值\n产值\n亿元\n5.2\n企业\n家\n—\n人口\n万人\n30左右\n以上为快报数。";
        assert_eq!(
            rows(named),
            [
                "指标\n单位\n数值",
                "产值\n亿元\n5.2",
                "企业\n家\n—",
                "人口\n万人\n30左右"
            ]
        );
    }

    #[test]
    fn lines_of_cells_between_wide_gaps_are_found() {
        let table = "类别  项目数（项）  经费\n研发  12  360\n合计    20  480.5";
        assert_eq!(rows(table), table.lines().collect::<Vec<_>>());
    }

    #[test]
    fn prose_and_lists_are_no_tables() {
        for text in [
            "项目\n一是推进建设。\n二是加强管理。\n三是做好服务。",
            "序号\n1\n2\n3",
            "指标\n产值\n5\n企业\n7\n就业",
            "省长  王某  2025年1月\n各位代表：",
            "甲  乙  丙\n丁  戊  己",
            "",
        ] {
            assert!(rows(text).is_empty(), "{text}");
        }
    }
}
