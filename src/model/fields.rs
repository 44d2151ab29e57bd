//! An observation's fields as words: what forms, tables and exchange formats read and write.

use std::fmt;

use super::{Field, IndicatorId, Observation, UnknownTerm, Value, ValueError};

/// Why words do not fit a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldError {
    /// The field holds a number.
    Value(ValueError),
    /// The field holds a code of a vocabulary.
    Term(UnknownTerm),
    /// The field holds a power of ten from 0 to 28.
    Magnitude(String),
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(error) => error.fmt(f),
            Self::Term(error) => error.fmt(f),
            Self::Magnitude(found) => write!(
                f,
                "`{found}` is no power of ten; expected 0 to 28 (万 is 4, 亿 is 8)"
            ),
        }
    }
}

impl std::error::Error for FieldError {}

impl From<ValueError> for FieldError {
    fn from(error: ValueError) -> Self {
        Self::Value(error)
    }
}

impl From<UnknownTerm> for FieldError {
    fn from(error: UnknownTerm) -> Self {
        Self::Term(error)
    }
}

impl Observation {
    /// A field as it is written in files.
    pub fn words(&self, field: Field) -> String {
        match field {
            Field::Indicator => self
                .indicator
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            Field::IndicatorText => self.indicator_text.clone(),
            Field::Value => self.value.to_string(),
            Field::Unit => self.unit.clone(),
            Field::UnitMeasure => self.unit_measure.clone(),
            Field::UnitMult => self.unit_mult.to_string(),
            Field::ObsValue => self.obs_value.clone(),
            Field::ValueType => self.value_type.code().to_owned(),
            Field::Measure => self.measure.code().to_owned(),
            Field::Comparator => self.comparator.code().to_owned(),
            Field::TimePeriod => self.time_period.clone(),
            Field::RefArea => self.ref_area.clone(),
            Field::RefScope => self.ref_scope.clone(),
            Field::ValueNature => self.value_nature.code().to_owned(),
            Field::ObsStatus => self.obs_status.code().to_owned(),
            Field::Note => self.note.clone(),
        }
    }

    /// Sets a field from words.
    ///
    /// # Errors
    /// When the words do not fit the field's type; the field then stays as it was.
    pub fn set_words(&mut self, field: Field, words: &str) -> Result<(), FieldError> {
        use super::{Comparator, Measure, ObsStatus, ValueNature, ValueType};
        let words = words.trim();
        match field {
            Field::Indicator => self.indicator = (!words.is_empty()).then(|| IndicatorId::from(words)),
            Field::IndicatorText => words.clone_into(&mut self.indicator_text),
            Field::Value => self.value = words.parse::<Value>()?,
            Field::Unit => words.clone_into(&mut self.unit),
            Field::UnitMeasure => words.clone_into(&mut self.unit_measure),
            Field::UnitMult => {
                let mult = words.parse().ok().filter(|mult| *mult <= 28);
                self.unit_mult = mult.ok_or_else(|| FieldError::Magnitude(words.to_owned()))?;
            }
            Field::ObsValue => {
                words.parse::<Value>()?;
                words.clone_into(&mut self.obs_value);
            }
            Field::ValueType => self.value_type = ValueType::from_code(words)?,
            Field::Measure => self.measure = Measure::from_code(words)?,
            Field::Comparator => self.comparator = Comparator::from_code(words)?,
            Field::TimePeriod => words.clone_into(&mut self.time_period),
            Field::RefArea => words.clone_into(&mut self.ref_area),
            Field::RefScope => words.clone_into(&mut self.ref_scope),
            Field::ValueNature => self.value_nature = ValueNature::from_code(words)?,
            Field::ObsStatus => self.obs_status = ObsStatus::from_code(words)?,
            Field::Note => words.clone_into(&mut self.note),
        }
        Ok(())
    }
}
