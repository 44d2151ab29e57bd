//! Whole reports: those that come with the program, and real ones where they are at hand.

use std::fs;
use std::path::{Path, PathBuf};

use indicator_annotator::app::action::Action;
use indicator_annotator::model::{Role, Span};
use indicator_annotator::number;
use indicator_annotator::text::outline::{BlockKind, Outline};
use indicator_annotator::text::read::{Reading, read};

use crate::desk::Desk;

/// The least F1 of exactly found numbers of any role against the gold files; 0.913 was measured.
const SPANS_FLOOR: f64 = 0.905;

/// The same for indicator values alone, role included; 0.992 was measured.
const INDICATORS_FLOOR: f64 = 0.985;

/// The folder of real reports and gold beside the checkout, where there is one.
fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if folder.join("reports").is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {} is not there", folder.join("reports").display());
    None
}

fn files_in(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    files.sort();
    files
}

fn open(path: &Path) -> Reading {
    let name = path.file_name().unwrap().to_string_lossy();
    read(&fs::read(path).unwrap(), &name, None).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What is not clean in a shown text, in words.
fn blemishes(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for sign in [
        "&nbsp;", "&amp;", "&#", "<p", "</p>", "<br", "<div", "<span", "\r", "\u{a0}", "\u{feff}", "\n\n\n",
        "\u{fffd}",
    ] {
        if text.contains(sign) {
            found.push(format!("{sign:?}"));
        }
    }
    if text.lines().any(|line| line != line.trim_end()) {
        found.push("a line ends with spaces".to_owned());
    }
    found
}

fn headings(text: &str) -> usize {
    let outline = Outline::of(text);
    outline
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Heading(_) | BlockKind::Title))
        .count()
}

#[test]
fn every_sample_report_opens_with_the_window() {
    let mut desk = Desk::at(std::sync::Arc::new(tempfile::TempDir::new().unwrap()));
    desk.act(Action::Open(vec![
        Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_docs"),
    ]));
    assert!(desk.messages().is_empty(), "{:?}", desk.messages());
    let reports = desk.app.project.reports.clone();
    assert!(reports.len() >= 5, "{} reports", reports.len());
    for report in &reports {
        desk.act(Action::ShowReport(report.id.clone()));
        let text = &desk.app.document().unwrap().text;
        assert_eq!(blemishes(text), Vec::<String>::new(), "{}", report.original);
        assert!(headings(text) >= 1, "{} has no heading", report.original);
        let wanted = if report.original.contains("GBK") {
            "gb"
        } else {
            "utf-8"
        };
        assert!(
            report.encoding.to_lowercase().starts_with(wanted),
            "{}: {}",
            report.original,
            report.encoding
        );
        assert!(!report.title.is_empty() && !report.area.is_empty(), "{report:?}");
        assert!(
            desk.app.marks.ledger().open >= 10,
            "{}: {:?}",
            report.original,
            desk.app.marks.ledger()
        );
    }
    assert!(
        desk.app.project_ledger().open >= 60,
        "{:?}",
        desk.app.project_ledger()
    );
}

#[test]
fn every_real_report_reads_as_clean_text() {
    let Some(shared) = shared() else {
        return;
    };
    for path in files_in(&shared.join("reports"), "txt") {
        let reading = open(&path);
        let name = path.file_name().unwrap().to_string_lossy();
        assert_eq!(blemishes(&reading.text), Vec::<String>::new(), "{name}");
        assert!(headings(&reading.text) >= 1, "{name} has no heading");
        assert!(number::mentions(&reading.text).len() >= 20, "{name}");
        assert!(reading.encoding_sure, "{name}: {}", reading.encoding.name());
    }
}

/// A number of the gold files.
struct Gold {
    /// Code points of the decoded file.
    source: (usize, usize),
    words: String,
    is_indicator: bool,
}

/// The reports that have gold, with it.
fn with_gold(shared: &Path) -> Vec<(String, Reading, Vec<Gold>)> {
    let files = files_in(&shared.join("gold"), "jsonl");
    let pairs = files.into_iter().map(|path| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let rows = fs::read_to_string(&path).unwrap();
        let gold = rows.lines().filter(|line| !line.trim().is_empty()).map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let number = |key: &str| usize::try_from(row[key].as_u64().unwrap()).unwrap();
            Gold {
                source: (number("start"), number("end")),
                words: row["text"].as_str().unwrap().to_owned(),
                is_indicator: row["role"] == "indicator",
            }
        });
        let reading = open(&shared.join("reports").join(format!("{name}.txt")));
        (name, reading, gold.collect())
    });
    pairs.collect()
}

#[test]
fn the_words_of_gold_stand_where_the_source_map_says() {
    let Some(shared) = shared() else {
        return;
    };
    for (name, reading, gold) in with_gold(&shared) {
        for Gold { source, words, .. } in gold {
            let shown = reading.source_map.shown_span(source, &reading.text);
            let shown = shown.unwrap_or_else(|| panic!("{name}: {words} at {source:?} is not shown"));
            let seen = shown.of(&reading.text).unwrap();
            let bare = |words: &str| {
                words
                    .chars()
                    .filter(|letter| !letter.is_whitespace())
                    .collect::<String>()
            };
            assert_eq!(bare(seen), bare(&words), "{name} at {source:?}");
            assert_eq!(
                reading.source_map.source_span(shown, &reading.text),
                Some(source),
                "{name}: {words}"
            );
        }
    }
}

/// Found, expected and correct ones together.
#[derive(Default)]
struct Tally {
    found: usize,
    expected: usize,
    right: usize,
}

impl Tally {
    fn add(&mut self, found: &[Span], expected: &[Span]) {
        self.found += found.len();
        self.expected += expected.len();
        self.right += found.iter().filter(|span| expected.contains(span)).count();
    }

    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.expected) as f64
    }
}

#[test]
fn the_recogniser_finds_what_people_found() {
    let Some(shared) = shared() else {
        return;
    };
    let (mut all, mut indicators) = (Tally::default(), Tally::default());
    for (_, reading, gold) in with_gold(&shared) {
        let mentions = number::mentions(&reading.text);
        let shown = |gold: &Gold| reading.source_map.shown_span(gold.source, &reading.text);
        let expected: Vec<Span> = gold.iter().filter_map(shown).collect();
        let found: Vec<Span> = mentions.iter().map(|mention| mention.span).collect();
        all.add(&found, &expected);
        let expected: Vec<Span> = gold
            .iter()
            .filter(|gold| gold.is_indicator)
            .filter_map(shown)
            .collect();
        let candidates = mentions.iter().filter(|mention| mention.role == Role::Indicator);
        indicators.add(
            &candidates.map(|mention| mention.span).collect::<Vec<_>>(),
            &expected,
        );
    }
    eprintln!(
        "exact spans: F1 {:.4} over {} gold numbers",
        all.f1(),
        all.expected
    );
    eprintln!(
        "indicator values: F1 {:.4} over {}",
        indicators.f1(),
        indicators.expected
    );
    assert!(all.f1() >= SPANS_FLOOR, "{:.4}", all.f1());
    assert!(indicators.f1() >= INDICATORS_FLOOR, "{:.4}", indicators.f1());
}
