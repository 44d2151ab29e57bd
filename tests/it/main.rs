//! The program as a whole: its structure, its words, its flows, its files.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod architecture;
#[path = "../../benches/common/clock.rs"]
mod clock;
mod commands;
mod corpora;
mod crash;
mod desk;
mod dice;
mod dispatch;
mod documents;
mod effort;
mod export;
mod flows;
mod fuzz;
mod import;
mod laws;
mod licences;
mod memory;
mod merging;
mod person;
mod reports;
mod round_trips;
#[cfg(feature = "snapshots")]
mod snapshots;
mod soak;
mod source;
mod stats;
mod strings;
mod window;
