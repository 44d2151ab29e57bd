//! The table of a report's observations.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::model::{Catalogue, Decision, Field, Layer, Observation};

/// A sortable column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// Where the words stand.
    Position,
    /// A field of the observation.
    Of(Field),
    /// Where the decision came from.
    Origin,
}

/// One observation and the decision that holds it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The decision; always a tagged one.
    pub decision: Arc<Decision>,
}

impl Row {
    /// The observation.
    pub fn observation(&self) -> Option<&Observation> {
        self.decision.ruling.observation()
    }
}

/// A layer's observations, sorted by a column and then by position.
pub fn rows(layer: Option<&Layer>, catalogue: &Catalogue, column: Column, descending: bool) -> Vec<Row> {
    let decisions = layer.into_iter().flat_map(Layer::iter);
    let tagged = decisions.filter(|decision| decision.ruling.observation().is_some());
    let mut rows: Vec<Row> = tagged
        .map(|decision| Row {
            decision: Arc::clone(decision),
        })
        .collect();
    rows.sort_by(|one, other| {
        let order = compare(one, other, catalogue, column);
        if descending { order.reverse() } else { order }
    });
    rows
}

fn compare(one: &Row, other: &Row, catalogue: &Catalogue, column: Column) -> Ordering {
    let (Some(a), Some(b)) = (one.observation(), other.observation()) else {
        return Ordering::Equal;
    };
    match column {
        Column::Position => one.decision.span.cmp(&other.decision.span),
        Column::Origin => one.decision.origin.cmp(&other.decision.origin),
        Column::Of(field) => match field {
            Field::Indicator | Field::IndicatorText => {
                let place = |observation: &Observation| {
                    let entry = observation
                        .indicator
                        .as_ref()
                        .and_then(|id| catalogue.position(id));
                    (entry.unwrap_or(usize::MAX), observation.indicator_text.clone())
                };
                place(a).cmp(&place(b))
            }
            Field::Value | Field::ObsValue => a.value.bounds().cmp(&b.value.bounds()),
            Field::Unit | Field::UnitMeasure => a.unit.cmp(&b.unit),
            Field::UnitMult => a.unit_mult.cmp(&b.unit_mult),
            Field::ValueType => a.value_type.cmp(&b.value_type),
            Field::Measure => a.measure.cmp(&b.measure),
            Field::Comparator => a.comparator.cmp(&b.comparator),
            Field::TimePeriod => a.time_period.cmp(&b.time_period),
            Field::RefArea => a.ref_area.cmp(&b.ref_area),
            Field::RefScope => a.ref_scope.cmp(&b.ref_scope),
            Field::ValueNature => a.value_nature.cmp(&b.value_nature),
            Field::ObsStatus => a.obs_status.cmp(&b.obs_status),
            Field::Note => a.note.cmp(&b.note),
        },
    }
}
