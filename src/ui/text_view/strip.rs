//! The thin strip beside the text: where the open numbers are in the whole report.

use egui::{Rect, Sense, Ui, pos2, vec2};

use super::layout::{Layout, RowPlace};
use crate::query::{Marks, Standing};
use crate::ui::theme::Theme;

/// Width of the strip in points.
pub const WIDTH: f32 = 14.0;

/// Height of one tick in points.
const TICK: f32 = 2.0;

/// The ticks of one report: worked out again only when marks, layout or height change.
#[derive(Default)]
pub struct Strip {
    /// Revision of the marks, number of rows, height in whole points.
    made_for: Option<(u64, usize, usize)>,
    ticks: Vec<(f32, Standing)>,
}

impl Strip {
    /// Draws the strip and answers the height of the report, 0 to 1, that the person clicked.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        rect: Rect,
        theme: &Theme,
        layout: &Layout,
        (marks, revision): (&Marks, u64),
        name: &str,
    ) -> Option<f32> {
        let key = (revision, layout.rows().len(), rect.height() as usize);
        if self.made_for != Some(key) {
            self.ticks = ticks(layout, marks, rect.height());
            self.made_for = Some(key);
        }
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 0.0, theme.panel);
        painter.vline(rect.left(), rect.y_range(), egui::Stroke::new(1.0, theme.line));
        for (y, standing) in &self.ticks {
            let colour = if *standing == Standing::Suggested {
                theme.suggested
            } else {
                theme.open
            };
            let tick = Rect::from_min_size(pos2(rect.left() + 3.0, rect.top() + y), vec2(WIDTH - 5.0, TICK));
            painter.rect_filled(tick, 0.0, colour);
        }
        let response = ui.interact(rect, ui.scope_id().with("strip"), Sense::click_and_drag());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Slider, true, name));
        let pressed = response.clicked() || response.dragged();
        let pos = response.interact_pointer_pos().filter(|_| pressed)?;
        Some(((pos.y - rect.top()) / rect.height()).clamp(0.0, 1.0))
    }
}

/// Ticks where open numbers are, each a little below the one before. Numbers that would only lie on a
/// tick are passed over without a look, so that the time depends on the strip's height alone.
fn ticks(layout: &Layout, marks: &Marks, height: f32) -> Vec<(f32, Standing)> {
    let rows = layout.rows();
    let y_of = |row: &RowPlace| ((row.top / layout.height().max(1.0)) as f32 * (height - TICK)).round();
    let mut ticks = Vec::new();
    let mut from = 0;
    while let Some(mark) = marks.open_from(from) {
        let Some(row) = rows.get(layout.row_of(mark.span.start)) else {
            break;
        };
        let y = y_of(row);
        ticks.push((y, mark.standing));
        let next = rows.partition_point(|row| y_of(row) < y + TICK);
        let Some(next) = rows.get(next) else {
            break;
        };
        from = next.start.max(mark.span.end);
    }
    ticks
}
