//! The list of reports, each with its ledger; the project's ledger below.

use egui::{RichText, Role, ScrollArea, Sense, Stroke, TextEdit, Ui, WidgetInfo, vec2};

use crate::app::action::{Action, Front};
use crate::model::Report;
use crate::ui::cx::{Cx, Out};
use crate::ui::theme::SMALL;
use crate::ui::widgets::{ledger_bar, ledger_words, section};

/// Height of one report's entry in points.
const ENTRY: f32 = 62.0;

/// Shows the list.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    egui::Panel::bottom("project-ledger")
        .frame(egui::Frame::new().inner_margin(egui::Margin::symmetric(14, 10)))
        .show(ui, |ui| project_ledger(ui, cx));
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        let mut filter = cx.state.view.report_filter.clone();
        let edit = TextEdit::singleline(&mut filter)
            .hint_text(cx.t("reports.filter"))
            .desired_width(ui.available_width() - 12.0)
            .margin(vec2(10.0, 5.0));
        let response = ui.add(edit);
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, cx.t("reports.filter")));
        if response.changed() {
            out.push(Action::FilterReports(filter));
        }
    });
    let reports: Vec<&Report> = cx.state.listed_reports().collect();
    ui.horizontal(|ui| {
        ui.add_space(14.0);
        section(ui, cx, &cx.f("reports.count", &[&reports.len().to_string()]));
    });
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .auto_shrink(false)
        .show_rows(ui, ENTRY, reports.len(), |ui, range| {
            for report in &reports[range] {
                entry(ui, cx, report, out);
            }
        });
}

fn entry(ui: &mut Ui, cx: &Cx<'_>, report: &Report, out: &mut Out) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ENTRY), Sense::click());
    let is_open = cx.state.view.report.as_ref() == Some(&report.id);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_open, &report.title));
    if is_open {
        ui.painter().rect_filled(rect, 0.0, cx.theme.accent_soft);
        ui.painter()
            .rect_filled(rect.with_max_x(rect.left() + 3.0), 0.0, cx.theme.accent);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 0.0, cx.theme.back);
    }
    let inner = rect.shrink2(vec2(14.0, 8.0));
    let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(inner));
    ui.spacing_mut().item_spacing = vec2(6.0, 1.0);
    ui.add(
        egui::Label::new(RichText::new(&report.title).color(cx.theme.ink))
            .truncate()
            .selectable(false),
    );
    let ledger = cx.state.ledgers.get(&report.id).copied();
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = 15.0;
        let small = |words: String| RichText::new(words).size(SMALL).color(cx.theme.ink_faint);
        let frame = [report.area.as_str(), report.period.as_str()];
        let frame: Vec<&str> = frame.into_iter().filter(|words| !words.is_empty()).collect();
        ui.label(small(frame.join(" · ")));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let count = ledger.map_or_else(
                || "…".to_owned(),
                |ledger| format!("{} / {}", ledger.decided(), ledger.total()),
            );
            ui.label(small(count));
        });
    });
    ui.add_space(2.0);
    ledger_bar(&mut ui, cx, ledger.unwrap_or_default());
    if response.clicked() {
        out.push(Action::ShowReport(report.id.clone()));
    }
    let response = response.on_hover_text(format!(
        "{}\n{}",
        report.title,
        ledger_words(cx, ledger.unwrap_or_default())
    ));
    if response.double_clicked() {
        out.push(Action::Show(Front::ReportDetails));
    }
}

fn project_ledger(ui: &mut Ui, cx: &Cx<'_>) {
    ui.painter().hline(
        ui.max_rect().x_range(),
        ui.max_rect().top() - 10.0,
        Stroke::new(1.0, cx.theme.line),
    );
    let ledger = cx.state.project_ledger();
    ui.horizontal(|ui| {
        let title = if cx.state.project.title.is_empty() {
            cx.t("reports.project")
        } else {
            &cx.state.project.title
        };
        ui.add(egui::Label::new(RichText::new(title).color(cx.theme.ink_soft)).truncate());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let count = format!("{} / {}", ledger.decided(), ledger.total());
            ui.label(RichText::new(count).color(cx.theme.ink_soft));
        });
    });
    ledger_bar(ui, cx, ledger);
}
