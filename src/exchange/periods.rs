//! Periods as statistics and filings write them.
//!
//! Ours are `2024`, `2021-2025`, `2024-05`, `2024-05-31`, `2024-Q1`, `2024-H1` and `2024-01/2024-09`, both ends included.

use std::fmt::Write as _;

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    /// One day: year, month and day of the month.
    Day(i32, i32, i32),
    /// Whole months, counted from the beginning of our era; the second is one past the last.
    Months(i32, i32),
}

impl Period {
    /// Reads our words; `None` where they are no period.
    pub fn parse(words: &str) -> Option<Self> {
        if let Some((first, last)) = words.split_once('/') {
            let (Self::Months(from, _), Self::Months(_, to)) = (Self::parse(first)?, Self::parse(last)?)
            else {
                return None;
            };
            return (from < to).then_some(Self::Months(from, to));
        }
        let (first, rest) = words.split_once('-').unwrap_or((words, ""));
        let year = year(first)?;
        let january = year * 12;
        if rest.is_empty() {
            return (words.len() == 4).then_some(Self::Months(january, january + 12));
        }
        if let Some(last) = self::year(rest) {
            return (year <= last).then_some(Self::Months(january, (last + 1) * 12));
        }
        if let Some((months, part)) = part(rest) {
            return Some(Self::Months(
                january + months * (part - 1),
                january + months * part,
            ));
        }
        let (month, day) = rest
            .split_once('-')
            .map_or((rest, None), |(month, day)| (month, Some(day)));
        let month = two_digits(month).filter(|month| (1..=12).contains(month))?;
        match day {
            None => Some(Self::Months(january + month - 1, january + month)),
            Some(day) => {
                let day = two_digits(day).filter(|day| (1..=days(year, month)).contains(day))?;
                Some(Self::Day(year, month, day))
            }
        }
    }

    /// How the Open Information Model writes it: midnight at its start and at its end.
    pub fn oim(self) -> String {
        let (from, to) = match self {
            Self::Day(year, month, day) => (date(year, month, day), next_day(year, month, day)),
            Self::Months(from, to) => (first_day(from), first_day(to)),
        };
        format!("{from}T00:00:00/{to}T00:00:00")
    }

    /// Reads what the Open Information Model writes.
    pub fn from_oim(words: &str) -> Option<Self> {
        let (from, to) = words.split_once('/')?;
        let parse = |words: &str| {
            Self::parse(
                words
                    .strip_suffix('Z')
                    .unwrap_or(words)
                    .strip_suffix("T00:00:00")?,
            )
        };
        let (Self::Day(year, month, day), Self::Day(last_year, last_month, last_day)) =
            (parse(from)?, parse(to)?)
        else {
            return None;
        };
        if next_day(year, month, day) == date(last_year, last_month, last_day) {
            return Some(Self::Day(year, month, day));
        }
        let (from, to) = (year * 12 + month - 1, last_year * 12 + last_month - 1);
        (day == 1 && last_day == 1 && from < to).then_some(Self::Months(from, to))
    }

    /// How SDMX writes it: `2024`, `2024-S1`, `2024-Q1`, `2024-05`, `2024-05-31`, else its start and its length.
    pub fn sdmx(self) -> String {
        match self {
            Self::Day(year, month, day) => date(year, month, day),
            Self::Months(from, to) => match to - from {
                12 if from % 12 == 0 => (from / 12).to_string(),
                6 if from % 6 == 0 => format!("{}-S{}", from / 12, from % 12 / 6 + 1),
                3 if from % 3 == 0 => format!("{}-Q{}", from / 12, from % 12 / 3 + 1),
                1 => format!("{}-{:02}", from / 12, from % 12 + 1),
                length if length % 12 == 0 => format!("{}/P{}Y", first_day(from), length / 12),
                length => format!("{}/P{length}M", first_day(from)),
            },
        }
    }

