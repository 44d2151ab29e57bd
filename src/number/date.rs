//! Dates and periods: which numerals are a point or a stretch of the calendar.

use crate::model::{Span, Value};

use super::fraction::speaks_of_ratio;
use super::glyph::{arabic_digit, is_gap, is_han};
use super::numeral::{Numeral, Script, infix_end, numeral};
use super::place::{after, before, char_at, char_before, clause_before, skip_gap};
use super::units::unit_at;
use super::words::speaks_of_half;

/// What may follow a year as part of the same date.
const YEAR_TAILS: &[&str] = &["年度", "年末", "年底", "年初", "年中", "年间", "学年", "年"];
/// Words before a number of years that make it a stretch of the calendar.
const PERIOD_HEADS: &[&str] = &[
    "过去",
    "这",
    "近",
    "最近",
    "未来",
    "今后",
    "前",
    "后",
    "接下来",
    "往后",
    "此前",
    "经过",
    "历经",
    "历时",
    "上",
    "下",
    "的",
    "头",
    "去",
    "重要",
    "关键",
];
/// Words behind a number of years that do the same.
const PERIOD_TAILS: &[&str] = &["来", "以来", "间", "期间", "里", "之间", "，"];
/// Words before a number of years that make it a length of time after all.
const LENGTH_HEADS: &[&str] = &[
    "连续",
    "连",
    "达",
    "缩短",
    "延长",
    "提前",
    "历时",
    "学前",
    "有效期",
    "保质期",
    "质保",
    "不少于",
    "不低于",
    "满",
    "已",
    "长达",
    "为期",
];

/// Where the date that begins with `first` ends, or `None` where it is no date.
pub(super) fn date_end(text: &str, first: &Numeral) -> Option<usize> {
    let next = char_at(text, skip_gap(text, first.end));
    let marked = next.is_some_and(|c| "年月日号季世时点、-–—－~～〜至到:：/.．".contains(c));
    if first.mult > 0 || !marked && first.plain_digits != 4 {
        return None;
    }
    iso_date(text, first)
        .or_else(|| year_date(text, first))
        .or_else(|| month_or_day(text, first))
        .or_else(|| clock(text, first))
        .or_else(|| quarter_or_century(text, first))
        .or_else(|| stretch_of_years(text, first))
        .or_else(|| bare_year(text, first))
}

fn integer(found: &Numeral) -> Option<u32> {
    match found.printed? {
        Value::Exact(number) if number.scale() == 0 => u32::try_from(number.mantissa()).ok(),
        _ => None,
    }
}

/// Whether the numeral is written as plain digits of either script.
fn is_plain(text: &str, found: &Numeral) -> bool {
    found.plain_digits > 0
        || found.script == Script::Chinese
            && Span::new(found.start, found.end).len() <= 12
            && !text.is_empty()
}

fn is_year(found: &Numeral) -> bool {
    integer(found).is_some_and(|year| (1000..=2199).contains(&year))
        && (found.plain_digits == 4 || found.script == Script::Chinese && found.end - found.start == 12)
}

/// `2025-03-11`, `2025/3/11`, `2025.03.11`, each with a time behind it or not; `2025-03` too.
fn iso_date(text: &str, year: &Numeral) -> Option<usize> {
    // `2025.03` has been read as a decimal, so the digits are looked at afresh.
    let mut at = year.start;
    let number = fixed_digits(text, &mut at, 4)?;
    let mark = char_at(text, at).filter(|c| matches!(c, '-' | '/' | '.' | '．' | '–' | '—'))?;
    at += mark.len_utf8();
    let month = fixed_digits(text, &mut at, 2)?;
    if !(1900..=2199).contains(&number) || !(1..=12).contains(&month) {
        return None;
    }
    let day_end = (char_at(text, at) == Some(mark)).then(|| {
        let mut end = at + mark.len_utf8();
        fixed_digits(text, &mut end, 2)
            .filter(|day| (1..=31).contains(day))
            .map(|_| end)
    });
    match day_end.flatten() {
        Some(end) if digit_at(text, end) => None,
        Some(end) => Some(clock_tail(text, end)),
        None if mark == '-'
            && at - year.start == 7
            && !digit_at(text, at)
            && char_at(text, at) != Some('-') =>
        {
            Some(at)
        }
        None => None,
    }
}

/// Reads one to `most` digits.
fn fixed_digits(text: &str, at: &mut usize, most: usize) -> Option<u32> {
    let (mut value, mut count) = (0, 0);
    while let Some(digit) = char_at(text, *at).and_then(arabic_digit).filter(|_| count < most) {
        value = value * 10 + u32::from(digit);
        count += 1;
        *at += char_at(text, *at).map_or(0, char::len_utf8);
    }
    (count > 0).then_some(value)
}

fn digit_at(text: &str, at: usize) -> bool {
    char_at(text, at).is_some_and(|c| arabic_digit(c).is_some())
}

