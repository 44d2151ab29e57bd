//! From egui's key events to the commands of the table.

use egui::{Context, Event, Modifiers};

use crate::app::action::Front;
use crate::app::command::{Chord, Command, Key};

/// Takes the key events that stand for commands out of the input and answers the commands.
///
/// While words are typed or something stands in front of the text, chords that type something rest, so that
/// only chords with Ctrl or Alt, function keys and Escape count.
pub fn take_commands(ctx: &Context, front: Option<&Front>) -> Vec<Command> {
    let sheet = front.is_some_and(Front::is_sheet);
    let typing = ctx.text_edit_focused();
    ctx.input_mut(|input| {
        let mut commands = Vec::new();
        input.events.retain(|event| {
            let Event::Key {
                key,
                physical_key,
                pressed: true,
                modifiers,
                ..
            } = event
            else {
                return true;
            };
            let command = command_of(*key, *modifiers)
                // An input method may hide the letter; the place of the key on the board remains.
                .or_else(|| physical_key.and_then(|key| command_of(key, *modifiers)));
            let Some((command, chord)) = command else {
                return true;
            };
            let editing = matches!(
                command,
                Command::Undo | Command::Redo | Command::SelectAll | Command::Copy
            );
            let escape = chord.key == Key::Escape;
            let typed = (typing || front.is_some()) && chord.types() && !escape;
            let blocked = typed || ((typing || sheet) && editing);
            // In a field, Alt with an arrow moves by words, and Enter is the field's: it has words to give first.
            let arrows = typing && matches!(chord.key, Key::Left | Key::Right | Key::Enter);
            // Escape leaves a field first; the field sees it as well.
            if blocked || arrows || command == Command::Copy {
                return true;
            }
            commands.push(command);
            escape && typing
        });
        commands
    })
}

fn command_of(key: egui::Key, modifiers: Modifiers) -> Option<(Command, Chord)> {
    let chord = Chord {
        command: modifiers.command || modifiers.ctrl,
        shift: modifiers.shift,
        alt: modifiers.alt,
        key: key_of(key)?,
    };
    // `+` needs Shift on most boards.
    let chord = if chord.key == Key::Plus {
        Chord {
            shift: false,
            ..chord
        }
    } else {
        chord
    };
    Command::of_chord(chord).map(|command| (command, chord))
}

fn key_of(key: egui::Key) -> Option<Key> {
    let name = key.name();
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        if letter.is_ascii_uppercase() {
            return Some(Key::Letter(letter));
        }
        if let Some(digit) = letter.to_digit(10) {
            return u8::try_from(digit).ok().map(Key::Digit);
        }
    }
    if let Some(number) = name.strip_prefix('F').and_then(|number| number.parse().ok()) {
        return Some(Key::Function(number));
    }
    Some(match key {
        egui::Key::Tab => Key::Tab,
        egui::Key::Enter => Key::Enter,
        egui::Key::Escape => Key::Escape,
        egui::Key::ArrowLeft => Key::Left,
        egui::Key::ArrowRight => Key::Right,
        egui::Key::PageUp => Key::PageUp,
        egui::Key::PageDown => Key::PageDown,
        egui::Key::Plus | egui::Key::Equals => Key::Plus,
        egui::Key::Minus => Key::Minus,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::command::COMMANDS;

    #[test]
    fn every_chord_of_the_table_can_be_typed() {
        for spec in COMMANDS {
            for chord in spec.keys {
                let found = egui::Key::ALL.iter().any(|key| key_of(*key) == Some(chord.key));
                assert!(found, "{chord} of {}", spec.id);
            }
        }
    }
}
