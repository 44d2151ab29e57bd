//! The records of project files, each with a checksum of its own.
//!
//! A record's `check` is the CRC-32 of the record as JSON without it. It tells damage from data
//! and belongs to the record's own lines, so that two changes never meet in a shared line. A person
//! who changes a record in an editor takes its `check` out.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::{
    Annotator, Comparator, Decision, DismissReason, Doubt, Evidence, IndicatorId, Measure, ObsStatus,
    Observation, Origin, Provenance, Ruling, Score, Span, Suggestion, Value, ValueNature, ValueType,
};

/// A record that carries a checksum and may have rules of its own.
pub(in crate::store) trait Record: Serialize + Clone {
    /// The place of the checksum.
    fn check(&mut self) -> &mut Option<String>;

    /// What is wrong with the record, if anything is.
    fn fault(&self) -> Option<String> {
        None
    }
}

/// A record whose checksum, if it has one, fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Checked<T>(pub T);

impl<T: Record> Checked<T> {
    /// Gives the record its checksum.
    pub fn seal(mut record: T) -> Self {
        *record.check() = None;
        let sum = sum_of(&record);
        *record.check() = Some(sum);
        Self(record)
    }

    /// The record without its checksum.
    pub fn open(self) -> T {
        let Self(mut record) = self;
        *record.check() = None;
        record
    }
}

fn sum_of<T: Serialize>(record: &T) -> String {
    // A record of strings and whole numbers always serialises.
    let json = serde_json::to_vec(record).unwrap_or_default();
    format!("{:08x}", crc32fast::hash(&json))
}

impl<T: Record> Serialize for Checked<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Record + Deserialize<'de>> Deserialize<'de> for Checked<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut record = T::deserialize(deserializer)?;
        let found = record.check().take();
        let sum = sum_of(&record);
        if let Some(found) = found.filter(|found| *found != sum) {
            return Err(D::Error::custom(format!(
                "the entry that ends here is damaged, or was changed by hand: it has `check: \"{found}\"`, \
                 expected \"{sum}\"; if the change is meant, take its `check` out"
            )));
        }
        match record.fault() {
            Some(fault) => Err(D::Error::custom(fault)),
            None => Ok(Self(record)),
        }
    }
}

/// Words of a report: where they stand and how to find them again. In code points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Words<'a> {
    pub at: (usize, usize),
    pub quote: &'a str,
    pub before: &'a str,
    pub after: &'a str,
}

/// A record that quotes words of a report.
pub(in crate::store) trait Quoted {
    /// The words, and where they stood.
    fn words(&self) -> Words<'_>;
}

/// A span that does not fit the text that it should lie in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct OutOfText(pub Span);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "decision", deny_unknown_fields)]
pub(in crate::store) struct DecisionRecord {
    pub at: (usize, usize),
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub after: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tagged: Option<Box<ObservationRecord>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dismissed: Option<DismissReason>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub agent: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<ProposedRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<ProvenanceRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<String>,
}

/// What had been proposed for a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "proposed", deny_unknown_fields)]
pub(in crate::store) struct ProposedRecord {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tagged: Option<Box<ObservationRecord>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dismissed: Option<DismissReason>,
}

/// How a decision of the curated layer came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::store) enum ProvenanceRecord {
    Unanimous,
    AdjudicatedBy(Annotator),
}

impl From<&Provenance> for ProvenanceRecord {
    fn from(provenance: &Provenance) -> Self {
        match provenance {
            Provenance::Unanimous => Self::Unanimous,
            Provenance::Adjudicated { by } => Self::AdjudicatedBy(by.clone()),
        }
    }
}

impl From<ProvenanceRecord> for Provenance {
    fn from(record: ProvenanceRecord) -> Self {
        match record {
            ProvenanceRecord::Unanimous => Self::Unanimous,
            ProvenanceRecord::AdjudicatedBy(by) => Self::Adjudicated { by },
        }
    }
}

