//! Decisions, and the layer of decisions that one annotator makes on one report.

use std::sync::Arc;

use super::{DismissReason, Observation, Origin, Score, Span};

/// What an annotator says of a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// It is an indicator's value.
    Tagged(Box<Observation>),
    /// It is not, for this reason.
    Dismissed(DismissReason),
}

impl Ruling {
    /// The observation, if the mention was tagged.
    pub fn observation(&self) -> Option<&Observation> {
        match self {
            Self::Tagged(observation) => Some(observation),
            Self::Dismissed(_) => None,
        }
    }
}

/// An annotator's ruling on the mention at `span`. A mention without one is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The words ruled on. Bytes.
    pub span: Span,
    /// What was ruled.
    pub ruling: Ruling,
    /// Where the ruling came from.
    pub origin: Origin,
    /// Who proposed it; empty for a manual decision.
    pub agent: String,
    /// The proposal's score, if it had one.
    pub score: Option<Score>,
}

/// One annotator's decisions on one report, sorted by span; no two overlap.
///
/// A clone is cheap (the tree is shared), so a job can save one while the window goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    decisions: imbl::OrdMap<Span, Arc<Decision>>,
}

impl Layer {
    /// The decision on exactly this span.
    pub fn get(&self, span: Span) -> Option<&Arc<Decision>> {
        self.decisions.get(&span)
    }

    /// Puts a decision at its span and returns the one that stood there.
    pub fn insert(&mut self, decision: Arc<Decision>) -> Option<Arc<Decision>> {
        self.decisions.insert(decision.span, decision)
    }

    /// Takes away the decision on exactly this span.
    pub fn remove(&mut self, span: Span) -> Option<Arc<Decision>> {
        self.decisions.remove(&span)
    }

    /// All decisions in the order of the text.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<Decision>> {
        self.decisions.values()
    }

    /// The decisions that share at least one byte with `span`, in the order of the text.
    pub fn overlapping(&self, span: Span) -> impl Iterator<Item = &Arc<Decision>> {
        // Decisions do not overlap each other, so only the last one before `span` can reach into it.
        let before = self
            .decisions
            .range(
                ..Span {
                    start: span.start,
                    end: 0,
                },
            )
            .next_back();
        let from = Span {
            start: span.start,
            end: 0,
        };
        let to = Span {
            start: span.end,
            end: 0,
        };
        before
            .into_iter()
            .chain(self.decisions.range(from..to))
            .map(|(_, decision)| decision)
            .filter(move |decision| decision.span.overlaps(span))
    }

    /// How many decisions there are.
    pub fn len(&self) -> usize {
        self.decisions.len()
    }

    /// Whether nothing has been decided yet.
    pub fn is_empty(&self) -> bool {
        self.decisions.is_empty()
    }
}
