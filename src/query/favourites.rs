//! The favourite indicators that the digit keys stand for.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::{Catalogue, IndicatorId, Layer, Project, Ruling, Suggestion};

/// As many as there are digit keys.
pub const MOST_FAVOURITES: usize = 9;

/// The pinned indicators in the catalogue's order, then the ones used most in `uses`, then those that
/// `suggested` has most often, then the catalogue's first.
///
/// Ties keep the catalogue's order, so that chips do not jump.
pub fn favourites(
    catalogue: &Catalogue,
    uses: &BTreeMap<IndicatorId, usize>,
    suggested: &[Suggestion],
) -> Vec<IndicatorId> {
    let proposed = count(suggested.iter().map(|suggestion| &suggestion.ruling));
    let of = |counts: &BTreeMap<IndicatorId, usize>, id: &IndicatorId| {
        Reverse(counts.get(id).copied().unwrap_or(0))
    };
    let mut entries: Vec<_> = catalogue.indicators.iter().collect();
    entries.sort_by_cached_key(|entry| {
        if entry.pinned {
            (false, Reverse(0), Reverse(0))
        } else {
            (true, of(uses, &entry.id), of(&proposed, &entry.id))
        }
    });
    entries
        .into_iter()
        .take(MOST_FAVOURITES)
        .map(|entry| entry.id.clone())
        .collect()
}

/// How often each indicator is tagged in the whole project.
pub fn uses(project: &Project) -> BTreeMap<IndicatorId, usize> {
    let mut uses = BTreeMap::new();
    for layer in project.layers.values().flat_map(|reports| reports.values()) {
        count_uses(&mut uses, layer);
    }
    uses
}

/// Adds what is tagged in a layer.
pub fn count_uses(uses: &mut BTreeMap<IndicatorId, usize>, layer: &Layer) {
    let observations = layer.iter().filter_map(|decision| decision.ruling.observation());
    for id in observations.filter_map(|observation| observation.indicator.as_ref()) {
        match uses.get_mut(id) {
            Some(count) => *count += 1,
            None => *uses.entry(id.clone()).or_default() += 1,
        }
    }
}

fn count<'a>(rulings: impl Iterator<Item = &'a Ruling>) -> BTreeMap<IndicatorId, usize> {
    let mut counts = BTreeMap::new();
    for id in rulings
        .filter_map(Ruling::observation)
        .filter_map(|observation| observation.indicator.as_ref())
    {
        *counts.entry(id.clone()).or_default() += 1;
    }
    counts
}
