//! The program as a whole: its structure, its words, its flows, its files.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod architecture;
mod commands;
mod crash;
mod desk;
mod dispatch;
mod documents;
mod effort;
mod export;
mod flows;
mod import;
mod laws;
mod memory;
mod merging;
mod person;
mod reports;
#[cfg(feature = "snapshots")]
mod snapshots;
mod source;
mod stats;
mod strings;
mod window;
