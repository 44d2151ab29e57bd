//! A whole numeric expression: one numeral or a range of two, an approximator, and the unit.

use crate::model::{Comparator, Span, Value, ValueType};

use super::fraction::part;
use super::glyph::{is_gap, is_han};
use super::numeral::{Numeral, Script, infix_end, numeral};
use super::place::{after, before, char_at, char_before};
use super::range::range;
use super::tail::tail;
use super::units::{Unit, unit_behind};

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
    if unit.is_none()
        && let Some(part) = part(text, first)
    {
        return part;
    }
    range(text, first, unit.as_ref()).unwrap_or_else(|| single(text, first, unit))
}

fn single(text: &str, first: &Numeral, unit: Option<Unit>) -> Expression {
    let (mut inner, mut end, mut unit) = (first.inner, first.end, unit);
    if let Some((behind, approximated)) = approximator(text, first).filter(|_| unit.is_none()) {
        (inner, end, unit) = (Comparator::Greater, behind, approximated);
    }
    let mut unit = unit.filter(|unit| first.mult < 8 || !unit.is_place());
    let mut printed = first.printed;
    if let (Some(value), Some(whole)) = (printed, &unit)
        && let Some((sum, longer)) = tail(text, value, first.mult, whole)
    {
        (printed, unit) = (Some(sum), Some(longer));
    }
    let end = unit.as_ref().map_or(end, |unit| unit.end);
    let unit = unit.or_else(|| shared_unit(text, first, end));
    let ordinal = before(text, first.start).ends_with('第') && first.mult == 0;
    let leading = is_leading(text, first.start, unit.as_ref(), end);
    let prefix = if ordinal || leading { '第'.len_utf8() } else { 0 };
    let start = first.start - prefix;

    let from = signed_start(text, start, first.script, unit.as_ref());

    Expression {
        span: Span::new(from, end),
        core: Span::new(first.start, first.end),
        script: first.script,
        printed: signed(text, from, printed),
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

/// Where the expression begins with its sign: 负 or 零下, or a minus that is no range's mark.
pub(super) fn signed_start(text: &str, start: usize, script: Script, unit: Option<&Unit>) -> usize {
    let head = before(text, start);
    let may_sign = |c: char| is_gap(c) || matches!(c, '负' | '負' | '下' | '-' | '−' | '－' | '+' | '±');
    if !head.ends_with(may_sign) {
        return start;
    }
    let spaced = head.trim_end_matches(is_gap);
    if let Some(before_sign) = spaced
        .strip_suffix(['负', '負'])
        .filter(|_| head.len() <= spaced.len() + 3)
    {
        // 减负300亿元 and the like are words that end in 负.
        return if before_sign.ends_with(|c| "减担抱肩胜自背辜税降欠不正".contains(c)) {
            start
        } else {
            before_sign.len()
        };
    }
    if let Some(before_sign) = head
        .strip_suffix("零下")
        .filter(|_| unit.is_some_and(Unit::is_degree))
    {
        return before_sign.len();
    }
    let Some(before_sign) = head
        .strip_suffix(['-', '−', '－', '+', '±'])
        .filter(|_| script == Script::Arabic)
    else {
        return start;
    };
    let rated = unit.is_some_and(|unit| {
        matches!(unit.kind, ValueType::Percent | ValueType::PercentagePoint) || unit.is_degree()
    });
    let free = match before_sign.chars().next_back() {
        None => true,
        Some(c) if is_gap(c) || "\n|（(：:为到至".contains(c) => true,
        Some(c) => rated && !c.is_ascii() && !"％℃—–－−".contains(c),
    };
    if free { before_sign.len() } else { start }
}

/// The printed value, negative where its sign says so.
fn signed(text: &str, from: usize, printed: Option<Value>) -> Option<Value> {
    let negative = matches!(char_at(text, from), Some('-' | '−' | '－' | '负' | '負'))
        || after(text, from).starts_with("零下");
    printed.map(|value| if negative { negated(value) } else { value })
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
