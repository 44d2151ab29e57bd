//! Writing a layer for other programs.

use std::path::PathBuf;

use crate::app::action::{Export, Front};
use crate::app::jobs::Lane;
use crate::app::notice::Message;
use crate::app::outcome::Outcome;
use crate::app::ports::Ports;
use crate::app::state::AppState;
use crate::exchange::export::{self, Selection, Written};

/// Writes one annotator's decisions in a job.
pub(super) fn export(app: &mut AppState, ports: &mut Ports, wanted: Export) {
    app.view.front = None;
    app.wait("waiting.exporting", None);
    let (project, texts, folder) = (app.project.clone(), app.texts_by_report(), app.place.clone());
    ports.executor.submit(
        Lane::Front,
        Box::new(move || {
            let mut selection = Selection::decided(&project, &texts, &wanted.annotator);
            selection.folder = folder.as_deref();
            if let Some(only) = &wanted.report {
                selection.reports.retain(|report| report == only);
            }
            let written = export::save(&selection, wanted.format, &wanted.path);
            Outcome::Exported(wanted.path, written.map_err(|error| error.to_string()))
        }),
    );
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
