//! What can be undone, kept from one run to the next in the machine's data folder.
//!
//! The log has a line for each step, and after each save a line that tells what was written. A gesture can be taken
//! back in a later run only while the files are as it left them, so each stack ends at the first gesture about a file
//! that has changed since.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::record::{EditRecord, Subject};
use super::{Ground, lines};
use crate::edit::{History, Step, Transaction};
use crate::model::{ReportId, Span};
use crate::store::error::{self, SaveError};
use crate::store::files::FileSystem;
use crate::store::{atomic, layout};

/// Past so many bytes the log is written anew.
const MOST_BYTES: u64 = 16 << 20;

/// Of each stack, so many bytes of the newest gestures are kept then.
const KEPT_BYTES: usize = 4 << 20;

#[derive(Serialize, Deserialize)]
enum Line {
    Did(Gesture),
    Undid(Gesture),
    Redid(Gesture),
    /// What lies on the stack of what was undone.
    Undone(Gesture),
    /// What these files held after a save.
    Stands(Vec<(Subject, Ground)>),
}

#[derive(Serialize, Deserialize)]
struct Gesture {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<(ReportId, usize, usize)>,
    edits: Vec<EditRecord>,
}

/// The log of what can be undone and done again.
pub struct Past {
    files: Arc<dyn FileSystem>,
    path: PathBuf,
    /// Steps that the log does not hold, as the files do not hold what they did either.
    pending: Vec<Step>,
}

/// What a log says.
#[derive(Default)]
struct Recalled {
    history: History,
    stands: BTreeMap<Subject, Ground>,
    is_damaged: bool,
}

impl Past {
    /// The log of the project or source at `place`, in the data folder `folder`.
    pub fn at(files: Arc<dyn FileSystem>, folder: &Path, place: &Path) -> Self {
        let path = folder.join(format!("{}.past", layout::key_of(place)));
        Self {
            files,
            path,
            pending: Vec::new(),
        }
    }

    /// What earlier runs left that can still be undone: that fits, and whose files are as it left them.
    ///
    /// What is left out is forgotten for good.
    ///
    /// # Errors
    /// When the log cannot be read, or not be shortened.
    pub fn recall(
        &self,
        fits: &dyn Fn(&Transaction) -> bool,
        ground: &dyn Fn(&Subject) -> Ground,
    ) -> Result<History, SaveError> {
        let Some(recalled) = self.read()? else {
            return Ok(History::default());
        };
        let mut history = recalled.history;
        let said = history.len();
        let stands = |subject: &Subject| recalled.stands.get(subject) == Some(&ground(subject));
        history.keep_while(|transaction| fits(transaction) && subjects(transaction).iter().all(stands));
        if history.len() != said || recalled.is_damaged {
            self.write(&history, ground)?;
        }
        Ok(history)
    }

    /// Takes down what happened; it is written with the next save.
    pub fn note(&mut self, steps: Vec<Step>) {
        self.pending.extend(steps);
    }

    /// Writes what was noted, now that the files of these subjects are saved.
    ///
    /// # Errors
    /// When the disk refuses; a later run can then undo less.
    pub fn keep(
        &mut self,
        saved: impl IntoIterator<Item = Subject>,
        ground: &dyn Fn(&Subject) -> Ground,
    ) -> Result<(), SaveError> {
        let steps = std::mem::take(&mut self.pending);
        let mut subjects: BTreeSet<Subject> = saved.into_iter().collect();
        subjects.extend(steps.iter().flat_map(|step| self::subjects(step.transaction())));
        let mut log = String::new();
        for step in &steps {
            log.push_str(&self.line(&Line::from(step))?);
        }
        log.push_str(&self.line(&stands(subjects, ground))?);
        self.append(&log)?;
        if self
            .files
            .metadata(&self.path)
            .is_ok_and(|metadata| metadata.len > MOST_BYTES)
            && let Some(Recalled { history, .. }) = self.read()?
        {
            self.write(&history, ground)?;
        }
        Ok(())
    }

