//! Values in the cells of a table: the row's name names them, or the column's head where rows are years or places.
//!
//! Pure. What single words say stands in `column`.

use super::area::{self, Area, Place};
use super::column;
use super::measure::Measured;
use super::name::{How, Phrase};
use super::observe::Found;
use super::part;
use super::period::{self, Epoch};
use super::sentence::Sentence;
use crate::model::{Measure, Mention, Quantity, Role, Span, ValueNature};
use crate::number::heads::{Heads, cells};

/// A cell with no more characters beside its value is filled by it: 5.5左右, 增长5.6%.
const BESIDE: usize = 4;

/// A row of more cells is none of a table that somebody reads: for each value all cells of its row are looked at.
const MOST_CELLS: usize = 256;

/// A line of more bytes is no caption of a table.
const LONGEST_CAPTION: usize = 150;

/// The row that is read, the rows that head its table, and the line above it.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    caption: Option<Span>,
    heads: Heads,
    row: Vec<Span>,
    /// Which cells of the row hold a value and nothing else.
    filled: Vec<Span>,
    in_rows: bool,
}

/// A value's place in a table.
#[derive(Clone, Copy, Debug)]
struct Cell {
    column: usize,
    label: Span,
    /// The head over the column of the label.
    label_head: Span,
}

impl Table {
    /// Takes note of a line between tables, which may be the next one's caption.
    pub(super) fn read_between(&mut self, text: &str, line: Span) {
        let words = line.of(text).unwrap_or_default().trim_start_matches(['（', '(']);
        if !words.starts_with("单位") {
            self.caption = Some(line).filter(|line| line.len() <= LONGEST_CAPTION && !words.contains('。'));
        }
        self.heads.clear();
        self.row.clear();
        self.in_rows = false;
    }

    /// Takes note of a row; one without values heads those that follow.
    pub(super) fn read_row(&mut self, text: &str, line: Span, mentions: &[Mention]) {
        let row = cells(text, line);
        if row.len() > MOST_CELLS {
            self.row.clear();
            self.filled.clear();
            return;
        }
        let values = mentions.iter().filter(|mention| mention.role == Role::Indicator);
        let cell_of = |mention: &Mention| {
            row.iter()
                .find(|cell| is_filled(text, **cell, mention.span))
                .copied()
        };
        self.filled = values.filter_map(cell_of).collect();
        if !self.filled.is_empty() {
            self.in_rows = true;
            self.row = self.heads.aligned(text, row);
            return;
        }
        self.row.clear();
        let mut filled = row.iter().filter(|cell| !cell.is_empty());
        match (filled.next(), filled.next()) {
            (Some(only), None) if !self.in_rows => self.caption = Some(*only),
            (Some(_), Some(_)) if !is_blank(text, &row) => {
                if self.in_rows {
                    self.heads.clear();
                    self.in_rows = false;
                }
                self.heads.push(row);
            }
            _ => {}
        }
    }

    /// Where the value that fills a cell stands.
    fn cell(&self, text: &str, value: Span) -> Option<Cell> {
        let column = self.row.iter().position(|cell| is_filled(text, *cell, value))?;
        let (before, behind) = self.row.split_at_checked(column)?;
        let names = |&(at, cell): &(usize, &Span)| {
            let is_silent = self.heads(text, at).any(column::heads_silence) || self.filled.contains(cell);
            !is_silent && is_label(cell.of(text).unwrap_or_default())
        };
        let mut behind = (column..).zip(behind).skip(1);
        let label = before.iter().enumerate().rev().find(names);
        let (at, label) = label.or_else(|| behind.find(names))?;
        Some(Cell {
            column,
            label: *label,
            label_head: self.heads.over(at, self.row.len()).next().unwrap_or_default(),
        })
    }

    /// The words over a column, the lowest first.
    fn heads<'t>(&self, text: &'t str, column: usize) -> impl Iterator<Item = &'t str> {
        self.over(text, column).filter_map(move |head| head.of(text))
    }

    /// The heads over a column without their units, the lowest first.
    fn over(&self, text: &str, column: usize) -> impl Iterator<Item = Span> {
        self.heads
            .over(column, self.row.len())
            .map(move |head| column::bare(text, head))
    }

    /// The head that names the values of a column: its own, or that of the column which it is told of.
    fn named(&self, text: &str, column: usize, name: impl Fn(Span) -> Span) -> Option<Span> {
        let words = |span: &Span| span.of(text).unwrap_or_default();
        let told = |at: usize| {
            let mut heads = self.over(text, at).map(&name);
            heads.find(|head| !column::is_nameless(words(head)))
        };
        told(column).or_else(|| {
            if self.heads(text, column).any(column::is_relative) {
                (1..column).rev().find_map(told)
            } else {
                self.over(text, column).next()
            }
        })
    }

    /// Whether the table is a plan's, which says how binding each target is.
    fn is_plan(&self, text: &str) -> bool {
        let mut columns = 0..self.row.len();
        columns.any(|at| self.heads(text, at).any(column::heads_binding))
    }
}

