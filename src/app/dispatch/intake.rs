//! Taking in reports: asking how a corpus among the files is to be read, adding them, saying what was refused.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::{commit, files, navigate};
use crate::app::action::Front;
use crate::app::incoming::{self, Choice, Incoming, ReportProblem};
use crate::app::intake::{Corpus, Intake, Taken};
use crate::app::jobs::{Lane, Watch};
use crate::app::notice::Message;
use crate::app::outcome::Outcome;
use crate::app::part_key::PartKey;
use crate::app::ports::Ports;
use crate::app::state::{AppState, Original};
use crate::edit::Edit;
use crate::model::{Report, ReportId};

/// Takes files in, once it is known whether there is a corpus among them: then its columns are asked for.
pub(super) fn begin(app: &mut AppState, ports: &mut Ports, intake: Intake) {
    if intake.paths.is_empty() {
        return;
    }
    app.view.front = None;
    if !intake.paths.iter().any(|path| incoming::may_be_corpus(path)) {
        go_on(app, ports, intake, Choice::default());
        return;
    }
    let watch = app.wait_for("waiting.opening");
    ports.executor.submit(
        Lane::Front,
        Box::new(move || {
            let corpus = incoming::corpus_among(&intake.paths);
            Outcome::Looked(intake, corpus, watch)
        }),
    );
}

/// Asks for the columns of a corpus, or goes on where there is none.
pub(super) fn take_look(
    app: &mut AppState,
    ports: &mut Ports,
    intake: Intake,
    corpus: Option<(PathBuf, incoming::Look)>,
    watch: &Watch,
) {
    if app.is_stopped(watch) {
        return;
    }
    match corpus {
        None => go_on(app, ports, intake, Choice::default()),
        Some((path, look)) => {
            let corpus = Corpus { path, look, intake };
            app.view.front = Some(Front::Corpus(Box::new(corpus)));
        }
    }
}

/// Opens or adds files; `choice` says what the rows of corpora hold.
pub(super) fn go_on(app: &mut AppState, ports: &mut Ports, intake: Intake, choice: Choice) {
    app.view.front = None;
    if intake.adds {
        add(app, ports, intake.paths, choice);
    } else {
        files::open(app, ports, intake.paths, choice);
    }
}

/// Reads reports in a job, to add them to the project; opens them when there is none.
fn add(app: &mut AppState, ports: &mut Ports, paths: Vec<PathBuf>, choice: Choice) {
    let is_project = |path: &PathBuf| incoming::project_folder(path).is_some();
    if app.project.reports.is_empty() || paths.iter().any(is_project) {
        files::open(app, ports, paths, choice);
        return;
    }
    let watch = app.wait_for("waiting.opening");
    let ids = app.project.reports.iter().map(|report| report.id.clone());
    let taken: BTreeSet<ReportId> = ids.collect();
    ports.executor.submit(
        Lane::Front,
        Box::new(move || {
            let (incoming, unreadable) = incoming::read_all(&paths, &choice, &taken, &watch);
            Outcome::Added(incoming, unreadable, watch)
        }),
    );
}

/// Adds reports that were read.
pub(super) fn take_added(
    app: &mut AppState,
    ports: &mut Ports,
    incoming: Vec<Incoming>,
    refused: Vec<(PathBuf, ReportProblem)>,
    watch: &Watch,
) {
    if app.is_stopped(watch) {
        return;
    }
    let first = incoming.first().map(|incoming| incoming.report.id.clone());
    let reports = insert(app, ports, incoming);
    if let Some(first) = first.filter(|_| reports > 0) {
        app.notify(Message::Added(reports));
        navigate::show_report(app, ports, &first, None);
    }
    tell_refused(app, Taken { reports, refused });
}

/// Inserts reports as one step; answers how many there are more.
fn insert(app: &mut AppState, ports: &mut Ports, incoming: Vec<Incoming>) -> usize {
    let (before, mut edits) = (app.project.reports.len(), Vec::new());
    for (offset, incoming) in incoming.into_iter().enumerate() {
        let Incoming {
            report,
            text,
            original,
        } = incoming;
        remember_text(app, &report, text, original);
        edits.push(Edit::InsertReport {
            index: before + offset,
            report: Box::new(report),
        });
    }
    if !edits.is_empty() {
        commit::commit(app, ports, "add-reports", edits);
    }
    app.project.reports.len() - before
}

/// Keeps a report's text and what it was read from.
pub(super) fn remember_text(app: &mut AppState, report: &Report, text: Arc<str>, original: Arc<Original>) {
    app.texts.insert(report.fingerprint.clone(), text);
    app.readings.insert(report.fingerprint.clone(), original);
    app.mark_dirty([PartKey::Text(report.id.clone())]);
}

/// Says what was refused: one thing in a message, more of them as a list in front of the text.
pub(super) fn tell_refused(app: &mut AppState, taken: Taken) {
    if taken.refused.len() > 1 && app.view.front.is_none() {
        app.view.taken = Some(taken);
        app.view.front = Some(Front::Taken);
        return;
    }
    for (path, problem) in taken.refused {
        app.notify(Message::Unreadable(path, problem));
    }
}
