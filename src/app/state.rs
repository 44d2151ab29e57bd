//! The whole state of the program as plain data. Changed only by `dispatch`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use imbl::OrdMap;

use super::action::{Front, Tab};
use super::comparing::Comparing;
use super::curation::Curation;
use super::document::Document;
use super::foreign::Foreign;
use super::imports::Imported;
use super::intake::Taken;
use super::jobs::{Cancel, Watch};
use super::keeper::Keeping;
use super::learning::Learning;
use super::notice::{Message, Notice};
use super::part_key::PartKey;
use super::review::Review;
use super::settings::Settings;
use super::timelines::Timelines;
use crate::edit::History;
use crate::exchange::export::Written;
use crate::model::{
    Annotator, CURATED, Change, Decision, Field, Fingerprint, IndicatorId, Layer, Memory, Observation,
    Project, Report, ReportId, Reports, Ruling, Span, Suggestion,
};
use crate::query::checks::Finding;
use crate::query::curate::Case;
use crate::query::queue::Item;
use crate::query::{self, Column, Contest, Ledger, Marks};
use crate::store::{Archive, Recovery};
use crate::text::read::Reading;
use crate::text::search::{Query, SearchError};

/// Everything there is to know while the program runs.
#[derive(Debug, Default)]
pub struct AppState {
    /// What is saved.
    pub project: Project,
    /// What was done to it.
    pub history: History,
    /// Whether anything was done since it was opened.
    pub is_touched: bool,
    /// The folder that the project is saved in; `None` until the first save.
    pub place: Option<PathBuf>,
    /// What was opened, while the project has no place.
    pub source: Vec<PathBuf>,
    /// The texts of the project's reports, also of those that an undo may bring back.
    pub texts: OrdMap<Fingerprint, Arc<str>>,
    /// The reports of the project that were not read yet: in a large one they follow while the person works.
    pub unread: BTreeSet<ReportId>,
    /// What of the project is read only where somebody looks at it.
    pub archive: Archive,
    /// What the texts were read from, where that is known.
    pub readings: BTreeMap<Fingerprint, Arc<Original>>,
    /// Reports read and understood: the open one and a few before it.
    pub documents: BTreeMap<ReportId, Arc<Document>>,
    /// The suggestions of the reports in `documents`.
    pub suggestions: BTreeMap<ReportId, Arc<[Suggestion]>>,
    /// The ledger of every report counted so far.
    pub ledgers: BTreeMap<ReportId, Ledger>,
    /// What stands ready for each number of the open report, of whichever agent.
    pub leading: Arc<[Suggestion]>,
    /// The review queue.
    pub review: Review,
    /// The layers side by side, while the person curates.
    pub curation: Option<Curation>,
    /// The marks of the open report.
    pub marks: Marks,
    /// Counts up with every change of `marks`.
    pub marks_revision: u64,
    /// What the checks have found in the person's layer.
    pub checks: Checks,
    /// The indicators that the digit keys stand for.
    pub favourites: Vec<IndicatorId>,
    /// How often each indicator is tagged.
    pub uses: BTreeMap<IndicatorId, usize>,
    /// What is shown, and where the person is.
    pub view: View,
    /// What suggestions were before lessons changed them.
    pub learning: Learning,
    /// How the decisions came about.
    pub timelines: Timelines,
    /// What the agreement pane compares.
    pub comparing: Comparing,
    /// What the person set for all projects.
    pub settings: Settings,
    /// Messages, oldest first.
    pub notices: Vec<Notice>,
    /// What is being written.
    pub keeping: Keeping,
    /// What the person waits for.
    pub waiting: Option<Waiting>,
    /// Seconds since the program started.
    pub now: f64,
    /// The wall clock: milliseconds since the start of 1970, UTC.
    pub wall: u64,
    /// Whether the window is to close.
    pub quit: bool,
    /// Counts up with every project opened, so that what jobs say of the one before is known.
    pub era: u64,
    /// Counts up with every notice.
    pub notices_made: u64,
    /// Counts up with every step that changes the project, undone ones as well.
    pub steps_made: u64,
}

