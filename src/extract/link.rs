//! The catalogue's indicator that a name stands for.
//!
//! Pure. The table of all names and aliases is built once for a catalogue.

use crate::model::{Catalogue, IndicatorId, Span, ValueType};

/// A catalogue's names, ready to be found in words.
#[derive(Clone, Debug)]
pub struct Linker<'c> {
    /// Sorted by the alias's first two characters, longest first among equals.
    aliases: Vec<Alias<'c>>,
}

#[derive(Clone, Copy, Debug)]
struct Alias<'c> {
    words: &'c str,
    id: &'c IndicatorId,
    value_type: ValueType,
    unit: &'c str,
}

impl<'c> Alias<'c> {
    fn link(self, span: Span) -> Link<'c> {
        Link {
            span,
            words: self.words,
            id: self.id,
            value_type: self.value_type,
            unit: self.unit,
        }
    }
}

/// Words in which a short alias stands only by accident: 提高企业 is no 高企.
const ACCIDENTS: &[&str] = &["提高", "新高", "最高", "较高", "更高", "很高"];

/// An alias found in words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link<'c> {
    /// The words in the text.
    pub(super) span: Span,
    /// The alias.
    pub(super) words: &'c str,
    /// The indicator.
    pub(super) id: &'c IndicatorId,
    /// The type of its levels.
    pub(super) value_type: ValueType,
    /// The unit of its levels.
    pub(super) unit: &'c str,
}

impl<'c> Linker<'c> {
    /// Prepares a catalogue.
    pub fn new(catalogue: &'c Catalogue) -> Self {
        let mut aliases: Vec<Alias<'c>> = catalogue
            .indicators
            .iter()
            .flat_map(|indicator| {
                indicator
                    .names()
                    .filter(|name| key(name).is_some())
                    .map(|words| Alias {
                        words,
                        id: &indicator.id,
                        value_type: indicator.value_type,
                        unit: &indicator.unit,
                    })
            })
            .collect();
        aliases.sort_by(|a, b| {
            key(a.words)
                .cmp(&key(b.words))
                .then(b.words.len().cmp(&a.words.len()))
        });
        Self { aliases }
    }

    /// The longest alias inside the name at `span`; of equals the last, since Chinese names end with their head.
    pub(super) fn inside(&self, text: &str, span: Span) -> Option<Link<'c>> {
        let words = span.of(text)?;
        let mut best: Option<Link<'c>> = None;
        for (at, _) in words.char_indices() {
            let Some(alias) = words.get(at..).and_then(|rest| self.starting(rest)) else {
                continue;
            };
            let accident = ACCIDENTS.iter().any(|word| {
                let first = word.chars().next().map_or(0, char::len_utf8);
                at >= first && words.get(at - first..).is_some_and(|rest| rest.starts_with(word))
            });
            if accident {
                continue;
            }
            if best.is_none_or(|known| alias.words.len() >= known.words.len()) {
                let start = span.start + at;
                best = Some(alias.link(Span::new(start, start + alias.words.len())));
            }
        }
        best
    }

    /// The entry that has exactly these words as a name.
    pub(super) fn exactly(&self, words: &str) -> Option<Link<'c>> {
        let alias = self.starting(words).filter(|alias| alias.words == words)?;
        Some(alias.link(Span::default()))
    }

    fn starting(&self, phrase: &str) -> Option<Alias<'c>> {
        let wanted = key(phrase)?;
        let from = self
            .aliases
            .partition_point(|alias| key(alias.words) < Some(wanted));
        self.aliases
            .get(from..)?
            .iter()
            .take_while(|alias| key(alias.words) == Some(wanted))
            .find(|alias| phrase.starts_with(alias.words))
            .copied()
    }
}

/// The first two characters.
fn key(words: &str) -> Option<&str> {
    let end = words.char_indices().nth(1).map(|(at, c)| at + c.len_utf8())?;
    words.get(..end)
}
