//! Opening projects and reports, reading one again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use encoding_rs::Encoding;

use super::{commit, intake, keep, navigate, reading, review};
use crate::app::action::Front;
use crate::app::builtin;
use crate::app::comparing::Comparing;
use crate::app::incoming::{self, Choice, Incoming, Opening, ReportProblem};
use crate::app::intake::{Intake, Taken};
use crate::app::jobs::Lane;
use crate::app::keeper::Keeper;
use crate::app::learning::Learning;
use crate::app::notice::Message;
use crate::app::outcome::Outcome;
use crate::app::ports::{Picked, Ports, Purpose};
use crate::app::review::Review;
use crate::app::state::{AppState, Checks, Search, View};
use crate::app::timelines::Timelines;
use crate::edit::Edit;
use crate::model::{Report, ReportId};
use crate::query::uses;
use crate::store::{Archive, OpenError};
use crate::text::read::ReadError;

/// Shows a dialog of the desktop.
pub(super) fn pick(app: &AppState, ports: &mut Ports, purpose: Purpose) {
    let folder = app.place.as_deref().or(app.source.first().map(PathBuf::as_path));
    let folder = folder.and_then(Path::parent).map(Path::to_path_buf);
    let picker = Arc::clone(&ports.picker);
    ports.executor.submit(
        Lane::Dialog,
        Box::new(move || Outcome::Picked(purpose, picker.pick(purpose, folder.as_deref()))),
    );
}

/// Goes on with what a dialog came back with. Without dialogs the person types a path.
pub(super) fn take_picked(app: &mut AppState, ports: &mut Ports, purpose: Purpose, picked: Picked) {
    match picked {
        Picked::Chosen(paths) => use_paths(app, ports, purpose, paths),
        Picked::Dismissed => {}
        Picked::Unavailable => {
            app.notify(Message::NoDialog);
            app.view.front = Some(Front::TypePath(purpose));
        }
    }
}

/// Uses paths that were chosen or typed.
pub(super) fn use_paths(app: &mut AppState, ports: &mut Ports, purpose: Purpose, paths: Vec<PathBuf>) {
    let Some(first) = paths.first().cloned() else {
        return;
    };
    app.view.front = None;
    match purpose {
        Purpose::OpenFiles | Purpose::OpenFolder | Purpose::AddReports => {
            let adds = purpose == Purpose::AddReports;
            intake::begin(app, ports, Intake { paths, adds });
        }
        Purpose::SaveFolder => keep::save_to(app, ports, first),
        Purpose::ImportSuggestions => super::import::read(app, ports, paths),
        Purpose::ImportAnnotations => app.view.front = Some(Front::ImportAnnotations(paths)),
        Purpose::ImportCatalogue => super::catalogue::import(ports, &first),
        Purpose::ExportCatalogue => super::catalogue::export(app, ports, &first),
    }
}

/// Opens a project or reports, as soon as what is open now is safe on disk or in its journal.
pub(super) fn open(app: &mut AppState, ports: &mut Ports, paths: Vec<PathBuf>, choice: Choice) {
    app.wait_for("waiting.opening");
    app.keeping.then_open = Some((paths, choice));
    go_on_opening(app, ports);
}

/// Opens in a job what waits to be opened, unless the keeper still has to work.
pub(super) fn go_on_opening(app: &mut AppState, ports: &mut Ports) {
    if app.keeping.then_open.is_none() {
        return;
    }
    keep::flush(app, ports);
    if app.keeping.at_work {
        return;
    }
    let Some((paths, choice)) = app.keeping.then_open.take() else {
        return;
    };
    let watch = app.wait_for("waiting.opening");
    let data = ports.data.clone();
    let mut keeper = app.keeping.keeper.take();
    app.keeping.at_work = true;
    ports.executor.submit(
        Lane::Keep,
        Box::new(move || {
            // The same place may be opened anew, which a lock of our own must not forbid.
            if let Some(keeper) = &mut keeper {
                keeper.pause();
            }
            let catalogue = builtin::starting_catalogue();
            let opening = incoming::open(&paths, &data, &catalogue, &choice, &watch);
            let back = keeper
                .filter(|_| !opening.as_ref().is_ok_and(Opening::has_something))
                .map(|mut keeper| {
                    keeper.resume();
                    keeper
                });
            Outcome::Opened(Box::new(opening), back)
        }),
    );
}

