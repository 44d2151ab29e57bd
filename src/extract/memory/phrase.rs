//! The words around a number that say what it is: what a lesson about numbers in such words keeps.
//!
//! Pure.

use crate::model::Span;

/// What stands for the number.
const NUMBER: char = '#';

/// How many characters of the words behind a number say what it counts.
const BEHIND: usize = 4;

/// How many characters on each side do, where what is counted does not follow.
const BESIDE: usize = 3;

/// The least characters in a phrase besides the number, or it would say nothing.
const LEAST: usize = 2;

/// Writes the phrase of the number at `span`, whose digits stand at `core`; false where it would say too little.
///
/// Where a noun follows, the unit and the noun are the phrase (`#条重点产业`), since anything may stand before;
/// otherwise it is what stands on both sides (`阅读：#次`).
pub(super) fn write(text: &str, span: Span, core: Span, out: &mut String) -> bool {
    out.clear();
    let core = if span.encloses(core) { core } else { span };
    let before = text.get(span.start..core.start).unwrap_or_default();
    let unit = text.get(core.end..span.end).unwrap_or_default();
    let behind = text.get(span.end..).unwrap_or_default();
    let noun = take(behind, BEHIND, is_word);
    if noun.chars().count() >= BESIDE {
        out.extend([before, "#", unit, noun]);
        return true;
    }
    let ahead = text.get(..span.start).unwrap_or_default();
    let start = ahead
        .char_indices()
        .rev()
        .take(BESIDE)
        .take_while(|&(_, c)| stays_in_line(c))
        .last()
        .map_or(ahead.len(), |(at, _)| at);
    let ahead = ahead.get(start..).unwrap_or_default();
    out.extend([ahead, before, "#", unit, take(behind, BESIDE, stays_in_line)]);
    out.chars().filter(|&c| c != NUMBER && is_word(c)).count() >= LEAST
}

/// The first characters of `words`, up to `most`, that `fit`.
fn take(words: &str, most: usize, fit: impl Fn(char) -> bool) -> &str {
    let end = words
        .char_indices()
        .take(most)
        .take_while(|&(_, c)| fit(c))
        .last()
        .map_or(0, |(at, c)| at + c.len_utf8());
    words.get(..end).unwrap_or_default()
}

/// Whether a character belongs to a word rather than to what stands between words, and is no digit.
fn is_word(c: char) -> bool {
    c.is_alphabetic()
}

/// Whether a phrase may go on over a character.
fn stays_in_line(c: char) -> bool {
    !c.is_ascii_digit() && !matches!(c, '\n' | '\r' | '。' | '；' | '！' | '？')
}

/// The words beside a value that may say of what nature it is: what opens its clause before its name, else what
/// stands between its name and itself. `None` where the name does not stand before the value.
pub(super) fn beside(text: &str, name: Span, value: Span) -> Option<&str> {
    const LONGEST: usize = 6;
    let between = text.get(name.end..value.start)?;
    let ahead = text.get(..name.start)?;
    let start = ahead
        .char_indices()
        .rev()
        .take(LONGEST + 1)
        .take_while(|&(_, c)| is_word(c))
        .last()
        .map_or(ahead.len(), |(at, _)| at);
    let opening = ahead.get(start..)?;
    let words = if opening.is_empty() { between } else { opening };
    let count = words.chars().count();
    let fits = (LEAST..=LONGEST).contains(&count) && words.chars().all(is_word);
    fits.then_some(words)
}

/// Where the words stand that are taken for another name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Here.
    At(Span),
    /// Nowhere: a person made them up.
    Nowhere,
}

/// Where the words stand that are taken for the name `proposed` at `near`; `None` where they are not to be taken.
///
/// A longer or shorter name must stand in the same place. Another one was made up by a person, for a name that says
/// enough by itself; where it stands in the line too, it is more likely the name of something else.
pub(super) fn place_of(text: &str, words: &str, proposed: &str, near: Option<Span>) -> Option<Place> {
    const ENOUGH: usize = 4;
    let alike = words.contains(proposed) || proposed.contains(words);
    match near.and_then(|near| Some((find_near(text, words, near)?, near))) {
        Some((place, near)) => place.overlaps(near).then_some(Place::At(place)),
        None => (!alike && proposed.chars().count() >= ENOUGH).then_some(Place::Nowhere),
    }
}

/// Where in `text` the words stand that are nearest to `near` within its line, if they do within a few sentences.
fn find_near(text: &str, words: &str, near: Span) -> Option<Span> {
    const FAR: usize = 360;
    if words.is_empty() {
        return None;
    }
    let from = text.get(..near.start)?.rfind('\n').map_or(0, |at| at + 1);
    let from = text.floor_char_boundary(from.max(near.start.saturating_sub(FAR)));
    let to = text.floor_char_boundary(near.end.saturating_add(FAR));
    let window = text.get(from..to)?;
    let distance = |at: usize| {
        let found = Span::new(from + at, from + at + words.len());
        if found.overlaps(near) {
            0
        } else {
            near.start.abs_diff(found.start)
        }
    };
    let (at, _) = window.match_indices(words).min_by_key(|&(at, _)| distance(at))?;
    Some(Span::new(from + at, from + at + words.len()))
}
