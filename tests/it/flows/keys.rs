//! Keys: what each does, and when it rests.

use egui::{Event, Key, Modifiers};
use indicator_annotator::app::action::{Action, Front, Tab};
use indicator_annotator::app::command::Command;
use indicator_annotator::app::ports::Purpose;
use indicator_annotator::app::settings::Theme;
use indicator_annotator::model::{Field, Language, Ruling, ValueNature};

use crate::window::{CTRL, CTRL_SHIFT, Window};

#[test]
fn keys_rest_while_words_are_typed() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab]);
    window.click(&window.t("reports.filter"));
    let before = window.state().project.clone();
    window.keys(&[
        Key::X,
        Key::Num1,
        Key::I,
        Key::U,
        Key::A,
        Key::N,
        Key::E,
        Key::J,
        Key::M,
    ]);
    assert_eq!(window.state().view.report_filter, "x1iuanejm");
    assert_eq!(window.state().project, before);
    assert_eq!(window.state().view.front, None);
    assert_eq!(window.state().view.editing, None);
    assert!(!window.state().settings.show_muted);
    window.press(CTRL, Key::Z);
    assert_eq!(window.state().project, before, "Ctrl+Z is the field's own");
    // What types nothing works from within a field.
    window.press(CTRL_SHIFT, Key::P);
    assert_eq!(window.state().view.front, Some(Front::Palette));
    window.keys(&[Key::Escape]);
    assert_eq!(window.state().view.front, None);
}

#[test]
fn escape_leaves_a_field_and_the_keys_are_back() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab]);
    window.click(&window.t("reports.filter"));
    window.keys(&[Key::Escape, Key::Enter]);
    assert_eq!(window.layer().len(), 1);
}

#[test]
fn an_enter_of_the_input_method_chooses_nothing() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab, Key::I]);
    for event in [
        egui::ImeEvent::Preedit {
            text: "gao xin".to_owned(),
            active_range_chars: None,
        },
        egui::ImeEvent::Commit("高新技术企业".to_owned()),
    ] {
        window.harness.event(Event::Ime(event));
        window.settle();
    }
    assert_eq!(window.state().view.front, Some(Front::ChooseIndicator));
    assert!(window.layer().is_empty());
    window.keys(&[Key::Enter]);
    let named = window
        .state()
        .project
        .catalogue
        .named("高新技术企业")
        .unwrap()
        .id
        .clone();
    assert_eq!(window.observation("239.06亿元").indicator, Some(named));
}

#[test]
fn single_keys_have_twins_with_alt_that_do_the_same() {
    let alt = Modifiers::ALT;
    let mut window = Window::with_reports();
    window.press(alt, Key::J);
    assert_eq!(window.current(), "239.06亿元");
    window.press(CTRL, Key::Enter);
    assert!(window.decision("239.06亿元").is_some());
    window.press(alt, Key::Num1);
    assert!(window.decision("19.4%").is_some());
    window.press(alt, Key::X);
    assert!(matches!(
        window.decision("第1").unwrap().ruling,
        Ruling::Dismissed(_)
    ));
    window.press(alt, Key::K);
    window.press(alt, Key::U);
    assert!(window.decision("第1").is_none());
    window.press(alt, Key::I);
    assert_eq!(window.state().view.front, Some(Front::ChooseIndicator));
    window.keys(&[Key::Escape]);
    window.press(alt | Modifiers::SHIFT, Key::X);
    assert_eq!(window.state().view.front, Some(Front::ChooseReason));
    window.keys(&[Key::Escape]);
    window.press(alt, Key::N);
    let nature = |window: &Window| {
        window
            .state()
            .current_observation()
            .map(|observation| observation.value_nature)
    };
    assert_eq!(nature(&window), Some(ValueNature::Target));
    window.press(alt, Key::E);
    assert!(window.state().view.editing.is_some());
    window.keys(&[Key::Escape]);
    window.press(alt, Key::M);
    assert!(window.state().settings.show_muted);
    while window.current() != "12家" {
        window.press(alt, Key::J);
    }
    window.press(alt, Key::A);
    assert!(matches!(window.state().view.front, Some(Front::Alike(_))));
}

