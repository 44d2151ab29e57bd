//! Numbers in the cells of a table: those that only number its rows, and the units of bare ones, which a caption,
//! a head or a cell of their row gives.
//!
//! A second pass, for a cell's unit stands far from it; texts without such cells are left at once.

use std::str::FromStr;

use crate::model::{Comparator, Decimal, Mention, Quantity, Role, Span, Value, ValueType};

use super::column::{Column, Measure, bracketed, caption, whole};
use super::glyph::is_han;
use super::heads::{Heads, cells};
use super::place::{after, before};
use super::words::{AFTER, BEFORE};

/// Heads over the numbers of rows.
const NUMBERS: &[&str] = &["序号", "编号", "No", "No.", "№"];

/// Words of a head over numbers that are no numbers of rows though they come first.
const NO_NUMBERS: &[&str] = &["位次", "排名", "名次", "排位", "年", "月", "时间", "日期"];

/// What the lines above a row say of its columns.
#[derive(Default)]
struct Above {
    caption: Option<Measure>,
    heads: Heads,
    in_table: bool,
    in_rows: bool,
}

/// Gives the numbers in table cells their units and roles.
pub(super) fn inherit_units(text: &str, mentions: &mut [Mention]) {
    if !mentions.iter().any(|mention| is_bare(text, mention)) {
        return;
    }
    let mut above = Above::default();
    let (mut rest, mut start) = (mentions, 0);
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let count = rest.iter().take_while(|mention| mention.span.start < end).count();
        let (row, later) = rest.split_at_mut(count);
        let line = line.trim_end_matches(['\n', '\r']);
        above.read(text, Span::new(start, start + line.len()), row);
        (rest, start) = (later, end);
    }
}

/// Whether a mention is a number without a unit that fills a table's cell.
fn is_bare(text: &str, mention: &Mention) -> bool {
    let unitless = mention
        .quantity
        .as_ref()
        .is_some_and(|q| q.unit.is_empty() && q.value_type == ValueType::Count && q.unit_mult == 0);
    unitless && mention.role == Role::Indicator && fills_cell(text, mention.span)
}

/// Whether nothing but a comparator stands beside the words in their cell: 5.5左右, 不低于3.
fn fills_cell(text: &str, words: Span) -> bool {
    /// No comparator is longer. Bytes.
    const BESIDE: usize = 32;
    let head = before(text, words.start);
    let head = after(head, head.ceil_char_boundary(head.len().saturating_sub(BESIDE)));
    let tail = after(text, words.end);
    let tail = before(tail, tail.floor_char_boundary(BESIDE));
    let from = head
        .rfind(['|', '\n'])
        .map_or(head, |at| after(head, at + 1))
        .trim();
    let end = tail.find(['|', '\n', '\r']);
    let to = before(tail, end.unwrap_or(tail.len())).trim();
    let is_cell = head
        .rfind(['|', '\n'])
        .is_some_and(|at| after(head, at).starts_with('|'))
        || end.is_some_and(|at| after(tail, at).starts_with('|'));
    is_cell
        && (from.is_empty() || BEFORE.longest(from).is_some_and(|(word, _)| word == from))
        && (to.is_empty() || AFTER.longest(to).is_some_and(|(word, _)| word == to))
}

impl Above {
    /// Reads one line with its mentions.
    fn read(&mut self, text: &str, line: Span, mentions: &mut [Mention]) {
        let words = line.of(text).unwrap_or_default();
        if !words.contains('|') {
            self.read_between(words);
            return;
        }
        if !self.in_table {
            self.heads.clear();
            (self.in_table, self.in_rows) = (true, false);
        }
        let row = cells(text, line);
        if mentions.iter().any(|mention| is_bare(text, mention)) {
            self.in_rows = true;
            let row = self.heads.aligned(text, row);
            self.number_row(text, &row, mentions);
            self.fill(text, &row, mentions);
        } else {
            self.read_head(text, row);
        }
    }

    /// A line that is no row ends a table; 单位：万元 in it holds for the next.
    fn read_between(&mut self, words: &str) {
        let told = caption(words);
        if told.is_some() || self.in_table || !words.trim().is_empty() {
            self.caption = told;
        }
        self.in_table = false;
    }

