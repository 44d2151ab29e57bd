//! The years that a report speaks from: its title, its dates, its headings, its text.
//!
//! Pure.

use super::frame::{self, Kind};
use super::period::{self, Epoch, Years};
use crate::model::Report;

/// What 今年 and 去年 mean in a report, 0 where unknown, and whether the report itself says so.
pub(super) fn years(report: &Report, title: &str, start: &str) -> (Years, bool) {
    let title_years = all_years(title);
    let dated = year_at(&report.date);
    let reviewed = report
        .period
        .get(report.period.len().saturating_sub(4)..)
        .and_then(year_at);
    let newest = title_years.iter().copied().max();
    let this = if let Some(range) = frame::titled_range(title) {
        Some(range.from)
    } else if title.contains("政府工作报告") && newest.is_some() {
        newest
    } else {
        let behind = ["总结", "公报", "年报", "年度报告", "情况", "回顾"]
            .iter()
            .any(|word| title.contains(word));
        let single = title_years.len() == 1 && behind;
        // A government's work report given late in a year looks back on that year itself.
        let at_end = reviewed.map_or(frame::month(&report.date) >= 10, |year| dated == Some(year));
        let late = title.contains("政府工作报告") && at_end;
        dated
            .map(|year| year + i32::from(late))
            .or(reviewed.map(|year| year + 1))
            .or(newest.map(|year| if single { year + 1 } else { year }))
    };
    let first_section = start.lines().find_map(|line| {
        let head = frame::heading_words(line.trim_start())?;
        let head = period::first_chars(head, 40);
        let found = *all_years(head).first()?;
        Some(if frame::kind_of(head) == Some(Kind::Review) {
            found + 1
        } else {
            found
        })
    });
    let told = this.or(first_section);
    let this = told
        .or_else(|| all_years(&report.original).into_iter().max())
        .or_else(|| year_in_id(report))
        .or_else(|| newest_named(start))
        .unwrap_or(0);
    // 2023年上半年工作总结: the year goes on.
    let partial = frame::titled_part(title, frame::UNKNOWN).is_some()
        || ["上半年", "半年", "季度", "月份"]
            .iter()
            .any(|word| title.contains(word));
    if let (true, Some(year)) = (partial, newest) {
        let years = Years {
            this: year,
            review: year,
            now: Epoch::year(year),
        };
        return (years, true);
    }
    let review = reviewed.filter(|year| *year <= this).unwrap_or((this - 1).max(0));
    let years = Years {
        this,
        review,
        now: Epoch::year(review),
    };
    (years, told.is_some())
}

/// The year after the newest that a text without a date reviews; the newest itself where it speaks of 今年.
fn newest_named(start: &str) -> Option<i32> {
    let newest = all_years(start).into_iter().max()?;
    let ahead = start.contains("今年") || start.contains(&format!("到{newest}年"));
    Some(if ahead { newest } else { newest + 1 })
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
pub(super) fn all_years(words: &str) -> Vec<i32> {
    words
        .match_indices('年')
        .filter_map(|(at, _)| year_at(words.get(at.checked_sub(4)?..at)?))
        .collect()
}
