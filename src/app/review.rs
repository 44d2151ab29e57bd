//! Reviewing: the queue of numbers to look at, and which parts of the project it is to be made of again.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use imbl::OrdMap;

use crate::model::{Change, Field, Fingerprint, Report, ReportId, Reports, Span, Suggestion};
use crate::query::queue::{Filter, Item, Queue, State, Ticket};

/// The queue, and where the reviewer is in it.
#[derive(Debug)]
pub struct Review {
    /// Whether the keys go through the queue rather than through the open report.
    pub on: bool,
    /// Which items are listed.
    pub filter: Filter,
    /// Every number to look at.
    pub queue: Arc<Queue>,
    /// The items of the queue that the filter admits.
    pub listed: Vec<Ticket>,
    /// Who proposes something, each once.
    pub agents: BTreeSet<String>,
    /// The field that digits take alternatives for.
    pub field: Option<Field>,
    /// The reports, in the parts that are assessed one after another.
    pub parts: Parts,
    /// Reports are assessed together until their texts have so many bytes: what is proposed for them takes some ten
    /// times as much memory, and is not kept.
    pub part_bytes: usize,
    /// What the built-in extractor proposes for each report, where all are assessed together; else it is forgotten.
    pub live: BTreeMap<ReportId, Arc<[Suggestion]>>,
    /// What the logs of the reviewed layers say of decisions that were made at a glance.
    pub glances: BTreeMap<ReportId, Arc<[Change]>>,
    /// Since when lessons have been learnt that the other reports' proposals do not know yet.
    pub lessons_since: Option<f64>,
    /// Since when the reports are to be divided into parts, and all of them assessed anew.
    pub stale_since: Option<f64>,
    /// Whether a part is being assessed.
    pub running: bool,
    /// When that was begun: seconds since the program started.
    pub begun: f64,
    /// How long the last one took, in seconds.
    pub took: f64,
    /// Counts up whenever proposals that were made before are worth nothing any more.
    pub era: u64,
}

impl Default for Review {
    fn default() -> Self {
        Self {
            on: false,
            filter: Filter {
                state: State::Open,
                ..Filter::default()
            },
            queue: Arc::default(),
            listed: Vec::new(),
            agents: BTreeSet::new(),
            field: None,
            parts: Parts::default(),
            part_bytes: 8 << 20,
            live: BTreeMap::new(),
            glances: BTreeMap::new(),
            lessons_since: None,
            stale_since: None,
            running: false,
            begun: 0.0,
            took: 0.0,
            era: 0,
        }
    }
}

impl Review {
    /// Lists the items that the filter admits.
    pub fn list(&mut self) {
        self.listed = self.queue.list(&self.filter);
    }

    /// The item at a place of the list.
    pub fn listed_at(&self, place: usize) -> Option<&Item> {
        self.queue.item(*self.listed.get(place)?)
    }

    /// The listed items, each with its report, in the order of the list.
    pub fn listed(&self) -> impl Iterator<Item = (&ReportId, Span)> {
        let items = self.listed.iter().filter_map(|ticket| self.queue.item(*ticket));
        items.map(|item| (&item.report, item.span))
    }

    /// Whether the queue will be another one soon.
    pub fn is_coming(&self) -> bool {
        self.running
            || self.stale_since.is_some()
            || self.parts.all.iter().any(|part| part.stale_since.is_some())
    }
}

/// Reports that are assessed together.
#[derive(Debug)]
pub struct Part {
    /// Which, in the order of the project.
    pub reports: Arc<[ReportId]>,
    /// Since when the queue has something else of them than the project, in seconds since the program started.
    pub stale_since: Option<f64>,
    /// Whether they have been assessed.
    pub is_made: bool,
}

/// The project's reports in parts.
#[derive(Debug, Default)]
pub struct Parts {
    /// Each part.
    pub all: Vec<Part>,
    /// The place of each report's part.
    places: HashMap<ReportId, usize>,
}

impl Parts {
    /// Divides reports, of which those on the same place come together: their values explain each other.
    pub fn of(reports: &Reports, texts: &OrdMap<Fingerprint, Arc<str>>, part_bytes: usize) -> Self {
        let mut sorted: Vec<&Report> = reports.iter().collect();
        sorted.sort_by_key(|report| &report.area);
        let (mut groups, mut bytes) = (vec![Vec::new()], 0);
        for report in sorted {
            let length = texts.get(&report.fingerprint).map_or(0, |text| text.len());
            if bytes > 0 && bytes + length > part_bytes {
                groups.push(Vec::new());
                bytes = 0;
            }
            bytes += length;
            if let Some(group) = groups.last_mut() {
                group.push(report.id.clone());
            }
        }
        let mut parts = Self::default();
        for (place, mut group) in groups.into_iter().enumerate() {
            group.sort_by_key(|report| reports.place(report));
            parts
                .places
                .extend(group.iter().map(|report| (report.clone(), place)));
            parts.all.push(Part {
                reports: group.into(),
                stale_since: Some(f64::NEG_INFINITY),
                is_made: false,
            });
        }
        parts
    }

    /// Has the part that a report is in assessed again.
    pub fn stale(&mut self, report: &ReportId, now: f64) {
        let part = self.places.get(report).and_then(|place| self.all.get_mut(*place));
        if let Some(part) = part {
            part.stale_since.get_or_insert(now);
        }
    }

    /// Has all parts assessed again.
    pub fn all_stale(&mut self, now: f64) {
        for part in &mut self.all {
            part.stale_since.get_or_insert(now);
        }
    }

    /// Remembers that a part has been assessed.
    pub fn made(&mut self, reports: &[ReportId]) {
        if let Some(part) = self.all.iter_mut().find(|part| *part.reports == *reports) {
            part.is_made = true;
        }
    }

    /// The part that is to be assessed next, of those that nothing has happened to for a `rest`: that of the open
    /// report goes first.
    pub fn due(&mut self, now: f64, rest: f64, open: Option<&ReportId>) -> Option<&mut Part> {
        let is_due = |part: &Part| part.stale_since.is_some_and(|since| now - since >= rest);
        let of_open = open.and_then(|open| self.places.get(open).copied());
        let of_open = of_open.filter(|place| self.all.get(*place).is_some_and(is_due));
        let place = of_open.or_else(|| self.all.iter().position(is_due))?;
        self.all.get_mut(place)
    }

    /// How many reports have been assessed, and of how many.
    pub fn progress(&self) -> (usize, usize) {
        let count = |part: &Part| part.reports.len();
        let made = self.all.iter().filter(|part| part.is_made).map(count).sum();
        (made, self.all.iter().map(count).sum())
    }
}
