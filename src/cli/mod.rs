//! Subcommands: what works without a window.

mod agree;
mod check;
mod columns;
mod export;
mod extract;
mod import;
mod lines;
mod merge;
mod new;
mod parallel;
mod stats;
mod suggest;

use std::io::{self, Write as _};
use std::process::ExitCode;

/// What can be done without a window.
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
    /// Print the numbers of reports and what is suggested for them.
    Extract(extract::Arguments),
    /// Make a project of reports.
    New(new::Arguments),
    /// Take what other programs propose or have annotated into a project.
    Import(import::Arguments),
    /// Write a layer of a project in a format of other programs.
    Export(export::Arguments),
    /// Print how far the annotators of a project agree.
    Agree(agree::Arguments),
    /// Print what contradicts what in a project.
    Check(check::Arguments),
    /// Print how much of a project is decided.
    Stats(stats::Arguments),
    /// Merge layers into the curated one, or two copies of a project or of one of its files.
    Merge(merge::Arguments),
}

/// Carries out a subcommand; what goes wrong is told on standard error.
pub fn run(subcommand: Subcommand) -> ExitCode {
    match subcommand {
        Subcommand::Extract(arguments) => extract::run(&arguments),
        Subcommand::New(arguments) => new::run(&arguments),
        Subcommand::Import(arguments) => import::run(&arguments),
        Subcommand::Export(arguments) => export::run(&arguments),
        Subcommand::Agree(arguments) => agree::run(&arguments),
        Subcommand::Check(arguments) => check::run(&arguments),
        Subcommand::Stats(arguments) => stats::run(&arguments),
        Subcommand::Merge(arguments) => merge::run(&arguments),
    }
}

/// Says something on standard error, by the program's name.
fn tell(words: &str) {
    writeln!(io::stderr(), "indicator-annotator: {words}").ok();
}

/// Says what went wrong, and answers the exit code that says so too.
fn complain(words: &str, code: u8) -> ExitCode {
    tell(words);
    ExitCode::from(code)
}
