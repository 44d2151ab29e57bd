//! Plain data: what a project consists of, and nothing that acts on it.
//!
//! May use std, serde, imbl and an exact decimal. Never contains I/O, egui or clocks.

mod change;
mod decision;
mod fields;
mod indicator;
mod memory;
mod mention;
mod observation;
mod project;
mod report;
mod reports;
mod rule;
mod span;
mod suggestion;
mod terms;
mod value;

pub use change::Change;
pub use decision::{Decision, Layer, Provenance, Rejection, Ruling};
pub use fields::FieldError;
pub use indicator::{Catalogue, Indicator, IndicatorId, Tint};
pub use memory::{Example, Experience, Lesson, Memory};
pub use mention::{Mention, Quantity};
pub use observation::{Field, Observation};
pub use project::{Annotator, CURATED, Extractor, Project};
pub use report::{Fingerprint, Report, ReportId};
pub use reports::Reports;
pub use rule::{CandidateRule, RuleEffect};
pub use span::Span;
pub use suggestion::{BUILT_IN, Doubt, Evidence, Score, Suggestion};
pub use terms::{
    Comparator, DismissReason, Language, Measure, ObsStatus, Origin, RejectReason, Role, UnknownTerm,
    ValueNature, ValueType,
};
pub use value::{Value, ValueError, grouped};

/// The exact decimal that every value of this program is kept in.
pub use rust_decimal::Decimal;
