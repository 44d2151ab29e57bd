//! Opening: from paths to reports in memory. Runs in a job, off the UI thread.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use encoding_rs::Encoding;

use super::jobs::Watch;
use super::keeper::{Hired, Keeper, LookOnly};
use super::state::Original;
use crate::exchange::corpus::{self, Entry};
pub use crate::exchange::corpus::{Choice, Columns, Look};
use crate::exchange::documents;
use crate::model::{Catalogue, Fingerprint, Language, Project, Report, ReportId};
use crate::store::{Archive, OpenError, Recovery, SaveError, Store, StoreNotice, layout};
use crate::text::offsets::fingerprint;
use crate::text::read::{self, Metadata, PageStart, ReadError, Reading};

/// The endings of files that a folder is searched for, and that dialogs offer as reports.
pub const ENDINGS: &[&str] = &[
    "txt", "md", "html", "htm", "docx", "pdf", "xlsx", "csv", "tsv", "jsonl", "zip",
];

/// Why a file is no report.
#[derive(Debug)]
pub enum ReportProblem {
    /// The system does not give its bytes.
    Io(std::io::Error),
    /// Its bytes are no text.
    Read(ReadError),
}

impl std::fmt::Display for ReportProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Read(error) => error.fmt(f),
        }
    }
}

/// A report that was read from a file.
#[derive(Debug)]
pub struct Incoming {
    /// Its metadata; the id is made from the file's name.
    pub report: Report,
    /// The shown text.
    pub text: Arc<str>,
    /// What it was read from.
    pub original: Arc<Original>,
}

/// A project that was opened, or made of reports.
pub struct Opening {
    /// The project.
    pub project: Project,
    /// Its folder, if it has one.
    pub place: Option<PathBuf>,
    /// The paths that were opened.
    pub source: Vec<PathBuf>,
    /// The texts, by report.
    pub texts: Vec<(ReportId, Arc<str>)>,
    /// The reports that were not read yet.
    pub unread: BTreeSet<ReportId>,
    /// What of the project is read only where somebody looks at it.
    pub archive: Archive,
    /// What they were read from, where that is known.
    pub originals: Vec<(ReportId, Arc<Original>)>,
    /// Who keeps its files, with what earlier runs left.
    pub hired: Hired,
    /// Why there is no journal, if there is none.
    pub unsafe_because: Option<SaveError>,
    /// Whether the person has stopped it; then nothing is to be opened.
    pub is_stopped: bool,
    /// Files that could not be read as reports.
    pub unreadable: Vec<(PathBuf, ReportProblem)>,
    /// What the store has to say.
    pub notices: Vec<StoreNotice>,
}

impl Opening {
    /// Whether there is a project, or at least one report.
    pub fn has_something(&self) -> bool {
        !self.is_stopped && (self.place.is_some() || !self.project.reports.is_empty())
    }
}

/// Opens what lies at `paths`: one project, or reports that make a new one. `choice` says what corpora hold.
///
/// # Errors
/// When there is a project and it cannot be opened.
pub fn open(
    paths: &[PathBuf],
    data: &Path,
    catalogue: &Catalogue,
    choice: &Choice,
    watch: &Watch,
) -> Result<Opening, OpenError> {
    if let [path] = paths
        && let Some(folder) = project_folder(path)
    {
        return open_project(&folder, data);
    }
    let (incoming, unreadable) = read_all(paths, choice, &BTreeSet::new(), watch);
    let mut project = Project {
        title: title_of(paths),
        language: Language::Chinese,
        catalogue: catalogue.clone(),
        ..Project::default()
    };
    let (mut texts, mut originals) = (Vec::new(), Vec::new());
    for Incoming {
        report,
        text,
        original,
    } in incoming
    {
        texts.push((report.id.clone(), text));
        originals.push((report.id.clone(), original));
        project.reports.push(report);
    }
    let (hired, unsafe_because) = Keeper::for_draft(paths, &project, data);
    Ok(Opening {
        project,
        place: None,
        source: paths.to_vec(),
        texts,
        unread: BTreeSet::new(),
        archive: Archive::default(),
        originals,
        hired,
        unsafe_because,
        is_stopped: watch.is_cancelled(),
        unreadable,
        notices: Vec::new(),
    })
}

