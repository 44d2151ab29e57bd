//! Saving one decision: the journal and the layer's file off the UI thread, and what it holds the window.

use std::path::Path;
use std::sync::Arc;

use egui::Key;
use indicator_annotator::app::action::Action;
use indicator_annotator::app::jobs::Lane;
use indicator_annotator::app::ports::Purpose;
use indicator_annotator::app::state::AppState;
use indicator_annotator::model::{Annotator, Decision, Layer};
use indicator_annotator::store::{Part, Store};

use crate::common::Outcome;
use crate::table::{Budget, Table};
use crate::window::{Window, timed};
use crate::{Effort, Sized};

/// Off the UI thread, in milliseconds.
const SAVE: Budget = Budget::median(20.0);

/// On the UI thread, in milliseconds: the order to save. By the clock, for it must not wait for a disk.
const HELD: Budget = Budget::median(8.0);

/// From so many decisions on, a file is too large to be written with every one of them.
const LARGE: usize = 2_000;

/// Longer than changes rest before they are written, in seconds.
const REST: f64 = 60.0;

/// Measures saving: in a report with few decisions, and in one where all numbers are decided.
pub fn measure(table: &mut Table, report: &Sized, effort: Effort) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let data = tempfile::tempdir()?;
    let mut window = Window::with_open(data.path(), &report.path)?;
    let project = folder.path().join("project");
    window.send(Action::UsePath(Purpose::SaveFolder, project.clone()));
    window.until("a saved project", |state| {
        state.place.is_some() && !state.keeping.at_work
    })?;
    saves(table, report, "", window, effort.many / 4)?;

    decide_all(&project, &report.path, data.path())?;
    let (window, time) = timed(|| Window::with_open(data.path(), &project));
    let opened = [time];
    table.told("open a project, all decided, suggested", report.name, &opened);
    saves(table, report, ", all decided", window?, effort.few)
}

/// Decides one number after another and saves each.
fn saves(table: &mut Table, report: &Sized, what: &str, mut window: Window, times: usize) -> Outcome<()> {
    let [mut journal, mut layer, mut held] = [(); 3].map(|()| Vec::new());
    window.press(Key::K);
    for number in 0..times {
        window.take_jobs(Lane::Keep);
        // Dismissing the same number for another reason is a decision as well.
        window.press(if number % 2 == 0 { Key::X } else { Key::Num1 });
        window.send(Action::CloseFront);
        window.until("a journalled decision", |state| {
            !state.keeping.at_work && state.keeping.unjournalled.is_empty()
        })?;
        journal.extend(window.take_jobs(Lane::Keep).iter().map(|job| job.clock));
        let rested = window.state().now + REST;
        held.push(window.send(Action::Tick(rested)));
        window.until("a saved decision", |state| {
            !state.keeping.at_work && state.keeping.dirty.is_empty()
        })?;
        layer.extend(window.take_jobs(Lane::Keep).iter().map(|job| job.clock));
    }
    table.row(&format!("save: journal{what}"), report.name, &journal, SAVE);
    // Past a few thousand decisions the file is written every few seconds; until then the journal has them.
    let is_large = layer_len(window.state()) > LARGE;
    let budget = if is_large { Budget::default() } else { SAVE };
    table.row(&format!("save: layer file{what}"), report.name, &layer, budget);
    table.row(&format!("save: window held{what}"), report.name, &held, HELD);
    Ok(())
}

fn layer_len(state: &AppState) -> usize {
    state.layer().map_or(0, Layer::len)
}

/// Writes every suggestion of the project's report as a decision.
fn decide_all(project: &Path, report: &Path, data: &Path) -> Outcome<()> {
    let window = Window::with_open(data, report)?;
    let state = window.state();
    let (Some(open), Some(document)) = (state.view.report.clone(), state.document()) else {
        return Err("the report is not open".into());
    };
    let mut layer = Layer::default();
    for suggestion in state
        .suggestions
        .get(&open)
        .into_iter()
        .flat_map(|all| all.iter())
    {
        layer.insert(Arc::new(Decision::accepted(suggestion)));
    }
    let annotator = Annotator::from(state.settings.annotator.as_str());
    let (mut store, _) = Store::open(project)?;
    store.write(&[Part::Layer {
        annotator,
        report: open,
        layer,
        text: Arc::clone(&document.text),
    }])?;
    Ok(())
}
