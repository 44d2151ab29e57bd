//! What a printed number stands for: every value that would be printed so.

use std::fmt;

use crate::model::{Comparator, Decimal, Observation, Value, ValueType};
use crate::number;

/// All values from `low` to `high`; an end that is `None` is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interval {
    /// The least value.
    pub low: Option<Decimal>,
    /// The greatest value.
    pub high: Option<Decimal>,
}

impl Interval {
    /// What the words `quote` of an observation stand for: 37% for 36.5 to 37.5, 5.3万亿 for ±500亿.
    ///
    /// A comparator opens one side (超, 以上) or makes room (约, 近).
    pub fn of(observation: &Observation, quote: &str) -> Self {
        let (low, high) = observation.value.bounds();
        let half = half_step(observation, quote);
        let below = low.checked_sub(half);
        let above = high.checked_add(half);
        let is_fall = high.is_sign_negative() && !high.is_zero();
        let (near, far) = if is_fall { (above, below) } else { (below, above) };
        // A comparator speaks of the size: 下降超过18% is −18 or less.
        let beyond = |size: Option<Decimal>| Self::between(is_fall, size, None);
        let within = |size: Option<Decimal>| Self::between(is_fall, None, size);
        match observation.comparator {
            Comparator::Equal => Self {
                low: below,
                high: above,
            },
            Comparator::Greater | Comparator::AtLeast => beyond(near),
            Comparator::Less | Comparator::AtMost => within(far),
            Comparator::About => {
                let room = (low.abs() / Decimal::TEN).max(half);
                Self {
                    low: low.checked_sub(room),
                    high: high.checked_add(room),
                }
            }
            Comparator::JustUnder => {
                let room = (low.abs() / Decimal::TEN * Decimal::TWO).max(half);
                let least = if is_fall { high + room } else { low - room };
                Self::between(is_fall, Some(least), far)
            }
        }
    }

    /// From the size nearer to zero to the farther one, on the side that the sign says.
    fn between(is_fall: bool, near: Option<Decimal>, far: Option<Decimal>) -> Self {
        if is_fall {
            Self { low: far, high: near }
        } else {
            Self { low: near, high: far }
        }
    }

    /// Whether some value lies in both.
    ///
    /// Two rounded numbers that only touch have none: 37.5 is printed as 38, not as 37.
    pub fn meets(self, other: Self) -> bool {
        let touching_counts = !(self.is_rounded() && other.is_rounded());
        let reaches = |low: Option<Decimal>, high: Option<Decimal>| match (low, high) {
            (Some(low), Some(high)) => low < high || low == high && touching_counts,
            _ => true,
        };
        reaches(self.low, other.high) && reaches(other.low, self.high)
    }

    fn is_rounded(self) -> bool {
        matches!((self.low, self.high), (Some(low), Some(high)) if low < high)
    }

    /// Whether every value here is greater than all of the other.
    pub(super) fn exceeds(self, other: Self) -> bool {
        matches!((self.low, other.high), (Some(low), Some(high)) if low > high)
    }

    /// The same with this much room on both sides.
    pub(super) fn widened(self, by: Decimal) -> Self {
        Self {
            low: self.low.and_then(|low| low.checked_sub(by)),
            high: self.high.and_then(|high| high.checked_add(by)),
        }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let sum = |a: Option<Decimal>, b: Option<Decimal>| a?.checked_add(b?);
        Self {
            low: sum(self.low, other.low),
            high: sum(self.high, other.high),
        }
    }

    pub(super) fn minus(self, other: Self) -> Self {
        let difference = |a: Option<Decimal>, b: Option<Decimal>| a?.checked_sub(b?);
        Self {
            low: difference(self.low, other.high),
            high: difference(self.high, other.low),
        }
    }

    /// This in per cent of the other; `None` where either may be zero or less.
    pub(super) fn percent_of(self, other: Self) -> Option<Self> {
        let is_positive = |interval: Self| interval.low.is_some_and(|low| low > Decimal::ZERO);
        if !is_positive(self) || !is_positive(other) {
            return None;
        }
        let ratio =
            |a: Option<Decimal>, b: Option<Decimal>| a?.checked_div(b?)?.checked_mul(Decimal::ONE_HUNDRED);
        Some(Self {
            low: ratio(self.low, other.high).or(Some(Decimal::ZERO)),
            high: ratio(self.high, other.low),
        })
    }

