//! Keeping work safe: what is written, in which order, and who writes it.
//!
//! The keeper owns the project's files. It is handed to a job with orders and comes back
//! with the outcome, so that no lock is needed and the window never waits for a disk.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::incoming::Choice;
use super::jobs::Cancel;
use super::part_key::PartKey;
use crate::edit::{Edit, History, Step, Transaction};
use crate::model::{Project, Report, ReportId};
use crate::store::{
    Batch, Ground, Holder, Journal, Lock, LockError, Part, Past, ReadOnly, RealFiles, Recovery, SaveError,
    Store, Subject,
};

/// As many reports are read while a project is opened: all of a small one.
const AT_ONCE: usize = 20;

/// The others are read for so long at a time.
const MOMENT: Duration = Duration::from_millis(150);

/// What is waiting to be written, as the window sees it.
#[derive(Default)]
pub struct Keeping {
    /// Who writes; `None` while it is writing, and before anything was opened.
    pub keeper: Option<Box<Keeper>>,
    /// Whether the keeper is writing now.
    pub at_work: bool,
    /// The files that have changed since they were written.
    pub dirty: BTreeSet<PartKey>,
    /// When the first of them changed: seconds since the program started.
    pub dirty_since: Option<f64>,
    /// Gestures that are not in the journal yet.
    pub unjournalled: Vec<Vec<Edit>>,
    /// What was done, undone and redone since the keeper was told last.
    pub steps: Vec<Step>,
    /// Whether the last attempt failed; the next one waits for the person, or for another change.
    pub failed: bool,
    /// Why the project can only be looked at.
    pub look_only: Option<LookOnly>,
    /// Asks the keeper to stop reading reports, as something else is to be done.
    pub stop_reading: Cancel,
    /// When files were last looked at for changes by others.
    pub looked_at: f64,
    /// Stops the search that is under way.
    pub search_cancel: Cancel,
    /// Settings that have changed since they were written.
    pub settings_changed: bool,
    /// What to open as soon as the keeper is free and everything is safe.
    pub then_open: Option<(Vec<PathBuf>, Choice)>,
}

impl std::fmt::Debug for Keeping {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keeping")
            .field("dirty", &self.dirty)
            .field("at_work", &self.at_work)
            .finish_non_exhaustive()
    }
}

/// Why the project can only be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookOnly {
    /// Its files are not to be written.
    Files(ReadOnly),
    /// Another instance of the program has it open.
    Held(Holder),
}

/// What the keeper is told to do, in this order.
#[derive(Default)]
pub struct Orders {
    /// Make a project in this folder first.
    pub create: Option<PathBuf>,
    /// Set these files aside, as others have changed them and ours shall stand.
    pub set_aside: Vec<PathBuf>,
    /// Append these gestures to the journal.
    pub journal: Vec<Vec<Edit>>,
    /// Take down what was done, undone and redone, for the undo of later runs.
    pub steps: Vec<Step>,
    /// The reports that the gestures are about.
    pub reports: Vec<Report>,
    /// Texts that are in no file of the project yet and that the gestures refer to.
    pub texts: Vec<(ReportId, Arc<str>)>,
    /// Write these files, and then empty the journal.
    pub write: Vec<Part>,
    /// The journals of earlier runs, of which the gestures are all that is still wanted.
    pub resolve: Vec<Recovery>,
    /// Take the project over from another instance.
    pub take_over: bool,
    /// Look for files that others have changed.
    pub look_around: bool,
    /// Read reports that were not read yet, these first, until it is asked to stop or a moment has passed.
    pub read: Option<(Vec<ReportId>, Cancel)>,
}

/// The outcome of orders.
pub struct Kept {
    /// The keeper, back again.
    pub keeper: Box<Keeper>,
    /// The files that were to be written.
    pub keys: BTreeSet<PartKey>,
    /// The folder that a project was made in.
    pub created: Option<PathBuf>,
    /// Whether files were to be written.
    pub wrote: bool,
    /// Whether the person asked for it.
    pub asked: bool,
    /// What became of the orders.
    pub done: Done,
}

