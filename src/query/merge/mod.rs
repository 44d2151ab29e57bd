//! Merging two copies of a project that have gone apart, by what both came from.
//!
//! May use model. Pure. No decision is ever lost: what was changed on one side only is taken, what was deleted on
//! one side and changed on the other stays, and where both changed the same words differently ours stands and
//! theirs is kept in the layer as contested.
//!
//! `layers` merges decisions, `lists` what the project shares, `pick` is the rule that all of them follow.

mod layers;
mod lists;
mod pick;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Annotator, Decision, IndicatorId, Layer, Project, ReportId, Span, Suggestion};

pub use layers::{MergedLayer, merge_layers};

use lists::{Lists, keyed, keys};
use pick::{Pick, pick, scalar};

/// A merged project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// The project.
    pub project: Project,
    /// How many decisions of each layer came from their side, or went as they had deleted them.
    pub taken: BTreeMap<(Annotator, ReportId), usize>,
    /// What both sides have changed differently.
    pub conflicts: Vec<Conflict>,
}

/// Something that both sides have changed differently; ours stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// Words of a layer: what they say is kept there as contested.
    Decision {
        /// Whose layer.
        annotator: Annotator,
        /// On which report.
        report: ReportId,
        /// The words, under which the layer has it. Bytes.
        span: Span,
    },
    /// Words of a layer with more unsettled decisions than it has place for; theirs stands here only.
    Unkept {
        /// Whose layer.
        annotator: Annotator,
        /// On which report.
        report: ReportId,
        /// What they say.
        theirs: Arc<Decision>,
    },
    /// The report's texts differ, so their decisions on it could not be laid beside ours; they are left out.
    Text {
        /// Which report.
        report: ReportId,
    },
    /// A report's metadata.
    Report {
        /// Which report.
        report: ReportId,
        /// The field's name in files.
        field: &'static str,
        /// What they say.
        theirs: String,
    },
    /// An entry of the catalogue.
    Indicator {
        /// Which one.
        id: IndicatorId,
        /// The field's name in files.
        field: &'static str,
        /// What they say.
        theirs: String,
    },
    /// A candidate rule with this name.
    Rule {
        /// Its name.
        name: String,
    },
    /// The guidelines: what they have added stands behind ours, under a heading of its own.
    Guidelines,
    /// The project's title.
    Title {
        /// What they say.
        theirs: String,
    },
    /// The program that proposes decisions.
    Extractor,
}

/// Merges two copies of a project; without what they came from, everything of both is kept.
pub fn merge(base: Option<&Project>, ours: &Project, theirs: &Project) -> Merged {
    let mut merged = Merged::default();
    let laid = on_our_texts(ours, theirs, &mut merged.conflicts);
    let theirs = laid.as_ref().unwrap_or(theirs);
    merge_all_layers(base, ours, theirs, &mut merged);
    let none = Project::default();
    let known = base.unwrap_or(&none);
    merged.project.suggestions = suggestions(known, ours, theirs);
    let lists = Lists { base, ours, theirs };
    merged.project.reports = lists.reports(&merged.project, &mut merged.conflicts).into();
    merged.project.catalogue = lists.catalogue(&merged.project, &mut merged.conflicts);
    merged.project.rules = lists.rules(&mut merged.conflicts);
    merged.project.guidelines = lists.guidelines(&mut merged.conflicts);
    merged.project.memories = lists.memories();
    merged.project.waivers = lists.waivers();
    let (title, is_contested) = scalar(base.map(|base| &base.title), &ours.title, &theirs.title);
    if is_contested {
        merged.conflicts.push(Conflict::Title {
            theirs: theirs.title.clone(),
        });
    }
    merged.project.title = title;
    let languages = (&ours.language, &theirs.language);
    merged.project.language = scalar(base.map(|base| &base.language), languages.0, languages.1).0;
    let programs = [&known.extractor, &ours.extractor, &theirs.extractor].map(Option::as_ref);
    let picked = pick(programs[0], programs[1], programs[2]);
    if picked == Pick::Contested {
        merged.conflicts.push(Conflict::Extractor);
    }
    merged.project.extractor = picked.of(programs[1], programs[2]).cloned();
    merged
}

