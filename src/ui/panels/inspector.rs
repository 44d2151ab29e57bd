//! The current number: its exact value large, then one line a field, with where each came from.

use egui::{RichText, ScrollArea, Sense, Ui, vec2};

use super::field_editor::FieldEditor;
use super::{favourites, others, timeline};
use crate::app::action::{Action, Front};
use crate::app::command::Command;
use crate::model::{Doubt, Evidence, Field, Observation, Quantity, Ruling};
use crate::number;
use crate::query::checks::{Kind, Place};
use crate::query::queue;
use crate::query::{Flag, flags};
use crate::ui::cx::{Cx, Out};
use crate::ui::fields::{field_key, field_words};
use crate::ui::theme::{BODY, ECHO, SMALL};
use crate::ui::widgets::{command_button, dot, hairline, key_cap, key_of, section, strong};
use crate::ui::{doubts, echo, findings, indicator_name, indicator_tint, messages};

/// Height of one field's line in points.
const LINE: f32 = 30.0;
/// Width of a field's name in points.
const NAME: f32 = 76.0;

/// The fields that are always shown, in their order; the others stand below, folded away.
pub(super) const MAIN: &[Field] = &[
    Field::Indicator,
    Field::IndicatorText,
    Field::Value,
    Field::Unit,
    Field::Measure,
    Field::TimePeriod,
    Field::RefArea,
    Field::RefScope,
    Field::ValueNature,
    Field::Comparator,
    Field::Note,
];
pub(super) const MORE: &[Field] = &[
    Field::ValueType,
    Field::ObsValue,
    Field::UnitMult,
    Field::UnitMeasure,
    Field::ObsStatus,
];

/// What the inspector remembers from frame to frame.
#[derive(Default)]
pub struct Inspector {
    editor: FieldEditor,
}

impl Inspector {
    /// Shows the inspector.
    pub fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.add_space(12.0);
            match (cx.state.current_observation(), cx.state.view.current) {
                (Some(observation), Some(_)) => self.observation(ui, cx, observation, out),
                (None, Some(_)) => dismissed(ui, cx, out),
                (_, None) => {
                    ui.label(RichText::new(cx.t("inspector.nothing")).color(cx.theme.ink_faint));
                }
            }
            favourites::show(ui, cx, out);
            ui.add_space(12.0);
        });
    }

    fn observation(&mut self, ui: &mut Ui, cx: &Cx<'_>, observation: &Observation, out: &mut Out) {
        let words = current_words(cx);
        let flagged = flags(observation, words, &cx.state.project.catalogue);
        head(ui, cx, observation, words);
        ui.add_space(8.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        for field in MAIN {
            self.line(ui, cx, observation, *field, &flagged, out);
        }
        hairline(ui, cx);
        let more_open = cx.state.view.editing.is_some_and(|field| MORE.contains(&field));
        let header = egui::CollapsingHeader::new(
            RichText::new(cx.t("inspector.more"))
                .size(SMALL)
                .color(cx.theme.ink_faint),
        );
        header
            .id_salt("more-fields")
            .open(more_open.then_some(true))
            .show_unindented(ui, |ui| {
                for field in MORE {
                    self.line(ui, cx, observation, *field, &flagged, out);
                }
            });
        ui.spacing_mut().item_spacing.y = 5.0;
        buttons(ui, cx, out);
        flag_list(ui, cx, &flagged);
        reasons_to_look(ui, cx);
        finding_list(ui, cx, out);
        other_proposals(ui, cx, out);
        others::show(ui, cx, out);
        reasons(ui, cx);
        timeline::of_current(ui, cx);
    }

    /// One field: its name, its words or its editor, and where it came from.
    fn line(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        observation: &Observation,
        field: Field,
        flagged: &[Flag],
        out: &mut Out,
    ) {
        hairline(ui, cx);
        let is_flagged = flagged.iter().any(|flag| flag.field() == field);
        let doubt = doubt_of(cx, field);
        let in_doubt = cx.state.review.field == Some(field);
        if in_doubt {
            let rect = ui
                .available_rect_before_wrap()
                .with_max_y(ui.cursor().top() + LINE - 1.0);
            ui.painter()
                .rect_filled(rect.expand2(vec2(6.0, 0.0)), 4.0, cx.theme.accent_soft);
        }
        ui.horizontal(|ui| {
            ui.set_min_height(LINE - 1.0);
            let (rect, _) = ui.allocate_exact_size(vec2(NAME, LINE - 1.0), Sense::hover());
            let name = cx.t(field_key(field));
            let ink = cx.theme.ink_faint;
            // A child of its own: a name shorter than its column must not draw the value nearer.
            let layout = egui::Layout::left_to_right(egui::Align::Center);
            let mut column = ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(layout));
            column.add(egui::Label::new(RichText::new(name).color(ink)).truncate());
            if cx.state.view.editing == Some(field) {
                self.editor.show(ui, cx, observation, field, out);
                return;
            }
            self.editor.leave(field);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if let Some(key) = command_of(cx, field).and_then(key_of) {
                    key_cap(ui, cx, &key);
                }
                if let Some(doubt) = doubt {
                    alternative(ui, cx, doubt, out);
                } else if let Some(note) = origin_note(cx, field) {
                    ui.label(RichText::new(note).size(SMALL).color(cx.theme.ink_faint));
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let warm = is_flagged || doubt.is_some();
                    value_words(ui, cx, observation, field, warm, out);
                });
            });
        });
        if in_doubt && cx.state.alternatives(field).len() > 1 {
            numbered_alternatives(ui, cx, field, out);
        }
    }
}

