//! Parts of a whole and ratios: 三分之一, 百分之十, 1/3, 百分百, 2.5∶1.

use crate::model::{Comparator, Decimal, Span, Value, ValueType};

use super::expression::{Expression, negated, signed_start};
use super::glyph::is_gap;
use super::numeral::{Numeral, Script, numeral};
use super::place::{after, before, char_at, clause_before};
use super::range::{is_range_mark, runs_from};
use super::units::{Unit, unit_at};

/// The part or ratio that begins with `first`.
pub(super) fn part(text: &str, first: &Numeral) -> Option<Expression> {
    in_words(text, first)
        .or_else(|| with_slash(text, first))
        .or_else(|| ratio_of_two(text, first))
}

/// An expression from `first` to `end` without approximators.
fn whole(text: &str, first: &Numeral, end: usize, printed: Value, mult: u8, unit: Unit) -> Expression {
    let core = Span::new(first.start, end);
    let start = signed_start(text, first.start, first.script, Some(&unit));
    let negative = before(text, first.start)
        .trim_end_matches(is_gap)
        .ends_with(['负', '負'])
        && start < first.start;
    Expression {
        span: Span::new(start, end),
        core,
        script: first.script,
        printed: Some(if negative { negated(printed) } else { printed }),
        mult,
        unit: Some(unit),
        inner: Comparator::Equal,
        ordinal: false,
        leading: false,
    }
}

/// 三分之一, 百分之负三, 百分之三十到四十, 百分百.
fn in_words(text: &str, first: &Numeral) -> Option<Expression> {
    let behind = after(text, first.end);
    if first.core_is(text, "百") && behind.starts_with("分百") {
        let end = first.end + "分百".len();
        let unit = Unit::given("%", ValueType::Percent, end);
        return Some(whole(
            text,
            first,
            end,
            Value::Exact(Decimal::ONE_HUNDRED),
            0,
            unit,
        ));
    }
    let rest = behind.strip_prefix("分之")?;
    let unsigned = rest.strip_prefix(['负', '負']).unwrap_or(rest);
    let second = numeral(text, text.len() - unsigned.len())?;
    let base = whole_value(first)?;
    let words = if base == Decimal::ONE_HUNDRED {
        "%"
    } else if base == Decimal::ONE_THOUSAND {
        "‰"
    } else {
        ""
    };
    let (mut printed, mult, kind) = if words.is_empty() {
        (
            Value::Exact(ratio(whole_value(&second)?, base)?),
            0,
            ValueType::Fraction,
        )
    } else {
        (second.printed?, second.mult, ValueType::Percent)
    };
    let mut end = second.end;
    if unsigned.len() < rest.len() {
        printed = negated(printed);
    } else if let Some((value, high_end)) = range_of_parts(text, first, &second, printed) {
        (printed, end) = (value, high_end);
    }
    let unit = Unit::given(words, kind, end);
    let inner = second.inner;
    Some(Expression {
        inner,
        ..whole(text, first, end, printed, mult, unit)
    })
}

/// The second end of 百分之三十到四十 or 百分之三十至百分之四十.
fn range_of_parts(text: &str, first: &Numeral, second: &Numeral, low: Value) -> Option<(Value, usize)> {
    let mark = char_at(text, second.end).filter(|c| is_range_mark(*c))?;
    let at = second.end + mark.len_utf8();
    let base = format!("{}分之", text.get(first.start..first.end)?);
    let repeated = after(text, at).starts_with(&base);
    let third = numeral(text, if repeated { at + base.len() } else { at })?;
    let (Value::Exact(low), Some(Value::Exact(high))) = (low, third.printed) else {
        return None;
    };
    let like = first.script == third.script || third.script == second.script;
    let fits = like && third.mult == second.mult && low < high && !runs_from(text, first, mark);
    let fits = fits && (repeated || unit_at(text, third.end).is_none());
    fits.then_some((Value::Range(low, high), third.end))
}

/// 1/3.
fn with_slash(text: &str, first: &Numeral) -> Option<Expression> {
    let slash = char_at(text, first.end).filter(|c| matches!(c, '/' | '／'))?;
    let second = numeral(text, first.end + slash.len_utf8())?;
    let (top, base) = (whole_value(first)?, whole_value(&second)?);
    let small = (1..=2).contains(&first.plain_digits) && (1..=2).contains(&second.plain_digits);
    let counted = unit_at(text, second.end).is_some_and(|unit| unit.words != "强");
    if !small || top >= base || counted {
        return None;
    }
    let unit = Unit::given("", ValueType::Fraction, second.end);
    Some(whole(
        text,
        first,
        second.end,
        Value::Exact(ratio(top, base)?),
        0,
        unit,
    ))
}

/// `2.5∶1`, `1∶12.5`: the first number as a multiple of the second.
fn ratio_of_two(text: &str, first: &Numeral) -> Option<Expression> {
    let mark = char_at(text, first.end).filter(|c| matches!(c, '∶' | ':' | '：'))?;
    let second = numeral(text, first.end + mark.len_utf8())?;
    let base = whole_value(&second).filter(|_| second.script == Script::Arabic)?;
    let to_one = base == Decimal::ONE && second.plain_digits > 0;
    let told = mark == '∶' || speaks_of_ratio(text, first.start);
    let listed = char_at(text, second.end) == Some(mark) || before(text, first.start).ends_with(mark);
    if !(to_one || told) || listed || first.script != Script::Arabic {
        return None;
    }
    let unit = Unit::given("", ValueType::Multiple, second.end);
    if to_one {
        return Some(whole(text, first, second.end, first.printed?, first.mult, unit));
    }
    let value = Value::Exact(ratio(whole_value(first)?, base)?);
    Some(whole(text, first, second.end, value, 0, unit))
}

/// Whether the words right before say that numbers with a colon between are a ratio or a structure.
pub(super) fn speaks_of_ratio(text: &str, at: usize) -> bool {
    let clause = clause_before(text, at, 10);
    let told = clause.contains('比') || clause.contains("结构");
    told && !["比赛", "比分", "比武", "对比"]
        .iter()
        .any(|word| clause.contains(word))
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
