//! The catalogue's indicator that a name stands for.
//!
//! Pure. The table of all names and aliases is built once for a catalogue.

use std::sync::LazyLock;

use super::words::{Word, Words};
use crate::model::{Catalogue, Indicator, Span, ValueType};

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
static ACCIDENTS: LazyLock<Words<'static, ()>> =
    LazyLock::new(|| Words::list("提高 新高 最高 较高 更高 很高"));

impl<'c> Linker<'c> {
    /// Prepares a catalogue.
    pub fn new(catalogue: &'c Catalogue) -> Self {
        let names = |tag: &'c Indicator| tag.names().map(move |text| Word { text, tag });
        Self::of_words(catalogue.indicators.iter().flat_map(names))
    }

    /// Prepares names from elsewhere.
    pub(super) fn of_names(names: impl Iterator<Item = (&'c str, &'c Indicator)>) -> Self {
        Self::of_words(names.map(|(text, tag)| Word { text, tag }))
    }

    fn of_words(all: impl Iterator<Item = Word<'c, &'c Indicator>>) -> Self {
        // A single character says too little to be found inside of other words.
        Self {
            names: Words::of(all.filter(|word| word.text.chars().nth(1).is_some()).collect()),
        }
    }

    /// The longest name inside the words at `span` that names what they name; of equals the last.
    ///
    /// A Chinese name ends with its head, so the catalogue's name must end the words, but for words like 数量;
    /// it may also begin them where they stand `behind` the value and go on with a predicate. `value_type` is
    /// that of a level, which must be the entry's; `None` for a rate or a rank.
    pub(super) fn inside(
        &self,
        text: &str,
        span: Span,
        behind: bool,
        value_type: Option<ValueType>,
    ) -> Option<Link<'c>> {
        let words = span.of(text)?;
        if let Some(narrow) = narrowed(words) {
            let span = Span::new(0, narrow.len());
            return self.inside(&narrow, span, behind, value_type);
        }
        let fits = |at: usize, word: &Word<'c, &'c Indicator>| {
            let rest = words.get(at + word.text.len()..).unwrap_or_default();
            (is_neutral(rest) || (behind && at == 0))
                && value_type.is_none_or(|found| may_count(found, word.tag.value_type))
                && !is_accident(words, at)
        };
        self.names
            .all_in(words)
            .filter(|(at, word)| fits(*at, word))
            .max_by_key(|(_, word)| word.text.len())
            .map(|(_, word)| Link {
                words: word.text,
                indicator: word.tag,
            })
    }

    /// Where the longest of the catalogue's names stands in a table's caption.
    pub(super) fn span_in(&self, text: &str, caption: Span) -> Option<Span> {
        let words = caption.of(text)?;
        let (at, word) = self.names.all_in(words).max_by_key(|(_, word)| word.text.len())?;
        Some(Span::new(
            caption.start + at,
            caption.start + at + word.text.len(),
        ))
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

/// The letters of Ｒ＆Ｄ in their full width.
const WIDE: [char; 6] = ['Ｒ', '＆', 'Ｄ', 'Ｇ', 'Ｐ', '５'];

/// The words with their wide letters in the common width, if they have any.
pub(super) fn narrowed(words: &str) -> Option<String> {
    // All of them begin with the same byte, which few words have.
    let may_be_wide = words.as_bytes().contains(&0xEF);
    (may_be_wide && words.contains(WIDE)).then(|| words.chars().map(narrow).collect())
}

/// The character in its common width.
fn narrow(c: char) -> char {
    let offset = '！' as u32 - '!' as u32;
    if ('！'..='～').contains(&c) {
        char::from_u32(c as u32 - offset).unwrap_or(c)
    } else {
        c
    }
}

/// Words behind a name that leave it the same indicator.
static NEUTRAL: LazyLock<Words<'static, ()>> = LazyLock::new(|| {
    Words::list(
        "数 数量 总数 总量 总额 总值 额 规模 总规模 保有量 金额 总金额 户数 家数 人数 件数 个数 面积 里程 起数 \
    存量 水平 比例 占比 比重 任务",
    )
});

fn is_neutral(rest: &str) -> bool {
    rest.is_empty() || NEUTRAL.hold(rest) || rest.starts_with(['（', '('])
}

/// Whether a level of type `found` may be one of an indicator whose levels are of type `expected`.
fn may_count(found: ValueType, expected: ValueType) -> bool {
    let loose = |value_type| {
        matches!(
            value_type,
            ValueType::Count | ValueType::Area | ValueType::Quantity | ValueType::Duration
        )
    };
    found == expected || (loose(found) && loose(expected))
}

fn is_accident(words: &str, at: usize) -> bool {
    let before = words
        .get(..at)
        .and_then(|before| before.char_indices().next_back());
    let from_before = before.and_then(|(start, _)| words.get(start..));
    from_before.is_some_and(|phrase| ACCIDENTS.starting(phrase).is_some())
}
