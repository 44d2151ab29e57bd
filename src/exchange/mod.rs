//! Formats of other programs, one file each.
//!
//! May use model, text, number, extract, edit, query and `std::fs`. Never contains egui.

pub mod jsonl;
pub mod label_studio;
pub mod predictions;
pub mod table;
