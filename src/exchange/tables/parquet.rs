//! A layer's observations as a Parquet file: exact decimals, 64-bit offsets, words in UTF-8.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{
    ByteArray, ByteArrayType, DoubleType, FixedLenByteArray, FixedLenByteArrayType, Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::{Cell, Column, Kind, Row};
use crate::exchange::export::{Format, Selection, Written};
use crate::model::Decimal;

/// Digits of a number in all: those of every whole number that can be, and [`SCALE`] behind the point.
const PRECISION: i32 = 38;
/// Digits behind the point. A number with more of them is left out, and stands as its exact text.
const SCALE: i32 = 9;
/// The bytes that hold so many digits.
const WIDTH: i32 = 16;
/// So many rows are written at a time.
const ROWS: usize = 100_000;

/// Writes the table.
pub fn write(selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<Written> {
    let mut bytes = Vec::new();
    let mut file = begin(selection, &mut bytes).map_err(io::Error::other)?;
    let mut columns = vec![Vec::new(); Column::OBSERVATIONS.len()];
    let written = selection.visit(Format::Parquet, |page| {
        for mark in &page.marks {
            let row = Row {
                page,
                mark,
                catalogue: &selection.project.catalogue,
            };
            for (column, cells) in Column::OBSERVATIONS.iter().zip(&mut columns) {
                cells.push(owned(row.cell(*column)));
            }
        }
        let is_full = columns.first().is_some_and(|cells| cells.len() >= ROWS);
        if is_full {
            write_rows(&mut file, &mut columns).map_err(io::Error::other)
        } else {
            Ok(())
        }
    })?;
    write_rows(&mut file, &mut columns)
        .and_then(|()| file.close())
        .map_err(io::Error::other)?;
    out.write_all(&bytes)?;
    Ok(written)
}

fn begin<'b>(
    selection: &Selection<'_>,
    bytes: &'b mut Vec<u8>,
) -> Result<SerializedFileWriter<&'b mut Vec<u8>>, ParquetError> {
    let said = [
        ("offset_unit", "Unicode code points"),
        ("annotator", &selection.annotator.0),
        ("project", &selection.project.title),
    ];
    let said = said.map(|(key, words)| KeyValue::new(key.to_owned(), words.to_owned()));
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("indicator-annotator ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_key_value_metadata(Some(said.into()))
        .build();
    let fields = Column::OBSERVATIONS
        .iter()
        .map(|column| field(*column))
        .collect::<Result<_, _>>()?;
    let schema = Type::group_type_builder("observations")
        .with_fields(fields)
        .build()?;
    SerializedFileWriter::new(bytes, Arc::new(schema), Arc::new(properties))
}

fn field(column: Column) -> Result<TypePtr, ParquetError> {
    let field = |physical| {
        Type::primitive_type_builder(column.code(), physical).with_repetition(Repetition::OPTIONAL)
    };
    let decimal = LogicalType::decimal(SCALE, PRECISION);
    let field = match column.kind() {
        Kind::Text => field(Physical::BYTE_ARRAY).with_logical_type(Some(LogicalType::String)),
        Kind::Whole => field(Physical::INT64),
        Kind::Share => field(Physical::DOUBLE),
        Kind::Number => field(Physical::FIXED_LEN_BYTE_ARRAY)
            .with_length(WIDTH)
            .with_precision(PRECISION)
            .with_scale(SCALE)
            .with_logical_type(Some(decimal)),
    };
    Ok(Arc::new(field.build()?))
}

fn owned(cell: Cell<'_>) -> Cell<'static> {
    match cell {
        Cell::Text(words) => Cell::Text(words.into_owned().into()),
        Cell::Empty => Cell::Empty,
        Cell::Whole(number) => Cell::Whole(number),
        Cell::Number(number) => Cell::Number(number),
        Cell::Share(share) => Cell::Share(share),
    }
}

/// Writes the rows that wait, if there are any.
fn write_rows<W: Write + Send>(
    file: &mut SerializedFileWriter<W>,
    columns: &mut [Vec<Cell<'static>>],
) -> Result<(), ParquetError> {
    if columns.iter().all(Vec::is_empty) {
        return Ok(());
    }
    let mut group = file.next_row_group()?;
    for (column, cells) in Column::OBSERVATIONS.iter().zip(columns) {
        if let Some(mut writer) = group.next_column()? {
            write_column(&mut writer, column.kind(), &std::mem::take(cells))?;
            writer.close()?;
        }
    }
    group.close()?;
    Ok(())
}

fn write_column(
    writer: &mut SerializedColumnWriter<'_>,
    kind: Kind,
    cells: &[Cell<'_>],
) -> Result<(), ParquetError> {
    match kind {
        Kind::Text => {
            let (words, levels) = split(cells, |cell| match cell {
                Cell::Text(words) => Some(ByteArray::from(&**words)),
                _ => None,
            });
            writer
                .typed::<ByteArrayType>()
                .write_batch(&words, Some(&levels), None)
        }
        Kind::Whole => {
            let (numbers, levels) = split(cells, |cell| match cell {
                Cell::Whole(number) => Some(*number),
                _ => None,
            });
            writer
                .typed::<Int64Type>()
                .write_batch(&numbers, Some(&levels), None)
        }
        Kind::Share => {
            let (shares, levels) = split(cells, |cell| match cell {
                Cell::Share(share) => Some(*share),
                _ => None,
            });
            writer
                .typed::<DoubleType>()
                .write_batch(&shares, Some(&levels), None)
        }
        Kind::Number => {
            let (numbers, levels) = split(cells, |cell| match cell {
                Cell::Number(number) => decimal(*number),
                _ => None,
            });
            writer
                .typed::<FixedLenByteArrayType>()
                .write_batch(&numbers, Some(&levels), None)
        }
    }?;
    Ok(())
}

/// What there is, and for each cell whether it is there.
fn split<'c, T>(cells: &'c [Cell<'_>], take: impl Fn(&'c Cell<'_>) -> Option<T>) -> (Vec<T>, Vec<i16>) {
    let mut levels = Vec::with_capacity(cells.len());
    let mut values = Vec::new();
    for cell in cells {
        let value = take(cell);
        levels.push(i16::from(value.is_some()));
        values.extend(value);
    }
    (values, levels)
}

/// A number counted in the last digit of [`SCALE`], the highest byte first.
fn decimal(number: Decimal) -> Option<FixedLenByteArray> {
    let missing = u32::try_from(SCALE).ok()?.checked_sub(number.scale())?;
    let counted = number.mantissa().checked_mul(10i128.checked_pow(missing)?)?;
    Some(ByteArray::from(counted.to_be_bytes().to_vec()).into())
}
