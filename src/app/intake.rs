//! Files that are to become reports, and what came of them.

use std::path::PathBuf;

use super::incoming::ReportProblem;
pub use super::incoming::{Choice, Columns, Look};

/// Files that are to become reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intake {
    /// Where they lie.
    pub paths: Vec<PathBuf>,
    /// Whether they are added to the open project, or opened as one of their own.
    pub adds: bool,
}

/// A corpus among files, whose columns a person is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corpus {
    /// Where it lies.
    pub path: PathBuf,
    /// What it looks like.
    pub look: Look,
    /// All the files.
    pub intake: Intake,
}

/// What files gave.
#[derive(Debug)]
pub struct Taken {
    /// How many reports.
    pub reports: usize,
    /// What was refused, and why.
    pub refused: Vec<(PathBuf, ReportProblem)>,
}