    /// Both ends times ten to the power of `exponent`.
    pub(super) fn shifted(self, exponent: i32) -> Self {
        let shift = |number: Decimal| {
            let factor = power_of_ten(exponent.unsigned_abs())?;
            if exponent < 0 {
                number.checked_div(factor)
            } else {
                number.checked_mul(factor)
            }
        };
        Self {
            low: self.low.and_then(shift),
            high: self.high.and_then(shift),
        }
    }
}

impl From<Decimal> for Interval {
    fn from(number: Decimal) -> Self {
        Self {
            low: Some(number),
            high: Some(number),
        }
    }
}

impl fmt::Display for Interval {
    /// Rounded to three places, as `36.5..37.5`; an open end is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |number: Option<Decimal>| number.map(|it| it.round_dp(3).normalize().to_string());
        let (low, high) = (
            end(self.low).unwrap_or_default(),
            end(self.high).unwrap_or_default(),
        );
        write!(f, "{low}..{high}")
    }
}

/// Half of the last printed digit's worth; nothing for what is counted one by one.
pub(super) fn half_step(observation: &Observation, quote: &str) -> Decimal {
    let is_counted = matches!(observation.value_type, ValueType::Count | ValueType::Rank);
    let step = step(observation, quote);
    if is_counted && step == Decimal::ONE {
        return Decimal::ZERO;
    }
    step.checked_div(Decimal::TWO).unwrap_or_default()
}

/// The last printed digit's worth, by the digits as recorded, else as the words have them, else by the value.
fn step(observation: &Observation, quote: &str) -> Decimal {
    let recorded = || {
        let printed: Value = observation.obs_value.parse().ok()?;
        worth(printed, observation.unit_mult, observation)
    };
    let worded = || {
        let quantity = number::parse_quantity(quote)?;
        worth(quantity.printed, quantity.unit_mult, observation)
    };
    let plain = || worth(observation.value, 0, observation);
    recorded().or_else(worded).or_else(plain).unwrap_or(Decimal::ONE)
}

/// The last digit's worth of a printed number, if the number is the observation's value.
fn worth(printed: Value, mult: u8, observation: &Observation) -> Option<Decimal> {
    let size = |value: Value| {
        let (low, high) = value.bounds();
        let (low, high) = (low.abs().normalize(), high.abs().normalize());
        (low.min(high), low.max(high))
    };
    if size(printed.shifted(u32::from(mult))?) != size(observation.value) {
        return None;
    }
    let (low, high) = printed.bounds();
    let places = low.scale().max(high.scale());
    let step = Decimal::try_from_i128_with_scale(1, places).ok()?;
    let rounded = step.checked_mul(round_number(low, observation.value_type))?;
    rounded.checked_mul(power_of_ten(u32::from(mult))?)
}

/// Many things are counted in round numbers: 1500家 may be 1523. A rate is printed to its last digit.
fn round_number(printed: Decimal, kind: ValueType) -> Decimal {
    let is_rate = matches!(
        kind,
        ValueType::Percent | ValueType::PercentagePoint | ValueType::Rank | ValueType::Duration
    );
    let mut worth = Decimal::ONE;
    if is_rate || printed.scale() > 0 || printed.abs() < Decimal::ONE_THOUSAND {
        return worth;
    }
    let ends_in_zeros = |worth: Decimal| (printed % worth).is_zero();
    while let Some(larger) = worth
        .checked_mul(Decimal::TEN)
        .filter(|larger| ends_in_zeros(*larger))
    {
        worth = larger;
    }
    if worth < Decimal::ONE_HUNDRED {
        Decimal::ONE
    } else {
        worth
    }
}

pub(super) fn power_of_ten(exponent: u32) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(10i128.checked_pow(exponent)?, 0).ok()
}
