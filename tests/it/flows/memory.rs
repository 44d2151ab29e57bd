//! What decisions teach: it changes the suggestions at once, is listed, can be forgotten, and is kept.

use egui::Key;
use indicator_annotator::app::action::{Action, Front};
use indicator_annotator::app::command::Command;
use indicator_annotator::app::ports::Purpose;
use indicator_annotator::model::{DismissReason, Evidence, Lesson, Memory, Ruling, Suggestion};

use crate::desk;
use crate::window::{CTRL, Window};

/// A report in which the same kind of phrase stands three times.
const REPORT: &str = "清河市2024年科技工作总结\n\n全年开展活动12家,走访企业38家。\n\n\
    另外,第二轮走访企业45家,第三轮走访企业57家。\n";

fn memory(window: &Window) -> Memory {
    window.state().memory().cloned().unwrap_or_default()
}

fn suggestion(window: &Window, words: &str) -> Suggestion {
    let state = window.state();
    let span = desk::span(&state.document().unwrap().text, words, 0);
    let all = &state.suggestions[state.view.report.as_ref().unwrap()];
    let found = all.iter().find(|suggestion| suggestion.span == span);
    found
        .unwrap_or_else(|| panic!("nothing is suggested for `{words}`"))
        .clone()
}

fn choose(window: &mut Window, words: &str) {
    let span = desk::span(&window.state().document().unwrap().text, words, 0);
    window.send(Action::SetCurrent(span));
}

fn is_learnt(suggestion: &Suggestion) -> bool {
    suggestion
        .reasons
        .iter()
        .any(|reason| matches!(reason, Evidence::Learnt { .. }))
}

#[test]
fn a_dismissal_teaches_what_is_suggested_for_the_same_phrase() {
    let mut window = Window::on(REPORT);
    let before = suggestion(&window, "57家");
    choose(&mut window, "38家");
    window.send(Action::DismissFor(DismissReason::Irrelevant));
    choose(&mut window, "45家");
    window.send(Action::DismissFor(DismissReason::Irrelevant));
    let never = |lesson: &Lesson| matches!(lesson, Lesson::Never { .. });
    assert!(memory(&window).iter().any(|(lesson, _)| never(lesson)));
    let after = suggestion(&window, "57家");
    assert!(is_learnt(&after), "{:?}", after.reasons);
    assert_eq!(after.ruling, Ruling::Dismissed(DismissReason::Irrelevant));
    // The lessons came with the decisions, so they go with them.
    window.press(CTRL, Key::Z);
    window.press(CTRL, Key::Z);
    assert!(memory(&window).is_empty());
    assert_eq!(suggestion(&window, "57家"), before);
    window.press(CTRL, Key::Y);
    window.press(CTRL, Key::Y);
    assert_eq!(suggestion(&window, "57家"), after);
}

#[test]
fn lessons_are_listed_filtered_and_forgotten_by_keys() {
    let mut window = Window::on(REPORT);
    for words in ["12家", "38家"] {
        choose(&mut window, words);
        window.send(Action::DismissFor(DismissReason::Irrelevant));
    }
    let all = memory(&window);
    window.command(Command::Memory);
    assert_eq!(window.state().view.front, Some(Front::Memory));
    let (_, experience) = all.iter().next().unwrap();
    let example = experience.examples.last().unwrap().words.clone();
    assert!(window.shows(&example), "{example}");
    // What is typed filters; a filter that nothing passes leaves nothing to forget.
    window.type_words("没有的词");
    assert!(window.shows_part(&window.t("choose.none")) || !window.shows(&example));
    window.press(CTRL, Key::A);
    window.keys(&[Key::Backspace]);
    window.keys(&[Key::Delete]);
    assert_eq!(memory(&window).len(), all.len() - 1);
    window.keys(&[Key::Escape, Key::Escape]);
    assert_eq!(window.state().view.front, None);
    window.press(CTRL, Key::Z);
    assert_eq!(memory(&window), all);
}

#[test]
fn an_example_leads_to_its_place() {
    let mut window = Window::on(REPORT);
    choose(&mut window, "38家");
    window.send(Action::DismissFor(DismissReason::Irrelevant));
    choose(&mut window, "57家");
    window.command(Command::Memory);
    // The list has the keys; Enter shows where the chosen lesson comes from.
    window.keys(&[Key::Enter]);
    assert_eq!(window.current(), "38家");
    assert_eq!(window.state().view.front, Some(Front::Memory));
}

#[test]
fn lessons_are_kept_with_the_project() {
    let mut window = Window::on(REPORT);
    choose(&mut window, "38家");
    window.send(Action::DismissFor(DismissReason::Irrelevant));
    let learnt = memory(&window);
    assert!(!learnt.is_empty());
    let project = window.path("project");
    window.send(Action::UsePath(Purpose::SaveFolder, project));
    window.wait(1.0);
    let mut again = window.killed_and_started_again();
    again.open("project");
    assert_eq!(memory(&again), learnt);
}
