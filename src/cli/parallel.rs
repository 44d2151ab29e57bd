//! Work done by several threads, with results in the order of the input and bounded memory.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

/// As many inputs for each thread are under way at once.
const AHEAD: usize = 4;

/// Works on every input with `jobs` threads and hands the results to `sink` in the order of the inputs.
///
/// No more than a few inputs and results for each thread are held at once.
///
/// # Errors
/// The first error of `sink`; the rest of the input is then left alone.
pub fn in_order<I: Send, O: Send, E>(
    jobs: usize,
    inputs: impl Iterator<Item = I>,
    work: impl Fn(I) -> O + Sync,
    mut sink: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    if jobs <= 1 {
        return inputs.map(work).try_for_each(sink);
    }
    let (queue, waiting) = sync_channel::<(I, Sender<O>)>(jobs * AHEAD);
    let waiting = Arc::new(Mutex::new(waiting));
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            let (waiting, work) = (Arc::clone(&waiting), &work);
            scope.spawn(move || {
                while let Some((input, answer)) = next(&waiting) {
                    // Nobody waits for the answer once the sink has failed.
                    answer.send(work(input)).ok();
                }
            });
        }
        let mut answers: VecDeque<Receiver<O>> = VecDeque::new();
        let mut take =
            |answers: &mut VecDeque<Receiver<O>>| match answers.pop_front().map(|answer| answer.recv()) {
                Some(Ok(output)) => sink(output),
                _ => Ok(()),
            };
        for input in inputs {
            let (answer, coming) = channel();
            if queue.send((input, answer)).is_err() {
                break;
            }
            answers.push_back(coming);
            if answers.len() >= jobs * AHEAD {
                take(&mut answers)?;
            }
        }
        drop(queue);
        while !answers.is_empty() {
            take(&mut answers)?;
        }
        Ok(())
    })
}

fn next<T>(waiting: &Mutex<Receiver<T>>) -> Option<T> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_inputs() {
        for jobs in [1, 2, 7] {
            let mut seen = Vec::new();
            let slow_first = |input: u64| {
                std::thread::sleep(std::time::Duration::from_micros(200 - input));
                input * 2
            };
            let done = in_order(jobs, 0..200, slow_first, |output| {
                seen.push(output);
                Ok::<(), ()>(())
            });
            assert_eq!(done, Ok(()));
            assert_eq!(seen, (0..200).map(|input| input * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_failing_sink_ends_the_work() {
        let mut taken = 0;
        let done = in_order(
            3,
            0..,
            |input| input,
            |output| {
                taken += 1;
                if output == 10 { Err("full") } else { Ok(()) }
            },
        );
        assert_eq!((done, taken), (Err("full"), 11));
    }
}
