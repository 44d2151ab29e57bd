//! What curating changes: edits of the curated layer.

use std::sync::Arc;

use super::{Case, State, Verdict, compare};
use crate::edit::Edit;
use crate::model::{
    Annotator, CURATED, Decision, DismissReason, Layer, Project, Provenance, RejectReason, ReportId, Span,
};

/// The layers of one report that are compared, and the curated layer as it stands.
#[derive(Clone, Debug)]
pub struct Sides<'a> {
    /// The report.
    pub report: &'a ReportId,
    /// Whose layers; a case's readings are in this order.
    pub layers: Vec<(&'a Annotator, &'a Layer)>,
    /// What has been curated already.
    pub curated: Option<&'a Layer>,
}

impl<'a> Sides<'a> {
    /// The sides of a report: those of `annotators` that have decided anything there, in their order.
    ///
    /// `None` for fewer than two: what only one has looked at cannot be agreed on.
    pub fn of(project: &'a Project, report: &'a ReportId, annotators: &'a [Annotator]) -> Option<Self> {
        let layers: Vec<_> = annotators
            .iter()
            .filter(|annotator| &*annotator.0 != CURATED)
            .filter_map(|annotator| Some((annotator, project.layer(annotator, report)?)))
            .filter(|(_, layer)| !layer.is_empty())
            .collect();
        (layers.len() >= 2).then(|| Self {
            report,
            layers,
            curated: project.layer(&Annotator::from(CURATED), report),
        })
    }

    /// One case a number, in the order of the text.
    pub fn cases(&self) -> Vec<Case> {
        compare(&self.layers, self.curated)
    }

    /// Merges what everybody says the same of.
    pub fn unanimous(&self, cases: &[Case]) -> Vec<Edit> {
        let mut edits = Vec::new();
        for case in cases {
            if let State::Agreed(decision) = &case.state {
                let decision = Decision {
                    provenance: Some(Provenance::Unanimous),
                    ..Decision::manual(decision.span, decision.ruling.clone())
                };
                self.put(case, decision, &mut edits);
            }
        }
        edits
    }

    /// Carries out a verdict; nothing while it is not complete.
    pub fn settle(&self, case: &Case, verdict: &Verdict, by: &Annotator) -> Vec<Edit> {
        let mut edits = Vec::new();
        if let Some(decision) = verdict.decision(by) {
            self.put(case, decision, &mut edits);
        } else if verdict.leaves_open() && verdict.is_complete() {
            edits = self.nobody(case, RejectReason::NotAnIndicator);
        }
        edits
    }

    /// Rules that there is nothing here that the data set wants.
    pub fn nothing_here(&self, case: &Case, by: &Annotator) -> Vec<Edit> {
        let mut verdict = Verdict::of(case);
        verdict.dismiss(DismissReason::Irrelevant);
        // The words at large: whichever edges the readings have, nothing is there.
        verdict.set_edges(case.span);
        self.settle(case, &verdict, by)
    }

    /// Rules that nobody is right: every reading is turned down, and the words are open in the curated layer.
    pub fn nobody(&self, case: &Case, reason: RejectReason) -> Vec<Edit> {
        let mut edits = self.clear(case, None);
        for (span, annotator) in self.readings(case) {
            edits.push(self.reject(span, annotator, Some(reason)));
        }
        edits
    }

    /// Takes back what the curated layer says of a case.
    pub fn reopen(&self, case: &Case) -> Vec<Edit> {
        let mut edits = self.clear(case, None);
        self.accept_again(case, &mut edits);
        edits
    }

    /// Writes a decision, and turns down the readings that share no words with it, so that all are answered.
    fn put(&self, case: &Case, decision: Decision, edits: &mut Vec<Edit>) {
        let span = decision.span;
        edits.extend(self.clear(case, Some(span)));
        self.accept_again(case, edits);
        edits.push(self.decide(span, Some(Arc::new(decision))));
        let missed = self.readings(case).filter(|(reading, _)| !reading.overlaps(span));
        edits.extend(
            missed.map(|(reading, annotator)| self.reject(reading, annotator, Some(RejectReason::Span))),
        );
    }

    /// Takes away what the curated layer says of the case, and what is in the way of a decision on `span`.
    ///
    /// A decision that only some of the readings share words with may be another case's, unless just the others
    /// are turned down.
    fn clear(&self, case: &Case, span: Option<Span>) -> Vec<Edit> {
        let reach = span.map_or(case.span, |span| {
            Span::new(span.start.min(case.span.start), span.end.max(case.span.end))
        });
        let readings: Vec<_> = self.readings(case).collect();
        let is_of_case = |decision: &Decision| {
            let shares_words = |(span, _): &(Span, &Annotator)| span.overlaps(decision.span);
            let is_its_answer = |reading| shares_words(reading) != self.is_rejected(reading);
            readings.iter().all(shares_words) || readings.iter().all(is_its_answer)
        };
        let is_in_way = |decision: &Decision| span.is_some_and(|span| span.overlaps(decision.span));
        let standing = self.curated.iter().flat_map(|curated| curated.overlapping(reach));
        standing
            .filter(|decision| is_of_case(decision) || is_in_way(decision))
            .map(|decision| self.decide(decision.span, None))
            .collect()
    }

    fn accept_again(&self, case: &Case, edits: &mut Vec<Edit>) {
        let rejected = self.readings(case).filter(|reading| self.is_rejected(reading));
        edits.extend(rejected.map(|(span, annotator)| self.reject(span, annotator, None)));
    }

    fn is_rejected(&self, (span, annotator): &(Span, &Annotator)) -> bool {
        let rejection = |curated: &Layer| curated.rejection(*span, &annotator.0);
        self.curated.and_then(rejection).is_some()
    }

    fn readings<'c>(&'c self, case: &'c Case) -> impl Iterator<Item = (Span, &'a Annotator)> + 'c {
        let sides = case.readings.iter().zip(&self.layers);
        sides.filter_map(|(reading, (annotator, _))| Some((reading.as_ref()?.span, *annotator)))
    }

    fn decide(&self, span: Span, decision: Option<Arc<Decision>>) -> Edit {
        Edit::Decide {
            annotator: Annotator::from(CURATED),
            report: self.report.clone(),
            span,
            decision,
        }
    }

    fn reject(&self, span: Span, annotator: &Annotator, reason: Option<RejectReason>) -> Edit {
        Edit::Reject {
            annotator: Annotator::from(CURATED),
            report: self.report.clone(),
            span,
            agent: annotator.to_string(),
            reason,
        }
    }
}
