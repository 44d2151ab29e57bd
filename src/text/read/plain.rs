//! Reads plain text: a line is a paragraph, unless it was broken in the middle.

use std::ops::Range;

use super::cells::Cells;
use super::grid::Grid;
use super::page::Page;
use super::pipes;
use super::wrap::Wrap;

/// Copies the paragraphs of `range` (bytes of `source`).
pub(super) fn read(page: &mut Page<'_>, source: &str, range: Range<usize>) {
    let text = source.get(range.clone()).unwrap_or_default();
    let wrap = Wrap::of(text);
    let grid = Grid::of(text);
    let base = range.start;
    let mut paragraph = range.start;
    let mut row = Cells::default();
    for_each_line(source, range, |line, line_end| {
        let words = source.get(line.clone()).unwrap_or_default();
        if pipes::is_rule(words) {
            return;
        }
        let goes_on = line_end.is_some_and(|end| grid.parts_cells(end - base));
        let is_cell = goes_on || row.is_open();
        if is_cell {
            copy_cell(page, &mut row, words, line);
        } else {
            let inner = line.start - base + words.len() - words.trim_start().len();
            copy_line(page, words, line, grid.is_spaced(inner));
        }
        let Some(line_end) = line_end.filter(|_| !goes_on) else {
            return;
        };
        row = Cells::default();
        let before = source.get(paragraph..line_end).unwrap_or_default();
        if !is_cell && wrap.continues(before, source.get(line_end + 1..).unwrap_or_default()) {
            page.copy(line_end..line_end + 1);
        } else {
            page.end_line(Some(line_end));
            paragraph = line_end + 1;
        }
    });
}

/// Copies a line that is a cell of the row being written.
fn copy_cell(page: &mut Page<'_>, row: &mut Cells, words: &str, line: Range<usize>) {
    if !words.trim().is_empty() {
        row.open_cell();
        row.before_text(page, line.start, words);
        page.copy(line);
    }
}

/// Copies a line; where tabs or, if it `is_spaced`, wide gaps part it like the cells of a row, it becomes one.
fn copy_line(page: &mut Page<'_>, words: &str, line: Range<usize>, is_spaced: bool) {
    let is_row = memchr::memchr(b'\t', words.as_bytes()).is_some() && has_cells(words.trim());
    let mark = match (is_row, is_spaced) {
        (true, _) => "\t",
        (false, true) => "  ",
        (false, false) => {
            page.copy(line);
            return;
        }
    };
    let mut cells = Cells::default();
    let mut start = line.start;
    for cell in words.split(mark) {
        let end = start + cell.len();
        copy_cell(page, &mut cells, cell, start..end);
        start = end + mark.len();
    }
}

/// Whether a tab parts cells here, and not a number from its item or a label from its value.
fn has_cells(words: &str) -> bool {
    let first = words.split_once('\t').map(|(first, _)| first.trim_end());
    first.is_some_and(|first| !first.ends_with(['、', '.', '．', '）', ')', '：', ':', '●', '·', '-']))
}

/// Copies the lines of `range` (bytes of `source`) as they are.
pub(super) fn read_lines(page: &mut Page<'_>, source: &str, range: Range<usize>) {
    for_each_line(source, range, |line, line_end| {
        page.copy(line);
        if line_end.is_some() {
            page.end_line(line_end);
        }
    });
}

/// Calls `take` with each line and the byte of its line end; the last line has none.
fn for_each_line(source: &str, range: Range<usize>, mut take: impl FnMut(Range<usize>, Option<usize>)) {
    let bytes = source.as_bytes().get(..range.end).unwrap_or_default();
    let mut from = range.start;
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes.get(range.start..).unwrap_or_default()) {
        let at = range.start + at;
        // The carriage return of a pair is a gap at the line's end, which the page drops.
        if bytes.get(at..at + 2) == Some(b"\r\n") {
            continue;
        }
        take(from..at, Some(at));
        from = at + 1;
    }
    take(from..range.end, None);
}
