use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::model::{
    CandidateRule, Catalogue, Decision, DismissReason, Example, Experience, Indicator, Lesson, Memory,
    Observation, RejectReason, Report, RuleEffect, Ruling, Score, Tint, ValueType,
};

fn tagged(period: &str) -> Ruling {
    Ruling::Tagged(Box::new(Observation {
        indicator: Some("rd".into()),
        time_period: period.to_owned(),
        ..Observation::default()
    }))
}

fn decision(start: usize, end: usize, ruling: Ruling) -> Arc<Decision> {
    Arc::new(Decision::manual(Span::new(start, end), ruling))
}

fn layer(decisions: &[Arc<Decision>]) -> Layer {
    let mut layer = Layer::default();
    for decision in decisions {
        layer.insert(Arc::clone(decision));
    }
    layer
}

fn report(id: &str, title: &str) -> Report {
    Report {
        id: id.into(),
        title: title.to_owned(),
        issuer: String::new(),
        date: String::new(),
        area: String::new(),
        period: String::new(),
        original: String::new(),
        encoding: String::new(),
        fingerprint: crate::model::Fingerprint::default(),
    }
}

fn indicator(id: &str, name: &str, aliases: &[&str]) -> Indicator {
    Indicator {
        id: id.into(),
        name: name.to_owned(),
        name_en: String::new(),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        value_type: ValueType::Count,
        unit: String::new(),
        min: None,
        max: None,
        tint: Tint(0),
        pinned: false,
        note: String::new(),
    }
}

/// A layer in words: `start-end period`, and what is contested behind a bar.
fn words(layer: &Layer) -> String {
    let of = |decision: &Decision| {
        let period = match &decision.ruling {
            Ruling::Tagged(observation) => observation.time_period.clone(),
            Ruling::Dismissed(reason) => reason.to_string(),
        };
        format!("{}-{} {period}", decision.span.start, decision.span.end)
    };
    let decisions: Vec<String> = layer.iter().map(|decision| of(decision)).collect();
    let conflicts = layer.conflicts();
    let conflicts: Vec<String> = conflicts
        .map(|(span, theirs)| format!("{}-{}: {}", span.start, span.end, of(theirs)))
        .collect();
    let bar = if conflicts.is_empty() { "" } else { " | " };
    format!("{}{bar}{}", decisions.join(", "), conflicts.join(", "))
}

/// The other way round: `0-3 2023, 5-8 name`.
fn read(words: &str) -> Layer {
    let decisions = words.split(", ").filter(|words| !words.is_empty()).map(|words| {
        let (span, ruling) = words.split_once(' ').unwrap();
        let (start, end) = span.split_once('-').unwrap();
        let ruling = match DismissReason::from_code(ruling) {
            Ok(reason) => Ruling::Dismissed(reason),
            Err(_) => tagged(ruling),
        };
        decision(start.parse().unwrap(), end.parse().unwrap(), ruling)
    });
    layer(&decisions.collect::<Vec<_>>())
}

#[test]
fn layers_are_merged_number_by_number() {
    let cases = [
        // What one side alone has changed is taken.
        ("", "0-3 2023", "5-8 2024", "0-3 2023, 5-8 2024"),
        ("0-3 2023", "0-3 2024", "0-3 2023", "0-3 2024"),
        ("0-3 2023", "0-3 2023", "", ""),
        ("0-3 2023", "", "0-3 2023", ""),
        ("0-3 2023, 5-8 name", "0-3 2024, 5-8 name", "0-3 2023", "0-3 2024"),
        // Both to the same.
        ("0-3 2023", "0-3 2024", "0-3 2024", "0-3 2024"),
        ("", "0-3 2024", "0-3 2024", "0-3 2024"),
        // Both, differently.
        ("0-3 2023", "0-3 2024", "0-3 name", "0-3 2024 | 0-3: 0-3 name"),
        ("", "0-3 2024", "0-3 2025", "0-3 2024 | 0-3: 0-3 2025"),
        // Deleted on one side and changed on the other.
        ("0-3 2023", "", "0-3 2024", "0-3 2024"),
        ("0-3 2023", "0-3 2024", "", "0-3 2024"),
        // Words that overlap.
        ("", "0-3 2024", "2-5 2024", "0-3 2024 | 0-3: 2-5 2024"),
        ("0-3 2024", "0-3 2025", "0-4 2024", "0-3 2025 | 0-3: 0-4 2024"),
        ("0-3 2024", "0-3 2024", "0-4 2024", "0-4 2024"),
        ("0-3 2024", "0-4 2024", "0-3 2025", "0-4 2024 | 0-4: 0-3 2025"),
        (
            "",
            "0-9 2024",
            "0-3 1, 4-6 2, 7-9 3",
            "0-9 2024 | 0-9: 0-3 1, 4-6: 4-6 2, 7-9: 7-9 3",
        ),
    ];
    for (base, ours, theirs, expected) in cases {
        let merged = merge_layers(Some(&read(base)), &read(ours), &read(theirs));
        assert_eq!(words(&merged.layer), expected, "{base} / {ours} / {theirs}");
        assert_eq!(merged.layer.conflicts().count(), merged.contested.len());
        assert!(merged.unkept.is_empty());
    }
}

