//! Finding quoted words again in a text that may have changed since they were quoted.

use memchr::memmem;

use super::record::{OutOfText, Words};
use crate::model::Span;
use crate::text::offsets::CharIndex;

/// How many code points of context stand beside a quote.
const CONTEXT: usize = 12;
/// Past so many places where a quote stands, the rest is not looked at.
const MOST_PLACES: usize = 20_000;

/// What became of the quotes of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchoring {
    /// So many stand where they stood.
    pub kept: usize,
    /// So many were found elsewhere, without doubt.
    pub moved: usize,
    /// So many could stand in more than one place; the likeliest was taken.
    pub ambiguous: Vec<LostQuote>,
    /// These were not found, or their words are taken; they stay in the file as `unanchored`.
    pub lost: Vec<LostQuote>,
}

impl Anchoring {
    /// Whether a person should be told.
    pub fn is_notable(&self) -> bool {
        self.moved > 0 || !self.ambiguous.is_empty() || !self.lost.is_empty()
    }
}

/// The words of a decision that could not be placed for certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostQuote {
    /// The words.
    pub quote: String,
    /// What stood before them.
    pub before: String,
    /// What stood after them.
    pub after: String,
}

/// Where quoted words stand now. Spans are in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    /// Where they stood.
    Kept(Span),
    /// Elsewhere, without doubt.
    Moved(Span),
    /// They could stand in more than one place; this is the likeliest.
    Ambiguous(Span),
    /// Nowhere.
    Lost,
}

impl Placed {
    /// The place, if there is one.
    pub fn span(self) -> Option<Span> {
        match self {
            Self::Kept(span) | Self::Moved(span) | Self::Ambiguous(span) => Some(span),
            Self::Lost => None,
        }
    }
}

/// One report's text, with what is needed to quote it and to find quotes in it.
pub(super) struct Anchor<'a> {
    text: &'a str,
    index: &'a CharIndex,
    /// Whether the text is the one that was quoted from.
    same: bool,
    /// How far the last quote had moved, in bytes: its neighbours have mostly moved as far.
    drift: isize,
}

impl<'a> Anchor<'a> {
    pub fn new(text: &'a str, index: &'a CharIndex, same: bool) -> Self {
        Self {
            text,
            index,
            same,
            drift: 0,
        }
    }

    /// The same, where the last quote had moved by so many bytes.
    pub fn drifted(self, drift: isize) -> Self {
        Self { drift, ..self }
    }

    /// By how many bytes the last quote had moved.
    pub fn drift(&self) -> isize {
        self.drift
    }

    /// The span in code points.
    pub fn chars(&self, span: Span) -> Result<(usize, usize), OutOfText> {
        match span.of(self.text) {
            Some(_) => Ok((
                self.index.char_of_byte(self.text, span.start),
                self.index.char_of_byte(self.text, span.end),
            )),
            None => Err(OutOfText(span)),
        }
    }

    /// The span in bytes, if both ends lie in the text.
    pub fn bytes(&self, at: (usize, usize)) -> Option<Span> {
        let start = self.index.byte_of_char(self.text, at.0)?;
        let end = self.index.byte_of_char(self.text, at.1)?;
        (start <= end).then_some(Span { start, end })
    }

