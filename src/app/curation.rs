//! Curating: the annotators' layers side by side, and where the curator is.

use std::collections::BTreeMap;

use crate::model::{Annotator, CURATED, Project, ReportId, Span};
use crate::query::curate::{Case, Point, Sides, Verdict};

/// The layers that are compared, and the curator's place among the cases.
#[derive(Debug, Default)]
pub struct Curation {
    /// Whose layers; a case's readings are in this order.
    pub annotators: Vec<Annotator>,
    /// The cases of each report that at least two have decided on.
    pub cases: BTreeMap<ReportId, Vec<Case>>,
    /// What the curator makes of the current case, once something has been chosen.
    pub verdict: Option<Verdict>,
    /// The point that digits choose for; `None` for the case as a whole.
    pub point: Option<Point>,
    /// Whether settled and agreed cases are listed too.
    pub show_all: bool,
}

impl Curation {
    /// Compares all layers of a project but the curated one; `None` where there are fewer than two.
    pub fn of(project: &Project) -> Option<Self> {
        let others = project.layers.keys().filter(|annotator| &*annotator.0 != CURATED);
        let annotators: Vec<Annotator> = others.cloned().collect();
        (annotators.len() >= 2).then(|| {
            let mut curation = Self {
                annotators,
                ..Self::default()
            };
            for report in &project.reports {
                curation.renew(project, &report.id);
            }
            curation
        })
    }

    /// Compares the layers of one report again.
    pub fn renew(&mut self, project: &Project, report: &ReportId) {
        match Sides::of(project, report, &self.annotators) {
            Some(sides) => self.cases.insert(report.clone(), sides.cases()),
            None => self.cases.remove(report),
        };
    }

    /// The cases to go through, in the order of the reports and texts.
    pub fn listed<'a>(&'a self, project: &'a Project) -> impl Iterator<Item = (&'a ReportId, &'a Case)> {
        let reports = project.reports.iter().map(|report| &report.id);
        reports
            .filter_map(|id| Some((id, self.cases.get(id)?)))
            .flat_map(|(id, cases)| cases.iter().map(move |case| (id, case)))
            .filter(|(_, case)| self.show_all || case.is_open())
    }

    /// The case on these words of a report.
    pub fn case(&self, report: &ReportId, span: Span) -> Option<&Case> {
        let cases = self.cases.get(report)?;
        let exact = cases.iter().find(|case| case.span == span);
        exact.or_else(|| cases.iter().find(|case| case.span.overlaps(span)))
    }
}
