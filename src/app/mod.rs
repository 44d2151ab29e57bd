//! State, commands, actions and the one `dispatch` that changes anything.
//!
//! May use all rooms but ui. Never draws.

pub mod action;
pub mod assess;
pub mod builtin;
pub mod command;
pub mod comparing;
pub mod curation;
pub mod dialogs;
mod dispatch;
pub mod document;
pub mod extractor;
pub mod foreign;
pub mod imports;
pub mod incoming;
pub mod intake;
pub mod jobs;
pub mod keeper;
pub mod learning;
pub mod notice;
pub mod outcome;
pub mod part_key;
pub mod ports;
pub mod review;
pub mod settings;
pub mod startup;
pub mod state;
pub mod timelines;

pub use dispatch::{dispatch, poll};

/// The name of the settings file in the program's data folder.
pub const SETTINGS_FILE: &str = "settings.ron";
