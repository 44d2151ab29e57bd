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

/// The words filed by the two characters at one of their ends.
#[derive(Clone, Debug)]
struct Index<'w, T> {
    /// Where the entries of each drawer begin, and the next one's; the first character says which drawer.
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
        words.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
        Self {
            by_first: Index::new(&words, first_two),
            by_last: Index::new(&words, last_two),
        }
    }

    /// Whether `phrase` is one of the words.
    pub(super) fn hold(&self, phrase: &str) -> bool {
        self.starting(phrase).is_some_and(|word| word.text == phrase)
    }

    /// The longest word that `phrase` starts with.
    pub(super) fn starting(&self, phrase: &str) -> Option<Word<'w, T>> {
        let mut words = self.by_first.candidates(first_two(phrase)?);
        words.find(|word| phrase.starts_with(word.text))
    }

    /// The longest word that `phrase` ends with.
    pub(super) fn ending(&self, phrase: &str) -> Option<Word<'w, T>> {
        let mut words = self.by_last.candidates(last_two(phrase)?);
        words.find(|word| phrase.ends_with(word.text))
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
    const DRAWERS: usize = 512;

    fn new(words: &[Word<'w, T>], ends: impl Fn(&str) -> Option<Ends>) -> Self {
        let entry = |word: &Word<'w, T>| {
            let ends = ends(word.text)?;
            Some(Entry { ends, word: *word })
        };
        let mut entries: Vec<Entry<'w, T>> = words.iter().filter_map(entry).collect();
        // The sort is stable, so the longest stay first.
        entries.sort_by_key(|entry| Self::drawer(entry.ends));
        let first_of = |drawer| entries.partition_point(|entry| Self::drawer(entry.ends) < drawer) as u32;
        let drawers = (0..=Self::DRAWERS).map(first_of).collect();
        Self { drawers, entries }
    }

    fn drawer((first, _): Ends) -> usize {
        first as usize % Self::DRAWERS
    }

    /// The words whose ends are like these of a phrase, the longest first.
    fn candidates(&self, (first, second): Ends) -> impl Iterator<Item = Word<'w, T>> {
        let drawer = Self::drawer((first, second));
        let members = match self.drawers.get(drawer..) {
            Some(&[from, to, ..]) => self.entries.get(from as usize..to as usize),
            _ => None,
        };
        members
            .unwrap_or_default()
            .iter()
            .filter(move |entry| entry.ends.0 == first && (entry.ends.1.is_none() || entry.ends.1 == second))
            .map(|entry| entry.word)
    }
}

fn first_two(words: &str) -> Option<Ends> {
    let mut chars = words.chars();
    Some((chars.next()?, chars.next()))
}

fn last_two(words: &str) -> Option<Ends> {
    let mut chars = words.chars();
    Some((chars.next_back()?, chars.next_back()))
}
