//! What does not go: it says why and changes nothing.

use indicator_annotator::app::action::{Action, Front};
use indicator_annotator::app::command::Command;
use indicator_annotator::app::notice::Message;
use indicator_annotator::edit::EditError;
use indicator_annotator::model::{Field, FieldError};

use crate::desk::Desk;

#[test]
fn commands_without_a_number_say_so() {
    for command in [
        Command::Dismiss,
        Command::DismissAs,
        Command::ChooseIndicator,
        Command::EditFields,
        Command::ToggleNature,
        Command::SameForAll,
        Command::Reopen,
        Command::Favourite1,
        Command::StartLeft,
        Command::EndRight,
    ] {
        let mut desk = Desk::with_reports();
        let before = desk.app.project.clone();
        desk.run(command);
        let said = desk.has_message(|message| matches!(message, Message::NothingToDecide));
        assert!(said, "{command:?}: {:?}", desk.messages());
        assert_eq!(desk.app.project, before, "{command:?}");
        assert_eq!(desk.app.view.front, None, "{command:?}");
    }
}

#[test]
fn every_command_leaves_an_empty_program_alone() {
    for spec in indicator_annotator::app::command::COMMANDS {
        let mut desk = Desk::at(std::sync::Arc::new(tempfile::TempDir::new().unwrap()));
        desk.run(spec.command);
        assert_eq!(
            desk.app.project,
            indicator_annotator::model::Project::default(),
            "{}",
            spec.id
        );
    }
}

#[test]
fn nothing_to_take_back_and_nothing_to_make_again() {
    let mut desk = Desk::with_reports();
    desk.run(Command::Undo);
    desk.run(Command::Redo);
    assert!(desk.has_message(|message| matches!(message, Message::NothingToUndo)));
    assert!(desk.has_message(|message| matches!(message, Message::NothingToRedo)));
}

#[test]
fn a_new_decision_forgets_what_could_be_made_again() {
    let mut desk = Desk::with_reports();
    desk.choose("19.4%");
    desk.run(Command::Accept);
    desk.run(Command::Undo);
    desk.choose("第1");
    desk.run(Command::Accept);
    desk.forget_notices();
    desk.run(Command::Redo);
    assert!(desk.has_message(|message| matches!(message, Message::NothingToRedo)));
    assert_eq!(desk.layer().len(), 1);
}

#[test]
fn words_that_do_not_fit_a_field_are_refused() {
    for (field, words) in [
        (Field::Value, "很多"),
        (Field::Value, ""),
        (Field::ObsValue, "一二"),
        (Field::UnitMult, "29"),
        (Field::UnitMult, "万"),
        (Field::ValueType, "money"),
        (Field::Measure, "增速"),
        (Field::Comparator, "=>"),
        (Field::ValueNature, "maybe"),
        (Field::ObsStatus, "X"),
    ] {
        let mut desk = Desk::with_reports();
        desk.choose("239.06亿元");
        desk.run(Command::Accept);
        desk.choose("239.06亿元");
        let before = desk.app.project.clone();
        desk.act(Action::SetField(field, words.to_owned()));
        let refused = desk.has_message(|message| matches!(message, Message::FieldRefused(_)));
        assert!(refused, "{field:?} `{words}`: {:?}", desk.messages());
        assert_eq!(desk.app.project, before, "{field:?} `{words}`");
    }
}

#[test]
fn a_refused_value_says_what_was_expected() {
    let mut desk = Desk::with_reports();
    desk.choose("19.4%");
    desk.act(Action::SetField(Field::Value, "很多".to_owned()));
    let messages = desk.messages();
    let Some(Message::FieldRefused(FieldError::Value(error))) = messages.last() else {
        panic!("{messages:?}");
    };
    assert!(
        error.to_string().contains("`很多`") && error.to_string().contains("1609"),
        "{error}"
    );
}

#[test]
fn numbers_are_typed_as_people_write_them() {
    for (words, value) in [
        ("1,609", "1609"),
        ("-7.4", "-7.4"),
        ("4..5", "4..5"),
        (" 23 906 ", "23906"),
    ] {
        let mut desk = Desk::with_reports();
        desk.choose("1609家");
        desk.act(Action::SetField(Field::Value, words.to_owned()));
        desk.run(Command::Accept);
        assert_eq!(desk.observation("1609家").value.to_string(), value, "{words}");
    }
}

