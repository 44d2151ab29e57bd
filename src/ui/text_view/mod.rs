//! The report's text: rows of our own breaking, marks, selection, scrolling.

mod keyboard;
mod layout;
mod paint;
mod pointer;
mod strip;

use std::sync::Arc;

use egui::{Id, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use self::layout::{Layout, Setting};
use self::paint::{DrawnRow, Scene};
use self::pointer::Drag;
use self::strip::Strip;
use super::cx::{Cx, Out};
use super::widgets::empty_place;
use super::{echo, standing_name};
use crate::app::action::Action;
use crate::app::document::Document;
use crate::model::Span;
use crate::query::{Mark, Standing};

/// The least space on each side of the column, in points.
const MARGIN: f32 = 36.0;

/// Space above the first row and below the last, in points.
const TOP: f32 = 22.0;

/// Words that are wished for and stand in this middle part of the window are left where they are.
const COMFORT: std::ops::Range<f32> = 0.12..0.8;

/// What the text view remembers from frame to frame; safe to lose.
#[derive(Default)]
pub struct TextView {
    layout: Option<Layout>,
    strip: Strip,
    drag: Drag,
    /// The wish to scroll that was fulfilled last.
    revealed: u64,
    /// Where to scroll to with the next frame, in points from the top.
    scroll_to: Option<f32>,
    /// How far it is scrolled, in points.
    offset: f32,
    /// Height of the window onto the text, in points.
    window: f32,
    /// The byte at the top of the window, to stay with when rows change.
    top: usize,
}

/// The id of the text, which the keys go to unless something else has the focus.
pub fn id() -> Id {
    Id::unique("report-text")
}

impl TextView {
    /// Shows the open report.
    pub fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
        let full = ui.available_rect_before_wrap();
        ui.painter().rect_filled(full, 0.0, cx.theme.page);
        let Some(document) = cx.state.document().cloned() else {
            self.layout = None;
            let open = cx.state.view.report.as_ref();
            if open.is_some_and(|open| cx.state.unread.contains(open)) {
                empty_place(ui, cx, full, cx.t("text.coming"));
            }
            return;
        };
        let strip = full.with_min_x(full.right() - strip::WIDTH);
        let body = full.with_max_x(strip.left());
        self.refresh_layout(ui, cx, document, body.width());
        let Some(layout) = self.layout.take() else {
            return;
        };
        self.window = body.height();
        self.heed_reveal(cx, &layout);
        ui.scope_builder(UiBuilder::new().max_rect(body), |ui| {
            self.scroll_area(ui, cx, &layout, out);
        });
        let name = cx.t("strip.name");
        let marks = (&cx.state.marks, cx.state.marks_revision);
        if let Some(share) = self.strip.show(ui, strip, cx.theme, &layout, marks, name) {
            self.scroll_to = Some(share * layout.height() as f32 - self.window * 0.5);
            ui.request_repaint();
        }
        draw_window_on_strip(ui, cx, strip, self.offset, self.window, layout.height() as f32);
        self.layout = Some(layout);
    }

    fn refresh_layout(&mut self, ui: &Ui, cx: &Cx<'_>, document: Arc<Document>, room: f32) {
        let settings = &cx.state.settings;
        let size = f32::from(settings.text_size);
        let setting = Setting {
            size,
            row: (size * f32::from(settings.line_height) / 100.0).round(),
            width: (f32::from(settings.column) * size)
                .min(room - 2.0 * MARGIN)
                .max(size * 8.0)
                .floor(),
            pixels_per_point: ui.pixels_per_point(),
        };
        if self
            .layout
            .as_ref()
            .is_some_and(|layout| layout.holds(&document, setting))
        {
            return;
        }
        let same_text = self
            .layout
            .as_ref()
            .is_some_and(|layout| Arc::ptr_eq(&layout.document().text, &document.text));
        let layout = Layout::new(ui, document, setting);
        let top = if same_text {
            layout
                .rows()
                .get(layout.row_of(self.top))
                .map_or(0.0, |row| row.top)
        } else {
            0.0
        };
        self.scroll_to = Some(top as f32);
        self.layout = Some(layout);
    }

    /// Scrolls to the words that were asked for, if they do not stand well already.
    fn heed_reveal(&mut self, cx: &Cx<'_>, layout: &Layout) {
        let (serial, span) = cx.state.view.reveal;
        if serial == self.revealed {
            return;
        }
        self.revealed = serial;
        if let Some(row) = layout.rows().get(layout.row_of(span.start)) {
            let y = TOP + row.top as f32;
            let at = (y - self.offset) / self.window.max(1.0);
            if !COMFORT.contains(&at) || self.scroll_to.is_some() {
                self.scroll_to = Some(y - self.window * 0.35);
            }
        }
    }

    fn scroll_area(&mut self, ui: &mut Ui, cx: &Cx<'_>, layout: &Layout, out: &mut Out) {
        let height = layout.height() as f32 + 2.0 * TOP;
        let mut area = ScrollArea::vertical().id_salt("report").auto_shrink(false);
        if let Some(y) = self.scroll_to.take() {
            area = area.vertical_scroll_offset(y.clamp(0.0, (height - self.window).max(0.0)));
        }
        let shown = area.show_viewport(ui, |ui, viewport| {
            ui.set_height(height);
            self.visible_part(ui, cx, layout, viewport, out);
        });
        self.offset = shown.state.clamped_offset().y;
        self.top = layout
            .rows()
            .get(layout.row_at(f64::from(self.offset)))
            .map_or(0, |row| row.start);
    }

    fn visible_part(&mut self, ui: &mut Ui, cx: &Cx<'_>, layout: &Layout, viewport: Rect, out: &mut Out) {
        let rect = Rect::from_min_size(
            ui.max_rect().min + vec2(0.0, viewport.top()),
            vec2(ui.available_width(), viewport.height()),
        );
        let response = ui.interact(rect, id(), Sense::click_and_drag());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, cx.t("text.name")));
        if response.clicked() || response.drag_started() {
            response.request_focus();
        }
        let width = layout_width(layout, rect.width());
        let left = rect.left() + ((rect.width() - width) * 0.5).max(MARGIN).floor();
        let origin = pos2(left, ui.max_rect().top() + TOP);
        let scene = Scene {
            state: cx.state,
            theme: cx.theme,
            layout,
            origin,
            focused: response.has_focus(),
        };
        let first = layout.row_at(f64::from(viewport.top() - TOP));
        let last = layout.row_at(f64::from(viewport.bottom() - TOP));
        let rows: Vec<DrawnRow> = (first..=last)
            .filter_map(|place| scene.lay_out(ui, place))
            .collect();
        scene.draw(ui, &rows);
        let text: &str = &layout.document().text;
        let before = out.actions().len();
        pointer::handle(
            ui,
            &response,
            &rows,
            (cx.state, text),
            left - 4.0,
            &mut self.drag,
            out.actions(),
        );
        self.scroll_while_dragging(ui, &response, rect);
        self.mark_handles(ui, cx, layout, &rows, out);
        if response.has_focus() {
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id(), keyboard::filter()));
            let page = (self.window
                / (scene
                    .layout
                    .rows()
                    .first()
                    .map_or(32.0, |row| layout.style_of(row).row))) as usize;
            if keyboard::handle(ui, cx.state, layout, page.max(2) - 1, out.actions()) {
                self.follow_cursor(layout, &out.actions()[before..]);
            }
        }
    }

    /// Keeps the cursor in the window when keys move it.
    fn follow_cursor(&mut self, layout: &Layout, actions: &[Action]) {
        let head = actions.iter().rev().find_map(|action| match action {
            Action::Select { head, .. } => Some(*head),
            _ => None,
        });
        let Some(row) = head.and_then(|head| layout.rows().get(layout.row_of(head))) else {
            return;
        };
        let (y, height) = (TOP + row.top as f32, layout.style_of(row).row);
        if y < self.offset {
            self.scroll_to = Some(y);
        } else if y + height > self.offset + self.window {
            self.scroll_to = Some(y + height - self.window);
        }
    }

    fn scroll_while_dragging(&self, ui: &Ui, response: &egui::Response, rect: Rect) {
        if self.drag == Drag::None || !response.dragged() {
            return;
        }
        let Some(pos) = ui.input(|input| input.pointer.latest_pos()) else {
            return;
        };
        let beyond = if pos.y < rect.top() {
            rect.top() - pos.y
        } else {
            (rect.bottom() - pos.y).min(0.0)
        };
        if beyond != 0.0 {
            ui.scroll_with_delta(vec2(0.0, beyond.clamp(-40.0, 40.0) * 0.5));
            ui.request_repaint();
        }
    }

    /// A handle over every visible number: for the mouse, for screen readers, for the echo on hover.
    fn mark_handles(&self, ui: &Ui, cx: &Cx<'_>, layout: &Layout, rows: &[DrawnRow], out: &mut Out) {
        let text: &str = &layout.document().text;
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
            return;
        };
        if self.drag != Drag::None {
            return;
        }
        for mark in cx.state.marks.within(Span::new(first.row.start, last.row.end)) {
            if matches!(mark.standing, Standing::Muted(_)) && !cx.state.settings.show_muted {
                continue;
            }
            let words = mark.span.of(text).unwrap_or_default();
            for (part, rect) in rows
                .iter()
                .filter_map(|row| row.stretch(text, mark.span))
                .enumerate()
            {
                // The edges of the current words belong to the text below, which drags them.
                let rect = rect.shrink2(vec2(
                    if cx.state.view.current == Some(mark.span) {
                        5.0
                    } else {
                        0.0
                    },
                    0.0,
                ));
                let response = ui.interact(rect, id().with((mark.span.start, part)), Sense::click());
                response.widget_info(|| {
                    let label = format!("{words} {}", cx.t(standing_name(mark.standing)));
                    egui::WidgetInfo::labeled(egui::Role::Button, true, label)
                });
                if response.clicked() && !ui.input(|input| input.modifiers.shift) {
                    out.push(Action::SetCurrent(mark.span));
                    ui.memory_mut(|memory| memory.request_focus(id()));
                }
                show_echo(&response, cx, mark, words);
            }
        }
    }
}

