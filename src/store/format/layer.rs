//! `layers/<annotator>/<report>.ron`: one annotator's decisions on one report.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::anchor::{Anchor, Anchoring, LostQuote, Placed};
use super::record::{Checked, DecisionRecord, ObservationRecord, OutOfText, Words};
use super::{FORMAT, Parsed, Refusal, Versioned, parse, print};
use crate::model::{Annotator, Decision, Fingerprint, Layer, ReportId, Span};
use crate::text::offsets::{CharIndex, fingerprint};

#[derive(Deserialize)]
#[serde(rename = "layer", deny_unknown_fields)]
struct File {
    format: u32,
    report: ReportId,
    annotator: Annotator,
    text: Fingerprint,
    decisions: Vec<Checked<DecisionRecord>>,
    #[serde(default)]
    unanchored: Vec<Checked<DecisionRecord>>,
}

impl Versioned for File {
    fn format(&self) -> u32 {
        self.format
    }
}

/// A layer's file as it was read, not yet laid over a text.
pub(in crate::store) struct Layered {
    pub annotator: Annotator,
    pub report: ReportId,
    text: Fingerprint,
    decisions: Vec<DecisionRecord>,
    unanchored: Vec<DecisionRecord>,
}

/// A layer laid over its report's text.
pub(in crate::store) struct Laid {
    pub layer: Layer,
    /// What could not be placed, to be written back.
    pub unanchored: Vec<DecisionRecord>,
    pub anchoring: Anchoring,
}

/// Reads a layer's file.
pub(in crate::store) fn read_layer(path: &Path, bytes: &[u8]) -> Result<Parsed<Layered>, Refusal> {
    let Parsed { content, newer } = parse::<File>(path, bytes)?;
    let File {
        format: _,
        report,
        annotator,
        text,
        decisions,
        unanchored,
    } = content;
    Ok(Parsed {
        content: Layered {
            annotator,
            report,
            text,
            decisions: decisions.into_iter().map(Checked::open).collect(),
            unanchored: unanchored.into_iter().map(Checked::open).collect(),
        },
        newer,
    })
}

impl Layered {
    /// Finds every decision's words in `text`, whose fingerprint is `print`.
    pub fn lay(self, text: &str, print: &Fingerprint) -> Laid {
        let index = CharIndex::new(text);
        let mut anchor = Anchor::new(text, &index, self.text == *print);
        let mut layer = Layer::default();
        let mut lost = Vec::new();
        let mut anchoring = Anchoring::default();
        // What was lost earlier is sought again: the text may have come back.
        let again = self.unanchored.into_iter().map(|record| (record, true));
        let records = self
            .decisions
            .into_iter()
            .map(|record| (record, false))
            .chain(again);
        for (record, was_lost) in records {
            let placed = anchor.place(&record.words());
            let Some(span) = free_place(&layer, placed) else {
                if !was_lost {
                    anchoring.lost.push(lost_quote(&record.words()));
                }
                lost.push(record);
                continue;
            };
            let decision = record.decision(span, |observation| {
                name_place(&anchor, span, &record, observation)
            });
            let Some(decision) = decision else {
                lost.push(record);
                continue;
            };
            match placed {
                Placed::Ambiguous(_) => anchoring.ambiguous.push(lost_quote(&record.words())),
                Placed::Kept(_) if !was_lost => anchoring.kept += 1,
                _ => anchoring.moved += 1,
            }
            layer.insert(Arc::new(decision));
        }
        Laid {
            layer,
            unanchored: lost,
            anchoring,
        }
    }
}

/// The span, unless another decision has some of its words.
fn free_place(layer: &Layer, placed: Placed) -> Option<Span> {
    match placed {
        Placed::Kept(span) | Placed::Moved(span) | Placed::Ambiguous(span) => {
            layer.overlapping(span).next().is_none().then_some(span)
        }
        Placed::Lost => None,
    }
}

fn name_place(
    anchor: &Anchor<'_>,
    span: Span,
    record: &DecisionRecord,
    observation: &ObservationRecord,
) -> Option<Span> {
    let was = observation.indicator_span?;
    anchor.place_name(span, record.at, was, &observation.indicator_text)
}

