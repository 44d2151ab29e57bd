//! The fixed parts of the window around the text.

pub mod case_view;
pub mod cases;
pub mod checks;
pub mod crumb;
pub mod decision_bar;
pub mod favourites;
pub mod field_editor;
pub mod finds;
pub mod history;
pub mod inspector;
pub mod name_bar;
pub mod others;
pub mod queue;
pub mod reports;
pub mod start;
pub mod status;
pub mod table;
pub mod timeline;
pub mod top_bar;
