//! What was done, newest first, and a way back.

use egui::{RichText, ScrollArea, Ui};

use crate::app::command::Command;
use crate::ui::cx::{Cx, Out};
use crate::ui::widgets::empty_place;

/// Height of one line in points.
const ROW: f32 = 24.0;

/// Shows the list.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    let done: Vec<_> = cx.state.history.done().collect();
    if done.is_empty() {
        empty_place(ui, cx, ui.available_rect_before_wrap(), cx.t("history.empty"));
        return;
    }
    ui.horizontal(|ui| {
        ui.add_space(14.0);
        for command in [Command::Undo, Command::Redo] {
            if ui
                .button(cx.command(command))
                .on_hover_text(cx.hint(command))
                .clicked()
            {
                out.run(command);
            }
        }
    });
    ScrollArea::vertical()
        .auto_shrink(false)
        .show_rows(ui, ROW, done.len(), |ui, range| {
            for (place, transaction) in done.iter().rev().enumerate().skip(range.start).take(range.len()) {
                ui.horizontal(|ui| {
                    ui.set_height(ROW - 5.0);
                    ui.add_space(14.0);
                    let ink = if place == 0 {
                        cx.theme.ink
                    } else {
                        cx.theme.ink_soft
                    };
                    ui.label(RichText::new(cx.t(&format!("done.{}", transaction.name))).color(ink));
                    if transaction.edits.len() > 1 {
                        let count = cx.f("history.edits", &[&transaction.edits.len().to_string()]);
                        ui.label(RichText::new(count).color(cx.theme.ink_faint));
                    }
                    if let Some((report, _)) = &transaction.place {
                        let title = cx.state.project.report(report).map_or("", |report| &report.title);
                        ui.label(RichText::new(title).color(cx.theme.ink_faint));
                    }
                });
            }
        });
}
