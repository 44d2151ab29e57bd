//! The cases of curation: where the annotators' layers differ.

use egui::{Align, Layout, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::case_view::point_name;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::curation::Curation;
use crate::model::{ReportId, Span};
use crate::query::curate::{Case, State};
use crate::ui::cx::{Cx, Out};
use crate::ui::theme::SMALL;
use crate::ui::widgets::{empty_place, key_cap, key_of, strong};

/// Height of a case in points.
const ROW: f32 = 28.0;

/// Shows the counts and the cases.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    let Some(curation) = &cx.state.curation else {
        begin(ui, cx, out);
        return;
    };
    ui.add_space(5.0);
    ui.horizontal(|ui| {
        ui.add_space(18.0);
        counts(ui, cx, curation, out);
    });
    ui.add_space(3.0);
    let listed = &curation.listed;
    if listed.is_empty() {
        empty_place(ui, cx, ui.available_rect_before_wrap(), cx.t("cases.none"));
        return;
    }
    let here = cx.state.view.report.as_ref().zip(cx.state.view.current);
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("cases")
        .auto_shrink(false)
        .show_rows(ui, ROW, listed.len(), |ui, range| {
            for (report, span) in listed.get(range).unwrap_or_default() {
                if let Some(case) = curation.case(report, *span) {
                    row(ui, cx, report, case, here == Some((report, *span)), out);
                }
            }
        });
}

fn begin(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    ui.add_space(14.0);
    ui.horizontal(|ui| {
        ui.add_space(18.0);
        key_cap(ui, cx, &key_of(Command::Curate).unwrap_or_default());
        if ui.button(cx.command(Command::Curate)).clicked() {
            out.run(Command::Curate);
        }
        ui.label(RichText::new(cx.hint(Command::Curate)).color(cx.theme.ink_soft));
    });
}

fn counts(ui: &mut Ui, cx: &Cx<'_>, curation: &Curation, out: &mut Out) {
    let summary = &curation.summary;
    let open = cx.state.view.report.as_ref();
    let readers = open.map_or_else(Vec::new, |open| curation.readers(&cx.state.project, open));
    let names: Vec<String> = readers
        .iter()
        .enumerate()
        .map(|(place, annotator)| format!("{} {annotator}", place + 1))
        .collect();
    ui.label(strong(names.join("  "), SMALL + 0.5));
    let parts = [summary.differing, summary.one_sided, summary.settled].map(|count| count.to_string());
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let words = RichText::new(cx.f("cases.counts", &parts)).color(cx.theme.ink_soft);
    ui.add(egui::Label::new(words).truncate());
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.add_space(14.0);
        if ui.button(cx.t("cases.leave")).clicked() {
            out.run(Command::Curate);
        }
        let mut all = curation.show_all;
        ui.toggle_value(&mut all, cx.t("cases.all"));
        if all != curation.show_all {
            out.push(Action::ListAllCases(all));
        }
    });
}

fn row(ui: &mut Ui, cx: &Cx<'_>, report: &ReportId, case: &Case, is_current: bool, out: &mut Out) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let (before, words, behind) = sentence(cx, report, case.span);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_current, &words));
    if is_current {
        ui.painter().rect_filled(rect, 0.0, cx.theme.accent_soft);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, cx.theme.back);
    }
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(vec2(18.0, 2.0))));
    inner.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let (why, ink) = state_words(cx, case);
        ui.label(RichText::new(why).size(SMALL + 0.5).color(ink));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let soft = |words: String| RichText::new(words).color(cx.theme.ink_soft);
            if cx.state.view.report.as_ref() != Some(report) {
                let title = cx.state.project.report(report).map_or("", |report| &report.title);
                let short: String = title.chars().take(12).collect();
                ui.label(RichText::new(format!("{short}  ")).color(cx.theme.ink_faint));
            }
            ui.label(soft(before));
            ui.label(strong(words, 13.0).color(cx.theme.accent));
            ui.add(egui::Label::new(soft(behind)).truncate().selectable(false));
        });
    });
    if response.clicked() {
        out.push(Action::ShowCase(report.clone(), case.span));
    }
}

fn state_words(cx: &Cx<'_>, case: &Case) -> (String, egui::Color32) {
    match &case.state {
        State::Agreed(_) => (cx.t("case.agreed").to_owned(), cx.theme.ink_faint.0),
        State::Settled => (cx.t("case.settled").to_owned(), cx.theme.good.0),
        State::Differs(difference) => {
            let mut names: Vec<&str> = difference
                .points
                .iter()
                .map(|point| point_name(cx, *point))
                .collect();
            if difference.one_sided {
                names = vec![cx.t("case.one_sided")];
            }
            (names.join(", "), cx.theme.open.0)
        }
    }
}

/// The words with some before and behind them, of one line of the report.
fn sentence(cx: &Cx<'_>, report: &ReportId, span: Span) -> (String, String, String) {
    let report = cx.state.project.report(report);
    let text = report.and_then(|report| cx.state.texts.get(&report.fingerprint));
    text.map_or_else(Default::default, |text| crate::ui::context_of(text, span, 18))
}
