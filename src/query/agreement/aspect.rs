//! What of a decision is compared: the ruling, the label, and each field of an observation.

use std::borrow::Cow;
use std::fmt;

use crate::model::{Decision, DismissReason, Field, IndicatorId, Observation, Ruling};

use super::values::{base_unit, base_value};

/// What a number was said to be: the type of the span figures.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Label {
    /// A value of this entry of the catalogue.
    Indicator(IndicatorId),
    /// A value of an indicator that the catalogue does not have.
    Unlisted,
    /// Not a value of any, for this reason.
    Dismissed(DismissReason),
}

impl Label {
    /// What this decision says that the number is.
    pub fn of(decision: &Decision) -> Self {
        match &decision.ruling {
            Ruling::Tagged(observation) => match &observation.indicator {
                Some(id) => Self::Indicator(id.clone()),
                None => Self::Unlisted,
            },
            Ruling::Dismissed(reason) => Self::Dismissed(*reason),
        }
    }
}

impl fmt::Display for Label {
    /// The catalogue's id; `?` for none; a reason with a minus, so that it cannot be taken for an id.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Indicator(id) => id.fmt(f),
            Self::Unlisted => f.write_str("?"),
            Self::Dismissed(reason) => write!(f, "-{reason}"),
        }
    }
}

/// Something that two decisions on one number may agree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Aspect {
    /// Tagged or dismissed.
    Ruling,
    /// The [`Label`].
    Label,
    /// The reason, of two dismissals.
    Reason,
    /// A field, of two observations; values by how far they are apart.
    Of(Field),
    /// The value, of two observations, the same or not.
    ExactValue,
}

impl Aspect {
    /// All that is compared, in the order in which it is shown.
    ///
    /// Printed digits and magnitude are left out, for they follow from the value; notes are nobody's claim.
    pub const ALL: &'static [Self] = &[
        Self::Ruling,
        Self::Label,
        Self::Reason,
        Self::Of(Field::Indicator),
        Self::Of(Field::IndicatorText),
        Self::Of(Field::Value),
        Self::ExactValue,
        Self::Of(Field::Unit),
        Self::Of(Field::UnitMeasure),
        Self::Of(Field::ValueType),
        Self::Of(Field::Measure),
        Self::Of(Field::Comparator),
        Self::Of(Field::TimePeriod),
        Self::Of(Field::RefArea),
        Self::Of(Field::RefScope),
        Self::Of(Field::ValueNature),
        Self::Of(Field::ObsStatus),
    ];

    /// Its name in tables and files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ruling => "ruling",
            Self::Label => "type",
            Self::Reason => "reason",
            Self::Of(field) => field.name(),
            Self::ExactValue => "value_exact",
        }
    }

    /// Whether a difference has a size, so that α is the one for ratios and there is no κ.
    pub const fn is_ratio(self) -> bool {
        matches!(self, Self::Of(Field::Value))
    }

    /// Whether two decisions agree on it; `None` where one of them says nothing of it.
    pub fn agrees(self, one: &Decision, other: &Decision) -> Option<bool> {
        Some(self.category(one)? == self.category(other)?)
    }

    /// What a decision says of it, as a word that is the same where the meaning is; `None` for nothing.
    pub fn category(self, decision: &Decision) -> Option<Cow<'_, str>> {
        match (self, &decision.ruling) {
            (Self::Ruling, Ruling::Tagged(_)) => Some("tagged".into()),
            (Self::Ruling, Ruling::Dismissed(_)) => Some("dismissed".into()),
            (Self::Label, _) => Some(Label::of(decision).to_string().into()),
            (Self::Reason, Ruling::Dismissed(reason)) => Some(reason.code().into()),
            (Self::ExactValue, Ruling::Tagged(observation)) => {
                Some(of_observation(observation, Field::Value))
            }
            (Self::Of(field), Ruling::Tagged(observation)) => Some(of_observation(observation, field)),
            _ => None,
        }
    }
}

fn of_observation(observation: &Observation, field: Field) -> Cow<'_, str> {
    match field {
        Field::Value => {
            let (low, high) = base_value(observation);
            format!("{}..{}", low.normalize(), high.normalize()).into()
        }
        Field::Unit => base_unit(&observation.unit).into(),
        _ => observation.words(field).into(),
    }
}
