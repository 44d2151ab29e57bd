//! The number ledger: how many numbers are tagged, dismissed and still open.

use std::iter::Sum;
use std::ops::Add;

/// Counts over the candidates and decisions of a report or a project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ledger {
    /// Numbers tagged as an indicator's value.
    pub tagged: usize,
    /// Numbers dismissed with a reason.
    pub dismissed: usize,
    /// Candidates without a decision.
    pub open: usize,
}

impl Ledger {
    /// Tagged and dismissed.
    pub fn decided(self) -> usize {
        self.tagged + self.dismissed
    }

    /// All numbers that count.
    pub fn total(self) -> usize {
        self.decided() + self.open
    }

    /// Whether every number has been decided on.
    pub fn is_complete(self) -> bool {
        self.open == 0
    }
}

impl Add for Ledger {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            tagged: self.tagged + other.tagged,
            dismissed: self.dismissed + other.dismissed,
            open: self.open + other.open,
        }
    }
}

impl Sum for Ledger {
    fn sum<I: Iterator<Item = Self>>(ledgers: I) -> Self {
        ledgers.fold(Self::default(), Add::add)
    }
}
