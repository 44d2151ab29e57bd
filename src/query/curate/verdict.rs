//! What a person makes of a case, point by point.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::agreement::{base_unit, base_value};
use super::difference::merged;
use super::{Case, Difference, Point};
use crate::model::{
    Annotator, Decision, DismissReason, Field, FieldError, Observation, Provenance, Ruling, Span, Value,
};
use crate::number;

/// Where a point of a verdict comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// It is this annotator's, by the place of the layer.
    Of(usize),
    /// A person said something else.
    Typed,
}

/// What the words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Tagged,
    Dismissed(DismissReason),
    Open,
}

/// A decision in the making: all that the readings have in common, and what has been chosen of the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    span: Span,
    kind: Kind,
    observation: Option<Box<Observation>>,
    points: Vec<Point>,
    chosen: BTreeMap<Point, Choice>,
}

impl Verdict {
    /// Begins with what the readings of a case have in common; the points that they differ on are to be chosen.
    ///
    /// A case that is settled can be chosen anew.
    pub fn of(case: &Case) -> Self {
        let start = merged(case.given());
        let kind = start
            .as_ref()
            .map_or(Kind::Open, |decision| kind_of(&decision.ruling));
        let observation = start.as_ref().and_then(|decision| decision.ruling.observation());
        let Difference { points, .. } = case.difference();
        Self {
            span: start.as_ref().map_or(case.span, |decision| decision.span),
            kind,
            observation: observation.cloned().map(Box::new),
            points,
            chosen: BTreeMap::new(),
        }
    }

    /// Everything as this annotator has it: also that the words are open.
    pub fn whole(case: &Case, from: usize) -> Self {
        let mut verdict = Self::of(case);
        let reading = case.readings.get(from).and_then(Option::as_ref);
        if let Some(reading) = reading {
            verdict.span = reading.span;
            if let Some(observation) = reading.ruling.observation() {
                verdict.observation = Some(Box::new(observation.clone()));
            }
        }
        verdict.kind = reading.map_or(Kind::Open, |reading| kind_of(&reading.ruling));
        let of = |point: &Point| (*point, Choice::Of(from));
        verdict.chosen = verdict.points.iter().map(of).collect();
        verdict
    }

    /// Takes one point as this annotator has it; answers whether that annotator says anything of it.
    ///
    /// A value brings its printed digits, its magnitude and, unless the unit was chosen before, its unit along.
    pub fn take(&mut self, case: &Case, point: Point, from: usize) -> bool {
        let reading = case.readings.get(from).and_then(Option::as_ref);
        let observed = reading.and_then(|reading| reading.ruling.observation());
        match (point, reading, observed) {
            (Point::Ruling, reading, _) => {
                self.kind = reading.map_or(Kind::Open, |reading| kind_of(&reading.ruling));
                let same = |other: &&Arc<Decision>| kind_of(&other.ruling) == self.kind;
                if let Some(reading) = reading.filter(|_| case.given().filter(same).count() == 1) {
                    // Nobody else says so, so there are no other edges to choose.
                    self.span = reading.span;
                    self.chosen.insert(Point::Edges, Choice::Of(from));
                }
            }
            (Point::Edges, Some(reading), _) => self.span = reading.span,
            (Point::Of(field), _, Some(observed)) => self.take_field(field, observed, from),
            _ => return false,
        }
        self.chosen.insert(point, Choice::Of(from));
        true
    }

    fn take_field(&mut self, field: Field, from: &Observation, side: usize) {
        let unit_is_chosen = self.chosen.contains_key(&Point::Of(Field::Unit));
        let Some(mine) = self.observation.as_deref_mut() else {
            return;
        };
        match field {
            Field::Value | Field::ObsValue | Field::UnitMult => {
                let mut from = from.clone();
                if unit_is_chosen && (has_magnitude(&from.unit) || has_magnitude(&mine.unit)) {
                    put_in_base_units(&mut from);
                    mine.unit = base_unit(&mine.unit).to_owned();
                } else if !unit_is_chosen {
                    (mine.unit, mine.unit_measure) = (from.unit, from.unit_measure);
                    if self.points.contains(&Point::Of(Field::Unit)) {
                        self.chosen.insert(Point::Of(Field::Unit), Choice::Of(side));
                    }
                }
                (mine.value, mine.obs_value, mine.unit_mult) = (from.value, from.obs_value, from.unit_mult);
            }
            Field::Unit => {
                if has_magnitude(&mine.unit) || has_magnitude(&from.unit) {
                    put_in_base_units(mine);
                }
                base_unit(&from.unit).clone_into(&mut mine.unit);
                mine.unit_measure.clone_from(&from.unit_measure);
            }
            Field::Indicator | Field::IndicatorText => {
                mine.indicator.clone_from(&from.indicator);
                mine.indicator_text.clone_from(&from.indicator_text);
                mine.indicator_span = from.indicator_span;
            }
            Field::UnitMeasure => mine.unit_measure.clone_from(&from.unit_measure),
            Field::Measure => mine.measure = from.measure,
            Field::TimePeriod => mine.time_period.clone_from(&from.time_period),
            Field::RefArea => mine.ref_area.clone_from(&from.ref_area),
            Field::RefScope => mine.ref_scope.clone_from(&from.ref_scope),
            Field::ValueNature => mine.value_nature = from.value_nature,
            Field::Comparator => mine.comparator = from.comparator,
            Field::ValueType => mine.value_type = from.value_type,
            Field::ObsStatus => mine.obs_status = from.obs_status,
            Field::Note => mine.note.clone_from(&from.note),
        }
    }

