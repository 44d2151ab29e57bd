//! What others say of the current number: another copy of the layer, and the other annotators where that is shown.

use egui::{RichText, Ui};

use crate::app::action::Action;
use crate::model::{Annotator, Decision, Span};
use crate::query::agreement::differ;
use crate::ui::cx::{Cx, Out};
use crate::ui::findings;
use crate::ui::theme::SMALL;
use crate::ui::widgets::{section, strong};

/// Shows both.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    let Some(current) = cx.state.view.current else {
        return;
    };
    conflict(ui, cx, current, out);
    if cx.state.settings.show_others {
        readings(ui, cx, current);
    }
}

/// The other copy's decision that a merge could not settle.
fn conflict(ui: &mut Ui, cx: &Cx<'_>, current: Span, out: &mut Out) {
    let Some(layer) = cx.state.layer() else {
        return;
    };
    let contested = layer
        .conflicts()
        .find(|(span, theirs)| span.overlaps(current) || theirs.span.overlaps(current) || *span == current);
    let Some((span, theirs)) = contested else {
        return;
    };
    section(ui, cx, cx.t("others.conflict"));
    ui.label(RichText::new(findings::said(cx, theirs)).color(cx.theme.bad));
    ui.horizontal(|ui| {
        if ui.button(cx.t("others.take_theirs")).clicked() {
            out.push(Action::Settle(span, true));
        }
        if ui.button(cx.t("others.keep_ours")).clicked() {
            out.push(Action::Settle(span, false));
        }
    });
}

/// What the other annotators have decided on these words.
fn readings(ui: &mut Ui, cx: &Cx<'_>, current: Span) {
    let own = cx.state.current_decision().map(|decision| &**decision);
    let readings: Vec<(&Annotator, &Decision)> = of_others(cx, current).collect();
    if readings.is_empty() {
        return;
    }
    section(ui, cx, cx.t("others.title"));
    for (annotator, decision) in readings {
        let differs = own.is_some_and(|own| differ(own, decision));
        ui.horizontal_wrapped(|ui| {
            ui.label(strong(annotator.to_string(), SMALL + 0.5));
            let ink = if differs { cx.theme.open } else { cx.theme.ink_soft };
            ui.label(
                RichText::new(findings::said(cx, decision))
                    .size(SMALL + 0.5)
                    .color(ink),
            );
        });
    }
}

/// What other annotators have decided on any of these words of the open report.
fn of_others<'a>(cx: &Cx<'a>, span: Span) -> impl Iterator<Item = (&'a Annotator, &'a Decision)> {
    let own = cx.state.annotator();
    let report = cx.state.view.report.as_ref();
    let layers = cx.state.project.layers.iter();
    layers
        .filter(move |(annotator, _)| **annotator != own)
        .filter_map(move |(annotator, reports)| Some((annotator, reports.get(report?)?)))
        .flat_map(move |(annotator, layer)| {
            let decisions = layer.overlapping(span);
            decisions.map(move |decision| (annotator, &**decision))
        })
}
