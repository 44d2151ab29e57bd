//! What decisions teach, and how that changes what is suggested.
//!
//! Pure. `view` is what a decision and the extractor's own opinion can be compared by; `teach` says which lessons a
//! decision teaches and which it proves right or wrong; `recall` finds the lessons that speak of a suggestion by the
//! words of it; `remind` changes the suggestions by them. `phrase` cuts the words around a number that lessons keep.
//!
//! The extractor's own opinion is always what lessons are compared with, never what they made of it, so that it does
//! not matter in which order decisions are made or taken back.

mod phrase;
mod recall;
mod remind;
mod teach;
mod view;

#[cfg(test)]
mod tests;

pub use remind::{draft_reminded, remind};
pub use teach::learn;
