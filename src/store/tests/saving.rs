//! Saving and opening again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;

use super::samples::{
    TEXT, changes, dismissed, everything, files_below, folder, layer, parts, plain, report, saved, tagged,
};
use crate::model::{
    Comparator, Decision, DismissReason, Layer, Measure, Memory, ObsStatus, Observation, Origin, Project,
    RejectReason, Ruling, Score, Span, Value, ValueNature, ValueType,
};
use crate::store::{OpenError, Opened, Part, SaveError, Store};

#[test]
fn what_is_saved_is_opened_again() {
    let folder = folder();
    let before = everything();
    let root = folder.path().join("项目");
    saved(&before, &root);
    for place in [root.clone(), root.join("project.ron")] {
        let (_store, after) = Store::open(&place).unwrap();
        assert_eq!(after.notices, []);
        assert_eq!(after.project, before.project);
        assert_eq!(after.texts, before.texts);
        assert_eq!(after.project.suggestions, before.project.suggestions);
        assert_eq!(after.read_only, None);
    }
}

#[test]
fn saving_without_a_change_writes_nothing() {
    let folder = folder();
    let project = everything();
    let mut store = saved(&project, folder.path());
    let files = files_below(folder.path());
    assert_eq!(store.write(&parts(&project)).unwrap(), 0);
    let (mut store, opened) = Store::open(folder.path()).unwrap();
    assert_eq!(store.write(&parts(&opened)).unwrap(), 0);
    assert_eq!(files_below(folder.path()), files);
}

#[test]
fn a_new_version_of_the_program_alone_changes_no_file() {
    let folder = folder();
    let project = everything();
    saved(&project, folder.path());
    let head = folder.path().join("project.ron");
    let older = fs::read_to_string(&head)
        .unwrap()
        .replace("annotator 0.1.0", "annotator 0.0.9");
    fs::write(&head, &older).unwrap();
    let (mut store, mut opened) = Store::open(folder.path()).unwrap();
    assert_eq!(store.write(&parts(&opened)).unwrap(), 0);
    assert_eq!(fs::read_to_string(&head).unwrap(), older);
    opened.project.title.push('!');
    assert_eq!(store.write(&parts(&opened)).unwrap(), 1);
    assert!(fs::read_to_string(&head).unwrap().contains("annotator 0.1.0"));
}

/// One decision more is lines more, and no line less.
#[test]
fn one_decision_changes_only_its_own_lines() {
    let folder = folder();
    let project = plain();
    let mut store = saved(&project, folder.path());
    let file = folder.path().join("layers/林/000_泉州.ron");
    let before = fs::read_to_string(&file).unwrap();
    let all = [
        dismissed(TEXT, "2023年", DismissReason::Date),
        tagged(TEXT, "239.06亿元"),
        dismissed(TEXT, "19.4%", DismissReason::Name),
        dismissed(TEXT, "第1", DismissReason::Irrelevant),
    ];
    let part = Part::Layer {
        annotator: "林".into(),
        report: "000_泉州".into(),
        layer: layer(all),
        text: TEXT.into(),
    };
    assert_eq!(store.write(&[part]).unwrap(), 1);
    let after = fs::read_to_string(&file).unwrap();
    let added = "        (\n            at: (35, 40),\n            quote: \"19.4%\",\n            \
                 before: \"入239.06亿元,增长\",\n            after: \",增速居全省第1;R&D\",\n            \
                 dismissed: \"name\",\n            check: \"";
    let start = after.find(added).unwrap();
    let end = start + added.len() + "6fd7a1b2\",\n        ),\n".len();
    assert_eq!(format!("{}{}", &after[..start], &after[end..]), before);
}

#[test]
fn an_emptied_layer_leaves_no_file() {
    let folder = folder();
    let mut store = saved(&everything(), folder.path());
    let part = Part::Layer {
        annotator: "林".into(),
        report: "b".into(),
        layer: Layer::default(),
        text: "第二份报告：投入12亿元。".into(),
    };
    assert_eq!(store.write(std::slice::from_ref(&part)).unwrap(), 1);
    assert!(!folder.path().join("layers/林/b.ron").exists());
    assert_eq!(store.write(&[part]).unwrap(), 0);
}

#[test]
fn emptied_memories_and_waivers_leave_no_file() {
    let folder = folder();
    let mut opened = everything();
    let mut store = saved(&opened, folder.path());
    let parts = [
        Part::Memory {
            annotator: "林".into(),
            memory: Memory::default(),
        },
        Part::Waivers {
            annotator: "林".into(),
            waivers: BTreeMap::new(),
        },
    ];
    assert_eq!(store.write(&parts).unwrap(), 2);
    assert_eq!(store.write(&parts).unwrap(), 0);
    (opened.project.memories, opened.project.waivers) = Default::default();
    let (_store, again) = Store::open(folder.path()).unwrap();
    assert_eq!((again.project, again.notices), (opened.project, Vec::new()));
}

#[test]
fn the_original_stands_beside_the_text_where_it_differs() {
    let folder = folder();
    let mut store = saved(&everything(), folder.path());
    let original = |name: &str, bytes: &[u8]| Part::Original {
        report: "b".into(),
        name: name.to_owned(),
        bytes: bytes.into(),
    };
    let same = original("b.txt", "第二份报告：投入12亿元。".as_bytes());
    assert_eq!(store.write(&[same]).unwrap(), 0);
    assert_eq!(
        store
            .write(&[original("旧.txt", b"\xb5\xda"), original("x.html", b"<p>")])
            .unwrap(),
        2
    );
    assert_eq!(
        fs::read(folder.path().join("reports/b~original.txt")).unwrap(),
        b"\xb5\xda"
    );
    let listed = report("b", "");
    assert_eq!(store.read_original(&listed).unwrap().unwrap(), b"<p>");
    let unlisted = report("000_泉州", "");
    assert_eq!(store.read_original(&unlisted).unwrap().unwrap(), TEXT.as_bytes());
}

