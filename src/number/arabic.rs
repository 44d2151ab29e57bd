//! Reads numerals that begin with half- or full-width digits.

use crate::model::{Comparator, Decimal, Value};

use super::glyph::{arabic_digit, is_gap};
use super::numeral::{Numeral, Script, extend_by_magnitudes, lowered, read_magnitudes};
use super::place::{after, begins_sentence, char_at};

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
            if numbered_year(text, start, next, run.count) {
                break;
            }
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

/// Whether the point behind an item's number only parts it from a year (`20.2026年`).
fn numbered_year(text: &str, start: usize, next: usize, count: usize) -> bool {
    let rest = after(text, next);
    count <= 2
        && rest.starts_with(['1', '2'])
        && rest.get(4..).is_some_and(|tail| tail.starts_with('年'))
        && begins_sentence(text, start)
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

pub(super) fn arabic_numeral(text: &str, start: usize) -> Numeral {
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
