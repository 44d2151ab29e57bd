//! How far the annotators agree: who is compared, and the figures as calm tables.

mod figures;
mod groups;
mod row;

use egui::{RichText, Ui};

use super::window;
use crate::app::action::Action;
use crate::model::Annotator;
use crate::query::agreement::{Agreement, By, Comparison};
use crate::ui::cx::{Cx, Out};
use crate::ui::widgets::{empty_place, hairline};

/// What the pane remembers from frame to frame.
#[derive(Default)]
pub struct AgreementPane {
    /// Which comparison is shown: all together, or the pair of this place.
    pair: Option<usize>,
}

impl AgreementPane {
    /// Shows the pane.
    pub fn show(&mut self, ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
        window(ui, cx.t("agreement.title"), [880.0, 600.0], out, |ui, out| {
            who(ui, cx, out);
            let comparing = &cx.state.comparing;
            let Some(agreement) = comparing.agreement.as_deref() else {
                hairline(ui, cx);
                let words = if comparing.running {
                    cx.t("agreement.working")
                } else {
                    cx.t("agreement.too_few")
                };
                let rect = ui.available_rect_before_wrap();
                empty_place(ui, cx, rect, words);
                ui.allocate_rect(rect, egui::Sense::hover());
                return;
            };
            self.choose(ui, cx, agreement, out);
            hairline(ui, cx);
            ui.add_space(6.0);
            let comparison = self.comparison(agreement);
            facts(ui, cx, comparison);
            ui.add_space(4.0);
            if comparison.shared.is_empty() {
                let rect = ui.available_rect_before_wrap();
                empty_place(ui, cx, rect, cx.t("agreement.nothing_shared"));
                ui.allocate_rect(rect, egui::Sense::hover());
            } else if comparing.by == By::Nothing || comparison.groups.is_empty() {
                figures::show(ui, cx, comparison);
            } else {
                groups::show(ui, cx, comparison, out);
            }
        });
    }

    fn comparison<'a>(&self, agreement: &'a Agreement) -> &'a Comparison {
        self.pair
            .and_then(|place| agreement.pairs.get(place))
            .unwrap_or(&agreement.together)
    }

    /// Which comparison is shown, whose view is the reference, and how the figures are divided.
    fn choose(&mut self, ui: &mut Ui, cx: &Cx<'_>, agreement: &Agreement, out: &mut Out) {
        let comparing = &cx.state.comparing;
        ui.horizontal_wrapped(|ui| {
            if agreement.pairs.len() > 1 {
                ui.selectable_value(&mut self.pair, None, cx.t("agreement.together"));
                for (place, pair) in agreement.pairs.iter().enumerate() {
                    ui.selectable_value(&mut self.pair, Some(place), names(pair));
                }
            }
            let shown = self.comparison(agreement);
            if let [one, other] = shown.annotators.as_slice() {
                let words = cx.f("agreement.reference", &[&one.to_string()]);
                let button = ui.button(words).on_hover_text(cx.t("agreement.reference.hint"));
                if button.clicked() {
                    out.push(Action::Compare(
                        before(&comparing.annotators, other, one),
                        comparing.by,
                    ));
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let mut by = comparing.by;
                for (choice, key) in [
                    (By::Report, "agreement.by_report"),
                    (By::Label, "agreement.by_label"),
                    (By::Nothing, "agreement.by_nothing"),
                ] {
                    ui.selectable_value(&mut by, choice, cx.t(key));
                }
                if by != comparing.by {
                    out.push(Action::Compare(comparing.annotators.clone(), by));
                }
                if comparing.running {
                    ui.spinner();
                }
            });
        });
    }
}

/// Everybody who has decided anything, each with a switch.
fn who(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    let comparing = &cx.state.comparing;
    ui.horizontal_wrapped(|ui| {
        let words = RichText::new(cx.t("agreement.who")).color(cx.theme.ink_faint);
        ui.label(words);
        for annotator in cx.state.project.layers.keys() {
            let mut chosen = comparing.annotators.contains(annotator);
            if ui.checkbox(&mut chosen, annotator.to_string()).changed() {
                let mut annotators = comparing.annotators.clone();
                annotators.retain(|other| other != annotator);
                if chosen {
                    annotators.push(annotator.clone());
                }
                out.push(Action::Compare(annotators, comparing.by));
            }
        }
    });
}

/// What the figures rest on: shared reports and numbers, and what only one of them has.
fn facts(ui: &mut Ui, cx: &Cx<'_>, comparison: &Comparison) {
    let only = |counts: &[usize]| -> String {
        let sides = comparison.annotators.iter().zip(counts);
        let some = sides.filter(|(_, count)| **count > 0);
        some.map(|(name, count)| cx.f("agreement.only", &[&name.to_string(), &count.to_string()]))
            .collect()
    };
    let shared = comparison.shared.len().to_string();
    let both = comparison.all.both.to_string();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (key, count, sides) in [
            ("agreement.shared", &shared, only(&comparison.unshared)),
            ("agreement.both", &both, only(&comparison.all.one_sided)),
        ] {
            let hint = cx.t(&format!("{key}.hint"));
            ui.label(cx.f(key, &[count])).on_hover_text(hint);
            // Empty words would break the row.
            if !sides.is_empty() {
                ui.label(RichText::new(sides).color(cx.theme.ink_soft))
                    .on_hover_text(cx.t("agreement.only.hint"));
            }
            ui.add_space(24.0);
        }
    });
}

/// The annotators of a pair, as its switch names them.
fn names(pair: &Comparison) -> String {
    let names: Vec<String> = pair.annotators.iter().map(ToString::to_string).collect();
    names.join(" · ")
}

/// The same annotators with `first` moved to just before `second`.
fn before(annotators: &[Annotator], first: &Annotator, second: &Annotator) -> Vec<Annotator> {
    let others = annotators.iter().filter(|annotator| *annotator != first);
    others
        .flat_map(|annotator| {
            let moved = (annotator == second).then(|| first.clone());
            moved.into_iter().chain([annotator.clone()])
        })
        .collect()
}

/// A figure between 0 and 1, to three places; a dash where it is not defined.
fn figure(number: Option<f64>) -> String {
    number.map_or_else(|| "–".to_owned(), |number| format!("{number:.3}"))
}

/// A share in per cent; a dash for a share of nothing.
fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    format!("{:.1} %", 100.0 * part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_annotator_moves_before_another() {
        let names = |words: &str| -> Vec<Annotator> {
            let each = words.split(' ');
            each.map(Annotator::from).collect()
        };
        let (a, c) = (Annotator::from("a"), Annotator::from("c"));
        assert_eq!(before(&names("a b c d"), &c, &a), names("c a b d"));
    }

    #[test]
    fn what_is_not_defined_is_a_dash() {
        assert_eq!((figure(None), share(0, 0)), ("–".to_owned(), "–".to_owned()));
        assert_eq!(
            (figure(Some(1.0)), share(2, 3)),
            ("1.000".to_owned(), "66.7 %".to_owned())
        );
    }
}
