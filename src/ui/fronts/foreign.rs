//! Taking what other programs decided into a layer: what is made of the files, and what came of it.

use std::path::PathBuf;

use egui::{Button, ComboBox, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use super::import::refusal;
use super::{note, sheet, title};
use crate::app::action::{Action, Format};
use crate::app::foreign::{Trouble, Unit, Wanted};
use crate::model::Annotator;
use crate::ui::cx::{Cx, Out};
use crate::ui::theme::SMALL;

/// What is chosen so far.
#[derive(Default)]
pub struct ForeignBox {
    chosen: Option<Chosen>,
}

struct Chosen {
    layer: String,
    format: Option<Format>,
    unit: Option<Unit>,
}

impl ForeignBox {
    /// Shows the choices.
    pub fn show(&mut self, ui: &Ui, cx: &Cx<'_>, paths: &[PathBuf], out: &mut Out) {
        let is_new = self.chosen.is_none();
        let chosen = self.chosen.get_or_insert_with(|| Chosen {
            layer: cx.state.person().to_string(),
            format: None,
            unit: None,
        });
        sheet(ui, cx, 560.0, out, |ui, out| {
            title(ui, cx.t("foreign.title"));
            for path in paths.iter().take(5) {
                ui.label(RichText::new(path.display().to_string()).color(cx.theme.ink_soft));
            }
            if paths.len() > 5 {
                note(ui, cx, &cx.f("foreign.more", &[&(paths.len() - 5).to_string()]));
            }
            ui.add_space(8.0);
            let entered = layer(ui, cx, chosen, is_new);
            ui.add_space(4.0);
            ui.horizontal(|ui| {
                format(ui, cx, chosen);
                ui.add_space(16.0);
                unit(ui, cx, chosen);
            });
            ui.add_space(4.0);
            note(ui, cx, cx.t("foreign.note"));
            ui.add_space(8.0);
            let layer = chosen.layer.trim();
            let go = ui.add_enabled(!layer.is_empty(), Button::new(cx.t("foreign.go")));
            if go.clicked() || (entered && !layer.is_empty()) {
                let wanted = Wanted {
                    annotator: Annotator::from(layer),
                    format: chosen.format,
                    unit: chosen.unit,
                };
                out.push(Action::ImportAnnotations(paths.to_vec(), wanted));
            }
        });
    }
}

/// Whose layer: a name to type, and the names that are there. Answers whether it was entered.
fn layer(ui: &mut Ui, cx: &Cx<'_>, chosen: &mut Chosen, is_new: bool) -> bool {
    let mut entered = false;
    ui.label(cx.t("foreign.layer"));
    ui.horizontal(|ui| {
        let edit = TextEdit::singleline(&mut chosen.layer).desired_width(260.0);
        let response = ui.add(edit.margin(vec2(10.0, 7.0)));
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, cx.t("foreign.layer")));
        if is_new {
            response.request_focus();
        }
        entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        for annotator in cx.state.project.layers.keys().take(3) {
            if ui.button(annotator.to_string()).clicked() {
                chosen.layer = annotator.to_string();
            }
        }
    });
    entered
}

fn format(ui: &mut Ui, cx: &Cx<'_>, chosen: &mut Chosen) {
    ui.label(cx.t("foreign.format"));
    let name = |format: Option<Format>| match format {
        Some(format) => cx.t(&format!("export.format.{format}")),
        None => cx.t("foreign.by_content"),
    };
    let list = ComboBox::from_id_salt("foreign-format")
        .selected_text(name(chosen.format))
        .show_ui(ui, |ui| {
            let readable = Format::ALL.iter().filter(|format| format.comes_in());
            let known = readable.copied().map(Some);
            for format in std::iter::once(None).chain(known) {
                ui.selectable_value(&mut chosen.format, format, name(format));
            }
        });
    list.response
        .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, cx.t("foreign.format")));
}

fn unit(ui: &mut Ui, cx: &Cx<'_>, chosen: &mut Chosen) {
    ui.label(cx.t("foreign.unit"));
    let name = |unit: Option<Unit>| match unit {
        None => cx.t("foreign.unit.format"),
        Some(Unit::CodePoints) => cx.t("foreign.unit.code_points"),
        Some(Unit::Utf16) => cx.t("foreign.unit.utf16"),
    };
    let list = ComboBox::from_id_salt("foreign-unit")
        .selected_text(name(chosen.unit))
        .show_ui(ui, |ui| {
            for unit in [None, Some(Unit::CodePoints), Some(Unit::Utf16)] {
                ui.selectable_value(&mut chosen.unit, unit, name(unit));
            }
        });
    list.response
        .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, cx.t("foreign.unit")));
}

/// What came in and what did not, each trouble with its file and place.
pub fn taken(ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
    let Some((annotator, foreign)) = &cx.state.view.foreign else {
        return;
    };
    sheet(ui, cx, 620.0, out, |ui, out| {
        title(ui, &cx.f("foreign.taken", &[&annotator.0]));
        let counts = [
            foreign.fresh.len(),
            foreign.there,
            foreign.moved,
            foreign.ambiguous,
            foreign.refused(),
        ];
        let counts = counts.map(|count| count.to_string());
        let counts: Vec<&str> = counts.iter().map(String::as_str).collect();
        note(ui, cx, &cx.f("foreign.counts", &counts));
        ui.add_space(6.0);
        ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for (path, trouble) in &foreign.troubles {
                let file = path.file_name().unwrap_or_default().to_string_lossy();
                let words = format!("{file}: {}", words_of(cx, trouble));
                ui.label(RichText::new(words).size(SMALL + 0.5).color(cx.theme.ink_soft));
            }
        });
        ui.add_space(8.0);
        if ui.button(cx.t("imported.close")).clicked() {
            out.push(Action::CloseFront);
        }
    });
}

fn words_of(cx: &Cx<'_>, trouble: &Trouble) -> String {
    match trouble {
        Trouble::Unreadable(words) => cx.f("foreign.unreadable", &[words]),
        Trouble::UnknownFormat => cx.t("foreign.unknown_format").to_owned(),
        Trouble::Refused(refused) => refusal(cx, refused),
        Trouble::Otherwise(report, words) => cx.f("foreign.otherwise", &[&report.0, words]),
        Trouble::Ambiguous(words) => cx.f("foreign.ambiguous", &[words]),
    }
}