/// What the field in doubt could be, each with the digit that takes it.
fn numbered_alternatives(ui: &mut Ui, cx: &Cx<'_>, field: Field, out: &mut Out) {
    for (place, words) in cx.state.alternatives(field).iter().take(9).enumerate() {
        ui.horizontal(|ui| {
            ui.set_min_height(24.0);
            ui.add_space(NAME);
            key_cap(ui, cx, &(place + 1).to_string());
            let shown = alternative_words(cx, field, words);
            let button = egui::Button::new(RichText::new(shown).color(cx.theme.ink)).frame(false);
            if ui.add(button.truncate()).clicked() {
                out.push(Action::TakeAlternative(field, place));
            }
        });
    }
}

fn alternative_words(cx: &Cx<'_>, field: Field, words: &str) -> String {
    let entry = cx.state.project.catalogue.get(&words.into());
    match entry.filter(|_| field == Field::Indicator) {
        Some(entry) => messages::name_of(cx, entry),
        None => field_words(cx, field, words),
    }
}

/// The command that changes a field with one key, if it would do something now.
fn command_of(cx: &Cx<'_>, field: Field) -> Option<Command> {
    match field {
        Field::Indicator => Some(Command::ChooseIndicator),
        Field::ValueNature => Some(Command::ToggleNature),
        Field::IndicatorText => Some(Command::OtherName).filter(|_| cx.state.alternatives(field).len() > 1),
        Field::TimePeriod => Some(Command::OtherPeriod).filter(|_| cx.state.alternatives(field).len() > 1),
        Field::RefArea => Some(Command::OtherArea).filter(|_| cx.state.alternatives(field).len() > 1),
        _ => None,
    }
}

fn current_words<'a>(cx: &Cx<'a>) -> &'a str {
    let document = cx.state.document();
    cx.state
        .view
        .current
        .zip(document)
        .map_or("", |(span, document)| document.words(span))
}

fn head(ui: &mut Ui, cx: &Cx<'_>, observation: &Observation, words: &str) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(strong(echo::value(observation.value), ECHO));
        ui.label(
            RichText::new(&observation.unit)
                .size(14.0)
                .color(cx.theme.ink_soft),
        );
    });
    let parsed = number::parse_quantity(words);
    let exact = match parsed.as_ref().map(|quantity: &Quantity| quantity.comparator) {
        None | Some(crate::model::Comparator::Equal) => cx.t("inspector.exact"),
        Some(_) => cx.t("inspector.inexact"),
    };
    let kind = cx.t(value_type_key(observation)).to_owned();
    let words = cx.f("inspector.printed", &[words, &kind, exact]);
    ui.label(RichText::new(words).color(cx.theme.ink_soft));
}

fn value_type_key(observation: &Observation) -> &'static str {
    use crate::model::ValueType;
    match observation.value_type {
        ValueType::Amount => "value_type.amount",
        ValueType::Count => "value_type.count",
        ValueType::Percent => "value_type.percent",
        ValueType::PercentagePoint => "value_type.percentage_point",
        ValueType::Rank => "value_type.rank",
        ValueType::Area => "value_type.area",
        ValueType::Multiple => "value_type.multiple",
        ValueType::Fraction => "value_type.fraction",
        ValueType::Duration => "value_type.duration",
        ValueType::Quantity => "value_type.quantity",
    }
}

