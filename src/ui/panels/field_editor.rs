//! Editing one field of the current observation in its line of the inspector.

use egui::{Id, Key, Role, TextEdit, Ui, WidgetInfo, vec2};

use super::inspector::{MAIN, MORE};
use crate::app::action::Action;
use crate::app::command::Command;
use crate::model::{Field, Observation};
use crate::ui::cx::{Cx, Out};
use crate::ui::fields::{field_choices, field_key, field_words};

/// The field being edited and the words typed so far.
#[derive(Default)]
pub struct FieldEditor {
    typed: Option<(Field, String)>,
}

impl FieldEditor {
    /// Forgets what was typed into a field that is no longer edited.
    pub fn leave(&mut self, field: Field) {
        if self.typed.as_ref().is_some_and(|(typed, _)| *typed == field) {
            self.typed = None;
        }
    }

    /// The editor of one field: a line of text, or the choices of its vocabulary.
    pub fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>, observation: &Observation, field: Field, out: &mut Out) {
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
        let with_command = ui.input(|input| input.modifiers.command);
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
            if enter && with_command {
                out.push(Action::EditingField(None));
                out.run(Command::Accept);
                return;
            }
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
