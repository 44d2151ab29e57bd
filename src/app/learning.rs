//! What suggestions were before lessons changed them, and when they are to be changed anew.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{ReportId, Suggestion};

/// The extractor's own suggestions, from which those that are shown are made by the lessons.
#[derive(Debug, Default)]
pub struct Learning {
    /// What the extractor suggests by itself, of the reports that have suggestions.
    pub own: BTreeMap<ReportId, Arc<[Suggestion]>>,
    /// Since when the suggestions of a long report are older than the lessons: seconds since the program started.
    pub stale_since: Option<f64>,
    /// Whether they are being made anew.
    pub running: bool,
}
