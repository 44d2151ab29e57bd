//! A set of words that is asked which of them stands at a place, in time that does not grow with the set.

/// Which end of the words is compared with the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// Words are looked for right behind a place.
    Start,
    /// Words are looked for right before a place.
    End,
}

/// Words with a meaning each, found by their first (or last) character and then longest first.
pub(super) struct Lexicon<T> {
    edge: Edge,
    /// By the code of that character, one past the index of its first entry; 0 for none.
    heads: Vec<u16>,
    entries: Vec<(&'static str, T)>,
}

impl<T: Copy> Lexicon<T> {
    /// A lexicon of `rows`; the words of a row are parted by spaces and share its meaning.
    pub(super) fn new(edge: Edge, rows: &[(&'static str, T)]) -> Self {
        let mut entries: Vec<(&'static str, T)> = rows
            .iter()
            .flat_map(|&(words, meaning)| words.split_whitespace().map(move |word| (word, meaning)))
            .collect();
        entries.sort_by_key(|(word, _)| (key(edge, word), std::cmp::Reverse(word.len())));
        let mut heads = vec![0; 1 << 16];
        for (index, (word, _)) in entries.iter().enumerate().rev() {
            if let Some(head) = heads.get_mut(usize::from(key(edge, word))) {
                *head = u16::try_from(index + 1).unwrap_or(0);
            }
        }
        Self { edge, heads, entries }
    }

    /// The longest word that stands at the edge of `text`, and its meaning.
    pub(super) fn longest(&self, text: &str) -> Option<(&'static str, T)> {
        self.all(text).next()
    }

    /// Every word that stands at the edge of `text`, longest first.
    pub(super) fn all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'static str, T)> + 'a {
        let wanted = key(self.edge, text);
        let from = match self.heads.get(usize::from(wanted)) {
            Some(&head) if head > 0 && !text.is_empty() => usize::from(head) - 1,
            _ => self.entries.len(),
        };
        self.entries
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(move |(word, _)| key(self.edge, word) == wanted)
            .filter(move |(word, _)| match self.edge {
                Edge::Start => text.starts_with(word),
                Edge::End => text.ends_with(word),
            })
            .copied()
    }

    /// Whether a word of the set stands at the edge of `text`.
    pub(super) fn has(&self, text: &str) -> bool {
        self.longest(text).is_some()
    }
}

/// The character that a word is filed under; those beyond the basic plane share one drawer.
fn key(edge: Edge, word: &str) -> u16 {
    let c = match edge {
        Edge::Start => word.chars().next(),
        Edge::End => word.chars().next_back(),
    };
    c.and_then(|c| u16::try_from(u32::from(c)).ok())
        .unwrap_or(u16::MAX)
}
