//! Taking in what other programs propose: from files, or from the program that the project names.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::document::Document;
use super::extractor::{self, End, Proposed};
use super::jobs::{Cancel, Watch};
use crate::exchange::predictions::{Predictions, Reader};
pub use crate::exchange::predictions::{Refused, Why};
use crate::extract::Linker;
use crate::model::{Observation, Project, ReportId, Span, Suggestion};

/// What the built-in extractor proposes, for the fields that others leave out; each report is read once.
pub struct Filling<'a> {
    project: &'a Project,
    texts: &'a BTreeMap<ReportId, Arc<str>>,
    linker: Linker<'a>,
    suggestions: RefCell<BTreeMap<ReportId, Vec<Suggestion>>>,
}

impl<'a> Filling<'a> {
    /// For the reports of a project.
    pub fn new(project: &'a Project, texts: &'a BTreeMap<ReportId, Arc<str>>) -> Self {
        Self {
            project,
            texts,
            linker: Linker::new(&project.catalogue),
            suggestions: RefCell::default(),
        }
    }

    /// The observation that the built-in extractor makes of exactly these words.
    pub fn proposed(&self, id: &ReportId, span: Span) -> Option<Observation> {
        let mut all = self.suggestions.borrow_mut();
        let of_report = all
            .entry(id.clone())
            .or_insert_with(|| suggest(self.project, self.texts, id, &self.linker));
        let place = of_report.binary_search_by_key(&span, |suggestion| suggestion.span);
        of_report.get(place.ok()?)?.ruling.observation().cloned()
    }
}

/// What the built-in extractor proposes for a report; nothing where its text is missing.
pub fn suggest(
    project: &Project,
    texts: &BTreeMap<ReportId, Arc<str>>,
    id: &ReportId,
    linker: &Linker<'_>,
) -> Vec<Suggestion> {
    let Some((report, text)) = project.report(id).zip(texts.get(id)) else {
        return Vec::new();
    };
    let document = Document::without_letters(id.clone(), Arc::clone(text), &project.rules);
    document.suggest_with(report, &project.catalogue, linker)
}

/// What came in, and what did not.
#[derive(Debug, Default)]
pub struct Imported {
    /// What other programs propose.
    pub predictions: Predictions,
    /// Whether the person has stopped it; then nothing of it is wanted.
    pub is_stopped: bool,
    /// Files that could not be read, with the system's words.
    pub unreadable: Vec<(PathBuf, String)>,
    /// How the project's extractor ended, and the last of what it wrote to standard error.
    pub run: Option<(End, String)>,
    /// Reports that the extractor was given and did not answer.
    pub unanswered: Vec<ReportId>,
}

impl Imported {
    /// Whether everything came in.
    pub fn is_whole(&self) -> bool {
        let ended_well = self.run.as_ref().is_none_or(|(end, _)| *end == End::Finished);
        ended_well
            && self.unreadable.is_empty()
            && self.unanswered.is_empty()
            && self.predictions.refused.is_empty()
    }
}

/// Reads files of predictions; what names no agent is proposed by the name of its file.
pub fn read_files(
    project: &Project,
    texts: &BTreeMap<ReportId, Arc<str>>,
    paths: &[PathBuf],
    watch: &Watch,
) -> Imported {
    let filling = Filling::new(project, texts);
    let fill = |id: &ReportId, span: Span| filling.proposed(id, span);
    let mut imported = Imported::default();
    watch.begin(paths.len());
    for path in paths {
        if watch.is_cancelled() {
            break;
        }
        match std::fs::read(path) {
            Ok(bytes) => {
                let agent = path.file_stem().unwrap_or_default().to_string_lossy();
                let mut reader = Reader::new(project, texts, &agent, &fill);
                reader.file(&bytes);
                imported.predictions.join(reader.finish());
            }
            Err(error) => imported.unreadable.push((path.clone(), error.to_string())),
        }
        watch.advance();
    }
    imported.is_stopped = watch.is_cancelled();
    imported
}

/// Runs the program that the project names on all of its reports; nothing where it names none.
pub fn run_extractor(
    project: &Project,
    texts: &BTreeMap<ReportId, Arc<str>>,
    folder: &Path,
    cancel: &Cancel,
) -> Imported {
    let Some(named) = &project.extractor else {
        return Imported::default();
    };
    let filling = Filling::new(project, texts);
    let fill = |id: &ReportId, span: Span| filling.proposed(id, span);
    let reports: Vec<ReportId> = texts.keys().cloned().collect();
    let Proposed {
        predictions,
        unanswered,
        end,
        complaints,
    } = extractor::propose(named, (project, texts), &reports, folder, &fill, cancel);
    Imported {
        predictions,
        unanswered,
        run: Some((end, complaints)),
        ..Imported::default()
    }
}