/// Whether hardly anything stands beside a value in its cell.
fn is_filled(text: &str, cell: Span, value: Span) -> bool {
    let around = [
        Span::new(cell.start, value.start.max(cell.start)),
        Span::new(value.end.min(cell.end), cell.end),
    ];
    // No further than it matters: a cell may be as long as a report.
    let count = |span: Span| span.of(text).unwrap_or_default().chars().take(BESIDE + 1).count();
    cell.start <= value.start && value.end <= cell.end && around.map(count).iter().sum::<usize>() <= BESIDE
}

/// Whether a row only leaves its values open.
fn is_blank(text: &str, row: &[Span]) -> bool {
    let open = |cell: &Span| {
        matches!(
            cell.of(text),
            Some("—" | "-" | "–" | "——" | "--" | "…" | "/" | "－")
        )
    };
    row.iter().any(open)
}

/// Whether a cell says what its row is of: words that are no unit and no number of a line, or a year.
fn is_label(words: &str) -> bool {
    let told = words.chars().nth(1).is_some() && !words.is_ascii();
    let is_open = words.chars().all(|c| "—-–…/－".contains(c));
    let is_year = words.len() == 4 && period::year(words).is_some();
    is_year
        || told
            && !is_open
            && crate::number::value_type_of_unit(words.trim_start_matches(['万', '亿', '千', '百'])).is_none()
}

/// Which words name the values of a row, and the place that it is about.
#[derive(Clone, Copy, Debug)]
struct Row {
    name: Option<Span>,
    place: Option<Place>,
}

