//! Making gestures again over a project that may hold some of what they led to already.

use super::{Edit, EditError, apply};
use crate::model::{Annotator, Project, ReportId, Span};

/// A gesture as it can be made again, with what had to be left out of it.
///
/// The project may be further than the gesture was: a save that was cut off has brought some files to what `later`
/// gestures made of them. A decision that stands in the way and that is yet to be made again steps aside, and a report
/// that is there already is set instead of inserted.
pub fn again(project: &Project, gesture: &[Edit], later: &[Vec<Edit>]) -> (Vec<Edit>, Option<EditError>) {
    let mut trial = project.clone();
    let (mut fitting, mut refused) = (Vec::new(), None);
    for (place, edit) in gesture.iter().enumerate() {
        let rest = gesture.get(place + 1..).unwrap_or_default();
        match fit(&mut trial, edit, &|| rest.iter().chain(later.iter().flatten())) {
            Ok(edits) => fitting.extend(edits),
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    (fitting, refused)
}

fn fit<'a, I: Iterator<Item = &'a Edit>>(
    trial: &mut Project,
    edit: &Edit,
    to_come: &dyn Fn() -> I,
) -> Result<Vec<Edit>, EditError> {
    let mut edits = Vec::new();
    loop {
        match (apply(trial, edit.clone()), edit) {
            (Ok(_), _) => {
                edits.push(edit.clone());
                return Ok(edits);
            }
            (Err(EditError::ReportExists(_)), Edit::InsertReport { report, .. }) => {
                let set = Edit::SetReport(report.clone());
                apply(trial, set.clone())?;
                edits.push(set);
                return Ok(edits);
            }
            (
                Err(EditError::Overlaps { other, .. }),
                Edit::Decide {
                    annotator, report, ..
                },
            ) if to_come().any(|edit| decides(edit, annotator, report, other)) => {
                let aside = Edit::Decide {
                    annotator: annotator.clone(),
                    report: report.clone(),
                    span: other,
                    decision: None,
                };
                apply(trial, aside.clone())?;
                edits.push(aside);
            }
            (Err(error), _) => return Err(error),
        }
    }
}

/// Whether an edit puts a decision at this span.
fn decides(edit: &Edit, whose: &Annotator, on: &ReportId, at: Span) -> bool {
    matches!(edit, Edit::Decide { annotator, report, span, decision: Some(_) }
        if annotator == whose && report == on && *span == at)
}
