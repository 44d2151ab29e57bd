use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::strategy::Strategy as Strategize;

use super::Strategy;
use super::*;
use crate::edit::{Edit, apply};
use crate::model::{
    CURATED, DismissReason, Field, IndicatorId, Observation, Project, Provenance, RejectReason, Report,
    ReportId, Ruling,
};
use crate::query::agreement::differ;

fn report() -> ReportId {
    ReportId::from("r")
}

fn tagged(words: &[(Field, &str)]) -> Ruling {
    let mut observation = Observation {
        indicator: Some(IndicatorId::from("rd")),
        indicator_text: "研发投入".to_owned(),
        unit: "元".to_owned(),
        time_period: "2024".to_owned(),
        value: "120000000".parse().unwrap(),
        obs_value: "1.2".to_owned(),
        unit_mult: 8,
        ..Observation::default()
    };
    for (field, words) in words {
        observation.set_words(*field, words).unwrap();
    }
    Ruling::Tagged(Box::new(observation))
}

fn wan() -> Ruling {
    tagged(&[
        (Field::Value, "12000"),
        (Field::ObsValue, "12000"),
        (Field::UnitMult, "0"),
        (Field::Unit, "万元"),
    ])
}

fn layer(decisions: impl IntoIterator<Item = (Span, Ruling)>) -> Layer {
    let mut layer = Layer::default();
    for (span, ruling) in decisions {
        layer.insert(Arc::new(Decision::manual(span, ruling)));
    }
    layer
}

fn project(layers: &[Layer]) -> (Project, Vec<Annotator>) {
    let names = ["a", "b", "c"].map(Annotator::from);
    let mut project = Project {
        reports: vec![Report {
            id: report(),
            title: String::new(),
            issuer: String::new(),
            date: String::new(),
            area: String::new(),
            period: String::new(),
            original: String::new(),
            encoding: String::new(),
            fingerprint: crate::model::Fingerprint::default(),
        }]
        .into(),
        ..Project::default()
    };
    let names = names.into_iter().take(layers.len()).collect::<Vec<_>>();
    for (name, layer) in names.iter().zip(layers) {
        project
            .layers
            .insert(name.clone(), [(report(), layer.clone())].into());
    }
    (project, names)
}

/// One number at 0..6 as each of some annotators reads it, with the one case that it makes.
fn one_case(rulings: &[Option<Ruling>]) -> (Project, Vec<Annotator>, Case) {
    let layers: Vec<Layer> = rulings
        .iter()
        .map(|ruling| {
            let anchor = (Span::new(90, 91), Ruling::Dismissed(DismissReason::Name));
            let number = ruling.clone().map(|ruling| (Span::new(0, 6), ruling));
            layer(number.into_iter().chain([anchor]))
        })
        .collect();
    let (project, names) = project(&layers);
    let case = cases(&project, &names).remove(0);
    (project, names, case)
}

fn cases(project: &Project, names: &[Annotator]) -> Vec<Case> {
    let report = report();
    Sides::of(project, &report, names).unwrap().cases()
}

