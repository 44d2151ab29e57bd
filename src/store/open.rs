//! Reading a project: a file that cannot be read costs its own part and nothing else.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::{Broken, OpenError, Step};
use super::files::{FileSystem, RealFiles};
use super::folder::{Guard, Store};
use super::format::{self, Head, Laid, Parsed, Refusal};
use super::read::{Got, read_prose, read_text};
use super::{ReadOnly, StoreNotice, Timeline, layout};
use crate::model::{Annotator, Fingerprint, Layer, Memory, Project, Report, ReportId, Suggestion};
use crate::text::offsets::fingerprint;

/// What a project's folder holds.
#[derive(Debug, Default)]
pub struct Opened {
    /// The project.
    pub project: Project,
    /// The reports' texts; a report whose text is missing has none.
    pub texts: BTreeMap<ReportId, Arc<str>>,
    /// How each annotator's decisions on each report came about, as far as that was logged.
    pub timelines: BTreeMap<(Annotator, ReportId), Timeline>,
    /// Why nothing may be written, if that is so.
    pub read_only: Option<ReadOnly>,
    /// What a person should know.
    pub notices: Vec<StoreNotice>,
}

/// The texts that layers and suggestions are laid over, with their fingerprints.
pub(super) struct Texts<'a> {
    prints: BTreeMap<&'a ReportId, &'a Fingerprint>,
    texts: &'a BTreeMap<ReportId, Arc<str>>,
}

impl<'a> Texts<'a> {
    pub fn of(reports: &'a [Report], texts: &'a BTreeMap<ReportId, Arc<str>>) -> Self {
        let prints = reports.iter().map(|report| (&report.id, &report.fingerprint));
        Self {
            prints: prints.collect(),
            texts,
        }
    }

    fn get(&self, id: &ReportId) -> Option<(&'a Arc<str>, &'a Fingerprint)> {
        Some((self.texts.get(id)?, self.prints.get(id)?))
    }

    fn lists(&self, id: &ReportId) -> bool {
        self.prints.contains_key(id)
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
        opened.project.reports = head.reports;
        store.open_shared(&mut opened);
        store.open_texts(&mut opened);
        store.open_records(&found, &mut opened);
        opened.timelines = store.find_timelines(&found, &mut opened.notices);
        opened.read_only.clone_from(&store.read_only);
        Ok((store, opened))
    }

