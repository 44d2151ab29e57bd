//! Looking at the text around a place. All offsets are bytes on `char` boundaries.

use super::glyph::is_gap;

/// The text behind `at`; empty past the end.
pub(super) fn after(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// The text before `at`.
pub(super) fn before(text: &str, at: usize) -> &str {
    text.get(..at).unwrap_or_default()
}

/// The character that begins at `at`.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    after(text, at).chars().next()
}

/// The character that ends at `at`.
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    before(text, at).chars().next_back()
}

/// Behind one space at `at`, if there is one; else `at`.
pub(super) fn skip_gap(text: &str, at: usize) -> usize {
    match char_at(text, at) {
        Some(c) if is_gap(c) => at + c.len_utf8(),
        _ => at,
    }
}

/// The last `count` characters before `at`, not reaching over the end of a sentence or line.
pub(super) fn clause_before(text: &str, at: usize, count: usize) -> &str {
    let head = before(text, at);
    let start = head
        .char_indices()
        .rev()
        .take(count)
        .take_while(|(_, c)| !matches!(c, '。' | '；' | ';' | '！' | '？' | '\n' | '|'))
        .last()
        .map_or(at, |(index, _)| index);
    head.get(start..).unwrap_or_default()
}

/// The character before `at` that is no space; `None` at the start of the text.
pub(super) fn solid_before(text: &str, at: usize) -> Option<char> {
    before(text, at)
        .chars()
        .rev()
        .take(64)
        .find(|&c| !is_gap(c) && c != '\t')
}

/// Whether the words from `start` to `end` are all that stands in their line or table cell.
pub(super) fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let bounds = |c: Option<char>| matches!(c, None | Some('\n' | '\r' | '|'));
    let next = after(text, end)
        .chars()
        .take(64)
        .find(|&c| !is_gap(c) && c != '\t');
    bounds(solid_before(text, start)) && bounds(next)
}

/// Whether a sentence, a line or a table cell begins at `at`.
pub(super) fn begins_sentence(text: &str, at: usize) -> bool {
    match solid_before(text, at) {
        None => true,
        Some(c) => matches!(
            c,
            '\n' | '\r' | '。' | '；' | ';' | '：' | ':' | '！' | '？' | '|' | '>' | '”'
        ),
    }
}
