//! Agreement figures: how far two or more annotators say the same of the same reports.
//!
//! May use model and number. Pure: no I/O, no clock. Statistics are floats; values are compared exactly.
//!
//! `align` finds which decisions are about one number, `aspect` says what of a decision is compared,
//! `same` when two decisions say the same, `values` compares exact values, `reliability` and `spans` are the statistics, `figures` gathers them.
//! The conventions are those of nervaluate, krippendorff and scikit-learn; `tests/agreement/reference.py`
//! makes the figures that the tests compare with.

mod align;
mod aspect;
mod figures;
mod reliability;
mod same;
mod spans;
#[cfg(test)]
mod tests;
mod values;

use std::collections::BTreeMap;

use crate::model::{Annotator, Layer, Project, ReportId};

pub use align::{Unit, align};
pub use aspect::{Aspect, Label};
pub use figures::{FieldFigures, Figures, ValueCounts};
pub use same::{FIELDS, differ, same_field, same_kind};
pub use spans::{Counts, Scheme, SpanFigures};
pub use values::{ValueMatch, base_unit, base_value, compare_values};

use figures::Tally;

/// Into what the figures of a comparison are divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// One figure for everything.
    #[default]
    Nothing,
    /// By what the numbers were said to be: indicators, and reasons of dismissal.
    Label,
    /// By report.
    Report,
}

/// A part of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The numbers that at least one annotator gave this label.
    Label(Label),
    /// The numbers of one report.
    Report(ReportId),
}

/// How far some annotators agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Whose layers; in a pair the first one is the reference of precision and recall.
    pub annotators: Vec<Annotator>,
    /// The reports that at least two of them have decisions on, in the order of the project.
    pub shared: Vec<ReportId>,
    /// For each annotator, how many reports only they have decisions on; these are in no other figure.
    pub unshared: Vec<usize>,
    /// The figures of all shared reports.
    pub all: Figures,
    /// The figures of the parts, in the order of the reports or labels.
    pub groups: Vec<(Group, Figures)>,
}

/// Agreement of a project's annotators: of each pair, and of all together.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// Each pair, in the order of the annotators given.
    pub pairs: Vec<Comparison>,
    /// All together; with two annotators the same as the pair.
    pub together: Comparison,
}

/// The agreement of these annotators.
///
/// An annotator without decisions has no report in common with anybody, and so no figures.
pub fn agreement(project: &Project, annotators: &[Annotator], by: By) -> Agreement {
    let pairs = pairs(annotators)
        .map(|(one, other)| compare(project, &[one.clone(), other.clone()], by))
        .collect::<Vec<_>>();
    let together = match pairs.as_slice() {
        [pair] => pair.clone(),
        _ => compare(project, annotators, by),
    };
    Agreement { pairs, together }
}

/// How far these annotators agree, taken together.
pub fn compare(project: &Project, annotators: &[Annotator], by: By) -> Comparison {
    let mut comparison = Comparison {
        annotators: annotators.to_vec(),
        shared: Vec::new(),
        unshared: vec![0; annotators.len()],
        all: Figures::default(),
        groups: Vec::new(),
    };
    let mut sheets = Vec::new();
    for report in &project.reports {
        let sheet = Sheet::of(project, annotators, &report.id);
        let having = sheet.layers.iter().filter(|layer| layer.is_some()).count();
        if having >= 2 {
            comparison.shared.push(report.id.clone());
            sheets.push(sheet);
        } else {
            for (count, layer) in comparison.unshared.iter_mut().zip(&sheet.layers) {
                *count += usize::from(layer.is_some());
            }
        }
    }
    comparison.all = Tally::of(annotators.len(), sheets.iter().map(|sheet| (sheet, None))).figures();
    comparison.groups = match by {
        By::Nothing => Vec::new(),
        By::Label => by_label(&sheets, annotators.len()),
        By::Report => sheets
            .iter()
            .map(|sheet| {
                let tally = Tally::of(annotators.len(), [(sheet, None)]);
                (Group::Report(sheet.report.clone()), tally.figures())
            })
            .collect(),
    };
    comparison
}

fn by_label(sheets: &[Sheet<'_>], annotators: usize) -> Vec<(Group, Figures)> {
    let mut tallies: BTreeMap<Label, Tally<'_>> = BTreeMap::new();
    for sheet in sheets {
        for label in sheet.labels() {
            tallies
                .entry(label.clone())
                .or_insert_with(|| Tally::new(annotators))
                .add(sheet, Some(&label));
        }
    }
    tallies
        .into_iter()
        .map(|(label, tally)| (Group::Label(label), tally.figures()))
        .collect()
}

/// One report's decisions by the annotators compared.
struct Sheet<'a> {
    report: &'a ReportId,
    /// In the order of the annotators; `None` where one has not decided anything.
    layers: Vec<Option<&'a Layer>>,
    units: Vec<Unit<'a>>,
}

impl<'a> Sheet<'a> {
    fn of(project: &'a Project, annotators: &[Annotator], report: &'a ReportId) -> Self {
        let layers: Vec<_> = annotators
            .iter()
            .map(|annotator| project.layer(annotator, report).filter(|layer| !layer.is_empty()))
            .collect();
        let units = align(&layers);
        Self {
            report,
            layers,
            units,
        }
    }

    fn labels(&self) -> std::collections::BTreeSet<Label> {
        let decisions = self.layers.iter().flatten().flat_map(|layer| layer.iter());
        decisions.map(|decision| Label::of(decision)).collect()
    }
}

/// Every two of some things, in their order.
fn pairs<T>(things: &[T]) -> impl Iterator<Item = (&T, &T)> {
    let others = |place: usize| things.iter().skip(place + 1);
    things
        .iter()
        .enumerate()
        .flat_map(move |(place, one)| others(place).map(move |other| (one, other)))
}
