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

/// The measure of a value of this type among these words; `value` are its own.
///
/// `before` is the measure of the value that this one stands in a row with, where it may take it over.
pub(super) fn of(
    phrase: &Phrase,
    value_type: ValueType,
    nature: ValueNature,
    value: &str,
    before: Option<Measured>,
) -> Measured {
    let cues = &phrase.cues;
    if let Some(before) = before
        && (is_silent(phrase) || (before.measure == Measure::Share && cues.has(Cue::To)))
    {
        return before;
    }
    let moves = cues.first_of(&[Cue::Grow, Cue::Fall]).is_some();
    match value_type {
        ValueType::Rank if moves && !value.starts_with(['第', '前']) => moved(phrase, Measure::Change),
        ValueType::Rank => plain(Measure::Rank, cues.words(Cue::Reach)),
        ValueType::PercentagePoint => moved(phrase, Measure::Change),
        ValueType::Percent => percent(phrase),
        ValueType::Multiple if value.contains('翻') => plain(Measure::GrowthRate, "翻"),
        ValueType::Multiple if moves => moved(phrase, Measure::GrowthRate),
        ValueType::Fraction if moves && !cues.has(Cue::Share) => moved(phrase, Measure::GrowthRate),
        ValueType::Fraction => plain(Measure::Share, cues.words(Cue::Share)),
        // 5连增, 二十二连丰
        ValueType::Duration if value.contains('连') => plain(Measure::Duration, "连"),
        ValueType::Duration if cues.has(Cue::Streak) => plain(Measure::Duration, cues.words(Cue::Streak)),
        ValueType::Count if cues.has(Cue::Streak) && value.ends_with(['次', '届']) => {
            plain(Measure::Duration, cues.words(Cue::Streak))
        }
        _ => amount(cues, nature),
    }
}

/// Whether a value in a row may take over the measure of the one before: 新增A 5家、B 3家; 分别增长3%、5%.
pub(super) fn may_inherit(phrase: &Phrase, before: Measure) -> bool {
    match before {
        Measure::Increase => {
            let passed = phrase.name.is_none() && phrase.cues.has(Cue::Reach);
            !passed && !states_a_level(&phrase.cues)
        }
        _ => phrase.name.is_none(),
    }
}

/// Whether the words beside a value make it a level of its own (达30家, 现有30家).
pub(super) fn states_a_level(cues: &Cues) -> bool {
    cues.first_of(&[Cue::Act, Cue::Done, Cue::Total, Cue::To])
        .is_some()
        || matches!(
            cues.words(Cue::Reach),
            "达" | "达到" | "为" | "有" | "共有" | "已达" | "完成" | "实现" | "保持在" | "稳定在"
        )
}

/// Whether the words beside the value say nothing of its measure.
fn is_silent(phrase: &Phrase) -> bool {
    let said = phrase
        .cues
        .first_of(&[Cue::Grow, Cue::Fall, Cue::To, Cue::Share, Cue::Add]);
    said.is_none() && phrase.gap.is_none()
}

fn plain(measure: Measure, words: &'static str) -> Measured {
    Measured {
        measure,
        down: false,
        words,
    }
}

fn percent(phrase: &Phrase) -> Measured {
    let cues = &phrase.cues;
    if phrase.gap.is_some() {
        moved(phrase, Measure::Change)
    } else if cues.has(Cue::Share) {
        plain(Measure::Share, cues.words(Cue::Share))
    } else if cues.has(Cue::To) {
        plain(Measure::Level, cues.words(Cue::To))
    } else if cues.first_of(&[Cue::Grow, Cue::Fall]).is_some() {
        moved(phrase, Measure::GrowthRate)
    } else {
        plain(Measure::Level, "")
    }
}

/// A move up or down, or the distance to a benchmark.
fn moved(phrase: &Phrase, measure: Measure) -> Measured {
    if let Some(gap) = phrase.gap {
        return Measured {
            measure: Measure::Change,
            down: gap == Cue::Fall,
            words: "",
        };
    }
    let direction = phrase.cues.first_of(&[Cue::Fall, Cue::Grow]);
    Measured {
        measure,
        down: direction == Some(Cue::Fall),
        words: direction.map_or("", |cue| phrase.cues.words(cue)),
    }
}

fn amount(cues: &Cues, nature: ValueNature) -> Measured {
    // In a plan, what is founded is new by itself; in a review, it is the number of things done.
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
