//! Reviewing: the queue of numbers to look at, and how it is made of the whole project.

use std::collections::BTreeMap;
use std::sync::Arc;

use imbl::OrdMap;

use super::document::Document;
use super::state::{AppState, by_report};
use crate::extract::Linker;
use crate::model::{Annotator, Change, Field, Fingerprint, Project, ReportId, Span, Suggestion};
use crate::query::checks;
use crate::query::queue::{self, Filter, Queue, Sheet, State};
use crate::query::{Marks, if_accepted, leading};
use crate::store::Archive;

/// The queue, and where the reviewer is in it.
#[derive(Debug)]
pub struct Review {
    /// Whether the keys go through the queue rather than through the open report.
    pub on: bool,
    /// Which items are listed.
    pub filter: Filter,
    /// Every number to look at.
    pub queue: Arc<Queue>,
    /// The items that the filter admits, as they were when they were listed last.
    pub listed: Vec<(ReportId, Span)>,
    /// Who proposes something, each once.
    pub agents: Vec<String>,
    /// The field that digits take alternatives for.
    pub field: Option<Field>,
    /// What the built-in extractor proposes for each report that was read for the queue.
    pub live: BTreeMap<ReportId, Arc<[Suggestion]>>,
    /// What the logs of the reviewed layers say of decisions that were made at a glance.
    pub glances: BTreeMap<ReportId, Arc<[Change]>>,
    /// Since when lessons have been learnt that the other reports' proposals do not know yet.
    pub lessons_since: Option<f64>,
    /// Since when the queue is older than the project: seconds since the program started.
    pub stale_since: Option<f64>,
    /// Whether it is being made.
    pub running: bool,
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
            agents: Vec::new(),
            field: None,
            live: BTreeMap::new(),
            glances: BTreeMap::new(),
            lessons_since: None,
            stale_since: None,
            running: false,
            era: 0,
        }
    }
}

impl Review {
    /// Lists the items that the filter admits.
    pub fn list(&mut self) {
        let items = self.queue.items(&self.filter);
        self.listed = items.map(|item| (item.report.clone(), item.span)).collect();
    }
}

/// What a queue is made of.
pub struct Material {
    /// The project.
    pub project: Project,
    /// Whose layer is reviewed.
    pub annotator: Annotator,
    /// Whose lessons change what is proposed.
    pub person: Annotator,
    /// The texts.
    pub texts: OrdMap<Fingerprint, Arc<str>>,
    /// What the built-in extractor proposes, for reports that it was asked about before.
    pub live: BTreeMap<ReportId, Arc<[Suggestion]>>,
    /// Where the logs of how each report's layer came to be are read.
    pub archive: Archive,
    /// What has been done to each layer since, where anything has.
    pub changes: BTreeMap<ReportId, Vec<Change>>,
    /// What the logs say of decisions that were made at a glance, for reports whose log was read before.
    pub glances: BTreeMap<ReportId, Arc<[Change]>>,
}

impl Material {
    /// What the queue of a state is made of.
    pub fn of(app: &AppState) -> Self {
        let annotator = app.annotator();
        let changes = app.timelines.of_annotator(&annotator);
        let changes = changes.map(|(report, changes)| (report.clone(), changes.to_vec()));
        // The open report's proposals know the newest lessons.
        let mut live = app.review.live.clone();
        if let Some((open, known)) = app
            .view
            .report
            .as_ref()
            .and_then(|open| app.suggestions.get_key_value(open))
        {
            live.insert(open.clone(), Arc::clone(known));
        }
        Self {
            changes: changes.collect(),
            archive: app.archive.clone(),
            glances: app.review.glances.clone(),
            project: app.project.clone(),
            annotator,
            person: app.person(),
            texts: app.texts.clone(),
            live,
        }
    }
}

/// A queue, and what the built-in extractor proposes for each report.
pub struct Made {
    /// The queue.
    pub queue: Queue,
    /// What the built-in extractor proposes.
    pub live: BTreeMap<ReportId, Arc<[Suggestion]>>,
    /// What the logs say of decisions that were made at a glance.
    pub glances: BTreeMap<ReportId, Arc<[Change]>>,
}

