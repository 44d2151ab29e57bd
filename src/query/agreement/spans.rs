//! Span figures by the four schemes of SemEval-2013 task 9.1, counted as nervaluate counts them.

use std::ops::AddAssign;

use crate::model::Span;

use super::Label;

/// What makes a found span right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scheme {
    /// The same ends and the same label.
    Strict,
    /// The same ends, whatever the label.
    Exact,
    /// Any overlap, which counts half where the ends differ.
    Partial,
    /// Any overlap with the same label.
    Type,
}

impl Scheme {
    /// All four, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Strict, Self::Exact, Self::Partial, Self::Type];

    /// Its name in tables and files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Exact => "exact",
            Self::Partial => "partial",
            Self::Type => "type",
        }
    }

    fn is_right(self, one: &Marked, other: &Marked) -> bool {
        match self {
            Self::Strict => one == other,
            Self::Exact | Self::Partial => one.0 == other.0,
            Self::Type => one.1 == other.1,
        }
    }
}

/// A span and what it was said to be.
pub(super) type Marked = (Span, Label);

/// What became of the spans of a reference and of those compared with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Right by the scheme.
    pub correct: usize,
    /// Overlapping, and wrong by the scheme.
    pub incorrect: usize,
    /// Overlapping with other ends (scheme `partial` only).
    pub partial: usize,
    /// In the reference alone.
    pub missed: usize,
    /// Not in the reference.
    pub spurious: usize,
}

impl Counts {
    /// Of the spans compared, the share that is right; `None` where neither side has any.
    pub fn precision(self) -> Option<f64> {
        self.share(self.found())
    }

    /// Of the reference's spans, the share that was found right; `None` where neither side has any.
    pub fn recall(self) -> Option<f64> {
        self.share(self.wanted())
    }

    /// The harmonic mean of precision and recall; 0 where both are.
    pub fn f1(self) -> Option<f64> {
        let (precision, recall) = (self.precision()?, self.recall()?);
        let sum = precision + recall;
        Some(if sum > 0.0 {
            2.0 * precision * recall / sum
        } else {
            0.0
        })
    }

    /// How many spans the reference has.
    pub fn wanted(self) -> usize {
        self.correct + self.incorrect + self.partial + self.missed
    }

    /// How many spans were compared with it.
    pub fn found(self) -> usize {
        self.correct + self.incorrect + self.partial + self.spurious
    }

    fn share(self, whole: usize) -> Option<f64> {
        let right = self.correct as f64 + 0.5 * self.partial as f64;
        match whole {
            0 if self.wanted() + self.found() == 0 => None,
            0 => Some(0.0),
            _ => Some(right / whole as f64),
        }
    }

    /// Compares sorted spans, none of which overlaps another of its side, in the order of the text.
    pub(super) fn of(scheme: Scheme, reference: &[Marked], found: &[Marked]) -> Self {
        let mut counts = Self::default();
        let mut taken = vec![false; reference.len()];
        for mark in found {
            let Some((place, is_right)) = choose(scheme, mark, reference, &taken) else {
                counts.spurious += 1;
                continue;
            };
            taken[place] = true;
            *match scheme {
                _ if is_right => &mut counts.correct,
                Scheme::Partial => &mut counts.partial,
                _ => &mut counts.incorrect,
            } += 1;
        }
        counts.missed = taken.into_iter().filter(|is_taken| !is_taken).count();
        counts
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.correct += other.correct;
        self.incorrect += other.incorrect;
        self.partial += other.partial;
        self.missed += other.missed;
        self.spurious += other.spurious;
    }
}

/// The span of the reference that a found one takes, and whether that is right: of those that it overlaps
/// and that are not taken, the nearest that is right, or else the first.
fn choose(scheme: Scheme, found: &Marked, reference: &[Marked], taken: &[bool]) -> Option<(usize, bool)> {
    let first = reference.partition_point(|wanted| wanted.0.end <= found.0.start);
    let behind = reference.iter().zip(taken).enumerate().skip(first);
    let mut open = behind
        .take_while(|(_, (wanted, _))| wanted.0.start < found.0.end)
        .filter(|(_, (_, is_taken))| !**is_taken)
        .map(|(place, (wanted, _))| (place, wanted));
    let right = open.clone().filter(|(_, wanted)| scheme.is_right(wanted, found));
    match right.min_by_key(|(_, wanted)| distance(wanted.0, found.0)) {
        Some((place, _)) => Some((place, true)),
        None => open.next().map(|(place, _)| (place, false)),
    }
}

/// How far the ends of two spans are apart, in bytes.
fn distance(one: Span, other: Span) -> usize {
    one.start.abs_diff(other.start) + one.end.abs_diff(other.end)
}

/// The counts of all schemes; for more than two annotators, the sums over their pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpanFigures([Counts; 4]);

impl SpanFigures {
    /// The counts of one scheme.
    pub const fn get(&self, scheme: Scheme) -> Counts {
        self.0[scheme as usize]
    }

    pub(super) fn add(&mut self, reference: &[Marked], found: &[Marked]) {
        for (counts, scheme) in self.0.iter_mut().zip(Scheme::ALL) {
            *counts += Counts::of(scheme, reference, found);
        }
    }
}