impl Record for DecisionRecord {
    fn check(&mut self) -> &mut Option<String> {
        &mut self.check
    }

    fn fault(&self) -> Option<String> {
        fault_of(self.at, self.tagged.is_some(), self.dismissed.is_some())
    }
}

impl DecisionRecord {
    /// The record of a decision on `words`; `place` turns a span of the model into one of the record.
    pub fn of<E>(
        decision: &Decision,
        words: Words<'_>,
        place: impl Fn(Span) -> Result<(usize, usize), E>,
    ) -> Result<Self, E> {
        let Decision {
            span: _,
            ruling,
            origin,
            agent,
            score,
            proposed,
            provenance,
        } = decision;
        let (tagged, dismissed) = ruling_record(ruling, &place)?;
        let proposed = match proposed {
            Some(ruling) => {
                let (tagged, dismissed) = ruling_record(ruling, &place)?;
                Some(ProposedRecord { tagged, dismissed })
            }
            None => None,
        };
        Ok(Self {
            at: words.at,
            quote: words.quote.to_owned(),
            before: words.before.to_owned(),
            after: words.after.to_owned(),
            tagged,
            dismissed,
            origin: *origin,
            agent: agent.clone(),
            score: *score,
            proposed,
            provenance: provenance.as_ref().map(ProvenanceRecord::from),
            check: None,
        })
    }

    /// The decision at `span`; `place` turns the span of the indicator's words into one of the model.
    pub fn decision(
        &self,
        span: Span,
        mut place: impl FnMut(&ObservationRecord) -> Option<Span>,
    ) -> Option<Decision> {
        let proposed = match &self.proposed {
            Some(record) => Some(ruling(record.tagged.as_deref(), record.dismissed, &mut place)?.into()),
            None => None,
        };
        Some(Decision {
            span,
            ruling: ruling(self.tagged.as_deref(), self.dismissed, &mut place)?,
            origin: self.origin,
            agent: self.agent.clone(),
            score: self.score,
            proposed,
            provenance: self.provenance.clone().map(Provenance::from),
        })
    }
}

impl Quoted for DecisionRecord {
    fn words(&self) -> Words<'_> {
        Words {
            at: self.at,
            quote: &self.quote,
            before: &self.before,
            after: &self.after,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "suggestion", deny_unknown_fields)]
pub(in crate::store) struct SuggestionRecord {
    pub at: (usize, usize),
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub quote: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub after: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tagged: Option<Box<ObservationRecord>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dismissed: Option<DismissReason>,
    pub agent: String,
    pub score: Score,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Evidence>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<String>,
}

impl Record for SuggestionRecord {
    fn check(&mut self) -> &mut Option<String> {
        &mut self.check
    }

    fn fault(&self) -> Option<String> {
        fault_of(self.at, self.tagged.is_some(), self.dismissed.is_some())
    }
}

impl SuggestionRecord {
    /// The record of a suggestion for `words`; `place` turns a span of the model into one of the record.
    pub fn of<E>(
        suggestion: &Suggestion,
        words: Words<'_>,
        place: impl Fn(Span) -> Result<(usize, usize), E>,
    ) -> Result<Self, E> {
        let Suggestion {
            span: _,
            ruling,
            agent,
            score,
            reasons,
            doubts,
        } = suggestion;
        let (tagged, dismissed) = ruling_record(ruling, &place)?;
        Ok(Self {
            at: words.at,
            quote: words.quote.to_owned(),
            before: words.before.to_owned(),
            after: words.after.to_owned(),
            tagged,
            dismissed,
            agent: agent.clone(),
            score: *score,
            reasons: reasons.clone(),
            doubts: doubts.clone(),
            check: None,
        })
    }

    pub fn suggestion(
        self,
        span: Span,
        place: impl FnOnce(&ObservationRecord) -> Option<Span>,
    ) -> Option<Suggestion> {
        Some(Suggestion {
            span,
            ruling: ruling(self.tagged.as_deref(), self.dismissed, place)?,
            agent: self.agent,
            score: self.score,
            reasons: self.reasons,
            doubts: self.doubts,
        })
    }

