//! `merge` as Git's merge driver: real branches of a real repository.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use indicator_annotator::model::{
    Annotator, Decision, DismissReason, Language, Layer, Report, ReportId, Ruling, Span,
};
use indicator_annotator::store::{Part, Store};
use indicator_annotator::text::offsets::fingerprint;

const TEXT: &str =
    "泉州市\n\n2023年全社会R&D投入239.06亿元,增长19.4%,增速居全省第1。\n高新技术企业2000家。\n";
const PROGRAM: &str = env!("CARGO_BIN_EXE_indicator-annotator");

fn me() -> Annotator {
    Annotator::from("王")
}

fn report() -> ReportId {
    ReportId::from("r")
}

/// A folder with a repository; `None`, with a word about it, where there is no Git.
struct Repository(tempfile::TempDir);

impl Repository {
    fn new() -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            eprintln!("skipped: there is no git on this machine");
            return None;
        }
        let repository = Self(tempfile::tempdir().unwrap());
        repository.git(&["init", "-q", "-b", "main"]);
        repository.git(&["config", "user.name", "t"]);
        repository.git(&["config", "user.email", "t@example.org"]);
        repository.git(&["config", "core.autocrlf", "false"]);
        let driver = format!("'{PROGRAM}' merge --base %O --ours %A --theirs %B --path %P");
        repository.git(&["config", "merge.indicator.driver", &driver]);
        std::fs::write(
            repository.path().join(".gitattributes"),
            "*.ron merge=indicator\nhistory/**/*.log merge=indicator\nguidelines.md merge=indicator\n",
        )
        .unwrap();
        let mut store = Store::create(repository.path()).unwrap();
        let head = Part::Head {
            title: "t".to_owned(),
            language: Language::Chinese,
            extractor: None,
            reports: vec![Report {
                id: report(),
                title: "r".to_owned(),
                issuer: String::new(),
                date: String::new(),
                area: String::new(),
                period: String::new(),
                original: String::new(),
                encoding: String::new(),
                fingerprint: fingerprint(TEXT),
            }]
            .into(),
        };
        let text = Part::Text {
            report: report(),
            text: TEXT.into(),
        };
        store.write(&[head, text]).unwrap();
        drop(store);
        repository.decide(&[("2023", DismissReason::Date)]);
        repository.commit();
        Some(repository)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut git = Command::new("git");
        git.current_dir(self.path()).args(arguments);
        git.env("GIT_CONFIG_NOSYSTEM", "1").env("HOME", self.path());
        git.output().unwrap()
    }

    fn git(&self, arguments: &[&str]) {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "x"]);
    }

    fn branch(&self, name: &str, decisions: &[(&str, DismissReason)]) {
        self.git(&["checkout", "-q", "-b", name, "main"]);
        self.decide(decisions);
        self.commit();
    }

    fn layer(&self) -> Layer {
        let (_store, opened) = Store::open(self.path()).unwrap();
        assert_eq!(opened.notices, []);
        opened
            .project
            .layer(&me(), &report())
            .cloned()
            .unwrap_or_default()
    }

    fn decide(&self, decisions: &[(&str, DismissReason)]) {
        let (mut store, opened) = Store::open(self.path()).unwrap();
        let mut layer = opened
            .project
            .layer(&me(), &report())
            .cloned()
            .unwrap_or_default();
        for (words, reason) in decisions {
            layer.insert(Arc::new(Decision::manual(
                span(words),
                Ruling::Dismissed(*reason),
            )));
        }
        let part = Part::Layer {
            annotator: me(),
            report: report(),
            layer,
            text: Arc::clone(&opened.texts[&report()]),
        };
        store.write(&[part]).unwrap();
    }
}

fn span(words: &str) -> Span {
    let start = TEXT.find(words).unwrap();
    Span::new(start, start + words.len())
}

