//! What can go wrong with a file: what happened, where, and what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The step of reading or writing a file at which something failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Finding the file and its folder.
    Find,
    /// Reading it.
    Read,
    /// Making a folder.
    CreateFolder,
    /// Making the temporary file beside it.
    Create,
    /// Writing the temporary file.
    Write,
    /// Bringing the temporary file to the disk.
    Sync,
    /// Reading the temporary file back.
    Verify,
    /// Putting the temporary file in its place.
    Rename,
    /// Bringing the folder's entry to the disk.
    SyncFolder,
    /// Adding to its end.
    Append,
    /// Removing it.
    Remove,
}

impl Step {
    /// What was being done, as part of a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Find => "find",
            Self::Read => "read",
            Self::CreateFolder => "make the folder of",
            Self::Create => "make the temporary file for",
            Self::Write => "write the temporary file for",
            Self::Sync => "bring to the disk the temporary file for",
            Self::Verify => "read back the temporary file for",
            Self::Rename => "replace",
            Self::SyncFolder => "bring to the disk the folder of",
            Self::Append => "add to the end of",
            Self::Remove => "remove",
        }
    }
}

/// A place in a file that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// The column in code points, from 1; 0 where the whole file is meant.
    pub column: usize,
    /// What was found and what was expected.
    pub message: String,
}

impl Broken {
    /// A file that is wrong as a whole.
    pub(super) fn whole(path: &Path, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line: 0,
            column: 0,
            message: message.into(),
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            line,
            column,
            message,
        } = self;
        match line {
            0 => write!(f, "{message}: {}", path.display()),
            _ => write!(f, "{message}: {}:{line}:{column}", path.display()),
        }
    }
}

/// Why a project could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// There is no project at this place.
    NotAProject {
        /// The folder or file.
        path: PathBuf,
    },
    /// The file may not be read.
    PermissionDenied {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a newer version that changed more than this one can read.
    NewerFormat {
        /// The file.
        path: PathBuf,
        /// Its format version.
        found: u32,
        /// The newest format version that this program knows.
        known: u32,
    },
    /// The file is no valid project file.
    Broken(Broken),
    /// A link in the project leads out of the project's folder.
    Outside {
        /// The link.
        path: PathBuf,
    },
    /// Anything else that the system reports.
    Io {
        /// What was being done.
        step: Step,
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

impl OpenError {
    pub(super) fn io(step: Step, path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::PermissionDenied => Self::PermissionDenied { path },
            _ => Self::Io { step, path, source },
        }
    }

    /// The file that the error is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::NotAProject { path }
            | Self::PermissionDenied { path }
            | Self::NewerFormat { path, .. }
            | Self::Outside { path }
            | Self::Io { path, .. } => path,
            Self::Broken(broken) => &broken.path,
        }
    }

    /// What a person can do about it.
    pub const fn advice(&self) -> &'static str {
        match self {
            Self::NotAProject { .. } => "choose a folder that holds a `project.ron`, or open reports instead",
            Self::PermissionDenied { .. } => "ask for the right to read it, or open a copy",
            Self::NewerFormat { .. } => "install the version of this program that wrote it",
            Self::Broken(_) => "mend the place in a text editor, or put an earlier copy of the file back",
            Self::Outside { .. } => "replace the link with the file that it leads to",
            Self::Io { .. } => "check that the disk or network folder can be reached, then try again",
        }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAProject { path } => write!(f, "there is no project here: {}", path.display()),
            Self::PermissionDenied { path } => write!(f, "no permission to read: {}", path.display()),
            Self::NewerFormat { path, found, known } => write!(
                f,
                "the file has format {found}, this program reads up to {known}: {}",
                path.display()
            ),
            Self::Broken(broken) => broken.fmt(f),
            Self::Outside { path } => {
                write!(
                    f,
                    "the link leads out of the project's folder: {}",
                    path.display()
                )
            }
            Self::Io { step, path, source } => {
                write!(f, "could not {} ({source}): {}", step.words(), path.display())
            }
        }
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Why a file could not be saved. What was on the disk before is still there.
#[derive(Debug)]
pub enum SaveError {
    /// There is a project at this place already, or a file that ours would replace.
    AlreadyThere {
        /// The file in the way.
        path: PathBuf,
    },
    /// The disk is full.
    NoSpace {
        /// The file.
        path: PathBuf,
    },
    /// The file or its file system is read-only.
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder may not be written.
    PermissionDenied {
        /// The file.
        path: PathBuf,
    },
    /// Another program changed, replaced or removed the file since it was read.
    ChangedOnDisk {
        /// The file.
        path: PathBuf,
    },
    /// The file has a newer format and would lose what this program does not know.
    NewerFormat {
        /// The file.
        path: PathBuf,
    },
    /// The file could not be understood when it was read, so it is not overwritten.
    Broken(Broken),
    /// The file was not read, because the report's text is missing, so it is not overwritten.
    NotRead {
        /// The file.
        path: PathBuf,
    },
    /// A link in the project leads out of the project's folder.
    Outside {
        /// The link.
        path: PathBuf,
    },
    /// A decision's span does not fit the report's text.
    DoesNotFit {
        /// The file.
        path: PathBuf,
        /// The first byte of the span.
        start: usize,
    },
    /// Anything else that the system reports.
    Io {
        /// What was being done.
        step: Step,
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
}

impl SaveError {
    pub(super) fn io(step: Step, path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::NoSpace { path },
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            io::ErrorKind::PermissionDenied => Self::PermissionDenied { path },
            _ => Self::Io { step, path, source },
        }
    }

