//! The reports of a project that were not read yet, and reading some of them at a time.
//!
//! Until a report is read its files are guarded: nothing is saved over them, and none is taken for changed.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::folder::{Known, Store};
use super::read::{Got, Reader, read_text};
use super::records::Texts;
use super::{StoreNotice, layout};
use crate::model::{Annotator, Fingerprint, Layer, Report, ReportId, Suggestion};
use crate::text::offsets::fingerprint;

/// As many threads read at the same time.
const READERS: usize = 2;

/// What was read of some reports.
#[derive(Debug, Default)]
pub struct Batch {
    /// The reports that are read now, also those whose text is missing.
    pub reports: Vec<ReportId>,
    /// Their texts, each with its fingerprint.
    pub texts: Vec<(ReportId, Fingerprint, Arc<str>)>,
    /// The fingerprints of texts that are not those of the list any more.
    pub changed: Vec<(ReportId, Fingerprint)>,
    /// What annotators have decided on them.
    pub layers: Vec<(Annotator, ReportId, Layer)>,
    /// What programs propose for them.
    pub suggestions: Vec<(ReportId, Arc<[Suggestion]>)>,
    /// What a person should know.
    pub notices: Vec<StoreNotice>,
}

/// What was not read yet.
#[derive(Default)]
pub(super) struct Unread {
    /// In the order of the list; nothing where it has been read.
    groups: Vec<Option<Group>>,
    /// The place of each group by the stem of its files' names, without case.
    places: HashMap<String, usize>,
    /// Before this place everything has been read.
    begin: usize,
    /// Files of reports that the list does not have.
    strays: Vec<PathBuf>,
}

/// Reports whose files differ by case alone, and these files: nearly always one report.
#[derive(Default)]
struct Group {
    reports: Vec<(ReportId, Fingerprint)>,
    records: Vec<PathBuf>,
}

impl Unread {
    /// All reports of a list, with their files among those found.
    pub fn of(reports: &[Report], found: &[PathBuf]) -> Self {
        let mut unread = Self::default();
        for report in reports {
            let stem = layout::file_stem(&report.id.0).to_lowercase();
            let place = *unread.places.entry(stem).or_insert(unread.groups.len());
            if place == unread.groups.len() {
                unread.groups.push(Some(Group::default()));
            }
            if let Some(Some(group)) = unread.groups.get_mut(place) {
                group
                    .reports
                    .push((report.id.clone(), report.fingerprint.clone()));
            }
        }
        let of_reports = |inner: &&PathBuf| {
            layout::is_record(inner)
                && (inner.starts_with(layout::LAYERS) || inner.starts_with(layout::SUGGESTIONS))
        };
        for inner in found.iter().filter(of_reports) {
            let place = unread.place_of(inner);
            match place.and_then(|place| unread.groups.get_mut(place)?.as_mut()) {
                Some(group) => group.records.push(inner.clone()),
                None => unread.strays.push(inner.clone()),
            }
        }
        unread
    }

    /// Whether a file belongs to a report that was not read yet.
    pub fn holds(&self, inner: &Path) -> bool {
        if self.groups.is_empty() && self.strays.is_empty() {
            return false;
        }
        let folders = [layout::REPORTS, layout::LAYERS, layout::SUGGESTIONS];
        let is_of_report = folders.iter().any(|folder| inner.starts_with(folder));
        let group = self.place_of(inner).and_then(|place| self.groups.get(place));
        is_of_report && (group.is_some_and(Option::is_some) || self.strays.iter().any(|stray| stray == inner))
    }

    /// The group that a file belongs to by its name; one that is told apart has a hash behind the report's.
    fn place_of(&self, inner: &Path) -> Option<usize> {
        let stem = inner.file_stem()?.to_str()?.to_lowercase();
        let plain = || self.places.get(stem.rsplit_once('~')?.0);
        self.places.get(&stem).or_else(plain).copied()
    }

    /// The places of these reports, then of all others that were not read.
    fn order(&self, first: &[ReportId]) -> (Vec<usize>, usize) {
        let place = |id: &ReportId| self.places.get(&layout::file_stem(&id.0).to_lowercase()).copied();
        let is_unread = |place: &usize| self.groups.get(*place).is_some_and(Option::is_some);
        let mut places: Vec<usize> = first.iter().filter_map(place).filter(is_unread).collect();
        places.sort_unstable();
        places.dedup();
        let wanted = places.len();
        let others = (self.begin..self.groups.len()).filter(is_unread);
        let others: Vec<usize> = others.filter(|place| !places.contains(place)).collect();
        places.extend(others);
        (places, wanted)
    }

