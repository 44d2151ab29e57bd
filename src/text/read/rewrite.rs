//! Edits shown text that is already on the page, and its map with it.

use std::ops::Range;

use super::flat::Edit;
use super::source_map::{Kind, Run, SourceMap};
use crate::model::Span;
use crate::text::offsets::count_chars;

/// Applies `edits` (sorted, apart, in bytes from `start` on) to the end of a text, from byte `start` on.
pub(super) fn tail(text: &mut String, runs: &mut Vec<Run>, start: usize, edits: &[Edit]) {
    let map = SourceMap::of_runs(split_runs(runs, text, start));
    let old = text.split_off(start);
    let mut at = 0;
    for edit in edits {
        keep(text, runs, &old, &map, at..edit.at.start);
        put(text, runs, &old, &map, edit);
        at = edit.at.end;
    }
    keep(text, runs, &old, &map, at..old.len());
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

/// Writes a part of the old words again.
fn keep(text: &mut String, runs: &mut Vec<Run>, old: &str, map: &SourceMap, part: Range<usize>) {
    let Some(words) = old.get(part.clone()).filter(|words| !words.is_empty()) else {
        return;
    };
    for run in map.runs_of(part.clone()) {
        let from = part.start.max(run.shown as usize);
        let source = match run.kind {
            Kind::Verbatim => {
                let before = old.as_bytes().get(run.shown as usize..from).unwrap_or_default();
                run.source + count_chars(before) as u32
            }
            Kind::Replaced(_) => run.source,
        };
        runs.push(Run {
            shown: (text.len() + from - part.start) as u32,
            source,
            kind: run.kind,
        });
    }
    text.push_str(words);
}

/// Writes an edit's words in place of old ones.
fn put(text: &mut String, runs: &mut Vec<Run>, old: &str, map: &SourceMap, edit: &Edit) {
    if edit.with.is_empty() {
        return;
    }
    let (start, end) = map
        .source_span(Span::from(edit.at.clone()), old)
        .unwrap_or_default();
    runs.push(Run {
        shown: text.len() as u32,
        source: start as u32,
        kind: Kind::Replaced((end - start) as u32),
    });
    text.push_str(edit.with);
}
