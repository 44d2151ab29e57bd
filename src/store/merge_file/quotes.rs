//! Records as decisions whose spans count code points, and back, by the quotes that the records carried.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use crate::model::{Decision, Layer, Span, Suggestion};
use crate::store::format::{
    ConflictRecord, DecisionRecord, ObservationRecord, Quoted, Records, RejectionRecord, SuggestionRecord,
    Unanchored, Words,
};

/// What stands at each place that a record of any of the copies is about. In code points.
#[derive(Default)]
pub(super) struct Quotes {
    by_place: BTreeMap<(usize, usize), [String; 3]>,
}

impl Quotes {
    /// The layer of these records; what overlaps is no layer's and goes to the unanchored ones.
    pub fn layer(&mut self, unanchored: &mut Unanchored, records: Records) -> Layer {
        let mut layer = Layer::default();
        for record in records.decisions {
            let decision = self.decision(&record);
            let is_free = |decision: &Decision| layer.overlapping(decision.span).next().is_none();
            match decision.filter(is_free) {
                Some(decision) => {
                    layer.insert(Arc::new(decision));
                }
                None => unanchored.decisions.push(record),
            }
        }
        for record in records.rejections {
            layer.reject(self.place(record.words()), &record.agent, Some(record.reason));
        }
        for record in records.conflicts {
            let span = self.place(record.words());
            match self.decision(&record.theirs) {
                Some(theirs) if layer.contested(span).is_none() => {
                    layer.contest(span, Some(Arc::new(theirs)));
                }
                _ => unanchored.conflicts.push(record),
            }
        }
        layer
    }

    /// The suggestions of these records.
    pub fn suggestions(&mut self, records: Vec<SuggestionRecord>) -> Vec<Suggestion> {
        let suggestion = |record: SuggestionRecord| {
            let span = self.place(record.words());
            record.suggestion(span, name_span)
        };
        records.into_iter().filter_map(suggestion).collect()
    }

    fn decision(&mut self, record: &DecisionRecord) -> Option<Decision> {
        let span = self.place(record.words());
        record.decision(span, name_span)
    }

    fn place(&mut self, words: Words<'_>) -> Span {
        let Words {
            at,
            quote,
            before,
            after,
        } = words;
        self.by_place
            .insert(at, [quote, before, after].map(str::to_owned));
        Span::new(at.0, at.1)
    }

    /// The records of a layer whose spans are places of records.
    pub fn records(&self, layer: &Layer) -> Records {
        let decision =
            |decision: &Decision| never_fails(DecisionRecord::of(decision, self.words(decision.span), place));
        Records {
            decisions: layer.iter().map(|one| decision(one)).collect(),
            rejections: layer
                .rejections()
                .map(|rejection| {
                    let words = self.words(rejection.span);
                    RejectionRecord::of(rejection, words)
                })
                .collect(),
            conflicts: layer
                .conflicts()
                .map(|(span, theirs)| ConflictRecord::of(decision(theirs), self.words(span)))
                .collect(),
        }
    }

    /// The records of suggestions whose spans are places of records.
    pub fn suggestion_records(&self, suggestions: &[Suggestion]) -> Vec<SuggestionRecord> {
        let record = |one: &Suggestion| never_fails(SuggestionRecord::of(one, self.words(one.span), place));
        suggestions.iter().map(record).collect()
    }

    fn words(&self, span: Span) -> Words<'_> {
        let at = (span.start, span.end);
        let [quote, before, after] = match self.by_place.get(&at) {
            Some(words) => words.each_ref().map(String::as_str),
            None => [""; 3],
        };
        Words {
            at,
            quote,
            before,
            after,
        }
    }
}

fn name_span(observation: &ObservationRecord) -> Option<Span> {
    observation
        .indicator_span
        .map(|(start, end)| Span::new(start, end))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "places in a text may fail where these cannot"
)]
fn place(span: Span) -> Result<(usize, usize), Infallible> {
    Ok((span.start, span.end))
}

fn never_fails<T>(result: Result<T, Infallible>) -> T {
    match result {
        Ok(value) => value,
        Err(never) => match never {},
    }
}

/// Adds what only they have to what of ours has no place in the text, and takes away what they have dropped.
pub(super) fn merge_unanchored(base: Option<&Unanchored>, ours: &mut Unanchored, theirs: Unanchored) {
    fn merge<R: PartialEq>(base: Option<&Vec<R>>, ours: &mut Vec<R>, theirs: Vec<R>) {
        let is_known = |record: &R| base.is_some_and(|base| base.contains(record));
        ours.retain(|record| !is_known(record) || theirs.contains(record));
        for record in theirs {
            if !is_known(&record) && !ours.contains(&record) {
                ours.push(record);
            }
        }
    }
    merge(
        base.map(|base| &base.decisions),
        &mut ours.decisions,
        theirs.decisions,
    );
    merge(
        base.map(|base| &base.rejections),
        &mut ours.rejections,
        theirs.rejections,
    );
    merge(
        base.map(|base| &base.conflicts),
        &mut ours.conflicts,
        theirs.conflicts,
    );
}
