//! A few pictures of the window, compared with those in `tests/snapshots`.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --features snapshots --test it snapshots` draws them anew.

use std::sync::Arc;

use egui::Key;
use egui_kittest::SnapshotOptions;
use indicator_annotator::app::command::Command;
use indicator_annotator::app::settings::{Settings, Theme};
use tempfile::TempDir;

use crate::desk;
use crate::window::Window;

/// A page with numbers in every state.
const PAGE: &str = "清河市2024年科技工作总结\n\n一、主要成绩\n\n2024年,全社会R&D投入239.06亿元,增长19.4%,\
    增速居全省第1;高新技术企业达1609家,新增科技型中小企业310家。\n\n选派科技特派员310名,服务35周岁以下青年。\n";

/// A window with one number tagged, one dismissed, one current.
fn window(theme: Theme) -> Window {
    let root = TempDir::new().unwrap();
    std::fs::write(root.path().join("清河.txt"), PAGE).unwrap();
    let settings = Settings {
        theme,
        ..desk::state().settings
    };
    let mut window = Window::at(Arc::new(root), settings, [1280.0, 720.0]);
    window.open("清河.txt");
    window.keys(&[Key::Tab, Key::Enter, Key::X]);
    // Messages of success go by themselves.
    window.wait(7.0);
    window
}

fn compare(window: &mut Window, name: &str) {
    let options = SnapshotOptions::new().output_path("tests/snapshots");
    window.harness.snapshot_options(name, &options);
}

#[test]
fn the_text_in_light_colours() {
    compare(&mut window(Theme::Light), "text-light");
}

#[test]
fn the_text_in_dark_colours() {
    compare(&mut window(Theme::Dark), "text-dark");
}

#[test]
fn the_palette() {
    let mut window = window(Theme::Light);
    window.command(Command::Palette);
    window.type_words("kj");
    compare(&mut window, "palette");
}