/// What became of orders.
#[derive(Default)]
pub struct Done {
    /// What went wrong first; what came behind it was not done.
    pub error: Option<SaveError>,
    /// Why the logs could not be written, which keeps nothing from being saved.
    pub unlogged: Option<SaveError>,
    /// Files that others have changed.
    pub changed: Vec<PathBuf>,
    /// Whether another instance has taken the project over.
    pub taken_over: bool,
    /// The reports that were read.
    pub read: Option<Batch>,
}

/// Owns the project's files, its journal and its lock.
pub struct Keeper {
    store: Option<Store>,
    journal: Option<Journal>,
    past: Past,
    lock: Option<Lock>,
    /// The project's folder, or what was opened while it has none.
    place: PathBuf,
    data: PathBuf,
    /// The reports that the journal refers to, without anything else of the project.
    about: Project,
}

/// A keeper with what earlier runs left.
pub struct Hired {
    /// The keeper.
    pub keeper: Keeper,
    /// What is in journals and not in the files.
    pub left: Vec<Recovery>,
    /// What can be undone and done again.
    pub history: History,
    /// Why nothing may be written.
    pub look_only: Option<LookOnly>,
}

impl Keeper {
    /// A keeper for reports that have no project folder yet.
    ///
    /// # Errors
    /// When the data folder cannot be written; there is then no journal.
    pub fn for_draft(paths: &[PathBuf], project: &Project, data: &Path) -> (Hired, Option<SaveError>) {
        let place = paths.first().map_or_else(PathBuf::new, |path| {
            path.canonicalize().unwrap_or_else(|_gone| path.clone())
        });
        let mut hired = Hired::new(Self::new(None, place, project, data));
        let error = hired.begin().err();
        (hired, error)
    }

    /// A keeper for a project that was opened from its folder.
    ///
    /// # Errors
    /// When the data folder cannot be written; there is then no journal and no lock.
    pub fn for_project(store: Store, project: &Project, data: &Path) -> (Hired, Option<SaveError>) {
        let place = store.root().to_path_buf();
        let mut hired = Hired::new(Self::new(Some(store), place.clone(), project, data));
        match Lock::take(&hired.keeper.recovery_folder(), &place) {
            Ok(lock) => hired.keeper.lock = Some(lock),
            Err(LockError::Held { by }) => {
                hired.look_only = Some(LookOnly::Held(by));
                return (hired, None);
            }
            Err(LockError::Save(error)) => return (hired, Some(error)),
        }
        let error = hired.begin().and_then(|()| hired.recall()).err();
        (hired, error)
    }

    fn new(store: Option<Store>, place: PathBuf, project: &Project, data: &Path) -> Self {
        let past = Past::at(Arc::new(RealFiles), &recovery_folder(data), &place);
        Self {
            store,
            journal: None,
            past,
            lock: None,
            place,
            data: data.to_path_buf(),
            about: slim(project),
        }
    }

    /// Lets go of journal and lock, so that the same place can be opened anew; what is unsaved stays in the log.
    pub fn pause(&mut self) {
        self.journal = None;
        self.lock = None;
    }

    /// Takes journal and lock up again, when nothing else was opened after all.
    pub fn resume(&mut self) {
        let place = self.place.clone();
        if self.store.is_some() {
            self.lock = Lock::take(&self.recovery_folder(), &place).ok();
        }
        // What an earlier log holds is offered with the next opening; here it is in memory.
        self.begin_journal(&place).ok();
    }

    /// Carries out orders one after another, until one fails.
    pub fn carry_out(&mut self, orders: &mut Orders) -> Done {
        let mut done = Done::default();
        done.error = self.try_to(orders, &mut done).err();
        done
    }

