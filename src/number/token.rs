//! Tokens of Latin letters and digits: names (PM2.5, 5G), addresses in the web, keys.

use crate::model::Role;

use super::label::Label;
use super::numeral::Numeral;
use super::place::{after, before, char_at, skip_gap};
use super::units::unit_at;

/// A token of Latin letters and digits: PM2.5, C919, 5G, an address in the web, a key.
pub(super) fn latin_token(text: &str, first: &Numeral, floor: usize) -> Option<Label> {
    let start = token_start(text, first.start, floor);
    let end = token_end(text, first.end);
    let token = text.get(start..end)?;
    if token.contains("://") || token.contains("www.") || token.contains('@') {
        return Some(Label::new(start, whole_token_end(text, end), Role::Identifier));
    }
    let letters_before = text
        .get(start..first.start)
        .is_some_and(|head| head.contains(|c: char| c.is_ascii_alphabetic()) && !head.ends_with([':', '=']));
    let letters_behind = first.mult == 0 && char_at(text, first.end).is_some_and(|c| c.is_ascii_alphabetic());
    if !letters_before && !letters_behind {
        return None;
    }
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    if digits >= 6 && token.len() >= 10 {
        return Some(Label::new(start, whole_token_end(text, end), Role::Identifier));
    }
    if letters_behind && !letters_before {
        if unit_at(text, skip_gap(text, first.end)).is_some() {
            return None;
        }
        let tail = char_at(text, end).filter(|c| matches!(c, '级'));
        return Some(Label::new(
            start,
            end + tail.map_or(0, char::len_utf8),
            Role::Name,
        ));
    }
    let is_quantity = unit_at(text, skip_gap(text, first.end)).is_some() || first.mult > 0;
    if is_quantity && !is_particle(token) {
        return None;
    }
    Some(Label::new(start, end, Role::Name))
}

/// Whether a token is the name of a fine dust fraction, whose value comes later.
fn is_particle(token: &str) -> bool {
    token.starts_with("PM") || token.starts_with("pm")
}

fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '/' | ':' | '.' | '-' | '@' | '=' | '?' | '&' | '#' | '%')
}

/// How far a Latin token is looked at to either side of a digit. Bytes.
const TOKEN: usize = 64;

fn token_start(text: &str, at: usize, floor: usize) -> usize {
    let head = before(text, at).as_bytes();
    let mut start = at;
    while start > floor
        && at - start < TOKEN
        && head.get(start - 1).is_some_and(|b| is_token_char(char::from(*b)))
    {
        start -= 1;
    }
    let words = text.get(start..at).unwrap_or_default();
    at - words
        .trim_start_matches(|c: char| !c.is_ascii_alphanumeric())
        .len()
}

/// Where the token that goes on at `at` ends, looking no further than `TOKEN`.
fn token_end(text: &str, at: usize) -> usize {
    token_length(after(text, at), TOKEN) + at
}

/// The same without a limit, for what is taken whole.
fn whole_token_end(text: &str, at: usize) -> usize {
    token_length(after(text, at), usize::MAX) + at
}

fn token_length(rest: &str, most: usize) -> usize {
    let length = rest
        .bytes()
        .take(most)
        .take_while(|b| is_token_char(char::from(*b)))
        .count();
    let token = rest.get(..length).unwrap_or_default();
    token.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()).len()
}
