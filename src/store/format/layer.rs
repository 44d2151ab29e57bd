//! `layers/<annotator>/<report>.ron`: what one annotator says of one report, as it is read.

use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use super::anchor::{Anchor, Anchoring, LostQuote, Placed};
use super::objection::{ConflictRecord, RejectionRecord};
use super::record::{Checked, DecisionRecord, ObservationRecord, Quoted, Record, Words};
use super::{Parsed, Refusal, Versioned, parse};
use crate::model::{Annotator, Decision, Fingerprint, Layer, ReportId, Span};
use crate::text::offsets::CharIndex;

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
    #[serde(default)]
    rejections: Vec<Checked<RejectionRecord>>,
    #[serde(default)]
    unanchored_rejections: Vec<Checked<RejectionRecord>>,
    #[serde(default)]
    conflicts: Vec<Checked<ConflictRecord>>,
    #[serde(default)]
    unanchored_conflicts: Vec<Checked<ConflictRecord>>,
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
    pub text: Fingerprint,
    pub found: Records,
    pub unanchored: Unanchored,
}

/// The records of a layer, by kind.
#[derive(Default)]
pub(in crate::store) struct Records {
    pub decisions: Vec<DecisionRecord>,
    pub rejections: Vec<RejectionRecord>,
    pub conflicts: Vec<ConflictRecord>,
}

/// The records of a layer that have no place in the text, to be written back.
pub(in crate::store) type Unanchored = Records;

impl Records {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.decisions.len() + self.rejections.len() + self.conflicts.len()
    }
}

/// A layer laid over its report's text.
pub(in crate::store) struct Laid {
    pub layer: Layer,
    pub unanchored: Unanchored,
    pub anchoring: Anchoring,
}

/// Reads a layer's file.
pub(in crate::store) fn read_layer(path: &Path, bytes: &[u8]) -> Result<Parsed<Layered>, Refusal> {
    let Parsed { content, newer } = parse::<File>(path, bytes)?;
    Ok(Parsed {
        content: Layered {
            annotator: content.annotator,
            report: content.report,
            text: content.text,
            found: Records {
                decisions: open_all(content.decisions),
                rejections: open_all(content.rejections),
                conflicts: open_all(content.conflicts),
            },
            unanchored: Unanchored {
                decisions: open_all(content.unanchored),
                rejections: open_all(content.unanchored_rejections),
                conflicts: open_all(content.unanchored_conflicts),
            },
        },
        newer,
    })
}

fn open_all<R: Record>(records: Vec<Checked<R>>) -> Vec<R> {
    records.into_iter().map(Checked::open).collect()
}

impl Layered {
    /// Finds all of the layer's words in `text`, whose fingerprint is `print`.
    pub fn lay(self, text: &str, print: &Fingerprint) -> Laid {
        let index = CharIndex::new(text);
        let mut laying = Laying {
            anchor: Anchor::new(text, &index, self.text == *print),
            layer: Layer::default(),
            anchoring: Anchoring::default(),
        };
        let (found, lost) = (self.found, self.unanchored);
        let unanchored = Unanchored {
            decisions: laying.lay_all(found.decisions, lost.decisions, Laying::put_decision),
            rejections: laying.lay_all(found.rejections, lost.rejections, Laying::put_rejection),
            conflicts: laying.lay_all(found.conflicts, lost.conflicts, Laying::put_conflict),
        };
        Laid {
            layer: laying.layer,
            unanchored,
            anchoring: laying.anchoring,
        }
    }
}

/// A layer that is being laid over a text.
struct Laying<'a> {
    anchor: Anchor<'a>,
    layer: Layer,
    anchoring: Anchoring,
}

impl Laying<'_> {
    /// Lays records of one kind and returns those that have no place. What was lost earlier is sought
    /// again: the text may have come back.
    fn lay_all<R: Quoted>(
        &mut self,
        records: Vec<R>,
        lost_earlier: Vec<R>,
        put: fn(&mut Self, Span, &R) -> bool,
    ) -> Vec<R> {
        let mut lost = Vec::new();
        let again = lost_earlier.into_iter().map(|record| (record, true));
        let all = records.into_iter().map(|record| (record, false)).chain(again);
        for (record, was_lost) in all {
            let placed = self.anchor.place(&record.words());
            if !placed.span().is_some_and(|span| put(self, span, &record)) {
                if !was_lost {
                    self.anchoring.lost.push(lost_quote(&record.words()));
                }
                lost.push(record);
                continue;
            }
            match placed {
                Placed::Ambiguous(_) => self.anchoring.ambiguous.push(lost_quote(&record.words())),
                Placed::Kept(_) if !was_lost => self.anchoring.kept += 1,
                _ => self.anchoring.moved += 1,
            }
        }
        lost
    }

    fn put_decision(&mut self, span: Span, record: &DecisionRecord) -> bool {
        if self.layer.overlapping(span).next().is_some() {
            return false;
        }
        match self.decision(span, record) {
            Some(decision) => {
                self.layer.insert(decision);
                true
            }
            None => false,
        }
    }

    fn put_rejection(&mut self, span: Span, record: &RejectionRecord) -> bool {
        if self.layer.rejection(span, &record.agent).is_some() {
            return false;
        }
        self.layer.reject(span, &record.agent, Some(record.reason));
        true
    }

    fn put_conflict(&mut self, span: Span, record: &ConflictRecord) -> bool {
        if self.layer.contested(span).is_some() {
            return false;
        }
        let theirs = self.anchor.place(&record.theirs.words()).span();
        match theirs.and_then(|span| self.decision(span, &record.theirs)) {
            Some(theirs) => {
                self.layer.contest(span, Some(theirs));
                true
            }
            None => false,
        }
    }

    fn decision(&self, span: Span, record: &DecisionRecord) -> Option<Arc<Decision>> {
        let decision = record.decision(span, |observation| {
            name_place(&self.anchor, span, record.at, observation)
        });
        decision.map(Arc::new)
    }
}

/// Where an observation's name stands, now that its value's words, which stood at `at`, stand at `span`.
pub(super) fn name_place(
    anchor: &Anchor<'_>,
    span: Span,
    at: (usize, usize),
    observation: &ObservationRecord,
) -> Option<Span> {
    let was = observation.indicator_span?;
    anchor.place_name(span, at, was, &observation.indicator_text)
}

pub(super) fn lost_quote(words: &Words<'_>) -> LostQuote {
    LostQuote {
        quote: words.quote.to_owned(),
        before: words.before.to_owned(),
        after: words.after.to_owned(),
    }
}
