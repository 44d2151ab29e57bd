//! Settings: the annotator's name, the look of the text.

use egui::{Grid, Role, Slider, TextEdit, Ui, WidgetInfo};

use super::{note, sheet, title};
use crate::app::action::Action;
use crate::app::settings::{Settings, Theme};
use crate::model::Language;
use crate::ui::cx::{Cx, Out};

/// Settings as they are being changed.
#[derive(Default)]
pub struct SettingsEditor {
    annotator: Option<String>,
    title: Option<String>,
}

impl SettingsEditor {
    /// Shows the settings; each takes hold at once.
    pub fn show(&mut self, ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
        sheet(ui, cx, 460.0, out, |ui, out| {
            title(ui, cx.t("settings.title"));
            let mut settings = cx.state.settings.clone();
            Grid::new("settings")
                .num_columns(2)
                .spacing([20.0, 9.0])
                .show(ui, |ui| {
                    self.names(ui, cx, &mut settings, out);
                    look(ui, cx, &mut settings);
                });
            ui.add_space(4.0);
            note(ui, cx, cx.t("settings.note"));
            if settings != cx.state.settings {
                out.push(Action::SetSettings(Box::new(settings)));
            }
        });
    }

    fn names(&mut self, ui: &mut Ui, cx: &Cx<'_>, settings: &mut Settings, out: &mut Out) {
        ui.label(cx.t("settings.annotator"));
        let annotator = self.annotator.get_or_insert_with(|| settings.annotator.clone());
        let response = ui.add(TextEdit::singleline(annotator).desired_width(220.0));
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, cx.t("settings.annotator")));
        if response.lost_focus() && !annotator.trim().is_empty() {
            annotator.trim().clone_into(&mut settings.annotator);
        }
        ui.end_row();
        ui.label(cx.t("settings.project"));
        let title = self.title.get_or_insert_with(|| cx.state.project.title.clone());
        let response = ui.add(TextEdit::singleline(title).desired_width(220.0));
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, cx.t("settings.project")));
        if response.lost_focus() && *title != cx.state.project.title {
            out.push(Action::SetTitle(title.trim().to_owned()));
        }
        ui.end_row();
    }
}

fn look(ui: &mut Ui, cx: &Cx<'_>, settings: &mut Settings) {
    ui.label(cx.t("settings.language"));
    ui.horizontal(|ui| {
        ui.selectable_value(&mut settings.language, Language::Chinese, "中文");
        ui.selectable_value(&mut settings.language, Language::English, "English");
    });
    ui.end_row();
    ui.label(cx.t("settings.theme"));
    ui.horizontal(|ui| {
        ui.selectable_value(&mut settings.theme, Theme::System, cx.t("theme.system"));
        ui.selectable_value(&mut settings.theme, Theme::Light, cx.t("theme.light"));
        ui.selectable_value(&mut settings.theme, Theme::Dark, cx.t("theme.dark"));
    });
    ui.end_row();
    let slider = |ui: &mut Ui, key: &'static str, slider: Slider<'_>| {
        ui.label(cx.t(key));
        let response = ui.add(slider);
        response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, cx.t(key)));
        ui.end_row();
    };
    slider(
        ui,
        "settings.text_size",
        Slider::new(&mut settings.text_size, 12..=32),
    );
    slider(
        ui,
        "settings.line_height",
        Slider::new(&mut settings.line_height, 130..=260).suffix(" %"),
    );
    slider(ui, "settings.column", Slider::new(&mut settings.column, 24..=70));
    slider(
        ui,
        "settings.zoom",
        Slider::new(&mut settings.zoom, 50..=300)
            .step_by(10.0)
            .suffix(" %"),
    );
}
