//! Edits shown text that is already on the page, and its map with it.

use std::ops::Range;

use super::flat::Edit;
use super::source_map::{Kind, Run};
use crate::text::offsets::count_chars;

/// Applies `edits` (sorted, apart, in bytes from `start` on) to the end of a text, from byte `start` on.
pub(super) fn tail(text: &mut String, runs: &mut Vec<Run>, start: usize, edits: &[Edit]) {
    let old_runs = split_runs(runs, text, start);
    let old = text.split_off(start);
    let mut rewriter = Rewriter {
        old: &old,
        position: Position::at_start_of(&old_runs),
        text,
        runs,
    };
    let mut at = 0;
    for edit in edits {
        rewriter.keep(at..edit.at.start);
        rewriter.put(edit);
        at = edit.at.end;
    }
    rewriter.keep(at..old.len());
}

/// Splits off the runs of a text from byte `start` on; their shown offsets count from there.
fn split_runs(runs: &mut Vec<Run>, text: &str, start: usize) -> Vec<Run> {
    let first = runs.partition_point(|run| (run.shown as usize) < start);
    let behind = runs.split_off(first);
    // Lines begin within a verbatim run where nothing was trimmed before them.
    let straddling = runs
        .last()
        .filter(|run| {
            run.kind == Kind::Verbatim && behind.first().is_none_or(|next| next.shown as usize > start)
        })
        .map(|run| {
            let before = text.as_bytes().get(run.shown as usize..start).unwrap_or_default();
            Run {
                shown: start as u32,
                source: run.source + count_chars(before) as u32,
                kind: Kind::Verbatim,
            }
        });
    straddling
        .into_iter()
        .chain(behind)
        .map(|run| Run {
            shown: run.shown - start as u32,
            ..run
        })
        .collect()
}

/// Writes old words again, part for part.
struct Rewriter<'r> {
    old: &'r str,
    position: Position<'r>,
    text: &'r mut String,
    runs: &'r mut Vec<Run>,
}

impl Rewriter<'_> {
    /// Writes a part of the old words.
    fn keep(&mut self, part: Range<usize>) {
        let shown = self.text.len();
        let mut at = part.start;
        while at < part.end {
            let source = self.position.of_start(self.old, at);
            let Some(run) = self.position.run() else { break };
            self.runs.push(Run {
                shown: (shown + at - part.start) as u32,
                source,
                kind: run.kind,
            });
            at = self
                .position
                .next_run()
                .map_or(part.end, |next| part.end.min(next.shown as usize));
        }
        self.text.push_str(self.old.get(part).unwrap_or_default());
    }

    /// Writes an edit's words in place of old ones.
    fn put(&mut self, edit: &Edit) {
        if edit.with.is_empty() {
            return;
        }
        let source = self.position.of_start(self.old, edit.at.start);
        let end = if edit.at.is_empty() {
            source
        } else {
            self.position.of_end(self.old, edit.at.end)
        };
        self.runs.push(Run {
            shown: self.text.len() as u32,
            source,
            kind: Kind::Replaced(end - source),
        });
        self.text.push_str(edit.with);
    }
}

/// A place in the old words that only moves forward, so that all of them are counted once.
struct Position<'r> {
    runs: &'r [Run],
    index: usize,
    /// A byte of the run, and the source code point it came from.
    mark: (usize, u32),
}

impl<'r> Position<'r> {
    fn at_start_of(runs: &'r [Run]) -> Self {
        Self {
            runs,
            index: 0,
            mark: (0, runs.first().map_or(0, |run| run.source)),
        }
    }

    fn run(&self) -> Option<Run> {
        self.runs.get(self.index).copied()
    }

    fn next_run(&self) -> Option<Run> {
        self.runs.get(self.index + 1).copied()
    }

    /// Where the character that starts at this byte came from.
    fn of_start(&mut self, old: &str, byte: usize) -> u32 {
        self.enter_run(|next| next.shown as usize <= byte);
        self.count_to(old, byte, 0)
    }

    /// Where the source of the character ends that ends at this byte.
    fn of_end(&mut self, old: &str, byte: usize) -> u32 {
        self.enter_run(|next| (next.shown as usize) < byte);
        self.count_to(old, byte, 1)
    }

    fn enter_run(&mut self, is_reached: impl Fn(Run) -> bool) {
        while let Some(next) = self.next_run().filter(|next| is_reached(*next)) {
            self.index += 1;
            self.mark = (next.shown as usize, next.source);
        }
    }

    /// The source of a byte in the run; of a replaced one its start, or its end for `wholes` of 1.
    fn count_to(&mut self, old: &str, byte: usize, wholes: u32) -> u32 {
        let (from, source) = self.mark;
        if let Some(Kind::Replaced(chars)) = self.run().map(|run| run.kind) {
            return source + chars * wholes;
        }
        let passed = old.as_bytes().get(from..byte).unwrap_or_default();
        let source = source + count_chars(passed) as u32;
        self.mark = (byte, source);
        source
    }
}
