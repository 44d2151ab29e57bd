use super::*;

const PROSE: &str = "2024年全市生产总值5000亿元，增长5.2%。粮食产量12.5万吨。";

fn read_as(content: &str, name: &str, choice: &Choice) -> Option<Result<Entries, ReadError>> {
    read(content.as_bytes(), name, choice)
}

fn good(entries: &Entries) -> Vec<(&str, &str, usize)> {
    let good = entries.iter().filter_map(|entry| entry.as_ref().ok());
    good.map(|entry| (entry.id.as_str(), entry.title.as_str(), entry.line))
        .collect()
}

#[test]
fn a_row_of_json_lines_is_a_report_and_a_broken_one_is_refused_by_its_line() {
    let content = format!(
        "{{\"doc_id\": \"甲/1\", \"标题\": \"年报\", \"date\": \"2024年3月1日\", \"city\": \"清河市\", \"content\": \"{PROSE}\"}}\r\n\
         \n{{\"doc_id\": \"乙\", \"content\": \"\"}}\n{{\"doc_id\": \"cut\n{{\"doc_id\": 7, \"content\": \"{PROSE}😀\"}}\n[1]\n"
    );
    let entries = read_as(&content, "corpus.jsonl", &Choice::default())
        .unwrap()
        .unwrap();
    assert_eq!(good(&entries), [("甲/1", "年报", 1), ("corpus-7", "", 5)]);
    let first = entries[0].as_ref().unwrap();
    assert_eq!(
        (first.date.as_str(), first.area.as_str(), first.text.as_str()),
        ("2024-03-01", "清河市", PROSE)
    );
    let refused: Vec<String> = entries
        .iter()
        .filter_map(|entry| entry.as_ref().err())
        .map(ToString::to_string)
        .collect();
    assert_eq!(refused.len(), 3);
    assert!(
        refused[0].contains("line 3") && refused[0].contains("`content`"),
        "{refused:?}"
    );
    assert!(
        refused[1].contains("line 4") && refused[2].contains("line 6"),
        "{refused:?}"
    );
}

#[test]
fn a_csv_of_texts_is_a_corpus_and_one_of_figures_is_a_table() {
    let corpus =
        format!("编号,名称,报告\n1,甲,\"{PROSE}\n第二段，很长。\"\n2,乙,{PROSE},多了\n3,丙,{PROSE}\n");
    let entries = read_as(&corpus, "a.csv", &Choice::default()).unwrap().unwrap();
    assert_eq!(good(&entries), [("a-1", "甲", 2), ("a-3", "丙", 5)]);
    let refused = entries[1].as_ref().unwrap_err().to_string();
    assert!(
        refused.contains("line 4") && refused.contains("4 cells"),
        "{refused}"
    );

    let figures = "指标,单位,2023年,2024年\n生产总值,亿元,4800,5000\n粮食产量,万吨,12.1,12.5\n";
    assert_eq!(read_as(figures, "a.csv", &Choice::default()), None);
    let remarks = "指标,数值,说明\n生产总值,5000,\n粮食,12.5,\"初步核算数，含下辖县。\"\n林地,3.1,\n";
    assert_eq!(read_as(remarks, "a.csv", &Choice::default()), None);
    let one = Choice {
        is_one_report: true,
        ..Choice::default()
    };
    assert_eq!(read_as(&corpus, "a.csv", &one), None);
    assert_eq!(
        read_as("一、情况\n高企5家，增长。", "a.txt", &Choice::default()),
        None
    );
}

#[test]
fn columns_can_be_named_and_a_wrong_name_is_told() {
    let mut choice = Choice::default();
    choice.columns.text = Some("说明".to_owned());
    choice.columns.id = Some("指标".to_owned());
    let remarks = "指标,数值,说明\n生产总值,5000,初步核算\n粮食,12.5,含县\n粮食,1,又\n";
    let entries = read_as(remarks, "a.csv", &choice).unwrap().unwrap();
    assert_eq!(
        good(&entries),
        [("生产总值", "", 2), ("粮食", "", 3), ("粮食-4", "", 4)]
    );
    choice.columns.text = Some("正文".to_owned());
    let error = read_as(remarks, "a.csv", &choice)
        .unwrap()
        .unwrap_err()
        .to_string();
    assert!(error.contains("指标, 数值, 说明"), "{error}");
    choice.columns = Columns {
        text: Some("data.text".to_owned()),
        ..Columns::default()
    };
    let nested = format!("[{{\"data\": {{\"text\": \"{PROSE}\"}}}}, {{\"data\": {{}}}}]");
    let entries = read_as(&nested, "tasks.json", &choice).unwrap().unwrap();
    assert_eq!((good(&entries), entries.len()), (vec![("tasks-1", "", 1)], 2));
}

#[test]
fn a_look_tells_what_the_columns_are_called_begin_with_and_seem_to_hold() {
    let nested = format!(
        "[{{\"data\": {{\"id\": \"甲\", \"text\": \"{PROSE}\"}}}}, {{\"data\": {{\"id\": \"乙\"}}}}]"
    );
    let look_at = |content: &str, name: &str| look(content.as_bytes(), name);
    let seen = look_at(&nested, "tasks.json").unwrap();
    let column = |name: &str, words: &str| (name.to_owned(), words.to_owned());
    assert_eq!(
        seen.columns,
        [column("data.id", "甲"), column("data.text", PROSE)]
    );
    assert_eq!(seen.rows, 2);
    assert_eq!(
        (seen.guess.id.as_deref(), seen.guess.text.as_deref()),
        (Some("data.id"), Some("data.text"))
    );
    let without = look_at("{\"a\": 1}\n", "a.jsonl").unwrap();
    assert_eq!((without.guess.text, without.rows), (None, 1));
    let figures = "指标,单位,2023年\n生产总值,亿元,4800\n";
    assert_eq!(look_at(figures, "a.csv"), None);
    assert_eq!(look_at("一、情况\n高企5家，增长。", "a.txt"), None);
}

#[test]
fn numbers_of_our_own_are_no_reports() {
    let mentions = "{\"document\": \"a\", \"start\": 0, \"end\": 2, \"text\": \"5亿\"}\n";
    assert!(matches!(
        read_as(mentions, "a.jsonl", &Choice::default()),
        Some(Err(ReadError::NoText { .. }))
    ));
    assert_eq!(read_as(mentions, "a.txt", &Choice::default()), None);
    let table = format!("value_text,text,sentence,document,start,end\n5,5亿,{PROSE},a,0,2\n");
    assert_eq!(read_as(&table, "a.csv", &Choice::default()), None);
}

#[test]
fn a_table_of_gbk_is_decoded() {
    let (bytes, _, _) = encoding_rs::GBK
        .encode("标题,正文\n甲,全市生产总值五千亿元，增长百分之五。粮食产量十二点五万吨，增长百分之一。\n");
    let entries = read(&bytes, "a.csv", &Choice::default()).unwrap().unwrap();
    assert_eq!(good(&entries), [("a-2", "甲", 2)]);
}

proptest::proptest! {
    #[test]
    fn anything_is_read_or_refused(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200), words in "[{}\\[\\]\":,;\t\n\r a一。]{0,60}") {
        let named = Choice {
            columns: Columns {
                text: Some("a.a".to_owned()),
                ..Columns::default()
            },
            ..Choice::default()
        };
        for (name, choice) in [("a.csv", Choice::default()), ("a.jsonl", Choice::default()), ("a", named)] {
            read(&bytes, name, &choice);
            read(words.as_bytes(), name, &choice);
        }
    }
}
