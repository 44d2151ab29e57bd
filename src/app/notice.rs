//! Messages to the person: what happened, to which file, and what to do.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::incoming::ReportProblem;
use crate::edit::EditError;
use crate::model::{Annotator, FieldError};
use crate::store::{OpenError, SaveError, StoreNotice};

/// How serious a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// It went well.
    Done,
    /// Worth knowing.
    Note,
    /// Something did not work; nothing is lost.
    Failure,
}

/// One message, shown until it is dropped or grows old.
#[derive(Debug)]
pub struct Notice {
    /// Unique while the program runs.
    pub id: u64,
    /// When it came: seconds since the program started.
    pub at: f64,
    /// What it says.
    pub message: Message,
}

/// What a message says; the window puts it into words.
#[derive(Debug)]
pub enum Message {
    /// The project was saved in this folder.
    Saved(PathBuf),
    /// Every number of the report has been decided on.
    ReportComplete,
    /// So many numbers were decided on at once.
    DecidedAlike(usize),
    /// A change was taken back; its command's id.
    Undone(Cow<'static, str>),
    /// A change was made again; its command's id.
    Redone(Cow<'static, str>),
    /// There is nothing to take back.
    NothingToUndo,
    /// There is nothing to make again.
    NothingToRedo,
    /// No number is current and nothing is selected.
    NothingToDecide,
    /// There are no other numbers like the current one.
    NoneAlike,
    /// Only these others have decided anything here; the person's own layer is empty.
    OthersDecided(String),
    /// There is nothing else that the field could be.
    NoAlternative,
    /// Something needs all reports; so many have been read, of so many.
    StillReading(usize, usize),
    /// Nobody has decided anything that could be written.
    NothingToExport,
    /// An export could not be written there.
    ExportFailed(PathBuf, String),
    /// A merge could not settle so much of the person's layer.
    Conflicts(usize),
    /// Fewer than two annotators have decided anything.
    NothingToCurate,
    /// So many decisions that all have made alike were merged.
    AgreedMerged(usize),
    /// Every case has been settled.
    CurationComplete,
    /// Some points of the case are still to be chosen.
    NotAllChosen,
    /// So many suggestions of other programs came in.
    SuggestionsImported(usize),
    /// So many decisions of other programs came into this layer.
    AnnotationsImported(usize, Annotator),
    /// The person has stopped what they waited for, and nothing of it was done.
    Stopped,
    /// The list of the review queue ends here.
    QueueEnds,
    /// Nothing that is listed can be accepted.
    NothingToAccept,
    /// So many suggestions were accepted at once.
    AcceptedAll(usize),
    /// Nothing is proposed for the current number.
    NothingToReject,
    /// The checks have found nothing.
    NothingFound,
    /// Nothing is selected.
    NothingSelected,
    /// So many changes were restored.
    Recovered(usize),
    /// Reports were added.
    Added(usize),
    /// A folder has no reports in it.
    NoReports(PathBuf),
    /// A file could not be read as a report.
    Unreadable(PathBuf, ReportProblem),
    /// A file or project could not be opened.
    OpenFailed(OpenError),
    /// Something was not written.
    SaveFailed(SaveError),
    /// The store has something to say of a file.
    Store(StoreNotice),
    /// A change did not fit the project.
    Refused(EditError),
    /// Words did not fit a field.
    FieldRefused(FieldError),
    /// The desktop has no dialog service.
    NoDialog,
    /// The encoding cannot be changed while there are decisions.
    EncodingInUse,
    /// There is no original to read again.
    NoOriginal,
    /// So many indicators were added to the catalogue.
    CatalogueTaken(usize),
    /// A catalogue file was written.
    CatalogueWritten(PathBuf),
    /// A catalogue file could not be read: where, line, column, what.
    CatalogueBroken(PathBuf, String),
    /// A job broke off.
    Broke(String),
}

impl Message {
    /// Whether it says the same kind of thing of the same file.
    pub fn is_about_the_same(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other) && self.path() == other.path()
    }

    /// The file or folder that something failed with.
    fn path(&self) -> Option<&Path> {
        match self {
            Self::NoReports(path) | Self::Unreadable(path, _) | Self::CatalogueBroken(path, _) => Some(path),
            Self::OpenFailed(error) => Some(error.path()),
            Self::SaveFailed(error) => Some(error.path()),
            Self::Store(notice) => Some(notice.path()),
            _ => None,
        }
    }

    /// How serious it is.
    pub fn level(&self) -> Level {
        match self {
            Self::Saved(_)
            | Self::ReportComplete
            | Self::DecidedAlike(_)
            | Self::Recovered(_)
            | Self::Added(_)
            | Self::AgreedMerged(_)
            | Self::CurationComplete
            | Self::SuggestionsImported(_)
            | Self::AnnotationsImported(..)
            | Self::AcceptedAll(_)
            | Self::CatalogueTaken(_)
            | Self::CatalogueWritten(_) => Level::Done,
            Self::Undone(_)
            | Self::Redone(_)
            | Self::NothingToUndo
            | Self::NothingToRedo
            | Self::Stopped
            | Self::NothingToDecide
            | Self::NoneAlike
            | Self::NoAlternative
            | Self::OthersDecided(_)
            | Self::NothingToExport
            | Self::StillReading(..)
            | Self::Conflicts(_)
            | Self::NothingToCurate
            | Self::NotAllChosen
            | Self::QueueEnds
            | Self::NothingToAccept
            | Self::NothingToReject
            | Self::NothingFound
            | Self::NothingSelected
            | Self::NoDialog => Level::Note,
            Self::NoReports(_)
            | Self::Unreadable(..)
            | Self::OpenFailed(_)
            | Self::SaveFailed(_)
            | Self::Store(_)
            | Self::Refused(_)
            | Self::FieldRefused(_)
            | Self::EncodingInUse
            | Self::NoOriginal
            | Self::ExportFailed(..)
            | Self::CatalogueBroken(..)
            | Self::Broke(_) => Level::Failure,
        }
    }
}
