//! Messages in the lower right corner, newest below.

use egui::{Align2, Area, Frame, Id, Margin, Order, RichText, Stroke, Ui, vec2};

use super::cx::{Cx, Out};
use super::messages;
use crate::app::action::Action;
use crate::app::notice::Level;

/// Width of a message in points.
const WIDTH: f32 = 380.0;
/// As many messages are shown at once.
const MOST: usize = 4;

/// Shows the newest messages.
pub fn show(ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
    if cx.state.notices.is_empty() {
        return;
    }
    let above_bars = vec2(-16.0, -40.0);
    Area::new(Id::unique("notices"))
        .order(Order::Tooltip)
        .anchor(Align2::RIGHT_BOTTOM, above_bars)
        .show(ui, |ui| {
            let skip = cx.state.notices.len().saturating_sub(MOST);
            for notice in &cx.state.notices[skip..] {
                let (ink, fill) = match notice.message.level() {
                    Level::Done => (cx.theme.good, cx.theme.panel),
                    Level::Note => (cx.theme.ink_soft, cx.theme.panel),
                    Level::Failure => (cx.theme.bad, cx.theme.bad_soft),
                };
                let frame = Frame::new()
                    .fill(fill.0)
                    .stroke(Stroke::new(1.0, cx.theme.line))
                    .corner_radius(8)
                    .shadow(ui.visuals().popup_shadow)
                    .inner_margin(Margin::symmetric(12, 8));
                frame.show(ui, |ui| {
                    ui.set_width(WIDTH);
                    ui.horizontal_top(|ui| {
                        let (rect, _) = ui.allocate_exact_size(vec2(3.0, 18.0), egui::Sense::hover());
                        ui.painter().rect_filled(rect, 1.5, ink);
                        ui.with_layout(egui::Layout::right_to_left(egui::Align::TOP), |ui| {
                            if ui
                                .add(egui::Button::new("×").frame(false))
                                .on_hover_text(cx.t("notice.close"))
                                .clicked()
                            {
                                out.push(Action::DropNotice(notice.id));
                            }
                            ui.with_layout(egui::Layout::left_to_right(egui::Align::TOP), |ui| {
                                let words =
                                    RichText::new(messages::message(cx, &notice.message)).color(cx.theme.ink);
                                ui.add(egui::Label::new(words).wrap());
                            });
                        });
                    });
                });
                ui.add_space(6.0);
            }
        });
}
