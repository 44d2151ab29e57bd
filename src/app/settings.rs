//! What a person set for all projects. Safe to lose.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::model::{DismissReason, Language};

/// How many projects and reports the recent list remembers.
const MOST_RECENT: usize = 12;

/// Which colours the window has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the desktop has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// Settings of the program on this machine, in `settings.ron` of its data folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The name of the person's layer.
    pub annotator: String,
    /// Whether the person has said that this is their name.
    pub annotator_known: bool,
    /// The window's language.
    pub language: Language,
    /// The window's colours.
    pub theme: Theme,
    /// The whole window's magnification, in per cent.
    pub zoom: u16,
    /// The report's letter size, in points.
    pub text_size: u8,
    /// The height of a line of the report, in per cent of the letter size.
    pub line_height: u16,
    /// The width of the column, in Chinese characters.
    pub column: u8,
    /// Whether dates, list numbers and names are marked too.
    pub show_muted: bool,
    /// Whether the other annotators' decisions are shown too; without, everybody annotates for themselves.
    pub show_others: bool,
    /// Whether the list of reports is shown.
    pub show_reports: bool,
    /// Whether the inspector is shown.
    pub show_inspector: bool,
    /// Whether the table is shown.
    pub show_table: bool,
    /// The reason of the last dismissal.
    pub last_reason: DismissReason,
    /// What was open lately, newest first.
    pub recent: Vec<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            annotator: String::new(),
            annotator_known: false,
            language: Language::Chinese,
            theme: Theme::System,
            zoom: 100,
            text_size: 17,
            line_height: 188,
            column: 42,
            show_muted: false,
            show_others: false,
            show_reports: true,
            show_inspector: true,
            show_table: true,
            last_reason: DismissReason::Criterion,
            recent: Vec::new(),
        }
    }
}

impl Settings {
    /// Puts every number back into the range that the window can draw.
    #[must_use]
    pub fn clamped(mut self) -> Self {
        self.zoom = self.zoom.clamp(50, 300);
        self.text_size = self.text_size.clamp(10, 40);
        self.line_height = self.line_height.clamp(120, 300);
        self.column = self.column.clamp(16, 120);
        self
    }

    /// Puts a path on top of the recent list.
    pub fn remember(&mut self, path: PathBuf) {
        self.recent.retain(|other| other != &path);
        self.recent.insert(0, path);
        self.recent.truncate(MOST_RECENT);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::store::settings;

    /// What a person has set stays set in every later version.
    #[test]
    fn the_first_format_is_read() {
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/v1/settings.ron");
        // A file that cannot be understood would be renamed.
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("settings.ron");
        std::fs::copy(fixture, &copy).unwrap();
        let (read, notice) = settings::load::<Settings>(&copy);
        assert_eq!(notice, None);
        let set = Settings {
            annotator: "林".to_owned(),
            annotator_known: true,
            language: Language::English,
            theme: Theme::Dark,
            zoom: 125,
            text_size: 19,
            line_height: 160,
            column: 50,
            show_muted: true,
            show_others: true,
            show_reports: false,
            show_inspector: false,
            show_table: false,
            last_reason: DismissReason::Date,
            recent: vec!["/甲/project".into(), "乙.txt".into()],
        };
        assert_eq!(read, set);
    }
}
