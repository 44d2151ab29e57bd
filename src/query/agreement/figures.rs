//! Gathering the figures of some numbers of some reports.

use std::collections::BTreeMap;

use crate::model::{Decimal, Decision, Layer};

use super::aspect::{Aspect, Label};
use super::reliability::{kappa, nominal_alpha, ratio_alpha};
use super::spans::{Marked, SpanFigures};
use super::values::{ValueMatch, base_value, compare_values};
use super::{Sheet, Unit, pairs};

/// Agreement on some numbers, with how many there are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// How many shared reports have such numbers.
    pub reports: usize,
    /// How many numbers at least two annotators decided on.
    pub both: usize,
    /// For each annotator, how many numbers only they decided on, in the shared reports.
    pub one_sided: Vec<usize>,
    /// Spans; `None` without a shared report.
    pub spans: Option<SpanFigures>,
    /// Each aspect, in the order of [`Aspect::ALL`]; empty without a shared report.
    pub fields: Vec<FieldFigures>,
    /// How the values compare, over all pairs of observations of one number.
    pub values: ValueCounts,
}

impl Figures {
    /// The figures of one aspect; `None` without a shared report.
    pub fn field(&self, aspect: Aspect) -> Option<&FieldFigures> {
        self.fields.iter().find(|figures| figures.aspect == aspect)
    }
}

/// Agreement on one aspect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FieldFigures {
    /// The aspect.
    pub aspect: Aspect,
    /// How many numbers at least two annotators said something of it of.
    pub n: usize,
    /// On how many of these all of them said the same.
    pub agreed: usize,
    /// Krippendorff's α; `None` where it is not defined.
    pub alpha: Option<f64>,
    /// Cohen's κ of two annotators; `None` where it is not defined, for more of them, and for ratios.
    pub kappa: Option<f64>,
}

/// How many pairs of values compare in which way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ValueCounts {
    /// The same in base units.
    pub same: usize,
    /// Off by a magnitude: counts by its power of ten.
    pub scale: BTreeMap<u32, usize>,
    /// The same but for the sign.
    pub sign: usize,
    /// Other values.
    pub different: usize,
}

impl ValueCounts {
    /// How many pairs are off by a magnitude.
    pub fn scaled(&self) -> usize {
        self.scale.values().sum()
    }

    fn add(&mut self, found: ValueMatch) {
        *match found {
            ValueMatch::Same => &mut self.same,
            ValueMatch::Scale(power) => self.scale.entry(power).or_default(),
            ValueMatch::Sign => &mut self.sign,
            ValueMatch::Different => &mut self.different,
        } += 1;
    }
}

/// What has been gathered before the statistics are computed.
pub(super) struct Tally<'a> {
    annotators: usize,
    reports: usize,
    units: Vec<&'a Unit<'a>>,
    spans: SpanFigures,
}

impl<'a> Tally<'a> {
    pub fn new(annotators: usize) -> Self {
        Self {
            annotators,
            reports: 0,
            units: Vec::new(),
            spans: SpanFigures::default(),
        }
    }

    pub fn of<'l>(
        annotators: usize,
        parts: impl IntoIterator<Item = (&'a Sheet<'a>, Option<&'l Label>)>,
    ) -> Self {
        let mut tally = Self::new(annotators);
        for (sheet, only) in parts {
            tally.add(sheet, only);
        }
        tally
    }

    /// Adds a report's numbers: all, or those that somebody gave this label.
    ///
    /// Spans are compared with a side's own decisions of that label, as nervaluate does by entity type.
    pub fn add(&mut self, sheet: &'a Sheet<'a>, only: Option<&Label>) {
        let is_in = |decision: &Decision| only.is_none_or(|label| Label::of(decision) == *label);
        self.reports += 1;
        let units = sheet.units.iter();
        self.units
            .extend(units.filter(|unit| unit.given().any(|decision| is_in(decision))));
        let marked = |layer: &Layer| -> Vec<Marked> {
            let decisions = layer.iter().filter(|decision| is_in(decision));
            decisions
                .map(|decision| (decision.span, Label::of(decision)))
                .collect()
        };
        let sides: Vec<_> = sheet.layers.iter().flatten().map(|layer| marked(layer)).collect();
        for (reference, found) in pairs(&sides) {
            self.spans.add(reference, found);
        }
    }

    pub fn figures(&self) -> Figures {
        let mut figures = Figures {
            reports: self.reports,
            both: 0,
            one_sided: vec![0; self.annotators],
            spans: (self.reports > 0).then_some(self.spans),
            fields: Vec::new(),
            values: ValueCounts::default(),
        };
        for unit in &self.units {
            if unit.given().nth(1).is_some() {
                figures.both += 1;
            } else {
                for (count, decision) in figures.one_sided.iter_mut().zip(&unit.decisions) {
                    *count += usize::from(decision.is_some());
                }
            }
            let observed: Vec<_> = unit
                .given()
                .filter_map(|decision| decision.ruling.observation())
                .collect();
            for (one, other) in pairs(&observed) {
                figures.values.add(compare_values(one, other));
            }
        }
        if self.reports > 0 {
            figures.fields = Aspect::ALL.iter().map(|aspect| self.field(*aspect)).collect();
        }
        figures
    }

    fn field(&self, aspect: Aspect) -> FieldFigures {
        let given: Vec<Vec<_>> = self
            .units
            .iter()
            .map(|unit| {
                unit.given()
                    .filter_map(|decision| aspect.category(decision))
                    .collect()
            })
            .filter(|given: &Vec<_>| given.len() >= 2)
            .collect();
        let agreed = given
            .iter()
            .filter(|unit| unit.iter().all(|word| Some(word) == unit.first()))
            .count();
        let (alpha, kappa) = if aspect.is_ratio() {
            (ratio_alpha(&self.values()), None)
        } else {
            let items: Vec<_> = given
                .iter()
                .filter_map(|unit| <&[_; 2]>::try_from(unit.as_slice()).ok())
                .map(|[one, other]| (one, other))
                .collect();
            let kappa = if self.annotators == 2 { kappa(&items) } else { None };
            (nominal_alpha(&given), kappa)
        };
        FieldFigures {
            aspect,
            n: given.len(),
            agreed,
            alpha,
            kappa,
        }
    }

    /// The values of each number, in base units.
    fn values(&self) -> Vec<Vec<(Decimal, Decimal)>> {
        let values = |unit: &&Unit<'a>| {
            let observations = unit.given().filter_map(|decision| decision.ruling.observation());
            observations.map(base_value).collect()
        };
        self.units.iter().map(values).collect()
    }
}