/// Opens a project with its first report, and with those that something was left of; the others follow.
fn open_project(folder: &Path, data: &Path) -> Result<Opening, OpenError> {
    let (store, mut opened) = Store::begin(folder)?;
    let place = store.root().to_path_buf();
    let (mut hired, unsafe_because) = Keeper::for_project(store, &opened.project, data);
    let look_only = hired.look_only.take();
    hired.look_only = look_only.or(opened.read_only.take().map(LookOnly::Files));
    let mut first: Vec<ReportId> = hired.left.iter().flat_map(Recovery::reports).cloned().collect();
    first.extend(opened.project.reports.first().map(|report| report.id.clone()));
    let batch = hired.keeper.read_at_once(&first);
    for recovery in &mut hired.left {
        let is_changed = |(report, _): &(ReportId, _)| recovery.reports().any(|other| other == report);
        recovery.base_matches &= !batch.changed.iter().any(is_changed);
    }
    for (report, _) in &batch.changed {
        hired.history.forget_report(report);
    }
    opened.take(batch);
    Ok(Opening {
        source: vec![place.clone()],
        place: Some(place),
        texts: opened.texts.into_iter().collect(),
        unread: hired.keeper.unread().cloned().collect(),
        archive: opened.archive,
        originals: Vec::new(),
        hired,
        unsafe_because,
        is_stopped: false,
        unreadable: Vec::new(),
        notices: opened.notices,
        project: opened.project,
    })
}

/// Reads a report's original again, so that its source offsets are known; `None` if it no longer gives this text.
pub fn reread(archive: &Archive, report: &Report, text: &str) -> Option<Arc<Original>> {
    let bytes = archive.original(report).ok()??;
    let encoding = Encoding::for_label(report.encoding.as_bytes());
    let reading = reading_of(&bytes, &report.original, encoding).ok()?;
    (reading.text == text).then(|| {
        Arc::new(Original {
            bytes: bytes.into(),
            reading,
        })
    })
}

/// Where the pages begin of what these reports were read from, or its sheets; reports without any are left out.
///
/// What is not among `readings` is read again from the project's folder, which takes long for many PDF files.
pub fn pages_of<'a>(
    archive: &Archive,
    readings: &BTreeMap<Fingerprint, Arc<Original>>,
    reports: impl Iterator<Item = (&'a Report, &'a str)>,
) -> BTreeMap<ReportId, Vec<PageStart>> {
    let has_pages = |report: &Report| {
        let name = report.original.to_lowercase();
        [".pdf", ".xlsx"].iter().any(|ending| name.ends_with(ending))
    };
    let reports = reports.filter(|(report, _)| has_pages(report));
    let pages = reports.filter_map(|(report, text)| {
        let known = readings.get(&report.fingerprint).cloned();
        let original = known.or_else(|| reread(archive, report, text))?;
        Some((report.id.clone(), original.reading.pages.clone()))
    });
    pages.collect()
}

/// The folder of the project that `path` names or is.
pub fn project_folder(path: &Path) -> Option<PathBuf> {
    if path.is_dir() {
        return path.join(layout::HEAD).is_file().then(|| path.to_path_buf());
    }
    let is_head = path.file_name().is_some_and(|name| name == layout::HEAD);
    if is_head {
        path.parent().map(Path::to_path_buf)
    } else {
        None
    }
}

/// Reads all reports at `paths`, folders one level deep, with ids that are not `taken`; a cancelled job gets less.
/// `choice` says what the rows of corpora hold.
pub fn read_all(
    paths: &[PathBuf],
    choice: &Choice,
    taken: &BTreeSet<ReportId>,
    watch: &Watch,
) -> (Vec<Incoming>, Vec<(PathBuf, ReportProblem)>) {
    let (mut incoming, mut unreadable, mut taken) = (Vec::new(), Vec::new(), taken.clone());
    let files: Vec<PathBuf> = paths.iter().flat_map(|path| files_at(path)).collect();
    watch.begin(files.len());
    for path in files {
        if watch.is_cancelled() {
            break;
        }
        let mut take = |path, read: Result<Incoming, ReportProblem>| match read {
            Ok(mut report) => {
                report.report.id = free_id(&report.report.id, &taken);
                taken.insert(report.report.id.clone());
                incoming.push(report);
            }
            Err(error) => unreadable.push((path, error)),
        };
        match bytes_of(&path) {
            Ok(bytes) => read_each_as(bytes, &path, choice, &mut take),
            Err(error) => take(path, Err(error)),
        }
        watch.advance();
    }
    (incoming, unreadable)
}

