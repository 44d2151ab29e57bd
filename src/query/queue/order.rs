//! All items in the order of their risk.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use super::filter::Filter;
use super::item::Item;
use crate::model::{ReportId, Span};

/// What is to be looked at in one report, in the order of its text.
pub type Items = Arc<[Item]>;

/// The numbers of a project that a person should look at, by risk.
///
/// Reports come in part by part: what is known of some stays while others are assessed.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    reports: Vec<(ReportId, Items)>,
    /// The place of each report among them.
    places: Arc<HashMap<ReportId, u32>>,
    /// Every item, in the order of the queue.
    order: Vec<Ticket>,
}

/// Where an item of a queue is found; in the order of these is the queue. It is good for that queue only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket {
    risk: Reverse<u16>,
    report: u32,
    place: u32,
}

impl Queue {
    /// The queue of these reports in this order: `fresh` is what was assessed anew, of the others it has what this
    /// one has.
    ///
    /// Takes O(n) for n items where the reports are those of this queue, and their order.
    #[must_use]
    pub fn with(&self, reports: &[ReportId], fresh: Vec<(ReportId, Items)>) -> Self {
        let same = self.reports.len() == reports.len()
            && self
                .reports
                .iter()
                .zip(reports)
                .all(|((one, _), other)| one == other);
        let mut queue = if same {
            self.clone()
        } else {
            self.regrouped(reports)
        };
        let mut is_fresh = vec![false; reports.len()];
        let mut tickets = Vec::new();
        for (report, items) in fresh {
            let Some(&at) = queue.places.get(&report) else {
                continue;
            };
            let at_index = at as usize;
            if let (Some(is_fresh), Some(place)) =
                (is_fresh.get_mut(at_index), queue.reports.get_mut(at_index))
            {
                *is_fresh = true;
                tickets.extend(tickets_of(at, &items));
                place.1 = items;
            }
        }
        let is_old = |ticket: &Ticket| is_fresh.get(ticket.report as usize) == Some(&false);
        queue.order.retain(is_old);
        tickets.sort_unstable();
        queue.order.append(&mut tickets);
        // Two sorted runs are merged in one pass.
        queue.order.sort();
        queue
    }

    /// The same items for other reports, or in another order of them.
    fn regrouped(&self, reports: &[ReportId]) -> Self {
        let known = |report: &ReportId| {
            let at = self.places.get(report)?;
            self.reports.get(*at as usize).map(|(_, items)| Arc::clone(items))
        };
        let with_items = |report: &ReportId| (report.clone(), known(report).unwrap_or_default());
        let mut queue = Self {
            reports: reports.iter().map(with_items).collect(),
            places: Arc::new(reports.iter().cloned().zip(0..).collect()),
            order: Vec::new(),
        };
        for (at, (_, items)) in (0..).zip(&queue.reports) {
            queue.order.extend(tickets_of(at, items));
        }
        queue.order.sort_unstable();
        queue
    }

    /// The items that a filter admits, the riskiest first, then in the order of the reports and texts.
    pub fn list(&self, filter: &Filter) -> Vec<Ticket> {
        let is_wanted = |ticket: &Ticket| self.item(*ticket).is_some_and(|item| filter.admits(item));
        self.order.iter().copied().filter(is_wanted).collect()
    }

    /// The item that a ticket of this queue is for.
    pub fn item(&self, ticket: Ticket) -> Option<&Item> {
        let (_, items) = self.reports.get(ticket.report as usize)?;
        items.get(ticket.place as usize)
    }

    /// The item on exactly these words.
    pub fn at(&self, report: &ReportId, span: Span) -> Option<&Item> {
        self.item(self.ticket(report, span)?)
    }

    /// Where the item on exactly these words stands in a list that a filter has admitted.
    pub fn place_in(&self, listed: &[Ticket], report: &ReportId, span: Span) -> Option<usize> {
        listed.binary_search(&self.ticket(report, span)?).ok()
    }

    fn ticket(&self, report: &ReportId, span: Span) -> Option<Ticket> {
        let at = *self.places.get(report)?;
        let (_, items) = self.reports.get(at as usize)?;
        let place = items.binary_search_by_key(&span, |item| item.span).ok()?;
        let risk = Reverse(items.get(place)?.risk);
        Some(Ticket {
            risk,
            report: at,
            place: place as u32,
        })
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

fn tickets_of(report: u32, items: &[Item]) -> impl Iterator<Item = Ticket> {
    (0..).zip(items).map(move |(place, item)| Ticket {
        risk: Reverse(item.risk),
        report,
        place,
    })
}
