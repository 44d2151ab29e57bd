//! What can come between the work and its files: nothing is lost, and a message says what to do.

use std::fs;
use std::path::Path;

use indicator_annotator::app::action::{Action, Front};
use indicator_annotator::app::command::Command;
use indicator_annotator::app::keeper::LookOnly;
use indicator_annotator::app::notice::Message;
use indicator_annotator::app::ports::Purpose;
use indicator_annotator::model::Ruling;
use indicator_annotator::store::{OpenError, ReadOnly, SaveError, StoreNotice};

use super::{tag, walk};
use crate::desk::Desk;

/// Changes a file as a person does who takes out the checks of what they changed.
fn change(path: &Path, from: &str, to: &str) {
    let words = fs::read_to_string(path).unwrap();
    assert!(words.contains(from), "{}:\n{words}", path.display());
    let lines = words
        .lines()
        .filter(|line| !line.trim_start().starts_with("check: "));
    let lines: Vec<String> = lines.map(|line| line.replace(from, to) + "\n").collect();
    fs::write(path, lines.concat()).unwrap();
}

#[test]
fn a_place_that_cannot_be_written_keeps_the_work() {
    let mut desk = Desk::with_reports();
    tag(&mut desk, "239.06亿元");
    // A folder cannot be made below a file.
    let wrong = desk.path("reports/a清河.txt/project");
    desk.act(Action::UsePath(Purpose::SaveFolder, wrong));
    assert!(
        desk.has_message(|message| matches!(message, Message::SaveFailed(_))),
        "{:?}",
        desk.messages()
    );
    assert_eq!(desk.app.place, None);
    assert_eq!(desk.layer().len(), 1);
    desk.act(Action::UsePath(Purpose::SaveFolder, desk.path("project")));
    assert!(desk.read(desk.layer_file()).contains("quote: \"239.06亿元\""));
}

#[test]
fn an_existing_project_is_not_written_over() {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    let before = desk.read(desk.layer_file());
    let mut other = desk.again();
    drop(desk);
    other.act(Action::Open(vec![other.path("reports")]));
    tag(&mut other, "19.4%");
    other.act(Action::UsePath(Purpose::SaveFolder, other.path("project")));
    let there = |message: &Message| matches!(message, Message::SaveFailed(SaveError::AlreadyThere { .. }));
    assert!(other.has_message(there), "{:?}", other.messages());
    assert_eq!(other.read(other.layer_file()), before);
    assert_eq!(other.layer().len(), 1);
}

/// A project whose file of decisions another program changes, and a decision made after that.
fn changed_outside() -> Desk {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    tag(&mut desk, "19.4%");
    change(&desk.layer_file(), "ref_area: \"清河市\"", "ref_area: \"别处\"");
    tag(&mut desk, "第1");
    desk
}

#[test]
fn a_file_that_was_changed_outside_is_not_written_over() {
    let desk = changed_outside();
    assert!(desk.read(desk.layer_file()).contains("别处"));
    assert_eq!(desk.layer().len(), 3);
    assert!(
        matches!(desk.app.view.front, Some(Front::ChangedOutside(_))),
        "{:?}",
        desk.app.view.front
    );
    let said = |message: &Message| matches!(message, Message::SaveFailed(SaveError::ChangedOnDisk { .. }));
    assert!(desk.has_message(said), "{:?}", desk.messages());
}

#[test]
fn ours_can_stand_and_theirs_is_set_aside() {
    let mut desk = changed_outside();
    desk.act(Action::KeepOurs);
    desk.wait(1.0);
    let written = desk.read(desk.layer_file());
    assert!(written.contains("quote: \"第1\"") && !written.contains("别处"));
    let aside = walk(&desk.path("project"))
        .into_iter()
        .filter(|path| fs::read_to_string(path).is_ok_and(|words| words.contains("别处")));
    assert_eq!(aside.count(), 1, "theirs is kept beside ours");
    tag(&mut desk, "1609家");
    assert!(desk.read(desk.layer_file()).contains("quote: \"1609家\""));
}

