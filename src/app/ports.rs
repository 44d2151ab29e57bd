//! What the state needs of the outside: jobs, dialogs, a folder for its own files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::jobs::Executor;

/// What a dialog is to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Reports or a project file to open.
    OpenFiles,
    /// A folder to open.
    OpenFolder,
    /// Reports to add.
    AddReports,
    /// A folder to save in.
    SaveFolder,
    /// A catalogue file to take in.
    ImportCatalogue,
    /// Files of what other programs propose.
    ImportSuggestions,
    /// Files of what other programs say, for a layer.
    ImportAnnotations,
    /// A catalogue file to write.
    ExportCatalogue,
}

/// What a dialog came back with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    /// The person chose these.
    Chosen(Vec<PathBuf>),
    /// The person chose nothing.
    Dismissed,
    /// There was no dialog to show.
    Unavailable,
}

/// Shows the desktop's dialogs; called on a job's thread, where it may block.
pub trait Picker: Send + Sync {
    /// Shows a dialog that starts in `folder` and waits for the person.
    fn pick(&self, purpose: Purpose, folder: Option<&Path>) -> Picked;
}

/// The wall clock: milliseconds since the start of 1970, UTC.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;

/// The clock of this machine.
pub fn machine_clock() -> Clock {
    Arc::new(|| {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        since.map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    })
}

/// Everything outside the state that `dispatch` may use.
pub struct Ports {
    /// Runs jobs.
    pub executor: Box<dyn Executor>,
    /// Shows dialogs.
    pub picker: Arc<dyn Picker>,
    /// Tells when something is done.
    pub clock: Clock,
    /// The folder of settings and recovery files.
    pub data: PathBuf,
}
