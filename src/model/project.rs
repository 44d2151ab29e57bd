//! A project: reports, catalogue, candidate rules and every annotator's layers.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    CandidateRule, Catalogue, IndicatorId, Language, Layer, Memory, Report, ReportId, Reports, Ruling,
    Suggestion,
};

/// The name of an annotator, which is the name of the folder of their layers.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Annotator(pub Arc<str>);

impl From<&str> for Annotator {
    fn from(name: &str) -> Self {
        Self(Arc::from(name))
    }
}

impl fmt::Display for Annotator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of the layer that adjudication writes.
pub const CURATED: &str = "curated";

/// Another program that proposes decisions. It runs only when a person starts it, and without a shell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extractor {
    /// The agent that its suggestions name.
    pub name: String,
    /// The program and its arguments.
    pub command: Vec<String>,
    /// How long it may take for the whole project, in seconds.
    pub seconds: u32,
}

/// Everything that is saved. Plain data in a fixed order; changed only through `edit::Edit`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    /// What the window's title shows.
    pub title: String,
    /// The language of its texts.
    pub language: Language,
    /// What annotators have agreed on, as Markdown.
    pub guidelines: String,
    /// The reports, in the order of the list.
    pub reports: Reports,
    /// The typed indicators.
    pub catalogue: Catalogue,
    /// The project's own candidate rules, in the order in which they apply.
    pub rules: Vec<CandidateRule>,
    /// Each annotator's decisions, by report.
    pub layers: BTreeMap<Annotator, BTreeMap<ReportId, Layer>>,
    /// What other programs propose, by report, sorted by span and agent; several may be for one span.
    pub suggestions: BTreeMap<ReportId, Arc<[Suggestion]>>,
    /// What each annotator's decisions have taught.
    pub memories: BTreeMap<Annotator, Memory>,
    /// The findings of checks that an annotator lets stand, by the finding's key, with the reason.
    pub waivers: BTreeMap<Annotator, BTreeMap<String, String>>,
    /// The program that proposes decisions, if the project names one.
    pub extractor: Option<Extractor>,
}

impl Project {
    /// The report with this key.
    pub fn report(&self, id: &ReportId) -> Option<&Report> {
        self.reports.find(id)
    }

    /// One annotator's decisions on one report; `None` while there are none.
    pub fn layer(&self, annotator: &Annotator, report: &ReportId) -> Option<&Layer> {
        self.layers.get(annotator)?.get(report)
    }

    /// What other programs propose for a report.
    pub fn suggested(&self, report: &ReportId) -> &[Suggestion] {
        self.suggestions.get(report).map_or(&[], |all| all)
    }

    /// Whether anything is said of a report's words: by anybody's layer, or by suggestions of other programs.
    pub fn is_annotated(&self, report: &ReportId) -> bool {
        self.layers.values().any(|layers| layers.contains_key(report))
            || self.suggestions.contains_key(report)
    }

    /// The indicators that values are tagged with, also in what a merge could not settle; one may come often.
    pub fn used_indicators(&self) -> impl Iterator<Item = &IndicatorId> {
        let layers = self.layers.values().flat_map(BTreeMap::values);
        let contested = |layer| Layer::conflicts(layer).map(|(_, theirs)| theirs);
        let decisions = layers.flat_map(move |layer| layer.iter().chain(contested(layer)));
        let rulings = decisions.map(|decision| &decision.ruling);
        let observations = rulings.filter_map(Ruling::observation);
        observations.filter_map(|observation| observation.indicator.as_ref())
    }
}
