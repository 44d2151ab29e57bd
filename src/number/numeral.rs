//! Reads one numeral: digits in any script, separators, decimals and magnitudes.

use crate::model::{Comparator, Decimal, Value};

use super::glyph::{arabic_digit, chinese_digit, is_gap, magnitude};
use super::place::{after, char_at, char_before, skip_gap};

/// The script that a numeral begins in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// Half- or full-width digits.
    Arabic,
    /// Chinese digits with or without magnitudes.
    Chinese,
    /// A magnitude alone (千亿, 百万).
    Magnitude,
}

/// A numeral with its magnitude.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeral {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What is printed before the magnitude; `None` where it is too long for an exact decimal.
    pub printed: Option<Value>,
    /// The magnitude as a power of ten.
    pub mult: u8,
    /// The script that it begins in.
    pub script: Script,
    /// `Greater` where it holds 几, 数, 余 or 多.
    pub inner: Comparator,
    /// How many plain Arabic digits it consists of; 0 when it holds anything else.
    pub plain_digits: usize,
}

/// The numeral that begins at `start`, or `None` where none does.
pub(super) fn numeral(text: &str, start: usize) -> Option<Numeral> {
    match char_at(text, start)? {
        c if arabic_digit(c).is_some() => Some(arabic_numeral(text, start)),
        _ => chinese_numeral(text, start),
    }
}

/// A run of Arabic digits with separators and a decimal point.
struct Digits {
    end: usize,
    mantissa: Option<i128>,
    scale: u32,
    count: usize,
    plain: bool,
}

impl Digits {
    fn push(&mut self, digit: u8) {
        self.mantissa = self
            .mantissa
            .and_then(|m| m.checked_mul(10)?.checked_add(i128::from(digit)));
        self.count += 1;
    }

    fn decimal(&self) -> Option<Decimal> {
        Decimal::try_from_i128_with_scale(self.mantissa?, self.scale).ok()
    }
}

fn read_digits(text: &str, start: usize) -> Digits {
    let mut run = Digits {
        end: start,
        mantissa: Some(0),
        scale: 0,
        count: 0,
        plain: true,
    };
    while let Some(c) = char_at(text, run.end) {
        let next = run.end + c.len_utf8();
        if let Some(digit) = arabic_digit(c) {
            run.push(digit);
            run.end = next;
        } else if is_separator(c) && (run.count <= 3 || !run.plain) && three_digits(text, next) {
            run.plain = false;
            run.end = next;
        } else if matches!(c, '.' | '．') {
            if let Some(end) = read_decimals(text, next, &mut run) {
                run.plain = false;
                run.end = end;
            }
            break;
        } else {
            break;
        }
    }
    run
}

/// Reads the digits behind a decimal point and returns where they end, or `None` without any.
fn read_decimals(text: &str, start: usize, run: &mut Digits) -> Option<usize> {
    let mut end = start;
    while let Some(c) = char_at(text, end) {
        let Some(digit) = arabic_digit(c) else { break };
        run.push(digit);
        run.scale += 1;
        end += c.len_utf8();
    }
    (end > start).then_some(end)
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | '，') || is_gap(c)
}

/// Whether exactly three digits stand at `at`.
fn three_digits(text: &str, at: usize) -> bool {
    let mut digits = after(text, at).chars().map(|c| arabic_digit(c).is_some());
    digits.by_ref().take(3).filter(|&digit| digit).count() == 3 && !digits.next().unwrap_or(false)
}

fn arabic_numeral(text: &str, start: usize) -> Numeral {
    let digits = read_digits(text, start);
    let mut numeral = Numeral {
        start,
        end: digits.end,
        printed: digits.decimal().map(Value::Exact),
        mult: 0,
        script: Script::Arabic,
        inner: Comparator::Equal,
        plain_digits: if digits.plain { digits.count } else { 0 },
    };
    extend_by_magnitudes(text, &mut numeral);
    if numeral.mult > 0 {
        numeral.plain_digits = 0;
        extend_by_lower_places(text, &mut numeral);
    }
    numeral
}

/// Takes in 万, 亿, 百万, 万亿 … and an approximator before them (`20多万`).
fn extend_by_magnitudes(text: &str, numeral: &mut Numeral) {
    let mut at = numeral.end;
    let infix = infix_end(text, at);
    if let Some(end) = infix {
        at = end;
    } else if char_at(text, skip_gap(text, at)).is_some_and(|c| matches!(c, '万' | '亿' | '萬' | '億')) {
        at = skip_gap(text, at);
    }
    let run = read_magnitudes(text, at);
    if run.end > at {
        numeral.end = run.end;
        numeral.mult = run.exponent;
        if infix.is_some() {
            numeral.inner = Comparator::Greater;
        }
    }
}

/// Behind 余, 多 or 几 at `at`.
pub(super) fn infix_end(text: &str, at: usize) -> Option<usize> {
    match char_at(text, at) {
        Some(c @ ('余' | '多' | '几' | '馀')) => Some(at + c.len_utf8()),
        _ => None,
    }
}

struct Magnitudes {
    end: usize,
    exponent: u8,
}

/// The magnitudes at `at` that multiply what stands before them.
fn read_magnitudes(text: &str, start: usize) -> Magnitudes {
    let mut run = Magnitudes {
        end: start,
        exponent: 0,
    };
    while let Some(c) = char_at(text, run.end) {
        let Some(exponent) = magnitude(c).filter(|&e| e > 1) else {
            break;
        };
        let next = run.end + c.len_utf8();
        if begins_unit(text, c, next) || run.exponent > 20 {
            break;
        }
        run.exponent += exponent;
        run.end = next;
    }
    run
}

