//! Checks of the person's layer: made in the background after a rest, and findings that may stand.

use std::sync::Arc;

use super::{commit, navigate, submit};
use crate::app::action::Tab;
use crate::app::jobs::Lane;
use crate::app::notice::Message;
use crate::app::outcome::Outcome;
use crate::app::ports::Ports;
use crate::app::state::AppState;
use crate::edit::Edit;
use crate::query::checks::{self, Finding, Place};

/// A change rests so many seconds before the checks are made again.
const REST_SECONDS: f64 = 0.5;

/// Whether the findings may be others after this edit.
pub(super) fn depend_on(edit: &Edit) -> bool {
    matches!(
        edit,
        Edit::Decide { .. } | Edit::SetReport(_) | Edit::SetCatalogue(_)
    )
}

/// Has the checks made again, after a rest.
pub(super) fn stale(app: &mut AppState) {
    app.checks.stale_since.get_or_insert(app.now);
}

/// Makes the checks in a job if something has changed and rested.
pub(super) fn make(app: &mut AppState, ports: &mut Ports) {
    let rested = app
        .checks
        .stale_since
        .is_some_and(|since| app.now - since >= REST_SECONDS);
    // What is said in reports that were not read yet may explain it.
    if !rested || app.checks.running || !app.is_whole() {
        return;
    }
    app.checks.stale_since = None;
    app.checks.running = true;
    let (project, annotator) = (app.project.clone(), app.annotator());
    let texts = app.texts_by_report();
    submit(app, ports, Lane::Back, move || {
        Outcome::Checked(checks::check(&project, &annotator, &texts).into())
    });
}

/// Takes over what the checks have found.
pub(super) fn take(app: &mut AppState, findings: Arc<[Finding]>) {
    app.checks.running = false;
    app.checks.findings = findings;
}

/// Shows the next or previous finding that is not let stand.
pub(super) fn step(app: &mut AppState, ports: &mut Ports, forward: bool) {
    app.view.tab = Tab::Checks;
    app.settings.show_table = true;
    let counted: Vec<&Finding> = app.counted_findings().collect();
    let shown = app.view.finding.as_ref();
    let at = shown.and_then(|key| counted.iter().position(|finding| finding.key == *key));
    let next = match at {
        Some(at) if forward => (at + 1) % counted.len(),
        Some(at) => (at + counted.len() - 1) % counted.len(),
        None => 0,
    };
    match counted.get(next).map(|finding| finding.key.clone()) {
        Some(key) => show(app, ports, &key),
        None => app.notify(Message::NothingFound),
    }
}

/// Goes to the value that a finding says is most likely wrong.
pub(super) fn show(app: &mut AppState, ports: &mut Ports, key: &str) {
    let place: Option<Place> = app
        .checks
        .findings
        .iter()
        .find(|finding| finding.key == key)
        .and_then(|finding| finding.place().cloned());
    app.view.finding = Some(key.to_owned());
    if let Some(Place { report, span }) = place {
        navigate::show_report(app, ports, &report, Some(span));
    }
}

/// Lets a finding stand for a reason, or counts it again.
pub(super) fn waive(app: &mut AppState, ports: &mut Ports, finding: String, reason: Option<String>) {
    app.view.front = None;
    let annotator = app.annotator();
    let edit = Edit::SetWaiver {
        annotator,
        finding,
        reason,
    };
    commit::commit(app, ports, "waive", vec![edit]);
}
