//! Merging three copies of one project file, as Git hands them to a merge driver.
//!
//! A file is read into the part of a project that it holds, and `query::merge` merges the parts. Layers and
//! suggestions need no text for that: their spans count code points here, and every quote of the merged file
//! comes from one of the copies.

mod quotes;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::error::Broken;
use super::format::{self, Head, LayerPen, Parsed, Refusal};
use super::{layout, lines};
use crate::model::{Annotator, Fingerprint, Layer, Project, ReportId};
use crate::query::merge::{Conflict, merge};
use crate::text::offsets::fingerprint;
use quotes::Quotes;

/// A merged file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergedFile {
    /// What it holds now.
    pub bytes: Vec<u8>,
    /// What both sides have changed differently. Spans count code points.
    pub conflicts: Vec<Conflict>,
}

/// Why copies of a file could not be merged; ours is then to be left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MergeFileError {
    /// No file of a project has this path.
    NotOurs,
    /// A copy could not be understood.
    Broken(Broken),
    /// A copy has this newer format.
    NewerFormat(u32),
    /// The copies are of different layers, reports or annotators.
    OtherThing,
    /// The copies quote different texts of the report.
    OtherText,
}

impl MergeFileError {
    /// What a person can do about it.
    pub const fn advice(&self) -> &'static str {
        match self {
            Self::NotOurs => "give the file's path in the project by --path",
            Self::Broken(_) => {
                "mend that copy in a text editor, or take the other one by `git checkout --theirs`"
            }
            Self::NewerFormat(_) => "install the newer version of this program",
            Self::OtherThing => "rename one of the files; what they hold does not belong together",
            Self::OtherText => {
                "settle which text the report has, open both copies with it, and merge the two project folders"
            }
        }
    }
}

impl fmt::Display for MergeFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs => f.write_str("no file of a project has this path"),
            Self::Broken(broken) => broken.fmt(f),
            Self::NewerFormat(found) => write!(f, "a copy has the newer format {found}"),
            Self::OtherThing => f.write_str("the copies are by different annotators or on different reports"),
            Self::OtherText => f.write_str("the copies quote different texts of the report"),
        }
    }
}

impl std::error::Error for MergeFileError {}

impl From<Refusal> for MergeFileError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Broken(broken) => Self::Broken(broken),
            Refusal::Newer(found) => Self::NewerFormat(found),
        }
    }
}

/// What a file is, by its place in the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Head,
    Catalogue,
    Rules,
    Guidelines,
    Layer,
    Suggestions,
    Memory,
    Waivers,
    Timeline,
}

impl Kind {
    /// The project may lie deeper in the repository, so the end of the path tells.
    fn of(path: &Path) -> Option<Self> {
        let names: Vec<_> = path
            .components()
            .rev()
            .take(3)
            .map(|name| name.as_os_str().to_string_lossy().into_owned())
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        match names.as_slice() {
            [layout::HEAD, ..] => Some(Self::Head),
            [layout::CATALOGUE, ..] => Some(Self::Catalogue),
            [layout::RULES, ..] => Some(Self::Rules),
            [layout::GUIDELINES, ..] => Some(Self::Guidelines),
            [_, layout::SUGGESTIONS, ..] => Some(Self::Suggestions),
            [_, layout::MEMORY, ..] => Some(Self::Memory),
            [_, layout::WAIVERS, ..] => Some(Self::Waivers),
            [_, _, layout::LAYERS] => Some(Self::Layer),
            [_, _, layout::HISTORY] => Some(Self::Timeline),
            _ => None,
        }
    }
}

/// One copy of a file: the part of a project, and what of the file a project does not have.
#[derive(Default)]
struct Copy {
    project: Project,
    app: String,
    /// Whose layer, memory or waivers.
    annotator: Option<Annotator>,
    /// Which report and text a layer or suggestions are on.
    on: Option<(ReportId, Fingerprint)>,
    unanchored: format::Unanchored,
}