fn value_words(ui: &mut Ui, cx: &Cx<'_>, observation: &Observation, field: Field, warm: bool, out: &mut Out) {
    let words = match field {
        Field::Indicator => indicator_name(cx, observation),
        Field::Value => echo::value(observation.value),
        _ => field_words(cx, field, &observation.words(field)),
    };
    if field == Field::Indicator {
        dot(ui, cx.theme.tint(indicator_tint(cx, observation)));
    }
    let (words, ink) = match (words.is_empty(), warm) {
        (true, _) => (cx.t("inspector.empty").to_owned(), cx.theme.ink_faint),
        (false, true) => (words, cx.theme.open),
        (false, false) => (words, cx.theme.ink),
    };
    let text = if field == Field::Indicator {
        strong(words, BODY)
    } else {
        RichText::new(words)
    };
    let button = egui::Button::new(text.color(ink)).frame(false).truncate();
    if ui
        .add(button)
        .on_hover_text(cx.t("inspector.edit.hint"))
        .clicked()
    {
        if field == Field::Indicator {
            out.push(Action::Show(Front::ChooseIndicator));
        } else {
            out.push(Action::EditingField(Some(field)));
        }
    }
}

fn doubt_of<'a>(cx: &Cx<'a>, field: Field) -> Option<&'a Doubt> {
    let proposal = cx.state.view.proposal.as_ref()?;
    let suggestion = proposal.suggestion.as_ref()?;
    // Whoever has set the field has answered the doubt about it.
    let words = |ruling: &Ruling| ruling.observation().map(|observation| observation.words(field));
    if proposal.changed && words(&proposal.ruling) != words(&suggestion.ruling) {
        return None;
    }
    let mut doubts = suggestion.doubts.iter();
    doubts.find(|doubt| doubt.field == field && !doubt.alternative.is_empty())
}

fn alternative(ui: &mut Ui, cx: &Cx<'_>, doubt: &Doubt, out: &mut Out) {
    let words = alternative_words(cx, doubt.field, &doubt.alternative);
    let text = RichText::new(cx.f("inspector.or", &[&words]))
        .size(SMALL)
        .color(cx.theme.open);
    if ui.add(egui::Button::new(text).frame(false)).clicked() {
        out.push(Action::SetField(doubt.field, doubt.alternative.clone()));
    }
}

/// Where a field's words came from, in a few small words.
fn origin_note(cx: &Cx<'_>, field: Field) -> Option<String> {
    let suggestion = cx.state.view.proposal.as_ref()?.suggestion.as_ref()?;
    let key = suggestion
        .reasons
        .iter()
        .find_map(|reason| match (field, reason) {
            (Field::TimePeriod, Evidence::PeriodBeside { .. })
            | (Field::RefArea, Evidence::AreaBeside { .. }) => Some("origin.beside"),
            (Field::TimePeriod, Evidence::PeriodFromReport { .. }) => Some("origin.report"),
            (Field::RefArea, Evidence::AreaFromReport { .. }) => Some("origin.issuer"),
            (Field::TimePeriod, Evidence::PeriodFromHeading { .. })
            | (Field::ValueNature, Evidence::NatureFromHeading { .. }) => Some("origin.heading"),
            (Field::IndicatorText, Evidence::NameCarried { .. }) => Some("origin.carried"),
            _ => None,
        })?;
    Some(cx.t(key).to_owned())
}

fn buttons(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        let half = (ui.available_width() - 8.0) * 0.5;
        if cx.state.current_decision().is_some() {
            command_button(ui, cx, Command::Reopen, false, half, out);
            command_button(ui, cx, Command::Dismiss, false, half, out);
        } else {
            command_button(ui, cx, Command::Accept, true, half, out);
            command_button(ui, cx, Command::Dismiss, false, half, out);
        }
    });
}

fn dismissed(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    let decided = cx.state.current_decision().map(|decision| &decision.ruling);
    let proposed = cx.state.view.proposal.as_ref().map(|proposal| &proposal.ruling);
    let Some(Ruling::Dismissed(reason)) = decided.or(proposed) else {
        return;
    };
    ui.label(strong(current_words(cx), ECHO));
    let key = if decided.is_some() {
        "inspector.dismissed"
    } else {
        "inspector.would_dismiss"
    };
    let name = cx.t(&format!("reason.{reason}")).to_owned();
    ui.label(RichText::new(cx.f(key, &[&name])).color(cx.theme.ink_soft));
    let hint = cx.t(&format!("reason.{reason}.hint")).to_owned();
    ui.label(RichText::new(hint).size(SMALL).color(cx.theme.ink_faint));
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        let half = (ui.available_width() - 8.0) * 0.5;
        let first = if decided.is_some() {
            Command::Reopen
        } else {
            Command::Accept
        };
        command_button(ui, cx, first, decided.is_none(), half, out);
        command_button(ui, cx, Command::DismissAs, false, half, out);
    });
    others::show(ui, cx, out);
    reasons(ui, cx);
    timeline::of_current(ui, cx);
}

