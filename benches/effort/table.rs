//! The two tables: actions by report, and what they were for.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::person::{Tally, Work};

/// Figures of every report, each for every way.
pub struct Table {
    ways: Vec<&'static str>,
    rows: Vec<(String, usize, Vec<Tally>)>,
}

impl Table {
    /// A table with a column for each of these ways.
    pub fn new(ways: &[&'static str]) -> Self {
        Self {
            ways: ways.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Adds a report: its observations, and what each way took.
    pub fn row(&mut self, name: &str, observations: usize, tallies: &[Tally]) {
        self.rows.push((name.to_owned(), observations, tallies.to_vec()));
    }

    /// Actions, and actions per observation, by report and in sum.
    pub fn reports(&self) -> String {
        let mut words = format!("\n{:28}{:>13}", "report", "observations");
        for way in &self.ways {
            write!(words, "{way:>13}{:>8}", "each").ok();
        }
        let (observations, sums) = self.sum();
        let sum = ("sum".to_owned(), observations, sums);
        for (name, observations, tallies) in self.rows.iter().chain([&sum]) {
            write!(words, "\n{name:28}{observations:>13}").ok();
            for tally in tallies {
                let each = per(tally.actions(), *observations);
                write!(words, "{:>13}{each:>8.2}", tally.actions()).ok();
            }
        }
        words
    }

    /// What the actions were for: actions per observation of all reports.
    pub fn kinds(&self) -> String {
        let (observations, sums) = self.sum();
        let kinds: BTreeSet<Work> = sums.iter().flat_map(|tally| tally.0.keys().copied()).collect();
        let mut words = format!("\n{:28}", "actions per observation");
        for way in &self.ways {
            write!(words, "{way:>13}").ok();
        }
        for kind in kinds {
            write!(words, "\n{:28}", name_of(kind)).ok();
            for tally in &sums {
                let count = tally.0.get(&kind).copied().unwrap_or_default();
                write!(words, "{:>13.3}", per(count, observations)).ok();
            }
        }
        words.push('\n');
        words
    }

    /// Actions per observation of all reports, by way.
    pub fn means(&self) -> Vec<f64> {
        let (observations, sums) = self.sum();
        sums.iter()
            .map(|tally| per(tally.actions(), observations))
            .collect()
    }

    fn sum(&self) -> (usize, Vec<Tally>) {
        let mut sums = vec![Tally::default(); self.ways.len()];
        for (_, _, tallies) in &self.rows {
            for (sum, tally) in sums.iter_mut().zip(tallies) {
                sum.add(tally);
            }
        }
        (
            self.rows.iter().map(|(_, observations, _)| observations).sum(),
            sums,
        )
    }
}

fn per(actions: usize, observations: usize) -> f64 {
    actions as f64 / observations.max(1) as f64
}

fn name_of(work: Work) -> String {
    match work {
        Work::Accept => "accept".to_owned(),
        Work::Dismiss => "dismiss".to_owned(),
        Work::Set(field) => format!("field: {}", field.name()),
        Work::Edge => "span".to_owned(),
        Work::Missed => "missed words".to_owned(),
        Work::Going => "going to the first number".to_owned(),
    }
}
