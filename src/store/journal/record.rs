//! Edits as the journal writes them.

use std::convert::Infallible;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::edit::Edit;
use crate::model::{Annotator, CandidateRule, Catalogue, Decision, Report, ReportId, Span};
use crate::store::format::{DecisionRecord, ObservationRecord, Words};

/// What an edit changes: the part of the project that is one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Subject {
    /// The title and the list of reports.
    Head,
    /// The catalogue.
    Catalogue,
    /// The candidate rules.
    Rules,
    /// The guidelines.
    Guidelines,
    /// One annotator's decisions on one report.
    Layer(Annotator, ReportId),
}

/// An edit as the journal writes it. Spans are bytes, for the text is known by its fingerprint.
#[derive(Clone, Serialize, Deserialize)]
pub(super) enum EditRecord {
    Decide {
        annotator: Annotator,
        report: ReportId,
        span: (usize, usize),
        decision: Option<DecisionRecord>,
    },
    SetReport(Box<Report>),
    InsertReport {
        index: usize,
        report: Box<Report>,
    },
    RemoveReport(ReportId),
    SetCatalogue(Catalogue),
    SetRules(Vec<CandidateRule>),
    SetGuidelines(String),
    SetTitle(String),
}

impl From<&Edit> for EditRecord {
    fn from(edit: &Edit) -> Self {
        match edit.clone() {
            Edit::Decide {
                annotator,
                report,
                span,
                decision,
            } => Self::Decide {
                annotator,
                report,
                span: (span.start, span.end),
                decision: decision.map(|decision| record_in_bytes(&decision)),
            },
            Edit::SetReport(report) => Self::SetReport(report),
            Edit::InsertReport { index, report } => Self::InsertReport { index, report },
            Edit::RemoveReport(id) => Self::RemoveReport(id),
            Edit::SetCatalogue(catalogue) => Self::SetCatalogue(catalogue),
            Edit::SetRules(rules) => Self::SetRules(rules),
            Edit::SetGuidelines(words) => Self::SetGuidelines(words),
            Edit::SetTitle(title) => Self::SetTitle(title),
        }
    }
}

fn record_in_bytes(decision: &Decision) -> DecisionRecord {
    let span = decision.span;
    let words = Words {
        at: (span.start, span.end),
        ..Words::default()
    };
    let in_bytes = |span: Span| Ok::<_, Infallible>((span.start, span.end));
    let Ok(record) = DecisionRecord::of(decision, words, in_bytes);
    record
}

impl EditRecord {
    pub fn subject(&self) -> Subject {
        match self {
            Self::Decide {
                annotator, report, ..
            } => Subject::Layer(annotator.clone(), report.clone()),
            Self::SetReport(_) | Self::InsertReport { .. } | Self::RemoveReport(_) | Self::SetTitle(_) => {
                Subject::Head
            }
            Self::SetCatalogue(_) => Subject::Catalogue,
            Self::SetRules(_) => Subject::Rules,
            Self::SetGuidelines(_) => Subject::Guidelines,
        }
    }

    pub fn edit(self) -> Option<Edit> {
        let span_of = |(start, end)| Span { start, end };
        Some(match self {
            Self::Decide {
                annotator,
                report,
                span,
                decision,
            } => {
                let span = span_of(span);
                let decision = match decision {
                    Some(record) => {
                        let name = |observation: &_| name_in_bytes(observation);
                        Some(Arc::new(record.decision(span, name)?))
                    }
                    None => None,
                };
                Edit::Decide {
                    annotator,
                    report,
                    span,
                    decision,
                }
            }
            Self::SetReport(report) => Edit::SetReport(report),
            Self::InsertReport { index, report } => Edit::InsertReport { index, report },
            Self::RemoveReport(id) => Edit::RemoveReport(id),
            Self::SetCatalogue(catalogue) => Edit::SetCatalogue(catalogue),
            Self::SetRules(rules) => Edit::SetRules(rules),
            Self::SetGuidelines(words) => Edit::SetGuidelines(words),
            Self::SetTitle(title) => Edit::SetTitle(title),
        })
    }
}

fn name_in_bytes(observation: &ObservationRecord) -> Option<Span> {
    observation.indicator_span.map(|(start, end)| Span { start, end })
}
