use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Arc;

use crate::exchange::documents;
use crate::exchange::export::{self, Format, Selection};
use crate::model::{
    Annotator, Decision, DismissReason, Layer, Observation, Project, Report, ReportId, Ruling, Span,
};
use crate::text::offsets::fingerprint;

const TEXT: &str = "😀𠮷e\u{301}研发<投入>为１２亿元，占1.5%；3项。";

/// A project of one report with two values and a dismissal; `value` is that of the first.
fn project(value: &str) -> (Project, BTreeMap<ReportId, Arc<str>>) {
    let at = |words: &str| {
        let start = TEXT.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let tagged = |value: &str, note: &str| {
        let observation = Observation {
            value: value.parse().unwrap(),
            note: note.to_owned(),
            indicator_text: "研发<投入>".to_owned(),
            indicator_span: Some(at("研发<投入>")),
            ..Observation::default()
        };
        Ruling::Tagged(Box::new(observation))
    };
    let mut layer = Layer::default();
    layer.insert(Arc::new(Decision::manual(
        at("１２亿元"),
        tagged(value, "\"=1+1\", <i>"),
    )));
    layer.insert(Arc::new(Decision::manual(at("1.5%"), tagged("1.50..2", ""))));
    layer.insert(Arc::new(Decision::manual(
        at("3项"),
        Ruling::Dismissed(DismissReason::Irrelevant),
    )));
    let id = ReportId::from("甲 & 乙");
    let report = Report {
        id: id.clone(),
        title: "<年报>".to_owned(),
        issuer: String::new(),
        date: "2024-03-01".to_owned(),
        area: String::new(),
        period: String::new(),
        original: String::new(),
        encoding: String::new(),
        fingerprint: fingerprint(TEXT),
    };
    let layers = BTreeMap::from([(id.clone(), layer)]);
    let project = Project {
        reports: vec![report].into(),
        layers: BTreeMap::from([(Annotator::from("林"), layers)]),
        ..Project::default()
    };
    (project, BTreeMap::from([(id, Arc::from(TEXT))]))
}

fn written(format: Format, value: &str) -> Vec<u8> {
    let (project, texts) = project(value);
    let annotator = Annotator::from("林");
    let selection = Selection::decided(&project, &texts, &annotator);
    let mut bytes = Vec::new();
    let written = export::write(&selection, format, &mut bytes).unwrap();
    assert_eq!((written.reports, written.refused.len()), (1, 0));
    bytes
}

#[test]
fn the_same_layer_gives_the_same_bytes() {
    for format in [Format::Csv, Format::Xlsx, Format::Parquet, Format::Html] {
        assert_eq!(
            written(format, "1200000000"),
            written(format, "1200000000"),
            "{format}"
        );
    }
}

/// The lines of a workbook that hold these words, as our own reader of workbooks has them.
fn lines(bytes: &[u8], words: &str) -> Vec<String> {
    let text = documents::read(bytes, "a.xlsx").unwrap().unwrap().text;
    let lines = text.lines().filter(|line| line.contains(words));
    lines.map(ToOwned::to_owned).collect()
}

#[test]
fn a_number_that_excel_would_round_stays_words() {
    let kept = written(Format::Xlsx, "123456789012.345");
    assert!(lines(&kept, "１２亿元")[0].contains("| 123,456,789,012.345 | | | 123456789012.345 |"));
    let long = written(Format::Xlsx, "1234567890123456.78");
    assert!(lines(&long, "１２亿元")[0].contains("| 1234567890123456.78 | | | 1234567890123456.78 |"));
    assert!(lines(&long, "1.50..2")[0].contains("| 水平 | | 1.5 | 2 | 1.50..2 |"));
    assert!(lines(&long, "3项")[0].starts_with("不需要的数字 | 3项 | 3项。 | 甲 & 乙 |"));
}

#[test]
fn rows_of_csv_begin_with_what_the_words_say() {
    let table = String::from_utf8(written(Format::Csv, "1200000000")).unwrap();
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let heads = rows.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let cell = |row: usize, head: &str| &rows[row][heads.iter().position(|it| it == head).unwrap()];
    assert_eq!(rows.len(), 2);
    assert_eq!(
        (cell(0, "text"), cell(0, "start"), cell(0, "end")),
        ("１２亿元", "11", "15")
    );
    assert_eq!(
        (cell(0, "value"), cell(0, "value_text")),
        ("1200000000", "1200000000")
    );
    assert_eq!(
        (cell(1, "value"), cell(1, "value_min"), cell(1, "value_max")),
        ("", "1.5", "2")
    );
    assert_eq!(
        (cell(0, "note"), cell(0, "indicator_start")),
        ("\"=1+1\", <i>", "4")
    );
}

#[test]
fn a_page_is_escaped_and_its_links_lead_somewhere() {
    let page = String::from_utf8(written(Format::Html, "1200000000")).unwrap();
    assert!(page.contains("<html lang=\"zh-CN\">") && page.contains("<h2>&lt;年报&gt;</h2>"));
    assert!(!page.contains("<script") && !page.contains("<i>") && !page.contains("研发<投入>"));
    assert!(page.contains("<span class=\"n t0\">研发&lt;投入&gt;</span>"));
    assert!(page.contains("<a id=\"v1-0\" ") && page.contains("<tr id=\"o1-0\">"));
    assert!(page.contains("href=\"#v1-0\"") && page.contains("href=\"#o1-0\""));
    assert!(page.contains("&quot;=1+1&quot;") && page.contains("<span class=\"x\" "));
}

#[test]
fn parquet_has_exact_decimals() {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::RowAccessor as _;

    for (value, number) in [("-12.5", Some("-12.500000000")), ("0.0000000001", None)] {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&written(Format::Parquet, value)).unwrap();
        let file = SerializedFileReader::new(file).unwrap();
        let row = file.get_row_iter(None).unwrap().next().unwrap().unwrap();
        let place = |name: &str| {
            row.get_column_iter()
                .position(|(column, _)| column == name)
                .unwrap()
        };
        let shown = row.get_column_iter().nth(place("value")).unwrap().1.to_string();
        assert_eq!(shown, number.unwrap_or("null"), "{value}");
        assert_eq!(row.get_string(place("value_text")).unwrap(), value);
        assert_eq!(row.get_long(place("start")).unwrap(), 11);
    }
}
