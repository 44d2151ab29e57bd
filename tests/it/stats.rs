//! `new` and `stats`: a project made and counted without a window.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::desk::folder_of_reports;

fn run(arguments: &[&str], folder: &Path) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_indicator-annotator"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), words(&output.stdout), words(&output.stderr))
}

#[test]
fn a_project_is_made_of_reports_and_counted() {
    let root: TempDir = folder_of_reports();
    fs::write(root.path().join("reports/c.pdf"), "%PDF-1.4 broken").unwrap();
    let (code, out, err) = run(&["new", "made", "reports", "--title", "二地"], root.path());
    assert_eq!((code, out.trim()), (Some(1), "2 reports: made"), "{err}");
    assert!(err.contains("c.pdf"), "{err}");
    let (code, _, err) = run(&["new", "made", "reports"], root.path());
    assert_eq!(code, Some(2), "a project is not written over");
    assert!(err.contains("made"), "{err}");

    let (code, out, _) = run(&["stats", "made"], root.path());
    assert_eq!(code, Some(0));
    assert!(out.starts_with("二地\n2 reports, "), "{out}");
    let (_, out, _) = run(&["stats", "made", "--format", "json"], root.path());
    let json: Json = serde_json::from_str(&out).unwrap();
    let numbers = |place: usize| json["reports"][place]["numbers"].as_u64().unwrap();
    assert_eq!((numbers(0), numbers(1)), (11, 2), "{out}");
    assert_eq!(json["reports"][0]["layers"], serde_json::json!({}));
}

#[test]
fn each_layer_of_the_sample_project_is_counted() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_docs/sample-project");
    let (code, out, err) = run(&["stats", sample, "--format", "json"], Path::new("."));
    assert_eq!(code, Some(0), "{err}");
    let json: Json = serde_json::from_str(&out).unwrap();
    for report in json["reports"].as_array().unwrap() {
        let counts = &report["layers"]["样例"];
        assert!(counts["tagged"].as_u64() > Some(0), "{out}");
        assert_eq!(counts["open"], 0, "the sample is finished");
    }
}