/// Merges copies of the file at `path`, of which only the end is looked at; without a base all of both is kept.
///
/// # Errors
/// When a copy cannot be understood, or they do not belong together.
pub fn merge_file(
    path: &Path,
    base: Option<&[u8]>,
    ours: &[u8],
    theirs: &[u8],
) -> Result<MergedFile, MergeFileError> {
    let kind = Kind::of(path).ok_or(MergeFileError::NotOurs)?;
    if kind == Kind::Timeline {
        return Ok(MergedFile {
            bytes: merge_timelines(ours, theirs),
            conflicts: Vec::new(),
        });
    }
    let mut quotes = Quotes::default();
    // The sides come last, so that a quote is rather ours than the base's.
    let base = base
        .map(|bytes| read(kind, path, bytes, &mut quotes))
        .transpose()?;
    let theirs = read(kind, path, theirs, &mut quotes)?;
    let mut ours = read(kind, path, ours, &mut quotes)?;
    let report = |copy: &Copy| copy.on.as_ref().map(|(report, _)| report.clone());
    if ours.annotator != theirs.annotator || report(&ours) != report(&theirs) {
        return Err(MergeFileError::OtherThing);
    }
    if ours.on != theirs.on {
        return Err(MergeFileError::OtherText);
    }
    // Places in another text say nothing about the places in this one.
    let base = base.filter(|base| base.on == ours.on && base.annotator == ours.annotator);
    let base_project = base.as_ref().map(|base| &base.project);
    let merged = merge(base_project, &ours.project, &theirs.project);
    quotes::merge_unanchored(
        base.as_ref().map(|base| &base.unanchored),
        &mut ours.unanchored,
        theirs.unanchored,
    );
    ours.project = merged.project;
    Ok(MergedFile {
        bytes: print(kind, path, &ours, &quotes)?.into_bytes(),
        conflicts: merged.conflicts,
    })
}

fn known<T>(parsed: Parsed<T>) -> Result<T, MergeFileError> {
    match parsed.newer {
        Some(found) => Err(MergeFileError::NewerFormat(found)),
        None => Ok(parsed.content),
    }
}

fn read(kind: Kind, path: &Path, bytes: &[u8], quotes: &mut Quotes) -> Result<Copy, MergeFileError> {
    let mut copy = Copy::default();
    let project = &mut copy.project;
    match kind {
        Kind::Head => {
            let head = known(format::read_head(path, bytes)?)?;
            (project.title, project.language) = (head.title, head.language);
            (project.extractor, project.reports) = (head.extractor, head.reports.into());
            copy.app = head.app;
        }
        Kind::Catalogue => project.catalogue = known(format::read_catalogue(path, bytes)?)?,
        Kind::Rules => project.rules = known(format::read_rules(path, bytes)?)?,
        Kind::Guidelines => {
            let words = format::utf8(path, bytes).map_err(MergeFileError::Broken)?;
            project.guidelines = words.replace("\r\n", "\n");
        }
        Kind::Layer => {
            let mut layered = known(format::read_layer(path, bytes)?)?;
            copy.unanchored = std::mem::take(&mut layered.unanchored);
            let layer = quotes.layer(&mut copy.unanchored, layered.found);
            let layers = [(layered.report.clone(), layer)].into();
            project.layers.insert(layered.annotator.clone(), layers);
            copy.annotator = Some(layered.annotator);
            copy.on = Some((layered.report, layered.text));
        }
        Kind::Suggestions => {
            let suggested = known(format::read_suggestions(path, bytes)?)?;
            let suggestions = quotes.suggestions(suggested.suggestions);
            project
                .suggestions
                .insert(suggested.report.clone(), suggestions.into());
            copy.on = Some((suggested.report, suggested.text));
        }
        Kind::Memory => {
            let (annotator, memory) = known(format::read_memory(path, bytes)?)?;
            project.memories.insert(annotator.clone(), memory);
            copy.annotator = Some(annotator);
        }
        Kind::Waivers => {
            let (annotator, waivers) = known(format::read_waivers(path, bytes)?)?;
            project.waivers.insert(annotator.clone(), waivers);
            copy.annotator = Some(annotator);
        }
        Kind::Timeline => {}
    }
    Ok(copy)
}