/// Whether the magnitude `c` is the head of a unit (千瓦, 兆赫) or of 百分之.
fn begins_unit(text: &str, c: char, next: usize) -> bool {
    let follower = char_at(text, next);
    match c {
        '千' | '仟' => {
            matches!(
                follower,
                Some('瓦' | '克' | '米' | '伏' | '卡' | '焦' | '赫' | '帕' | '牛' | '安' | '字')
            )
        }
        '兆' => matches!(
            follower,
            Some('瓦' | '赫' | '帕' | '字' | '焦' | '伏' | '比' | '欧')
        ),
        '百' => matches!(follower, Some('分' | '帕')),
        _ => false,
    }
}

/// Takes in `5百` of `3千5百` and the `5` of `2万5`.
fn extend_by_lower_places(text: &str, numeral: &mut Numeral) {
    let mut exponent = numeral.mult;
    let Some(Value::Exact(mut total)) = numeral.printed.and_then(|v| v.shifted(u32::from(exponent))) else {
        return;
    };
    let mut end = numeral.end;
    let mut last = exponent;
    while char_at(text, end).is_some_and(|c| arabic_digit(c).is_some()) {
        let digits = read_digits(text, end);
        let run = read_magnitudes(text, digits.end);
        let place = match run.exponent {
            0 if digits.count == 1 && digits.plain => exponent.saturating_sub(1),
            lower => lower,
        };
        let part = digits
            .decimal()
            .map(Value::Exact)
            .and_then(|v| v.shifted(u32::from(place)));
        let Some(Value::Exact(part)) = part.filter(|_| place < exponent) else {
            return;
        };
        let Some(sum) = total.checked_add(part) else {
            return;
        };
        (total, end, exponent, last) = (sum, run.end, place, run.exponent);
        if run.exponent == 0 {
            break;
        }
    }
    if end > numeral.end {
        numeral.end = end;
        numeral.mult = last;
        numeral.printed = lowered(total, last).map(Value::Exact);
    }
}

/// `number` divided by ten to the power of `exponent`, exactly.
pub(super) fn lowered(number: Decimal, exponent: u8) -> Option<Decimal> {
    let scale = number.scale().checked_add(u32::from(exponent))?;
    let lowered = Decimal::try_from_i128_with_scale(number.mantissa(), scale).ok()?;
    Some(lowered.normalize())
}

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

    fn push_magnitude(&mut self, exponent: u8) {
        let factor = 10u128.pow(u32::from(exponent));
        let sum = if exponent < 4 {
            self.trailing = 0;
            let digit = self
                .digit
                .unwrap_or(if self.last.is_some_and(|l| l < 4) && self.section > 0 {
                    // 百千 and the like: the place multiplies the section.
                    let section = self.section;
                    self.section = 0;
                    section
                } else {
                    1
                });
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
        if self.overflow {
            return None;
        }
        let digit = self.digit.unwrap_or(0);
        let place = match self.last {
            // 三千五 is 3500.
            Some(last) if last >= 2 && self.digit_count == 1 && !self.after_zero => {
                10u128.pow(u32::from(last) - 1)
            }
            _ => 1,
        };
        self.total
            .checked_add(self.section)?
            .checked_add(digit.checked_mul(place)?)
    }
}

fn chinese_numeral(text: &str, start: usize) -> Option<Numeral> {
    let first = char_at(text, start)?;
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
    let mut places = Places::default();
    let mut pair = None;
    while let Some(c) = char_at(text, numeral.end) {
        let next = numeral.end + c.len_utf8();
        if let Some(digit) = chinese_digit(c) {
            if let (Some(low), 1) = (places.digit, places.digit_count) {
                pair = (places.last.is_none_or(|l| l > 0)).then_some((low, u128::from(digit)));
            }
            places.push_digit(digit);
        } else if let Some(tens) = tens_sign(c) {
            places.push_digit(tens);
            places.push_magnitude(1);
        } else if let Some(exponent) = magnitude(c) {
            if numeral.end > start && begins_unit(text, c, next) || begins_part(text, c, next) {
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
    let couple = pair.filter(|(low, high)| *low > 0 && low + 1 == *high);
    if let (Some((low, high)), None, 2) = (couple, places.last, places.digit_count) {
        numeral.printed = range_of(low, high);
        return Some(numeral);
    }
    finish_chinese(text, &mut numeral, &places);
    Some(numeral)
}

fn tens_sign(c: char) -> Option<u8> {
    match c {
        '廿' => Some(2),
        '卅' => Some(3),
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

/// Whether 百分之, 千分之 or 万分之 begins with this magnitude.
fn begins_part(text: &str, c: char, next: usize) -> bool {
    matches!(c, '百' | '千' | '万') && after(text, next).starts_with("分之")
}

/// Reads the magnitudes behind an approximate pair: 三四百, 一二十.
fn pair_numeral(
    text: &str,
    mut numeral: Numeral,
    places: &Places,
    (low, high): (u128, u128),
) -> Option<Numeral> {
    let base = places.total.checked_add(places.section)?;
    let mut factor = 1u128;
    let mut trailing = 0u8;
    while let Some(c) = char_at(text, numeral.end) {
        let next = numeral.end + c.len_utf8();
        let Some(exponent) = magnitude(c).filter(|_| !begins_unit(text, c, next)) else {
            break;
        };
        factor = factor.checked_mul(10u128.checked_pow(u32::from(exponent))?)?;
        trailing = if exponent >= 4 {
            trailing.saturating_add(exponent)
        } else {
            0
        };
        numeral.end = next;
    }
    let end_of = |digit: u128| base.checked_add(digit.checked_mul(factor)?);
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