fn flag_list(ui: &mut Ui, cx: &Cx<'_>, flagged: &[Flag]) {
    if flagged.is_empty() {
        return;
    }
    section(ui, cx, cx.t("inspector.flags"));
    for flag in flagged {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new("!").color(cx.theme.open));
            ui.label(
                RichText::new(messages::flag(cx, flag))
                    .size(SMALL + 0.5)
                    .color(cx.theme.ink_soft),
            );
        });
    }
}

/// Why the queue lists the number; what the checks say stands below in full.
fn reasons_to_look(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(item) = cx.state.current_item().filter(|_| cx.state.review.on) else {
        return;
    };
    let is_check = |kind: &&queue::Kind| matches!(kind, queue::Kind::Check { .. });
    let kinds: Vec<_> = item.kinds.iter().filter(|kind| !is_check(kind)).collect();
    if kinds.is_empty() {
        return;
    }
    section(ui, cx, cx.t("inspector.why"));
    for kind in kinds {
        let words = RichText::new(doubts::words(cx, kind, item)).size(SMALL + 0.5);
        ui.add(egui::Label::new(words.color(cx.theme.open)).wrap());
    }
}

/// What other agents propose for the current words.
fn other_proposals(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    let Some(contest) = cx
        .state
        .current_contest()
        .filter(|contest| !contest.others.is_empty())
    else {
        return;
    };
    let chosen = cx.state.view.proposal.as_ref();
    let chosen = chosen.and_then(|proposal| proposal.suggestion.as_ref());
    section(ui, cx, cx.t("inspector.others_say"));
    for suggestion in contest.all().filter(|suggestion| Some(*suggestion) != chosen) {
        let said = doubts::reading(cx, suggestion.ruling.observation());
        let head = format!("{} {}", suggestion.agent, suggestion.score);
        ui.label(RichText::new(head).size(SMALL).color(cx.theme.ink_faint));
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(said).size(SMALL + 0.5).color(cx.theme.ink_soft));
            let is_open = cx.state.current_decision().is_none();
            if is_open && ui.small_button(cx.t("inspector.take")).clicked() {
                out.push(Action::TakeProposal(suggestion.agent.clone()));
            }
        });
    }
}

/// What the checks have found about the current value, beyond its own flags.
fn finding_list(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    let all = cx.state.findings_here();
    let counted = all.filter(|finding| !matches!(finding.kind, Kind::Field(_)));
    let counted: Vec<_> = counted
        .filter(|finding| cx.state.waiver(finding).is_none())
        .collect();
    if counted.is_empty() {
        return;
    }
    section(ui, cx, cx.t("inspector.findings"));
    for finding in counted {
        let (_, ink) = findings::look(cx.theme, finding.severity);
        ui.horizontal_wrapped(|ui| {
            let words = RichText::new(findings::words(cx, finding)).size(SMALL + 0.5);
            ui.label(words.color(ink));
            let key = key_of(Command::LetStand).unwrap_or_default();
            if ui
                .small_button(cx.command(Command::LetStand))
                .on_hover_text(key)
                .clicked()
            {
                out.push(Action::Show(Front::Waive(finding.key.clone())));
            }
        });
        for place in &finding.observations {
            other_value(ui, cx, place, out);
        }
    }
}

/// One of the other values of a finding, a way to its words.
fn other_value(ui: &mut Ui, cx: &Cx<'_>, place: &Place, out: &mut Out) {
    let here = (cx.state.view.report.as_ref(), cx.state.view.current);
    if here == (Some(&place.report), Some(place.span)) {
        return;
    }
    if let Some(observation) = findings::observation(cx, place) {
        let words = RichText::new(findings::described(cx, observation)).size(SMALL + 0.5);
        let button = egui::Button::new(words.color(cx.theme.ink_soft))
            .frame(false)
            .truncate();
        if ui.add(button).clicked() {
            out.push(Action::Reveal(place.report.clone(), place.span));
        }
    }
}

fn reasons(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(suggestion) = cx
        .state
        .view
        .proposal
        .as_ref()
        .and_then(|proposal| proposal.suggestion.as_ref())
    else {
        return;
    };
    section(ui, cx, cx.t("inspector.reasons"));
    ui.spacing_mut().item_spacing.y = 2.0;
    for reason in &suggestion.reasons {
        let words = format!("· {}", messages::evidence(cx, reason));
        ui.label(RichText::new(words).size(SMALL + 0.5).color(cx.theme.ink_soft));
    }
}
