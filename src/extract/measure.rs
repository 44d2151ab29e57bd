//! What a value says of its indicator: a level, a growth, a change, a share, a rank.
//!
//! Pure.

use super::cues::{Cue, Cues};
use super::name::Phrase;
use crate::model::{Measure, ValueNature, ValueType};

/// A measure with the words that made it so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Measured {
    /// The measure.
    pub(super) measure: Measure,
    /// Whether the words say that it went down.
    pub(super) down: bool,
    /// The words; empty where the unit alone decided.
    pub(super) words: &'static str,
}

/// The measure of a value of this type among these words.
///
/// `doubles` says that the value's own words are 翻番. `before` is the measure of the value that this one stands in a row with, if its own clause says nothing.
pub(super) fn of(
    phrase: &Phrase,
    value_type: ValueType,
    nature: ValueNature,
    doubles: bool,
    before: Option<Measured>,
) -> Measured {
    let cues = &phrase.cues;
    if let Some(before) = before
        && before.measure == Measure::Share
        && cues.has(Cue::To)
    {
        return before;
    }
    if cues
        .first_of(&[Cue::Grow, Cue::Fall, Cue::To, Cue::Share, Cue::Add])
        .is_none()
        && phrase.gap.is_none()
        && let Some(before) = before
    {
        return before;
    }
    match value_type {
        ValueType::Rank => rank(cues),
        ValueType::PercentagePoint => moved(cues, phrase, Measure::Change),
        ValueType::Percent => percent(cues, phrase),
        ValueType::Multiple if doubles => plain(Measure::GrowthRate, "翻"),
        ValueType::Multiple if cues.has(Cue::Grow) => plain(Measure::GrowthRate, cues.words(Cue::Grow)),
        ValueType::Fraction if cues.first_of(&[Cue::Grow, Cue::Fall]).is_some() && !cues.has(Cue::Share) => {
            moved(cues, phrase, Measure::GrowthRate)
        }
        ValueType::Fraction => plain(Measure::Share, cues.words(Cue::Share)),
        ValueType::Duration if cues.has(Cue::Streak) => plain(Measure::Duration, cues.words(Cue::Streak)),
        _ => amount(cues, nature),
    }
}

fn plain(measure: Measure, words: &'static str) -> Measured {
    Measured {
        measure,
        down: false,
        words,
    }
}

fn rank(cues: &Cues) -> Measured {
    plain(Measure::Rank, cues.words(Cue::Reach))
}

fn percent(cues: &Cues, phrase: &Phrase) -> Measured {
    if phrase.gap.is_some() {
        moved(cues, phrase, Measure::Change)
    } else if cues.has(Cue::Share) {
        plain(Measure::Share, cues.words(Cue::Share))
    } else if cues.has(Cue::To) {
        plain(Measure::Level, cues.words(Cue::To))
    } else if cues.first_of(&[Cue::Grow, Cue::Fall]).is_some() {
        moved(cues, phrase, Measure::GrowthRate)
    } else {
        plain(Measure::Level, "")
    }
}

fn moved(cues: &Cues, phrase: &Phrase, measure: Measure) -> Measured {
    if let Some(gap) = phrase.gap {
        return Measured {
            measure: Measure::Change,
            down: gap == Cue::Fall,
            words: "",
        };
    }
    let direction = cues.first_of(&[Cue::Fall, Cue::Grow]);
    Measured {
        measure,
        down: direction == Some(Cue::Fall),
        words: direction.map_or("", |cue| cues.words(cue)),
    }
}

fn amount(cues: &Cues, nature: ValueNature) -> Measured {
    let added: &[Cue] = if nature == ValueNature::Actual {
        &[Cue::Add]
    } else {
        &[Cue::Add, Cue::Found]
    };
    if cues.has(Cue::To) {
        plain(Measure::Level, cues.words(Cue::To))
    } else if let Some(cue) = cues.first_of(added) {
        plain(Measure::Increase, cues.words(cue))
    } else if cues.has(Cue::Fall) {
        Measured {
            measure: Measure::Change,
            down: true,
            words: cues.words(Cue::Fall),
        }
    } else if cues.has(Cue::Grow) {
        plain(Measure::Increase, cues.words(Cue::Grow))
    } else {
        plain(Measure::Level, "")
    }
}
