//! Curating: the annotators' layers side by side, and where the curator is.

use std::collections::BTreeMap;

use crate::model::{Annotator, CURATED, Project, ReportId, Span};
use crate::query::curate::{Case, Point, Sides, Summary, Verdict};

/// The layers that are compared, and the curator's place among the cases.
#[derive(Debug, Default)]
pub struct Curation {
    /// Whose layers are compared.
    pub annotators: Vec<Annotator>,
    /// The cases of each report that at least two have decided on.
    pub cases: BTreeMap<ReportId, Vec<Case>>,
    /// What the curator makes of the current case, once something has been chosen.
    pub verdict: Option<Verdict>,
    /// The point that digits choose for; `None` for the case as a whole.
    pub point: Option<Point>,
    /// Whether settled and agreed cases are listed too.
    pub show_all: bool,
    /// The cases to go through, in the order of the reports and texts.
    pub listed: Vec<(ReportId, Span)>,
    /// How many cases are how far.
    pub summary: Summary,
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
            curation.renew(project, project.reports.iter().map(|report| &report.id));
            curation
        })
    }

    /// Compares the layers of these reports again.
    pub fn renew<'a>(&mut self, project: &Project, reports: impl Iterator<Item = &'a ReportId>) {
        for report in reports {
            match Sides::of(project, report, &self.annotators) {
                Some(sides) => self.cases.insert(report.clone(), sides.cases()),
                None => self.cases.remove(report),
            };
        }
        self.summary = Summary::of(self.cases.values().flatten());
        self.list(project);
    }

    /// Lists the cases to go through: those that differ, or all.
    pub fn list(&mut self, project: &Project) {
        let reports = project.reports.iter().map(|report| &report.id);
        let cases = reports
            .filter_map(|id| Some((id, self.cases.get(id)?)))
            .flat_map(|(id, cases)| cases.iter().map(move |case| (id, case)));
        let listed = cases.filter(|(_, case)| self.show_all || case.is_open());
        self.listed = listed.map(|(id, case)| (id.clone(), case.span)).collect();
    }

    /// Who has read a report; its cases' readings are in this order.
    pub fn readers<'a>(&'a self, project: &'a Project, report: &'a ReportId) -> Vec<&'a Annotator> {
        let sides = Sides::of(project, report, &self.annotators);
        let layers = sides.map(|sides| sides.layers).unwrap_or_default();
        layers.into_iter().map(|(annotator, _)| annotator).collect()
    }

    /// The case on these words of a report.
    pub fn case(&self, report: &ReportId, span: Span) -> Option<&Case> {
        let cases = self.cases.get(report)?;
        let exact = cases.iter().find(|case| case.span == span);
        exact.or_else(|| cases.iter().find(|case| case.span.overlaps(span)))
    }
}
