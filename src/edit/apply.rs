//! Applying an edit: checked first, then done, and answered with its inverse.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use super::Edit;
use crate::model::{Annotator, IndicatorId, Layer, Project, ReportId, Span, Suggestion};

/// Why an edit was refused. The project is then as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The project has no report of this id.
    NoSuchReport(ReportId),
    /// The project has a report of this id already.
    ReportExists(ReportId),
    /// The place lies behind the end of the list.
    NoSuchPlace(usize),
    /// The report still has decisions or suggestions.
    ReportInUse(ReportId),
    /// The decision shares words with another one.
    Overlaps {
        /// The refused span.
        span: Span,
        /// The span of the decision that is in the way.
        other: Span,
    },
    /// The span is empty, or is not the decision's own.
    BadSpan(Span),
    /// Two indicators have the same id.
    DuplicateIndicator(IndicatorId),
    /// Decisions still use an indicator that would be gone.
    IndicatorInUse(IndicatorId),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchReport(id) => write!(f, "the project has no report `{id}`"),
            Self::ReportExists(id) => write!(f, "the project already has a report `{id}`"),
            Self::NoSuchPlace(index) => write!(f, "the list of reports has no place {index}"),
            Self::ReportInUse(id) => write!(
                f,
                "the report `{id}` has decisions; reopen them before removing it"
            ),
            Self::Overlaps { .. } => f.write_str("the words overlap another decision; reopen that one first"),
            Self::BadSpan(_) => f.write_str("no words are selected"),
            Self::DuplicateIndicator(id) => write!(f, "two indicators have the id `{id}`"),
            Self::IndicatorInUse(id) => {
                write!(
                    f,
                    "values are tagged with the indicator `{id}`; merge it into another one instead"
                )
            }
        }
    }
}

impl std::error::Error for EditError {}

/// Applies `edit` to `project` and returns the edit that takes it back.
///
/// # Errors
/// When the edit does not fit the project, which is then unchanged.
pub fn apply(project: &mut Project, edit: Edit) -> Result<Edit, EditError> {
    match edit {
        Edit::Decide { .. } => decide(project, edit),
        Edit::SetReport(report) => {
            let place = place_of(project, &report.id)?;
            let before = std::mem::replace(&mut project.reports[place], *report);
            Ok(Edit::SetReport(Box::new(before)))
        }
        Edit::InsertReport { index, report } => {
            if project.report(&report.id).is_some() {
                return Err(EditError::ReportExists(report.id));
            }
            if index > project.reports.len() {
                return Err(EditError::NoSuchPlace(index));
            }
            let id = report.id.clone();
            project.reports.insert(index, *report);
            Ok(Edit::RemoveReport(id))
        }
        Edit::RemoveReport(id) => remove_report(project, &id),
        Edit::SetCatalogue(catalogue) => {
            let mut ids = BTreeSet::new();
            for indicator in &catalogue.indicators {
                if !ids.insert(&indicator.id) {
                    return Err(EditError::DuplicateIndicator(indicator.id.clone()));
                }
            }
            let gone = project.catalogue.indicators.iter().map(|indicator| &indicator.id);
            let gone: BTreeSet<_> = gone.filter(|id| !ids.contains(id)).collect();
            if !gone.is_empty()
                && let Some(id) = project.used_indicators().find(|id| gone.contains(id))
            {
                return Err(EditError::IndicatorInUse(id.clone()));
            }
            Ok(Edit::SetCatalogue(std::mem::replace(
                &mut project.catalogue,
                catalogue,
            )))
        }
        Edit::SetRules(rules) => Ok(Edit::SetRules(std::mem::replace(&mut project.rules, rules))),
        Edit::SetGuidelines(words) => Ok(Edit::SetGuidelines(std::mem::replace(
            &mut project.guidelines,
            words,
        ))),
        Edit::SetTitle(title) => Ok(Edit::SetTitle(std::mem::replace(&mut project.title, title))),
        Edit::Reject { .. } => reject(project, edit),
        Edit::Contest { .. } => contest(project, edit),
        Edit::SetSuggestions { report, suggestions } => set_suggestions(project, report, suggestions),
        Edit::SetLesson {
            annotator,
            lesson,
            experience,
        } => {
            let memory = project.memories.entry(annotator.clone()).or_default();
            let before = memory.set(lesson.clone(), experience);
            if memory.is_empty() {
                project.memories.remove(&annotator);
            }
            Ok(Edit::SetLesson {
                annotator,
                lesson,
                experience: before,
            })
        }
        Edit::SetWaiver {
            annotator,
            finding,
            reason,
        } => {
            let waivers = project.waivers.entry(annotator.clone()).or_default();
            let before = match reason {
                Some(reason) => waivers.insert(finding.clone(), reason),
                None => waivers.remove(&finding),
            };
            if waivers.is_empty() {
                project.waivers.remove(&annotator);
            }
            Ok(Edit::SetWaiver {
                annotator,
                finding,
                reason: before,
            })
        }
        Edit::SetExtractor(extractor) => Ok(Edit::SetExtractor(std::mem::replace(
            &mut project.extractor,
            extractor,
        ))),
    }
}

