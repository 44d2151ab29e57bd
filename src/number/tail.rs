//! What stands in or behind a unit and adds to the value: 三年半, 两个半月, 3元5角2分.

use std::borrow::Cow;

use crate::model::{Decimal, Value, ValueType};

use super::glyph::is_han;
use super::numeral::numeral;
use super::place::after;
use super::units::Unit;
use super::words::speaks_of_half;

/// The value and the unit with what stands behind them; `None` where nothing does.
pub(super) fn tail(text: &str, printed: Value, mult: u8, unit: &Unit) -> Option<(Value, Unit)> {
    let Value::Exact(number) = printed else {
        return None;
    };
    if let Some(whole) = unit.words.strip_prefix("个半") {
        let unit = Unit {
            words: Cow::Owned(format!("个{whole}")),
            ..unit.clone()
        };
        return Some((Value::Exact(number.checked_add(half())?), unit)).filter(|_| mult == 0);
    }
    let rest = after(text, unit.end);
    if mult == 0 && rest.starts_with('半') && takes_half(&unit.words, rest) && !speaks_of_half(rest) {
        let end = unit.end + '半'.len_utf8();
        return Some((
            Value::Exact(number.checked_add(half())?),
            Unit { end, ..unit.clone() },
        ));
    }
    if mult == 0 && matches!(unit.words.as_ref(), "元" | "圆" | "块") {
        return small_money(text, number, unit);
    }
    if mult == 0 && unit.words == "角" {
        return small_money(text, number.checked_mul(Decimal::new(1, 1))?, unit);
    }
    None
}

fn half() -> Decimal {
    Decimal::new(5, 1)
}

/// Units behind which 半 is half of one; behind 个 only where no noun goes on.
fn takes_half(unit: &str, rest: &str) -> bool {
    let closes = || !rest.chars().nth(1).is_some_and(is_han);
    matches!(unit, "个" | "個") && closes()
        || matches!(
            unit,
            "年" | "天" | "小时" | "公里" | "里" | "公斤" | "斤" | "吨" | "亩" | "倍" | "成" | "度" | "升"
        )
}

/// `5角2分` behind 元, and 整 or 正 behind it all.
fn small_money(text: &str, yuan: Decimal, unit: &Unit) -> Option<(Value, Unit)> {
    let (mut sum, mut end) = (yuan, unit.end);
    for (words, places) in [(&["角", "毛"][..], 1), (&["分"][..], 2)] {
        let Some(part) = numeral(text, end).filter(|part| part.mult == 0) else {
            break;
        };
        let behind = after(text, part.end);
        let Some(word) = words.iter().find(|word| behind.starts_with(**word)) else {
            continue;
        };
        if behind.starts_with("分之") {
            break;
        }
        let Some(Value::Exact(count)) = part.printed.filter(|_| sum.scale() < places) else {
            break;
        };
        sum = sum.checked_add(Decimal::try_new(i64::try_from(count.mantissa()).ok()?, places).ok()?)?;
        end = part.end + word.len();
    }
    let rest = after(text, end);
    if end > unit.end && rest.starts_with('钱') || unit.words == "圆" && rest.starts_with(['整', '正']) {
        end += '钱'.len_utf8();
    }
    (end > unit.end).then(|| {
        let plain = Unit::given("元", ValueType::Amount, end);
        (Value::Exact(sum), plain)
    })
}