#[test]
fn theirs_can_stand_and_ours_is_offered() {
    let mut desk = changed_outside();
    desk.act(Action::TakeTheirs);
    assert!(desk.decision("239.06亿元").is_some(), "{:?}", desk.messages());
    assert_eq!(desk.observation("239.06亿元").ref_area, "别处");
    assert!(desk.decision("第1").is_none());
    assert_eq!(
        desk.app.view.front,
        Some(Front::Recovery),
        "{:?}",
        desk.app.keeping.look_only
    );
    desk.act(Action::Recover);
    assert!(desk.decision("第1").is_some());
    assert_eq!(desk.observation("239.06亿元").ref_area, "别处");
}

#[test]
fn a_change_outside_is_noticed_without_a_change_of_ours() {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    change(&desk.layer_file(), "ref_area: \"清河市\"", "ref_area: \"别处\"");
    desk.wait(2.0);
    assert!(
        matches!(desk.app.view.front, Some(Front::ChangedOutside(_))),
        "{:?}",
        desk.app.view.front
    );
}

#[test]
fn a_file_that_is_removed_or_replaced_outside_is_noticed_within_two_seconds_and_ours_can_stand() {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    let file = desk.layer_file();
    fs::remove_file(&file).unwrap();
    desk.wait(2.0);
    assert_eq!(
        desk.app.view.front,
        Some(Front::ChangedOutside(vec![file.clone()]))
    );
    desk.act(Action::KeepOurs);
    desk.wait(1.0);
    assert!(
        desk.read(&file).contains("quote: \"239.06亿元\""),
        "{:?}",
        desk.messages()
    );

    // Another file takes its place, as sync clients do it: of the same length and time.
    let before = fs::metadata(&file).unwrap();
    let theirs = desk.read(&file).replace("清河市", "青河市");
    let beside = file.with_extension("new");
    fs::write(&beside, &theirs).unwrap();
    let new = fs::File::options().write(true).open(&beside).unwrap();
    new.set_modified(before.modified().unwrap()).unwrap();
    fs::rename(&beside, &file).unwrap();
    assert_eq!(fs::metadata(&file).unwrap().len(), before.len());
    desk.wait(2.0);
    assert_eq!(desk.app.view.front, Some(Front::ChangedOutside(vec![file])));
}

#[test]
fn a_newer_format_opens_to_be_looked_at_or_says_so() {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    let head = desk.path("project/project.ron");
    change(&head, "format: 1,", "format: 9,");
    let (before, mut again) = (fs::read_to_string(&head).unwrap(), desk.again());
    drop(desk);
    again.act(Action::Open(vec![again.path("project")]));
    let newer = |message: &Message| {
        matches!(
            message,
            Message::OpenFailed(OpenError::NewerFormat { .. })
                | Message::Store(StoreNotice::NewerFormat { .. })
        )
    };
    assert!(again.has_message(newer), "{:?}", again.messages());
    if again.app.document().is_some() {
        assert!(matches!(
            again.app.keeping.look_only,
            Some(LookOnly::Files(ReadOnly::NewerFormat { .. }))
        ));
        tag(&mut again, "19.4%");
        again.run(Command::Save);
    }
    assert_eq!(fs::read_to_string(&head).unwrap(), before);
}

#[test]
fn a_broken_project_file_is_refused_with_its_place() {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    change(&desk.path("project/project.ron"), "reports: [", "reports: {");
    let mut again = desk.again();
    drop(desk);
    again.act(Action::Open(vec![again.path("project/project.ron")]));
    let said = again.has_message(|message| match message {
        Message::OpenFailed(OpenError::Broken(broken)) => {
            broken.line > 1 && broken.path.ends_with("project.ron")
        }
        _ => false,
    });
    assert!(said, "{:?}", again.messages());
    assert!(again.app.project.reports.is_empty());
}

