//! The program is killed at any moment: what was decided more than half a second before is there at the next start.
//!
//! A machine that does other things may hold up every program for longer than that. So what a save asks of the disk is
//! done beside the program all the time, and the longest that this took is granted to the program.

mod check;
mod pace;
pub mod script;
mod told;
mod worker;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::desk::{Desk, REPORT, SECOND, folder_of_reports};
use crate::dice::Dice;
use check::{Survival, Trouble, survival};
use indicator_annotator::app::action::Action;
use indicator_annotator::app::ports::Purpose;
use pace::Pace;
use told::Told;
use worker::Writer;

/// How many kills, unless `KILLS` says.
const KILLS: usize = 8;

/// So many kills hit the same project, one after the other.
const KILLS_OF_A_PROJECT: usize = 4;

/// What is older than this must not be lost.
const HALF_A_SECOND: Duration = Duration::from_millis(500);

/// A start is given so long until it works.
const PATIENCE: Duration = Duration::from_secs(30);

#[test]
fn what_was_decided_half_a_second_before_a_kill_is_there_afterwards() {
    let kills = kills();
    let seed = seed();
    let mut all = Figures::default();
    let mut root = project();
    for kill in 0..kills {
        if kill % KILLS_OF_A_PROJECT == 0 {
            root = project();
        }
        let seed = seed + kill as u64;
        let mut killed = kill_once(root.path(), seed, Writer::Keeper, 0..1400);
        if kill % 3 == 2 {
            // The next start is killed too, most likely while it recovers.
            let next = kill_once(root.path(), seed + 1_000_000, Writer::Keeper, 0..60);
            killed = killed
                .again(&next)
                .unwrap_or_else(|trouble| panic!("seed {seed}, two kills: {trouble}"));
        }
        let survival = survival(&root, &killed);
        let survival = survival.unwrap_or_else(|trouble| panic!("seed {seed}, kill {kill}: {trouble}"));
        all.add(&killed, &survival);
    }
    eprintln!("crash, seed {seed}: {all:?}");
    assert!(all.old > 0, "the kills come too early to prove anything: {all:?}");
}

/// The same program with a writer that thinks nothing of it fails the same check, or the check would prove nothing.
#[test]
fn a_plain_writer_fails_the_same_check() {
    let kills = (kills() / 2).clamp(4, 100);
    let (mut lost, mut torn, mut survived) = (0, 0, 0);
    for kill in 0..kills {
        let root = project();
        // One that saves seldom loses decisions, and one that saves all the time is killed while it does.
        let every = Duration::from_secs(if kill % 2 == 0 { 2 } else { 0 });
        let killed = kill_once(
            root.path(),
            seed() + kill as u64,
            Writer::Plain { every },
            700..1400,
        );
        match survival(&root, &killed) {
            Ok(_) => survived += 1,
            Err(Trouble::Lost(_)) => lost += 1,
            // Files that are whole but of different moments are torn as well.
            Err(Trouble::Torn(_) | Trouble::Wrong(_)) => torn += 1,
        }
    }
    let seed = seed();
    eprintln!(
        "crash, plain writer, seed {seed}: {kills} kills, {lost} lost, {torn} tore, {survived} went well"
    );
    assert!(lost > 0, "the check never finds a decision lost");
    assert!(torn > 0 || kills < 10, "the check never finds files torn");
}

/// What the kills came to.
#[derive(Debug, Default)]
struct Figures {
    kills: usize,
    /// Decisions that were made.
    made: usize,
    /// Of these, those older than half a second at the kill.
    old: usize,
    /// Decisions that were there afterwards.
    survived: usize,
    /// Gestures that were offered to be recovered.
    offered: usize,
    /// Starts after which something was offered.
    recoveries: usize,
    /// The age of the oldest decision that was lost.
    oldest_loss: Duration,
    /// How long the machine held up a save of anybody's.
    held_up: Duration,
}

