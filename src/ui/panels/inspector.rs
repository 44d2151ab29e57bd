//! The current number: its exact value large, then one line a field, with where each came from.

use egui::{Id, Key, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, vec2};

use crate::app::action::{Action, Front};
use crate::app::command::Command;
use crate::model::{Doubt, Evidence, Field, Observation, Quantity, Ruling};
use crate::number;
use crate::query::{Flag, flags};
use crate::ui::cx::{Cx, Out};
use crate::ui::theme::{BODY, ECHO, SMALL};
use crate::ui::widgets::{command_button, dot, hairline, key_cap, key_of, section, strong};
use crate::ui::{echo, field_choices, field_words, indicator_name, indicator_tint, messages};

/// Height of one field's line in points.
const LINE: f32 = 30.0;
/// Width of a field's name in points.
const NAME: f32 = 76.0;

/// The fields that are always shown, in their order; the others stand below, folded away.
const MAIN: &[Field] = &[
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
const MORE: &[Field] = &[
    Field::ValueType,
    Field::ObsValue,
    Field::UnitMult,
    Field::UnitMeasure,
    Field::ObsStatus,
];

/// What the inspector remembers from frame to frame.
#[derive(Default)]
pub struct Inspector {
    /// The field being edited and the words typed so far.
    typed: Option<(Field, String)>,
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
            favourites(ui, cx, out);
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
        reasons(ui, cx);
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
        ui.horizontal(|ui| {
            ui.set_min_height(LINE - 1.0);
            let (rect, _) = ui.allocate_exact_size(vec2(NAME, LINE - 1.0), Sense::hover());
            let name = cx.t(field_key(field));
            let ink = cx.theme.ink_faint;
            ui.put(rect, |ui: &mut Ui| {
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.add(egui::Label::new(RichText::new(name).color(ink)).truncate());
                })
                .response
            });
            if cx.state.view.editing == Some(field) {
                self.editor(ui, cx, observation, field, out);
                return;
            }
            if self.typed.as_ref().is_some_and(|(typed, _)| *typed == field) {
                self.typed = None;
            }
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
    }

    /// The editor of one field: a line of text, or the choices of its vocabulary.
    fn editor(&mut self, ui: &mut Ui, cx: &Cx<'_>, observation: &Observation, field: Field, out: &mut Out) {
        if let Some(choices) = field_choices(field) {
            choose(ui, cx, observation, field, &choices, out);
            return;
        }
        let fresh = self.typed.as_ref().is_none_or(|(typed, _)| *typed != field);
        if fresh {
            self.typed = Some((field, observation.words(field)));
        }
        let Some((_, words)) = &mut self.typed else {
            return;
        };
        let id = Id::unique(("field-editor", field));
        let response = ui.add(
            TextEdit::singleline(words)
                .id(id)
                .desired_width(f32::INFINITY)
                .lock_focus(true),
        );
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, cx.t(field_key(field))));
        if fresh {
            response.request_focus();
            select_all(ui, id, words.chars().count());
        }
        let (tab, back, enter, escape) = ui.input_mut(|input| {
            let back = input.consume_key(egui::Modifiers::SHIFT, Key::Tab);
            let tab = input.consume_key(egui::Modifiers::NONE, Key::Tab);
            (
                tab,
                back,
                input.key_pressed(Key::Enter),
                input.key_pressed(Key::Escape),
            )
        });
        if escape {
            self.typed = None;
            out.push(Action::EditingField(None));
        } else if enter || tab || back || response.lost_focus() {
            let words = words.clone();
            if words != observation.words(field) {
                out.push(Action::SetField(field, words));
            }
            self.typed = None;
            let next = if tab {
                step(field, 1)
            } else if back {
                step(field, -1)
            } else {
                None
            };
            out.push(Action::EditingField(next));
        }
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

/// The field before or behind another one, round the end.
fn step(field: Field, by: isize) -> Option<Field> {
    let typed: Vec<Field> = MAIN
        .iter()
        .chain(MORE)
        .copied()
        .filter(|field| *field != Field::Indicator)
        .collect();
    let place = typed.iter().position(|other| *other == field)?;
    let count = isize::try_from(typed.len()).ok()?;
    let next = (isize::try_from(place).ok()? + by).rem_euclid(count);
    typed.get(usize::try_from(next).ok()?).copied()
}

fn select_all(ui: &Ui, id: Id, count: usize) {
    use egui::text::{CCursor, CCursorRange};
    let mut state = egui::text_edit::TextEditState::load(ui, id).unwrap_or_default();
    state
        .cursor
        .set_char_range(Some(CCursorRange::two(CCursor::new(0), CCursor::new(count))));
    state.store(ui, id);
}

