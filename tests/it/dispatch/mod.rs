//! The state through `dispatch`, without a window: state in, actions, state out.

mod annotations;
mod decide;
mod export;
mod faults;
mod files;
mod past;
mod predictions;
mod reading;
mod recover;
mod refuse;
mod review;
mod save;
mod tools;
mod trouble;

use std::fs;
use std::path::{Path, PathBuf};

use indicator_annotator::app::action::{Action, Export, Format};
use indicator_annotator::app::command::Command;

use crate::desk::{ANNOTATOR, Desk};

/// Tags a number and lets it be written.
fn tag(desk: &mut Desk, words: &str) {
    desk.choose(words);
    desk.run(Command::Accept);
    desk.wait(1.0);
}

/// Writes the annotator's decisions on all reports.
fn export(format: Format, path: PathBuf) -> Action {
    Action::Export(Export {
        format,
        annotator: ANNOTATOR.into(),
        reports: None,
        path,
        with_config: false,
        replaces: false,
    })
}

fn accept_everything(desk: &mut Desk) {
    desk.run(Command::NextOpen);
    while !desk.app.marks.ledger().is_complete() {
        let before = desk.app.marks.ledger().open;
        desk.run(Command::Accept);
        assert!(desk.app.marks.ledger().open < before, "{}", desk.current());
    }
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] })
        .collect()
}
