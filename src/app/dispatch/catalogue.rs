//! Indicators: made on the fly, merged, pinned, taken in and given out.

use std::path::Path;
use std::sync::Arc;

use super::{commit, decide, lessons};
use crate::app::builtin;
use crate::app::jobs::Lane;
use crate::app::notice::Message;
use crate::app::outcome::Outcome;
use crate::app::ports::Ports;
use crate::app::state::AppState;
use crate::edit::Edit;
use crate::model::{Catalogue, Decision, Indicator, IndicatorId, Layer, Ruling, Tint, ValueType};
use crate::store::catalogues;

/// Makes a catalogue entry of words and tags the target with it.
pub(super) fn tag_as_new(app: &mut AppState, ports: &mut Ports, name: &str) {
    let name = name.trim();
    if name.is_empty() || app.target().is_none() {
        return;
    }
    if let Some(entry) = app.project.catalogue.named(name) {
        let id = entry.id.clone();
        decide::tag_as(app, ports, &id);
        return;
    }
    let (value_type, unit) = app
        .current_observation()
        .map_or((ValueType::Count, String::new()), |observation| {
            (observation.value_type, observation.unit.clone())
        });
    let mut catalogue = app.project.catalogue.clone();
    let id = free_id(&catalogue, name);
    let tint = Tint((catalogue.indicators.len() % usize::from(Tint::COUNT)) as u8);
    catalogue.indicators.push(Indicator {
        id: id.clone(),
        name: name.to_owned(),
        name_en: String::new(),
        aliases: Vec::new(),
        value_type,
        unit,
        min: None,
        max: None,
        tint,
        pinned: false,
        note: String::new(),
    });
    commit::commit(app, ports, "catalogue", vec![Edit::SetCatalogue(catalogue)]);
    decide::tag_as(app, ports, &id);
}

/// An id that the catalogue does not have: the name itself, numbered if need be.
pub fn free_id(catalogue: &Catalogue, name: &str) -> IndicatorId {
    let stem: String = name.split_whitespace().collect::<Vec<_>>().join("_");
    let first = IndicatorId::from(stem.as_str());
    let numbered = (2..).map(|number| IndicatorId::from(format!("{stem}-{number}").as_str()));
    std::iter::once(first.clone())
        .chain(numbered)
        .find(|id| catalogue.get(id).is_none())
        .unwrap_or(first)
}

/// Pins or unpins a favourite.
pub(super) fn pin(app: &mut AppState, ports: &mut Ports, id: &IndicatorId) {
    let mut catalogue = app.project.catalogue.clone();
    if let Some(entry) = catalogue.indicators.iter_mut().find(|entry| &entry.id == id) {
        entry.pinned ^= true;
        commit::commit(app, ports, "pin", vec![Edit::SetCatalogue(catalogue)]);
    }
}

/// Tags all values of one indicator as another, and drops the first, in one step.
pub(super) fn merge(app: &mut AppState, ports: &mut Ports, from: &IndicatorId, into: &IndicatorId) {
    if from == into || app.project.catalogue.get(into).is_none() {
        return;
    }
    let mut edits = Vec::new();
    for (annotator, reports) in &app.project.layers {
        for (report, layer) in reports {
            edits.extend(retagged(layer, from, into).map(|decision| Edit::Decide {
                annotator: annotator.clone(),
                report: report.clone(),
                span: decision.span,
                decision: Some(Arc::new(decision)),
            }));
        }
    }
    let mut catalogue = app.project.catalogue.clone();
    let Some(place) = catalogue.position(from) else {
        return;
    };
    let dropped = catalogue.indicators.remove(place);
    if let Some(kept) = catalogue.indicators.iter_mut().find(|entry| &entry.id == into) {
        for name in dropped.names() {
            if !kept.names().any(|known| known == name) {
                kept.aliases.push(name.to_owned());
            }
        }
    }
    edits.push(Edit::SetCatalogue(catalogue));
    edits.extend(lessons::merged(app, from, into));
    commit::commit(app, ports, "merge-indicators", edits);
}

fn retagged<'a>(
    layer: &'a Layer,
    from: &'a IndicatorId,
    into: &'a IndicatorId,
) -> impl Iterator<Item = Decision> + 'a {
    layer.iter().filter_map(move |decision| {
        let observation = decision.ruling.observation()?;
        if observation.indicator.as_ref() != Some(from) {
            return None;
        }
        let mut observation = observation.clone();
        observation.indicator = Some(into.clone());
        Some(Decision {
            ruling: Ruling::Tagged(Box::new(observation)),
            ..Decision::clone(decision)
        })
    })
}

/// Reads a catalogue file in a job.
pub(super) fn import(ports: &mut Ports, path: &Path) {
    let path = path.to_path_buf();
    ports.executor.submit(
        Lane::Front,
        Box::new(move || {
            let read = catalogues::load(&path);
            Outcome::CatalogueRead(path, read.map_err(|error| error.to_string()))
        }),
    );
}

/// Takes in the indicators whose ids the project does not have.
pub(super) fn take_in(app: &mut AppState, ports: &mut Ports, other: Catalogue) {
    let mut catalogue = app.project.catalogue.clone();
    let fresh: Vec<Indicator> = other
        .indicators
        .into_iter()
        .filter(|entry| catalogue.get(&entry.id).is_none())
        .collect();
    let count = fresh.len();
    catalogue.indicators.extend(fresh);
    commit::commit(app, ports, "catalogue", vec![Edit::SetCatalogue(catalogue)]);
    app.notify(Message::CatalogueTaken(count));
}

/// Takes in a catalogue that comes with the program.
pub(super) fn take_built_in(app: &mut AppState, ports: &mut Ports, place: usize) {
    if let Some(catalogue) = builtin::catalogue(place) {
        take_in(app, ports, catalogue);
    }
}

/// Writes the catalogue to a file in a job.
pub(super) fn export(app: &AppState, ports: &mut Ports, path: &Path) {
    let (catalogue, path) = (app.project.catalogue.clone(), path.to_path_buf());
    ports.executor.submit(
        Lane::Keep,
        Box::new(move || {
            let written = catalogues::save(&path, &catalogue);
            Outcome::CatalogueWritten(path, written.map_err(|error| error.to_string()))
        }),
    );
}