#[test]
fn a_conflict_settled_on_one_side_is_settled() {
    let mut base = read("0-3 2023");
    base.contest(Span::new(0, 3), Some(decision(0, 3, tagged("2022"))));
    let mut ours = base.clone();
    ours.contest(Span::new(0, 3), None);
    let merged = merge_layers(Some(&base), &ours, &base);
    assert_eq!(merged.layer, ours);
    assert_eq!(merge_layers(Some(&base), &base, &ours).layer, ours);
    // A third opinion finds a place beside the one that is not settled.
    let theirs = read("0-3 2021, 7-9 name");
    let merged = merge_layers(None, &base, &theirs);
    assert_eq!(
        words(&merged.layer),
        "0-3 2023, 7-9 name | 0-3: 0-3 2022, 7-9: 0-3 2021"
    );
}

#[test]
fn rejections_are_merged() {
    let span = Span::new(0, 3);
    let with = |agents: &[&str]| {
        let mut layer = Layer::default();
        for agent in agents {
            layer.reject(span, agent, Some(RejectReason::Value));
        }
        layer
    };
    let merged = merge_layers(
        Some(&with(&["a", "b"])),
        &with(&["a", "b", "c"]),
        &with(&["b", "d"]),
    )
    .layer;
    assert_eq!(merged, with(&["b", "c", "d"]));
}

#[test]
fn shared_lists_are_merged_entry_by_entry_and_field_by_field() {
    let base = Project {
        title: "t".to_owned(),
        reports: vec![report("a", "A"), report("b", "B"), report("c", "C")].into(),
        catalogue: Catalogue {
            indicators: vec![indicator("rd", "研发", &["x", "y"]), indicator("gone", "", &[])],
        },
        guidelines: "one\n\ntwo".to_owned(),
        rules: vec![rule("r", "[0-9]+")],
        ..Project::default()
    };
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    ours.title = "ours".to_owned();
    ours.reports.remove(2);
    ours.reports.insert(0, report("o", "O"));
    ours.catalogue.indicators[0] = indicator("rd", "研发投入", &["x", "y", "ours"]);
    ours.guidelines.push_str("\n\nours");
    ours.rules = vec![rule("r", "ours")];
    theirs.reports[1].title = "B2".to_owned();
    theirs.reports.push(report("t", "T"));
    theirs.catalogue.indicators = vec![
        indicator("rd", "R&D", &["y", "theirs"]),
        indicator("new", "", &[]),
    ];
    theirs.catalogue.indicators[0].unit = "元".to_owned();
    theirs.guidelines.push_str("\n\ntheirs");
    theirs.rules = vec![rule("r", "theirs")];
    let merged = merge(Some(&base), &ours, &theirs);
    let project = &merged.project;
    assert_eq!(project.title, "ours");
    let reports: Vec<(&str, &str)> = project
        .reports
        .iter()
        .map(|r| (&*r.id.0, r.title.as_str()))
        .collect();
    assert_eq!(reports, [("o", "O"), ("a", "A"), ("b", "B2"), ("t", "T")]);
    let mut expected = indicator("rd", "研发投入", &["y", "ours", "theirs", "R&D"]);
    expected.unit = "元".to_owned();
    assert_eq!(
        project.catalogue.indicators,
        [expected, indicator("new", "", &[])]
    );
    assert_eq!(
        project.guidelines,
        "one\n\ntwo\n\nours\n\n## 另一份指南中的新内容\n\ntheirs\n"
    );
    let patterns: Vec<&str> = project.rules.iter().map(|rule| rule.pattern.as_str()).collect();
    assert_eq!(patterns, ["ours", "theirs"]);
    let conflict = Conflict::Indicator {
        id: "rd".into(),
        field: "name",
        theirs: "R&D".to_owned(),
    };
    assert_eq!(merged.conflicts, [conflict, Conflict::Guidelines]);
}