fn print(kind: Kind, path: &Path, copy: &Copy, quotes: &Quotes) -> Result<String, MergeFileError> {
    let project = &copy.project;
    let annotator = copy.annotator.clone().unwrap_or_else(|| Annotator::from(""));
    let printed = match (kind, &copy.on) {
        (Kind::Head, _) => format::write_head(&Head {
            app: copy.app.clone(),
            title: project.title.clone(),
            language: project.language,
            extractor: project.extractor.clone(),
            reports: project.reports.to_vec(),
        }),
        (Kind::Catalogue, _) => format::write_catalogue(&project.catalogue),
        (Kind::Rules, _) => format::write_rules(&project.rules),
        (Kind::Guidelines, _) => Ok(project.guidelines.clone()),
        (Kind::Layer, Some((report, text))) => {
            let blank = Layer::default();
            let layer = project.layer(&annotator, report).unwrap_or(&blank);
            let records = quotes.records(layer);
            format::print_layer(&annotator, report, text, &records, &copy.unanchored)
        }
        (Kind::Suggestions, Some((report, text))) => {
            let records = quotes.suggestion_records(project.suggested(report));
            format::print_suggestions(report, text.clone(), records)
        }
        (Kind::Memory, _) => {
            let memory = project.memories.get(&annotator).cloned().unwrap_or_default();
            format::write_memory(&annotator, &memory)
        }
        (Kind::Waivers, _) => {
            let waivers = project.waivers.get(&annotator).cloned().unwrap_or_default();
            format::write_waivers(&annotator, &waivers)
        }
        (Kind::Layer | Kind::Suggestions | Kind::Timeline, _) => Ok(String::new()),
    };
    printed.map_err(|error| MergeFileError::Broken(Broken::whole(path, error.to_string())))
}

/// A layer of one text laid over another one, and the quotes that do not stand there.
pub fn reanchored(
    annotator: &Annotator,
    report: &ReportId,
    layer: &Layer,
    from: &Arc<str>,
    to: &str,
) -> (Layer, Vec<String>) {
    let printed = LayerPen::new(from).layer(annotator, report, layer, &format::Unanchored::default());
    let read = printed.map(|file| format::read_layer(Path::new(layout::LAYERS), file.as_bytes()));
    let Ok(Ok(Parsed { content, .. })) = read else {
        // A layer always lies in its text; one that does not has no words to seek.
        return (Layer::default(), vec![format!("{} decisions", layer.len())]);
    };
    let laid = content.lay(to, &fingerprint(to));
    let lost = laid.anchoring.lost.into_iter().map(|lost| lost.quote);
    (laid.layer, lost.collect())
}

/// The whole lines of both, each once, by time; those of one time stand in the order in which they were read.
fn merge_timelines(ours: &[u8], theirs: &[u8]) -> Vec<u8> {
    let mut seen = HashSet::new();
    let mut all: Vec<(u64, &[u8])> = Vec::new();
    for log in [ours, theirs] {
        let mut time = 0;
        for body in lines::bodies(log) {
            // A line of a newer program keeps its place behind the one before it.
            time = format::read_change(body).map_or(time, |change| change.time);
            if seen.insert(body) {
                all.push((time, body));
            }
        }
    }
    all.sort_by_key(|(time, _)| *time);
    let lines = all.iter().filter_map(|(_, body)| std::str::from_utf8(body).ok());
    lines.flat_map(|body| lines::line_of(body).into_bytes()).collect()
}
