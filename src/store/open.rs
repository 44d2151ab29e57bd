//! Opening a project: a file that cannot be read costs its own part and nothing else.
//!
//! What the whole project shares is read at once; the reports follow, all or some at a time.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::archive::Archive;
use super::error::{OpenError, Step};
use super::files::{FileSystem, RealFiles};
use super::folder::{Guard, Store};
use super::format::{self, Head, Parsed, Refusal};
use super::read::{Got, read_prose};
use super::unread::{Batch, Unread};
use super::{ReadOnly, StoreNotice, layout};
use crate::model::{Project, ReportId};

/// What a project's folder holds.
#[derive(Debug, Default)]
pub struct Opened {
    /// The project.
    pub project: Project,
    /// The reports' texts; a report whose text is missing has none.
    pub texts: BTreeMap<ReportId, Arc<str>>,
    /// What is read only where somebody looks at it.
    pub archive: Archive,
    /// Why nothing may be written, if that is so.
    pub read_only: Option<ReadOnly>,
    /// What a person should know.
    pub notices: Vec<StoreNotice>,
}

impl Opened {
    /// Takes over reports that have been read.
    pub fn take(&mut self, batch: Batch) {
        for (report, print) in batch.changed {
            if let Some(report) = self.project.reports.find_mut(&report) {
                report.fingerprint = print;
            }
        }
        let texts = batch.texts.into_iter();
        self.texts.extend(texts.map(|(report, _, text)| (report, text)));
        for (annotator, report, layer) in batch.layers {
            let reports = self.project.layers.entry(annotator).or_default();
            reports.insert(report, layer);
        }
        self.project.suggestions.extend(batch.suggestions);
        self.notices.extend(batch.notices);
    }
}

impl Store {
    /// Opens the project in a folder, or the one whose `project.ron` is given.
    ///
    /// # Errors
    /// When `project.ron` cannot be read; any other file that cannot costs its part and a notice.
    pub fn open(root: &Path) -> Result<(Self, Opened), OpenError> {
        Self::open_on(Arc::new(RealFiles), root)
    }

    /// As [`Store::open`], on another file system.
    ///
    /// # Errors
    /// As there.
    pub fn open_on(files: Arc<dyn FileSystem>, root: &Path) -> Result<(Self, Opened), OpenError> {
        let (mut store, mut opened) = Self::begin_on(files, root)?;
        opened.take(store.read(&[], &|_| false));
        Ok((store, opened))
    }

    /// As [`Store::open`], with no report read yet: [`Store::read`] reads them.
    ///
    /// # Errors
    /// As there.
    pub fn begin(root: &Path) -> Result<(Self, Opened), OpenError> {
        Self::begin_on(Arc::new(RealFiles), root)
    }

    fn begin_on(files: Arc<dyn FileSystem>, root: &Path) -> Result<(Self, Opened), OpenError> {
        let folder = folder_of(files.as_ref(), root)?;
        let mut store = Self::at(files, folder);
        let mut opened = Opened::default();
        let head = store.open_head(&mut opened)?;
        store.sweep_if_writable();
        let found = store.project_files();
        for inner in &found {
            store.spell(inner);
        }
        opened.project.title = head.title;
        opened.project.language = head.language;
        opened.project.extractor = head.extractor;
        opened.project.reports = head.reports.into();
        store.open_shared(&found, &mut opened);
        store.unread = Unread::of(&opened.project.reports, &found);
        opened.archive = Archive::of(&store);
        opened.read_only.clone_from(&store.read_only);
        Ok((store, opened))
    }

    pub(super) fn open_head(&mut self, opened: &mut Opened) -> Result<Head, OpenError> {
        let inner = Path::new(layout::HEAD);
        let path = self.root.join(inner);
        let bytes = self.reading(&mut opened.notices, |reader| reader.read_stamped(inner))?;
        let Some(bytes) = bytes else {
            return Err(OpenError::NotAProject { path });
        };
        let Parsed { content, newer } = match format::read_head(&path, &bytes) {
            Ok(parsed) => parsed,
            Err(Refusal::Broken(broken)) => {
                self.guard(inner, Guard::Broken(broken.clone()));
                return Err(OpenError::Broken(broken));
            }
            Err(Refusal::Newer(found)) => {
                self.guard(inner, Guard::NewerFormat);
                return Err(OpenError::NewerFormat {
                    path,
                    found,
                    known: format::FORMAT,
                });
            }
        };
        let marked = |path: &Path| self.files.metadata(path).is_ok_and(|metadata| metadata.read_only);
        if let Some(found) = newer {
            self.read_only = Some(ReadOnly::NewerFormat { found });
            opened.notices.push(StoreNotice::NewerFormat {
                path,
                found,
                read: true,
            });
        } else if marked(&self.root) || marked(&path) {
            self.read_only = Some(ReadOnly::NotWritable);
        }
        self.app.clone_from(&content.app);
        Ok(content)
    }

    fn sweep_if_writable(&self) {
        if self.read_only.is_none() {
            self.sweep();
        }
    }

    /// Reads what the whole project shares: catalogue, rules, guidelines, memories and waivers.
    fn open_shared(&mut self, found: &[PathBuf], opened: &mut Opened) {
        let Opened { project, notices, .. } = opened;
        self.reading(notices, |reader| {
            if let Got::Read(catalogue) = reader.get(Path::new(layout::CATALOGUE), format::read_catalogue) {
                project.catalogue = catalogue;
            }
            if let Got::Read(rules) = reader.get(Path::new(layout::RULES), format::read_rules) {
                project.rules = rules;
            }
            if let Got::Read(guidelines) = reader.get(Path::new(layout::GUIDELINES), read_prose) {
                project.guidelines = guidelines;
            }
            let records = found.iter().filter(|inner| layout::is_record(inner));
            for inner in records {
                if inner.starts_with(layout::MEMORY) {
                    let read = reader.memory(inner);
                    project
                        .memories
                        .extend(read.filter(|(_, memory)| !memory.is_empty()));
                } else if inner.starts_with(layout::WAIVERS) {
                    let read = reader.waivers(inner);
                    project
                        .waivers
                        .extend(read.filter(|(_, waivers)| !waivers.is_empty()));
                }
            }
        });
    }
}

/// The folder of the project that a path names.
fn folder_of(files: &dyn FileSystem, path: &Path) -> Result<PathBuf, OpenError> {
    let missing = || OpenError::NotAProject {
        path: path.to_owned(),
    };
    let place = match files.canonicalize(path) {
        Ok(place) => place,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(missing()),
        Err(error) => return Err(OpenError::io(Step::Find, path, error)),
    };
    let metadata = files
        .metadata(&place)
        .map_err(|source| OpenError::io(Step::Find, path, source))?;
    if metadata.is_folder {
        return Ok(place);
    }
    match place.parent() {
        Some(folder) if place.file_name().is_some_and(|name| name == layout::HEAD) => Ok(folder.to_owned()),
        _ => Err(missing()),
    }
}
