//! The agreement pane: who is compared, the figures, and the way from a report's line to the report.

use egui::Key;
use indicator_annotator::app::action::{Action, Front};
use indicator_annotator::app::command::Command;
use indicator_annotator::model::{Annotator, DismissReason, Field};
use indicator_annotator::query::agreement::{Agreement, Aspect, By, Scheme};

use crate::desk::ANNOTATOR;
use crate::window::Window;

/// The first three numbers as the tests' annotator has them, and as another one: the same, another value,
/// dismissed.
fn two_annotators() -> Window {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab, Key::Enter, Key::Enter, Key::Enter]);
    become_annotator(&mut window, "乙");
    window.keys(&[Key::Tab, Key::Enter, Key::Enter]);
    window.send(Action::DismissFor(DismissReason::Criterion));
    let span = window.decision("239.06亿元").unwrap().span;
    window.send(Action::SetFieldAt(span, Field::Value, "2390600".to_owned()));
    window
}

fn become_annotator(window: &mut Window, name: &str) {
    let mut settings = window.state().settings.clone();
    name.clone_into(&mut settings.annotator);
    window.send(Action::SetSettings(Box::new(settings)));
    window.send(Action::Select { anchor: 0, head: 0 });
}

fn agreement(window: &Window) -> &Agreement {
    window.state().comparing.agreement.as_deref().unwrap()
}

#[test]
fn the_figures_of_two_annotators_are_shown() {
    let mut window = two_annotators();
    window.command(Command::Agreement);
    window.wait(0.2);
    assert_eq!(window.state().view.front, Some(Front::Agreement));
    let figures = &agreement(&window).together.all;
    assert_eq!((figures.both, figures.one_sided.as_slice()), (3, &[0, 0][..]));
    assert_eq!(figures.values.scale, [(4, 1)].into());
    let ruling = figures.field(Aspect::Ruling).unwrap();
    assert_eq!((ruling.n, ruling.agreed), (3, 2));
    let strict = figures.spans.unwrap().get(Scheme::Strict);
    assert_eq!(
        strict.f1().map(|share| format!("{share:.3}")).as_deref(),
        Some("0.667")
    );
    for words in ["0.667", "66.7 %", "–"] {
        assert!(window.shows(words), "{words}");
    }
    assert!(window.shows(&window.f("agreement.shared", "1")));
    assert!(window.shows_part(&window.t("agreement.scale")));
}

#[test]
fn the_figures_follow_the_decisions_after_a_rest() {
    let mut window = two_annotators();
    window.command(Command::Agreement);
    window.wait(0.2);
    let span = window.decision("239.06亿元").unwrap().span;
    window.send(Action::SetFieldAt(span, Field::Value, "23906000000".to_owned()));
    window.wait(1.0);
    let values = &agreement(&window).together.all.values;
    assert_eq!((values.same, values.scaled()), (2, 0));
    // A pane that is closed asks for nothing.
    window.keys(&[Key::Escape]);
    let asked = window.state().comparing.serial;
    window.send(Action::SetFieldAt(span, Field::Value, "1".to_owned()));
    window.wait(1.0);
    assert_eq!(window.state().comparing.serial, asked);
}

#[test]
fn figures_are_divided_and_a_line_opens_its_report() {
    let mut window = two_annotators();
    let first = window.state().project.reports[0].clone();
    let second = window.state().project.reports[1].id.clone();
    window.send(Action::ShowReport(second.clone()));
    window.command(Command::Agreement);
    window.click(&window.t("agreement.by_report"));
    window.wait(0.2);
    assert_eq!(agreement(&window).together.groups.len(), 1);
    assert_eq!(window.state().view.report, Some(second));
    window.click_last(&first.title);
    assert_eq!(window.state().view.report, Some(first.id));
    assert_eq!(window.state().view.front, Some(Front::Agreement));
    window.click(&window.t("agreement.by_label"));
    window.wait(0.2);
    assert_eq!(window.state().comparing.by, By::Label);
    let dismissed = window.f("agreement.dismissed", &window.t("reason.criterion"));
    assert!(window.shows(&dismissed));
}

#[test]
fn annotators_are_chosen_and_the_reference_is_changed() {
    let mut window = two_annotators();
    become_annotator(&mut window, "丙");
    window.keys(&[Key::Tab, Key::Enter]);
    window.command(Command::Agreement);
    window.wait(0.2);
    assert_eq!(agreement(&window).pairs.len(), 3);
    window.click("丙");
    window.wait(0.2);
    let names = |names: [&str; 2]| names.map(Annotator::from).to_vec();
    assert_eq!(window.state().comparing.annotators, names(["乙", ANNOTATOR]));
    window.click(&window.f("agreement.reference", "乙"));
    window.wait(0.2);
    assert_eq!(window.state().comparing.annotators, names([ANNOTATOR, "乙"]));
    // One alone cannot be compared.
    window.click(ANNOTATOR);
    window.wait(0.2);
    assert!(window.state().comparing.agreement.is_none());
    window.click("乙");
    assert_eq!(window.state().comparing.annotators, []);
}
