//! From opening to saving to opening again.

use egui::{Key, Modifiers};
use indicator_annotator::app::action::Front;
use indicator_annotator::app::command::Command;
use indicator_annotator::app::ports::Purpose;
use indicator_annotator::model::{DismissReason, Origin, Ruling, ValueNature};

use crate::window::{CTRL, CTRL_SHIFT, Window};

/// Tags, dismisses, corrects: one of each kind of gesture, by keys alone.
fn annotate(window: &mut Window) {
    window.keys(&[Key::Tab]);
    assert_eq!(window.current(), "239.06亿元");
    window.keys(&[Key::Enter]);
    assert_eq!(window.observation("239.06亿元").value.to_string(), "23906000000");

    assert_eq!(window.current(), "19.4%");
    let favourite = window.state().favourites[1].clone();
    window.keys(&[Key::Num2]);
    assert_eq!(window.observation("19.4%").indicator, Some(favourite));

    assert_eq!(window.current(), "第1");
    window.keys(&[Key::X]);
    assert!(matches!(
        window.decision("第1").unwrap().ruling,
        Ruling::Dismissed(_)
    ));
    window.keys(&[Key::K]);
    assert_eq!(window.current(), "第1");
    window.keys(&[Key::U]);
    assert!(window.decision("第1").is_none());
    window.press(CTRL, Key::Z);
    assert!(window.decision("第1").is_some());
    window.press(CTRL_SHIFT, Key::Z);
    assert!(window.decision("第1").is_none());
    window.press(Modifiers::SHIFT, Key::X);
    assert_eq!(window.state().view.front, Some(Front::ChooseReason));
    window.keys(&[Key::Num7]);
    assert_eq!(
        window.decision("第1").unwrap().ruling,
        Ruling::Dismissed(DismissReason::Idiom)
    );

    assert_eq!(window.current(), "1609家");
    window.keys(&[Key::I]);
    assert_eq!(window.state().view.front, Some(Front::ChooseIndicator));
    // 技术合同成交额 by the initials of its pinyin.
    window.type_words("jshtcje");
    window.keys(&[Key::Enter]);
    let named = window
        .state()
        .project
        .catalogue
        .named("技术合同成交额")
        .unwrap()
        .id
        .clone();
    assert_eq!(window.observation("1609家").indicator, Some(named));
    assert_eq!(window.state().view.front, None);

    assert_eq!(window.current(), "310家");
    window.keys(&[Key::E]);
    assert!(window.state().view.editing.is_some());
    window.keys(&[Key::Escape]);
    assert_eq!(window.state().view.editing, None);
}