/// One report while the queue is being made.
struct Read {
    report: ReportId,
    leading: Arc<[Suggestion]>,
    open: Vec<Span>,
    changes: Vec<Change>,
}

/// Makes the queue; reads every report that has not been read before.
pub fn make(material: Material) -> Made {
    let Material {
        mut project,
        annotator,
        person,
        texts,
        mut live,
        archive,
        changes,
        mut glances,
    } = material;
    let texts = by_report(&project.reports, &texts);
    let catalogue = project.catalogue.clone();
    let linker = Linker::new(&catalogue);
    let memory = project.memories.get(&person).cloned().unwrap_or_default();
    let mut read = Vec::new();
    for report in &project.reports {
        let Some(text) = texts.get(&report.id) else {
            continue;
        };
        let (mentions, proposals) = if let Some(proposals) = live.get(&report.id) {
            (
                Document::numbers(text, &project.rules).into(),
                Arc::clone(proposals),
            )
        } else {
            let document = Document::without_letters(report.id.clone(), Arc::clone(text), &project.rules);
            let own = document.suggest_with(report, &catalogue, &linker);
            let proposals: Arc<[Suggestion]> = document.reminded(report, &catalogue, &memory, &own).into();
            live.insert(report.id.clone(), Arc::clone(&proposals));
            (document.mentions, proposals)
        };
        let layer = project.layer(&annotator, &report.id);
        let leading = leading(&proposals, project.suggested(&report.id), layer);
        let marks = Marks::new(mentions, Arc::clone(&leading), layer);
        let open = marks.all().iter().filter(|mark| mark.standing.is_open());
        read.push(Read {
            report: report.id.clone(),
            open: open.map(|mark| mark.span).collect(),
            changes: {
                let glances = glances.entry(report.id.clone());
                let glances = glances.or_insert_with(|| at_a_glance(&archive, &annotator, &report.id, text));
                let since = changes.get(&report.id).map(Vec::as_slice).unwrap_or_default();
                [glances, since].concat()
            },
            leading,
        });
    }
    let findings = findings_if_accepted(&mut project, &annotator, &texts, &read);
    let sheets: Vec<Sheet<'_>> = read
        .iter()
        .map(|read| Sheet {
            report: &read.report,
            live: live.get(&read.report).map_or(&[], |all| all),
            imported: project.suggested(&read.report),
            layer: project.layer(&annotator, &read.report),
            open: &read.open,
            changes: &read.changes,
        })
        .collect();
    let queue = Queue::new(&sheets, &findings);
    drop(sheets);
    Made { queue, live, glances }
}

/// The decisions of a layer's log that were made at a glance, each as it was made last.
fn at_a_glance(archive: &Archive, annotator: &Annotator, report: &ReportId, text: &str) -> Arc<[Change]> {
    // A log that cannot be read speaks against no decision.
    let log = archive.timeline(annotator, report).unwrap_or_default();
    let changes = log.changes(text);
    let last: BTreeMap<Span, &Change> = changes.iter().map(|change| (change.span, change)).collect();
    let hasty = last.into_values().filter(|change| queue::is_at_a_glance(change));
    hasty.cloned().collect()
}

/// What the checks would find if everything that is proposed were accepted, without what the reviewer lets stand.
fn findings_if_accepted(
    project: &mut Project,
    annotator: &Annotator,
    texts: &BTreeMap<ReportId, Arc<str>>,
    read: &[Read],
) -> Vec<checks::Finding> {
    let before = project.layers.get(annotator).cloned().unwrap_or_default();
    let accepted = read.iter().map(|read| {
        let layer = if_accepted(before.get(&read.report), &read.leading);
        (read.report.clone(), layer)
    });
    project.layers.insert(annotator.clone(), accepted.collect());
    let mut findings = checks::check(project, annotator, texts);
    project.layers.insert(annotator.clone(), before);
    if let Some(waivers) = project.waivers.get(annotator) {
        findings.retain(|finding| !waivers.contains_key(&finding.key));
    }
    findings
}
