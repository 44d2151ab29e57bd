//! Values written out exactly: grouped digits, unit, code.

use super::cx::Cx;
pub use crate::model::grouped;
use crate::model::{Observation, Quantity, Value};

/// A value with thousands separators; a range with a dash.
pub fn value(value: Value) -> String {
    value.grouped()
}

/// What a number's words parse to: `23,906,000,000 CNY`, `≥ 1,500 家`.
pub fn of_quantity(cx: &Cx<'_>, quantity: &Quantity) -> String {
    let Some(exact) = quantity.value() else {
        return cx.t("echo.too_long").to_owned();
    };
    let unit = quantity.unit_measure.unwrap_or(&quantity.unit);
    let comparator = match quantity.comparator {
        crate::model::Comparator::Equal => String::new(),
        other => format!("{} ", other.sign()),
    };
    format!("{comparator}{} {unit}", exact.grouped())
        .trim_end()
        .to_owned()
}

/// An observation's value and unit: `1,609 家`.
pub fn of_observation(observation: &Observation) -> String {
    format!("{} {}", observation.value.grouped(), observation.unit)
        .trim_end()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_by_three() {
        for (number, words) in [
            ("0", "0"),
            ("999", "999"),
            ("1609", "1,609"),
            ("23906000000", "23,906,000,000"),
            ("-1234.50", "-1,234.5"),
            ("0.31", "0.31"),
        ] {
            assert_eq!(grouped(number.parse().unwrap()), words);
        }
    }
}
