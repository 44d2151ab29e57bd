//! The status line: saved or not, ledger, place, encoding, characters that no font draws.

use egui::{RichText, Ui};

use crate::app::action::{Action, Front};
use crate::app::jobs::Watch;
use crate::text::read::Format;
use crate::ui::cx::{Cx, Out};
use crate::ui::theme::SMALL;
use crate::ui::widgets::quiet_button;

/// The encodings that a report can be read in again, by their WHATWG names.
const ENCODINGS: &[&str] = &["UTF-8", "gb18030", "GBK", "Big5", "UTF-16LE", "UTF-16BE"];

/// Shows the line. `missing` is how many of the report's characters no font can draw.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, missing: usize, out: &mut Out) {
    let small = |words: String| RichText::new(words).size(SMALL + 0.5).color(cx.theme.ink_soft);
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 18.0;
        let (words, ink) = saved_state(cx);
        ui.label(RichText::new(words).size(SMALL + 0.5).color(ink));
        let ledger = cx.state.marks.ledger();
        if cx.state.document().is_some() {
            let parts = [ledger.decided().to_string(), ledger.open.to_string()];
            ui.label(small(cx.f("status.ledger", &[&parts[0], &parts[1]])));
        }
        if let Some(waiting) = &cx.state.waiting
            && cx.state.now - waiting.since > 0.3
        {
            ui.spinner();
            ui.label(small(cx.t(waiting.what).to_owned()));
            if let Some(watch) = &waiting.watch {
                under_way(ui, cx, watch, out);
            }
        }
        if !cx.state.is_whole() {
            ui.label(small(reading(cx, "status.reading")));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 18.0;
            ui.label(small(format!("{} %", cx.state.settings.zoom)));
            encoding(ui, cx, out);
            if missing > 0
                && quiet_button(ui, cx, &cx.f("status.missing", &[&missing.to_string()]), false).clicked()
            {
                out.push(Action::Show(Front::MissingGlyphs));
            }
            if let Some(place) = place(cx) {
                ui.label(small(place));
            }
            if let Some(page) = page(cx) {
                ui.label(small(page));
            }
        });
    });
}

/// How far a job is, and a button to stop it.
fn under_way(ui: &mut Ui, cx: &Cx<'_>, watch: &Watch, out: &mut Out) {
    let (done, all) = watch.progress();
    if all > 1 {
        let words = cx.f("waiting.progress", &[&done.to_string(), &all.to_string()]);
        ui.label(RichText::new(words).size(SMALL + 0.5).color(cx.theme.ink_soft));
    }
    if watch.is_cancelled() {
        let words = cx.t("waiting.stopping");
        ui.label(RichText::new(words).size(SMALL + 0.5).color(cx.theme.ink_soft));
    } else if quiet_button(ui, cx, cx.t("waiting.stop"), false).clicked() {
        out.push(Action::StopWaiting);
    }
}

/// Words about how many reports of a large project have been read, with this key.
pub fn reading(cx: &Cx<'_>, key: &str) -> String {
    let (read, all) = cx.state.reports_read();
    cx.f(key, &[&read.to_string(), &all.to_string()])
}

fn saved_state<'a>(cx: &Cx<'a>) -> (&'a str, egui::Color32) {
    let keeping = &cx.state.keeping;
    if keeping.look_only.is_some() {
        (cx.t("status.read_only"), cx.theme.open.0)
    } else if keeping.failed {
        (cx.t("status.failed"), cx.theme.bad.0)
    } else if cx.state.place.is_none() {
        let key = if cx.state.has_unplaced_work() {
            "status.unplaced"
        } else {
            "status.no_place"
        };
        (cx.t(key), cx.theme.ink_soft.0)
    } else if keeping.dirty.is_empty() && !keeping.at_work {
        (cx.t("status.saved"), cx.theme.ink_soft.0)
    } else if keeping.dirty.is_empty() {
        // A look around for changes by others is no saving.
        (cx.t("status.saved"), cx.theme.ink_soft.0)
    } else {
        (cx.t("status.saving"), cx.theme.ink_soft.0)
    }
}

/// Paragraph and character of the current words or the cursor, both counted from 1.
fn place(cx: &Cx<'_>) -> Option<String> {
    let document = cx.state.document()?;
    let at = cx.state.position();
    let block = document.outline.block_at(at)?;
    let character = document.index.char_of_byte(&document.text, at) + 1;
    Some(cx.f(
        "status.place",
        &[&(block + 1).to_string(), &character.to_string()],
    ))
}

/// The page or the sheet of the original on which they stand, where it has any.
fn page(cx: &Cx<'_>) -> Option<String> {
    let reading = &cx.state.readings.get(&cx.state.report()?.fingerprint)?.reading;
    let number = reading.page_at(cx.state.position())?.to_string();
    let key = match reading.format {
        Format::Excel => "status.sheet",
        _ => "status.page",
    };
    Some(cx.f(key, &[&number]))
}

fn encoding(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    let Some(report) = cx.state.report() else {
        return;
    };
    if report.encoding.is_empty() {
        return;
    }
    let sure = cx
        .state
        .readings
        .get(&report.fingerprint)
        .is_none_or(|original| original.reading.encoding_sure);
    let words = if sure {
        report.encoding.clone()
    } else {
        cx.f("status.guessed", &[&report.encoding])
    };
    let text = RichText::new(words).size(SMALL + 0.5).color(cx.theme.ink_soft);
    let button = egui::Button::new(text).frame_when_inactive(false);
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.label(
            RichText::new(cx.t("status.read_as"))
                .size(SMALL)
                .color(cx.theme.ink_faint),
        );
        for name in ENCODINGS {
            if ui
                .selectable_label(report.encoding.eq_ignore_ascii_case(name), *name)
                .clicked()
            {
                out.push(Action::ReadAs((*name).to_owned()));
                ui.close();
            }
        }
    });
    response.on_hover_text(cx.t("status.encoding.hint"));
}
