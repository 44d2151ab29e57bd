//! What other programs decided, into a layer.

use std::fs;

use indicator_annotator::app::action::{Action, Format, Front};
use indicator_annotator::app::command::Command;
use indicator_annotator::app::foreign::{self, Foreign, Trouble, Wanted};
use indicator_annotator::app::imports;
use indicator_annotator::app::jobs::Watch;
use indicator_annotator::app::notice::Message;
use indicator_annotator::app::ports::Purpose;
use indicator_annotator::model::{Annotator, DismissReason};

use super::{export, tag};
use crate::desk::{ANNOTATOR, Desk};

fn wanted(annotator: &str) -> Wanted {
    Wanted {
        annotator: Annotator::from(annotator),
        format: None,
        unit: None,
    }
}

/// A desk with two decisions that were written for Prodigy, and the file's path.
fn exported() -> (Desk, std::path::PathBuf) {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    tag(&mut desk, "1609家");
    let path = desk.path("other.jsonl");
    desk.act(export(Format::Spacy, path.clone()));
    desk.act(Action::CloseFront);
    (desk, path)
}

#[test]
fn annotations_become_another_layer_in_one_step() {
    let (mut desk, path) = exported();
    desk.act(Action::UsePath(Purpose::ImportAnnotations, path.clone()));
    assert_eq!(
        desk.app.view.front,
        Some(Front::ImportAnnotations(vec![path.clone()]))
    );
    desk.act(Action::ImportAnnotations(vec![path], wanted("乙")));
    assert!(desk.has_message(|message| matches!(message, Message::AnnotationsImported(2, _))));
    let report = desk.app.view.report.clone().unwrap();
    let other = Annotator::from("乙");
    let spans = |desk: &Desk, annotator: &Annotator| -> Vec<_> {
        let layer = desk
            .app
            .project
            .layer(annotator, &report)
            .cloned()
            .unwrap_or_default();
        layer
            .iter()
            .map(|decision| (decision.span, decision.ruling.clone()))
            .collect()
    };
    assert_eq!(spans(&desk, &other), spans(&desk, &Annotator::from(ANNOTATOR)));
    desk.wait(1.0);
    assert!(desk.path(&format!("project/layers/乙/{report}.ron")).is_file());
    desk.run(Command::Undo);
    assert!(spans(&desk, &other).is_empty());
    assert_eq!(spans(&desk, &Annotator::from(ANNOTATOR)).len(), 2);
}

#[test]
fn what_is_decided_otherwise_or_cannot_be_read_is_told_and_the_rest_comes_in() {
    let (mut desk, path) = exported();
    desk.run(Command::Undo);
    desk.choose("239.06亿元");
    desk.run(Command::Reopen);
    desk.act(Action::DismissFor(DismissReason::Irrelevant));
    let broken = desk.path("broken.jsonl");
    fs::write(&broken, "{\"text\": \n").unwrap();
    desk.act(Action::ImportAnnotations(
        vec![path, broken.clone()],
        wanted(ANNOTATOR),
    ));
    assert_eq!(desk.app.view.front, Some(Front::ForeignTaken));
    let (_, foreign) = desk.app.view.foreign.as_ref().unwrap();
    assert_eq!((foreign.fresh.len(), foreign.there, foreign.refused()), (1, 0, 2));
    assert!(matches!(&foreign.troubles[0].1, Trouble::Otherwise(_, words) if words == "239.06亿元"));
    assert_eq!(foreign.troubles[1], (broken, Trouble::UnknownFormat));
    assert!(desk.decision("1609家").is_some());
    assert_eq!(desk.decision("239.06亿元").unwrap().ruling.observation(), None);
}

#[test]
fn what_the_person_stops_changes_nothing() {
    let (mut desk, path) = exported();
    let layer = desk.layer();
    let watch = Watch::default();
    watch.cancel();
    let read = |path: &std::path::Path| fs::read(path);
    let texts = desk.app.texts_by_report();
    let foreign = foreign::read(
        (&desk.app.project, &texts),
        std::slice::from_ref(&path),
        &wanted("乙"),
        &read,
        &watch,
    );
    assert_eq!(foreign, Foreign::default(), "a stopped job reads no further");
    let imported = imports::read_files(&desk.app.project, &texts, &[path], &watch);
    assert!(imported.is_stopped);
    desk.act(Action::StopWaiting);
    assert_eq!(desk.layer(), layer);
}
