//! Tests of the room: whole projects in temporary folders.

mod samples;
mod saving;
