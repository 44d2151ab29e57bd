//! Every word of the window, in both languages. The tables are data in `assets/strings`.

use std::collections::BTreeMap;

use crate::model::Language;

/// The words of one language by key.
#[derive(Clone, Debug, Default)]
pub struct Strings {
    words: BTreeMap<String, String>,
}

impl Strings {
    /// The words of a language.
    ///
    /// # Errors
    /// When the table's file is broken; a test sees to it that it is not.
    pub fn built_in(language: Language) -> Result<Self, ron::error::SpannedError> {
        let table = match language {
            Language::Chinese => include_str!("../../assets/strings/zh.ron"),
            Language::English => include_str!("../../assets/strings/en.ron"),
        };
        Ok(Self {
            words: ron::from_str(table)?,
        })
    }

    /// The words of a key; a sign where there are none, which a test keeps from happening.
    pub fn t(&self, key: &str) -> &str {
        self.words.get(key).map_or("⟨?⟩", String::as_str)
    }

    /// The words of a key with `{0}`, `{1}` … replaced.
    pub fn f(&self, key: &str, parts: &[&str]) -> String {
        let mut words = self.t(key).to_owned();
        for (place, part) in parts.iter().enumerate() {
            words = words.replace(&format!("{{{place}}}"), part);
        }
        words
    }

    /// Whether there are words for a key.
    pub fn has(&self, key: &str) -> bool {
        self.words.contains_key(key)
    }

    /// All keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }
}