#[test]
fn a_broken_file_of_decisions_costs_only_itself_and_is_not_overwritten() {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    let (layer, mut again) = (desk.layer_file(), desk.again());
    drop(desk);
    let truncated: String = fs::read_to_string(&layer).unwrap().chars().take(200).collect();
    fs::write(&layer, &truncated).unwrap();
    again.act(Action::Open(vec![again.path("project")]));
    assert!(
        again.has_message(|message| matches!(message, Message::Store(StoreNotice::Broken(_)))),
        "{:?}",
        again.messages()
    );
    assert_eq!(again.app.project.reports.len(), 2);
    tag(&mut again, "19.4%");
    assert_eq!(fs::read_to_string(&layer).unwrap(), truncated);
    assert!(
        again.has_message(|message| matches!(message, Message::SaveFailed(_))),
        "{:?}",
        again.messages()
    );
    assert_eq!(again.layer().len(), 1, "what was decided since is still there");
}

#[test]
fn a_second_start_only_looks_on_until_it_takes_over() {
    let mut first = Desk::with_project();
    tag(&mut first, "239.06亿元");
    let mut second = first.again();
    second.act(Action::Open(vec![second.path("project")]));
    assert!(matches!(second.app.keeping.look_only, Some(LookOnly::Held(_))));
    assert_eq!(second.observation("239.06亿元").value.to_string(), "23906000000");
    let before = first.read(first.layer_file());
    tag(&mut second, "19.4%");
    assert_eq!(second.layer().len(), 1, "who only looks on begins nothing");
    assert_eq!(first.read(first.layer_file()), before);
    assert_eq!(
        second.app.view.front,
        Some(Front::LookOnly),
        "it says why, and offers to take over"
    );
    second.act(Action::TakeOver);
    tag(&mut second, "19.4%");
    assert!(second.read(second.layer_file()).contains("quote: \"19.4%\""));
    tag(&mut first, "第1");
    assert_eq!(first.app.view.front, Some(Front::LookOnly));
    assert!(!first.read(first.layer_file()).contains("quote: \"第1\""));
    assert_eq!(first.layer().len(), 2, "the first keeps in memory what it did");
}

#[test]
fn a_missing_text_costs_only_its_report() {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    let mut again = desk.again();
    drop(desk);
    fs::remove_file(again.path("project/reports/b松桥.txt")).unwrap();
    again.act(Action::Open(vec![again.path("project")]));
    assert!(again.has_message(|message| matches!(message, Message::Store(StoreNotice::TextMissing { .. }))));
    assert!(again.decision("239.06亿元").is_some());
    again.run(Command::NextReport);
    again.run(Command::NextOpen);
    again.run(Command::Accept);
    assert!(again.app.document().is_none());
}

#[test]
fn a_text_that_was_edited_outside_keeps_its_decisions() {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    let (text, mut again) = (desk.path("project/reports/a清河.txt"), desk.again());
    drop(desk);
    let words = fs::read_to_string(&text).unwrap();
    fs::write(&text, words.replacen("一、主要成绩", "一、全年的主要成绩", 1)).unwrap();
    again.act(Action::Open(vec![again.path("project")]));
    assert!(
        again.has_message(|message| matches!(message, Message::Store(_))),
        "{:?}",
        again.messages()
    );
    assert!(matches!(
        again.decision("239.06亿元").unwrap().ruling,
        Ruling::Tagged(_)
    ));
}

#[test]
fn a_project_that_is_marked_read_only_is_looked_at() {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    let (head, mut again) = (desk.path("project/project.ron"), desk.again());
    drop(desk);
    let mut permissions = fs::metadata(&head).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&head, permissions).unwrap();
    again.act(Action::Open(vec![again.path("project")]));
    let why = again.app.keeping.look_only.clone();
    assert_eq!(why, Some(LookOnly::Files(ReadOnly::NotWritable)));
    assert!(again.decision("239.06亿元").is_some());
    let before = again.read(again.layer_file());
    tag(&mut again, "19.4%");
    assert_eq!(again.read(again.layer_file()), before);
}
