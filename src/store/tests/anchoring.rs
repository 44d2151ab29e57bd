//! Finding decisions again in a text that was changed.

use std::fs;

use super::samples::{TEXT, folder, plain, saved};
use crate::model::{Annotator, ReportId, Ruling};
use crate::store::{Part, Store, StoreNotice};

/// Opens the sample with another text and answers which words are decided on, with the figures
/// kept, moved, ambiguous and lost.
fn reopened_with(text: &str) -> (Vec<String>, [usize; 4]) {
    let folder = folder();
    saved(&plain(), folder.path());
    fs::write(folder.path().join("reports/000_泉州.txt"), text).unwrap();
    let (_store, opened) = Store::open(folder.path()).unwrap();
    let layer = opened.project.layer(&"林".into(), &"000_泉州".into());
    let words = layer.map(|layer| {
        layer
            .iter()
            .map(|d| d.span.of(text).unwrap().to_owned())
            .collect()
    });
    let changed = |notice: &StoreNotice| matches!(notice, StoreNotice::TextChanged { .. });
    assert_eq!(opened.notices.iter().any(changed), text != TEXT);
    let figures = opened.notices.iter().find_map(|notice| match notice {
        StoreNotice::Anchored {
            annotator: Some(_),
            anchoring,
            ..
        } => Some([
            anchoring.kept,
            anchoring.moved,
            anchoring.ambiguous.len(),
            anchoring.lost.len(),
        ]),
        _ => None,
    });
    (words.unwrap_or_default(), figures.unwrap_or([3, 0, 0, 0]))
}

#[test]
fn quotes_are_found_again() {
    let all = ["2023年", "239.06亿元", "第1"];
    for (why, text, words, figures) in [
        ("unchanged", TEXT.to_owned(), &all[..], [3, 0, 0, 0]),
        (
            "something at the end",
            format!("{TEXT}附件12"),
            &all,
            [3, 0, 0, 0],
        ),
        (
            "something before all",
            format!("前言2023年1\n{TEXT}"),
            &all,
            [0, 3, 0, 0],
        ),
        (
            "something between",
            TEXT.replace("增速居", "而且增速居"),
            &all,
            [2, 1, 0, 0],
        ),
        ("the whole twice", format!("x{TEXT}{TEXT}"), &all, [0, 0, 3, 0]),
        (
            "a number gone",
            TEXT.replace("239.06亿元", "很多"),
            &["2023年", "第1"],
            [1, 1, 0, 1],
        ),
        ("another text", "第1条 无".to_owned(), &[], [0, 0, 0, 3]),
        ("no text", String::new(), &[], [0, 0, 0, 3]),
    ] {
        let (found, counted) = reopened_with(&text);
        assert_eq!(found, words, "{why}");
        assert_eq!(counted, figures, "{why}");
    }
}

#[test]
fn places_of_equal_or_little_context_are_ambiguous() {
    let twin = "增长19.4%,增速居全省第1;R&D投入强度1.96";
    let (found, [.., ambiguous, lost]) = reopened_with(&format!("2023年全社会R&D投入{twin}。又{twin}"));
    assert_eq!(found, ["2023年", "第1"]);
    assert_eq!((ambiguous, lost), (2, 1));
}

#[test]
fn a_moved_decision_takes_its_evidence_along() {
    let folder = folder();
    saved(&plain(), folder.path());
    let text = format!("前言\n{TEXT}");
    fs::write(folder.path().join("reports/000_泉州.txt"), &text).unwrap();
    let (_store, opened) = Store::open(folder.path()).unwrap();
    let layer = opened.project.layer(&"林".into(), &"000_泉州".into()).unwrap();
    let evidence = layer.iter().find_map(|decision| match &decision.ruling {
        Ruling::Tagged(observation) => observation.indicator_span,
        Ruling::Dismissed(_) => None,
    });
    assert_eq!(evidence.unwrap().of(&text), Some("R&D投入"));
}

/// What is lost stays in the file, and comes back with its text.
#[test]
fn lost_decisions_are_kept() {
    let folder = folder();
    saved(&plain(), folder.path());
    let text_file = folder.path().join("reports/000_泉州.txt");
    fs::write(&text_file, TEXT.replace("239.06亿元", "很多")).unwrap();
    let (annotator, report): (Annotator, ReportId) = ("林".into(), "000_泉州".into());
    let (mut store, opened) = Store::open(folder.path()).unwrap();
    assert_eq!(store.unanchored(&annotator, &report), 1);
    let part = Part::Layer {
        annotator: annotator.clone(),
        report: report.clone(),
        layer: opened.project.layer(&annotator, &report).unwrap().clone(),
        text: opened.texts[&report].clone(),
    };
    assert_eq!(store.write(std::slice::from_ref(&part)).unwrap(), 1);
    let written = fs::read_to_string(folder.path().join("layers/林/000_泉州.ron")).unwrap();
    assert!(written.contains("unanchored: ["));

    let (_store, again) = Store::open(folder.path()).unwrap();
    assert_eq!(again.project.layers, opened.project.layers);
    fs::write(&text_file, TEXT).unwrap();
    let (_store, restored) = Store::open(folder.path()).unwrap();
    assert_eq!(restored.project.layers, plain().project.layers);

    store.forget_unanchored(&annotator, &report);
    assert_eq!(store.write(&[part]).unwrap(), 1);
}

#[test]
fn line_ends_of_another_system_are_no_change() {
    let (found, figures) = {
        let folder = folder();
        saved(&plain(), folder.path());
        let windows = format!("\u{feff}{}", TEXT.replace('\n', "\r\n"));
        fs::write(folder.path().join("reports/000_泉州.txt"), windows).unwrap();
        let (_store, opened) = Store::open(folder.path()).unwrap();
        (opened.project, opened.notices)
    };
    assert_eq!(found, plain().project);
    assert_eq!(figures, []);
}
