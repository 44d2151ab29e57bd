//! Levels and what moved them: growth rates, increases, changes, gaps.

use super::Related;
use super::facts::Fact;
use super::finding::{Finding, Kind, Severity, Why};
use super::interval::Interval;
use crate::model::{Decimal, Measure, ValueNature, ValueType};

pub(super) fn check(related: &Related<'_, '_>, findings: &mut Vec<Finding>) {
    for group in related.all() {
        findings.extend(check_group(group, related));
    }
}

/// What moved the levels of one indicator at one place.
pub(super) fn check_group<'f, 'a>(group: &[&'f Fact<'a>], related: &Related<'f, 'a>) -> Vec<Finding> {
    let finding = |fact: &&'f Fact<'a>| match fact.measure() {
        Measure::GrowthRate => growth(fact, group),
        Measure::Increase => increase(fact, group).or_else(|| increase_above_level(fact, group)),
        Measure::Change if fact.scope().is_empty() => change(fact, group),
        Measure::Change => gap(fact, group, related),
        Measure::Level | Measure::Share | Measure::Rank | Measure::Duration => None,
    };
    group.iter().filter_map(finding).collect()
}

/// The best of several ways to explain a figure: one that holds ends the search.
struct Search<'f, 'a> {
    claim: &'f Fact<'a>,
    /// A way that does not hold, best one within the report: the facts and what the claim would have to be.
    broken: Option<(Vec<&'f Fact<'a>>, Interval)>,
    holds: bool,
}

impl<'f, 'a> Search<'f, 'a> {
    fn new(claim: &'f Fact<'a>) -> Self {
        Self {
            claim,
            broken: None,
            holds: false,
        }
    }

    /// Holds the claim, with some slack, against what these facts imply for it.
    fn against(&mut self, facts: &[&'f Fact<'a>], implied: Interval, slack: Decimal) {
        if self.claim.interval.widened(slack).meets(implied) {
            self.holds = true;
        } else if self.broken.is_none() || self.is_one_report(facts) {
            self.broken = Some((facts.to_vec(), implied));
        }
    }

    fn is_one_report(&self, facts: &[&Fact<'_>]) -> bool {
        facts.iter().all(|fact| fact.is_in_report_of(self.claim))
    }

    fn finding(self, kind: Kind) -> Option<Finding> {
        let (facts, implied) = self.broken.as_ref().filter(|_| !self.holds)?;
        let severity = if self.is_one_report(facts) {
            Severity::Error
        } else {
            Severity::Warning
        };
        let involved: Vec<&Fact<'_>> = std::iter::once(self.claim).chain(facts.iter().copied()).collect();
        let finding = Finding::of(kind, severity, &involved).expecting(*implied);
        Some(finding.suspecting(0, Why::Derived))
    }
}

/// The levels at the end of a change, and before it. A plan starts from what was reached.
fn levels<'f, 'a>(claim: &'f Fact<'a>, group: &[&'f Fact<'a>]) -> (Vec<&'f Fact<'a>>, Vec<&'f Fact<'a>>) {
    let Some(period) = &claim.period else {
        return (Vec::new(), Vec::new());
    };
    let (end, start) = (period.end(), period.before());
    let is_level = |fact: &Fact<'_>| {
        let is_level = matches!(fact.measure(), Measure::Level)
            || fact.measure() == Measure::Share && fact.scope() == claim.scope();
        is_level && claim.is_about_the_same(fact)
    };
    let at = |wanted: &super::period::Period| {
        let wanted = wanted.clone();
        move |fact: &&'f Fact<'a>| is_level(fact) && fact.period.as_ref() == Some(&wanted)
    };
    let after = group
        .iter()
        .copied()
        .filter(at(&end))
        .filter(|fact| fact.nature() == claim.nature());
    let before = group.iter().copied().filter(at(&start));
    let before =
        before.filter(|fact| fact.nature() == ValueNature::Actual || fact.nature() == claim.nature());
    (after.collect(), before.collect())
}

/// A growth rate against two levels, or against a level and the net increase to it.
fn growth(rate: &Fact<'_>, group: &[&Fact<'_>]) -> Option<Finding> {
    let is_plain = rate.observation.value_type == ValueType::Percent && rate.scope().is_empty();
    let period = rate
        .period
        .as_ref()
        .filter(|period| is_plain && period.is_one_year())?;
    if has_other_base(rate) {
        return None;
    }
    let (after, before) = levels(rate, group);
    let mut search = Search::new(rate);
    for &now in &after {
        for &then in before.iter().filter(|then| then.subject.unit == now.subject.unit) {
            if let Some(percent) = now.interval.percent_of(then.interval) {
                search.against(
                    &[now, then],
                    percent.minus(Decimal::ONE_HUNDRED.into()),
                    slack(rate, now, then),
                );
            }
        }
        let is_step = |fact: &&&Fact<'_>| {
            fact.subject.unit == now.subject.unit && fact.period.as_ref() == Some(period) && is_net(fact)
        };
        for &step in group.iter().filter(is_step) {
            let then = now.interval.minus(step.interval);
            if let Some(percent) = now.interval.percent_of(then) {
                search.against(
                    &[now, step],
                    percent.minus(Decimal::ONE_HUNDRED.into()),
                    slack(rate, now, step),
                );
            }
        }
    }
    search.finding(Kind::Growth)
}

