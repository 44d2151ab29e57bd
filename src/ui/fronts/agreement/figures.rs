//! The figures of one comparison: spans and values on the left, each field on the right.

use egui::{RichText, ScrollArea, Ui};

use super::row::{Cell, heads, line};
use super::{figure, share};
use crate::model::Field;
use crate::query::agreement::{Aspect, Comparison, FieldFigures, Figures, Scheme, ValueCounts};
use crate::ui::cx::Cx;
use crate::ui::fields::field_key;
use crate::ui::widgets::section;

/// The columns of spans: five counts and three figures.
const SPANS: [f32; 8] = [42.0, 42.0, 42.0, 42.0, 42.0, 56.0, 56.0, 56.0];
/// The columns of fields: n, share, α, κ.
const FIELDS: [f32; 4] = [48.0, 68.0, 58.0, 58.0];
/// Width of the table of values.
const VALUES: f32 = 220.0;
/// Room between the two tables, in points.
const GAP: f32 = 28.0;

/// Shows the tables.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, comparison: &Comparison) {
    let are_many = comparison.annotators.len() > 2;
    ScrollArea::vertical()
        .id_salt("agreement-figures")
        .auto_shrink(false)
        .show(ui, |ui| {
            let half = (ui.available_width() - GAP) * 0.5;
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = GAP;
                ui.vertical(|ui| {
                    ui.set_width(half + 30.0);
                    ui.spacing_mut().item_spacing = egui::vec2(6.0, 0.0);
                    spans(ui, cx, &comparison.all, are_many);
                    ui.add_space(10.0);
                    values(ui, cx, &comparison.all.values);
                });
                ui.vertical(|ui| {
                    ui.set_width(half - 36.0);
                    ui.spacing_mut().item_spacing = egui::vec2(6.0, 0.0);
                    fields(ui, cx, &comparison.all, are_many);
                });
            });
        });
}

fn spans(ui: &mut Ui, cx: &Cx<'_>, figures: &Figures, are_many: bool) {
    let title = if are_many {
        cx.t("agreement.spans.many")
    } else {
        cx.t("agreement.spans")
    };
    section(ui, cx, title);
    let keys = [
        "agreement.scheme",
        "agreement.correct",
        "agreement.incorrect",
        "agreement.partly",
        "agreement.missed",
        "agreement.spurious",
        "agreement.precision",
        "agreement.recall",
        "agreement.f1",
    ];
    heads(ui, cx, &SPANS, keys.map(|key| Cell::head(cx, key)));
    for scheme in Scheme::ALL {
        let key = match scheme {
            Scheme::Strict => "agreement.strict",
            Scheme::Exact => "agreement.exact",
            Scheme::Partial => "agreement.partial",
            Scheme::Type => "agreement.type",
        };
        let counts = figures.spans.unwrap_or_default().get(scheme);
        let numbers = [
            counts.correct,
            counts.incorrect,
            counts.partial,
            counts.missed,
            counts.spurious,
        ];
        let name = Cell::new(cx, cx.t(key)).explained(cx, key);
        let numbers = numbers.map(|number| Cell::new(cx, number.to_string()).in_ink(cx.theme.ink_soft));
        let shares = [counts.precision(), counts.recall(), counts.f1()];
        let shares = shares.map(|share| Cell::new(cx, figure(share)));
        line(ui, cx, &SPANS, std::iter::once(name).chain(numbers).chain(shares));
    }
}

/// How pairs of values compare; a factor of ten, a hundred or ten thousand is a difference of its own.
fn values(ui: &mut Ui, cx: &Cx<'_>, counts: &ValueCounts) {
    section(ui, cx, cx.t("agreement.values"));
    ui.set_max_width(VALUES);
    let rows = [
        ("agreement.same", counts.same, false),
        ("agreement.scale", counts.scaled(), true),
        ("agreement.sign", counts.sign, true),
        ("agreement.different", counts.different, false),
    ];
    for (key, count, is_suspect) in rows {
        let ink = if is_suspect && count > 0 {
            cx.theme.open
        } else {
            cx.theme.ink
        };
        let name = Cell::new(cx, cx.t(key)).explained(cx, key);
        let count = Cell::new(cx, count.to_string()).in_ink(ink);
        line(ui, cx, &[56.0], [name, count]);
    }
    let powers: Vec<String> = counts
        .scale
        .iter()
        .map(|(power, count)| cx.f("agreement.power", &[&power.to_string(), &count.to_string()]))
        .collect();
    if !powers.is_empty() {
        ui.add_space(4.0);
        ui.label(RichText::new(powers.join("  ")).color(cx.theme.open));
    }
}

/// The table of fields; κ is for two annotators only.
fn fields(ui: &mut Ui, cx: &Cx<'_>, figures: &Figures, are_many: bool) {
    section(ui, cx, cx.t("agreement.fields"));
    let keys = [
        "agreement.field",
        "agreement.n",
        "agreement.share",
        "agreement.alpha",
        "agreement.kappa",
    ];
    let widths = if are_many { &FIELDS[..3] } else { &FIELDS[..] };
    let count = widths.len();
    let keys = keys.iter().take(count + 1);
    heads(ui, cx, widths, keys.map(|key| Cell::head(cx, key)));
    for field in &figures.fields {
        let ink = if field.n == 0 {
            cx.theme.ink_faint
        } else {
            cx.theme.ink
        };
        let FieldFigures { n, agreed, .. } = *field;
        let cells = [
            n.to_string(),
            share(agreed, n),
            figure(field.alpha),
            figure(field.kappa),
        ];
        let cells = cells
            .into_iter()
            .take(count)
            .map(|words| Cell::new(cx, words).in_ink(ink));
        line(
            ui,
            cx,
            widths,
            std::iter::once(name(cx, field.aspect).in_ink(ink)).chain(cells),
        );
    }
}

fn name(cx: &Cx<'_>, aspect: Aspect) -> Cell {
    let key = match aspect {
        Aspect::Ruling => "agreement.ruling",
        Aspect::Label => "agreement.label",
        Aspect::Reason => "agreement.reason",
        Aspect::Of(Field::Value) => "agreement.value",
        Aspect::ExactValue => "agreement.value_exact",
        Aspect::Of(field) => return Cell::new(cx, cx.t(field_key(field))),
    };
    Cell::new(cx, cx.t(key)).explained(cx, key)
}
