//! Word lists that can be looked for at the start, at the end and inside of a phrase.
//!
//! Pure data structure; the lists themselves stand in the files that use them.

/// One word list, ordered so that the longest word wins.
///
/// A list is written as lines of words between spaces; `tag` says what its words mean.
pub(super) struct Words<T> {
    by_first: Vec<(char, Vec<Word<T>>)>,
    by_last: Vec<(char, Vec<Word<T>>)>,
}

/// A word of a list with what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word<T> {
    /// The word.
    pub(super) text: &'static str,
    /// What it means.
    pub(super) tag: T,
}

impl<T: Copy> Words<T> {
    /// Builds a list from groups of words, each with its meaning.
    pub(super) fn new(groups: &[(T, &'static str)]) -> Self {
        let mut words: Vec<Word<T>> = groups
            .iter()
            .flat_map(|&(tag, list)| list.split_whitespace().map(move |text| Word { text, tag }))
            .collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
        Self {
            by_first: bucket(&words, |word| word.chars().next()),
            by_last: bucket(&words, |word| word.chars().next_back()),
        }
    }

    /// The longest word that `phrase` starts with.
    pub(super) fn starting(&self, phrase: &str) -> Option<Word<T>> {
        let first = phrase.chars().next()?;
        pick(&self.by_first, first, |word| phrase.starts_with(word))
    }

    /// The longest word that `phrase` ends with.
    pub(super) fn ending(&self, phrase: &str) -> Option<Word<T>> {
        let last = phrase.chars().next_back()?;
        pick(&self.by_last, last, |word| phrase.ends_with(word))
    }

    /// The first place in `phrase` where a word stands; the longest word there.
    pub(super) fn first_in(&self, phrase: &str) -> Option<(usize, Word<T>)> {
        phrase
            .char_indices()
            .find_map(|(at, _)| Some((at, self.starting(phrase.get(at..)?)?)))
    }

    /// The last place in `phrase` where a word ends; the longest word there.
    pub(super) fn last_in(&self, phrase: &str) -> Option<(usize, Word<T>)> {
        let ends = phrase.char_indices().rev().map(|(at, c)| at + c.len_utf8());
        ends.into_iter().find_map(|end| {
            let word = self.ending(phrase.get(..end)?)?;
            Some((end - word.text.len(), word))
        })
    }

    /// Whether any word stands in `phrase`.
    pub(super) fn any_in(&self, phrase: &str) -> bool {
        self.first_in(phrase).is_some()
    }
}

fn bucket<T: Copy>(words: &[Word<T>], key: impl Fn(&str) -> Option<char>) -> Vec<(char, Vec<Word<T>>)> {
    let mut buckets: Vec<(char, Vec<Word<T>>)> = Vec::new();
    for word in words {
        let Some(c) = key(word.text) else { continue };
        match buckets.iter_mut().find(|(first, _)| *first == c) {
            Some((_, members)) => members.push(*word),
            None => buckets.push((c, vec![*word])),
        }
    }
    buckets.sort_by_key(|&(c, _)| c);
    buckets
}

fn pick<T: Copy>(
    buckets: &[(char, Vec<Word<T>>)],
    key: char,
    fits: impl Fn(&str) -> bool,
) -> Option<Word<T>> {
    let at = buckets.binary_search_by_key(&key, |&(c, _)| c).ok()?;
    buckets.get(at)?.1.iter().find(|word| fits(word.text)).copied()
}
