//! Edits as the journal writes them.

use std::convert::Infallible;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::edit::Edit;
use crate::model::{
    Annotator, CandidateRule, Catalogue, Decision, Experience, Extractor, Lesson, RejectReason, Report,
    ReportId, Span, Suggestion,
};
use crate::store::format::{DecisionRecord, ObservationRecord, SuggestionRecord, Words};

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
    /// What other programs propose for one report.
    Suggestions(ReportId),
    /// What one annotator's decisions have taught.
    Memory(Annotator),
    /// The findings that one annotator lets stand.
    Waivers(Annotator),
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
    Reject {
        annotator: Annotator,
        report: ReportId,
        span: (usize, usize),
        agent: String,
        reason: Option<RejectReason>,
    },
    Contest {
        annotator: Annotator,
        report: ReportId,
        span: (usize, usize),
        theirs: Option<DecisionRecord>,
    },
    SetSuggestions {
        report: ReportId,
        suggestions: Vec<SuggestionRecord>,
    },
    SetLesson {
        annotator: Annotator,
        lesson: Lesson,
        experience: Option<Experience>,
    },
    SetWaiver {
        annotator: Annotator,
        finding: String,
        reason: Option<String>,
    },
    SetExtractor(Option<Extractor>),
}

impl EditRecord {
    /// The report that the edit is about.
    pub fn report(&self) -> Option<&ReportId> {
        match self {
            Self::Decide { report, .. }
            | Self::Reject { report, .. }
            | Self::Contest { report, .. }
            | Self::SetSuggestions { report, .. }
            | Self::RemoveReport(report) => Some(report),
            Self::SetReport(report) | Self::InsertReport { report, .. } => Some(&report.id),
            _ => None,
        }
    }
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
            Edit::Reject {
                annotator,
                report,
                span,
                agent,
                reason,
            } => Self::Reject {
                annotator,
                report,
                span: (span.start, span.end),
                agent,
                reason,
            },
            Edit::Contest {
                annotator,
                report,
                span,
                theirs,
            } => Self::Contest {
                annotator,
                report,
                span: (span.start, span.end),
                theirs: theirs.map(|theirs| record_in_bytes(&theirs)),
            },
            Edit::SetSuggestions { report, suggestions } => Self::SetSuggestions {
                report,
                suggestions: suggestions.iter().map(suggestion_in_bytes).collect(),
            },
            Edit::SetLesson {
                annotator,
                lesson,
                experience,
            } => Self::SetLesson {
                annotator,
                lesson,
                experience,
            },
            Edit::SetWaiver {
                annotator,
                finding,
                reason,
            } => Self::SetWaiver {
                annotator,
                finding,
                reason,
            },
            Edit::SetExtractor(extractor) => Self::SetExtractor(extractor),
        }
    }
}

fn record_in_bytes(decision: &Decision) -> DecisionRecord {
    let Ok(record) = DecisionRecord::of(decision, words_in_bytes(decision.span), in_bytes);
    record
}

fn suggestion_in_bytes(suggestion: &Suggestion) -> SuggestionRecord {
    let Ok(record) = SuggestionRecord::of(suggestion, words_in_bytes(suggestion.span), in_bytes);
    record
}

fn words_in_bytes(span: Span) -> Words<'static> {
    Words {
        at: (span.start, span.end),
        ..Words::default()
    }
}

#[expect(clippy::unnecessary_wraps, reason = "other records can refuse a span")]
fn in_bytes(span: Span) -> Result<(usize, usize), Infallible> {
    Ok((span.start, span.end))
}

impl EditRecord {
    /// The file that the edit changes.
    pub fn subject(&self) -> Subject {
        match self {
            Self::Decide {
                annotator, report, ..
            }
            | Self::Reject {
                annotator, report, ..
            }
            | Self::Contest {
                annotator, report, ..
            } => Subject::Layer(annotator.clone(), report.clone()),
            Self::SetReport(_)
            | Self::InsertReport { .. }
            | Self::RemoveReport(_)
            | Self::SetTitle(_)
            | Self::SetExtractor(_) => Subject::Head,
            Self::SetSuggestions { report, .. } => Subject::Suggestions(report.clone()),
            Self::SetLesson { annotator, .. } => Subject::Memory(annotator.clone()),
            Self::SetWaiver { annotator, .. } => Subject::Waivers(annotator.clone()),
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
                let decision = decision_of(decision, span)?;
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
            Self::Reject {
                annotator,
                report,
                span,
                agent,
                reason,
            } => Edit::Reject {
                annotator,
                report,
                span: span_of(span),
                agent,
                reason,
            },
            Self::Contest {
                annotator,
                report,
                span,
                theirs,
            } => {
                let theirs_span = theirs.as_ref().map_or(span, |theirs| theirs.at);
                Edit::Contest {
                    annotator,
                    report,
                    span: span_of(span),
                    theirs: decision_of(theirs, span_of(theirs_span))?,
                }
            }
            Self::SetSuggestions { report, suggestions } => {
                let read = |record: SuggestionRecord| {
                    let span = span_of(record.at);
                    record.suggestion(span, name_in_bytes)
                };
                Edit::SetSuggestions {
                    report,
                    suggestions: suggestions
                        .into_iter()
                        .map(read)
                        .collect::<Option<Vec<_>>>()?
                        .into(),
                }
            }
            Self::SetLesson {
                annotator,
                lesson,
                experience,
            } => Edit::SetLesson {
                annotator,
                lesson,
                experience,
            },
            Self::SetWaiver {
                annotator,
                finding,
                reason,
            } => Edit::SetWaiver {
                annotator,
                finding,
                reason,
            },
            Self::SetExtractor(extractor) => Edit::SetExtractor(extractor),
        })
    }
}

/// The decision of a record at `span`, if there is one; outside `None` where the record holds no decision.
#[expect(
    clippy::option_option,
    reason = "no decision and a broken one are different things"
)]
fn decision_of(record: Option<DecisionRecord>, span: Span) -> Option<Option<Arc<Decision>>> {
    match record {
        Some(record) => Some(Some(Arc::new(record.decision(span, name_in_bytes)?))),
        None => Some(None),
    }
}

fn name_in_bytes(observation: &ObservationRecord) -> Option<Span> {
    observation.indicator_span.map(|(start, end)| Span { start, end })
}
