//! Decisions written for other programs.

use std::fs;
use std::sync::Arc;

use indicator_annotator::app::action::{Action, Export, Format, Front};
use indicator_annotator::app::notice::Message;
use indicator_annotator::app::ports::Purpose;
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
        reports: Some(vec![other]),
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

#[test]
fn the_page_of_the_original_is_written_before_and_after_the_project_is_opened_again() {
    let root = tempfile::TempDir::new().unwrap();
    let document =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/documents/report.pdf");
    fs::copy(document, root.path().join("report.pdf")).unwrap();
    let mut desk = Desk::at(Arc::new(root));
    desk.act(Action::Open(vec![desk.path("report.pdf")]));
    desk.act(Action::UsePath(Purpose::SaveFolder, desk.path("project")));
    accept_everything(&mut desk);
    desk.wait(6.0);
    let mut again = desk.again();
    desk.app.keeping.keeper = None;
    again.act(Action::Open(vec![again.path("project")]));
    for (desk, name) in [(&mut desk, "before.jsonl"), (&mut again, "after.jsonl")] {
        let path = desk.path(name);
        desk.act(export(Format::Mentions, path.clone()));
        let lines = desk.read(&path);
        let pages: Vec<u64> = lines
            .lines()
            .map(|line| {
                serde_json::from_str::<serde_json::Value>(line).unwrap()["page"]
                    .as_u64()
                    .unwrap()
            })
            .collect();
        assert!(
            pages.is_sorted() && pages[0] == 1 && pages[pages.len() - 1] > 1,
            "{name}: {pages:?}"
        );
    }
}
