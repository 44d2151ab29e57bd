//! The top bar: menus, the palette's box, annotator, language, theme.

use egui::{Button, RichText, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::app::action::{Action, Front};
use crate::app::command::{COMMANDS, Command, Menu};
use crate::app::settings::Theme;
use crate::model::Language;
use crate::ui::cx::{Cx, Out};
use crate::ui::theme::SMALL;
use crate::ui::widgets::{key_cap, key_of, quiet_button};

/// Width of the palette's box in points.
const BOX: f32 = 420.0;

/// Shows the bar.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    let full = ui.max_rect();
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for menu in Menu::ALL {
            let button = Button::new(RichText::new(cx.t(menu.id())).color(cx.theme.ink_soft))
                .frame_when_inactive(false);
            egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| menu_ui(ui, cx, menu, out));
        }
        let left = ui.cursor().left();
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            right_side(ui, cx, out);
            let right = ui.cursor().right();
            palette_box(ui, cx, full, (left, right), out);
        });
    });
}

fn menu_ui(ui: &mut Ui, cx: &Cx<'_>, menu: Menu, out: &mut Out) {
    ui.set_min_width(230.0);
    let is_favourite = |command: Command| command.favourite_place().is_some_and(|place| place > 0);
    for spec in COMMANDS
        .iter()
        .filter(|spec| spec.menu == menu && !is_favourite(spec.command))
    {
        let key = key_of(spec.command).unwrap_or_default();
        let button = Button::new(cx.command(spec.command))
            .shortcut_text(key)
            .frame_when_inactive(false);
        let response = ui.add(button.min_size(vec2(ui.available_width(), 24.0)));
        if response.on_hover_text(cx.hint(spec.command)).clicked() {
            out.run(spec.command);
            ui.close();
        }
    }
    if menu == Menu::File && !cx.state.settings.recent.is_empty() {
        ui.separator();
        ui.label(
            RichText::new(cx.t("menu.recent"))
                .size(SMALL)
                .color(cx.theme.ink_faint),
        );
        for path in &cx.state.settings.recent {
            let name = path
                .file_name()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            let button = Button::new(name).frame_when_inactive(false);
            if ui.add(button).on_hover_text(path.display().to_string()).clicked() {
                out.push(Action::Open(vec![path.clone()]));
                ui.close();
            }
        }
    }
}

fn right_side(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    ui.spacing_mut().item_spacing.x = 16.0;
    ui.add_space(6.0);
    let settings = &cx.state.settings;
    let theme = match settings.theme {
        Theme::System => "theme.system",
        Theme::Light => "theme.light",
        Theme::Dark => "theme.dark",
    };
    if quiet_button(ui, cx, cx.t(theme), false)
        .on_hover_text(cx.hint(Command::SwitchTheme))
        .clicked()
    {
        out.run(Command::SwitchTheme);
    }
    let language = match settings.language {
        Language::Chinese => "中 / EN",
        Language::English => "EN / 中",
    };
    if quiet_button(ui, cx, language, false)
        .on_hover_text(cx.hint(Command::SwitchLanguage))
        .clicked()
    {
        out.run(Command::SwitchLanguage);
    }
    let curates = cx.state.curation.is_some();
    let key = if curates { "top.curator" } else { "top.annotator" };
    let annotator = cx.f(key, &[&settings.annotator]);
    if quiet_button(ui, cx, &annotator, curates)
        .on_hover_text(cx.t("top.annotator.hint"))
        .clicked()
    {
        out.push(Action::Show(Front::Settings));
    }
}

/// The box that opens the palette, in the middle of the bar as far as there is room.
fn palette_box(ui: &mut Ui, cx: &Cx<'_>, full: egui::Rect, (left, right): (f32, f32), out: &mut Out) {
    let room = right - left - 24.0;
    if room < 140.0 {
        return;
    }
    let width = BOX.min(room);
    let middle = full
        .center()
        .x
        .clamp(left + 12.0 + width * 0.5, right - 12.0 - width * 0.5);
    let rect = egui::Rect::from_center_size(egui::pos2(middle, full.center().y), vec2(width, 26.0));
    let response = ui.interact(rect, ui.scope_id().with("palette-box"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, cx.command(Command::Palette)));
    let line = if response.hovered() {
        cx.theme.accent
    } else {
        cx.theme.line
    };
    ui.painter().rect(
        rect,
        6.0,
        cx.theme.page,
        Stroke::new(1.0, line),
        StrokeKind::Inside,
    );
    let builder = egui::UiBuilder::new().max_rect(rect.shrink2(vec2(10.0, 2.0)));
    let mut inner = ui.new_child(builder.layout(egui::Layout::right_to_left(egui::Align::Center)));
    key_cap(&mut inner, cx, &key_of(Command::Palette).unwrap_or_default());
    inner.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
        let hint = RichText::new(cx.t("top.palette")).color(cx.theme.ink_faint);
        ui.add(egui::Label::new(hint).truncate().selectable(false));
    });
    if response.clicked() {
        out.run(Command::Palette);
    }
}
