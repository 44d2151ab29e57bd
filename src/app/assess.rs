//! Assessing a part of the project's reports for the review queue, in a job.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use imbl::OrdMap;

use super::document::Document;
use super::state::AppState;
use crate::extract::Linker;
use crate::model::{
    Annotator, Change, Decision, Fingerprint, Memory, Mention, Project, Report, ReportId, Span, Suggestion,
};
use crate::query::queue::{self, Filter, Queue, Sheet, Ticket};
use crate::query::{Marks, checks, contests, if_accepted, leading};
use crate::store::Archive;

/// What some reports are assessed by.
pub struct Material {
    /// Which reports.
    reports: Arc<[ReportId]>,
    project: Project,
    /// Whose layer is reviewed.
    annotator: Annotator,
    /// Whose lessons change what is proposed.
    person: Annotator,
    texts: OrdMap<Fingerprint, Arc<str>>,
    /// What the built-in extractor proposes, for reports that it was asked about before.
    live: BTreeMap<ReportId, Arc<[Suggestion]>>,
    /// Whether what it proposes is wanted afterwards.
    keeps_live: bool,
    /// Where the logs of how each report's layer came to be are read.
    archive: Archive,
    /// What has been done to each layer since, where anything has.
    changes: BTreeMap<ReportId, Vec<Change>>,
    /// What the logs say of decisions that were made at a glance, for reports whose log was read before.
    glances: BTreeMap<ReportId, Arc<[Change]>>,
    /// The queue so far.
    queue: Arc<Queue>,
    filter: Filter,
}

impl Material {
    /// What these reports of a state are assessed by.
    pub fn of(app: &AppState, reports: Arc<[ReportId]>) -> Self {
        let annotator = app.annotator();
        let changes = reports.iter().map(|report| {
            let changes = app.timelines.changes(&(annotator.clone(), report.clone()));
            (report.clone(), changes.to_vec())
        });
        let glances = reports.iter().filter_map(|report| {
            let known = app.review.glances.get(report)?;
            Some((report.clone(), Arc::clone(known)))
        });
        Self {
            changes: changes.filter(|(_, changes)| !changes.is_empty()).collect(),
            live: known(app),
            keeps_live: app.review.parts.all.len() == 1,
            archive: app.archive.clone(),
            glances: glances.collect(),
            project: app.project.clone(),
            person: app.person(),
            texts: app.texts.clone(),
            queue: Arc::clone(&app.review.queue),
            filter: app.review.filter.clone(),
            annotator,
            reports,
        }
    }
}

/// What the built-in extractor proposes, where that is known; for the open report with the newest lessons.
fn known(app: &AppState) -> BTreeMap<ReportId, Arc<[Suggestion]>> {
    let mut live = app.review.live.clone();
    let open = app.view.report.as_ref();
    if let Some((open, known)) = open.and_then(|open| app.suggestions.get_key_value(open)) {
        live.insert(open.clone(), Arc::clone(known));
    }
    live
}

/// A queue, and what was found out on the way.
pub struct Made {
    /// The reports that were assessed.
    pub reports: Arc<[ReportId]>,
    /// The queue with them.
    pub queue: Queue,
    /// What this filter admits of it.
    pub filter: Filter,
    /// Those items.
    pub listed: Vec<Ticket>,
    /// Who proposes something for them.
    pub agents: BTreeSet<String>,
    /// What the built-in extractor proposes for them, if that is to be kept.
    pub live: BTreeMap<ReportId, Arc<[Suggestion]>>,
    /// What the logs say of decisions that were made at a glance.
    pub glances: BTreeMap<ReportId, Arc<[Change]>>,
}

/// One report while it is being assessed.
struct Read {
    report: ReportId,
    live: Arc<[Suggestion]>,
    leading: Arc<[Suggestion]>,
    open: Vec<Span>,
    /// What its log says of decisions that were made at a glance, and that with what has been done since.
    hasty: Arc<[Change]>,
    changes: Vec<Change>,
}

/// What proposes decisions on reports.
struct Proposer<'a> {
    project: &'a Project,
    linker: Linker<'a>,
    memory: Memory,
    live: &'a BTreeMap<ReportId, Arc<[Suggestion]>>,
}

impl<'a> Proposer<'a> {
    fn new(
        project: &'a Project,
        person: &Annotator,
        live: &'a BTreeMap<ReportId, Arc<[Suggestion]>>,
    ) -> Self {
        Self {
            project,
            linker: Linker::new(&project.catalogue),
            memory: project.memories.get(person).cloned().unwrap_or_default(),
            live,
        }
    }

    /// The numbers of a report, and what is proposed for them.
    fn read(&self, report: &Report, text: &Arc<str>) -> (Arc<[Mention]>, Arc<[Suggestion]>) {
        if let Some(proposals) = self.live.get(&report.id) {
            let mentions = Document::numbers(text, &self.project.rules);
            return (mentions.into(), Arc::clone(proposals));
        }
        let document = Document::without_letters(report.id.clone(), Arc::clone(text), &self.project.rules);
        let own = document.suggest_with(report, &self.project.catalogue, &self.linker);
        let reminded = document.reminded(report, &self.project.catalogue, &self.memory, &own);
        (document.mentions, reminded.into())
    }
}