    /// The words at `span`, and what stands before and after them.
    pub fn words(&self, span: Span) -> Result<Words<'a>, OutOfText> {
        let quote = span.of(self.text).ok_or(OutOfText(span))?;
        let before = self.text.get(..span.start).unwrap_or_default();
        let after = self.text.get(span.end..).unwrap_or_default();
        let from = before
            .char_indices()
            .rev()
            .nth(CONTEXT - 1)
            .map_or(0, |(at, _)| at);
        let to = after
            .char_indices()
            .nth(CONTEXT)
            .map_or(after.len(), |(at, _)| at);
        Ok(Words {
            at: self.chars(span)?,
            quote,
            before: before.get(from..).unwrap_or_default(),
            after: after.get(..to).unwrap_or_default(),
        })
    }

    /// Finds the words in this text.
    pub fn place(&mut self, words: &Words<'_>) -> Placed {
        let exact = self.bytes(words.at);
        let still_there = exact.filter(|span| span.of(self.text) == Some(words.quote));
        if let Some(span) =
            still_there.filter(|span| self.same || self.agreement(*span, words) == full(words))
        {
            self.drift = 0;
            return Placed::Kept(span);
        }
        if words.quote.is_empty() {
            return Placed::Lost;
        }
        let was = exact.map_or_else(
            || self.text.len().min(words.at.0.saturating_mul(3)),
            |span| span.start,
        );
        let expected = was.saturating_add_signed(self.drift);
        if let Some(span) = self.stands_at(expected, words) {
            return self.moved(span, was);
        }
        let (best, rivals) = self.likeliest(expected, words);
        match best {
            None => Placed::Lost,
            Some((span, agreed)) if rivals == 0 && agreed * 2 >= full(words) => self.moved(span, was),
            // Without one letter of context in common it is another number that looks the same.
            Some((_, 0)) if full(words) > 0 => Placed::Lost,
            Some((span, _)) if Some(span) == exact => Placed::Kept(span),
            Some((span, _)) => Placed::Ambiguous(span),
        }
    }

    fn moved(&mut self, span: Span, was: usize) -> Placed {
        self.drift = span.start.cast_signed() - was.cast_signed();
        if self.drift == 0 {
            Placed::Kept(span)
        } else {
            Placed::Moved(span)
        }
    }

    /// The quote at exactly this byte with its whole context.
    fn stands_at(&self, start: usize, words: &Words<'_>) -> Option<Span> {
        let span = Span {
            start,
            end: start.checked_add(words.quote.len())?,
        };
        let fits = span.of(self.text) == Some(words.quote) && self.agreement(span, words) == full(words);
        (fits && full(words) > 0).then_some(span)
    }

    /// The place with most context in common, the nearest of equals, and how many others equal it.
    fn likeliest(&self, expected: usize, words: &Words<'_>) -> (Option<(Span, usize)>, usize) {
        let mut best: Option<(Span, usize)> = None;
        let mut rivals = 0;
        let places = memmem::find_iter(self.text.as_bytes(), words.quote.as_bytes()).take(MOST_PLACES);
        for start in places {
            let span = Span {
                start,
                end: start + words.quote.len(),
            };
            let agreed = self.agreement(span, words);
            let Some((other, most)) = best else {
                best = Some((span, agreed));
                continue;
            };
            if agreed > most {
                best = Some((span, agreed));
                rivals = 0;
            } else if agreed == most {
                rivals += 1;
                if start.abs_diff(expected) < other.start.abs_diff(expected) {
                    best = Some((span, agreed));
                }
            }
        }
        (best, rivals)
    }

    /// How many code points of context on both sides are the quote's own.
    fn agreement(&self, span: Span, words: &Words<'_>) -> usize {
        let before = self.text.get(..span.start).unwrap_or_default();
        let after = self.text.get(span.end..).unwrap_or_default();
        let equal = |(a, b): &(char, char)| a == b;
        before
            .chars()
            .rev()
            .zip(words.before.chars().rev())
            .take_while(equal)
            .count()
            + after.chars().zip(words.after.chars()).take_while(equal).count()
    }

    /// Where the words `name` stand, which stood at `was` while the value's words stood at `at`, now
    /// that those stand at `span`.
    pub fn place_name(
        &self,
        span: Span,
        at: (usize, usize),
        was: (usize, usize),
        name: &str,
    ) -> Option<Span> {
        let start = self.index.char_of_byte(self.text, span.start);
        let shift = start.checked_signed_diff(at.0)?;
        if shift == 0 {
            return self.bytes(was);
        }
        let shifted = (was.0.checked_add_signed(shift)?, was.1.checked_add_signed(shift)?);
        [shifted, was]
            .into_iter()
            .filter_map(|at| self.bytes(at))
            .find(|span| !name.is_empty() && span.of(self.text) == Some(name))
    }
}

fn full(words: &Words<'_>) -> usize {
    words.before.chars().count() + words.after.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_no_text_has_is_sought_by_its_words() {
        let text = "全年投入5万元。";
        let index = CharIndex::new(text);
        let mut anchor = Anchor::new(text, &index, false);
        for at in [(usize::MAX, usize::MAX), (usize::MAX / 2, usize::MAX / 2 + 3)] {
            let words = Words {
                at,
                quote: "5万元",
                before: "全年投入",
                after: "。",
            };
            let span = anchor.place(&words).span().unwrap();
            assert_eq!(span.of(text), Some("5万元"));
            assert_eq!(anchor.place_name(span, at, (2, 4), "投入"), None);
        }
        let name = anchor.place_name(Span::new(12, 19), (3, 6), (1, 3), "投入");
        assert_eq!(name.and_then(|span| span.of(text)), Some("投入"));
    }
}
