//! What is doubtful about one observation, by the catalogue and by its own fields.

use crate::model::{Catalogue, Decimal, Field, Measure, Observation, Value, ValueType};
use crate::number;

/// A reason to look at a field again. A flag never keeps a value from being saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Neither a catalogue entry nor words name the indicator.
    NoIndicator,
    /// The catalogue has no entry of this id.
    UnknownIndicator,
    /// The value type is not the one that the catalogue gives.
    TypeDiffers {
        /// What the catalogue gives.
        expected: ValueType,
    },
    /// The unit is not the one that the catalogue gives.
    UnitDiffers {
        /// What the catalogue gives.
        expected: String,
    },
    /// The unit belongs to another value type.
    UnitUnfit {
        /// The type that the unit belongs to.
        belongs_to: ValueType,
    },
    /// The value lies below the catalogue's bound.
    TooSmall {
        /// The bound.
        min: Decimal,
    },
    /// The value lies above the catalogue's bound.
    TooLarge {
        /// The bound.
        max: Decimal,
    },
    /// The value is not what its words parse to.
    NotAsPrinted {
        /// What the words parse to.
        parsed: Value,
    },
    /// The period is missing or not of the form `2024`, `2024-05`, `2024-Q1`, `2021-2025`.
    PeriodForm,
}

impl Flag {
    /// The field that the flag is about.
    pub fn field(&self) -> Field {
        match self {
            Self::NoIndicator | Self::UnknownIndicator => Field::Indicator,
            Self::TypeDiffers { .. } => Field::ValueType,
            Self::UnitDiffers { .. } | Self::UnitUnfit { .. } => Field::Unit,
            Self::TooSmall { .. } | Self::TooLarge { .. } | Self::NotAsPrinted { .. } => Field::Value,
            Self::PeriodForm => Field::TimePeriod,
        }
    }
}

/// The flags of an observation of the words `quote`, in the order of its fields.
pub fn flags(observation: &Observation, quote: &str, catalogue: &Catalogue) -> Vec<Flag> {
    let mut flags = Vec::new();
    let entry = observation.indicator.as_ref().map(|id| catalogue.get(id));
    match entry {
        None if observation.indicator_text.is_empty() => flags.push(Flag::NoIndicator),
        Some(None) => flags.push(Flag::UnknownIndicator),
        None | Some(Some(_)) => {}
    }
    value_flags(observation, quote, &mut flags);
    if let Some(belongs_to) = number::value_type_of_unit(&observation.unit)
        && !fits(belongs_to, observation.value_type)
    {
        flags.push(Flag::UnitUnfit { belongs_to });
    }
    // The catalogue describes levels; a growth rate of an amount is a percentage all the same.
    let is_level = matches!(observation.measure, Measure::Level | Measure::Increase);
    if let Some(Some(entry)) = entry
        && is_level
    {
        if entry.value_type != observation.value_type {
            flags.push(Flag::TypeDiffers {
                expected: entry.value_type,
            });
        }
        if !entry.unit.is_empty() && entry.unit != observation.unit {
            flags.push(Flag::UnitDiffers {
                expected: entry.unit.clone(),
            });
        }
        let (low, high) = observation.value.bounds();
        if let Some(min) = entry.min.filter(|&min| low < min) {
            flags.push(Flag::TooSmall { min });
        }
        if let Some(max) = entry.max.filter(|&max| high > max) {
            flags.push(Flag::TooLarge { max });
        }
    }
    if !is_period(&observation.time_period) {
        flags.push(Flag::PeriodForm);
    }
    flags
}

fn value_flags(observation: &Observation, quote: &str, flags: &mut Vec<Flag>) {
    let Some(quantity) = number::parse_quantity(quote) else {
        return;
    };
    // A bare number in a table takes unit and magnitude from its row's or column's head (万人).
    let is_bare = quantity.unit.is_empty() && quantity.unit_mult == 0;
    let mult = if is_bare {
        observation.unit_mult
    } else {
        quantity.unit_mult
    };
    let Some(parsed) = quantity.printed.shifted(u32::from(mult)) else {
        return;
    };
    let negated = |value: Value| match value {
        Value::Exact(number) => Value::Exact(-number),
        Value::Range(low, high) => Value::Range(-low, -high),
    };
    let value = observation.value.normalized();
    // 下降7.4% is a value of -7.4.
    if value != parsed.normalized() && value != negated(parsed).normalized() {
        flags.push(Flag::NotAsPrinted { parsed });
    }
}

/// Whether a unit of one type may stand with a value of another.
fn fits(unit: ValueType, value: ValueType) -> bool {
    use ValueType::{Count, Duration, Fraction, Multiple, Percent, Quantity, Rank};
    unit == value
        || matches!(
            (unit, value),
            (Count, Rank | Quantity | Multiple | Fraction | Duration)
                | (Quantity, Count)
                | (Percent, Fraction)
        )
}

/// Whether the words are `2024`, `2024-05`, `2024-05-31`, `2024-Q1`, `2024-H1`, `2021-2025` or
/// `2024-01/2024-09`.
fn is_period(words: &str) -> bool {
    match words.split_once('/') {
        Some((from, to)) => is_date(from) && is_date(to),
        None => is_date(words),
    }
}

/// Whether the words are a period without `/`.
fn is_date(words: &str) -> bool {
    let digits =
        |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = words.split('-').collect();
    let is_part_of_year =
        |part: &str| digits(part, 2) || matches!(part, "Q1" | "Q2" | "Q3" | "Q4" | "H1" | "H2");
    match parts.as_slice() {
        [year] => digits(year, 4),
        [year, rest] => digits(year, 4) && (is_part_of_year(rest) || digits(rest, 4)),
        [year, month, day] => digits(year, 4) && digits(month, 2) && digits(day, 2),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_one_date_or_from_one_to_another() {
        let cases = [
            ("2024", true),
            ("2024-05", true),
            ("2024-05-31", true),
            ("2024-Q1", true),
            ("2024-H2", true),
            ("2021-2025", true),
            ("2024-01/2024-09", true),
            ("2024-01/", false),
            ("/", false),
            ("2022/2023/2024", false),
            ("", false),
            ("2024年", false),
        ];
        for (words, expected) in cases {
            assert_eq!(is_period(words), expected, "{words}");
        }
        assert!(!is_period(&"2024/".repeat(1_000_000)));
    }
}
