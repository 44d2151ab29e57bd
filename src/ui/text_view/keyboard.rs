//! What the arrow keys do in the text.

use egui::{Event, Key, Modifiers, Ui};

use super::layout::Layout;
use crate::app::action::Action;
use crate::app::state::AppState;
use crate::text::segment;

/// Turns arrow keys, Home, End, page keys and Copy into actions, while the text has the focus.
///
/// `page` is how many rows a page has.
pub fn handle(ui: &Ui, state: &AppState, layout: &Layout, page: usize, out: &mut Vec<Action>) -> bool {
    let events = ui.input(|input| input.filtered_events(&filter()));
    let text: &str = &layout.document().text;
    let mut moved = false;
    for event in events {
        match event {
            Event::Copy => {
                let words = state.target().and_then(|span| span.of(text));
                if let Some(words) = words {
                    ui.copy_text(words.to_owned());
                }
            }
            Event::Key {
                key,
                pressed: true,
                modifiers,
                ..
            } if !modifiers.alt => {
                if let Some(head) = target(key, modifiers, state.view.head, layout, page) {
                    let anchor = if modifiers.shift { state.view.anchor } else { head };
                    if !modifiers.shift {
                        out.push(Action::ClearCurrent);
                    }
                    out.push(Action::Select { anchor, head });
                    moved = true;
                }
            }
            _ => {}
        }
    }
    moved
}

/// The keys that the text keeps for itself instead of letting them move the focus.
pub fn filter() -> egui::EventFilter {
    egui::EventFilter {
        tab: true,
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
    }
}

/// Where a key takes the cursor. Bytes.
fn target(key: Key, modifiers: Modifiers, head: usize, layout: &Layout, page: usize) -> Option<usize> {
    let text: &str = &layout.document().text;
    let by_word = modifiers.command || modifiers.ctrl;
    let row = layout.row_of(head);
    let bounds = layout.rows().get(row).map(|row| (row.start, row.end));
    match key {
        Key::ArrowLeft if by_word => Some(segment::prev_word(text, head)),
        Key::ArrowRight if by_word => Some(segment::next_word(text, head)),
        Key::ArrowLeft => Some(segment::prev_grapheme(text, head)),
        Key::ArrowRight => Some(segment::next_grapheme(text, head)),
        Key::ArrowUp => Some(beside(layout, head, row.checked_sub(1)?)),
        Key::ArrowDown => Some(beside(layout, head, row + 1)),
        Key::PageUp if !by_word => Some(beside(layout, head, row.saturating_sub(page))),
        Key::PageDown if !by_word => Some(beside(
            layout,
            head,
            (row + page).min(layout.rows().len().saturating_sub(1)),
        )),
        Key::Home if by_word => Some(0),
        Key::End if by_word => Some(text.len()),
        Key::Home => bounds.map(|(start, _)| start),
        Key::End => bounds.map(|(_, end)| end),
        _ => None,
    }
}

/// The byte of another row that is as many characters from its start.
fn beside(layout: &Layout, head: usize, other: usize) -> usize {
    let text: &str = &layout.document().text;
    let rows = layout.rows();
    let (Some(row), Some(other)) = (rows.get(layout.row_of(head)), rows.get(other)) else {
        return head;
    };
    let column = text.get(row.start..head).map_or(0, |words| words.chars().count());
    let letters = layout.text_of(other);
    letters
        .char_indices()
        .nth(column)
        .map_or(other.end, |(offset, _)| other.start + offset)
}
