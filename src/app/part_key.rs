//! Which files an edit changes, and what is to be written into them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::state::AppState;
use crate::edit::Edit;
use crate::model::{Annotator, Project, ReportId};
use crate::store::Part;

/// A file of the project that an edit changes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKey {
    /// `project.ron`
    Head,
    /// `catalogue.ron`
    Catalogue,
    /// `rules.ron`
    Rules,
    /// `guidelines.md`
    Guidelines,
    /// A report's text and original.
    Text(ReportId),
    /// One annotator's decisions on one report.
    Layer(Annotator, ReportId),
    /// What has happened to one layer.
    Timeline(Annotator, ReportId),
    /// What other programs propose for one report.
    Suggestions(ReportId),
    /// What one annotator's decisions have taught.
    Memory(Annotator),
    /// The findings that one annotator lets stand.
    Waivers(Annotator),
}

impl PartKey {
    /// The files that an edit changes.
    pub fn of(edit: &Edit) -> Vec<Self> {
        match edit {
            Edit::Decide {
                annotator, report, ..
            }
            | Edit::Reject {
                annotator, report, ..
            }
            | Edit::Contest {
                annotator, report, ..
            } => vec![Self::Layer(annotator.clone(), report.clone())],
            Edit::SetReport(report) | Edit::InsertReport { report, .. } => {
                vec![Self::Text(report.id.clone()), Self::Head]
            }
            Edit::RemoveReport(_) | Edit::SetTitle(_) | Edit::SetExtractor(_) => vec![Self::Head],
            Edit::SetSuggestions { report, .. } => vec![Self::Suggestions(report.clone())],
            Edit::SetLesson { annotator, .. } => vec![Self::Memory(annotator.clone())],
            Edit::SetWaiver { annotator, .. } => vec![Self::Waivers(annotator.clone())],
            Edit::SetCatalogue(_) => vec![Self::Catalogue],
            Edit::SetRules(_) => vec![Self::Rules],
            Edit::SetGuidelines(_) => vec![Self::Guidelines],
        }
    }

    /// Every file of a project.
    pub fn all(project: &Project) -> BTreeSet<Self> {
        let mut keys = BTreeSet::from([Self::Head, Self::Catalogue, Self::Rules, Self::Guidelines]);
        keys.extend(project.reports.iter().map(|report| Self::Text(report.id.clone())));
        keys.extend(project.suggestions.keys().cloned().map(Self::Suggestions));
        keys.extend(project.memories.keys().cloned().map(Self::Memory));
        keys.extend(project.waivers.keys().cloned().map(Self::Waivers));
        for (annotator, reports) in &project.layers {
            keys.extend(
                reports
                    .keys()
                    .map(|report| Self::Layer(annotator.clone(), report.clone())),
            );
        }
        keys
    }

    /// What is to be written into the file; nothing where the text is not at hand.
    pub fn parts(&self, app: &AppState) -> Vec<Part> {
        let project = &app.project;
        let text_of = |id: &ReportId| {
            let report = project.report(id)?;
            Some((report, app.texts.get(&report.fingerprint)?))
        };
        match self {
            Self::Head => vec![Part::Head {
                title: project.title.clone(),
                language: project.language,
                extractor: project.extractor.clone(),
                reports: project.reports.clone(),
            }],
            Self::Catalogue => vec![Part::Catalogue(project.catalogue.clone())],
            Self::Rules => vec![Part::Rules(project.rules.clone())],
            Self::Guidelines => vec![Part::Guidelines(project.guidelines.clone())],
            Self::Text(id) => {
                let Some((report, text)) = text_of(id) else {
                    return Vec::new();
                };
                let mut parts = vec![Part::Text {
                    report: id.clone(),
                    text: Arc::clone(text),
                }];
                if let Some(original) = app.readings.get(&report.fingerprint) {
                    let bytes = Arc::clone(&original.bytes);
                    parts.push(Part::Original {
                        report: id.clone(),
                        name: report.original.clone(),
                        bytes,
                    });
                }
                parts
            }
            Self::Suggestions(id) => {
                let Some((_, text)) = text_of(id) else {
                    return Vec::new();
                };
                vec![Part::Suggestions {
                    report: id.clone(),
                    suggestions: project.suggestions.get(id).cloned().unwrap_or_default(),
                    text: Arc::clone(text),
                }]
            }
            Self::Memory(annotator) => vec![Part::Memory {
                annotator: annotator.clone(),
                memory: project.memories.get(annotator).cloned().unwrap_or_default(),
            }],
            Self::Waivers(annotator) => vec![Part::Waivers {
                annotator: annotator.clone(),
                waivers: project.waivers.get(annotator).cloned().unwrap_or_default(),
            }],
            Self::Timeline(annotator, id) => {
                let changes = app.timelines.unwritten(&(annotator.clone(), id.clone()));
                let Some((_, text)) = text_of(id).filter(|_| !changes.is_empty()) else {
                    return Vec::new();
                };
                vec![Part::Timeline {
                    annotator: annotator.clone(),
                    report: id.clone(),
                    changes: changes.to_vec(),
                    text: Arc::clone(text),
                }]
            }
            Self::Layer(annotator, id) => {
                let Some((_, text)) = text_of(id) else {
                    return Vec::new();
                };
                let layer = project.layer(annotator, id).cloned().unwrap_or_default();
                vec![Part::Layer {
                    annotator: annotator.clone(),
                    report: id.clone(),
                    layer,
                    text: Arc::clone(text),
                }]
            }
        }
    }
}
