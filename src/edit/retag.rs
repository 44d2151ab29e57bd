//! Tagging all values of one indicator as another.

use std::sync::Arc;

use super::Edit;
use crate::model::{Decision, IndicatorId, Project, Ruling};

/// The edits after which no value is tagged with `from` any more, but with `into`: neither in anybody's
/// decisions nor in what a merge could not settle.
pub fn retag(project: &Project, from: &IndicatorId, into: &IndicatorId) -> Vec<Edit> {
    let mut edits = Vec::new();
    let layers = project.layers.iter().flat_map(|(annotator, reports)| {
        reports
            .iter()
            .map(move |(report, layer)| (annotator, report, layer))
    });
    for (annotator, report, layer) in layers {
        let decided = layer.iter().filter_map(|decision| retagged(decision, from, into));
        edits.extend(decided.map(|decision| Edit::Decide {
            annotator: annotator.clone(),
            report: report.clone(),
            span: decision.span,
            decision: Some(decision),
        }));
        let contested = layer
            .conflicts()
            .filter_map(|(span, theirs)| Some((span, retagged(theirs, from, into)?)));
        edits.extend(contested.map(|(span, theirs)| Edit::Contest {
            annotator: annotator.clone(),
            report: report.clone(),
            span,
            theirs: Some(theirs),
        }));
    }
    edits
}

fn retagged(decision: &Decision, from: &IndicatorId, into: &IndicatorId) -> Option<Arc<Decision>> {
    let observation = decision.ruling.observation()?;
    if observation.indicator.as_ref() != Some(from) {
        return None;
    }
    let mut observation = observation.clone();
    observation.indicator = Some(into.clone());
    Some(Arc::new(Decision {
        ruling: Ruling::Tagged(Box::new(observation)),
        ..decision.clone()
    }))
}
