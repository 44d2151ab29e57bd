use super::*;
use crate::model::{
    Catalogue, Decimal, DismissReason, Evidence, Field, FieldError, Indicator, Ruling, Value, ValueType,
};
use serde_json::json;

const TEXT: &str = "2024年，𠮷市全社会研发投入1.2亿元，增长5%。财政收入3亿元，增长5%。";

fn project() -> (Project, BTreeMap<ReportId, Arc<str>>) {
    let report = |id: &str, original: &str, text: &str| Report {
        id: id.into(),
        title: id.to_owned(),
        issuer: String::new(),
        date: String::new(),
        area: String::new(),
        period: String::new(),
        original: original.to_owned(),
        encoding: String::new(),
        fingerprint: fingerprint(text),
    };
    let entry: Indicator = ron::from_str(
        r#"(id: "rd", name: "研发投入", aliases: ["全社会研发投入"], value_type: "amount", unit: "元")"#,
    )
    .unwrap();
    let project = Project {
        reports: vec![report("a", "a.html", TEXT), report("b", "", "其他")].into(),
        catalogue: Catalogue {
            indicators: vec![entry],
        },
        ..Project::default()
    };
    let texts = BTreeMap::from([("a".into(), Arc::from(TEXT))]);
    (project, texts)
}

fn read(content: &str) -> Predictions {
    let (project, texts) = project();
    let nothing = |_: &ReportId, _: Span| None;
    let mut reader = Reader::new(&project, &texts, "caller", &nothing);
    reader.file(content.as_bytes());
    reader.finish()
}

/// The place of words in the text, in code points.
fn at(words: &str) -> usize {
    TEXT[..TEXT.find(words).unwrap()].chars().count()
}

fn only(predictions: &Predictions) -> &Suggestion {
    assert_eq!(predictions.refused, []);
    assert_eq!(predictions.len(), 1);
    &predictions.suggestions[&"a".into()][0]
}

fn observation(predictions: &Predictions) -> &Observation {
    only(predictions).ruling.observation().unwrap()
}

#[test]
fn a_line_is_a_mention_and_what_it_leaves_out_is_read_from_its_words() {
    let start = at("1.2亿元");
    let name = at("全社会研发投入");
    let line = json!({
        "document": "a", "start": start, "end": start + 5, "text": "1.2亿元", "indicator_text": "全社会研发投入",
        "indicator_span": [name, name + 7], "time_period": "2024", "agent": "m", "score": 0.93,
        "reasons": ["命中词典"], "core": {"start": 1}, "more": [1],
    });
    let read = read(&line.to_string());
    let suggestion = only(&read);
    let words = TEXT.find("1.2亿元").unwrap();
    assert_eq!(suggestion.span, Span::new(words, words + "1.2亿元".len()));
    assert_eq!((suggestion.agent.as_str(), suggestion.score), ("m", Score(930)));
    let words = "命中词典".to_owned();
    assert_eq!(suggestion.reasons, [Evidence::Stated { words }]);
    let observation = observation(&read);
    assert_eq!(observation.indicator, Some("rd".into()));
    assert_eq!(
        observation.indicator_span.unwrap().of(TEXT),
        Some("全社会研发投入")
    );
    assert_eq!(observation.value, Value::Exact(Decimal::from(120_000_000)));
    assert_eq!(
        (observation.obs_value.as_str(), observation.unit_mult),
        ("1.2", 8)
    );
    assert_eq!(
        (observation.unit.as_str(), observation.value_type),
        ("元", ValueType::Amount)
    );
    assert_eq!(read.anchoring.kept, 1);
}

