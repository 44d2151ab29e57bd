//! Pure text: reading a report's bytes, offsets, its outline, segmentation, line breaking, search.
//!
//! May use `model` and std. Never contains I/O, egui or global state; bytes come in, data goes out.

pub mod linebreak;
pub mod offsets;
pub mod outline;
pub mod pinyin;
pub mod read;
pub mod search;
pub mod segment;
