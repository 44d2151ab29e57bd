//! Decisions, and the layer of decisions that one annotator makes on one report.

use std::sync::Arc;

use super::{Annotator, DismissReason, Observation, Origin, RejectReason, Score, Span, Suggestion};

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
    /// What had been proposed, where it was accepted after a change.
    pub proposed: Option<Arc<Ruling>>,
    /// How it came about, in the layer that adjudication writes.
    pub provenance: Option<Provenance>,
}

impl Decision {
    /// A decision that nobody had proposed.
    pub fn manual(span: Span, ruling: Ruling) -> Self {
        Self {
            span,
            ruling,
            origin: Origin::Manual,
            agent: String::new(),
            score: None,
            proposed: None,
            provenance: None,
        }
    }

    /// A suggestion, accepted as it stands.
    pub fn accepted(suggestion: &Suggestion) -> Self {
        Self {
            origin: Origin::Prediction,
            agent: suggestion.agent.clone(),
            score: Some(suggestion.score),
            ..Self::manual(suggestion.span, suggestion.ruling.clone())
        }
    }

    /// The same decision with another ruling: what began as a suggestion remembers what had been proposed.
    #[must_use]
    pub fn ruled(mut self, ruling: Ruling) -> Self {
        let before = std::mem::replace(&mut self.ruling, ruling);
        match self.origin {
            Origin::Prediction if before != self.ruling => {
                self.origin = Origin::PredictionChanged;
                self.proposed = Some(Arc::new(before));
            }
            Origin::PredictionChanged if self.proposed.as_deref() == Some(&self.ruling) => {
                self.origin = Origin::Prediction;
                self.proposed = None;
            }
            Origin::Manual | Origin::Prediction | Origin::PredictionChanged => {}
        }
        self
    }
}

/// How a decision of the curated layer came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Provenance {
    /// All layers that were compared said the same.
    Unanimous,
    /// A person chose among them or said something else.
    Adjudicated {
        /// Who.
        by: Annotator,
    },
}

/// A proposal that was turned down, although the words stay open or are decided otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The proposal's words. Bytes.
    pub span: Span,
    /// Who had proposed it: an extractor, or in the layer `curated` an annotator.
    pub agent: String,
    /// What is wrong with it.
    pub reason: RejectReason,
}

/// One annotator's decisions on one report, sorted by span; no two overlap.
///
/// A clone is cheap (the tree is shared), so a job can save one while the window goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    decisions: imbl::OrdMap<Span, Arc<Decision>>,
    rejections: imbl::OrdMap<(Span, String), RejectReason>,
    contested: imbl::OrdMap<Span, Arc<Decision>>,
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

    /// Rejects what an agent proposed for a span, or takes that back; returns how it stood.
    pub fn reject(&mut self, span: Span, agent: &str, reason: Option<RejectReason>) -> Option<RejectReason> {
        let key = (span, agent.to_owned());
        match reason {
            Some(reason) => self.rejections.insert(key, reason),
            None => self.rejections.remove(&key),
        }
    }

    /// Why what this agent proposed for this span was rejected, if it was.
    pub fn rejection(&self, span: Span, agent: &str) -> Option<RejectReason> {
        // The map has no look-up by borrowed parts; rejections of one span are few.
        self.rejections_of(span)
            .find(|rejection| rejection.agent == agent)
            .map(|rejection| rejection.reason)
    }

    /// What was proposed for this span and rejected.
    pub fn rejections_of(&self, span: Span) -> impl Iterator<Item = Rejection> {
        self.rejections
            .range((span, String::new())..)
            .take_while(move |((other, _), _)| *other == span)
            .map(rejection)
    }

    /// All rejections in the order of the text.
    pub fn rejections(&self) -> impl Iterator<Item = Rejection> {
        self.rejections.iter().map(rejection)
    }

    /// Keeps what another copy of this layer says of a span, which a merge could not settle, or drops it.
    pub fn contest(&mut self, span: Span, theirs: Option<Arc<Decision>>) -> Option<Arc<Decision>> {
        match theirs {
            Some(theirs) => self.contested.insert(span, theirs),
            None => self.contested.remove(&span),
        }
    }

    /// What another copy of this layer says of a span, where a merge could not settle it.
    pub fn contested(&self, span: Span) -> Option<&Arc<Decision>> {
        self.contested.get(&span)
    }

    /// Everything that a merge could not settle, in the order of the text.
    pub fn conflicts(&self) -> impl Iterator<Item = (Span, &Arc<Decision>)> {
        self.contested.iter().map(|(span, theirs)| (*span, theirs))
    }

    /// Whether the layer holds nothing at all: a layer's file is then removed.
    pub fn is_blank(&self) -> bool {
        self.decisions.is_empty() && self.rejections.is_empty() && self.contested.is_empty()
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

fn rejection(((span, agent), reason): (&(Span, String), &RejectReason)) -> Rejection {
    Rejection {
        span: *span,
        agent: agent.clone(),
        reason: *reason,
    }
}
