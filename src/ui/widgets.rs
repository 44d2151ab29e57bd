//! Small pieces that several panels draw alike.

use egui::text::LayoutJob;
use egui::{
    Align, Color32, FontId, Rect, Response, RichText, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

use super::cx::{Cx, Out};
use super::theme::{self, BODY, SMALL};
use crate::app::command::Command;
use crate::query::Ledger;

/// Height of a ledger's bar in points.
const BAR: f32 = 4.0;

/// A key as it looks on a keyboard.
pub fn key_cap(ui: &mut Ui, cx: &Cx<'_>, words: &str) -> Response {
    key_cap_in(ui, cx.theme.ink_soft.0, cx.theme.line.0, words)
}

fn key_cap_in(ui: &mut Ui, ink: Color32, line: Color32, words: &str) -> Response {
    let font = FontId::proportional(SMALL - 0.5);
    let galley = ui.fonts_mut(|fonts| fonts.layout_no_wrap(words.to_owned(), font, ink));
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 10.0, 17.0), Sense::hover());
    ui.painter()
        .rect_stroke(rect, 4.0, Stroke::new(1.0, line), StrokeKind::Inside);
    let underside = rect.bottom() - 1.5;
    ui.painter().hline(
        rect.left() + 2.0..=rect.right() - 2.0,
        underside,
        Stroke::new(1.0, line),
    );
    ui.painter()
        .galley(rect.center() - galley.size() * 0.5 - vec2(0.0, 0.5), galley, ink);
    response
}

/// A command's first key, if it has one.
pub fn key_of(command: Command) -> Option<String> {
    command.spec().keys.first().map(ToString::to_string)
}

/// A button with its key beside its words; `primary` for the one that Enter stands for.
pub fn command_button(ui: &mut Ui, cx: &Cx<'_>, command: Command, primary: bool, width: f32, out: &mut Out) {
    let label = cx.command(command);
    named_button(ui, cx, command, label, primary, width, out);
}

/// The same under another name, where the command does something of its own.
pub fn named_button(
    ui: &mut Ui,
    cx: &Cx<'_>,
    command: Command,
    label: String,
    primary: bool,
    width: f32,
    out: &mut Out,
) {
    let (fill, ink, line) = if primary {
        (cx.theme.accent, cx.theme.on_accent, cx.theme.on_accent)
    } else {
        (cx.theme.page, cx.theme.ink, cx.theme.line)
    };
    let (rect, response) = ui.allocate_exact_size(vec2(width, 32.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    let hovered = response.hovered() || response.has_focus();
    let stroke = if hovered || primary {
        cx.theme.accent
    } else {
        cx.theme.line
    };
    let fill = if hovered && !primary {
        cx.theme.accent_soft
    } else {
        fill
    };
    ui.painter()
        .rect(rect, 7.0, fill, Stroke::new(1.0, stroke), StrokeKind::Inside);
    let words = ui.fonts_mut(|fonts| fonts.layout_no_wrap(label, FontId::proportional(BODY), ink.0));
    let key = key_of(command).unwrap_or_default();
    let cap = ui.fonts_mut(|fonts| fonts.layout_no_wrap(key, FontId::proportional(SMALL - 0.5), ink.0));
    let total = words.size().x + 8.0 + cap.size().x + 10.0;
    let mut at = rect.center() - vec2(total * 0.5, 0.0);
    ui.painter()
        .galley(at - vec2(0.0, words.size().y * 0.5), words.clone(), ink.0);
    at.x += words.size().x + 8.0;
    let cap_rect = Rect::from_min_size(at - vec2(0.0, 8.5), vec2(cap.size().x + 10.0, 17.0));
    ui.painter().rect_stroke(
        cap_rect,
        4.0,
        Stroke::new(1.0, line.0.gamma_multiply(if primary { 0.7 } else { 1.0 })),
        StrokeKind::Inside,
    );
    ui.painter()
        .galley(cap_rect.center() - cap.size() * 0.5, cap, ink.0);
    if response.on_hover_text(cx.hint(command)).clicked() {
        out.run(command);
    }
}

/// The ledger as a thin bar of three parts.
pub fn ledger_bar(ui: &mut Ui, cx: &Cx<'_>, ledger: Ledger) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), BAR), Sense::hover());
    let painter = ui.painter();
    painter.rect_filled(rect, BAR * 0.5, cx.theme.line);
    let total = ledger.total().max(1) as f32;
    let mut left = rect.left();
    for (count, colour) in [
        (ledger.tagged, cx.theme.good.0),
        (ledger.dismissed, cx.theme.ink_faint.0),
        (ledger.open, cx.theme.open.0),
    ] {
        let width = rect.width() * count as f32 / total;
        let part = Rect::from_min_size(egui::pos2(left, rect.top()), vec2(width, BAR));
        painter.rect_filled(part, BAR * 0.5, colour);
        left += width;
    }
    response.on_hover_text(ledger_words(cx, ledger));
}

/// The ledger in words.
pub fn ledger_words(cx: &Cx<'_>, ledger: Ledger) -> String {
    let parts = [ledger.tagged, ledger.dismissed, ledger.open].map(|count| count.to_string());
    cx.f("ledger.words", &[&parts[0], &parts[1], &parts[2]])
}

/// Words over a group of things.
pub fn section(ui: &mut Ui, cx: &Cx<'_>, words: &str) {
    ui.add_space(8.0);
    ui.label(RichText::new(words).size(SMALL).color(cx.theme.ink_faint));
}

/// Strong words.
pub fn strong(words: impl Into<String>, size: f32) -> RichText {
    RichText::new(words).font(FontId::new(size, theme::bold()))
}

/// A dot in an indicator's colour.
pub fn dot(ui: &mut Ui, colour: Color32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(8.0), Sense::hover());
    ui.painter().circle_filled(rect.center(), 4.0, colour);
}

/// A thin line across.
pub fn hairline(ui: &mut Ui, cx: &Cx<'_>) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter()
        .hline(rect.x_range(), rect.center().y, Stroke::new(1.0, cx.theme.line));
}

/// Words in the middle of an empty place, and what can be done about it.
pub fn empty_place(ui: &Ui, cx: &Cx<'_>, rect: Rect, words: &str) {
    let (ink, wide) = (cx.theme.ink_faint.0, rect.width() - 40.0);
    let mut job = LayoutJob::simple(words.to_owned(), FontId::proportional(BODY), ink, wide);
    job.halign = Align::Center;
    let galley = ui.painter().layout_job(job);
    let top = rect.center().y - galley.size().y * 0.5;
    ui.painter().galley(pos2(rect.center().x, top), galley, ink);
}

/// A word that works like a button: a tab, a switch in a bar.
pub fn quiet_button(ui: &mut Ui, cx: &Cx<'_>, words: &str, chosen: bool) -> Response {
    let ink = if chosen { cx.theme.ink } else { cx.theme.ink_soft };
    let text = RichText::new(words).color(ink);
    ui.add(egui::Button::new(text).frame(false))
}
