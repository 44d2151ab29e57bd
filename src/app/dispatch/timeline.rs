//! Recording how decisions come about, and going back to how a report was.

use std::sync::Arc;

use super::{commit, submit};
use crate::app::jobs::Lane;
use crate::app::notice::Message;
use crate::app::outcome::Outcome;
use crate::app::part_key::PartKey;
use crate::app::ports::Ports;
use crate::app::state::AppState;
use crate::app::timelines::Key;
use crate::edit::Edit;
use crate::model::{Annotator, Change, Decision, ReportId, Span};
use crate::query::timeline::state_before;

/// Has the log of the open report's layer read, if that was not done yet.
pub(super) fn read(app: &mut AppState, ports: &mut Ports) {
    let Some(report) = app.report() else {
        return;
    };
    let key = (app.annotator(), report.id.clone());
    if app.timelines.has_read(&key) {
        return;
    }
    let text = app.texts.get(&report.fingerprint).cloned();
    let archive = app.archive.clone();
    app.timelines.forget_log();
    if let Some(text) = text.filter(|_| app.place.is_some()) {
        submit(app, ports, Lane::Back, move || {
            // A log that cannot be read hides what was before; the decisions are in the layer.
            let log = archive.timeline(&key.0, &key.1).unwrap_or_default();
            Outcome::TimelineRead(key, log.changes(&text).into())
        });
    }
}

/// Takes over what a log says, if its report is still open.
pub(super) fn take(app: &mut AppState, key: Key, changes: &Arc<[Change]>) {
    if app.view.report.as_ref() == Some(&key.1) && app.annotator() == key.0 {
        app.timelines.take_log(key, changes);
    }
}

/// What one edit did to a layer.
type Step = (Annotator, ReportId, Span, Option<Arc<Decision>>);

/// Records the decisions among edits that have been applied; `back` takes them back, the last one first.
pub(super) fn record(app: &mut AppState, ports: &Ports, gesture: &str, applied: &[Edit], back: &[Edit]) {
    let steps = applied.iter().zip(back.iter().rev());
    let steps = steps.filter_map(|(edit, back)| Some((step(edit)?, step(back)?)));
    let steps: Vec<(Step, Step)> = steps.filter(|(after, before)| after.3 != before.3).collect();
    let at = (ports.clock)();
    let is_again = matches!(gesture, "undo" | "redo");
    let took = took(app, &steps).filter(|_| !is_again);
    let by = app.person();
    for ((annotator, report, span, after), (.., before)) in steps {
        let change = Change {
            at,
            took,
            by: by.clone(),
            gesture: gesture.to_owned(),
            span,
            before,
            after,
        };
        app.mark_dirty([PartKey::Timeline(annotator.clone(), report.clone())]);
        app.timelines.add((annotator, report), change);
    }
}

fn step(edit: &Edit) -> Option<Step> {
    let Edit::Decide {
        annotator,
        report,
        span,
        decision,
    } = edit
    else {
        return None;
    };
    Some((annotator.clone(), report.clone(), *span, decision.clone()))
}

/// How long the words had been current, where the gesture decided on them and on nothing else.
fn took(app: &AppState, steps: &[(Step, Step)]) -> Option<u32> {
    let decided: Vec<&Step> = steps
        .iter()
        .map(|(after, _)| after)
        .filter(|step| step.3.is_some())
        .collect();
    let ([(_, report, span, _)], Some(current)) = (decided.as_slice(), app.view.current) else {
        return None;
    };
    let is_current = app.view.report.as_ref() == Some(report) && current.overlaps(*span);
    let seconds = app.now - app.view.current_since;
    // Past an hour nobody has been looking at the words all the time.
    (is_current && (0.0..3600.0).contains(&seconds)).then_some((seconds * 1000.0) as u32)
}

/// Makes the open report as it was before a change of its timeline, as one step that can be taken back.
pub(super) fn back_to_before(app: &mut AppState, ports: &mut Ports, place: usize) {
    let Some(report) = app.view.report.clone() else {
        return;
    };
    let (annotator, changes) = (app.annotator(), app.timeline());
    let layer = app.layer().cloned().unwrap_or_default();
    let decisions = state_before(&layer, changes, beginning(changes, place));
    let edits = decisions.into_iter().map(|(span, decision)| Edit::Decide {
        annotator: annotator.clone(),
        report: report.clone(),
        span,
        decision,
    });
    let edits: Vec<Edit> = edits.collect();
    if edits.is_empty() {
        app.notify(Message::NothingToUndo);
    } else {
        commit::commit(app, ports, "back-to", edits);
    }
}

/// Where the gesture of a change begins, for a gesture is never parted.
fn beginning(changes: &[Change], place: usize) -> usize {
    let Some(chosen) = changes.get(place) else {
        return place;
    };
    let is_same = |change: &&Change| change.at == chosen.at && change.gesture == chosen.gesture;
    let behind = changes.iter().take(place + 1);
    place + 1 - behind.rev().take_while(is_same).count()
}
