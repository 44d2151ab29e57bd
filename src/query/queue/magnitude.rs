//! How large the values of each indicator are in a project, and which are of another magnitude.

use std::collections::BTreeMap;

use super::{Sheet, contest_over};
use crate::model::{Decimal, Layer, Measure, Observation, ValueType};
use crate::query::agreement::{base_unit, base_value};
use crate::query::contenders::Contest;

/// Fewer values say nothing about what is usual.
const FEWEST: usize = 4;
/// From this factor outside the middle half of the values on, a value is of another magnitude.
const OFF: Decimal = Decimal::from_parts(300, 0, 0, false, 0);

/// What is usual for each indicator and unit.
#[derive(Clone, Debug, Default)]
pub(super) struct Magnitudes(BTreeMap<String, Vec<(String, Usual)>>);

/// An indicator's usual value and the bounds of the usual magnitude, without signs.
#[derive(Clone, Copy, Debug)]
struct Usual {
    least: Decimal,
    median: Decimal,
    most: Decimal,
}

impl Magnitudes {
    /// Looks at the decisions of all reports, and at the leading proposals for what is open.
    pub fn of<'a>(reports: impl Iterator<Item = (Sheet<'a>, &'a [Contest<'a>])>) -> Self {
        let mut values: BTreeMap<(&str, &str), Vec<Decimal>> = BTreeMap::new();
        for (sheet, contests) in reports {
            let decided = sheet
                .layer
                .into_iter()
                .flat_map(Layer::iter)
                .map(|decision| &decision.ruling);
            let leaders = sheet.open.iter().filter_map(|span| contest_over(contests, *span));
            let proposed = leaders.map(|contest| &contest.leader.ruling);
            for observation in decided.chain(proposed).filter_map(|ruling| ruling.observation()) {
                if let Some((key, value)) = key(observation).zip(size(observation)) {
                    values.entry(key).or_default().push(value);
                }
            }
        }
        let mut magnitudes = Self::default();
        for ((name, unit), mut values) in values {
            if let Some(usual) = Usual::of(&mut values) {
                magnitudes
                    .0
                    .entry(name.to_owned())
                    .or_default()
                    .push((unit.to_owned(), usual));
            }
        }
        magnitudes
    }

    /// By how many powers of ten a value is off what is usual; `None` where it is not.
    pub fn off(&self, observation: &Observation) -> Option<i32> {
        let (name, unit) = key(observation)?;
        let (_, usual) = self.0.get(name)?.iter().find(|(other, _)| other == unit)?;
        usual.off(size(observation)?)
    }
}

impl Usual {
    fn of(values: &mut [Decimal]) -> Option<Self> {
        if values.len() < FEWEST {
            return None;
        }
        values.sort_unstable();
        let quarter = values.len() / 4;
        Some(Self {
            least: values.get(quarter)?.checked_div(OFF)?,
            median: *values.get(values.len() / 2)?,
            most: values.get(values.len() - 1 - quarter)?.checked_mul(OFF)?,
        })
    }

    fn off(&self, value: Decimal) -> Option<i32> {
        if value >= self.most {
            Some(nearest_power(value.checked_div(self.median)?))
        } else if value <= self.least {
            Some(-nearest_power(self.median.checked_div(value)?))
        } else {
            None
        }
    }
}

/// The power of ten nearest to a factor of at least one.
fn nearest_power(mut factor: Decimal) -> i32 {
    let ten = Decimal::TEN;
    // The square root of ten: halfway between two powers.
    let half = Decimal::from_parts(316, 0, 0, false, 2);
    let mut power = 0;
    while factor >= half {
        factor /= ten;
        power += 1;
    }
    power
}

/// What is compared with what: levels and increases of one indicator in one unit.
fn key(observation: &Observation) -> Option<(&str, &str)> {
    let is_level = matches!(observation.measure, Measure::Level | Measure::Increase)
        && observation.value_type != ValueType::Rank;
    let name = match &observation.indicator {
        Some(id) => &id.0,
        None => observation.indicator_text.as_str(),
    };
    (is_level && !name.is_empty()).then(|| (name, base_unit(&observation.unit)))
}

/// The value without its sign; none for zero, which has no magnitude.
fn size(observation: &Observation) -> Option<Decimal> {
    let (_, high) = base_value(observation);
    Some(high.abs()).filter(|size| !size.is_zero())
}
