//! Whether two observations have the same value, whatever magnitude it is written in.

use crate::model::{Decimal, Observation, Value, ValueType};
use crate::number;

/// The magnitudes that Chinese numbers are printed with: 千, 万, 百万, 亿, 万亿.
///
/// A value that is off by one of them was read with the wrong magnitude.
const MAGNITUDES: [u32; 5] = [3, 4, 6, 8, 12];

/// Magnitudes as a unit may begin with them, longest first, with their powers of ten.
const PREFIXES: [(&str, u32); 9] = [
    ("万亿", 12),
    ("千亿", 11),
    ("百亿", 10),
    ("十亿", 9),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("亿", 8),
    ("万", 4),
];

/// Magnitudes that are part of a unit's name elsewhere (千米, 百分点), so taken off money only.
const MONEY_PREFIXES: [(&str, u32); 2] = [("千", 3), ("百", 2)];

/// How two values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ValueMatch {
    /// They are the same, in base units.
    Same,
    /// They differ by exactly this power of ten, which is one of a magnitude.
    Scale(u32),
    /// They differ by their sign only.
    Sign,
    /// They are two different values.
    Different,
}

/// Compares two observations' values in base units: 1.2亿元 is 12000万元.
pub fn compare_values(one: &Observation, other: &Observation) -> ValueMatch {
    let (one, other) = (base_value(one), base_value(other));
    if one == other {
        return ValueMatch::Same;
    }
    if let Some(power) = MAGNITUDES.into_iter().find(|&power| is_scaled(one, other, power)) {
        return ValueMatch::Scale(power);
    }
    let negated = (-one.1, -one.0);
    if negated == other {
        ValueMatch::Sign
    } else {
        ValueMatch::Different
    }
}

fn is_scaled(one: (Decimal, Decimal), other: (Decimal, Decimal), power: u32) -> bool {
    let scaled = |(low, high)| Value::Range(low, high).shifted(power).map(Value::bounds);
    scaled(one) == Some(other) || scaled(other) == Some(one)
}

/// Both ends of an observation's value in the base unit, also where its unit still has a magnitude.
///
/// `value` is in the base unit as a rule. Other programs' data, and people, write 12000 with 万元, or
/// the whole value with 万元; the printed digits tell which.
pub fn base_value(observation: &Observation) -> (Decimal, Decimal) {
    let (power, _) = split_unit(&observation.unit);
    let is_applied = observation.unit_mult > 0
        && observation.obs_value.parse::<Value>().is_ok_and(|printed| {
            let whole = printed.shifted(u32::from(observation.unit_mult));
            whole.map(Value::bounds) == Some(observation.value.bounds())
        });
    let value = if is_applied {
        None
    } else {
        observation.value.shifted(power)
    };
    value.unwrap_or(observation.value).bounds()
}

/// The unit's words without a magnitude in front: 元 of 万元.
pub fn base_unit(unit: &str) -> &str {
    split_unit(unit).1
}

/// The power of ten that a unit's words begin with, and the rest.
fn split_unit(unit: &str) -> (u32, &str) {
    let unit = unit.trim();
    let without = |(prefix, power): (&str, u32)| Some((power, unit.strip_prefix(prefix)?));
    let is_money = |rest: &str| number::value_type_of_unit(rest) == Some(ValueType::Amount);
    let of_money = || {
        MONEY_PREFIXES
            .into_iter()
            .filter_map(without)
            .find(|(_, rest)| is_money(rest))
    };
    PREFIXES
        .into_iter()
        .find_map(without)
        .or_else(of_money)
        .unwrap_or((0, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(value: &str, unit: &str, obs_value: &str, unit_mult: u8) -> Observation {
        Observation {
            value: value.parse().unwrap(),
            unit: unit.to_owned(),
            obs_value: obs_value.to_owned(),
            unit_mult,
            ..Observation::default()
        }
    }

    #[test]
    fn values_are_compared_in_base_units() {
        use ValueMatch::{Different, Same, Scale, Sign};
        let printed = value("120000000", "元", "1.2", 8);
        let cases = [
            (value("12000", "万元", "12000", 0), Same),
            (value("120000000", "万元", "12000", 4), Same),
            (value("12000", "万元", "12000", 4), Same),
            (value("1.20", "亿元", "", 0), Same),
            (value("120000.000", "千元", "", 0), Same),
            (value("12000", "元", "12000", 0), Scale(4)),
            (value("1.2", "元", "1.2", 0), Scale(8)),
            (value("120000", "", "", 0), Scale(3)),
            (value("120000000", "万元", "", 0), Scale(4)),
            (value("12000000", "元", "", 0), Different),
            (value("-120000000", "元", "", 0), Sign),
            (value("120000001", "元", "", 0), Different),
            (value("0", "元", "", 0), Different),
            (value("1.2..1.3", "亿元", "", 0), Different),
            (value("1.2..1.2", "亿元", "", 0), Same),
        ];
        for (other, expected) in cases {
            assert_eq!(
                compare_values(&printed, &other),
                expected,
                "{} {}",
                other.value,
                other.unit
            );
            assert_eq!(
                compare_values(&other, &printed),
                expected,
                "{} {}",
                other.value,
                other.unit
            );
        }
        let range = value("4..5", "个", "", 0);
        assert_eq!(
            compare_values(&range, &value("40000..50000", "个", "", 0)),
            Scale(4)
        );
        assert_eq!(compare_values(&range, &value("5..4", "个", "", 0)), Same);
        assert_eq!(compare_values(&range, &value("-5..-4", "个", "", 0)), Sign);
        let zero = value("0", "个", "", 0);
        assert_eq!(compare_values(&zero, &zero.clone()), Same);
        let huge = Observation {
            value: Value::Exact(Decimal::MAX),
            ..value("0", "亿元", "", 0)
        };
        assert_eq!(compare_values(&huge, &printed), Different);
    }

    #[test]
    fn only_magnitudes_are_taken_off_a_unit() {
        let cases = [
            ("万元", "元"),
            ("亿美元", "美元"),
            ("千元", "元"),
            ("万千瓦时", "千瓦时"),
            ("万亿元", "元"),
            ("百万人次", "人次"),
            ("千米", "千米"),
            ("百分点", "百分点"),
            ("个百分点", "个百分点"),
            ("千瓦", "千瓦"),
            ("万", ""),
            ("", ""),
            ("%", "%"),
        ];
        for (unit, base) in cases {
            assert_eq!(base_unit(unit), base, "{unit}");
        }
    }
}
