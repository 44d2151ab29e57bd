//! `import` and `extract --suggest` as a script calls them, on a copy of the sample project.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use indicator_annotator::model::{BUILT_IN, Extractor, ReportId, Suggestion};
use indicator_annotator::store::{Opened, Part, Store};
use tempfile::TempDir;

const REPORT: &str = "清河晚报-2025年全市科技工作会议";

/// A copy of the sample project.
fn project() -> TempDir {
    let copy = TempDir::new().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_docs/sample-project");
    for inner in ["", "reports"] {
        fs::create_dir_all(copy.path().join(inner)).unwrap();
        for entry in fs::read_dir(sample.join(inner)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, copy.path().join(inner).join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    copy
}

fn run(arguments: &[&str], project: &Path) -> (Option<i32>, String, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_indicator-annotator"));
    let Output {
        status,
        stdout,
        stderr,
    } = program.args(arguments).current_dir(project).output().unwrap();
    let words = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code(), words(stdout), words(stderr))
}

fn opened(project: &Path) -> (Store, Opened) {
    let (store, opened) = Store::open(project).unwrap();
    assert_eq!(opened.notices, []);
    (store, opened)
}

fn suggested(project: &Path) -> Vec<Suggestion> {
    opened(project)
        .1
        .project
        .suggested(&ReportId::from(REPORT))
        .to_vec()
}

fn agents(suggestions: &[Suggestion]) -> Vec<&str> {
    let mut agents: Vec<&str> = suggestions.iter().map(|it| it.agent.as_str()).collect();
    agents.sort_unstable();
    agents.dedup();
    agents
}

#[test]
fn extract_fills_the_suggestions_and_import_adds_another_agents() {
    let project = project();
    let path = project.path();
    let (code, out, errors) = run(&["extract", "--suggest", "."], path);
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    let ours = suggested(path);
    assert!(
        ours.len() > 20 && out.ends_with("suggestions for 2 reports\n"),
        "{out}"
    );
    assert_eq!(agents(&ours), [BUILT_IN]);
    let files = || {
        let mut files: Vec<_> = fs::read_dir(path.join("suggestions"))
            .unwrap()
            .map(|it| it.unwrap().path())
            .collect();
        files.sort();
        files
            .iter()
            .map(|file| fs::read(file).unwrap())
            .collect::<Vec<_>>()
    };
    let before = files();
    run(&["extract", "--suggest", "."], path);
    assert_eq!(files(), before, "the same again writes the same");

    // Another program says of every number that it is an indicator's value; what it leaves out is ours.
    let text = opened(path).1.texts[&ReportId::from(REPORT)].to_string();
    let line = |it: &Suggestion| {
        let chars = |byte: usize| text[..byte].chars().count();
        let words = it.span.of(&text).unwrap();
        let (start, end) = (chars(it.span.start), chars(it.span.end));
        format!(
            r#"{{"document": "{REPORT}", "start": {start}, "end": {end}, "text": "{words}", "score": 0.5}}"#
        )
    };
    let lines: Vec<String> = ours.iter().map(line).collect();
    fs::write(path.join("peer.jsonl"), lines.join("\n")).unwrap();
    let (code, out, errors) = run(&["import", ".", "peer.jsonl"], path);
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    let count = ours.len();
    assert_eq!(
        out,
        format!(
            "{count} proposals by peer for 1 reports: {count} in place, 0 moved, 0 ambiguous; 0 refused\n"
        )
    );
    let both = suggested(path);
    assert_eq!(both.len(), 2 * count);
    let of = |agent: &str| {
        both.iter()
            .filter(move |it| it.agent == agent)
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(of(BUILT_IN), ours);
    for (theirs, ours) in of("peer").iter().zip(&ours) {
        if let Some(observation) = ours.ruling.observation() {
            assert_eq!(theirs.ruling.observation(), Some(observation));
        }
    }
}

#[test]
fn what_is_refused_is_told_with_file_and_line_and_costs_nothing_else() {
    let project = project();
    let path = project.path();
    let good = format!(r#"{{"document": "{REPORT}", "start": 0, "end": 1, "value": "1", "agent": "m"}}"#);
    let strange = r#"{"document": "nobody", "start": 0, "end": 1}"#;
    fs::write(path.join("p.jsonl"), format!("{good}\n{strange}\n{{\"cut")).unwrap();
    let (code, out, errors) = run(&["import", ".", "p.jsonl", "--agent", "n"], path);
    assert_eq!(code, Some(1));
    assert!(
        errors.contains("p.jsonl: line 2: the project has no report `nobody`"),
        "{errors}"
    );
    assert!(errors.contains("p.jsonl: line 3: no JSON"), "{errors}");
    assert!(
        out.starts_with("1 proposals by m for 1 reports") && out.ends_with("2 refused\n"),
        "{out}"
    );
    assert_eq!(agents(&suggested(path)), ["m"]);
    let (code, _, errors) = run(&["import", ".", "missing.jsonl"], path);
    assert!(code == Some(1) && errors.contains("missing.jsonl"), "{errors}");
    let (code, _, errors) = run(&["import", "nowhere", "p.jsonl"], path);
    assert!(code == Some(2) && errors.contains("nowhere"), "{errors}");
    assert_eq!(run(&["import", "."], path).0, Some(2));
    assert_eq!(run(&["import", ".", "p.jsonl", "--run"], path).0, Some(2));
    let (code, _, errors) = run(&["import", ".", "--run"], path);
    assert!(
        code == Some(2) && errors.contains("names no extractor"),
        "{errors}"
    );
}

#[cfg(unix)]
#[test]
fn the_projects_extractor_runs_when_asked_to() {
    let project = project();
    let path = project.path();
    let (mut store, opened) = opened(path);
    let script = format!(
        "cat >/dev/null\necho '{{\"id\": \"{REPORT}\", \"mentions\": [{{\"start\": 0, \"end\": 1, \"value\": \"1\"}}]}}'\n\
         echo 'no more' >&2\nexit 4\n"
    );
    fs::write(path.join("run.sh"), script).unwrap();
    let head = Part::Head {
        title: opened.project.title,
        language: opened.project.language,
        extractor: Some(Extractor {
            name: "outside".to_owned(),
            command: ["sh", "run.sh"].map(str::to_owned).into(),
            seconds: 20,
        }),
        reports: opened.project.reports,
    };
    store.write(&[head]).unwrap();
    let (code, out, errors) = run(&["import", ".", "--run"], path);
    assert_eq!(code, Some(1));
    assert!(out.starts_with("1 proposals by outside for 1 reports"), "{out}");
    for words in ["failed: exit status: 4", "no more", "did not answer 松桥日报"] {
        assert!(errors.contains(words), "{errors}");
    }
    assert_eq!(agents(&suggested(path)), ["outside"]);
}
