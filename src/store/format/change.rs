//! `history/<annotator>/<report>.log`: one change of a layer, as a line of its timeline.
//!
//! Each line stands for itself: it names its layer and its text, and quotes its words, so that a
//! lost line costs no other and the words are found again in a text that has changed since.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::anchor::Anchor;
use super::layer::name_place;
use super::options;
use super::record::{DecisionRecord, OutOfText, Quoted, Words};
use crate::model::{Annotator, Change, Decision, ReportId, Span};
use crate::text::offsets::{CharIndex, fingerprint};

/// One change. Fields that a newer program has added are passed over: no line is ever written again.
#[derive(Serialize, Deserialize)]
#[serde(rename = "change")]
pub(in crate::store) struct ChangeRecord {
    pub annotator: Annotator,
    pub report: ReportId,
    /// The SHA-256 of the text's fingerprint.
    text: String,
    /// Milliseconds since 1970.
    pub time: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    took: Option<u32>,
    /// Who made it, where that is not the layer's annotator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<Annotator>,
    gesture: String,
    at: (usize, usize),
    quote: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    before: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    after: String,
    /// The decision before, on the same words; it quotes nothing itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    was: Option<DecisionRecord>,
    /// The decision after, on the same words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    now: Option<DecisionRecord>,
}

impl Quoted for ChangeRecord {
    fn words(&self) -> Words<'_> {
        Words {
            at: self.at,
            quote: &self.quote,
            before: &self.before,
            after: &self.after,
        }
    }
}

/// Prints changes of one layer, each without a line end; those that do not fit the text are left out.
pub(in crate::store) fn write_changes(
    annotator: &Annotator,
    report: &ReportId,
    changes: &[Change],
    text: &str,
) -> Result<Vec<String>, ron::Error> {
    let index = CharIndex::new(text);
    let anchor = Anchor::new(text, &index, true);
    let print = fingerprint(text);
    let decision = |decision: &Option<Arc<Decision>>, words: &Words<'_>| match decision {
        Some(decision) => {
            let words = Words {
                at: words.at,
                ..Words::default()
            };
            DecisionRecord::of(decision, words, |span| anchor.chars(span)).map(Some)
        }
        None => Ok(None),
    };
    let record = |change: &Change| -> Result<ChangeRecord, OutOfText> {
        let words = anchor.words(change.span)?;
        Ok(ChangeRecord {
            annotator: annotator.clone(),
            report: report.clone(),
            text: print.sha256.clone(),
            time: change.at,
            took: change.took,
            by: (change.by != *annotator).then(|| change.by.clone()),
            gesture: change.gesture.clone(),
            at: words.at,
            quote: words.quote.to_owned(),
            before: words.before.to_owned(),
            after: words.after.to_owned(),
            was: decision(&change.before, &words)?,
            now: decision(&change.after, &words)?,
        })
    };
    let records = changes.iter().filter_map(|change| record(change).ok());
    records.map(|record| options().to_string(&record)).collect()
}

/// Reads one line's body; `None` where it is no change.
pub(in crate::store) fn read_change(body: &[u8]) -> Option<ChangeRecord> {
    options().from_bytes(body).ok()
}

/// Lays changes over the report's text; those whose words are not found are left out.
pub(in crate::store) fn lay_changes(records: impl Iterator<Item = ChangeRecord>, text: &str) -> Vec<Change> {
    let index = CharIndex::new(text);
    let mut same = Anchor::new(text, &index, true);
    let mut other = Anchor::new(text, &index, false);
    let print = fingerprint(text);
    let lay = |record: ChangeRecord| {
        let anchor = if record.text == print.sha256 {
            &mut same
        } else {
            &mut other
        };
        change(anchor, record)
    };
    records.filter_map(lay).collect()
}

fn change(anchor: &mut Anchor<'_>, record: ChangeRecord) -> Option<Change> {
    let span = anchor
        .place(&record.words())
        .span()
        .filter(|span| !span.is_empty())?;
    Some(Change {
        at: record.time,
        took: record.took,
        by: record.by.unwrap_or(record.annotator),
        gesture: record.gesture,
        span,
        before: decision(anchor, span, record.was)?,
        after: decision(anchor, span, record.now)?,
    })
}

/// The decision of a record at `span`, if there is one; outside `None` where it holds no decision.
#[expect(
    clippy::option_option,
    reason = "no decision and a broken one are different things"
)]
fn decision(
    anchor: &Anchor<'_>,
    span: Span,
    record: Option<DecisionRecord>,
) -> Option<Option<Arc<Decision>>> {
    let Some(record) = record else {
        return Some(None);
    };
    let place = |observation: &_| name_place(anchor, span, record.at, observation);
    Some(Some(Arc::new(record.decision(span, place)?)))
}