/// Takes in ` 16:47`, `T08:55:14`, ` +0800` behind a date.
fn clock_tail(text: &str, end: usize) -> usize {
    let mut at = end;
    while char_at(text, at).is_some_and(|c| is_gap(c) || c == 'T') && at - end < 4 {
        at += char_at(text, at).map_or(1, char::len_utf8);
    }
    if let Some(end) = spoken_clock(text, at) {
        return end;
    }
    let Some(mut end) = clock_at(text, at) else {
        return end;
    };
    let rest = after(text, end);
    let zone = rest.strip_prefix(' ').unwrap_or(rest);
    if zone.starts_with(['+', '-'])
        && zone.len() >= 5
        && zone.bytes().skip(1).take(4).all(|b| b.is_ascii_digit())
    {
        end += rest.len() - zone.len() + 5;
    } else if rest.starts_with('Z') {
        end += 1;
    }
    end
}

/// `16:47` or `08:55:14` at `at`.
fn clock_at(text: &str, at: usize) -> Option<usize> {
    let mut end = at;
    let hour = fixed_digits(text, &mut end, 2)?;
    let colon = char_at(text, end).filter(|c| matches!(c, ':' | '：'))?;
    end += colon.len_utf8();
    let from = end;
    let minute = fixed_digits(text, &mut end, 2)?;
    if hour > 24 || minute > 59 || end - from < 2 || digit_at(text, end) {
        return None;
    }
    let mut second_end = end + colon.len_utf8();
    let has_second =
        char_at(text, end) == Some(colon) && fixed_digits(text, &mut second_end, 2).is_some_and(|s| s < 60);
    Some(if has_second { second_end } else { end })
}

/// `07时41分` at `at`.
fn spoken_clock(text: &str, at: usize) -> Option<usize> {
    let mut end = at;
    let hour = fixed_digits(text, &mut end, 2).filter(|hour| *hour <= 24)?;
    let rest = after(text, end).strip_prefix(['时', '点'])?;
    let mut end = text.len() - rest.len();
    let minute = fixed_digits(text, &mut end, 2).filter(|minute| *minute <= 59)?;
    let rest = after(text, end).strip_prefix('分')?;
    let is_length = rest.starts_with(['钟', '之']) || hour + minute == 0;
    (!is_length).then(|| text.len() - rest.len())
}

fn clock(text: &str, hour: &Numeral) -> Option<usize> {
    if !(1..=2).contains(&hour.plain_digits) {
        return None;
    }
    let end = spoken_clock(text, hour.start).or_else(|| clock_at(text, hour.start))?;
    (!speaks_of_ratio(text, hour.start)).then_some(end)
}

/// `2025年`, `2025年3月11日`, `2021—2025年`, `2024、2025年`, `二〇二五年`.
fn year_date(text: &str, year: &Numeral) -> Option<usize> {
    if !is_year(year) {
        return None;
    }
    let at = skip_gap(text, year.end);
    if let Some(tail) = YEAR_TAILS.iter().find(|tail| after(text, at).starts_with(**tail)) {
        let mut end = at + tail.len();
        if *tail == "年" {
            end = year_tail(text, end);
        }
        return Some(clock_tail(text, range_tail(text, end)));
    }
    listed_years(text, year)
}

/// The most years that are read before the 年 that they share.
const YEAR_LIST: usize = 8;

/// `2023、2024年`, `2021—2025年`: years that share the 年 of the last.
fn listed_years(text: &str, first: &Numeral) -> Option<usize> {
    let mut end = first.end;
    for _ in 0..YEAR_LIST {
        let mark = char_at(text, end).filter(|c| is_range_mark(*c) || *c == '、')?;
        let next = numeral(text, skip_gap(text, end + mark.len_utf8())).filter(is_year)?;
        if let Some(end) = year_alone(text, &next) {
            return Some(end);
        }
        // 2024、2025两年
        let counted = ["两年", "三年", "四年", "五年"];
        if counted
            .iter()
            .any(|words| after(text, next.end).starts_with(words))
        {
            return Some(next.end);
        }
        end = next.end;
    }
    None
}

/// Takes in the month and day, or the half or the quarters, behind 年.
fn year_tail(text: &str, end: usize) -> usize {
    let at = skip_gap(text, end);
    for tail in [
        "上半年",
        "下半年",
        "前三季度",
        "一季度",
        "二季度",
        "三季度",
        "四季度",
        "年底",
        "全年",
    ] {
        if after(text, at).starts_with(tail) {
            return at + tail.len();
        }
    }
    numeral(text, at)
        .and_then(|month| month_end(text, &month).or_else(|| month_range(text, &month)))
        .unwrap_or(end)
}

/// A second date behind a range mark: `2021年至2025年`, `2024年1月—6月`.
fn range_tail(text: &str, end: usize) -> usize {
    let Some(mark) = char_at(text, end).filter(|c| is_range_mark(*c)) else {
        return end;
    };
    let at = end + mark.len_utf8();
    let Some(next) = numeral(text, at) else { return end };
    year_alone(text, &next)
        .or_else(|| month_end(text, &next))
        .or_else(|| day_end(text, &next))
        .unwrap_or(end)
}

