//! What holds for a whole report or a whole section: years, area, review or plan.
//!
//! Pure; from the report's metadata, its title and its headings.

use std::sync::LazyLock;

use super::period::{self, Epoch, Years};
use super::places::{GAZETTEER, Known};
use super::words::Words;
use crate::model::{Report, Span, ValueNature};

/// What holds for the whole report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// What 今年 and 去年 mean.
    pub(super) years: Years,
    /// The area reported on.
    pub(super) area: String,
    /// The full name of the province that the area is or lies in; empty where unknown.
    pub(super) province: &'static str,
    /// The words that the years come from.
    pub(super) words: String,
    /// What holds until the first heading.
    pub(super) start: Section,
    /// Whether it was written before the year under review was over, so that 今年 is that year in its review.
    in_year: bool,
}

/// What holds for a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Section {
    /// The years.
    pub(super) epoch: Epoch,
    /// What 今年 and 去年 mean in it.
    pub(super) years: Years,
    /// Whether it reviews or plans.
    pub(super) nature: ValueNature,
    /// Its heading; `None` before the first.
    pub(super) heading: Option<Span>,
}

/// How much of a text's start is looked at for what the metadata does not say. Bytes.
const LOOK: usize = 16 * 1024;

/// From which month on news are of the year in which they appear.
const NEWS_FROM: u32 = 4;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Review,
    Plan,
}

static SECTION_WORDS: LazyLock<Words<'static, Kind>> = LazyLock::new(|| {
    Words::new(&[
        (
            Kind::Review,
            "回顾 总结 情况 成效 成绩 成就 进展 业绩 完成 开展 主要做法 取得 亮点 现状 落实情况 年报 公报",
        ),
        (
            Kind::Plan,
            "思路 计划 打算 安排 任务 目标 部署 考虑 重点工作 工作重点 要点 规划 举措 下一步 下步 展望 谋划 总体要求 工作建议 努力 \
             开好局 今年工作 年工作 奋力 谱写 下阶段",
        ),
    ])
});

impl Frame {
    /// The frame of a report.
    pub(super) fn of(report: &Report, text: &str) -> Self {
        let start = period::first_chars(text, LOOK / 3);
        let title = title(report, start);
        let (area, province) = area(report, title, start);
        let years = years(report, title, start);
        let nature = nature(title, start);
        let in_year = is_in_year(title, start);
        let epoch = match nature {
            // News of the year's results names no year; early in a year they are the last year's.
            ValueNature::Actual if is_news(title) && month(&report.date) >= NEWS_FROM => {
                Epoch::year(years.this)
            }
            ValueNature::Actual => Epoch::year(years.review),
            ValueNature::Estimate | ValueNature::Target => {
                titled_range(title).unwrap_or(Epoch::year(years.this))
            }
        };
        let words = if title.is_empty() {
            report.date.clone()
        } else {
            title.to_owned()
        };
        Self {
            years,
            area,
            province,
            words,
            start: Section {
                epoch,
                years: seen_from(years, nature, in_year),
                nature,
                heading: None,
            },
            in_year,
        }
    }

    /// The section that a line or sentence opens, if it is a heading of the first level or sounds like one.
    pub(super) fn section(&self, text: &str, line: Span) -> Option<Section> {
        let words = line.of(text)?;
        let numbered = heading_words(words.trim_start())?;
        let head = period::first_chars(numbered, 40);
        let head = head.split(['。', '\n', '：']).next().unwrap_or(head);
        let stated = period::first_in(head, self.years).map(|found| found.epoch);
        let nature = match (kind_of(head), stated) {
            (Some(Kind::Plan), _) => ValueNature::Target,
            (None, Some(epoch)) if epoch.to >= self.years.this => ValueNature::Target,
            (Some(Kind::Review), _) | (None, Some(_)) => ValueNature::Actual,
            (None, None) => return None,
        };
        let fallback = match nature {
            ValueNature::Actual => self.years.review,
            ValueNature::Estimate | ValueNature::Target => self.years.this,
        };
        let epoch = stated.unwrap_or(Epoch::year(fallback));
        let start = line.end - numbered.len();
        Some(Section {
            epoch,
            years: seen_from(self.years, nature, self.in_year),
            nature,
            heading: Some(Span::new(start, start + head.len())),
        })
    }
}

