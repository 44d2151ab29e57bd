//! Typing a path: to open, or to save in. There may be no dialog service to do without.

use egui::{Key, Role, TextEdit, Ui, WidgetInfo, vec2};

use super::{note, sheet, title};
use crate::app::action::Action;
use crate::app::ports::Purpose;
use crate::ui::cx::{Cx, Out};

/// A box for a path.
#[derive(Default)]
pub struct PathBox {
    typed: String,
    began: bool,
}

impl PathBox {
    /// Asks for a path.
    pub fn show(&mut self, ui: &Ui, cx: &Cx<'_>, purpose: Purpose, out: &mut Out) {
        if !self.began {
            self.typed = proposal(cx, purpose);
        }
        let (name, about) = words(cx, purpose);
        sheet(ui, cx, 600.0, out, |ui, out| {
            title(ui, name);
            note(ui, cx, about);
            self.line(ui, cx, (purpose, name), out);
            if matches!(purpose, Purpose::OpenFiles | Purpose::OpenFolder) {
                for path in &cx.state.settings.recent {
                    if ui.link(path.display().to_string()).clicked() {
                        out.push(Action::Open(vec![path.clone()]));
                    }
                }
            }
        });
    }

    /// The line itself, and the dialog of the desktop below it.
    fn line(&mut self, ui: &mut Ui, cx: &Cx<'_>, (purpose, name): (Purpose, &str), out: &mut Out) {
        let edit = TextEdit::singleline(&mut self.typed).hint_text(cx.t("path.hint"));
        let response = ui.add(edit.desired_width(f32::INFINITY).margin(vec2(10.0, 7.0)));
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
        if !self.began {
            response.request_focus();
            self.began = true;
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let is_typed = !self.typed.trim().is_empty();
        ui.horizontal(|ui| {
            let go = ui.add_enabled(is_typed, egui::Button::new(cx.t("path.go")));
            if is_typed && (entered || go.clicked()) {
                out.push(Action::UsePath(purpose, expand(&self.typed)));
            }
            if ui.button(cx.t("path.browse")).clicked() {
                out.push(Action::Pick(purpose));
            }
        });
    }
}

/// What is asked for, and what can be said about it.
fn words<'a>(cx: &Cx<'a>, purpose: Purpose) -> (&'a str, &'a str) {
    match purpose {
        Purpose::OpenFiles | Purpose::OpenFolder => (cx.t("path.open"), cx.t("path.open.note")),
        Purpose::AddReports => (cx.t("path.add"), cx.t("path.add.note")),
        Purpose::SaveFolder => (cx.t("path.save"), cx.t("path.save.note")),
        Purpose::ImportSuggestions => (cx.t("path.suggestions"), cx.t("path.suggestions.note")),
        Purpose::ImportAnnotations => (cx.t("path.annotations"), cx.t("path.annotations.note")),
        Purpose::ImportCatalogue => (cx.t("path.import"), cx.t("path.import.note")),
        Purpose::ExportCatalogue => (cx.t("path.export"), cx.t("path.export.note")),
    }
}

/// A path to begin with: something new beside what was opened.
fn proposal(cx: &Cx<'_>, purpose: Purpose) -> String {
    let opened = cx.state.place.as_ref().or(cx.state.source.first());
    let Some(opened) = opened else {
        return String::new();
    };
    let opened = std::path::absolute(opened).unwrap_or_else(|_error| opened.clone());
    let name = opened
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let proposed = match purpose {
        Purpose::SaveFolder => opened.with_file_name(format!("{name}-project")),
        Purpose::ExportCatalogue => opened.with_file_name(format!("{name}-catalogue.ron")),
        _ => return String::new(),
    };
    proposed.display().to_string()
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
