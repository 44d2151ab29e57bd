//! Committing a gesture: the edit is applied, remembered, journalled and shown.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::{agreement, checks, curate, lessons, navigate, reading, review, submit, timeline};
use crate::app::action::Front;
use crate::app::document::Document;
use crate::app::jobs::Lane;
use crate::app::notice::Message;
use crate::app::outcome::Outcome;
use crate::app::part_key::PartKey;
use crate::app::ports::Ports;
use crate::app::state::AppState;
use crate::edit::{Edit, EditError, Step, Transaction};
use crate::model::{Layer, ReportId};
use crate::query::{Ledger, Marks, favourites};

/// As many reports are counted in one job, so that others need not wait for long.
const COUNTED_AT_ONCE: usize = 50;

/// Applies a gesture as one transaction and answers whether it was. A refusal becomes a message and changes nothing.
pub(super) fn commit(app: &mut AppState, ports: &mut Ports, name: &'static str, edits: Vec<Edit>) -> bool {
    // What can neither be written nor journalled must not be begun.
    if app.keeping.look_only.is_some() {
        app.view.front = Some(Front::LookOnly);
        return false;
    }
    if reading::concerns_unread(app, &edits) {
        reading::must_wait(app);
        return false;
    }
    let done = try_commit(app, ports, name, edits);
    if let Err(refusal) = &done {
        app.notify(Message::Refused(refusal.clone()));
    }
    done.is_ok()
}

/// As [`commit`], where the project may be changed and the caller knows what a refusal means.
pub(super) fn try_commit(
    app: &mut AppState,
    ports: &mut Ports,
    name: &'static str,
    edits: Vec<Edit>,
) -> Result<(), EditError> {
    let edits = lessons::with_lessons(app, name, edits);
    let place = app.view.report.clone().zip(app.view.current);
    let transaction = Transaction {
        name: name.into(),
        edits: edits.clone(),
        place,
    };
    app.history.commit(&mut app.project, transaction)?;
    let back = app.history.done().next_back().cloned();
    take_down(app, ports, name, &edits, back.map(Step::Did));
    absorb_edits(app, ports, edits);
    Ok(())
}

/// Takes the last gesture back.
pub(super) fn undo(app: &mut AppState, ports: &mut Ports) {
    let step = app.history.done().next_back().cloned();
    if reading::must_wait_to_step(app, step) {
        return;
    }
    match app.history.undo(&mut app.project) {
        Some(transaction) => {
            let back = app.history.undone().next_back().cloned();
            take_down(app, ports, "undo", &transaction.edits, back.map(Step::Undid));
            after_step(app, ports, transaction, Message::Undone);
        }
        None => app.notify(Message::NothingToUndo),
    }
}

/// Makes the gesture that was taken back last again.
pub(super) fn redo(app: &mut AppState, ports: &mut Ports) {
    let step = app.history.undone().next_back().cloned();
    if reading::must_wait_to_step(app, step) {
        return;
    }
    match app.history.redo(&mut app.project) {
        Some(transaction) => {
            let back = app.history.done().next_back().cloned();
            take_down(app, ports, "redo", &transaction.edits, back.map(Step::Redid));
            after_step(app, ports, transaction, Message::Redone);
        }
        None => app.notify(Message::NothingToRedo),
    }
}

/// Takes down what was done, for the timelines and for the undo of later runs.
fn take_down(app: &mut AppState, ports: &Ports, gesture: &str, edits: &[Edit], step: Option<Step>) {
    if let Some(step) = step {
        let back = &step.transaction().edits;
        recount_uses(app, edits, back);
        timeline::record(app, ports, gesture, edits, back);
        app.keeping.steps.push(step);
        app.is_touched = true;
    }
}

/// Counts the uses of indicators on, by edits that were applied and the ones that take them back.
fn recount_uses(app: &mut AppState, applied: &[Edit], back: &[Edit]) {
    let indicator = |edit: &Edit| match edit {
        Edit::Decide {
            decision: Some(decision),
            ..
        } => decision.ruling.observation()?.indicator.clone(),
        _ => None,
    };
    for id in applied.iter().filter_map(indicator) {
        *app.uses.entry(id).or_default() += 1;
    }
    for id in back.iter().filter_map(indicator) {
        let count = app.uses.entry(id).or_default();
        *count = count.saturating_sub(1);
    }
}

