//! Turns the numbers of Chinese reports into typed indicator data.
//!
//! The crate is a library and a thin `main.rs`. Each room knows only the rooms
//! beneath it; `tests/it/architecture.rs` holds the code to that.

pub mod edit;
pub mod model;