    pub fn words(&self) -> Words<'_> {
        Words {
            at: self.at,
            quote: &self.quote,
            before: &self.before,
            after: &self.after,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "tagged", deny_unknown_fields)]
pub(in crate::store) struct ObservationRecord {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator: Option<IndicatorId>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub indicator_text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator_span: Option<(usize, usize)>,
    pub value_type: ValueType,
    #[serde(default, skip_serializing_if = "is_default")]
    pub comparator: Comparator,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub obs_value: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub unit_mult: u8,
    pub value: Value,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit_measure: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub measure: Measure,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub time_period: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ref_area: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ref_scope: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub value_nature: ValueNature,
    #[serde(default, skip_serializing_if = "is_default")]
    pub obs_status: ObsStatus,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl ObservationRecord {
    fn of(observation: &Observation, indicator_span: Option<(usize, usize)>) -> Self {
        let Observation {
            indicator,
            indicator_text,
            indicator_span: _,
            value_type,
            comparator,
            obs_value,
            unit_mult,
            value,
            unit,
            unit_measure,
            measure,
            time_period,
            ref_area,
            ref_scope,
            value_nature,
            obs_status,
            note,
        } = observation.clone();
        Self {
            indicator,
            indicator_text,
            indicator_span,
            value_type,
            comparator,
            obs_value,
            unit_mult,
            value,
            unit,
            unit_measure,
            measure,
            time_period,
            ref_area,
            ref_scope,
            value_nature,
            obs_status,
            note,
        }
    }

    fn observation(&self, indicator_span: Option<Span>) -> Observation {
        let Self {
            indicator,
            indicator_text,
            indicator_span: _,
            value_type,
            comparator,
            obs_value,
            unit_mult,
            value,
            unit,
            unit_measure,
            measure,
            time_period,
            ref_area,
            ref_scope,
            value_nature,
            obs_status,
            note,
        } = self.clone();
        Observation {
            indicator,
            indicator_text,
            indicator_span,
            value_type,
            comparator,
            obs_value,
            unit_mult,
            value,
            unit,
            unit_measure,
            measure,
            time_period,
            ref_area,
            ref_scope,
            value_nature,
            obs_status,
            note,
        }
    }
}

type RulingRecord = (Option<Box<ObservationRecord>>, Option<DismissReason>);

fn ruling_record<E>(
    ruling: &Ruling,
    place: impl Fn(Span) -> Result<(usize, usize), E>,
) -> Result<RulingRecord, E> {
    match ruling {
        Ruling::Tagged(observation) => {
            let words = observation.indicator_span.map(place).transpose()?;
            Ok((Some(Box::new(ObservationRecord::of(observation, words))), None))
        }
        Ruling::Dismissed(reason) => Ok((None, Some(*reason))),
    }
}

fn ruling(
    tagged: Option<&ObservationRecord>,
    dismissed: Option<DismissReason>,
    place: impl FnOnce(&ObservationRecord) -> Option<Span>,
) -> Option<Ruling> {
    match (tagged, dismissed) {
        (Some(record), None) => Some(Ruling::Tagged(Box::new(record.observation(place(record))))),
        (None, Some(reason)) => Some(Ruling::Dismissed(reason)),
        _ => None,
    }
}

fn fault_of(at: (usize, usize), tagged: bool, dismissed: bool) -> Option<String> {
    fault_at(at).or_else(|| {
        (tagged == dismissed).then(|| {
            "the entry that ends here must have either `tagged` or `dismissed`; expected one".to_owned()
        })
    })
}

pub(super) fn fault_at(at: (usize, usize)) -> Option<String> {
    (at.0 >= at.1).then(|| {
        format!(
            "the entry that ends here is `at: ({}, {})`; expected a start before the end",
            at.0, at.1
        )
    })
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
