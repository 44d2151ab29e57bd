//! The line over the text: report, section, place among the open numbers.

use egui::{RichText, Ui};

use crate::app::action::{Action, Front};
use crate::app::command::Command;
use crate::ui::cx::{Cx, Out};
use crate::ui::theme::SMALL;
use crate::ui::widgets::{key_cap, key_of, quiet_button, strong};

/// As many characters of a heading are shown.
const HEADING: usize = 24;

/// Shows the line.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    ui.horizontal_centered(|ui| {
        let Some(report) = cx.state.report() else {
            return;
        };
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            key_cap(ui, cx, &key_of(Command::NextOpen).unwrap_or_default());
            if quiet_button(ui, cx, "›", false)
                .on_hover_text(cx.hint(Command::NextOpen))
                .clicked()
            {
                out.run(Command::NextOpen);
            }
            if quiet_button(ui, cx, "‹", false)
                .on_hover_text(cx.hint(Command::PreviousOpen))
                .clicked()
            {
                out.run(Command::PreviousOpen);
            }
            key_cap(ui, cx, &key_of(Command::PreviousOpen).unwrap_or_default());
            ui.add_space(6.0);
            ui.label(
                RichText::new(place(cx))
                    .size(SMALL + 0.5)
                    .color(cx.theme.ink_soft),
            );
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let title = egui::Button::new(strong(&report.title, 12.5))
                    .frame(false)
                    .truncate();
                if ui.add(title).on_hover_text(cx.t("crumb.details")).clicked() {
                    out.push(Action::Show(Front::ReportDetails));
                }
                if let Some(heading) = heading(cx) {
                    ui.add(
                        egui::Label::new(RichText::new(heading).size(SMALL + 0.5).color(cx.theme.ink_soft))
                            .truncate(),
                    );
                }
            });
        });
    });
}

/// The place of the current number among the open ones.
fn place(cx: &Cx<'_>) -> String {
    let open = cx.state.marks.ledger().open;
    if cx.state.document().is_none() {
        return String::new();
    }
    if open == 0 {
        return cx.t("crumb.complete").to_owned();
    }
    let current = cx.state.view.current.filter(|span| {
        cx.state
            .marks
            .at(*span)
            .is_some_and(|mark| mark.standing.is_open())
    });
    match current {
        Some(span) => {
            let place = cx.state.marks.open_before(span.start) + 1;
            cx.f("crumb.place", &[&place.to_string(), &open.to_string()])
        }
        None => cx.f("crumb.open", &[&open.to_string()]),
    }
}

/// The heading that the current words or the cursor stand under.
fn heading(cx: &Cx<'_>) -> Option<String> {
    let document = cx.state.document()?;
    let at = cx.state.position();
    let block = document.outline.block_at(at)?;
    let heading = document.outline.heading_of(block).into_iter().next_back()?;
    let words = document.words(document.outline.blocks.get(heading)?.span);
    let short: String = words.chars().take(HEADING).collect();
    Some(if short.len() < words.len() {
        format!("{short}…")
    } else {
        short
    })
}