pub(super) fn lost_quote(words: &Words<'_>) -> LostQuote {
    LostQuote {
        quote: words.quote.to_owned(),
        before: words.before.to_owned(),
        after: words.after.to_owned(),
    }
}

/// Why a layer could not be printed.
#[derive(Debug)]
pub(in crate::store) enum Unprintable {
    OutOfText(OutOfText),
    Ron(ron::Error),
}

impl From<OutOfText> for Unprintable {
    fn from(out: OutOfText) -> Self {
        Self::OutOfText(out)
    }
}

impl From<ron::Error> for Unprintable {
    fn from(error: ron::Error) -> Self {
        Self::Ron(error)
    }
}

/// Prints layers on one text. It keeps what it has printed of each decision, so that printing a
/// layer again after one more decision costs little more than that decision.
pub(in crate::store) struct LayerPen {
    text: Arc<str>,
    index: CharIndex,
    fingerprint: Fingerprint,
    blocks: BTreeMap<Span, (Arc<Decision>, String)>,
}

/// What a layer's file says before its decisions.
#[derive(Serialize)]
struct Header<'a> {
    format: u32,
    report: &'a ReportId,
    annotator: &'a Annotator,
    text: &'a Fingerprint,
}

impl LayerPen {
    pub fn new(text: &Arc<str>) -> Self {
        Self {
            text: Arc::clone(text),
            index: CharIndex::new(text),
            fingerprint: fingerprint(text),
            blocks: BTreeMap::new(),
        }
    }

    /// Whether it prints layers on this text.
    pub fn is_for(&self, text: &Arc<str>) -> bool {
        Arc::ptr_eq(&self.text, text)
    }

    /// Prints a layer's file, with what could not be placed when it was read.
    pub fn layer(
        &mut self,
        annotator: &Annotator,
        report: &ReportId,
        layer: &Layer,
        unanchored: &[DecisionRecord],
    ) -> Result<String, Unprintable> {
        let header = print(&Header {
            format: FORMAT,
            report,
            annotator,
            text: &self.fingerprint,
        })?;
        let mut file = header.strip_suffix(")\n").unwrap_or(&header).to_owned();
        self.print_blocks(layer)?;
        push_list(
            &mut file,
            "decisions",
            self.blocks.values().map(|(_, block)| block.as_str()),
        );
        if !unanchored.is_empty() {
            let blocks: Result<Vec<_>, _> = unanchored.iter().cloned().map(block_of).collect();
            push_list(&mut file, "unanchored", blocks?.iter().map(String::as_str));
        }
        file.push_str(")\n");
        Ok(file)
    }

    /// Prints the decisions of `layer` that are not printed yet, and lets go of all others.
    fn print_blocks(&mut self, layer: &Layer) -> Result<(), Unprintable> {
        let anchor = Anchor::new(&self.text, &self.index, true);
        let mut printed = std::mem::take(&mut self.blocks);
        for decision in layer.iter() {
            let same = printed
                .remove(&decision.span)
                .filter(|(before, _)| Arc::ptr_eq(before, decision));
            let entry = if let Some(entry) = same {
                entry
            } else {
                let words = anchor.words(decision.span)?;
                let record = DecisionRecord::of(decision, words, |span| anchor.chars(span))?;
                (Arc::clone(decision), block_of(record)?)
            };
            self.blocks.insert(decision.span, entry);
        }
        Ok(())
    }
}

/// The lines of one record in a list of records.
fn block_of(record: DecisionRecord) -> Result<String, ron::Error> {
    let printed = print(&Checked::seal(record))?;
    let mut block = String::with_capacity(printed.len() * 2);
    for line in printed.lines() {
        block.push_str("        ");
        block.push_str(line);
        block.push('\n');
    }
    block.truncate(block.trim_end().len());
    block.push_str(",\n");
    Ok(block)
}

fn push_list<'a>(file: &mut String, name: &str, blocks: impl Iterator<Item = &'a str>) {
    file.push_str("    ");
    file.push_str(name);
    file.push_str(": [\n");
    file.extend(blocks);
    file.push_str("    ],\n");
}
