//! A decision: from the key to the end of the frame that shows what it did.

use egui::{Key, Modifiers};
use indicator_annotator::app::action::Action;
use indicator_annotator::app::jobs::Lane;
use indicator_annotator::app::ports::Purpose;
use indicator_annotator::app::state::AppState;

use crate::common::Outcome;
use crate::table::{Budget, Table};
use crate::window::{Window, timed};
use crate::{Effort, Sized};

/// In milliseconds, for reports of any length.
const DECISION: Budget = Budget::both(8.0, 8.0);

/// Measures decisions, by the three keys in turn, with the project's files being kept meanwhile.
pub fn measure(table: &mut Table, report: &Sized, effort: Effort) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let data = tempfile::tempdir()?;
    let mut window = Window::with_open(data.path(), &report.path)?;
    window.send(Action::UsePath(
        Purpose::SaveFolder,
        folder.path().join("project"),
    ));
    window.until("a saved project", |state| {
        state.place.is_some() && !state.keeping.at_work
    })?;
    let keys = [
        ("accept", Key::Enter),
        ("tag by digit", Key::Num1),
        ("dismiss", Key::X),
    ];
    let (mut samples, mut clocked) = (keys.map(|_| Vec::new()), Vec::new());
    // Not from the top: a title has few numbers, and few people begin there.
    begin_in_the_middle(&mut window);
    for number in 0..effort.many {
        let place = number % keys.len();
        let before = decided(window.state());
        let (time, clock) = timed(|| window.press(keys[place].1));
        window.send(Action::CloseFront);
        window.frame(Vec::new());
        if decided(window.state()) > before {
            samples[place].push(time);
            clocked.push(clock);
        } else {
            // Enter asks for a name where none was found; the number is left out.
            window.press(Key::Tab);
        }
    }
    window.take_jobs(Lane::Keep);
    for ((name, _), samples) in keys.iter().zip(&samples) {
        table.row(&format!("decision: {name}"), report.name, samples, DECISION);
    }
    table.told("  · all three, by the clock", report.name, &clocked);
    let undo: Vec<_> = (0..effort.many / 4)
        .map(|_| window.press_with(Modifiers::COMMAND, Key::Z))
        .collect();
    table.row("undo", report.name, &undo, DECISION);
    Ok(())
}

fn begin_in_the_middle(window: &mut Window) {
    let marks = window.state().marks.all();
    let middle = marks.get(marks.len() / 2).filter(|_| marks.len() > 1_000);
    let offset = middle.map_or(0, |mark| mark.span.start);
    window.send(Action::Select {
        anchor: offset,
        head: offset,
    });
    window.press(Key::Tab);
    window.frame(Vec::new());
}

fn decided(state: &AppState) -> usize {
    state.marks.ledger().decided()
}
