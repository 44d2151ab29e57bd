//! Periods, and whether a report can speak of them.

use std::collections::BTreeSet;

use super::facts::Fact;
use super::finding::{Finding, Kind, Severity};
use crate::model::{Report, ReportId, ValueNature, ValueType};

/// Years, or the same part of each of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Period {
    pub first: i32,
    pub last: i32,
    /// What follows a single year, as `05` or `Q1`; empty for whole years.
    pub part: String,
}

impl Period {
    /// Reads `2024`, `2021-2025`, `2024-05`, `2024-05-31`, `2024-Q1`.
    pub fn parse(words: &str) -> Option<Self> {
        let (year, rest) = words.split_once('-').unwrap_or((words, ""));
        let first = year_of(year)?;
        let (last, part) = match year_of(rest) {
            Some(last) => (last, ""),
            None => (first, rest),
        };
        Some(Self {
            first,
            last,
            part: part.to_owned(),
        })
    }

    /// What a change over this period starts from: the year before, or the same part of it.
    pub fn before(&self) -> Self {
        Self {
            first: self.first - 1,
            last: self.first - 1,
            part: self.part.clone(),
        }
    }

    /// The period at whose end a change over this one arrives.
    pub fn end(&self) -> Self {
        Self {
            first: self.last,
            last: self.last,
            part: self.part.clone(),
        }
    }

    pub fn is_one_year(&self) -> bool {
        self.first == self.last
    }
}

fn year_of(words: &str) -> Option<i32> {
    (words.len() == 4).then(|| words.parse().ok()).flatten()
}

/// The years that a report speaks of.
struct Frame<'a> {
    report: &'a Report,
    reviewed: Option<Period>,
    /// Year and month of publication; the month is 12 where it is unknown.
    published: Option<(i32, u32)>,
    /// Years that stand in the text or are part of a plan named there.
    mentioned: BTreeSet<i32>,
    /// How many years the text looks back over, at most; 0 where it does not say.
    looks_back: i32,
}

impl<'a> Frame<'a> {
    fn of(report: &'a Report, text: &str) -> Self {
        let mut date = report.date.split('-');
        let year = date.next().and_then(year_of);
        let month = date.next().and_then(|month| month.parse().ok()).unwrap_or(12);
        Self {
            report,
            reviewed: Period::parse(&report.period),
            published: year.map(|year| (year, month)),
            mentioned: years_in(text).chain(plan_years(text)).collect(),
            looks_back: years_back(text),
        }
    }

    /// The year that the report stands in.
    fn centre(&self) -> Option<i32> {
        let reviewed = self.reviewed.as_ref().map(|period| period.last);
        reviewed.or(self.published.map(|(year, _)| year))
    }

    /// Whether nothing speaks against this year.
    fn explains(&self, year: i32, fact: &Fact<'_>) -> bool {
        let is_named =
            self.mentioned.contains(&year) || self.published.is_some_and(|(published, _)| published == year);
        let Some(reviewed) = &self.reviewed else {
            // Without a period under review only the date of publication gives a frame.
            let near = |(published, _): (i32, u32)| (published - 1..=published + 1).contains(&year);
            return is_named || self.published.is_none_or(near);
        };
        // The year behind the review is the plan's, the year before it what changes start from.
        let starts = || {
            ["上年", "去年", "上一年", "从", "由"]
                .iter()
                .any(|cue| fact.sentence_words().contains(cue))
        };
        is_named
            || self.looks_back > 0 && year == reviewed.last - self.looks_back
            || (reviewed.first..=reviewed.last + 1).contains(&year)
            || year == reviewed.first - 1 && starts()
    }

    /// Whether a value for the whole of this year cannot have been reached yet.
    fn is_ahead(&self, year: i32) -> bool {
        match (self.published, &self.reviewed) {
            (Some((published, month)), _) => {
                year > published || year == published && month <= self.early_months(year)
            }
            (None, Some(reviewed)) => year > reviewed.last + 1,
            (None, None) => false,
        }
    }

    /// Until which month a year counts as begun only: a plan's year longer, as its review was of the year before.
    fn early_months(&self, year: i32) -> u32 {
        let is_planned = self
            .reviewed
            .as_ref()
            .is_some_and(|reviewed| reviewed.last < year);
        if is_planned { 6 } else { 2 }
    }