    fn read_head(&mut self, text: &str, row: Vec<Span>) {
        let told = row.iter().find_map(|cell| caption(cell.of(text)?));
        if told.is_some() {
            self.caption = told;
        }
        if row.iter().filter(|cell| !cell.is_empty()).count() < 2 {
            return;
        }
        if self.in_rows {
            self.heads.clear();
            self.in_rows = false;
        }
        self.heads.push(row);
    }

    /// The words over a column, the lowest first.
    fn heads<'t>(&self, text: &'t str, column: usize, width: usize) -> impl Iterator<Item = &'t str> {
        self.heads.over(column, width).filter_map(|cell| cell.of(text))
    }

    /// A whole number under 序号, or in a row's first cell before words, numbers the row.
    fn number_row(&self, text: &str, row: &[Span], mentions: &mut [Mention]) {
        let words = |cell: &Span| cell.of(text).unwrap_or_default();
        let counts =
            |cell: &Span| words(cell).len() <= 3 && words(cell).bytes().all(|byte| byte.is_ascii_digit());
        let names = |cell: &Span| {
            words(cell).chars().filter(|c| is_han(*c)).nth(1).is_some() && whole(words(cell)).is_none()
        };
        let mut filled = (0..).zip(row).filter(|(_, cell)| !cell.is_empty());
        let (first, second) = (filled.next(), filled.next());
        let leads = |column: usize| {
            let tells = |head: &str| NO_NUMBERS.iter().any(|word| head.contains(word));
            first.is_some_and(|(at, _)| at == column)
                && second.is_some_and(|(_, cell)| names(cell))
                && !self.heads(text, column, row.len()).any(tells)
        };
        let numbers = |column: usize| {
            self.heads(text, column, row.len())
                .any(|head| NUMBERS.contains(&head))
        };
        // Both stand in the order of the text.
        let mut column = 0;
        for mention in mentions {
            let ends_before = |cell: &&Span| cell.is_empty() || cell.end < mention.span.end;
            column += row.iter().skip(column).take_while(ends_before).count();
            let cell = row.get(column).filter(|cell| **cell == mention.span);
            if cell.is_some_and(|cell| counts(cell) && (numbers(column) || leads(column))) {
                mention.role = Role::Enumerator;
                mention.quantity = None;
            }
        }
    }

    /// Gives the bare numbers of a row their units.
    fn fill(&self, text: &str, row: &[Span], mentions: &mut [Mention]) {
        let mut own = None;
        let mut rest = mentions;
        for (index, cell) in row.iter().enumerate() {
            let count = rest
                .iter()
                .take_while(|mention| mention.span.start < cell.end)
                .count();
            let (inside, later) = rest.split_at_mut(count);
            rest = later;
            let words = cell.of(text).unwrap_or_default();
            let column = || self.column(text, index, row.len());
            if let [mention] = &mut *inside
                && index > 0
                && mention.role == Role::Date
                && mention.span == *cell
                && let Some(quantity) = self.counted(text, index, row.len(), words)
            {
                mention.role = Role::Indicator;
                mention.quantity = Some(quantity);
            }
            if let Some(mention) = inside.iter_mut().find(|mention| is_bare(text, mention)) {
                column().give(mention, own.as_ref().or(self.caption.as_ref()));
            } else if let Some(measure) = whole(words).or_else(|| bracketed(words)) {
                own = Some(measure);
            }
        }
    }

    /// What the heads over a column say; the lowest that says anything counts.
    fn column(&self, text: &str, column: usize, width: usize) -> Column {
        self.heads(text, column, width)
            .map(Column::of)
            .find(Column::tells)
            .unwrap_or_default()
    }

    /// The quantity that digits like those of a year are under a head with a unit (合计（人）).
    fn counted(&self, text: &str, column: usize, width: usize, words: &str) -> Option<Quantity> {
        let tells_time = |head: &str| head.contains(['年', '月']) && !head.contains(['（', '(']);
        let is_counted =
            self.column(text, column, width).tells() && !self.heads(text, column, width).any(tells_time);
        let number = Decimal::from_str(words).ok().filter(|_| is_counted)?;
        Some(Quantity {
            value_type: ValueType::Count,
            comparator: Comparator::Equal,
            printed: Value::Exact(number),
            unit_mult: 0,
            unit: "".into(),
            unit_measure: None,
        })
    }
}
