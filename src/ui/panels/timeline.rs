//! How this report's decisions came about: when, who, which words, what became what; and a way back.

use egui::{
    Align, Label, Layout, Rect, RichText, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::app::action::Action;
use crate::model::Change;
use crate::query::timeline::{FieldChange, field_history};
use crate::ui::change::{ago, deeds, deeds_of, moment};
use crate::ui::cx::{Cx, Out};
use crate::ui::theme::SMALL;
use crate::ui::widgets::empty_place;

/// Height of one change in points.
const ROW: f32 = 26.0;
/// The columns of time, person and words, in points; what was done takes the rest.
const COLUMNS: [f32; 3] = [104.0, 92.0, 150.0];

/// Shows the changes of the open report, newest first.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    let changes = cx.state.timeline();
    if changes.is_empty() {
        empty_place(ui, cx, ui.available_rect_before_wrap(), cx.t("timeline.empty"));
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("timeline")
        .auto_shrink(false)
        .show_rows(ui, ROW, changes.len(), |ui, range| {
            for row in range {
                let place = changes.len() - 1 - row;
                if let Some(change) = changes.get(place) {
                    line(ui, cx, place, change, out);
                }
            }
        });
}

fn line(ui: &mut Ui, cx: &Cx<'_>, place: usize, change: &Change, out: &mut Out) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let words = cx
        .state
        .document()
        .map_or("", |document| document.words(change.span));
    let done = deeds(cx, change).join(cx.t("deed.and"));
    let is_current = cx
        .state
        .view
        .current
        .is_some_and(|current| current.overlaps(change.span));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_current, format!("{words} {done}")));
    let is_pointed_at = ui.rect_contains_pointer(rect);
    if is_current {
        ui.painter().rect_filled(rect, 0.0, cx.theme.accent_soft);
    } else if is_pointed_at {
        ui.painter().rect_filled(rect, 0.0, cx.theme.back);
    }
    let mut left = rect.left() + 18.0;
    let mut right = rect.right() - 14.0;
    if is_current || is_pointed_at {
        right = back_button(
            ui,
            cx,
            Rect::from_min_max(pos2(left, rect.top()), pos2(right, rect.bottom())),
            place,
            out,
        );
    }
    let cells = [
        (
            RichText::new(ago(cx, change.at)).color(cx.theme.ink_faint),
            COLUMNS[0],
        ),
        (
            RichText::new(change.by.to_string()).color(cx.theme.ink_soft),
            COLUMNS[1],
        ),
        (RichText::new(words).color(cx.theme.ink), COLUMNS[2]),
        (RichText::new(&done).color(cx.theme.ink), f32::INFINITY),
    ];
    for (words, width) in cells {
        let end = (left + width).min(right);
        let cell = Rect::from_min_max(pos2(left, rect.top()), pos2((end - 8.0).max(left), rect.bottom()));
        let layout = Layout::left_to_right(Align::Center);
        let mut child = ui.new_child(UiBuilder::new().max_rect(cell).layout(layout));
        child.add(Label::new(words).truncate().selectable(false));
        left = end;
    }
    let gesture = gesture_name(cx, change);
    let hint = cx.f("timeline.hint", &[&moment(change.at), &gesture, &done]);
    if response.on_hover_text(hint).clicked()
        && let Some(report) = &cx.state.view.report
    {
        out.push(Action::Reveal(report.clone(), change.span));
    }
}

/// The way back to before a change; answers where it begins.
fn back_button(ui: &mut Ui, cx: &Cx<'_>, rect: Rect, place: usize, out: &mut Out) -> f32 {
    let layout = Layout::right_to_left(Align::Center);
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    child.spacing_mut().interact_size.y = 20.0;
    let words = RichText::new(cx.t("timeline.back")).size(SMALL);
    let response = child.button(words).on_hover_text(cx.t("timeline.back.hint"));
    if response.clicked() {
        out.push(Action::BackToBefore(place));
    }
    response.rect.left() - 8.0
}

/// How the decision on the current words came about, newest first: folded away under the inspector's fields.
pub fn of_current(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(current) = cx.state.view.current else {
        return;
    };
    let steps = field_history(cx.state.timeline(), current);
    let gestures: Vec<&[FieldChange]> = steps
        .chunk_by(|one, other| one.at == other.at && one.by == other.by && one.gesture == other.gesture)
        .collect();
    if gestures.is_empty() {
        return;
    }
    let title = cx.f("timeline.of_current", &[&gestures.len().to_string()]);
    let title = RichText::new(title).size(SMALL).color(cx.theme.ink_faint);
    egui::CollapsingHeader::new(title)
        .id_salt("field-history")
        .show_unindented(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for steps in gestures.iter().rev() {
                gesture(ui, cx, steps);
            }
        });
}

/// Who did it and when, and below what of the decision became what.
fn gesture(ui: &mut Ui, cx: &Cx<'_>, steps: &[FieldChange]) {
    if let Some(first) = steps.first() {
        ui.horizontal(|ui| {
            ui.spacing_mut().interact_size.y = 18.0;
            let small = |words: String| RichText::new(words).size(SMALL);
            ui.label(small(first.by.to_string()).color(cx.theme.ink_soft));
            ui.label(small(ago(cx, first.at)).color(cx.theme.ink_faint))
                .on_hover_text(moment(first.at));
        });
    }
    for deed in deeds_of(cx, steps) {
        ui.label(RichText::new(deed).size(SMALL + 0.5));
    }
    ui.add_space(5.0);
}

/// The gesture's name; one of a newer program has none here.
fn gesture_name(cx: &Cx<'_>, change: &Change) -> String {
    let key = format!("done.{}", change.gesture);
    if cx.strings.has(&key) {
        cx.t(&key).to_owned()
    } else {
        change.gesture.clone()
    }
}
