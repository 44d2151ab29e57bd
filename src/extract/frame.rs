//! What holds for a whole report or a whole section: years, area, review or plan.
//!
//! Pure; from the report's metadata, its title and its headings.

use std::sync::LazyLock;

use super::clause::is_numeral;
use super::dating::{all_years, years};
use super::home::area;
use super::period::{self, Epoch, Years};
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
    /// Whether its title, date or first heading tells its years, so that they are no guess.
    pub(super) is_dated: bool,
    /// What it looks back on: a year, or the first months of one.
    reviewed: Epoch,
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

/// What a heading announces.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// What was done.
    Review,
    /// What is to be done.
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
        let (years, is_dated) = years(report, title, start);
        let nature = nature(title, start);
        let in_year = is_in_year(title, start);
        // News of the year's results names no year; early in a year they are the last year's.
        let is_recent = is_news(title) && month(&report.date) >= NEWS_FROM;
        let now = Epoch::year(if is_recent { years.this } else { years.review });
        let reviewed = titled_part(title, Years { now, ..years }).unwrap_or(now);
        let epoch = match nature {
            ValueNature::Actual => reviewed,
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
                years: seen_from(years, epoch, nature, in_year),
                nature,
                heading: None,
            },
            is_dated,
            reviewed,
            in_year,
        }
    }

    /// The section that a line or sentence opens, if it is a heading of the first level or sounds like one.
    pub(super) fn section(&self, text: &str, line: Span) -> Option<Section> {
        let words = line.of(text)?;
        let heading = heading_words(words.trim_start()).or_else(|| bare_heading(words))?;
        let head = period::first_chars(heading, 40);
        let head = head.split(['。', '\n', '：']).next().unwrap_or(head);
        let stated = self.stated(head);
        let nature = match (kind_of(head), stated) {
            (Some(Kind::Plan), _) => ValueNature::Target,
            (None, Some(epoch)) if self.is_ahead(epoch) => ValueNature::Target,
            (Some(Kind::Review), _) | (None, Some(_)) => ValueNature::Actual,
            (None, None) => return None,
        };
        let epoch = stated.unwrap_or(match nature {
            ValueNature::Actual => self.reviewed,
            ValueNature::Estimate | ValueNature::Target => Epoch::year(self.years.this),
        });
        let start = line.start + words.find(heading)?;
        Some(Section {
            epoch,
            years: seen_from(self.years, epoch, nature, self.in_year),
            nature,
            heading: Some(Span::new(start, start + head.len())),
        })
    }

    /// The period that a heading states; that of a government's term where it speaks of one.
    fn stated(&self, head: &str) -> Option<Epoch> {
        let years = self.years;
        let term = head.contains("政府") && (head.contains('届') || head.contains("任期"));
        let five = head.ends_with("的五年") || term && kind_of(head) == Some(Kind::Review);
        period::first_in(head, years)
            .map(|found| found.epoch)
            .or_else(|| five.then(|| Epoch::years(years.review - 4, years.review)))
    }

    /// Whether a period is later than what the report looks back on.
    fn is_ahead(&self, epoch: Epoch) -> bool {
        if self.reviewed.is_part() {
            (epoch.to, epoch.months) > (self.reviewed.to, self.reviewed.months)
        } else {
            epoch.to >= self.years.this
        }
    }
}

/// The years as a section sees them.
fn seen_from(years: Years, now: Epoch, nature: ValueNature, in_year: bool) -> Years {
    if in_year && nature == ValueNature::Actual {
        Years {
            this: years.review,
            review: years.review - 1,
            now,
        }
    } else {
        Years { now, ..years }
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
pub(super) fn titled_range(title: &str) -> Option<Epoch> {
    period::first_in(title, UNKNOWN)
        .map(|found| found.epoch)
        .filter(|epoch| epoch.is_long())
}

/// The part of a year that a title names (2023年上半年工作总结).
pub(super) fn titled_part(title: &str, years: Years) -> Option<Epoch> {
    period::first_in(title, years)
        .map(|found| found.epoch)
        .filter(|epoch| epoch.is_part())
}

/// Before anything is known.
pub(super) const UNKNOWN: Years = Years {
    this: 0,
    review: 0,
    now: Epoch::year(0),
};

/// The month of a date like 2018-07-31; 0 where there is none.
pub(super) fn month(date: &str) -> u32 {
    date.get(5..7).and_then(|month| month.parse().ok()).unwrap_or(0)
}

/// The words behind `一、`.
pub(super) fn heading_words(line: &str) -> Option<&str> {
    let behind = line.trim_start_matches(is_numeral);
    (behind.len() < line.len()).then_some(behind)?.strip_prefix('、')
}

/// The words of a short line without a number or a stop that heads a part of a report.
fn bare_heading(line: &str) -> Option<&str> {
    const HEADS: &[&str] = &[
        "工作回顾",
        "主要工作",
        "重点工作",
        "工作安排",
        "工作打算",
        "主要目标",
        "重点目标",
        "预期目标",
        "奋斗目标",
        "的五年",
        "下一步",
    ];
    const LONGEST: usize = 66;
    // Nearly every line is a sentence or too long, so that is asked first.
    if line.ends_with('。') || line.len() > 2 * LONGEST {
        return None;
    }
    let words = line.trim();
    if words.len() > LONGEST || words.contains(['。', '，', '：', '；', '！', '、', '“']) {
        return None;
    }
    let heads = HEADS.iter().any(|head| words.contains(head));
    let titles = ["报告", "总结", "公报", "通知", "方案", "局", "厅", "政府"];
    (heads && !titles.iter().any(|title| words.contains(title))).then_some(words)
}

/// What the last telling word of a heading announces.
pub(super) fn kind_of(heading: &str) -> Option<Kind> {
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
