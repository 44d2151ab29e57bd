//! Writing a layer for other programs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::app::action::{Export, Front};
use crate::app::incoming;
use crate::app::jobs::Lane;
use crate::app::notice::Message;
use crate::app::outcome::Outcome;
use crate::app::ports::Ports;
use crate::app::state::AppState;
use crate::exchange::export::{self, Selection, Written};
use crate::model::ReportId;

/// Writes one annotator's decisions in a job.
pub(super) fn export(app: &mut AppState, ports: &mut Ports, wanted: Export) {
    app.view.front = None;
    app.wait("waiting.exporting", None);
    let (project, texts, folder) = (app.project.clone(), app.texts_by_report(), app.place.clone());
    let (archive, readings) = (app.archive.clone(), app.readings.clone());
    ports.executor.submit(
        Lane::Front,
        Box::new(move || {
            let in_the_way =
                is_taken(&wanted.path) || (wanted.with_config && is_taken(&config_beside(&wanted.path)));
            if in_the_way && !wanted.replaces {
                return Outcome::ExportInTheWay(wanted);
            }
            let mut selection = Selection::decided(&project, &texts, &wanted.annotator);
            selection.folder = folder.as_deref();
            if let Some(only) = &wanted.reports {
                let only: BTreeSet<&ReportId> = only.iter().collect();
                selection.reports.retain(|report| only.contains(report));
            }
            selection.pages = incoming::pages_of(&archive, &readings, selection.readable());
            let written = write(&selection, &wanted);
            Outcome::Exported(wanted.path, written.map_err(|error| error.to_string()))
        }),
    );
}

/// Whether a file, or a folder with something in it, lies at a path.
fn is_taken(path: &Path) -> bool {
    match fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_some(),
        Err(_) => path.exists(),
    }
}

fn write(selection: &Selection<'_>, wanted: &Export) -> io::Result<Written> {
    if wanted.with_config {
        export::save_config(selection, &config_beside(&wanted.path))?;
    }
    export::save(selection, wanted.format, &wanted.path)
}

/// Where the labelling configuration for an export is written.
fn config_beside(path: &Path) -> PathBuf {
    path.with_extension("config.xml")
}

/// Asks whether what lies in the way is to be replaced.
pub(super) fn ask_to_replace(app: &mut AppState, wanted: Export) {
    app.waiting = None;
    app.view.front = Some(Front::ReplaceExport(Box::new(wanted)));
}

/// Says what was written and what the format does not carry.
pub(super) fn take(app: &mut AppState, path: PathBuf, written: Result<Written, String>) {
    app.waiting = None;
    match written {
        Ok(written) => {
            app.view.exported = Some((path, written));
            app.view.front = Some(Front::Exported);
        }
        Err(words) => app.notify(Message::ExportFailed(path, words)),
    }
}
