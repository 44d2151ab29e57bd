//! Checks of the person's layer: made in the background after a rest, and findings that may stand.

use std::sync::Arc;

use super::{commit, navigate, submit};
use crate::app::action::Tab;
use crate::app::jobs::Lane;
use crate::app::notice::Message;
use crate::app::outcome::Outcome;
use crate::app::ports::Ports;
use crate::app::state::{AppState, Findings, by_report};
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
    // What takes long rests longer, or it would be made all the time.
    let rest = REST_SECONDS.max(2.0 * app.checks.took);
    let rested = app
        .checks
        .stale_since
        .is_some_and(|since| app.now - since >= rest);
    // What is said in reports that were not read yet may explain it.
    if !rested || app.checks.running || !app.is_whole() {
        return;
    }
    app.checks.stale_since = None;
    app.checks.running = true;
    app.checks.begun = app.now;
    let (project, annotator) = (app.project.clone(), app.annotator());
    let texts = app.texts.clone();
    submit(app, ports, Lane::Back, move || {
        let texts = by_report(&project.reports, &texts);
        let findings = checks::check(&project, &annotator, &texts);
        Outcome::Checked(Arc::new(findings.into()))
    });
}

/// Takes over what the checks have found.
pub(super) fn take(app: &mut AppState, findings: Arc<Findings>) {
    app.checks.running = false;
    app.checks.took = app.now - app.checks.begun;
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
