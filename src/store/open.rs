//! Reading a project: a file that cannot be read costs its own part and nothing else.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::{Broken, OpenError, Step};
use super::files::{FileSystem, RealFiles};
use super::folder::{Guard, Known, LARGEST, Store};
use super::format::{self, Head, Laid, Parsed, Refusal};
use super::stamp::Stamp;
use super::{Part, ReadOnly, StoreNotice, layout};
use crate::model::{Annotator, Fingerprint, Layer, Project, Report, ReportId, Suggestion};
use crate::text::offsets::fingerprint;

/// What a project's folder holds.
#[derive(Debug, Default)]
pub struct Opened {
    /// The project.
    pub project: Project,
    /// The reports' texts; a report whose text is missing has none.
    pub texts: BTreeMap<ReportId, Arc<str>>,
    /// What extractors proposed.
    pub suggestions: BTreeMap<ReportId, Arc<[Suggestion]>>,
    /// Why nothing may be written, if that is so.
    pub read_only: Option<ReadOnly>,
    /// What a person should know.
    pub notices: Vec<StoreNotice>,
}

/// The texts that layers and suggestions are laid over.
struct Texts<'a> {
    reports: &'a [Report],
    texts: &'a BTreeMap<ReportId, Arc<str>>,
}

impl Texts<'_> {
    fn get(&self, id: &ReportId) -> Option<(&Arc<str>, &Fingerprint)> {
        let report = self.reports.iter().find(|report| &report.id == id)?;
        Some((self.texts.get(id)?, &report.fingerprint))
    }

    fn lists(&self, id: &ReportId) -> bool {
        self.reports.iter().any(|report| &report.id == id)
    }
}

