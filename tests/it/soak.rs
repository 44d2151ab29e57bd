//! Somebody annotates for long: memory, open files and the time that a gesture takes must not grow.
//!
//! `SOAK_MINUTES=60 cargo test --release --test it soak -- --nocapture`. The work is done in days: after each the project
//! is opened again, as the next morning does, and what is held then is compared with the first morning.

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use indicator_annotator::app::action::Action;
use indicator_annotator::app::jobs::Threads;
use indicator_annotator::app::ports::{Ports, machine_clock};
use indicator_annotator::app::state::AppState;
use indicator_annotator::app::{dispatch, poll};

use crate::crash::{files_below, project, script};
use crate::desk;
use crate::dice::Dice;

/// Says to the process that it is the one that works.
const WORKS: &str = "SOAK_WORKS";
/// The days that are worked unless `SOAK_MINUTES` says how long, and the gestures of one of them.
const DAYS: usize = 4;
const GESTURES: usize = 120;
/// The gestures of a day of a long run, about as many as of a working day.
const LONG_GESTURES: usize = 4000;
/// So many frames pass before memory is looked at; in a long run enough for the allocator to give back what is free.
const REST: usize = 100;
const LONG_REST: usize = 700;
/// How much more may be held at the end, beside twice what the files of the project have grown by. Bytes and per cent.
const MORE_BYTES: u64 = 24 << 20;
const MORE_PERCENT: u64 = 15;
/// How many files more may be open.
const MORE_FILES: usize = 3;

/// What is held, and how long a gesture took, on a day.
struct Day {
    gestures: usize,
    memory: u64,
    files_open: usize,
    on_disk: u64,
    median: Duration,
    slowest_of_100: Duration,
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} gestures of {:?}, one of 100 of {:?}; {:.1} MB held, {:.1} MB on the disk, {} files open",
            self.gestures,
            self.median,
            self.slowest_of_100,
            self.memory as f64 / 1e6,
            self.on_disk as f64 / 1e6,
            self.files_open
        )
    }
}

/// Other tests hold memory and files of their own, so the work is done in a process of its own.
#[test]
fn hours_of_annotating_hold_no_more_than_the_first() {
    if std::env::var_os(WORKS).is_some() {
        work();
        return;
    }
    let status = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "soak::hours_of_annotating_hold_no_more_than_the_first",
            "--nocapture",
        ])
        .env(WORKS, "1")
        .status()
        .unwrap();
    assert!(status.success());
}

fn work() {
    let minutes: Option<u64> = std::env::var("SOAK_MINUTES")
        .ok()
        .map(|minutes| minutes.parse().unwrap());
    let root = project();
    let mut desk = Desk::at(root.path());
    desk.rest = if minutes.is_some() { LONG_REST } else { REST };
    let begun = Instant::now();
    let mut days = vec![desk.day(0)];
    let mut dice = Dice(std::env::var("SEED").map_or(7, |seed| seed.parse().unwrap()));
    let is_over = |days: usize| match minutes {
        Some(minutes) => days > 2 && begun.elapsed() > Duration::from_mins(minutes),
        None => days > DAYS,
    };
    while !is_over(days.len()) {
        let gestures = if minutes.is_some() {
            LONG_GESTURES
        } else {
            GESTURES
        };
        for _ in 0..gestures {
            for action in script::next(&mut dice, &desk.app) {
                desk.timed(action);
            }
            desk.frame();
        }
        let day = desk.day(gestures);
        eprintln!(
            "soak, day {} after {:.1} min: {day}",
            days.len(),
            begun.elapsed().as_secs_f64() / 60.0
        );
        days.push(day);
    }
    // On the first day caches and logs come to be; from the second on nothing may grow.
    let (first, last) = (&days[1], &days[days.len() - 1]);
    eprintln!("soak, at the start {first}\nsoak, at the end   {last}");
    let more =
        MORE_BYTES + first.memory * MORE_PERCENT / 100 + 2 * last.on_disk.saturating_sub(first.on_disk);
    assert!(last.memory <= first.memory + more, "memory grows");
    assert!(
        last.files_open <= first.files_open + MORE_FILES,
        "open files are left over"
    );
    if minutes.is_some() {
        assert!(
            last.median <= first.median * 2 + Duration::from_millis(1),
            "gestures become slower"
        );
    }
}

/// The program as in the window, with threads and real time.
struct Desk<'a> {
    app: AppState,
    ports: Ports,
    root: &'a Path,
    begun: Instant,
    times: Vec<Duration>,
    rest: usize,
}

impl<'a> Desk<'a> {
    fn at(root: &'a Path) -> Self {
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(|| ());
        let ports = Ports {
            executor: Box::new(Threads::start(&wake).unwrap()),
            picker: Arc::<desk::Script>::default(),
            clock: machine_clock(),
            data: root.join("data"),
        };
        Self {
            app: desk::state(),
            ports,
            root,
            begun: Instant::now(),
            times: Vec::new(),
            rest: REST,
        }
    }

    fn timed(&mut self, action: Action) {
        let start = Instant::now();
        dispatch(&mut self.app, &mut self.ports, action);
        poll(&mut self.app, &mut self.ports);
        self.times.push(start.elapsed());
    }

    fn frame(&mut self) {
        sleep(Duration::from_millis(4));
        poll(&mut self.app, &mut self.ports);
        let now = self.begun.elapsed().as_secs_f64();
        dispatch(&mut self.app, &mut self.ports, Action::Tick(now));
    }

    fn await_that(&mut self, is_so: impl Fn(&AppState) -> bool) {
        let start = Instant::now();
        while !is_so(&self.app) {
            assert!(start.elapsed() < Duration::from_mins(2), "{:?}", self.app.notices);
            self.frame();
        }
    }

    /// Ends a day and begins the next: what the project holds is opened again, and looked at.
    fn day(&mut self, gestures: usize) -> Day {
        if self.app.place.is_some() {
            self.await_that(AppState::may_close);
        }
        let decided = self.app.project.layers.clone();
        let era = self.app.era;
        let place = self.root.join("project");
        dispatch(&mut self.app, &mut self.ports, Action::Open(vec![place.clone()]));
        self.await_that(|app| app.era != era && app.document().is_some() && !app.marks.all().is_empty());
        assert!(
            gestures == 0 || self.app.project.layers == decided,
            "what was decided is there"
        );
        assert!(self.app.view.recoveries.is_empty(), "and nothing else is offered");
        for _ in 0..self.rest {
            self.frame();
        }
        self.times.sort_unstable();
        let time_at = |share: usize| {
            self.times
                .get(self.times.len() * share / 100)
                .copied()
                .unwrap_or_default()
        };
        let (median, slowest_of_100) = (time_at(50), time_at(99));
        self.times.clear();
        let sizes = files_below(self.root)
            .into_iter()
            .map(|path| fs::metadata(path).map_or(0, |file| file.len()));
        Day {
            gestures,
            memory: memory(),
            files_open: fs::read_dir("/proc/self/fd").map_or(0, Iterator::count),
            on_disk: sizes.sum(),
            median,
            slowest_of_100,
        }
    }
}

/// What the process holds in memory, in bytes; 0 where the system does not tell.
fn memory() -> u64 {
    let pages = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let held = pages.split(' ').nth(1).and_then(|held| held.parse::<u64>().ok());
    held.unwrap_or_default() * 4096
}
