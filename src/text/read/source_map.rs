//! The exact map from shown text to the decoded file it was read from.

use crate::model::Span;
use crate::text::offsets::count_chars;

/// How a stretch of shown text came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Copied code point by code point.
    Verbatim,
    /// Stands for this many code points of the source as a whole (an entity, a collapsed gap);
    /// for none where it was inserted.
    Replaced(u32),
}

/// A stretch of shown text that reaches up to the next run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// First byte in the shown text.
    pub shown: u32,
    /// First code point in the source.
    pub source: u32,
    /// How it came about.
    pub kind: Kind,
}

/// Where every stretch of shown text stood in the decoded file.
///
/// Source offsets count Unicode code points of the decoded file as it is: carriage return and line
/// feed count one each, and so does a byte order mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    /// Sorted by both offsets.
    runs: Vec<Run>,
}

impl SourceMap {
    /// No verbatim run is longer, so a lookup never counts more than this many bytes.
    pub(super) const LONGEST_RUN: usize = 1024;

    pub(super) fn of_runs(runs: Vec<Run>) -> Self {
        Self { runs }
    }

    /// The map of a text that is its own source.
    pub fn identity(text: &str) -> Self {
        let mut runs = Vec::new();
        push_verbatim_runs(&mut runs, text, 0, 0);
        Self { runs }
    }

    /// The source code points `(start, end)` that a span of shown text came from.
    ///
    /// Whatever lay between its first and its last character is covered, also what is not shown.
    /// `None` where the span does not fit the text.
    pub fn source_span(&self, shown: Span, shown_text: &str) -> Option<(usize, usize)> {
        shown.of(shown_text)?;
        let start = self.position(shown.start, shown_text, Edge::Start)?;
        if shown.is_empty() {
            return Some((start, start));
        }
        Some((start, self.position(shown.end, shown_text, Edge::End)?))
    }

    /// The span of shown text that came from the source code points `start..end`.
    ///
    /// What is not shown is left out at both ends. `None` where nothing of it is shown.
    pub fn shown_span(&self, source: (usize, usize), shown_text: &str) -> Option<Span> {
        let (from, to) = source;
        let mut index = self
            .runs
            .partition_point(|run| run.source as usize <= from)
            .saturating_sub(1);
        // Inserted runs share their offset with the run behind them.
        while index > 0
            && self.runs.get(index)?.source as usize == from
            && self.runs.get(index - 1)?.source as usize == from
        {
            index -= 1;
        }
        let mut shown: Option<Span> = None;
        for (offset, run) in self.runs.iter().enumerate().skip(index) {
            if run.source as usize >= to {
                break;
            }
            let words = shown_text.get(run.shown as usize..self.shown_end(offset, shown_text))?;
            let Some(part) = run.part(words, from, to) else {
                continue;
            };
            shown = Some(Span::new(
                shown.map_or(part.start, |so_far| so_far.start),
                part.end,
            ));
        }
        shown
    }

    /// The number of stretches that the map consists of.
    pub fn len(&self) -> usize {
        self.runs.len()
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    fn position(&self, byte: usize, shown_text: &str, edge: Edge) -> Option<usize> {
        let at_or_before = |run: &Run| match edge {
            Edge::Start => run.shown as usize <= byte,
            Edge::End => (run.shown as usize) < byte,
        };
        let Some(index) = self.runs.partition_point(at_or_before).checked_sub(1) else {
            return Some(0);
        };
        let run = self.runs.get(index)?;
        let words = shown_text.as_bytes().get(run.shown as usize..byte)?;
        Some(
            run.source as usize
                + match (run.kind, edge) {
                    (Kind::Verbatim, _) => count_chars(words),
                    // The end of the text starts no run of its own.
                    (Kind::Replaced(chars), Edge::Start) if byte == shown_text.len() => chars as usize,
                    (Kind::Replaced(_), Edge::Start) => 0,
                    (Kind::Replaced(chars), Edge::End) => chars as usize,
                },
        )
    }

    fn shown_end(&self, index: usize, shown_text: &str) -> usize {
        self.runs
            .get(index + 1)
            .map_or(shown_text.len(), |next| next.shown as usize)
    }
}

#[derive(Clone, Copy)]
enum Edge {
    Start,
    End,
}

impl Run {
    /// The part of the run's words that came from within `from..to`.
    fn part(self, words: &str, from: usize, to: usize) -> Option<Span> {
        let (shown, source) = (self.shown as usize, self.source as usize);
        match self.kind {
            Kind::Replaced(chars) => {
                (source + chars as usize > from && source < to).then(|| Span::new(shown, shown + words.len()))
            }
            Kind::Verbatim => {
                let byte_of = |char: usize| {
                    words
                        .char_indices()
                        .nth(char)
                        .map_or(words.len(), |(byte, _)| byte)
                };
                let part = Span::new(
                    shown + byte_of(from.saturating_sub(source)),
                    shown + byte_of(to.saturating_sub(source)),
                );
                (!part.is_empty()).then_some(part)
            }
        }
    }
}

/// Adds the runs of `words`, copied from code point `source` on to byte `shown`; returns how many
/// code points they are.
pub(super) fn push_verbatim_runs(runs: &mut Vec<Run>, words: &str, shown: usize, source: usize) -> usize {
    let mut chars = 0;
    let mut from = 0;
    while from < words.len() {
        let to = words.floor_char_boundary(from + SourceMap::LONGEST_RUN);
        runs.push(Run {
            shown: (shown + from) as u32,
            source: (source + chars) as u32,
            kind: Kind::Verbatim,
        });
        chars += count_chars(words.as_bytes().get(from..to).unwrap_or_default());
        from = to;
    }
    chars
}
