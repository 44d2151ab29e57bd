//! A project: reports, catalogue, candidate rules and every annotator's layers.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{CandidateRule, Catalogue, Language, Layer, Report, ReportId};

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
    pub reports: Vec<Report>,
    /// The typed indicators.
    pub catalogue: Catalogue,
    /// The project's own candidate rules, in the order in which they apply.
    pub rules: Vec<CandidateRule>,
    /// Each annotator's decisions, by report.
    pub layers: BTreeMap<Annotator, BTreeMap<ReportId, Layer>>,
}

impl Project {
    /// The report with this key.
    pub fn report(&self, id: &ReportId) -> Option<&Report> {
        self.reports.iter().find(|report| &report.id == id)
    }

    /// One annotator's decisions on one report; `None` while there are none.
    pub fn layer(&self, annotator: &Annotator, report: &ReportId) -> Option<&Layer> {
        self.layers.get(annotator)?.get(report)
    }
}