#[test]
fn records_and_arrays_of_mentions_say_the_same() {
    let start = at("3亿元");
    let mention = json!({"start": start.to_string(), "end": start + 3, "text": "3亿元"});
    let record = json!({"id": "a", "agent": "m", "mentions": [mention]});
    let pretty = serde_json::to_string_pretty(&record).unwrap();
    let array = json!([record]).to_string();
    let lines = format!("\u{feff}\n{record}\r\n\n");
    let all: Vec<Predictions> = [pretty, array, lines]
        .iter()
        .map(|content| read(content))
        .collect();
    assert_eq!(only(&all[0]).agent, "m");
    assert_eq!(only(&all[0]).score, UNSAID);
    assert!(all.iter().all(|read| *read == all[0]));
    let by_file = read(&json!({"id": "/tmp/a.html", "mentions": [mention]}).to_string());
    assert_eq!(only(&by_file).agent, "caller");
}

#[test]
fn values_may_be_said_in_several_ways() {
    let start = at("3亿元");
    let cases = [
        (json!({"value": "300000000"}), "300000000", "3"),
        (json!({"value": 3e8}), "300000000", "3"),
        (json!({"value": 4}), "4", "3"),
        (json!({"obs_value": "3.0", "unit_mult": 4}), "30000", "3.0"),
        (json!({"value_min": "3", "value_max": 4}), "3..4", "3"),
        (json!({}), "300000000", "3"),
    ];
    for (said, value, printed) in cases {
        let mut line = json!({"document": "a", "start": start, "end": start + 3});
        line.as_object_mut()
            .unwrap()
            .extend(said.as_object().unwrap().clone());
        let read = read(&line.to_string());
        let observation = observation(&read);
        assert_eq!(
            (
                observation.value.to_string().as_str(),
                observation.obs_value.as_str()
            ),
            (value, printed),
            "{line}"
        );
    }
}

#[test]
fn words_that_moved_are_found_again() {
    let first = at("5%");
    let second = at("3亿元") + 6;
    let cases = [
        // The UTF-16 place of a quote that stands once.
        (
            json!({"start": at("1.2亿元") + 1, "end": at("1.2亿元") + 6, "text": "1.2亿元"}),
            "moved",
            "1.2亿元",
        ),
        (
            json!({"start": second, "end": second + 2, "text": "5%"}),
            "kept",
            "5%",
        ),
        (
            json!({"start": 0, "end": 2, "text": "5%", "before": "投入1.2亿元，增长"}),
            "moved",
            "5%",
        ),
        (
            json!({"start": first - 1, "end": first + 1, "text": "5%"}),
            "ambiguous",
            "5%",
        ),
        (json!({"start": first, "end": first + 2}), "kept", "5%"),
    ];
    for (line, how, words) in cases {
        let mut line = line;
        line["document"] = json!("a");
        let read = read(&line.to_string());
        let anchoring = &read.anchoring;
        let counts = (anchoring.kept, anchoring.moved, anchoring.ambiguous.len());
        let expected = match how {
            "kept" => (1, 0, 0),
            "moved" => (0, 1, 0),
            _ => (0, 0, 1),
        };
        assert_eq!(counts, expected, "{line}");
        assert_eq!(only(&read).span.of(TEXT), Some(words), "{line}");
    }
}

