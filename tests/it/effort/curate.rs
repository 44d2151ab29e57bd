//! Two layers with planted differences become one that is the gold, by keys.

use std::collections::BTreeSet;

use indicator_annotator::app::action::Action;
use indicator_annotator::app::command::Command;
use indicator_annotator::edit::Edit;
use indicator_annotator::model::{
    Annotator, CURATED, Decision, DismissReason, Field, Provenance, ReportId, Ruling, Span,
};
use indicator_annotator::query::curate::Point;

use super::{annotated, assert_gold, layers_of, project_of, reports, walk_back_and_forth};
use crate::desk::{ANNOTATOR, Desk};
use crate::person::{self, Gold, Help};

/// Whose layers are curated; neither is right throughout.
const SIDES: [&str; 2] = ["甲", "乙"];

/// What one of two equal decisions is made to say, or each of them.
#[derive(Clone, Copy, Debug)]
enum Plant {
    /// A field says something else.
    Field(Field, &'static str),
    /// The value is off by 万.
    Scale,
    /// The last letter is left out.
    Edge,
    /// The number is left open.
    Missing,
    /// A value is dismissed.
    Dismissed,
    /// A number that is no value is dismissed for another reason.
    Reason,
    /// Words that are no number are tagged.
    Extra,
    /// Both are wrong, each in a field.
    Both((Field, &'static str), (Field, &'static str)),
}

const PLANTS: &[Plant] = &[
    Plant::Scale,
    Plant::Field(Field::TimePeriod, "1999"),
    Plant::Field(Field::RefArea, "别处市"),
    Plant::Field(Field::ValueNature, "estimate"),
    Plant::Field(Field::Measure, "duration"),
    Plant::Field(Field::IndicatorText, "别的名称"),
    Plant::Field(Field::Unit, "套"),
    Plant::Field(Field::Comparator, "<="),
    Plant::Edge,
    Plant::Missing,
    Plant::Dismissed,
    Plant::Reason,
    Plant::Extra,
    Plant::Both((Field::Value, "7"), (Field::Value, "8")),
    Plant::Both(
        (Field::IndicatorText, "别的名称"),
        (Field::IndicatorText, "又一名称"),
    ),
    Plant::Both((Field::TimePeriod, "1999"), (Field::RefArea, "别处市")),
];

impl Plant {
    /// Whether it is made of a value or of a number that is none.
    fn is_of_value(self) -> bool {
        !matches!(self, Self::Reason)
    }

    /// What the two say.
    fn readings(self, right: &Decision, text: &str) -> [Option<Decision>; 2] {
        let with = |ruling| {
            Some(Decision {
                ruling,
                ..right.clone()
            })
        };
        let set = |(field, words)| {
            let mut observation = right.ruling.observation()?.clone();
            observation.set_words(field, words).unwrap();
            if field == Field::IndicatorText {
                observation.indicator_span = None;
            }
            with(Ruling::Tagged(Box::new(observation)))
        };
        let wrong = match self {
            Self::Both(one, other) => return [set(one), set(other)],
            Self::Extra => {
                // Words behind the number; the other annotator has only the number.
                let words = free_words_behind(text, right.span);
                let extra = Decision::manual(words, Ruling::Tagged(Box::default()));
                return [Some(extra), None];
            }
            Self::Field(field, words) => set((field, words)),
            Self::Scale => {
                let value = right.ruling.observation().unwrap().value.shifted(4).unwrap();
                set((Field::Value, &value.to_string()))
            }
            Self::Edge => {
                let (end, _) = text[..right.span.end].char_indices().next_back().unwrap();
                Some(Decision {
                    span: Span::new(right.span.start, end),
                    ..right.clone()
                })
            }
            Self::Missing => None,
            Self::Dismissed => with(Ruling::Dismissed(DismissReason::Irrelevant)),
            Self::Reason => with(Ruling::Dismissed(DismissReason::Duplicate)),
        };
        [Some(right.clone()), wrong]
    }
}

/// The two letters behind a number.
fn free_words_behind(text: &str, span: Span) -> Span {
    let behind = &text[span.end..];
    let end = behind.char_indices().nth(2).map_or(behind.len(), |(end, _)| end);
    Span::new(span.end, span.end + end)
}

/// What is put into the two layers, and where they differ.
#[derive(Default)]
struct Planted {
    edits: Vec<Edit>,
    differing: BTreeSet<(ReportId, Span)>,
}

impl Planted {
    fn put(&mut self, report: &ReportId, side: usize, decision: Option<Decision>) {
        let Some(decision) = decision else { return };
        self.edits.push(Edit::Decide {
            annotator: Annotator::from(SIDES[side]),
            report: report.clone(),
            span: decision.span,
            decision: Some(decision.into()),
        });
    }