/// Takes over what was opened.
pub(super) fn take_opening(
    app: &mut AppState,
    ports: &mut Ports,
    opening: Result<Opening, OpenError>,
    back: Option<Box<Keeper>>,
) {
    app.waiting = None;
    app.keeping.at_work = false;
    app.keeping.keeper = back;
    let mut opening = match opening {
        Ok(opening) => opening,
        Err(error) => {
            app.notify(Message::OpenFailed(error));
            return;
        }
    };
    if opening.is_stopped {
        app.notify(Message::Stopped);
        return;
    }
    let taken = Taken {
        reports: opening.project.reports.len(),
        refused: std::mem::take(&mut opening.unreadable),
    };
    if !opening.has_something() {
        match opening.source.into_iter().next() {
            Some(path) if taken.refused.is_empty() => app.notify(Message::NoReports(path)),
            _ => intake::tell_refused(app, taken),
        }
        return;
    }
    for notice in opening.notices {
        app.notify(Message::Store(notice));
    }
    forget_project(app);
    app.project = opening.project;
    app.place = opening.place;
    app.unread = opening.unread;
    app.archive = opening.archive;
    app.uses = uses(&app.project);
    for (id, text) in opening.texts {
        if let Some(report) = app.project.report(&id) {
            app.texts.insert(report.fingerprint.clone(), text);
        }
    }
    for (id, original) in opening.originals {
        if let Some(report) = app.project.report(&id) {
            app.readings.insert(report.fingerprint.clone(), original);
        }
    }
    let hired = opening.hired;
    app.keeping.keeper = Some(Box::new(hired.keeper));
    app.history = hired.history;
    app.keeping.look_only = hired.look_only;
    if app.keeping.look_only.is_some() {
        app.view.front = Some(Front::LookOnly);
    }
    if let Some(error) = opening.unsafe_because {
        app.notify(Message::SaveFailed(error));
    }
    app.view.recoveries = hired.left;
    if !app.view.recoveries.is_empty() {
        app.view.front = Some(Front::Recovery);
    }
    if let Some(path) = opening.source.first() {
        app.settings
            .remember(std::path::absolute(path).unwrap_or_else(|_error| path.clone()));
        app.keeping.settings_changed = true;
    }
    app.source = opening.source;
    intake::tell_refused(app, taken);
    commit::refresh_favourites(app);
    if let Some(first) = app.project.reports.first().map(|report| report.id.clone()) {
        navigate::show_report(app, ports, &first, None);
    }
    count_all(app, ports);
    review::stale(app);
    if app.is_whole() {
        reading::finish(app, ports);
    }
}

/// Says whose decisions there are, if not the person's, and how much of theirs a merge could not settle.
pub(super) fn tell_of_layers(app: &mut AppState) {
    if !app.project.layers.is_empty() && !app.project.layers.contains_key(&app.annotator()) {
        let others: Vec<String> = app.project.layers.keys().map(ToString::to_string).collect();
        app.notify(Message::OthersDecided(others.join(", ")));
    }
    let own = app.project.layers.get(&app.annotator());
    let count = own.map_or(0, |reports| {
        reports.values().map(|layer| layer.conflicts().count()).sum()
    });
    if count > 0 {
        app.notify(Message::Conflicts(count));
    }
}

fn forget_project(app: &mut AppState) {
    app.era += 1;
    super::import::stop(app);
    let view = View {
        tab: app.view.tab,
        reveal: app.view.reveal,
        search: Search {
            serial: app.view.search.serial,
            ..Search::default()
        },
        ..View::default()
    };
    app.view = view;
    app.is_touched = false;
    app.timelines = Timelines::default();
    app.learning = Learning::default();
    app.comparing = Comparing {
        serial: app.comparing.serial + 1,
        ..Comparing::default()
    };
    app.unread.clear();
    app.archive = Archive::default();
    app.texts.clear();
    app.readings.clear();
    app.documents.clear();
    app.suggestions.clear();
    app.ledgers.clear();
    app.checks = Checks::default();
    app.leading = Arc::from([]);
    app.review = Review::default();
    app.curation = None;
    app.keeping.dirty.clear();
    app.keeping.dirty_since = None;
    app.keeping.unjournalled.clear();
    app.keeping.steps.clear();
    app.keeping.failed = false;
}

/// Counts the numbers of every report that is not open, in the background.
pub(super) fn count_all(app: &AppState, ports: &mut Ports) {
    let ids = app.project.reports.iter().map(|report| report.id.clone());
    commit::count_in_background(app, ports, ids);
}

/// Reads the open report's original in another encoding, in a job.
pub(super) fn read_as(app: &mut AppState, ports: &mut Ports, encoding: String) {
    let Some(report) = app.report().cloned() else {
        return;
    };
    if app.project.is_annotated(&report.id) {
        app.notify(Message::EncodingInUse);
        return;
    }
    let Some(original) = app.readings.get(&report.fingerprint) else {
        app.notify(Message::NoOriginal);
        return;
    };
    let bytes = Arc::clone(&original.bytes);
    ports.executor.submit(
        Lane::Front,
        Box::new(move || {
            let encoding = Encoding::for_label(encoding.as_bytes());
            let incoming = incoming::read_bytes(bytes, &report.original, encoding);
            Outcome::ReadAgain(report.id, Box::new(incoming))
        }),
    );
}

/// Takes over a report that was read again.
pub(super) fn take_read_again(
    app: &mut AppState,
    ports: &mut Ports,
    id: &ReportId,
    incoming: Result<Incoming, ReadError>,
) {
    match incoming {
        Ok(Incoming {
            report,
            text,
            original,
        }) => {
            let report = Report {
                id: id.clone(),
                ..report
            };
            intake::remember_text(app, &report, text, original);
            commit::commit(app, ports, "encoding", vec![Edit::SetReport(Box::new(report))]);
        }
        Err(error) => app.notify(Message::Unreadable(
            PathBuf::from(id.to_string()),
            ReportProblem::Read(error),
        )),
    }
}
