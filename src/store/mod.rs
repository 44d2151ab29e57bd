//! Projects on the disk: reading, saving, and keeping what was not saved yet.
//!
//! May use model, edit, text and `std::fs`. Never contains egui, nor a path that a file's content
//! chooses. Every function blocks on the disk, so the window calls none of them: a [`Store`] lives
//! on a worker thread.

mod archive;
mod atomic;
pub mod catalogues;
mod error;
mod files;
mod folder;
mod format;
mod journal;
pub mod layout;
mod lines;
mod lock;
pub mod merge_file;
mod open;
mod read;
mod records;
mod reload;
mod save;
pub mod settings;
mod stamp;
#[cfg(test)]
mod tests;
mod timeline;
mod unread;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::{
    Annotator, CandidateRule, Catalogue, Change, Extractor, Language, Layer, Memory, ReportId, Reports,
    Suggestion,
};

pub use archive::Archive;
pub use error::{Broken, OpenError, SaveError, Step};
pub use files::{Entry, FileSystem, Metadata, NewFile, RealFiles};
pub use folder::Store;
pub use format::{Anchoring, FORMAT, LostQuote, Placed, Quote, QuoteFinder};
pub use journal::{Ground, Journal, Past, Recovery, Subject};
pub use lock::{Holder, Lock, LockError};
pub use open::Opened;
pub use stamp::ContentHash;
pub use timeline::Timeline;
pub use unread::Batch;

/// A part of a project that is one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// `project.ron`.
    Head {
        /// The project's title.
        title: String,
        /// The language of its texts.
        language: Language,
        /// The program that proposes decisions, if it names one.
        extractor: Option<Extractor>,
        /// Its reports, in the order of the list.
        reports: Reports,
    },
    /// `catalogue.ron`.
    Catalogue(Catalogue),
    /// `rules.ron`; no file while there are none.
    Rules(Vec<CandidateRule>),
    /// `guidelines.md`; no file while there are none.
    Guidelines(String),
    /// A report's text as annotated.
    Text {
        /// Which report.
        report: ReportId,
        /// Its text.
        text: Arc<str>,
    },
    /// The file that a report was read from; no file where it is the same as the text.
    Original {
        /// Which report.
        report: ReportId,
        /// The file's name, of which the suffix is kept.
        name: String,
        /// What it holds.
        bytes: Arc<[u8]>,
    },
    /// What one annotator says of one report; no file while that is nothing.
    Layer {
        /// Whose.
        annotator: Annotator,
        /// On which report.
        report: ReportId,
        /// The decisions, rejections and conflicts.
        layer: Layer,
        /// The report's text, which the spans lie in.
        text: Arc<str>,
    },
    /// What extractors proposed for one report; no file while there is nothing.
    Suggestions {
        /// For which report.
        report: ReportId,
        /// The proposals.
        suggestions: Arc<[Suggestion]>,
        /// The report's text, which the spans lie in.
        text: Arc<str>,
    },
    /// What one annotator's decisions have taught; no file while that is nothing.
    Memory {
        /// Whose.
        annotator: Annotator,
        /// The lessons.
        memory: Memory,
    },
    /// The findings of checks that one annotator lets stand; no file while there are none.
    Waivers {
        /// Whose.
        annotator: Annotator,
        /// The reason of each, by the finding's key.
        waivers: BTreeMap<String, String>,
    },
    /// What has happened to one layer since its timeline was written last: it is added to the file.
    Timeline {
        /// Whose layer.
        annotator: Annotator,
        /// On which report.
        report: ReportId,
        /// The new changes, the oldest first. Changes that the file has already are added only once.
        changes: Vec<Change>,
        /// The report's text, which the spans lie in.
        text: Arc<str>,
    },
}

impl Part {
    /// The file that it is, where edits change it.
    pub fn subject(&self) -> Option<Subject> {
        Some(match self {
            Self::Head { .. } => Subject::Head,
            Self::Catalogue(_) => Subject::Catalogue,
            Self::Rules(_) => Subject::Rules,
            Self::Guidelines(_) => Subject::Guidelines,
            Self::Layer {
                annotator, report, ..
            } => Subject::Layer(annotator.clone(), report.clone()),
            Self::Suggestions { report, .. } => Subject::Suggestions(report.clone()),
            Self::Memory { annotator, .. } => Subject::Memory(annotator.clone()),
            Self::Waivers { annotator, .. } => Subject::Waivers(annotator.clone()),
            Self::Text { .. } | Self::Original { .. } | Self::Timeline { .. } => return None,
        })
    }
}

