//! The review queue: every number that a person should look at, the riskiest first.
//!
//! May use model and the rest of this room. Open numbers are all in it; decided ones are if something speaks
//! against them. `item` says what one number's risk is made of, `magnitude` knows how large an indicator's values
//! are in this project, `filter` chooses.

mod filter;
mod item;
mod magnitude;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::checks::Finding;
use super::contenders::{Contest, contests};
use crate::model::{Change, Decision, Layer, Rejection, ReportId, Span, Suggestion};

pub use filter::{Filter, State};
use item::{Assessed, Hit};
pub use item::{Item, Kind, KindName, is_at_a_glance};
use magnitude::Magnitudes;

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

/// The numbers of a project that a person should look at, by risk.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    /// Each report's items in the order of its text.
    reports: Vec<(ReportId, Vec<Item>)>,
    /// The place of each report among them.
    places: HashMap<ReportId, usize>,
    /// Every item's risk, its report's place and its own place there.
    order: Vec<Ticket>,
}

/// An item's risk, its report's place and its own place there; in the order of these is the queue.
type Ticket = (Reverse<u16>, usize, usize);

impl Queue {
    /// Assesses all reports. `findings` are those of the checks that nobody has waived; if the checks were given
    /// the layers of [`super::if_accepted`], proposals are checked too.
    ///
    /// Takes O(n log n) for n proposals and decisions.
    pub fn new<'a>(sheets: &[Sheet<'a>], findings: impl IntoIterator<Item = &'a Finding>) -> Self {
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
        let reports = sheets.iter().zip(&contested).map(|(sheet, contests)| {
            let items = assess(sheet, contests, hits.in_report(sheet.report), &magnitudes);
            (sheet.report.clone(), items)
        });
        let mut queue = Self {
            reports: reports.collect(),
            places: HashMap::new(),
            order: Vec::new(),
        };
        let places = queue.reports.iter().zip(0..);
        queue.places = places.map(|((report, _), at)| (report.clone(), at)).collect();
        for (at, (_, items)) in queue.reports.iter().enumerate() {
            queue.order.extend(tickets(at, items));
        }
        queue.order.sort_unstable();
        queue
    }

    /// The items that a filter admits, the riskiest first, then in the order of the reports and texts.
    pub fn items<'q>(&'q self, filter: &Filter) -> impl Iterator<Item = &'q Item> {
        let item = |&(_, report, place): &Ticket| self.reports.get(report)?.1.get(place);
        self.order
            .iter()
            .filter_map(item)
            .filter(move |item| filter.admits(item))
    }

    /// The item on exactly these words.
    pub fn at(&self, report: &ReportId, span: Span) -> Option<&Item> {
        let (_, at, place) = self.ticket(report, span)?;
        self.reports.get(at)?.1.get(place)
    }

    /// Where the item on exactly these words stands in a list of items that a filter has admitted.
    pub fn place_in(&self, listed: &[(ReportId, Span)], report: &ReportId, span: Span) -> Option<usize> {
        let ticket = self.ticket(report, span)?;
        let found = listed.binary_search_by(|(report, span)| self.ticket(report, *span).cmp(&Some(ticket)));
        found.ok()
    }

    fn ticket(&self, report: &ReportId, span: Span) -> Option<Ticket> {
        let at = *self.places.get(report)?;
        let (_, items) = self.reports.get(at)?;
        let place = items.binary_search_by_key(&span, |item| item.span).ok()?;
        Some((Reverse(items.get(place)?.risk), at, place))
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is nothing to look at.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }
}

fn tickets(report: usize, items: &[Item]) -> Vec<Ticket> {
    let ticket = |(place, item): (usize, &Item)| (Reverse(item.risk), report, place);
    let mut tickets: Vec<_> = items.iter().enumerate().map(ticket).collect();
    tickets.sort_unstable();
    tickets
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
fn assess(sheet: &Sheet<'_>, contests: &[Contest<'_>], hits: &[Hit<'_>], usual: &Magnitudes) -> Vec<Item> {
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
