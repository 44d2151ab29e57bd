//! Which period a value is for: its own words, its sentence's, its section's or its report's.
//!
//! Pure. To teach a period word, add it to its line in `RELATIVE`.

use std::sync::LazyLock;

use super::clause::is_numeral;
use super::letters::Letters;
use super::part::{self, Months};
use super::words::Words;

/// So many characters a title or words in quotes have at most.
const LONGEST_TITLE: usize = 300;

/// A stretch of whole years, both ends in it, or a part of one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Epoch {
    /// The first year.
    pub(super) from: i32,
    /// The last year.
    pub(super) to: i32,
    /// The months that are meant of one year.
    pub(super) months: Months,
}

impl Epoch {
    /// One year.
    pub(super) const fn year(year: i32) -> Self {
        Self::years(year, year)
    }

    /// The years from one to another, both included.
    pub(super) const fn years(from: i32, to: i32) -> Self {
        let months = Months::ALL;
        Self { from, to, months }
    }

    /// Some months of a year.
    pub(super) const fn part(year: i32, months: Months) -> Self {
        let from = year;
        Self {
            from,
            to: year,
            months,
        }
    }

    /// The five-year plan with this number; the fourteenth runs from 2021 to 2025.
    pub(super) const fn plan(number: i32) -> Self {
        let from = 2021 + 5 * (number - 14);
        Self::years(from, from + 4)
    }

    /// Whether it is a part of a year.
    pub(super) fn is_part(self) -> bool {
        self.months != Months::ALL
    }

    /// Whether it is longer than a year.
    pub(super) const fn is_long(self) -> bool {
        self.from != self.to
    }

    /// How the field `time_period` is written: the whole stretch for what was summed up over it, its end for
    /// what was counted at its end.
    pub(super) fn written(self, as_stretch: bool) -> String {
        if self.to == 0 {
            String::new()
        } else if as_stretch && self.is_long() {
            self.from.to_string() + "-" + &self.to.to_string()
        } else {
            self.months.written(self.to)
        }
    }
}

/// The years that relative words count from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Years {
    /// The year in which the report was given (今年); 0 where unknown.
    pub(super) this: i32,
    /// The year under review (去年); 0 where unknown.
    pub(super) review: i32,
    /// What the section is about: whose 上半年 and 五年来 is meant.
    pub(super) now: Epoch,
}

/// A period found in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Where in the phrase.
    pub(super) at: usize,
    /// Its length in bytes.
    pub(super) length: usize,
    /// The years.
    pub(super) epoch: Epoch,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Relative {
    Review,
    This,
    Next,
    Whole,
    FiveReviewed,
    FiveAhead,
    Plan(i32),
}

static RELATIVE: LazyLock<Words<'static, Relative>> = LazyLock::new(|| {
    Words::new(&[
        (
            Relative::Review,
            "去年 上年 去年全年 上年全年 上一年 过去一年 过去的一年 一年来 这一年",
        ),
        (Relative::This, "今年 新的一年"),
        (Relative::Next, "明年 下一年"),
        (Relative::Whole, "全年"),
        (
            Relative::FiveReviewed,
            "五年来 过去五年 过去的五年 这五年 五年间 五年累计 5年来 过去5年 极不平凡的五年 任期的五年 本届政府任期 \
             本届政府五年 本届政府以来 近五年 近5年 五年中 五年里",
        ),
        (Relative::FiveAhead, "今后五年 未来五年 今后5年 未来5年 五年后"),
        (
            Relative::Plan(12),
            "“十二五”时期 “十二五”期间 “十二五”以来 “十二五”末 十二五时期 十二五期间 十二五末",
        ),
        (
            Relative::Plan(13),
            "“十三五”时期 “十三五”期间 “十三五”以来 “十三五”末 十三五时期 十三五期间 十三五末",
        ),
        (
            Relative::Plan(14),
            "“十四五”时期 “十四五”期间 “十四五”以来 “十四五”末 十四五时期 十四五期间 十四五以来 十四五末 “十四五”这 “十四五”五年",
        ),
        (
            Relative::Plan(15),
            "“十五五”时期 “十五五”期间 “十五五”以来 “十五五”末 十五五时期 十五五期间 十五五末 “十五五”经济社会发展",
        ),
        (Relative::Plan(16), "“十六五”时期 “十六五”期间"),
    ])
});