#[test]
fn nothing_selected_names_nothing() {
    let mut desk = Desk::with_reports();
    desk.choose("19.4%");
    desk.run(Command::UseAsName);
    assert!(desk.has_message(|message| matches!(message, Message::NothingSelected)));
}

#[test]
fn a_number_that_stands_alone_has_nothing_alike() {
    let mut desk = Desk::with_reports();
    desk.choose("19.4%");
    desk.run(Command::SameForAll);
    assert!(desk.has_message(|message| matches!(message, Message::NoneAlike)));
    assert_eq!(desk.app.view.front, None);
}

#[test]
fn an_indicator_in_use_stays() {
    let mut desk = Desk::with_reports();
    desk.choose("239.06亿元");
    desk.run(Command::Accept);
    let id = desk.observation("239.06亿元").indicator.clone().unwrap();
    let before = desk.app.project.clone();
    let mut catalogue = before.catalogue.clone();
    catalogue.indicators.retain(|entry| entry.id != id);
    desk.act(Action::SetCatalogue(catalogue));
    assert_eq!(desk.app.project, before);
    let in_use = |message: &Message| matches!(message, Message::Refused(EditError::IndicatorInUse(other)) if *other == id);
    assert!(desk.has_message(in_use));
}

#[test]
fn a_report_with_decisions_stays_and_keeps_its_encoding() {
    let mut desk = Desk::with_reports();
    desk.choose("239.06亿元");
    desk.run(Command::Accept);
    let before = desk.app.project.clone();
    desk.run(Command::RemoveReport);
    assert!(desk.has_message(|message| matches!(message, Message::Refused(EditError::ReportInUse(_)))));
    desk.act(Action::ReadAs("big5".to_owned()));
    assert!(desk.has_message(|message| matches!(message, Message::EncodingInUse)));
    assert_eq!(desk.app.project, before);
}

#[test]
fn edges_do_not_move_over_another_decision() {
    let mut desk = Desk::with_reports();
    for words in ["239.06亿元", "19.4%"] {
        desk.choose(words);
        desk.run(Command::Accept);
    }
    let before = desk.app.project.clone();
    let (from, other) = (desk.span("239.06亿元", 0), desk.span("19.4%", 0));
    let to = indicator_annotator::model::Span::new(from.start, other.start + 1);
    desk.act(Action::MoveEdges(from, to));
    assert_eq!(desk.app.project, before);
    assert!(desk.has_message(|message| matches!(message, Message::Refused(EditError::Overlaps { .. }))));
    // Neither to nothing, nor into the middle of a letter, nor out of the text.
    for to in [
        (from.start, from.start),
        (from.start, from.end - 1),
        (from.start, usize::MAX),
    ] {
        desk.act(Action::MoveEdges(
            from,
            indicator_annotator::model::Span::new(to.0, to.1),
        ));
        assert_eq!(desk.app.project, before, "{to:?}");
    }
}

#[test]
fn a_number_without_a_name_asks_for_its_indicator() {
    let mut desk = Desk::with_reports();
    desk.choose("310名");
    desk.act(Action::SetField(Field::Indicator, String::new()));
    desk.act(Action::SetField(Field::IndicatorText, String::new()));
    desk.run(Command::Accept);
    assert!(desk.layer().is_empty());
    assert_eq!(desk.app.view.front, Some(Front::ChooseIndicator));
}

#[test]
fn messages_of_success_go_and_failures_stay() {
    let mut desk = Desk::with_reports();
    desk.run(Command::Undo);
    desk.choose("19.4%");
    desk.act(Action::SetField(Field::Value, "x".to_owned()));
    assert_eq!(desk.messages().len(), 2);
    desk.wait(5.0);
    assert_eq!(desk.messages().len(), 2);
    desk.wait(2.0);
    assert!(
        matches!(desk.messages()[..], [Message::FieldRefused(_)]),
        "{:?}",
        desk.messages()
    );
    let id = desk.app.notices[0].id;
    desk.act(Action::DropNotice(id));
    assert!(desk.messages().is_empty());
}