fn change(
    project: &mut Project,
    names: &[Annotator],
    edits: impl FnOnce(&Sides<'_>) -> Vec<Edit>,
) -> Vec<Edit> {
    let report = report();
    let edits = edits(&Sides::of(project, &report, names).unwrap());
    let mut inverses: Vec<Edit> = edits
        .into_iter()
        .map(|edit| apply(project, edit).unwrap())
        .collect();
    inverses.reverse();
    inverses
}

fn curated(project: &Project) -> Option<&Layer> {
    project.layer(&Annotator::from(CURATED), &report())
}

fn by() -> Annotator {
    Annotator::from("w")
}

#[test]
fn readings_are_equal_in_what_they_mean() {
    let base = || tagged(&[]);
    let with = |field, words| tagged(&[(field, words)]);
    let unlisted = |words| tagged(&[(Field::Indicator, ""), (Field::IndicatorText, words)]);
    let cases = [
        (base(), base(), ""),
        (base(), wan(), ""),
        (base(), with(Field::Note, "?"), ""),
        (base(), with(Field::IndicatorText, "R&D投入"), ""),
        (base(), unlisted("研发投入"), ""),
        (base(), unlisted("R&D投入"), "indicator"),
        (unlisted("研发投入"), unlisted("R&D投入"), "indicator_text"),
        (base(), with(Field::Indicator, "gdp"), "indicator"),
        (base(), with(Field::Value, "12000"), "value scale 4"),
        (base(), with(Field::Value, "120000001"), "value"),
        (base(), with(Field::Unit, "美元"), "unit"),
        (
            base(),
            tagged(&[(Field::TimePeriod, "2023"), (Field::Measure, "increase")]),
            "measure time_period",
        ),
        (base(), Ruling::Dismissed(DismissReason::Date), "ruling"),
        (
            Ruling::Dismissed(DismissReason::Name),
            Ruling::Dismissed(DismissReason::Date),
            "ruling",
        ),
        (
            Ruling::Dismissed(DismissReason::Name),
            Ruling::Dismissed(DismissReason::Name),
            "",
        ),
    ];
    for (one, other, expected) in cases {
        let (_, _, case) = one_case(&[Some(one.clone()), Some(other.clone())]);
        let found = match &case.state {
            State::Agreed(_) => String::new(),
            State::Settled => "settled".to_owned(),
            State::Differs(difference) => {
                let mut words: Vec<String> = difference
                    .points
                    .iter()
                    .map(|point| match point {
                        Point::Ruling => "ruling".to_owned(),
                        Point::Edges => "edges".to_owned(),
                        Point::Of(field) => field.name().to_owned(),
                    })
                    .collect();
                words.extend(difference.scale.map(|power| format!("scale {power}")));
                words.join(" ")
            }
        };
        assert_eq!(found, expected, "{one:?} {other:?}");
        let [one, other] = [one, other].map(|ruling| Decision::manual(case.span, ruling));
        assert_eq!(differ(&one, &other), !expected.is_empty(), "{one:?} {other:?}");
    }
}

#[test]
fn a_verdict_is_complete_once_each_point_is_chosen() {
    let b = tagged(&[(Field::TimePeriod, "2023"), (Field::RefArea, "丽水")]);
    let (_, _, case) = one_case(&[Some(tagged(&[])), Some(b)]);
    let mut verdict = Verdict::of(&case);
    let (period, area) = (Point::Of(Field::TimePeriod), Point::Of(Field::RefArea));
    assert_eq!(verdict.open().collect::<Vec<_>>(), [period, area]);
    assert!(verdict.decision(&by()).is_none());
    assert!(verdict.take(&case, period, 1));
    verdict.set_words(Field::RefArea, "衢州").unwrap();
    assert_eq!(verdict.choice(area), Some(Choice::Typed));
    let decision = verdict.decision(&by()).unwrap();
    let observation = decision.ruling.observation().unwrap();
    assert_eq!(
        (observation.time_period.as_str(), observation.ref_area.as_str()),
        ("2023", "衢州")
    );
    assert_eq!(decision.provenance, Some(Provenance::Adjudicated { by: by() }));
}

#[test]
fn a_value_brings_its_digits_magnitude_and_unit_along() {
    let dollars = tagged(&[
        (Field::Value, "13000"),
        (Field::ObsValue, "13000"),
        (Field::UnitMult, "0"),
        (Field::Unit, "万美元"),
    ]);
    let (_, _, case) = one_case(&[Some(tagged(&[])), Some(dollars)]);
    let (value, unit) = (Point::Of(Field::Value), Point::Of(Field::Unit));
    let cases: [(&[(Point, usize)], &str); 6] = [
        (&[(value, 0)], "120000000 元 1.2 8"),
        (&[(value, 1)], "13000 万美元 13000 0"),
        (&[(value, 1), (unit, 0)], "130000000 元 13000 4"),
        (&[(unit, 0), (value, 1)], "130000000 元 13000 4"),
        (&[(unit, 1), (value, 0)], "120000000 美元 1.2 8"),
        (&[(value, 0), (unit, 1)], "120000000 美元 1.2 8"),
    ];
    for (steps, expected) in cases {
        let mut verdict = Verdict::of(&case);
        for (point, side) in steps {
            verdict.take(&case, *point, *side);
        }
        let decision = verdict.decision(&by()).unwrap();
        let observation = decision.ruling.observation().unwrap();
        let words = [Field::Value, Field::Unit, Field::ObsValue, Field::UnitMult]
            .map(|field| observation.words(field));
        assert_eq!(words.join(" "), expected, "{steps:?}");
    }
}

#[test]
fn settled_is_what_the_curated_layer_answers() {
    let b = tagged(&[(Field::TimePeriod, "2023")]);
    let (mut project, names, case) = one_case(&[Some(tagged(&[])), Some(b)]);
    let before = project.clone();
    let is_settled = |project: &Project| matches!(cases(project, &names).first(), Some(case) if case.state == State::Settled);
    let mut inverses = Vec::new();
    inverses.push(change(&mut project, &names, |sides| {
        sides.nothing_here(&case, &by())
    }));
    assert!(is_settled(&project));
    let standing = Arc::clone(curated(&project).unwrap().get(case.span).unwrap());
    assert_eq!(standing.ruling, Ruling::Dismissed(DismissReason::Irrelevant));
    inverses.push(change(&mut project, &names, |sides| {
        sides.nobody(&case, RejectReason::Value)
    }));
    assert!(is_settled(&project) && curated(&project).unwrap().is_empty());
    inverses.push(change(&mut project, &names, |sides| {
        sides.settle(&case, &Verdict::whole(&case, 1), &by())
    }));
    assert!(is_settled(&project) && curated(&project).unwrap().rejections().next().is_none());
    inverses.push(change(&mut project, &names, |sides| sides.reopen(&case)));
    assert!(curated(&project).is_none());
    for inverse in inverses.into_iter().rev().flatten() {
        apply(&mut project, inverse).unwrap();
    }
    assert_eq!(project, before);
}

#[test]
fn one_answer_does_not_settle_the_number_next_to_it() {
    let a = layer([(Span::new(0, 9), tagged(&[]))]);
    let b = layer([(Span::new(0, 3), tagged(&[])), (Span::new(4, 9), wan())]);
    let (mut project, names) = project(&[a, b]);
    let first = cases(&project, &names).remove(1);
    assert_eq!(first.readings.iter().flatten().count(), 2);
    let lone = cases(&project, &names).remove(0);
    change(&mut project, &names, |sides| {
        sides.settle(&lone, &Verdict::whole(&lone, 1), &by())
    });
    let states: Vec<bool> = cases(&project, &names).iter().map(Case::is_open).collect();
    assert_eq!(states, [false, true]);
    change(&mut project, &names, |sides| {
        sides.settle(&first, &Verdict::whole(&first, 1), &by())
    });
    assert_eq!(curated(&project).unwrap().len(), 2);
}

#[test]
fn a_chain_of_readings_is_settled_by_any_of_them_and_opened_again() {
    let spans = [(0, 5), (3, 10), (8, 12)];
    let layers = spans.map(|(start, end)| layer([(Span::new(start, end), tagged(&[]))]));
    let (before, names) = project(&layers);
    let case = cases(&before, &names).remove(0);
    assert_eq!(case.given().count(), 3);
    for side in 0..3 {
        let mut project = before.clone();
        let whole = |from| Verdict::whole(&case, from);
        change(&mut project, &names, |sides| {
            sides.settle(&case, &whole(side), &by())
        });
        assert_eq!(cases(&project, &names)[0].state, State::Settled, "{side}");
        // Another answer takes the place of the first, whichever readings each of them shares words with.
        let other = (side + 1) % 3;
        change(&mut project, &names, |sides| {
            sides.settle(&case, &whole(other), &by())
        });
        let (start, end) = spans[other];
        let standing: Vec<Span> = curated(&project)
            .unwrap()
            .iter()
            .map(|decision| decision.span)
            .collect();
        assert_eq!(standing, [Span::new(start, end)]);
        assert_eq!(cases(&project, &names)[0].state, State::Settled);
        change(&mut project, &names, |sides| sides.reopen(&case));
        assert_eq!(project, before);
    }
}

#[test]
fn what_nobody_is_right_about_leaves_the_number_next_to_it_alone() {
    let a = layer([(Span::new(0, 9), tagged(&[]))]);
    let b = layer([(Span::new(0, 3), tagged(&[])), (Span::new(4, 9), wan())]);
    let (mut project, names) = project(&[a, b]);
    let [lone, both] = cases(&project, &names).try_into().unwrap();
    change(&mut project, &names, |sides| {
        sides.settle(&lone, &Verdict::whole(&lone, 1), &by())
    });
    let standing = curated(&project).unwrap().clone();
    change(&mut project, &names, |sides| {
        sides.nobody(&both, RejectReason::Value)
    });
    change(&mut project, &names, |sides| sides.reopen(&both));
    assert_eq!(curated(&project), Some(&standing));
}

#[test]
fn a_majority_is_more_than_half() {
    let period = |words| Some(tagged(&[(Field::TimePeriod, words)]));
    let dismissed = || Some(Ruling::Dismissed(DismissReason::Name));
    let both = Some(tagged(&[(Field::TimePeriod, "2023"), (Field::RefArea, "丽水")]));
    let cases: [([Option<Ruling>; 3], Option<&str>); 7] = [
        ([period("2024"), period("2023"), period("2023")], Some("2023/")),
        ([period("2024"), both, period("2023")], Some("2023/")),
        ([period("2024"), period("2023"), period("2022")], None),
        ([period("2024"), period("2024"), None], Some("2024/")),
        ([period("2024"), None, None], None),
        ([period("2024"), dismissed(), dismissed()], Some("name")),
        ([period("2024"), period("2023"), dismissed()], None),
    ];
    for (readings, expected) in cases {
        let (_, _, case) = one_case(&readings);
        let verdict = Strategy::Majority.verdict(&case);
        let decision = verdict.and_then(|verdict| verdict.decision(&by()));
        let found = decision.map(|decision| match decision.ruling {
            Ruling::Tagged(observation) => format!("{}/{}", observation.time_period, observation.ref_area),
            Ruling::Dismissed(reason) => reason.to_string(),
        });
        assert_eq!(found.as_deref(), expected, "{readings:?}");
    }
}

#[test]
fn cases_are_counted() {
    let at = |slot: usize, ruling| (Span::new(slot * 10, slot * 10 + 6), ruling);
    let a = layer([
        at(0, tagged(&[])),
        at(1, tagged(&[])),
        at(2, tagged(&[])),
        at(3, tagged(&[])),
    ]);
    let b = layer([
        at(0, wan()),
        at(1, tagged(&[(Field::Value, "12000")])),
        at(3, wan()),
        at(4, wan()),
    ]);
    let done = layer([at(3, wan())]);
    let (a, b, names) = ((&names("a"), &a), (&names("b"), &b), done);
    let summary = Summary::of(&compare(&[a, b], Some(&names)));
    let expected = Summary {
        agreed: 1,
        differing: 1,
        one_sided: 2,
        settled: 1,
        points: BTreeMap::from([(Point::Of(Field::Value), 1)]),
        scale: 1,
    };
    assert_eq!(summary, expected);
}

fn names(name: &str) -> Annotator {
    Annotator::from(name)
}

fn any_ruling() -> impl Strategize<Value = Ruling> {
    let observed = (
        prop::sample::select(vec!["rd", "gdp", ""]),
        prop::sample::select(vec!["研发投入", "生产总值"]),
        prop::sample::select(vec!["2023", "2024"]),
        prop::sample::select(vec![
            ("120000000", "元"),
            ("12000", "万元"),
            ("7", "元"),
            ("7", "家"),
        ]),
        prop::sample::select(vec!["", "remark"]),
    );
    prop_oneof![
        3 => observed.prop_map(|(id, words, period, (value, unit), note)| tagged(&[
            (Field::Indicator, id),
            (Field::IndicatorText, words),
            (Field::TimePeriod, period),
            (Field::Value, value),
            (Field::Unit, unit),
            (Field::Note, note),
            (Field::ObsValue, value),
            (Field::UnitMult, "0"),
        ])),
        1 => prop::sample::select(vec![DismissReason::Name, DismissReason::Date]).prop_map(Ruling::Dismissed),
    ]
}

fn any_layer() -> impl Strategize<Value = Layer> {
    let slot = prop::option::weighted(0.8, (0..3usize, 0..4usize, any_ruling()));
    prop::collection::vec(slot, 6).prop_map(|slots| {
        let mut layer = Layer::default();
        for (place, (start, end, ruling)) in slots.into_iter().enumerate().filter_map(|(i, s)| Some((i, s?)))
        {
            let span = Span::new(place * 6 + start, place * 6 + 5 + end);
            if layer.overlapping(span).next().is_none() {
                layer.insert(Arc::new(Decision::manual(span, ruling)));
            }
        }
        layer
    })
}

fn content(layer: Option<&Layer>) -> Vec<(Span, Ruling)> {
    let decisions = layer.iter().flat_map(|layer| layer.iter());
    decisions
        .map(|decision| (decision.span, decision.ruling.clone()))
        .collect()
}

proptest! {
    #[test]
    fn one_side_everywhere_is_that_side(a in any_layer(), b in any_layer(), pointwise in any::<bool>()) {
        prop_assume!(!a.is_empty() && !b.is_empty());
        let (mut project, names) = project(&[a.clone(), b]);
        let before = project.clone();
        let mut inverses = Vec::new();
        inverses.extend(change(&mut project, &names, |sides| sides.unanimous(&sides.cases())));
        while let Some(case) = cases(&project, &names).into_iter().find(Case::is_open) {
            let mut verdict = Verdict::whole(&case, 0);
            if pointwise && case.readings[0].is_some() {
                verdict = Verdict::of(&case);
                for point in case.difference().points {
                    verdict.take(&case, point, 0);
                }
            }
            let done = change(&mut project, &names, |sides| sides.settle(&case, &verdict, &by()));
            prop_assert!(!done.is_empty());
            inverses.splice(0..0, done);
        }
        let found = content(curated(&project));
        let expected = content(Some(&a));
        prop_assert_eq!(found.len(), expected.len());
        for (found, expected) in found.into_iter().zip(expected) {
            let pair = [found, expected].map(|(span, ruling)| Some(Arc::new(Decision::manual(span, ruling))));
            prop_assert!(Difference::among(&pair).is_none(), "{:?}", pair);
        }
        for inverse in inverses {
            apply(&mut project, inverse).unwrap();
        }
        prop_assert_eq!(project, before);
    }

    #[test]
    fn what_is_agreed_does_not_depend_on_the_order(a in any_layer(), b in any_layer(), c in any_layer()) {
        let [x, y, z] = ["a", "b", "c"].map(Annotator::from);
        let agreed = |layers: &[(&Annotator, &Layer)]| -> Vec<Arc<Decision>> {
            compare(layers, None)
                .into_iter()
                .filter_map(|case| match case.state {
                    State::Agreed(decision) => Some(decision),
                    _ => None,
                })
                .collect()
        };
        let (a, b, c) = ((&x, &a), (&y, &b), (&z, &c));
        prop_assert_eq!(agreed(&[a, b]), agreed(&[b, a]));
        let three = agreed(&[a, b, c]);
        prop_assert_eq!(&three, &agreed(&[c, b, a]));
        prop_assert_eq!(&three, &agreed(&[b, a, c]));
    }
}
