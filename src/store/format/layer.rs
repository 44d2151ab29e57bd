//! `layers/<annotator>/<report>.ron`: one annotator's decisions on one report.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::anchor::{Anchor, Anchoring, LostQuote, Placed};
use super::record::{Checked, DecisionRecord, ObservationRecord, OutOfText, Words};
use super::{FORMAT, Parsed, Refusal, Versioned, parse, print};
use crate::model::{Annotator, Fingerprint, Layer, ReportId, Span};
use crate::text::offsets::{CharIndex, fingerprint};

#[derive(Serialize, Deserialize)]
#[serde(rename = "layer", deny_unknown_fields)]
struct File {
    format: u32,
    report: ReportId,
    annotator: Annotator,
    text: Fingerprint,
    decisions: Vec<Checked<DecisionRecord>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
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
        let mut anchor = Anchor::new(text, CharIndex::new(text), self.text == *print);
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

/// Prints a layer, with what could not be placed when it was read.
pub(in crate::store) fn write_layer(
    annotator: &Annotator,
    report: &ReportId,
    layer: &Layer,
    unanchored: &[DecisionRecord],
    text: &str,
) -> Result<String, Unprintable> {
    let anchor = Anchor::new(text, CharIndex::new(text), true);
    let mut decisions = Vec::with_capacity(layer.len());
    for decision in layer.iter() {
        let words = anchor.words(decision.span)?;
        let record = DecisionRecord::of(decision, words, |span| anchor.chars(span))?;
        decisions.push(Checked::seal(record));
    }
    let file = File {
        format: FORMAT,
        report: report.clone(),
        annotator: annotator.clone(),
        text: fingerprint(text),
        decisions,
        unanchored: unanchored.iter().cloned().map(Checked::seal).collect(),
    };
    Ok(print(&file)?)
}
