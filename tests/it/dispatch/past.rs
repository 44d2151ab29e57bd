//! Undo and redo from one start of the program to the next.

use std::fs;
use std::path::PathBuf;

use indicator_annotator::app::action::Action;
use indicator_annotator::app::command::Command;
use indicator_annotator::app::notice::Message;
use indicator_annotator::app::ports::Purpose;
use indicator_annotator::edit::History;

use super::tag;
use crate::desk::Desk;

/// The next start of the program, with the project open.
fn next(desk: Desk) -> Desk {
    let mut next = desk.again();
    drop(desk);
    next.act(Action::Open(vec![next.path("project")]));
    next
}

/// The log of what can be undone in the project.
fn log(desk: &Desk) -> PathBuf {
    let entries = fs::read_dir(desk.path("data/recovery")).unwrap();
    let mut paths = entries.map(|entry| entry.unwrap().path());
    paths
        .find(|path| path.extension().is_some_and(|suffix| suffix == "past"))
        .unwrap()
}

#[test]
fn what_earlier_runs_did_can_be_undone_and_done_again() {
    let mut desk = Desk::with_reports();
    tag(&mut desk, "239.06亿元");
    desk.act(Action::UsePath(Purpose::SaveFolder, desk.path("project")));
    tag(&mut desk, "19.4%");
    let (layer, file) = (desk.layer(), desk.read(desk.layer_file()));
    desk.run(Command::Undo);
    desk.wait(1.0);
    let history = desk.app.history.clone();
    assert_eq!((history.done().len(), history.undone().len()), (1, 1));

    let mut desk = next(desk);
    assert_eq!(desk.app.history, history);
    desk.run(Command::Redo);
    assert_eq!(desk.layer(), layer);
    desk.wait(1.0);
    assert_eq!(desk.read(desk.layer_file()), file);

    let mut desk = next(desk);
    desk.run(Command::Undo);
    desk.run(Command::Undo);
    assert!(
        desk.layer().is_empty(),
        "also what was done before there was a project"
    );
    desk.run(Command::Undo);
    assert!(desk.has_message(|message| matches!(message, Message::NothingToUndo)));
    desk.wait(1.0);

    let mut desk = next(desk);
    desk.run(Command::Redo);
    desk.run(Command::Redo);
    assert_eq!(desk.layer(), layer);
}

#[test]
fn what_lies_beneath_a_change_by_others_is_not_undone() {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    tag(&mut desk, "19.4%");
    let (layer, path) = (desk.read(desk.layer_file()), desk.layer_file());
    desk.act(Action::Open(vec![desk.path("reports")]));
    let changed = layer.replace("\"2023\"", "\"2022\"");
    let unchecked: String = changed
        .lines()
        .filter(|line| !line.contains("check:"))
        .collect::<Vec<_>>()
        .join("\n");
    fs::write(&path, unchecked).unwrap();

    let mut desk = next(desk);
    assert_eq!(desk.app.history, History::default());
    tag(&mut desk, "1609家");
    let mut desk = next(desk);
    assert_eq!(desk.app.history.done().len(), 1, "only what was done since");
    desk.run(Command::Undo);
    assert_eq!(desk.layer().len(), 2);
}

#[test]
fn a_text_that_is_at_hand_no_more_does_not_come_back() {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    let [first, second] = [0, 1].map(|place: usize| desk.app.project.reports[place].id.clone());
    desk.act(Action::ShowReport(second));
    desk.run(Command::RemoveReport);
    desk.act(Action::ShowReport(first));
    tag(&mut desk, "19.4%");
    desk.run(Command::Undo);
    desk.run(Command::Undo);
    assert_eq!(desk.app.project.reports.len(), 2);
    desk.run(Command::Redo);
    desk.run(Command::Redo);
    desk.wait(1.0);

    let mut desk = next(desk);
    desk.run(Command::Undo);
    desk.run(Command::Undo);
    assert!(desk.has_message(|message| matches!(message, Message::NothingToUndo)));
    assert_eq!(desk.app.project.reports.len(), 1);
    assert_eq!(desk.layer().len(), 1);
}

#[test]
fn a_damaged_log_costs_no_more_than_what_stands_behind_the_damage() {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    let whole = fs::read(log(&desk)).unwrap();
    desk.act(Action::ShowReport(desk.app.project.reports[1].id.clone()));
    desk.choose("217家");
    desk.run(Command::Dismiss);
    desk.wait(1.0);
    let mut bytes = fs::read(log(&desk)).unwrap();
    assert!(bytes.len() > whole.len());
    bytes.truncate(bytes.len() - 5);
    fs::write(log(&desk), bytes).unwrap();

    let mut desk = next(desk);
    assert!(
        desk.app.history.is_empty(),
        "the file of the last gesture may hold anything"
    );
    tag(&mut desk, "19.4%");
    let history = desk.app.history.clone();
    let desk = next(desk);
    assert_eq!(
        desk.app.history, history,
        "what is written behind it is read again"
    );
}

#[test]
fn what_was_decided_on_another_text_is_not_undone() {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    let id = desk.app.view.report.clone().unwrap();
    let path = desk.path(&format!("project/reports/{id}.txt"));
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("总结", "工作总结")).unwrap();
    let mut desk = next(desk);
    assert!(
        desk.app.history.is_empty(),
        "its places are those of the old text"
    );
    desk.run(Command::Undo);
    assert_eq!(desk.layer().len(), 1);
}
