//! Taking in what other programs propose, as one step that can be undone.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{commit, reading, submit};
use crate::app::action::Front;
use crate::app::foreign::{self, Foreign, Wanted};
use crate::app::imports::{self, Imported};
use crate::app::jobs::{Cancel, Lane, Watch};
use crate::app::notice::Message;
use crate::app::outcome::Outcome;
use crate::app::ports::Ports;
use crate::app::state::AppState;
use crate::edit::Edit;
use crate::model::{Annotator, Decision, Extractor, ReportId};

/// Reads files of predictions in a job.
pub(super) fn read(app: &mut AppState, ports: &mut Ports, paths: Vec<PathBuf>) {
    if reading::must_wait(app) {
        return;
    }
    let (project, texts) = (app.project.clone(), app.texts_by_report());
    let watch = app.wait_for("waiting.importing");
    submit(app, ports, Lane::Front, move || {
        Outcome::Imported(Box::new(imports::read_files(&project, &texts, &paths, &watch)))
    });
}

/// Names the program that proposes decisions, or none.
pub(super) fn set_extractor(app: &mut AppState, ports: &mut Ports, extractor: Option<Extractor>) {
    if extractor != app.project.extractor {
        commit::commit(app, ports, "extractor", vec![Edit::SetExtractor(extractor)]);
    }
}

/// Runs the program that the project names; only a person's own wish leads here.
pub(super) fn run(app: &mut AppState, ports: &mut Ports) {
    if app.project.extractor.is_none() || app.view.extracting.is_some() {
        return;
    }
    if app.keeping.look_only.is_some() {
        app.view.front = Some(Front::LookOnly);
        return;
    }
    if reading::must_wait(app) {
        return;
    }
    let cancel = Cancel::default();
    app.view.extracting = Some(cancel.clone());
    let (project, texts) = (app.project.clone(), app.texts_by_report());
    let folder = app.place.clone().unwrap_or_else(|| ports.data.clone());
    app.wait("waiting.importing", None);
    submit(app, ports, Lane::Dialog, move || {
        let imported = imports::run_extractor(&project, &texts, &folder, &cancel);
        Outcome::Imported(Box::new(imported))
    });
}

/// Stops the program that is running.
pub(super) fn stop(app: &AppState) {
    if let Some(cancel) = &app.view.extracting {
        cancel.cancel();
    }
}

/// Reads in a job what files say for a layer.
pub(super) fn annotations(app: &mut AppState, ports: &mut Ports, paths: Vec<PathBuf>, wanted: Wanted) {
    app.view.front = None;
    if app.keeping.look_only.is_some() {
        app.view.front = Some(Front::LookOnly);
        return;
    }
    if reading::must_wait(app) {
        return;
    }
    let (project, texts) = (app.project.clone(), app.texts_by_report());
    let watch = app.wait_for("waiting.annotations");
    submit(app, ports, Lane::Front, move || {
        let open = |path: &Path| std::fs::read(path);
        let foreign = foreign::read((&project, &texts), &paths, &wanted, &open, &watch);
        Outcome::Foreign(wanted.annotator, Box::new(foreign), watch)
    });
}

/// Takes annotations over as one step, and says what came in and what did not.
pub(super) fn take_foreign(
    app: &mut AppState,
    ports: &mut Ports,
    annotator: &Annotator,
    mut foreign: Foreign,
    watch: &Watch,
) {
    if app.is_stopped(watch) {
        return;
    }
    let decide = |(report, decision): &(ReportId, Arc<Decision>)| Edit::Decide {
        annotator: annotator.clone(),
        report: report.clone(),
        span: decision.span,
        decision: Some(Arc::clone(decision)),
    };
    // What was decided meanwhile stays as it is.
    foreign.fresh.retain(|(report, decision)| {
        let layer = app.project.layer(annotator, report);
        layer.is_none_or(|layer| layer.overlapping(decision.span).next().is_none())
    });
    let edits: Vec<Edit> = foreign.fresh.iter().map(decide).collect();
    if !edits.is_empty() && !commit::commit(app, ports, "import-annotations", edits) {
        return;
    }
    if foreign.troubles.is_empty() {
        app.notify(Message::AnnotationsImported(
            foreign.fresh.len(),
            annotator.clone(),
        ));
    } else {
        app.view.foreign = Some((annotator.clone(), foreign));
        app.view.front = Some(Front::ForeignTaken);
    }
}

/// Takes over what came in, and says what did not.
pub(super) fn take(app: &mut AppState, ports: &mut Ports, imported: Imported) {
    app.waiting = None;
    if imported.is_stopped {
        app.notify(Message::Stopped);
        return;
    }
    app.view.extracting = None;
    let predictions = &imported.predictions;
    let reports = predictions.heard.keys();
    let known = reports.filter(|id| app.project.report(id).is_some());
    let edits: Vec<Edit> = known
        .map(|report| Edit::SetSuggestions {
            report: report.clone(),
            suggestions: predictions.over(report, app.project.suggested(report)),
        })
        .collect();
    if !edits.is_empty() {
        commit::commit(app, ports, "import-suggestions", edits);
    }
    if imported.is_whole() {
        app.view.front = None;
        app.notify(Message::SuggestionsImported(predictions.len()));
    } else {
        app.view.imported = Some(imported);
        app.view.front = Some(Front::Imported);
    }
}
