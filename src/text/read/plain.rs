//! Reads plain text: every line is a paragraph.

use std::ops::Range;

use super::page::Page;

/// Copies the lines of `range` (bytes of `source`).
pub(super) fn read(page: &mut Page<'_>, source: &str, range: Range<usize>) {
    let bytes = source.as_bytes().get(..range.end).unwrap_or_default();
    let mut from = range.start;
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes.get(range.start..).unwrap_or_default()) {
        let at = range.start + at;
        // The carriage return of a pair is a gap at the line's end, which the page drops.
        if bytes.get(at..at + 2) == Some(b"\r\n") {
            continue;
        }
        page.copy(from..at);
        page.end_line(Some(at));
        from = at + 1;
    }
    page.copy(from..range.end);
}
