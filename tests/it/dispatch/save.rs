//! Saving: when, where, and what stands in the files.

use std::fs;

use indicator_annotator::app::action::{Action, Front};
use indicator_annotator::app::command::Command;
use indicator_annotator::app::notice::Message;
use indicator_annotator::app::ports::Purpose;
use indicator_annotator::app::startup;
use indicator_annotator::store::StoreNotice;

use super::{tag, walk};
use crate::desk::{ANNOTATOR, Desk};

#[test]
fn the_first_save_asks_where_and_then_everything_is_there() {
    let mut desk = Desk::with_reports();
    tag(&mut desk, "239.06亿元");
    assert!(desk.app.has_unplaced_work());
    desk.run(Command::Save);
    assert_eq!(desk.app.view.front, Some(Front::TypePath(Purpose::SaveFolder)));
    desk.act(Action::UsePath(Purpose::SaveFolder, desk.path("project")));
    assert!(
        desk.has_message(|message| matches!(message, Message::Saved(_))),
        "{:?}",
        desk.messages()
    );
    for file in [
        "project.ron",
        "catalogue.ron",
        "reports/a清河.txt",
        "reports/b松桥.txt",
    ] {
        assert!(desk.path("project").join(file).is_file(), "{file}");
    }
    assert!(desk.layer_file().is_file());
    assert!(!desk.app.has_unplaced_work());
    let mut again = desk.again();
    drop(desk);
    again.act(Action::Open(vec![again.path("project")]));
    assert_eq!(again.observation("239.06亿元").value.to_string(), "23906000000");
    assert_eq!(again.app.view.front, None, "nothing is left to be recovered");
}

#[test]
fn a_change_is_written_by_itself_within_half_a_second() {
    let mut desk = Desk::with_project();
    desk.choose("239.06亿元");
    desk.run(Command::Accept);
    assert!(!desk.layer_file().exists());
    desk.wait(0.25);
    desk.wait(0.25);
    assert!(desk.read(desk.layer_file()).contains("quote: \"239.06亿元\""));
    assert!(desk.app.keeping.dirty.is_empty());
}

#[test]
fn saving_unchanged_writes_the_same_bytes() {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    let all = |desk: &Desk| {
        let mut files: Vec<_> = walk(&desk.path("project"))
            .into_iter()
            .map(|path| (fs::read(&path).unwrap(), path))
            .collect();
        // What has happened only grows: undoing is a change as well.
        files.retain(|(_, path)| !path.starts_with(desk.path("project/history")));
        files.sort();
        files
    };
    let before = all(&desk);
    desk.run(Command::Save);
    desk.run(Command::Undo);
    desk.wait(1.0);
    desk.run(Command::Redo);
    desk.wait(1.0);
    assert_eq!(all(&desk), before);
}

#[test]
fn undoing_the_only_decision_removes_its_file() {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    assert!(desk.layer_file().is_file());
    desk.run(Command::Undo);
    desk.wait(1.0);
    assert!(!desk.layer_file().exists());
}

#[test]
fn settings_come_back_and_broken_ones_cost_nothing() {
    let mut desk = Desk::with_reports();
    let mut settings = desk.app.settings.clone();
    (settings.text_size, settings.column) = (21, 200);
    desk.act(Action::SetSettings(Box::new(settings)));
    desk.wait(1.0);
    let state = startup::first_state(&desk.path("data"));
    assert_eq!(
        (state.settings.text_size, state.settings.column),
        (21, 120),
        "values are kept in their range"
    );
    assert_eq!(state.settings.annotator, ANNOTATOR);
    let file = desk.path("data/settings.ron");
    fs::write(&file, "(text_size: ").unwrap();
    let state = startup::first_state(&desk.path("data"));
    assert_eq!(state.settings.text_size, 17);
    assert!(matches!(
        state.notices[0].message,
        Message::Store(StoreNotice::SettingsReset { .. })
    ));
}
