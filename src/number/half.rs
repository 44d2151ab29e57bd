//! 半 as a number: 一半以上, 占半数, 半个百分点.

use crate::model::{Comparator, Decimal, Span, Value, ValueType};

use super::expression::Expression;
use super::numeral::Script;
use super::place::{after, before, stands_alone};
use super::units::{Unit, unit_at};
use super::words::{BEFORE, COUNT_HEAD, FIXED};

/// Words before 一半 or 半数 that make it a share, besides the comparators.
const SHARE_HEADS: &[&str] = &[
    "占",
    "的",
    "占了",
    "达",
    "达到",
    "有",
    "降低",
    "缩短",
    "减少",
    "压缩",
    "减少了",
    "缩短了",
    "过",
];
/// Words behind it that do the same.
const SHARE_TAILS: &[&str] = &["以上", "以下", "左右", "还多"];

/// The expression that begins at `start` with 半 or 一半.
pub(super) fn half(text: &str, start: usize) -> Option<Expression> {
    let words = after(text, start);
    if words.starts_with("一半") {
        return share(text, start, start + "一半".len());
    }
    if words.starts_with("半数") {
        return share(text, start, start + "半数".len());
    }
    if !words.starts_with('半') || FIXED.has(words) {
        return None;
    }
    let core_end = start + '半'.len_utf8();
    let unit = unit_at(text, core_end)?;
    let fits = match unit.kind {
        ValueType::PercentagePoint => true,
        ValueType::Duration => {
            COUNT_HEAD.has(before(text, start)) && !matches!(unit.words.as_ref(), "年" | "天" | "日")
        }
        ValueType::Quantity | ValueType::Area => {
            unit.words.chars().count() > 1 || "吨斤亩米升".contains(unit.words.as_ref())
        }
        _ => false,
    };
    fits.then(|| one_half(Span::new(start, unit.end), Span::new(start, core_end), unit))
}

/// One half of a whole, where the words beside it say that it is a share.
fn share(text: &str, start: usize, end: usize) -> Option<Expression> {
    let (head, behind) = (before(text, start), after(text, end));
    let is_share = SHARE_TAILS.iter().any(|tail| behind.starts_with(tail))
        || SHARE_HEADS.iter().any(|word| head.ends_with(word))
        || BEFORE
            .longest(head)
            .is_some_and(|(_, comparator)| comparator.is_some())
        || stands_alone(text, start, end);
    let span = Span::new(start, end);
    is_share.then(|| one_half(span, span, Unit::given("", ValueType::Fraction, end)))
}

fn one_half(span: Span, core: Span, unit: Unit) -> Expression {
    Expression {
        span,
        core,
        script: Script::Chinese,
        printed: Some(Value::Exact(Decimal::new(5, 1))),
        mult: 0,
        unit: Some(unit),
        inner: Comparator::Equal,
        ordinal: false,
        leading: false,
    }
}
