//! How decisions came about: recorded with every gesture, shown in words, and a way back.

use egui::Key;
use indicator_annotator::app::action::{Action, Tab};
use indicator_annotator::app::command::Command;
use indicator_annotator::app::ports::Purpose;
use indicator_annotator::model::{Change, Field};

use crate::desk::{ANNOTATOR, NOON};
use crate::window::{CTRL, Window};

fn gestures(window: &Window) -> Vec<String> {
    let changes = window.state().timeline().iter();
    changes.map(|change| change.gesture.clone()).collect()
}

fn last(window: &Window) -> &Change {
    window.state().timeline().last().unwrap()
}

#[test]
fn every_change_is_recorded_with_time_person_and_words() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab]);
    window.wait(2.0);
    window.keys(&[Key::Enter]);
    let change = last(&window);
    assert_eq!((change.at, &*change.by.0), (NOON, ANNOTATOR));
    assert!((2000..4000).contains(&change.took.unwrap()), "{:?}", change.took);
    assert!(change.before.is_none());
    let span = window.decision("239.06亿元").unwrap().span;
    assert_eq!(change.span, span);
    window.send(Action::SetFieldAt(span, Field::TimePeriod, "2023".to_owned()));
    let change = last(&window);
    let period = |decision: &Option<std::sync::Arc<indicator_annotator::model::Decision>>| {
        let observation = decision.as_ref().unwrap().ruling.observation().unwrap().clone();
        observation.time_period
    };
    assert_eq!(
        (period(&change.before), period(&change.after)),
        ("2024".to_owned(), "2023".to_owned())
    );
    window.press(CTRL, Key::Z);
    assert_eq!(gestures(&window), ["accept", "edit-field", "undo"]);
    assert_eq!(
        (period(&last(&window).after), last(&window).took),
        ("2024".to_owned(), None)
    );
    window.press(CTRL, Key::Y);
    assert_eq!(gestures(&window).last().map(String::as_str), Some("redo"));
}

#[test]
fn many_at_once_are_recorded_each_without_a_time_of_looking() {
    let mut window = Window::with_reports();
    let span = crate::desk::span(&window.state().document().unwrap().text, "12家", 0);
    window.send(Action::SetCurrent(span));
    window.keys(&[Key::A, Key::Enter]);
    let changes = window.state().timeline();
    assert_eq!(changes.len(), 2);
    assert!(
        changes
            .iter()
            .all(|change| change.gesture == "same-for-all" && change.took.is_none())
    );
}

#[test]
fn the_tab_tells_the_reports_changes_in_words_and_leads_back() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab, Key::Enter, Key::Enter]);
    let before = window.layer();
    let span = window.decision("239.06亿元").unwrap().span;
    window.send(Action::SetFieldAt(span, Field::TimePeriod, "2023".to_owned()));
    window.keys(&[Key::X]);
    let after = window.layer();
    assert_ne!(before, after);
    window.send(Action::ShowTab(Tab::History));
    window.click(&window.t("history.report"));
    let deed = window
        .t("deed.field")
        .replace("{0}", &window.t("field.time_period"))
        .replace("{1}", "2024")
        .replace("{2}", "2023");
    let line = format!("239.06亿元 {deed}");
    assert!(window.shows(&line), "{line}");
    window.click(&line);
    assert_eq!(window.current(), "239.06亿元");
    // The line of the current words has the way back; it takes the changes behind it along.
    window.hover(window.rect_of(&line).center());
    window.click(&window.t("timeline.back"));
    assert_eq!(window.layer(), before);
    assert_eq!(gestures(&window).last().map(String::as_str), Some("back-to"));
    window.press(CTRL, Key::Z);
    assert_eq!(window.layer(), after);
}

#[test]
fn back_to_the_beginning_leaves_nothing_decided() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab, Key::Enter, Key::Enter, Key::X]);
    let after = window.layer();
    window.command(Command::EndRight);
    window.send(Action::BackToBefore(0));
    assert!(window.layer().is_empty());
    window.press(CTRL, Key::Z);
    assert_eq!(window.layer().len(), after.len());
}

#[test]
fn the_inspector_tells_how_the_current_decision_came_about() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab, Key::Enter]);
    let span = window.decision("239.06亿元").unwrap().span;
    window.send(Action::SetFieldAt(span, Field::RefArea, "南屿县".to_owned()));
    window.send(Action::SetCurrent(span));
    let title = window.f("timeline.of_current", "2");
    window.scroll_to(&title);
    window.click(&title);
    assert!(window.shows_part(" → 南屿县"));
    assert!(window.shows(ANNOTATOR));
    assert!(window.shows(&window.t("time.now")));
}

#[test]
fn a_timeline_is_kept_with_the_project_and_goes_on() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab, Key::Enter]);
    let project = window.path("project");
    window.send(Action::UsePath(Purpose::SaveFolder, project));
    window.wait(1.0);
    window.keys(&[Key::Enter]);
    window.wait(1.0);
    let before = window.state().timeline().to_vec();
    assert_eq!(before.len(), 2);
    let mut again = window.killed_and_started_again();
    again.open("project");
    assert_eq!(again.state().timeline(), before);
    again.keys(&[Key::Tab, Key::X]);
    again.wait(1.0);
    assert_eq!(again.state().timeline().len(), 3);
    // Another place gets the whole of it, and another report has its own.
    let copy = again.path("copy");
    again.send(Action::UsePath(Purpose::SaveFolder, copy));
    again.wait(1.0);
    let second = again.state().project.reports[1].id.clone();
    again.send(Action::ShowReport(second));
    assert_eq!(again.state().timeline(), []);
    let mut copied = again.killed_and_started_again();
    copied.open("copy");
    assert_eq!(copied.state().timeline().len(), 3);
    // What was done in an earlier session can be taken back as well.
    copied.send(Action::BackToBefore(0));
    assert!(copied.layer().is_empty());
}
