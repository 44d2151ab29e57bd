//! Figures against those of the reference packages, and what no package has.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;

use super::reliability::{kappa, nominal_alpha, ratio_alpha};
use super::spans::{Counts, Marked};
use super::*;
use crate::model::{
    Decimal, Decision, DismissReason, Field, Fingerprint, IndicatorId, Observation, Report, Ruling, Span,
};

fn reference() -> Json {
    serde_json::from_str(include_str!("../../../tests/agreement/reference.json")).unwrap()
}

fn items(json: &Json) -> &[Json] {
    json.as_array().unwrap()
}

fn same(found: Option<f64>, expected: &Json, what: &str) {
    let is_same = match (found, expected.as_f64()) {
        (Some(found), Some(expected)) => (found - expected).abs() <= 1e-9,
        (found, expected) => found.is_none() && expected.is_none(),
    };
    assert!(is_same, "{what}: {found:?}, expected {expected}");
}

fn same_counts(found: Counts, expected: &Json, what: &str) {
    let counts = [
        ("correct", found.correct),
        ("incorrect", found.incorrect),
        ("partial", found.partial),
        ("missed", found.missed),
        ("spurious", found.spurious),
    ];
    for (name, count) in counts {
        assert_eq!(expected[name], count, "{what}: {name}");
    }
    same(
        found.precision(),
        &expected["precision"],
        &format!("{what}: precision"),
    );
    same(found.recall(), &expected["recall"], &format!("{what}: recall"));
    same(found.f1(), &expected["f1"], &format!("{what}: F1"));
}

#[test]
fn alpha_and_kappa_are_those_of_krippendorff_and_scikit_learn() {
    for case in items(&reference()["ratings"]) {
        let name = &case["name"];
        let rows: Vec<&[Json]> = items(&case["rows"]).iter().map(items).collect();
        let decimal = |json: &Json| {
            let words = json.as_number()?.to_string();
            Some((
                words.parse::<Decimal>().unwrap(),
                words.parse::<Decimal>().unwrap(),
            ))
        };
        let units: Vec<Vec<_>> = (0..rows[0].len())
            .map(|item| rows.iter().filter_map(|row| decimal(&row[item])).collect())
            .collect();
        same(
            nominal_alpha(&units),
            &case["nominal"],
            &format!("{name}: nominal α"),
        );
        same(ratio_alpha(&units), &case["ratio"], &format!("{name}: ratio α"));
        if let [one, other] = rows.as_slice() {
            let both = one.iter().zip(*other);
            let both: Vec<_> = both
                .filter_map(|(one, other)| Some((decimal(one)?, decimal(other)?)))
                .collect();
            same(kappa(&both), &case["kappa"], &format!("{name}: κ"));
        }
    }
}

#[test]
fn span_counts_are_those_of_nervaluate() {
    let number = |json: &Json| json.as_u64().unwrap() as usize;
    let marked = |entity: &Json| -> Marked {
        let label = Label::Indicator(entity[2].as_str().unwrap().into());
        (Span::new(number(&entity[0]), number(&entity[1])), label)
    };
    for case in items(&reference()["spans"]) {
        let mut figures = SpanFigures::default();
        for (reference, found) in items(&case["true"]).iter().zip(items(&case["pred"])) {
            let side = |entities: &Json| items(entities).iter().map(marked).collect::<Vec<_>>();
            figures.add(&side(reference), &side(found));
        }
        for scheme in Scheme::ALL {
            let what = format!("{}: {}", case["name"], scheme.name());
            same_counts(figures.get(scheme), &case["figures"][scheme.name()], &what);
        }
    }
}

fn project(json: &Json) -> Project {
    let mut project = Project::default();
    for id in items(&json["reports"]) {
        project.reports.push(report(id.as_str().unwrap()));
    }
    for (annotator, reports) in json["layers"].as_object().unwrap() {
        for (report, decisions) in reports.as_object().unwrap() {
            let mut layer = Layer::default();
            for json in items(decisions) {
                layer.insert(Arc::new(decision(json)));
            }
            let reports = project.layers.entry(annotator.as_str().into()).or_default();
            reports.insert(report.as_str().into(), layer);
        }
    }
    project
}

