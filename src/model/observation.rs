//! A mention tagged as an indicator's value, with its dimensions.

use serde::{Deserialize, Serialize};

use super::{Comparator, IndicatorId, Measure, ObsStatus, Span, Value, ValueNature, ValueType};

/// One observation. Field names follow SDMX where SDMX has one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observation {
    /// The catalogue's entry; `None` while only the report's own words name it.
    pub indicator: Option<IndicatorId>,
    /// The indicator's name in the report's own words.
    pub indicator_text: String,
    /// Where those words stand. Bytes.
    pub indicator_span: Option<Span>,
    /// What kind of quantity the value is.
    pub value_type: ValueType,
    /// How the true value relates to the printed one.
    pub comparator: Comparator,
    /// The digits as printed, without the magnitude.
    pub obs_value: String,
    /// The printed magnitude as a power of ten (万 4, 亿 8).
    pub unit_mult: u8,
    /// The exact value in the base unit, magnitude applied.
    pub value: Value,
    /// The base unit's words.
    pub unit: String,
    /// The unit's code; empty where it has none.
    pub unit_measure: String,
    /// What the value says of its indicator.
    pub measure: Measure,
    /// The period the value is for: `2023`, `2021-2025`, `2025-12`.
    pub time_period: String,
    /// The place the value is for.
    pub ref_area: String,
    /// What it is ranked or shared within; empty for none.
    pub ref_scope: String,
    /// Whether it was reached, is expected or is aimed at.
    pub value_nature: ValueNature,
    /// SDMX observation status.
    pub obs_status: ObsStatus,
    /// The annotator's remark.
    pub note: String,
}

/// An observation's fields, as forms, tables, doubts and agreement name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// `indicator`
    Indicator,
    /// `indicator_text` and `indicator_span`
    IndicatorText,
    /// `value`
    Value,
    /// `unit`
    Unit,
    /// `unit_measure`
    UnitMeasure,
    /// `unit_mult`
    UnitMult,
    /// `obs_value`
    ObsValue,
    /// `value_type`
    ValueType,
    /// `measure`
    Measure,
    /// `comparator`
    Comparator,
    /// `time_period`
    TimePeriod,
    /// `ref_area`
    RefArea,
    /// `ref_scope`
    RefScope,
    /// `value_nature`
    ValueNature,
    /// `obs_status`
    ObsStatus,
    /// `note`
    Note,
}

impl Field {
    /// Every field, in the order in which the inspector shows them.
    pub const ALL: &'static [Self] = &[
        Self::Indicator,
        Self::IndicatorText,
        Self::Value,
        Self::Unit,
        Self::Measure,
        Self::TimePeriod,
        Self::RefArea,
        Self::RefScope,
        Self::ValueNature,
        Self::Comparator,
        Self::ValueType,
        Self::ObsValue,
        Self::UnitMult,
        Self::UnitMeasure,
        Self::ObsStatus,
        Self::Note,
    ];

    /// The field's name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Indicator => "indicator",
            Self::IndicatorText => "indicator_text",
            Self::Value => "value",
            Self::Unit => "unit",
            Self::UnitMeasure => "unit_measure",
            Self::UnitMult => "unit_mult",
            Self::ObsValue => "obs_value",
            Self::ValueType => "value_type",
            Self::Measure => "measure",
            Self::Comparator => "comparator",
            Self::TimePeriod => "time_period",
            Self::RefArea => "ref_area",
            Self::RefScope => "ref_scope",
            Self::ValueNature => "value_nature",
            Self::ObsStatus => "obs_status",
            Self::Note => "note",
        }
    }
}
