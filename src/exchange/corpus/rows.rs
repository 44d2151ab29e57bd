//! The rows of a file of JSON Lines, of a JSON array, or of CSV.

use csv::{ErrorKind, ReaderBuilder, StringRecord};
use serde_json::Value as Json;

use super::{Columns, Entry};
use crate::exchange::record::{Object, Piece, json_pieces};
use crate::text::read::{self, RowFault};

/// A row, or what is wrong with it.
pub(super) struct Row {
    /// The line on which it begins.
    pub line: usize,
    /// What its columns hold.
    pub cells: Result<Object, RowFault>,
}

/// Whether a file may hold rows: by its name, or because it begins as JSON does.
pub(super) fn looks_like_rows(bytes: &[u8], file_name: &str) -> bool {
    let ending = file_name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    let start = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start();
    matches!(ending.as_deref(), Some("csv" | "tsv" | "jsonl" | "ndjson"))
        || start.starts_with(b"{\"")
        || start.starts_with(b"[{")
}

/// The rows of a decoded file.
pub(super) fn of(text: &str) -> Vec<Row> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with(['{', '[']) {
        of_json(text)
    } else {
        of_csv(text)
    }
}

fn of_json(text: &str) -> Vec<Row> {
    let pieces = json_pieces(text.as_bytes()).enumerate();
    let row = |(place, (at, piece)): (usize, Piece)| Row {
        line: at.line.unwrap_or(place + 1),
        cells: match piece {
            Ok(Json::Object(cells)) => Ok(cells),
            Ok(_) => Err(RowFault::NotObject),
            Err(refused) => Err(RowFault::Broken(refused.why.to_string())),
        },
    };
    pieces.map(row).collect()
}

fn of_csv(text: &str) -> Vec<Row> {
    let delimiter = read::csv_delimiter(text).unwrap_or(b',');
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let heads = reader.headers().cloned().unwrap_or_default();
    let row = |record: Result<StringRecord, csv::Error>| match record {
        Ok(record) => Row {
            line: line_of(record.position()),
            cells: Ok(object(&heads, &record)),
        },
        Err(error) => Row {
            line: line_of(error.position()),
            cells: Err(fault_of(&error)),
        },
    };
    reader.records().map(row).collect()
}

fn line_of(position: Option<&csv::Position>) -> usize {
    position.map_or(1, |at| at.line() as usize)
}

fn fault_of(error: &csv::Error) -> RowFault {
    match *error.kind() {
        ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => RowFault::Cells {
            found: len,
            heads: expected_len,
        },
        _ => RowFault::Broken(error.to_string()),
    }
}

fn object(heads: &StringRecord, record: &StringRecord) -> Object {
    let cell = |(head, words): (&str, &str)| (head.trim().to_owned(), Json::from(words));
    heads.iter().zip(record).map(cell).collect()
}

impl Row {
    /// The words of a column; nothing where it is missing, empty or holds no words.
    pub fn words(&self, column: &str) -> Option<String> {
        let cells = self.cells.as_ref().ok()?;
        let found = cells.get(column).or_else(|| {
            let (outer, inner) = column.split_once('.')?;
            cells.get(outer)?.get(inner)
        });
        let words = match found? {
            Json::String(words) => words.clone(),
            Json::Number(number) => number.to_string(),
            _ => return None,
        };
        (!words.trim().is_empty()).then_some(words)
    }

    /// The report that the row is, without its id being made unique.
    pub fn entry(&self, columns: &Columns) -> Result<Entry, RowFault> {
        self.cells.as_ref().map_err(Clone::clone)?;
        let words = |column: &Option<String>| column.as_ref().and_then(|column| self.words(column));
        let said = |column: &Option<String>| {
            words(column)
                .map(|words| words.trim().to_owned())
                .unwrap_or_default()
        };
        let text =
            words(&columns.text).ok_or_else(|| RowFault::NoText(columns.text.clone().unwrap_or_default()))?;
        let date = said(&columns.date);
        Ok(Entry {
            line: self.line,
            id: said(&columns.id),
            title: said(&columns.title),
            issuer: said(&columns.issuer),
            date: read::date_of(&date).unwrap_or(date),
            area: said(&columns.area),
            period: said(&columns.period),
            text,
        })
    }
}