fn after_step(
    app: &mut AppState,
    ports: &mut Ports,
    transaction: Transaction,
    message: fn(Cow<'static, str>) -> Message,
) {
    let Transaction { name, edits, place } = transaction;
    absorb_edits(app, ports, edits);
    if let Some((report, span)) = place
        && app.project.report(&report).is_some()
    {
        navigate::show_report(app, ports, &report, Some(span));
    }
    app.notify(message(name));
}

/// Brings everything derived up to date with edits that have been applied, and has them written.
pub(super) fn absorb_edits(app: &mut AppState, ports: &mut Ports, edits: Vec<Edit>) {
    app.steps_made += 1;
    agreement::heed(app, &edits);
    let mut stale = BTreeSet::new();
    let mut rules_changed = false;
    let mut catalogue_changed = false;
    let mut proposals_changed = false;
    let mut lessons_changed = false;
    for edit in &edits {
        app.mark_dirty(PartKey::of(edit));
        match edit {
            Edit::Decide { report, span, .. } => {
                if app.view.report.as_ref() == Some(report) {
                    let layer = app.project.layer(&app.annotator(), report).cloned();
                    app.marks.update(*span, layer.as_ref());
                    app.marks_revision += 1;
                } else {
                    stale.insert(report.clone());
                }
            }
            Edit::SetCatalogue(_) => catalogue_changed = true,
            Edit::SetRules(_) => rules_changed = true,
            Edit::SetReport(report) => {
                app.documents.remove(&report.id);
                app.suggestions.remove(&report.id);
                app.timelines.forget_report(&report.id);
                stale.insert(report.id.clone());
            }
            Edit::InsertReport { report, .. } => {
                stale.insert(report.id.clone());
            }
            Edit::RemoveReport(id) => forget_report(app, id),
            Edit::Reject { report, .. } | Edit::SetSuggestions { report, .. } => {
                proposals_changed |= app.view.report.as_ref() == Some(report);
            }
            Edit::SetLesson { .. } => lessons_changed = true,
            Edit::SetGuidelines(_)
            | Edit::SetTitle(_)
            | Edit::Contest { .. }
            | Edit::SetWaiver { .. }
            | Edit::SetExtractor(_) => {}
        }
    }
    if let Some(open) = &app.view.report {
        app.ledgers.insert(open.clone(), app.marks.ledger());
    }
    if edits.iter().any(checks::depend_on) {
        checks::stale(app);
    }
    curate::renew(app, &edits);
    review::heed(app, &edits);
    if lessons_changed {
        lessons::refresh(app);
    } else if proposals_changed {
        navigate::mark_again(app);
    }
    app.keeping.unjournalled.push(edits);
    if rules_changed {
        app.documents.clear();
        app.suggestions.clear();
        stale.extend(app.project.reports.iter().map(|report| report.id.clone()));
    }
    if catalogue_changed {
        app.suggestions.clear();
        refresh_favourites(app);
    }
    count_in_background(app, ports, stale);
    if rules_changed || catalogue_changed || app.document().is_none() {
        navigate::read_open_report(app, ports);
    }
    navigate::refresh_proposal(app);
}

/// Works the digit keys' indicators out again. Not after every tag: keys must not move under the hand.
pub(super) fn refresh_favourites(app: &mut AppState) {
    let open = app.view.report.as_ref().and_then(|id| app.suggestions.get(id));
    let suggested = open.map_or(&[][..], |suggestions| suggestions);
    app.favourites = favourites(&app.project.catalogue, &app.uses, suggested);
}

/// Counts the numbers of reports without keeping their documents. The open report is counted with its marks.
pub(super) fn count_in_background(
    app: &AppState,
    ports: &mut Ports,
    reports: impl IntoIterator<Item = ReportId>,
) {
    let open = app.view.report.as_ref();
    let annotator = app.annotator();
    let layers = app.project.layers.get(&annotator);
    let reports = reports.into_iter().filter(|id| Some(id) != open);
    let counted = reports.filter_map(|id| {
        let report = app.project.report(&id)?;
        let text = Arc::clone(app.texts.get(&report.fingerprint)?);
        let layer = layers.and_then(|layers| layers.get(&id)).cloned();
        Some((id, text, layer))
    });
    let mut counted: Vec<(ReportId, Arc<str>, Option<Layer>)> = counted.collect();
    while !counted.is_empty() {
        let some = counted.split_off(counted.len().saturating_sub(COUNTED_AT_ONCE));
        let rules = app.project.rules.clone();
        submit(app, ports, Lane::Back, move || {
            let ledgers = some.into_iter().map(|(id, text, layer)| {
                let mentions = Document::numbers(&text, &rules);
                let marks = Marks::new(mentions.into(), Arc::from([]), layer.as_ref());
                (id, marks.ledger())
            });
            Outcome::Counted(ledgers.collect())
        });
    }
}

/// Takes over how many numbers reports have.
pub(super) fn take_counts(app: &mut AppState, counted: Vec<(ReportId, Ledger)>) {
    let is_read = app.document().is_some();
    let open = app.view.report.as_ref();
    for (id, ledger) in counted {
        // The open report is counted with every decision, so its own count is never older.
        let is_marked = is_read && open == Some(&id);
        if !is_marked && app.project.report(&id).is_some() {
            app.ledgers.insert(id, ledger);
        }
    }
}

fn forget_report(app: &mut AppState, id: &ReportId) {
    app.documents.remove(id);
    app.suggestions.remove(id);
    app.ledgers.remove(id);
    app.timelines.forget_report(id);
    if app.view.report.as_ref() == Some(id) {
        app.view.report = None;
        navigate::clear_current(app);
        app.marks = Marks::default();
        app.marks_revision += 1;
    }
}
