//! What was done, newest first, and a way back.

use egui::{RichText, ScrollArea, Ui};

use super::timeline;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::ui::cx::{Cx, Out};
use crate::ui::widgets::empty_place;

/// Height of one line in points.
const ROW: f32 = 24.0;

/// Shows what was done in this session, or how the open report's decisions came about.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.add_space(14.0);
        let mut timeline = cx.state.view.timeline;
        ui.selectable_value(&mut timeline, false, cx.t("history.session"));
        ui.selectable_value(&mut timeline, true, cx.t("history.report"));
        if timeline != cx.state.view.timeline {
            out.push(Action::ShowTimeline(timeline));
        }
        ui.separator();
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
    ui.add_space(2.0);
    if cx.state.view.timeline {
        timeline::show(ui, cx, out);
    } else {
        session(ui, cx);
    }
}

/// What was done in this session, newest first.
fn session(ui: &mut Ui, cx: &Cx<'_>) {
    let done: Vec<_> = cx.state.history.done().collect();
    if done.is_empty() {
        empty_place(ui, cx, ui.available_rect_before_wrap(), cx.t("history.empty"));
        return;
    }
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
