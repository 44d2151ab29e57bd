//! What the mouse does in the text: choose words, pick numbers, drag edges.

use egui::{CursorIcon, Pos2, Response, Ui};

use super::paint::DrawnRow;
use crate::app::action::Action;
use crate::app::state::AppState;
use crate::model::Span;
use crate::text::segment;

/// How near to an edge, in points, the pointer takes hold of it.
const GRIP: f32 = 5.0;

/// What a drag that has begun is moving.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drag {
    /// Nothing.
    #[default]
    None,
    /// The end of the selection that began here, by steps of this unit.
    Selection(usize, Unit),
    /// The start of the current words.
    Start(Span),
    /// The end of the current words.
    End(Span),
}

/// By what steps a selection grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Character by character.
    Letter,
    /// A double click: word by word.
    Word,
    /// A triple click: sentence by sentence.
    Sentence,
    /// A click in the margin: paragraph by paragraph.
    Paragraph,
}

impl Unit {
    fn around(self, text: &str, byte: usize) -> Span {
        match self {
            Self::Letter => Span::new(byte, byte),
            Self::Word => segment::word_at(text, byte),
            Self::Sentence => segment::sentence_at(text, byte),
            Self::Paragraph => segment::paragraph_at(text, byte),
        }
    }
}

/// The byte of the text under a point of the screen; the nearest one where there are no letters.
pub fn byte_under(rows: &[DrawnRow], text: &str, pos: Pos2) -> Option<usize> {
    let below = rows.partition_point(|row| row.corner.y <= pos.y);
    let row = rows.get(below.saturating_sub(1))?;
    Some(row.byte_at(text, pos.x - row.corner.x))
}

/// The edge of the current words that the pointer would take hold of.
fn edge_under(rows: &[DrawnRow], text: &str, current: Option<Span>, pos: Pos2) -> Option<Drag> {
    let span = current?;
    for row in rows {
        let Some(rect) = row.stretch(text, span) else {
            continue;
        };
        if !rect.expand2(egui::vec2(GRIP, 0.0)).contains(pos) {
            continue;
        }
        if span.end <= row.row.end && (pos.x - rect.right()).abs() <= GRIP {
            return Some(Drag::End(span));
        }
        if span.start >= row.row.start && (pos.x - rect.left()).abs() <= GRIP {
            return Some(Drag::Start(span));
        }
    }
    None
}

/// Turns what the mouse did on the text into actions. `margin` is where the column begins.
pub fn handle(
    ui: &Ui,
    response: &Response,
    rows: &[DrawnRow],
    (state, text): (&AppState, &str),
    margin: f32,
    drag: &mut Drag,
    out: &mut Vec<Action>,
) {
    let pos = response.interact_pointer_pos().or_else(|| response.hover_pos());
    let Some(pos) = pos else {
        return;
    };
    let Some(byte) = byte_under(rows, text, pos) else {
        return;
    };
    let edge = edge_under(rows, text, state.view.current, pos);
    if response.hovered() || response.dragged() {
        let holds = edge.is_some() || matches!(drag, Drag::Start(_) | Drag::End(_));
        ui.set_cursor_icon(if holds {
            CursorIcon::ResizeHorizontal
        } else {
            CursorIcon::Text
        });
    }
    let unit = if response.triple_clicked() {
        Unit::Sentence
    } else if response.double_clicked() {
        Unit::Word
    } else if pos.x < margin {
        Unit::Paragraph
    } else {
        Unit::Letter
    };
    if response.drag_started() {
        // The drag began where the button went down, which may lie some points back.
        let origin = ui.input(|input| input.pointer.press_origin()).unwrap_or(pos);
        let from = byte_under(rows, text, origin).unwrap_or(byte);
        let grip = edge_under(rows, text, state.view.current, origin);
        let shift = ui.input(|input| input.modifiers.shift);
        let from = if shift { state.view.anchor } else { from };
        *drag = grip.unwrap_or(Drag::Selection(from, unit));
    }
    match *drag {
        Drag::Selection(from, unit) if response.dragged() => out.push(stretched(text, from, byte, unit)),
        Drag::Start(span) if response.dragged() && byte < span.end => preview(span, byte, span.end, out),
        Drag::End(span) if response.dragged() && byte > span.start => preview(span, span.start, byte, out),
        _ => {}
    }
    if response.drag_stopped() {
        finish(state, drag, byte, out);
    } else if response.triple_clicked() || response.double_clicked() {
        out.push(stretched(text, byte, byte, unit));
    } else if response.clicked() {
        click(ui, state, text, byte, unit, out);
    }
}

fn click(ui: &Ui, state: &AppState, text: &str, byte: usize, unit: Unit, out: &mut Vec<Action>) {
    if ui.input(|input| input.modifiers.shift) {
        out.push(Action::Select {
            anchor: state.view.anchor,
            head: byte,
        });
    } else if unit == Unit::Paragraph {
        out.push(stretched(text, byte, byte, unit));
    } else {
        out.push(Action::ClearCurrent);
        out.push(Action::Select {
            anchor: byte,
            head: byte,
        });
    }
}

/// While an edge is dragged, the words it would leave are shown as a selection.
fn preview(span: Span, start: usize, end: usize, out: &mut Vec<Action>) {
    if Span::new(start, end) != span {
        out.push(Action::Select {
            anchor: start,
            head: end,
        });
    }
}

fn finish(state: &AppState, drag: &mut Drag, byte: usize, out: &mut Vec<Action>) {
    let moved = match *drag {
        Drag::Start(span) if byte < span.end => Some((span, Span::new(byte, span.end))),
        Drag::End(span) if byte > span.start => Some((span, Span::new(span.start, byte))),
        _ => None,
    };
    if let Some((from, to)) = moved {
        out.push(Action::Select {
            anchor: state.view.head,
            head: state.view.head,
        });
        out.push(Action::MoveEdges(from, to));
    }
    *drag = Drag::None;
}

fn stretched(text: &str, from: usize, to: usize, unit: Unit) -> Action {
    let (one, other) = (unit.around(text, from), unit.around(text, to));
    if to < from {
        Action::Select {
            anchor: one.end,
            head: other.start,
        }
    } else {
        Action::Select {
            anchor: one.start,
            head: other.end.max(one.end),
        }
    }
}