fn show_echo(response: &egui::Response, cx: &Cx<'_>, mark: &Mark, words: &str) {
    response.clone().on_hover_ui(|ui| {
        let document = cx.state.document();
        let mention = mark.mention.and_then(|place| document?.mentions.get(place));
        let quantity = mention.and_then(|mention| mention.quantity.clone());
        let quantity = quantity.or_else(|| crate::number::parse_quantity(words));
        ui.label(cx.t(standing_name(mark.standing)));
        if let Some(quantity) = quantity {
            ui.strong(echo::of_quantity(cx, &quantity));
        }
    });
}

/// Width of the column that was laid out, as far as it fits.
fn layout_width(layout: &Layout, room: f32) -> f32 {
    layout.width().min(room - MARGIN)
}

fn draw_window_on_strip(ui: &Ui, cx: &Cx<'_>, strip: Rect, offset: f32, window: f32, height: f32) {
    let share = |y: f32| strip.top() + strip.height() * (y / height.max(window)).clamp(0.0, 1.0);
    let rect = Rect::from_x_y_ranges(
        strip.left() + 2.0..=strip.right() - 1.0,
        share(offset)..=share(offset + window),
    );
    let stroke = egui::Stroke::new(1.0, cx.theme.ink_faint);
    ui.painter()
        .rect_stroke(rect, 3.0, stroke, egui::StrokeKind::Inside);
}
