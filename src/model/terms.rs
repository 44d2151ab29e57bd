//! The closed vocabularies of an observation's fields, with the codes that files use.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A code in a file that its vocabulary does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownTerm {
    /// The vocabulary, for example `value_type`.
    pub vocabulary: &'static str,
    /// What stood there instead.
    pub found: String,
    /// The codes that may stand there.
    pub expected: &'static [&'static str],
}

impl fmt::Display for UnknownTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no {}; expected one of {}",
            self.found,
            self.vocabulary,
            self.expected.join(", ")
        )
    }
}

impl std::error::Error for UnknownTerm {}

/// Defines one vocabulary: an enum, the list of its members and their codes in files.
macro_rules! vocabulary {
    (
        $(#[$about:meta])*
        $name:ident as $label:literal { $( $(#[$note:meta])* $variant:ident = $code:literal ),+ $(,)? }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $( $(#[$note])* $variant ),+ }

        impl $name {
            /// Every member, in the order in which a person chooses among them.
            pub const ALL: &'static [Self] = &[ $( Self::$variant ),+ ];
            const CODES: &'static [&'static str] = &[ $( $code ),+ ];

            /// The code that files use.
            pub const fn code(self) -> &'static str {
                match self { $( Self::$variant => $code ),+ }
            }

            /// The member with this code.
            ///
            /// # Errors
            /// When no member has it; the error lists the codes.
            pub fn from_code(code: &str) -> Result<Self, UnknownTerm> {
                Self::ALL.iter().copied().find(|term| term.code() == code).ok_or_else(|| UnknownTerm {
                    vocabulary: $label,
                    found: code.to_owned(),
                    expected: Self::CODES,
                })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.code())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = String::deserialize(deserializer)?;
                Self::from_code(&code).map_err(serde::de::Error::custom)
            }
        }
    };
}

vocabulary! {
    /// What a number in the text is there for.
    Role as "role" {
        /// A reported, counted or targeted quantity: a row of the table.
        #[default]
        Indicator = "indicator",
        /// A calendar date, year or period.
        Date = "date",
        /// The number of a section or of a list item.
        Enumerator = "enumerator",
        /// A document, article or issue number.
        Document = "document",
        /// Part of a name, slogan, session or product.
        Name = "name",
        /// A phone number, postcode, index or site id.
        Identifier = "identifier",
        /// It only qualifies who or what is meant.
        Criterion = "criterion",
    }
}

vocabulary! {
    /// Why a number was dismissed: its role, or that it is no number at all.
    DismissReason as "reason" {
        /// A calendar date, year or period.
        #[default]
        Date = "date",
        /// The number of a section or of a list item.
        Enumerator = "enumerator",
        /// A document, article or issue number.
        Document = "document",
        /// Part of a name, slogan, session or product.
        Name = "name",
        /// A phone number, postcode, index or site id.
        Identifier = "identifier",
        /// It only qualifies who or what is meant.
        Criterion = "criterion",
        /// A figure of speech, not a number (进一步).
        Idiom = "idiom",
        /// A real figure that this data set does not want.
        Irrelevant = "irrelevant",
        /// The same fact is tagged elsewhere.
        Duplicate = "duplicate",
    }
}

vocabulary! {
    /// What is wrong with a proposal that a reviewer rejects.
    RejectReason as "reject_reason" {
        /// The number is no indicator's value.
        #[default]
        NotAnIndicator = "not_an_indicator",
        /// The words begin or end at the wrong place.
        Span = "span",
        /// It is another indicator's value.
        Indicator = "indicator",
        /// The number was read wrongly.
        Value = "value",
        /// The unit or the magnitude was read wrongly.
        Unit = "unit",
        /// It is for another period.
        Period = "period",
        /// It is for another area.
        Area = "area",
        /// It is actual rather than planned, or the other way round.
        Nature = "nature",
        /// The same fact is tagged elsewhere.
        Duplicate = "duplicate",
    }
}

vocabulary! {
    /// What kind of quantity a value is.
    ValueType as "value_type" {
        /// Money.
        Amount = "amount",
        /// A number of countable things.
        #[default]
        Count = "count",
        /// A rate, share, growth or intensity in per cent.
        Percent = "percent",
        /// A difference of two percentages.
        PercentagePoint = "percentage_point",
        /// A place in an order.
        Rank = "rank",
        /// An area of land or floor.
        Area = "area",
        /// A factor (1.5倍, 翻番).
        Multiple = "multiple",
        /// A part of one (三分之一, 六成).
        Fraction = "fraction",
        /// A length of time.
        Duration = "duration",
        /// Any other physical or compound unit.
        Quantity = "quantity",
    }
}

vocabulary! {
    /// How the true value relates to the printed one.
    Comparator as "comparator" {
        /// Exactly.
        #[default]
        Equal = "=",
        /// More than (超, 突破, 余, 多).
        Greater = ">",
        /// At least (以上, 不低于).
        AtLeast = ">=",
        /// Less than (不足).
        Less = "<",
        /// At most (以下, 不超过, 以内).
        AtMost = "<=",
        /// About (约, 左右).
        About = "~",
        /// Just under (近).
        JustUnder = "~<",
    }
}

impl Comparator {
    /// How it is drawn.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => "≥",
            Self::AtMost => "≤",
            Self::About => "≈",
            Self::JustUnder => "≲",
            Self::Equal | Self::Greater | Self::Less => self.code(),
        }
    }
}