#[test]
fn a_new_project_takes_no_place_that_is_taken() {
    let folder = folder();
    fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    fs::create_dir(folder.path().join("reports")).unwrap();
    Store::create(folder.path()).unwrap();
    for (name, content) in [("project.ron", "()"), ("reports/mine.txt", "mine")] {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        let refused = Store::create(folder.path());
        assert!(matches!(refused, Err(SaveError::AlreadyThere { .. })));
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn a_place_without_a_project_is_named() {
    let folder = folder();
    fs::write(folder.path().join("report.txt"), "text").unwrap();
    for place in ["", "report.txt", "nowhere"] {
        let refused = Store::open(&folder.path().join(place));
        assert!(matches!(refused, Err(OpenError::NotAProject { .. })), "{place}");
    }
}

/// The first fixture is kept for ever: later versions must read it.
#[test]
fn the_first_format_is_read() {
    let (_store, opened) = Store::open(&fixture("project")).unwrap();
    assert_eq!(opened.notices, []);
    assert_eq!(opened.project, plain().project);
}

/// So is the second one, of the same format with what reviews have added to it.
#[test]
fn the_first_format_of_a_review_is_read() {
    let (_store, opened) = Store::open(&fixture("reviewed")).unwrap();
    assert_eq!(opened.notices, []);
    assert_eq!(opened.project, everything().project);
    let timeline = opened.archive.timeline(&"林".into(), &"000_泉州".into()).unwrap();
    assert_eq!(timeline.changes(TEXT), changes());
}

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/v1")
        .join(name)
}

fn observation() -> impl Strategy<Value = Observation> {
    let words = "[ -~一-龥\\n\"\\\\]{0,8}";
    let names = (proptest::option::of("[a-z_]{1,8}"), words, words, words, words);
    let terms = (
        0..ValueType::ALL.len(),
        0..Comparator::ALL.len(),
        0..Measure::ALL.len(),
        0..ValueNature::ALL.len(),
        0..ObsStatus::ALL.len(),
    );
    let numbers = (any::<i64>(), 0..20u32, any::<bool>(), 0..30u8);
    (names, terms, numbers).prop_map(|(names, terms, numbers)| {
        let number = crate::model::Decimal::new(numbers.0, numbers.1);
        Observation {
            indicator: names.0.map(|id| id.as_str().into()),
            indicator_text: names.1,
            unit: names.2,
            time_period: names.3,
            note: names.4,
            value_type: ValueType::ALL[terms.0],
            comparator: Comparator::ALL[terms.1],
            measure: Measure::ALL[terms.2],
            value_nature: ValueNature::ALL[terms.3],
            obs_status: ObsStatus::ALL[terms.4],
            value: if numbers.2 {
                Value::Range(number, number)
            } else {
                Value::Exact(number)
            },
            unit_mult: numbers.3,
            ..Observation::default()
        }
    })
}

prop_compose! {
    /// Decisions on a text cut at random places.
    fn decided()(
        text in "([一-龥]|[0-9]|𠀀|\\n){8,80}",
        cuts in proptest::collection::btree_set(0..80usize, 2..9),
        rulings in proptest::collection::vec(proptest::option::of(observation()), 8),
        score in proptest::option::of(0..1000u16),
    ) -> (String, Layer) {
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let cuts: BTreeSet<usize> = cuts.into_iter().map(|cut| bounds[cut % bounds.len()]).collect();
        let cuts: Vec<usize> = cuts.into_iter().collect();
        let mut layer = Layer::default();
        for (pair, ruling) in cuts.windows(2).zip(rulings) {
            let span = Span::new(pair[0], pair[1]);
            let ruling = match ruling {
                Some(mut observation) => {
                    observation.indicator_span = Some(Span::new(cuts[0], pair[1]));
                    Ruling::Tagged(Box::new(observation))
                }
                None => Ruling::Dismissed(DismissReason::ALL[span.start % DismissReason::ALL.len()]),
            };
            layer.insert(Arc::new(Decision {
                origin: Origin::ALL[span.end % Origin::ALL.len()],
                agent: String::new(),
                score: score.map(Score),
                ..Decision::manual(span, ruling)
            }));
        }
        for (pair, odd) in cuts.windows(2).zip([true, false].into_iter().cycle()) {
            let span = Span::new(cuts[0], pair[1]);
            let theirs = layer.iter().next_back().cloned();
            if odd {
                layer.reject(span, "a\"b", Some(RejectReason::ALL[pair[1] % RejectReason::ALL.len()]));
            } else {
                layer.contest(span, theirs);
            }
        }
        (text, layer)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_project_is_read_back_as_it_was((text, layer) in decided(), title in "[ -~一-龥\\n\"\\\\]{0,12}", id in "\\PC{1,9}") {
        let folder = folder();
        let mut before = Opened {
            project: Project { title, reports: vec![report(&id, &text)].into(), ..Project::default() },
            texts: BTreeMap::from([(id.as_str().into(), Arc::from(text.as_str()))]),
            ..Opened::default()
        };
        if !layer.is_blank() {
            before.project.layers.insert("a/../b".into(), BTreeMap::from([(id.as_str().into(), layer)]));
        }
        saved(&before, folder.path());
        let (mut store, after) = Store::open(folder.path()).unwrap();
        prop_assert_eq!(&after.notices, &[]);
        prop_assert_eq!(&after.project, &before.project);
        prop_assert_eq!(&after.texts, &before.texts);
        prop_assert_eq!(store.write(&parts(&after)).unwrap(), 0);
    }
}