/// What the checks have found, and whether they have to be made again.
#[derive(Debug, Default)]
pub struct Checks {
    /// Everything that contradicts the rest, also what the person lets stand.
    pub findings: Arc<Findings>,
    /// Since when the findings are no longer those of the layer: seconds since the program started.
    pub stale_since: Option<f64>,
    /// Since when they are being made: seconds since the program started.
    pub begun: f64,
    /// How long that took the last time, in seconds.
    pub took: f64,
    /// Whether they are being made.
    pub running: bool,
}

/// What the checks have found, in the order of the reports and texts.
#[derive(Debug, Default)]
pub struct Findings {
    all: Vec<Finding>,
    /// The places of those that are about each report.
    by_report: BTreeMap<ReportId, Vec<usize>>,
}

impl Findings {
    /// Those that are about a report, and perhaps about others too.
    pub fn about(&self, report: Option<&ReportId>) -> impl Iterator<Item = &Finding> {
        let places = report.and_then(|report| self.by_report.get(report));
        let places = places.into_iter().flatten();
        places.filter_map(|place| self.all.get(*place))
    }
}

impl From<Vec<Finding>> for Findings {
    fn from(all: Vec<Finding>) -> Self {
        let mut by_report: BTreeMap<ReportId, Vec<usize>> = BTreeMap::new();
        for (finding, at) in all.iter().zip(0..) {
            let reports: BTreeSet<&ReportId> =
                finding.observations.iter().map(|place| &place.report).collect();
            for report in reports {
                by_report.entry(report.clone()).or_default().push(at);
            }
        }
        Self { all, by_report }
    }
}

impl Deref for Findings {
    type Target = [Finding];

    fn deref(&self) -> &[Finding] {
        &self.all
    }
}

/// What a report was read from.
#[derive(Debug)]
pub struct Original {
    /// The bytes of the file.
    pub bytes: Arc<[u8]>,
    /// How they were read; its text is in `AppState::texts`.
    pub reading: Reading,
}

/// What the person waits for.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// The key of its words in the string tables.
    pub what: &'static str,
    /// When it began: seconds since the program started.
    pub since: f64,
    /// How far it is, where the person can stop it.
    pub watch: Option<Watch>,
}

/// What is shown, and where the person is. Not part of undo; safe to lose.
#[derive(Debug, Default)]
pub struct View {
    /// The open report.
    pub report: Option<ReportId>,
    /// Where the selection was begun. Bytes.
    pub anchor: usize,
    /// Where the selection ends: the cursor. Bytes.
    pub head: usize,
    /// The words that commands act on, unless others are selected. Bytes.
    pub current: Option<Span>,
    /// Since when these words are current: seconds since the program started.
    pub current_since: f64,
    /// What Enter would accept for the current words.
    pub proposal: Option<Proposal>,
    /// The words to scroll to. The number counts up with every wish.
    pub reveal: (u64, Span),
    /// What stands in front of the text.
    pub front: Option<Front>,
    /// The tab under the text.
    pub tab: Tab,
    /// Whether the history is the open report's rather than the session's.
    pub timeline: bool,
    /// Which field of the current observation is being edited.
    pub editing: Option<Field>,
    /// The words that the list of reports is filtered by.
    pub report_filter: String,
    /// What the last files that were to become reports gave, where several things were refused.
    pub taken: Option<Taken>,
    /// What came of the last import that did not come in whole.
    pub imported: Option<Imported>,
    /// Where the last export went, and what was written.
    pub exported: Option<(PathBuf, Written)>,
    /// What annotations came in, into whose layer, and what did not.
    pub foreign: Option<(Annotator, Foreign)>,
    /// Stops the project's extractor, while it runs.
    pub extracting: Option<Cancel>,
    /// The key of the finding that is shown.
    pub finding: Option<String>,
    /// The column that the table is sorted by, and whether it is turned round.
    pub sort: Option<(Column, bool)>,
    /// The search and its finds.
    pub search: Search,
    /// What was done but not saved before the last end.
    pub recoveries: Vec<Recovery>,
}

