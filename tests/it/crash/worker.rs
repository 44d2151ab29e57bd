//! The program that is killed: dispatch and store as in the window, with threads and real time.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use indicator_annotator::app::action::Action;
use indicator_annotator::app::jobs::Threads;
use indicator_annotator::app::part_key::PartKey;
use indicator_annotator::app::ports::{Ports, machine_clock};
use indicator_annotator::app::state::AppState;
use indicator_annotator::app::{dispatch, poll};
use indicator_annotator::store::Store;

use super::script::next;
use super::told::{gesture_hash, state_hash};
use crate::desk;
use crate::dice::Dice;

const PLACE: &str = "CRASH_PLACE";
const SEED: &str = "CRASH_SEED";
const PLAIN: &str = "CRASH_PLAIN";

/// How often the window is drawn.
const FRAME: Duration = Duration::from_millis(4);

/// Who writes the project's files.
#[derive(Clone, Copy, Debug)]
pub enum Writer {
    /// The program's own keeper.
    Keeper,
    /// One that has no journal and writes files in place, every so often.
    Plain {
        /// How often.
        every: Duration,
    },
}

/// Starts the program over the project in a folder. It tells on its standard output what it does.
pub fn start(root: &Path, seed: u64, writer: Writer) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "crash::worker::works_until_it_is_killed"])
        .env(PLACE, root)
        .env(SEED, seed.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    if let Writer::Plain { every } = writer {
        command.env(PLAIN, every.as_millis().to_string());
    }
    command.spawn().unwrap()
}

/// Not a test by itself: what `start` runs. Without its variables it does nothing.
#[test]
fn works_until_it_is_killed() {
    let (Some(root), Ok(seed)) = (std::env::var_os(PLACE), std::env::var(SEED)) else {
        return;
    };
    let plain = std::env::var(PLAIN).ok();
    let plain = plain.map(|every| Duration::from_millis(every.parse().unwrap()));
    let mut work = Work::begin(&PathBuf::from(root), plain);
    work.recover();
    let mut dice = Dice(seed.parse().unwrap());
    // Whoever started this is to kill it; if they were killed themselves, it must not go on for ever.
    while work.begun.elapsed() < Duration::from_mins(1) {
        for action in next(&mut dice, &work.app) {
            work.act(action);
        }
        work.pass(Duration::from_millis(1 + dice.roll(40) as u64));
    }
}

struct Work {
    app: AppState,
    ports: Ports,
    begun: Instant,
    root: PathBuf,
    /// When the plain writer saved last, and how often it does; `None` where the keeper writes.
    plain: Option<(Instant, Duration)>,
}

impl Work {
    fn begin(root: &Path, plain: Option<Duration>) -> Self {
        let ports = Ports {
            executor: Box::new(Threads::start(&(Arc::new(|| ()) as Arc<dyn Fn() + Send + Sync>)).unwrap()),
            picker: Arc::<desk::Script>::default(),
            clock: machine_clock(),
            data: root.join("data"),
        };
        let mut work = Self {
            app: desk::state(),
            ports,
            begun: Instant::now(),
            root: root.to_owned(),
            plain: None,
        };
        dispatch(
            &mut work.app,
            &mut work.ports,
            Action::Open(vec![root.join("project")]),
        );
        while work.app.document().is_none() || work.app.marks.all().is_empty() {
            work.frame();
        }
        if let Some(every) = plain {
            work.app.keeping.keeper = None;
            work.plain = Some((Instant::now(), every));
        }
        work.tell("open", 0);
        work
    }

    fn recover(&mut self) {
        if !self.app.view.recoveries.is_empty() {
            self.act(Action::Recover);
            self.tell("recovered", 0);
        }
    }

    /// Carries out an action and tells at once of what it has decided, before any of that is written.
    fn act(&mut self, action: Action) {
        let before = self.app.keeping.unjournalled.len();
        dispatch(&mut self.app, &mut self.ports, action);
        let made = self.app.keeping.unjournalled.get(before..).unwrap_or_default();
        assert!(made.len() < 2, "an action is one gesture");
        if let Some(gesture) = made.first() {
            self.tell("made", gesture_hash(gesture));
        }
        poll(&mut self.app, &mut self.ports);
    }

    fn tell(&self, what: &str, gesture: u64) {
        let state = state_hash(&self.app.project);
        let at = self.begun.elapsed().as_micros();
        // The runner of the tests writes to the same output, so each line begins anew.
        let line = format!("\n{what} {at} {gesture} {state}\n");
        let mut out = std::io::stdout().lock();
        out.write_all(line.as_bytes()).unwrap();
        out.flush().unwrap();
    }

    fn pass(&mut self, time: Duration) {
        let since = Instant::now();
        while since.elapsed() < time {
            self.frame();
        }
    }

    fn frame(&mut self) {
        sleep(FRAME);
        poll(&mut self.app, &mut self.ports);
        let now = self.begun.elapsed().as_secs_f64();
        dispatch(&mut self.app, &mut self.ports, Action::Tick(now));
        if let Some((_, every)) = self.plain.filter(|(saved, every)| saved.elapsed() > *every) {
            self.save_plainly();
            self.plain = Some((Instant::now(), every));
        }
    }

    /// What programs do that think nothing of it: every file is opened for writing and printed into.
    fn save_plainly(&self) {
        let scratch = tempfile::tempdir().unwrap();
        let mut store = Store::create(scratch.path()).unwrap();
        let keys = PartKey::all(&self.app.project);
        let parts: Vec<_> = keys.iter().flat_map(|key| key.parts(&self.app)).collect();
        store.write(&parts).unwrap();
        for from in super::files_below(scratch.path()) {
            let to = self
                .root
                .join("project")
                .join(from.strip_prefix(scratch.path()).unwrap());
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            let mut file = std::fs::File::create(to).unwrap();
            for piece in std::fs::read(&from).unwrap().chunks(256) {
                file.write_all(piece).unwrap();
                file.sync_data().unwrap();
            }
        }
    }
}
