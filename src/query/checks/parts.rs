//! Wholes and parts: 其中, shares of one whole, a share against two levels.

use super::Related;
use super::facts::Fact;
use super::finding::{Finding, Kind, Severity, Why};
use super::interval::Interval;
use crate::model::{Decimal, Measure, ValueType};

/// Words between a total and its parts.
const OF_WHICH: [&str; 2] = ["其中", "包括"];

/// Parts stand this close to each other, in characters.
const NEAR: usize = 24;

/// `facts` are in the order of the texts.
pub(super) fn check(facts: &[&Fact<'_>], related: &Related<'_, '_>, findings: &mut Vec<Finding>) {
    let is_one_sentence =
        |one: &&Fact<'_>, other: &&Fact<'_>| one.is_in_report_of(other) && one.sentence == other.sentence;
    for sentence in facts.chunk_by(is_one_sentence) {
        of_which(sentence, findings);
        shares(sentence, findings);
    }
    for &fact in facts.iter().filter(|fact| fact.measure() == Measure::Share) {
        findings.extend(share_of_levels(fact, related));
    }
}

/// The total before 其中 against the parts behind it.
fn of_which(sentence: &[&Fact<'_>], findings: &mut Vec<Finding>) {
    for (at, &total) in sentence.iter().enumerate() {
        let behind = sentence.get(at + 1..).unwrap_or_default();
        let place = behind.iter().position(|fact| is_part(total, fact));
        let Some((&first, rest)) = place.and_then(|place| behind.get(place..)?.split_first()) else {
            continue;
        };
        if first.interval.exceeds(total.interval) {
            let finding = Finding::of(Kind::PartAboveTotal, Severity::Error, &[first, total]);
            let limit = Interval {
                low: None,
                high: total.interval.high,
            };
            findings.push(finding.expecting(limit).suspecting(0, Why::Derived));
            continue;
        }
        let mut parts = vec![first];
        parts.extend(rest.iter().copied().scan(first, |last, fact| {
            let goes_on =
                is_alike(first, fact) && gap(last, fact).is_some_and(|gap| !gap.contains(['；', ';']));
            *last = fact;
            goes_on.then_some(fact)
        }));
        findings.extend(parts_above_total(total, &parts));
    }
}

/// Whether 其中 stands between, and both are counted alike.
fn is_part(total: &Fact<'_>, part: &Fact<'_>) -> bool {
    let between = total
        .text
        .get(total.span.end..part.span.start)
        .unwrap_or_default();
    let is_size = matches!(total.measure(), Measure::Level | Measure::Increase);
    is_size
        && is_alike(total, part)
        && !between.contains(['；', ';', '。'])
        && OF_WHICH.iter().any(|word| between.contains(word))
}

fn is_alike(one: &Fact<'_>, other: &Fact<'_>) -> bool {
    let (a, b) = (one.observation, other.observation);
    one.subject.unit == other.subject.unit
        && one.subject.area == other.subject.area
        && (a.value_type, a.measure, a.value_nature, &a.time_period)
            == (b.value_type, b.measure, b.value_nature, &b.time_period)
        && !matches!(
            a.value_type,
            ValueType::Percent | ValueType::Rank | ValueType::Duration
        )
}

/// The words between two facts that stand near each other.
fn gap<'a>(one: &Fact<'a>, other: &Fact<'a>) -> Option<&'a str> {
    let between = one.text.get(one.span.end..other.span.start)?;
    (between.chars().count() <= NEAR).then_some(between)
}

fn parts_above_total(total: &Fact<'_>, parts: &[&Fact<'_>]) -> Option<Finding> {
    if parts.len() < 2 || !are_disjoint(parts) {
        return None;
    }
    let sum = sum(parts)?;
    let involved: Vec<&Fact<'_>> = std::iter::once(total).chain(parts.iter().copied()).collect();
    let is_above = sum.exceeds(total.interval);
    let finding = is_above.then(|| Finding::of(Kind::PartsAboveTotal, Severity::Warning, &involved))?;
    Some(finding.expecting(Interval {
        low: sum.low,
        high: None,
    }))
}

fn sum(facts: &[&Fact<'_>]) -> Option<Interval> {
    let intervals = facts.iter().map(|fact| fact.interval);
    intervals.reduce(Interval::plus)
}

/// Whether the names are of one list, so that nothing is in two of them: 国家级众创空间, 省级众创空间.
fn are_disjoint(facts: &[&Fact<'_>]) -> bool {
    let names: Vec<Vec<char>> = facts
        .iter()
        .map(|fact| fact.subject_words().chars().collect())
        .collect();
    let Some((first, rest)) = names.split_first() else {
        return false;
    };
    let is_open = |name: &Vec<char>| {
        name.windows(2)
            .any(|pair| matches!(pair, ['以', '上' | '下' | '内']))
    };
    let is_list = rest.iter().all(|name| {
        let same_end = first
            .iter()
            .rev()
            .zip(name.iter().rev())
            .take_while(|(a, b)| a == b)
            .count();
        same_end >= 2 && name.len().abs_diff(first.len()) <= 1 && name != first
    });
    is_list && !names.iter().any(is_open)
}

/// Shares of one whole in one sentence against 100 %.
fn shares(sentence: &[&Fact<'_>], findings: &mut Vec<Finding>) {
    let is_share = |fact: &&&Fact<'_>| {
        fact.measure() == Measure::Share && fact.observation.value_type == ValueType::Percent
    };
    let shares: Vec<&Fact<'_>> = sentence.iter().filter(is_share).copied().collect();
    let Some(first) = shares.first() else { return };
    let is_one_whole = |fact: &&Fact<'_>| {
        fact.observation.ref_scope == first.observation.ref_scope
            && fact.period == first.period
            && fact.nature() == first.nature()
            && fact.subject.area == first.subject.area
    };
    if shares.len() < 2 || !shares.iter().all(is_one_whole) || !are_disjoint(&shares) {
        return;
    }
    let Some(sum) = sum(&shares) else { return };
    let whole = Interval::from(Decimal::ONE_HUNDRED);
    let kind = if sum.exceeds(whole) {
        Kind::SharesAboveWhole
    } else if is_all(&shares) && !sum.meets(whole) {
        Kind::SharesOffWhole
    } else {
        return;
    };
    findings.push(Finding::of(kind, Severity::Error, &shares));
}

/// Whether these are all parts of their whole: the three industries.
fn is_all(shares: &[&Fact<'_>]) -> bool {
    let has = |words: [&str; 2]| {
        shares
            .iter()
            .any(|fact| words.iter().any(|word| fact.subject_words().contains(word)))
    };
    shares.len() == 3 && has(["第一产业", "一产"]) && has(["第二产业", "二产"]) && has(["第三产业", "三产"])
}

/// A share against the level of the part and the level of the whole, which is another indicator or another place.
fn share_of_levels(share: &Fact<'_>, related: &Related<'_, '_>) -> Option<Finding> {
    let (name, area, scope) = (share.subject.name.as_ref(), share.subject.area, share.scope());
    if share.observation.value_type != ValueType::Percent || scope.is_empty() || scope == area {
        return None;
    }
    let is_level = |fact: &&&Fact<'_>| {
        fact.measure() == Measure::Level && fact.period == share.period && fact.nature() == share.nature()
    };
    let wholes = related
        .about(name, scope)
        .iter()
        .chain(related.about(scope, area))
        .filter(is_level);
    let mut broken = None;
    for &whole in wholes {
        let is_same_unit = |part: &&&Fact<'_>| is_level(part) && part.subject.unit == whole.subject.unit;
        for &part in related.about(name, area).iter().filter(is_same_unit) {
            let Some(percent) = part.interval.percent_of(whole.interval) else {
                continue;
            };
            if share.interval.widened(share.half).meets(percent) {
                return None;
            }
            broken.get_or_insert((part, whole, percent));
        }
    }
    let (part, whole, percent) = broken?;
    let finding = Finding::of(Kind::ShareOfLevels, Severity::Error, &[share, part, whole]);
    Some(finding.expecting(percent).suspecting(0, Why::Derived))
}
