//! The review queue: every number that a person should look at, the riskiest first.
//!
//! May use model and the rest of this room. Open numbers are all in it; decided ones are if something speaks
//! against them. `item` says what one number's risk is made of, `magnitude` knows how large an indicator's values
//! are in this project, `order` puts what was assessed in order, `filter` chooses.

mod filter;
mod item;
mod magnitude;
mod order;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::checks::Finding;
use super::contenders::{Contest, contests};
use crate::model::{Change, Decision, Layer, Rejection, ReportId, Span, Suggestion};

pub use filter::{Filter, State};
pub use item::{Agents, Item, Kind, KindName, is_at_a_glance};
use item::{Assessed, Hit};
use magnitude::Magnitudes;
pub use order::{Items, Queue, Ticket};

/// What is known of one report.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// Which report.
    pub report: &'a ReportId,
    /// What the built-in extractor proposes now, sorted and without overlaps.
    pub live: &'a [Suggestion],
    /// What other agents propose, sorted by span.
    pub imported: &'a [Suggestion],
    /// The reviewer's layer.
    pub layer: Option<&'a Layer>,
    /// The open numbers, sorted: those of [`super::Marks`] that were made with [`super::leading`].
    pub open: &'a [Span],
    /// How the layer came to be, the oldest change first.
    pub changes: &'a [Change],
}

/// Assesses reports, which may explain each other's values. `findings` are those of the checks that nobody has waived;
/// if the checks were given the layers of [`super::if_accepted`], proposals are checked too.
///
/// Takes O(n log n) for n proposals and decisions.
pub fn assess<'a>(
    sheets: &[Sheet<'a>],
    findings: impl IntoIterator<Item = &'a Finding>,
) -> Vec<(ReportId, Items)> {
    let hits = Hits::of(findings);
    let contested: Vec<Vec<Contest<'_>>> = sheets
        .iter()
        .map(|sheet| contests(sheet.live, sheet.imported, sheet.layer))
        .collect();
    let magnitudes = Magnitudes::of(
        sheets
            .iter()
            .zip(&contested)
            .map(|(sheet, contests)| (*sheet, &contests[..])),
    );
    let mut names = Names::default();
    let reports = sheets.iter().zip(&contested).map(|(sheet, contests)| {
        let hits = hits.in_report(sheet.report);
        let items = items_of(sheet, contests, hits, &magnitudes, &mut names);
        (sheet.report.clone(), items.into())
    });
    reports.collect()
}

/// The names of agents, so that those who propose the same things share them.
#[derive(Default)]
struct Names(BTreeSet<Agents>);

impl Names {
    fn share(&mut self, agents: &mut Agents) {
        match self.0.get(agents) {
            Some(shared) => *agents = Arc::clone(shared),
            None => {
                self.0.insert(Arc::clone(agents));
            }
        }
    }
}

/// What the checks found, by report.
struct Hits<'a>(BTreeMap<&'a ReportId, Vec<Hit<'a>>>);

impl<'a> Hits<'a> {
    fn of(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut hits: BTreeMap<&ReportId, Vec<Hit<'a>>> = BTreeMap::new();
        for finding in findings {
            for (at, place) in finding.observations.iter().enumerate() {
                let of_report = hits.entry(&place.report).or_default();
                of_report.push(Hit {
                    span: place.span,
                    finding,
                    is_suspect: finding.suspect.map(|suspect| suspect.index == at),
                });
            }
        }
        for of_report in hits.values_mut() {
            of_report.sort_by_key(|hit| hit.span);
        }
        Self(hits)
    }

    fn in_report(&self, report: &ReportId) -> &[Hit<'a>] {
        self.0.get(report).map(Vec::as_slice).unwrap_or_default()
    }
}

/// One report's items in the order of its text.
fn items_of(
    sheet: &Sheet<'_>,
    contests: &[Contest<'_>],
    hits: &[Hit<'_>],
    usual: &Magnitudes,
    names: &mut Names,
) -> Vec<Item> {
    let rejections: Vec<Rejection> = sheet.layer.into_iter().flat_map(Layer::rejections).collect();
    let hits_at = |span: Span| {
        let from = hits.partition_point(|hit| hit.span < span);
        hits.get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(move |hit| hit.span == span)
    };
    let mut items = Vec::with_capacity(sheet.open.len());
    for &span in sheet.open {
        let mut assessed = Assessed::open(contest_over(contests, span), usual);
        assessed.reject(
            rejections
                .iter()
                .filter(|rejection| rejection.span.overlaps(span)),
        );
        assessed.hit(hits_at(span));
        items.extend(assessed.item(sheet.report, span));
    }
    let last = last_changes(sheet.changes);
    for decision in sheet.layer.into_iter().flat_map(Layer::iter) {
        let took = last
            .get(&decision.span)
            .and_then(|change| time_of(change, decision));
        let mut assessed = Assessed::decided(decision, took, usual);
        assessed.hit(hits_at(decision.span));
        items.extend(assessed.item(sheet.report, decision.span));
    }
    items.sort_by_key(|item: &Item| item.span);
    for (span, _) in sheet.layer.into_iter().flat_map(Layer::conflicts) {
        match items.binary_search_by_key(&span, |item| item.span) {
            Ok(place) => items[place].contest(),
            Err(place) => {
                let decision = sheet.layer.and_then(|layer| layer.get(span));
                items.insert(
                    place,
                    Item::contested(sheet.report, span, decision.map(AsRef::as_ref)),
                );
            }
        }
    }
    for item in &mut items {
        names.share(&mut item.agents);
    }
    items
}

/// The contest whose leader stands over these words; a mark stands where the leader does.
fn contest_over<'c, 'a>(contests: &'c [Contest<'a>], span: Span) -> Option<&'c Contest<'a>> {
    let from = contests.partition_point(|contest| contest.leader.span.end <= span.start);
    contests
        .get(from)
        .filter(|contest| contest.leader.span.overlaps(span))
}

fn last_changes(changes: &[Change]) -> BTreeMap<Span, &Change> {
    changes.iter().map(|change| (change.span, change)).collect()
}

/// How long a person looked before making this decision, if the change is the one that made it.
fn time_of(change: &Change, decision: &Decision) -> Option<u32> {
    change.took.filter(|_| change.after.as_deref() == Some(decision))
}
