//! A project's folder: which files are known, in which state they were seen, and which are guarded.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::error::{Broken, OpenError, SaveError, Step};
use super::files::{FileSystem, RealFiles};
use super::format::{LayerPen, Unanchored};
use super::stamp::{ContentHash, Stamp};
use super::unread::Unread;
use super::{ReadOnly, Subject, atomic, layout};
use crate::model::{Annotator, ReportId};

/// Past this many bytes a file is no project file, and is not read into memory.
pub(super) const LARGEST: u64 = 1 << 30;

/// An opened project folder. It remembers what it has read and written, and never replaces a file
/// that is not as it remembers it.
pub struct Store {
    pub(super) files: Arc<dyn FileSystem>,
    /// The folder, with links resolved.
    pub(super) root: PathBuf,
    /// What is known of each file, by its path within the folder.
    pub(super) known: BTreeMap<PathBuf, Known>,
    /// How each path within the folder is spelled, by the same without case.
    spelled: BTreeMap<String, PathBuf>,
    /// The program that wrote the `project.ron` that is on the disk.
    pub(super) app: String,
    pub(super) read_only: Option<ReadOnly>,
    /// Folders with entries that may not be on the disk yet.
    pub(super) unsynced: BTreeSet<PathBuf>,
    /// The reports that were not read yet.
    pub(super) unread: Unread,
    /// What the last layer was printed with: the next one is mostly the same with one decision more.
    pub(super) pen: Option<LayerPen>,
}

/// What is known of a file.
#[derive(Default)]
pub(super) struct Known {
    /// As it was read or written last; `None` where it is not there.
    pub stamp: Option<Stamp>,
    /// Why it must not be replaced.
    pub guard: Option<Guard>,
    /// What the file says of words that have no place in the text.
    pub unanchored: Unanchored,
}

/// Why a file must not be replaced.
#[derive(Clone, Debug)]
pub(super) enum Guard {
    Broken(Broken),
    NewerFormat,
    NotRead,
}

impl Store {
    /// Prepares a new project in a folder, which is made if it is not there. Nothing is written yet.
    ///
    /// # Errors
    /// When the folder holds a project or anything that has the name of one of our files.
    pub fn create(root: &Path) -> Result<Self, SaveError> {
        Self::create_on(Arc::new(RealFiles), root)
    }

    /// As [`Store::create`], on another file system.
    ///
    /// # Errors
    /// As there.
    pub fn create_on(files: Arc<dyn FileSystem>, root: &Path) -> Result<Self, SaveError> {
        files
            .create_folder(root)
            .map_err(|source| SaveError::io(Step::CreateFolder, root, source))?;
        let root = files
            .canonicalize(root)
            .map_err(|source| SaveError::io(Step::Find, root, source))?;
        let ours = [
            layout::HEAD,
            layout::CATALOGUE,
            layout::RULES,
            layout::GUIDELINES,
            layout::REPORTS,
            layout::LAYERS,
            layout::SUGGESTIONS,
            layout::MEMORY,
            layout::WAIVERS,
            layout::HISTORY,
        ];
        let entries = files
            .list(&root)
            .map_err(|source| SaveError::io(Step::Find, &root, source))?;
        for entry in entries {
            let taken = ours.contains(&entry.name.to_lowercase().as_str());
            let path = root.join(&entry.name);
            let is_empty = entry.is_folder && files.list(&path).is_ok_and(|inner| inner.is_empty());
            if taken && !is_empty {
                return Err(SaveError::AlreadyThere { path });
            }
        }
        Ok(Self::at(files, root))
    }

    pub(super) fn at(files: Arc<dyn FileSystem>, root: PathBuf) -> Self {
        Self {
            files,
            root,
            known: BTreeMap::new(),
            spelled: BTreeMap::new(),
            app: String::new(),
            read_only: None,
            unsynced: BTreeSet::new(),
            unread: Unread::default(),
            pen: None,
        }
    }

