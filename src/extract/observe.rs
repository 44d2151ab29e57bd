//! What was found out about a value, as an observation.
//!
//! Pure.

use super::area::{self, Place};
use super::cues::Cue;
use super::link::Link;
use super::measure::Measured;
use super::name::{How, Phrase};
use super::period::Epoch;
use super::sentence::Sentence;
use crate::model::{Measure, Observation, Quantity, Span, Value, ValueNature};

/// Everything that was found out about one value.
#[derive(Clone, Debug)]
pub(super) struct Found<'a> {
    /// The value's words.
    pub(super) value: Span,
    /// The words around it.
    pub(super) phrase: Phrase,
    /// The words that name it.
    pub(super) name: Option<(Span, How)>,
    /// The name with the head that it shares with the last of its row; empty for none.
    pub(super) completed: String,
    /// The catalogue's entry.
    pub(super) link: Option<Link<'a>>,
    /// The measure.
    pub(super) measured: Measured,
    /// The period and where in the text it was said.
    pub(super) epoch: (Epoch, Option<Span>),
    /// Review or plan, and the words beside the value that say so.
    pub(super) nature: (ValueNature, &'static str),
    /// The place said beside the value.
    pub(super) place: Option<Place>,
    /// Everything since the value before.
    pub(super) lead: Span,
    /// Whether the words leave no choice between a period of several years and its end.
    pub(super) is_period_firm: bool,
}

/// The observation that was found.
pub(super) fn observation(sentence: &Sentence<'_>, found: &Found<'_>, quantity: &Quantity) -> Observation {
    let value = quantity.value().unwrap_or(quantity.printed).normalized();
    Observation {
        indicator: found.link.map(|link| link.indicator.id.clone()),
        indicator_text: indicator_text(sentence, found),
        indicator_span: found.name.map(|(span, _)| span),
        value_type: quantity.value_type,
        comparator: quantity.comparator,
        obs_value: as_printed(sentence, found, quantity.printed).written(),
        unit_mult: quantity.unit_mult,
        value: if found.measured.down {
            negative(value)
        } else {
            value
        },
        unit: quantity.unit.to_string(),
        unit_measure: quantity.unit_measure.unwrap_or_default().to_owned(),
        measure: found.measured.measure,
        time_period: found.epoch.0.written(true),
        ref_area: ref_area(sentence, found),
        ref_scope: ref_scope(sentence, found),
        value_nature: found.nature.0,
        ..Observation::default()
    }
}

/// The name in the report's words; a rank or a gap of 增速 is named after the growth.
fn indicator_text(sentence: &Sentence<'_>, found: &Found<'_>) -> String {
    let mut text = match found.name {
        Some((span, _)) if found.completed.is_empty() => {
            span.of(sentence.text).unwrap_or_default().to_owned()
        }
        _ => found.completed.clone(),
    };
    let growth = matches!(found.phrase.cues.words(Cue::Grow), "增速" | "增幅" | "增长率");
    if growth && matches!(found.measured.measure, Measure::Rank | Measure::Change) {
        text.push_str("增速");
    }
    text
}

fn ref_area(sentence: &Sentence<'_>, found: &Found<'_>) -> String {
    match found.place {
        _ if !found.phrase.benchmark.is_empty() => area::scope(
            sentence.frame,
            found.phrase.benchmark.of(sentence.text).unwrap_or_default(),
        ),
        Some(place) => place.name(sentence.text).to_owned(),
        None => sentence.frame.area.clone(),
    }
}

fn ref_scope(sentence: &Sentence<'_>, found: &Found<'_>) -> String {
    let scoped = matches!(
        found.measured.measure,
        Measure::Rank | Measure::Share | Measure::Change
    );
    let words = found.phrase.scope.of(sentence.text).unwrap_or_default();
    if scoped {
        area::scope(sentence.frame, words)
    } else {
        String::new()
    }
}

/// The digits as they stand in the text: with a minus only where one is printed, not for 下降7.4%.
fn as_printed(sentence: &Sentence<'_>, found: &Found<'_>, printed: Value) -> Value {
    let words = found.value.of(sentence.text).unwrap_or_default();
    match printed {
        _ if words.contains(['-', '－', '−', '﹣']) => printed,
        Value::Exact(number) => Value::Exact(number.abs()),
        Value::Range(low, high) => Value::Range(low.abs(), high.abs()),
    }
}

fn negative(value: Value) -> Value {
    match value {
        Value::Exact(number) => Value::Exact(-number.abs()),
        Value::Range(low, high) => Value::Range(-low.abs(), -high.abs()),
    }
}
