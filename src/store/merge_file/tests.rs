use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::model::{
    Catalogue, Change, Decision, DismissReason, Layer, Observation, RejectReason, Ruling, Score, Span,
    Suggestion,
};
use crate::query::merge::merge_layers;
use crate::store::format::{
    LayerPen, Unanchored, read_layer, write_catalogue, write_changes, write_suggestions,
};
use crate::text::offsets::fingerprint;

const TEXT: &str = "2023年全社会R&D投入239.06亿元,增长19.4%,增速居全省第1;高新技术企业2000家。\n";
const PATH: &str = "projects/quanzhou/layers/王/r.ron";

fn span(words: &str) -> Span {
    let start = TEXT.find(words).unwrap();
    Span::new(start, start + words.len())
}

fn tagged(words: &str, period: &str) -> Arc<Decision> {
    let observation = Observation {
        indicator_text: "R&D投入".to_owned(),
        indicator_span: Some(span("R&D投入")),
        time_period: period.to_owned(),
        ..Observation::default()
    };
    Arc::new(Decision::manual(
        span(words),
        Ruling::Tagged(Box::new(observation)),
    ))
}

fn dismissed(words: &str) -> Arc<Decision> {
    Arc::new(Decision::manual(
        span(words),
        Ruling::Dismissed(DismissReason::Date),
    ))
}

fn layer(decisions: &[Arc<Decision>]) -> Layer {
    let mut layer = Layer::default();
    for decision in decisions {
        layer.insert(Arc::clone(decision));
    }
    layer
}

fn file(layer: &Layer) -> Vec<u8> {
    let mut pen = LayerPen::new(&TEXT.into());
    let (annotator, report) = ("王".into(), "r".into());
    let text = pen.layer(&annotator, &report, layer, &Unanchored::default());
    text.unwrap().into_bytes()
}

#[test]
fn layers_are_merged_as_they_would_be_over_their_text() {
    let year = dismissed("2023年");
    let mut base = layer(&[
        Arc::clone(&year),
        tagged("239.06亿元", "2022"),
        tagged("第1", "2023"),
    ]);
    base.contest(span("19.4%"), Some(dismissed("19.4%")));
    let mut ours = layer(&[
        Arc::clone(&year),
        tagged("239.06亿元", "2023"),
        tagged("第1", "2023"),
        tagged("2000家", "2023"),
    ]);
    ours.reject(span("第1"), "built-in", Some(RejectReason::Period));
    ours.contest(span("19.4%"), Some(dismissed("19.4%")));
    let mut theirs = layer(&[
        tagged("239.06亿元", "2024"),
        tagged("第1", "2023"),
        dismissed("19.4"),
    ]);
    theirs.reject(span("239.06亿元"), "m", Some(RejectReason::Unit));
    let merged = merge_file(Path::new(PATH), Some(&file(&base)), &file(&ours), &file(&theirs)).unwrap();
    let expected = merge_layers(Some(&base), &ours, &theirs);
    assert_eq!(
        String::from_utf8(merged.bytes).unwrap(),
        String::from_utf8(file(&expected.layer)).unwrap()
    );
    assert_eq!(merged.conflicts.len(), 1);
    assert_eq!(expected.layer.conflicts().count(), 1);
    assert!(expected.layer.get(span("2023年")).is_none());
}

#[test]
fn merging_what_nobody_changed_writes_the_same_bytes() {
    let report: ReportId = "r".into();
    let suggestion = Suggestion {
        span: span("2000家"),
        ruling: tagged("2000家", "2023").ruling.clone(),
        agent: "m".to_owned(),
        score: Score(700),
        reasons: Vec::new(),
        doubts: Vec::new(),
    };
    let suggestions = write_suggestions(&report, &[suggestion], TEXT).unwrap();
    let files = [
        (
            PATH,
            file(&layer(&[dismissed("2023年"), tagged("2000家", "2023")])),
        ),
        (PATH, file(&Layer::default())),
        ("suggestions/r.ron", suggestions.into_bytes()),
        (
            "catalogue.ron",
            write_catalogue(&Catalogue::default()).unwrap().into_bytes(),
        ),
        ("guidelines.md", "一\n\n二\n".into()),
    ];
    for (path, bytes) in files {
        let merged = merge_file(Path::new(path), None, &bytes, &bytes).unwrap();
        assert_eq!(
            String::from_utf8(merged.bytes),
            String::from_utf8(bytes),
            "{path}"
        );
        assert_eq!(merged.conflicts, []);
    }
}

#[test]
fn copies_that_do_not_belong_together_are_refused() {
    let ours = file(&layer(&[dismissed("2023年")]));
    let text = String::from_utf8(ours.clone()).unwrap();
    let other_text = text.replace(&fingerprint(TEXT).sha256, "0123456789abcdef");
    let other_annotator = text.replace("annotator: \"王\"", "annotator: \"李\"");
    let newer = text.replace("format: 1", "format: 99");
    let cases = [
        (PATH, other_text.as_str(), MergeFileError::OtherText),
        (PATH, &other_annotator, MergeFileError::OtherThing),
        (PATH, &newer, MergeFileError::NewerFormat(99)),
        ("notes/r.ron", &text, MergeFileError::NotOurs),
    ];
    for (path, theirs, expected) in cases {
        let found = merge_file(Path::new(path), None, &ours, theirs.as_bytes());
        assert_eq!(found.unwrap_err(), expected, "{path}");
    }
    let broken = merge_file(Path::new(PATH), None, &ours, b"<<<<<<< ours");
    assert!(matches!(broken, Err(MergeFileError::Broken(_))));
    // A base in another text is as good as none.
    let base = other_text.as_bytes();
    let merged = merge_file(Path::new(PATH), Some(base), &ours, &ours).unwrap();
    assert_eq!(merged.bytes, ours);
    assert!(read_layer(Path::new(PATH), &merged.bytes).is_ok());
}

#[test]
fn timelines_are_put_together_by_time() {
    let (annotator, report) = (Annotator::from("王"), ReportId::from("r"));
    let log = |times: &[u64]| -> Vec<u8> {
        let change = |at: &u64| Change {
            at: *at,
            took: None,
            by: annotator.clone(),
            gesture: "accept".to_owned(),
            span: span("2023年"),
            before: None,
            after: Some(dismissed("2023年")),
        };
        let changes: Vec<Change> = times.iter().map(change).collect();
        let bodies = write_changes(&annotator, &report, &changes, TEXT).unwrap();
        bodies
            .iter()
            .flat_map(|body| lines::line_of(body).into_bytes())
            .collect()
    };
    let path = Path::new("history/王/r.log");
    let merged = merge_file(path, Some(&log(&[1])), &log(&[1, 3, 9]), &log(&[1, 2, 7])).unwrap();
    assert_eq!(merged.bytes, log(&[1, 2, 3, 7, 9]));
}
