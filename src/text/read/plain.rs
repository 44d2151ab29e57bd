//! Reads plain text: a line is a paragraph, unless it was broken in the middle.

use std::ops::Range;

use super::cells::Cells;
use super::page::Page;
use super::pipes;
use super::wrap::Wrap;

/// Copies the paragraphs of `range` (bytes of `source`).
pub(super) fn read(page: &mut Page<'_>, source: &str, range: Range<usize>) {
    let text = source.get(range.clone()).unwrap_or_default();
    let wrap = Wrap::of(text);
    let mut paragraph = range.start;
    for_each_line(source, range, |line, line_end| {
        let words = source.get(line.clone()).unwrap_or_default();
        if pipes::is_rule(words) {
            return;
        }
        copy_line(page, words, line);
        let Some(line_end) = line_end else { return };
        let before = source.get(paragraph..line_end).unwrap_or_default();
        if wrap.continues(before, source.get(line_end + 1..).unwrap_or_default()) {
            page.copy(line_end..line_end + 1);
        } else {
            page.end_line(Some(line_end));
            paragraph = line_end + 1;
        }
    });
}

/// Copies a line; where tabs part it like the cells of a row, it becomes one.
fn copy_line(page: &mut Page<'_>, words: &str, line: Range<usize>) {
    let is_row = memchr::memchr(b'\t', words.as_bytes()).is_some() && has_cells(words.trim());
    if !is_row {
        page.copy(line);
        return;
    }
    let mut cells = Cells::default();
    let mut start = line.start;
    for cell in words.split('\t') {
        let end = start + cell.len();
        if !cell.trim().is_empty() {
            cells.open_cell();
            cells.before_text(page, start, cell);
            page.copy(start..end);
        }
        start = end + 1;
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
