//! Values in the cells of a table: the row's first words name them, or the column's where rows are years or places.
//!
//! Pure.

use super::area::{self, Place};
use super::measure::Measured;
use super::name::{How, Phrase};
use super::observe::Found;
use super::period::{self, Epoch};
use super::sentence::Sentence;
use crate::model::{Measure, Mention, Quantity, Role, Span, ValueType};

/// The row that is read, and the cells of the row that heads its table.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    head: Vec<Span>,
    row: Vec<Span>,
}

/// A value's own words in a table.
#[derive(Clone, Copy, Debug)]
struct Cell {
    label: Span,
    head: Option<Span>,
}

impl Table {
    /// Forgets a table that ended.
    pub(super) fn end(&mut self) {
        self.head.clear();
        self.row.clear();
    }

    /// Takes note of a row; one without values heads those that follow.
    pub(super) fn read_row(&mut self, text: &str, line: Span, mentions: &[Mention]) {
        self.row.clear();
        let mut start = line.start;
        for cell in line.of(text).unwrap_or_default().split('|') {
            let inner = cell.trim();
            let from = start + cell.len() - cell.trim_start().len();
            self.row.push(Span::new(from, from + inner.len()));
            start += cell.len() + 1;
        }
        let is_value =
            |mention: &Mention| mention.role == Role::Indicator && self.row.contains(&mention.span);
        if !mentions.iter().any(is_value) {
            std::mem::swap(&mut self.head, &mut self.row);
        }
    }

    /// What names the value that fills a cell.
    fn cell(&self, text: &str, value: Span) -> Option<Cell> {
        let at = self.row.iter().position(|cell| *cell == value)?;
        let before = self.row.get(..at)?;
        let label = before
            .iter()
            .rev()
            .find(|cell| is_label(cell.of(text).unwrap_or_default()))?;
        let head = self.head.get(at).copied().filter(|cell| !cell.is_empty());
        Some(Cell { label: *label, head })
    }
}

/// Whether a cell says what its row is of: words that are no unit and no number of a line.
fn is_label(words: &str) -> bool {
    let told = words.chars().nth(1).is_some() && !words.is_ascii();
    told && crate::number::value_type_of_unit(words.trim_start_matches(['万', '亿', '千', '百'])).is_none()
}

/// A label without 其中：, marks before it and a unit in brackets behind it.
fn bare(text: &str, cell: Span) -> Span {
    let words = cell.of(text).unwrap_or_default();
    let from = words.rfind(['：', ':']).map_or(0, |at| {
        at + words
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8)
    });
    let rest = words
        .get(from..)
        .unwrap_or_default()
        .trim_start_matches(|c: char| c.is_whitespace() || "#＃*".contains(c));
    let rest = rest.strip_prefix("其中").unwrap_or(rest);
    let end = rest.find(['（', '(']).filter(|at| *at > 0).unwrap_or(rest.len());
    let start = cell.end - rest.len();
    Span::new(start, start + rest.get(..end).unwrap_or(rest).trim_end().len())
}

impl Sentence<'_> {
    /// What a value that fills a cell of a table is.
    pub(super) fn in_table(&self, table: &Table, value: Span, quantity: &Quantity) -> Option<Found<'_>> {
        let cell = table.cell(self.text, value)?;
        let label = bare(self.text, cell.label);
        let words = label.of(self.text)?;
        let head = cell.head.unwrap_or(label);
        let head_words = head.of(self.text)?;
        let years = self.section.years;
        let place = area::beside(self.frame, self.text, label).filter(|_| area::is_bare(words));
        let rows_are_years = period::leading(words, years).is_some_and(|found| found.length >= words.len());
        // Where a row is a year or a place, its column names the value.
        let name = if place.is_some() || rows_are_years {
            bare(self.text, head)
        } else {
            label
        };
        let said = [head, label].into_iter().find_map(|span| {
            let found = period::first_in(span.of(self.text)?, years)?;
            let start = span.start + found.at;
            let is_base = head_words
                .get(..found.at)
                .is_some_and(|before| before.ends_with(['比', '较']));
            (!is_base).then(|| (found.epoch, Some(Span::new(start, start + found.length))))
        });
        let measured = measured(head_words, words, quantity.value_type);
        Some(self.tabled(value, name, place, measured, said, quantity))
    }

    fn tabled(
        &self,
        value: Span,
        name: Span,
        place: Option<Place>,
        measured: Measured,
        said: Option<(Epoch, Option<Span>)>,
        quantity: &Quantity,
    ) -> Found<'_> {
        let counts = (measured.measure == Measure::Level).then_some(quantity.value_type);
        Found {
            value,
            phrase: Phrase::silent(value),
            name: (!name.is_empty()).then_some((name, How::Before)),
            completed: String::new(),
            link: self.linker.inside(self.text, name, false, counts),
            measured,
            epoch: said.unwrap_or((self.section.epoch, None)),
            nature: (self.section.nature, ""),
            place,
            lead: name,
            is_period_firm: true,
        }
    }
}

/// The measure that a column's head, or the row's label, makes of a value.
fn measured(head: &str, label: &str, value_type: ValueType) -> Measured {
    const RATES: &[&str] = &["增长", "增速", "增幅", "同比", "±", "+-", "+/-"];
    const SHARES: &[&str] = &["比重", "占比", "构成", "占全"];
    const RANKS: &[&str] = &["位次", "排名", "排位"];
    let told = |lists: &'static [&'static str]| {
        let mut words = lists.iter().filter(|word| head.contains(**word));
        words
            .next()
            .or_else(|| lists.iter().find(|word| label.ends_with(**word)))
            .copied()
    };
    let is_rate = matches!(
        value_type,
        ValueType::Percent | ValueType::Count | ValueType::PercentagePoint
    );
    let (measure, words) = if let Some(word) = told(RANKS) {
        (Measure::Rank, word)
    } else if let Some(word) = told(SHARES).filter(|_| is_rate) {
        (Measure::Share, word)
    } else if let Some(word) = told(RATES).filter(|_| is_rate) {
        (Measure::GrowthRate, word)
    } else {
        (Measure::Level, "")
    };
    Measured {
        measure,
        down: false,
        words,
    }
}
