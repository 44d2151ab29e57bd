//! The words of what people read: the window's own, in the project's language.

use std::collections::BTreeMap;

use crate::model::{Comparator, DismissReason, Field, Language, Origin};

/// The words of one language by key.
pub(super) struct Words(BTreeMap<String, String>);

impl Words {
    /// The words of a language.
    pub fn of(language: Language) -> Self {
        let table = match language {
            Language::Chinese => include_str!("../../assets/strings/zh.ron"),
            Language::English => include_str!("../../assets/strings/en.ron"),
        };
        // A test of the window's words keeps the tables from being broken.
        Self(ron::from_str(table).unwrap_or_default())
    }

    /// The words of a key, if there are any.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// The words of a key, or the key where there are none.
    pub fn t<'a>(&'a self, key: &'a str) -> &'a str {
        self.get(key).unwrap_or(key)
    }

    /// The words of a key with `{0}`, `{1}` … replaced.
    pub fn f(&self, key: &str, parts: &[String]) -> String {
        let words = self.t(key).split('{').map(|piece| {
            let place = piece
                .split_once('}')
                .and_then(|(place, rest)| Some((parts.get(place.parse::<usize>().ok()?)?, rest)));
            place.map_or_else(|| piece.to_owned(), |(part, rest)| part.clone() + rest)
        });
        words.collect()
    }

    /// The words for a code of a field that has a vocabulary.
    pub fn of_code(&self, field: Field, code: &str) -> Option<String> {
        match field {
            Field::ValueType | Field::Measure | Field::ValueNature | Field::ObsStatus => {
                Some(self.t(&format!("{}.{code}", field.name())).to_owned())
            }
            Field::Comparator => Some(Comparator::from_code(code).ok()?.sign().to_owned()),
            _ => None,
        }
    }

    /// Why words are no value.
    pub fn of_reason(&self, reason: DismissReason) -> &str {
        let key = format!("reason.{reason}");
        self.get(&key).unwrap_or(reason.code())
    }

    /// Where a decision came from.
    pub fn of_origin(&self, origin: Origin) -> &str {
        self.t(match origin {
            Origin::Manual => "table.origin.manual",
            Origin::Prediction => "table.origin.prediction",
            Origin::PredictionChanged => "table.origin.changed",
        })
    }
}
