//! What an annotator's decisions have taught the program about this project.

use serde::{Deserialize, Serialize};

use super::{DismissReason, IndicatorId, ReportId, ValueNature};

/// One thing that was learnt; it is also the key under which it can be forgotten.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lesson {
    /// These words name this indicator.
    Name {
        /// The words.
        words: String,
        /// The catalogue's entry.
        indicator: IndicatorId,
    },
    /// Where the extractor reads these words as the name, the annotator takes those.
    Rename {
        /// What the extractor reads.
        proposed: String,
        /// What the annotator takes.
        words: String,
    },
    /// Numbers in this phrase, in which `#` stands for the number, are never an indicator's values.
    Never {
        /// The phrase.
        phrase: String,
        /// Why they are dismissed.
        reason: DismissReason,
    },
    /// This indicator's values usually have this unit.
    Unit {
        /// The catalogue's entry.
        indicator: IndicatorId,
        /// The unit's words.
        unit: String,
    },
    /// Values beside these words usually have this nature.
    Nature {
        /// The words.
        words: String,
        /// The nature.
        nature: ValueNature,
    },
    /// These words right behind what the extractor reads as a name are part of it.
    Extend {
        /// The words.
        words: String,
    },
    /// Numbers in this phrase, in which `#` stands for the number, are an indicator's values.
    Always {
        /// The phrase.
        phrase: String,
    },
    /// These words are a place, and values behind them are for it.
    Area {
        /// The words, as the annotator writes the place.
        words: String,
    },
}

impl Lesson {
    /// What kind of lesson it is, as files and the window's strings name it.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Name { .. } => "name",
            Self::Rename { .. } => "rename",
            Self::Never { .. } => "never",
            Self::Unit { .. } => "unit",
            Self::Nature { .. } => "nature",
            Self::Extend { .. } => "extend",
            Self::Always { .. } => "always",
            Self::Area { .. } => "area",
        }
    }

    /// The words that it is about.
    pub fn words(&self) -> &str {
        match self {
            Self::Name { words, .. }
            | Self::Rename { words, .. }
            | Self::Nature { words, .. }
            | Self::Extend { words }
            | Self::Area { words } => words,
            Self::Never { phrase, .. } | Self::Always { phrase } => phrase,
            Self::Unit { unit, .. } => unit,
        }
    }

    /// Whether it changes suggestions, being known so well; otherwise it is listed, but rests.
    ///
    /// It rests while it was wrong more often than right. A name that is neither the end of the proposed one nor
    /// begins with it may name something else that the same words speak of, so it must be taught twice. A phrase
    /// around a number must never have been wrong, and be taught twice if it only qualifies, since what it counts
    /// there may be reported elsewhere.
    pub fn acts(&self, experience: &Experience) -> bool {
        let Experience {
            taught, hits, misses, ..
        } = *experience;
        let proven = match self {
            Self::Rename { proposed, words } => {
                let alike = proposed.ends_with(words) || words.starts_with(proposed);
                let other = !proposed.contains(words) && !words.contains(proposed);
                alike || other || (taught > 1 && hits > misses)
            }
            Self::Never {
                reason: DismissReason::Criterion,
                ..
            } => taught > 1 && misses == 0,
            Self::Never { .. } | Self::Always { .. } => misses == 0,
            _ => true,
        };
        proven && taught > 0 && misses <= hits
    }
}

/// How well a lesson has done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Experience {
    /// How many decisions have taught it.
    pub taught: u32,
    /// How often a suggestion that it made was accepted in what it had changed.
    #[serde(default)]
    pub hits: u32,
    /// How often such a suggestion was corrected or rejected.
    #[serde(default)]
    pub misses: u32,
    /// Places that have taught it, the newest last; at most [`Experience::EXAMPLES`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example>,
}

impl Experience {
    /// How many places are kept.
    pub const EXAMPLES: usize = 3;
}

/// A place that has taught a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// In which report.
    pub report: ReportId,
    /// The number with some words around it, as the report has them.
    pub words: String,
}

/// One annotator's lessons in this project.
///
/// A clone is cheap (the tree is shared), so a job can suggest with it while the window goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    lessons: imbl::OrdMap<Lesson, Experience>,
}

impl Memory {
    /// What is known of a lesson.
    pub fn get(&self, lesson: &Lesson) -> Option<&Experience> {
        self.lessons.get(lesson)
    }

    /// Puts a lesson, or takes it away, and returns what was known of it.
    pub fn set(&mut self, lesson: Lesson, experience: Option<Experience>) -> Option<Experience> {
        match experience {
            Some(experience) => self.lessons.insert(lesson, experience),
            None => self.lessons.remove(&lesson),
        }
    }

    /// All lessons in their order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Lesson, &Experience)> {
        self.lessons.iter()
    }

    /// How many lessons there are.
    pub fn len(&self) -> usize {
        self.lessons.len()
    }

    /// Whether nothing has been learnt.
    pub fn is_empty(&self) -> bool {
        self.lessons.is_empty()
    }
}
