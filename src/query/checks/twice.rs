//! One fact said more than once, and values of one indicator that are of another magnitude.

use std::collections::BTreeMap;

use super::Related;
use super::facts::Fact;
use super::finding::{Finding, Kind, Severity, Why};
use super::interval::{Interval, power_of_ten};
use crate::model::{Comparator, Decimal, Measure, ReportId, ValueNature, ValueType};

/// From this factor on a value is of another magnitude than the indicator's others.
const OFF: Decimal = Decimal::from_parts(500, 0, 0, false, 0);

pub(super) fn check(related: &Related<'_, '_>, findings: &mut Vec<Finding>) {
    for group in related.all() {
        let mut told: Vec<&Fact<'_>> = Vec::new();
        for statements in by_fact(group).values() {
            if let Some((finding, members)) = conflict(statements) {
                findings.push(finding);
                told.extend(members);
            }
        }
        findings.extend(reached_and_aimed_at(group));
        let is_told = |fact: &Fact<'_>| told.iter().any(|it| std::ptr::eq(*it, fact));
        let rest: Vec<&Fact<'_>> = group.iter().copied().filter(|fact| !is_told(fact)).collect();
        magnitudes(&rest, findings);
    }
}

/// What makes two statements say the same, besides indicator and place.
type Same<'a> = (
    &'a str,
    Measure,
    &'a str,
    &'a str,
    ValueNature,
    Option<&'a ReportId>,
);

fn by_fact<'f, 'a>(group: &[&'f Fact<'a>]) -> BTreeMap<Same<'a>, Vec<&'f Fact<'a>>> {
    let mut facts: BTreeMap<Same<'a>, Vec<&'f Fact<'a>>> = BTreeMap::new();
    for &fact in group {
        let it = fact.observation;
        // Plans and expectations change from report to report; what was reached should not.
        let within = (fact.nature() != ValueNature::Actual).then_some(&fact.report.id);
        let same = (
            fact.subject.unit,
            it.measure,
            fact.scope(),
            it.time_period.as_str(),
            it.value_nature,
            within,
        );
        facts.entry(same).or_default().push(fact);
    }
    facts
}

/// Whether all statements can be true together; else the finding and whom it is about.
fn conflict<'f, 'a>(statements: &[&'f Fact<'a>]) -> Option<(Finding, Vec<&'f Fact<'a>>)> {
    let clashes = |fact: &Fact<'_>| {
        let against =
            |other: &&&Fact<'_>| !fact.interval.meets(other.interval) && !is_enumeration(fact, other);
        statements.iter().filter(against).count()
    };
    let mut members: Vec<(usize, &Fact<'_>)> = (statements.iter().map(|fact| (clashes(fact), *fact)))
        .filter(|(clashes, _)| *clashes > 0)
        .collect();
    members.sort_by_key(|(clashes, _)| std::cmp::Reverse(*clashes));
    let [(most, first), (second, other), ..] = members.as_slice() else {
        return None;
    };
    let is_one_report = members.iter().all(|(_, fact)| fact.is_in_report_of(first));
    let severity = if is_one_report {
        Severity::Error
    } else {
        Severity::Warning
    };
    let involved: Vec<&Fact<'_>> = members.iter().map(|(_, fact)| *fact).collect();
    let mut finding = Finding::of(Kind::SaidTwice, severity, &involved).expecting(other.interval);
    if most > second {
        finding = finding.suspecting(0, Why::Outnumbered);
    } else if let Some(exponent) = shift_between(first.interval, other.interval)
        && let Some(round) = statements.iter().position(|fact| fact.interval == first.interval)
        && members.len() == 2
        && round > 0
    {
        finding = finding.suspecting(0, Why::Magnitude { exponent });
    }
    Some((finding, involved))
}

/// 5家、10家 or 8.7:41.2:50.1 side by side under one name are several things, not one said twice.
fn is_enumeration(one: &Fact<'_>, other: &Fact<'_>) -> bool {
    if !one.is_in_report_of(other) || one.sentence != other.sentence {
        return false;
    }
    let (first, second) = if one.span < other.span {
        (one, other)
    } else {
        (other, one)
    };
    let between = first
        .text
        .get(first.span.end..second.span.start)
        .unwrap_or_default();
    let is_listed = |c: char| c.is_ascii_digit() || ".%、和及：:∶ ".contains(c);
    let names = |fact: &Fact<'_>| fact.observation.indicator_span;
    between.chars().all(is_listed) || between.chars().count() <= 12 && names(one) != names(other)
}