    /// Goes on at another place, where everything was saved; the old log stays.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn move_to(
        &mut self,
        folder: &Path,
        place: &Path,
        ground: &dyn Fn(&Subject) -> Ground,
    ) -> Result<(), SaveError> {
        let mut history = self.read()?.unwrap_or_default().history;
        for step in std::mem::take(&mut self.pending) {
            history.follow(step);
        }
        self.path = Self::at(Arc::clone(&self.files), folder, place).path;
        self.write(&history, ground)
    }

    fn read(&self) -> Result<Option<Recalled>, SaveError> {
        match self.files.read(&self.path) {
            Ok(bytes) => Ok(Some(recalled(&bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(SaveError::io(error::Step::Read, &self.path, error)),
        }
    }

    fn append(&self, log: &str) -> Result<(), SaveError> {
        let failed = |step| move |source| SaveError::io(step, &self.path, source);
        let file = self.files.open_to_append(&self.path);
        let file = file.or_else(|error| match error.kind() {
            io::ErrorKind::NotFound => self.files.create_new(&self.path),
            _ => Err(error),
        });
        // Not brought to the disk: what is lost of it in a power cut cannot be undone later, and decisions must not wait.
        let mut file = file.map_err(failed(error::Step::Create))?;
        file.write(log.as_bytes()).map_err(failed(error::Step::Write))
    }

    /// Writes the newest of a history over the log, with what its files hold now.
    fn write(&self, history: &History, ground: &dyn Fn(&Subject) -> Ground) -> Result<(), SaveError> {
        let done = self.newest(history.done(), Line::Did)?;
        let undone = self.newest(history.undone(), Line::Undone)?;
        let all = history.done().chain(history.undone());
        let subjects: BTreeSet<Subject> = all.flat_map(subjects).collect();
        let log = [done, undone, self.line(&stands(subjects, ground))?].concat();
        atomic::replace(self.files.as_ref(), &self.path, log.as_bytes())
    }

    /// The lines of the newest of a stack, which is given the oldest first.
    fn newest<'a>(
        &self,
        stack: impl DoubleEndedIterator<Item = &'a Transaction>,
        line: fn(Gesture) -> Line,
    ) -> Result<String, SaveError> {
        let (mut lines, mut bytes) = (Vec::new(), 0);
        for transaction in stack.rev() {
            let line = self.line(&line(Gesture::from(transaction)))?;
            bytes += line.len();
            if bytes > KEPT_BYTES {
                break;
            }
            lines.push(line);
        }
        lines.reverse();
        Ok(lines.concat())
    }

    fn line(&self, line: &Line) -> Result<String, SaveError> {
        let ron = ron::to_string(line).map_err(io::Error::other);
        let ron = ron.map_err(|source| SaveError::io(error::Step::Write, &self.path, source))?;
        Ok(lines::line_of(&ron))
    }
}

fn stands(subjects: BTreeSet<Subject>, ground: &dyn Fn(&Subject) -> Ground) -> Line {
    let stand = |subject: Subject| {
        let under = ground(&subject);
        (subject, under)
    };
    Line::Stands(subjects.into_iter().map(stand).collect())
}

/// The files that a gesture is about.
fn subjects(transaction: &Transaction) -> BTreeSet<Subject> {
    let subject = |edit| EditRecord::from(edit).subject();
    transaction.edits.iter().map(subject).collect()
}

/// Reads a log up to its first damaged line. Files that were saved behind that are not as the lines before tell, so
/// what cannot be undone any more does not seem so.
fn recalled(log: &[u8]) -> Recalled {
    let mut recalled = Recalled::default();
    let mut rest = log;
    while !rest.is_empty() {
        let Some((line, after)) = read_line(rest) else {
            recalled.is_damaged = true;
            break;
        };
        rest = after;
        match line {
            Line::Stands(stands) => recalled.stands.extend(stands),
            Line::Did(gesture) => recalled.follow(gesture, Step::Did),
            Line::Undid(gesture) => recalled.follow(gesture, Step::Undid),
            Line::Redid(gesture) => recalled.follow(gesture, Step::Redid),
            Line::Undone(gesture) => {
                if let Some(transaction) = gesture.transaction() {
                    recalled.history.lay_undone(transaction);
                }
            }
        }
    }
    recalled
}

fn read_line(log: &[u8]) -> Option<(Line, &[u8])> {
    let (body, rest) = lines::first_body(log)?;
    Some((ron::de::from_bytes(body).ok()?, rest))
}

impl Recalled {
    fn follow(&mut self, gesture: Gesture, step: fn(Transaction) -> Step) {
        match gesture.transaction() {
            Some(transaction) => self.history.follow(step(transaction)),
            None => self.history = History::default(),
        }
    }
}

impl From<&Step> for Line {
    fn from(step: &Step) -> Self {
        match step {
            Step::Did(transaction) => Self::Did(transaction.into()),
            Step::Undid(transaction) => Self::Undid(transaction.into()),
            Step::Redid(transaction) => Self::Redid(transaction.into()),
        }
    }
}

impl From<&Transaction> for Gesture {
    fn from(transaction: &Transaction) -> Self {
        let place = transaction.place.as_ref();
        Self {
            name: transaction.name.clone().into_owned(),
            place: place.map(|(report, span)| (report.clone(), span.start, span.end)),
            edits: transaction.edits.iter().map(EditRecord::from).collect(),
        }
    }
}

impl Gesture {
    fn transaction(self) -> Option<Transaction> {
        let edits = self.edits.into_iter().map(EditRecord::edit);
        Some(Transaction {
            name: self.name.into(),
            edits: edits.collect::<Option<_>>()?,
            place: self
                .place
                .map(|(report, start, end)| (report, Span { start, end })),
        })
    }
}
