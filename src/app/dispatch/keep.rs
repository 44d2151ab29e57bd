//! When things are written, and what follows from it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::{commit, files, lessons, navigate, reading};
use crate::app::action::Front;
use crate::app::incoming::Choice;
use crate::app::jobs::Lane;
use crate::app::keeper::{Kept, LookOnly, Orders};
use crate::app::notice::Message;
use crate::app::outcome::Outcome;
use crate::app::part_key::PartKey;
use crate::app::ports::{Ports, Purpose};
use crate::app::settings::Settings;
use crate::app::state::AppState;
use crate::edit::{self, Edit};
use crate::store::{Holder, SaveError, settings};
use crate::text::offsets::fingerprint;

/// A change rests so many seconds before its file is written, so that a burst of keys is one write.
const REST_SECONDS: f64 = 0.3;

/// A layer of so many decisions takes long to print, and its changes are safe in the journal meanwhile.
const LARGE_LAYER: usize = 2_000;

/// How long a change of a large layer rests, in seconds.
const LONG_REST_SECONDS: f64 = 5.0;

/// Files are looked at for changes by others every so many seconds.
const LOOK_SECONDS: f64 = 1.5;

/// Saves what has changed, or asks where if the project has no place yet.
pub(super) fn save(app: &mut AppState, ports: &mut Ports) {
    app.keeping.failed = false;
    match app.place.clone() {
        None => app.view.front = Some(Front::TypePath(Purpose::SaveFolder)),
        Some(folder) if !write(app, ports, true) && !app.keeping.at_work => {
            app.notify(Message::Saved(folder));
        }
        Some(_) => {}
    }
}

/// Makes a project in a folder and saves everything there.
pub(super) fn save_to(app: &mut AppState, ports: &mut Ports, folder: PathBuf) {
    app.view.front = None;
    if reading::must_wait(app) {
        return;
    }
    app.keeping.failed = false;
    let mut keys = PartKey::all(&app.project);
    let unwritten = app.timelines.unwritten_keys().cloned();
    keys.extend(unwritten.map(|(annotator, report)| PartKey::Timeline(annotator, report)));
    let orders = Orders {
        create: Some(folder),
        ..orders(app, &keys)
    };
    send(app, ports, orders, keys, true);
}

/// Writes what is due: gestures to the journal at once, files after a short rest.
pub(super) fn keep(app: &mut AppState, ports: &mut Ports) {
    if app.keeping.settings_changed {
        write_settings(app, ports);
    }
    reading::hurry(app);
    if app.keeping.at_work || app.keeping.keeper.is_none() {
        return;
    }
    let rested = app
        .keeping
        .dirty_since
        .is_some_and(|since| app.now - since >= rest_seconds(app));
    if rested && can_write(app) {
        write(app, ports, false);
    } else if !app.keeping.unjournalled.is_empty() {
        let orders = orders(app, &BTreeSet::new());
        send(app, ports, orders, BTreeSet::new(), false);
    } else if let Some(orders) = reading::orders(app) {
        send(app, ports, orders, BTreeSet::new(), false);
    } else if app.place.is_some() && app.now - app.keeping.looked_at >= LOOK_SECONDS {
        app.keeping.looked_at = app.now;
        let orders = Orders {
            look_around: true,
            ..Orders::default()
        };
        send(app, ports, orders, BTreeSet::new(), false);
    }
}

fn rest_seconds(app: &AppState) -> f64 {
    let is_large = |key: &PartKey| match key {
        PartKey::Layer(annotator, report) => app
            .project
            .layer(annotator, report)
            .is_some_and(|layer| layer.len() > LARGE_LAYER),
        _ => false,
    };
    if app.keeping.dirty.iter().any(is_large) {
        LONG_REST_SECONDS
    } else {
        REST_SECONDS
    }
}

/// Writes everything that is due without a rest, for the end of the program or of a project.
pub(super) fn flush(app: &mut AppState, ports: &mut Ports) {
    if app.keeping.settings_changed {
        write_settings(app, ports);
    }
    reading::hurry(app);
    if app.keeping.at_work || app.keeping.keeper.is_none() {
        return;
    }
    if can_write(app) && !app.keeping.dirty.is_empty() {
        write(app, ports, false);
    } else if !app.keeping.unjournalled.is_empty() {
        let orders = orders(app, &BTreeSet::new());
        send(app, ports, orders, BTreeSet::new(), false);
    }
}

