//! Turns the numbers of Chinese reports into typed indicator data.
//!
//! The crate is a library and a thin `main.rs`. Each room knows only the rooms
//! beneath it; `tests/it/architecture.rs` holds the code to that.

pub mod app;
pub mod cli;
pub mod edit;
pub mod exchange;
pub mod extract;
pub mod model;
pub mod number;
pub mod query;
pub mod store;
pub mod text;
pub mod ui;

/// An extraction makes a dozen short strings for each number, and threads make them side by side.
///
/// Without huge pages (`no_thp`): of a page of 2 MB a single string would hold all for the rest of the day.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
