//! A table of mentions as CSV, one row a mention.

use std::io;

use csv::{Terminator, WriterBuilder};
use serde_json::Value as Json;

/// The columns, which are the fields of JSON Lines.
const COLUMNS: &[&str] = &[
    "document",
    "start",
    "end",
    "text",
    "role",
    "indicator",
    "indicator_text",
    "value_type",
    "comparator",
    "obs_value",
    "unit_mult",
    "value",
    "value_min",
    "value_max",
    "unit",
    "unit_measure",
    "measure",
    "time_period",
    "ref_area",
    "ref_scope",
    "value_nature",
    "agent",
    "score",
];

/// The line of column names.
///
/// # Errors
/// Never in practice: memory takes what is written to it.
pub fn head() -> io::Result<String> {
    write(std::iter::once(
        COLUMNS.iter().map(|column| (*column).to_owned()).collect(),
    ))
}

/// One line for each mention as JSON Lines has it; absent fields are empty.
///
/// # Errors
/// Never in practice: memory takes what is written to it.
pub fn rows(mentions: &[Json]) -> io::Result<String> {
    let cell = |mention: &Json, column: &str| match mention.get(column) {
        None | Some(Json::Null) => String::new(),
        Some(Json::String(words)) => words.clone(),
        Some(other) => other.to_string(),
    };
    write(
        mentions
            .iter()
            .map(|mention| COLUMNS.iter().map(|column| cell(mention, column)).collect()),
    )
}

fn write(rows: impl Iterator<Item = Vec<String>>) -> io::Result<String> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(&row)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| io::Error::other(error.to_string()))?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn cells_with_commas_and_quotes_are_quoted_and_absent_ones_are_empty() {
        let mention =
            json!({ "document": "a,b", "start": 3, "text": "“1,5\"", "role": "indicator", "score": 0.9 });
        let rows = rows(&[mention]).unwrap();
        assert!(rows.starts_with("\"a,b\",3,,\"“1,5\"\"\",indicator,,"), "{rows}");
        assert!(rows.ends_with(",0.9\n"), "{rows}");
        assert_eq!(head().unwrap().trim_end().split(',').count(), COLUMNS.len());
    }
}
