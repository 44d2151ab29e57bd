//! One writer at a time: a lock in the machine's data folder for each project.
//!
//! The lock is advisory and of this machine; what really guards the files is that none is replaced
//! which is not as it was read.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::{SaveError, Step};
use super::files::RealFiles;
use super::{atomic, layout};

/// Who has a project open for writing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The process.
    pub pid: u32,
    /// The machine's name; empty where it is unknown.
    pub host: String,
    /// When it took the lock, in nanoseconds since 1970.
    pub since: u64,
}

impl Holder {
    fn this() -> Self {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Self {
            pid: std::process::id(),
            host: host_name(),
            since: since.map_or(0, |since| u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)),
        }
    }
}

/// Why a lock was not taken.
#[derive(Debug)]
pub enum LockError {
    /// Another program has the project open.
    Held {
        /// Who.
        by: Holder,
    },
    /// The data folder cannot be written.
    Save(SaveError),
}

impl std::fmt::Display for LockError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Held { by } => write!(
                f,
                "the project is open in another window (process {} on {})",
                by.pid, by.host
            ),
            Self::Save(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for LockError {}

/// The right to write a project, until it is dropped or another program takes over.
#[derive(Debug)]
pub struct Lock {
    /// Open and locked; `None` while a program that was taken over from still has it.
    file: Option<File>,
    path: PathBuf,
    holder: PathBuf,
    me: Holder,
}

impl Lock {
    /// Takes the lock of the project or source at `place`, kept in the data folder `folder`.
    ///
    /// # Errors
    /// When another program has it, or the data folder cannot be written.
    pub fn take(folder: &Path, place: &Path) -> Result<Self, LockError> {
        let mut lock = Self::prepare(folder, place).map_err(LockError::Save)?;
        lock.try_file().map_err(LockError::Save)?;
        if lock.file.is_none() {
            let by = lock.current_holder().unwrap_or_default();
            return Err(LockError::Held { by });
        }
        lock.sign().map_err(LockError::Save)?;
        Ok(lock)
    }

    /// Takes the lock even from a program that has it, which then finds that it is no longer its own.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub fn take_over(folder: &Path, place: &Path) -> Result<Self, SaveError> {
        let mut lock = Self::prepare(folder, place)?;
        lock.try_file()?;
        lock.sign()?;
        Ok(lock)
    }

    /// Whether no other program has taken over. To be asked before each save.
    pub fn is_ours(&mut self) -> bool {
        // What says who has it may be gone, which nobody does who takes over.
        let is_ours = match self.current_holder() {
            Some(holder) => holder == self.me,
            None => self.file.is_some(),
        };
        if !is_ours {
            return false;
        }
        if self.file.is_none() {
            // The program that was taken over from may have ended meanwhile.
            self.try_file().ok();
        }
        true
    }

    fn prepare(folder: &Path, place: &Path) -> Result<Self, SaveError> {
        fs::create_dir_all(folder).map_err(|source| SaveError::io(Step::CreateFolder, folder, source))?;
        let key = layout::key_of(place);
        Ok(Self {
            file: None,
            path: folder.join(format!("{key}.lock")),
            holder: folder.join(format!("{key}.holder")),
            me: Holder::this(),
        })
    }

    fn try_file(&mut self) -> Result<(), SaveError> {
        let failed = |source| SaveError::io(Step::Create, &self.path, source);
        self.file = hold(&self.path).map_err(failed)?;
        Ok(())
    }

    fn current_holder(&self) -> Option<Holder> {
        ron::from_str(&fs::read_to_string(&self.holder).ok()?).ok()
    }

    fn sign(&self) -> Result<(), SaveError> {
        let text = ron::to_string(&self.me).map_err(|error| {
            let source = io::Error::other(error);
            SaveError::io(Step::Write, &self.holder, source)
        })?;
        atomic::replace(&RealFiles, &self.holder, text.as_bytes())
    }
}

/// Opens a file for this process alone, until it is dropped; `None` where another one has it.
pub(super) fn hold(path: &Path) -> io::Result<Option<File>> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        // Some network file systems have no locks; the stamps of the files guard them still.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(Some(file)),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn host_name() -> String {
    let from_file = || fs::read_to_string("/etc/hostname").ok();
    ["HOSTNAME", "COMPUTERNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok())
        .or_else(from_file)
        .unwrap_or_default()
        .trim()
        .to_owned()
}
