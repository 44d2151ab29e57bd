//! What the agreement pane compares, and what came out of it last.

use std::sync::Arc;

use crate::model::Annotator;
use crate::query::agreement::{Agreement, By};

/// A comparison of annotators. Worked out in a job, so that no frame waits for it.
#[derive(Debug, Default)]
pub struct Comparing {
    /// Whose layers; the first one is the reference of precision and recall.
    pub annotators: Vec<Annotator>,
    /// Into what the figures are divided.
    pub by: By,
    /// The figures as they were worked out last.
    pub agreement: Option<Arc<Agreement>>,
    /// Counts up with every question, so that late answers are known.
    pub serial: u64,
    /// Whether an answer is under way.
    pub running: bool,
    /// When decisions changed last since the figures were asked for: seconds since the program started.
    pub stale_since: Option<f64>,
}