    /// Says something else of a field than any of the annotators; the words are then tagged.
    ///
    /// Where nobody has tagged them there is no field to set: see [`Self::observe`].
    ///
    /// # Errors
    /// When the words do not fit the field.
    pub fn set_words(&mut self, field: Field, words: &str) -> Result<(), FieldError> {
        let Some(mine) = self.observation.as_deref_mut() else {
            return Ok(());
        };
        mine.set_words(field, words)?;
        match field {
            Field::IndicatorText => mine.indicator_span = None,
            Field::Unit => {
                let code = number::unit_measure(words.trim()).unwrap_or_default();
                code.clone_into(&mut mine.unit_measure);
            }
            _ => {}
        }
        self.say(Kind::Tagged);
        self.chosen.insert(Point::Of(field), Choice::Typed);
        if field == Field::IndicatorText {
            // The words and the catalogue's entry are one question; whoever types words has answered it.
            self.chosen.insert(Point::Of(Field::Indicator), Choice::Typed);
        }
        Ok(())
    }

    /// Says where the words that name the indicator stand. Bytes.
    pub fn set_name_place(&mut self, place: Option<Span>) {
        if let Some(mine) = self.observation.as_deref_mut() {
            mine.indicator_span = place;
        }
    }

    /// Says that the words from here to there are meant.
    pub fn set_edges(&mut self, span: Span) {
        self.span = span;
        self.chosen.insert(Point::Edges, Choice::Typed);
    }

    /// Says that the words are no value, for this reason.
    pub fn dismiss(&mut self, reason: DismissReason) {
        self.say(Kind::Dismissed(reason));
    }

    /// Says that the words are this value, whatever the readings.
    pub fn observe(&mut self, observation: Observation) {
        self.observation = Some(Box::new(observation));
        self.say(Kind::Tagged);
        let fields = self.points.iter().filter(|point| matches!(point, Point::Of(_)));
        self.chosen.extend(fields.map(|point| (*point, Choice::Typed)));
    }

    fn say(&mut self, kind: Kind) {
        if self.kind != kind || !self.chosen.contains_key(&Point::Ruling) {
            self.kind = kind;
            self.chosen.insert(Point::Ruling, Choice::Typed);
        }
    }

    /// Where a point comes from, once it is chosen.
    pub fn choice(&self, point: Point) -> Option<Choice> {
        self.chosen.get(&point).copied()
    }

    /// What is still to be chosen, in the order in which it is shown.
    pub fn open(&self) -> impl Iterator<Item = Point> {
        let is_ruled = !self.points.contains(&Point::Ruling) || self.chosen.contains_key(&Point::Ruling);
        self.points.iter().copied().filter(move |point| {
            let matters = match (point, self.kind) {
                (Point::Ruling, _) | (_, Kind::Tagged) | (Point::Edges, Kind::Dismissed(_)) => true,
                _ => !is_ruled,
            };
            matters && !self.chosen.contains_key(point)
        })
    }

    /// The words that it is about. Bytes.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The observation as it stands; what is not chosen yet is one of the readings'.
    pub fn observation(&self) -> Option<&Observation> {
        self.observation.as_deref()
    }

    /// Whether everything is chosen.
    pub fn is_complete(&self) -> bool {
        self.open().next().is_none()
    }

    /// Whether it says that the words are to be left open.
    pub fn leaves_open(&self) -> bool {
        self.kind == Kind::Open
    }

    /// The decision, once all is chosen; `None` also for words that are to be left open.
    pub fn decision(&self, by: &Annotator) -> Option<Decision> {
        if !self.is_complete() {
            return None;
        }
        let ruling = match (self.kind, &self.observation) {
            (Kind::Tagged, Some(observation)) => Ruling::Tagged(observation.clone()),
            (Kind::Dismissed(reason), _) => Ruling::Dismissed(reason),
            _ => return None,
        };
        Some(Decision {
            provenance: Some(Provenance::Adjudicated { by: by.clone() }),
            ..Decision::manual(self.span, ruling)
        })
    }
}

fn kind_of(ruling: &Ruling) -> Kind {
    match ruling {
        Ruling::Tagged(_) => Kind::Tagged,
        Ruling::Dismissed(reason) => Kind::Dismissed(*reason),
    }
}

fn has_magnitude(unit: &str) -> bool {
    base_unit(unit) != unit.trim()
}

/// Turns 12000万元 into 120000000元, so that value and unit can be chosen apart.
fn put_in_base_units(observation: &mut Observation) {
    let value = match (observation.value, base_value(observation)) {
        (Value::Exact(_), (low, _)) => Value::Exact(low),
        (Value::Range(..), (low, high)) => Value::Range(low, high),
    };
    observation.value = value;
    observation.unit = base_unit(&observation.unit).to_owned();
    let printed = observation.obs_value.parse::<Value>();
    let is_mult = |mult: &u8| {
        let printed = printed
            .as_ref()
            .ok()
            .and_then(|printed| printed.shifted(u32::from(*mult)));
        printed.map(Value::bounds) == Some(value.bounds())
    };
    if let Some(mult) = (0..=16).find(is_mult) {
        observation.unit_mult = mult;
    }
}
