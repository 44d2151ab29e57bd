//! Ends of the program, wanted or not: what was not saved is offered, once, and never by itself.

use std::fs;

use indicator_annotator::app::action::{Action, Front};
use indicator_annotator::app::command::Command;
use indicator_annotator::app::notice::Message;
use indicator_annotator::model::DismissReason;
use indicator_annotator::store::OpenError;

use super::tag;
use crate::desk::Desk;

#[test]
fn work_without_a_place_survives_the_end_of_the_program() {
    let mut desk = Desk::with_reports();
    tag(&mut desk, "239.06亿元");
    desk.choose("19.4%");
    desk.act(Action::DismissFor(DismissReason::Irrelevant));
    desk.wait(0.1);
    let (layer, mut again) = (desk.layer(), desk.again());
    drop(desk);
    again.act(Action::Open(vec![again.path("reports")]));
    assert_eq!(again.app.view.front, Some(Front::Recovery));
    assert!(
        again.layer().is_empty(),
        "nothing is restored before it is asked for"
    );
    again.act(Action::Recover);
    assert_eq!(again.layer(), layer);
    assert!(
        again.has_message(|message| matches!(message, Message::Recovered(2))),
        "{:?}",
        again.messages()
    );
    again.run(Command::Undo);
    assert_eq!(again.layer().len(), 1, "each restored gesture can be undone");
    // A third start is offered what the second one restored, and not what it undid.
    again.wait(0.1);
    let (layer, mut third) = (again.layer(), again.again());
    drop(again);
    third.act(Action::Open(vec![third.path("reports")]));
    third.act(Action::Recover);
    assert_eq!(third.layer(), layer);
}

#[test]
fn discarded_work_is_not_offered_again() {
    let mut desk = Desk::with_reports();
    tag(&mut desk, "239.06亿元");
    let mut again = desk.again();
    drop(desk);
    again.act(Action::Open(vec![again.path("reports")]));
    again.act(Action::DiscardRecovery);
    let mut third = again.again();
    drop(again);
    third.act(Action::Open(vec![third.path("reports")]));
    assert_eq!(third.app.view.front, None);
}

#[test]
fn a_project_recovers_what_was_not_in_its_files_yet() {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    desk.choose("19.4%");
    desk.run(Command::Accept);
    desk.wait(0.1);
    assert!(
        !desk.read(desk.layer_file()).contains("quote: \"19.4%\""),
        "the file rests a little"
    );
    let (layer, mut again) = (desk.layer(), desk.again());
    drop(desk);
    again.act(Action::Open(vec![again.path("project")]));
    assert_eq!(again.layer().len(), 1);
    assert_eq!(again.app.view.front, Some(Front::Recovery));
    again.act(Action::Recover);
    again.wait(1.0);
    assert_eq!(again.layer(), layer);
    assert!(again.read(again.layer_file()).contains("quote: \"19.4%\""));
}

#[test]
fn the_program_does_not_close_on_work_without_a_place() {
    let mut desk = Desk::with_reports();
    tag(&mut desk, "239.06亿元");
    desk.run(Command::Quit);
    assert_eq!(desk.app.view.front, Some(Front::UnsavedQuit));
    assert!(!desk.app.may_close());
    desk.act(Action::QuitAnyway);
    assert!(desk.app.quit && desk.app.may_close());
}

#[test]
fn a_project_closes_only_when_everything_is_written() {
    let mut desk = Desk::with_project();
    desk.choose("239.06亿元");
    desk.run(Command::Accept);
    assert!(!desk.app.may_close());
    desk.run(Command::Quit);
    assert!(desk.app.quit);
    desk.wait(0.4);
    assert!(desk.app.may_close());
    assert!(desk.read(desk.layer_file()).contains("quote: \"239.06亿元\""));
}

#[test]
fn opening_something_else_writes_first() {
    let mut desk = Desk::with_project();
    desk.choose("239.06亿元");
    desk.run(Command::Accept);
    let layer = desk.layer_file();
    desk.act(Action::Open(vec![desk.path("reports")]));
    assert!(
        fs::read_to_string(layer)
            .unwrap()
            .contains("quote: \"239.06亿元\"")
    );
    assert!(desk.app.project.layers.is_empty());
}

#[test]
fn the_open_project_can_be_opened_again() {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    desk.act(Action::Open(vec![desk.path("project")]));
    assert_eq!(desk.app.keeping.look_only, None, "nobody else has it open");
    tag(&mut desk, "19.4%");
    assert!(desk.read(desk.layer_file()).contains("quote: \"19.4%\""));
}

#[test]
fn a_project_that_cannot_be_opened_again_is_kept_safe() {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    let head = desk.path("project/project.ron");
    let whole = fs::read_to_string(&head).unwrap();
    fs::write(&head, "broken").unwrap();
    desk.act(Action::Open(vec![desk.path("project")]));
    assert!(desk.has_message(|message| matches!(message, Message::OpenFailed(OpenError::Broken(_)))));
    fs::write(&head, whole).unwrap();
    desk.choose("19.4%");
    desk.run(Command::Accept);
    desk.wait(0.1);
    let (layer, mut again) = (desk.layer(), desk.again());
    drop(desk);
    again.act(Action::Open(vec![again.path("project")]));
    if again.app.view.front == Some(Front::Recovery) {
        again.act(Action::Recover);
    }
    assert_eq!(again.layer(), layer);
}

#[test]
fn reports_without_a_place_are_kept_safe_when_something_else_cannot_be_opened() {
    let mut desk = Desk::with_reports();
    tag(&mut desk, "239.06亿元");
    desk.act(Action::Open(vec![desk.path("gone.txt")]));
    tag(&mut desk, "19.4%");
    let (layer, mut again) = (desk.layer(), desk.again());
    drop(desk);
    again.act(Action::Open(vec![again.path("reports")]));
    again.act(Action::Recover);
    assert_eq!(again.layer(), layer);
}

#[test]
fn reports_without_a_place_can_be_opened_again() {
    let mut desk = Desk::with_reports();
    tag(&mut desk, "239.06亿元");
    let layer = desk.layer();
    desk.act(Action::Open(vec![desk.path("reports")]));
    assert_eq!(desk.app.view.front, Some(Front::Recovery));
    desk.act(Action::Recover);
    assert_eq!(desk.layer(), layer);
}
