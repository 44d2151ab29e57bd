//! `export` as a script calls it, on the sample project.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use indicator_annotator::model::{Annotator, Layer};
use indicator_annotator::store::Store;
use tempfile::TempDir;

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_docs/sample-project")
}

fn run(arguments: &[&str], folder: &Path) -> (Option<i32>, Vec<u8>, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_indicator-annotator"));
    let Output {
        status,
        stdout,
        stderr,
    } = program
        .arg("export")
        .arg(sample())
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    (status.code(), stdout, String::from_utf8(stderr).unwrap())
}

/// How many of the sample's 143 decisions a format has; tables of observations have no dismissals.
fn carried_by(format: &str) -> usize {
    if ["csv", "parquet", "sdmx-csv", "xbrl-json"].contains(&format) {
        137
    } else {
        143
    }
}

#[test]
fn a_file_is_what_standard_output_gets_and_is_never_replaced_unasked() {
    let folder = TempDir::new().unwrap();
    for format in [
        "label-studio",
        "doccano",
        "spacy",
        "conll",
        "web-annotation",
        "jsonl",
        "csv",
        "xlsx",
        "parquet",
        "html",
        "sdmx-csv",
    ] {
        let (code, printed, errors) = run(&["--to", format], folder.path());
        assert_eq!(code, Some(0), "{format}: {errors}");
        assert!(
            errors.contains(&format!(
                "{} decisions on 2 reports as {format}",
                carried_by(format)
            )),
            "{errors}"
        );
        assert_eq!(run(&["--to", format, "--out", "it"], folder.path()).0, Some(0));
        let stands = fs::read(folder.path().join("it")).unwrap();
        // A workbook's links lead from where it stands.
        assert!(stands == printed || format == "xlsx", "{format}");
        let (code, _, errors) = run(&["--to", format, "--out", "it"], folder.path());
        assert!(code == Some(2) && errors.contains("--force"), "{errors}");
        assert_eq!(
            run(&["--to", format, "--out", "it", "--force"], folder.path()).0,
            Some(0)
        );
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "no temporary file stays"
        );
        fs::remove_file(folder.path().join("it")).unwrap();
    }
}

#[test]
fn label_studio_is_told_which_labels_and_fields_there_are() {
    let folder = TempDir::new().unwrap();
    let arguments = [
        "--to",
        "label-studio",
        "--out",
        "tasks.json",
        "--config",
        "labels.xml",
    ];
    assert_eq!(run(&arguments, folder.path()).0, Some(0));
    let config = fs::read_to_string(folder.path().join("labels.xml")).unwrap();
    let expected = [
        "<Label value=\"rd_expenditure\" hint=\"全社会R&amp;D投入\"/>",
        "<Label value=\"dismissed-criterion\"",
        "<Choice value=\"&gt;=\"/>",
        "<TextArea name=\"time_period\"",
    ];
    for words in expected {
        assert!(config.contains(words), "{words}: {config}");
    }
    fs::remove_file(folder.path().join("tasks.json")).unwrap();
    let (code, _, errors) = run(&arguments, folder.path());
    assert!(code == Some(2) && errors.contains("labels.xml"), "{errors}");
    assert!(!folder.path().join("tasks.json").exists());
    let arguments = ["--to", "spacy", "--config", "other.xml"];
    assert_eq!(run(&arguments, folder.path()).0, Some(2));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn what_is_lost_is_counted_and_what_is_unknown_is_refused() {
    let folder = TempDir::new().unwrap();
    let (_, _, errors) = run(&["--to", "doccano"], folder.path());
    assert!(
        errors.contains("\n  137 observations without their fields"),
        "{errors}"
    );
    let (_, _, errors) = run(&["--to", "spacy"], folder.path());
    assert!(errors.ends_with("nothing stays behind\n"), "{errors}");
    for arguments in [
        ["--to", "spacy", "--layer", "nobody"],
        ["--to", "spacy", "--reports", "none"],
        ["--to", "morse", "--layer", "样例"],
    ] {
        let (code, printed, errors) = run(&arguments, folder.path());
        assert!(
            code == Some(2) && printed.is_empty() && errors.contains(arguments[3].trim_start_matches("样例"))
        );
    }
    let one = "清河晚报-2025年全市科技工作会议";
    let (code, printed, _) = run(&["--to", "doccano", "--reports", one], folder.path());
    assert_eq!(
        (code, String::from_utf8(printed).unwrap().lines().count()),
        (Some(0), 1)
    );
}

/// A copy of the sample project.
fn copy() -> TempDir {
    let copy = TempDir::new().unwrap();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        fs::create_dir_all(copy.path().join(&folder)).unwrap();
        for entry in fs::read_dir(sample().join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let inner = folder.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(inner);
            } else {
                fs::copy(entry.path(), copy.path().join(inner)).unwrap();
            }
        }
    }
    copy
}

