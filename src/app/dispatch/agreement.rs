//! The figures of the agreement pane: asked for when it opens and, after a rest, when decisions have changed.

use std::sync::Arc;

use super::reading;
use crate::app::action::Front;
use crate::app::jobs::Lane;
use crate::app::outcome::Outcome;
use crate::app::ports::Ports;
use crate::app::state::AppState;
use crate::edit::Edit;
use crate::model::{Annotator, CURATED, Project};
use crate::query::agreement::{self, Agreement, By};

/// Decisions rest so many seconds before the figures are worked out again.
const REST_SECONDS: f64 = 0.5;

/// Opens the pane with the annotators compared last, or with everybody who has decided anything.
pub(super) fn open(app: &mut AppState, ports: &mut Ports) {
    if reading::must_wait(app) {
        return;
    }
    let known = &app.project.layers;
    let mut annotators = app.comparing.annotators.clone();
    annotators.retain(|annotator| known.contains_key(annotator));
    if annotators.len() < 2 {
        let people = known.keys().filter(|annotator| &*annotator.0 != CURATED);
        annotators = people.cloned().collect();
    }
    app.view.front = Some(Front::Agreement);
    compare(app, ports, annotators, app.comparing.by);
}

/// Compares these annotators.
pub(super) fn compare(app: &mut AppState, ports: &mut Ports, annotators: Vec<Annotator>, by: By) {
    let comparing = &mut app.comparing;
    comparing.annotators = annotators;
    comparing.by = by;
    comparing.serial += 1;
    comparing.stale_since = None;
    comparing.running = comparing.annotators.len() >= 2;
    if !comparing.running {
        comparing.agreement = None;
        return;
    }
    let (serial, annotators) = (comparing.serial, comparing.annotators.clone());
    let layers = app.project.layers.iter();
    let project = Project {
        reports: app.project.reports.clone(),
        layers: layers
            .filter(|(annotator, _)| annotators.contains(annotator))
            .map(|(annotator, reports)| (annotator.clone(), reports.clone()))
            .collect(),
        ..Project::default()
    };
    ports.executor.submit(
        Lane::Back,
        Box::new(move || {
            let agreement = agreement::agreement(&project, &annotators, by);
            Outcome::Agreed(serial, Arc::new(agreement))
        }),
    );
}

/// Takes over figures, unless something else has been asked for since.
pub(super) fn take(app: &mut AppState, serial: u64, agreement: Arc<Agreement>) {
    if app.comparing.serial == serial {
        app.comparing.agreement = Some(agreement);
        app.comparing.running = false;
    }
}

/// Remembers that the figures are older than the decisions.
pub(super) fn heed(app: &mut AppState, edits: &[Edit]) {
    if edits.iter().any(|edit| matches!(edit, Edit::Decide { .. })) {
        app.comparing.stale_since = Some(app.now);
    }
}

/// Works the figures out again while the pane is open, once the decisions have rested.
pub(super) fn keep_up(app: &mut AppState, ports: &mut Ports) {
    let comparing = &app.comparing;
    let rested = comparing
        .stale_since
        .is_some_and(|since| app.now - since >= REST_SECONDS);
    if app.view.front == Some(Front::Agreement) && rested && !comparing.running {
        let (annotators, by) = (comparing.annotators.clone(), comparing.by);
        compare(app, ports, annotators, by);
    }
}
