//! A report's metadata: what suggestions take area and period from.

use egui::{Grid, Role, TextEdit, Ui, WidgetInfo};

use super::{note, sheet, title};
use crate::app::action::Action;
use crate::app::command::Command;
use crate::model::Report;
use crate::ui::cx::{Cx, Out};

/// The metadata as it is being changed.
#[derive(Default)]
pub struct Details {
    report: Option<Report>,
}

impl Details {
    /// Shows the open report's metadata.
    pub fn show(&mut self, ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
        let Some(open) = cx.state.report() else {
            out.push(Action::CloseFront);
            return;
        };
        let report = self.report.get_or_insert_with(|| open.clone());
        sheet(ui, cx, 520.0, out, |ui, out| {
            title(ui, cx.t("details.title"));
            note(ui, cx, cx.t("details.note"));
            Grid::new("details")
                .num_columns(2)
                .spacing([20.0, 8.0])
                .show(ui, |ui| {
                    for (key, words) in [
                        ("details.report", &mut report.title),
                        ("details.issuer", &mut report.issuer),
                        ("details.date", &mut report.date),
                        ("details.area", &mut report.area),
                        ("details.period", &mut report.period),
                    ] {
                        ui.label(cx.t(key));
                        let response = ui.add(TextEdit::singleline(words).desired_width(360.0));
                        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, cx.t(key)));
                        ui.end_row();
                    }
                    if !report.original.is_empty() {
                        ui.label(cx.t("details.original"));
                        ui.label(&report.original);
                        ui.end_row();
                    }
                });
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                if ui.button(cx.t("details.apply")).clicked() {
                    out.push(Action::CloseFront);
                    if report != open {
                        out.push(Action::SetReport(Box::new(report.clone())));
                    }
                }
                if ui.button(cx.t("details.cancel")).clicked() {
                    out.push(Action::CloseFront);
                }
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let remove = Command::RemoveReport;
                    if ui
                        .button(cx.command(remove))
                        .on_hover_text(cx.hint(remove))
                        .clicked()
                    {
                        out.push(Action::CloseFront);
                        out.run(remove);
                    }
                });
            });
        });
    }
}
