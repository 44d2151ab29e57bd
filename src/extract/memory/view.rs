//! One number as the extractor sees it by itself: what decisions are compared with and lessons speak of.
//!
//! Pure.

use super::phrase;
use crate::extract::{Context, draft};
use crate::model::{Mention, Observation, Role, Span};

/// What the extractor says of the words at `span` without any lesson.
pub(super) struct View<'a> {
    /// The shown text.
    pub(super) text: &'a str,
    /// The number's words.
    pub(super) span: Span,
    /// What the number is taken for; `None` where the extractor sees no number.
    pub(super) role: Option<Role>,
    /// The observation, as it is or would be if the number were an indicator's value.
    pub(super) observation: Observation,
    /// The phrase around the number; empty where it says too little.
    pub(super) phrase: String,
}

impl<'a> View<'a> {
    /// Looks at the words at `span`.
    pub(super) fn of(cx: &Context<'a>, mentions: &[Mention], span: Span) -> Self {
        let at = mentions.binary_search_by_key(&span, |mention| mention.span);
        let mention = at.ok().and_then(|at| mentions.get(at));
        let mut phrase = String::new();
        let core = mention.map_or(span, |mention| mention.core);
        if !phrase::write(cx.text, span, core, &mut phrase) {
            phrase.clear();
        }
        Self {
            text: cx.text,
            span,
            role: mention.map(|mention| mention.role),
            observation: draft(cx, mentions, span),
            phrase,
        }
    }

    /// The words beside the value that may say of what nature it is.
    pub(super) fn beside(&self) -> Option<&'a str> {
        phrase::beside(self.text, self.observation.indicator_span?, self.span)
    }
}

/// The words that an observation is named by: those in the text, which a name completed from a row is not.
pub(super) fn name_of<'t>(text: &'t str, observation: &'t Observation) -> &'t str {
    let words = observation.indicator_span.and_then(|span| span.of(text));
    words.unwrap_or(&observation.indicator_text)
}

/// The unit with its magnitude, as it would be printed behind the digits; `None` for an unusual magnitude.
pub(super) fn printed_unit(observation: &Observation) -> Option<String> {
    let magnitude = match observation.unit_mult {
        0 => "",
        2 => "百",
        3 => "千",
        4 => "万",
        6 => "百万",
        7 => "千万",
        8 => "亿",
        12 => "万亿",
        _ => return None,
    };
    (!observation.unit.is_empty()).then(|| format!("{magnitude}{}", observation.unit))
}
