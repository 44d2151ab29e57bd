//! A decision that an extractor proposes, with its reasons.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Field, Ruling, Span};

/// The agent of what this program proposes itself.
pub const BUILT_IN: &str = "built-in";

/// A probability in thousandths, 0 to 1000: whole, so that suggestions compare and sort exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Score(pub u16);

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", f32::from(self.0.min(1000)) / 1000.0)
    }
}

/// What an extractor proposes for one mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The mention's span. Bytes.
    pub span: Span,
    /// The proposed decision.
    pub ruling: Ruling,
    /// Who proposes it: `built-in`, or the name of a model.
    pub agent: String,
    /// How likely it is to be right as a whole.
    pub score: Score,
    /// Why, strongest first.
    pub reasons: Vec<Evidence>,
    /// The fields that may be wrong, each with what else it could be.
    pub doubts: Vec<Doubt>,
}

/// A field that may be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// The field in doubt.
    pub field: Field,
    /// What else it could be, as the field is written in files.
    pub alternative: String,
}

/// One reason for a suggestion; the window puts it into words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// These words are the name or an alias of the catalogue's indicator.
    AliasMatched {
        /// The words.
        words: String,
    },
    /// These words name the indicator, but the catalogue does not know them.
    NamedBy {
        /// The words.
        words: String,
    },
    /// The name was said earlier and is carried on to this value.
    NameCarried {
        /// The words that were said earlier.
        words: String,
    },
    /// The unit is the one that the catalogue expects.
    UnitAgrees {
        /// The unit.
        unit: String,
    },
    /// The unit is not the one that the catalogue expects.
    UnitDiffers {
        /// The unit found.
        found: String,
        /// The unit expected.
        expected: String,
    },
    /// The period was said beside the value.
    PeriodBeside {
        /// The words.
        words: String,
    },
    /// The period comes from the section's heading.
    PeriodFromHeading {
        /// The heading.
        words: String,
    },
    /// The period comes from the report's title or date.
    PeriodFromReport {
        /// The title or the date.
        words: String,
    },
    /// The area was said beside the value.
    AreaBeside {
        /// The words.
        words: String,
    },
    /// The area is the issuer's.
    AreaFromReport {
        /// The words.
        words: String,
    },
    /// These words make it a growth, a share, a rank or an increment.
    MeasureBy {
        /// The words.
        words: String,
    },
    /// These words make it a target or an estimate.
    NatureBy {
        /// The words.
        words: String,
    },
    /// The whole section is a plan.
    NatureFromHeading {
        /// The heading.
        words: String,
    },
    /// The number only qualifies who or what is meant.
    Qualifies,
    /// Decisions in this project have taught it.
    Learnt {
        /// What was learnt.
        lesson: super::Lesson,
        /// How many decisions have taught it.
        times: u32,
    },
    /// Another program gives these words as its reason.
    Stated {
        /// The words.
        words: String,
    },
}