/// The last period that `phrase` names as its own, not as what it compares with.
pub(super) fn last_in(phrase: &str, letters: Letters, years: Years) -> Option<Found> {
    // Every word for a period has one of these, so most clauses need no closer look.
    const CUES: [char; 5] = ['年', '五', '月', '季', '届'];
    if !letters.may_have(CUES) || !phrase.contains(CUES) {
        return None;
    }
    let mut found = None;
    let mut from = 0;
    while let Some(next) = first_from(phrase, from, years) {
        from = next.at + next.length;
        if !is_compared_with(phrase, next) {
            found = Some(next);
        }
    }
    found
}

/// The period of a move's start (由2020年的7.2%提升至7.4%).
pub(super) fn start_in(phrase: &str, letters: Letters, years: Years) -> Option<Found> {
    if !letters.may_have(['由', '从']) {
        return None;
    }
    let at = phrase.rfind(['由', '从'])? + '由'.len_utf8();
    let now = phrase.get(at..)?.trim_end_matches('的');
    if matches!(now, "目前" | "当前" | "现在" | "现有") {
        let epoch = Epoch::year(years.review);
        return Some(Found {
            at,
            length: now.len(),
            epoch,
        });
    }
    let found = first_from(phrase, at, years)?;
    let behind = phrase.get(found.at + found.length..)?;
    (found.at == at && is_of(behind)).then_some(found)
}

/// The period that stands right before its value (增长到2018年的40家).
pub(super) fn end_in(phrase: &str, letters: Letters, years: Years) -> Option<Found> {
    const LONGEST: usize = 12;
    // What is asked for below, so that few values need the closer look.
    if !phrase.ends_with('的') && !letters.may_have(['到', '至']) {
        return None;
    }
    let mut chars = phrase.char_indices().rev();
    let mut from = chars.nth(LONGEST).map_or(0, |(at, _)| at);
    while let Some(found) = first_from(phrase, from, years) {
        from = found.at + found.length;
        let behind = phrase.get(from..).unwrap_or_default();
        let reached = phrase
            .get(..found.at)
            .is_some_and(|before| before.ends_with(['到', '至']));
        if is_of(behind) && (!behind.is_empty() || reached) {
            return Some(found);
        }
    }
    None
}

/// The year that a clause compares with or counts from: 比2007年分别增长, 是2007年的.
pub(super) fn base_in(phrase: &str, letters: Letters) -> Option<i32> {
    // The year's first digit is one of these.
    if !letters.may_have(['比', '较', '是', '与']) || !letters.may_have(['1', '2']) {
        return None;
    }
    phrase.char_indices().find_map(|(at, c)| {
        let behind = phrase.get(at + c.len_utf8()..)?;
        let told = match c {
            '比' | '较' | '是' => "年",
            '与' => "年相比",
            _ => return None,
        };
        let base = year(behind)?;
        behind.get(4..)?.starts_with(told).then_some(base)
    })
}

/// Whether nothing but 的 stands between a period and its value.
fn is_of(behind: &str) -> bool {
    matches!(
        behind,
        "" | "的" | "末的" | "底的" | "度的" | "年末的" | "年底的" | "目前的"
    )
}

/// The first period in `phrase`.
pub(super) fn first_in(phrase: &str, years: Years) -> Option<Found> {
    first_from(phrase, 0, years)
}

/// The period that `phrase` opens with, or with a preposition before it (到2030年).
pub(super) fn leading(phrase: &str, years: Years) -> Option<Found> {
    static BEFORE: LazyLock<Words<'static, ()>> =
        LazyLock::new(|| Words::list("到 至 在 自 截至 力争到 确保到"));
    let before = BEFORE.starting(phrase).map_or(0, |word| word.text.len());
    if before == 0 && !may_begin(phrase) {
        return None;
    }
    let start = first_chars(phrase, 14);
    at(start, 0, years).or_else(|| {
        let behind = (before > 0).then_some(before)?;
        at(start, behind, years)
    })
}

fn first_from(phrase: &str, from: usize, years: Years) -> Option<Found> {
    let rest = phrase.get(from..)?;
    rest.char_indices().find_map(|(place, _)| {
        let found = at(rest, place, years)?;
        Some(Found {
            at: from + place,
            ..found
        })
    })
}

