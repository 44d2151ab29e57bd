//! Reads numerals that are written in Chinese digits and magnitudes.

use crate::model::{Comparator, Decimal, Value};

use super::glyph::{chinese_digit, magnitude};
use super::numeral::{Numeral, Script, begins_unit, lowered, read_magnitudes};
use super::place::{char_at, char_before};

/// Adds up a Chinese numeral place by place.
#[derive(Default)]
struct Places {
    /// What stands before the last 万, 亿 or 兆, multiplied.
    total: u128,
    /// What stands behind it, without the last digit.
    section: u128,
    /// The digits read since the last magnitude.
    digit: Option<u128>,
    digit_count: usize,
    /// The last magnitude's exponent and whether a zero stood behind it.
    last: Option<u8>,
    after_zero: bool,
    /// The exponents of 万 and 亿 at the end.
    trailing: u8,
    overflow: bool,
}

impl Places {
    fn push_digit(&mut self, digit: u8) {
        self.trailing = 0;
        self.after_zero |= digit == 0;
        self.digit_count += 1;
        let digits = self
            .digit
            .unwrap_or(0)
            .checked_mul(10)
            .and_then(|d| d.checked_add(digit.into()));
        self.overflow |= digits.is_none();
        self.digit = digits;
    }

    /// Whether the digit `c` cannot go on: 两 of 二两 is a weight, the last 三 of 三百九十九三 begins another.
    fn ends_before(&self, c: char, digit: u8) -> bool {
        let Some(last) = self.digit.filter(|_| self.digit_count == 1) else {
            return matches!(c, '两' | '兩') && self.digit_count > 1;
        };
        let weight = matches!(c, '两' | '兩') && last > 1;
        weight || self.last.is_some() && last > 0 && u128::from(digit) <= last
    }

    fn push_magnitude(&mut self, exponent: u8) {
        let factor = 10u128.pow(u32::from(exponent));
        let sum = if exponent < 4 {
            self.trailing = 0;
            let digit = self
                .digit
                .filter(|d| *d > 0)
                .unwrap_or_else(|| self.take_section(exponent));
            digit
                .checked_mul(factor)
                .and_then(|d| self.section.checked_add(d))
                .map(|s| self.section = s)
        } else {
            self.push_big(exponent, factor)
        };
        self.overflow |= sum.is_none();
        self.digit = None;
        self.digit_count = 0;
        self.after_zero = false;
        self.last = Some(exponent);
    }

    /// What a magnitude without a digit of its own multiplies: 1, or the section in 十百 and the like.
    fn take_section(&mut self, exponent: u8) -> u128 {
        match self.last {
            Some(last) if last <= exponent && self.section > 0 => std::mem::take(&mut self.section),
            _ => 1,
        }
    }

    fn push_big(&mut self, exponent: u8, factor: u128) -> Option<()> {
        let section = self.section.checked_add(self.digit.unwrap_or(0))?;
        let smaller = self.last_big() < exponent;
        self.total = if section == 0 && self.total == 0 {
            factor
        } else if smaller || section == 0 {
            self.total.checked_add(section)?.checked_mul(factor)?
        } else {
            self.total.checked_add(section.checked_mul(factor)?)?
        };
        self.trailing = if section == 0 {
            self.trailing.saturating_add(exponent)
        } else {
            exponent
        };
        self.section = 0;
        Some(())
    }

    /// The exponent of the smallest big magnitude that `total` can hold by now.
    fn last_big(&self) -> u8 {
        if self.total == 0 {
            0
        } else if self.total.is_multiple_of(1_000_000_000_000) {
            12
        } else if self.total.is_multiple_of(100_000_000) {
            8
        } else {
            4
        }
    }

    fn sum(&self) -> Option<u128> {
        let place = if self.digit_count == 1 {
            self.lower_place()
        } else {
            1
        };
        self.with_digit(self.digit.unwrap_or(0).checked_mul(place)?)
    }

