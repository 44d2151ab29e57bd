//! `export`: one layer of a project in a format of other programs.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::tell;
use crate::app::incoming;
use crate::exchange::export::{self, Format, Selection, Written};
use crate::model::{Annotator, CURATED, Project, ReportId};
use crate::store::{Opened, Store};

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The project: its folder or its project.ron.
    project: PathBuf,

    /// The format.
    #[arg(long, value_name = "FORMAT", value_parser = formats(|_| true))]
    to: String,

    /// Whose decisions [default: `curated`, or the only layer there is].
    #[arg(long, value_name = "A")]
    layer: Option<String>,

    /// Which reports [default: all that the layer says something of].
    #[arg(long, value_name = "R,S,…", value_delimiter = ',')]
    reports: Vec<String>,

    /// Where to write; standard output without it.
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,

    /// Where to write the labelling configuration that Label Studio needs for what is written.
    #[arg(long, value_name = "PATH")]
    config: Option<PathBuf>,

    /// Replace what is there.
    #[arg(long)]
    force: bool,
}

/// Some of the formats, as a value of the command line.
pub(super) fn formats(is_one: impl Fn(Format) -> bool) -> clap::builder::PossibleValuesParser {
    let formats = Format::ALL.iter().filter(|format| is_one(**format));
    formats.map(|format| format.code()).collect::<Vec<_>>().into()
}

/// Why nothing was written: words for the person.
struct Failure(String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Carries out `export`: 0 when everything was written, 1 when something was refused, 2 when nothing was written.
pub fn run(arguments: &Arguments) -> ExitCode {
    match carry_out(arguments) {
        // Whoever reads our output has had enough.
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(written)) => {
            report(arguments, &written);
            if written.refused.is_empty() {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(1)
            }
        }
        Err(Failure(words)) => {
            tell(&words);
            ExitCode::from(2)
        }
    }
}

/// Writes; nothing is answered where the reader of our output went away.
fn carry_out(arguments: &Arguments) -> Result<Option<Written>, Failure> {
    let format = Format::from_code(&arguments.to).unwrap_or(Format::LabelStudio);
    let (folder, opened) = open(&arguments.project)?;
    let annotator = annotator(arguments.layer.as_deref(), &opened.project).map_err(Failure)?;
    let mut selection = Selection::decided(&opened.project, &opened.texts, &annotator);
    selection.folder = Some(&folder);
    if !arguments.reports.is_empty() {
        selection.reports = named(&arguments.reports, &opened.project).map_err(Failure)?;
    }
    selection.pages = incoming::pages_of(&opened.archive, &BTreeMap::new(), selection.readable());
    for path in [&arguments.out, &arguments.config].into_iter().flatten() {
        spare(path, arguments.force)?;
    }
    if let Some(path) = &arguments.config {
        save_config(&selection, format, path)?;
    }
    match &arguments.out {
        None if format.is_folder() => {
            let words = format!("{format} is a folder of files\nhint: --out says where it is to stand");
            Err(Failure(words))
        }
        None => print(&selection, format),
        Some(path) => export::save(&selection, format, path)
            .map(Some)
            .map_err(|error| told(&error, path)),
    }
}

/// The project's folder, and what is in it.
fn open(path: &Path) -> Result<(PathBuf, Opened), Failure> {
    let (store, opened) =
        Store::open(path).map_err(|error| Failure(format!("{error}\nhint: {}", error.advice())))?;
    for notice in &opened.notices {
        tell(&format!("{notice}\nhint: {}", notice.advice()));
    }
    Ok((store.root().to_path_buf(), opened))
}

fn print(selection: &Selection<'_>, format: Format) -> Result<Option<Written>, Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let written =
        export::write(selection, format, &mut out).and_then(|written| out.flush().map(|()| written));
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(None),
        written => Ok(Some(written?)),
    }
}

fn save_config(selection: &Selection<'_>, format: Format, path: &Path) -> Result<(), Failure> {
    if format != Format::LabelStudio {
        return Err(Failure("--config goes with --to label-studio".to_owned()));
    }
    export::save_config(selection, path).map_err(|error| told(&error, path))
}

/// Keeps what is there already, unless it is to be replaced.
fn spare(path: &Path, force: bool) -> Result<(), Failure> {
    if path.exists() && !force {
        let words = format!(
            "there is something already: {}\nhint: --force replaces it",
            path.display()
        );
        return Err(Failure(words));
    }
    Ok(())
}

fn told(error: &io::Error, path: &Path) -> Failure {
    Failure(format!("{error}: {}", path.display()))
}

/// The layer that is meant.
fn annotator(named: Option<&str>, project: &Project) -> Result<Annotator, String> {
    let known: Vec<&Annotator> = project.layers.keys().collect();
    let wanted = named.unwrap_or(CURATED);
    let found = known.iter().find(|annotator| &*annotator.0 == wanted);
    match (found, named, known.as_slice()) {
        (Some(annotator), _, _) => Ok((*annotator).clone()),
        (None, None, [only]) => Ok((*only).clone()),
        (None, _, []) => Err("nobody has decided anything in this project".to_owned()),
        (None, _, several) => {
            let listed: Vec<&str> = several.iter().map(|annotator| &*annotator.0).collect();
            let listed = listed.join(", ");
            Err(match named {
                Some(name) => format!("`{name}` has no decisions in this project; they are by {listed}"),
                None => format!("choose with --layer whose decisions to write; they are by {listed}"),
            })
        }
    }
}

/// The reports of these names, in the order given.
fn named(names: &[String], project: &Project) -> Result<Vec<ReportId>, String> {
    let find = |name: &String| {
        let id = ReportId::from(name.trim());
        project
            .report(&id)
            .map(|_| id)
            .ok_or_else(|| format!("the project has no report `{name}`"))
    };
    names.iter().map(find).collect()
}

/// Says what was written, what was refused and what the format does not carry.
fn report(arguments: &Arguments, written: &Written) {
    for refused in &written.refused {
        tell(&format!("not written, {refused}"));
    }
    let Written {
        reports, decisions, ..
    } = written;
    let mut words = format!("{decisions} decisions on {reports} reports as {}", arguments.to);
    if written.losses.is_empty() {
        words.push_str("; nothing stays behind");
    } else {
        words.push_str(
            &format!("; what this format does not carry:\n{}", written.losses).replace('\n', "\n  "),
        );
    }
    tell(&words);
}
