//! What the annotators have agreed on, to read and to write.

use egui::{Role, ScrollArea, TextEdit, Ui, WidgetInfo};

use super::{note, window};
use crate::app::action::Action;
use crate::ui::cx::{Cx, Out};

/// The guidelines as they are being written.
#[derive(Default)]
pub struct Guidelines {
    words: Option<String>,
}

impl Guidelines {
    /// Hands over what was written, when the front is closed from within the field.
    pub fn finish(&mut self, cx: &Cx<'_>, out: &mut Out) {
        if let Some(words) = self.words.take()
            && words != cx.state.project.guidelines
        {
            out.push(Action::SetGuidelines(words));
        }
    }

    /// Shows the guidelines. They become the project's when the field is left.
    pub fn show(&mut self, ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
        window(ui, cx.t("guidelines.title"), [620.0, 520.0], out, |ui, out| {
            note(ui, cx, cx.t("guidelines.note"));
            let words = self
                .words
                .get_or_insert_with(|| cx.state.project.guidelines.clone());
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                let edit = TextEdit::multiline(words)
                    .hint_text(cx.t("guidelines.hint"))
                    .desired_width(f32::INFINITY);
                let response = ui.add(edit.desired_rows(22));
                response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, cx.t("guidelines.title")));
                if response.lost_focus() && *words != cx.state.project.guidelines {
                    out.push(Action::SetGuidelines(words.clone()));
                }
            });
        });
    }
}
