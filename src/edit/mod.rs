//! Every change of a project: a closed set of invertible edits, and their history.
//!
//! May use model. Never contains I/O or egui, nor an edit that cannot be inverted.

mod apply;
mod history;

use std::sync::Arc;

use crate::model::{Annotator, CandidateRule, Catalogue, Decision, Report, ReportId, Span};

pub use apply::{EditError, apply};
pub use history::{History, Transaction};

/// One change of a project. `apply` returns the edit that takes it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Puts a decision at a span, or opens the span again.
    Decide {
        /// Whose layer.
        annotator: Annotator,
        /// Which report.
        report: ReportId,
        /// The span decided on. Bytes.
        span: Span,
        /// The decision, whose span is the same; `None` opens the span again.
        decision: Option<Arc<Decision>>,
    },
    /// Replaces a report's metadata; the id tells which.
    SetReport(Box<Report>),
    /// Adds a report at a place in the list.
    InsertReport {
        /// Place in the list, from 0.
        index: usize,
        /// The report; its id must be new.
        report: Box<Report>,
    },
    /// Takes a report that nobody has decisions on off the list.
    RemoveReport(ReportId),
    /// Replaces the catalogue.
    SetCatalogue(Catalogue),
    /// Replaces the candidate rules.
    SetRules(Vec<CandidateRule>),
    /// Replaces the guidelines.
    SetGuidelines(String),
    /// Replaces the project's title.
    SetTitle(String),
}