/// Whether a period may stand at the start of `phrase`, by its first character.
fn may_begin(phrase: &str) -> bool {
    let counts = |c: char| c.is_ascii_digit() || is_numeral(c) || "过近上下第首前截".contains(c);
    phrase.starts_with(counts) || RELATIVE.may_start(phrase)
}

/// The period that stands at this place of `phrase`.
fn at(phrase: &str, at: usize, years: Years) -> Option<Found> {
    let (before, here) = phrase.split_at_checked(at)?;
    let (length, epoch) = match here.chars().next()? {
        // Only where a number begins, not in the middle of one.
        '0'..='9' if before.ends_with(|c: char| c.is_ascii_digit()) => None,
        // 二十五年来 are no 五年来.
        '五' if before.ends_with(['十', '百', '几']) => None,
        '0'..='9' => calendar(here)
            .or_else(|| counted(here, years))
            .or_else(|| within_year(here, years))
            .or_else(|| relative(here, years)),
        '过' | '近' | '三' | '四' | '六' | '七' | '八' | '九' | '十' => counted(here, years)
            .or_else(|| within_year(here, years))
            .or_else(|| relative(here, years)),
        '上' | '下' | '一' | '二' | '第' | '首' | '前' | '截' => {
            within_year(here, years).or_else(|| relative(here, years))
        }
        _ => relative(here, years),
    }?;
    Some(Found { at, length, epoch })
}

fn relative(phrase: &str, years: Years) -> Option<(usize, Epoch)> {
    let word = RELATIVE.starting(phrase)?;
    let epoch = match word.tag {
        // In a report on the first months of a year that year is the one under review.
        Relative::Review if years.now.is_part() => Epoch::year(years.this - 1),
        Relative::Review => Epoch::year(years.review),
        Relative::This => Epoch::year(years.this),
        Relative::Next => Epoch::year(years.this + 1),
        Relative::Whole => Epoch::year(years.now.to),
        Relative::FiveReviewed => Epoch::years(years.review - 4, years.review),
        Relative::FiveAhead => Epoch::years(years.this, years.this + 4),
        Relative::Plan(number) => Epoch::plan(number),
    };
    let length = word.text.len();
    let part = Some(epoch)
        .filter(|epoch| !epoch.is_long())
        .and_then(|epoch| with_part(epoch.to, length, phrase));
    (epoch.to > 4 && years.this > 0).then_some(part.unwrap_or((length, epoch)))
}

/// A year's words, of which `phrase` begins with `length` bytes, with the part of it that follows them.
fn with_part(year: i32, length: usize, phrase: &str) -> Option<(usize, Epoch)> {
    let (more, months) = part::at_start(phrase.get(length..)?)?;
    Some((length + more, Epoch::part(year, months)))
}

/// `上半年`, `1—6月`, `截至5月底`: a part of the year that the section is about.
fn within_year(phrase: &str, years: Years) -> Option<(usize, Epoch)> {
    let now = years.now.to;
    if let Some((length, year, months)) = part::as_of(phrase) {
        let year = year.unwrap_or(now);
        return (year > 0).then_some((length, Epoch::part(year, months)));
    }
    let (length, months) = part::at_start(phrase)?;
    (now > 0).then_some((length, Epoch::part(now, months)))
}

/// `六年来`, `过去三年`, `近10年`: so many years up to the end of what the section is about.
fn counted(phrase: &str, years: Years) -> Option<(usize, Epoch)> {
    const NUMERALS: &[(&str, i32)] = &[
        ("三", 3),
        ("四", 4),
        ("六", 6),
        ("七", 7),
        ("八", 8),
        ("九", 9),
        ("十", 10),
        ("10", 10),
        ("3", 3),
        ("4", 4),
        ("6", 6),
        ("7", 7),
        ("8", 8),
        ("9", 9),
    ];
    let named = ["过去的", "过去", "近"]
        .iter()
        .find_map(|word| phrase.strip_prefix(word));
    let rest = named.unwrap_or(phrase);
    let (rest, count) = NUMERALS
        .iter()
        .find_map(|&(word, count)| Some((rest.strip_prefix(word)?.strip_prefix('年')?, count)))?;
    let rest = match rest.strip_prefix('来') {
        Some(behind) => behind,
        None if named.is_some() => rest,
        None => return None,
    };
    let to = years.now.to;
    (to > count).then(|| (phrase.len() - rest.len(), Epoch::years(to - count + 1, to)))
}

