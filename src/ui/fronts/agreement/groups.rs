//! The figures of each indicator or report, one line each; a report's line opens the report.

use egui::{Role, ScrollArea, Ui, WidgetInfo};

use super::figure;
use super::row::{Cell, ROW, heads, line};
use crate::app::action::Action;
use crate::model::Field;
use crate::query::agreement::{Aspect, Comparison, Figures, Group, Label, Scheme};
use crate::ui::cx::{Cx, Out};
use crate::ui::messages::indicator;

/// The columns: numbers of both, of one alone, strict F1, type F1, α of what, values, α of values, scale.
const COLUMNS: [f32; 8] = [64.0, 64.0, 68.0, 68.0, 72.0, 60.0, 68.0, 72.0];

/// Shows the lines.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, comparison: &Comparison, out: &mut Out) {
    let is_report = matches!(comparison.groups.first(), Some((Group::Report(_), _)));
    let first = if is_report {
        "agreement.report"
    } else {
        "agreement.indicator"
    };
    let keys = [
        first,
        "agreement.numbers",
        "agreement.alone",
        "agreement.f1.strict",
        "agreement.f1.type",
        "agreement.alpha.label",
        "agreement.pairs",
        "agreement.alpha.value",
        "agreement.scale",
    ];
    ui.spacing_mut().item_spacing.y = 0.0;
    heads(ui, cx, &COLUMNS, keys.map(|key| Cell::head(cx, key)));
    ScrollArea::vertical()
        .id_salt("agreement-groups")
        .auto_shrink(false)
        .show_rows(ui, ROW, comparison.groups.len(), |ui, range| {
            for (group, figures) in comparison.groups.get(range).unwrap_or_default() {
                row(ui, cx, group, figures, out);
            }
        });
}

fn row(ui: &mut Ui, cx: &Cx<'_>, group: &Group, figures: &Figures, out: &mut Out) {
    let words = name(cx, group);
    let f1 = |scheme| figure(figures.spans.and_then(|spans| spans.get(scheme).f1()));
    let alpha = |aspect| figure(figures.field(aspect).and_then(|field| field.alpha));
    let values = figures.field(Aspect::Of(Field::Value));
    let scaled = figures.values.scaled();
    let cells = [
        words.clone(),
        figures.both.to_string(),
        figures.one_sided.iter().sum::<usize>().to_string(),
        f1(Scheme::Strict),
        f1(Scheme::Type),
        alpha(Aspect::Label),
        values.map_or(0, |field| field.n).to_string(),
        alpha(Aspect::Of(Field::Value)),
        scaled.to_string(),
    ];
    let last = cells.len() - 1;
    let cells = cells.into_iter().enumerate().map(|(place, words)| {
        let cell = Cell::new(cx, words);
        if place == last && scaled > 0 {
            cell.in_ink(cx.theme.open)
        } else {
            cell
        }
    });
    let cells: Vec<Cell> = cells.collect();
    let place = ui.cursor().min;
    let rect = egui::Rect::from_min_size(place, egui::vec2(ui.available_width(), ROW));
    let Group::Report(report) = group else {
        line(ui, cx, &COLUMNS, cells);
        return;
    };
    if ui.rect_contains_pointer(rect) {
        ui.painter().rect_filled(rect, 4.0, cx.theme.accent_soft);
    }
    let response = line(ui, cx, &COLUMNS, cells);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    let response = response.on_hover_text(cx.t("agreement.report.open"));
    if response.clicked() {
        out.push(Action::ShowReport(report.clone()));
    }
}

fn name(cx: &Cx<'_>, group: &Group) -> String {
    match group {
        Group::Report(id) => cx
            .state
            .project
            .report(id)
            .map_or_else(|| id.to_string(), |report| report.title.clone()),
        Group::Label(Label::Indicator(id)) => indicator(cx, id),
        Group::Label(Label::Unlisted) => cx.t("agreement.unlisted").to_owned(),
        Group::Label(Label::Dismissed(reason)) => {
            cx.f("agreement.dismissed", &[cx.t(&format!("reason.{reason}"))])
        }
    }
}
