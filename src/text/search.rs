//! Finding words or a regular expression in one text.
//!
//! May use `model`. A match lies within one line of the shown text. Patterns are compiled with
//! limits on size, and searched in linear time.

#[cfg(test)]
mod tests;

use super::segment;
use crate::model::Span;
use regex::{Regex, RegexBuilder};
use std::sync::atomic::{AtomicBool, Ordering};

/// Bytes that a compiled pattern may take.
const SIZE_LIMIT: usize = 1 << 20;

/// Bytes to each side in which words are looked for that belong to a place.
const REACH: usize = 16_000;

/// How deep a pattern's groups may nest.
const NEST_LIMIT: u32 = 64;

/// What a person asks to find.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The words, or the regular expression.
    pub pattern: String,
    /// Whether `pattern` is a regular expression.
    pub regex: bool,
    /// Whether case counts; where it does not, full-width letters, digits and signs in searched
    /// words equal half-width ones too.
    pub match_case: bool,
    /// Whether a match must not begin or end inside a number or an alphabetic word. Han
    /// characters have no word ends, so this does not bind them.
    pub whole_word: bool,
}

/// Why a pattern cannot be searched for, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchError {
    /// First offending character, counted in characters of the pattern.
    pub start: usize,
    /// One past the last offending character.
    pub end: usize,
    /// What is wrong.
    pub message: String,
}

impl SearchError {
    fn of_all(pattern: &str, message: &str) -> Self {
        Self {
            start: 0,
            end: pattern.chars().count(),
            message: message.to_owned(),
        }
    }
}

impl std::fmt::Display for SearchError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "characters {} to {} of the pattern: {}",
            self.start, self.end, self.message
        )
    }
}

impl std::error::Error for SearchError {}

/// A query made ready to search with.
#[derive(Clone, Debug)]
pub struct Needle {
    regex: Regex,
    whole_word: bool,
}

impl Needle {
    /// Makes `query` ready.
    ///
    /// # Errors
    /// Where the pattern is empty, is not a regular expression, or would compile to too much.
    pub fn compile(query: &Query) -> Result<Self, SearchError> {
        let whole = |message: &str| SearchError::of_all(&query.pattern, message);
        if query.pattern.is_empty() {
            return Err(whole("there is nothing to search for"));
        }
        let pattern = if query.regex {
            check_syntax(&query.pattern)?;
            query.pattern.clone()
        } else {
            query
                .pattern
                .chars()
                .map(|c| literal(c, query.match_case))
                .collect()
        };
        let regex = RegexBuilder::new(&pattern)
            .case_insensitive(!query.match_case)
            .multi_line(true)
            .size_limit(SIZE_LIMIT)
            .nest_limit(NEST_LIMIT)
            .build()
            .map_err(|error| match error {
                regex::Error::CompiledTooBig(_) => {
                    whole("the pattern is too large; use smaller repetitions or fewer alternatives")
                }
                other => whole(&other.to_string()),
            })?;
        Ok(Self {
            regex,
            whole_word: query.whole_word,
        })
    }

    /// The first `limit` matches in `text`, sorted and not overlapping; empty ones are left out.
    pub fn find_in(&self, text: &str, limit: usize) -> Vec<Span> {
        self.find_unless(text, limit, &AtomicBool::new(false))
            .unwrap_or_default()
    }

    /// As [`Self::find_in`], but gives up with `None` soon after `cancel` becomes true.
    pub fn find_unless(&self, text: &str, limit: usize, cancel: &AtomicBool) -> Option<Vec<Span>> {
        let mut found = Vec::new();
        let mut at = 0;
        while found.len() < limit && at < text.len() {
            let end = line_end(text, at);
            let matches = self.in_line(text, Span::new(at, end), cancel);
            found.extend(matches.take(limit - found.len()));
            if cancel.load(Ordering::Relaxed) {
                return None;
            }
            at = end + 1;
        }
        Some(found)
    }

    /// The first match that starts at byte `from` or after.
    pub fn find_after(&self, text: &str, from: usize) -> Option<Span> {
        let never = AtomicBool::new(false);
        let mut at = line_start(text, from.min(text.len()));
        while at < text.len() {
            let end = line_end(text, at);
            let found = self
                .in_line(text, Span::new(at, end), &never)
                .find(|span| span.start >= from);
            if found.is_some() {
                return found;
            }
            at = end + 1;
        }
        None
    }

    /// The last match that starts before byte `from`.
    pub fn find_before(&self, text: &str, from: usize) -> Option<Span> {
        let never = AtomicBool::new(false);
        let mut at = line_start(text, from.min(text.len()));
        loop {
            let line = Span::new(at, line_end(text, at));
            let before = self
                .in_line(text, line, &never)
                .take_while(|span| span.start < from);
            if let Some(span) = before.last() {
                return Some(span);
            }
            at = line_start(text, at.checked_sub(1)?);
        }
    }

