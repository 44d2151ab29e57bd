//! The favourite indicators as chips with their digits.

use egui::{RichText, Role, Sense, Ui, WidgetInfo, vec2};

use crate::app::action::Action;
use crate::app::command::Command;
use crate::model::IndicatorId;
use crate::ui::cx::{Cx, Out};
use crate::ui::messages;
use crate::ui::widgets::{dot, key_cap, section};

/// Size of a name in points.
const NAME_SIZE: f32 = 12.5;
/// Points that a chip needs besides its name.
const CHIP_ROOM: f32 = 47.0;

/// The favourites with their digits.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    if cx.state.favourites.is_empty() {
        return;
    }
    ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
    section(ui, cx, cx.t("inspector.favourites"));
    let whole = ui.available_width();
    let half = (whole - 6.0) * 0.5;
    let mut ids = cx.state.favourites.iter().enumerate().peekable();
    // Names that are cut off help nobody: a long one has a line for itself.
    while let Some((place, id)) = ids.next() {
        let beside = ids.next_if(|(_, next)| fits(ui, cx, id, half) && fits(ui, cx, next, half));
        let width = if beside.is_some() { half } else { whole };
        ui.horizontal(|ui| {
            for (place, id) in std::iter::once((place, id)).chain(beside) {
                chip(ui, cx, place, id, width, out);
            }
        });
    }
}

/// Whether a chip of this width has room for the indicator's name.
fn fits(ui: &Ui, cx: &Cx<'_>, id: &IndicatorId, width: f32) -> bool {
    cx.state.project.catalogue.get(id).is_none_or(|entry| {
        let font = egui::FontId::proportional(NAME_SIZE);
        let name = messages::name_of(cx, entry);
        let words = ui
            .painter()
            .layout_no_wrap(name, font, egui::Color32::PLACEHOLDER);
        words.size().x + CHIP_ROOM <= width
    })
}

fn chip(ui: &mut Ui, cx: &Cx<'_>, place: usize, id: &IndicatorId, width: f32, out: &mut Out) {
    let (Some(entry), Some(command)) = (cx.state.project.catalogue.get(id), Command::favourite(place)) else {
        return;
    };
    let (rect, response) = ui.allocate_exact_size(vec2(width, 28.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{} {}", place + 1, entry.name)));
    let lit = response.hovered() || response.has_focus();
    let line = if lit { cx.theme.accent } else { cx.theme.line };
    ui.painter().rect(
        rect,
        6.0,
        cx.theme.page,
        egui::Stroke::new(1.0, line),
        egui::StrokeKind::Inside,
    );
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(vec2(7.0, 3.0))));
    inner.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        key_cap(ui, cx, &(place + 1).to_string());
        dot(ui, cx.theme.tint(entry.tint));
        let name = RichText::new(messages::name_of(cx, entry)).size(NAME_SIZE);
        let name = if entry.pinned { name.underline() } else { name };
        ui.add(egui::Label::new(name).truncate().selectable(false));
    });
    if response.clicked() {
        out.run(command);
    }
    response.context_menu(|ui| {
        let words = if entry.pinned {
            cx.t("favourite.unpin")
        } else {
            cx.t("favourite.pin")
        };
        if ui.button(words).clicked() {
            out.push(Action::Pin(id.clone()));
            ui.close();
        }
    });
    response.on_hover_text(cx.f("favourite.hint", &[&entry.name]));
}
