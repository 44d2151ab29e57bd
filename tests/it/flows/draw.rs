//! Drawing: every front, size, language and colour, without a panic and without a nameless widget.

use std::path::Path;
use std::sync::Arc;

use egui::Key;
use indicator_annotator::app::action::{Action, Front, Tab};
use indicator_annotator::app::command::Command;
use indicator_annotator::app::ports::Purpose;
use indicator_annotator::app::settings::{Settings, Theme};
use indicator_annotator::model::Language;

use crate::desk;
use crate::window::Window;

const SIZES: [[f32; 2]; 2] = [[1280.0, 800.0], [1920.0, 1080.0]];

fn window(size: [f32; 2], language: Language, theme: Theme) -> Window {
    let settings = Settings {
        language,
        theme,
        ..desk::state().settings
    };
    Window::at(Arc::new(desk::folder_of_reports()), settings, size)
}

#[test]
fn every_sample_report_is_drawn_at_every_size_in_both_languages() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_docs");
    for size in SIZES {
        for (language, theme) in [
            (Language::Chinese, Theme::Light),
            (Language::English, Theme::Dark),
        ] {
            let mut window = window(size, language, theme);
            window.send(Action::Open(vec![samples.clone()]));
            let reports = window.state().project.reports.clone();
            assert!(reports.len() >= 5);
            for report in &reports {
                window.send(Action::ShowReport(report.id.clone()));
                window.keys(&[Key::Tab, Key::Enter, Key::J]);
                window.send(Action::CloseFront);
                window.press(crate::window::CTRL, Key::End);
            }
        }
    }
}

#[test]
fn every_front_and_tab_is_drawn_in_both_languages() {
    let fronts = [
        Front::Palette,
        Front::ChooseIndicator,
        Front::ChooseReason,
        Front::TypePath(Purpose::OpenFiles),
        Front::TypePath(Purpose::AddReports),
        Front::TypePath(Purpose::SaveFolder),
        Front::TypePath(Purpose::ImportCatalogue),
        Front::TypePath(Purpose::ExportCatalogue),
        Front::Keys,
        Front::Guidelines,
        Front::Catalogue,
        Front::Rules,
        Front::Settings,
        Front::ReportDetails,
        Front::Recovery,
        Front::ChangedOutside(vec!["/项目/layers/林/一.ron".into()]),
        Front::UnsavedQuit,
        Front::MissingGlyphs,
    ];
    for (language, theme) in [
        (Language::Chinese, Theme::Dark),
        (Language::English, Theme::Light),
    ] {
        let mut window = window(SIZES[0], language, theme);
        for front in &fronts {
            // Before anything is open, most of them have nothing to show; none may fail.
            window.send(Action::Show(front.clone()));
            window.send(Action::CloseFront);
        }
        window.open("reports");
        window.keys(&[Key::Tab]);
        for front in &fronts {
            window.send(Action::Show(front.clone()));
            assert_eq!(window.state().view.front.as_ref(), Some(front));
            window.send(Action::CloseFront);
        }
        window.keys(&[Key::Enter]);
        for tab in [Tab::Observations, Tab::Find, Tab::History] {
            window.send(Action::ShowTab(tab));
        }
    }
}

#[test]
fn a_small_a_large_and_a_zoomed_window_are_drawn() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab]);
    for (width, height) in [(900.0, 560.0), (400.0, 300.0), (2560.0, 1440.0), (1280.0, 800.0)] {
        window.resize(width, height);
    }
    for _ in 0..12 {
        window.command(Command::ZoomIn);
    }
    for _ in 0..30 {
        window.command(Command::ZoomOut);
    }
    assert!((50..=300).contains(&window.state().settings.zoom));
    assert_eq!(window.current(), "239.06亿元");
}

#[test]
fn letters_that_no_font_has_are_counted_and_listed() {
    let mut window = Window::with_tofu("清河市总结\n\n𠀀镇和𠀁镇2024年有高新技术企业19家。\n");
    window.click(&window.f("status.missing", "2"));
    assert_eq!(window.state().view.front, Some(Front::MissingGlyphs));
    assert!(window.shows("U+20000  U+20001"));
}

#[test]
fn a_report_that_the_font_can_draw_says_nothing_of_letters() {
    let window = Window::with_reports();
    assert!(!window.shows_part(window.t("status.missing").trim_start_matches("{0}").trim()));
}

#[test]
fn a_long_report_is_drawn_from_end_to_end() {
    let long = format!(
        "清河市总结\n\n{}",
        "2024年高新技术企业达1609家,增长19.4%;技术合同成交额86.5亿元。\n".repeat(2_000)
    );
    let mut window = Window::on(&long);
    assert_eq!(window.state().marks.ledger().open, 6_000);
    window.press(crate::window::CTRL, Key::End);
    window.press(egui::Modifiers::SHIFT, Key::Tab);
    assert_eq!(window.current(), "86.5亿元");
    window.keys(&[Key::Enter]);
    assert_eq!(window.layer().len(), 1);
    for _ in 0..5 {
        window.keys(&[Key::PageUp]);
    }
    window.press(crate::window::CTRL, Key::A);
    assert_eq!(window.selected().len(), long.trim_end().len());
}
