//! A whole numeric expression: one numeral or a range of two, an approximator, and the unit.

use std::borrow::Cow;

use crate::model::{Comparator, Decimal, Quantity, Span, Value, ValueType};

use super::glyph::is_gap;
use super::numeral::{Numeral, Script, infix_end, lowered, numeral};
use super::place::{after, before, char_at, char_before, clause_before, skip_gap};
use super::units::{Unit, unit_at};
use super::words::{AFTER, BEFORE, DECLINE, RANK_MOVE, speaks_of_money};

/// A numeric expression as far as it can be told without its role.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    /// The maximal expression. Bytes.
    pub span: Span,
    /// Numeral and magnitude of one or both ends. Bytes.
    pub core: Span,
    /// The script that it begins in.
    pub script: Script,
    /// The printed numeral; `None` where it is too long.
    pub printed: Option<Value>,
    /// The magnitude as a power of ten.
    pub mult: u8,
    /// The unit, if one stands behind.
    pub unit: Option<Unit>,
    /// From 余, 多, 几 inside the expression.
    pub inner: Comparator,
    /// Whether 第 stands before it.
    pub ordinal: bool,
    /// Whether 前 makes it the first so many.
    pub leading: bool,
}

/// Reads the expression that begins with `first`.
pub(super) fn expression(text: &str, first: Numeral) -> Expression {
    fraction(text, &first)
        .or_else(|| range(text, &first))
        .unwrap_or_else(|| single(text, first))
}

fn single(text: &str, first: Numeral) -> Expression {
    let (mut inner, mut end) = (first.inner, first.end);
    if let Some(behind) = approximator_end(text, &first) {
        (inner, end) = (Comparator::Greater, behind);
    }
    let unit = unit_behind(text, end);
    let end = unit.as_ref().map_or(end, |unit| unit.end);
    let head = before(text, first.start);
    let ordinal = head.ends_with('第') && first.mult == 0;
    let start = first.start - if ordinal { '第'.len_utf8() } else { 0 };
    Expression {
        span: Span::new(signed_start(text, start, first.script), end),
        core: Span::new(first.start, first.end),
        script: first.script,
        printed: signed(text, start, &first),
        mult: first.mult,
        unit,
        inner,
        ordinal,
        leading: head.ends_with('前'),
    }
}

/// Behind 余 or 多 after the numeral, if it is one: it must be followed by a unit or stand after 十, 百 ….
fn approximator_end(text: &str, first: &Numeral) -> Option<usize> {
    let end = infix_end(text, first.end)?;
    let fits = unit_behind(text, end).is_some()
        || matches!(char_before(text, first.end), Some('万' | '亿'))
        || char_at(text, first.end) == Some('余');
    fits.then_some(end)
}

fn unit_behind(text: &str, end: usize) -> Option<Unit> {
    unit_at(text, skip_gap(text, end))
}

/// Takes a minus sign in where what stands before it cannot be a range's first end.
fn signed_start(text: &str, start: usize, script: Script) -> usize {
    match char_before(text, start) {
        Some(sign @ ('-' | '−' | '－' | '+' | '±')) if script == Script::Arabic => {
            let at = start - sign.len_utf8();
            match char_before(text, at) {
                None => at,
                Some(c)
                    if is_gap(c)
                        || matches!(c, '\n' | '|' | '（' | '(' | '：' | ':' | '为' | '到' | '至') =>
                {
                    at
                }
                Some(_) => start,
            }
        }
        Some('负') => start - '负'.len_utf8(),
        _ => start,
    }
}

fn signed(text: &str, start: usize, first: &Numeral) -> Option<Value> {
    let from = signed_start(text, start, first.script);
    let negative = from < start && matches!(char_at(text, from), Some('-' | '−' | '－' | '负'));
    first
        .printed
        .map(|value| if negative { negated(value) } else { value })
}

pub(super) fn negated(value: Value) -> Value {
    match value {
        Value::Exact(number) => Value::Exact(-number),
        Value::Range(low, high) => Value::Range(-low, -high),
    }
}

/// 三分之一, 百分之十, 1/3.
fn fraction(text: &str, first: &Numeral) -> Option<Expression> {
    let mark = ["分之", "/", "／"]
        .into_iter()
        .find(|mark| after(text, first.end).starts_with(mark))?;
    let second = numeral(text, first.end + mark.len())?;
    let (printed, words) = if mark == "分之" {
        let base = whole_value(first)?;
        if base == Decimal::ONE_HUNDRED {
            (second.printed?, "%")
        } else if base == Decimal::ONE_THOUSAND {
            (second.printed?, "‰")
        } else {
            (Value::Exact(ratio(whole_value(&second)?, base)?), "")
        }
    } else {
        let (top, base) = (whole_value(first)?, whole_value(&second)?);
        let small = (1..=2).contains(&first.plain_digits) && (1..=2).contains(&second.plain_digits);
        if !small || top >= base || unit_behind(text, second.end).is_some() {
            return None;
        }
        (Value::Exact(ratio(top, base)?), "")
    };
    let span = Span::new(first.start, second.end);
    Some(Expression {
        span,
        core: span,
        script: first.script,
        printed: Some(printed),
        mult: if words.is_empty() { 0 } else { second.mult },
        unit: Some(Unit::given(
            words,
            if words.is_empty() {
                ValueType::Fraction
            } else {
                ValueType::Percent
            },
            span.end,
        )),
        inner: second.inner,
        ordinal: false,
        leading: false,
    })
}

