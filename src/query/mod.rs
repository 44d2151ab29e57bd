//! Pure derivations of a project: marks, ledger, tables, flags, favourites, agreement, curation, merging.
//!
//! May use model, text, number and edit. Never contains I/O or egui, and never changes a project.

pub mod agreement;
mod alternatives;
pub mod checks;
mod contenders;
pub mod curate;
mod favourites;
mod flags;
mod ledger;
mod marks;
pub mod merge;
pub mod queue;
mod table;
pub mod timeline;

pub use alternatives::alternatives;
pub use contenders::{Contest, Dispute, contest_at, contests, if_accepted, leading};
pub use favourites::{MOST_FAVOURITES, count_uses, favourites, uses};
pub use flags::{Flag, flags};
pub use ledger::Ledger;
pub use marks::{Mark, Marks, Standing};
pub use table::{Column, Row, rows};