fn rule(name: &str, pattern: &str) -> CandidateRule {
    CandidateRule {
        name: name.to_owned(),
        pattern: pattern.to_owned(),
        effect: RuleEffect::Add,
        enabled: true,
    }
}

#[test]
fn what_is_still_used_is_not_taken_away() {
    let base = Project {
        reports: vec![report("r", "R")].into(),
        catalogue: Catalogue {
            indicators: vec![indicator("rd", "研发", &[])],
        },
        ..Project::default()
    };
    let mut theirs = base.clone();
    theirs
        .layers
        .insert("b".into(), [("r".into(), read("0-3 2024"))].into());
    let merged = merge(Some(&base), &Project::default(), &theirs);
    assert_eq!(merged.project, theirs);
}

#[test]
fn lessons_add_up_and_waivers_are_joined() {
    let lesson = Lesson::Unit {
        indicator: "rd".into(),
        unit: "元".to_owned(),
    };
    let with = |taught, hits, places: &[&str], reason: &str| {
        let mut memory = Memory::default();
        let example = |place: &&str| Example {
            report: "r".into(),
            words: (*place).to_owned(),
        };
        let experience = Experience {
            taught,
            hits,
            misses: 0,
            examples: places.iter().map(example).collect(),
        };
        memory.set(lesson.clone(), Some(experience));
        Project {
            memories: [("a".into(), memory)].into(),
            waivers: [("a".into(), [("f".to_owned(), reason.to_owned())].into())].into(),
            ..Project::default()
        }
    };
    let merged = merge(
        Some(&with(3, 1, &["1", "2"], "")),
        &with(5, 1, &["2", "3"], "rounded"),
        &with(4, 2, &["2", "4"], "revised"),
    );
    assert_eq!(merged.project, with(6, 2, &["3", "4"], "rounded; revised"));
    let same = with(5, 1, &["1"], "x");
    assert_eq!(merge(None, &same, &same).project, same);
    assert_eq!(
        merge(Some(&same), &same, &Project::default()).project,
        Project::default()
    );
}

#[test]
fn other_texts_are_not_laid_beside_ours() {
    let mut ours = Project {
        reports: vec![report("r", "R")].into(),
        ..Project::default()
    };
    let mut theirs = ours.clone();
    theirs.reports[0].fingerprint.chars = 7;
    ours.layers
        .insert("a".into(), [("r".into(), read("0-3 2024"))].into());
    theirs
        .layers
        .insert("a".into(), [("r".into(), read("1-4 2024"))].into());
    let merged = merge(None, &ours, &theirs);
    assert_eq!(merged.project.layers, ours.layers);
    assert!(merged.conflicts.contains(&Conflict::Text { report: "r".into() }));
}

fn any_layer() -> impl Strategy<Value = Layer> {
    let slot = prop::option::weighted(
        0.6,
        (
            0..2usize,
            0..4usize,
            prop::sample::select(vec!["2023", "2024", "name"]),
        ),
    );
    prop::collection::vec(slot, 5).prop_map(|slots| {
        let mut found = Layer::default();
        for (place, slot) in slots.into_iter().enumerate() {
            let Some((start, end, ruling)) = slot else {
                continue;
            };
            let span = Span::new(place * 5 + start, place * 5 + 4 + end);
            if found.overlapping(span).next().is_none() {
                let ruling = match DismissReason::from_code(ruling) {
                    Ok(reason) => Ruling::Dismissed(reason),
                    Err(_) => tagged(ruling),
                };
                found.insert(Arc::new(Decision::manual(span, ruling)));
            }
        }
        found
    })
}