    /// What a last digit without a magnitude stands for: 三千五 is 3500, but 三千零五 is 3005.
    fn lower_place(&self) -> u128 {
        match self.last {
            Some(last) if last >= 2 && !self.after_zero => 10u128.pow(u32::from(last) - 1),
            _ => 1,
        }
    }

    /// All that stands before the last digits, and `part` in their place.
    fn with_digit(&self, part: u128) -> Option<u128> {
        let sum = self.total.checked_add(self.section)?.checked_add(part)?;
        (!self.overflow).then_some(sum)
    }
}

pub(super) fn chinese_numeral(text: &str, start: usize) -> Option<Numeral> {
    let first = char_at(text, start)?;
    // 每千瓦时 and 千米 hold a unit and no number.
    if begins_unit(text, first, start + first.len_utf8()) && first != '百' {
        return None;
    }
    let mut numeral = Numeral {
        start,
        end: start,
        printed: None,
        mult: 0,
        script: if magnitude(first).is_some_and(|e| e > 1) {
            Script::Magnitude
        } else {
            Script::Chinese
        },
        inner: Comparator::Equal,
        plain_digits: 0,
    };
    if let Some(lone) = lone_numeral(text, first, numeral) {
        return Some(lone);
    }
    let mut places = Places::default();
    let mut pair = None;
    while let Some(c) = char_at(text, numeral.end) {
        let next = numeral.end + c.len_utf8();
        if let Some(digit) = chinese_digit(c) {
            if places.ends_before(c, digit) {
                break;
            }
            if let (Some(low), 1) = (places.digit, places.digit_count) {
                pair = (places.last.is_none_or(|l| l > 0)).then_some((low, u128::from(digit)));
            }
            places.push_digit(digit);
        } else if let Some(tens) = tens_sign(c) {
            places.push_digit(tens);
            places.push_magnitude(1);
        } else if let Some(exponent) = magnitude(c) {
            if numeral.end > start && begins_unit(text, c, next) {
                break;
            }
            if places.digit_count == 2 && pair.is_some_and(|(low, high)| low < high && low > 0) {
                return pair_numeral(text, numeral, &places, pair?);
            }
            places.push_magnitude(exponent);
        } else if is_vague(c) && vague_fits(text, numeral.end, next, start) {
            numeral.inner = Comparator::Greater;
        } else {
            break;
        }
        numeral.end = next;
    }
    if numeral.end == start {
        return None;
    }
    let couple = pair.filter(|(low, high)| *low > 0 && low + 1 == *high && places.digit_count == 2);
    if let Some((low, high)) = couple.filter(|_| chinese_decimals(text, &numeral).is_none()) {
        let place = places.lower_place();
        let end_of = |digit: u128| places.with_digit(digit.checked_mul(place)?);
        numeral.printed = end_of(low)
            .zip(end_of(high))
            .and_then(|(low, high)| range_of(low, high));
        return Some(numeral);
    }
    finish_chinese(text, &mut numeral, &places);
    Some(numeral)
}

/// The shortcut for a single character without another numeral character behind, as most are.
fn lone_numeral(text: &str, c: char, numeral: Numeral) -> Option<Numeral> {
    let end = numeral.start + c.len_utf8();
    let continues = |c: char| {
        chinese_digit(c).is_some()
            || magnitude(c).is_some()
            || tens_sign(c).is_some()
            || is_vague(c)
            || matches!(c, '点' | '點')
    };
    if char_at(text, end).is_some_and(continues) {
        return None;
    }
    let (worth, mult) = match (chinese_digit(c), magnitude(c)) {
        (Some(digit), _) => (i64::from(digit), 0),
        (None, Some(exponent @ 0..=3)) => (10i64.pow(u32::from(exponent)), 0),
        (None, Some(exponent)) => (1, exponent),
        (None, None) => return None,
    };
    Some(Numeral {
        end,
        mult,
        printed: Some(Value::Exact(worth.into())),
        ..numeral
    })
}

fn tens_sign(c: char) -> Option<u8> {
    match c {
        '廿' => Some(2),
        '卅' => Some(3),
        '卌' => Some(4),
        _ => None,
    }
}