/// The first of these files that is a corpus, and what it looks like; those in folders and archives are not looked at.
pub fn corpus_among(paths: &[PathBuf]) -> Option<(PathBuf, Look)> {
    let looked = |path: &PathBuf| {
        let bytes = bytes_of(path).ok()?;
        Some((path.clone(), corpus::look(&bytes, &name_of(path))?))
    };
    paths.iter().filter(|path| may_be_corpus(path)).find_map(looked)
}

/// Whether the file at a path may be a corpus, by its name.
pub fn may_be_corpus(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    ["csv", "tsv", "jsonl", "ndjson", "json"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

/// The report files at a path: itself, or those of a folder in the order of their names.
fn files_at(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(path) else {
        return vec![path.to_path_buf()];
    };
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    let mut files: Vec<PathBuf> = paths.filter(|path| path.is_file() && is_report(path)).collect();
    files.sort();
    files
}

/// Whether the file at a path may be a report, by its name.
fn is_report(path: &Path) -> bool {
    let ending = path
        .extension()
        .and_then(|ending| ending.to_str())
        .map(str::to_lowercase);
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    // Word leaves `~$` files beside documents that are open.
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
        && !name.starts_with(['.', '~'])
        && !name.to_lowercase().starts_with("readme")
}

/// Hands over what a file gives: one report, each row of a corpus, or each report of an archive, with its path behind
/// that of the archive.
pub fn read_each(path: &Path, take: &mut dyn FnMut(PathBuf, Result<Incoming, ReportProblem>)) {
    match bytes_of(path) {
        Ok(bytes) => read_each_of(bytes, path, take),
        Err(error) => take(path.to_path_buf(), Err(error)),
    }
}

/// The same for the bytes of a file.
pub fn read_each_of(
    bytes: Vec<u8>,
    path: &Path,
    take: &mut dyn FnMut(PathBuf, Result<Incoming, ReportProblem>),
) {
    read_each_as(bytes, path, &Choice::default(), take);
}

fn read_each_as(
    bytes: Vec<u8>,
    path: &Path,
    choice: &Choice,
    take: &mut dyn FnMut(PathBuf, Result<Incoming, ReportProblem>),
) {
    let name = name_of(path);
    if !documents::is_archive(&bytes) {
        return read_file_as(bytes, path, choice, take);
    }
    let walked = documents::for_each_member(&bytes, &name, &mut |member| {
        let inner = Path::new(&member.path);
        match member.content {
            // What nobody would open as a report is passed over, as in a folder.
            Ok(content) if is_report(inner) => read_file_as(content, &path.join(inner), choice, take),
            Ok(_) => {}
            Err(error) => take(path.join(inner), Err(ReportProblem::Read(error))),
        }
    });
    if let Err(error) = walked {
        take(path.to_path_buf(), Err(ReportProblem::Read(error)));
    }
}

/// Hands over what a file that is no archive gives: one report, or each row of a corpus.
fn read_file_as(
    bytes: Vec<u8>,
    path: &Path,
    choice: &Choice,
    take: &mut dyn FnMut(PathBuf, Result<Incoming, ReportProblem>),
) {
    let name = name_of(path);
    let mut take =
        |read: Result<Incoming, ReadError>| take(path.to_path_buf(), read.map_err(ReportProblem::Read));
    match corpus::read(&bytes, &name, choice) {
        None => take(read_bytes(bytes.into(), &name, None)),
        Some(Err(error)) => take(Err(error)),
        Some(Ok(entries)) => {
            for entry in entries {
                take(entry.and_then(|entry| read_entry(entry, &name)));
            }
        }
    }
}

/// Reads a row of a corpus as a report: what it says of itself goes before what its text tells.
fn read_entry(entry: Entry, file_name: &str) -> Result<Incoming, ReadError> {
    let stem = format!("{file_name} {}", entry.line);
    let bytes = Arc::from(entry.text.into_bytes());
    let mut incoming = read_bytes(bytes, &format!("{stem}.txt"), Some(encoding_rs::UTF_8))?;
    let report = &mut incoming.report;
    if report.title == stem {
        report.title.clone_from(&entry.id);
    }
    report.id = ReportId::from(entry.id.as_str());
    let said = [
        (&mut report.title, entry.title),
        (&mut report.issuer, entry.issuer),
        (&mut report.date, entry.date),
        (&mut report.area, entry.area),
        (&mut report.period, entry.period),
    ];
    for (field, words) in said.into_iter().filter(|(_, words)| !words.is_empty()) {
        *field = words;
    }
    Ok(incoming)
}

/// The bytes of a file that is not too large to be a report.
fn bytes_of(path: &Path) -> Result<Vec<u8>, ReportProblem> {
    let size = fs::metadata(path).map_err(ReportProblem::Io)?.len();
    if size > ReadError::LARGEST_FILE as u64 {
        let error = ReadError::too_large(&name_of(path), usize::try_from(size).unwrap_or(usize::MAX));
        return Err(ReportProblem::Read(error));
    }
    fs::read(path).map_err(ReportProblem::Io)
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Reads one file as a report.
///
/// # Errors
/// When it cannot be read, or is no report.
pub fn read_file(path: &Path, encoding: Option<&'static Encoding>) -> Result<Incoming, ReportProblem> {
    read_bytes(bytes_of(path)?.into(), &name_of(path), encoding).map_err(ReportProblem::Read)
}

/// Reads bytes as what their content says they are; as a text where an encoding is given.
fn reading_of(bytes: &[u8], name: &str, encoding: Option<&'static Encoding>) -> Result<Reading, ReadError> {
    let document = || documents::read(bytes, name);
    let document = if encoding.is_none() { document() } else { None };
    document.unwrap_or_else(|| read::read(bytes, name, encoding))
}

/// Reads the bytes of a file as a report.
///
/// # Errors
/// When they are no text.
pub fn read_bytes(
    bytes: Arc<[u8]>,
    name: &str,
    encoding: Option<&'static Encoding>,
) -> Result<Incoming, ReadError> {
    let mut reading = reading_of(&bytes, name, encoding)?;
    let text: Arc<str> = std::mem::take(&mut reading.text).into();
    let stem = Path::new(name)
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let metadata = reading.metadata.clone();
    let report = Report {
        id: ReportId::from(stem.as_str()),
        title: title_from(&metadata, &stem),
        issuer: metadata.issuer,
        date: metadata.date,
        area: metadata.area,
        period: metadata.period,
        original: name.to_owned(),
        encoding: encoding_of(&reading),
        fingerprint: fingerprint(&text),
    };
    Ok(Incoming {
        report,
        text,
        original: Arc::new(Original { bytes, reading }),
    })
}

/// The name of the encoding of a file; nothing where it is no text.
fn encoding_of(reading: &Reading) -> String {
    let name = reading.source().map(|_| reading.encoding.name());
    name.unwrap_or_default().to_owned()
}

/// The title of a report that says none: who published it and for when, else the file's name.
fn title_from(metadata: &Metadata, stem: &str) -> String {
    let Metadata {
        title,
        issuer,
        period,
        ..
    } = metadata;
    match (title.is_empty(), issuer.is_empty(), period.is_empty()) {
        (false, _, _) => title.clone(),
        (true, false, false) => format!("{issuer} {period}"),
        (true, false, true) => issuer.clone(),
        (true, true, _) => stem.to_owned(),
    }
}

fn free_id(id: &ReportId, taken: &BTreeSet<ReportId>) -> ReportId {
    let is_free = |id: &ReportId| !taken.contains(id);
    if is_free(id) {
        return id.clone();
    }
    let numbered = (2..).map(|number| ReportId::from(format!("{id}-{number}").as_str()));
    numbered.into_iter().find(is_free).unwrap_or_else(|| id.clone())
}

fn title_of(paths: &[PathBuf]) -> String {
    let name = paths
        .first()
        .map(|path| fs::canonicalize(path).unwrap_or_else(|_missing| path.clone()));
    name.and_then(|path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()))
        .unwrap_or_default()
}