/// A search and its finds.
#[derive(Debug, Default)]
pub struct Search {
    /// What is searched for.
    pub query: Query,
    /// Whether in all reports.
    pub in_project: bool,
    /// The finds, in the order of the reports and texts.
    pub finds: Vec<Find>,
    /// The find that is shown.
    pub shown: Option<usize>,
    /// What is wrong with the pattern.
    pub error: Option<SearchError>,
    /// Whether there were more finds than are listed.
    pub capped: bool,
    /// Counts up with every search, so that late answers are known.
    pub serial: u64,
    /// Whether a search is under way.
    pub running: bool,
    /// Counts up with every wish to type a search.
    pub focus: u64,
}

/// One find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Find {
    /// In which report.
    pub report: ReportId,
    /// Where. Bytes.
    pub span: Span,
    /// Some words before it, it, some words behind it.
    pub words: (String, String, String),
}

/// What Enter would accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// For which words. Bytes.
    pub span: Span,
    /// The decision.
    pub ruling: Ruling,
    /// The suggestion that it began as.
    pub suggestion: Option<Suggestion>,
    /// Whether the person has changed it.
    pub changed: bool,
}

impl AppState {
    /// Says what the person waits for from now on.
    pub(super) fn wait(&mut self, what: &'static str, watch: Option<Watch>) {
        let since = self.now;
        self.waiting = Some(Waiting { what, since, watch });
    }

    /// As [`Self::wait`], where the person can stop it.
    pub(super) fn wait_for(&mut self, what: &'static str) -> Watch {
        let watch = Watch::default();
        self.wait(what, Some(watch.clone()));
        watch
    }

    /// Tells the job that the person waits for to stop.
    pub(super) fn stop_waiting(&self) {
        if let Some(watch) = self.waiting.as_ref().and_then(|waiting| waiting.watch.as_ref()) {
            watch.cancel();
        }
    }

    /// Ends waiting; says so if the person has stopped the job, whose result nobody wants then.
    pub(super) fn is_stopped(&mut self, watch: &Watch) -> bool {
        self.waiting = None;
        if watch.is_cancelled() {
            self.notify(Message::Stopped);
        }
        watch.is_cancelled()
    }

    /// The layer that is looked at and written: the person's own, or the curated one while they curate.
    pub fn annotator(&self) -> Annotator {
        match &self.curation {
            Some(_) => Annotator::from(CURATED),
            None => self.person(),
        }
    }

    /// Who sits at the desk.
    pub fn person(&self) -> Annotator {
        Annotator::from(self.settings.annotator.as_str())
    }

    /// The case that the current words are, while the person curates.
    pub fn current_case(&self) -> Option<&Case> {
        let (report, span) = (self.view.report.as_ref()?, self.view.current?);
        self.curation.as_ref()?.case(report, span)
    }

    /// Whether all reports have been read.
    pub fn is_whole(&self) -> bool {
        self.unread.is_empty()
    }

    /// How many reports have been read, and how many there are.
    pub fn reports_read(&self) -> (usize, usize) {
        let all = self.project.reports.len();
        (all.saturating_sub(self.unread.len()), all)
    }

    /// The open report's document, once it has been read.
    pub fn document(&self) -> Option<&Arc<Document>> {
        self.documents.get(self.view.report.as_ref()?)
    }

    /// The open report's metadata.
    pub fn report(&self) -> Option<&Report> {
        self.project.report(self.view.report.as_ref()?)
    }

    /// The person's decisions on the open report.
    pub fn layer(&self) -> Option<&Layer> {
        self.project.layer(&self.annotator(), self.view.report.as_ref()?)
    }

    /// What the person's decisions have taught.
    pub fn memory(&self) -> Option<&Memory> {
        self.project.memories.get(&self.person())
    }

    /// How the person's decisions on the open report came about, the oldest first.
    pub fn timeline(&self) -> &[Change] {
        let report = self.view.report.clone();
        report.map_or(&[], |report| self.timelines.changes(&(self.annotator(), report)))
    }

