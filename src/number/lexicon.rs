//! A set of words that is asked which of them stands at a place, in time that hardly grows with the set.

/// Which end of the words is compared with the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// Words are looked for right behind a place.
    Start,
    /// Words are looked for right before a place.
    End,
}

/// Words with a meaning each, filed by the two characters at the edge, longest first.
pub(super) struct Lexicon<T> {
    edge: Edge,
    /// By the code of the first of those characters: where its entries begin and end.
    drawers: Vec<(u16, u16)>,
    entries: Vec<Entry<T>>,
}

struct Entry<T> {
    /// The second character; 0 for words of one.
    second: u16,
    word: &'static str,
    meaning: T,
}

impl<T: Copy> Lexicon<T> {
    /// A lexicon of `rows`; the words of a row are parted by spaces and share its meaning.
    pub(super) fn new(edge: Edge, rows: &[(&'static str, T)]) -> Self {
        let mut filed: Vec<(u16, Entry<T>)> = rows
            .iter()
            .flat_map(|&(words, meaning)| words.split_whitespace().map(move |word| (word, meaning)))
            .map(|(word, meaning)| {
                let (first, second) = keys(edge, word);
                (
                    first,
                    Entry {
                        second,
                        word,
                        meaning,
                    },
                )
            })
            .collect();
        filed.sort_by_key(|(first, entry)| (*first, std::cmp::Reverse(entry.word.len())));
        let mut drawers = vec![(0, 0); 1 << 16];
        for (index, (first, _)) in (0u16..).zip(&filed) {
            if let Some(drawer) = drawers.get_mut(usize::from(*first)) {
                *drawer = (if drawer.1 == 0 { index } else { drawer.0 }, index + 1);
            }
        }
        let entries = filed.into_iter().map(|(_, entry)| entry).collect();
        Self {
            edge,
            drawers,
            entries,
        }
    }

    /// The longest word that stands at the edge of `text`, and its meaning.
    pub(super) fn longest(&self, text: &str) -> Option<(&'static str, T)> {
        self.all(text).next()
    }

    /// Every word that stands at the edge of `text`, longest first.
    pub(super) fn all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'static str, T)> + 'a {
        let (first, second) = keys(self.edge, text);
        let (from, to) = self.drawers.get(usize::from(first)).copied().unwrap_or_default();
        self.entries
            .get(usize::from(from)..usize::from(to))
            .unwrap_or_default()
            .iter()
            .filter(move |entry| entry.second == 0 || entry.second == second)
            .filter(move |entry| match self.edge {
                Edge::Start => text.starts_with(entry.word),
                Edge::End => text.ends_with(entry.word),
            })
            .map(|entry| (entry.word, entry.meaning))
    }

    /// Whether a word of the set stands at the edge of `text`.
    pub(super) fn has(&self, text: &str) -> bool {
        self.longest(text).is_some()
    }
}

/// The two characters at the edge, 0 where there is none; those beyond the basic plane share a key.
fn keys(edge: Edge, words: &str) -> (u16, u16) {
    let key = |c: Option<char>| c.map_or(0, |c| u16::try_from(u32::from(c)).unwrap_or(u16::MAX));
    let mut chars = words.chars();
    match edge {
        Edge::Start => (key(chars.next()), key(chars.next())),
        Edge::End => (key(chars.next_back()), key(chars.next_back())),
    }
}