/// Assesses reports.
pub fn assess(material: Material) -> Made {
    let Material {
        project, annotator, ..
    } = &material;
    let texts = texts_of(&material);
    let read = read(&material, &texts);
    let findings = findings_if_accepted(project, annotator, &texts, &read);
    let sheets: Vec<Sheet<'_>> = read
        .iter()
        .map(|read| Sheet {
            report: &read.report,
            live: &read.live,
            imported: project.suggested(&read.report),
            layer: project.layer(annotator, &read.report),
            open: &read.open,
            changes: &read.changes,
        })
        .collect();
    let fresh = queue::assess(&sheets, &findings);
    let imported = sheets.iter().flat_map(|sheet| sheet.imported);
    let agents = imported.map(|suggestion| suggestion.agent.clone()).collect();
    let ids: Vec<ReportId> = project.reports.iter().map(|report| report.id.clone()).collect();
    let queue = material.queue.with(&ids, fresh);
    let glances = read
        .iter()
        .map(|read| (read.report.clone(), Arc::clone(&read.hasty)));
    let glances = glances.collect();
    let kept = read.into_iter().filter(|_| material.keeps_live);
    Made {
        listed: queue.list(&material.filter),
        queue,
        agents,
        live: kept.map(|read| (read.report, read.live)).collect(),
        glances,
        reports: material.reports,
        filter: material.filter,
    }
}

/// Reads the reports, with what is proposed for them and how their layers came to be.
fn read(material: &Material, texts: &BTreeMap<ReportId, Arc<str>>) -> Vec<Read> {
    let (project, annotator) = (&material.project, &material.annotator);
    let proposer = Proposer::new(project, &material.person, &material.live);
    let read = texts.iter().filter_map(|(id, text)| {
        let (mentions, live) = proposer.read(project.report(id)?, text);
        let layer = project.layer(annotator, id);
        let leading = leading(&live, project.suggested(id), layer);
        let marks = Marks::new(mentions, Arc::clone(&leading), layer);
        let open = marks.all().iter().filter(|mark| mark.standing.is_open());
        let known = material.glances.get(id).cloned();
        let hasty = known.unwrap_or_else(|| at_a_glance(&material.archive, annotator, id, text));
        let since = material.changes.get(id).map(Vec::as_slice).unwrap_or_default();
        Some(Read {
            report: id.clone(),
            open: open.map(|mark| mark.span).collect(),
            changes: [&hasty, since].concat(),
            hasty,
            live,
            leading,
        })
    });
    read.collect()
}

/// The texts of the reports that are assessed.
fn texts_of(material: &Material) -> BTreeMap<ReportId, Arc<str>> {
    let text = |id: &ReportId| {
        let report = material.project.report(id)?;
        Some((id.clone(), Arc::clone(material.texts.get(&report.fingerprint)?)))
    };
    material.reports.iter().filter_map(text).collect()
}

/// What is to be accepted if everything that is listed and open is.
pub struct Wish {
    project: Project,
    annotator: Annotator,
    person: Annotator,
    texts: OrdMap<Fingerprint, Arc<str>>,
    live: BTreeMap<ReportId, Arc<[Suggestion]>>,
    /// The listed words of each report.
    listed: BTreeMap<ReportId, BTreeSet<Span>>,
}

impl Wish {
    /// That what a state lists is accepted.
    pub fn of(app: &AppState) -> Self {
        let mut listed: BTreeMap<ReportId, BTreeSet<Span>> = BTreeMap::new();
        for (report, span) in app.review.listed() {
            listed.entry(report.clone()).or_default().insert(span);
        }
        Self {
            project: app.project.clone(),
            annotator: app.annotator(),
            person: app.person(),
            texts: app.texts.clone(),
            live: known(app),
            listed,
        }
    }

    /// Whether no report has to be read for it.
    pub fn is_at_hand(&self) -> bool {
        self.listed.keys().all(|report| self.live.contains_key(report))
    }

    /// The decisions, each with its report; also on words that are decided on meanwhile.
    pub fn decisions(&self) -> Vec<(ReportId, Decision)> {
        let proposer = Proposer::new(&self.project, &self.person, &self.live);
        let mut decisions = Vec::new();
        for (id, spans) in &self.listed {
            let report = self.project.report(id);
            let text = report.and_then(|report| self.texts.get(&report.fingerprint));
            let Some((report, text)) = report.zip(text) else {
                continue;
            };
            let live = match self.live.get(id) {
                Some(live) => Arc::clone(live),
                None => proposer.read(report, text).1,
            };
            let layer = self.project.layer(&self.annotator, id);
            let contests = contests(&live, self.project.suggested(id), layer).into_iter();
            let listed = contests.filter(|contest| spans.contains(&contest.leader.span));
            decisions.extend(listed.map(|contest| (id.clone(), Decision::accepted(contest.leader))));
        }
        decisions
    }
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
    project: &Project,
    annotator: &Annotator,
    texts: &BTreeMap<ReportId, Arc<str>>,
    read: &[Read],
) -> Vec<checks::Finding> {
    let accepted = read.iter().map(|read| {
        let layer = if_accepted(project.layer(annotator, &read.report), &read.leading);
        (read.report.clone(), layer)
    });
    let supposed = Project {
        layers: BTreeMap::from([(annotator.clone(), accepted.collect())]),
        ..project.clone()
    };
    let mut findings = checks::check(&supposed, annotator, texts);
    if let Some(waivers) = project.waivers.get(annotator) {
        findings.retain(|finding| !waivers.contains_key(&finding.key));
    }
    findings
}
