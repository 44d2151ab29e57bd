//! What the program has to ask before it goes on. None of it loses anything by being closed.

use std::path::PathBuf;

use egui::{RichText, ScrollArea, Ui};

use super::{note, sheet, title};
use crate::app::action::{Action, Export, Front};
use crate::app::command::Command;
use crate::app::keeper::LookOnly;
use crate::app::ports::Purpose;
use crate::edit::Edit;
use crate::store::ReadOnly;
use crate::ui::cx::{Cx, Out};
use crate::ui::theme::SMALL;

/// As many restored gestures are shown.
const PREVIEW: usize = 8;

/// Offers what was done but not saved before the last end.
pub fn recovery(ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
    let recoveries = &cx.state.view.recoveries;
    let count: usize = recoveries.iter().map(|recovery| recovery.edits.len()).sum();
    let matches = recoveries.iter().all(|recovery| recovery.base_matches);
    sheet(ui, cx, 560.0, out, |ui, out| {
        title(ui, &cx.f("recovery.title", &[&count.to_string()]));
        note(
            ui,
            cx,
            if matches {
                cx.t("recovery.note")
            } else {
                cx.t("recovery.conflict")
            },
        );
        let gestures = recoveries.iter().flat_map(|recovery| &recovery.edits);
        let newest: Vec<_> = gestures.rev().take(PREVIEW).collect();
        for edits in newest {
            if let Some(words) = edits.iter().find_map(|edit| words_of(cx, edit)) {
                ui.label(RichText::new(words).size(SMALL + 0.5).color(cx.theme.ink_soft));
            }
        }
        if count > PREVIEW {
            ui.label(RichText::new("…").color(cx.theme.ink_faint));
        }
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if ui.button(cx.t("recovery.go")).clicked() || enter(ui) {
                out.push(Action::Recover);
            }
            if ui.button(cx.t("recovery.discard")).clicked() {
                out.push(Action::DiscardRecovery);
            }
            if ui.button(cx.t("recovery.later")).clicked() {
                out.push(Action::CloseFront);
            }
        });
    });
}

fn words_of(cx: &Cx<'_>, edit: &Edit) -> Option<String> {
    let Edit::Decide {
        report,
        span,
        decision,
        ..
    } = edit
    else {
        return None;
    };
    let report = cx.state.project.report(report)?;
    let words = span.of(cx.state.texts.get(&report.fingerprint)?)?;
    let what = match decision.as_ref().map(|decision| decision.ruling.observation()) {
        Some(Some(observation)) => observation.indicator_text.clone(),
        Some(None) => cx.t("recovery.dismissed").to_owned(),
        None => cx.t("recovery.reopened").to_owned(),
    };
    Some(format!("{words} — {what}  ({})", report.title))
}

fn enter(ui: &mut Ui) -> bool {
    ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Enter))
}

/// Asks whose version stands when another program has changed files.
pub fn changed(ui: &Ui, cx: &Cx<'_>, paths: &[PathBuf], out: &mut Out) {
    sheet(ui, cx, 560.0, out, |ui, out| {
        title(ui, cx.t("changed.title"));
        note(ui, cx, cx.t("changed.note"));
        ScrollArea::vertical().max_height(160.0).show(ui, |ui| {
            for path in paths {
                ui.label(RichText::new(path.display().to_string()).size(SMALL));
            }
        });
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if ui
                .button(cx.t("changed.theirs"))
                .on_hover_text(cx.t("changed.theirs.hint"))
                .clicked()
            {
                out.push(Action::TakeTheirs);
            }
            if ui
                .button(cx.t("changed.ours"))
                .on_hover_text(cx.t("changed.ours.hint"))
                .clicked()
            {
                out.push(Action::KeepOurs);
            }
        });
    });
}

/// Asks before an export takes the place of what lies there.
pub fn replace(ui: &Ui, cx: &Cx<'_>, wanted: &Export, out: &mut Out) {
    sheet(ui, cx, 560.0, out, |ui, out| {
        title(ui, cx.t("replace.title"));
        note(ui, cx, &wanted.path.display().to_string());
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if ui.button(cx.t("replace.go")).clicked() || enter(ui) {
                out.push(Action::Export(Export {
                    replaces: true,
                    ..wanted.clone()
                }));
            }
            if ui.button(cx.t("replace.back")).clicked() {
                out.push(Action::Show(Front::Export));
            }
        });
    });
}

/// Asks before the window closes on work that has no place yet.
pub fn unsaved(ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
    sheet(ui, cx, 480.0, out, |ui, out| {
        title(ui, cx.t("unsaved.title"));
        note(ui, cx, cx.t("unsaved.note"));
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if ui.button(cx.t("unsaved.save")).clicked() || enter(ui) {
                out.push(Action::Show(Front::TypePath(Purpose::SaveFolder)));
            }
            if ui.button(cx.t("unsaved.quit")).clicked() {
                out.push(Action::QuitAnyway);
            }
            if ui.button(cx.t("details.cancel")).clicked() {
                out.push(Action::CloseFront);
            }
        });
    });
}

/// Says why the project can only be looked at, and what can be done about it.
pub fn look_only(ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
    let Some(why) = &cx.state.keeping.look_only else {
        out.push(Action::CloseFront);
        return;
    };
    sheet(ui, cx, 520.0, out, |ui, out| {
        title(ui, cx.t("look_only.title"));
        let words = match why {
            LookOnly::Held(by) => cx.f("look_only.held", &[&by.pid.to_string(), &by.host]),
            LookOnly::Files(ReadOnly::NewerFormat { found }) => {
                cx.f("look_only.newer", &[&found.to_string()])
            }
            LookOnly::Files(ReadOnly::NotWritable) => cx.t("look_only.files").to_owned(),
        };
        note(ui, cx, &words);
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if matches!(why, LookOnly::Held(_)) && ui.button(cx.t("look_only.take_over")).clicked() {
                out.push(Action::TakeOver);
            }
            if ui.button(cx.command(Command::SaveAs)).clicked() {
                out.run(Command::SaveAs);
            }
            if ui.button(cx.t("look_only.look")).clicked() || enter(ui) {
                out.push(Action::CloseFront);
            }
        });
    });
}

/// Lists the characters of the open report that no font can draw.
pub fn missing(ui: &Ui, cx: &Cx<'_>, missing: &[char], out: &mut Out) {
    sheet(ui, cx, 480.0, out, |ui, _| {
        title(ui, cx.t("missing.title"));
        note(ui, cx, cx.t("missing.note"));
        let codes: Vec<String> = missing
            .iter()
            .map(|letter| format!("U+{:04X}", u32::from(*letter)))
            .collect();
        ui.label(codes.join("  "));
    });
}
