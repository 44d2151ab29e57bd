//! The page that readers write shown text on: it cleans what it is given and keeps the source map.

use std::ops::Range;

use super::chars::{self, Look};
use super::source_map::{Kind, Run, SourceMap, push_verbatim_runs};
use super::{flat, rewrite};
use crate::text::offsets::count_chars;

/// Shown text in the making.
///
/// Readers copy ranges of the source (in bytes) onto it in ascending order. The page drops
/// characters that cannot be seen, trims lines, collapses gaps within them and keeps no more than
/// one blank line between two lines.
pub(super) struct Page<'a> {
    source: &'a str,
    text: String,
    runs: Vec<Run>,
    /// A byte offset of the source and the code points before it; only moves forward.
    cursor: (usize, usize),
    /// The source byte behind the last character, while that was copied verbatim.
    verbatim_end: Option<usize>,
    /// The byte of the shown text at which the line being written starts.
    line_start: usize,
    /// Line ends that wait for the next visible character, each with the byte of its `\n` or `\r`.
    breaks: Breaks,
    gap: Option<Gap>,
    /// A long line may be a whole report, and is broken up.
    may_be_flattened: bool,
}

#[derive(Default)]
struct Breaks {
    count: usize,
    at: [Option<usize>; 2],
}

/// Whitespace that waits for the next visible character.
#[derive(Clone, Debug)]
struct Gap {
    source: Range<usize>,
    /// It holds an ideographic space.
    ideographic: bool,
    /// It is nothing but the end of a source line.
    line_end: bool,
}

impl<'a> Page<'a> {
    pub fn new(source: &'a str) -> Self {
        Self {
            source,
            text: String::with_capacity(source.len()),
            runs: Vec::new(),
            cursor: (0, 0),
            verbatim_end: None,
            line_start: 0,
            breaks: Breaks::default(),
            gap: None,
            may_be_flattened: true,
        }
    }

    /// A page whose source tells its paragraphs, so that a line is never broken up.
    pub fn of_paragraphs(source: &'a str) -> Self {
        Self {
            may_be_flattened: false,
            ..Self::new(source)
        }
    }

    /// The shown text and where it came from.
    pub fn finish(mut self) -> (String, SourceMap) {
        if self.breaks.count == 0 {
            self.break_up_line();
        }
        (self.text, SourceMap::of_runs(self.runs))
    }

    /// Copies a range of the source; line ends in it count as gaps.
    pub fn copy(&mut self, range: Range<usize>) {
        let source = self.source;
        let mut at = range.start;
        while at < range.end {
            let stop = chars::next_special(source, at..range.end);
            if stop > at {
                self.visible(at..stop);
            }
            let Some(special) = source.get(stop..range.end).and_then(|rest| rest.chars().next()) else {
                break;
            };
            at = stop + special.len_utf8();
            if chars::look(special) == Look::Space {
                self.space(stop..at, special);
            }
        }
    }

    /// Writes `words` in place of a range of the source.
    pub fn replace(&mut self, range: Range<usize>, words: &str) {
        let mut at = 0;
        while at < words.len() {
            let stop = chars::next_special(words, at..words.len());
            let visible = words.get(at..stop).unwrap_or_default();
            if let Some(first) = visible.chars().next() {
                self.settle(first);
                self.push_replaced(range.clone(), visible);
            }
            let Some(special) = words.get(stop..).and_then(|rest| rest.chars().next()) else {
                break;
            };
            at = stop + special.len_utf8();
            if chars::look(special) == Look::Space {
                self.space(range.clone(), special);
            }
        }
    }

    /// Writes `words` that the source does not have, before its byte `at`; they are kept as they are.
    pub fn insert(&mut self, at: usize, words: &str) {
        if let Some(first) = words.chars().next() {
            self.gap = None;
            self.settle(first);
            self.push_replaced(at..at, words);
        }
    }

    /// Ends the line; `at` is the byte of the source's line end if it has one there.
    pub fn end_line(&mut self, at: Option<usize>) {
        self.gap = None;
        if self.text.is_empty() {
            return;
        }
        if self.breaks.count == 0 {
            self.break_up_line();
        }
        let last = self.breaks.count.min(1);
        self.breaks.at[last] = at;
        self.breaks.count = last + 1;
    }

    /// Ends the line if anything stands on it.
    pub fn end_started_line(&mut self) {
        self.gap = None;
        if self.breaks.count == 0 {
            self.end_line(None);
        }
    }

    /// Ends the line if anything stands on it, and leaves a blank one.
    pub fn end_paragraph(&mut self) {
        self.end_started_line();
        if self.breaks.count == 1 {
            self.end_line(None);
        }
    }

    /// Leaves a gap that separates even where the source has none.
    pub fn separate(&mut self, at: usize) {
        match &mut self.gap {
            Some(gap) => gap.line_end = false,
            None => {
                self.gap = Some(Gap {
                    source: at..at,
                    ideographic: false,
                    line_end: false,
                });
            }
        }
    }

