//! The exact value of an observation: one number, or a range of two.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One exact number or both ends of a range.
///
/// In files it is a string: `"23906000000"`, or `"4..5"` for a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// One number.
    Exact(Decimal),
    /// Both ends of a range, as they were printed.
    Range(Decimal, Decimal),
}

/// Why words are no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueError {
    /// Nothing was typed.
    Empty,
    /// This part is no decimal number, or has more than 28 digits.
    NotANumber(String),
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("a number is missing; expected for example `1609` or `4..5`"),
            Self::NotANumber(found) => {
                write!(f, "`{found}` is no number; expected for example `1609` or `4..5`")
            }
        }
    }
}

impl std::error::Error for ValueError {}

impl Value {
    /// Every part of the value times ten to the power of `exponent`, or `None` past 28 digits.
    pub fn shifted(self, exponent: u32) -> Option<Self> {
        let factor = Decimal::try_from_i128_with_scale(10i128.checked_pow(exponent)?, 0).ok()?;
        let shift = |number: Decimal| number.checked_mul(factor).map(|product| product.normalize());
        Some(match self {
            Self::Exact(number) => Self::Exact(shift(number)?),
            Self::Range(low, high) => Self::Range(shift(low)?, shift(high)?),
        })
    }

    /// The smaller and the larger end; twice the same for one number.
    pub fn bounds(self) -> (Decimal, Decimal) {
        match self {
            Self::Exact(number) => (number, number),
            Self::Range(low, high) => (low.min(high), low.max(high)),
        }
    }

    /// How it is written in files, quicker than by its `Display`.
    pub fn written(self) -> String {
        match self {
            Self::Exact(number) => digits(number),
            Self::Range(low, high) => digits(low) + ".." + &digits(high),
        }
    }

    /// How people read it, with thousands separators: `23,906,000,000`, `4–5`.
    pub fn grouped(self) -> String {
        match self {
            Self::Exact(number) => grouped(number),
            Self::Range(low, high) => format!("{}–{}", grouped(low), grouped(high)),
        }
    }

    /// The same value without trailing zeros behind the point.
    #[must_use]
    pub fn normalized(self) -> Self {
        match self {
            Self::Exact(number) => Self::Exact(number.normalize()),
            Self::Range(low, high) => Self::Range(low.normalize(), high.normalize()),
        }
    }
}

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

impl Default for Value {
    fn default() -> Self {
        Self::Exact(Decimal::ZERO)
    }
}

impl From<Decimal> for Value {
    fn from(number: Decimal) -> Self {
        Self::Exact(number)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(number) => write!(f, "{number}"),
            Self::Range(low, high) => write!(f, "{low}..{high}"),
        }
    }
}

impl FromStr for Value {
    type Err = ValueError;

    /// Reads `1609`, `1,609`, `-7.4` and `4..5`; spaces and thousands separators are ignored.
    fn from_str(words: &str) -> Result<Self, Self::Err> {
        match words.split_once("..") {
            Some((low, high)) => Ok(Self::Range(parse_decimal(low)?, parse_decimal(high)?)),
            None => parse_decimal(words).map(Self::Exact),
        }
    }
}

/// The number's digits; those of a large one are left to its own `Display`.
fn digits(number: Decimal) -> String {
    let (Ok(mantissa), scale @ 0..=17) = (u64::try_from(number.mantissa().unsigned_abs()), number.scale())
    else {
        return number.to_string();
    };
    let sign = if number.is_sign_negative() { "-" } else { "" };
    if scale == 0 {
        return sign.to_owned() + &mantissa.to_string();
    }
    let one = 10u64.pow(scale);
    // The one before the rest keeps its leading zeros.
    let (whole, rest) = (mantissa / one, one + mantissa % one);
    [
        sign,
        &whole.to_string(),
        ".",
        rest.to_string().get(1..).unwrap_or_default(),
    ]
    .concat()
}

fn parse_decimal(words: &str) -> Result<Decimal, ValueError> {
    let digits: String = words
        .chars()
        .filter(|c| !matches!(c, ',' | ' ' | '_' | '，' | '\u{a0}'))
        .collect();
    if digits.is_empty() {
        return Err(ValueError::Empty);
    }
    Decimal::from_str_exact(&digits).map_err(|_cause| ValueError::NotANumber(words.trim().to_owned()))
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn written_digits_are_those_shown() {
        for words in [
            "0",
            "0.0",
            "7",
            "-7.40",
            "0.05",
            "-0.001",
            "123456789012.34",
            "4..5.0",
            "-0",
            "0.0000000000000000001",
            "79228162514264337593543950335",
            "18446744073709551615",
        ] {
            let value: Value = words.parse().unwrap();
            assert_eq!(value.written(), value.to_string(), "{words}");
        }
    }
}
