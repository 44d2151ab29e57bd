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

/// The words filed by the characters at one of their ends.
#[derive(Clone, Debug)]
struct Index<'w, T> {
    /// One bit for several characters: whether a word has one of them at its end.
    begins: Vec<u64>,
    /// Where the entries of each drawer begin, and the next one's; both characters say which drawer.
    drawers: Vec<u32>,
    /// Drawer by drawer; in each the longest word stands first.
    entries: Vec<Entry<'w, T>>,
}

#[derive(Clone, Debug)]
struct Entry<'w, T> {
    ends: Ends,
    word: Word<'w, T>,
}

/// The character at an end of some words and the one next to it.
type Ends = (char, Option<char>);

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
        words.retain(|word| !word.text.is_empty());
        words.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
        Self {
            by_first: Index::new(&words, |word| two(word.chars())),
            by_last: Index::new(&words, |word| two(word.chars().rev())),
        }
    }

    /// Whether `phrase` is one of the words.
    pub(super) fn hold(&self, phrase: &str) -> bool {
        self.starting(phrase).is_some_and(|word| word.text == phrase)
    }

    /// Whether `phrase` may start with a word, by its first character.
    pub(super) fn may_start(&self, phrase: &str) -> bool {
        let first = phrase.chars().next();
        first.is_some_and(|first| self.by_first.may_have(first))
    }

    /// The longest word that `phrase` starts with.
    pub(super) fn starting(&self, phrase: &str) -> Option<Word<'w, T>> {
        self.by_first
            .longest(phrase.chars(), |word| phrase.starts_with(word))
    }

    /// The longest word that `phrase` ends with.
    pub(super) fn ending(&self, phrase: &str) -> Option<Word<'w, T>> {
        self.by_last
            .longest(phrase.chars().rev(), |word| phrase.ends_with(word))
    }

    /// The words that stand in `phrase`, each with where it starts; at each place the longest.
    pub(super) fn all_in<'p>(&'p self, phrase: &'p str) -> impl Iterator<Item = (usize, Word<'w, T>)> + 'p {
        let mut chars = phrase.chars();
        std::iter::from_fn(move || {
            loop {
                let here = chars.as_str();
                chars.next()?;
                if let Some(word) = self.starting(here) {
                    return Some((phrase.len() - here.len(), word));
                }
            }
        })
    }

    /// The first place in `phrase` where a word stands; the longest word there.
    pub(super) fn first_in(&self, phrase: &str) -> Option<(usize, Word<'w, T>)> {
        self.all_in(phrase).next()
    }

    /// The last place in `phrase` where a word ends; the longest word there.
    pub(super) fn last_in(&self, phrase: &str) -> Option<(usize, Word<'w, T>)> {
        let mut chars = phrase.chars();
        loop {
            let here = chars.as_str();
            chars.next_back()?;
            if let Some(word) = self.ending(here) {
                return Some((here.len() - word.text.len(), word));
            }
        }
    }
}

impl<'w, T: Copy> Index<'w, T> {
    /// How many words of bits say which characters words have at their end.
    const BITS: usize = 64;

    /// Files the words by the two characters that `ends` gives first.
    fn new(words: &[Word<'w, T>], ends: impl Fn(&'w str) -> Ends) -> Self {
        // So many that most drawers hold one word or none.
        let count = (2 * words.len()).next_power_of_two();
        let entry = |word: &Word<'w, T>| {
            let ends = ends(word.text);
            Entry { ends, word: *word }
        };
        let mut entries: Vec<Entry<'w, T>> = words.iter().map(entry).collect();
        let mut begins = vec![0; Self::BITS];
        for entry in &entries {
            let (at, bit) = Self::place(entry.ends.0);
            begins[at] |= bit;
        }
        // The sort is stable, so the longest stay first.
        entries.sort_by_key(|entry| drawer(entry.ends, count));
        let first_of = |at| entries.partition_point(|entry| drawer(entry.ends, count) < at) as u32;
        let drawers = (0..=count).map(first_of).collect();
        Self {
            begins,
            drawers,
            entries,
        }
    }

    /// Whether a word may have this character at its end.
    fn may_have(&self, first: char) -> bool {
        let (at, bit) = Self::place(first);
        self.begins.get(at).is_some_and(|bits| bits & bit != 0)
    }

    fn place(first: char) -> (usize, u64) {
        let code = u32::from(first);
        ((code / u64::BITS) as usize % Self::BITS, 1 << (code % u64::BITS))
    }

    /// The longest word that `fits` a phrase whose characters are these, from the end that the words are filed by.
    fn longest(
        &self,
        mut chars: impl Iterator<Item = char>,
        fits: impl Fn(&str) -> bool,
    ) -> Option<Word<'w, T>> {
        let first = chars.next()?;
        if !self.may_have(first) {
            return None;
        }
        let second = chars.next();
        // A word of one character is shorter than all others.
        let longer = second.and_then(|_| self.in_drawer((first, second), &fits));
        longer.or_else(|| self.in_drawer((first, None), &fits))
    }

    fn in_drawer(&self, ends: Ends, fits: &impl Fn(&str) -> bool) -> Option<Word<'w, T>> {
        let at = drawer(ends, self.drawers.len() - 1);
        let Some(&[from, to, ..]) = self.drawers.get(at..) else {
            return None;
        };
        let members = self.entries.get(from as usize..to as usize)?;
        members
            .iter()
            .filter(|entry| entry.ends == ends)
            .map(|entry| entry.word)
            .find(|word| fits(word.text))
    }
}

/// Which of `count` drawers, a power of two, holds the words with these characters at their end.
fn drawer((first, second): Ends, count: usize) -> usize {
    let second = second.map_or(0, u32::from);
    let mixed = u32::from(first).wrapping_mul(0x9E37_79B1) ^ second.wrapping_mul(0x85EB_CA77);
    (mixed >> 8) as usize & (count - 1)
}

fn two(mut chars: impl Iterator<Item = char>) -> Ends {
    (chars.next().unwrap_or_default(), chars.next())
}