    /// The matches in one line of `text`; none any more once `cancel` is true.
    fn in_line<'t>(
        &'t self,
        text: &'t str,
        line: Span,
        cancel: &'t AtomicBool,
    ) -> impl Iterator<Item = Span> + 't {
        let words = line.of(text).unwrap_or_default();
        let mut at = 0;
        std::iter::from_fn(move || {
            while at <= words.len() && !cancel.load(Ordering::Relaxed) {
                let found = self.regex.find_at(words, at)?;
                if found.is_empty() || (self.whole_word && cuts_word(words, found.range())) {
                    at = next_char(words, found.start());
                } else {
                    at = found.end();
                    return Some(Span::new(line.start + found.start(), line.start + found.end()));
                }
            }
            None
        })
    }
}

/// The byte after the character at `at`; one past the end where there is none.
fn next_char(text: &str, at: usize) -> usize {
    text.get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(text.len() + 1, |c| at + c.len_utf8())
}

fn line_start(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    memchr::memrchr(b'\n', before).map_or(0, |end| end + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    let after = text.as_bytes().get(at..).unwrap_or_default();
    memchr::memchr(b'\n', after).map_or(text.len(), |len| at + len)
}

/// Whether the match begins or ends between two letters, or two digits, of an alphabetic word.
fn cuts_word(line: &str, found: std::ops::Range<usize>) -> bool {
    let joined = |at: usize| {
        let (before, after) = (
            line.get(..at).unwrap_or_default(),
            line.get(at..).unwrap_or_default(),
        );
        before.chars().next_back().is_some_and(is_word_char) && after.chars().next().is_some_and(is_word_char)
    };
    joined(found.start) || joined(found.end)
}

fn is_word_char(c: char) -> bool {
    c == '_' || (c.is_alphanumeric() && !matches!(c, '\u{3040}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}'))
}

/// Where `words` stand nearest to `place`: in its sentence if they do, else within some pages around it.
///
/// Words that overlap `place` do not count.
pub fn nearest(text: &str, words: &str, place: Span) -> Option<Span> {
    if words.is_empty() || place.of(text).is_none() {
        return None;
    }
    let sentence = segment::sentence_at(text, place.start);
    let around = Span::new(
        text.floor_char_boundary(place.start.saturating_sub(REACH)),
        text.floor_char_boundary(place.end.saturating_add(REACH)),
    );
    [sentence, around].into_iter().find_map(|stretch| {
        let before = text.get(stretch.start..place.start).and_then(|before| {
            let start = stretch.start + before.rfind(words)?;
            Some((place.start - start - words.len(), start))
        });
        let behind = text.get(place.end..stretch.end).and_then(|behind| {
            let distance = behind.find(words)?;
            Some((distance, place.end + distance))
        });
        let (_, start) = before.into_iter().chain(behind).min()?;
        Some(Span::new(start, start + words.len()))
    })
}

/// The pattern that matches `c` literally, in either width unless `exact`.
fn literal(c: char, exact: bool) -> String {
    let escaped = |c: char| regex_syntax::escape(c.encode_utf8(&mut [0; 4]));
    match other_width(c) {
        Some(other) if !exact => format!("[{}{}]", escaped(c), escaped(other)),
        _ => escaped(c),
    }
}

/// The same sign in full width for half, and in half width for full.
fn other_width(c: char) -> Option<char> {
    const APART: u32 = 0xFEE0;
    match c {
        '!'..='~' => char::from_u32(u32::from(c) + APART),
        '！'..='～' => char::from_u32(u32::from(c) - APART),
        ' ' => Some('\u{3000}'),
        '\u{3000}' => Some(' '),
        _ => None,
    }
}

/// Parses a regular expression only to learn where it is wrong.
fn check_syntax(pattern: &str) -> Result<(), SearchError> {
    let parsed = regex_syntax::ParserBuilder::new()
        .nest_limit(NEST_LIMIT)
        .build()
        .parse(pattern);
    let (span, message) = match parsed {
        Ok(_) => return Ok(()),
        Err(regex_syntax::Error::Parse(error)) => (*error.span(), error.kind().to_string()),
        Err(regex_syntax::Error::Translate(error)) => (*error.span(), error.kind().to_string()),
        Err(other) => return Err(SearchError::of_all(pattern, &other.to_string())),
    };
    let chars = |byte: usize| pattern.get(..byte).map_or(0, |before| before.chars().count());
    Err(SearchError {
        start: chars(span.start.offset),
        end: chars(span.end.offset),
        message,
    })
}