    /// Whether this year was over when the report was made.
    fn is_over(&self, year: i32) -> bool {
        match (self.published, &self.reviewed) {
            (Some((published, _)), _) => year < published,
            (None, Some(reviewed)) => year < reviewed.last,
            (None, None) => false,
        }
    }

    fn check(&self, fact: &Fact<'_>) -> Option<Finding> {
        let period = fact.period.as_ref()?;
        let far = |year: &i32| *year < 1949 || self.centre().is_some_and(|centre| (year - centre).abs() > 30);
        if let Some(year) = [period.first, period.last].into_iter().find(far) {
            return Some(Finding::of(Kind::PeriodFar { year }, Severity::Error, &[fact]));
        }
        let is_span = !period.is_one_year() && self.looks_back > 0 && period.last - period.first <= 10;
        let years = [(period.first, is_span), (period.last, false)];
        let strange = years
            .into_iter()
            .find(|(year, is_free)| !is_free && !self.explains(*year, fact));
        if let Some((year, _)) = strange {
            return Some(Finding::of(
                Kind::PeriodOutside { year },
                Severity::Warning,
                &[fact],
            ));
        }
        // A plan may say today how long something will take.
        let is_whole = period.part.is_empty() && fact.observation.value_type != ValueType::Duration;
        let kind = match fact.nature() {
            ValueNature::Actual if is_whole && self.is_ahead(period.last) => Kind::ActualTooEarly,
            ValueNature::Target if self.is_over(period.last) => Kind::TargetTooLate,
            _ => return None,
        };
        Some(Finding::of(kind, Severity::Warning, &[fact]))
    }
}

/// Periods that the report cannot speak of, or not so.
pub(super) fn check(facts: &[Fact<'_>], findings: &mut Vec<Finding>) {
    let mut frame: Option<Frame<'_>> = None;
    for fact in facts {
        let is_same = |id: &ReportId| frame.as_ref().is_some_and(|frame| &frame.report.id == id);
        if !is_same(&fact.report.id) {
            frame = Some(Frame::of(fact.report, fact.text));
        }
        findings.extend(frame.as_ref().and_then(|frame| frame.check(fact)));
    }
}

/// The longest stretch of years that the text looks back over (过去五年, 三年来).
fn years_back(text: &str) -> i32 {
    const STRETCHES: [(&str, i32); 4] = [("十年", 10), ("五年", 5), ("三年", 3), ("两年", 2)];
    let looks_back = |words: &str| {
        text.match_indices(words).any(|(at, _)| {
            let (before, behind) = text.split_at(at);
            let behind = behind.strip_prefix(words).unwrap_or_default();
            before.ends_with(['去', '的', '这']) || behind.starts_with(['来', '间', '前'])
        })
    };
    let longest = STRETCHES.into_iter().find(|(words, _)| looks_back(words));
    longest.map_or(0, |(_, years)| years)
}

/// The numbers of four digits that are written as years: 2024年, 2024-05, 2021—2025年.
fn years_in(text: &str) -> impl Iterator<Item = i32> {
    let is_digit = |c: char| c.is_ascii_digit();
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(is_digit)?;
        let digits = rest.get(start..)?;
        let end = digits.find(|c| !is_digit(c)).unwrap_or(digits.len());
        let (digits, behind) = digits.split_at(end);
        rest = behind;
        let is_year = behind.starts_with([
            '年', '-', '—', '–', '－', '~', '～', '至', '.', '/', '〕', ']', '］',
        ]);
        Some(year_of(digits).filter(|year| is_year && (1900..2200).contains(year)))
    })
    .flatten()
}

/// The years of the five-year plans that the text names, and the year before each, which it starts from.
fn plan_years(text: &str) -> impl Iterator<Item = i32> {
    const PLANS: [(&str, i32); 6] = [
        ("十二五", 2011),
        ("十三五", 2016),
        ("十四五", 2021),
        ("十五五", 2026),
        ("十六五", 2031),
        ("十七五", 2036),
    ];
    let named = PLANS.into_iter().filter(|(name, _)| text.contains(name));
    named
        .flat_map(|(_, first)| first - 1..first + 5)
        .collect::<Vec<_>>()
        .into_iter()
}
