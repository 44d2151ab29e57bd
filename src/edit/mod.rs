//! Every change of a project: a closed set of invertible edits, and their history.
//!
//! May use model. Never contains I/O or egui, nor an edit that cannot be inverted.

mod again;
mod apply;
mod history;
mod retag;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::model::{
    Annotator, CandidateRule, Catalogue, Decision, Experience, Extractor, Lesson, RejectReason, Report,
    ReportId, Span, Suggestion,
};

pub use again::again;
pub use apply::{EditError, apply};
pub use history::{History, Step, Transaction};
pub use retag::retag;

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
    /// Rejects what an agent proposed for a span, or takes that back.
    Reject {
        /// Whose layer.
        annotator: Annotator,
        /// Which report.
        report: ReportId,
        /// The proposal's span. Bytes.
        span: Span,
        /// Who proposed it.
        agent: String,
        /// What is wrong with it; `None` takes the rejection back.
        reason: Option<RejectReason>,
    },
    /// Keeps what a merge could not settle, or settles it.
    Contest {
        /// Whose layer.
        annotator: Annotator,
        /// Which report.
        report: ReportId,
        /// The span that the copies of the layer differ on. Bytes.
        span: Span,
        /// What the other copy says, whose span may differ; `None` once it is settled.
        theirs: Option<Arc<Decision>>,
    },
    /// Replaces what other programs propose for a report; nothing takes it off.
    SetSuggestions {
        /// Which report.
        report: ReportId,
        /// The proposals, sorted by span and agent.
        suggestions: Arc<[Suggestion]>,
    },
    /// Puts a lesson into an annotator's memory, or forgets it.
    SetLesson {
        /// Whose memory.
        annotator: Annotator,
        /// What was learnt.
        lesson: Lesson,
        /// How well it has done; `None` forgets it.
        experience: Option<Experience>,
    },
    /// Lets a finding of the checks stand, or counts it again.
    SetWaiver {
        /// Whose layer the finding is about.
        annotator: Annotator,
        /// The finding's key.
        finding: String,
        /// Why it may stand; `None` counts it again.
        reason: Option<String>,
    },
    /// Replaces the program that proposes decisions.
    SetExtractor(Option<Extractor>),
}

impl Edit {
    /// The report that it is about, if it is about one alone.
    pub fn report(&self) -> Option<&ReportId> {
        match self {
            Self::Decide { report, .. }
            | Self::Reject { report, .. }
            | Self::Contest { report, .. }
            | Self::SetSuggestions { report, .. }
            | Self::RemoveReport(report) => Some(report),
            Self::SetReport(report) | Self::InsertReport { report, .. } => Some(&report.id),
            Self::SetCatalogue(_)
            | Self::SetRules(_)
            | Self::SetGuidelines(_)
            | Self::SetTitle(_)
            | Self::SetLesson { .. }
            | Self::SetWaiver { .. }
            | Self::SetExtractor(_) => None,
        }
    }
}
