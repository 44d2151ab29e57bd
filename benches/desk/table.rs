//! The table of results, with what each may cost.

use std::time::Duration;

use crate::common::say;

/// From this many samples on, the slow ones among them mean something.
const ENOUGH: usize = 50;

/// What a row may cost at most, in milliseconds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Budget {
    median: Option<f64>,
    p99: Option<f64>,
}

impl Budget {
    /// For the median alone.
    pub const fn median(limit: f64) -> Self {
        Self {
            median: Some(limit),
            p99: None,
        }
    }

    /// For the median and for 99 of 100.
    pub const fn both(median: f64, p99: f64) -> Self {
        Self {
            median: Some(median),
            p99: Some(p99),
        }
    }

    fn words(self) -> String {
        match self {
            Self {
                median: Some(median),
                p99: Some(p99),
            } => format!("≤ {median} / {p99}"),
            Self {
                median: Some(median),
                p99: None,
            } => format!("≤ {median}"),
            Self { median: None, .. } => String::new(),
        }
    }

    /// How many times the budget was taken; 1 is just within it.
    fn strain(self, median: f64, p99: Option<f64>) -> Option<f64> {
        let median = self.median.map(|limit| median / limit);
        let p99 = self.p99.zip(p99).map(|(limit, p99)| p99 / limit);
        median.into_iter().chain(p99).reduce(f64::max)
    }
}

/// Prints rows as they are measured, and remembers how they kept their budgets.
#[derive(Debug, Default)]
pub struct Table {
    worst: f64,
    over: usize,
}

impl Table {
    /// A table, with its head printed.
    pub fn begin() -> Self {
        print_row(
            ["what", "size", "median ms", "p99 ms", "n", "budget ms"].map(str::to_owned),
            "",
        );
        Self::default()
    }

    /// Prints a row, and whether it keeps its budget.
    pub fn row(&mut self, what: &str, size: &str, samples: &[Duration], budget: Budget) {
        let mut sorted: Vec<f64> = samples.iter().map(|sample| sample.as_secs_f64() * 1e3).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let at = |share: f64| {
            sorted
                .get((sorted.len() as f64 * share) as usize)
                .copied()
                .unwrap_or_default()
        };
        let median = at(0.5);
        let p99 = (sorted.len() >= ENOUGH).then(|| at(0.99));
        let strain = budget.strain(median, p99);
        let verdict = strain.map_or("", |strain| if strain <= 1.0 { "OK" } else { "OVER" });
        self.over += usize::from(verdict == "OVER");
        self.worst = self.worst.max(strain.unwrap_or_default());
        let cells = [
            what.to_owned(),
            size.to_owned(),
            format!("{median:.2}"),
            p99.map_or(String::new(), |p99| format!("{p99:.2}")),
            sorted.len().to_string(),
            budget.words(),
        ];
        print_row(cells, verdict);
    }

    /// Prints a row that has no budget of its own.
    pub fn told(&mut self, what: &str, size: &str, samples: &[Duration]) {
        self.row(what, size, samples, Budget::default());
    }

    /// How many rows were over their budget, and how many times its budget the worst of all took.
    pub fn verdict(&self) -> (usize, f64) {
        (self.over, self.worst)
    }
}

fn print_row([what, size, median, p99, count, budget]: [String; 6], verdict: &str) {
    say(&format!(
        "{what:<42}{size:>7}{median:>11}{p99:>9}{count:>5}  {budget:<12}{verdict}"
    ));
}
