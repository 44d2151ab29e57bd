//! Mentions to suggested observations: which indicator, measure, period, place, and whether it was reached.
//!
//! May use `model`, `text` and `number`. Never contains I/O, egui, clocks or mutable global state.
//!
//! A report's frame says which years and which area; its headings say whether a section reviews or plans.
//! Within a sentence the values are read one after another: the words around each are stripped of what belongs to
//! the value and to the clause, and what is left names the indicator. What the words mean is data: `cues` holds
//! the words beside values, `period` those for years, `places` the provinces and cities.

mod area;
mod clause;
mod column;
mod cues;
mod dating;
mod doubts;
mod frame;
mod home;
mod letters;
mod link;
mod measure;
mod memory;
mod name;
mod noun;
mod observe;
mod part;
mod period;
mod places;
mod relative;
mod row;
mod scene;
mod score;
mod sentence;
mod strip;
mod table;
mod when;

#[cfg(test)]
mod tests;
mod words;

pub use link::Linker;
pub use memory::{draft_reminded, learn, remind};

use crate::model::{Catalogue, Mention, Observation, Quantity, Report, Role, Ruling, Span, Suggestion};
use crate::number;
use crate::text::outline::Outline;
use frame::Frame;
use scene::Scene;

/// What a report is read with.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The shown text.
    pub text: &'a str,
    /// Its outline.
    pub outline: &'a Outline,
    /// Its metadata: title, issuer, area, period, date.
    pub report: &'a Report,
    /// The project's indicators.
    pub catalogue: &'a Catalogue,
}

/// A suggestion for every candidate among `mentions` (sorted, as `number::mentions` gives them), sorted by span.
///
/// An indicator's value is tagged; a number that only qualifies is dismissed.
pub fn suggest(cx: &Context<'_>, mentions: &[Mention]) -> Vec<Suggestion> {
    suggest_with(cx, &Linker::new(cx.catalogue), mentions)
}

/// Like [`suggest`], with a catalogue that was prepared once for many reports.
pub fn suggest_with(cx: &Context<'_>, linker: &Linker<'_>, mentions: &[Mention]) -> Vec<Suggestion> {
    let frame = Frame::of(cx.report, cx.text);
    let mut scene = Scene::new(&frame);
    let mut suggestions = Vec::with_capacity(mentions.len());
    for block in &cx.outline.blocks {
        scene.read_block(cx.text, *block, linker, mentions, &mut suggestions);
    }
    suggestions
}

/// The best filled observation for any words that a person tags, whether or not they are a mention.
///
/// Only the neighbourhood is read, so it is quick in a text of any length.
pub fn draft(cx: &Context<'_>, mentions: &[Mention], span: Span) -> Observation {
    let frame = Frame::of(cx.report, cx.text);
    let linker = Linker::new(cx.catalogue);
    let words = span.of(cx.text).unwrap_or_default();
    let tagged = Mention {
        span,
        core: span,
        role: Role::Indicator,
        quantity: Some(
            known_quantity(mentions, span)
                .or_else(|| number::parse_quantity(words))
                .unwrap_or_else(no_quantity),
        ),
    };
    let around = scene::draft(cx, &frame, &linker, mentions, &tagged);
    match around.map(|suggestion| suggestion.ruling) {
        Some(Ruling::Tagged(observation)) => *observation,
        _ => Observation::default(),
    }
}

fn known_quantity(mentions: &[Mention], span: Span) -> Option<Quantity> {
    let at = mentions
        .binary_search_by_key(&span, |mention| mention.span)
        .ok()?;
    mentions.get(at)?.quantity.clone()
}

/// What words that are no number are worth.
fn no_quantity() -> Quantity {
    Quantity {
        value_type: crate::model::ValueType::default(),
        comparator: crate::model::Comparator::default(),
        printed: crate::model::Value::default(),
        unit_mult: 0,
        unit: "".into(),
        unit_measure: None,
    }
}