/// Whether the words say that the rate is not that of the printed levels.
fn has_other_base(rate: &Fact<'_>) -> bool {
    ["同口径", "可比", "剔除", "扣除", "不变价", "年均", "实际增长"]
        .iter()
        .any(|cue| rate.sentence_words().contains(cue))
}

/// How many percentage points a rate may be off the one that two printed levels give.
fn slack(rate: &Fact<'_>, now: &Fact<'_>, then: &Fact<'_>) -> Decimal {
    let name = [
        rate.subject.name.as_ref(),
        rate.observation.indicator_text.as_str(),
    ];
    let names = |words: &[&str]| {
        words
            .iter()
            .any(|word| name.iter().any(|name| name.contains(word)))
    };
    let is_money = now.observation.value_type == ValueType::Amount;
    let is_one_report = now.is_in_report_of(rate) && then.is_in_report_of(rate);
    let points = |points: i64| Decimal::new(points, 0);
    // Growth of output is reckoned at constant prices, its levels at current ones; the base year is revised.
    let prices = if names(&[
        "生产总值",
        "增加值",
        "GDP",
        "gdp",
        "经济总量",
        "value_added",
        "产值",
        "收入",
        "投资",
    ]) {
        points(6)
    } else if is_money || !is_one_report {
        points(1)
    } else {
        Decimal::ZERO
    };
    let size = rate.observation.value.bounds().1.abs();
    let revision = if is_one_report || !is_money {
        Decimal::ZERO
    } else {
        size / Decimal::TEN
    };
    // Some are cut off where others are rounded.
    prices + revision + rate.half
}

/// Whether an increase is the whole difference of two levels, not only what came in.
fn is_net(fact: &Fact<'_>) -> bool {
    let before = fact.words_before();
    let near: String = before
        .chars()
        .rev()
        .take_while(|c| !"，。；、,;".contains(*c))
        .collect();
    let near: String = near.chars().rev().collect();
    fact.measure() == Measure::Increase && ["净增", "增加", "净减"].iter().any(|cue| near.contains(cue))
}

/// A level and the net increase to it against the level before.
fn increase<'a>(step: &Fact<'a>, group: &[&Fact<'a>]) -> Option<Finding> {
    if !is_net(step) {
        return None;
    }
    let (after, before) = levels(step, group);
    let mut search = Search::new(step);
    for &now in after.iter().filter(|now| now.subject.unit == step.subject.unit) {
        for &then in before
            .iter()
            .filter(|then| then.subject.unit == step.subject.unit)
        {
            let rough = if step.observation.value_type == ValueType::Amount {
                now.half + then.half + step.interval.high.unwrap_or_default().abs() / Decimal::TEN
            } else {
                Decimal::ZERO
            };
            search.against(&[now, then], now.interval.minus(then.interval), rough);
        }
    }
    search.finding(Kind::Increase)
}

/// More came in than there is.
fn increase_above_level<'f, 'a>(step: &'f Fact<'a>, group: &[&'f Fact<'a>]) -> Option<Finding> {
    let end = step.period.as_ref()?.end();
    let is_whole = |fact: &&&Fact<'_>| {
        fact.measure() == Measure::Level
            && fact.period.as_ref() == Some(&end)
            && fact.subject.unit == step.subject.unit
            && fact.nature() == step.nature()
            && fact.is_in_report_of(step)
    };
    let mut search = Search::new(step);
    for &whole in group.iter().filter(is_whole) {
        search.against(
            &[whole],
            Interval {
                low: None,
                high: whole.interval.high,
            },
            Decimal::ZERO,
        );
    }
    search.finding(Kind::IncreaseAboveLevel)
}

fn is_points(fact: &Fact<'_>) -> bool {
    fact.observation.value_type == ValueType::PercentagePoint
}

fn is_percent(fact: &Fact<'_>) -> bool {
    fact.observation.value_type == ValueType::Percent
}

/// A change in percentage points against two levels.
fn change(step: &Fact<'_>, group: &[&Fact<'_>]) -> Option<Finding> {
    if !is_points(step) {
        return None;
    }
    let (after, before) = levels(step, group);
    let mut search = Search::new(step);
    for &now in after.iter().filter(|fact| is_percent(fact)) {
        for &then in before.iter().filter(|fact| is_percent(fact)) {
            search.against(&[now, then], now.interval.minus(then.interval), step.half);
        }
    }
    search.finding(Kind::Change)
}

/// A gap in percentage points (高于全国…) against the two levels.
fn gap<'f, 'a>(step: &'f Fact<'a>, group: &[&'f Fact<'a>], related: &Related<'f, 'a>) -> Option<Finding> {
    if !is_points(step) {
        return None;
    }
    let is_level = |fact: &&&Fact<'_>| {
        fact.measure() == Measure::Level
            && is_percent(fact)
            && fact.period == step.period
            && fact.nature() == step.nature()
    };
    let mut search = Search::new(step);
    for &here in group.iter().filter(is_level) {
        for &there in related
            .about(&step.subject.name, step.scope())
            .iter()
            .filter(is_level)
        {
            search.against(&[here, there], here.interval.minus(there.interval), step.half);
        }
    }
    search.finding(Kind::Gap)
}