/// What one file gave.
enum Got<T> {
    /// Its content.
    Read(T),
    /// There is no such file.
    Missing,
    /// It was left out, and a notice says why.
    LeftOut,
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
        found.iter().for_each(|inner| store.spell(inner));
        opened.project.title = head.title;
        opened.project.language = head.language;
        opened.project.reports = head.reports;
        store.open_shared(&mut opened);
        store.open_texts(&mut opened);
        store.open_records(&found, &mut opened);
        opened.read_only.clone_from(&store.read_only);
        Ok((store, opened))
    }

    fn open_head(&mut self, opened: &mut Opened) -> Result<Head, OpenError> {
        let inner = Path::new(layout::HEAD);
        let path = self.root.join(inner);
        let Some(bytes) = self.read_stamped(inner)? else {
            return Err(OpenError::NotAProject { path });
        };
        let Parsed { content, newer } = match format::read_head(&path, &bytes) {
            Ok(parsed) => parsed,
            Err(Refusal::Broken(broken)) => return Err(OpenError::Broken(broken)),
            Err(Refusal::Newer(found)) => {
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

    /// Reads the layers and the suggestions among the files found.
    fn open_records(&mut self, found: &[PathBuf], opened: &mut Opened) {
        let Opened {
            project,
            texts,
            suggestions,
            notices,
            ..
        } = opened;
        let texts = Texts {
            reports: &project.reports,
            texts,
        };
        let records = found
            .iter()
            .filter(|inner| inner.extension().is_some_and(|suffix| suffix == "ron"));
        for inner in records {
            if inner.starts_with(layout::LAYERS) {
                if let Some((annotator, report, layer)) = self.open_layer(inner, &texts, notices) {
                    if !layer.is_empty() {
                        project.layers.entry(annotator).or_default().insert(report, layer);
                    }
                }
            } else if inner.starts_with(layout::SUGGESTIONS) {
                if let Some((report, proposed)) = self.open_suggestions(inner, &texts, notices) {
                    suggestions.insert(report, proposed);
                }
            }
        }
    }

    fn open_layer(
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

    fn open_suggestions(
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

    /// The text that a record file is about; without one the file is guarded.
    fn text_for<'a>(
        &mut self,
        inner: &Path,
        report: &ReportId,
        texts: &'a Texts<'_>,
        notices: &mut Vec<StoreNotice>,
    ) -> Option<(&'a Arc<str>, &'a Fingerprint)> {
        let found = texts.get(report);
        if found.is_none() {
            self.known.entry(inner.to_owned()).or_default().guard = Some(Guard::NotRead);
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

    /// Reads one file again, for example after another program has changed it.
    ///
    /// `None` where the file is gone or is none of a project's. `reports` and `texts` are the
    /// project's own.
    ///
    /// # Errors
    /// When the file cannot be read or understood; it is then not overwritten by a save.
    pub fn reload(
        &mut self,
        path: &Path,
        reports: &[Report],
        texts: &BTreeMap<ReportId, Arc<str>>,
    ) -> Result<(Option<Part>, Vec<StoreNotice>), OpenError> {
        let inner = self.inner(path);
        let mut notices = Vec::new();
        self.known.remove(&inner);
        let over = Texts { reports, texts };
        let part = match inner.to_str() {
            Some(layout::HEAD) => {
                let mut opened = Opened::default();
                let head = self.open_head(&mut opened)?;
                notices = opened.notices;
                Some(Part::Head {
                    title: head.title,
                    language: head.language,
                    reports: head.reports,
                })
            }
            Some(layout::CATALOGUE) => self
                .get(&inner, format::read_catalogue, &mut notices)
                .map(Part::Catalogue),
            Some(layout::RULES) => self
                .get(&inner, format::read_rules, &mut notices)
                .map(Part::Rules),
            Some(layout::GUIDELINES) => self.get(&inner, read_prose, &mut notices).map(Part::Guidelines),
            _ if inner.starts_with(layout::REPORTS) => {
                let report = reports.iter().find(|report| self.text_file(&report.id) == inner);
                let report = report.map(|report| report.id.clone());
                report.and_then(|report| {
                    let text = self.get(&inner, read_text, &mut notices);
                    text.map(|text| Part::Text { report, text })
                })
            }
            _ if inner.starts_with(layout::LAYERS) => {
                self.open_layer(&inner, &over, &mut notices)
                    .and_then(|(annotator, report, layer)| {
                        let text = texts.get(&report)?.clone();
                        Some(Part::Layer {
                            annotator,
                            report,
                            layer,
                            text,
                        })
                    })
            }
            _ if inner.starts_with(layout::SUGGESTIONS) => self
                .open_suggestions(&inner, &over, &mut notices)
                .and_then(|(report, suggestions)| {
                    let text = texts.get(&report)?.clone();
                    Some(Part::Suggestions {
                        report,
                        suggestions,
                        text,
                    })
                }),
            _ => None,
        };
        Ok((part, notices))
    }

    /// The bytes of the file that a report was read from, which may be its text itself.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read_original(&self, report: &Report) -> Result<Option<Vec<u8>>, OpenError> {
        let original = self.original_file(&report.id, &report.original);
        match self.read_within(&original)? {
            Some(bytes) => Ok(Some(bytes)),
            None => self.read_within(&self.text_file(&report.id)),
        }
    }

    /// Reads one file and remembers it; what goes wrong becomes a notice and guards the file.
    fn get<T>(
        &mut self,
        inner: &Path,
        read: impl FnOnce(&Path, &[u8]) -> Result<Parsed<T>, Refusal>,
        notices: &mut Vec<StoreNotice>,
    ) -> Got<T> {
        let path = self.root.join(inner);
        let bytes = match self.read_stamped(inner) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Got::Missing,
            Err(error) => {
                self.known.entry(inner.to_owned()).or_default().guard = Some(Guard::NotRead);
                let message = error.to_string();
                notices.push(StoreNotice::Unreadable { path, message });
                return Got::LeftOut;
            }
        };
        match read(&path, &bytes) {
            Ok(Parsed { content, newer }) => {
                if let Some(found) = newer {
                    self.guard_newer(inner, found, true, notices);
                }
                Got::Read(content)
            }
            Err(Refusal::Broken(broken)) => {
                self.leave_out(inner, broken, notices);
                Got::LeftOut
            }
            Err(Refusal::Newer(found)) => {
                self.guard_newer(inner, found, false, notices);
                Got::LeftOut
            }
        }
    }

    fn guard_newer(&mut self, inner: &Path, found: u32, read: bool, notices: &mut Vec<StoreNotice>) {
        self.known.entry(inner.to_owned()).or_default().guard = Some(Guard::NewerFormat);
        notices.push(StoreNotice::NewerFormat {
            path: self.root.join(inner),
            found,
            read,
        });
    }

    fn leave_out(&mut self, inner: &Path, broken: Broken, notices: &mut Vec<StoreNotice>) {
        self.known.entry(inner.to_owned()).or_default().guard = Some(Guard::Broken(broken.clone()));
        notices.push(StoreNotice::Broken(broken));
    }

    /// Reads a file and remembers what it held; `None` where there is none.
    fn read_stamped(&mut self, inner: &Path) -> Result<Option<Vec<u8>>, OpenError> {
        let Some(bytes) = self.read_within(inner)? else {
            return Ok(None);
        };
        let path = self.root.join(inner);
        let stamp = Stamp::take(self.files.as_ref(), &path, &bytes)
            .map_err(|source| OpenError::io(Step::Read, &path, source))?;
        let known = Known {
            stamp: Some(stamp),
            ..Known::default()
        };
        self.known.insert(inner.to_owned(), known);
        self.spell(inner);
        Ok(Some(bytes))
    }

    fn read_within(&self, inner: &Path) -> Result<Option<Vec<u8>>, OpenError> {
        let path = self.root.join(inner);
        let place = self
            .resolve(inner)
            .map_err(|source| self.unopened(inner, source))?;
        let metadata = match self.files.metadata(&place) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(OpenError::io(Step::Find, &path, error)),
        };
        if metadata.is_folder || metadata.len > LARGEST {
            let message = if metadata.is_folder {
                "found a folder; expected a file".to_owned()
            } else {
                format!("the file has {} bytes; expected at most {LARGEST}", metadata.len)
            };
            return Err(OpenError::Broken(Broken::whole(&path, message)));
        }
        let bytes = self
            .files
            .read(&place)
            .map_err(|source| OpenError::io(Step::Read, &path, source))?;
        Ok(Some(bytes))
    }
}

impl<T> Got<T> {
    fn map<U>(self, make: impl FnOnce(T) -> U) -> Option<U> {
        match self {
            Self::Read(content) => Some(make(content)),
            Self::Missing | Self::LeftOut => None,
        }
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
fn belongs(inner: &Path, plain: &Path, name: &str) -> bool {
    let folded = layout::folded(inner);
    folded == layout::folded(plain) || folded == layout::folded(&layout::told_apart(plain, name))
}

fn read_prose(path: &Path, bytes: &[u8]) -> Result<Parsed<String>, Refusal> {
    Ok(Parsed {
        content: format::utf8(path, bytes)?.to_owned(),
        newer: None,
    })
}

/// A report's text, with the line ends that it was annotated with: editors and Git may change them.
fn read_text(path: &Path, bytes: &[u8]) -> Result<Parsed<Arc<str>>, Refusal> {
    let text = format::utf8(path, bytes)?;
    let content = if text.contains("\r\n") {
        Arc::from(text.replace("\r\n", "\n"))
    } else {
        Arc::from(text)
    };
    Ok(Parsed { content, newer: None })
}
