//! Which observation of a finding is most likely wrong.

use std::collections::BTreeMap;

use super::facts::Fact;
use super::finding::{Finding, Kind, Place, Suspect, Why};
use super::twice::shift_between;
use super::{Related, growth};
use crate::model::{Measure, Origin};

/// Names a suspect where the checks by themselves could not, or had to guess.
pub(super) fn settle(findings: &mut [Finding], related: &Related<'_, '_>) {
    let facts: BTreeMap<Place, &Fact<'_>> =
        (related.all().flatten().map(|fact| (fact.place(), *fact))).collect();
    let mut counts: BTreeMap<Place, usize> = BTreeMap::new();
    for place in findings.iter().flat_map(|finding| &finding.observations) {
        *counts.entry(place.clone()).or_default() += 1;
    }
    for finding in findings.iter_mut() {
        let is_guess = finding.suspect.is_none_or(|suspect| suspect.why == Why::Derived);
        let involved: Vec<&Fact<'_>> = (finding
            .observations
            .iter()
            .filter_map(|place| facts.get(place).copied()))
        .collect();
        if !is_guess || involved.len() != finding.observations.len() {
            continue;
        }
        let suspect = off_by_magnitude(finding, &involved)
            .or_else(|| failing_elsewhere(finding, &counts))
            .or_else(|| unfit(finding, &involved, related))
            .or_else(|| unconfirmed(&involved, related))
            .or_else(|| not_reviewed(&involved));
        finding.suspect = suspect.or(finding.suspect);
    }
}

/// The one that stands in more findings than each of the others.
fn failing_elsewhere(finding: &Finding, counts: &BTreeMap<Place, usize>) -> Option<Suspect> {
    let count = |place: &Place| counts.get(place).copied().unwrap_or_default();
    only(finding.observations.iter().map(|place| {
        let others = finding.observations.iter().filter(|other| *other != place);
        others.map(count).max().is_some_and(|most| count(place) > most)
    }))
    .map(|index| Suspect {
        index,
        why: Why::FailsElsewhere,
    })
}

/// An increase or a part that would fit one magnitude away.
fn off_by_magnitude(finding: &Finding, involved: &[&Fact<'_>]) -> Option<Suspect> {
    let is_size = matches!(
        finding.kind,
        Kind::Increase | Kind::IncreaseAboveLevel | Kind::PartAboveTotal
    );
    let (first, expected) = (involved.first()?, finding.expected?);
    // Anything fits below a limit: there it takes all of 万 to be a slip of the magnitude.
    let exponent =
        shift_between(first.interval, expected).filter(|it| expected.low.is_some() || *it <= -3)?;
    let suspect = Suspect {
        index: 0,
        why: Why::Magnitude { exponent },
    };
    is_size.then_some(suspect)
}

/// The statement without which growth and increases come out right, as they do not without another.
fn unfit(finding: &Finding, involved: &[&Fact<'_>], related: &Related<'_, '_>) -> Option<Suspect> {
    let fits_without = |fact: &&Fact<'_>| {
        let group = related
            .about(&fact.subject.name, fact.subject.area)
            .iter()
            .copied();
        let rest: Vec<&Fact<'_>> = group.filter(|other| !std::ptr::eq(*other, *fact)).collect();
        growth::check_group(&rest, related).is_empty()
    };
    if !matches!(
        finding.kind,
        Kind::SaidTwice | Kind::Growth | Kind::Increase | Kind::Change
    ) {
        return None;
    }
    only(involved.iter().map(fits_without)).map(|index| Suspect {
        index,
        why: Why::OthersFit,
    })
}

/// The only one that no further statement confirms.
fn unconfirmed(involved: &[&Fact<'_>], related: &Related<'_, '_>) -> Option<Suspect> {
    let is_confirmed = |fact: &Fact<'_>| {
        let others = related.about(&fact.subject.name, fact.subject.area).iter();
        let says_the_same = |other: &&&Fact<'_>| {
            let key =
                |fact: &Fact<'_>| -> (Measure, _, _) { (fact.measure(), fact.nature(), fact.period.clone()) };
            !std::ptr::eq(**other, fact)
                && key(other) == key(fact)
                && other.subject.unit == fact.subject.unit
                && other.scope() == fact.scope()
                && other.interval.meets(fact.interval)
        };
        others.clone().any(|other| says_the_same(&other))
    };
    only(involved.iter().map(|fact| !is_confirmed(fact))).map(|index| Suspect {
        index,
        why: Why::Unconfirmed,
    })
}

/// The only one that nobody has looked at.
fn not_reviewed(involved: &[&Fact<'_>]) -> Option<Suspect> {
    only(involved.iter().map(|fact| fact.origin == Origin::Prediction)).map(|index| Suspect {
        index,
        why: Why::NotReviewed,
    })
}

/// The place of the only `true` among at least two.
fn only(marks: impl Iterator<Item = bool> + Clone) -> Option<usize> {
    let mut places = marks
        .clone()
        .enumerate()
        .filter(|(_, mark)| *mark)
        .map(|(at, _)| at);
    let first = places.next()?;
    (places.next().is_none() && marks.count() > 1).then_some(first)
}
