//! Mangled inputs for everything that reads what people, files and other programs hand it.
//!
//! `FUZZ_SECONDS=600 cargo test --release fuzz` gives each target so long, and `… fuzz::pdf` one of them. A finding is a
//! panic, broken order, a round that takes out of all proportion to its input, or memory without end: its input is
//! kept, and one that is put into `tests/fixtures/fuzz/<target>/` is tried first ever after. `FUZZ_SEED` repeats a run.

mod mangle;
mod office;
mod others;
mod pages;
mod project;
mod rules;
mod texts;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::clock::worked;
use crate::dice::Dice;

/// How long a target is tried, unless `FUZZ_SECONDS` says.
const SECONDS: u64 = 1;
/// A round that is not over by then never will be; by the clock, on a machine that does other things too.
const HANGS: Duration = Duration::from_secs(90);
/// The most that the process may hold. Bytes.
const MOST_MEMORY: u64 = 3 << 30;
/// Code that is not optimised is given so many times as long.
const SLOWER: u32 = if cfg!(debug_assertions) { 40 } else { 1 };

/// How long a round may take, as processor time of its thread.
#[derive(Clone, Copy)]
struct Pace {
    /// Whatever the input is.
    at_least: Duration,
    /// For each byte of it.
    a_byte: Duration,
}

impl Pace {
    /// What works in memory alone, at half a megabyte a second or more.
    const QUICK: Self = Self {
        at_least: Duration::from_millis(300),
        a_byte: Duration::from_micros(2),
    };
    /// What starts threads, or reads and writes files.
    const STEADY: Self = Self {
        at_least: Duration::from_secs(3),
        a_byte: Duration::from_micros(20),
    };

    fn of(self, input: &[u8]) -> Duration {
        (self.at_least + self.a_byte * input.len() as u32) * SLOWER
    }
}

/// What is being tried.
struct Round {
    seed: u64,
    input: Vec<u8>,
    since: Instant,
}

/// Tries what `make` makes with what `check` asserts, in a thread as small as the program's own.
fn fuzz(
    target: &'static str,
    pace: Pace,
    mut make: impl FnMut(&mut Dice) -> Vec<u8> + Send + 'static,
    mut check: impl FnMut(&[u8]) + Send + 'static,
) {
    let time = Duration::from_secs(number("FUZZ_SECONDS").unwrap_or(SECONDS));
    let first = number("FUZZ_SEED").unwrap_or_else(|| u64::from(std::process::id()) << 32);
    let at_work = Arc::new(Mutex::new(None::<Round>));
    let (done, is_done) = channel();
    let round = Arc::clone(&at_work);
    let worker = thread::Builder::new().name(format!("fuzz-{target}"));
    worker
        .spawn(move || {
            let begun = Instant::now();
            let kept = kept(target).into_iter().map(|input| (0, input));
            let rolled = (first..)
                .take_while(|_| begun.elapsed() < time)
                .map(|seed| (seed, make(&mut Dice(seed))));
            let mut rounds = 0;
            for (seed, input) in kept.chain(rolled) {
                let since = Instant::now();
                *round.lock().unwrap() = Some(Round {
                    seed,
                    input: input.clone(),
                    since,
                });
                let ((), took) = worked(|| check(&input));
                let most = pace.of(&input);
                assert!(
                    took <= most,
                    "{} bytes took {took:?}; expected {most:?} at most",
                    input.len()
                );
                rounds += 1;
            }
            // Whoever waits for this has only gone when the test has failed already.
            done.send(rounds).ok();
        })
        .unwrap();
    let fault = loop {
        match is_done.recv_timeout(Duration::from_millis(50)) {
            Ok(rounds) => {
                eprintln!(
                    "fuzz {target}: {rounds} inputs in {} s from seed {first}",
                    time.as_secs()
                );
                return;
            }
            Err(RecvTimeoutError::Disconnected) => break "failed",
            Err(RecvTimeoutError::Timeout) => {}
        }
        let round = at_work.lock().unwrap_or_else(PoisonError::into_inner);
        if round
            .as_ref()
            .is_some_and(|round| round.since.elapsed() > HANGS * SLOWER)
        {
            break "hangs";
        }
        if memory() > MOST_MEMORY {
            break "takes memory without end";
        }
    };
    let round = at_work.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(round) = round else {
        panic!("fuzz {target} {fault} before its first input");
    };
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{target}-{}", round.seed));
    fs::write(&path, &round.input).unwrap();
    panic!(
        "fuzz {target} {fault} with FUZZ_SEED={}; its input is {}, and belongs into tests/fixtures/fuzz/{target}/",
        round.seed,
        path.display()
    );
}

/// The inputs that were findings once.
fn kept(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/fuzz")
        .join(target);
    files_in(&folder)
        .iter()
        .map(|path| fs::read(path).unwrap())
        .collect()
}

/// The files of a folder, sorted; none where there is no such folder.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    paths
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|number| number.parse().unwrap())
}

/// What the process holds in memory, in bytes; 0 where the system does not tell.
fn memory() -> u64 {
    let pages = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let held = pages.split(' ').nth(1).and_then(|held| held.parse::<u64>().ok());
    held.unwrap_or_default() * 4096
}

/// An input that has a name: the name, a line end, and what it holds.
fn named(name: &str, bytes: &[u8]) -> Vec<u8> {
    [name.as_bytes(), b"\n", bytes].concat()
}

/// The name of an input, and what it holds.
fn name_and_bytes(input: &[u8]) -> (&str, &[u8]) {
    let end = input
        .iter()
        .position(|&byte| byte == b'\n')
        .unwrap_or(input.len());
    let (name, bytes) = input.split_at(end);
    let name = std::str::from_utf8(name).unwrap_or("no name");
    (name, bytes.get(1..).unwrap_or_default())
}
