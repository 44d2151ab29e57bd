//! The window, worked by keys and by mouse as a person works it.

mod agreement;
mod annotate;
mod corpus;
mod draw;
mod editors;
mod keys;
mod memory;
mod mouse;
mod places;
mod timeline;