    /// SDMX's code for how often such a period comes: `A`, `S`, `Q`, `M`, `D`, or that this does not apply.
    pub fn frequency(self) -> &'static str {
        match self {
            Self::Day(..) => "D",
            Self::Months(from, to) => match to - from {
                12 if from % 12 == 0 => "A",
                6 if from % 6 == 0 => "S",
                3 if from % 3 == 0 => "Q",
                1 => "M",
                _ => "_Z",
            },
        }
    }

    /// Our words.
    pub fn words(self) -> String {
        let Self::Months(from, to) = self else {
            return self.sdmx();
        };
        let month = |month: i32| format!("{}-{:02}", month / 12, month % 12 + 1);
        match self.frequency() {
            "S" => self.sdmx().replace('S', "H"),
            "_Z" if from % 12 == 0 && to % 12 == 0 => format!("{}-{}", from / 12, to / 12 - 1),
            "_Z" => format!("{}/{}", month(from), month(to - 1)),
            _ => self.sdmx(),
        }
    }
}

fn digits(words: &str, count: usize) -> Option<i32> {
    let is_right = words.len() == count && words.bytes().all(|byte| byte.is_ascii_digit());
    is_right.then(|| words.parse().ok()).flatten()
}

fn year(words: &str) -> Option<i32> {
    digits(words, 4).filter(|year| *year > 0)
}

fn two_digits(words: &str) -> Option<i32> {
    digits(words, 2)
}

/// Half a year or a quarter: how many months it has, and which one it is.
fn part(words: &str) -> Option<(i32, i32)> {
    let (kind, number) = words.split_at_checked(1)?;
    let months = match kind {
        "Q" => 3,
        "H" | "S" => 6,
        _ => return None,
    };
    let number = digits(number, 1)?;
    (1..=12 / months).contains(&number).then_some((months, number))
}

fn days(year: i32, month: i32) -> i32 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn date(year: i32, month: i32, day: i32) -> String {
    let mut date = String::new();
    // Writing to a string cannot fail.
    write!(date, "{year:04}-{month:02}-{day:02}").unwrap_or_default();
    date
}

fn next_day(year: i32, month: i32, day: i32) -> String {
    if day < days(year, month) {
        date(year, month, day + 1)
    } else {
        first_day(year * 12 + month)
    }
}

fn first_day(month: i32) -> String {
    date(month / 12, month % 12 + 1, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_written_as_each_standard_has_it_and_read_again() {
        let periods = [
            ("2024", "2024-01-01T00:00:00/2025-01-01T00:00:00", "2024", "A"),
            (
                "2021-2025",
                "2021-01-01T00:00:00/2026-01-01T00:00:00",
                "2021-01-01/P5Y",
                "_Z",
            ),
            (
                "2024-02",
                "2024-02-01T00:00:00/2024-03-01T00:00:00",
                "2024-02",
                "M",
            ),
            (
                "2024-12-31",
                "2024-12-31T00:00:00/2025-01-01T00:00:00",
                "2024-12-31",
                "D",
            ),
            (
                "2024-02-29",
                "2024-02-29T00:00:00/2024-03-01T00:00:00",
                "2024-02-29",
                "D",
            ),
            (
                "2024-Q4",
                "2024-10-01T00:00:00/2025-01-01T00:00:00",
                "2024-Q4",
                "Q",
            ),
            (
                "2024-H1",
                "2024-01-01T00:00:00/2024-07-01T00:00:00",
                "2024-S1",
                "S",
            ),
            (
                "2024-01/2024-09",
                "2024-01-01T00:00:00/2024-10-01T00:00:00",
                "2024-01-01/P9M",
                "_Z",
            ),
        ];
        for (words, oim, sdmx, frequency) in periods {
            let period = Period::parse(words).unwrap();
            assert_eq!((period.oim().as_str(), period.sdmx().as_str()), (oim, sdmx));
            assert_eq!((period.frequency(), period.words().as_str()), (frequency, words));
            assert_eq!(Period::from_oim(oim), Some(period));
        }
    }

    #[test]
    fn what_is_no_period_is_none() {
        for words in [
            "",
            "24",
            "2025-2021",
            "2024-13",
            "2023-02-29",
            "2024-Q5",
            "2024-H0",
            "近年",
            "0000",
            "2024-",
            "2024-é",
        ] {
            assert_eq!(Period::parse(words), None, "{words}");
        }
        assert_eq!(Period::from_oim("2024-01-01T08:00:00/2024-02-01T00:00:00"), None);
    }
}
