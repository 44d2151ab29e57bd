//! The next start after a kill: what is there, what is offered, and what comes of it.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;

use super::Killed;
use super::told::{gesture_hash, state_hash};
use crate::desk::Desk;
use indicator_annotator::app::action::{Action, Front};
use indicator_annotator::app::notice::Message;

/// What of the decisions was there at the next start.
#[derive(Debug, Default)]
pub struct Survival {
    /// How many of the decisions that were made.
    pub survived: usize,
    /// How many gestures were offered.
    pub offered: usize,
    /// The age at the kill of the oldest decision that was not there.
    pub oldest_loss: Duration,
}

/// What went wrong.
#[derive(Debug)]
pub enum Trouble {
    /// A decision older than half a second is gone.
    Lost(String),
    /// A file is not whole.
    Torn(String),
    /// What is offered, or what came of it, is not what the program had.
    Wrong(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost(words) => write!(f, "lost: {words}"),
            Self::Torn(words) => write!(f, "torn: {words}"),
            Self::Wrong(words) => write!(f, "wrong: {words}"),
        }
    }
}

/// Opens the project as the next start would, recovers, saves and opens once more.
pub fn survival(root: &Arc<TempDir>, killed: &Killed) -> Result<Survival, Trouble> {
    let mut desk = open(root)?;
    let found = state_hash(&desk.app.project);
    let recoveries = &desk.app.view.recoveries;
    let gestures = recoveries.iter().flat_map(|recovery| &recovery.edits);
    let offered: Vec<u64> = gestures.map(|edits| gesture_hash(edits)).collect();
    let untouched = recoveries.iter().all(|recovery| recovery.base_matches);
    if recoveries.len() > 1 {
        return Err(Trouble::Wrong(format!(
            "{} logs for {} kills",
            recoveries.len(),
            killed.times
        )));
    }
    let place = place_of(killed, found, &offered, untouched)?;
    if let Some(lost) = killed.told.get(place + 1).filter(|told| killed.is_old(told)) {
        return Err(Trouble::Lost(format!(
            "a decision made {:?} before the kill, and {} after it",
            killed.at - lost.at,
            killed.told.len() - place - 2
        )));
    }
    let reached = killed.told[place].state;
    if !offered.is_empty() {
        if desk.app.view.front != Some(Front::Recovery) {
            return Err(Trouble::Wrong(format!(
                "{:?} instead of an offer",
                desk.app.view.front
            )));
        }
        desk.forget_notices();
        desk.act(Action::Recover);
        let count = offered.len();
        if !desk.has_message(|message| matches!(message, Message::Recovered(told) if *told == count)) {
            return Err(Trouble::Wrong(format!(
                "{count} were offered: {:?}",
                desk.messages()
            )));
        }
    }
    expect(&desk, reached, "after recovering")?;
    desk.wait(10.0);
    if !desk.app.may_close() {
        return Err(Trouble::Wrong(format!("not saved: {:?}", desk.messages())));
    }
    drop(desk);
    let mut desk = open(root)?;
    expect(&desk, reached, "after saving")?;
    if let Some(front) = &desk.app.view.front {
        return Err(Trouble::Wrong(format!("{front:?} after saving")));
    }
    desk.wait(10.0);
    Ok(Survival {
        survived: killed.told[..=place]
            .iter()
            .filter(|told| !told.is_ground)
            .count(),
        offered: offered.len(),
        oldest_loss: killed.told.get(place + 1).map_or(Duration::ZERO, |lost| {
            killed.at.saturating_duration_since(lost.at)
        }),
    })
}

/// The last of the told moments that files and offer can stand for. Where nothing of the files was written since
/// the first gesture of the offer, that one was made upon them.
fn place_of(killed: &Killed, found: u64, offered: &[u64], untouched: bool) -> Result<usize, Trouble> {
    let fits = |place: &usize| {
        let Some(before) = place.checked_sub(offered.len()) else {
            return false;
        };
        let run = &killed.told[before + 1..=*place];
        let is_run = run
            .iter()
            .zip(offered)
            .all(|(told, offered)| told.gesture.is_none_or(|made| made == *offered));
        let is_recovered_twice = run.iter().any(|told| told.gesture.is_none());
        is_run && (!untouched || is_recovered_twice || killed.told[before].state == found)
    };
    (0..killed.told.len()).rev().find(fits).ok_or_else(|| {
        Trouble::Wrong(format!(
            "files and the {} gestures offered ({}) are nothing that {} decisions came to",
            offered.len(),
            if untouched {
                "on these files"
            } else {
                "on other files"
            },
            killed.decisions().count(),
        ))
    })
}

fn expect(desk: &Desk, reached: u64, when: &str) -> Result<(), Trouble> {
    if state_hash(&desk.app.project) == reached {
        return Ok(());
    }
    Err(Trouble::Wrong(format!(
        "another state {when}: {:?}",
        desk.messages()
    )))
}

fn open(root: &Arc<TempDir>) -> Result<Desk, Trouble> {
    let mut desk = Desk::at(Arc::clone(root));
    desk.act(Action::Open(vec![desk.path("project")]));
    // A process that another test is just about to start has a copy of every lock for a moment.
    for _ in 0..50 {
        if desk.app.keeping.look_only.is_none() {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
        desk = Desk::at(Arc::clone(root));
        desk.act(Action::Open(vec![desk.path("project")]));
    }
    if desk.app.place.is_none() || !desk.app.notices.is_empty() {
        return Err(Trouble::Torn(format!("{:?}", desk.messages())));
    }
    if let Some(reason) = &desk.app.keeping.look_only {
        return Err(Trouble::Wrong(format!("only to be looked at: {reason:?}")));
    }
    no_stray_files(&desk.path("project"))?;
    Ok(desk)
}

/// What a save leaves that was interrupted has a name that nothing takes for a file of the project.
fn no_stray_files(project: &Path) -> Result<(), Trouble> {
    for path in super::files_below(project) {
        let suffix = path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let is_hidden = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .starts_with('.');
        let is_expected = match suffix.as_str() {
            "tmp" => is_hidden,
            "ron" | "txt" | "md" | "log" => !is_hidden,
            _ => false,
        };
        if !is_expected {
            return Err(Trouble::Wrong(format!("a stray file: {}", path.display())));
        }
    }
    Ok(())
}