fn merge_all_layers(base: Option<&Project>, ours: &Project, theirs: &Project, merged: &mut Merged) {
    let all = [ours, theirs].map(|project| &project.layers);
    let all: BTreeSet<(&Annotator, &ReportId)> = all
        .into_iter()
        .flatten()
        .flat_map(|(annotator, reports)| reports.keys().map(move |report| (annotator, report)))
        .collect();
    for (annotator, report) in all {
        let [mine, other] = [ours, theirs].map(|project| project.layer(annotator, report));
        let common = base.and_then(|base| base.layer(annotator, report));
        let blank = Layer::default();
        let found = merge_layers(common, mine.unwrap_or(&blank), other.unwrap_or(&blank));
        if found.taken > 0 {
            let key = (annotator.clone(), report.clone());
            merged.taken.insert(key, found.taken);
        }
        let contested = found.contested.into_iter().map(|span| Conflict::Decision {
            annotator: annotator.clone(),
            report: report.clone(),
            span,
        });
        merged.conflicts.extend(contested);
        let unkept = found.unkept.into_iter().map(|theirs| Conflict::Unkept {
            annotator: annotator.clone(),
            report: report.clone(),
            theirs,
        });
        merged.conflicts.extend(unkept);
        keep(merged, annotator, report, found.layer);
    }
}

fn keep(merged: &mut Merged, annotator: &Annotator, report: &ReportId, layer: Layer) {
    if !layer.is_blank() {
        let reports = merged.project.layers.entry(annotator.clone()).or_default();
        reports.insert(report.clone(), layer);
    }
}

/// Their copy with ours in place of what they say of reports that we have decided on in another text, since
/// their words cannot be laid beside ours; `None` where there are no such reports.
fn on_our_texts(ours: &Project, theirs: &Project, conflicts: &mut Vec<Conflict>) -> Option<Project> {
    let mut laid = None;
    for mine in &ours.reports {
        let id = &mine.id;
        let other = theirs
            .report(id)
            .filter(|other| other.fingerprint != mine.fingerprint);
        if other.is_none() || !ours.is_annotated(id) {
            continue;
        }
        if theirs.is_annotated(id) {
            conflicts.push(Conflict::Text { report: id.clone() });
        }
        let laid = laid.get_or_insert_with(|| theirs.clone());
        for layers in laid.layers.values_mut() {
            layers.remove(id);
        }
        for (annotator, layers) in &ours.layers {
            if let Some(layer) = layers.get(id) {
                let laid = laid.layers.entry(annotator.clone()).or_default();
                laid.insert(id.clone(), layer.clone());
            }
        }
        match ours.suggestions.get(id) {
            Some(mine) => laid.suggestions.insert(id.clone(), Arc::clone(mine)),
            None => laid.suggestions.remove(id),
        };
        if let Some(report) = laid.reports.find_mut(id) {
            report.original.clone_from(&mine.original);
            report.encoding.clone_from(&mine.encoding);
            report.fingerprint.clone_from(&mine.fingerprint);
        }
    }
    laid
}

/// Suggestions are made by programs and can be made anew: of two for the same words by one agent ours stands.
fn suggestions(base: &Project, ours: &Project, theirs: &Project) -> BTreeMap<ReportId, Arc<[Suggestion]>> {
    let mut merged = BTreeMap::new();
    let reports: BTreeSet<&ReportId> = ours.suggestions.keys().chain(theirs.suggestions.keys()).collect();
    for report in reports {
        let [known, mine, other] = [base, ours, theirs].map(|project| {
            keyed(project.suggested(report), |suggestion| {
                (suggestion.span, suggestion.agent.as_str())
            })
        });
        let picked = keys(&mine, &other).filter_map(|key| {
            let (mine, other) = (mine.get(&key).copied(), other.get(&key).copied());
            pick(known.get(&key).copied(), mine, other)
                .of(mine, other)
                .cloned()
        });
        let picked: Vec<Suggestion> = picked.collect();
        if !picked.is_empty() {
            merged.insert(report.clone(), picked.into());
        }
    }
    merged
}