    fn try_to(&mut self, orders: &mut Orders, done: &mut Done) -> Result<(), SaveError> {
        for report in std::mem::take(&mut orders.reports) {
            match self.about.reports.find_mut(&report.id) {
                Some(known) => *known = report,
                None => self.about.reports.push(report),
            }
        }
        if orders.take_over
            && let Some(store) = &self.store
        {
            let place = store.root().to_path_buf();
            self.lock = Some(Lock::take_over(&self.recovery_folder(), &place)?);
            self.begin_journal(&place)?;
        }
        if let Some(lock) = &mut self.lock
            && !lock.is_ours()
        {
            done.taken_over = true;
            self.lock = None;
        }
        self.past.note(std::mem::take(&mut orders.steps));
        done.unlogged = self.journal_gestures(orders).err();
        match &orders.create {
            Some(folder) => self.move_to(folder, &orders.write)?,
            None if done.taken_over => {}
            None => {
                self.write(&orders.set_aside, &orders.write)?;
                let noted = self.note_written(&orders.write).err();
                done.unlogged = done.unlogged.take().or(noted);
            }
        }
        if orders.look_around
            && let Some(store) = &self.store
        {
            done.changed = store.changed_outside();
        }
        if let Some((first, stop)) = &orders.read {
            let begun = Instant::now();
            let is_enough = |read| read > 0 && (stop.is_cancelled() || begun.elapsed() >= MOMENT);
            done.read = Some(self.read(first, &is_enough));
        }
        Ok(())
    }

    /// Reads the reports that are to be there when a project is opened, these among them.
    pub fn read_at_once(&mut self, first: &[ReportId]) -> Batch {
        self.read(first, &|read| read >= AT_ONCE)
    }

    fn read(&mut self, first: &[ReportId], is_enough: &(dyn Fn(usize) -> bool + Sync)) -> Batch {
        let Some(store) = &mut self.store else {
            return Batch::default();
        };
        let batch = store.read(first, is_enough);
        for (id, print) in &batch.changed {
            if let Some(report) = self.about.reports.find_mut(id) {
                report.fingerprint.clone_from(print);
            }
        }
        batch
    }

    /// The reports that were not read yet.
    pub fn unread(&self) -> impl Iterator<Item = &ReportId> {
        self.store.iter().flat_map(Store::unread)
    }

    fn journal_gestures(&mut self, orders: &mut Orders) -> Result<(), SaveError> {
        let Some(journal) = &mut self.journal else {
            return Ok(());
        };
        let ground = ground(&self.about, self.store.as_ref());
        let mut texts = std::mem::take(&mut orders.texts);
        let left = std::mem::take(&mut orders.resolve);
        if !left.is_empty() {
            return journal.adopt(left, &std::mem::take(&mut orders.journal), &texts, &ground);
        }
        let mut done = Ok(());
        for edits in std::mem::take(&mut orders.journal) {
            // Those behind one that the disk has refused must be in the journal as well, once it takes them.
            done = done.and(journal.append(&edits, &std::mem::take(&mut texts), &ground));
        }
        done
    }

    fn clear_journal(&mut self, saved: usize) -> Result<(), SaveError> {
        let ground = ground(&self.about, self.store.as_ref());
        match &mut self.journal {
            Some(journal) => journal.clear(saved, &ground),
            None => Ok(()),
        }
    }

    fn write(&mut self, set_aside: &[PathBuf], parts: &[Part]) -> Result<(), SaveError> {
        let Some(store) = &mut self.store else {
            return Ok(());
        };
        for path in set_aside {
            store.set_aside(path)?;
        }
        if parts.is_empty() {
            return Ok(());
        }
        store.write(parts).map(drop)
    }

    /// Takes down that parts are in the files of the project now: the journal need not hold them any more.
    fn note_written(&mut self, parts: &[Part]) -> Result<(), SaveError> {
        if parts.is_empty() || self.store.is_none() {
            return Ok(());
        }
        let pending = self.journal.as_ref().map_or(0, Journal::len);
        let cleared = self.clear_journal(pending);
        let ground = ground(&self.about, self.store.as_ref());
        cleared.and(self.past.keep(parts.iter().filter_map(Part::subject), &ground))
    }