#[test]
fn what_is_wrong_is_refused_by_itself_with_its_line() {
    let good = json!({"document": "a", "start": at("3亿元"), "end": at("3亿元") + 3}).to_string();
    let with = |more: Json| {
        let mut line: Json = serde_json::from_str(&good).unwrap();
        line.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        line.to_string()
    };
    let lost = |start, end, words: &str| Why::Lost {
        start,
        end,
        words: words.to_owned(),
    };
    let field = |field: Field, words: &str, is_it: fn(&FieldError) -> bool| {
        let error = Observation::default().set_words(field, words).unwrap_err();
        assert!(is_it(&error));
        Why::Field(field, error)
    };
    let cases = [
        ("7".to_owned(), Why::UnknownShape),
        ("{}".to_owned(), Why::UnknownShape),
        (with(json!({"document": null})), Why::NoReport),
        (with(json!({"document": "c"})), Why::UnknownReport("c".to_owned())),
        (with(json!({"document": "b"})), Why::NoText("b".to_owned())),
        (with(json!({"end": 0})), Why::NoPlace),
        (with(json!({"start": -1})), Why::NoPlace),
        (with(json!({"end": 1.5})), Why::NoPlace),
        (with(json!({"start": 900, "end": 999})), lost(900, 999, "")),
        (
            with(json!({"text": "9亿元"})),
            lost(at("3亿元"), at("3亿元") + 3, "9亿元"),
        ),
        (with(json!({"score": 1001})), Why::Score("1001".to_owned())),
        (with(json!({"score": "high"})), Why::Score("high".to_owned())),
        (with(json!({"role": "thing"})), Why::Role("thing".to_owned())),
        (
            with(json!({"measure": "hight"})),
            field(Field::Measure, "hight", |it| matches!(it, FieldError::Term(_))),
        ),
        (
            with(json!({"value": "many"})),
            field(Field::Value, "many", |it| matches!(it, FieldError::Value(_))),
        ),
        (
            with(json!({"unit_mult": 99})),
            field(Field::UnitMult, "99", |it| matches!(it, FieldError::Magnitude(_))),
        ),
        (
            with(json!({"start": at("财政"), "end": at("财政") + 2})),
            Why::NoValue("财政".to_owned()),
        ),
        (
            r#"{"id": "a", "error": "no memory"}"#.to_owned(),
            Why::Failed("no memory".to_owned()),
        ),
    ];
    for (bad, why) in cases {
        let read = read(&format!("{good}\n{bad}\n{good}\n"));
        let at = At {
            line: Some(2),
            ..At::default()
        };
        assert_eq!(read.refused, [Refused { at, why }], "{bad}");
        assert_eq!(read.len(), 1, "the good ones are the same");
    }
    let cut = read(&format!("{good}\n{{\"document\": \"a\", \"sta"));
    assert_eq!(cut.refused[0].at.to_string(), "line 2");
    assert!(matches!(cut.refused[0].why, Why::NotJson(_)));
    let mut bytes = good.clone().into_bytes();
    bytes.extend(b"\n{\"document\": \"\xff\"}\n");
    let (project, texts) = project();
    let mut reader = Reader::new(&project, &texts, "m", &|_, _| None);
    reader.file(&bytes);
    assert_eq!((reader.read.len(), reader.read.refused.len()), (1, 1));
    let inner = read(&json!({"id": "a", "mentions": [{"start": 0}, 3]}).to_string());
    let places: Vec<String> = inner.refused.iter().map(|it| it.at.to_string()).collect();
    assert_eq!(
        places,
        ["item 1, mention 1", "item 1, mention 2"].map(|it| it.replace("item", "line"))
    );
}

#[test]
fn unsaid_fields_come_from_what_is_proposed_for_the_same_words() {
    let (project, texts) = project();
    let fill = |_: &ReportId, span: Span| {
        (span.of(TEXT) == Some("3亿元")).then(|| Observation {
            indicator: Some("rd".into()),
            time_period: "2024".to_owned(),
            value: Value::Exact(Decimal::from(300_000_000)),
            obs_value: "3".to_owned(),
            unit_mult: 8,
            ..Observation::default()
        })
    };
    let mut reader = Reader::new(&project, &texts, "m", &fill);
    let start = at("3亿元");
    reader.file(
        json!({"document": "a", "start": start, "end": start + 3, "indicator": "财政收入"})
            .to_string()
            .as_bytes(),
    );
    let read = reader.finish();
    let observation = observation(&read);
    assert_eq!(
        (
            observation.indicator.as_ref(),
            observation.indicator_text.as_str()
        ),
        (None, "财政收入")
    );
    assert_eq!(observation.time_period, "2024");
}