fn report(id: &str) -> Report {
    Report {
        id: id.into(),
        fingerprint: Fingerprint::default(),
        title: String::new(),
        issuer: String::new(),
        date: String::new(),
        area: String::new(),
        period: String::new(),
        original: String::new(),
        encoding: String::new(),
    }
}

fn decision(json: &Json) -> Decision {
    let offset = |name: &str| json[name].as_u64().unwrap() as usize;
    let ruling = if let Some(reason) = json.get("dismissed") {
        Ruling::Dismissed(DismissReason::from_code(reason.as_str().unwrap()).unwrap())
    } else {
        let mut observation = Observation::default();
        for field in Field::ALL {
            let words = match json["tagged"].get(field.name()) {
                Some(Json::String(words)) => words.clone(),
                Some(number) => number.to_string(),
                None => continue,
            };
            observation.set_words(*field, &words).unwrap();
        }
        Ruling::Tagged(Box::new(observation))
    };
    Decision::manual(Span::new(offset("start"), offset("end")), ruling)
}

fn same_figures(found: &Figures, expected: &Json, what: &str) {
    assert_eq!(expected["both"], found.both, "{what}: both");
    assert_eq!(
        expected["one_sided"],
        Json::from(found.one_sided.clone()),
        "{what}: one-sided"
    );
    for aspect in Aspect::ALL {
        let what = format!("{what}: {}", aspect.name());
        let (found, expected) = (found.field(*aspect).unwrap(), &expected["fields"][aspect.name()]);
        assert_eq!(expected["n"], found.n, "{what}: n");
        assert_eq!(expected["agreed"], found.agreed, "{what}: agreed");
        same(found.alpha, &expected["alpha"], &format!("{what}: α"));
        same(found.kappa, &expected["kappa"], &format!("{what}: κ"));
    }
    if let Some(expected) = expected.get("spans") {
        for scheme in Scheme::ALL {
            let counts = found.spans.unwrap().get(scheme);
            same_counts(
                counts,
                &expected[scheme.name()],
                &format!("{what}: {}", scheme.name()),
            );
        }
    }
}

fn same_comparison(project: &Project, expected: &Json, what: &str) {
    let names = |json: &Json| {
        items(json)
            .iter()
            .map(|name| name.as_str().unwrap().into())
            .collect::<Vec<_>>()
    };
    let annotators: Vec<_> = names(&expected["annotators"])
        .into_iter()
        .map(Annotator)
        .collect();
    for (by, groups) in [(By::Report, "reports"), (By::Label, "labels")] {
        let found = compare(project, &annotators, by);
        let shared: Vec<_> = names(&expected["shared"]).into_iter().map(ReportId).collect();
        assert_eq!(found.shared, shared, "{what}");
        same_figures(&found.all, &expected["all"], what);
        assert_eq!(
            found.groups.len(),
            expected[groups].as_object().unwrap().len(),
            "{what}: {groups}"
        );
        for (group, figures) in &found.groups {
            let name = match group {
                Group::Label(label) => label.to_string(),
                Group::Report(report) => report.to_string(),
            };
            same_figures(figures, &expected[groups][&name], &format!("{what}: {name}"));
        }
    }
}

#[test]
fn figures_of_projects_are_those_of_the_packages() {
    for json in items(&reference()["projects"]) {
        let project = project(json);
        for pair in items(&json["pairs"]) {
            same_comparison(
                &project,
                pair,
                &format!("{} {}", json["name"], pair["annotators"]),
            );
        }
        let together = &json["together"];
        if together.is_object() {
            same_comparison(&project, together, &format!("{} together", json["name"]));
        }
    }
}

