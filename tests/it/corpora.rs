//! Corpora as a script imports them: one report a row.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use indicator_annotator::store::Store;
use tempfile::TempDir;

const PROSE: &str = "2024年全市生产总值5000亿元，增长5.2%。粮食产量12.5万吨。";

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_indicator-annotator"));
    program.args(arguments).current_dir(folder);
    let Output {
        status,
        stdout,
        stderr,
    } = program
        .env("INDICATOR_ANNOTATOR_DATA", folder.join("data"))
        .output()
        .unwrap();
    let words = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code(), words(stdout), words(stderr))
}

/// The reports of a project, with the first letters of their texts.
fn reports(folder: &Path) -> Vec<(String, String, String)> {
    let (_, opened) = Store::open(&folder.join("project")).unwrap();
    assert_eq!(opened.notices, []);
    let reports = opened.project.reports.iter().map(|report| {
        let text = opened.texts[&report.id].chars().take(7).collect();
        (report.id.to_string(), report.title.clone(), text)
    });
    reports.collect()
}

#[test]
fn rows_become_reports_and_what_is_broken_is_told_by_its_line() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let lines = format!(
        "{{\"doc_id\": \"甲\", \"标题\": \"年报\", \"content\": \"{PROSE}\"}}\n{{cut\n{{\"doc_id\": \"乙/1\", \"content\": \"{PROSE}\"}}\n"
    );
    fs::write(path.join("corpus.jsonl"), lines).unwrap();
    fs::write(
        path.join("figures.csv"),
        "指标,2023年,2024年\n生产总值,4800,5000\n粮食,12.1,12.5\n",
    )
    .unwrap();
    assert_eq!(run(path, &["new", "project"]).0, Some(0));
    let (code, printed, errors) = run(
        path,
        &[
            "import",
            "project",
            "corpus.jsonl",
            "figures.csv",
            "--as",
            "reports",
        ],
    );
    assert_eq!(
        (code, printed.as_str()),
        (Some(1), "3 reports; 1 refused\n"),
        "{errors}"
    );
    assert!(errors.contains("line 2 of `corpus.jsonl`"), "{errors}");
    let report = |id: &str, title: &str, text: &str| (id.to_owned(), title.to_owned(), text.to_owned());
    let expected = [
        report("甲", "年报", "2024年全市"),
        report("乙/1", "乙/1", "2024年全市"),
        report("figures", "figures", "指标 | 20"),
    ];
    assert_eq!(reports(path), expected);
}

#[test]
fn columns_are_chosen_and_a_corpus_can_be_one_table() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::write(
        path.join("remarks.csv"),
        "指标,数值,说明\n生产总值,5000,初步核算\n粮食,12.5,含下辖县\n",
    )
    .unwrap();
    fs::write(
        path.join("texts.csv"),
        format!("编号,正文\na,{PROSE}\nb,{PROSE}\n"),
    )
    .unwrap();
    assert_eq!(run(path, &["new", "project"]).0, Some(0));
    let named = [
        "import",
        "project",
        "remarks.csv",
        "--as",
        "reports",
        "--text",
        "说明",
        "--id",
        "指标",
    ];
    assert_eq!(run(path, &named).1, "2 reports; 0 refused\n");
    assert_eq!(
        run(
            path,
            &["import", "project", "texts.csv", "--as", "reports", "--table"]
        )
        .1,
        "1 reports; 0 refused\n"
    );
    let ids: Vec<String> = reports(path).into_iter().map(|(id, _, _)| id).collect();
    assert_eq!(ids, ["生产总值", "粮食", "texts"]);
    let wrong = [
        "import",
        "project",
        "texts.csv",
        "--as",
        "reports",
        "--text",
        "nothing",
    ];
    let (code, _, errors) = run(path, &wrong);
    assert!(code == Some(1) && errors.contains("编号, 正文"), "{errors}");
}