/// The choices of a vocabulary side by side; arrows move, Enter takes, Tab goes on.
fn choose(
    ui: &mut Ui,
    cx: &Cx<'_>,
    observation: &Observation,
    field: Field,
    choices: &[&'static str],
    out: &mut Out,
) {
    let now = observation.words(field);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for choice in choices {
            let words = field_words(cx, field, choice);
            if ui.selectable_label(*choice == now, words).clicked() {
                out.push(Action::SetField(field, (*choice).to_owned()));
                out.push(Action::EditingField(None));
            }
        }
    });
    let place = choices.iter().position(|choice| *choice == now).unwrap_or(0);
    let keys = ui.input_mut(|input| {
        let mut take = |key| input.consume_key(egui::Modifiers::NONE, key);
        let step = isize::from(take(Key::ArrowRight)) - isize::from(take(Key::ArrowLeft));
        let leave = take(Key::Enter) || take(Key::Escape);
        let tab = take(Key::Tab);
        (
            step,
            leave,
            tab,
            input.consume_key(egui::Modifiers::SHIFT, Key::Tab),
        )
    });
    let (by, leave, tab, back) = keys;
    let count = isize::try_from(choices.len()).unwrap_or(1);
    let next = (isize::try_from(place).unwrap_or(0) + by).rem_euclid(count);
    if by != 0
        && let Some(choice) = usize::try_from(next).ok().and_then(|next| choices.get(next))
    {
        out.push(Action::SetField(field, (*choice).to_owned()));
    }
    if tab || back {
        out.push(Action::EditingField(step(field, if tab { 1 } else { -1 })));
    } else if leave {
        out.push(Action::EditingField(None));
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

/// The key of a field's name in the string tables.
pub fn field_key(field: Field) -> &'static str {
    match field {
        Field::Indicator => "field.indicator",
        Field::IndicatorText => "field.indicator_text",
        Field::Value => "field.value",
        Field::Unit => "field.unit",
        Field::UnitMeasure => "field.unit_measure",
        Field::UnitMult => "field.unit_mult",
        Field::ObsValue => "field.obs_value",
        Field::ValueType => "field.value_type",
        Field::Measure => "field.measure",
        Field::Comparator => "field.comparator",
        Field::TimePeriod => "field.time_period",
        Field::RefArea => "field.ref_area",
        Field::RefScope => "field.ref_scope",
        Field::ValueNature => "field.value_nature",
        Field::ObsStatus => "field.obs_status",
        Field::Note => "field.note",
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
    let proposal = cx
        .state
        .view
        .proposal
        .as_ref()
        .filter(|proposal| !proposal.changed)?;
    proposal
        .suggestion
        .as_ref()?
        .doubts
        .iter()
        .find(|doubt| doubt.field == field)
}

fn alternative(ui: &mut Ui, cx: &Cx<'_>, doubt: &Doubt, out: &mut Out) {
    let words = match doubt.field {
        Field::Indicator => cx
            .state
            .project
            .catalogue
            .get(&doubt.alternative.as_str().into())
            .map(|entry| entry.name.clone()),
        _ => None,
    };
    let words = words.unwrap_or_else(|| field_words(cx, doubt.field, &doubt.alternative));
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
    reasons(ui, cx);
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

/// The favourites with their digits.
fn favourites(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    if cx.state.favourites.is_empty() {
        return;
    }
    ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
    section(ui, cx, cx.t("inspector.favourites"));
    let width = (ui.available_width() - 6.0) * 0.5;
    for (line, pair) in cx.state.favourites.chunks(2).enumerate() {
        ui.horizontal(|ui| {
            for (column, id) in pair.iter().enumerate() {
                let place = line * 2 + column;
                chip(ui, cx, place, id, width, out);
            }
        });
    }
}

fn chip(ui: &mut Ui, cx: &Cx<'_>, place: usize, id: &crate::model::IndicatorId, width: f32, out: &mut Out) {
    let (Some(entry), Some(command)) = (cx.state.project.catalogue.get(id), Command::favourite(place)) else {
        return;
    };
    let (rect, response) = ui.allocate_exact_size(vec2(width, 28.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{} {}", place + 1, entry.name)));
    let lit = response.hovered() || response.has_focus();
    let line = if lit { cx.theme.accent } else { cx.theme.line };
    ui.painter().rect(
        rect,
        6.0,
        cx.theme.page,
        egui::Stroke::new(1.0, line),
        egui::StrokeKind::Inside,
    );
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(vec2(7.0, 3.0))));
    inner.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        key_cap(ui, cx, &(place + 1).to_string());
        dot(ui, cx.theme.tint(entry.tint));
        let name = RichText::new(messages::name_of(cx, entry)).size(12.5);
        let name = if entry.pinned { name.underline() } else { name };
        ui.add(egui::Label::new(name).truncate().selectable(false));
    });
    if response.clicked() {
        out.run(command);
    }
    response.context_menu(|ui| {
        let words = if entry.pinned {
            cx.t("favourite.unpin")
        } else {
            cx.t("favourite.pin")
        };
        if ui.button(words).clicked() {
            out.push(Action::Pin(id.clone()));
            ui.close();
        }
    });
    response.on_hover_text(cx.f("favourite.hint", &[&entry.name]));
}
