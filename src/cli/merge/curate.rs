//! Merging the layers of annotators into the curated one.

use std::path::Path;
use std::sync::Arc;

use super::{Failure, Outcome, lock, print, tell, words};
use crate::edit::{Edit, apply};
use crate::model::{Annotator, CURATED, Layer, Project, ReportId};
use crate::query::curate::{Sides, Strategy, Summary};
use crate::store::{Part, Store, StoreNotice};

/// Merges the layers of the project at `path`.
pub fn run(path: &Path, annotators: &[String], strategy: &str) -> Result<Outcome, Failure> {
    let (mut store, opened) = Store::open(path).map_err(|error| Failure::of(&error, error.advice()))?;
    for notice in &opened.notices {
        tell(&format!("{notice}\nhint: {}", notice.advice()));
    }
    if let Some(notice) = opened.notices.iter().find(|notice| is_in_the_way(notice)) {
        return Err(Failure(format!("nothing was merged: {notice}"), 2));
    }
    let _lock = lock(&store)?;
    let mut project = opened.project;
    let annotators = chosen(annotators, &project)?;
    let strategy = strategy_of(strategy, &annotators)?;
    let before = project.clone();
    let mut cases = Vec::new();
    let mut done = words::Done::default();
    for report in before.reports.iter().map(|report| &report.id) {
        let is_merged = opened.texts.contains_key(report)
            && merge_report(&mut project, report, &annotators, strategy, &mut done);
        let sides = Sides::of(&project, report, &annotators).filter(|_| is_merged);
        cases.extend(sides.iter().flat_map(Sides::cases));
    }
    let parts: Vec<Part> = project
        .layers
        .get(&Annotator::from(CURATED))
        .into_iter()
        .flatten()
        .filter(|(report, layer)| before.layer(&Annotator::from(CURATED), report) != Some(*layer))
        .filter_map(|(report, layer)| {
            Some(Part::Layer {
                annotator: Annotator::from(CURATED),
                report: report.clone(),
                layer: layer.clone(),
                text: Arc::clone(opened.texts.get(report)?),
            })
        })
        .collect();
    store
        .write(&parts)
        .map_err(|error| Failure::of(&error, "nothing is lost; try again"))?;
    let summary = Summary::of(&cases);
    print(&words::curated(&done, &summary));
    Ok(if summary.differing + summary.one_sided > 0 {
        Outcome::Unsettled
    } else {
        Outcome::Settled
    })
}

/// What would make the curated layer less than what it was, or be missed by it.
fn is_in_the_way(notice: &StoreNotice) -> bool {
    matches!(
        notice,
        StoreNotice::Broken(_) | StoreNotice::Unreadable { .. } | StoreNotice::NewerFormat { .. }
    )
}

fn chosen(named: &[String], project: &Project) -> Result<Vec<Annotator>, Failure> {
    let known: Vec<&Annotator> = project.layers.keys().filter(|name| &*name.0 != CURATED).collect();
    let listed: Vec<&str> = known.iter().map(|name| &*name.0).collect();
    let listed = listed.join(", ");
    let mut chosen: Vec<Annotator> = Vec::new();
    for name in named.iter().map(|name| Annotator::from(name.trim())) {
        if !known.contains(&&name) {
            let words = format!("`{name}` has no decisions in this project; they are by {listed}");
            return Err(Failure(words, 2));
        }
        if !chosen.contains(&name) {
            chosen.push(name);
        }
    }
    if named.is_empty() {
        chosen = known.into_iter().cloned().collect();
    }
    if chosen.len() < 2 {
        let words =
            format!("curating takes two annotators or more; decisions in this project are by {listed}");
        return Err(Failure(words, 2));
    }
    Ok(chosen)
}

/// A strategy, with the one who is preferred.
#[derive(Clone, Copy)]
enum Chosen<'a> {
    Unanimous,
    Majority,
    Prefer(&'a Annotator),
}

fn strategy_of<'a>(words: &str, annotators: &'a [Annotator]) -> Result<Chosen<'a>, Failure> {
    let preferred = words.strip_prefix("prefer:");
    let preferred = preferred.map(|name| annotators.iter().find(|annotator| &*annotator.0 == name.trim()));
    match (words, preferred) {
        ("unanimous", _) => Ok(Chosen::Unanimous),
        ("majority", _) => Ok(Chosen::Majority),
        (_, Some(Some(annotator))) => Ok(Chosen::Prefer(annotator)),
        (_, Some(None)) => Err(Failure(
            format!("`{words}` names nobody whose layer is merged"),
            2,
        )),
        _ => {
            let words = format!("no strategy `{words}`; expected unanimous, majority or prefer:A");
            Err(Failure(words, 2))
        }
    }
}

/// Merges one report; answers whether two or more have decided on it.
fn merge_report(
    project: &mut Project,
    report: &ReportId,
    annotators: &[Annotator],
    strategy: Chosen<'_>,
    done: &mut words::Done,
) -> bool {
    let Some(sides) = Sides::of(project, report, annotators) else {
        return false;
    };
    let by = match strategy {
        Chosen::Unanimous | Chosen::Majority => Annotator::from("majority"),
        Chosen::Prefer(annotator) => Annotator::from(format!("prefer:{annotator}").as_str()),
    };
    let strategy = match strategy {
        Chosen::Unanimous => Strategy::Unanimous,
        Chosen::Majority => Strategy::Majority,
        Chosen::Prefer(annotator) => {
            let side = sides.layers.iter().position(|(name, _)| *name == annotator);
            side.map_or(Strategy::Unanimous, Strategy::Prefer)
        }
    };
    done.reports += 1;
    let edits = sides.unanimous(&sides.cases());
    done.unanimous += carry_out(project, edits);
    let open = Sides::of(project, report, annotators).map(|sides| sides.cases());
    for case in open.into_iter().flatten() {
        let Some(verdict) = strategy.verdict(&case) else {
            continue;
        };
        let Some(sides) = Sides::of(project, report, annotators) else {
            continue;
        };
        // What was chosen for its neighbour may be in the way.
        let taken = |curated: &Layer| curated.overlapping(verdict.span()).next().is_some();
        if !sides.curated.is_some_and(taken) {
            let edits = sides.settle(&case, &verdict, &by);
            done.chosen += carry_out(project, edits);
        }
    }
    true
}

/// Applies edits and counts the decisions among them.
fn carry_out(project: &mut Project, edits: Vec<Edit>) -> usize {
    let mut decided = 0;
    for edit in edits {
        let is_decision = matches!(
            edit,
            Edit::Decide {
                decision: Some(_),
                ..
            }
        );
        decided += usize::from(apply(project, edit).is_ok() && is_decision);
    }
    decided
}
