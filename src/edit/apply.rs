//! Applying an edit: checked first, then done, and answered with its inverse.

use std::collections::BTreeSet;
use std::fmt;

use super::Edit;
use crate::model::{IndicatorId, Layer, Project, ReportId, Ruling, Span};

/// Why an edit was refused. The project is then as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The project has no report of this id.
    NoSuchReport(ReportId),
    /// The project has a report of this id already.
    ReportExists(ReportId),
    /// The place lies behind the end of the list.
    NoSuchPlace(usize),
    /// The report still has decisions.
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
            if let Some(id) = used_indicator(project, &gone) {
                return Err(EditError::IndicatorInUse(id));
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
    let reports = project.layers.entry(annotator.clone()).or_default();
    let layer = reports.entry(report.clone()).or_default();
    let before = match decision {
        Some(decision) => layer.insert(decision),
        None => layer.remove(span),
    };
    // A layer without decisions is no layer: taking the first decision back leaves no trace.
    if layer.is_empty() {
        reports.remove(&report);
    }
    if reports.is_empty() {
        project.layers.remove(&annotator);
    }
    Ok(Edit::Decide {
        annotator,
        report,
        span,
        decision: before,
    })
}

fn remove_report(project: &mut Project, id: &ReportId) -> Result<Edit, EditError> {
    let index = place_of(project, id)?;
    if project.layers.values().any(|reports| reports.contains_key(id)) {
        return Err(EditError::ReportInUse(id.clone()));
    }
    let report = Box::new(project.reports.remove(index));
    Ok(Edit::InsertReport { index, report })
}

fn place_of(project: &Project, id: &ReportId) -> Result<usize, EditError> {
    let place = project.reports.iter().position(|report| &report.id == id);
    place.ok_or_else(|| EditError::NoSuchReport(id.clone()))
}

fn used_indicator(project: &Project, ids: &BTreeSet<&IndicatorId>) -> Option<IndicatorId> {
    if ids.is_empty() {
        return None;
    }
    let layers = project.layers.values().flat_map(|reports| reports.values());
    let rulings = layers.flat_map(Layer::iter).map(|decision| &decision.ruling);
    rulings
        .filter_map(Ruling::observation)
        .filter_map(|observation| observation.indicator.as_ref())
        .find(|id| ids.contains(id))
        .cloned()
}
