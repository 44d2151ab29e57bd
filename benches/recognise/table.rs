//! The table of results, with what each must reach at least.

use std::time::Duration;

use crate::common::{best, megabytes_a_second, say};

/// What a row must reach at least.
#[derive(Clone, Copy)]
pub enum Budget {
    /// So many MB/s.
    Speed(f64),
    /// So many times the speed of ripgrep; nothing where that is not installed.
    OfRipgrep(f64),
    /// So many times the speed of the row before.
    OfRowBefore(f64),
}

/// How long something took with how much text, and how many numbers it found there.
#[derive(Clone, Copy)]
pub struct Measured {
    /// Bytes of text.
    pub bytes: usize,
    /// The time that they took.
    pub time: Duration,
    /// How many numbers were found, where they are found at all.
    pub found: Option<usize>,
}

impl Measured {
    /// The best of several times.
    pub fn best(text: &str, samples: &[Duration], found: Option<usize>) -> Self {
        Self {
            bytes: text.len(),
            time: best(samples),
            found,
        }
    }

    fn speed(self) -> f64 {
        megabytes_a_second(self.bytes, self.time)
    }
}

/// Prints rows as they are measured.
#[derive(Default)]
pub struct Table {
    ripgrep: Option<f64>,
    before: f64,
}

impl Table {
    /// A table, with its head printed.
    pub fn begin() -> Self {
        print_row(
            "what",
            ["MB/s", "× rg", "found/MB"].map(str::to_owned),
            "at least",
        );
        Self::default()
    }

    /// Prints the row that the others are compared with.
    pub fn ripgrep(&mut self, what: &str, measured: Measured) {
        self.ripgrep = Some(measured.speed());
        self.row(what, measured, &[]);
    }

    /// Prints a row, and whether it keeps its budgets.
    pub fn row(&mut self, what: &str, measured: Measured, budgets: &[Budget]) {
        let speed = measured.speed();
        let words: Vec<String> = budgets
            .iter()
            .filter_map(|budget| self.verdict(speed, *budget))
            .collect();
        let megabytes = measured.bytes as f64 / 1e6;
        let cells = [
            rounded(speed),
            self.ripgrep
                .map_or(String::new(), |ripgrep| rounded(speed / ripgrep)),
            measured
                .found
                .map_or(String::new(), |found| format!("{:.0}", found as f64 / megabytes)),
        ];
        print_row(what, cells, &words.join(", "));
        self.before = speed;
    }

    /// Prints that something could not be measured, and why.
    pub fn missing(what: &str, why: &str) {
        print_row(what, ["-", "", ""].map(str::to_owned), why);
    }

    fn verdict(&self, speed: f64, budget: Budget) -> Option<String> {
        let (reached, least, unit) = match budget {
            Budget::Speed(least) => (speed, least, "MB/s"),
            Budget::OfRipgrep(least) => (speed / self.ripgrep?, least, "× rg"),
            Budget::OfRowBefore(least) => (speed / self.before, least, "× one job"),
        };
        let verdict = if reached >= least { "OK" } else { "UNDER" };
        Some(format!("{least} {unit}: {} {verdict}", rounded(reached)))
    }
}

/// Three digits that mean something.
fn rounded(figure: f64) -> String {
    let decimals = if figure >= 100.0 {
        0
    } else if figure >= 10.0 {
        1
    } else if figure >= 0.1 {
        2
    } else {
        4
    };
    format!("{figure:.decimals$}")
}

fn print_row(what: &str, [speed, share, found]: [String; 3], rest: &str) {
    let line = format!("{what:<36}{speed:>8}{share:>8}{found:>10}  {rest}");
    say(line.trim_end());
}