fn layers(project: &Path, annotator: &str) -> Vec<Layer> {
    let (_, opened) = Store::open(project).unwrap();
    assert_eq!(opened.notices, []);
    opened.project.layers[&Annotator::from(annotator)]
        .values()
        .cloned()
        .collect()
}

fn import(project: &Path, data: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_indicator-annotator"));
    program
        .arg("import")
        .arg(".")
        .args(arguments)
        .current_dir(project)
        .env("INDICATOR_ANNOTATOR_DATA", data);
    let Output {
        status,
        stdout,
        stderr,
    } = program.output().unwrap();
    let words = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code(), words(stdout), words(stderr))
}

#[test]
fn a_layer_goes_out_and_comes_back_in_every_format() {
    let (project, data) = (copy(), TempDir::new().unwrap());
    let path = project.path();
    let ours = layers(path, "样例");
    for format in [
        "label-studio",
        "doccano",
        "spacy",
        "brat",
        "conll",
        "web-annotation",
        "cas-json",
        "webanno-tsv",
        "xbrl-json",
        "jsonl",
        "csv",
    ] {
        let out = path.join(format!("out-{format}"));
        let (code, _, errors) = run(&["--to", format, "--out", out.to_str().unwrap()], path);
        assert_eq!(code, Some(0), "{errors}");
        let arguments = ["--as", "annotations", "--layer", format, out.to_str().unwrap()];
        let (code, printed, errors) = import(path, data.path(), &arguments);
        assert_eq!((code, errors.as_str()), (Some(0), ""), "{format}");
        let count = carried_by(format);
        let expected = format!(
            "{count} decisions on 2 reports, 0 were there: {count} in place, 0 moved, 0 ambiguous; 0 refused\n"
        );
        assert_eq!(printed, expected, "{format}");
        let theirs = layers(path, format);
        if ["csv", "xbrl-json"].contains(&format) {
            let tagged = ours
                .iter()
                .flat_map(Layer::iter)
                .filter(|it| it.ruling.observation().is_some());
            let theirs = theirs.iter().flat_map(Layer::iter);
            assert!(theirs.eq(tagged), "{format}");
        } else if ["doccano", "conll"].contains(&format) {
            let spans = |layers: &[Layer]| {
                layers
                    .iter()
                    .flat_map(Layer::iter)
                    .map(|it| it.span)
                    .collect::<Vec<_>>()
            };
            assert_eq!(spans(&theirs), spans(&ours), "{format}");
        } else {
            assert_eq!(theirs, ours, "{format}");
        }
        let (_, printed, _) = import(path, data.path(), &arguments);
        assert!(
            printed.starts_with(&format!("0 decisions on 2 reports, {count} were there")),
            "{printed}"
        );
    }
}

#[test]
fn what_is_refused_is_told_with_file_and_line() {
    let (project, data) = (copy(), TempDir::new().unwrap());
    let report = "清河晚报-2025年全市科技工作会议";
    let good = format!(r#"{{"document": "{report}", "start": 0, "end": 1, "value": "1"}}"#);
    let other = format!(r#"{{"document": "{report}", "start": 0, "end": 1, "value": "2"}}"#);
    fs::write(
        project.path().join("a.jsonl"),
        format!("{good}\n{other}\n{{\"cut"),
    )
    .unwrap();
    fs::write(project.path().join("b.txt"), "no format").unwrap();
    let arguments = ["--as", "annotations", "--layer", "new", "a.jsonl", "b.txt"];
    let (code, printed, errors) = import(project.path(), data.path(), &arguments);
    assert_eq!(code, Some(1));
    assert!(
        printed.starts_with("1 decisions on 1 reports") && printed.ends_with("3 refused\n"),
        "{printed}"
    );
    for words in [
        "a.jsonl: line 2: 「",
        "a.jsonl: line 3: no JSON",
        "b.txt: no known format",
    ] {
        assert!(errors.contains(words), "{errors}");
    }
    assert_eq!(layers(project.path(), "new").len(), 1);
    assert_eq!(
        import(project.path(), data.path(), &["--as", "annotations", "a.jsonl"]).0,
        Some(2)
    );
}
