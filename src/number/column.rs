//! What the words over a column or beside a row say of the unit of their numbers.
//!
//! Pure. To teach a word, add it to its list.

use crate::model::{Mention, Quantity, ValueType};

use super::numeral::read_magnitudes;
use super::place::{after, before};
use super::units::{Unit, unit_at};

/// The longest words that are read as a unit. Bytes.
const LONGEST: usize = 48;

/// Words of a head over places in a ranking.
const RANKS: &[&str] = &["位次", "排名", "名次", "排位"];

/// Words of a head over rates and shares, whose numbers are percents whatever the row counts.
#[rustfmt::skip]
const RATES: &[&str] = &[
    "增长", "增速", "增幅", "同比", "占比", "比重", "构成", "涨跌", "涨幅", "降幅", "完成率", "覆盖率", "±",
];

/// Words of a head over differences in the row's own unit, though a word for a rate stands in them.
const DIFFERENCES: &[&str] = &["增减", "增加", "增长额", "增长量", "增长数", "同期"];

/// A unit with its magnitude (万元).
#[derive(Clone, Debug)]
pub(super) struct Measure {
    mult: u8,
    unit: Unit,
}

/// What heads say of the numbers under them.
#[derive(Clone, Debug, Default)]
pub(super) enum Column {
    /// Nothing.
    #[default]
    Silent,
    /// They are places in a ranking.
    Ranks,
    /// They have this unit.
    Measured(Measure),
}

impl Column {
    /// What one head says.
    pub(super) fn of(head: &str) -> Self {
        let has = |words: &[&str]| words.iter().any(|word| head.contains(word));
        if let Some(measure) = bracketed(head) {
            Self::Measured(measure)
        } else if has(RANKS) {
            Self::Ranks
        } else if let Some(percent) =
            whole("%").filter(|_| has(&["%", "％"]) || has(RATES) && !has(DIFFERENCES))
        {
            Self::Measured(percent)
        } else {
            Self::Silent
        }
    }

    /// Whether it says anything.
    pub(super) fn tells(&self) -> bool {
        !matches!(self, Self::Silent)
    }

    /// Gives a bare number what the column says, else what its row or the table's caption does.
    pub(super) fn give(&self, mention: &mut Mention, otherwise: Option<&Measure>) {
        let Some(quantity) = &mut mention.quantity else {
            return;
        };
        match (self, otherwise) {
            (Self::Ranks, _) => quantity.value_type = ValueType::Rank,
            (Self::Measured(measure), _) | (Self::Silent, Some(measure)) => measure.give(quantity),
            (Self::Silent, None) => {}
        }
    }
}

impl Measure {
    fn give(&self, quantity: &mut Quantity) {
        quantity.unit_mult = self.mult;
        quantity.unit.clone_from(&self.unit.words);
        quantity.unit_measure = self.unit.meaning.code;
        quantity.value_type = self.unit.kind;
    }
}

/// The unit that the words are, from end to end.
pub(super) fn whole(words: &str) -> Option<Measure> {
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
pub(super) fn caption(words: &str) -> Option<Measure> {
    let at = words.find("单位")?;
    let rest = after(words, at + "单位".len())
        .trim_start()
        .strip_prefix(['：', ':'])?
        .trim_start();
    let line = rest.split(['）', ')', '\n', '|']).next().unwrap_or(rest);
    let parts = line.split(['，', ',', '、', '；', ';', ' ', '\u{3000}']);
    let mut units = parts
        .map(str::trim)
        .filter(|part| !matches!(*part, "" | "%" | "％"));
    // Of several units none is that of all numbers; percents are known by their heads.
    match (units.next(), units.next()) {
        (Some(unit), None) => whole(unit),
        (Some(unit), Some(other)) => whole(unit).filter(|_| whole(other).is_none()),
        (None, _) => whole("%"),
    }
}

/// The unit in the brackets of 产值（亿元）.
pub(super) fn bracketed(cell: &str) -> Option<Measure> {
    let open = cell.rfind(['（', '('])?;
    let inside = after(cell, open).trim_start_matches(['（', '(']);
    let close = inside.find(['）', ')'])?;
    let words = before(inside, close);
    whole(words.trim().strip_prefix("单位：").unwrap_or(words.trim()))
}