#[test]
fn a_report_is_annotated_by_keys_alone_saved_and_opened_again() {
    let mut window = Window::with_reports();
    annotate(&mut window);

    // The place and the words of the suggestion are as they should be; only the name is made longer.
    window.send(indicator_annotator::app::action::Action::EditingField(Some(
        indicator_annotator::model::Field::IndicatorText,
    )));
    window.replace_words("新增科技型中小企业数");
    window.keys(&[Key::Enter]);
    assert_eq!(window.state().view.editing, None, "Enter leaves the field");
    assert!(window.decision("310家").is_none(), "and does not accept yet");
    window.keys(&[Key::Enter]);
    assert_eq!(window.observation("310家").indicator_text, "新增科技型中小企业数");
    assert_eq!(
        window.decision("310家").unwrap().origin,
        Origin::PredictionChanged
    );

    assert_eq!(window.current(), "12家");
    window.keys(&[Key::A]);
    assert!(matches!(window.state().view.front, Some(Front::Alike(_))));
    window.keys(&[Key::Enter]);
    assert_eq!(window.layer().len(), 7);

    window.keys(&[Key::Tab]);
    assert_eq!(window.current(), "310名");
    window.press(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(window.current(), "310");
    window.press(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(window.current(), "310名");
    window.keys(&[Key::Enter]);
    window.keys(&[Key::Enter]);

    while window.current() != "1800家" {
        window.keys(&[Key::J]);
    }
    window.keys(&[Key::N, Key::Enter]);
    assert_eq!(window.observation("1800家").value_nature, ValueNature::Actual);

    window.press(CTRL, Key::S);
    assert_eq!(
        window.state().view.front,
        Some(Front::TypePath(Purpose::SaveFolder))
    );
    let place = window.path("my project");
    window.replace_words(&place.display().to_string());
    window.keys(&[Key::Enter]);
    assert_eq!(window.state().place, Some(place));
    assert!(window.shows(&window.t("status.saved")));

    let layer = window.read("my project/layers/测试/a清河.ron");
    for words in [
        "239.06亿元",
        "第1",
        "1609家",
        "310家",
        "12家",
        "310名",
        "86.5亿元",
        "1800家",
    ] {
        assert!(layer.contains(&format!("quote: \"{words}\"")), "{words}\n{layer}");
    }
    assert!(layer.contains("dismissed: \"idiom\"") && layer.contains("新增科技型中小企业数"));

    let (decided, project) = (window.layer(), window.state().project.clone());
    let mut window = window.killed_and_started_again();
    window.open("my project/project.ron");
    assert_eq!(window.layer(), decided);
    assert_eq!(window.state().project, project);
    assert_eq!(window.state().view.front, None);
    // The list of what was opened lately leads there as well.
    assert_eq!(window.state().settings.recent[0], window.path("my project"));
}

#[test]
fn once_it_has_a_place_every_change_is_written_by_itself() {
    let mut window = Window::with_reports();
    window.press(CTRL, Key::S);
    window.replace_words(&window.path("project").display().to_string());
    window.keys(&[Key::Enter]);
    window.keys(&[Key::Tab, Key::Enter]);
    window.wait(0.5);
    assert!(
        window
            .read("project/layers/测试/a清河.ron")
            .contains("239.06亿元")
    );
    window.press(CTRL, Key::Z);
    window.wait(0.5);
    assert!(!window.path("project/layers/测试/a清河.ron").exists());
}

#[test]
fn a_window_that_was_killed_offers_what_was_not_saved() {
    let mut window = Window::with_reports();
    annotate(&mut window);
    let decided = window.layer();
    let mut window = window.killed_and_started_again();
    window.open("reports");
    assert_eq!(window.state().view.front, Some(Front::Recovery));
    assert!(window.layer().is_empty());
    assert!(window.shows_part("239.06亿元"), "what was done is shown");
    window.keys(&[Key::Enter]);
    assert_eq!(window.state().view.front, None);
    assert_eq!(window.layer(), decided);
    // Work goes on, and a second end loses nothing either.
    window.keys(&[Key::Tab, Key::Enter]);
    let decided = window.layer();
    let mut window = window.killed_and_started_again();
    window.open("reports");
    window.click(&window.t("recovery.go"));
    assert_eq!(window.layer(), decided);
}

#[test]
fn what_is_offered_can_wait() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab, Key::Enter]);
    let mut window = window.killed_and_started_again();
    window.open("reports");
    window.click(&window.t("recovery.later"));
    assert!(window.layer().is_empty());
    let mut window = window.killed_and_started_again();
    window.open("reports");
    assert_eq!(
        window.state().view.front,
        Some(Front::Recovery),
        "it is offered again"
    );
    window.keys(&[Key::Enter]);
    assert_eq!(window.layer().len(), 1);
}

#[test]
fn a_finished_report_says_so_and_the_next_one_is_a_key_away() {
    let mut window = Window::on("清河市2024年科技工作总结\n\n2024年,高新技术企业达1609家,增长19.4%。\n");
    window.keys(&[Key::Tab, Key::Enter, Key::Enter]);
    assert_eq!(window.layer().len(), 2);
    assert!(window.state().marks.ledger().is_complete());
    assert!(window.shows(&window.t("message.complete")));
    assert!(window.shows(&window.t("crumb.complete")));
    let mut window = Window::with_reports();
    let first = window.state().view.report.clone();
    window.command(Command::NextReport);
    assert_ne!(window.state().view.report, first);
    window.command(Command::PreviousReport);
    assert_eq!(window.state().view.report, first);
}
