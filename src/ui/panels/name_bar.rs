//! Asks once whose layer the decisions go to, without standing in the way.

use egui::{RichText, Ui};

use crate::app::action::{Action, Front};
use crate::app::settings::Settings;
use crate::ui::cx::{Cx, Out};

/// Whether the name has still to be asked.
pub fn is_needed(cx: &Cx<'_>) -> bool {
    !cx.state.settings.annotator_known
}

/// Shows the question on one line.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    ui.horizontal_centered(|ui| {
        let words = cx.f("name_bar.question", &[&cx.state.settings.annotator]);
        ui.label(RichText::new(words).color(cx.theme.ink));
        if ui.button(cx.t("name_bar.yes")).clicked() {
            let settings = Settings {
                annotator_known: true,
                ..cx.state.settings.clone()
            };
            out.push(Action::SetSettings(Box::new(settings)));
        }
        if ui.button(cx.t("name_bar.change")).clicked() {
            out.push(Action::Show(Front::Settings));
        }
    });
}
