//! A numeral: digits of any script with their magnitude, and what all scripts share in reading one.

use crate::model::{Comparator, Decimal, Value};

use super::arabic::arabic_numeral;
use super::chinese::chinese_numeral;
use super::glyph::{arabic_digit, is_han, magnitude};
use super::place::{after, char_at, skip_gap};

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

impl Numeral {
    /// Whether it is written with exactly these words.
    pub(super) fn core_is(&self, text: &str, words: &str) -> bool {
        text.get(self.start..self.end) == Some(words)
    }
}

/// The numeral that begins at `start`, or `None` where none does.
pub(super) fn numeral(text: &str, start: usize) -> Option<Numeral> {
    match char_at(text, start)? {
        c if arabic_digit(c).is_some() => Some(arabic_numeral(text, start)),
        _ => chinese_numeral(text, start),
    }
}

/// Takes in 万, 亿, 百万, 万亿 … and an approximator before them (`20多万`).
pub(super) fn extend_by_magnitudes(text: &str, numeral: &mut Numeral) {
    let mut at = numeral.end;
    let infix = infix_end(text, at);
    if let Some(end) = infix {
        at = end;
    } else if char_at(text, skip_gap(text, at)).is_some_and(|c| matches!(c, '万' | '亿' | '萬' | '億')) {
        at = skip_gap(text, at);
    }
    let run = match infix {
        None => letter_magnitude(text, at).unwrap_or_else(|| read_magnitudes(text, at)),
        Some(_) => read_magnitudes(text, at),
    };
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

pub(super) struct Magnitudes {
    pub end: usize,
    pub exponent: u8,
}

/// A lone small `w` or `k` behind digits, as of `100w+` or `10k—15k`; `4K` and `5k跑` are names.
fn letter_magnitude(text: &str, at: usize) -> Option<Magnitudes> {
    let exponent = match char_at(text, at)? {
        'w' => 4,
        'k' => 3,
        _ => return None,
    };
    let end = at + 1;
    let goes_on = match char_at(text, end) {
        Some(c) if c.is_ascii() => c.is_ascii_alphanumeric(),
        Some(c) => is_han(c) && exponent == 3 && !"元左以上至到".contains(c),
        None => false,
    };
    (!goes_on).then_some(Magnitudes { end, exponent })
}

/// The magnitudes at `at` that multiply what stands before them.
pub(super) fn read_magnitudes(text: &str, start: usize) -> Magnitudes {
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
#[inline]
pub(super) fn begins_unit(text: &str, c: char, next: usize) -> bool {
    if !matches!(c, '百' | '千' | '仟' | '兆') {
        return false;
    }
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
        '百' => ["分点", "分比", "帕"]
            .iter()
            .any(|unit| after(text, next).starts_with(unit)),
        _ => false,
    }
}

/// `number` divided by ten to the power of `exponent`, exactly.
pub(super) fn lowered(number: Decimal, exponent: u8) -> Option<Decimal> {
    let scale = number.scale().checked_add(u32::from(exponent))?;
    let lowered = Decimal::try_from_i128_with_scale(number.mantissa(), scale).ok()?;
    Some(lowered.normalize())
}