    fn settle(&mut self, read: impl Iterator<Item = usize>) {
        for place in read {
            if let Some(group) = self.groups.get_mut(place) {
                *group = None;
            }
        }
        while self.groups.get(self.begin).is_some_and(Option::is_none) {
            self.begin += 1;
        }
        if self.begin == self.groups.len() {
            *self = Self {
                strays: std::mem::take(&mut self.strays),
                ..Self::default()
            };
        }
    }
}

impl Store {
    /// The reports that were not read yet.
    pub fn unread(&self) -> impl Iterator<Item = &ReportId> {
        let groups = self.unread.groups.iter().flatten();
        groups.flat_map(|group| group.reports.iter().map(|(report, _)| report))
    }

    /// Reads reports that were not read yet: those of `first`, and then others in the order of the list until
    /// `is_enough` says so, which is asked before each with how many have been begun.
    pub fn read(&mut self, first: &[ReportId], is_enough: &(dyn Fn(usize) -> bool + Sync)) -> Batch {
        let (places, wanted) = self.unread.order(first);
        let next = AtomicUsize::new(0);
        let reader = || {
            let mut read = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(&place) = places.get(at).filter(|_| at < wanted || !is_enough(at)) else {
                    return read;
                };
                if let Some(Some(group)) = self.unread.groups.get(place) {
                    read.push((at, place, self.read_group(group)));
                }
            }
        };
        let helpers = READERS.min(places.len()).saturating_sub(1);
        let mut read = std::thread::scope(|scope| {
            let helpers: Vec<_> = (0..helpers).map(|_| scope.spawn(reader)).collect();
            let mut read = reader();
            for helper in helpers {
                let theirs = helper.join();
                read.extend(theirs.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            }
            read
        });
        read.sort_unstable_by_key(|(at, ..)| *at);
        let mut batch = Batch::default();
        self.unread.settle(read.iter().map(|(_, place, _)| *place));
        for (_, _, (of_group, known)) in read {
            self.remember(known);
            batch.extend(of_group);
        }
        if self.unread.groups.is_empty() {
            self.read_strays(&mut batch);
        }
        batch
    }

    fn read_group(&self, group: &Group) -> (Batch, BTreeMap<PathBuf, Known>) {
        let mut reader = Reader::new(self);
        let mut batch = Batch::default();
        let mut texts = Texts::default();
        for (report, listed) in &group.reports {
            batch.reports.push(report.clone());
            texts.add(report.clone(), reader.text(report, listed, &mut batch));
        }
        for inner in &group.records {
            reader.record(inner, &texts, &mut batch);
        }
        batch.notices = reader.notices;
        (batch, reader.known)
    }

    /// Reads files of reports that the list does not have, to tell of them.
    fn read_strays(&mut self, batch: &mut Batch) {
        let strays = std::mem::take(&mut self.unread.strays);
        let mut notices = Vec::new();
        self.reading(&mut notices, |reader| {
            for inner in &strays {
                reader.record(inner, &Texts::default(), batch);
            }
        });
        batch.notices.extend(notices);
    }
}

impl Batch {
    fn extend(&mut self, other: Self) {
        self.reports.extend(other.reports);
        self.texts.extend(other.texts);
        self.changed.extend(other.changed);
        self.layers.extend(other.layers);
        self.suggestions.extend(other.suggestions);
        self.notices.extend(other.notices);
    }
}

impl Reader<'_> {
    /// Reads a report's text, whose fingerprint is to be the listed one.
    fn text(
        &mut self,
        report: &ReportId,
        listed: &Fingerprint,
        batch: &mut Batch,
    ) -> Option<(Arc<str>, Fingerprint)> {
        let inner = self.store.text_file(report);
        let path = self.store.root.join(&inner);
        let report = report.clone();
        match self.get(&inner, read_text) {
            Got::Read(text) => {
                let print = fingerprint(&text);
                if print != *listed {
                    batch.changed.push((report.clone(), print.clone()));
                    let report = report.clone();
                    self.notices.push(StoreNotice::TextChanged { report, path });
                }
                batch.texts.push((report, print.clone(), Arc::clone(&text)));
                return Some((text, print));
            }
            Got::Missing => self.notices.push(StoreNotice::TextMissing { report, path }),
            Got::LeftOut => {}
        }
        None
    }

    /// Reads a layer or suggestions.
    fn record(&mut self, inner: &Path, texts: &Texts, batch: &mut Batch) {
        if inner.starts_with(layout::LAYERS) {
            let read = self.layer(inner, texts);
            batch
                .layers
                .extend(read.filter(|(_, _, layer)| !layer.is_blank()));
        } else {
            let read = self.suggestions(inner, texts);
            batch
                .suggestions
                .extend(read.filter(|(_, suggestions)| !suggestions.is_empty()));
        }
    }
}
