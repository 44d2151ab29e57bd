//! Ranges: 4—5个, 2—3万, 10家—20家, 5%至6%, 10万元（含）—50万元.

use crate::model::{Decimal, Span, Value};

use super::expression::Expression;
use super::numeral::{Numeral, Script, infix_end, lowered, numeral};
use super::place::{after, before, char_at};
use super::units::{Unit, unit_behind};

/// The range that begins with `first`, behind which `left_unit` stands.
pub(super) fn range(text: &str, first: &Numeral, left_unit: Option<&Unit>) -> Option<Expression> {
    let left_end = left_unit.map_or(first.end, |unit| unit.end);
    let (mark, at) = range_mark(text, left_end)?;
    let second = numeral(text, at).filter(|_| !runs_from(text, first, mark))?;
    let unit = unit_behind(text, infix_end(text, second.end).unwrap_or(second.end));
    if left_unit.is_some_and(|left| Some(&left.words) != unit.as_ref().map(|right| &right.words)) {
        return None;
    }
    let (low, high) = ends(first, &second)?;
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

/// Both ends with the second one's magnitude taken off.
fn ends(first: &Numeral, second: &Numeral) -> Option<(Decimal, Decimal)> {
    let (Some(Value::Exact(low)), Some(Value::Exact(high))) = (first.printed, second.printed) else {
        return None;
    };
    // Without a magnitude of its own the first end shares the second's, but 8000—1万 does not.
    let low = if shares_places(first, second) {
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
    Some((low, high))
}

/// The mark of a range at `end`, and where it ends; it may be doubled or stand behind （含）.
fn range_mark(text: &str, end: usize) -> Option<(char, usize)> {
    let rest = after(text, end);
    let at = ["（含）", "(含)"]
        .iter()
        .find(|word| rest.starts_with(*word))
        .map_or(end, |word| end + word.len());
    let mark = char_at(text, at).filter(|c| is_range_mark(*c))?;
    let behind = at + mark.len_utf8();
    let doubled = matches!(mark, '-' | '—') && char_at(text, behind) == Some(mark);
    Some((mark, if doubled { behind + mark.len_utf8() } else { behind }))
}

/// Whether 从 or 由 before the numeral makes 到 a move from one value to another.
pub(super) fn runs_from(text: &str, first: &Numeral, mark: char) -> bool {
    matches!(mark, '至' | '到') && before(text, first.start).ends_with(['从', '由', '自'])
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

/// Whether `c` parts the two ends of a range.
pub(super) fn is_range_mark(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '－' | '~' | '～' | '〜' | '至' | '到')
}
