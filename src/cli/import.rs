//! `import`: what other programs say of a project's reports, as suggestions or as a layer's decisions.

mod annotations;
mod reports;

use std::fs;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(super) use reports::parts_of;

use super::complain;
use crate::app::extractor;
use crate::app::imports::Filling;
use crate::app::jobs::Cancel;
use crate::exchange::export::Format;
use crate::exchange::predictions::{Predictions, Reader};
use crate::model::{ReportId, Span};
use crate::store::{Lock, Opened, Part, Store};

/// Arguments of `import`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The project's folder, or its project.ron.
    project: PathBuf,

    /// What other programs propose: JSON Lines of mentions or of records {"id", "mentions"}, or Label Studio's
    /// JSON. As annotations, also the other formats that `export` writes, and folders of brat's. As reports, files of
    /// text, Word, Excel, PDF, archives, and corpora. `-` reads standard
    /// input, but no reports.
    #[arg(required_unless_present = "run", conflicts_with = "run")]
    files: Vec<PathBuf>,

    /// Who proposes what names nobody; without it the file's name.
    #[arg(long, value_name = "NAME", conflicts_with = "run")]
    agent: Option<String>,

    /// What the files hold.
    #[arg(long = "as", value_enum, default_value_t = Kind::Predictions)]
    kind: Kind,

    /// Whose decisions annotations become.
    #[arg(long, value_name = "A", required_if_eq("kind", "annotations"))]
    layer: Option<String>,

    /// The format of annotations, where the content does not tell.
    #[arg(long, value_name = "FORMAT", value_parser = super::export::formats(Format::comes_in))]
    format: Option<String>,

    /// What the offsets of annotations count, where it is not what the format says.
    #[arg(long, value_name = "UNIT", value_parser = ["code-points", "utf-16"])]
    unit: Option<String>,

    /// Run the extractor that the project names, on all of its reports.
    #[arg(long)]
    run: bool,

    #[command(flatten)]
    corpus: reports::Corpus,
}

/// What is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    /// Proposals, to be accepted or rejected.
    Predictions,
    /// Decisions, which go into a layer.
    Annotations,
    /// Reports, archives or folders of them, and corpora whose rows are reports.
    Reports,
}

/// Carries out `import`: 0 when all came in, 1 when something was refused, 2 when the project cannot be changed.
pub fn run(arguments: &Arguments) -> ExitCode {
    match arguments.kind {
        Kind::Annotations => return annotations::run(arguments),
        Kind::Reports => return reports::run(arguments),
        Kind::Predictions => {}
    }
    let (mut store, opened) = match open(&arguments.project) {
        Ok(opened) => opened,
        Err(words) => return complain(&words, 2),
    };
    let read = if arguments.run {
        run_extractor(&store, &opened)
    } else {
        Ok(read_files(arguments, &opened))
    };
    let (predictions, all_well) = match read {
        Ok(read) => read,
        Err(words) => return complain(&words, 2),
    };
    if let Err(words) = keep(&mut store, &opened, &predictions) {
        return complain(&words, 2);
    }
    match writeln!(io::stdout().lock(), "{}", summary(&predictions)) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(&format!("could not go on: {error}"), 2)
        }
        _ if all_well && predictions.refused.is_empty() => ExitCode::SUCCESS,
        _ => ExitCode::from(1),
    }
}

/// Opens a project that is to be changed; what cannot be read of it is told.
pub(super) fn open(path: &Path) -> Result<(Store, Opened), String> {
    let (store, opened) = Store::open(path).map_err(|error| error.to_string())?;
    for notice in &opened.notices {
        complain(&format!("{notice}\nhint: {}", notice.advice()), 2);
    }
    if opened.read_only.is_some() {
        let shown = store.root().display();
        return Err(format!(
            "the project cannot be changed, its files are read-only or of a newer format: {shown}"
        ));
    }
    Ok((store, opened))
}

/// Keeps windows from writing the project at the same time.
fn lock(store: &Store) -> Result<Lock, String> {
    let folder = crate::app::startup::data_folder().join("recovery");
    Lock::take(&folder, store.root()).map_err(|error| format!("{error}\nhint: close it there and try again"))
}

