//! What speaks against a number of the review queue, in words.

use super::cx::Cx;
use super::fields::field_key;
use crate::model::Observation;
use crate::query::Dispute;
use crate::query::queue::{Item, Kind};

/// The weightiest reason to look, with its score where nothing else speaks against it.
pub fn first(cx: &Cx<'_>, item: &Item) -> String {
    match item.kinds.first() {
        Some(kind) => words(cx, kind, item),
        None => item
            .score
            .map_or_else(String::new, |score| cx.f("queue.why.open", &[&score.to_string()])),
    }
}

/// One reason to look.
pub fn words(cx: &Cx<'_>, kind: &Kind, item: &Item) -> String {
    match kind {
        Kind::Rejected { reasons } => {
            let reasons = reasons
                .iter()
                .map(|reason| cx.t(&format!("reject_reason.{reason}")));
            cx.f("queue.why.rejected", &[&reasons.collect::<Vec<_>>().join(", ")])
        }
        Kind::Check { kind, is_suspect, .. } => {
            let said = super::findings::kind_words(cx, kind);
            match is_suspect {
                Some(false) => cx.f("queue.why.involved", &[&said]),
                _ => said,
            }
        }
        Kind::Magnitude { exponent } => cx.f("finding.magnitude", &[&exponent.to_string()]),
        Kind::Disagreement { disputes } => {
            let parts: Vec<String> = disputes
                .iter()
                .map(|dispute| dispute_words(cx, *dispute))
                .collect();
            cx.f("queue.why.disagreement", &[&parts.join(", ")])
        }
        Kind::Hasty { took } => cx.f("queue.why.hasty", &[&took.to_string()]),
        Kind::LowScore => {
            let score = item.score.map_or_else(String::new, |score| score.to_string());
            cx.f("queue.why.low_score", &[&score])
        }
        Kind::Conflict => cx.t("queue.why.conflict").to_owned(),
        Kind::Unproposed => cx.t("queue.why.unproposed").to_owned(),
    }
}

fn dispute_words(cx: &Cx<'_>, dispute: Dispute) -> String {
    match dispute {
        Dispute::Ruling => cx.t("queue.dispute.ruling").to_owned(),
        Dispute::Scale(power) => cx.f("queue.dispute.scale", &[&power.to_string()]),
        Dispute::Of(field) => cx.t(field_key(field)).to_owned(),
        Dispute::Span => cx.t("queue.dispute.span").to_owned(),
        Dispute::Reason => cx.t("queue.dispute.reason").to_owned(),
    }
}

/// What another agent says of the number, in a few words.
pub fn reading(cx: &Cx<'_>, observation: Option<&Observation>) -> String {
    match observation {
        Some(observation) => super::findings::described(cx, observation),
        None => cx.t("queue.not_an_indicator").to_owned(),
    }
}
