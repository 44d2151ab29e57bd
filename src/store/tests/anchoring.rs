//! Finding decisions again in a text that was changed.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use super::samples::{TEXT, dismissed, everything, folder, plain, saved, span};
use crate::model::{Annotator, Decision, DismissReason, Layer, RejectReason, ReportId, Ruling, Span};
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

/// What a text looks like to a layer's rejections and conflicts: the words of each.
fn objections(layer: &Layer, text: &str) -> Vec<String> {
    let words = |span: Span| span.of(text).unwrap().to_owned();
    let rejections = layer.rejections();
    let rejections = rejections.map(|rejection| format!("{} by {}", words(rejection.span), rejection.agent));
    let conflicts = layer.conflicts();
    let conflicts = conflicts.map(|(span, theirs)| format!("{} against {}", words(span), words(theirs.span)));
    rejections.chain(conflicts).collect()
}

#[test]
fn rejections_and_conflicts_are_found_again_or_kept() {
    let folder = folder();
    saved(&everything(), folder.path());
    let text_file = folder.path().join("reports/000_泉州.txt");
    let (annotator, report): (Annotator, ReportId) = ("林".into(), "000_泉州".into());
    let all = [
        "2023年 by tagger",
        "1.96% by built-in",
        "1.96% by tagger",
        "239.06亿元 against 06亿元",
        "第1 against 第1",
    ];
    let gone = TEXT.replace("239.06亿元", "很多").replace("强度1.96%", "强度高");
    for (text, words, lost) in [
        (format!("前言\n{TEXT}"), &all[..], 0),
        (gone, &["2023年 by tagger", "第1 against 第1"], 4),
        (TEXT.to_owned(), &all, 0),
    ] {
        fs::write(&text_file, &text).unwrap();
        let (mut store, opened) = Store::open(folder.path()).unwrap();
        let layer = opened.project.layer(&annotator, &report).unwrap();
        assert_eq!(objections(layer, &text), words);
        assert_eq!(store.unanchored(&annotator, &report), lost);
        // Saved with the changed text, it is still all there.
        let part = Part::Layer {
            annotator: annotator.clone(),
            report: report.clone(),
            layer: layer.clone(),
            text: text.as_str().into(),
        };
        assert_eq!(store.write(&[part]).unwrap(), 1);
    }
    let (_store, opened) = Store::open(folder.path()).unwrap();
    let (found, right) = (
        &opened.project.layers[&annotator],
        &everything().project.layers[&annotator],
    );
    assert_eq!(found, right);
}

/// A layer whose only words are lost keeps its file.
#[test]
fn lost_rejections_alone_are_kept() {
    let folder = folder();
    saved(&everything(), folder.path());
    let text_file = folder.path().join("reports/000_泉州.txt");
    fs::write(&text_file, "别的").unwrap();
    let (mut store, opened) = Store::open(folder.path()).unwrap();
    let (annotator, report): (Annotator, ReportId) = ("王".into(), "000_泉州".into());
    assert_eq!(opened.project.layer(&annotator, &report), None);
    let part = Part::Layer {
        annotator: annotator.clone(),
        report: report.clone(),
        layer: Layer::default(),
        text: "别的".into(),
    };
    assert_eq!(store.write(&[part]).unwrap(), 1);
    fs::write(&text_file, TEXT).unwrap();
    let (_store, opened) = Store::open(folder.path()).unwrap();
    let layer = opened.project.layer(&annotator, &report).unwrap();
    assert_eq!(objections(layer, TEXT), ["2000家 by built-in"]);
}

/// Two decisions that come to stand on the same words are one too many; so are two conflicts.
#[test]
fn records_that_meet_in_one_place_are_not_merged() {
    let folder = folder();
    let mut opened = plain();
    let text = "甲投入5万元。乙投入5万元。";
    let mut layer = Layer::default();
    let first = span(text, "5万元");
    let second = Span::new(first.start + text.len() / 2, first.end + text.len() / 2);
    for (span, reason) in [(first, RejectReason::Value), (second, RejectReason::Unit)] {
        layer.reject(span, "a", Some(reason));
        let theirs = dismissed(text, "5万元", DismissReason::Date);
        layer.contest(span, Some(Arc::new(Decision { span, ..theirs })));
    }
    opened.project.reports = vec![super::samples::report("x", text)].into();
    opened.project.suggestions.clear();
    opened.project.layers = BTreeMap::from([("林".into(), BTreeMap::from([("x".into(), layer)]))]);
    opened.texts = BTreeMap::from([("x".into(), text.into())]);
    saved(&opened, folder.path());
    fs::write(folder.path().join("reports/x.txt"), "甲投入5万元。").unwrap();
    let (store, opened) = Store::open(folder.path()).unwrap();
    let layer = opened.project.layer(&"林".into(), &"x".into()).unwrap();
    assert_eq!(
        objections(layer, "甲投入5万元。"),
        ["5万元 by a", "5万元 against 5万元"]
    );
    assert_eq!(store.unanchored(&"林".into(), &"x".into()), 2);
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
