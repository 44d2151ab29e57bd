//! Where words, sentences, clauses and paragraphs begin and end, seen from one place in a text.
//!
//! May use `model`. All offsets are bytes; any offset is accepted, and one out of range or inside
//! a character counts as the nearest boundary before it. Only the neighbourhood is looked at.

mod clusters;
#[cfg(test)]
mod tests;
mod words;

pub(super) use self::clusters::{Cluster, Clusters};
use self::words::pieces;
use crate::model::Span;
use unicode_segmentation::GraphemeCursor;

/// The line of shown text at `byte`, without its line end.
pub fn paragraph_at(text: &str, byte: usize) -> Span {
    let (before, after) = text.split_at(text.floor_char_boundary(byte));
    let start = memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |end| end + 1);
    let end = memchr::memchr(b'\n', after.as_bytes()).map_or(text.len(), |end| before.len() + end);
    Span::new(start, end)
}

/// The sentence at `byte`, with its stop and the quotes that close after it.
pub fn sentence_at(text: &str, byte: usize) -> Span {
    stretch_at(text, byte, ends_sentence)
}

/// The clause at `byte`: the part of a sentence up to a comma, an enumeration comma or a colon.
pub fn clause_at(text: &str, byte: usize) -> Span {
    stretch_at(text, byte, ends_clause)
}

/// The word at `byte`: what a double click selects.
///
/// There is no dictionary. A run of Han characters and letters is cut at the light words that
/// stand between an indicator's name and its value (达, 为, 增长 and the like), a number is a
/// word without its unit, blanks are one word, and any other sign stands alone. At the end of a
/// line it is the word before. Empty only where the line is.
pub fn word_at(text: &str, byte: usize) -> Span {
    let line = paragraph_at(text, byte);
    let words = line.of(text).unwrap_or_default();
    let at = inside(words, byte.saturating_sub(line.start));
    let piece = pieces(words, at).into_iter().find(|piece| piece.contains(at));
    let piece = piece.unwrap_or(Span::new(at, at));
    Span::new(line.start + piece.start, line.start + piece.end)
}

/// The span without the spaces and stops that were caught at its edges; as it was if it has nothing else.
pub fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text).unwrap_or_default();
    let is_edge = |letter: char| letter.is_whitespace() || "，。、；：！？,.;:!?".contains(letter);
    let start = words.trim_start_matches(is_edge);
    let kept = start.trim_end_matches(is_edge);
    if kept.is_empty() {
        return span;
    }
    let start = span.end - start.len();
    Span::new(start, start + kept.len())
}

/// Where the next word begins, for moving by word; a line's end counts as a place to stop.
pub fn next_word(text: &str, byte: usize) -> usize {
    let byte = text.floor_char_boundary(byte);
    let line = paragraph_at(text, byte);
    if byte >= line.end {
        return next_grapheme(text, byte);
    }
    let end = word_at(text, byte).end;
    let rest = text.get(end..line.end).unwrap_or_default();
    if is_blank_at(text, byte) {
        end
    } else {
        line.end - rest.trim_start().len()
    }
}

/// Where the word before `byte` begins, for moving by word; a line's start counts too.
pub fn prev_word(text: &str, byte: usize) -> usize {
    let byte = text.floor_char_boundary(byte);
    let line = paragraph_at(text, byte);
    let words = text.get(line.start..byte).unwrap_or_default();
    if words.is_empty() {
        return prev_grapheme(text, byte);
    }
    let words = words.trim_end();
    if words.is_empty() {
        line.start
    } else {
        word_at(text, line.start + inside(words, words.len())).start
    }
}

/// The next boundary between what a reader takes for characters; the text's end at the end.
pub fn next_grapheme(text: &str, byte: usize) -> usize {
    let byte = text.floor_char_boundary(byte);
    let next = GraphemeCursor::new(byte, text.len(), true).next_boundary(text, 0);
    next.ok().flatten().unwrap_or(text.len())
}

/// The boundary before `byte` between what a reader takes for characters; 0 at the start.
pub fn prev_grapheme(text: &str, byte: usize) -> usize {
    let byte = text.floor_char_boundary(byte);
    let prev = GraphemeCursor::new(byte, text.len(), true).prev_boundary(text, 0);
    prev.ok().flatten().unwrap_or(0)
}

/// The start of the character at `at`, or of the last one where `at` is past it.
fn inside(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len().saturating_sub(1)))
}

fn is_blank_at(text: &str, byte: usize) -> bool {
    text.get(byte..)
        .and_then(|rest| rest.chars().next())
        .is_some_and(char::is_whitespace)
}

/// Whether the character at the given byte of a line ends a stretch.
type Stop = fn(line: &str, at: usize, c: char) -> bool;

/// The part of the line at `byte` that ends with a stop, without the blanks around it.
fn stretch_at(text: &str, byte: usize, is_stop: Stop) -> Span {
    let line = paragraph_at(text, byte);
    let words = line.of(text).unwrap_or_default();
    let at = tail_start(words, inside(words, byte.saturating_sub(line.start)), is_stop);
    let (start, end) = (end_before(words, at, is_stop), end_after(words, at, is_stop));
    let stretch = words.get(start..end).unwrap_or_default();
    let start = line.start + start + (stretch.len() - stretch.trim_start().len());
    Span::new(start, start + stretch.trim().len())
}

/// The start of the stops and closers around `at`, or `at` where none stands there.
fn tail_start(line: &str, at: usize, is_stop: Stop) -> usize {
    let through = line.get(..line.ceil_char_boundary(at + 1)).unwrap_or_default();
    let tail = through
        .char_indices()
        .rev()
        .take_while(|&(i, c)| is_closer(c) || is_stop(line, i, c));
    tail.last().map_or(at, |(i, _)| i)
}

/// Where the last stretch before `at` ends, its closers included.
fn end_before(line: &str, at: usize, is_stop: Stop) -> usize {
    let mut tail_end = None;
    for (i, c) in line.get(..at).unwrap_or_default().char_indices().rev() {
        if is_stop(line, i, c) {
            return tail_end.unwrap_or(i + c.len_utf8());
        }
        if is_closer(c) {
            tail_end.get_or_insert(i + c.len_utf8());
        } else {
            tail_end = None;
        }
    }
    0
}

/// Where the stretch that goes on at `at` ends, its closers included.
fn end_after(line: &str, at: usize, is_stop: Stop) -> usize {
    let mut stopped = false;
    for (i, c) in line.get(at..).unwrap_or_default().char_indices() {
        if is_stop(line, at + i, c) {
            stopped = true;
        } else if stopped && !is_closer(c) {
            return at + i;
        }
    }
    line.len()
}

fn is_closer(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | '》' | '】' | '〕' | ')' | ']')
}

fn ends_sentence(line: &str, at: usize, c: char) -> bool {
    match c {
        '。' | '！' | '？' | '；' | '｡' | '!' | '?' | ';' => true,
        '.' => {
            let rest = line.get(at + 1..).unwrap_or_default();
            rest.is_empty() || rest.starts_with(char::is_whitespace)
        }
        _ => false,
    }
}

fn ends_clause(line: &str, at: usize, c: char) -> bool {
    match c {
        '，' | '、' | '：' | '､' => true,
        ',' | ':' => {
            let (before, after) = (
                line.get(..at).unwrap_or_default(),
                line.get(at + 1..).unwrap_or_default(),
            );
            !(before.ends_with(is_digit) && after.starts_with(is_digit))
        }
        _ => ends_sentence(line, at, c),
    }
}

/// Whether `c` is a digit of a numeral in figures, half- or full-width.
fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}
