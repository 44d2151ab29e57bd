//! Reports of a large project are read while the person works already, the one that they go to before others.

use super::{checks, commit, files, navigate, review, search, submit, timeline};
use crate::app::jobs::{Cancel, Lane};
use crate::app::keeper::Orders;
use crate::app::notice::Message;
use crate::app::outcome::Outcome;
use crate::app::ports::Ports;
use crate::app::state::AppState;
use crate::edit::{Edit, Transaction};
use crate::model::{Catalogue, ReportId};
use crate::query::count_uses;
use crate::store::Batch;

/// The orders to read more, unless everything has been read or something else is to come first.
pub(super) fn orders(app: &mut AppState) -> Option<Orders> {
    if app.is_whole() || app.quit || app.keeping.then_open.is_some() {
        return None;
    }
    let stop = Cancel::default();
    app.keeping.stop_reading = stop.clone();
    let open = app.view.report.iter();
    let first = open.filter(|id| app.unread.contains(*id)).cloned().collect();
    Some(Orders {
        read: Some((first, stop)),
        ..Orders::default()
    })
}

/// Asks the keeper to stop reading soon, where something else waits for it.
pub(super) fn hurry(app: &AppState) {
    let open = app.view.report.as_ref();
    let waits = !app.keeping.unjournalled.is_empty()
        || open.is_some_and(|open| app.unread.contains(open))
        || app.keeping.then_open.is_some()
        || app.quit;
    if waits {
        app.keeping.stop_reading.cancel();
    }
}

/// Takes over reports that have been read.
pub(super) fn take(app: &mut AppState, ports: &mut Ports, batch: Batch) {
    let read = batch.reports.clone();
    put(app, batch);
    commit::count_in_background(app, ports, read.clone());
    let is_open = |id: &ReportId| app.view.report.as_ref() == Some(id);
    if read.iter().any(is_open) {
        navigate::read_open_report(app, ports);
        timeline::read(app, ports);
    }
    if app.is_whole() {
        finish(app, ports);
    }
}

fn put(app: &mut AppState, batch: Batch) {
    for id in &batch.reports {
        app.unread.remove(id);
    }
    for (id, print) in batch.changed {
        app.history.forget_report(&id);
        if let Some(report) = app.project.reports.find_mut(&id) {
            report.fingerprint = print;
        }
    }
    let texts = batch.texts.into_iter();
    app.texts.extend(texts.map(|(_, print, text)| (print, text)));
    for (annotator, report, layer) in batch.layers {
        count_uses(&mut app.uses, &layer);
        let reports = app.project.layers.entry(annotator).or_default();
        reports.insert(report, layer);
    }
    app.project.suggestions.extend(batch.suggestions);
    for notice in batch.notices {
        app.notify(Message::Store(notice));
    }
}

/// What waits until all reports have been read.
pub(super) fn finish(app: &mut AppState, ports: &mut Ports) {
    checks::stale(app);
    review::stale(app);
    files::tell_of_layers(app);
    if !app.is_touched {
        commit::refresh_favourites(app);
    }
    search::again(app, ports);
}

/// Says that something needs all reports, where some were not read yet; answers whether that is so.
pub(super) fn must_wait(app: &mut AppState) -> bool {
    let (read, all) = app.reports_read();
    if !app.is_whole() {
        app.notify(Message::StillReading(read, all));
    }
    !app.is_whole()
}

/// Says that a step of the history is about reports that were not read yet, where that is so.
pub(super) fn must_wait_to_step(app: &mut AppState, step: Option<Transaction>) -> bool {
    step.is_some_and(|step| concerns_unread(app, &step.edits)) && must_wait(app)
}

/// Whether edits are about reports that were not read yet.
pub(super) fn concerns_unread(app: &AppState, edits: &[Edit]) -> bool {
    let is_about = |edit: &Edit| match edit {
        // Whether an entry is in use nobody knows before.
        Edit::SetCatalogue(catalogue) => drops_any(&app.project.catalogue, catalogue),
        Edit::InsertReport { .. } => false,
        edit => edit.report().is_some_and(|id| app.unread.contains(id)),
    };
    !app.is_whole() && edits.iter().any(is_about)
}

fn drops_any(before: &Catalogue, after: &Catalogue) -> bool {
    let mut entries = before.indicators.iter();
    entries.any(|entry| after.get(&entry.id).is_none())
}

/// Has the open report's original read again, for its encoding, its pages and its places.
pub(super) fn reread_original(app: &AppState, ports: &mut Ports) {
    let Some(report) = app.report().filter(|_| app.place.is_some()).cloned() else {
        return;
    };
    let text = app.texts.get(&report.fingerprint).cloned();
    if let Some(text) = text.filter(|_| !app.readings.contains_key(&report.fingerprint)) {
        let archive = app.archive.clone();
        submit(app, ports, Lane::Back, move || {
            let original = crate::app::incoming::reread(&archive, &report, &text);
            original.map_or(Outcome::Nothing, |original| {
                Outcome::Reread(report.fingerprint, original)
            })
        });
    }
}
