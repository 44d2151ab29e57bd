//! The lessons that act, to be found by the words that they speak of.
//!
//! Pure. It is built once for many suggestions.

use std::collections::HashMap;

use crate::extract::Linker;
use crate::extract::words::{Word, Words};
use crate::model::{Catalogue, Experience, IndicatorId, Lesson, Memory, Span};

/// A lesson that acts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'m> {
    /// The lesson.
    pub(super) lesson: &'m Lesson,
    /// How well it has done.
    pub(super) experience: &'m Experience,
}

impl Known<'_> {
    /// How likely it is to be right, in thousandths.
    pub(super) fn trust(self) -> u32 {
        let right = self.experience.taught.saturating_add(self.experience.hits);
        let all = right.saturating_add(self.experience.misses);
        let share = u64::from(right.saturating_add(1)) * 1000 / u64::from(all.saturating_add(2));
        u32::try_from(share).unwrap_or_default()
    }
}

/// The lessons that act; of those that contradict each other, the better proven.
pub(super) struct Recall<'m> {
    pub(super) phrases: HashMap<&'m str, Known<'m>>,
    pub(super) renames: HashMap<&'m str, Known<'m>>,
    pub(super) natures: HashMap<&'m str, Known<'m>>,
    pub(super) units: HashMap<&'m IndicatorId, Known<'m>>,
    pub(super) names: HashMap<&'m str, Known<'m>>,
    /// The names again, with their indicators, to be found at the end of longer words.
    pub(super) linker: Linker<'m>,
    extends: Words<'m, usize>,
    areas: Words<'m, usize>,
    has_areas: bool,
    known: Vec<Known<'m>>,
}

impl<'m> Recall<'m> {
    /// Looks a memory through.
    pub(super) fn new(memory: &'m Memory, catalogue: &'m Catalogue) -> Self {
        let known: Vec<Known<'m>> = memory
            .iter()
            .filter(|(lesson, experience)| lesson.acts(experience))
            .map(|(lesson, experience)| Known { lesson, experience })
            .collect();
        let mut recall = Self {
            phrases: HashMap::new(),
            renames: HashMap::new(),
            natures: HashMap::new(),
            units: HashMap::new(),
            names: HashMap::new(),
            linker: Linker::of_names(std::iter::empty()),
            extends: Words::of(Vec::new()),
            areas: Words::of(Vec::new()),
            has_areas: false,
            known,
        };
        recall.index(catalogue);
        recall
    }

    fn index(&mut self, catalogue: &'m Catalogue) {
        let mut extends = Vec::new();
        let mut areas = Vec::new();
        for (tag, &known) in self.known.iter().enumerate() {
            match known.lesson {
                Lesson::Never { phrase, .. } | Lesson::Always { phrase } => {
                    put(&mut self.phrases, phrase, known);
                }
                Lesson::Rename { proposed, .. } => put(&mut self.renames, proposed, known),
                Lesson::Nature { words, .. } => put(&mut self.natures, words, known),
                Lesson::Name { words, indicator } => {
                    if catalogue.get(indicator).is_some() {
                        put(&mut self.names, words, known);
                    }
                }
                Lesson::Unit { indicator, .. } => match self.units.get(indicator) {
                    Some(other) if !better(known, *other) => {}
                    _ => {
                        self.units.insert(indicator, known);
                    }
                },
                Lesson::Extend { words } => extends.push(Word {
                    text: words.as_str(),
                    tag,
                }),
                Lesson::Area { words } => areas.push(Word {
                    text: words.as_str(),
                    tag,
                }),
            }
        }
        self.extends = Words::of(extends);
        self.has_areas = !areas.is_empty();
        self.areas = Words::of(areas);
        let mut names: Vec<_> = self.names.iter().collect();
        names.sort_unstable_by_key(|(words, _)| **words);
        self.linker = Linker::of_names(names.into_iter().filter_map(|(words, known)| match known.lesson {
            Lesson::Name { indicator, .. } => Some((*words, catalogue.get(indicator)?)),
            _ => None,
        }));
    }

    /// The lesson about the words that stand right behind a name.
    pub(super) fn extend(&self, behind: &str) -> Option<Known<'m>> {
        self.known.get(self.extends.starting(behind)?.tag).copied()
    }

    /// The lesson about the last place that stands before the value at `span` in its sentence.
    pub(super) fn area(&self, text: &str, span: Span, proposed: &str) -> Option<Known<'m>> {
        if !self.has_areas {
            return None;
        }
        let before = words_before(text, span);
        let (at, word) = self.areas.last_in(before)?;
        let behind = before.get(at..)?;
        if !is_one_sentence(behind) {
            return None;
        }
        let said = !proposed.is_empty() && !word.text.starts_with(proposed) && behind.contains(proposed);
        if said {
            None
        } else {
            self.known.get(word.tag).copied()
        }
    }
}

/// Whether a place stands before the value at `span` in its sentence, and the one `proposed` does not stand nearer.
pub(super) fn stands_before(text: &str, span: Span, words: &str, proposed: &str) -> bool {
    let before = words_before(text, span);
    let Some(at) = before.rfind(words) else {
        return false;
    };
    let behind = before.get(at..).unwrap_or_default();
    is_one_sentence(behind)
        && (proposed.is_empty() || words.starts_with(proposed) || !behind.contains(proposed))
}

/// The words before the value at `span`, as far back as a place may stand; its sentence may begin within them.
fn words_before(text: &str, span: Span) -> &str {
    const FAR: usize = 150;
    let from = text.ceil_char_boundary(span.start.saturating_sub(FAR));
    text.get(from..span.start).unwrap_or_default()
}

/// Whether no sentence ends in these words.
fn is_one_sentence(words: &str) -> bool {
    !words.contains(['\n', '。', '；', '！', '？'])
}

fn put<'m>(map: &mut HashMap<&'m str, Known<'m>>, words: &'m str, known: Known<'m>) {
    match map.get(words) {
        Some(other) if !better(known, *other) => {}
        _ => {
            map.insert(words, known);
        }
    }
}

/// Whether a lesson is better proven than another; of equals, the one that was taught more.
fn better(a: Known<'_>, b: Known<'_>) -> bool {
    (a.trust(), a.experience.taught) > (b.trust(), b.experience.taught)
}
