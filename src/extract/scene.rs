//! The walk through a text: which section and which period a sentence stands in.
//!
//! Pure.

use super::clause::sentences;
use super::frame::{Frame, Section};
use super::link::Linker;
use super::period::{self, Epoch};
use super::sentence::{Carried, Sentence};
use super::table::Table;
use super::{Context, Mention};
use crate::model::{Quantity, Role, Span, Suggestion, ValueNature, ValueType};
use crate::text::outline::{Block, BlockKind};

/// How far back a draft looks for the section that it stands in: lines, and bytes of its own line.
const LINES_BACK: usize = 600;
const BYTES_BACK: usize = 48 * 1024;

/// How many sentences at a line's start may say which period follows.
const OPENERS: usize = 3;

/// The state of the walk.
pub(super) struct Scene<'f> {
    frame: &'f Frame,
    section: Section,
    /// What the paragraphs' own words made of the section's period.
    epoch: Option<Epoch>,
    carried: Carried,
    /// Whether the lines explain words, so that their numbers are no results.
    glossary: bool,
    /// The table whose rows are read.
    table: Table,
}

/// The headings of parts that explain the words of a report.
const GLOSSARIES: &[&str] = &[
    "名词解释",
    "名词注释",
    "名词说明",
    "名词术语",
    "术语解释",
    "词语解释",
    "有关用语说明",
];

impl<'f> Scene<'f> {
    /// Before the first line.
    pub(super) fn new(frame: &'f Frame) -> Self {
        Self {
            frame,
            section: frame.start,
            epoch: None,
            carried: Carried::default(),
            glossary: false,
            table: Table::default(),
        }
    }

    /// Takes note of a table's row, or of what ends a table; answers whether the line is a row.
    fn note_row(&mut self, text: &str, block: Block, mentions: &[Mention]) -> bool {
        let is_row = block.kind == BlockKind::TableRow;
        if is_row {
            self.table
                .read_row(text, block.span, within(mentions, block.span));
        } else if block.kind != BlockKind::Blank {
            self.table.read_between(text, block.span);
        }
        is_row
    }

    /// Reads one line, and suggests for the mentions in it.
    pub(super) fn read_block(
        &mut self,
        text: &str,
        block: Block,
        linker: &Linker<'_>,
        mentions: &[Mention],
        out: &mut Vec<Suggestion>,
    ) {
        self.carried = Carried::default();
        let is_row = self.note_row(text, block, mentions);
        let block = block.span;
        self.glossary |= is_glossary(text, block);
        let mut at = mentions.partition_point(|mention| mention.span.end <= block.start);
        for (index, range) in sentences(text, block).enumerate() {
            let span = Span::from(range);
            let from = at;
            while mentions
                .get(at)
                .is_some_and(|mention| mention.span.start < span.end)
            {
                at += 1;
            }
            let here = mentions.get(from..at).unwrap_or_default();
            let section = self.enter(text, span, index);
            let explained: Vec<Mention>;
            let here = if self.glossary {
                explained = here.iter().map(only_qualifies).collect();
                &explained
            } else {
                here
            };
            if here.iter().any(Mention::is_candidate) {
                let sentence = Sentence {
                    text,
                    span,
                    frame: self.frame,
                    section,
                    linker,
                    table: is_row.then_some(&self.table),
                };
                sentence.suggest(here, &mut self.carried, out);
            }
        }
    }

    /// Takes note of what a sentence opens: a section, or a period for those that follow.
    fn enter(&mut self, text: &str, span: Span, index: usize) -> Section {
        if let Some(section) = self.frame.section(text, span) {
            self.section = section;
            self.epoch = None;
            self.glossary = false;
        } else if index < OPENERS
            && let Some(epoch) = span
                .of(text)
                .and_then(|words| period::opening(words, self.section.years))
            && self.holds_on(epoch)
        {
            self.epoch = Some(epoch);
        }
        let epoch = self.epoch.unwrap_or(self.section.epoch);
        Section {
            epoch,
            ..self.section
        }
    }