fn year_alone(text: &str, year: &Numeral) -> Option<usize> {
    let at = skip_gap(text, year.end);
    (is_year(year) && after(text, at).starts_with('年')).then(|| year_tail(text, at + '年'.len_utf8()))
}

fn is_range_mark(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '－' | '~' | '～' | '〜' | '至' | '到')
}

fn month_or_day(text: &str, first: &Numeral) -> Option<usize> {
    month_end(text, first)
        .or_else(|| month_range(text, first))
        .or_else(|| day_end(text, first))
        .map(|end| clock_tail(text, range_tail(text, end)))
}

/// Where `3月`, `3月11日`, `3月底` ends.
fn month_end(text: &str, month: &Numeral) -> Option<usize> {
    if !integer(month).is_some_and(|m| (1..=12).contains(&m)) || !is_plain(text, month) {
        return None;
    }
    let at = skip_gap(text, month.end);
    let rest = after(text, at).strip_prefix('月')?;
    let end = text.len() - rest.len();
    for tail in ["份", "底", "初", "末", "中旬", "上旬", "下旬"] {
        if rest.starts_with(tail) {
            return Some(end + tail.len());
        }
    }
    let day = numeral(text, skip_gap(text, end)).and_then(|day| day_end(text, &day));
    Some(day.unwrap_or(end))
}

/// `1—9月`.
fn month_range(text: &str, first: &Numeral) -> Option<usize> {
    let mark = char_at(text, first.end).filter(|c| is_range_mark(*c))?;
    let second = numeral(text, first.end + mark.len_utf8())?;
    integer(first).filter(|m| (1..=12).contains(m))?;
    month_end(text, &second)
}

/// `27日`, but not 30日内 or 5日均.
fn day_end(text: &str, day: &Numeral) -> Option<usize> {
    if !integer(day).is_some_and(|d| (1..=31).contains(&d)) || !is_plain(text, day) {
        return None;
    }
    let at = skip_gap(text, day.end);
    let rest = after(text, at).strip_prefix(['日', '号'])?;
    let is_number = after(text, at).starts_with('号') && !before(text, day.start).ends_with('月');
    if is_number || rest.starts_with(['均', '内', '游', '产']) {
        return None;
    }
    Some(text.len() - rest.len())
}

/// 一季度, 前三季度, 21世纪, 90年代.
fn quarter_or_century(text: &str, first: &Numeral) -> Option<usize> {
    let at = skip_gap(text, first.end);
    let small = integer(first)?;
    let tail = ["季度", "世纪", "年代"]
        .into_iter()
        .find(|tail| after(text, at).starts_with(tail))?;
    let fits = match tail {
        "季度" => (1..=4).contains(&small),
        "世纪" => (1..=30).contains(&small),
        _ => small % 10 == 0,
    };
    fits.then_some(at + tail.len())
}

/// 过去五年, 五年来, 近3年, `3年翻一番`: a number of years that is a period and no measured length.
fn stretch_of_years(text: &str, first: &Numeral) -> Option<usize> {
    let at = skip_gap(text, first.end);
    let whole = after(text, at).strip_prefix('年')?;
    let halved = whole.strip_prefix('半').filter(|_| !speaks_of_half(whole));
    let rest = halved.unwrap_or(whole);
    let years = integer(first).filter(|n| *n <= 100)?;
    let measures =
        rest.starts_with(['级', '期', '度', '制', '均', '行', '计', '规', '以']) && !rest.starts_with("以来");
    if measures || rest.starts_with("一遇") {
        return None;
    }
    let head = before(text, first.start);
    if LENGTH_HEADS.iter().any(|word| head.ends_with(word)) {
        return None;
    }
    let worded = PERIOD_HEADS.iter().any(|word| head.ends_with(word))
        || PERIOD_TAILS.iter().any(|word| rest.starts_with(word));
    let is_period = worded
        || match first.script {
            _ if halved.is_some() => false,
            Script::Arabic => rest.starts_with(is_han),
            _ => years == 5,
        };
    is_period.then(|| text.len() - rest.len())
}

/// A year without 年, as in 《报告2025》.
fn bare_year(text: &str, year: &Numeral) -> Option<usize> {
    let value = integer(year)?;
    let next = char_at(text, year.end);
    let stands_alone = next.is_none_or(|c| {
        is_han(c) || matches!(c, '》' | '）' | ')' | '\n' | ' ' | '〕' | ']' | '|' | '"' | '”')
    });
    let clause = clause_before(text, year.start, 3);
    let fits = year.plain_digits == 4 && (1990..=2050).contains(&value) && stands_alone;
    (fits
        && unit_at(text, year.end).is_none()
        && infix_end(text, year.end).is_none()
        && !clause.ends_with(['第', '￥', '¥', '.'])
        && char_before(text, year.start) != Some('/'))
    .then_some(year.end)
}
