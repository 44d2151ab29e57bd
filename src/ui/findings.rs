//! The findings of the checks in words, and decisions in a few.

use super::cx::Cx;
use super::theme::{Hue, Theme};
use super::{echo, messages};
use crate::model::{Decimal, Decision, Observation, Ruling};
use crate::query::checks::{Finding, Interval, Kind, Place, Severity, Why};

/// What contradicts what, in one line.
pub fn words(cx: &Cx<'_>, finding: &Finding) -> String {
    let said = kind_words(cx, &finding.kind);
    match finding.expected {
        Some(expected) => {
            let wanted = cx.f("finding.expected", &[&interval(cx, expected)]);
            format!("{said}{wanted}")
        }
        None => said,
    }
}

/// The sign and the colour of a severity.
pub fn look(theme: &Theme, severity: Severity) -> (&'static str, Hue) {
    match severity {
        Severity::Error => ("‼", theme.bad),
        Severity::Warning => ("!", theme.open),
    }
}

/// What contradicts what, without figures.
pub fn kind_words(cx: &Cx<'_>, kind: &Kind) -> String {
    match kind {
        Kind::Field(flag) => messages::flag(cx, flag),
        Kind::UnitNotAsPrinted { printed } => cx.f("finding.unit_not_as_printed", &[printed]),
        Kind::PeriodFar { year } => cx.f("finding.period_far", &[&year.to_string()]),
        Kind::PeriodOutside { year } => cx.f("finding.period_outside", &[&year.to_string()]),
        Kind::Magnitude { exponent } => cx.f("finding.magnitude", &[&exponent.to_string()]),
        kind => cx.t(&format!("finding.{}", kind.code())).to_owned(),
    }
}

/// Why one of the observations is most likely wrong; nothing where it is the only one.
pub fn reason(cx: &Cx<'_>, finding: &Finding) -> Option<String> {
    match finding.suspect?.why {
        Why::Alone => None,
        Why::Magnitude { exponent } => Some(cx.f("finding.why.magnitude", &[&exponent.to_string()])),
        why => Some(cx.t(&format!("finding.why.{}", why.code())).to_owned()),
    }
}

/// The observation at a place of a finding.
pub fn observation<'a>(cx: &Cx<'a>, place: &Place) -> Option<&'a Observation> {
    let layer = cx.state.project.layer(&cx.state.annotator(), &place.report)?;
    layer.get(place.span)?.ruling.observation()
}

/// A decision in a few words.
pub fn said(cx: &Cx<'_>, decision: &Decision) -> String {
    match &decision.ruling {
        Ruling::Tagged(observation) => described(cx, observation),
        Ruling::Dismissed(reason) => cx.f("bar.dismissed", &[cx.t(&format!("reason.{reason}"))]),
    }
}

/// An observation in a few words: name, value, period.
pub fn described(cx: &Cx<'_>, observation: &Observation) -> String {
    let measure = cx.t(&format!("measure.{}", observation.measure));
    let value = echo::of_observation(observation);
    let parts = [
        super::indicator_name(cx, observation),
        observation.time_period.clone(),
        measure.to_owned(),
        value,
    ];
    let parts: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" ")
}

fn interval(cx: &Cx<'_>, interval: Interval) -> String {
    let end = |number: Decimal| echo::grouped(number.round_dp(4).normalize());
    match (interval.low, interval.high) {
        (Some(low), Some(high)) if low.round_dp(4) == high.round_dp(4) => end(low),
        (Some(low), Some(high)) => cx.f("finding.between", &[&end(low), &end(high)]),
        (Some(low), None) => format!("≥ {}", end(low)),
        (None, Some(high)) => format!("≤ {}", end(high)),
        (None, None) => "…".to_owned(),
    }
}
