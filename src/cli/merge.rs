//! `merge`: layers into the curated one, copies of a project into one, and Git's three copies of one file.

mod copies;
mod curate;
mod words;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use super::tell;
use crate::store::{Lock, Store};

/// Arguments of `merge`.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "indicator-annotator merge <PROJECT> [--annotators <A,B,…>] [--strategy <STRATEGY>]\n       \
                      indicator-annotator merge [--base <BASE>] --ours <OURS> --theirs <THEIRS> [--path <PATH>]"
)]
pub struct Arguments {
    /// The project whose layers are merged into its layer `curated`: its folder or its project.ron.
    #[arg(required_unless_present = "ours", conflicts_with_all = ["base", "ours", "theirs", "path"])]
    project: Option<PathBuf>,

    /// Whose layers [default: all but `curated`].
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    annotators: Vec<String>,

    /// Where they differ: `unanimous` leaves it open, `majority` takes field by field what more than half say (of
    /// three or more), `prefer:A` takes what A says.
    #[arg(long, default_value = "unanimous")]
    strategy: String,

    /// What both copies came from: a file, or a project's folder; an empty file for nothing.
    #[arg(long, requires = "ours")]
    base: Option<PathBuf>,

    /// Our copy, which becomes the merged one.
    #[arg(long, requires = "theirs")]
    ours: Option<PathBuf>,

    /// Their copy.
    #[arg(long, requires = "ours")]
    theirs: Option<PathBuf>,

    /// Where the file stands in the project, if the copies are named otherwise: Git's %P.
    #[arg(long, requires = "ours")]
    path: Option<PathBuf>,
}

/// What has come of it.
enum Outcome {
    /// Nothing is left to settle.
    Settled,
    /// Something is.
    Unsettled,
}

/// Why nothing was merged: words for the person, and the exit code.
struct Failure(String, u8);

impl Failure {
    /// What failed, and what a person can do about it.
    fn of(error: &impl std::fmt::Display, advice: &str) -> Self {
        Self(format!("{error}\nhint: {advice}"), 2)
    }
}

/// Carries out `merge`: 0 when nothing is left to settle, 1 when something is, 2 when nothing was merged.
pub fn run(arguments: &Arguments) -> ExitCode {
    let outcome = match (&arguments.project, &arguments.ours, &arguments.theirs) {
        (Some(project), _, _) => curate::run(project, &arguments.annotators, &arguments.strategy),
        (None, Some(ours), Some(theirs)) => copies::run(&copies::Copies {
            base: arguments.base.as_deref(),
            ours,
            theirs,
            path: arguments.path.as_deref(),
        }),
        _ => Err(Failure(
            "a project or two copies are needed; see --help".to_owned(),
            2,
        )),
    };
    match outcome {
        Ok(Outcome::Settled) => ExitCode::SUCCESS,
        Ok(Outcome::Unsettled) => ExitCode::from(1),
        Err(Failure(words, code)) => {
            tell(&words);
            ExitCode::from(code)
        }
    }
}

/// Prints lines of the result; whoever does not read them misses nothing that is not in the files.
fn print(lines: &str) {
    io::stdout().write_all(lines.as_bytes()).ok();
}

/// Keeps windows from writing the project at the same time.
fn lock(store: &Store) -> Result<Lock, Failure> {
    let folder = crate::app::startup::data_folder().join("recovery");
    Lock::take(&folder, store.root()).map_err(|error| Failure::of(&error, "close it there and try again"))
}
