//! Work that the window must not wait for.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use super::outcome::Outcome;

/// Tells a running job to stop.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks the job to stop as soon as it can.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the job was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// The flag itself, for loops in rooms that know no jobs.
    pub fn flag(&self) -> &AtomicBool {
        &self.0
    }
}

/// How far a job is, and whether it is to stop.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    cancel: Cancel,
    done: Arc<AtomicUsize>,
    all: Arc<AtomicUsize>,
}

impl Watch {
    /// Says how many parts there are to do.
    pub fn begin(&self, all: usize) {
        self.all.store(all, Ordering::Relaxed);
    }

    /// Says that one more part is done.
    pub fn advance(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// How many parts are done, and of how many; 0 of 0 while that is not known.
    pub fn progress(&self) -> (usize, usize) {
        let all = self.all.load(Ordering::Relaxed);
        (self.done.load(Ordering::Relaxed).min(all), all)
    }

    /// Whether the job was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }

    /// Asks the job to stop as soon as it can.
    pub fn cancel(&self) {
        self.cancel.cancel();
    }
}

impl PartialEq for Watch {
    /// Whether they watch the same job.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.done, &other.done)
    }
}

/// Which queue a job waits in. The jobs of a lane run one after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lane {
    /// The person waits for it.
    Front,
    /// Nobody waits: the ledgers of reports that are not open.
    Back,
    /// Files of the project.
    Keep,
    /// A dialog of the desktop, which may stay open for long.
    Dialog,
}

impl Lane {
    const ALL: [Self; 4] = [Self::Front, Self::Back, Self::Keep, Self::Dialog];

    const fn name(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Back => "back",
            Self::Keep => "keep",
            Self::Dialog => "dialog",
        }
    }
}

/// A piece of work; what it returns comes back through [`Executor::finished`].
pub type Job = Box<dyn FnOnce() -> Outcome + Send>;

/// Runs jobs and hands back what they return.
pub trait Executor {
    /// Queues a job.
    fn submit(&mut self, lane: Lane, job: Job);

    /// What has finished since the last call.
    fn finished(&mut self) -> Vec<Outcome>;
}

/// Runs each lane on a thread of its own.
pub struct Threads {
    lanes: Vec<(Lane, Sender<Job>)>,
    results: Receiver<Outcome>,
}

impl Threads {
    /// Starts the lanes; `wake` is called on their threads whenever something has finished.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(wake: &Arc<dyn Fn() + Send + Sync>) -> std::io::Result<Self> {
        let (sender, results) = channel();
        let mut lanes = Vec::new();
        for lane in Lane::ALL {
            let (jobs, queue) = channel::<Job>();
            let (sender, wake) = (sender.clone(), Arc::clone(wake));
            std::thread::Builder::new()
                .name(format!("lane-{}", lane.name()))
                .spawn(move || {
                    while let Ok(job) = queue.recv() {
                        let outcome = run(job);
                        if sender.send(outcome).is_err() {
                            return;
                        }
                        wake();
                    }
                })?;
            lanes.push((lane, jobs));
        }
        Ok(Self { lanes, results })
    }
}

impl Executor for Threads {
    fn submit(&mut self, lane: Lane, job: Job) {
        let queue = self.lanes.iter().find(|(other, _)| *other == lane);
        // A lane ends only with the program, so there is always a queue to take the job.
        if let Some((_, queue)) = queue {
            queue.send(job).ok();
        }
    }

    fn finished(&mut self) -> Vec<Outcome> {
        self.results.try_iter().collect()
    }
}

/// Runs every job at once, where it was submitted: for tests and scripts.
#[derive(Default)]
pub struct Inline {
    results: Vec<Outcome>,
}

impl Executor for Inline {
    fn submit(&mut self, _lane: Lane, job: Job) {
        self.results.push(run(job));
    }

    fn finished(&mut self) -> Vec<Outcome> {
        std::mem::take(&mut self.results)
    }
}

/// Runs a job; one that panics becomes an outcome like any other.
fn run(job: Job) -> Outcome {
    catch_unwind(AssertUnwindSafe(job)).unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<&str>().map(|words| (*words).to_owned());
        let words = words.or_else(|| panic.downcast_ref::<String>().cloned());
        Outcome::Broke(words.unwrap_or_else(|| "unknown".to_owned()))
    })
}
