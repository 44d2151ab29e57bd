//! What contradicts what in the person's layer: each finding a way to the words.

use egui::{Align, Layout, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::status::reading;
use crate::app::action::{Action, Front};
use crate::app::command::Command;
use crate::query::checks::Finding;
use crate::ui::cx::{Cx, Out};
use crate::ui::findings;
use crate::ui::theme::SMALL;
use crate::ui::widgets::{empty_place, key_cap, key_of};

/// Height of a finding in points.
const ROW: f32 = 42.0;

/// Shows the findings; those that may stand come last.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    let state = cx.state;
    let waivers = state.project.waivers.get(&state.annotator());
    let is_waived = |finding: &Finding| waivers.is_some_and(|all| all.contains_key(&finding.key));
    let all = state.checks.findings.iter();
    let (standing, counted): (Vec<&Finding>, Vec<&Finding>) = all.partition(|finding| is_waived(finding));
    let all: Vec<&Finding> = counted.into_iter().chain(standing).collect();
    if all.is_empty() {
        let words = if state.is_whole() {
            cx.t("checks.empty").to_owned()
        } else {
            reading(cx, "wait.reading")
        };
        empty_place(ui, cx, ui.available_rect_before_wrap(), &words);
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .auto_shrink(false)
        .show_rows(ui, ROW, all.len(), |ui, range| {
            for finding in all.get(range).unwrap_or_default() {
                row(ui, cx, finding, out);
            }
        });
}

fn row(ui: &mut Ui, cx: &Cx<'_>, finding: &Finding, out: &mut Out) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let said = findings::words(cx, finding);
    let shown = cx.state.view.finding.as_ref() == Some(&finding.key);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, shown, &said));
    if shown {
        ui.painter().rect_filled(rect, 0.0, cx.theme.accent_soft);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, cx.theme.back);
    }
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(vec2(18.0, 3.0))));
    let waiver = cx.state.waiver(finding);
    inner.with_layout(Layout::right_to_left(Align::Center), |ui| {
        side(ui, cx, finding, waiver, shown, out);
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let (sign, ink) = findings::look(cx.theme, finding.severity);
            let ink = if waiver.is_some() { cx.theme.ink_faint } else { ink };
            let line = RichText::new(format!("{sign} {said}")).color(ink);
            ui.add(egui::Label::new(line).truncate().selectable(false));
            let line = RichText::new(about(cx, finding, waiver))
                .size(SMALL)
                .color(cx.theme.ink_soft);
            ui.add(egui::Label::new(line).truncate().selectable(false));
        });
    });
    if response.clicked() {
        out.push(Action::ShowFinding(finding.key.clone()));
    }
}

/// What can be done about a finding.
fn side(ui: &mut Ui, cx: &Cx<'_>, finding: &Finding, waiver: Option<&str>, shown: bool, out: &mut Out) {
    if waiver.is_some() {
        if ui.button(cx.t("checks.count_again")).clicked() {
            out.push(Action::Waive(finding.key.clone(), None));
        }
        return;
    }
    if shown && let Some(key) = key_of(Command::LetStand) {
        key_cap(ui, cx, &key);
    }
    let button = ui.button(cx.command(Command::LetStand));
    if button.on_hover_text(cx.hint(Command::LetStand)).clicked() {
        out.push(Action::Show(Front::Waive(finding.key.clone())));
    }
}

/// The observations involved, the suspect first, and why it is suspected or may stand.
fn about(cx: &Cx<'_>, finding: &Finding, waiver: Option<&str>) -> String {
    let suspect = finding.place();
    let others = finding
        .observations
        .iter()
        .filter(|place| Some(*place) != suspect);
    let mut parts: Vec<String> = suspect
        .into_iter()
        .chain(others)
        .filter_map(|place| findings::observation(cx, place))
        .map(|observation| findings::described(cx, observation))
        .collect();
    if finding.observations.len() > 1
        && let Some(why) = findings::reason(cx, finding)
    {
        let first = parts.first().cloned().unwrap_or_default();
        parts.insert(1.min(parts.len()), format!("({why})"));
        if first.is_empty() {
            parts.remove(0);
        }
    }
    let place = suspect.and_then(|place| cx.state.project.report(&place.report));
    let is_elsewhere = place.map(|report| &report.id) != cx.state.view.report.as_ref();
    if let Some(report) = place.filter(|_| is_elsewhere) {
        parts.push(report.title.clone());
    }
    if let Some(waiver) = waiver {
        parts.insert(0, cx.f("checks.stands", &[waiver]));
    }
    parts.join("  ·  ")
}
