//! Arguments → a subcommand or the window.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use indicator_annotator::cli::{self, Subcommand};
use indicator_annotator::ui;

/// Turns the numbers of Chinese reports into typed indicator data.
#[derive(Debug, Parser)]
#[command(version, about, args_conflicts_with_subcommands = true)]
struct Arguments {
    /// A folder of reports, report files, or a project.ron to open in the window.
    paths: Vec<PathBuf>,

    #[command(subcommand)]
    subcommand: Option<Subcommand>,
}

fn main() -> ExitCode {
    let Arguments { paths, subcommand } = Arguments::parse();
    if let Some(subcommand) = subcommand {
        return cli::run(subcommand);
    }
    match ui::launch(paths) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let words = format!(
                "indicator-annotator: the window could not be opened: {error}\n\
                 hint: it needs a display with OpenGL. Without one, `indicator-annotator extract FILE…` \
                 prints the numbers of reports; see `indicator-annotator --help`."
            );
            writeln!(std::io::stderr(), "{words}").ok();
            ExitCode::from(2)
        }
    }
}
