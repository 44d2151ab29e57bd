//! The journal: edits that are not in the project's files yet, kept in the machine's data folder.
//!
//! One line for each transaction: its length, its CRC-32 and the transaction as RON. Reading stops
//! at the first line that does not fit, so a torn end costs only itself. What a journal holds after
//! a crash is offered to the person and never applied by itself. One that has grown long, because
//! nothing could be saved meanwhile, is written anew as what its transactions come to.

mod compact;
mod past;
mod record;

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::error::{SaveError, Step};
use super::files::{FileSystem, NewFile};
use super::folder::{LARGEST, Store, free_name};
use super::lock::hold;
use super::{atomic, layout, lines};
use crate::edit::Edit;
use crate::model::{Fingerprint, Project, ReportId};
pub use past::Past;
use record::EditRecord;
pub use record::Subject;

/// A log of more bytes is written anew, shorter.
pub(super) const MOST_BYTES: usize = if cfg!(test) { 64 << 10 } else { 4 << 20 };

/// Past this many logs of one project the rest is not looked at.
const MOST_LOGS: u32 = 1000;

/// What edits were made upon: the state of the files before them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// The text that the spans of a layer or of suggestions lie in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<Fingerprint>,
    /// The hash of the subject's file; `None` where there was no file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<String>,
}

impl Ground {
    /// The ground of `subject` as it is now; `store` is `None` for a project without a place.
    pub fn of(subject: &Subject, project: &Project, store: Option<&Store>) -> Self {
        let report = match subject {
            Subject::Layer(_, report) | Subject::Suggestions(report) => project.report(report),
            _ => None,
        };
        let hash = store.and_then(|store| store.hash_of(subject));
        Self {
            text: report.map(|report| report.fingerprint.clone()),
            file: hash.map(|hash| hash.hex()),
        }
    }
}

#[derive(Clone, Serialize, Deserialize)]
struct Transaction {
    /// When it was committed, in seconds since 1970.
    at: u64,
    /// The ground of each subject that this log had not named before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    on: Vec<(Subject, Ground)>,
    /// Texts that are in no file of the project yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    texts: Vec<(ReportId, Arc<str>)>,
    edits: Vec<EditRecord>,
}

/// The log of what is not saved yet.
pub struct Journal {
    files: Arc<dyn FileSystem>,
    path: PathBuf,
    /// The log, open at its end; `None` until it is needed, and after a failure.
    log: Option<Box<dyn NewFile>>,
    /// What the log holds, to write it anew.
    unsaved: Vec<Transaction>,
    /// Its length in bytes.
    bytes: usize,
    /// The length past which it is written anew.
    most: usize,
    /// The subjects whose ground the log names.
    grounded: BTreeSet<Subject>,
    /// Held while the log is in use, so that no other run takes it for left behind.
    in_use: File,
}

/// Edits that an earlier run did not save.
#[derive(Debug)]
pub struct Recovery {
    /// The edits, one list for each transaction, in the order in which they were made.
    pub edits: Vec<Vec<Edit>>,
    /// Texts of reports that were in no file yet.
    pub texts: Vec<(ReportId, Arc<str>)>,
    /// When the first of them was made.
    pub since: SystemTime,
    /// Whether all files that they change are still as they were before.
    pub base_matches: bool,
    /// The log that holds them.
    log: PathBuf,
    files: Arc<dyn FileSystem>,
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Journal")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for dyn FileSystem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FileSystem")
    }
}

impl Recovery {
    /// How many transactions there are.
    pub fn transactions(&self) -> usize {
        self.edits.len()
    }

    /// The reports that they are about.
    pub fn reports(&self) -> impl Iterator<Item = &ReportId> {
        self.edits.iter().flatten().filter_map(Edit::report)
    }

    /// Removes the log, once its edits have been applied and journalled anew, or are not wanted.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn resolve(self) -> Result<(), SaveError> {
        remove_log(self.files.as_ref(), &self.log)
    }
}