/// The power of ten that brings the first into the second.
pub(super) fn shift_between(first: Interval, second: Interval) -> Option<i32> {
    [-1, 1, -2, 2, -3, 3, -4, 4, -8, 8]
        .into_iter()
        .find(|exponent| first.shifted(*exponent).meets(second))
}

/// One figure of a report both as reached and as aimed at in one period: one of them is mistaken.
fn reached_and_aimed_at(group: &[&Fact<'_>]) -> Option<Finding> {
    let is_telling = |fact: &Fact<'_>| {
        let it = fact.observation;
        it.comparator == Comparator::Equal
            && !matches!(it.value_type, ValueType::Rank | ValueType::Duration)
            && it.value.bounds().0.abs().normalize().mantissa().abs() >= 100
    };
    let aimed = group
        .iter()
        .filter(|fact| fact.nature() == ValueNature::Target && is_telling(fact));
    for target in aimed {
        let is_same = |fact: &&&Fact<'_>| {
            let (a, b) = (fact.observation, target.observation);
            fact.nature() == ValueNature::Actual
                && fact.is_in_report_of(target)
                && fact.subject.unit == target.subject.unit
                && (a.measure, a.value, a.comparator, &a.time_period, &a.ref_scope)
                    == (b.measure, b.value, b.comparator, &b.time_period, &b.ref_scope)
        };
        if let Some(actual) = group.iter().find(is_same) {
            return Some(Finding::of(
                Kind::ReachedAndAimedAt,
                Severity::Warning,
                &[actual, target],
            ));
        }
    }
    None
}

/// Levels and increases that are hundreds of times larger or smaller than the indicator's others.
fn magnitudes(group: &[&Fact<'_>], findings: &mut Vec<Finding>) {
    let mut series: BTreeMap<(&str, Measure), Vec<&Fact<'_>>> = BTreeMap::new();
    for &fact in group {
        let is_size = matches!(fact.measure(), Measure::Level | Measure::Increase);
        if is_size && fact.observation.value.bounds().0 > Decimal::ZERO {
            series
                .entry((fact.subject.unit, fact.measure()))
                .or_default()
                .push(fact);
        }
    }
    for facts in series.values().filter(|facts| facts.len() > 1) {
        let mut sizes: Vec<Decimal> = facts
            .iter()
            .map(|fact| fact.observation.value.bounds().0)
            .collect();
        sizes.sort();
        let Some(&median) = sizes.get(sizes.len() / 2) else {
            continue;
        };
        for &fact in facts {
            let size = fact.observation.value.bounds().0;
            let Some(exponent) = magnitudes_off(size, median) else {
                continue;
            };
            let others = facts
                .iter()
                .copied()
                .filter(|other| !std::ptr::eq(*other, fact))
                .take(3);
            let involved: Vec<&Fact<'_>> = std::iter::once(fact).chain(others).collect();
            let finding = Finding::of(Kind::Magnitude { exponent }, Severity::Warning, &involved);
            findings.push(if facts.len() > 2 {
                finding.suspecting(0, Why::Magnitude { exponent: -exponent })
            } else {
                finding
            });
        }
    }
}

/// How many powers of ten two sizes are apart, where it is a matter of magnitude.
fn magnitudes_off(size: Decimal, usual: Decimal) -> Option<i32> {
    let (larger, smaller, sign) = if size > usual {
        (size, usual, 1)
    } else {
        (usual, size, -1)
    };
    let factor = larger.checked_div(smaller)?;
    if factor < OFF {
        return None;
    }
    let nearest = (1..=20).find(|exponent| {
        // The middle between two powers is about three times the lower.
        power_of_ten(*exponent)
            .and_then(|power| power.checked_mul(Decimal::from(3)))
            .is_none_or(|limit| factor < limit)
    })?;
    Some(sign * i32::try_from(nearest).ok()?)
}
