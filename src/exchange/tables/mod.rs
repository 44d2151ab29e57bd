//! Tables of observations, one row an observation: the columns, which all formats of tables share.

mod columns;
pub(super) mod csv;
pub(super) mod parquet;
#[cfg(test)]
mod tests;
pub(super) mod workbook;

pub(super) use columns::{Cell, Column, Kind, Row};
