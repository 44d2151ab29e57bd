//! What a layer says besides its decisions: proposals turned down, and what a merge could not settle.

use serde::{Deserialize, Serialize};

use super::record::{DecisionRecord, Quoted, Record, Words, fault_at};
use crate::model::{RejectReason, Rejection};

/// A proposal that was turned down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "rejection", deny_unknown_fields)]
pub(in crate::store) struct RejectionRecord {
    pub at: (usize, usize),
    pub quote: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub after: String,
    pub agent: String,
    pub reason: RejectReason,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<String>,
}

impl RejectionRecord {
    pub fn of(rejection: Rejection, words: Words<'_>) -> Self {
        Self {
            at: words.at,
            quote: words.quote.to_owned(),
            before: words.before.to_owned(),
            after: words.after.to_owned(),
            agent: rejection.agent,
            reason: rejection.reason,
            check: None,
        }
    }
}

impl Record for RejectionRecord {
    fn check(&mut self) -> &mut Option<String> {
        &mut self.check
    }

    fn fault(&self) -> Option<String> {
        fault_at(self.at)
    }
}

impl Quoted for RejectionRecord {
    fn words(&self) -> Words<'_> {
        Words {
            at: self.at,
            quote: &self.quote,
            before: &self.before,
            after: &self.after,
        }
    }
}

/// What another copy of the layer says of these words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "conflict", deny_unknown_fields)]
pub(in crate::store) struct ConflictRecord {
    pub at: (usize, usize),
    pub quote: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub after: String,
    /// Their decision, whose words may be others.
    pub theirs: DecisionRecord,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<String>,
}

impl ConflictRecord {
    pub fn of(theirs: DecisionRecord, words: Words<'_>) -> Self {
        Self {
            at: words.at,
            quote: words.quote.to_owned(),
            before: words.before.to_owned(),
            after: words.after.to_owned(),
            theirs,
            check: None,
        }
    }
}

impl Record for ConflictRecord {
    fn check(&mut self) -> &mut Option<String> {
        &mut self.check
    }

    fn fault(&self) -> Option<String> {
        fault_at(self.at).or_else(|| self.theirs.fault())
    }
}

impl Quoted for ConflictRecord {
    fn words(&self) -> Words<'_> {
        Words {
            at: self.at,
            quote: &self.quote,
            before: &self.before,
            after: &self.after,
        }
    }
}