impl Journal {
    /// Begins the journal of the project or source at `place` in the data folder `folder`, and
    /// returns what earlier runs have left there, the oldest first. That stays until it is resolved.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub fn begin(
        files: Arc<dyn FileSystem>,
        folder: &Path,
        place: &Path,
        ground: &dyn Fn(&Subject) -> Ground,
    ) -> Result<(Self, Vec<Recovery>), SaveError> {
        files
            .create_folder(folder)
            .map_err(|source| SaveError::io(Step::CreateFolder, folder, source))?;
        let key = layout::key_of(place);
        let mut left = Vec::new();
        let mut own = None;
        // Logs are numbered: one that a living run holds is skipped, one with edits is left behind,
        // and the first number past all logs is this run's unless there is a free one before.
        let last = last_number(files.as_ref(), folder, &key)?;
        for n in 0..=last + 1 {
            if n > last && own.is_some() {
                break;
            }
            let path = folder.join(format!("{key}-{n}.log"));
            let held = path.with_extension("held");
            let Some(in_use) = hold(&held).map_err(|source| SaveError::io(Step::Create, &held, source))?
            else {
                continue;
            };
            if has_edits(files.as_ref(), &path)? {
                left.extend(recover(&files, &path, ground));
            } else {
                own.get_or_insert((path, in_use));
            }
        }
        left.sort_by_key(|recovery| recovery.since);
        let Some((path, in_use)) = own else {
            let source = io::Error::other("every number is in use");
            return Err(SaveError::io(Step::Create, folder, source));
        };
        let journal = Self {
            files,
            path,
            log: None,
            unsaved: Vec::new(),
            bytes: 0,
            most: MOST_BYTES,
            grounded: BTreeSet::new(),
            in_use,
        };
        Ok((journal, left))
    }

    /// Adds one transaction and brings it to the disk. `texts` are those that only memory holds.
    ///
    /// # Errors
    /// When the disk refuses; the transaction is then written together with the next one.
    pub fn append(
        &mut self,
        edits: &[Edit],
        texts: &[(ReportId, Arc<str>)],
        ground: &dyn Fn(&Subject) -> Ground,
    ) -> Result<(), SaveError> {
        let transaction = self.transaction(edits, texts, ground);
        let line = line_of(&transaction);
        self.unsaved.push(transaction);
        let failed = |step| {
            let path = self.path.clone();
            move |source| SaveError::io(step, &path, source)
        };
        let line = line.map_err(failed(Step::Write))?;
        self.bytes += line.len();
        if self.bytes > self.most {
            return self.compact();
        }
        // Kept only after success: a torn line must not stand before a whole one.
        let Some(mut log) = self.log.take() else {
            return self.write_anew();
        };
        log.write(line.as_bytes()).map_err(failed(Step::Write))?;
        log.sync().map_err(failed(Step::Sync))?;
        self.log = Some(log);
        Ok(())
    }

    /// Takes over from earlier runs: transactions for `gestures`, which are what is wanted of theirs, take the place
    /// of the first of their logs at one stroke, and the others go. So nothing is offered twice, whenever this ends.
    ///
    /// # Errors
    /// When the disk refuses; the old logs are then still there, or what is to be in the new one.
    pub fn adopt(
        &mut self,
        left: Vec<Recovery>,
        gestures: &[Vec<Edit>],
        texts: &[(ReportId, Arc<str>)],
        ground: &dyn Fn(&Subject) -> Ground,
    ) -> Result<(), SaveError> {
        let mut texts = texts;
        for edits in gestures {
            let transaction = self.transaction(edits, std::mem::take(&mut texts), ground);
            self.unsaved.push(transaction);
        }
        let first = left.first().map(|recovery| recovery.log.clone());
        let free = first.and_then(|log| Some((hold(&log.with_extension("held")).ok()??, log)));
        self.log = None;
        let Some((in_use, log)) = free else {
            // Another run has come by this log meanwhile; its number is not to be had.
            self.write_anew()?;
            return left.into_iter().try_for_each(Recovery::resolve);
        };
        let own = std::mem::replace(&mut self.path, log);
        if let Err(error) = self.write_anew() {
            self.path = own;
            return Err(error);
        }
        let own_in_use = std::mem::replace(&mut self.in_use, in_use);
        remove_log(self.files.as_ref(), &own)?;
        drop(own_in_use);
        left.into_iter().skip(1).try_for_each(Recovery::resolve)
    }

    /// How many transactions are not saved yet.
    pub fn len(&self) -> usize {
        self.unsaved.len()
    }

    /// Whether everything is saved.
    pub fn is_empty(&self) -> bool {
        self.unsaved.is_empty()
    }

    /// Forgets the oldest `saved` transactions, which are in the project's files now.
    ///
    /// # Errors
    /// When the log cannot be rewritten; what it still holds is then only more than is needed.
    pub fn clear(&mut self, saved: usize, ground: &dyn Fn(&Subject) -> Ground) -> Result<(), SaveError> {
        self.unsaved.drain(..saved.min(self.unsaved.len()));
        self.grounded.clear();
        let mut unsaved = std::mem::take(&mut self.unsaved);
        for transaction in &mut unsaved {
            transaction.on.clear();
            self.lay_ground(transaction, ground);
        }
        self.unsaved = unsaved;
        // Emptying is cheaper than replacing. It must reach the disk before anything is written there again: a mixture
        // of old lines and new ones could begin with a gesture that the files are far beyond.
        if let Some(mut log) = self.log.take().filter(|_| self.unsaved.is_empty())
            && log.empty().is_ok()
            && log.sync().is_ok()
        {
            self.log = Some(log);
            (self.bytes, self.most) = (0, MOST_BYTES);
            return Ok(());
        }
        self.write_anew()
    }

    /// Ends the journal and removes its log.
    ///
    /// # Errors
    /// When transactions are not saved, or the log cannot be removed.
    pub fn finish(self) -> Result<(), SaveError> {
        if !self.unsaved.is_empty() {
            let source = io::Error::other("there are edits that are not saved");
            return Err(SaveError::io(Step::Remove, &self.path, source));
        }
        remove_log(self.files.as_ref(), &self.path)
    }

    fn transaction(
        &mut self,
        edits: &[Edit],
        texts: &[(ReportId, Arc<str>)],
        ground: &dyn Fn(&Subject) -> Ground,
    ) -> Transaction {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let mut transaction = Transaction {
            at: since.map_or(0, |since| since.as_secs()),
            on: Vec::new(),
            texts: texts.to_vec(),
            edits: edits.iter().map(EditRecord::from).collect(),
        };
        self.lay_ground(&mut transaction, ground);
        transaction
    }

    fn lay_ground(&mut self, transaction: &mut Transaction, ground: &dyn Fn(&Subject) -> Ground) {
        for edit in &transaction.edits {
            let subject = edit.subject();
            if self.grounded.insert(subject.clone()) {
                let under = ground(&subject);
                transaction.on.push((subject, under));
            }
        }
    }

    /// Writes what all transactions come to in their place; they are then one. What one state of a project needs is the
    /// least that a log can have, so it may grow to twice that before this is done again.
    fn compact(&mut self) -> Result<(), SaveError> {
        let transaction = compact::compacted(std::mem::take(&mut self.unsaved));
        self.unsaved.push(transaction);
        self.log = None;
        self.write_anew()?;
        self.most = MOST_BYTES.max(self.bytes * 2);
        Ok(())
    }

    fn write_anew(&mut self) -> Result<(), SaveError> {
        let failed = |source| SaveError::io(Step::Write, &self.path, source);
        let mut lines = String::new();
        for transaction in &self.unsaved {
            lines.push_str(&line_of(transaction).map_err(failed)?);
        }
        atomic::replace(self.files.as_ref(), &self.path, lines.as_bytes())?;
        self.bytes = lines.len();
        self.log = Some(self.files.open_to_append(&self.path).map_err(failed)?);
        Ok(())
    }
}