    /// The project's folder, with links resolved.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The `project.ron` of the project.
    pub fn head(&self) -> PathBuf {
        self.root.join(layout::HEAD)
    }

    /// What the file of `subject` held when it was read or written last, or holds now if it was not read yet; `None`
    /// without a file.
    pub fn hash_of(&self, subject: &Subject) -> Option<ContentHash> {
        let inner = match subject {
            Subject::Head => layout::HEAD.into(),
            Subject::Catalogue => layout::CATALOGUE.into(),
            Subject::Rules => layout::RULES.into(),
            Subject::Guidelines => layout::GUIDELINES.into(),
            Subject::Layer(annotator, report) => self.layer_file(annotator, report),
            Subject::Suggestions(report) => self.suggestions_file(report),
            Subject::Memory(annotator) => self.memory_file(annotator),
            Subject::Waivers(annotator) => self.waivers_file(annotator),
        };
        if self.unread.holds(&inner) {
            let bytes = self.read_within(&inner).ok()??;
            return Some(ContentHash::of(&bytes));
        }
        let stamp = self.known.get(&inner)?.stamp?;
        Some(stamp.hash)
    }

    /// How many decisions, rejections and conflicts of a layer's file have no place in the report's text.
    pub fn unanchored(&self, annotator: &Annotator, report: &ReportId) -> usize {
        let file = self.layer_file(annotator, report);
        self.known.get(&file).map_or(0, |known| known.unanchored.len())
    }

    /// Lets go of what a layer's file says of words that have no place in the text; the next save leaves them out.
    pub fn forget_unanchored(&mut self, annotator: &Annotator, report: &ReportId) {
        let file = self.layer_file(annotator, report);
        if let Some(known) = self.known.get_mut(&file) {
            known.unanchored = Unanchored::default();
        }
    }

    /// The files that another program has changed, removed or added since they were read or written.
    pub fn changed_outside(&self) -> Vec<PathBuf> {
        let mut changed = Vec::new();
        for (inner, known) in &self.known {
            let path = self.root.join(inner);
            let is_same = match known.stamp {
                Some(stamp) => matches!(stamp.renewed(self.files.as_ref(), &path), Ok(Some(_))),
                None => self.files.metadata(&path).is_err(),
            };
            if !is_same {
                changed.push(path);
            }
        }
        let new = self.project_files().into_iter().filter(|inner| {
            layout::is_record(inner) && !self.known.contains_key(inner) && !self.unread.holds(inner)
        });
        changed.extend(new.map(|inner| self.root.join(inner)));
        changed
    }