#[test]
fn spans_of_all_together_are_the_sums_over_the_pairs() {
    let json = &reference()["projects"][2];
    let project = project(json);
    let annotators: Vec<_> = project.layers.keys().cloned().collect();
    let agreement = agreement(&project, &annotators, By::Nothing);
    assert_eq!(agreement.pairs.len(), 3);
    for scheme in Scheme::ALL {
        let mut sum = Counts::default();
        for pair in &agreement.pairs {
            sum += pair.all.spans.unwrap().get(scheme);
        }
        assert_eq!(agreement.together.all.spans.unwrap().get(scheme), sum);
    }
}

fn layer(spans: &[(usize, usize)]) -> Layer {
    let mut layer = Layer::default();
    for (start, end) in spans {
        let json = serde_json::json!({"start": start, "end": end, "dismissed": "name"});
        layer.insert(Arc::new(decision(&json)));
    }
    layer
}

#[test]
fn differences_of_scale_are_a_class_of_their_own() {
    let project = project(&reference()["projects"][0]);
    let annotators: Vec<_> = project.layers.keys().cloned().collect();
    let figures = agreement(&project, &annotators, By::Nothing).together.all;
    let expected = ValueCounts {
        same: 1,
        scale: BTreeMap::from([(4, 1)]),
        sign: 0,
        different: 0,
    };
    assert_eq!(figures.values, expected);
    assert_eq!(figures.values.scaled(), 1);
}

#[test]
fn without_a_shared_report_there_are_no_figures() {
    let mut project = project(&reference()["projects"][0]);
    let second = Annotator::from("乙");
    project
        .layers
        .get_mut(&second)
        .unwrap()
        .insert("一".into(), Layer::default());
    project.reports.push(report("二"));
    project
        .layers
        .get_mut(&second)
        .unwrap()
        .insert("二".into(), layer(&[(0, 3)]));
    let annotators = [Annotator::from("甲"), second, Annotator::from("nobody")];
    let Agreement { pairs, together } = agreement(&project, &annotators, By::Report);
    for comparison in pairs.iter().chain([&together]) {
        assert!(comparison.shared.is_empty() && comparison.groups.is_empty());
        assert_eq!(comparison.all.spans, None);
        assert_eq!(comparison.all.field(Aspect::Ruling), None);
        assert_eq!((comparison.all.reports, comparison.all.both), (0, 0));
    }
    assert_eq!(together.unshared, [1, 1, 0]);
    let nobody = agreement(&project, &[], By::Label);
    assert!(nobody.pairs.is_empty() && nobody.together.all.spans.is_none());
}

#[test]
fn an_aspect_says_whether_two_decisions_agree() {
    let tagged = |indicator: &str, value: &str, unit: &str| {
        let observation = Observation {
            indicator: Some(IndicatorId::from(indicator)),
            value: value.parse().unwrap(),
            unit: unit.to_owned(),
            ..Observation::default()
        };
        Decision {
            ruling: Ruling::Tagged(Box::new(observation)),
            ..dismissed()
        }
    };
    let (one, other) = (tagged("rd", "1.2", "亿元"), tagged("rd", "12000", "万元"));
    assert_eq!(Aspect::Of(Field::Value).agrees(&one, &other), Some(true));
    assert_eq!(Aspect::Of(Field::Unit).agrees(&one, &other), Some(true));
    assert_eq!(
        Aspect::Label.agrees(&one, &tagged("gdp", "1.2", "亿元")),
        Some(false)
    );
    assert_eq!(Aspect::Ruling.agrees(&one, &dismissed()), Some(false));
    assert_eq!(Aspect::Of(Field::Value).agrees(&one, &dismissed()), None);
    assert_eq!(Aspect::Reason.agrees(&dismissed(), &dismissed()), Some(true));
    // An indicator called `name` is no dismissal.
    assert_eq!(
        Aspect::Label.agrees(&tagged("name", "1", ""), &dismissed()),
        Some(false)
    );
}

fn dismissed() -> Decision {
    decision(&serde_json::json!({"start": 0, "end": 3, "dismissed": "name"}))
}