fn remove_log(files: &dyn FileSystem, log: &Path) -> Result<(), SaveError> {
    files.remove(&log.with_extension("held")).ok();
    match files.remove(log) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(SaveError::io(Step::Remove, log, error)),
        _ => Ok(()),
    }
}

/// The greatest number among the logs of a key; 0 without one.
fn last_number(files: &dyn FileSystem, folder: &Path, key: &str) -> Result<u32, SaveError> {
    let entries = files
        .list(folder)
        .map_err(|source| SaveError::io(Step::Find, folder, source))?;
    let number = |name: &str| -> Option<u32> {
        let (number, _) = name.strip_prefix(key)?.strip_prefix('-')?.split_once('.')?;
        number.parse().ok()
    };
    let numbers = entries.iter().filter_map(|entry| number(&entry.name));
    Ok(numbers.filter(|&n| n < MOST_LOGS).max().unwrap_or_default())
}

/// Whether a log holds anything to recover; one that cannot be read is put aside as `.bad`.
fn has_edits(files: &dyn FileSystem, log: &Path) -> Result<bool, SaveError> {
    let bytes = match files.read(log) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(SaveError::io(Step::Read, log, error)),
    };
    if bytes.is_empty() || first_line(&bytes).is_some() {
        return Ok(!bytes.is_empty());
    }
    let aside = free_name(files, log, "bad");
    files
        .rename(log, &aside)
        .map_err(|source| SaveError::io(Step::Rename, log, source))?;
    Ok(false)
}

fn recover(files: &Arc<dyn FileSystem>, log: &Path, ground: &dyn Fn(&Subject) -> Ground) -> Option<Recovery> {
    let metadata = files.metadata(log).ok()?;
    if metadata.len > LARGEST {
        return None;
    }
    let transactions = transactions_in(&files.read(log).ok()?);
    let first = transactions.first()?;
    let since = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(first.at))?;
    let mut base_matches = true;
    let mut texts = Vec::new();
    let mut edits = Vec::new();
    for transaction in transactions {
        base_matches &= transaction
            .on
            .iter()
            .all(|(subject, under)| ground(subject) == *under);
        texts.extend(transaction.texts);
        edits.push(
            transaction
                .edits
                .into_iter()
                .filter_map(EditRecord::edit)
                .collect(),
        );
    }
    Some(Recovery {
        edits,
        texts,
        since,
        base_matches,
        log: log.to_owned(),
        files: Arc::clone(files),
    })
}

fn line_of(transaction: &Transaction) -> io::Result<String> {
    let ron = ron::to_string(transaction).map_err(io::Error::other)?;
    Ok(lines::line_of(&ron))
}

/// The whole transactions at the start of a log.
fn transactions_in(log: &[u8]) -> Vec<Transaction> {
    let mut rest = log;
    let mut transactions = Vec::new();
    while let Some((transaction, after)) = first_line(rest) {
        transactions.push(transaction);
        rest = after;
    }
    transactions
}

fn first_line(log: &[u8]) -> Option<(Transaction, &[u8])> {
    let (body, rest) = lines::first_body(log)?;
    Some((ron::de::from_bytes(body).ok()?, rest))
}
