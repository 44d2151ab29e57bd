//! `export` as a script calls it, on the sample project.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

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

#[test]
fn a_file_is_what_standard_output_gets_and_is_never_replaced_unasked() {
    let folder = TempDir::new().unwrap();
    for format in ["label-studio", "doccano", "spacy"] {
        let (code, printed, errors) = run(&["--to", format], folder.path());
        assert_eq!(code, Some(0), "{format}: {errors}");
        assert!(
            errors.contains(&format!("143 decisions on 2 reports as {format}")),
            "{errors}"
        );
        assert_eq!(run(&["--to", format, "--out", "it"], folder.path()).0, Some(0));
        assert_eq!(fs::read(folder.path().join("it")).unwrap(), printed);
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
        (code, printed.iter().filter(|byte| **byte == b'\n').count()),
        (Some(0), 1)
    );
}