fn any_project() -> impl Strategy<Value = Project> {
    let suggestions =
        prop::collection::btree_set((0..4usize, prop::sample::select(vec!["m", "n"]), 0..2u16), 0..4);
    let titles = prop::sample::select(vec!["t", "u"]);
    let ids = prop::sample::subsequence(vec!["rd", "gdp", "pop"], 1..=3);
    (any_layer(), any_layer(), suggestions, titles, ids).prop_map(|(a, b, suggestions, title, ids)| {
        let mut project = Project {
            title: title.to_owned(),
            reports: vec![report("r", title)].into(),
            catalogue: Catalogue {
                indicators: ids.into_iter().map(|id| indicator(id, title, &[id])).collect(),
            },
            ..Project::default()
        };
        for (name, layer) in [("a", a), ("b", b)] {
            if !layer.is_blank() {
                project.layers.insert(name.into(), [("r".into(), layer)].into());
            }
        }
        let by_key: BTreeMap<(Span, String), Suggestion> = suggestions
            .into_iter()
            .map(|(place, agent, score)| {
                let span = Span::new(place * 5, place * 5 + 3);
                let suggestion = Suggestion {
                    span,
                    ruling: tagged("2024"),
                    agent: agent.to_owned(),
                    score: Score(score),
                    reasons: Vec::new(),
                    doubts: Vec::new(),
                };
                ((span, agent.to_owned()), suggestion)
            })
            .collect();
        if !by_key.is_empty() {
            project
                .suggestions
                .insert("r".into(), by_key.into_values().collect());
        }
        project
    })
}

type Said = (Span, String);

/// All that a layer says, decided or contested.
fn said(layer: &Layer) -> Vec<Said> {
    let all = layer.iter().chain(layer.conflicts().map(|(_, theirs)| theirs));
    let mut said: Vec<Said> = all
        .map(|decision| (decision.span, format!("{:?}", decision.ruling)))
        .collect();
    said.sort();
    said.dedup();
    said
}

proptest! {
    #[test]
    fn a_side_that_changed_nothing_gives_the_other(base in any_project(), side in any_project()) {
        let ours = merge(Some(&base), &side, &base);
        prop_assert_eq!(&ours.conflicts, &[]);
        let theirs = merge(Some(&base), &base, &side);
        prop_assert_eq!(&theirs.conflicts, &[]);
        prop_assert_eq!(&ours.project.layers, &side.layers);
        prop_assert_eq!(&theirs.project.layers, &side.layers);
        prop_assert_eq!(&ours.project.suggestions, &side.suggestions);
        prop_assert_eq!(&theirs.project.suggestions, &side.suggestions);
        prop_assert_eq!(&ours.project.title, &side.title);
        prop_assert_eq!(&theirs.project.reports, &side.reports);
        // An entry that decisions are tagged with stays.
        let is_used = |id: &IndicatorId| &*id.0 == "rd";
        for merged in [&ours.project, &theirs.project] {
            let kept: Vec<_> = merged.catalogue.indicators.iter().filter(|entry| !is_used(&entry.id)).collect();
            let expected = side.catalogue.indicators.iter().filter(|entry| !is_used(&entry.id));
            for entry in expected {
                prop_assert!(kept.contains(&entry));
            }
        }
        prop_assert_eq!(&merge(Some(&base), &side, &side).project.layers, &side.layers);
        prop_assert_eq!(&merge(None, &side, &side).project, &side);
    }

    #[test]
    fn no_decision_is_lost(base in any_layer(), ours in any_layer(), theirs in any_layer(), has_base in any::<bool>()) {
        let base = has_base.then_some(base);
        let merged = merge_layers(base.as_ref(), &ours, &theirs);
        prop_assert!(merged.unkept.is_empty());
        let found = said(&merged.layer);
        let known = base.as_ref().map(said).unwrap_or_default();
        for one in said(&ours).into_iter().chain(said(&theirs)) {
            // What stood before and the other side has deleted or changed is not new.
            prop_assert!(found.contains(&one) || known.contains(&one), "{:?} in {}", one, words(&merged.layer));
        }
        let decisions: Vec<_> = merged.layer.iter().collect();
        for pair in decisions.windows(2) {
            prop_assert!(!pair[0].span.overlaps(pair[1].span));
        }
        let other = merge_layers(base.as_ref(), &theirs, &ours);
        prop_assert_eq!(found, said(&other.layer));
        // Merging the same once more changes nothing.
        let again = merge_layers(Some(&theirs), &merged.layer, &theirs);
        prop_assert_eq!(again.layer, merged.layer);
    }
}
