//! Processor time: what work costs on a machine that does nothing else.

use std::time::Duration;

/// Runs something and tells the processor time that this thread spent on it.
pub fn worked<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = processor_time();
    let result = work();
    (result, processor_time().saturating_sub(start))
}

/// The processor time of this thread so far.
#[cfg(target_os = "linux")]
fn processor_time() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// Time by the clock, where the processor time of a thread is not to be had.
#[cfg(not(target_os = "linux"))]
fn processor_time() -> Duration {
    use std::{sync::LazyLock, time::Instant};
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}
