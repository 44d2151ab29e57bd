//! `layers/<annotator>/<report>.ron`: what one annotator says of one report, as it is printed.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::anchor::Anchor;
use super::layer::{Records, Unanchored};
use super::objection::{ConflictRecord, RejectionRecord};
use super::record::{Checked, DecisionRecord, OutOfText, Record};
use super::{FORMAT, print};
use crate::model::{Annotator, Decision, Fingerprint, Layer, Rejection, ReportId, Span};
use crate::text::offsets::{CharIndex, fingerprint};

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
        unanchored: &Unanchored,
    ) -> Result<String, Unprintable> {
        self.print_blocks(layer)?;
        let header = Header {
            format: FORMAT,
            report,
            annotator,
            text: &self.fingerprint,
        };
        let decisions = self.blocks.values().map(|(_, block)| block.as_str());
        let (rejections, conflicts) = (self.rejections(layer)?, self.conflicts(layer)?);
        Ok(file_of(&header, decisions, &rejections, &conflicts, unanchored)?)
    }

    fn rejections(&self, layer: &Layer) -> Result<Vec<RejectionRecord>, OutOfText> {
        let anchor = Anchor::new(&self.text, &self.index, true);
        let record = |rejection: Rejection| {
            let words = anchor.words(rejection.span)?;
            Ok(RejectionRecord::of(rejection, words))
        };
        layer.rejections().map(record).collect()
    }

    fn conflicts(&self, layer: &Layer) -> Result<Vec<ConflictRecord>, OutOfText> {
        let anchor = Anchor::new(&self.text, &self.index, true);
        let record = |(span, theirs): (Span, &Arc<Decision>)| {
            let words = anchor.words(theirs.span)?;
            let theirs = DecisionRecord::of(theirs, words, |span| anchor.chars(span))?;
            Ok(ConflictRecord::of(theirs, anchor.words(span)?))
        };
        layer.conflicts().map(record).collect()
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

/// Prints a layer's file from its records.
pub(in crate::store) fn print_layer(
    annotator: &Annotator,
    report: &ReportId,
    text: &Fingerprint,
    records: &Records,
    unanchored: &Unanchored,
) -> Result<String, ron::Error> {
    let header = Header {
        format: FORMAT,
        report,
        annotator,
        text,
    };
    let decisions: Result<Vec<_>, _> = records.decisions.iter().cloned().map(block_of).collect();
    let decisions = decisions?;
    let decisions = decisions.iter().map(String::as_str);
    file_of(
        &header,
        decisions,
        &records.rejections,
        &records.conflicts,
        unanchored,
    )
}

/// A layer's file, section by section; the decisions are printed already.
fn file_of<'a>(
    header: &Header<'_>,
    decisions: impl Iterator<Item = &'a str>,
    rejections: &[RejectionRecord],
    conflicts: &[ConflictRecord],
    unanchored: &Unanchored,
) -> Result<String, ron::Error> {
    let header = print(header)?;
    let mut file = header.strip_suffix(")\n").unwrap_or(&header).to_owned();
    push_list(&mut file, "decisions", decisions);
    push_records(&mut file, "unanchored", &unanchored.decisions)?;
    push_records(&mut file, "rejections", rejections)?;
    push_records(&mut file, "unanchored_rejections", &unanchored.rejections)?;
    push_records(&mut file, "conflicts", conflicts)?;
    push_records(&mut file, "unanchored_conflicts", &unanchored.conflicts)?;
    file.push_str(")\n");
    Ok(file)
}

/// The lines of one record in a list of records.
fn block_of<R: Record>(record: R) -> Result<String, ron::Error> {
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

/// Adds a list of records; nothing where there are none.
fn push_records<R: Record>(file: &mut String, name: &str, records: &[R]) -> Result<(), ron::Error> {
    if records.is_empty() {
        return Ok(());
    }
    let blocks: Result<Vec<_>, _> = records.iter().cloned().map(block_of).collect();
    push_list(file, name, blocks?.iter().map(String::as_str));
    Ok(())
}

fn push_list<'a>(file: &mut String, name: &str, blocks: impl Iterator<Item = &'a str>) {
    file.push_str("    ");
    file.push_str(name);
    file.push_str(": [\n");
    file.extend(blocks);
    file.push_str("    ],\n");
}