#[test]
fn a_key_counts_by_its_place_where_its_letter_means_nothing() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab]);
    window.press_as(Modifiers::NONE, Key::F30, Some(Key::X));
    assert!(matches!(
        window.decision("239.06亿元").unwrap().ruling,
        Ruling::Dismissed(_)
    ));
}

#[test]
fn function_keys_open_and_escape_closes() {
    let mut window = Window::with_reports();
    for (key, front, title) in [
        (Key::F1, Front::Keys, "keys.title"),
        (Key::F2, Front::Guidelines, "guidelines.title"),
        (Key::F6, Front::Catalogue, "catalogue.title"),
        (Key::F7, Front::Rules, "rules.title"),
        (Key::F10, Front::Settings, "settings.title"),
    ] {
        window.keys(&[key]);
        assert_eq!(window.state().view.front, Some(front), "{key:?}");
        assert!(window.shows(&window.t(title)), "{title}");
        window.keys(&[Key::Escape]);
        assert_eq!(window.state().view.front, None, "{key:?}");
    }
    window.press(CTRL, Key::L);
    assert_eq!(
        window.state().view.front,
        Some(Front::TypePath(Purpose::OpenFiles))
    );
}

#[test]
fn the_language_and_the_colours_change_while_it_runs() {
    let mut window = Window::with_reports();
    assert!(window.shows("文件"));
    window.keys(&[Key::F9]);
    assert_eq!(window.state().settings.language, Language::English);
    assert!(window.shows("File") && !window.shows("文件"));
    window.keys(&[Key::F8]);
    assert_eq!(window.state().settings.theme, Theme::Dark);
    assert!(window.harness.ctx.global_style().visuals.dark_mode);
    window.keys(&[Key::F9]);
    assert!(window.shows("文件"));
}

#[test]
fn the_palette_finds_commands_reports_and_indicators() {
    let mut window = Window::with_reports();
    window.press(CTRL_SHIFT, Key::P);
    window.type_words("切换主题");
    window.replace_words("switch-theme");
    window.keys(&[Key::Enter]);
    assert_eq!(window.state().settings.theme, Theme::Dark);
    window.press(CTRL_SHIFT, Key::P);
    window.type_words("松桥区");
    window.keys(&[Key::Enter]);
    assert_eq!(window.state().report().unwrap().title, "松桥区2024年科技工作总结");
    window.keys(&[Key::Tab]);
    window.press(CTRL_SHIFT, Key::P);
    window.type_words("kjtpy");
    window.keys(&[Key::Enter]);
    let named = window
        .state()
        .project
        .catalogue
        .named("科技特派员")
        .unwrap()
        .id
        .clone();
    assert_eq!(window.observation("217家").indicator, Some(named));
    // Arrows move through the list; Escape leaves everything as it was.
    let before = window.state().project.clone();
    window.press(CTRL_SHIFT, Key::P);
    window.keys(&[Key::ArrowDown, Key::ArrowDown, Key::ArrowUp, Key::Escape]);
    assert_eq!(
        (&window.state().project, &window.state().view.front),
        (&before, &None)
    );
}

#[test]
fn what_is_typed_and_not_found_becomes_a_new_indicator() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab, Key::I]);
    window.type_words("全新的指标");
    window.keys(&[Key::Enter]);
    let entry = window
        .state()
        .project
        .catalogue
        .named("全新的指标")
        .unwrap()
        .clone();
    assert_eq!(window.observation("239.06亿元").indicator, Some(entry.id));
}

#[test]
fn searching_by_keys_goes_from_find_to_find() {
    let mut window = Window::with_reports();
    window.press(CTRL, Key::F);
    window.type_words("高新技术企业");
    assert_eq!(window.state().view.search.finds.len(), 2);
    window.keys(&[Key::Enter]);
    assert_eq!(window.selected(), "高新技术企业");
    let first = window.state().selection();
    window.keys(&[Key::F3]);
    assert_ne!(window.state().selection(), first);
    window.press(Modifiers::SHIFT, Key::F3);
    assert_eq!(window.state().selection(), first);
    window.press(CTRL_SHIFT, Key::F);
    assert_eq!(window.state().view.tab, Tab::Find);
    assert!(window.state().view.search.in_project);
    assert_eq!(window.state().view.search.finds.len(), 3);
    window.replace_words("没有这样的词");
    assert!(window.shows(&window.t("find.none")) || window.state().view.search.finds.is_empty());
}

