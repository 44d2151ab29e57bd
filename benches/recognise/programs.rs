//! Other programs, run and timed.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::Outcome;

/// What one run of a program took.
#[derive(Clone, Copy)]
pub struct Cost {
    /// By the clock.
    pub clock: Duration,
    /// Of processors, all threads together; by the clock where a program's processor time is not to be had.
    pub processor: Duration,
}

/// Runs a program to its end and throws its output away.
pub fn cost(command: &mut Command) -> Outcome<Cost> {
    let (start, before) = (Instant::now(), children());
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status()?;
    let clock = start.elapsed();
    if !status.success() {
        return Err(format!("{} ended with {status}", command.get_program().display()).into());
    }
    let processor = children()
        .zip(before)
        .map_or(clock, |(after, before)| after.saturating_sub(before));
    Ok(Cost { clock, processor })
}

/// The processor time of all programs that were run to their end so far, in steps of 10 ms.
fn children() -> Option<Duration> {
    /// Linux counts these hundredths of a second, whatever its own clock does.
    const TICK: Duration = Duration::from_millis(10);
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // After the name in brackets come the fields from the third on; the 16th and 17th are these times.
    let (_name, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(13).map(str::parse::<u32>);
    let (user, system) = (times.next()?.ok()?, times.next()?.ok()?);
    Some(TICK * (user + system))
}
