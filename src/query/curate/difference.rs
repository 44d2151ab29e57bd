//! On what the readings of one number differ.

use std::cmp::Reverse;
use std::sync::Arc;

use super::super::agreement::{FIELDS, ValueMatch, compare_values, same_field, same_kind};
use crate::model::{Decision, Field, Observation, Ruling, Span};

/// Something that is chosen by itself where readings differ on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Point {
    /// Whether it is tagged, dismissed (and why), or left open.
    Ruling,
    /// Where the words begin and end.
    Edges,
    /// A field of the observation.
    Of(Field),
}

/// On what the readings of one number differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// What is to be chosen, in the order in which it is shown.
    pub points: Vec<Point>,
    /// Whether somebody has no decision there.
    pub one_sided: bool,
    /// The power of ten that two of the values are off by, if it is one of a magnitude: 万 4, 亿 8.
    pub scale: Option<u32>,
}

impl Difference {
    /// Whether all say the same.
    pub fn is_none(&self) -> bool {
        self.points.is_empty()
    }

    /// The observation's fields that differ.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        self.points.iter().filter_map(|point| match point {
            Point::Of(field) => Some(*field),
            Point::Ruling | Point::Edges => None,
        })
    }

    pub(super) fn among(readings: &[Option<Arc<Decision>>]) -> Self {
        let given: Vec<&Decision> = readings.iter().flatten().map(AsRef::as_ref).collect();
        let observed: Vec<&Observation> = given
            .iter()
            .filter_map(|decision| decision.ruling.observation())
            .collect();
        let one_sided = given.len() < readings.len().max(2);
        let all = [Point::Ruling, Point::Edges].into_iter();
        let all = all.chain(FIELDS.iter().copied().map(Point::Of));
        let differs = |point: &Point| {
            let is_missing = *point == Point::Ruling && one_sided;
            is_missing || !all_pairs(&given, |one, other| same_on(*point, one, other))
        };
        let points = all.filter(differs).collect();
        let mut scale = None;
        all_pairs(&observed, |one, other| {
            if let ValueMatch::Scale(power) = compare_values(one, other) {
                scale = Some(power);
            }
            scale.is_none()
        });
        Self {
            points,
            one_sided,
            scale,
        }
    }
}

/// Whether two readings say the same on a point; where one of them says nothing of it they do not differ.
pub(super) fn same_on(point: Point, one: &Decision, other: &Decision) -> bool {
    match (point, one.ruling.observation(), other.ruling.observation()) {
        (Point::Ruling, _, _) => same_kind(&one.ruling, &other.ruling),
        (Point::Edges, _, _) => one.span == other.span,
        (Point::Of(field), Some(one), Some(other)) => same_field(field, one, other),
        (Point::Of(_), _, _) => true,
    }
}

/// The one decision that stands for several equal ones: the most filled, whatever their order.
pub(super) fn merged<'a>(readings: impl Iterator<Item = &'a Arc<Decision>>) -> Option<Arc<Decision>> {
    readings.min_by_key(|reading| rank(reading)).cloned()
}

type Rank = (bool, Reverse<usize>, Vec<String>, Option<Span>, Span);

/// Observations before dismissals, the most filled first, then by their words.
fn rank(decision: &Decision) -> Rank {
    match &decision.ruling {
        Ruling::Tagged(observation) => {
            let words: Vec<String> = Field::ALL.iter().map(|field| observation.words(*field)).collect();
            let filled = words.iter().filter(|words| !words.is_empty()).count();
            let filled = filled + usize::from(observation.indicator_span.is_some());
            (
                false,
                Reverse(filled),
                words,
                observation.indicator_span,
                decision.span,
            )
        }
        Ruling::Dismissed(reason) => {
            let words = vec![reason.code().to_owned()];
            (true, Reverse(0), words, None, decision.span)
        }
    }
}

/// Whether it holds for every two; asks no further once it does not.
fn all_pairs<T: Copy>(things: &[T], mut holds: impl FnMut(T, T) -> bool) -> bool {
    let mut rest = things;
    while let [one, others @ ..] = rest {
        if !others.iter().all(|other| holds(*one, *other)) {
            return false;
        }
        rest = others;
    }
    true
}
