//! The fields of a suggestion that may be otherwise, each with what else it could be.
//!
//! Pure. A doubt is one key away from being taken, so only what is really open is one.

use super::cues::Cue;
use super::name::How;
use super::observe::Found;
use super::sentence::Sentence;
use crate::model::{Doubt, Field, Measure, Span, ValueNature};

/// How many doubts are useful beside one suggestion.
const MOST: usize = 3;

/// The doubts, the likeliest first.
pub(super) fn doubts(sentence: &Sentence<'_>, found: &Found<'_>) -> Vec<Doubt> {
    let open = [
        (Field::IndicatorText, other_name(sentence, found)),
        (Field::TimePeriod, other_period(sentence, found)),
        (Field::ValueNature, other_nature(sentence, found)),
        (Field::Measure, other_measure(found)),
        (Field::RefArea, other_area(sentence, found)),
    ];
    let doubts = open.into_iter().filter_map(|(field, other)| {
        Some(Doubt {
            field,
            alternative: other?,
        })
    });
    doubts.take(MOST).collect()
}

/// The words on the other side of the value, or those that a carried name was preferred to.
fn other_name(sentence: &Sentence<'_>, found: &Found<'_>) -> Option<String> {
    let words = |span: Span| {
        span.of(sentence.text)
            .filter(|words| words.chars().nth(1).is_some())
    };
    let other = match found.name {
        Some((_, How::Carried)) if !found.phrase.elided.is_empty() => words(found.phrase.elided),
        Some((_, How::Carried)) if found.phrase.is_relative => None,
        Some((span, _)) => words(found.phrase.runner_up).filter(|_| !span.overlaps(found.phrase.runner_up)),
        None => words(found.phrase.runner_up).or(Some("")),
    };
    other.map(str::to_owned)
}

/// Within several years, their end instead of the whole or the reverse; else the section's period.
fn other_period(sentence: &Sentence<'_>, found: &Found<'_>) -> Option<String> {
    let (epoch, said) = found.epoch;
    let section = sentence.section.epoch;
    if epoch.to == 0 {
        return Some(String::new());
    }
    if found.is_period_firm {
        let carried = said.is_some_and(|words| words.end <= found.lead.start);
        return (carried && epoch != section).then(|| section.written(true));
    }
    if epoch.is_long() {
        Some(epoch.to.to_string())
    } else {
        (section.is_long() && section.to == epoch.to).then(|| section.written(true))
    }
}

/// What the section says, where a word of a clause before made it otherwise.
fn other_nature(sentence: &Sentence<'_>, found: &Found<'_>) -> Option<String> {
    let section = sentence.section.nature;
    let own = found
        .phrase
        .cues
        .first_of(&[Cue::Plan, Cue::Estimate, Cue::Done])
        .is_some();
    let estimated = found.nature.0 == ValueNature::Actual && found.phrase.cues.has(Cue::Estimate);
    let other = if estimated { ValueNature::Estimate } else { section };
    (found.nature.0 != other && !own).then(|| other.code().to_owned())
}

/// An addition, where a verb of founding may mean one.
fn other_measure(found: &Found<'_>) -> Option<String> {
    let founded = found.measured.measure == Measure::Level && found.phrase.cues.has(Cue::Found);
    founded.then(|| Measure::Increase.code().to_owned())
}

/// The report's area, where a place was said for an earlier value or no gazetteer knows it.
fn other_area(sentence: &Sentence<'_>, found: &Found<'_>) -> Option<String> {
    let place = found.place?;
    let open = place.words.end <= found.lead.start || !place.is_known();
    open.then(|| sentence.frame.area.clone())
}