    /// The file that the error is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::AlreadyThere { path }
            | Self::NoSpace { path }
            | Self::ReadOnly { path }
            | Self::PermissionDenied { path }
            | Self::ChangedOnDisk { path }
            | Self::NewerFormat { path }
            | Self::NotRead { path }
            | Self::Outside { path }
            | Self::DoesNotFit { path, .. }
            | Self::Io { path, .. } => path,
            Self::Broken(broken) => &broken.path,
        }
    }

    /// What a person can do about it.
    pub const fn advice(&self) -> &'static str {
        match self {
            Self::AlreadyThere { .. } => "choose an empty folder, or open the project that is there",
            Self::NoSpace { .. } => "make room on the disk or save elsewhere; the edits are kept meanwhile",
            Self::ReadOnly { .. } => "save elsewhere, or make the file writable",
            Self::PermissionDenied { .. } => "save elsewhere, or ask for the right to write here",
            Self::ChangedOnDisk { .. } => "read the file again, keep both, or overwrite it",
            Self::NewerFormat { .. } => "install the newer version of this program, or save elsewhere",
            Self::Broken(_) => "mend the file in a text editor, or set it aside and write a new one",
            Self::NotRead { .. } => "put the report's text back and open the project again",
            Self::Outside { .. } => "replace the link with the file that it leads to",
            Self::DoesNotFit { .. } => "open the report again; its text has changed",
            Self::Io { .. } => "check that the disk or network folder can be reached, then try again",
        }
    }
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.path().display();
        match self {
            Self::AlreadyThere { .. } => write!(f, "there is such a file already: {shown}"),
            Self::NoSpace { .. } => write!(f, "no space left to save: {shown}"),
            Self::ReadOnly { .. } => write!(f, "read-only, not saved: {shown}"),
            Self::PermissionDenied { .. } => write!(f, "no permission to write: {shown}"),
            Self::ChangedOnDisk { .. } => write!(f, "another program changed the file: {shown}"),
            Self::NewerFormat { .. } => write!(f, "the file has a newer format, not saved: {shown}"),
            Self::Broken(broken) => write!(f, "not overwritten, {broken}"),
            Self::NotRead { .. } => write!(f, "not overwritten, for its text is missing: {shown}"),
            Self::Outside { .. } => write!(f, "the link leads out of the project's folder: {shown}"),
            Self::DoesNotFit { start, .. } => {
                write!(
                    f,
                    "the words at byte {start} do not fit the text, not saved: {shown}"
                )
            }
            Self::Io { step, source, .. } => write!(f, "could not {} ({source}): {shown}", step.words()),
        }
    }
}

impl std::error::Error for SaveError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
