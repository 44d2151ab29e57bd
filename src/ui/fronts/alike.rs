//! Identical numbers of this report, shown before they are decided on alike.

use egui::{Key, Modifiers, RichText, ScrollArea, Ui};

use super::{note, sheet, title};
use crate::app::action::Action;
use crate::model::Span;
use crate::text::segment;
use crate::ui::cx::{Cx, Out};
use crate::ui::theme::BODY;
use crate::ui::widgets::strong;

/// As many characters are shown on each side of the number.
const CONTEXT: usize = 22;

/// Shows them in their sentences and asks once.
pub fn show(ui: &Ui, cx: &Cx<'_>, spans: &[Span], out: &mut Out) {
    let Some(document) = cx.state.document() else {
        return;
    };
    sheet(ui, cx, 640.0, out, |ui, out| {
        title(ui, &cx.f("alike.title", &[&(spans.len() + 1).to_string()]));
        note(ui, cx, cx.t("alike.note"));
        ScrollArea::vertical().max_height(300.0).show(ui, |ui| {
            for span in spans {
                let line = segment::paragraph_at(&document.text, span.start);
                let before = document.words(Span::new(line.start, span.start));
                let behind = document.words(Span::new(span.end, line.end.max(span.end)));
                let skip = before.chars().count().saturating_sub(CONTEXT);
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 0.0;
                    let soft = |words: String| RichText::new(words).color(cx.theme.ink_soft);
                    ui.label(soft(before.chars().skip(skip).collect()));
                    ui.label(strong(document.words(*span), BODY).color(cx.theme.accent));
                    ui.label(soft(behind.chars().take(CONTEXT).collect()));
                });
            }
        });
        ui.add_space(8.0);
        let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        ui.horizontal(|ui| {
            if ui.button(cx.t("alike.go")).clicked() || enter {
                out.push(Action::DecideAlike(spans.to_vec()));
            }
            if ui.button(cx.t("details.cancel")).clicked() {
                out.push(Action::CloseFront);
            }
        });
    });
}
