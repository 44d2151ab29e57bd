//! What stands in the window while nothing is open.

use egui::{RichText, Ui};

use crate::app::action::Action;
use crate::app::command::Command;
use crate::ui::cx::{Cx, Out};
use crate::ui::theme::SMALL;
use crate::ui::widgets::{command_button, section, strong};

/// Width of the column in points.
const COLUMN: f32 = 420.0;

/// Shows the ways to begin.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    let full = ui.available_rect_before_wrap();
    ui.painter().rect_filled(full, 0.0, cx.theme.page);
    let left = full.left() + ((full.width() - COLUMN) * 0.5).max(20.0);
    let top = full.top() + (full.height() * 0.2).min(150.0);
    let rect = egui::Rect::from_min_max(
        egui::pos2(left, top),
        egui::pos2(left + COLUMN, full.bottom() - 20.0),
    );
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| {
        ui.label(strong(cx.t("app.name"), 24.0));
        ui.label(RichText::new(cx.t("start.about")).color(cx.theme.ink_soft));
        ui.add_space(16.0);
        for command in [Command::OpenFolder, Command::OpenFiles, Command::OpenPath] {
            command_button(ui, cx, command, command == Command::OpenFolder, COLUMN, out);
        }
        ui.label(
            RichText::new(cx.t("start.drop"))
                .size(SMALL)
                .color(cx.theme.ink_faint),
        );
        if cx.state.settings.recent.is_empty() {
            return;
        }
        section(ui, cx, cx.t("menu.recent"));
        for path in &cx.state.settings.recent {
            let name = path
                .file_name()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            ui.horizontal(|ui| {
                if ui.link(name).clicked() {
                    out.push(Action::Open(vec![path.clone()]));
                }
                let folder = path
                    .parent()
                    .map_or_else(String::new, |folder| folder.display().to_string());
                ui.add(
                    egui::Label::new(RichText::new(folder).size(SMALL).color(cx.theme.ink_faint)).truncate(),
                );
            });
        }
    });
}