/// The years as a section sees them.
fn seen_from(years: Years, nature: ValueNature, in_year: bool) -> Years {
    if in_year && nature == ValueNature::Actual {
        Years {
            this: years.review,
            review: years.review - 1,
        }
    } else {
        years
    }
}

/// Whether a summary of a year speaks of it as 今年.
fn is_in_year(title: &str, start: &str) -> bool {
    let summary = ["总结", "述职", "工作情况", "工作汇报"]
        .iter()
        .any(|word| title.contains(word));
    let review = start.split("\n二、").next().unwrap_or(start);
    summary && review.contains("今年")
}

/// Whether a title is that of news, not of a report on a year or a plan for one.
fn is_news(title: &str) -> bool {
    let kinds = [
        "报告",
        "总结",
        "公报",
        "年报",
        "述职",
        "计划",
        "要点",
        "思路",
        "工作情况",
        "规划",
    ];
    !kinds.iter().any(|kind| title.contains(kind)) && all_years(title).is_empty()
}

/// The years that a title names from first to last (实施方案（2023—2027年）).
fn titled_range(title: &str) -> Option<Epoch> {
    let years = Years { this: 0, review: 0 };
    period::first_in(title, years)
        .map(|found| found.epoch)
        .filter(|epoch| epoch.is_long())
}

/// The month of a date like 2018-07-31; 0 where there is none.
fn month(date: &str) -> u32 {
    date.get(5..7).and_then(|month| month.parse().ok()).unwrap_or(0)
}

/// The words behind `一、`.
fn heading_words(line: &str) -> Option<&str> {
    const NUMERALS: &str = "一二三四五六七八九十";
    let behind = line.trim_start_matches(|c| NUMERALS.contains(c));
    (behind.len() < line.len()).then_some(behind)?.strip_prefix('、')
}

fn kind_of(heading: &str) -> Option<Kind> {
    // The last word says what the heading is about: 「2025年工作思路」, 「目标完成情况」.
    SECTION_WORDS.last_in(heading).map(|(_, word)| word.tag)
}

fn title<'t>(report: &'t Report, start: &'t str) -> &'t str {
    if !report.title.is_empty() && !report.title.is_ascii() {
        return &report.title;
    }
    let titled = |line: &&str| {
        let length = line.chars().count();
        (6..60).contains(&length)
            && ["报告", "总结", "计划", "公报", "要点", "任务", "工作"]
                .iter()
                .any(|w| line.contains(w))
    };
    start
        .lines()
        .map(str::trim)
        .take(40)
        .find(titled)
        .unwrap_or(&report.title)
}

fn years(report: &Report, title: &str, start: &str) -> Years {
    let title_years = all_years(title);
    let dated = year_at(&report.date);
    let reviewed = report
        .period
        .get(report.period.len().saturating_sub(4)..)
        .and_then(year_at);
    let newest = title_years.iter().copied().max();
    let this = if let Some(range) = titled_range(title) {
        Some(range.from)
    } else if title.contains("政府工作报告") && newest.is_some() {
        newest
    } else {
        let behind = ["总结", "公报", "年报", "年度报告", "情况", "回顾"]
            .iter()
            .any(|word| title.contains(word));
        let single = title_years.len() == 1 && behind;
        dated
            .or(reviewed.map(|year| year + 1))
            .or(newest.map(|year| if single { year + 1 } else { year }))
    };
    let first_section = start.lines().find_map(|line| {
        let head = heading_words(line.trim_start())?;
        let head = period::first_chars(head, 40);
        let found = *all_years(head).first()?;
        Some(if kind_of(head) == Some(Kind::Review) {
            found + 1
        } else {
            found
        })
    });
    let this = this
        .or(first_section)
        .or_else(|| all_years(&report.original).into_iter().max())
        .or_else(|| year_in_id(report))
        .or_else(|| all_years(start).into_iter().max())
        .unwrap_or(0);
    // 2023年上半年工作总结: the year goes on.
    let partial = ["上半年", "半年", "季度", "月份"]
        .iter()
        .any(|word| title.contains(word));
    if let (true, Some(year)) = (partial, newest) {
        return Years {
            this: year,
            review: year,
        };
    }
    let review = reviewed.filter(|year| *year <= this).unwrap_or((this - 1).max(0));
    Years { this, review }
}