fn decide(project: &mut Project, edit: Edit) -> Result<Edit, EditError> {
    let Edit::Decide {
        annotator,
        report,
        span,
        decision,
    } = edit
    else {
        return Ok(edit);
    };
    place_of(project, &report)?;
    if let Some(decision) = &decision {
        if span.is_empty() || decision.span != span {
            return Err(EditError::BadSpan(span));
        }
        let layer = project.layer(&annotator, &report);
        let other = layer.and_then(|layer| layer.overlapping(span).find(|other| other.span != span));
        if let Some(other) = other {
            return Err(EditError::Overlaps {
                span,
                other: other.span,
            });
        }
    }
    let before = change_layer(project, &annotator, &report, |layer| match decision {
        Some(decision) => layer.insert(decision),
        None => layer.remove(span),
    });
    Ok(Edit::Decide {
        annotator,
        report,
        span,
        decision: before,
    })
}

fn reject(project: &mut Project, edit: Edit) -> Result<Edit, EditError> {
    let Edit::Reject {
        annotator,
        report,
        span,
        agent,
        reason,
    } = edit
    else {
        return Ok(edit);
    };
    place_of(project, &report)?;
    if reason.is_some() && span.is_empty() {
        return Err(EditError::BadSpan(span));
    }
    let before = change_layer(project, &annotator, &report, |layer| {
        layer.reject(span, &agent, reason)
    });
    Ok(Edit::Reject {
        annotator,
        report,
        span,
        agent,
        reason: before,
    })
}

fn contest(project: &mut Project, edit: Edit) -> Result<Edit, EditError> {
    let Edit::Contest {
        annotator,
        report,
        span,
        theirs,
    } = edit
    else {
        return Ok(edit);
    };
    place_of(project, &report)?;
    if let Some(theirs) = &theirs
        && (span.is_empty() || theirs.span.is_empty())
    {
        return Err(EditError::BadSpan(span));
    }
    let before = change_layer(project, &annotator, &report, |layer| layer.contest(span, theirs));
    Ok(Edit::Contest {
        annotator,
        report,
        span,
        theirs: before,
    })
}

/// Changes one layer. One that then holds nothing is no layer, so that taking the first change back leaves no trace.
fn change_layer<T>(
    project: &mut Project,
    annotator: &Annotator,
    report: &ReportId,
    change: impl FnOnce(&mut Layer) -> T,
) -> T {
    let reports = project.layers.entry(annotator.clone()).or_default();
    let layer = reports.entry(report.clone()).or_default();
    let before = change(layer);
    if layer.is_blank() {
        reports.remove(report);
    }
    if reports.is_empty() {
        project.layers.remove(annotator);
    }
    before
}

fn set_suggestions(
    project: &mut Project,
    report: ReportId,
    suggestions: Arc<[Suggestion]>,
) -> Result<Edit, EditError> {
    place_of(project, &report)?;
    let before = if suggestions.is_empty() {
        project.suggestions.remove(&report)
    } else {
        project.suggestions.insert(report.clone(), suggestions)
    };
    Ok(Edit::SetSuggestions {
        report,
        suggestions: before.unwrap_or_else(|| Arc::from([])),
    })
}

fn remove_report(project: &mut Project, id: &ReportId) -> Result<Edit, EditError> {
    let index = place_of(project, id)?;
    if project.is_annotated(id) {
        return Err(EditError::ReportInUse(id.clone()));
    }
    let report = Box::new(project.reports.remove(index));
    Ok(Edit::InsertReport { index, report })
}

fn place_of(project: &Project, id: &ReportId) -> Result<usize, EditError> {
    let place = project.reports.place(id);
    place.ok_or_else(|| EditError::NoSuchReport(id.clone()))
}
