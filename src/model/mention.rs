//! A number found in a report's text.

use std::borrow::Cow;

use super::{Comparator, Role, Span, Value, ValueType};

/// A number in the text: where it stands, what it is for and what it is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The maximal expression: 第, digits, magnitude, 余, unit, both ends of a range. Bytes.
    pub span: Span,
    /// Numeral and magnitude alone. Bytes.
    pub core: Span,
    /// What the number is there for.
    pub role: Role,
    /// What it is worth; `None` where the role carries no quantity (most names).
    pub quantity: Option<Quantity>,
}

/// What a number's words parse to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The kind of quantity that the unit makes it.
    pub value_type: ValueType,
    /// From the words in and right beside the number (余, 超, 以上).
    pub comparator: Comparator,
    /// The digits as printed, before the magnitude; keeps trailing zeros.
    pub printed: Value,
    /// The printed magnitude as a power of ten (万 4, 亿 8).
    pub unit_mult: u8,
    /// The unit's words without the magnitude (`元`, `家`, `个百分点`); empty for none.
    pub unit: Cow<'static, str>,
    /// The unit's code where it has a common one (`CNY`, `PT`, `PP`).
    pub unit_measure: Option<&'static str>,
}

impl Mention {
    /// Whether a person should look at it: it may be an indicator's value.
    pub fn is_candidate(&self) -> bool {
        matches!(self.role, Role::Indicator | Role::Criterion)
    }
}

impl Quantity {
    /// The exact value in the base unit, magnitude applied; `None` past 28 digits.
    pub fn value(&self) -> Option<Value> {
        self.printed.shifted(u32::from(self.unit_mult))
    }
}
