//! Bare numbers in the cells of a table get the unit that a caption, a header or a cell of their row gives.
//!
//! A second pass, for a cell's unit stands far from it; texts without such cells are left at once.

use crate::model::{Mention, Role, Span, ValueType};

use super::numeral::read_magnitudes;
use super::place::{after, before, solid_before};
use super::units::{Unit, unit_at};

/// The longest words that are read as a unit. Bytes.
const LONGEST: usize = 48;

/// A unit with its magnitude (万元).
#[derive(Clone, Debug)]
struct Measure {
    mult: u8,
    unit: Unit,
}

/// What the lines above a row say of its columns.
#[derive(Default)]
struct Above {
    caption: Option<Measure>,
    columns: Vec<Column>,
    in_table: bool,
}

/// What a header says of the numbers under it.
#[derive(Clone, Default)]
struct Column {
    measure: Option<Measure>,
    /// Whether they are rates or shares, so that the row's unit is not theirs.
    relative: bool,
}

/// Gives bare numbers in table cells their units.
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
        above.read(text, Span::new(start, end), row);
        (rest, start) = (later, end);
    }
}

/// Whether a mention is a number without a unit that fills a table cell.
fn is_bare(text: &str, mention: &Mention) -> bool {
    let unitless = mention
        .quantity
        .as_ref()
        .is_some_and(|q| q.unit.is_empty() && q.value_type == ValueType::Count && q.unit_mult == 0);
    let next = || after(text, mention.span.end).trim_start_matches([' ', '\t', '\u{3000}']);
    unitless
        && mention.role == Role::Indicator
        && matches!(solid_before(text, mention.span.start), Some('|'))
        && (next().is_empty() || next().starts_with(['|', '\n', '\r']))
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
            self.columns.clear();
            self.in_table = true;
        }
        if mentions.iter().any(|mention| is_bare(text, mention)) {
            self.fill(text, line, mentions);
        } else {
            self.read_header(words);
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

    fn read_header(&mut self, words: &str) {
        for (index, cell) in words.split('|').enumerate() {
            if let Some(told) = caption(cell) {
                self.caption = Some(told);
            }
            let relative = ["增长", "增速", "同比", "占比", "比重", "增幅"]
                .iter()
                .any(|word| cell.contains(word));
            let measure = bracketed(cell);
            if self.columns.len() <= index {
                self.columns.push(Column::default());
            }
            if let Some(column) = self
                .columns
                .get_mut(index)
                .filter(|_| relative || measure.is_some())
            {
                *column = Column { measure, relative };
            }
        }
    }

    /// Gives the bare numbers of a row their units.
    fn fill(&self, text: &str, line: Span, mentions: &mut [Mention]) {
        let mut own = None;
        let mut start = line.start;
        let mut rest = mentions;
        for (index, cell) in line.of(text).unwrap_or_default().split('|').enumerate() {
            let end = start + cell.len();
            let count = rest.iter().take_while(|mention| mention.span.start < end).count();
            let (inside, later) = rest.split_at_mut(count);
            if let Some(mention) = inside.first_mut().filter(|mention| is_bare(text, mention)) {
                if let Some(measure) = self.measure_of(index, own.as_ref()) {
                    measure.give(mention);
                }
            } else if let Some(measure) = whole(cell.trim()).or_else(|| bracketed(cell)) {
                own = Some(measure);
            }
            (rest, start) = (later, end + 1);
        }
    }

    /// The unit of a cell: its column's, else its row's, else the caption's.
    fn measure_of<'a>(&'a self, column: usize, own: Option<&'a Measure>) -> Option<&'a Measure> {
        match self.columns.get(column) {
            Some(Column {
                measure: Some(measure),
                ..
            }) => Some(measure),
            Some(Column { relative: true, .. }) => None,
            _ => own.or(self.caption.as_ref()),
        }
    }
}

impl Measure {
    fn give(&self, mention: &mut Mention) {
        if let Some(quantity) = &mut mention.quantity {
            quantity.unit_mult = self.mult;
            quantity.unit.clone_from(&self.unit.words);
            quantity.unit_measure = self.unit.meaning.code;
            quantity.value_type = self.unit.kind;
        }
    }
}

/// The unit that the words are, from end to end.
fn whole(words: &str) -> Option<Measure> {
    if words.is_empty() || words.len() > LONGEST {
        return None;
    }
    let run = read_magnitudes(words, 0);
    let unit = unit_at(words, run.end).filter(|unit| unit.end == words.len())?;
    Some(Measure {
        mult: run.exponent,
        unit,
    })
}

/// The unit behind 单位：.
fn caption(words: &str) -> Option<Measure> {
    let at = words.find("单位")?;
    let rest = after(words, at + "单位".len())
        .trim_start()
        .strip_prefix(['：', ':'])?
        .trim_start();
    let end = rest
        .find(|c: char| c.is_whitespace() || "）)，,、；;|".contains(c))
        .unwrap_or(rest.len());
    whole(before(rest, end))
}

/// The unit in the brackets of 产值（亿元）.
fn bracketed(cell: &str) -> Option<Measure> {
    let open = cell.rfind(['（', '('])?;
    let inside = after(cell, open).trim_start_matches(['（', '(']);
    let close = inside.find(['）', ')'])?;
    let words = before(inside, close);
    whole(words.trim().strip_prefix("单位：").unwrap_or(words.trim()))
}
