//! Parts of a year: 上半年, 前三季度, 1—7月, 截至5月底.
//!
//! Pure. To teach a word for a part, add it to its line in `PARTS`.

use std::sync::LazyLock;

use super::words::Words;

/// The months of a year that a period covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Months {
    first: u8,
    last: u8,
}

impl Months {
    /// The whole year.
    pub(super) const ALL: Self = Self { first: 1, last: 12 };

    /// The months from one to another, both included.
    pub(super) fn of(first: u8, last: u8) -> Option<Self> {
        (1 <= first && first <= last && last <= 12).then_some(Self { first, last })
    }

    /// How they are written behind `year`: 2024, 2024-H1, 2024-Q1, 2024-05, 2024-01/2024-09.
    pub(super) fn written(self, year: i32) -> String {
        match (self.first, self.last) {
            (1, 12) => year.to_string(),
            (1, 6) => format!("{year}-H1"),
            (7, 12) => format!("{year}-H2"),
            (first, last) if first == last => format!("{year}-{first:02}"),
            (first, last) if first % 3 == 1 && last == first + 2 => format!("{year}-Q{}", last / 3),
            (first, last) => format!("{year}-{first:02}/{year}-{last:02}"),
        }
    }
}

static PARTS: LazyLock<Words<'static, (u8, u8)>> = LazyLock::new(|| {
    Words::new(&[
        ((1, 6), "上半年"),
        ((7, 12), "下半年"),
        ((1, 3), "一季度 第一季度 1季度 首季度"),
        ((4, 6), "二季度 第二季度 2季度"),
        ((7, 9), "三季度 第三季度 3季度"),
        ((10, 12), "四季度 第四季度 4季度"),
        ((1, 9), "前三季度 前3季度 前三个季度 一至三季度 1—3季度 1-3季度"),
    ])
});

/// The month that is all of a phrase: 11月, 11月份, 11月末.
pub(super) fn month(phrase: &str) -> Option<Months> {
    let (month, behind) = number(phrase.trim())?;
    let is_whole = matches!(behind.strip_prefix('月')?, "" | "份" | "末" | "底");
    Months::of(month, month).filter(|_| is_whole)
}

/// The last month that a title says its figures are for: 9月份主要经济指标, 1—9月主要指标.
pub(super) fn last_month(title: &str) -> Option<u8> {
    let at = ["月份", "月主要", "月全", "月经济", "月国民"]
        .iter()
        .find_map(|words| title.find(words))?;
    let before = title.get(..at)?;
    let digits = before.trim_start_matches(|c: char| !c.is_ascii_digit());
    let at = digits
        .rfind(|c: char| !c.is_ascii_digit())
        .map(|at| digits.ceil_char_boundary(at + 1));
    digits.get(at.unwrap_or(0)..)?.parse().ok()
}

/// The part of a year that `phrase` begins with, and how long its words are.
pub(super) fn at_start(phrase: &str) -> Option<(usize, Months)> {
    if let Some(word) = PARTS.starting(phrase) {
        return Some((word.text.len(), Months::of(word.tag.0, word.tag.1)?));
    }
    if let Some(behind) = phrase.strip_prefix('前') {
        let (last, behind) = number(behind)?;
        let behind = behind.strip_prefix("个月")?;
        return Some((phrase.len() - behind.len(), Months::of(1, last)?));
    }
    let (first, behind) = number(phrase)?;
    let behind = behind.strip_prefix('月').unwrap_or(behind);
    let behind = ["——", "-", "—", "–", "~", "～", "－", "至", "到"]
        .iter()
        .find_map(|dash| behind.strip_prefix(dash))?;
    let (last, behind) = number(behind)?;
    let behind = behind.strip_prefix('月')?;
    let behind = behind.strip_prefix('份').unwrap_or(behind);
    (!behind.starts_with(|c: char| c.is_ascii_digit())).then_some(())?;
    Some((phrase.len() - behind.len(), Months::of(first, last)?))
}

/// The month that words like 截至5月底 and 截止2021年5月 begin with: its length, its year if it is said.
pub(super) fn as_of(phrase: &str) -> Option<(usize, Option<i32>, Months)> {
    let rest = ["截至", "截止到", "截止至", "截止"]
        .iter()
        .find_map(|word| phrase.strip_prefix(word))?;
    let rest = rest.strip_prefix("今年").unwrap_or(rest);
    let (year, rest) = match super::period::year(rest) {
        Some(year) => (Some(year), rest.get(4..)?.strip_prefix('年')?),
        None => (None, rest),
    };
    let (month, behind) = number(rest)?;
    let behind = behind.strip_prefix('月')?;
    let behind = behind.strip_prefix(['底', '末', '份']).unwrap_or(behind);
    Some((phrase.len() - behind.len(), year, Months::of(month, month)?))
}

/// The numerals of months, the longer ones first.
const NUMERALS: &[(&str, u8)] = &[
    ("十二", 12),
    ("十一", 11),
    ("十", 10),
    ("九", 9),
    ("八", 8),
    ("七", 7),
    ("六", 6),
    ("五", 5),
    ("四", 4),
    ("三", 3),
    ("两", 2),
    ("二", 2),
    ("一", 1),
];

/// A number up to twelve in digits or characters, and what follows it.
fn number(phrase: &str) -> Option<(u8, &str)> {
    let behind = phrase.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = phrase.len() - behind.len();
    if digits > 0 {
        let value = phrase.get(..digits).filter(|_| digits <= 2)?.parse().ok()?;
        return Some((value, behind));
    }
    NUMERALS
        .iter()
        .find_map(|&(word, value)| Some((value, phrase.strip_prefix(word)?)))
}
