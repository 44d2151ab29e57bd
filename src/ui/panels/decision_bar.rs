//! What Enter would accept, at one fixed place under the text, with the keys beside what they do.

use egui::{RichText, Ui};

use crate::app::command::Command;
use crate::app::curation::Curation;
use crate::model::{DismissReason, Observation, Ruling, Span};
use crate::number;
use crate::query::curate::Case;
use crate::ui::cx::{Cx, Out};
use crate::ui::theme::{BODY, SMALL};
use crate::ui::widgets::{dot, key_cap, key_of, strong};
use crate::ui::{echo, indicator_name, indicator_tint};

/// Points that a key and its words need at least.
const KEY_ROOM: f32 = 110.0;
/// As many characters of a selection are shown.
const SELECTION: usize = 24;

/// Shows the bar.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    ui.add_space(7.0);
    ui.horizontal(|ui| {
        ui.set_height(22.0);
        proposal_line(ui, cx);
    });
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for command in keys(cx) {
            // In a narrow window the less needed ones stand in the menu only.
            if ui.available_width() < KEY_ROOM {
                break;
            }
            key_line(ui, cx, *command, out);
        }
    });
}

fn proposal_line(ui: &mut Ui, cx: &Cx<'_>) {
    if let Some(selected) = cx.state.selection() {
        selection_line(ui, cx, selected);
        return;
    }
    if let Some((case, curation)) = cx.state.case_at_hand().zip(cx.state.curation.as_ref()) {
        case_line(ui, cx, case, curation);
        return;
    }
    if let Some(decision) = cx.state.current_decision() {
        ruling_line(ui, cx, &decision.ruling);
        ui.label(RichText::new(cx.t("bar.decided")).color(cx.theme.good));
        return;
    }
    let is_complete = cx.state.document().is_some() && cx.state.marks.ledger().is_complete();
    let Some(proposal) = &cx.state.view.proposal else {
        ui.label(
            RichText::new(cx.t(if is_complete {
                "crumb.complete"
            } else {
                "bar.nothing"
            }))
            .color(cx.theme.ink_faint),
        );
        return;
    };
    ruling_line(ui, cx, &proposal.ruling);
    if let Some(suggestion) = &proposal.suggestion {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let colour = if suggestion.score.0 >= 800 {
                cx.theme.good
            } else {
                cx.theme.open
            };
            ui.label(RichText::new(suggestion.score.to_string()).color(colour))
                .on_hover_text(cx.t("bar.score"));
        });
    }
}

/// The selected words, and what they parse to if they are few.
fn selection_line(ui: &mut Ui, cx: &Cx<'_>, selected: Span) {
    let words = cx
        .state
        .document()
        .map_or("", |document| document.words(selected));
    let line = words.lines().next().unwrap_or_default();
    let short: String = line.chars().take(SELECTION).collect();
    let is_short = short.len() == words.len();
    let shown = if is_short { short } else { format!("{short}…") };
    ui.label(cx.f("bar.selected", &[&shown]));
    if let Some(quantity) = is_short.then(|| number::parse_quantity(words)).flatten() {
        ui.label(strong(echo::of_quantity(cx, &quantity), BODY));
    }
}

fn observation_line(ui: &mut Ui, cx: &Cx<'_>, observation: &Observation) {
    let tint = indicator_tint(cx, observation);
    dot(ui, cx.theme.tint(tint));
    let name = indicator_name(cx, observation);
    let name = if name.is_empty() {
        cx.t("bar.no_name").to_owned()
    } else {
        name
    };
    ui.label(RichText::new(name).color(cx.theme.tint(tint)));
    ui.label(strong(echo::of_observation(observation), BODY));
    let mut parts = vec![
        cx.t(&format!("measure.{}", observation.measure)).to_owned(),
        observation.time_period.clone(),
        observation.ref_area.clone(),
    ];
    if !observation.ref_scope.is_empty() {
        parts.push(cx.f("bar.within", &[&observation.ref_scope]));
    }
    parts.push(
        cx.t(&format!("value_nature.{}", observation.value_nature))
            .to_owned(),
    );
    parts.retain(|part| !part.is_empty());
    ui.add(egui::Label::new(RichText::new(parts.join(" · ")).color(cx.theme.ink_soft)).truncate());
}

