//! Keeping work safe: what is written, in which order, and who writes it.
//!
//! The keeper owns the project's files. It is handed to a job with orders and comes back
//! with the outcome, so that no lock is needed and the window never waits for a disk.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::jobs::Cancel;
use super::state::AppState;
use crate::edit::Edit;
use crate::model::{Annotator, Project, Report, ReportId};
use crate::store::{
    Ground, Holder, Journal, Lock, LockError, Part, ReadOnly, RealFiles, Recovery, SaveError, Store, Subject,
};

/// A file of the project that an edit changes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKey {
    /// `project.ron`
    Head,
    /// `catalogue.ron`
    Catalogue,
    /// `rules.ron`
    Rules,
    /// `guidelines.md`
    Guidelines,
    /// A report's text and original.
    Text(ReportId),
    /// One annotator's decisions on one report.
    Layer(Annotator, ReportId),
    /// What has happened to one layer.
    Timeline(Annotator, ReportId),
    /// What other programs propose for one report.
    Suggestions(ReportId),
    /// What one annotator's decisions have taught.
    Memory(Annotator),
    /// The findings that one annotator lets stand.
    Waivers(Annotator),
}

impl PartKey {
    /// The files that an edit changes.
    pub fn of(edit: &Edit) -> Vec<Self> {
        match edit {
            Edit::Decide {
                annotator, report, ..
            }
            | Edit::Reject {
                annotator, report, ..
            }
            | Edit::Contest {
                annotator, report, ..
            } => vec![Self::Layer(annotator.clone(), report.clone())],
            Edit::SetReport(report) | Edit::InsertReport { report, .. } => {
                vec![Self::Text(report.id.clone()), Self::Head]
            }
            Edit::RemoveReport(_) | Edit::SetTitle(_) | Edit::SetExtractor(_) => vec![Self::Head],
            Edit::SetSuggestions { report, .. } => vec![Self::Suggestions(report.clone())],
            Edit::SetLesson { annotator, .. } => vec![Self::Memory(annotator.clone())],
            Edit::SetWaiver { annotator, .. } => vec![Self::Waivers(annotator.clone())],
            Edit::SetCatalogue(_) => vec![Self::Catalogue],
            Edit::SetRules(_) => vec![Self::Rules],
            Edit::SetGuidelines(_) => vec![Self::Guidelines],
        }
    }

    /// Every file of a project.
    pub fn all(project: &Project) -> BTreeSet<Self> {
        let mut keys = BTreeSet::from([Self::Head, Self::Catalogue, Self::Rules, Self::Guidelines]);
        keys.extend(project.reports.iter().map(|report| Self::Text(report.id.clone())));
        keys.extend(project.suggestions.keys().cloned().map(Self::Suggestions));
        keys.extend(project.memories.keys().cloned().map(Self::Memory));
        keys.extend(project.waivers.keys().cloned().map(Self::Waivers));
        for (annotator, reports) in &project.layers {
            keys.extend(
                reports
                    .keys()
                    .map(|report| Self::Layer(annotator.clone(), report.clone())),
            );
        }
        keys
    }

    /// What is to be written into the file; nothing where the text is not at hand.
    pub fn parts(&self, app: &AppState) -> Vec<Part> {
        let project = &app.project;
        let text_of = |id: &ReportId| {
            let report = project.report(id)?;
            Some((report, app.texts.get(&report.fingerprint)?))
        };
        match self {
            Self::Head => vec![Part::Head {
                title: project.title.clone(),
                language: project.language,
                extractor: project.extractor.clone(),
                reports: project.reports.clone(),
            }],
            Self::Catalogue => vec![Part::Catalogue(project.catalogue.clone())],
            Self::Rules => vec![Part::Rules(project.rules.clone())],
            Self::Guidelines => vec![Part::Guidelines(project.guidelines.clone())],
            Self::Text(id) => {
                let Some((report, text)) = text_of(id) else {
                    return Vec::new();
                };
                let mut parts = vec![Part::Text {
                    report: id.clone(),
                    text: Arc::clone(text),
                }];
                if let Some(original) = app.readings.get(&report.fingerprint) {
                    let bytes = Arc::clone(&original.bytes);
                    parts.push(Part::Original {
                        report: id.clone(),
                        name: report.original.clone(),
                        bytes,
                    });
                }
                parts
            }
            Self::Suggestions(id) => {
                let Some((_, text)) = text_of(id) else {
                    return Vec::new();
                };
                vec![Part::Suggestions {
                    report: id.clone(),
                    suggestions: project.suggestions.get(id).cloned().unwrap_or_default(),
                    text: Arc::clone(text),
                }]
            }
            Self::Memory(annotator) => vec![Part::Memory {
                annotator: annotator.clone(),
                memory: project.memories.get(annotator).cloned().unwrap_or_default(),
            }],
            Self::Waivers(annotator) => vec![Part::Waivers {
                annotator: annotator.clone(),
                waivers: project.waivers.get(annotator).cloned().unwrap_or_default(),
            }],
            Self::Timeline(annotator, id) => {
                let changes = app.timelines.unwritten(&(annotator.clone(), id.clone()));
                let Some((_, text)) = text_of(id).filter(|_| !changes.is_empty()) else {
                    return Vec::new();
                };
                vec![Part::Timeline {
                    annotator: annotator.clone(),
                    report: id.clone(),
                    changes: changes.to_vec(),
                    text: Arc::clone(text),
                }]
            }
            Self::Layer(annotator, id) => {
                let Some((_, text)) = text_of(id) else {
                    return Vec::new();
                };
                let layer = project.layer(annotator, id).cloned().unwrap_or_default();
                vec![Part::Layer {
                    annotator: annotator.clone(),
                    report: id.clone(),
                    layer,
                    text: Arc::clone(text),
                }]
            }
        }
    }
}

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
    /// Whether the last attempt failed; the next one waits for the person, or for another change.
    pub failed: bool,
    /// Why the project can only be looked at.
    pub look_only: Option<LookOnly>,
    /// When files were last looked at for changes by others.
    pub looked_at: f64,
    /// Stops the search that is under way.
    pub search_cancel: Cancel,
    /// Settings that have changed since they were written.
    pub settings_changed: bool,
    /// What to open as soon as the keeper is free and everything is safe.
    pub then_open: Option<Vec<PathBuf>>,
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
    /// Files that others have changed.
    pub changed: Vec<PathBuf>,
    /// Whether another instance has taken the project over.
    pub taken_over: bool,
}

