//! Why a finding of the checks may stand.

use egui::{Key, Modifiers, Role, TextEdit, Ui, WidgetInfo, vec2};

use super::{note, sheet, title};
use crate::app::action::Action;
use crate::ui::cx::{Cx, Out};
use crate::ui::findings;
use crate::ui::widgets::key_cap;

/// The keys of the usual reasons in the string tables, each with the digit that takes it.
const USUAL: [(&str, Key); 4] = [
    ("waive.as_printed", Key::Num1),
    ("waive.other_basis", Key::Num2),
    ("waive.revised", Key::Num3),
    ("waive.other_things", Key::Num4),
];

/// What is typed as the reason.
#[derive(Default)]
pub struct WaiveBox {
    typed: String,
    began: bool,
}

impl WaiveBox {
    /// Asks for the reason: a digit takes a usual one, other words can be typed.
    pub fn show(&mut self, ui: &Ui, cx: &Cx<'_>, key: &str, out: &mut Out) {
        let finding = cx.state.checks.findings.iter().find(|finding| finding.key == key);
        sheet(ui, cx, 520.0, out, |ui, out| {
            title(ui, cx.t("waive.title"));
            if let Some(finding) = finding {
                note(ui, cx, &findings::words(cx, finding));
                ui.add_space(6.0);
            }
            for (place, (reason, digit)) in USUAL.iter().enumerate() {
                let pressed =
                    self.typed.is_empty() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, *digit));
                ui.horizontal(|ui| {
                    key_cap(ui, cx, &(place + 1).to_string());
                    if ui.button(cx.t(reason)).clicked() || pressed {
                        out.push(Action::Waive(key.to_owned(), Some(cx.t(reason).to_owned())));
                    }
                });
            }
            ui.add_space(6.0);
            let edit = TextEdit::singleline(&mut self.typed)
                .hint_text(cx.t("waive.hint"))
                .desired_width(f32::INFINITY);
            let response = ui.add(edit.margin(vec2(10.0, 7.0)));
            response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, cx.t("waive.hint")));
            if !self.began {
                self.began = true;
                response.request_focus();
            }
            let reason = self.typed.trim();
            if !reason.is_empty()
                && response.lost_focus()
                && ui.input(|input| input.key_pressed(egui::Key::Enter))
            {
                out.push(Action::Waive(key.to_owned(), Some(reason.to_owned())));
            }
        });
    }
}