/// What would be written of a case, or what is to be done with it.
fn case_line(ui: &mut Ui, cx: &Cx<'_>, case: &Case, curation: &Curation) {
    let by = cx.state.person();
    let verdict = curation.verdict.as_ref();
    if let Some(decision) = verdict.and_then(|verdict| verdict.decision(&by)) {
        ruling_line(ui, cx, &decision.ruling);
    } else if let (None, Some(decision), false) = (verdict, cx.state.current_decision(), case.is_open()) {
        ruling_line(ui, cx, &decision.ruling);
        ui.label(RichText::new(cx.t("case.settled")).color(cx.theme.good));
    } else {
        ui.label(RichText::new(cx.t("bar.choose_side")).color(cx.theme.ink_soft));
    }
}

fn ruling_line(ui: &mut Ui, cx: &Cx<'_>, ruling: &Ruling) {
    match ruling {
        Ruling::Tagged(observation) => observation_line(ui, cx, observation),
        Ruling::Dismissed(reason) => dismissed_line(ui, cx, *reason),
    }
}

fn dismissed_line(ui: &mut Ui, cx: &Cx<'_>, reason: DismissReason) {
    let name = cx.t(&format!("reason.{reason}"));
    ui.label(RichText::new(cx.f("bar.dismissed", &[name])).color(cx.theme.ink_soft));
}

/// The commands that make sense now.
fn keys(cx: &Cx<'_>) -> &'static [Command] {
    if cx.state.case_at_hand().is_some() {
        &[
            Command::Accept,
            Command::Favourite1,
            Command::NextOpen,
            Command::EditFields,
            Command::Dismiss,
            Command::Reject,
        ]
    } else if cx.state.selection().is_some() {
        &[
            Command::UseAsName,
            Command::Accept,
            Command::Favourite1,
            Command::ChooseIndicator,
            Command::Dismiss,
        ]
    } else if cx.state.current_decision().is_some() {
        &[
            Command::Accept,
            Command::Reopen,
            Command::Favourite1,
            Command::ChooseIndicator,
            Command::EditFields,
            Command::SameForAll,
        ]
    } else {
        &[
            Command::Accept,
            Command::Favourite1,
            Command::ChooseIndicator,
            Command::Dismiss,
            Command::Reject,
            Command::EditFields,
            Command::SameForAll,
        ]
    }
}

/// What the digits do now.
fn digits<'a>(cx: &Cx<'a>) -> &'a str {
    if cx.state.case_at_hand().is_some() {
        cx.t("bar.side")
    } else if cx.state.review.field.is_some() {
        cx.t("bar.alternative")
    } else {
        cx.t("bar.favourites")
    }
}

/// What a command does to a case.
fn case_words(cx: &Cx<'_>, command: Command) -> String {
    match command {
        Command::Accept => cx.t("bar.settle").to_owned(),
        Command::NextOpen => cx.t("bar.next_point").to_owned(),
        Command::Dismiss => cx.t("case.nothing_here").to_owned(),
        Command::Reject => cx.t("case.nobody").to_owned(),
        _ => cx.command(command),
    }
}

fn key_line(ui: &mut Ui, cx: &Cx<'_>, command: Command, out: &mut Out) {
    let decided = cx.state.selection().is_none() && cx.state.current_decision().is_some();
    let is_case = cx.state.case_at_hand().is_some();
    let (keys, words) = match command {
        Command::Favourite1 => ("1–9".to_owned(), digits(cx).to_owned()),
        _ if is_case => (key_of(command).unwrap_or_default(), case_words(cx, command)),
        Command::Accept if decided => (key_of(command).unwrap_or_default(), cx.t("bar.go_on").to_owned()),
        _ => (key_of(command).unwrap_or_default(), cx.command(command)),
    };
    key_cap(ui, cx, &keys);
    let text = RichText::new(words).size(SMALL + 0.5).color(cx.theme.ink_soft);
    let response = ui.add(egui::Button::new(text).frame(false));
    if response.on_hover_text(cx.hint(command)).clicked() && command != Command::Favourite1 {
        out.run(command);
    }
    ui.add_space(8.0);
}