    /// Whether the next visible character stands at the start of its line or behind a separator.
    pub fn is_behind_gap(&self) -> bool {
        self.breaks.count > 0 || self.text.is_empty() || self.text.ends_with(' ')
    }

    /// The length of the shown text so far, in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// The byte of the shown text at which its last line starts.
    pub fn line_start(&self) -> usize {
        self.line_start
    }

    /// The shown words from byte `start` on.
    pub fn words_since(&self, start: usize) -> String {
        self.text.get(start..).unwrap_or_default().trim().to_owned()
    }

    fn space(&mut self, range: Range<usize>, space: char) {
        let ideographic = space == '\u{3000}';
        let line_end = matches!(space, '\n' | '\r');
        match &mut self.gap {
            Some(gap) => {
                gap.source.end = range.end;
                gap.ideographic |= ideographic;
                gap.line_end |= line_end;
            }
            None => {
                self.gap = Some(Gap {
                    source: range,
                    ideographic,
                    line_end,
                });
            }
        }
    }

    fn visible(&mut self, range: Range<usize>) {
        if (self.gap.is_some() || self.breaks.count > 0)
            && let Some(first) = self
                .source
                .get(range.clone())
                .and_then(|words| words.chars().next())
        {
            self.settle(first);
        }
        self.push_verbatim(range);
    }

    /// Writes the line ends or the gap that wait for `next`.
    fn settle(&mut self, next: char) {
        let gap = self.gap.take();
        if self.breaks.count > 0 {
            let Breaks { count, at } = std::mem::take(&mut self.breaks);
            for at in at.into_iter().take(count) {
                self.push_line_end(at);
            }
            self.line_start = self.text.len();
            return;
        }
        let (Some(gap), Some(previous)) = (gap, self.text.chars().next_back()) else {
            return;
        };
        if matches!(previous, '\n' | ' ') {
            return;
        }
        let Some(shown) = gap.shown_between(previous, next) else {
            return;
        };
        if self.source.get(gap.source.clone()) == Some(shown) {
            self.push_verbatim(gap.source);
        } else {
            self.push_replaced(gap.source, shown);
        }
    }

    /// Breaks the line that ends here if it is a whole report flattened to one line.
    fn break_up_line(&mut self) {
        if !self.may_be_flattened {
            return;
        }
        let edits = flat::edits(self.text.get(self.line_start..).unwrap_or_default());
        if !edits.is_empty() {
            rewrite::tail(&mut self.text, &mut self.runs, self.line_start, &edits);
            self.verbatim_end = None;
        }
    }

    fn push_line_end(&mut self, at: Option<usize>) {
        match at {
            Some(at) if self.source.as_bytes().get(at) == Some(&b'\n') => self.push_verbatim(at..at + 1),
            Some(at) => self.push_replaced(at..at + 1, "\n"),
            None => self.push_replaced(self.cursor.0..self.cursor.0, "\n"),
        }
    }

    fn push_verbatim(&mut self, range: Range<usize>) {
        let Some(words) = self.source.get(range.clone()) else {
            return;
        };
        let shown = self.text.len();
        let extends = self.verbatim_end == Some(range.start)
            && self
                .runs
                .last()
                .is_some_and(|run| shown + words.len() - run.shown as usize <= SourceMap::LONGEST_RUN);
        if extends {
            self.advance(range.end);
        } else {
            let source = self.advance(range.start);
            let chars = push_verbatim_runs(&mut self.runs, words, shown, source);
            self.cursor = (range.end, source + chars);
        }
        self.text.push_str(words);
        self.verbatim_end = Some(range.end);
    }

    fn push_replaced(&mut self, range: Range<usize>, words: &str) {
        let source = self.advance(range.start);
        let end = self.advance(range.end);
        self.runs.push(Run {
            shown: self.text.len() as u32,
            source: source as u32,
            kind: Kind::Replaced((end - source) as u32),
        });
        self.text.push_str(words);
        self.verbatim_end = None;
    }

    /// Moves the cursor to a source byte and returns the code points before it.
    fn advance(&mut self, byte: usize) -> usize {
        let (from, chars) = self.cursor;
        if let Some(passed) = self.source.as_bytes().get(from..byte) {
            self.cursor = (byte, chars + count_chars(passed));
        }
        self.cursor.1
    }
}

impl Gap {
    /// What of the gap is shown between two visible characters.
    fn shown_between(&self, previous: char, next: char) -> Option<&'static str> {
        if self.ideographic {
            let separates = !chars::is_cjk_mark(previous) && !chars::is_cjk_mark(next);
            return separates.then_some("\u{3000}");
        }
        // A line end within a paragraph is layout where Chinese is on either side of it.
        let layout = self.line_end && (chars::is_cjk(previous) || chars::is_cjk(next));
        (!layout).then_some(" ")
    }
}
