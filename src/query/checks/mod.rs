//! Checks: whether the values of a layer can be true together.
//!
//! May use model, text and number. Every printed number stands for an interval (`interval`), and only what no
//! values in these intervals satisfy is a finding. A check that cannot be sure says nothing: a false alarm costs
//! more than a missed error, as people stop reading.
//!
//! `facts` lays the observations out, `lone` and `period` look at each by itself, `twice` at statements of one
//! fact, `growth` at levels and what moved them, `parts` at wholes and parts; `blame` says which is likely wrong.

mod blame;
mod facts;
mod finding;
mod growth;
mod interval;
mod lone;
mod parts;
mod period;
#[cfg(test)]
mod tests;
mod twice;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Annotator, Project, ReportId};
use facts::{Fact, Subject};

pub use finding::{Finding, Kind, Place, Severity, Suspect, Why};
pub use interval::Interval;

/// Everything that contradicts the rest in one annotator's layer, in the order of the reports and their texts.
///
/// Reports without a text in `texts` are left out.
pub fn check(project: &Project, annotator: &Annotator, texts: &BTreeMap<ReportId, Arc<str>>) -> Vec<Finding> {
    let facts = facts::gather(project, annotator, texts);
    let mut findings = Vec::new();
    let mut sound: Vec<&Fact<'_>> = Vec::with_capacity(facts.len());
    for fact in &facts {
        let alone = lone::check(fact, &project.catalogue);
        if !lone::is_misread(&alone) {
            sound.push(fact);
        }
        findings.extend(alone);
    }
    period::check(&facts, &mut findings);
    let related = Related::of(&sound);
    twice::check(&related, &mut findings);
    growth::check(&related, &mut findings);
    parts::check(&sound, &related, &mut findings);
    blame::settle(&mut findings, &related);
    let order: BTreeMap<&ReportId, usize> = (project.reports.iter().enumerate())
        .map(|(at, report)| (&report.id, at))
        .collect();
    findings.sort_by_cached_key(|finding| {
        let place = finding.place();
        let report = place.and_then(|place| order.get(&place.report).copied());
        (report, place.map(|place| place.span), finding.key.clone())
    });
    findings
}

/// Facts by what they are about: name and place, in whichever unit.
struct Related<'f, 'a> {
    by_name: BTreeMap<&'f str, BTreeMap<&'a str, Vec<&'f Fact<'a>>>>,
}

impl<'f, 'a> Related<'f, 'a> {
    fn of(facts: &[&'f Fact<'a>]) -> Self {
        let mut by_name: BTreeMap<_, BTreeMap<_, Vec<_>>> = BTreeMap::new();
        for &fact in facts {
            let Subject { name, area, .. } = &fact.subject;
            if !name.is_empty() {
                let by_area = by_name.entry(name.as_ref()).or_default();
                by_area.entry(*area).or_default().push(fact);
            }
        }
        Self { by_name }
    }

    /// What is said of this indicator at this place.
    fn about(&self, name: &str, area: &str) -> &[&'f Fact<'a>] {
        let facts = self.by_name.get(name).and_then(|by_area| by_area.get(area));
        facts.map(Vec::as_slice).unwrap_or_default()
    }

    /// What is said of each indicator at each place.
    fn all(&self) -> impl Iterator<Item = &[&'f Fact<'a>]> {
        self.by_name
            .values()
            .flat_map(|by_area| by_area.values().map(Vec::as_slice))
    }
}
