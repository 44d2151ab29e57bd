//! What is wrong with one observation by itself.

use super::facts::Fact;
use super::finding::{Finding, Kind, Severity};
use crate::model::{Catalogue, Decimal, Measure, ValueType};
use crate::number;
use crate::query::{Flag, flags};

/// The catalogue's type, unit and bounds, the printed words, and values that nothing has.
pub(super) fn check(fact: &Fact<'_>, catalogue: &Catalogue) -> Vec<Finding> {
    let mut flagged = flags(fact.observation, fact.quote, catalogue);
    flagged.retain(|flag| contradicts(flag, fact));
    // A value of another type has another unit too; once is enough.
    let other_type = flagged
        .iter()
        .any(|flag| matches!(flag, Flag::TypeDiffers { .. }));
    flagged.retain(|flag| !(other_type && matches!(flag, Flag::UnitDiffers { .. })));
    let mut findings: Vec<Finding> = flagged
        .into_iter()
        .map(|flag| {
            let severity = match flag {
                Flag::NotAsPrinted { .. } | Flag::UnknownIndicator => Severity::Error,
                _ => Severity::Warning,
            };
            Finding::of(Kind::Field(flag), severity, &[fact])
        })
        .collect();
    if let Some(printed) = other_unit_printed(fact) {
        findings.push(Finding::of(
            Kind::UnitNotAsPrinted { printed },
            Severity::Error,
            &[fact],
        ));
    }
    if is_impossible(fact) {
        findings.push(Finding::of(Kind::Impossible, Severity::Error, &[fact]));
    }
    findings
}

/// Whether a value is not the one printed, so that comparing it says nothing new.
pub(super) fn is_misread(findings: &[Finding]) -> bool {
    let spoils = |kind: &Kind| {
        matches!(
            kind,
            Kind::Field(Flag::NotAsPrinted { .. }) | Kind::UnitNotAsPrinted { .. } | Kind::Impossible
        )
    };
    findings.iter().any(|finding| spoils(&finding.kind))
}

/// Whether a flag says that something is wrong, not only that something is missing or uncommon.
fn contradicts(flag: &Flag, fact: &Fact<'_>) -> bool {
    match flag {
        // Not decided yet is no contradiction.
        Flag::NoIndicator => false,
        // 位 for 人, 公顷 for 亩: another unit than the catalogue's, but the printed one of that kind.
        Flag::UnitDiffers { expected } => {
            let kind = |unit: &str| number::value_type_of_unit(unit);
            !fact.quote.contains(fact.observation.unit.as_str())
                || kind(expected).is_some_and(|kind| kind != fact.observation.value_type)
        }
        // 9.3件 per ten thousand people is counted, and it is a quantity of its own kind.
        Flag::TypeDiffers { expected } => {
            let is_number = |kind: ValueType| matches!(kind, ValueType::Count | ValueType::Quantity);
            !(is_number(*expected) && is_number(fact.observation.value_type))
        }
        Flag::UnknownIndicator
        | Flag::UnitUnfit { .. }
        | Flag::TooSmall { .. }
        | Flag::TooLarge { .. }
        | Flag::NotAsPrinted { .. }
        | Flag::PeriodForm => true,
    }
}

/// The printed unit, where the observation has another one.
fn other_unit_printed(fact: &Fact<'_>) -> Option<String> {
    let unit = fact.observation.unit.as_str();
    let printed = number::parse_quantity(fact.quote)?.unit;
    let is_other = !printed.is_empty()
        && !unit.is_empty()
        && printed != unit
        && !fact.quote.contains(unit)
        && !unit.starts_with(printed.as_ref());
    is_other.then(|| printed.into_owned())
}

/// A share above the whole, a fall by more than all, a place before the first.
fn is_impossible(fact: &Fact<'_>) -> bool {
    // What was reached in per cent of a plan may be more than all of it.
    let of_plan = || {
        ["完成", "计划", "目标", "任务"]
            .iter()
            .any(|cue| fact.words_before().contains(cue))
    };
    let (low, high) = fact.observation.value.bounds();
    match (fact.measure(), fact.observation.value_type) {
        (Measure::Share, ValueType::Percent) => {
            low < Decimal::ZERO || high > Decimal::ONE_HUNDRED && !of_plan()
        }
        (Measure::Share, ValueType::Fraction) => high > Decimal::ONE || low < Decimal::ZERO,
        (Measure::GrowthRate, ValueType::Percent) => low < -Decimal::ONE_HUNDRED,
        (Measure::Rank, ValueType::Rank) => low < Decimal::ONE || !low.normalize().scale().eq(&0),
        _ => false,
    }
}