    /// Lets the next save of this file replace what another program has put there.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn overwrite(&mut self, path: &Path) -> Result<(), SaveError> {
        let inner = self.inner(path);
        let place = self
            .resolve(&inner)
            .map_err(|source| self.unsaved(&inner, source))?;
        let stamp = match self.files.read(&place) {
            Ok(bytes) => Some(
                Stamp::take(self.files.as_ref(), &place, ContentHash::of(&bytes))
                    .map_err(|source| SaveError::io(Step::Read, path, source))?,
            ),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(SaveError::io(Step::Read, path, error)),
        };
        let known = self.known.entry(inner).or_default();
        known.stamp = stamp;
        Ok(())
    }

    /// Renames a file that is broken, or that another program has changed, and says to what; `None` where the other
    /// program has removed it. The next save writes a new one in its place.
    ///
    /// # Errors
    /// When it cannot be renamed.
    pub fn set_aside(&mut self, path: &Path) -> Result<Option<PathBuf>, SaveError> {
        let inner = self.inner(path);
        let known = self.known.entry(inner.clone()).or_default();
        let suffix = match known.guard {
            Some(Guard::Broken(_)) => "broken",
            _ => "theirs",
        };
        let place = self.root.join(&inner);
        let aside = free_name(self.files.as_ref(), &place, suffix);
        let is_there = match self.files.rename(&place, &aside) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(SaveError::io(Step::Rename, &place, error)),
        };
        // Decisions that have no place in the text belong to us and go into the new file.
        let known = self.known.entry(inner).or_default();
        known.stamp = None;
        known.guard = None;
        if !is_there {
            return Ok(None);
        }
        self.unsynced.extend(place.parent().map(Path::to_owned));
        Ok(Some(aside))
    }

    /// Keeps a file from being replaced.
    pub(super) fn guard(&mut self, inner: &Path, guard: Guard) {
        self.known.entry(inner.to_owned()).or_default().guard = Some(guard);
    }

    /// The path within the folder of a path that was handed out.
    pub(super) fn inner(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root).unwrap_or(path).to_owned()
    }

    /// The file of one annotator's decisions on one report, within the folder.
    pub(super) fn layer_file(&self, annotator: &Annotator, report: &ReportId) -> PathBuf {
        let plain = layout::layer_path(annotator, report);
        self.spelling(plain, &format!("{annotator}/{report}"))
    }

    /// The file of a report's text, within the folder.
    pub(super) fn text_file(&self, report: &ReportId) -> PathBuf {
        self.spelling(layout::text_path(report), &report.0)
    }

    /// The log of changes of one annotator's layer on one report, within the folder.
    pub(super) fn timeline_file(&self, annotator: &Annotator, report: &ReportId) -> PathBuf {
        let plain = layout::timeline_path(annotator, report);
        self.spelling(plain, &format!("{annotator}/{report}"))
    }

    /// The file of what an annotator's decisions have taught, within the folder.
    pub(super) fn memory_file(&self, annotator: &Annotator) -> PathBuf {
        self.spelling(layout::memory_path(annotator), &annotator.0)
    }

    /// The file of the findings that an annotator lets stand, within the folder.
    pub(super) fn waivers_file(&self, annotator: &Annotator) -> PathBuf {
        self.spelling(layout::waivers_path(annotator), &annotator.0)
    }

    /// The file of a report's suggestions, within the folder.
    pub(super) fn suggestions_file(&self, report: &ReportId) -> PathBuf {
        self.spelling(layout::suggestions_path(report), &report.0)
    }

    /// The file that a report was read from, within the folder.
    pub(super) fn original_file(&self, report: &ReportId, original: &str) -> PathBuf {
        self.spelling(layout::original_path_of(report, original), &report.0)
    }

    /// `plain`, or another path where a name that differs by case alone has taken it.
    fn spelling(&self, plain: PathBuf, name: &str) -> PathBuf {
        let told = layout::told_apart(&plain, name);
        if self.spelled.get(&layout::folded(&told)) == Some(&told) {
            return told;
        }
        match self.spelled.get(&layout::folded(&plain)) {
            Some(other) if *other != plain => told,
            _ => plain,
        }
    }

    /// Remembers what is known of files that have been read.
    pub(super) fn remember(&mut self, known: BTreeMap<PathBuf, Known>) {
        for inner in known.keys() {
            self.spell(inner);
        }
        self.known.extend(known);
    }

    /// The same folder, knowing of no file but how it is spelled: to look, never to write.
    pub(super) fn onlooker(&self) -> Self {
        Self {
            spelled: self.spelled.clone(),
            ..Self::at(Arc::clone(&self.files), self.root.clone())
        }
    }

    /// Remembers that a file of this name is on the disk.
    pub(super) fn spell(&mut self, inner: &Path) {
        let folded = layout::folded(inner);
        self.spelled.entry(folded).or_insert_with(|| inner.to_owned());
    }

    /// Every file in the folders of a project, within the folder, sorted.
    pub(super) fn project_files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for folder in self.project_folders() {
            self.list_into(&folder, &mut found);
        }
        found
    }

    /// The folders of a project that may hold files, within the folder.
    fn project_folders(&self) -> Vec<PathBuf> {
        let flat = [
            layout::REPORTS,
            layout::SUGGESTIONS,
            layout::MEMORY,
            layout::WAIVERS,
        ];
        let mut folders: Vec<PathBuf> = flat.map(PathBuf::from).into();
        for above in [layout::LAYERS, layout::HISTORY] {
            let above = Path::new(above);
            let annotators = self.files.list(&self.root.join(above)).unwrap_or_default();
            let annotators = annotators.into_iter().filter(|entry| entry.is_folder);
            folders.extend(annotators.map(|entry| above.join(entry.name)));
        }
        folders
    }

    fn list_into(&self, folder: &Path, found: &mut Vec<PathBuf>) {
        let entries = self.files.list(&self.root.join(folder)).unwrap_or_default();
        let files = entries
            .into_iter()
            .filter(|entry| !entry.is_folder && !entry.name.starts_with('.'));
        found.extend(files.map(|entry| folder.join(entry.name)));
    }

    /// Removes what interrupted saves have left.
    pub(super) fn sweep(&self) {
        let folders = self.project_folders().into_iter().chain([PathBuf::new()]);
        for folder in folders {
            atomic::sweep(self.files.as_ref(), &self.root.join(folder));
        }
    }

    /// The true place of a path within the folder, unless a link leads out of it.
    pub(super) fn resolve(&self, inner: &Path) -> Result<PathBuf, Unresolved> {
        let is_inner = inner
            .components()
            .all(|component| matches!(component, Component::Normal(_)));
        if !is_inner {
            return Err(Unresolved::Outside);
        }
        let path = self.root.join(inner);
        match self.files.canonicalize(&path) {
            Ok(place) if place.starts_with(&self.root) => Ok(place),
            Ok(_) => Err(Unresolved::Outside),
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.resolve_missing(&path),
            Err(error) => Err(Unresolved::Io(error)),
        }
    }

    /// A file that is not there may be made, unless a link of its name or above it leads astray.
    fn resolve_missing(&self, path: &Path) -> Result<PathBuf, Unresolved> {
        if self.files.is_link(path) {
            return Err(Unresolved::Outside);
        }
        let mut above = path.parent();
        while let Some(folder) = above {
            match self.files.canonicalize(folder) {
                Ok(place) if place.starts_with(&self.root) => return Ok(path.to_owned()),
                Err(error) if error.kind() == io::ErrorKind::NotFound && !self.files.is_link(folder) => {
                    above = folder.parent();
                }
                _ => return Err(Unresolved::Outside),
            }
        }
        Err(Unresolved::Outside)
    }

    pub(super) fn unsaved(&self, inner: &Path, source: Unresolved) -> SaveError {
        let path = self.root.join(inner);
        match source {
            Unresolved::Outside => SaveError::Outside { path },
            Unresolved::Io(source) => SaveError::io(Step::Find, &path, source),
        }
    }

    pub(super) fn unopened(&self, inner: &Path, source: Unresolved) -> OpenError {
        let path = self.root.join(inner);
        match source {
            Unresolved::Outside => OpenError::Outside { path },
            Unresolved::Io(source) => OpenError::io(Step::Find, &path, source),
        }
    }
}

/// Why a path within the folder has no place.
pub(super) enum Unresolved {
    Outside,
    Io(io::Error),
}

/// `<name>.<suffix>`, or `<name>-2.<suffix>` and so on where that is taken.
pub(super) fn free_name(files: &dyn FileSystem, path: &Path, suffix: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let taken = |path: &Path| files.metadata(path).is_ok() || files.is_link(path);
    let mut free = path.with_file_name(format!("{name}.{suffix}"));
    let mut n = 2;
    while taken(&free) {
        free = path.with_file_name(format!("{name}-{n}.{suffix}"));
        n += 1;
    }
    free
}
