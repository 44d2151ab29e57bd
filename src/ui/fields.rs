//! An observation's fields as the window names and words them.

use super::cx::Cx;
use crate::model::Field;

/// The key of a field's name in the string tables.
pub fn field_key(field: Field) -> &'static str {
    match field {
        Field::Indicator => "field.indicator",
        Field::IndicatorText => "field.indicator_text",
        Field::Value => "field.value",
        Field::Unit => "field.unit",
        Field::UnitMeasure => "field.unit_measure",
        Field::UnitMult => "field.unit_mult",
        Field::ObsValue => "field.obs_value",
        Field::ValueType => "field.value_type",
        Field::Measure => "field.measure",
        Field::Comparator => "field.comparator",
        Field::TimePeriod => "field.time_period",
        Field::RefArea => "field.ref_area",
        Field::RefScope => "field.ref_scope",
        Field::ValueNature => "field.value_nature",
        Field::ObsStatus => "field.obs_status",
        Field::Note => "field.note",
    }
}

/// The codes that a field chooses among; `None` for fields of free words.
pub fn field_choices(field: Field) -> Option<Vec<&'static str>> {
    use crate::model::{Comparator, Measure, ObsStatus, ValueNature, ValueType};
    Some(match field {
        Field::ValueType => ValueType::ALL.iter().map(|term| term.code()).collect(),
        Field::Measure => Measure::ALL.iter().map(|term| term.code()).collect(),
        Field::Comparator => Comparator::ALL.iter().map(|term| term.code()).collect(),
        Field::ValueNature => ValueNature::ALL.iter().map(|term| term.code()).collect(),
        Field::ObsStatus => ObsStatus::ALL.iter().map(|term| term.code()).collect(),
        _ => return None,
    })
}

/// A field's words as they are shown: codes by their names.
pub fn field_words(cx: &Cx<'_>, field: Field, words: &str) -> String {
    let vocabulary = match field {
        Field::ValueType => "value_type",
        Field::Measure => "measure",
        Field::ValueNature => "value_nature",
        Field::ObsStatus => "obs_status",
        Field::Comparator => {
            let sign = crate::model::Comparator::from_code(words).map(crate::model::Comparator::sign);
            return sign.unwrap_or(words).to_owned();
        }
        _ => return words.to_owned(),
    };
    cx.t(&format!("{vocabulary}.{words}")).to_owned()
}
