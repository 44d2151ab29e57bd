//! Annotations that other programs made, on their way into a layer.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::jobs::Watch;
use crate::exchange::annotations::{self, Annotations, File};
pub use crate::exchange::export::Format;
use crate::exchange::predictions::Refused;
pub use crate::exchange::ruler::Unit;
use crate::model::{Annotator, Decision, Layer, Project, ReportId};

/// What is to be made of files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Whose decisions they become.
    pub annotator: Annotator,
    /// Their format, where the content is not to tell.
    pub format: Option<Format>,
    /// What their offsets count, where it is not what the format says.
    pub unit: Option<Unit>,
}

/// What of the files is wanted, and what is not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Foreign {
    /// The layers as they become, of the reports that the files speak of.
    pub layers: BTreeMap<ReportId, Layer>,
    /// The decisions that the layers did not have.
    pub fresh: Vec<(ReportId, Arc<Decision>)>,
    /// So many decisions were there already.
    pub there: usize,
    /// So many words stand where the files say.
    pub kept: usize,
    /// So many words were found elsewhere.
    pub moved: usize,
    /// So many words could stand in several places; the likeliest was taken.
    pub ambiguous: usize,
    /// What a person should know, by file.
    pub troubles: Vec<(PathBuf, Trouble)>,
}

/// Something about a file that did not keep the rest from coming in.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The system's words.
    Unreadable(String),
    /// No format that is known.
    UnknownFormat,
    /// A part of it was refused.
    Refused(Refused),
    /// The layer decides otherwise on these words.
    Otherwise(ReportId, String),
    /// These words could stand in several places; the likeliest was taken.
    Ambiguous(String),
}

impl Trouble {
    /// Whether something did not come in.
    pub const fn is_refusal(&self) -> bool {
        !matches!(self, Self::Ambiguous(_))
    }
}

impl Foreign {
    /// How much did not come in.
    pub fn refused(&self) -> usize {
        let refusals = self.troubles.iter().filter(|(_, trouble)| trouble.is_refusal());
        refusals.count()
    }
}

/// Reads what files say for a layer. `open` reads a file; a cancelled job gets less than all.
pub fn read(
    (project, texts): (&Project, &BTreeMap<ReportId, Arc<str>>),
    paths: &[PathBuf],
    wanted: &Wanted,
    open: &dyn Fn(&Path) -> io::Result<Vec<u8>>,
    watch: &Watch,
) -> Foreign {
    let mut foreign = Foreign::default();
    let files: Vec<PathBuf> = paths.iter().flat_map(|path| files_at(path)).collect();
    watch.begin(files.len());
    for path in files {
        if watch.is_cancelled() {
            break;
        }
        match read_file((project, texts), &path, wanted, open) {
            Ok(read) => foreign.take((project, texts), &path, read, &wanted.annotator),
            Err(trouble) => foreign.troubles.push((path, trouble)),
        }
        watch.advance();
    }
    foreign
}

/// The files at a path, where a folder stands for those in it that may have annotations.
fn files_at(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(path) else {
        return vec![path.to_owned()];
    };
    let may_have = |path: &PathBuf| {
        let ending = path.extension().unwrap_or_default();
        ["ann", "conll", "json", "jsonl", "tsv"]
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    };
    let inner = entries.filter_map(Result::ok).map(|entry| entry.path());
    let mut inner: Vec<PathBuf> = inner.filter(may_have).collect();
    inner.sort();
    inner
}

fn read_file(
    within: (&Project, &BTreeMap<ReportId, Arc<str>>),
    path: &Path,
    wanted: &Wanted,
    open: &dyn Fn(&Path) -> io::Result<Vec<u8>>,
) -> Result<Annotations, Trouble> {
    let bytes = open(path).map_err(|error| Trouble::Unreadable(error.to_string()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let guess = || annotations::guess(&name, &bytes);
    let format = wanted.format.or_else(guess).ok_or(Trouble::UnknownFormat)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let beside = (format == Format::Brat).then(|| open(&path.with_extension("txt")).ok());
    let file = File {
        name: &stem,
        bytes: &bytes,
        text: beside.flatten().and_then(|text| String::from_utf8(text).ok()),
    };
    Ok(annotations::read(within, format, file, wanted.unit))
}

impl Foreign {
    /// Lays what a file says over the layers.
    fn take(
        &mut self,
        (project, texts): (&Project, &BTreeMap<ReportId, Arc<str>>),
        path: &Path,
        read: Annotations,
        annotator: &Annotator,
    ) {
        self.kept += read.anchoring.kept;
        self.moved += read.anchoring.moved;
        self.ambiguous += read.anchoring.ambiguous.len();
        let ambiguous = read
            .anchoring
            .ambiguous
            .into_iter()
            .map(|lost| Trouble::Ambiguous(lost.quote));
        let refused = read.refused.into_iter().map(Trouble::Refused);
        let mut troubles: Vec<Trouble> = ambiguous.chain(refused).collect();
        for (id, fresh) in read.decisions {
            let stored = || project.layer(annotator, &id).cloned().unwrap_or_default();
            let layer = self.layers.entry(id.clone()).or_insert_with(stored);
            let (new, otherwise) = annotations::over(layer, &fresh);
            self.there += fresh.len() - new.len() - otherwise.len();
            let text = texts.get(&id).map_or("", |text| text);
            troubles.extend(otherwise.iter().map(|decision| {
                let words = decision.span.of(text).unwrap_or_default();
                Trouble::Otherwise(id.clone(), words.to_owned())
            }));
            for decision in new {
                layer.insert(Arc::clone(&decision));
                self.fresh.push((id.clone(), decision));
            }
        }
        let of_path = troubles.into_iter().map(|trouble| (path.to_owned(), trouble));
        self.troubles.extend(of_path);
    }
}
