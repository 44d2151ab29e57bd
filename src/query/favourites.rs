//! The favourite indicators that the digit keys stand for.

use std::collections::BTreeMap;

use crate::model::{IndicatorId, Project, Ruling};

/// As many as there are digit keys.
pub const MOST_FAVOURITES: usize = 9;

/// The pinned indicators in the catalogue's order, then the ones used most in `uses`, then the catalogue's first.
///
/// `uses` counts how often each was tagged; ties keep the catalogue's order, so that chips do not jump.
pub fn favourites(project: &Project, uses: &BTreeMap<IndicatorId, usize>) -> Vec<IndicatorId> {
    let count = |id: &IndicatorId| uses.get(id).copied().unwrap_or(0);
    let mut entries: Vec<_> = project.catalogue.indicators.iter().collect();
    entries.sort_by_key(|entry| (!entry.pinned, std::cmp::Reverse(if entry.pinned { 0 } else { count(&entry.id) })));
    entries.into_iter().take(MOST_FAVOURITES).map(|entry| entry.id.clone()).collect()
}

/// How often each indicator is tagged in the whole project.
pub fn uses(project: &Project) -> BTreeMap<IndicatorId, usize> {
    let layers = project.layers.values().flat_map(|reports| reports.values());
    let rulings = layers.flat_map(crate::model::Layer::iter).map(|decision| &decision.ruling);
    let mut uses = BTreeMap::new();
    for id in rulings.filter_map(Ruling::observation).filter_map(|observation| observation.indicator.as_ref()) {
        *uses.entry(id.clone()).or_default() += 1;
    }
    uses
}
