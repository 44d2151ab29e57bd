//! Merging one layer of one report.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::pick::{Pick, pick};
use crate::model::{Decision, Layer, Span};

/// A merged layer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MergedLayer {
    /// The layer.
    pub layer: Layer,
    /// How many decisions came from their side, or went as they had deleted them.
    pub taken: usize,
    /// The words of which theirs is newly kept as contested.
    pub contested: Vec<Span>,
    /// What of theirs found no place even there, as the layer has too much unsettled already.
    pub unkept: Vec<Arc<Decision>>,
}

/// Merges two copies of a layer by what both came from. Offsets may be of any kind, the same in all three.
pub fn merge_layers(base: Option<&Layer>, ours: &Layer, theirs: &Layer) -> MergedLayer {
    let blank = Layer::default();
    let base = base.unwrap_or(&blank);
    let mut merged = MergedLayer::default();
    merge_rejections(base, ours, theirs, &mut merged.layer);
    let spans = |layer: &Layer| layer.iter().map(|decision| decision.span).collect::<Vec<_>>();
    let all: BTreeSet<Span> = [spans(ours), spans(theirs), spans(base)]
        .concat()
        .into_iter()
        .collect();
    let mut from_them = Vec::new();
    let mut contested = Vec::new();
    for span in all {
        let (mine, other) = (ours.get(span), theirs.get(span));
        match pick_decision(base.get(span), mine, other) {
            Pick::Theirs => {
                merged.taken += 1;
                from_them.extend(other);
            }
            picked => {
                if let Some(mine) = mine {
                    merged.layer.insert(Arc::clone(mine));
                }
                contested.extend(other.filter(|_| picked == Pick::Contested));
            }
        }
    }
    for decision in from_them {
        // Whatever is in its way is ours, for their own decisions do not overlap.
        if merged.layer.overlapping(decision.span).next().is_some() {
            merged.taken -= 1;
            contested.push(decision);
        } else {
            merged.layer.insert(Arc::clone(decision));
        }
    }
    let mut homeless = merge_conflicts(base, ours, theirs, &mut merged.layer);
    homeless.extend(contested.into_iter().map(|theirs| {
        let over = merged.layer.overlapping(theirs.span).next();
        (over.map_or(theirs.span, |decision| decision.span), theirs)
    }));
    merged.contest(homeless);
    merged
}

/// The same ruling is no conflict, wherever it came from.
fn pick_decision(
    base: Option<&Arc<Decision>>,
    ours: Option<&Arc<Decision>>,
    theirs: Option<&Arc<Decision>>,
) -> Pick {
    match (pick(base, ours, theirs), ours, theirs) {
        (Pick::Contested, Some(ours), Some(theirs)) if ours.ruling == theirs.ruling => Pick::Ours,
        (picked, _, _) => picked,
    }
}

/// Of two reasons for one rejection ours stands.
fn merge_rejections(base: &Layer, ours: &Layer, theirs: &Layer, merged: &mut Layer) {
    for rejection in ours.rejections().chain(theirs.rejections()) {
        let (span, agent) = (rejection.span, rejection.agent.as_str());
        let reasons = [base, ours, theirs].map(|layer| layer.rejection(span, agent));
        let picked = pick(reasons[0].as_ref(), reasons[1].as_ref(), reasons[2].as_ref());
        merged.reject(span, agent, picked.of(reasons[1], reasons[2]));
    }
}

/// What earlier merges could not settle: settled on one side, it is settled. Answers what of theirs has no place
/// yet, with the words that it was kept under.
fn merge_conflicts<'a>(
    base: &Layer,
    ours: &Layer,
    theirs: &'a Layer,
    merged: &mut Layer,
) -> Vec<(Span, &'a Arc<Decision>)> {
    let spans = |layer: &Layer| layer.conflicts().map(|(span, _)| span).collect::<Vec<_>>();
    let all: BTreeSet<Span> = [spans(ours), spans(theirs)].concat().into_iter().collect();
    let mut homeless = Vec::new();
    for span in all {
        let (mine, other) = (ours.contested(span), theirs.contested(span));
        let picked = pick(base.contested(span), mine, other);
        merged.contest(span, picked.of(mine, other).cloned());
        homeless.extend(
            other
                .filter(|_| picked == Pick::Contested)
                .map(|other| (span, other)),
        );
    }
    homeless
}

impl MergedLayer {
    /// Keeps each of theirs as contested under the words it is about, or under the nearest others where those are
    /// taken, unless the layer has it already.
    fn contest(&mut self, homeless: Vec<(Span, &Arc<Decision>)>) {
        let mut known: BTreeMap<Span, Vec<Arc<Decision>>> = BTreeMap::new();
        for (_, other) in self.layer.conflicts() {
            known.entry(other.span).or_default().push(Arc::clone(other));
        }
        for (over, theirs) in homeless {
            let same_words = known.entry(theirs.span).or_default();
            if same_words.iter().any(|other| other.ruling == theirs.ruling) {
                continue;
            }
            match self.place_for(over, theirs.span) {
                Some(place) => {
                    self.layer.contest(place, Some(Arc::clone(theirs)));
                    self.contested.push(place);
                    same_words.push(Arc::clone(theirs));
                }
                None => self.unkept.push(Arc::clone(theirs)),
            }
        }
    }

    /// Words that nothing is contested under: ours, theirs, or the nearest to ours that are decided on.
    fn place_for(&self, over: Span, theirs: Span) -> Option<Span> {
        let is_free = |span: &Span| self.layer.contested(*span).is_none();
        let nearest = || {
            let others = self.layer.iter().map(|decision| decision.span);
            others
                .filter(is_free)
                .min_by_key(|other| other.start.abs_diff(over.start))
        };
        [over, theirs].into_iter().find(is_free).or_else(nearest)
    }
}
