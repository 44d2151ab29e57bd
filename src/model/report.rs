//! A report's identity and metadata; its text lives beside the project.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A report's key: unique in its project, and the stem of its files.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReportId(pub Arc<str>);

impl From<&str> for ReportId {
    fn from(id: &str) -> Self {
        Self(Arc::from(id))
    }
}

impl fmt::Display for ReportId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Tells one text from another: its length and the start of its SHA-256.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Length in Unicode code points.
    pub chars: usize,
    /// The first 16 hexadecimal digits of the SHA-256 of the text as UTF-8.
    pub sha256: String,
}

/// One document of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The key.
    pub id: ReportId,
    /// What the list shows.
    pub title: String,
    /// Who published it; empty where unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub issuer: String,
    /// When it was published, as `2025-03-11`; empty where unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub date: String,
    /// The place it reports on; empty where unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub area: String,
    /// The period under review, as `2024` or `2021-2025`; empty where unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub period: String,
    /// The file it was read from, without its folder; empty where it was typed or pasted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub original: String,
    /// The encoding that the original was read in, by its WHATWG name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub encoding: String,
    /// Which text the decisions are anchored to.
    pub fingerprint: Fingerprint,
}