fn can_write(app: &AppState) -> bool {
    app.place.is_some() && app.keeping.look_only.is_none() && !app.keeping.failed
}

/// Writes the files that have changed; answers whether there were any and the keeper was free.
fn write(app: &mut AppState, ports: &mut Ports, asked: bool) -> bool {
    let keys = app.keeping.dirty.clone();
    if keys.is_empty() && app.keeping.unjournalled.is_empty() {
        return false;
    }
    let orders = orders(app, &keys);
    send(app, ports, orders, keys, asked)
}

/// The orders to journal what is not journalled and to write these files.
fn orders(app: &mut AppState, keys: &BTreeSet<PartKey>) -> Orders {
    let journal = std::mem::take(&mut app.keeping.unjournalled);
    let mut about = BTreeSet::new();
    let mut texts = Vec::new();
    for edit in journal.iter().flatten() {
        match edit {
            Edit::Decide { report, .. } => {
                about.insert(report.clone());
            }
            Edit::SetReport(report) | Edit::InsertReport { report, .. } => {
                about.insert(report.id.clone());
                texts.extend(
                    app.texts
                        .get(&report.fingerprint)
                        .map(|text| (report.id.clone(), Arc::clone(text))),
                );
            }
            _ => {}
        }
    }
    let reports = about
        .iter()
        .filter_map(|id| app.project.report(id))
        .cloned()
        .collect();
    let write = keys.iter().flat_map(|key| key.parts(app)).collect();
    Orders {
        journal,
        steps: std::mem::take(&mut app.keeping.steps),
        reports,
        texts,
        write,
        ..Orders::default()
    }
}

fn send(app: &mut AppState, ports: &mut Ports, orders: Orders, keys: BTreeSet<PartKey>, asked: bool) -> bool {
    let mut orders = orders;
    let Some(mut keeper) = app.keeping.keeper.take() else {
        // What was taken out for the journal must not be lost while the keeper is away.
        app.keeping.unjournalled.splice(0..0, orders.journal);
        app.keeping.steps.splice(0..0, orders.steps);
        return false;
    };
    app.keeping.at_work = true;
    for key in &keys {
        app.keeping.dirty.remove(key);
        if let PartKey::Timeline(annotator, report) = key {
            app.timelines.hand_out(&(annotator.clone(), report.clone()));
        }
    }
    if app.keeping.dirty.is_empty() {
        app.keeping.dirty_since = None;
    }
    ports.executor.submit(
        Lane::Keep,
        Box::new(move || {
            let done = keeper.carry_out(&mut orders);
            let wrote = !orders.write.is_empty();
            Outcome::Kept(Box::new(Kept {
                keeper,
                keys,
                created: orders.create,
                wrote,
                asked,
                done,
            }))
        }),
    );
    true
}

/// Takes the keeper back, with what became of its orders.
pub(super) fn take_kept(app: &mut AppState, ports: &mut Ports, kept: Kept) {
    app.keeping.at_work = false;
    app.keeping.keeper = Some(kept.keeper);
    if kept.done.taken_over {
        app.keeping.look_only = Some(LookOnly::Held(Holder::default()));
        app.view.front = Some(Front::LookOnly);
    }
    if let Some(batch) = kept.done.read {
        reading::take(app, ports, batch);
    }
    if let Some(error) = kept.done.unlogged {
        app.notify(Message::SaveFailed(error));
    }
    if let Some(error) = kept.done.error {
        app.mark_dirty(kept.keys);
        app.keeping.failed = true;
        if let SaveError::ChangedOnDisk { path } = &error {
            app.view.front = Some(Front::ChangedOutside(vec![path.clone()]));
        }
        app.notify(Message::SaveFailed(error));
        app.quit = false;
        files::go_on_opening(app, ports);
        return;
    }
    for key in kept.keys {
        if let PartKey::Timeline(annotator, report) = key {
            app.timelines.confirm(&(annotator, report));
        }
    }
    if let Some(folder) = kept.created {
        app.place = Some(folder.clone());
        app.keeping.look_only = None;
        app.settings
            .remember(std::path::absolute(&folder).unwrap_or(folder));
        app.keeping.settings_changed = true;
    }
    if kept.wrote {
        app.keeping.failed = false;
    }
    if kept.asked
        && let Some(place) = app.place.clone()
    {
        app.notify(Message::Saved(place));
    }
    if !kept.done.changed.is_empty() && app.view.front.is_none() {
        app.view.front = Some(Front::ChangedOutside(kept.done.changed));
    }
    if app.quit {
        flush(app, ports);
    }
    files::go_on_opening(app, ports);
}