    /// Makes a project folder, writes everything there and goes on there; the old place keeps what it has.
    fn move_to(&mut self, folder: &Path, parts: &[Part]) -> Result<(), SaveError> {
        let mut store = Store::create(folder)?;
        let place = store.root().to_path_buf();
        let lock = match Lock::take(&self.recovery_folder(), &place) {
            Ok(lock) => Some(lock),
            Err(LockError::Held { .. }) => None,
            Err(LockError::Save(error)) => return Err(error),
        };
        if let Some(old) = &self.store {
            store.write(&timelines(old, parts))?;
            for part in originals(old, &self.about, parts) {
                store.write(&[part])?;
            }
        }
        store.write(parts)?;
        // Only now that all is in the new files may the old journal go.
        let pending = self.journal.as_ref().map_or(0, Journal::len);
        self.clear_journal(pending)?;
        if let Some(old) = self.journal.take() {
            old.finish()?;
        }
        (self.store, self.lock) = (Some(store), lock);
        self.place.clone_from(&place);
        self.begin_journal(&place)?;
        let ground = ground(&self.about, self.store.as_ref());
        self.past.move_to(&recovery_folder(&self.data), &place, &ground)
    }

    fn begin_journal(&mut self, place: &Path) -> Result<Vec<Recovery>, SaveError> {
        let folder = self.recovery_folder();
        let ground = ground(&self.about, self.store.as_ref());
        let (journal, left) = Journal::begin(Arc::new(RealFiles), &folder, place, &ground)?;
        self.journal = Some(journal);
        Ok(left)
    }

    fn recovery_folder(&self) -> PathBuf {
        recovery_folder(&self.data)
    }
}

impl Hired {
    fn new(keeper: Keeper) -> Self {
        Self {
            keeper,
            left: Vec::new(),
            history: History::default(),
            look_only: None,
        }
    }

    fn begin(&mut self) -> Result<(), SaveError> {
        let place = self.keeper.place.clone();
        self.left = self.keeper.begin_journal(&place)?;
        Ok(())
    }

    /// Has what earlier runs did be undone, as far as it can be: a text that is at hand no more cannot come back.
    fn recall(&mut self) -> Result<(), SaveError> {
        let Keeper {
            about, store, past, ..
        } = &self.keeper;
        let ground = ground(about, store.as_ref());
        let has_text = |report: &Report| {
            let mut reports = about.reports.iter();
            reports.any(|other| other.fingerprint == report.fingerprint)
        };
        let fits = |transaction: &Transaction| {
            transaction.edits.iter().all(|edit| match edit {
                Edit::SetReport(report) | Edit::InsertReport { report, .. } => has_text(report),
                _ => true,
            })
        };
        self.history = past.recall(&fits, &ground)?;
        Ok(())
    }
}

/// What edits of a file are made upon.
fn ground<'a>(about: &'a Project, store: Option<&'a Store>) -> impl Fn(&Subject) -> Ground + 'a {
    move |subject| Ground::of(subject, about, store)
}

fn recovery_folder(data: &Path) -> PathBuf {
    data.join("recovery")
}

/// What has happened so far to the layers that are to be written, as a store has it.
fn timelines(store: &Store, parts: &[Part]) -> Vec<Part> {
    let timeline = |part: &Part| {
        let Part::Layer {
            annotator,
            report,
            text,
            ..
        } = part
        else {
            return None;
        };
        let changes = store.timeline(annotator, report).ok()?.changes(text);
        (!changes.is_empty()).then(|| Part::Timeline {
            annotator: annotator.clone(),
            report: report.clone(),
            changes,
            text: Arc::clone(text),
        })
    };
    parts.iter().filter_map(timeline).collect()
}

/// What the texts that are to be written were read from, where that is in a store and something else.
fn originals<'a>(store: &'a Store, about: &'a Project, parts: &'a [Part]) -> impl Iterator<Item = Part> + 'a {
    let is_given = |id: &ReportId| {
        let mut parts = parts.iter();
        parts.any(|part| matches!(part, Part::Original { report, .. } if report == id))
    };
    parts.iter().filter_map(move |part| {
        let Part::Text { report, text } = part else {
            return None;
        };
        let about = about.report(report).filter(|_| !is_given(report))?;
        let bytes = store.read_original(about).ok()??;
        (bytes != text.as_bytes()).then(|| Part::Original {
            report: report.clone(),
            name: about.original.clone(),
            bytes: bytes.into(),
        })
    })
}

/// The part of a project that the journal refers to.
fn slim(project: &Project) -> Project {
    Project {
        reports: project.reports.clone(),
        ..Project::default()
    }
}