fn is_vague(c: char) -> bool {
    matches!(c, '几' | '数' | '余' | '多' | '馀')
}

/// Whether 几 or 数 at `at` stands beside a magnitude (几十, 数百, 十几) or 余 inside (三十余万).
fn vague_fits(text: &str, at: usize, next: usize, start: usize) -> bool {
    let behind = char_at(text, next).and_then(magnitude);
    match char_at(text, at) {
        Some('数') => at == start && behind.is_some(),
        Some('几') => {
            behind.is_some() || char_before(text, at).is_some_and(|c| matches!(c, '十' | '拾') && at > start)
        }
        _ => at > start && behind.is_some_and(|e| e >= 4),
    }
}

/// Reads the magnitudes behind an approximate pair: 三四百, 一二十.
fn pair_numeral(
    text: &str,
    mut numeral: Numeral,
    places: &Places,
    (low, high): (u128, u128),
) -> Option<Numeral> {
    // 四十五六万: small magnitudes multiply the digits alone, big ones what stands before them too.
    let (mut small, mut big, mut trailing) = (1u128, 1u128, 0u8);
    while let Some(c) = char_at(text, numeral.end) {
        let next = numeral.end + c.len_utf8();
        let Some(exponent) = magnitude(c).filter(|_| !begins_unit(text, c, next)) else {
            break;
        };
        let power = 10u128.checked_pow(u32::from(exponent))?;
        if exponent >= 4 {
            big = big.checked_mul(power)?;
            trailing = trailing.saturating_add(exponent);
        } else {
            small = small.checked_mul(power)?;
        }
        numeral.end = next;
    }
    let end_of = |digit: u128| {
        let section = places.section.checked_add(digit.checked_mul(small)?)?;
        places.total.checked_add(section.checked_mul(big)?)
    };
    let value = range_of(end_of(low)?, end_of(high)?)?;
    numeral.mult = trailing;
    numeral.printed = lowered_value(value, trailing);
    Some(numeral)
}

fn range_of(low: u128, high: u128) -> Option<Value> {
    Some(Value::Range(whole(low)?, whole(high)?))
}

fn whole(number: u128) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(i128::try_from(number).ok()?, 0).ok()
}

fn lowered_value(value: Value, exponent: u8) -> Option<Value> {
    Some(match value {
        Value::Exact(number) => Value::Exact(lowered(number, exponent)?),
        Value::Range(low, high) => Value::Range(lowered(low, exponent)?, lowered(high, exponent)?),
    })
}

/// Sets the value, reading decimals behind 点 (三点五, 一点二亿).
fn finish_chinese(text: &str, numeral: &mut Numeral, places: &Places) {
    let sum = places.sum().and_then(whole);
    if let Some((end, decimals)) = chinese_decimals(text, numeral) {
        numeral.end = end;
        numeral.printed = sum.and_then(|s| s.checked_add(decimals?)).map(Value::Exact);
        let run = read_magnitudes(text, end);
        (numeral.end, numeral.mult) = (run.end, run.exponent);
        return;
    }
    numeral.mult = places.trailing;
    numeral.printed = sum.and_then(|s| lowered(s, places.trailing)).map(Value::Exact);
}

/// The part behind 点: where it ends and its value.
fn chinese_decimals(text: &str, numeral: &Numeral) -> Option<(usize, Option<Decimal>)> {
    let point = char_at(text, numeral.end).filter(|c| matches!(c, '点' | '點'))?;
    let mut end = numeral.end + point.len_utf8();
    let (mut mantissa, mut scale) = (Some(0i128), 0);
    while let Some(digit) = char_at(text, end).and_then(chinese_digit) {
        mantissa = mantissa.and_then(|m| m.checked_mul(10)?.checked_add(digit.into()));
        scale += 1;
        end += char_at(text, end).map_or(0, char::len_utf8);
    }
    let value = mantissa.and_then(|m| Decimal::try_from_i128_with_scale(m, scale).ok());
    (scale > 0).then_some((end, value))
}