/// `2024年`, `2021—2025年`, `2024-12`.
fn calendar(phrase: &str) -> Option<(usize, Epoch)> {
    let from = year(phrase)?;
    let rest = phrase.get(4..)?;
    if let Some(behind) = rest.strip_prefix(['-', '—', '–', '~', '～', '至'])
        && let Some(to) = year(behind)
        && behind.get(4..).is_some_and(|end| end.starts_with('年'))
    {
        let length = phrase.len() - behind.len() + 4 + '年'.len_utf8();
        return Some((length, Epoch::years(from, to)));
    }
    let length = 4 + '年'.len_utf8();
    rest.starts_with('年')
        .then(|| with_part(from, length, phrase).unwrap_or((length, Epoch::year(from))))
}

pub(super) fn year(phrase: &str) -> Option<i32> {
    let digits = phrase.get(..4)?;
    let year: i32 = digits.parse().ok()?;
    (1949..=2100).contains(&year).then_some(year)
}

/// Whether the period is what the sentence compares with (比上年, 较“十三五”), began long ago (2000年以来) or
/// stands in a title.
fn is_compared_with(phrase: &str, found: Found) -> bool {
    let before = phrase.get(..found.at).unwrap_or_default();
    let after = phrase.get(found.at + found.length..).unwrap_or_default();
    let since = phrase
        .get(found.at..found.at + found.length)
        .is_some_and(|words| words.ends_with("以来"));
    let continues = since && before.ends_with(|c: char| c.is_alphanumeric() && !matches!(c, '自' | '从'));
    let base = first_chars(after, 10).contains("基础上");
    continues
        || base
        || before.ends_with(['比', '较', '于', '是', '与', '《', '超', '由', '从'])
        || after.starts_with("以来")
        || after.starts_with("同期")
        || is_open(before, '《', '》')
        // A period in quotes that close again is part of a title; in a speech it is one.
        || (is_open(before, '“', '”') && first_chars(after, LONGEST_TITLE).contains('”'))
        || is_measured_against(phrase, found, before)
}

/// Whether a title or quotes begin in `before` and do not end there; only so far as titles are long, as a line may go on
/// for ever.
fn is_open(before: &str, opening: char, closing: char) -> bool {
    let near = before.char_indices().rev().take(LONGEST_TITLE).last();
    let near = near.map_or("", |(from, _)| before.get(from..).unwrap_or_default());
    near.matches(opening).count() > near.matches(closing).count()
}

/// Whether 全年 is what progress is measured by: 完成全年目标任务的65%.
fn is_measured_against(phrase: &str, found: Found, before: &str) -> bool {
    let whole = phrase
        .get(found.at..)
        .is_some_and(|words| words.starts_with("全年"));
    whole
        && ["完成", "占", "达到", "完成了"]
            .iter()
            .any(|verb| before.ends_with(verb))
}

/// Words at the start of a sentence that may stand before the period that it opens with.
static BEFORE_EPOCH: LazyLock<Words<'static, ()>> = LazyLock::new(|| {
    Words::list("特别是 刚刚过去的 回望 回顾 展望 过去的 —— 这 在 极不平凡的 到 各位代表！ 各位代表：")
});

/// The period that a sentence opens with, which then holds for what follows it.
pub(super) fn opening(sentence: &str, years: Years) -> Option<Epoch> {
    let mut rest = sentence.trim_start();
    loop {
        if let Some(found) = at(first_chars(rest, 12), 0, years) {
            return Some(found.epoch);
        }
        let blank = rest.strip_prefix([' ', '\u{3000}']);
        rest = match blank {
            Some(behind) => behind,
            None => rest.strip_prefix(BEFORE_EPOCH.starting(rest)?.text)?,
        };
    }
}

/// The first `count` characters of `phrase`.
pub(super) fn first_chars(phrase: &str, count: usize) -> &str {
    let end = phrase
        .char_indices()
        .nth(count)
        .map_or(phrase.len(), |(at, _)| at);
    phrase.get(..end).unwrap_or(phrase)
}
