//! Values written out exactly: grouped digits, unit, code.

use super::cx::Cx;
use crate::model::{Decimal, Observation, Quantity, Value};

/// A number with thousands separators: `23,906,000,000`, `-7.4`.
pub fn grouped(number: Decimal) -> String {
    let words = number.normalize().to_string();
    let (sign, digits) = words
        .strip_prefix('-')
        .map_or(("", words.as_str()), |digits| ("-", digits));
    let (whole, rest) = digits
        .split_once('.')
        .map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

/// A value with thousands separators; a range with a dash.
pub fn value(value: Value) -> String {
    match value {
        Value::Exact(number) => grouped(number),
        Value::Range(low, high) => format!("{}–{}", grouped(low), grouped(high)),
    }
}

/// What a number's words parse to: `23,906,000,000 CNY`, `≥ 1,500 家`.
pub fn of_quantity(cx: &Cx<'_>, quantity: &Quantity) -> String {
    let Some(exact) = quantity.value() else {
        return cx.t("echo.too_long").to_owned();
    };
    let unit = quantity.unit_measure.unwrap_or(&quantity.unit);
    let comparator = match quantity.comparator {
        crate::model::Comparator::Equal => String::new(),
        other => format!("{} ", comparator_sign(other)),
    };
    format!("{comparator}{} {unit}", value(exact))
        .trim_end()
        .to_owned()
}

/// An observation's value and unit: `1,609 家`.
pub fn of_observation(observation: &Observation) -> String {
    format!("{} {}", value(observation.value), observation.unit)
        .trim_end()
        .to_owned()
}

/// A comparator as it is drawn.
pub fn comparator_sign(comparator: crate::model::Comparator) -> &'static str {
    use crate::model::Comparator;
    match comparator {
        Comparator::AtLeast => "≥",
        Comparator::AtMost => "≤",
        Comparator::About => "≈",
        Comparator::JustUnder => "≲",
        other => other.code(),
    }
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