    /// Whether a period that a sentence opens with holds for the sentences after it.
    fn holds_on(&self, epoch: Epoch) -> bool {
        let years = self.section.years;
        let around = epoch.is_long() && epoch.from <= years.this + 1 && epoch.to >= years.review;
        let single = !epoch.is_long() && (epoch.to == years.review || epoch.to == years.this);
        let fits = match self.section.nature {
            ValueNature::Actual => epoch.to <= years.review,
            ValueNature::Estimate | ValueNature::Target => epoch.to >= years.this,
        };
        (around || single) && fits
    }
}

/// Whether a line is the heading of a glossary.
fn is_glossary(text: &str, line: Span) -> bool {
    let heads = |words: &str| {
        words.len() <= 90 && !words.contains('。') && GLOSSARIES.iter().any(|heading| words.contains(heading))
    };
    line.of(text).is_some_and(heads)
}

/// A mention in a glossary: what is counted there only explains a name.
fn only_qualifies(mention: &Mention) -> Mention {
    let counts = |quantity: &Quantity| quantity.value_type == ValueType::Count;
    let is_count = mention.role == Role::Indicator && mention.quantity.as_ref().is_some_and(counts);
    Mention {
        role: if is_count { Role::Criterion } else { mention.role },
        ..mention.clone()
    }
}

/// The suggestion for a value that a person tags: the walk through the lines just before it, then its sentence.
pub(super) fn draft(
    cx: &Context<'_>,
    frame: &Frame,
    linker: &Linker<'_>,
    mentions: &[Mention],
    tagged: &Mention,
) -> Option<Suggestion> {
    let at = cx.outline.block_at(tagged.span.start)?;
    let first = (at.saturating_sub(LINES_BACK)..at)
        .rev()
        .find(|&line| {
            cx.outline
                .blocks
                .get(line)
                .is_some_and(|block| frame.section(cx.text, block.span).is_some())
        })
        .unwrap_or(at.saturating_sub(LINES_BACK));
    let mut scene = Scene::new(frame);
    for block in cx.outline.blocks.get(first..at)? {
        scene.note_row(cx.text, *block, mentions);
        for (index, range) in sentences(cx.text, block.span).take(OPENERS).enumerate() {
            scene.enter(cx.text, Span::from(range), index);
        }
    }
    let block = *cx.outline.blocks.get(at)?;
    let is_row = scene.note_row(cx.text, block, mentions);
    let table = scene.table.clone();
    let table = is_row.then_some(&table);
    let block = block.span;
    let block = Span::new(
        cx.text
            .floor_char_boundary(block.start.max(tagged.span.start.saturating_sub(BYTES_BACK))),
        block.end,
    );
    let mut previous = None;
    for (index, range) in sentences(cx.text, block).enumerate() {
        let span = Span::from(range);
        let section = scene.enter(cx.text, span, index);
        if tagged.span.start < span.end {
            let here = with(mentions, span, tagged);
            let mut out = Vec::new();
            if let Some((span, section)) = previous {
                let sentence = Sentence {
                    text: cx.text,
                    span,
                    frame,
                    section,
                    linker,
                    table,
                };
                sentence.suggest(within(mentions, span), &mut scene.carried, &mut out);
            }
            let sentence = Sentence {
                text: cx.text,
                span,
                frame,
                section,
                linker,
                table,
            };
            sentence.suggest(&here, &mut scene.carried, &mut out);
            return out.into_iter().find(|suggestion| suggestion.span == tagged.span);
        }
        if within(mentions, span).iter().any(Mention::is_candidate) {
            previous = Some((span, section));
        }
    }
    None
}

/// The mentions of a sentence.
fn within(mentions: &[Mention], sentence: Span) -> &[Mention] {
    let from = mentions.partition_point(|mention| mention.span.end <= sentence.start);
    let to = mentions.partition_point(|mention| mention.span.start < sentence.end);
    mentions.get(from..to.max(from)).unwrap_or_default()
}

/// The mentions of a sentence, with the tagged words in place of those that they overlap.
fn with(mentions: &[Mention], sentence: Span, tagged: &Mention) -> Vec<Mention> {
    let mut here: Vec<Mention> = within(mentions, sentence)
        .iter()
        .filter(|mention| !mention.span.overlaps(tagged.span))
        .cloned()
        .collect();
    let at = here.partition_point(|mention| mention.span < tagged.span);
    here.insert(at, tagged.clone());
    here
}
