//! Curating: the annotators' layers side by side, and where the curator is.

use std::collections::BTreeMap;

use crate::edit::Edit;
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
    /// The same for each report.
    summaries: BTreeMap<ReportId, Summary>,
}

/// Layers that were laid side by side in a job.
pub struct Compared {
    /// After which step of the project.
    pub step: u64,
    /// Their cases.
    pub curation: Curation,
    /// What all say the same, as edits of the curated layer.
    pub unanimous: Vec<Edit>,
}

impl Compared {
    /// Compares all layers of a project but the curated one; `None` where there are fewer than two.
    pub fn of(project: &Project, step: u64) -> Option<Self> {
        let curation = Curation::of(project)?;
        let unanimous = curation.cases.iter().filter_map(|(report, cases)| {
            let sides = Sides::of(project, report, &curation.annotators)?;
            Some(sides.unanimous(cases))
        });
        Some(Self {
            unanimous: unanimous.flatten().collect(),
            step,
            curation,
        })
    }
}

impl Curation {
    fn of(project: &Project) -> Option<Self> {
        let others = project.layers.keys().filter(|annotator| &*annotator.0 != CURATED);
        let annotators: Vec<Annotator> = others.cloned().collect();
        (annotators.len() >= 2).then(|| {
            let mut curation = Self {
                annotators,
                ..Self::default()
            };
            for report in &project.reports {
                curation.compare(project, &report.id);
            }
            curation.list(project);
            curation.summary = Summary::sum(curation.summaries.values());
            curation
        })
    }

    /// Compares the layers of these reports again.
    pub fn renew<'a>(&mut self, project: &Project, reports: impl Iterator<Item = &'a ReportId>) {
        for report in reports {
            self.compare(project, report);
            let place = |id: &ReportId| project.reports.place(id);
            let at = place(report);
            let from = self.listed.partition_point(|(id, _)| place(id) < at);
            let to = self.listed.partition_point(|(id, _)| place(id) <= at);
            let fresh: Vec<_> = self.listed_of(report).collect();
            self.listed.splice(from..to, fresh);
        }
        self.summary = Summary::sum(self.summaries.values());
    }

    fn compare(&mut self, project: &Project, report: &ReportId) {
        if let Some(sides) = Sides::of(project, report, &self.annotators) {
            let cases = sides.cases();
            self.summaries.insert(report.clone(), Summary::of(&cases));
            self.cases.insert(report.clone(), cases);
        } else {
            self.summaries.remove(report);
            self.cases.remove(report);
        }
    }

    /// Lists the cases to go through: those that differ, or all.
    pub fn list(&mut self, project: &Project) {
        let reports = project.reports.iter();
        self.listed = reports.flat_map(|report| self.listed_of(&report.id)).collect();
    }

    /// The cases of a report that are to be gone through.
    fn listed_of(&self, report: &ReportId) -> impl Iterator<Item = (ReportId, Span)> {
        let cases = self.cases.get(report).into_iter().flatten();
        let listed = cases.filter(|case| self.show_all || case.is_open());
        listed.map(move |case| (report.clone(), case.span))
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