/// Why an opened project must not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// `project.ron` has this newer format.
    NewerFormat {
        /// The format found.
        found: u32,
    },
    /// The folder or `project.ron` is marked as not to be written.
    NotWritable,
}

/// Something that a person should know, which did not keep the rest from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreNotice {
    /// The file could not be understood; it is left out, and not overwritten.
    Broken(Broken),
    /// The file has a newer format; it is not overwritten.
    NewerFormat {
        /// The file.
        path: PathBuf,
        /// The format found.
        found: u32,
        /// Whether what this program knows of it was read.
        read: bool,
    },
    /// The file could not be read; it is left out, and not overwritten.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        message: String,
    },
    /// The list has a report whose text is not there.
    TextMissing {
        /// The report.
        report: ReportId,
        /// Where its text should be.
        path: PathBuf,
    },
    /// A report's text is not the one that the list names; decisions were sought in the new one.
    TextChanged {
        /// The report.
        report: ReportId,
        /// Its text.
        path: PathBuf,
    },
    /// Some words of a layer or of suggestions stand elsewhere now, or nowhere.
    Anchored {
        /// Whose layer; `None` for suggestions.
        annotator: Option<Annotator>,
        /// On which report.
        report: ReportId,
        /// What became of the words.
        anchoring: Anchoring,
        /// The file.
        path: PathBuf,
    },
    /// A file belongs to a report that the list does not have; it is left as it is.
    UnknownReport {
        /// The report that the file names.
        report: ReportId,
        /// The file.
        path: PathBuf,
    },
    /// Settings could not be understood; they are kept under another name and defaults are used.
    SettingsReset {
        /// What was wrong.
        broken: Broken,
        /// Where the old file is now, if it could be renamed.
        kept_as: Option<PathBuf>,
    },
}

impl StoreNotice {
    /// The file that the notice is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::Broken(broken) | Self::SettingsReset { broken, .. } => &broken.path,
            Self::NewerFormat { path, .. }
            | Self::Unreadable { path, .. }
            | Self::TextMissing { path, .. }
            | Self::TextChanged { path, .. }
            | Self::Anchored { path, .. }
            | Self::UnknownReport { path, .. } => path,
        }
    }

    /// What a person can do about it.
    pub const fn advice(&self) -> &'static str {
        match self {
            Self::Broken(_) => "mend the place in a text editor, or set the file aside",
            Self::NewerFormat { .. } => "install the newer version of this program to change it",
            Self::Unreadable { .. } => {
                "check the file's permissions and the disk, then open the project again"
            }
            Self::TextMissing { .. } => "put the text back, or remove the report from the list",
            Self::TextChanged { .. } => "look through the report's decisions",
            Self::Anchored { .. } => "look at the words named here, and tag again what was lost",
            Self::UnknownReport { .. } => "add the report again to see it",
            Self::SettingsReset { .. } => "set again what you had changed, or mend the old file",
        }
    }
}

impl std::fmt::Display for StoreNotice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shown = self.path().display();
        match self {
            Self::Broken(broken) => write!(f, "left out, {broken}"),
            Self::NewerFormat { found, read, .. } => {
                let what = if *read { "opened read-only" } else { "left out" };
                write!(f, "{what}, the file has the newer format {found}: {shown}")
            }
            Self::Unreadable { message, .. } => write!(f, "could not read ({message}): {shown}"),
            Self::TextMissing { report, .. } => write!(f, "the text of `{report}` is missing: {shown}"),
            Self::TextChanged { report, .. } => {
                write!(
                    f,
                    "the text of `{report}` was changed by another program: {shown}"
                )
            }
            Self::Anchored { anchoring, .. } => {
                let Anchoring {
                    kept,
                    moved,
                    ambiguous,
                    lost,
                } = anchoring;
                write!(
                    f,
                    "{kept} kept, {moved} moved, {} ambiguous, {} lost: {shown}",
                    ambiguous.len(),
                    lost.len()
                )
            }
            Self::UnknownReport { report, .. } => {
                write!(f, "left out, the project has no report `{report}`: {shown}")
            }
            Self::SettingsReset { broken, .. } => write!(f, "defaults are used, {broken}"),
        }
    }
}
