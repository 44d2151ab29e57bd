use proptest::prelude::*;

use super::*;
use crate::exchange::export::{self, Selection};
use crate::exchange::losses::Loss;
use crate::model::{
    Annotator, Catalogue, Comparator, DismissReason, Indicator, Measure, ObsStatus, Report, Ruling, Score,
    Value, ValueNature, ValueType,
};
use crate::text::offsets::fingerprint;

const WHO: &str = "林";
const REPORT: &str = "a%b 2024年";

/// Words that are a number, and some that break what counts carelessly.
fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        "[1-9][0-9]{0,4}(万|亿)?(元|家|%)?",
        "[1-9]\\.[0-9]亿元",
        "[１-９]{1,4}个",
        "第[1-9]",
        Just("三分之一".to_owned()),
        Just("4至5万人".to_owned()),
    ]
}

/// What stands between numbers.
fn filler() -> impl Strategy<Value = String> {
    "(，|。|；|\n|𠮷|😀|👩‍👩‍👧|e\u{301}|ｅ|增长| |\u{3000}|[一-十]|<b>|\"|\\\\|\t|#|B-x)(，|年)[\n ，𠮷😀研发\u{a0}]{0,6}，"
}

fn observation() -> impl Strategy<Value = Observation> {
    let words = "([一-鿿]|[a-z|<>\"\\\\]|😀|𠮷){0,5}";
    let codes = (
        prop::sample::select(ValueType::ALL),
        prop::sample::select(Comparator::ALL),
        prop::sample::select(Measure::ALL),
        prop::sample::select(ValueNature::ALL),
        prop::sample::select(ObsStatus::ALL),
    );
    let values = (1u32..99_999, 1u32..99_999, any::<bool>(), 0u8..13);
    let indicator = prop::option::of(prop::sample::select(vec!["rd", "面积", "x_y-1"]));
    (
        codes,
        values,
        indicator,
        (words, words, words, words),
        "[^\\p{C}\\p{Z}][^\r]{0,8}[^\\p{C}\\p{Z}]",
    )
        .prop_map(
            |(codes, (low, high, is_range, unit_mult), indicator, (name, unit, period, area), note)| {
                Observation {
                    indicator: indicator.map(Into::into),
                    indicator_text: name,
                    value_type: codes.0,
                    comparator: codes.1,
                    measure: codes.2,
                    value_nature: codes.3,
                    obs_status: codes.4,
                    obs_value: low.to_string(),
                    unit_mult,
                    value: if is_range {
                        Value::Range(low.into(), high.into())
                    } else {
                        Value::Exact(low.into())
                    },
                    unit_measure: unit.clone(),
                    unit,
                    time_period: period,
                    ref_scope: area.clone(),
                    ref_area: area,
                    note,
                    ..Observation::default()
                }
            },
        )
}

fn ruling() -> impl Strategy<Value = Ruling> {
    prop_oneof![
        3 => observation().prop_map(|it| Ruling::Tagged(Box::new(it))),
        1 => prop::sample::select(DismissReason::ALL).prop_map(Ruling::Dismissed),
    ]
}

/// A text and a layer on it.
fn layer() -> impl Strategy<Value = (String, Layer)> {
    let origin = prop_oneof![
        Just((Origin::Manual, "", None)),
        (0u16..=1000).prop_map(|score| (Origin::Prediction, "built-in", Some(Score(score)))),
        (0u16..=1000).prop_map(|score| (Origin::PredictionChanged, "模型 2", Some(Score(score)))),
    ];
    let part = (filler(), number(), ruling(), origin, any::<bool>());
    prop::collection::vec(part, 1..6).prop_map(|parts| {
        let (mut text, mut layer) = ("研发投入".to_owned(), Layer::default());
        for (filler, number, mut ruling, (origin, agent, score), has_name) in parts {
            text += &filler;
            let span = Span::new(text.len(), text.len() + number.len());
            text += &number;
            if let (Ruling::Tagged(observation), true) = (&mut ruling, has_name) {
                observation.indicator_span = Some(Span::new(0, "研发投入".len()));
            }
            let decision = Decision {
                origin,
                agent: agent.to_owned(),
                score,
                ..Decision::manual(span, ruling)
            };
            layer.insert(Arc::new(decision));
        }
        (text, layer)
    })
}

