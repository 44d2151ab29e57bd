//! Typing a path: to open, or to save in. There may be no dialog service to do without.

use egui::{Key, RichText, Role, TextEdit, Ui, WidgetInfo, vec2};

use super::{note, sheet, title};
use crate::app::action::Action;
use crate::app::command::Command;
use crate::ui::cx::{Cx, Out};
use crate::ui::theme::SMALL;

/// A box for a path.
#[derive(Default)]
pub struct PathBox {
    typed: String,
    began: bool,
}

impl PathBox {
    /// Asks for what to open.
    pub fn open(&mut self, ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
        sheet(ui, cx, 600.0, out, |ui, out| {
            title(ui, cx.t("path.open"));
            note(ui, cx, cx.t("path.open.note"));
            if self.line(ui, cx, cx.t("path.open"), Action::Run(Command::OpenFolder), out) {
                out.push(Action::Open(vec![expand(&self.typed)]));
            }
            for path in &cx.state.settings.recent {
                if ui.link(path.display().to_string()).clicked() {
                    out.push(Action::Open(vec![path.clone()]));
                }
            }
        });
    }

    /// Asks for the folder to save in.
    pub fn save(&mut self, ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
        if !self.began {
            self.typed = proposed_folder(cx);
        }
        sheet(ui, cx, 600.0, out, |ui, out| {
            title(ui, cx.t("path.save"));
            note(ui, cx, cx.t("path.save.note"));
            if self.line(ui, cx, cx.t("path.save"), Action::PickSaveFolder, out) {
                out.push(Action::SaveTo(expand(&self.typed)));
            }
            let keys = RichText::new(cx.f("path.keys", &[&cx.command(Command::Save)]));
            ui.label(keys.size(SMALL).color(cx.theme.ink_faint));
        });
    }

    /// The line itself, and the dialog of the desktop beside it; whether the line is to be taken.
    fn line(&mut self, ui: &mut Ui, cx: &Cx<'_>, name: &str, browse: Action, out: &mut Out) -> bool {
        let edit = TextEdit::singleline(&mut self.typed)
            .hint_text(cx.t("path.hint"))
            .desired_width(f32::INFINITY);
        let response = ui.add(edit.margin(vec2(10.0, 7.0)));
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
        if !self.began {
            response.request_focus();
            self.began = true;
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let is_typed = !self.typed.trim().is_empty();
        let clicked = ui.horizontal(|ui| {
            if ui.button(cx.t("path.browse")).clicked() {
                out.push(browse);
            }
            ui.add_enabled(is_typed, egui::Button::new(cx.t("path.go")))
                .clicked()
        });
        (entered || clicked.inner) && is_typed
    }
}

/// A folder beside what was opened that is not there yet.
fn proposed_folder(cx: &Cx<'_>) -> String {
    let opened = cx.state.place.as_ref().or(cx.state.source.first());
    let Some(opened) = opened else {
        return String::new();
    };
    let name = opened
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let opened = std::path::absolute(opened).unwrap_or_else(|_error| opened.clone());
    opened
        .with_file_name(format!("{name}-project"))
        .display()
        .to_string()
}

/// A typed path, with quotes and `file://` taken off and `~` filled in.
fn expand(typed: &str) -> std::path::PathBuf {
    let typed = typed.trim().trim_matches(['"', '\'']);
    let typed = typed.strip_prefix("file://").unwrap_or(typed);
    match (typed.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => typed.into(),
    }
}