/// Goes on with what was done but not saved before the last end, as gestures that can be undone.
pub(super) fn recover(app: &mut AppState, ports: &mut Ports) {
    // What can neither be written nor journalled must not be begun.
    if app.keeping.look_only.is_some() {
        app.view.front = Some(Front::LookOnly);
        return;
    }
    app.view.front = None;
    let recoveries = std::mem::take(&mut app.view.recoveries);
    let mut count = 0;
    for recovery in &recoveries {
        for (id, text) in &recovery.texts {
            app.texts.insert(fingerprint(text), Arc::clone(text));
            app.mark_dirty([PartKey::Text(id.clone())]);
        }
        for (place, edits) in recovery.edits.iter().enumerate() {
            let later = recovery.edits.get(place + 1..).unwrap_or_default();
            count += usize::from(recover_gesture(app, ports, edits, later));
        }
    }
    let orders = Orders {
        resolve: recoveries,
        ..orders(app, &BTreeSet::new())
    };
    send(app, ports, orders, BTreeSet::new(), false);
    app.notify(Message::Recovered(count));
}

/// Makes a gesture again, or what of it fits; answers whether anything did. What does not fit is told of.
fn recover_gesture(app: &mut AppState, ports: &mut Ports, edits: &[Edit], later: &[Vec<Edit>]) -> bool {
    if commit::try_commit(app, ports, "recover", edits.to_vec()).is_ok() {
        return true;
    }
    let (fitting, refused) = edit::again(&app.project, edits, later);
    if let Some(refusal) = refused {
        app.notify(Message::Refused(refusal));
    }
    !fitting.is_empty() && commit::try_commit(app, ports, "recover", fitting).is_ok()
}

/// Throws away what was done but not saved before the last end.
pub(super) fn discard_recovery(app: &mut AppState, ports: &mut Ports) {
    app.view.front = None;
    let orders = Orders {
        resolve: std::mem::take(&mut app.view.recoveries),
        ..Orders::default()
    };
    send(app, ports, orders, BTreeSet::new(), false);
}

/// Takes the project over from another instance.
pub(super) fn take_over(app: &mut AppState, ports: &mut Ports) {
    app.view.front = None;
    app.keeping.look_only = None;
    let orders = Orders {
        take_over: true,
        ..orders(app, &BTreeSet::new())
    };
    send(app, ports, orders, BTreeSet::new(), false);
}

/// Writes over what others have changed; their versions stay beside ours as copies.
pub(super) fn keep_ours(app: &mut AppState, ports: &mut Ports) {
    let Some(Front::ChangedOutside(paths)) = app.view.front.take() else {
        return;
    };
    app.keeping.failed = false;
    let keys = PartKey::all(&app.project);
    let orders = Orders {
        set_aside: paths,
        ..orders(app, &keys)
    };
    send(app, ports, orders, keys, true);
}

/// Opens the project again as it stands on disk. What is ours stays in the journal and is offered.
pub(super) fn take_theirs(app: &mut AppState, ports: &mut Ports) {
    app.view.front = None;
    if let Some(place) = app.place.clone() {
        app.keeping.dirty.clear();
        files::open(app, ports, vec![place], Choice::default());
    }
}

/// Takes over new settings; another annotator means other decisions.
pub(super) fn set_settings(app: &mut AppState, ports: &mut Ports, settings: Settings) {
    let other_layer = settings.annotator != app.settings.annotator;
    app.settings = settings.clamped();
    app.settings.annotator_known |= other_layer;
    app.keeping.settings_changed = true;
    if other_layer {
        navigate::change_layer(app, ports);
        lessons::refresh(app);
    }
}

fn write_settings(app: &mut AppState, ports: &mut Ports) {
    app.keeping.settings_changed = false;
    let (settings, path) = (app.settings.clone(), ports.data.join(crate::app::SETTINGS_FILE));
    ports.executor.submit(
        Lane::Keep,
        Box::new(move || match settings::save(&path, &settings) {
            Ok(()) => Outcome::Nothing,
            Err(error) => Outcome::SettingsFailed(error),
        }),
    );
}
