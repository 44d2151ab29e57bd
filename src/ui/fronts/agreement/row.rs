//! One line of a table: words on the left, figures on the right of their columns.

use egui::{Align, Color32, Label, Layout, Rect, Response, RichText, Sense, Ui, UiBuilder, pos2, vec2};

use crate::ui::cx::Cx;
use crate::ui::theme::SMALL;
use crate::ui::widgets::hairline;

/// Height of a line in points.
pub const ROW: f32 = 24.0;

/// Room for the scroll bar in points.
const BAR: f32 = 10.0;

/// What stands in one column.
pub struct Cell {
    words: String,
    ink: Color32,
    small: bool,
    hint: Option<String>,
}

impl Cell {
    /// Ordinary words or a figure.
    pub fn new(cx: &Cx<'_>, words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            ink: cx.theme.ink.0,
            small: false,
            hint: None,
        }
    }

    /// The head of a column, whose meaning `<key>.hint` tells.
    pub fn head(cx: &Cx<'_>, key: &str) -> Self {
        let words = cx.t(key).to_owned();
        Self {
            ink: cx.theme.ink_faint.0,
            small: true,
            ..Self::new(cx, words).explained(cx, key)
        }
    }

    /// The same, told in a sentence when it is pointed at.
    pub fn explained(mut self, cx: &Cx<'_>, key: &str) -> Self {
        self.hint = Some(cx.t(&format!("{key}.hint")).to_owned());
        self
    }

    /// The same in another colour.
    pub fn in_ink(mut self, ink: impl Into<Color32>) -> Self {
        self.ink = ink.into();
        self
    }
}

/// Draws a line: the first cell as wide as the others leave room, they as wide as `widths` says.
pub fn line(ui: &mut Ui, cx: &Cx<'_>, widths: &[f32], cells: impl IntoIterator<Item = Cell>) -> Response {
    let full: f32 = widths.iter().sum();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    // The scroll bar floats over the right edge.
    let mut right = (rect.right() - BAR - full).max(rect.left());
    let mut left = rect.left();
    let mut widths = widths.iter();
    for (place, cell) in cells.into_iter().enumerate() {
        let cell_rect = Rect::from_min_max(pos2(left, rect.top()), pos2(right, rect.bottom()));
        draw(ui, cell_rect, place == 0, cell);
        left = right;
        right += widths.next().copied().unwrap_or_default();
    }
    ui.painter().hline(
        rect.x_range(),
        rect.bottom() - 0.5,
        egui::Stroke::new(1.0, cx.theme.line.0.gamma_multiply(0.6)),
    );
    response
}

/// Draws the line of heads, and a hairline under it.
pub fn heads(ui: &mut Ui, cx: &Cx<'_>, widths: &[f32], cells: impl IntoIterator<Item = Cell>) {
    line(ui, cx, widths, cells);
    hairline(ui, cx);
}

fn draw(ui: &mut Ui, rect: Rect, is_first: bool, cell: Cell) {
    let layout = if is_first {
        Layout::left_to_right(Align::Center)
    } else {
        Layout::right_to_left(Align::Center)
    };
    let inner = rect.shrink2(vec2(if is_first { 0.0 } else { 2.0 }, 0.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
    let mut words = RichText::new(cell.words).color(cell.ink);
    if cell.small {
        words = words.size(SMALL);
    }
    let response = child.add(Label::new(words).truncate().selectable(false));
    if let Some(hint) = cell.hint {
        response.on_hover_text(hint);
    }
}