    /// The selected words; `None` for a bare cursor.
    pub fn selection(&self) -> Option<Span> {
        let span = Span::new(self.view.anchor, self.view.head);
        (!span.is_empty()).then_some(span)
    }

    /// Where the person is: at the current words, else at the cursor. Bytes.
    pub fn position(&self) -> usize {
        self.view.current.map_or(self.view.head, |span| span.start)
    }

    /// The words that a decision would be about: the selected ones, else the current ones.
    pub fn target(&self) -> Option<Span> {
        self.selection().or(self.view.current)
    }

    /// The case that keys act on: the current one, unless other words are selected.
    pub fn case_at_hand(&self) -> Option<&Case> {
        self.current_case().filter(|_| self.selection().is_none())
    }

    /// The decision on the current words.
    pub fn current_decision(&self) -> Option<&Arc<Decision>> {
        self.layer()?.get(self.view.current?)
    }

    /// The observation that the inspector shows: decided, else proposed.
    pub fn current_observation(&self) -> Option<&Observation> {
        if let (Some(case), Some(curation)) = (self.case_at_hand(), &self.curation) {
            match &curation.verdict {
                Some(verdict) => return verdict.observation(),
                None if case.is_open() => {
                    return case.given().find_map(|reading| reading.ruling.observation());
                }
                None => {}
            }
        }
        match self.current_decision() {
            Some(decision) => decision.ruling.observation(),
            None => self.view.proposal.as_ref()?.ruling.observation(),
        }
    }