/// Writes what came in into the suggestions files of the reports that were spoken of.
pub(super) fn keep(store: &mut Store, opened: &Opened, predictions: &Predictions) -> Result<usize, String> {
    let part = |id: &ReportId| {
        Some(Part::Suggestions {
            report: id.clone(),
            suggestions: predictions.over(id, opened.project.suggested(id)),
            text: opened.texts.get(id)?.clone(),
        })
    };
    let parts: Vec<Part> = predictions.heard.keys().filter_map(part).collect();
    store.write(&parts).map_err(|error| error.to_string())
}

/// Reads all files; the answer also says whether each could be read.
fn read_files(arguments: &Arguments, opened: &Opened) -> (Predictions, bool) {
    let helper = Filling::new(&opened.project, &opened.texts);
    let fill = |id: &ReportId, span: Span| helper.proposed(id, span);
    let mut all = Predictions::default();
    let mut all_well = true;
    for path in &arguments.files {
        let bytes = match read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                complain(&format!("{error}: {}", path.display()), 1);
                all_well = false;
                continue;
            }
        };
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let agent = arguments.agent.as_deref().unwrap_or(&name);
        let mut reader = Reader::new(&opened.project, &opened.texts, agent, &fill);
        reader.file(&bytes);
        let read = reader.finish();
        tell(&read, &path.display().to_string());
        all.join(read);
    }
    (all, all_well)
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    fs::read(path)
}

/// Runs the project's extractor; the answer also says whether it came to its end and answered everything.
fn run_extractor(store: &Store, opened: &Opened) -> Result<(Predictions, bool), String> {
    let project = &opened.project;
    let Some(extractor) = &project.extractor else {
        let advice = "name one in the window, or give files to import";
        return Err(format!(
            "the project names no extractor: {}\nhint: {advice}",
            store.head().display()
        ));
    };
    let helper = Filling::new(project, &opened.texts);
    let reports: Vec<ReportId> = opened.texts.keys().cloned().collect();
    let proposed = extractor::propose(
        extractor,
        (project, &opened.texts),
        &reports,
        store.root(),
        &|id, span| helper.proposed(id, span),
        &Cancel::default(),
    );
    let name = format!("the extractor `{}`", extractor.name);
    tell(&proposed.predictions, &name);
    if proposed.end != extractor::End::Finished {
        complain(&format!("{name} {}", proposed.end), 1);
    }
    if !proposed.complaints.is_empty() {
        complain(&format!("{name} says:\n{}", proposed.complaints), 1);
    }
    if !proposed.unanswered.is_empty() {
        let ids: Vec<String> = proposed.unanswered.iter().map(ToString::to_string).collect();
        complain(&format!("{name} did not answer {}", ids.join(", ")), 1);
    }
    let is_whole = proposed.is_whole();
    Ok((proposed.predictions, is_whole))
}

/// Tells what was refused and what was placed by guess.
fn tell(predictions: &Predictions, source: &str) {
    for quote in &predictions.anchoring.ambiguous {
        let words = "could stand in several places; the likeliest was taken";
        complain(&format!("{source}: 「{}」 {words}", quote.quote), 1);
    }
    for refused in &predictions.refused {
        complain(&format!("{source}: {}: {}", refused.at, refused.why), 1);
    }
}

/// `12 proposals by m, n for 3 reports: 10 in place, 1 moved, 1 ambiguous; 2 refused`
fn summary(predictions: &Predictions) -> String {
    let agents: std::collections::BTreeSet<&String> = predictions.heard.values().flatten().collect();
    let agents: Vec<&str> = agents.into_iter().map(String::as_str).collect();
    let anchoring = &predictions.anchoring;
    let by = if agents.is_empty() {
        String::new()
    } else {
        format!(" by {}", agents.join(", "))
    };
    format!(
        "{} proposals{by} for {} reports: {} in place, {} moved, {} ambiguous; {} refused",
        predictions.len(),
        predictions.heard.len(),
        anchoring.kept,
        anchoring.moved,
        anchoring.ambiguous.len(),
        predictions.refused.len()
    )
}
