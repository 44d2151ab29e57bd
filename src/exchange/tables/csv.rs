//! A layer's observations as CSV, in UTF-8 without a mark.

use std::io::{self, Write};

use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use serde_json::{Value as Json, json};

use super::{Cell, Column, Row};
use crate::exchange::export::{Format, Selection, Written};
use crate::exchange::record::{At, Object, Record, Refused, Why};
use crate::model::Field;

/// Writes a line of heads and one line an observation.
pub fn write(selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<Written> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::Any(b'\n'))
        .from_writer(out);
    writer.write_record(Column::OBSERVATIONS.iter().map(|column| column.code()))?;
    let written = selection.visit(Format::Csv, |page| {
        for mark in &page.marks {
            let row = Row {
                page,
                mark,
                catalogue: &selection.project.catalogue,
            };
            for column in Column::OBSERVATIONS {
                writer.write_field(words(row.cell(*column)))?;
            }
            writer.write_record(None::<&[u8]>)?;
        }
        Ok(())
    })?;
    writer.flush()?;
    Ok(written)
}

fn words(cell: Cell<'_>) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(words) => words.into_owned(),
        Cell::Whole(number) => number.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Share(share) => share.to_string(),
    }
}

/// Whether this is our line of heads.
pub fn is_ours(line: &str) -> bool {
    let heads = [
        Column::Document,
        Column::Start,
        Column::End,
        Column::Of(Field::Value),
    ];
    let has = |head: &Column| line.split(',').any(|word| word.trim_matches('"') == head.code());
    heads.iter().all(has)
}

/// Reads what [`write`] has written; columns may be missing or stand in another order.
pub fn read(bytes: &[u8]) -> Vec<Record> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(bytes);
    let heads = reader.headers().cloned().unwrap_or_default();
    let mut records = Vec::new();
    for row in reader.records() {
        let line = |position: Option<&csv::Position>| At::line(position.map_or(1, |at| at.line() as usize));
        records.push(match row {
            Ok(row) => Record {
                name: heads
                    .iter()
                    .zip(&row)
                    .find(|(head, _)| *head == Column::Document.code())
                    .map(|(_, id)| id.to_owned()),
                mentions: vec![(line(row.position()), mention(&heads, &row))],
                ..Record::default()
            },
            Err(error) => Record::refused(Refused {
                at: line(error.position()),
                why: Why::UnknownShape,
            }),
        });
    }
    records
}

/// A row as JSON Lines would have it.
fn mention(heads: &StringRecord, row: &StringRecord) -> Object {
    let cell = |column: Column| {
        heads
            .iter()
            .zip(row)
            .find(|(head, _)| *head == column.code())
            .map(|(_, cell)| cell)
    };
    let mut mention = Object::new();
    for column in Column::OBSERVATIONS {
        let Some(words) = cell(*column) else {
            continue;
        };
        let name = match column {
            Column::Of(field) => field.name(),
            Column::Text | Column::Start | Column::End | Column::Origin | Column::Agent | Column::Score => {
                column.code()
            }
            _ => continue,
        };
        // What is not said of these would be read from the words.
        let is_said = matches!(
            column,
            Column::Of(Field::Indicator | Field::Unit | Field::UnitMeasure)
        );
        if is_said || !words.is_empty() {
            mention.insert(name.to_owned(), read_cell(*column, words));
        }
    }
    let whole = |column| cell(column)?.parse::<usize>().ok();
    if let Some(span) = whole(Column::NameStart).zip(whole(Column::NameEnd)) {
        mention.insert("indicator_span".to_owned(), json!([span.0, span.1]));
    }
    mention
}

fn read_cell(column: Column, words: &str) -> Json {
    match column {
        Column::Start | Column::End => words
            .parse::<usize>()
            .map_or_else(|_none| json!(words), Json::from),
        Column::Score => words.parse::<f64>().map_or_else(|_none| json!(words), Json::from),
        _ => json!(words),
    }
}
