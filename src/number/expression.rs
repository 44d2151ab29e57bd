//! A whole numeric expression: one numeral or a range of two, an approximator, and the unit.

use crate::model::{Comparator, Decimal, Span, Value, ValueType};

use super::glyph::{is_gap, is_han};
use super::numeral::{Numeral, Script, infix_end, lowered, numeral};
use super::place::{after, before, char_at, char_before, skip_gap};
use super::units::{Unit, unit_at};

/// The most numbers of a list that are read before the unit which they share.
const LIST: usize = 6;

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

/// Reads the expression that begins with `first`; `unit` is what stands right behind that.
pub(super) fn expression(text: &str, first: &Numeral, unit: Option<Unit>) -> Expression {
    let part = match unit {
        None => fraction(text, first).or_else(|| ratio_to_one(text, first)),
        Some(_) => None,
    };
    if let Some(part) = part {
        return part;
    }
    range(text, first, unit.as_ref()).unwrap_or_else(|| single(text, first, unit))
}

fn single(text: &str, first: &Numeral, unit: Option<Unit>) -> Expression {
    let (mut inner, mut end, mut unit) = (first.inner, first.end, unit);
    if let Some((behind, approximated)) = approximator(text, first).filter(|_| unit.is_none()) {
        (inner, end, unit) = (Comparator::Greater, behind, approximated);
    }
    let unit = unit.filter(|unit| first.mult < 8 || !unit.is_place());
    let end = unit.as_ref().map_or(end, |unit| unit.end);
    let unit = unit.or_else(|| shared_unit(text, first, end));
    let ordinal = before(text, first.start).ends_with('第') && first.mult == 0;
    let leading = is_leading(text, first.start, unit.as_ref(), end);
    let prefix = if ordinal || leading { '第'.len_utf8() } else { 0 };
    let start = first.start - prefix;

    Expression {
        span: Span::new(signed_start(text, start, first.script), end),
        core: Span::new(first.start, first.end),
        script: first.script,
        printed: signed(text, start, first),
        mult: first.mult,
        unit,
        inner,
        ordinal,
        leading,
    }
}

/// Whether 前 before the numeral makes it the first so many of an order (前三, 前50名), unlike in 目前.
fn is_leading(text: &str, start: usize, unit: Option<&Unit>, end: usize) -> bool {
    let Some(head) = before(text, start).strip_suffix('前') else {
        return false;
    };
    let fits = match unit {
        Some(unit) => matches!(unit.words.as_ref(), "名" | "位" | "强"),
        None => !char_at(text, end).is_some_and(is_han),
    };
    fits && !head.ends_with(|c| "目提之当此以年日空生会午饭眼面跟".contains(c))
}

/// Where 余 or 多 behind the numeral ends, and the unit behind it.
fn approximator(text: &str, first: &Numeral) -> Option<(usize, Option<Unit>)> {
    let end = infix_end(text, first.end)?;
    let unit = unit_behind(text, end);
    let fits = unit.is_some()
        || matches!(char_before(text, first.end), Some('万' | '亿'))
        || char_at(text, first.end) == Some('余');
    fits.then_some((end, unit))
}

/// The unit at `end` or behind one space there.
pub(super) fn unit_behind(text: &str, end: usize) -> Option<Unit> {
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
        Some(sign @ ('负' | '負')) => {
            let at = start - sign.len_utf8();
            let bound = char_before(text, at).is_some_and(|c| is_han(c) && !"为是达到至的比现从".contains(c));
            if bound { start } else { at }
        }
        _ => start,
    }
}

fn signed(text: &str, start: usize, first: &Numeral) -> Option<Value> {
    let from = signed_start(text, start, first.script);
    let negative = from < start && matches!(char_at(text, from), Some('-' | '−' | '－' | '负' | '負'));
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

/// The unit of the last number of a list that has it in common (分别提高15、22个百分点).
fn shared_unit(text: &str, first: &Numeral, end: usize) -> Option<Unit> {
    if first.script != Script::Arabic || first.mult > 0 {
        return None;
    }
    let mut at = end;
    for _ in 0..LIST {
        let mark = char_at(text, at).filter(|c| matches!(c, '、' | '和' | '与'))?;
        let next =
            numeral(text, at + mark.len_utf8()).filter(|n| n.script == Script::Arabic && n.mult == 0)?;
        if let Some(unit) = unit_behind(text, next.end) {
            return Some(Unit { end, ..unit });
        }
        at = next.end;
    }
    None
}

/// `2.5∶1`: how many to one.
fn ratio_to_one(text: &str, first: &Numeral) -> Option<Expression> {
    let mark = char_at(text, first.end).filter(|c| matches!(c, '∶' | ':' | '：'))?;
    let second = numeral(text, first.end + mark.len_utf8())?;
    let behind = char_at(text, second.end);
    if whole_value(&second)? != Decimal::ONE || second.plain_digits == 0 || behind == Some(mark) {
        return None;
    }
    let span = Span::new(first.start, second.end);
    Some(Expression {
        span,
        core: span,
        script: first.script,
        printed: first.printed,
        mult: first.mult,
        unit: Some(Unit::given("", ValueType::Multiple, span.end)),
        inner: Comparator::Equal,
        ordinal: false,
        leading: false,
    })
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
        if !small || top >= base || unit_behind(text, second.end).is_some_and(|unit| unit.words != "强") {
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
fn range(text: &str, first: &Numeral, left_unit: Option<&Unit>) -> Option<Expression> {
    let left_end = left_unit.map_or(first.end, |unit| unit.end);
    let mark = char_at(text, left_end).filter(|c| is_range_mark(*c))?;
    let from_to = matches!(mark, '至' | '到') && before(text, first.start).ends_with(['从', '由', '自']);
    let second = numeral(text, left_end + mark.len_utf8()).filter(|_| !from_to)?;
    let unit = unit_behind(text, infix_end(text, second.end).unwrap_or(second.end));
    if left_unit.is_some_and(|left| Some(&left.words) != unit.as_ref().map(|right| &right.words)) {
        return None;
    }
    let (Some(Value::Exact(low)), Some(Value::Exact(high))) = (first.printed, second.printed) else {
        return None;
    };
    // Without a magnitude of its own the first end shares the second's, but 8000—1万 does not.
    let low = if shares_places(first, &second) {
        low.checked_mul(leading_power(high))?
    } else {
        low
    };
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

/// Whether a lone Chinese digit has its magnitude from the second end (八到九百).
fn shares_places(first: &Numeral, second: &Numeral) -> bool {
    first.script == Script::Chinese
        && first.mult == 0
        && second.script == Script::Chinese
        && first.end - first.start == 3
}

/// The power of ten of a whole number's only digit that is no zero; else 1.
fn leading_power(number: Decimal) -> Decimal {
    let mut power = Decimal::ONE;
    let ten = Decimal::TEN;
    while let Some(next) = power
        .checked_mul(ten)
        .filter(|next| *next <= number && (number % *next).is_zero())
    {
        power = next;
    }
    if number < power * ten { power } else { Decimal::ONE }
}

fn high_is_year(second: &Numeral, unit: Option<&Unit>) -> bool {
    second.plain_digits == 4 && unit.is_some_and(|unit| unit.words == "年")
}

fn is_range_mark(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '－' | '~' | '～' | '〜' | '至' | '到')
}