#[test]
fn the_cursor_selects_by_keys() {
    let mut window = Window::with_reports();
    let shift = Modifiers::SHIFT;
    window.press(CTRL, Key::Home);
    for _ in 0..3 {
        window.press(shift, Key::ArrowRight);
    }
    assert_eq!(window.selected(), "清河市");
    window.press(shift, Key::ArrowLeft);
    assert_eq!(window.selected(), "清河");
    window.press(shift, Key::End);
    assert_eq!(window.selected(), "清河市2024年科技工作总结");
    window.keys(&[Key::Escape]);
    assert_eq!(window.selected(), "");
    window.press(CTRL, Key::A);
    assert_eq!(
        window.selected().len(),
        window.state().document().unwrap().text.len()
    );
    window.keys(&[Key::ArrowDown]);
    assert_eq!(window.selected(), "");
    window.press(CTRL, Key::End);
    assert_eq!(
        window.state().view.head,
        window.state().document().unwrap().text.len()
    );
}

#[test]
fn copying_gives_the_selected_words() {
    let mut window = Window::with_reports();
    window.press(CTRL, Key::Home);
    window.press(Modifiers::SHIFT, Key::End);
    window.harness.event(Event::Copy);
    window.harness.step();
    let copied = window.harness.output().platform_output.commands.iter().any(|command| {
        matches!(command, egui::OutputCommand::CopyText(words) if words == "清河市2024年科技工作总结")
    });
    assert!(copied, "{:?}", window.harness.output().platform_output.commands);
}

#[test]
fn tab_goes_through_the_fields_while_one_is_edited() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab, Key::Enter, Key::K, Key::E]);
    let first = window.state().view.editing.unwrap();
    window.keys(&[Key::Tab]);
    let second = window.state().view.editing.unwrap();
    assert_ne!(first, second);
    window.press(Modifiers::SHIFT, Key::Tab);
    assert_eq!(window.state().view.editing, Some(first));
    assert_eq!(window.current(), "239.06亿元");
}

#[test]
fn ctrl_enter_in_a_field_takes_what_was_typed_and_accepts() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab]);
    let field = Field::TimePeriod;
    window.send(Action::EditingField(Some(field)));
    window.replace_words("2021");
    window.press(CTRL, Key::Enter);
    assert_eq!(window.observation("239.06亿元").time_period, "2021");
    assert_eq!((window.state().view.editing, window.current()), (None, "19.4%"));
    // Where something else is typed, nothing is accepted.
    window.press(CTRL, Key::F);
    window.type_words("企业");
    window.press(CTRL, Key::Enter);
    assert_eq!(window.state().marks.ledger().tagged, 1);
}

#[test]
fn zoom_and_panels_follow_their_keys() {
    let mut window = Window::with_reports();
    window.press(CTRL, Key::Plus);
    assert_eq!(window.state().settings.zoom, 110);
    window.press(CTRL, Key::Minus);
    window.press(CTRL, Key::Minus);
    assert_eq!(window.state().settings.zoom, 90);
    window.press(CTRL, Key::Num0);
    assert_eq!(window.state().settings.zoom, 100);
    for (command, shown) in [
        (Command::ToggleReports, "reports.filter"),
        (Command::ToggleInspector, "inspector.nothing"),
        (Command::ToggleTable, "table.empty"),
    ] {
        let is_shown = |window: &Window| match command {
            Command::ToggleReports => window.shows(&window.t(shown)),
            Command::ToggleInspector => window.state().settings.show_inspector,
            _ => window.state().settings.show_table,
        };
        assert!(is_shown(&window), "{shown}");
        window.command(command);
        assert!(!is_shown(&window), "{shown}");
        window.command(command);
        assert!(is_shown(&window), "{shown}");
    }
}
