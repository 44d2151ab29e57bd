//! When two decisions on one number say the same.

use super::values::{ValueMatch, base_unit, compare_values};
use crate::model::{Decision, Field, Observation, Ruling};

/// The fields that are compared. Printed digits and magnitude belong to the value, the indicator's words to the
/// indicator where the catalogue has it, and notes are nobody's claim.
pub const FIELDS: &[Field] = &[
    Field::Indicator,
    Field::IndicatorText,
    Field::Value,
    Field::Unit,
    Field::UnitMeasure,
    Field::Measure,
    Field::TimePeriod,
    Field::RefArea,
    Field::RefScope,
    Field::ValueNature,
    Field::Comparator,
    Field::ValueType,
    Field::ObsStatus,
];

/// Whether two decisions say different things of one number, or mean different words.
pub fn differ(one: &Decision, other: &Decision) -> bool {
    let says_otherwise = || match (one.ruling.observation(), other.ruling.observation()) {
        (Some(one), Some(other)) => !FIELDS.iter().all(|field| same_field(*field, one, other)),
        _ => false,
    };
    one.span != other.span || !same_kind(&one.ruling, &other.ruling) || says_otherwise()
}

/// Whether both are tagged, or both dismissed for the same reason.
pub fn same_kind(one: &Ruling, other: &Ruling) -> bool {
    match (one, other) {
        (Ruling::Tagged(_), Ruling::Tagged(_)) => true,
        (Ruling::Dismissed(one), Ruling::Dismissed(other)) => one == other,
        _ => false,
    }
}

/// Whether two observations of one number say the same in a field, however it is written.
pub fn same_field(field: Field, one: &Observation, other: &Observation) -> bool {
    let same_words = |field| one.words(field).trim() == other.words(field).trim();
    match field {
        Field::Indicator => match (&one.indicator, &other.indicator) {
            (Some(one), Some(other)) => one == other,
            (None, None) => true,
            _ => same_words(Field::IndicatorText),
        },
        // Different words for one entry of the catalogue are no difference, and with one entry given that differs.
        Field::IndicatorText => {
            one.indicator.is_some() || other.indicator.is_some() || same_words(Field::IndicatorText)
        }
        Field::Value => compare_values(one, other) == ValueMatch::Same,
        Field::Unit => base_unit(&one.unit) == base_unit(&other.unit),
        // The code follows from the unit: it differs by itself only where both give one for the same unit.
        Field::UnitMeasure => {
            one.unit_measure.is_empty()
                || other.unit_measure.is_empty()
                || same_words(field)
                || !same_field(Field::Unit, one, other)
        }
        _ => same_words(field),
    }
}