impl Figures {
    fn add(&mut self, killed: &Killed, survival: &Survival) {
        self.kills += killed.times;
        self.made += killed.decisions().count();
        self.old += killed.decisions().filter(|told| killed.is_old(told)).count();
        self.survived += survival.survived;
        self.offered += survival.offered;
        self.recoveries += usize::from(survival.offered > 0);
        self.oldest_loss = self.oldest_loss.max(survival.oldest_loss);
        self.held_up = self.held_up.max(killed.held_up);
    }
}

/// A program that was killed.
pub struct Killed {
    /// What it told, oldest first; the first is what it opened.
    told: Vec<Told>,
    at: Instant,
    /// How long the machine held up a save of anybody's.
    held_up: Duration,
    times: usize,
}

impl Killed {
    fn decisions(&self) -> impl Iterator<Item = &Told> {
        self.told.iter().filter(|told| !told.is_ground)
    }

    /// Whether this was made so long before the kill that it must be there afterwards.
    fn is_old(&self, told: &Told) -> bool {
        told.is_ground || told.at + HALF_A_SECOND + self.held_up < self.at
    }

    /// Goes on with what the next start told, from the state that it began with or had after recovering.
    fn again(mut self, next: &Self) -> Result<Self, Trouble> {
        self.times += next.times;
        // One that was killed before it recovered has changed nothing.
        let began = next.told.iter().rposition(|told| told.is_ground);
        let Some(began) = began.filter(|began| *began > 0 || next.told.len() > 1) else {
            return Ok(self);
        };
        let ground = next.told[began].state;
        let place = self.told.iter().rposition(|told| told.state == ground);
        let place =
            place.ok_or_else(|| Trouble::Wrong("the next start began with another state".to_owned()))?;
        if let Some(lost) = self.told.get(place + 1).filter(|told| self.is_old(told)) {
            return Err(Trouble::Lost(format!(
                "a decision made {:?} before the first kill",
                self.at - lost.at
            )));
        }
        self.told.truncate(place + 1);
        for told in &mut self.told {
            told.gesture = None;
        }
        self.told.extend(&next.told[began + 1..]);
        self.at = next.at;
        self.held_up = self.held_up.max(next.held_up);
        Ok(self)
    }
}

/// Starts the program over the project in `root` and kills it at a moment that the seed chooses: so many milliseconds
/// after it began to work.
fn kill_once(root: &Path, seed: u64, writer: Writer, moments: Range<usize>) -> Killed {
    let mut dice = Dice(seed ^ 0x5EED);
    let mut child = worker::start(root, seed, writer);
    let out = child.stdout.take().unwrap();
    let (sender, came) = channel();
    let listener = thread::spawn(move || told::listen(out, move || sender.send(()).is_ok()));
    came.recv_timeout(PATIENCE).unwrap();
    let micros = moments.start * 1000 + dice.roll(moments.len() * 1000);
    let pace = Pace::measure(root);
    thread::sleep(Duration::from_micros(micros as u64));
    let at = Instant::now();
    child.kill().unwrap();
    child.wait().unwrap();
    let told = listener.join().unwrap();
    Killed {
        told,
        at,
        held_up: pace.longest(),
        times: 1,
    }
}

/// A saved project of four reports.
pub fn project() -> Arc<TempDir> {
    let root = folder_of_reports();
    let more = [
        ("c临江.txt", REPORT.replace("清河", "临江")),
        ("d平湖.txt", SECOND.replace("松桥", "平湖")),
    ];
    for (name, text) in more {
        std::fs::write(root.path().join("reports").join(name), text).unwrap();
    }
    let root = Arc::new(root);
    let mut desk = Desk::at(Arc::clone(&root));
    desk.act(Action::Open(vec![desk.path("reports")]));
    desk.act(Action::UsePath(Purpose::SaveFolder, desk.path("project")));
    root
}

/// All files below a folder.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                files_below(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

fn kills() -> usize {
    std::env::var("KILLS").map_or(KILLS, |kills| kills.parse().unwrap())
}

/// Chosen anew each time, unless `SEED` says.
fn seed() -> u64 {
    std::env::var("SEED").map_or_else(|_| u64::from(std::process::id()), |seed| seed.parse().unwrap())
}
