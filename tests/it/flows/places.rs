//! Ways in and out: typed paths, dialogs, drops, encodings, closing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Key, ViewportCommand, ViewportEvent, ViewportId};
use indicator_annotator::app::action::{Action, Front};
use indicator_annotator::app::command::Command;
use indicator_annotator::app::ports::{Picked, Purpose};

use crate::window::{CTRL, Window};

#[test]
fn a_typed_path_opens() {
    let mut window = Window::empty();
    window.press(CTRL, Key::L);
    let path = window.path("reports/b松桥.txt");
    // As a file manager copies it.
    window.type_words(&format!("file://{}", path.display()));
    window.keys(&[Key::Enter]);
    assert_eq!(window.state().project.reports.len(), 1);
    assert!(window.shows(&window.mark("217家", "suggested")));
}

#[test]
fn a_wrong_path_is_told_and_can_be_typed_again() {
    let mut window = Window::empty();
    window.press(CTRL, Key::L);
    window.type_words("/nowhere/报告.txt");
    window.keys(&[Key::Enter]);
    assert!(window.shows_part("/nowhere/报告.txt"));
    window.press(CTRL, Key::L);
    let path = window.path("reports");
    window.type_words(&path.display().to_string());
    window.keys(&[Key::Enter]);
    assert_eq!(window.state().project.reports.len(), 2);
}

#[test]
fn the_first_page_opens_by_dialog_and_falls_back_to_typing() {
    let mut window = Window::empty();
    window.script.answer(Picked::Unavailable);
    window.click(&window.t("command.open-folder"));
    assert_eq!(
        window.state().view.front,
        Some(Front::TypePath(Purpose::OpenFolder))
    );
    window.keys(&[Key::Escape]);
    window.script.answer(Picked::Chosen(vec![window.path("reports")]));
    window.click(&window.t("command.open-folder"));
    assert_eq!(window.state().project.reports.len(), 2);
    assert_eq!(window.state().view.front, None);
}

#[test]
fn what_was_opened_lately_is_on_the_first_page() {
    let mut window = Window::empty();
    window.open("reports");
    let mut window = window.killed_and_started_again();
    window.click("reports");
    assert_eq!(window.state().project.reports.len(), 2);
}

/// A file that a desktop drops.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn drop_on(window: &mut Window, path: PathBuf) {
    window
        .harness
        .input_mut()
        .dropped_files
        .push(Arc::new(Dropped(path)));
    window.settle();
}

#[test]
fn dropped_reports_open_and_more_are_added() {
    let mut window = Window::empty();
    let (first, second) = (window.path("reports/a清河.txt"), window.path("reports/b松桥.txt"));
    drop_on(&mut window, first);
    assert_eq!(window.state().project.reports.len(), 1);
    drop_on(&mut window, second);
    assert_eq!(window.state().project.reports.len(), 2);
    assert_eq!(window.state().report().unwrap().title, "松桥区2024年科技工作总结");
}

#[test]
fn another_encoding_is_chosen_from_the_status_line() {
    let mut window = Window::empty();
    // Letters that every encoding has: what is read wrongly may have some that no font draws.
    std::fs::write(
        window.path("a.txt"),
        "Report of 2024\n\nRevenue grew by 19.4% to 310 units.\n",
    )
    .unwrap();
    window.open("a.txt");
    let text = window.state().document().unwrap().text.clone();
    for name in ["Big5", "gb18030", "UTF-8"] {
        let shown = window.state().report().unwrap().encoding.clone();
        window.click(&if window.shows(&shown) {
            shown
        } else {
            window.f("status.guessed", &shown)
        });
        window.click(name);
        assert_eq!(window.state().report().unwrap().encoding, name);
        assert_eq!(window.state().document().unwrap().text, text);
    }
}

/// What the window asks the desktop for when its cross is clicked.
fn close(window: &mut Window) -> Vec<ViewportCommand> {
    let input = window.harness.input_mut();
    input
        .viewports
        .entry(ViewportId::ROOT)
        .or_default()
        .events
        .push(ViewportEvent::Close);
    window.harness.step();
    window.harness.output().viewport_output[&ViewportId::ROOT]
        .commands
        .clone()
}

#[test]
fn closing_asks_about_work_without_a_place() {
    let mut window = Window::with_reports();
    window.keys(&[Key::Tab, Key::Enter]);
    assert!(close(&mut window).contains(&ViewportCommand::CancelClose));
    assert_eq!(window.state().view.front, Some(Front::UnsavedQuit));
    window.settle();
    window.click(&window.t("unsaved.save"));
    assert_eq!(
        window.state().view.front,
        Some(Front::TypePath(Purpose::SaveFolder))
    );
    window.replace_words(&window.path("project").display().to_string());
    window.keys(&[Key::Enter]);
    window.wait(0.5);
    let commands = close(&mut window);
    assert!(!commands.contains(&ViewportCommand::CancelClose), "{commands:?}");
}

#[test]
fn closing_without_work_asks_nothing() {
    let mut window = Window::with_reports();
    assert!(!close(&mut window).contains(&ViewportCommand::CancelClose));
}

#[test]
fn quitting_waits_until_everything_is_written() {
    let mut window = Window::with_reports();
    window.press(CTRL, Key::S);
    window.replace_words(&window.path("project").display().to_string());
    window.keys(&[Key::Enter, Key::Tab, Key::Enter]);
    window.harness.state_mut().send(Action::Run(Command::Quit));
    // The wish to close is repeated until the desktop grants it, so nothing settles any more.
    window.harness.run_steps(60);
    assert!(window.state().may_close());
    assert!(
        window
            .read("project/layers/测试/a清河.ron")
            .contains("239.06亿元")
    );
}

#[test]
fn a_second_window_on_a_project_only_looks_on() {
    let mut window = Window::with_reports();
    window.press(CTRL, Key::S);
    window.replace_words(&window.path("project").display().to_string());
    window.keys(&[Key::Enter]);
    let mut second = window.beside();
    second.open("project");
    assert!(second.shows(&second.t("status.read_only")));
}

#[test]
fn an_export_takes_the_reports_that_the_list_shows() {
    let mut window = Window::empty();
    window.open("reports");
    for _ in 0..2 {
        window.keys(&[Key::Tab, Key::Enter]);
        window.send(Action::Run(Command::NextReport));
    }
    let written = |window: &mut Window, which: &str| {
        window.send(Action::Show(Front::Export));
        window.click(which);
        window.click_last(&window.t("export.go"));
        if let Some(Front::ReplaceExport(_)) = window.state().view.front {
            window.keys(&[Key::Enter]);
        }
        let reports = window.state().view.exported.as_ref().unwrap().1.reports;
        window.keys(&[Key::Escape]);
        reports
    };
    let all = window.t("export.all_reports");
    assert_eq!(written(&mut window, &all), 2);
    window.send(Action::FilterReports("b松桥".to_owned()));
    let listed = window.f("export.listed_reports", "1");
    assert_eq!(written(&mut window, &listed), 1);
}