fn project(text: &str, layer: &Layer) -> (Project, BTreeMap<ReportId, Arc<str>>) {
    let report = Report {
        id: REPORT.into(),
        title: "年报".to_owned(),
        issuer: String::new(),
        date: String::new(),
        area: "𠮷市".to_owned(),
        period: String::new(),
        original: String::new(),
        encoding: String::new(),
        fingerprint: fingerprint(text),
    };
    let entry = |id: &str| -> Indicator {
        ron::from_str(&format!(
            r#"(id: "{id}", name: "{id}的名", value_type: "amount", unit: "元")"#
        ))
        .unwrap()
    };
    let layers = BTreeMap::from([(REPORT.into(), layer.clone())]);
    let project = Project {
        reports: vec![report],
        catalogue: Catalogue {
            indicators: ["rd", "面积", "x_y-1"].map(entry).into(),
        },
        layers: BTreeMap::from([(Annotator::from(WHO), layers)]),
        ..Project::default()
    };
    (project, BTreeMap::from([(REPORT.into(), Arc::from(text))]))
}

/// What is written of a layer, and what comes back in when the format is guessed.
fn there_and_back(format: Format, text: &str, layer: &Layer) -> (Annotations, String) {
    let (project, texts) = project(text, layer);
    let annotator = Annotator::from(WHO);
    let selection = Selection::decided(&project, &texts, &annotator);
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let written = if format.is_folder() {
        export::write_folder(&selection, format, &mut |name, bytes| {
            files.insert(name.to_owned(), bytes.to_vec());
            Ok(())
        })
    } else {
        let mut bytes = Vec::new();
        let written = export::write(&selection, format, &mut bytes);
        files.insert("it.ann".to_owned(), bytes);
        written
    };
    assert_eq!(written.unwrap().refused, []);
    let (name, bytes) = files
        .iter()
        .find(|(name, _)| [".ann", ".json"].iter().any(|end| name.ends_with(end)))
        .unwrap();
    let beside = files
        .get(&name.replace(".ann", ".txt"))
        .map(|bytes| String::from_utf8(bytes.clone()).unwrap());
    let guessed = guess(if format == Format::Brat { name } else { "it" }, bytes);
    assert_eq!(guessed, Some(format));
    let file = File {
        name: name.trim_end_matches(".ann").trim_end_matches(".json"),
        bytes,
        text: beside,
    };
    let read = read((&project, &texts), format, file, None);
    (read, String::from_utf8(bytes.clone()).unwrap())
}

/// What is left of a layer when a format has carried it.
fn left(format: Format, layer: &Layer) -> Vec<Decision> {
    let mut decisions: Vec<Decision> = layer.iter().map(|decision| (**decision).clone()).collect();
    for decision in &mut decisions {
        format.losses().iter().for_each(|loss| loss.take_from(decision));
    }
    decisions
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_layer_comes_back_but_for_what_the_losses_name((text, layer) in layer()) {
        for format in Format::ALL {
            let (read, written) = there_and_back(*format, &text, &layer);
            prop_assert_eq!(&read.refused, &[], "{}: {}", format, written);
            prop_assert_eq!(read.anchoring.kept, layer.len(), "{}: {}", format, written);
            let back = read.decisions.get(&REPORT.into()).cloned().unwrap_or_default();
            prop_assert_eq!(left(*format, &back), left(*format, &layer), "{}: {}", format, written);
        }
    }

    #[test]
    fn anything_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), text in ".{0,200}") {
        let (project, texts) = project("研发", &Layer::default());
        for bytes in [&bytes, text.as_bytes()] {
            for format in Format::ALL {
                let file = File { name: "a", bytes, text: None };
                read((&project, &texts), *format, file, None);
                guess("a", bytes);
            }
        }
    }
}

#[test]
fn losses_are_counted_as_they_strike() {
    let mut decision = Decision::manual(Span::new(0, 3), Ruling::Dismissed(DismissReason::Date));
    decision.proposed = Some(Arc::new(Ruling::Dismissed(DismissReason::Name)));
    let mut layer = Layer::default();
    layer.insert(Arc::new(decision));
    let (project, texts) = project("一二三", &layer);
    let annotator = Annotator::from(WHO);
    let selection = Selection::decided(&project, &texts, &annotator);
    let written = export::write(&selection, Format::Doccano, &mut Vec::new()).unwrap();
    let struck: Vec<_> = written
        .losses
        .0
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .collect();
    assert_eq!(struck, [(Loss::Before, 1), (Loss::Metadata, 1)]);
}