fn year_in_id(report: &Report) -> Option<i32> {
    year_at(&report.original)
        .or_else(|| year_at(&report.id.0))
        .or_else(|| year_at(&report.title))
}

fn year_at(words: &str) -> Option<i32> {
    let year: i32 = words.get(..4)?.parse().ok()?;
    (1949..=2100).contains(&year).then_some(year)
}

/// Every `20XX年` in the words.
fn all_years(words: &str) -> Vec<i32> {
    words
        .match_indices('年')
        .filter_map(|(at, _)| year_at(words.get(at.checked_sub(4)?..at)?))
        .collect()
}

fn area(report: &Report, title: &str, start: &str) -> (String, &'static str) {
    let stated = [&report.area, &report.issuer]
        .into_iter()
        .filter(|words| !words.is_empty())
        .find_map(|words| first_place(words))
        .or_else(|| first_place(title));
    if report.area.is_empty() {
        let place = stated.or_else(|| most_named(start));
        place.map_or_else(
            || (String::new(), ""),
            |place| (place.name.to_owned(), place.province),
        )
    } else {
        let province = stated
            .or_else(|| most_named(start))
            .map_or("", |place| place.province);
        (known_end(&report.area), province)
    }
}

/// An area's words without what stands before the place that they end with (上半年荆州市).
fn known_end(area: &str) -> String {
    let place = GAZETTEER.ending(area).filter(|place| {
        let before = area.strip_suffix(place.text).unwrap_or_default();
        !before.is_empty() && GAZETTEER.first_in(before).is_none()
    });
    place.map_or_else(|| area.to_owned(), |place| place.tag.name.to_owned())
}

fn first_place(words: &str) -> Option<Known> {
    GAZETTEER.first_in(words).map(|(_, place)| place.tag)
}

/// The place that a text names most often; of equals the first.
fn most_named(start: &str) -> Option<Known> {
    let mut counts: Vec<(Known, usize)> = Vec::new();
    for (_, place) in GAZETTEER.all_in(start) {
        match counts.iter_mut().find(|(known, _)| *known == place.tag) {
            Some((_, count)) => *count += 1,
            None => counts.push((place.tag, 1)),
        }
    }
    counts
        .iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map(|(place, _)| *place)
}

/// Whether a text without headings reviews or plans, from what its title and its verbs say.
fn nature(title: &str, start: &str) -> ValueNature {
    const PLANNING: &[&str] = &[
        "将", "力争", "确保", "力促", "推进", "今年", "加强", "加快", "健全",
    ];
    const REVIEWING: &[&str] = &[
        "了",
        "同比",
        "去年",
        "比上年",
        "增长",
        "达到",
        "实现",
        "已",
        "荣获",
        "累计",
    ];
    if ["工作总结", "工作情况", "公报", "年报", "回顾"]
        .iter()
        .any(|word| title.contains(word))
    {
        return ValueNature::Actual;
    }
    if [
        "工作计划",
        "工作要点",
        "工作思路",
        "工作安排",
        "重点任务",
        "力争",
        "规划",
        "实施方案",
        "行动方案",
        "行动计划",
        "若干措施",
    ]
    .iter()
    .any(|word| title.contains(word))
    {
        return ValueNature::Target;
    }
    let count = |words: &[&str]| {
        words
            .iter()
            .map(|word| start.matches(word).count())
            .sum::<usize>()
    };
    if count(PLANNING) > 2 * count(REVIEWING) {
        ValueNature::Target
    } else {
        ValueNature::Actual
    }
}
