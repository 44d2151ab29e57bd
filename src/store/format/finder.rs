//! Finding words that other programs quote from a report's text, as project files' own quotes are found.

use super::anchor::{Anchor, Placed};
use super::record::Words;
use crate::model::Span;
use crate::text::offsets::CharIndex;

/// Words of a text as another program quotes them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quote<'a> {
    /// Where they stood: first code point and one past the last.
    pub at: (usize, usize),
    /// The words; empty where only the place is known.
    pub words: &'a str,
    /// What stood before them; empty where that is not known.
    pub before: &'a str,
    /// What stood after them; empty where that is not known.
    pub after: &'a str,
}

/// Finds quotes in one report's text; each found one helps to find the next.
pub struct QuoteFinder<'a>(Anchor<'a>);

impl<'a> QuoteFinder<'a> {
    /// A finder in `text`, whose index is `index`.
    pub fn new(text: &'a str, index: &'a CharIndex) -> Self {
        Self::drifted(text, index, 0)
    }

    /// The same, where the last quote had moved by so many bytes: its neighbours have mostly moved as far.
    pub fn drifted(text: &'a str, index: &'a CharIndex, drift: isize) -> Self {
        Self(Anchor::new(text, index, false).drifted(drift))
    }

    /// By how many bytes the last quote had moved.
    pub fn drift(&self) -> isize {
        self.0.drift()
    }

    /// Where the quoted words stand. Without words the place is taken as it is.
    pub fn find(&mut self, quote: &Quote<'_>) -> Placed {
        if quote.words.is_empty() {
            let span = self.0.bytes(quote.at).filter(|span| !span.is_empty());
            return span.map_or(Placed::Lost, Placed::Kept);
        }
        self.0.place(&Words {
            at: quote.at,
            quote: quote.words,
            before: quote.before,
            after: quote.after,
        })
    }

    /// Where the words `name` stand, which stood at `was` while the quote stood at `at`, now that it is at `span`.
    pub fn find_name(&self, span: Span, at: (usize, usize), was: (usize, usize), name: &str) -> Option<Span> {
        self.0.place_name(span, at, was, name)
    }
}