fn whole_value(numeral: &Numeral) -> Option<Decimal> {
    match numeral.printed?.shifted(u32::from(numeral.mult))? {
        Value::Exact(number) => Some(number),
        Value::Range(..) => None,
    }
}

/// `top` by `base`, rounded to six places.
fn ratio(top: Decimal, base: Decimal) -> Option<Decimal> {
    Some(top.checked_div(base)?.round_dp(6).normalize())
}

/// `4—5个`, `2—3万`, `10家—20家`, `5%至6%`.
fn range(text: &str, first: &Numeral) -> Option<Expression> {
    let left_unit = unit_behind(text, first.end);
    let left_end = left_unit.as_ref().map_or(first.end, |unit| unit.end);
    let mark = char_at(text, left_end).filter(|c| is_range_mark(*c))?;
    let from_to = matches!(mark, '至' | '到') && before(text, first.start).ends_with(['从', '由', '自']);
    let second = numeral(text, left_end + mark.len_utf8()).filter(|_| !from_to)?;
    let unit = unit_behind(text, infix_end(text, second.end).unwrap_or(second.end));
    if left_unit.is_some() && left_unit.as_ref().map(|u| &u.words) != unit.as_ref().map(|u| &u.words) {
        return None;
    }
    let (Some(Value::Exact(low)), Some(Value::Exact(high))) = (first.printed, second.printed) else {
        return None;
    };
    // Without a magnitude of its own the first end shares the second's, but 8000—1万 does not.
    let shares = first.mult == 0 && low < high;
    let low = match (shares, first.mult == second.mult) {
        (true, _) | (_, true) => low,
        _ => lowered(
            Value::Exact(low)
                .shifted(u32::from(first.mult))
                .map(|v| v.bounds().0)?,
            second.mult,
        )?,
    };
    if low >= high || high_is_year(&second, unit.as_ref()) {
        return None;
    }
    let end = unit
        .as_ref()
        .map_or(infix_end(text, second.end).unwrap_or(second.end), |unit| unit.end);
    let ordinal = before(text, first.start).ends_with('第');
    let start = first.start - if ordinal { '第'.len_utf8() } else { 0 };
    Some(Expression {
        span: Span::new(start, end),
        core: Span::new(first.start, second.end),
        script: first.script,
        printed: Some(Value::Range(low, high)),
        mult: second.mult,
        unit,
        inner: second.inner,
        ordinal,
        leading: false,
    })
}

fn high_is_year(second: &Numeral, unit: Option<&Unit>) -> bool {
    second.plain_digits == 4 && unit.is_some_and(|unit| unit.words == "年")
}

fn is_range_mark(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '－' | '~' | '～' | '〜' | '至' | '到')
}

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
        match BEFORE.longest(before(text, self.span.start).trim_end_matches(is_gap)) {
            Some((_, Some(comparator))) => comparator,
            _ => self.inner,
        }
    }

    /// What the expression is worth.
    pub(super) fn quantity(&self, text: &str) -> Option<Quantity> {
        let printed = self.printed?;
        let comparator = self.comparator(text);
        let head = before(text, self.span.start);
        let unit = match &self.unit {
            Some(unit) => unit.clone(),
            None => self.unsaid_unit(text),
        };
        let moved = unit.words == "位" && RANK_MOVE.has(head);
        let ranked =
            self.ordinal || moved || self.leading && matches!(unit.words.as_ref(), "" | "名" | "位" | "强");
        let value_type = if ranked { ValueType::Rank } else { unit.kind };
        let printed = if falls(head, value_type) {
            negated(printed)
        } else {
            printed
        };
        let (printed, words) = match unit.words.as_ref() {
            "成" => (tenths(printed)?, Cow::Borrowed("")),
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
            4.. => speaks_of_money(head) && !char_at(text, self.span.end).is_some_and(super::glyph::is_han),
            _ => false,
        };
        if is_money {
            Unit::given("元", ValueType::Amount, self.span.end)
        } else {
            Unit::given("", ValueType::Count, self.span.end)
        }
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

fn tenths(value: Value) -> Option<Value> {
    Some(match value {
        Value::Exact(number) => Value::Exact(lowered(number, 1)?),
        Value::Range(low, high) => Value::Range(lowered(low, 1)?, lowered(high, 1)?),
    })
}