    pub(super) fn open_head(&mut self, opened: &mut Opened) -> Result<Head, OpenError> {
        let inner = Path::new(layout::HEAD);
        let path = self.root.join(inner);
        let Some(bytes) = self.read_stamped(inner)? else {
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

    /// Reads what the whole project shares: the catalogue, the rules and the guidelines.
    fn open_shared(&mut self, opened: &mut Opened) {
        let notices = &mut opened.notices;
        if let Got::Read(catalogue) = self.get(Path::new(layout::CATALOGUE), format::read_catalogue, notices)
        {
            opened.project.catalogue = catalogue;
        }
        if let Got::Read(rules) = self.get(Path::new(layout::RULES), format::read_rules, notices) {
            opened.project.rules = rules;
        }
        if let Got::Read(guidelines) = self.get(Path::new(layout::GUIDELINES), read_prose, notices) {
            opened.project.guidelines = guidelines;
        }
    }

    fn open_texts(&mut self, opened: &mut Opened) {
        for place in 0..opened.project.reports.len() {
            let Some(report) = opened.project.reports.get_mut(place) else {
                continue;
            };
            let inner = self.text_file(&report.id);
            match self.get(&inner, read_text, &mut opened.notices) {
                Got::Read(text) => {
                    let print = fingerprint(&text);
                    if print != report.fingerprint {
                        opened.notices.push(StoreNotice::TextChanged {
                            report: report.id.clone(),
                            path: self.root.join(&inner),
                        });
                        report.fingerprint = print;
                    }
                    opened.texts.insert(report.id.clone(), text);
                }
                Got::Missing => opened.notices.push(StoreNotice::TextMissing {
                    report: report.id.clone(),
                    path: self.root.join(&inner),
                }),
                Got::LeftOut => {}
            }
        }
    }

    /// Reads the layers, suggestions, memories and waivers among the files found.
    fn open_records(&mut self, found: &[PathBuf], opened: &mut Opened) {
        let Opened {
            project,
            texts,
            notices,
            ..
        } = opened;
        let texts = Texts::of(&project.reports, texts);
        let records = found
            .iter()
            .filter(|inner| inner.extension().is_some_and(|suffix| suffix == "ron"));
        for inner in records {
            if inner.starts_with(layout::LAYERS) {
                let read = self.open_layer(inner, &texts, notices);
                if let Some((annotator, report, layer)) = read.filter(|(_, _, layer)| !layer.is_blank()) {
                    project.layers.entry(annotator).or_default().insert(report, layer);
                }
            } else if inner.starts_with(layout::SUGGESTIONS) {
                let read = self.open_suggestions(inner, &texts, notices);
                project.suggestions.extend(read);
            } else if inner.starts_with(layout::MEMORY) {
                let read = self.open_memory(inner, notices);
                project
                    .memories
                    .extend(read.filter(|(_, memory)| !memory.is_empty()));
            } else if inner.starts_with(layout::WAIVERS) {
                let read = self.open_waivers(inner, notices);
                project
                    .waivers
                    .extend(read.filter(|(_, waivers)| !waivers.is_empty()));
            }
        }
    }

    pub(super) fn open_layer(
        &mut self,
        inner: &Path,
        texts: &Texts<'_>,
        notices: &mut Vec<StoreNotice>,
    ) -> Option<(Annotator, ReportId, Layer)> {
        let Got::Read(layered) = self.get(inner, format::read_layer, notices) else {
            return None;
        };
        let (annotator, report) = (layered.annotator.clone(), layered.report.clone());
        let named = format!("{annotator}/{report}");
        let path = self.root.join(inner);
        if !belongs(inner, &layout::layer_path(&annotator, &report), &named) {
            let message =
                format!("the file is by `{annotator}` on `{report}`; expected the names of its path");
            self.leave_out(inner, Broken::whole(&path, message), notices);
            return None;
        }
        let (text, print) = self.text_for(inner, &report, texts, notices)?;
        let Laid {
            layer,
            unanchored,
            anchoring,
        } = layered.lay(text, print);
        self.known.entry(inner.to_owned()).or_default().unanchored = unanchored;
        if anchoring.is_notable() {
            notices.push(StoreNotice::Anchored {
                annotator: Some(annotator.clone()),
                report: report.clone(),
                anchoring,
                path,
            });
        }
        Some((annotator, report, layer))
    }

    pub(super) fn open_suggestions(
        &mut self,
        inner: &Path,
        texts: &Texts<'_>,
        notices: &mut Vec<StoreNotice>,
    ) -> Option<(ReportId, Arc<[Suggestion]>)> {
        let Got::Read(suggested) = self.get(inner, format::read_suggestions, notices) else {
            return None;
        };
        let report = suggested.report.clone();
        let path = self.root.join(inner);
        if !belongs(inner, &layout::suggestions_path(&report), &report.0) {
            let message = format!("the file is on `{report}`; expected the name of its path");
            self.leave_out(inner, Broken::whole(&path, message), notices);
            return None;
        }
        let (text, print) = self.text_for(inner, &report, texts, notices)?;
        let (suggestions, anchoring) = suggested.lay(text, print);
        if anchoring.is_notable() {
            notices.push(StoreNotice::Anchored {
                annotator: None,
                report: report.clone(),
                anchoring,
                path,
            });
        }
        Some((report, suggestions.into()))
    }

    pub(super) fn open_memory(
        &mut self,
        inner: &Path,
        notices: &mut Vec<StoreNotice>,
    ) -> Option<(Annotator, Memory)> {
        let Got::Read((annotator, memory)) = self.get(inner, format::read_memory, notices) else {
            return None;
        };
        let is_theirs = self.is_by(inner, &annotator, &layout::memory_path(&annotator), notices);
        is_theirs.then_some((annotator, memory))
    }

    pub(super) fn open_waivers(
        &mut self,
        inner: &Path,
        notices: &mut Vec<StoreNotice>,
    ) -> Option<(Annotator, BTreeMap<String, String>)> {
        let Got::Read((annotator, waivers)) = self.get(inner, format::read_waivers, notices) else {
            return None;
        };
        let is_theirs = self.is_by(inner, &annotator, &layout::waivers_path(&annotator), notices);
        is_theirs.then_some((annotator, waivers))
    }

    /// Whether a file by `annotator` stands at `plain`, where it belongs; elsewhere it is left out.
    fn is_by(
        &mut self,
        inner: &Path,
        annotator: &Annotator,
        plain: &Path,
        notices: &mut Vec<StoreNotice>,
    ) -> bool {
        let is_theirs = belongs(inner, plain, &annotator.0);
        if !is_theirs {
            let message = format!("the file is by `{annotator}`; expected the name of its path");
            self.leave_out(inner, Broken::whole(&self.root.join(inner), message), notices);
        }
        is_theirs
    }

    /// The text that a record file is about; without one the file is guarded.
    fn text_for<'a>(
        &mut self,
        inner: &Path,
        report: &ReportId,
        texts: &Texts<'a>,
        notices: &mut Vec<StoreNotice>,
    ) -> Option<(&'a Arc<str>, &'a Fingerprint)> {
        let found = texts.get(report);
        if found.is_none() {
            self.guard(inner, Guard::NotRead);
            // A listed report without a text has been told of already.
            if !texts.lists(report) {
                notices.push(StoreNotice::UnknownReport {
                    report: report.clone(),
                    path: self.root.join(inner),
                });
            }
        }
        found
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

/// Whether a file stands where one with this content belongs.
pub(super) fn belongs(inner: &Path, plain: &Path, name: &str) -> bool {
    let folded = layout::folded(inner);
    folded == layout::folded(plain) || folded == layout::folded(&layout::told_apart(plain, name))
}
