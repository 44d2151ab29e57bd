//! What the program begins with: its data folder, its settings, an empty state.

use std::path::PathBuf;

use super::SETTINGS_FILE;
use super::notice::Message;
use super::settings::Settings;
use super::state::AppState;
use crate::store::settings;

/// The variable that names another data folder, for tests and for several set-ups on one machine.
pub const DATA_VARIABLE: &str = "INDICATOR_ANNOTATOR_DATA";

/// The folder of settings and recovery files.
pub fn data_folder() -> PathBuf {
    if let Some(folder) = std::env::var_os(DATA_VARIABLE) {
        return folder.into();
    }
    let dirs = directories::ProjectDirs::from("", "", "indicator-annotator");
    dirs.map_or_else(
        || PathBuf::from(".indicator-annotator"),
        |dirs| dirs.data_local_dir().to_path_buf(),
    )
}

/// The state that the program begins with, from the settings in its data folder.
pub fn first_state(data: &std::path::Path) -> AppState {
    let (settings, notice) = settings::load::<Settings>(&data.join(SETTINGS_FILE));
    let mut settings = settings.clamped();
    if settings.annotator.trim().is_empty() {
        settings.annotator = login_name();
    }
    let mut state = AppState {
        settings,
        ..AppState::default()
    };
    if let Some(notice) = notice {
        state.notify(Message::Store(notice));
    }
    state
}

/// The name that the person logged in with; shown in the window, where it can be changed.
fn login_name() -> String {
    let name = ["USER", "USERNAME", "LOGNAME"]
        .iter()
        .find_map(|variable| std::env::var(variable).ok());
    name.filter(|name| !name.trim().is_empty())
        .unwrap_or_else(|| "annotator".to_owned())
}
