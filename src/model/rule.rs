//! A project's own candidate rules.

use serde::{Deserialize, Serialize};

use super::Role;

/// What a rule does with the words that its pattern matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleEffect {
    /// They become a candidate, even where the recogniser saw none.
    Add,
    /// They are no candidate; the role says what they are instead.
    RuleOut(Role),
}

/// A named regular expression that adds candidates or rules them out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateRule {
    /// What the person calls it.
    pub name: String,
    /// A pattern of the crate `regex`. A group named `number` narrows the match to that group.
    pub pattern: String,
    /// What it does.
    pub effect: RuleEffect,
    /// Whether it is in force.
    pub enabled: bool,
}
