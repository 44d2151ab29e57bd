//! Curating: the layers of two or more annotators side by side, and the one layer that comes of them.
//!
//! May use model, edit and agreement. Pure: every change is an `Edit` of the layer [`crate::model::CURATED`].
//!
//! `difference` says on what readings of one number differ, `verdict` is what is chosen of them point by point,
//! `sides` turns verdicts into edits, `strategy` chooses where no person does.

mod difference;
mod sides;
mod strategy;
#[cfg(test)]
mod tests;
mod verdict;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::agreement::{Unit, align};
use crate::model::{Annotator, Decision, Layer, Span};

pub use difference::{Difference, Point};
pub use sides::Sides;
pub use strategy::Strategy;
pub use verdict::{Choice, Verdict};

use difference::merged;

/// One number as the annotators read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The words that any of the readings is about. Bytes.
    pub span: Span,
    /// What each annotator says, in the order of the layers; `None` where the words are open.
    pub readings: Vec<Option<Arc<Decision>>>,
    /// How far it is.
    pub state: State,
}

/// How far a case is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Everybody says this; notes and origins may differ.
    Agreed(Arc<Decision>),
    /// They differ, and nobody has settled it.
    Differs(Difference),
    /// The curated layer has a decision on words of every reading, or has turned the reading down.
    Settled,
}

impl Case {
    /// The readings that there are.
    pub fn given(&self) -> impl Iterator<Item = &Arc<Decision>> {
        self.readings.iter().flatten()
    }

    /// On what the readings differ, also where that is settled.
    pub fn difference(&self) -> Difference {
        Difference::among(&self.readings)
    }

    /// Whether a person has to look at it.
    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Differs(_))
    }

    fn new(unit: &Unit<'_>, annotators: &[&Annotator], curated: Option<&Layer>) -> Self {
        let readings: Vec<_> = unit.decisions.iter().map(|reading| reading.cloned()).collect();
        let span = unit.span();
        let is_answered =
            |(reading, annotator): (&Option<Arc<Decision>>, &&Annotator)| match (reading, curated) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(reading), Some(curated)) => {
                    curated.overlapping(reading.span).next().is_some()
                        || curated.rejection(reading.span, &annotator.0).is_some()
                }
            };
        let state = if readings.iter().zip(annotators).all(is_answered) {
            State::Settled
        } else {
            let difference = Difference::among(&readings);
            match merged(readings.iter().flatten()) {
                Some(decision) if difference.is_none() => State::Agreed(decision),
                _ => State::Differs(difference),
            }
        };
        Self {
            span,
            readings,
            state,
        }
    }
}

/// Puts the layers of one report side by side: one case a number, in the order of the text.
///
/// What is equal does not depend on the order of the layers.
pub fn compare(layers: &[(&Annotator, &Layer)], curated: Option<&Layer>) -> Vec<Case> {
    let annotators: Vec<&Annotator> = layers.iter().map(|(annotator, _)| *annotator).collect();
    let layers: Vec<Option<&Layer>> = layers.iter().map(|(_, layer)| Some(*layer)).collect();
    let units = align(&layers);
    units
        .iter()
        .map(|unit| Case::new(unit, &annotators, curated))
        .collect()
}

/// How many cases are how far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Everybody says the same, and it is not merged yet.
    pub agreed: usize,
    /// Two or more differ.
    pub differing: usize,
    /// Somebody decided and somebody did not; these are not among the differing.
    pub one_sided: usize,
    /// The curated layer has settled it.
    pub settled: usize,
    /// How many of the differing differ on this.
    pub points: BTreeMap<Point, usize>,
    /// How many of the differing are off by a magnitude.
    pub scale: usize,
}

impl Summary {
    /// What several come to together.
    pub fn sum<'a>(summaries: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut sum = Self::default();
        for part in summaries {
            sum.agreed += part.agreed;
            sum.differing += part.differing;
            sum.one_sided += part.one_sided;
            sum.settled += part.settled;
            sum.scale += part.scale;
            for (point, count) in &part.points {
                *sum.points.entry(*point).or_default() += count;
            }
        }
        sum
    }

    /// Counts cases; those of several reports may come one after another.
    pub fn of<'a>(cases: impl IntoIterator<Item = &'a Case>) -> Self {
        let mut summary = Self::default();
        for case in cases {
            match &case.state {
                State::Agreed(_) => summary.agreed += 1,
                State::Settled => summary.settled += 1,
                State::Differs(difference) if difference.one_sided => summary.one_sided += 1,
                State::Differs(difference) => {
                    summary.differing += 1;
                    summary.scale += usize::from(difference.scale.is_some());
                    for point in &difference.points {
                        *summary.points.entry(*point).or_default() += 1;
                    }
                }
            }
        }
        summary
    }
}
