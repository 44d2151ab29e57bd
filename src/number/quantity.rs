//! What an expression is worth: comparator, sign, the unit that goes without saying, kind of quantity.

use std::borrow::Cow;

use crate::model::{Comparator, Quantity, Value, ValueType};

use super::expression::{Expression, negated};
use super::glyph::{is_gap, is_han};
use super::numeral::{Script, lowered};
use super::place::{after, before, char_at, clause_before, skip_gap};
use super::role::enters_class;
use super::units::{Unit, meaning_of};
use super::words::{AFTER, BEFORE, CURRENCY, DECLINE, RANK_MOVE, speaks_of_money, speaks_of_people};

impl Expression {
    /// The number of tens, hundreds … that the expression is worth, where it is one whole number.
    pub(super) fn small_whole(&self) -> Option<i128> {
        match self.printed? {
            Value::Exact(number) if self.mult == 0 && number.scale() == 0 => Some(number.mantissa()),
            _ => None,
        }
    }

    /// Whether the unit reads `words`.
    pub(super) fn unit_is(&self, words: &[&str]) -> bool {
        self.unit
            .as_ref()
            .is_some_and(|unit| words.contains(&unit.words.as_ref()))
    }

    /// How the true value relates to the printed one, by the words in and beside the expression.
    pub(super) fn comparator(&self, text: &str) -> Comparator {
        if self.leading {
            return Comparator::AtMost;
        }
        let behind = after(text, skip_gap(text, self.span.end));
        if let Some((_, comparator)) = AFTER.longest(behind) {
            return comparator;
        }
        let head = before(text, self.span.start).trim_end_matches(is_gap);
        match BEFORE.longest(head) {
            Some((word, Some(_))) if self.mult < 4 && word.starts_with(['迈', '跨', '跃', '站', '登']) => {
                self.inner
            }
            Some((_, Some(comparator))) => comparator,
            _ if head.ends_with('的') => {
                share_limit(clause_before(text, self.span.start, 12)).unwrap_or(self.inner)
            }
            None if behind.starts_with('级') && enters_class(text, self) => Comparator::AtLeast,
            _ => without_base(head)
                .and_then(|head| BEFORE.longest(head)?.1)
                .unwrap_or(self.inner),
        }
    }

    /// What the expression is worth.
    pub(super) fn quantity(&self, text: &str) -> Option<Quantity> {
        let printed = self.printed?;
        let comparator = self.comparator(text);
        let head = before(text, self.span.start);
        let unit = match &self.unit {
            Some(unit) if unit.words != "元" => unit.clone(),
            printed => match (currency_before(head), printed) {
                (Some(currency), _) => Unit::given(currency, ValueType::Amount, self.span.end),
                (None, Some(unit)) => unit.clone(),
                (None, None) => self.unsaid_unit(text),
            },
        };
        let moved = unit.words == "位" && RANK_MOVE.has(head);
        let ranked = self.ordinal || moved || self.leading;
        let value_type = if ranked { ValueType::Rank } else { unit.kind };
        let negative = printed.bounds().0 < 0.into();
        let printed = if !negative && falls(head, value_type) {
            negated(printed)
        } else {
            printed
        };
        let (printed, words) = match unit.words.as_ref() {
            "成" => (parts(printed, 1)?, Cow::Borrowed("")),
            "角" => (parts(printed, 1)?, Cow::Borrowed("元")),
            "分钱" => (parts(printed, 2)?, Cow::Borrowed("元")),
            _ => (printed, unit.words),
        };
        Some(Quantity {
            value_type,
            comparator,
            printed,
            unit_mult: self.mult,
            unit: words,
            unit_measure: unit.meaning.code.filter(|_| !ranked),
        })
    }

    /// A bare 亿 or 万 beside money words is money; any other bare number counts.
    fn unsaid_unit(&self, text: &str) -> Unit {
        let head = clause_before(text, self.span.start, if self.mult >= 8 { 16 } else { 6 });
        let behind = after(text, self.span.end);
        let is_money = match self.mult {
            8.. => {
                self.script == Script::Magnitude
                    || speaks_of_money(head)
                    || behind.starts_with("台阶")
                    || behind.starts_with('级')
            }
            4.. => {
                speaks_of_money(head)
                    && !speaks_of_people(head)
                    && !char_at(text, self.span.end).is_some_and(is_han)
            }
            _ => false,
        };
        if is_money {
            Unit::given("元", ValueType::Amount, self.span.end)
        } else {
            Unit::given("", ValueType::Count, self.span.end)
        }
    }
}

/// The unit that a currency right before the number gives it.
fn currency_before(head: &str) -> Option<&'static str> {
    let head = head.strip_suffix(is_gap).unwrap_or(head);
    // Most numbers have another character before them, and need no look at the words.
    let last = head.chars().next_back()?;
    if !matches!(
        last,
        '币' | '幣' | '￥' | '¥' | '元' | '圆' | '金' | '镑' | '$' | '＄' | '€' | '£' | 'B' | 'D'
    ) {
        return None;
    }
    Some(CURRENCY.longest(head)?.1)
}

/// The words before 每立方米 or 每千人, where such a base ends them.
fn without_base(head: &str) -> Option<&str> {
    let near = head.as_bytes().get(head.len().saturating_sub(18)..)?;
    let mark = "每".as_bytes();
    let from = head.len() - near.len() + near.windows(mark.len()).rposition(|bytes| bytes == mark)?;
    let (words, base) = head.split_at_checked(from)?;
    let base = base
        .strip_prefix('每')?
        .trim_start_matches(['百', '千', '万', '亿']);
    meaning_of(base).map(|_| words)
}

/// The limit in 不低于保有量的20%, whose base stands between.
fn share_limit(clause: &str) -> Option<Comparator> {
    if clause.contains("不低于") || clause.contains("不少于") {
        Some(Comparator::AtLeast)
    } else if clause.contains("不超过") || clause.contains("不高于") {
        Some(Comparator::AtMost)
    } else {
        None
    }
}

/// Whether the words before a value of this kind say that it went down.
fn falls(head: &str, kind: ValueType) -> bool {
    let head = head.trim_end_matches(is_gap);
    let bare = match BEFORE.longest(head) {
        Some((word, Some(_))) => head.strip_suffix(word).unwrap_or(head),
        _ => head,
    };
    DECLINE
        .longest(bare)
        .is_some_and(|(_, any)| any || matches!(kind, ValueType::Percent | ValueType::PercentagePoint))
}

/// The value in a unit that is ten to the power of `places` times as large.
fn parts(value: Value, places: u8) -> Option<Value> {
    Some(match value {
        Value::Exact(number) => Value::Exact(lowered(number, places)?),
        Value::Range(low, high) => Value::Range(lowered(low, places)?, lowered(high, places)?),
    })
}