#[test]
fn an_agents_new_proposals_replace_its_older_ones() {
    let line = |agent: &str, words: &str| {
        let start = at(words);
        json!({"document": "a", "start": start, "end": start + words.chars().count(), "agent": agent})
            .to_string()
    };
    let stored = read(&format!("{}\n{}", line("m", "1.2亿元"), line("n", "1.2亿元")));
    let fresh = read(&line("m", "3亿元"));
    let id: ReportId = "a".into();
    let merged = fresh.over(&id, &stored.suggestions[&id]);
    let shown: Vec<_> = merged
        .iter()
        .map(|it| (it.agent.as_str(), it.span.of(TEXT).unwrap()))
        .collect();
    assert_eq!(shown, [("n", "1.2亿元"), ("m", "3亿元")]);
    let nothing = read(r#"{"id": "a", "agent": "n", "mentions": []}"#);
    assert!(nothing.is_empty());
    let merged = nothing.over(&id, &stored.suggestions[&id]);
    assert_eq!(
        merged.iter().map(|it| it.agent.as_str()).collect::<Vec<_>>(),
        ["m"]
    );
}

#[test]
fn label_studio_tasks_are_read_region_by_region() {
    let region = |id: &str, words: &str, label: &str| {
        let start = at(words);
        json!({"id": id, "from_name": "label", "to_name": "text", "type": "labels", "score": 0.9,
            "value": {"start": start, "end": (start + words.chars().count()).to_string(), "text": words, "labels": [label]}})
    };
    let field = |id: &str, name: &str, kind: &str, said: Json| json!({"id": id, "from_name": name, "to_name": "text", "type": kind, "value": {"text": "x", kind: said}});
    let tasks = json!([{
        "id": 7,
        "data": {"text": TEXT},
        "predictions": [{"model_version": "ls-1", "score": 0.4, "result": [
            region("r1", "1.2亿元", "rd"),
            field("r1", "time_period", "textarea", json!(["2024"])),
            field("r1", "value_nature", "choices", json!(["target"])),
            field("r1", "value", "number", json!(7)),
            field("r1", "mood", "choices", json!(["good"])),
            region("r2", "2024年", "date"),
            {"type": "relation", "from_id": "r1", "to_id": "r2", "direction": "right", "labels": ["of"]},
        ]}],
        "annotations": [
            {"completed_by": 3, "was_cancelled": false, "result": [region("q", "3亿元", "财政收入")]},
            {"completed_by": 4, "was_cancelled": true, "result": [region("p", "3亿元", "rd")]},
        ],
    }]);
    for content in [tasks.to_string(), tasks[0].to_string()] {
        let read = read(&content);
        assert_eq!(read.refused, []);
        assert_eq!((read.anchoring.kept, read.len()), (3, 3));
        let all = &read.suggestions[&"a".into()];
        assert_eq!(all[0].ruling, Ruling::Dismissed(DismissReason::Date));
        let observation = all[1].ruling.observation().unwrap();
        assert_eq!((all[1].agent.as_str(), all[1].score), ("ls-1", Score(900)));
        assert_eq!(observation.indicator, Some("rd".into()));
        assert_eq!(
            (observation.time_period.as_str(), observation.value_nature.code()),
            ("2024", "target")
        );
        assert_eq!(observation.value.to_string(), "7");
        assert_eq!((all[2].agent.as_str(), all[2].score), ("annotator 3", Score(900)));
    }
    // A task whose text differs is found by its name, and its quotes with what stood around them.
    let text = format!("前言。{TEXT}");
    let start = text[..text.rfind("5%").unwrap()].chars().count();
    let task = json!({"data": {"document": "a", "text": text}, "predictions": [{"result": [
        {"id": "r", "type": "labels", "value": {"start": start, "end": start + 2, "text": "5%", "labels": ["PERCENT"]}}]}]});
    let read = read(&task.to_string());
    assert_eq!(read.anchoring.moved, 1);
    assert_eq!(only(&read).span.start, TEXT.rfind("5%").unwrap());
    assert_eq!(only(&read).agent, "caller");
}