/// Owns the project's files, its journal and its lock.
pub struct Keeper {
    store: Option<Store>,
    journal: Option<Journal>,
    lock: Option<Lock>,
    /// The project's folder, or what was opened while it has none.
    place: PathBuf,
    data: PathBuf,
    /// The reports that the journal refers to, without anything else of the project.
    about: Project,
}

/// A keeper, what earlier runs left in the journal, and why nothing may be written.
pub type Hired = (Keeper, Vec<Recovery>, Option<LookOnly>);

impl Keeper {
    /// A keeper for reports that have no project folder yet.
    ///
    /// # Errors
    /// When the data folder cannot be written; there is then no journal.
    pub fn for_draft(paths: &[PathBuf], project: &Project, data: &Path) -> (Hired, Option<SaveError>) {
        let place = paths.first().map_or_else(PathBuf::new, |path| {
            path.canonicalize().unwrap_or_else(|_gone| path.clone())
        });
        let mut keeper = Self {
            store: None,
            journal: None,
            lock: None,
            place: place.clone(),
            data: data.to_path_buf(),
            about: slim(project),
        };
        match keeper.begin_journal(&place) {
            Ok(left) => ((keeper, left, None), None),
            Err(error) => ((keeper, Vec::new(), None), Some(error)),
        }
    }

    /// A keeper for a project that was opened from its folder.
    ///
    /// # Errors
    /// When the data folder cannot be written; there is then no journal and no lock.
    pub fn for_project(store: Store, project: &Project, data: &Path) -> (Hired, Option<SaveError>) {
        let place = store.root().to_path_buf();
        let mut keeper = Self {
            store: Some(store),
            journal: None,
            lock: None,
            place: place.clone(),
            data: data.to_path_buf(),
            about: slim(project),
        };
        let look_only = match Lock::take(&keeper.recovery_folder(), &place) {
            Ok(lock) => {
                keeper.lock = Some(lock);
                None
            }
            Err(LockError::Held { by }) => return ((keeper, Vec::new(), Some(LookOnly::Held(by))), None),
            Err(LockError::Save(error)) => return ((keeper, Vec::new(), None), Some(error)),
        };
        match keeper.begin_journal(&place) {
            Ok(left) => ((keeper, left, look_only), None),
            Err(error) => ((keeper, Vec::new(), look_only), Some(error)),
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
            self.about.reports.retain(|other| other.id != report.id);
            self.about.reports.push(report);
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
        self.journal_gestures(orders)?;
        match &orders.create {
            Some(folder) => self.move_to(folder, &orders.write)?,
            None if done.taken_over => {}
            None => self.write(&orders.set_aside, &orders.write)?,
        }
        if orders.look_around
            && let Some(store) = &self.store
        {
            done.changed = store.changed_outside();
        }
        Ok(())
    }

    fn journal_gestures(&mut self, orders: &mut Orders) -> Result<(), SaveError> {
        let Some(journal) = &mut self.journal else {
            return Ok(());
        };
        let (about, store) = (&self.about, self.store.as_ref());
        let ground = |subject: &Subject| Ground::of(subject, about, store);
        let mut texts = std::mem::take(&mut orders.texts);
        let left = std::mem::take(&mut orders.resolve);
        if !left.is_empty() {
            return journal.adopt(left, &std::mem::take(&mut orders.journal), &texts, &ground);
        }
        for edits in std::mem::take(&mut orders.journal) {
            journal.append(&edits, &std::mem::take(&mut texts), &ground)?;
        }
        Ok(())
    }

    fn clear_journal(&mut self, saved: usize) -> Result<(), SaveError> {
        let (about, store) = (&self.about, self.store.as_ref());
        let ground = |subject: &Subject| Ground::of(subject, about, store);
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
        let pending = self.journal.as_ref().map_or(0, Journal::len);
        store.write(parts)?;
        self.clear_journal(pending)
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
        Ok(())
    }

    fn begin_journal(&mut self, place: &Path) -> Result<Vec<Recovery>, SaveError> {
        let folder = self.recovery_folder();
        let (about, store) = (&self.about, self.store.as_ref());
        let ground = |subject: &Subject| Ground::of(subject, about, store);
        let (journal, left) = Journal::begin(Arc::new(RealFiles), &folder, place, &ground)?;
        self.journal = Some(journal);
        Ok(left)
    }

    fn recovery_folder(&self) -> PathBuf {
        self.data.join("recovery")
    }
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

/// The part of a project that the journal refers to.
fn slim(project: &Project) -> Project {
    Project {
        reports: project.reports.clone(),
        ..Project::default()
    }
}
