//! Which decisions of several annotators are about one number.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::model::{Decision, Layer, Span};

/// One number as the annotators saw it; for each of them its decision, `None` for none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit<'a> {
    /// In the order of the layers that were aligned; at least one is there.
    pub decisions: Vec<Option<&'a Arc<Decision>>>,
}

impl<'a> Unit<'a> {
    /// The decisions that there are.
    pub fn given(&self) -> impl Iterator<Item = &'a Arc<Decision>> {
        self.decisions.iter().copied().flatten()
    }

    /// The words that any of the decisions is about. Bytes.
    pub fn span(&self) -> Span {
        let start = self.given().map(|decision| decision.span.start).min();
        let end = self.given().map(|decision| decision.span.end).max();
        Span::new(start.unwrap_or_default(), end.unwrap_or_default())
    }
}

struct Node<'a> {
    annotator: usize,
    decision: &'a Arc<Decision>,
}

/// Puts together the decisions of several layers of one report that are about one number.
///
/// Each unit has at most one decision of each layer. Decisions that share the most bytes are put together
/// first, then those that have the fewest bytes alone, then in the order of the text. What overlaps with
/// nothing, or only with what is taken, is a unit of its own. Sorted by the units' first decisions.
pub fn align<'a>(layers: &[Option<&'a Layer>]) -> Vec<Unit<'a>> {
    let nodes = nodes(layers);
    let mut units: Vec<Vec<usize>> = (0..nodes.len()).map(|node| vec![node]).collect();
    let mut unit_of: Vec<usize> = (0..nodes.len()).collect();
    for (one, other) in overlaps(&nodes) {
        let (kept, gone) = (unit_of[one], unit_of[other]);
        let annotator_is_in = |unit: usize, node: &usize| {
            let annotator = nodes[*node].annotator;
            units[unit]
                .iter()
                .any(|&member| nodes[member].annotator == annotator)
        };
        if units[gone].iter().any(|node| annotator_is_in(kept, node)) {
            continue;
        }
        for node in std::mem::take(&mut units[gone]) {
            unit_of[node] = kept;
            units[kept].push(node);
        }
    }
    units.retain(|unit| !unit.is_empty());
    units.sort_by_key(|unit| unit.iter().min().copied());
    units
        .into_iter()
        .map(|unit| {
            let mut decisions = vec![None; layers.len()];
            for node in unit {
                decisions[nodes[node].annotator] = Some(nodes[node].decision);
            }
            Unit { decisions }
        })
        .collect()
}

/// All decisions in the order of the text.
fn nodes<'a>(layers: &[Option<&'a Layer>]) -> Vec<Node<'a>> {
    let mut nodes: Vec<Node<'a>> = layers
        .iter()
        .enumerate()
        .flat_map(|(annotator, layer)| {
            let decisions = layer.iter().flat_map(|layer| layer.iter());
            decisions.map(move |decision| Node { annotator, decision })
        })
        .collect();
    nodes.sort_by_key(|node| (node.decision.span, node.annotator));
    nodes
}

/// Every two decisions of different layers that overlap, the closest first.
fn overlaps(nodes: &[Node<'_>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (place, one) in nodes.iter().enumerate() {
        let span = one.decision.span;
        let behind = nodes.iter().enumerate().skip(place + 1);
        for (next, other) in behind.take_while(|(_, other)| other.decision.span.start < span.end) {
            let shared = span.end.min(other.decision.span.end) - other.decision.span.start;
            if one.annotator != other.annotator && shared > 0 {
                let alone = span.len() + other.decision.span.len() - 2 * shared;
                pairs.push((Reverse(shared), alone, place, next));
            }
        }
    }
    pairs.sort_unstable();
    pairs.into_iter().map(|(_, _, one, other)| (one, other)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DismissReason, Ruling};

    fn layer(spans: &[(usize, usize)]) -> Layer {
        let mut layer = Layer::default();
        for &(start, end) in spans {
            layer.insert(Arc::new(Decision::manual(
                Span::new(start, end),
                Ruling::Dismissed(DismissReason::Name),
            )));
        }
        layer
    }

    #[test]
    fn overlapping_decisions_are_put_together_the_closest_first() {
        type Spans<'a> = &'a [(usize, usize)];
        let cases: &[(&[Spans<'_>], &[&str])] = &[
            (&[&[(0, 3)], &[(0, 3)]], &["0-3 0-3"]),
            (&[&[(0, 3)], &[(3, 5)]], &["0-3 .", ". 3-5"]),
            (&[&[(0, 9)], &[(0, 3), (4, 9)]], &[". 0-3", "0-9 4-9"]),
            // The same overlap: the one with fewer bytes alone.
            (&[&[(0, 8)], &[(0, 4), (4, 10)]], &["0-8 0-4", ". 4-10"]),
            (&[&[(0, 4), (5, 9)], &[(3, 6), (7, 9)]], &["0-4 3-6", "5-9 7-9"]),
            (&[&[(0, 3)], &[], &[(2, 5)]], &["0-3 . 2-5"]),
            (&[&[(0, 3)], &[(2, 5)], &[(4, 8)]], &["0-3 2-5 4-8"]),
            (&[&[(0, 3), (6, 9)], &[(2, 7)]], &["0-3 2-7", "6-9 ."]),
        ];
        for (sides, expected) in cases {
            let layers: Vec<Layer> = sides.iter().map(|spans| layer(spans)).collect();
            let units = align(&layers.iter().map(Some).collect::<Vec<_>>());
            let word = |decision: Option<&Arc<Decision>>| match decision {
                Some(decision) => format!("{}-{}", decision.span.start, decision.span.end),
                None => ".".to_owned(),
            };
            let found: Vec<String> = units
                .iter()
                .map(|unit| {
                    unit.decisions
                        .iter()
                        .map(|decision| word(*decision))
                        .collect::<Vec<_>>()
                        .join(" ")
                })
                .collect();
            assert_eq!(found, *expected, "{sides:?}");
        }
    }
}
