//! The state through `dispatch`, without a window: state in, actions, state out.

mod decide;
mod files;
mod refuse;
mod save;
mod tools;
