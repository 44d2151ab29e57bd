//! The desktop's own dialogs, through rfd.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::incoming::ENDINGS;
use super::ports::{Picked, Picker, Purpose};

/// No person answers a dialog faster than this: there was none.
const TOO_FAST: Duration = Duration::from_millis(80);

/// Asks the desktop. rfd cannot tell a dismissed dialog from a missing one, so the time does.
pub struct DesktopPicker;

impl Picker for DesktopPicker {
    fn pick(&self, purpose: Purpose, folder: Option<&Path>) -> Picked {
        let begun = Instant::now();
        let mut dialog = rfd::FileDialog::new();
        if let Some(folder) = folder {
            dialog = dialog.set_directory(folder);
        }
        let chosen: Option<Vec<PathBuf>> = match purpose {
            Purpose::OpenFiles | Purpose::AddReports => {
                let mut suffixes = ENDINGS.to_vec();
                if purpose == Purpose::OpenFiles {
                    suffixes.push("ron");
                }
                dialog
                    .add_filter(suffixes.join(", "), &suffixes)
                    .add_filter("*", &["*"])
                    .pick_files()
            }
            Purpose::OpenFolder | Purpose::SaveFolder => dialog.pick_folder().map(|path| vec![path]),
            Purpose::ImportSuggestions => dialog
                .add_filter("jsonl, json", &["jsonl", "json"])
                .add_filter("*", &["*"])
                .pick_files(),
            Purpose::ImportAnnotations => dialog.pick_files(),
            Purpose::ImportCatalogue => dialog
                .add_filter("ron", &["ron"])
                .pick_file()
                .map(|path| vec![path]),
            Purpose::ExportCatalogue => {
                let dialog = dialog.add_filter("ron", &["ron"]).set_file_name("catalogue.ron");
                // A dialog may give a name without the ending that was asked for.
                let with_ending = |path: PathBuf| {
                    if path.extension().is_none() {
                        path.with_extension("ron")
                    } else {
                        path
                    }
                };
                dialog.save_file().map(|path| vec![with_ending(path)])
            }
        };
        match chosen {
            Some(paths) => Picked::Chosen(paths),
            None if begun.elapsed() < TOO_FAST => Picked::Unavailable,
            None => Picked::Dismissed,
        }
    }
}
