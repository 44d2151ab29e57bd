//! The catalogue's indicator that a name stands for.
//!
//! Pure. The table of all names and aliases is built once for a catalogue.

use super::words::{Word, Words};
use crate::model::{Catalogue, Indicator, Span};

/// A catalogue's names, ready to be found in words.
#[derive(Clone, Debug)]
pub struct Linker<'c> {
    names: Words<'c, &'c Indicator>,
}

/// A name of the catalogue found in words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link<'c> {
    /// The name or alias.
    pub(super) words: &'c str,
    /// The entry.
    pub(super) indicator: &'c Indicator,
}

/// Words in which a short alias stands only by accident: 提高企业 is no 高企.
const ACCIDENTS: &[&str] = &["提高", "新高", "最高", "较高", "更高", "很高"];

impl<'c> Linker<'c> {
    /// Prepares a catalogue.
    pub fn new(catalogue: &'c Catalogue) -> Self {
        let names = |tag: &'c Indicator| tag.names().map(move |text| Word { text, tag });
        let all = catalogue.indicators.iter().flat_map(names);
        // A single character says too little to be found inside of other words.
        Self {
            names: Words::of(all.filter(|word| word.text.chars().nth(1).is_some()).collect()),
        }
    }

    /// The longest name inside the words at `span`; of equals the last, since Chinese names end with their head.
    pub(super) fn inside(&self, text: &str, span: Span) -> Option<Link<'c>> {
        let words = span.of(text)?;
        self.names
            .all_in(words)
            .filter(|(at, _)| !is_accident(words, *at))
            .max_by_key(|(_, word)| word.text.len())
            .map(|(_, word)| Link {
                words: word.text,
                indicator: word.tag,
            })
    }

    /// The entry that has exactly these words as a name.
    pub(super) fn exactly(&self, words: &str) -> Option<Link<'c>> {
        let word = self.names.starting(words).filter(|word| word.text == words)?;
        Some(Link {
            words: word.text,
            indicator: word.tag,
        })
    }
}

fn is_accident(words: &str, at: usize) -> bool {
    ACCIDENTS.iter().any(|accident| {
        let first = accident.chars().next().map_or(0, char::len_utf8);
        at.checked_sub(first)
            .and_then(|start| words.get(start..))
            .is_some_and(|rest| rest.starts_with(accident))
    })
}
