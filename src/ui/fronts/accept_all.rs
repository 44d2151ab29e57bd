//! Asks before many suggestions are accepted at once.

use egui::{Key, Modifiers, Ui};

use super::{note, sheet, title};
use crate::app::action::Action;
use crate::ui::cx::{Cx, Out};

/// Says how many there are.
pub fn show(ui: &Ui, cx: &Cx<'_>, count: usize, out: &mut Out) {
    sheet(ui, cx, 460.0, out, |ui, out| {
        title(ui, &cx.f("accept_all.title", &[&count.to_string()]));
        note(ui, cx, cx.t("accept_all.note"));
        ui.add_space(8.0);
        let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        ui.horizontal(|ui| {
            if ui.button(cx.t("accept_all.go")).clicked() || enter {
                out.push(Action::AcceptAll);
            }
            if ui.button(cx.t("details.cancel")).clicked() {
                out.push(Action::CloseFront);
            }
        });
    });
}
