//! Krippendorff's α and Cohen's κ.
//!
//! α as in Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011); κ as in Cohen (1960).
//! Both are `None` where they are not defined: nothing to compare, or all said one and the same, so that
//! chance alone would have made them agree.

use std::collections::BTreeMap;

use crate::model::Decimal;

/// Krippendorff's α for categories; each unit has the categories that its annotators gave.
///
/// Units with fewer than two are left out, as a value that nobody else gave cannot be paired.
pub(super) fn nominal_alpha<T: Ord>(units: &[Vec<T>]) -> Option<f64> {
    let observed = observed(units, |one, other| f64::from(u8::from(one != other)));
    let counts = pairable(units);
    let n: f64 = counts.values().sum();
    let alike: f64 = counts.values().map(|count| count * count).sum();
    alpha(observed, n * n - alike, n)
}

/// Krippendorff's α for ratios; each unit has both ends of the values that its annotators gave.
///
/// Two values are apart by ((a − b) / (a + b))², and not at all where a + b is 0: the reference package's
/// convention, by which a value and its negative agree. A range is apart by the mean of its two ends.
pub(super) fn ratio_alpha(units: &[Vec<(Decimal, Decimal)>]) -> Option<f64> {
    let observed = observed(units, |one, other| apart(floats(*one), floats(*other)));
    let counts = pairable(units);
    let n: f64 = counts.values().sum();
    let values: Vec<_> = counts
        .iter()
        .map(|(value, count)| (floats(**value), *count))
        .collect();
    let half: f64 = values
        .iter()
        .enumerate()
        .map(|(place, (one, count))| {
            let others = values.iter().skip(place + 1);
            others
                .map(|(other, times)| count * times * apart(*one, *other))
                .sum::<f64>()
        })
        .sum();
    alpha(observed, 2.0 * half, n)
}

/// α from the sums of observed and expected disagreement, among `n` values that can be paired.
fn alpha(observed: f64, expected: f64, n: f64) -> Option<f64> {
    (expected > 0.0).then(|| 1.0 - observed * (n - 1.0) / expected)
}

/// The sum of the distances within units, each unit weighted by one less than its number of values.
fn observed<T>(units: &[Vec<T>], distance: impl Fn(&T, &T) -> f64) -> f64 {
    let within = |unit: &Vec<T>| {
        let sum: f64 = super::pairs(unit).map(|(one, other)| distance(one, other)).sum();
        2.0 * sum / (unit.len() - 1) as f64
    };
    units.iter().filter(|unit| unit.len() >= 2).map(within).sum()
}

/// How often each value stands in a unit of two or more.
fn pairable<T: Ord>(units: &[Vec<T>]) -> BTreeMap<&T, f64> {
    let mut counts = BTreeMap::new();
    for value in units.iter().filter(|unit| unit.len() >= 2).flatten() {
        *counts.entry(value).or_insert(0.0) += 1.0;
    }
    counts
}

fn apart(one: (f64, f64), other: (f64, f64)) -> f64 {
    let squared = |a: f64, b: f64| {
        let sum = a + b;
        if sum == 0.0 { 0.0 } else { ((a - b) / sum).powi(2) }
    };
    f64::midpoint(squared(one.0, other.0), squared(one.1, other.1))
}

fn floats((low, high): (Decimal, Decimal)) -> (f64, f64) {
    let float = |number: Decimal| f64::try_from(number).unwrap_or_default();
    (float(low), float(high))
}

/// Cohen's κ of two annotators' categories of the same items.
pub(super) fn kappa<T: Ord>(items: &[(T, T)]) -> Option<f64> {
    let mut counts: BTreeMap<&T, (f64, f64)> = BTreeMap::new();
    for (one, other) in items {
        counts.entry(one).or_default().0 += 1.0;
        counts.entry(other).or_default().1 += 1.0;
    }
    let n = items.len() as f64;
    let by_chance: f64 = counts.values().map(|(one, other)| one * other).sum();
    let expected = n * n - by_chance;
    let observed = items.iter().filter(|(one, other)| one != other).count() as f64;
    (expected > 0.0).then(|| 1.0 - observed * n / expected)
}