    /// What the agents propose for the current words.
    pub fn current_contest(&self) -> Option<Contest<'_>> {
        let (report, span) = (self.view.report.as_ref()?, self.view.current?);
        let live = self.suggestions.get(report).map_or(&[][..], |all| all);
        query::contest_at(live, self.project.suggested(report), self.layer(), span)
    }

    /// The item of the review queue that the current words are.
    pub fn current_item(&self) -> Option<&Item> {
        let (report, span) = (self.view.report.as_ref()?, self.view.current?);
        self.review.queue.at(report, span)
    }

    /// Where in the list of the queue the current words stand.
    pub fn place_in_queue(&self) -> Option<usize> {
        let (report, span) = (self.view.report.as_ref()?, self.view.current?);
        let review = &self.review;
        review.queue.place_in(&review.listed, report, span)
    }

    /// The fields of the current words that may be wrong, the most doubtful first.
    pub fn doubtful_fields(&self) -> Vec<Field> {
        let known = self.current_item().map(|item| item.doubtful.clone());
        known.unwrap_or_default()
    }

    /// Whether a listed item has been decided on or turned down since the queue was made.
    pub fn is_settled(&self, report: &ReportId, span: Span) -> bool {
        let was_decided = self
            .review
            .queue
            .at(report, span)
            .is_some_and(|item| item.is_decided);
        let layer = self.project.layer(&self.annotator(), report);
        let is_decided = layer.is_some_and(|layer| {
            layer.overlapping(span).next().is_some() || layer.rejections_of(span).next().is_some()
        });
        is_decided && !was_decided
    }

    /// The reports' texts by report.
    pub fn texts_by_report(&self) -> BTreeMap<ReportId, Arc<str>> {
        by_report(&self.project.reports, &self.texts)
    }

    /// What else a field of the current words could be, the leading proposal's first, then other agents'.
    pub fn alternatives(&self, field: Field) -> Vec<String> {
        let Some((contest, report)) = self.current_contest().zip(self.report()) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for suggestion in contest.all() {
            for words in query::alternatives(field, suggestion, report) {
                if !all.contains(&words) {
                    all.push(words);
                }
            }
        }
        all
    }

    /// Why the person lets a finding stand, if they do.
    pub fn waiver(&self, finding: &Finding) -> Option<&str> {
        let waivers = self.project.waivers.get(&self.annotator())?;
        waivers.get(&finding.key).map(String::as_str)
    }

    /// The findings that the person does not let stand.
    pub fn counted_findings(&self) -> impl Iterator<Item = &Finding> {
        let waivers = self.project.waivers.get(&self.annotator());
        let is_waived = move |finding: &Finding| waivers.is_some_and(|all| all.contains_key(&finding.key));
        self.checks
            .findings
            .iter()
            .filter(move |finding| !is_waived(finding))
    }

    /// How many findings the person does not let stand.
    pub fn findings_to_mend(&self) -> usize {
        match self.project.waivers.get(&self.annotator()) {
            Some(waivers) if !waivers.is_empty() => self.counted_findings().count(),
            _ => self.checks.findings.len(),
        }
    }

    /// The finding that the person looks at: the shown one if it is about the current words, else the first that is.
    pub fn finding_at_hand(&self) -> Option<&Finding> {
        let shown = self.view.finding.as_deref();
        let mut here = self
            .findings_here()
            .filter(|finding| self.waiver(finding).is_none());
        let first = here.next();
        let is_shown = |finding: &&Finding| Some(finding.key.as_str()) == shown;
        first.filter(is_shown).or_else(|| here.find(is_shown)).or(first)
    }

    /// What the checks have found about the current words.
    pub fn findings_here(&self) -> impl Iterator<Item = &Finding> {
        let here = self.view.report.as_ref().zip(self.view.current);
        let is_here = move |finding: &&Finding| {
            let mut places = finding.observations.iter();
            places.any(|place| here == Some((&place.report, place.span)))
        };
        self.checks
            .findings
            .about(self.view.report.as_ref())
            .filter(is_here)
    }

    /// The ledger of the whole project, as far as it has been counted.
    pub fn project_ledger(&self) -> Ledger {
        self.ledgers.values().copied().sum()
    }

    /// The reports that pass the filter, in the order of the list.
    pub fn listed_reports(&self) -> impl Iterator<Item = &Report> {
        let filter = self.view.report_filter.to_lowercase();
        self.project.reports.iter().filter(move |report| {
            let words = [
                &report.title,
                &report.issuer,
                &report.area,
                &report.period,
                &report.original,
            ];
            filter.is_empty() || words.iter().any(|words| words.to_lowercase().contains(&filter))
        })
    }

    /// Whether something would be lost if the program ended now.
    pub fn has_unplaced_work(&self) -> bool {
        self.place.is_none() && self.project.layers.values().any(|reports| !reports.is_empty())
    }

    /// Whether everything is safe: the window may close without losing anything.
    pub fn may_close(&self) -> bool {
        let keeping = &self.keeping;
        let written = keeping.dirty.is_empty() || self.place.is_none() || keeping.look_only.is_some();
        let safe = !keeping.at_work && keeping.unjournalled.is_empty() && (written || keeping.failed);
        safe && (self.quit || !self.has_unplaced_work())
    }

    /// Tells the person something.
    pub fn notify(&mut self, message: Message) {
        // The same words twice in a row would only push others off the screen.
        self.notices
            .retain(|notice| !notice.message.is_about_the_same(&message));
        self.notices_made += 1;
        self.notices.push(Notice {
            id: self.notices_made,
            at: self.now,
            message,
        });
    }

    /// Marks parts of the project as changed since they were written.
    pub fn mark_dirty(&mut self, parts: impl IntoIterator<Item = PartKey>) {
        let fresh: BTreeSet<PartKey> = parts.into_iter().collect();
        if fresh.is_empty() {
            return;
        }
        self.keeping.dirty.extend(fresh);
        self.keeping.dirty_since.get_or_insert(self.now);
    }
}

/// Texts by report; for jobs, as it takes its time where there are many reports.
pub fn by_report(reports: &Reports, texts: &OrdMap<Fingerprint, Arc<str>>) -> BTreeMap<ReportId, Arc<str>> {
    let text = |report: &Report| Some((report.id.clone(), Arc::clone(texts.get(&report.fingerprint)?)));
    reports.iter().filter_map(text).collect()
}