    /// Puts the gold of a report into both layers, with a difference at every third number that one can be made of.
    fn add(
        &mut self,
        report: &ReportId,
        text: &str,
        gold: &[Gold],
        plants: &mut impl Iterator<Item = (usize, Plant)>,
    ) {
        let mut next = plants.next();
        for (place, number) in gold.iter().enumerate() {
            let right = Decision::manual(number.span, printed(number.ruling.clone()));
            let is_value = right.ruling.observation().is_some();
            let follows = gold
                .get(place + 1)
                .is_none_or(|next| next.span.start >= number.span.end + 16);
            let planted = next.filter(|(_, plant)| {
                place % 3 == 0
                    && plant.is_of_value() == is_value
                    && (follows || !matches!(plant, Plant::Extra))
            });
            let Some((count, plant)) = planted else {
                self.put(report, 0, Some(right.clone()));
                self.put(report, 1, Some(right));
                continue;
            };
            next = plants.next();
            let readings = plant.readings(&right, text);
            if let (Plant::Extra, [Some(extra), None]) = (plant, &readings) {
                self.put(report, 0, Some(right.clone()));
                self.put(report, 1, Some(right));
                self.differing.insert((report.clone(), extra.span));
            } else {
                self.differing.insert((report.clone(), right.span));
            }
            let first = count % 2;
            for (side, reading) in readings.into_iter().enumerate() {
                self.put(report, (first + side) % 2, reading);
            }
        }
    }
}

/// A ruling with the printed digits that a person's decision has.
fn printed(mut ruling: Ruling) -> Ruling {
    if let Ruling::Tagged(observation) = &mut ruling {
        observation.obs_value = observation.value.to_string();
    }
    ruling
}

/// Whether a reading is the gold as a whole.
fn is_right(reading: Option<&Decision>, gold: Option<&Gold>) -> bool {
    match (reading, gold) {
        (None, None) => true,
        (Some(reading), Some(gold)) => {
            reading.span == gold.span
                && match (&reading.ruling, &gold.ruling) {
                    (Ruling::Tagged(ours), Ruling::Tagged(wanted)) => person::wrong(ours, wanted).is_empty(),
                    (Ruling::Dismissed(ours), Ruling::Dismissed(wanted)) => ours == wanted,
                    _ => false,
                }
        }
        _ => false,
    }
}

/// Settles the case at hand as the gold says.
fn settle(desk: &mut Desk, gold: &[Gold]) {
    let case = desk.app.current_case().cloned().unwrap();
    let number = gold.iter().find(|gold| gold.span.overlaps(case.span));
    let right = case
        .readings
        .iter()
        .position(|reading| is_right(reading.as_deref(), number));
    match (right, number) {
        // Nobody would tag this: one key says so, whoever did.
        (_, None) if case.span.start % 2 == 0 => desk.run(Command::Dismiss),
        (Some(side), _) => {
            desk.run(Command::favourite(side).unwrap());
            desk.run(Command::Accept);
        }
        (None, None) => desk.run(Command::Dismiss),
        (None, Some(gold)) => settle_point_by_point(desk, gold),
    }
}

fn settle_point_by_point(desk: &mut Desk, gold: &Gold) {
    let case = desk.app.current_case().cloned().unwrap();
    let wanted = gold.ruling.observation().unwrap();
    desk.run(Command::NextOpen);
    for point in case.difference().points {
        assert_eq!(desk.app.curation.as_ref().unwrap().point, Some(point));
        let Point::Of(field) = point else {
            panic!("{point:?} of {case:?}")
        };
        let says_so = |reading: &Option<std::sync::Arc<Decision>>| {
            let ours = reading.as_ref().and_then(|reading| reading.ruling.observation());
            ours.is_some_and(|ours| !person::wrong(ours, wanted).contains(&field))
        };
        if let Some(side) = case.readings.iter().position(says_so) {
            desk.run(Command::favourite(side).unwrap());
        } else {
            desk.run(Command::EditFields);
            assert_eq!(desk.app.view.editing, Some(field));
            let words = match (field, wanted.indicator_span) {
                (Field::IndicatorText, Some(name)) => desk.app.document().unwrap().words(name).to_owned(),
                _ => wanted.words(field),
            };
            desk.act(Action::SetField(field, words));
            desk.act(Action::EditingField(None));
        }
    }
    desk.run(Command::Accept);
}

#[test]
fn two_layers_with_planted_differences_are_curated_back_to_the_gold_by_keys() {
    let files = annotated(3);
    if files.is_empty() {
        return;
    }
    let (mut desk, golds) = project_of(&files);
    let mut planted = Planted::default();
    let mut plants = PLANTS.iter().chain(PLANTS).copied().enumerate();
    for id in reports(&desk) {
        desk.act(Action::ShowReport(id.clone()));
        let text = desk.app.document().unwrap().text.clone();
        planted.add(&id, &text, &golds[&id], &mut plants);
    }
    let Planted { edits, differing } = planted;
    assert!(differing.len() >= 25, "{} differences", differing.len());
    desk.commit(edits);

    desk.run(Command::Curate);
    let open = |desk: &Desk| desk.app.curation.as_ref().unwrap().listed.len();
    assert_eq!(open(&desk), differing.len());
    while open(&desk) > 0 {
        let before = open(&desk);
        let report = desk.app.view.report.clone().unwrap();
        settle(&mut desk, &golds[&report]);
        assert_eq!(open(&desk), before - 1, "{} is not settled", desk.current());
    }

    assert_gold(&mut desk, &golds, Help::Nothing);
    let curated = layers_of(&desk, CURATED);
    let adjudicated = Provenance::Adjudicated { by: ANNOTATOR.into() };
    for (id, gold) in &golds {
        for number in gold {
            let decision = curated[id].get(number.span).unwrap();
            let wanted = if differing.contains(&(id.clone(), number.span)) {
                &adjudicated
            } else {
                &Provenance::Unanimous
            };
            assert_eq!(decision.provenance.as_ref(), Some(wanted));
        }
        let extra = curated[id]
            .iter()
            .filter(|decision| gold.iter().all(|gold| gold.span != decision.span));
        for decision in extra {
            assert!(differing.contains(&(id.clone(), decision.span)));
            assert_eq!(decision.provenance.as_ref(), Some(&adjudicated));
        }
    }
    walk_back_and_forth(&mut desk, CURATED);
}
