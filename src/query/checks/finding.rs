//! What a check found: which observations contradict what, and which is most likely wrong.

use std::fmt::Write as _;

use super::facts::Fact;
use super::interval::Interval;
use crate::model::{ReportId, Span};
use crate::query::Flag;

/// One contradiction. It is a reason to look again, never a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What contradicts what.
    pub kind: Kind,
    /// How sure it is that something is wrong.
    pub severity: Severity,
    /// The observations involved, in the order that the kind names.
    pub observations: Vec<Place>,
    /// The one most likely wrong; `None` where nothing tells them apart.
    pub suspect: Option<Suspect>,
    /// What the first observation's value would have to be by the others.
    pub expected: Option<Interval>,
    /// The same for the same contradiction of the same values, so that it can be dismissed for good.
    pub key: String,
}

/// Where an observation stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// In which report.
    pub report: ReportId,
    /// Its words. Bytes.
    pub span: Span,
}

/// How sure it is that something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// It may be right: revised figures, other ways of counting.
    Warning,
    /// The observations cannot all be right.
    Error,
}

impl Severity {
    /// The word that files and scripts use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The observation that is most likely wrong, and why it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspect {
    /// Its place in [`Finding::observations`].
    pub index: usize,
    /// Why it rather than another.
    pub why: Why,
}

/// Why an observation rather than another is most likely wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is the only one involved.
    Alone,
    /// It would fit if its magnitude were this power of ten larger.
    Magnitude {
        /// The power of ten.
        exponent: i32,
    },
    /// More statements agree with each other than with it.
    Outnumbered,
    /// The others are confirmed by further statements, it is not.
    Unconfirmed,
    /// Growth rates and increases fit the others, not it.
    OthersFit,
    /// It stands in more findings than the others.
    FailsElsewhere,
    /// It was accepted as proposed, the others were entered or changed by a person.
    NotReviewed,
    /// It is the figure derived from the others.
    Derived,
}

impl Why {
    /// The word that files and scripts use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::Magnitude { .. } => "magnitude",
            Self::Outnumbered => "outnumbered",
            Self::Unconfirmed => "unconfirmed",
            Self::OthersFit => "others_fit",
            Self::FailsElsewhere => "fails_elsewhere",
            Self::NotReviewed => "not_reviewed",
            Self::Derived => "derived",
        }
    }
}

/// What contradicts what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A field by itself, by the catalogue or by the words: the observation alone.
    Field(Flag),
    /// The unit is not the one printed: the observation alone.
    UnitNotAsPrinted {
        /// The unit in the words.
        printed: String,
    },
    /// A value that nothing has, as a share above 100 %: the observation alone.
    Impossible,
    /// The year is before 1949 or decades away from the report's: the observation alone.
    PeriodFar {
        /// The year.
        year: i32,
    },
    /// The report speaks of no such year: the observation alone.
    PeriodOutside {
        /// The year.
        year: i32,
    },
    /// An actual value for a time that was not over when the report was made: the observation alone.
    ActualTooEarly,
    /// A target for a time that was over when the report was made: the observation alone.
    TargetTooLate,
    /// The growth rate, the level, and the level before or the increase to it.
    Growth,
    /// The increase, the level and the level before.
    Increase,
    /// The change in percentage points, the level and the level before.
    Change,
    /// The gap in percentage points, the level and the level of what it is compared with.
    Gap,
    /// The increase and the level that it is part of.
    IncreaseAboveLevel,
    /// The shares of one whole, which come to more than it.
    SharesAboveWhole,
    /// The shares of one whole, which are all of it but do not come to 100 %.
    SharesOffWhole,
    /// The share, the level of the part and the level of the whole.
    ShareOfLevels,
    /// The part and the total.
    PartAboveTotal,
    /// The total, and the parts that come to more.
    PartsAboveTotal,
    /// The statements of one fact.
    SaidTwice,
    /// The same figure once as reached and once as aimed at.
    ReachedAndAimedAt,
    /// The value, and the indicator's other values, which are of another magnitude.
    Magnitude {
        /// How many powers of ten it is off.
        exponent: i32,
    },
}

impl Kind {
    /// The word that files, scripts and keys use.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Field(flag) => flag_code(flag),
            Self::UnitNotAsPrinted { .. } => "unit_not_as_printed",
            Self::Impossible => "impossible",
            Self::PeriodFar { .. } => "period_far",
            Self::PeriodOutside { .. } => "period_outside",
            Self::ActualTooEarly => "actual_too_early",
            Self::TargetTooLate => "target_too_late",
            Self::Growth => "growth",
            Self::Increase => "increase",
            Self::Change => "change",
            Self::Gap => "gap",
            Self::IncreaseAboveLevel => "increase_above_level",
            Self::SharesAboveWhole => "shares_above_whole",
            Self::SharesOffWhole => "shares_off_whole",
            Self::ShareOfLevels => "share_of_levels",
            Self::PartAboveTotal => "part_above_total",
            Self::PartsAboveTotal => "parts_above_total",
            Self::SaidTwice => "said_twice",
            Self::ReachedAndAimedAt => "reached_and_aimed_at",
            Self::Magnitude { .. } => "magnitude",
        }
    }
}

const fn flag_code(flag: &Flag) -> &'static str {
    match flag {
        Flag::NoIndicator => "no_indicator",
        Flag::UnknownIndicator => "unknown_indicator",
        Flag::TypeDiffers { .. } => "type_differs",
        Flag::UnitDiffers { .. } => "unit_differs",
        Flag::UnitUnfit { .. } => "unit_unfit",
        Flag::TooSmall { .. } => "too_small",
        Flag::TooLarge { .. } => "too_large",
        Flag::NotAsPrinted { .. } => "not_as_printed",
        Flag::PeriodForm => "period_form",
    }
}

impl Finding {
    /// A finding about these facts, in the order that the kind names.
    pub(super) fn of(kind: Kind, severity: Severity, facts: &[&Fact<'_>]) -> Self {
        let alone = Suspect {
            index: 0,
            why: Why::Alone,
        };
        Self {
            severity,
            observations: facts.iter().map(|fact| fact.place()).collect(),
            suspect: (facts.len() == 1).then_some(alone),
            expected: None,
            key: key(&kind, facts),
            kind,
        }
    }

    /// The same with the one that is most likely wrong.
    #[must_use]
    pub(super) fn suspecting(mut self, index: usize, why: Why) -> Self {
        self.suspect = Some(Suspect { index, why });
        self
    }

    /// The same with what the first value would have to be.
    #[must_use]
    pub(super) fn expecting(mut self, expected: Interval) -> Self {
        self.expected = Some(expected);
        self
    }

    /// The place of the observation that is most likely wrong, or of the first.
    pub fn place(&self) -> Option<&Place> {
        let index = self.suspect.map_or(0, |suspect| suspect.index);
        self.observations.get(index)
    }
}

/// Kind, places and the fields that the checks compare: it changes when one of them does.
fn key(kind: &Kind, facts: &[&Fact<'_>]) -> String {
    let mut parts: Vec<String> = facts.iter().map(|fact| fact.key()).collect();
    parts.sort();
    let mut key = kind.code().to_owned();
    for part in parts {
        write!(key, "|{part}").ok();
    }
    key
}