vocabulary! {
    /// What the value says of its indicator.
    Measure as "measure" {
        /// A stock or flow.
        #[default]
        Level = "level",
        /// An absolute increment (新增, 净增).
        Increase = "increase",
        /// A relative growth (增长19.4%).
        GrowthRate = "growth_rate",
        /// A difference between two levels (提升0.31个百分点).
        Change = "change",
        /// A part of a whole (占全省49.4%).
        Share = "share",
        /// A place in an order (全省第1).
        Rank = "rank",
        /// A length of time (连续7年).
        Duration = "duration",
    }
}

vocabulary! {
    /// Whether the value was reached, is expected or is aimed at.
    ValueNature as "value_nature" {
        /// It has been measured.
        #[default]
        Actual = "actual",
        /// It is expected (预计).
        Estimate = "estimate",
        /// It is planned (力争, 确保).
        Target = "target",
    }
}

vocabulary! {
    /// SDMX's code list `CL_OBS_STATUS`, the part that such reports need.
    ObsStatus as "obs_status" {
        /// Normal value.
        #[default]
        Normal = "A",
        /// Break in the series.
        Break = "B",
        /// Estimated value.
        Estimated = "E",
        /// Forecast value.
        Forecast = "F",
        /// Provisional value.
        Provisional = "P",
        /// Low reliability.
        LowReliability = "U",
    }
}

vocabulary! {
    /// Where a decision came from.
    Origin as "origin" {
        /// A person made it.
        #[default]
        Manual = "manual",
        /// A suggestion was accepted as it stood.
        Prediction = "prediction",
        /// A suggestion was accepted after a change.
        PredictionChanged = "prediction-changed",
    }
}

vocabulary! {
    /// A language of the window, and of a project's texts.
    Language as "language" {
        /// Simplified Chinese.
        #[default]
        Chinese = "zh",
        /// English.
        English = "en",
    }
}

impl From<DismissReason> for Option<Role> {
    /// The role that a reason stands for; `None` where the words are no number of the report's.
    fn from(reason: DismissReason) -> Self {
        match reason {
            DismissReason::Date => Some(Role::Date),
            DismissReason::Enumerator => Some(Role::Enumerator),
            DismissReason::Document => Some(Role::Document),
            DismissReason::Name => Some(Role::Name),
            DismissReason::Identifier => Some(Role::Identifier),
            DismissReason::Criterion => Some(Role::Criterion),
            DismissReason::Idiom | DismissReason::Irrelevant | DismissReason::Duplicate => None,
        }
    }
}

impl From<Role> for Option<DismissReason> {
    /// The reason to dismiss a mention of this role; `None` for an indicator.
    fn from(role: Role) -> Self {
        match role {
            Role::Indicator => None,
            Role::Date => Some(DismissReason::Date),
            Role::Enumerator => Some(DismissReason::Enumerator),
            Role::Document => Some(DismissReason::Document),
            Role::Name => Some(DismissReason::Name),
            Role::Identifier => Some(DismissReason::Identifier),
            Role::Criterion => Some(DismissReason::Criterion),
        }
    }
}
