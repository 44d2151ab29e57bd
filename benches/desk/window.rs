//! The real window without a display: the same frames, up to the triangles that a GPU would get.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers, Pos2, RawInput, Rect, Vec2, vec2};
use indicator_annotator::app::action::Action;
use indicator_annotator::app::jobs::{Executor, Job, Lane, Threads};
use indicator_annotator::app::outcome::Outcome as JobOutcome;
use indicator_annotator::app::ports::{Picked, Picker, Ports, Purpose, machine_clock};
use indicator_annotator::app::startup;
use indicator_annotator::app::state::AppState;
use indicator_annotator::ui::{self, App};

use crate::common::{Outcome, worked};

/// A common screen.
pub const SCREEN: Vec2 = vec2(1920.0, 1080.0);

/// The longest that the window may take to get somewhere.
const PATIENCE: Duration = Duration::from_mins(2);

/// The window, with the clock of its jobs.
pub struct Window {
    context: egui::Context,
    app: App,
    frame: eframe::Frame,
    began: Instant,
    jobs: JobTimes,
}

impl Window {
    /// Begins the program with this data folder, up to where the first frame would be drawn.
    pub fn start(data: &Path) -> Outcome<Self> {
        let context = egui::Context::default();
        ui::install_embedded(&context);
        let jobs = JobTimes::default();
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(|| {});
        let executor = Clocked {
            threads: Threads::start(&wake)?,
            times: Arc::clone(&jobs),
        };
        let ports = Ports {
            executor: Box::new(executor),
            picker: Arc::new(NoPicker),
            clock: machine_clock(),
            data: data.to_path_buf(),
        };
        let app = App::new(&context, startup::first_state(data), ports)?;
        let frame = eframe::Frame::_new_kittest();
        Ok(Self {
            context,
            app,
            frame,
            began: Instant::now(),
            jobs,
        })
    }

    /// The program with a report or project open and its suggestions made, for `data` as in `start`.
    pub fn with_open(data: &Path, path: &Path) -> Outcome<Self> {
        let mut window = Self::start(data)?;
        window.send(Action::Open(vec![path.to_path_buf()]));
        window.until("a report with suggestions", |state| {
            state
                .view
                .report
                .as_ref()
                .is_some_and(|report| state.suggestions.contains_key(report))
        })?;
        window.until("rest", |state| !state.keeping.at_work)?;
        Ok(window)
    }

    /// The state, to look at.
    pub fn state(&self) -> &AppState {
        self.app.state()
    }

    /// Carries out an action and tells how long the window was held by it.
    pub fn send(&mut self, action: Action) -> Duration {
        timed(|| self.app.send(action)).1
    }

    /// One frame with these events: input, layout, paint list, tessellation. Tells the processor time.
    pub fn frame(&mut self, events: Vec<Event>) -> Duration {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SCREEN)),
            time: Some(self.began.elapsed().as_secs_f64()),
            focused: true,
            events,
            ..RawInput::default()
        };
        let Self {
            context, app, frame, ..
        } = self;
        let (triangles, time) = worked(|| {
            let mut output = context.run_ui(input, |ui| {
                eframe::App::logic(app, ui, frame);
                eframe::App::ui(app, ui, frame);
            });
            let shapes = std::mem::take(&mut output.shapes);
            let triangles = context.tessellate(shapes, output.pixels_per_point);
            output.drop_without_applying_deltas();
            triangles
        });
        std::hint::black_box(triangles);
        time
    }

    /// One frame with one key.
    pub fn press(&mut self, key: Key) -> Duration {
        self.press_with(Modifiers::NONE, key)
    }

    /// One frame with one key while others are held.
    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) -> Duration {
        let event = |pressed| Event::Key {
            key,
            physical_key: Some(key),
            pressed,
            repeat: false,
            modifiers,
        };
        self.frame(vec![event(true), event(false)])
    }

    /// Draws frames until something is so, and tells how long that took.
    pub fn until(&mut self, what: &str, is_so: impl Fn(&AppState) -> bool) -> Outcome<Duration> {
        let start = Instant::now();
        loop {
            self.frame(Vec::new());
            if is_so(self.app.state()) {
                return Ok(start.elapsed());
            }
            if start.elapsed() > PATIENCE {
                return Err(format!("the window did not come to this: {what}").into());
            }
            // The real window sleeps until a job wakes it.
            std::thread::sleep(Duration::from_micros(200));
        }
    }

    /// What the jobs of a lane took that have finished since the last call.
    pub fn take_jobs(&mut self, lane: Lane) -> Vec<JobTime> {
        let Ok(mut jobs) = self.jobs.lock() else {
            return Vec::new();
        };
        let (taken, rest) = jobs.iter().partition(|job| job.lane == lane);
        *jobs = rest;
        taken
    }
}

/// What a job took.
#[derive(Clone, Copy)]
pub struct JobTime {
    lane: Lane,
    /// By the clock.
    pub clock: Duration,
    /// In processor time of its thread.
    pub work: Duration,
}

/// What the jobs took that have finished.
type JobTimes = Arc<Mutex<Vec<JobTime>>>;

/// The window's own threads, with a clock on every job.
struct Clocked {
    threads: Threads,
    times: JobTimes,
}

impl Executor for Clocked {
    fn submit(&mut self, lane: Lane, job: Job) {
        let times = Arc::clone(&self.times);
        let clocked = move || {
            let ((outcome, work), clock) = timed(|| worked(job));
            if let Ok(mut times) = times.lock() {
                times.push(JobTime { lane, clock, work });
            }
            outcome
        };
        self.threads.submit(lane, Box::new(clocked));
    }

    fn finished(&mut self) -> Vec<JobOutcome> {
        self.threads.finished()
    }
}

/// There is no desktop.
struct NoPicker;

impl Picker for NoPicker {
    fn pick(&self, _purpose: Purpose, _folder: Option<&Path>) -> Picked {
        Picked::Unavailable
    }
}

/// Runs something and tells how long it took by the clock.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}
