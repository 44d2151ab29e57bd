//! What others say of a number: settling what a merge of two copies could not.

use super::{commit, decide};
use crate::app::ports::Ports;
use crate::app::state::AppState;
use crate::edit::Edit;
use crate::model::{Decision, Span};

/// Settles what two copies of the person's layer say of `span`: theirs takes the place of ours, or is let go.
pub(super) fn settle(app: &mut AppState, ports: &mut Ports, span: Span, take_theirs: bool) {
    let Some(report) = app.view.report.clone() else {
        return;
    };
    let Some(theirs) = app.layer().and_then(|layer| layer.contested(span)).cloned() else {
        return;
    };
    let settled = Edit::Contest {
        annotator: app.annotator(),
        report,
        span,
        theirs: None,
    };
    let mut edits = Vec::new();
    if take_theirs {
        edits = decide::edits_to_put(app, Decision::clone(&theirs));
    }
    edits.push(settled);
    commit::commit(app, ports, "settle", edits);
}
