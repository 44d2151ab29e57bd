//! The catalogue: the typed indicators of a project.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Decimal, ValueType};

/// A stable key of an indicator, for example `rd_expenditure`; never shown where a name can be.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IndicatorId(pub Arc<str>);

impl From<&str> for IndicatorId {
    fn from(id: &str) -> Self {
        Self(Arc::from(id))
    }
}

impl fmt::Display for IndicatorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The number of a tint in the theme, which has a light and a dark version of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tint(pub u8);

impl Tint {
    /// How many tints a theme has; a larger number wraps round.
    pub const COUNT: u8 = 8;
}

/// An entry of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// The stable key.
    pub id: IndicatorId,
    /// The name as a table would head its row.
    pub name: String,
    /// The name in English; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    /// Other words that name it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The type of its level values.
    pub value_type: ValueType,
    /// The base unit of its level values, in words (`元`, `家`, `%`).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// The least level value that can be right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Decimal>,
    /// The greatest level value that can be right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Decimal>,
    /// Its colour.
    #[serde(default)]
    pub tint: Tint,
    /// Whether it always stands among the favourites.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
    /// What it counts and how, for annotators.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Indicator {
    /// The name and then the aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

/// A project's indicators, in the order that a person gave them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Catalogue {
    /// The entries; ids are unique.
    pub indicators: Vec<Indicator>,
}

impl Catalogue {
    /// The entry with this id.
    pub fn get(&self, id: &IndicatorId) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| &indicator.id == id)
    }

    /// Where in the order the entry with this id stands.
    pub fn position(&self, id: &IndicatorId) -> Option<usize> {
        self.indicators.iter().position(|indicator| &indicator.id == id)
    }

    /// The entry that has exactly these words as its name or an alias.
    pub fn named(&self, words: &str) -> Option<&Indicator> {
        self.indicators
            .iter()
            .find(|indicator| indicator.names().any(|name| name == words))
    }
}
