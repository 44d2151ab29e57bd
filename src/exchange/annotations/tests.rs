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
        reports: vec![report].into(),
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
        .find(|(name, _)| [".ann", ".json", ".tsv"].iter().any(|end| name.ends_with(end)))
        .unwrap();
    let beside = files
        .get(&name.replace(".ann", ".txt"))
        .map(|bytes| String::from_utf8(bytes.clone()).unwrap());
    let guessed = guess(if format == Format::Brat { name } else { "it" }, bytes);
    assert_eq!(guessed, Some(format));
    let file = File {
        name: name
            .trim_end_matches(".ann")
            .trim_end_matches(".json")
            .trim_end_matches(".tsv"),
        bytes,
        text: beside,
    };
    let read = read((&project, &texts), format, file, None);
    (read, String::from_utf8(bytes.clone()).unwrap())
}

/// What is left of a layer when a format has carried it.
fn left(format: Format, layer: &Layer) -> Vec<Decision> {
    let is_kept = |decision: &&Arc<Decision>| format.losses().iter().all(|loss| loss.keeps(&decision.ruling));
    let kept = layer.iter().filter(is_kept);
    let mut decisions: Vec<Decision> = kept.map(|decision| (**decision).clone()).collect();
    for decision in &mut decisions {
        format.losses().iter().for_each(|loss| loss.take_from(decision));
    }
    decisions
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_layer_comes_back_but_for_what_the_losses_name((text, layer) in layer()) {
        for format in Format::ALL.iter().filter(|format| format.comes_in()) {
            let (read, written) = there_and_back(*format, &text, &layer);
            prop_assert_eq!(&read.refused, &[], "{}: {}", format, written);
            prop_assert_eq!(read.anchoring.kept, left(*format, &layer).len(), "{}: {}", format, written);
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

/// What a file of this format says, placed in a project of one report.
fn of_file(format: Format, text: &str, content: &str) -> Annotations {
    let (project, texts) = project(text, &Layer::default());
    assert_eq!(guess("it", content.as_bytes()), Some(format));
    let file = File {
        name: REPORT,
        bytes: content.as_bytes(),
        text: None,
    };
    read((&project, &texts), format, file, None)
}

#[test]
fn a_layer_of_another_program_comes_in_as_tsv() {
    let text = "😀共 15家\n增3个";
    let content = "#FORMAT=WebAnno TSV 3.2\n#T_SP=de.tudarmstadt.ukp.dkpro.core.api.pos.type.POS|PosValue\n\
        #T_SP=webanno.custom.Span|other|value\n#T_RL=webanno.custom.Relation|value|BT_webanno.custom.Span\n\n\n\
        #Text=😀共 15家\n1-1\t0-3\t😀共\tN\t_\t_\t_\t_\t\n1-2\t4-7\t15家\tM\t_\t_\t_\t_\t\n\
        1-2.1\t4-6\t15\t_\t*[1]\ta\\_b\\|c[1]\t_\t_\t\n1-2.2\t6-7\t家\t_\t*[1]\ta\\_b\\|c[1]\t_\t_\t\n\n\
        #Text=增3个\n2-1\t8-9\t增\t_\t_\t_\t_\t_\t\n2-2\t9-11\t3个\t_\t*|*\t面积|面积\t*\t1-2\t\n";
    let found = of_file(Format::WebAnnoTsv, text, content);
    assert_eq!(found.refused, []);
    let layer = &found.decisions[&REPORT.into()];
    let said: Vec<_> = layer
        .iter()
        .map(|decision| {
            let observation = decision.ruling.observation().unwrap();
            let indicator = observation.indicator.as_ref().map(ToString::to_string);
            (
                decision.span.of(text).unwrap(),
                indicator,
                observation.indicator_text.as_str(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [("15家", None, "a_b|c"), ("3个", Some("面积".to_owned()), "")]
    );
}

#[test]
fn a_fact_comes_in_where_it_says_where_it_was_stated() {
    let content = r#"{
        "documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-json", "namespaces": {}, "taxonomy": ["a.xsd"]},
        "ia:report": {"document": "a%b 2024年"},
        "facts": {
            "f1": {"value": "15", "decimals": 0, "ia:statement": {"start": 9, "end": 12, "text": "15家"}, "dimensions": {
                "concept": "ind:面积", "period": "2024-07-01T00:00:00/2025-01-01T00:00:00", "unit": "unit:家",
                "ia:measure": "increase"}},
            "f2": {"value": "3", "dimensions": {"concept": "ind:rd"}}
        }
    }"#;
    let found = of_file(Format::XbrlJson, "共15家", content);
    let why = Why::Unread("fact `f2` does not say where it was stated (ia:statement)".to_owned());
    assert_eq!(
        found.refused,
        [Refused {
            at: At::item(1).mention(2),
            why
        }]
    );
    let layer = &found.decisions[&REPORT.into()];
    let decision = layer.iter().next().unwrap();
    let observation = decision.ruling.observation().unwrap();
    assert_eq!(decision.span, Span::new(3, 9 - 1));
    assert_eq!(observation.indicator, Some("面积".into()));
    assert_eq!(
        (observation.time_period.as_str(), observation.measure),
        ("2024-H2", Measure::Increase)
    );
}
