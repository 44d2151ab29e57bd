//! Tests of the room: whole projects in temporary folders.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod anchoring;
mod damage;
mod faults;
mod names;
mod outside;
mod recovery;
mod samples;
mod saving;