impl Sentence<'_> {
    /// What a value that fills a cell of a table is.
    pub(super) fn in_table(&self, table: &Table, value: Span, quantity: &Quantity) -> Option<Found<'_>> {
        let cell = table.cell(self.text, value)?;
        let label = column::bare(self.text, cell.label);
        let words = |span: Span| span.of(self.text).unwrap_or_default();
        let caption = table.caption.map_or("", words);
        let heads = table.heads(self.text, cell.column);
        let measured = column::measure(heads, words(label), caption, quantity.value_type);
        let row = self.row_of(table, &cell, label);
        let said = self.period_in(table, &cell, label);
        let epoch = said.unwrap_or((self.section.epoch, None));
        let nature = self.nature_in(table, cell.column, said.map(|(epoch, _)| epoch), caption);
        Some(self.tabled(value, row, measured, epoch, nature, quantity))
    }

    /// What names the values of a row: its first words, or the column's head where these are a year or a place.
    fn row_of(&self, table: &Table, cell: &Cell, label: Span) -> Row {
        let words = label.of(self.text).unwrap_or_default();
        let head = cell.label_head.of(self.text).unwrap_or_default();
        let is_year = period::leading(words, self.section.years)
            .is_some_and(|found| found.length >= words.len())
            || words.len() == 4 && period::year(words).is_some();
        let is_sum = column::is_sum(words);
        let listed = || {
            let place = if is_sum {
                Area::Whole
            } else {
                Area::Place(Place::said(label))
            };
            column::heads_places(head).then_some(place)
        };
        let area = area::of_row(self.frame, self.text, label).or_else(listed);
        let name = |span: Span| column::name(self.text, self.undated(span));
        if area.is_some() || is_year {
            let named = table.named(self.text, cell.column, name);
            return Row {
                name: Some(named.unwrap_or(label)),
                place: match area {
                    Some(Area::Place(place)) => Some(place),
                    _ => None,
                },
            };
        }
        let captioned = || self.linker.span_in(self.text, table.caption?);
        let own = Some(column::name(self.text, label)).filter(|name| !name.is_empty());
        let name = if is_sum { captioned().or(own) } else { own };
        Row {
            name: name.or(Some(label)),
            place: None,
        }
    }

    /// Words without a period that they open with.
    fn undated(&self, span: Span) -> Span {
        let words = span.of(self.text).unwrap_or_default();
        let found = period::leading(words, self.section.years);
        let length = found.map_or(0, |found| found.at + found.length);
        let rest = words.get(length..).unwrap_or_default();
        let rest = rest.trim_start_matches(['末', '底', '年', '的', '度']);
        Span::new(span.end - rest.len(), span.end)
    }

    /// The period that the heads, the row or the caption say; a rate's is that of the latest column before it.
    fn period_in(&self, table: &Table, cell: &Cell, label: Span) -> Option<(Epoch, Option<Span>)> {
        let captioned = || self.period_of(table.caption?);
        let is_mean = table
            .heads(self.text, cell.column)
            .any(|head| head.contains("年均"));
        let long = || captioned().filter(|(epoch, _)| is_mean && epoch.is_long());
        self.period_over(table, cell.column)
            .or_else(long)
            .or_else(|| self.period_over(table, self.column_told(table, cell.column)))
            .or_else(|| self.period_of(label))
            .or_else(captioned)
    }

    fn period_over(&self, table: &Table, column: usize) -> Option<(Epoch, Option<Span>)> {
        table
            .over(self.text, column)
            .find_map(|head| self.period_of(head))
    }

    /// The column that a column's values are told of: for rates the latest before it, else the column itself.
    fn column_told(&self, table: &Table, column: usize) -> usize {
        if !table.heads(self.text, column).any(column::is_relative)
            || self.period_over(table, column).is_some()
        {
            return column;
        }
        (1..column)
            .filter_map(|at| Some((self.period_over(table, at)?.0.to, at)))
            .max()
            .map_or(column, |(_, at)| at)
    }

    /// The period that some words say as their own, not as what they compare with.
    fn period_of(&self, span: Span) -> Option<(Epoch, Option<Span>)> {
        let words = span.of(self.text)?;
        let now = self.section.epoch;
        if let Some(months) = part::month(words) {
            return Some((Epoch::part(now.to, months), Some(span)));
        }
        if let Some(epoch) = column::relative_period(words, now, &self.frame.words) {
            return Some((epoch, Some(span)));
        }
        if words.len() == 4
            && let Some(year) = period::year(words)
        {
            return Some((Epoch::year(year), Some(span)));
        }
        let found = period::first_in(words, self.section.years)?;
        let is_base = words
            .get(..found.at)
            .is_some_and(|before| before.ends_with(['比', '较', '与']));
        let start = span.start + found.at;
        (!is_base).then(|| (found.epoch, Some(Span::new(start, start + found.length))))
    }

    /// What the heads say of a value's nature, else what its period does.
    fn nature_in(
        &self,
        table: &Table,
        column: usize,
        said: Option<Epoch>,
        caption: &str,
    ) -> (ValueNature, &'static str) {
        let told = [column, self.column_told(table, column)];
        let mut heads = told.into_iter().flat_map(|at| table.heads(self.text, at));
        if let Some(told) = heads.find_map(column::nature) {
            return told;
        }
        if table.is_plan(self.text) {
            let first = (0..table.row.len())
                .filter_map(|at| Some(self.period_over(table, at)?.0))
                .min();
            let is_base = said.is_some() && said == first;
            let nature = if is_base {
                ValueNature::Actual
            } else {
                ValueNature::Target
            };
            return (nature, "");
        }
        let review = self.frame.years.review;
        match said {
            Some(epoch) if review > 0 && epoch.to <= review => (ValueNature::Actual, ""),
            Some(epoch) if review > 0 && epoch.to > review + 1 => (ValueNature::Target, ""),
            _ => {
                let planned = column::nature(caption).filter(|(nature, _)| *nature == ValueNature::Target);
                planned.unwrap_or((self.section.nature, ""))
            }
        }
    }

    fn tabled(
        &self,
        value: Span,
        row: Row,
        measured: Measured,
        epoch: (Epoch, Option<Span>),
        nature: (ValueNature, &'static str),
        quantity: &Quantity,
    ) -> Found<'_> {
        let counts = (measured.measure == Measure::Level).then_some(quantity.value_type);
        let name = row.name.filter(|name| !name.is_empty());
        let link = name.and_then(|name| self.linker.inside(self.text, name, false, counts));
        Found {
            value,
            phrase: Phrase::silent(value),
            name: name.map(|name| (name, How::Before)),
            completed: String::new(),
            link,
            measured,
            epoch,
            nature,
            place: row.place,
            lead: name.unwrap_or(value),
            is_period_firm: true,
        }
    }
}
