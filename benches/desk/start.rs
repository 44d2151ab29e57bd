//! From the start of the program to the first frame with the sample project, without the desktop's part.

use std::path::{Path, PathBuf};

use indicator_annotator::app::action::Action;
use indicator_annotator::app::incoming::project_folder;

use crate::Effort;
use crate::common::Outcome;
use crate::table::{Budget, Table};
use crate::window::{Window, timed};

/// In milliseconds.
const START: Budget = Budget::median(400.0);

/// Measures the start.
pub fn measure(table: &mut Table, effort: Effort) -> Outcome<()> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_docs");
    let project = sample_project(&samples);
    let (what, path) = match project {
        Some(project) => ("start to first frame, sample project", project),
        None => ("start to first frame, sample reports", samples),
    };
    let mut times = Vec::new();
    for _ in 0..effort.few {
        let data = tempfile::tempdir()?;
        let (shown, time) = timed(|| -> Outcome<()> {
            let mut window = Window::start(data.path())?;
            window.send(Action::Open(vec![path.clone()]));
            window.until("a report", |state| state.document().is_some())?;
            window.frame(Vec::new());
            Ok(())
        });
        shown?;
        times.push(time);
    }
    table.row(what, "", &times, START);
    Ok(())
}

/// The project among the samples.
fn sample_project(samples: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(samples).ok()?;
    entries
        .filter_map(Result::ok)
        .find_map(|entry| project_folder(&entry.path()))
}