#[test]
fn git_merges_decisions_on_different_numbers_of_one_layer() {
    let Some(repository) = Repository::new() else {
        return;
    };
    let new = [
        ("239.06亿元", DismissReason::Irrelevant),
        ("19.4%", DismissReason::Duplicate),
        ("第1", DismissReason::Name),
        ("2000家", DismissReason::Criterion),
    ];
    repository.branch("a", &[new[0], new[3]]);
    // Its lines stand between those of the other branch, where Git alone would see a conflict.
    repository.branch("b", &[new[1], new[2]]);
    repository.git(&["merge", "-q", "--no-edit", "a"]);
    let layer = repository.layer();
    assert_eq!(layer.len(), 5);
    for (words, reason) in new {
        assert_eq!(layer.get(span(words)).unwrap().ruling, Ruling::Dismissed(reason));
    }
    assert_eq!(layer.conflicts().count(), 0);
}

#[test]
fn git_keeps_both_decisions_on_one_number_and_tells_of_the_conflict() {
    let Some(repository) = Repository::new() else {
        return;
    };
    let number = "239.06亿元";
    repository.branch(
        "a",
        &[(number, DismissReason::Irrelevant), ("第1", DismissReason::Name)],
    );
    repository.branch("b", &[(number, DismissReason::Criterion)]);
    let output = repository.run(&["merge", "--no-edit", "a"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let layer = repository.layer();
    let ruling = |decision: &Decision| decision.ruling.clone();
    assert_eq!(
        ruling(layer.get(span(number)).unwrap()),
        Ruling::Dismissed(DismissReason::Criterion)
    );
    let theirs = layer.contested(span(number)).unwrap();
    assert_eq!(ruling(theirs), Ruling::Dismissed(DismissReason::Irrelevant));
    assert_eq!(
        ruling(layer.get(span("第1")).unwrap()),
        Ruling::Dismissed(DismissReason::Name)
    );
    // The file is valid, so that it can be committed as it is and settled in the window.
    repository.commit();
    assert_eq!(repository.layer(), layer);
}

#[test]
fn two_folders_and_several_layers_are_merged() {
    let folder = |decisions: &[(&str, DismissReason)]| {
        let repository = Repository::new()?;
        repository.decide(decisions);
        Some(repository)
    };
    let Some(ours) = folder(&[("19.4%", DismissReason::Name)]) else {
        return;
    };
    let Some(theirs) = folder(&[("19.4%", DismissReason::Date), ("第1", DismissReason::Name)]) else {
        return;
    };
    let data = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let mut program = Command::new(PROGRAM);
        program
            .env("INDICATOR_ANNOTATOR_DATA", data.path())
            .arg("merge")
            .args(arguments);
        program.output().unwrap()
    };
    let (mine, other) = (ours.path().to_str().unwrap(), theirs.path().to_str().unwrap());
    let output = run(&["--ours", mine, "--theirs", other]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let layer = ours.layer();
    assert_eq!((layer.len(), layer.conflicts().count()), (3, 1));

    // A second annotator, who differs on one number.
    let mut second = Layer::default();
    for (words, reason) in [
        ("2023", DismissReason::Date),
        ("19.4%", DismissReason::Date),
        ("第1", DismissReason::Name),
    ] {
        second.insert(Arc::new(Decision::manual(span(words), Ruling::Dismissed(reason))));
    }
    let (mut store, opened) = Store::open(ours.path()).unwrap();
    let part = Part::Layer {
        annotator: "李".into(),
        report: report(),
        layer: second,
        text: Arc::clone(&opened.texts[&report()]),
    };
    store.write(&[part]).unwrap();
    drop(store);
    let output = run(&[mine]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(
        printed.contains("unanimous  2\n") && printed.contains("differing  1\n"),
        "{printed}"
    );
    let output = run(&[mine, "--strategy", "prefer:李"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let (_store, opened) = Store::open(ours.path()).unwrap();
    let curated = opened.project.layer(&"curated".into(), &report()).unwrap();
    assert_eq!(
        curated.get(span("19.4%")).unwrap().ruling,
        Ruling::Dismissed(DismissReason::Date)
    );
    assert_eq!(curated.len(), 3);
}
