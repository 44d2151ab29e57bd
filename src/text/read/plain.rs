//! Reads plain text: a line is a paragraph, unless it was broken in the middle.

use std::ops::Range;

use super::page::Page;
use super::wrap::Wrap;

/// Copies the paragraphs of `range` (bytes of `source`).
pub(super) fn read(page: &mut Page<'_>, source: &str, range: Range<usize>) {
    let text = source.get(range.clone()).unwrap_or_default();
    let wrap = Wrap::of(text);
    let mut paragraph = range.start;
    for_each_line(source, range, |line, line_end| {
        page.copy(line);
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
