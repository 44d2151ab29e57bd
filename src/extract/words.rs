//! Word lists that can be looked for at the start, at the end and inside of a phrase.
//!
//! Pure data structure; the lists themselves stand in the files that use them.

/// One word list; where several words fit, the longest wins.
#[derive(Clone, Debug)]
pub(super) struct Words<'w, T> {
    by_first: Index<'w, T>,
    by_last: Index<'w, T>,
}

/// A word of a list with what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word<'w, T> {
    /// The word.
    pub(super) text: &'w str,
    /// What it means.
    pub(super) tag: T,
}

/// The words by one of their characters.
#[derive(Clone, Debug)]
struct Index<'w, T> {
    buckets: Vec<(char, Vec<Word<'w, T>>)>,
    /// A bit for each character that may be in `buckets`, so that most look-ups end at once.
    known: [u64; 32],
}

impl<T: Copy> Words<'static, T> {
    /// Builds a list from groups of words between spaces, each group with its meaning.
    pub(super) fn new(groups: &[(T, &'static str)]) -> Self {
        let split =
            |&(tag, list): &(T, &'static str)| list.split_whitespace().map(move |text| Word { text, tag });
        Self::of(groups.iter().flat_map(split).collect())
    }
}

impl Words<'static, ()> {
    /// Builds a list of words between spaces that need no meaning.
    pub(super) fn list(words: &'static str) -> Self {
        Self::new(&[((), words)])
    }
}

impl<'w, T: Copy> Words<'w, T> {
    /// Builds a list from words; of two that are equal the first wins.
    pub(super) fn of(mut words: Vec<Word<'w, T>>) -> Self {
        words.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
        Self {
            by_first: Index::new(&words, |text| text.chars().next()),
            by_last: Index::new(&words, |text| text.chars().next_back()),
        }
    }

    /// Whether `phrase` is one of the words.
    pub(super) fn hold(&self, phrase: &str) -> bool {
        self.starting(phrase).is_some_and(|word| word.text == phrase)
    }

    /// The longest word that `phrase` starts with.
    pub(super) fn starting(&self, phrase: &str) -> Option<Word<'w, T>> {
        let bucket = self.by_first.bucket(phrase.chars().next()?)?;
        bucket.iter().find(|word| phrase.starts_with(word.text)).copied()
    }

    /// The longest word that `phrase` ends with.
    pub(super) fn ending(&self, phrase: &str) -> Option<Word<'w, T>> {
        let bucket = self.by_last.bucket(phrase.chars().next_back()?)?;
        bucket.iter().find(|word| phrase.ends_with(word.text)).copied()
    }

    /// The words that stand in `phrase`, each with where it starts; at each place the longest.
    pub(super) fn all_in<'p>(&'p self, phrase: &'p str) -> impl Iterator<Item = (usize, Word<'w, T>)> + 'p {
        phrase
            .char_indices()
            .filter_map(|(at, _)| Some((at, self.starting(phrase.get(at..)?)?)))
    }

    /// The first place in `phrase` where a word stands; the longest word there.
    pub(super) fn first_in(&self, phrase: &str) -> Option<(usize, Word<'w, T>)> {
        self.all_in(phrase).next()
    }

    /// The last place in `phrase` where a word ends; the longest word there.
    pub(super) fn last_in(&self, phrase: &str) -> Option<(usize, Word<'w, T>)> {
        phrase.char_indices().rev().find_map(|(at, c)| {
            let word = self.ending(phrase.get(..at + c.len_utf8())?)?;
            Some((at + c.len_utf8() - word.text.len(), word))
        })
    }
}

impl<'w, T: Copy> Index<'w, T> {
    fn new(words: &[Word<'w, T>], key: impl Fn(&str) -> Option<char>) -> Self {
        let mut keyed: Vec<(char, Word<'w, T>)> = words
            .iter()
            .filter_map(|word| Some((key(word.text)?, *word)))
            .collect();
        // The sort is stable, so the longest stay first.
        keyed.sort_by_key(|&(c, _)| c);
        let mut index = Self {
            buckets: Vec::new(),
            known: [0; 32],
        };
        for (c, word) in keyed {
            match index.buckets.last_mut() {
                Some((last, members)) if *last == c => members.push(word),
                _ => index.buckets.push((c, vec![word])),
            }
            if let Some(bits) = index.known.get_mut(c as usize / 64 % 32) {
                *bits |= 1 << (c as u32 % 64);
            }
        }
        index
    }

    fn bucket(&self, key: char) -> Option<&[Word<'w, T>]> {
        let bits = self.known.get(key as usize / 64 % 32)?;
        if bits >> (key as u32 % 64) & 1 == 0 {
            return None;
        }
        let at = self.buckets.binary_search_by_key(&key, |&(c, _)| c).ok()?;
        self.buckets.get(at).map(|(_, members)| members.as_slice())
    }
}
