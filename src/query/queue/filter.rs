//! Which items of the queue a person wants to see.

use std::ops::RangeInclusive;

use super::item::{Item, KindName};
use crate::model::{IndicatorId, ReportId, Score};

/// What an item must be to be shown; `None` asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// It stands in this report.
    pub report: Option<ReportId>,
    /// It is, or is proposed to be, this indicator's value.
    pub indicator: Option<IndicatorId>,
    /// This agent proposes something for it.
    pub agent: Option<String>,
    /// Its leading proposal's score lies in this range.
    pub scores: Option<RangeInclusive<Score>>,
    /// This speaks against it.
    pub kind: Option<KindName>,
    /// How it stands.
    pub state: State,
}

/// How an item stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum State {
    /// Either.
    #[default]
    All,
    /// Nobody has decided.
    Open,
    /// Somebody has.
    Decided,
}

impl Filter {
    /// Whether an item is wanted.
    pub fn admits(&self, item: &Item) -> bool {
        let state = match self.state {
            State::All => true,
            State::Open => !item.is_decided,
            State::Decided => item.is_decided,
        };
        let has_score =
            |scores: &RangeInclusive<Score>| item.score.is_some_and(|score| scores.contains(&score));
        state
            && self.report.as_ref().is_none_or(|report| item.report == *report)
            && (self.indicator.as_ref()).is_none_or(|indicator| item.indicator.as_ref() == Some(indicator))
            && self
                .agent
                .as_ref()
                .is_none_or(|agent| item.agents.contains(agent))
            && self.scores.as_ref().is_none_or(has_score)
            && self
                .kind
                .is_none_or(|kind| item.kinds.iter().any(|other| other.name() == kind))
    }
}
