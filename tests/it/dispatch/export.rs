//! Decisions written for other programs.

use std::fs;
use std::sync::Arc;

use indicator_annotator::app::action::{Action, Export, Format, Front};
use indicator_annotator::app::notice::Message;
use indicator_annotator::model::Decision;

use super::{accept_everything, export};
use crate::desk::Desk;

#[test]
fn a_layer_is_written_for_other_programs_and_what_stays_behind_is_told() {
    let mut desk = Desk::with_project();
    accept_everything(&mut desk);
    for format in Format::ALL {
        let path = desk.path(&format!("out-{format}"));
        desk.act(export(*format, path.clone()));
        assert_eq!(desk.app.view.front, Some(Front::Exported), "{format}");
        let (_, written) = desk.app.view.exported.as_ref().unwrap();
        let carries = |it: &&Arc<Decision>| format.losses().iter().all(|loss| loss.keeps(&it.ruling));
        let expected = desk.layer().iter().filter(carries).count();
        assert_eq!(written.decisions, expected, "{format}");
        let file = if format.is_folder() {
            std::fs::read_dir(&path)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .max()
                .unwrap()
        } else {
            path
        };
        assert!(!std::fs::read(file).unwrap().is_empty(), "{format}");
    }
    let other = desk.app.project.reports[1].id.clone();
    let path = desk.path("one.jsonl");
    let Action::Export(all) = export(Format::Mentions, path) else {
        unreachable!()
    };
    let only_the_other = Export {
        report: Some(other),
        ..all
    };
    desk.act(Action::Export(only_the_other));
    let (_, written) = desk.app.view.exported.as_ref().unwrap();
    assert_eq!(
        (written.reports, written.decisions),
        (0, 0),
        "nothing is decided on there"
    );
    let nowhere = desk.path("report.txt/below/a/file");
    desk.act(export(Format::Mentions, nowhere));
    assert!(desk.has_message(|message| matches!(message, Message::ExportFailed(..))));
}

#[test]
fn what_lies_there_is_replaced_only_when_the_person_says_so() {
    let mut desk = Desk::with_project();
    accept_everything(&mut desk);
    let path = desk.path("mine.json");
    fs::write(&path, "of another day").unwrap();
    desk.act(export(Format::LabelStudio, path.clone()));
    let Some(Front::ReplaceExport(wanted)) = desk.app.view.front.clone() else {
        panic!("{:?}", desk.app.view.front);
    };
    assert_eq!(desk.read(&path), "of another day");
    desk.act(Action::Export(Export {
        replaces: true,
        with_config: true,
        ..*wanted
    }));
    assert_eq!(desk.app.view.front, Some(Front::Exported));
    assert!(desk.read(&path).starts_with('['));
    let config = desk.read(desk.path("mine.config.xml"));
    assert!(
        config.starts_with("<View>") && config.contains("<Labels"),
        "{config}"
    );
}
