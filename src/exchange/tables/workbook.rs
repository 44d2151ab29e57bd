//! A layer as an Excel workbook: observations, reports, dismissed numbers, and what the columns mean.

use std::io::{self, Write};
use std::path::Path;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format as Look, FormatAlign, IgnoreError, Url, Workbook, Worksheet,
    XlsxError,
};

use super::{Cell, Column, Kind, Row};
use crate::exchange::annotated::Annotated;
use crate::exchange::export::{Format, Selection, Written};
use crate::exchange::links;
use crate::exchange::words::Words;
use crate::model::{
    Comparator, DismissReason, Field, Measure, ObsStatus, Origin, Ruling, ValueNature, ValueType,
};
use crate::store::layout;

/// The most rows of a sheet.
const MOST_ROWS: u32 = 1_048_576;
/// The most links of a sheet.
const MOST_LINKS: u32 = 65_530;
/// The longest words of a cell, in UTF-16.
const LONGEST_WORDS: usize = 32_767;
/// So many digits of a number Excel keeps.
const MOST_DIGITS: usize = 15;

const DISMISSED: &[Column] = &[
    Column::Reason,
    Column::Text,
    Column::Sentence,
    Column::Document,
    Column::Title,
    Column::Page,
    Column::Start,
    Column::End,
    Column::Origin,
    Column::Agent,
    Column::Score,
    Column::Annotator,
];

/// Writes the workbook; `from` is the folder that it will stand in, from where its links lead.
pub fn write(selection: &Selection<'_>, from: Option<&Path>, out: &mut dyn Write) -> io::Result<Written> {
    let words = Words::of(selection.project.language);
    let looks = Looks::new();
    let mut observations = Table::of_columns("sheet.observations", Column::OBSERVATIONS, &words);
    let mut dismissed = Table::of_columns("sheet.dismissed", DISMISSED, &words);
    let mut reports = Table::new("sheet.reports", report_heads(&words));
    let written = selection.visit(Format::Xlsx, |page| {
        let link = links::to_file(selection.folder, from, &layout::text_path(&page.report.id))
            .and_then(|path| url(&path));
        let (mut tagged, mut rejected) = (0, 0);
        for mark in &page.marks {
            let row = Row {
                page,
                mark,
                catalogue: &selection.project.catalogue,
            };
            let is_tagged = matches!(mark.ruling, Ruling::Tagged(_));
            let table = if is_tagged {
                &mut observations
            } else {
                &mut dismissed
            };
            let cells = table
                .columns
                .iter()
                .map(|column| row.shown(*column, &words))
                .collect();
            *(if is_tagged { &mut tagged } else { &mut rejected }) += 1;
            table
                .put(cells, link.as_deref(), &looks)
                .map_err(io::Error::other)?;
        }
        reports
            .put(report_cells(page, tagged, rejected), link.as_deref(), &looks)
            .map_err(io::Error::other)
    })?;
    let legend = legend(&[&observations, &reports, &dismissed], &words, &looks);
    let tables = [
        observations,
        reports,
        dismissed,
        legend.map_err(io::Error::other)?,
    ];
    let bytes = finish(tables, &selection.project.title, &words, &looks);
    out.write_all(&bytes.map_err(io::Error::other)?)?;
    Ok(written)
}

fn finish<const N: usize>(
    tables: [Table; N],
    title: &str,
    words: &Words,
    looks: &Looks,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same layer gives the same bytes, whenever it is written.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(
        &DocProperties::new()
            .set_title(title)
            .set_creation_datetime(&created),
    );
    for table in tables {
        for sheet in table.finish(words, looks)? {
            book.push_worksheet(sheet);
        }
    }
    book.save_to_buffer()
}

/// The head of a column.
struct Head {
    /// What people read, and its key in the tables of words.
    words: String,
    key: &'static str,
    /// Its name in files.
    code: &'static str,
    kind: Kind,
    /// In letters of the usual font.
    width: u8,
    /// Whether long words are broken into lines.
    is_wrapped: bool,
}

fn head_of(column: Column, words: &Words) -> Head {
    let (width, is_wrapped) = match column {
        Column::Sentence => (64, true),
        Column::Of(Field::Note) => (30, true),
        Column::Name | Column::Document | Column::Title => (26, false),
        Column::Of(Field::Indicator | Field::IndicatorText | Field::Value) | Column::Number => (20, false),
        Column::Text | Column::Least | Column::Most | Column::Reason | Column::Agent => (16, false),
        Column::Page
        | Column::Start
        | Column::End
        | Column::Of(Field::Unit | Field::ValueNature | Field::Comparator) => (9, false),
        _ => (12, false),
    };
    Head {
        words: words.t(column.key()).to_owned(),
        key: column.key(),
        code: column.code(),
        kind: column.kind(),
        width,
        is_wrapped,
    }
}

fn report_heads(words: &Words) -> Vec<Head> {
    let head = |key, code, kind, width| Head {
        words: words.t(key).to_owned(),
        key,
        code,
        kind,
        width,
        is_wrapped: false,
    };
    vec![
        head_of(Column::Document, words),
        head("column.title", "title", Kind::Text, 48),
        head("details.issuer", "issuer", Kind::Text, 20),
        head("details.date", "date", Kind::Text, 12),
        head("details.area", "area", Kind::Text, 12),
        head("details.period", "period", Kind::Text, 12),
        head("details.original", "original", Kind::Text, 30),
        head("column.chars", "chars", Kind::Whole, 10),
        head("sheet.observations", "observations", Kind::Whole, 12),
        head("sheet.dismissed", "dismissed", Kind::Whole, 12),
        head("column.sha256", "sha256", Kind::Text, 20),
    ]
}

fn report_cells<'a>(page: &Annotated<'a>, tagged: i64, dismissed: i64) -> Vec<Cell<'a>> {
    let report = page.report;
    let text = |words: &'a str| {
        if words.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(words.into())
        }
    };
    vec![
        text(&report.id.0),
        text(&report.title),
        text(&report.issuer),
        text(&report.date),
        text(&report.area),
        text(&report.period),
        text(&report.original),
        Cell::Whole(report.fingerprint.chars as i64),
        Cell::Whole(tagged),
        Cell::Whole(dismissed),
        text(&report.fingerprint.sha256),
    ]
}

/// What each column is called in files and what it holds, and the codes behind words.
fn legend(tables: &[&Table], words: &Words, looks: &Looks) -> Result<Table, XlsxError> {
    let head = |key, width, is_wrapped| Head {
        words: words.t(key).to_owned(),
        key,
        code: "",
        kind: Kind::Text,
        width,
        is_wrapped,
    };
    let heads = vec![
        head("legend.sheet", 16, false),
        head("legend.head", 20, false),
        head("legend.code", 20, false),
        head("legend.shown", 20, false),
        head("legend.about", 80, true),
    ];
    let text = |words: &str| {
        if words.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(words.to_owned().into())
        }
    };
    let mut legend = Table::new("sheet.legend", heads);
    for table in tables {
        let sheet = words.t(table.name);
        for head in &table.heads {
            let about = words.get(&format!("{}.hint", head.key)).unwrap_or_default();
            let cells = [sheet, &head.words, head.code, "", about];
            legend.put(cells.map(text).into(), None, looks)?;
        }
    }
    for (column, codes) in vocabularies(words) {
        let sheet = words.t(if column == Column::Reason {
            "sheet.dismissed"
        } else {
            "sheet.observations"
        });
        let head = words.t(column.key());
        for (code, shown) in codes {
            legend.put([sheet, head, code, &shown, ""].map(text).into(), None, looks)?;
        }
    }
    Ok(legend)
}

/// The columns that are shown in words, with their codes and the words for them.
fn vocabularies(words: &Words) -> Vec<(Column, Vec<(&'static str, String)>)> {
    fn codes<T: Copy>(all: &[T], code: impl Fn(T) -> &'static str) -> Vec<&'static str> {
        all.iter().map(|term| code(*term)).collect()
    }
    let fields = [
        (Field::Measure, codes(Measure::ALL, Measure::code)),
        (Field::ValueNature, codes(ValueNature::ALL, ValueNature::code)),
        (Field::Comparator, codes(Comparator::ALL, Comparator::code)),
        (Field::ValueType, codes(ValueType::ALL, ValueType::code)),
        (Field::ObsStatus, codes(ObsStatus::ALL, ObsStatus::code)),
    ];
    let of_field = |(field, codes): (Field, Vec<&'static str>)| {
        let shown = |code| (code, words.of_code(field, code).unwrap_or_default());
        (Column::Of(field), codes.into_iter().map(shown).collect())
    };
    let origins = Origin::ALL
        .iter()
        .map(|origin| (origin.code(), words.of_origin(*origin).to_owned()));
    let reasons = DismissReason::ALL
        .iter()
        .map(|reason| (reason.code(), words.of_reason(*reason).to_owned()));
    let others = [
        (Column::Origin, origins.collect()),
        (Column::Reason, reasons.collect()),
    ];
    fields.into_iter().map(of_field).chain(others).collect()
}

/// How cells look.
struct Looks {
    head: Look,
    text: Look,
    wrapped: Look,
    link: Look,
    whole: Look,
    share: Look,
    /// Numbers, by how many digits stand behind the point.
    numbers: Vec<Look>,
}

impl Looks {
    fn new() -> Self {
        let plain = || Look::new().set_align(FormatAlign::Top);
        let places = |count: usize| {
            if count == 0 {
                "#,##0".to_owned()
            } else {
                format!("#,##0.{}", "0".repeat(count))
            }
        };
        Self {
            head: Look::new()
                .set_bold()
                .set_background_color(0x00EE_F1F6)
                .set_text_wrap()
                .set_align(FormatAlign::Top),
            // Words are never formulas, and never turned into numbers when they are edited.
            text: plain().set_num_format("@"),
            wrapped: plain().set_text_wrap().set_num_format("@"),
            link: plain().set_hyperlink(),
            whole: plain().set_num_format("0"),
            share: plain().set_num_format("0.00"),
            numbers: (0..=MOST_DIGITS)
                .map(|count| plain().set_num_format(places(count)))
                .collect(),
        }
    }
}

/// A table, on one sheet or on several where it is too long for one.
struct Table {
    /// The key of its name.
    name: &'static str,
    columns: &'static [Column],
    heads: Vec<Head>,
    /// The sheets that are full, and the one that is being filled.
    sheets: Vec<Worksheet>,
    /// How many rows the last sheet has.
    rows: u32,
}

impl Table {
    fn new(name: &'static str, heads: Vec<Head>) -> Self {
        Self {
            name,
            columns: &[],
            heads,
            sheets: Vec::new(),
            rows: MOST_ROWS,
        }
    }

    fn of_columns(name: &'static str, columns: &'static [Column], words: &Words) -> Self {
        Self {
            columns,
            ..Self::new(
                name,
                columns.iter().map(|column| head_of(*column, words)).collect(),
            )
        }
    }

    /// Adds a row; the report's cell becomes a link.
    fn put(&mut self, cells: Vec<Cell<'_>>, link: Option<&str>, looks: &Looks) -> Result<(), XlsxError> {
        if self.rows >= MOST_ROWS {
            self.begin_sheet(looks)?;
        }
        let Some(sheet) = self.sheets.last_mut() else {
            return Ok(());
        };
        let row = self.rows;
        for ((place, cell), head) in (0..).zip(cells).zip(&self.heads) {
            let is_link = head.code == Column::Document.code() && row <= MOST_LINKS;
            match (cell, link) {
                (Cell::Text(words), Some(link)) if is_link => {
                    let url = Url::new(link).set_text(fitting(&words));
                    sheet.write_url_with_format(row, place, url, &looks.link)?;
                }
                (cell, _) => write_cell(sheet, (row, place), cell, head, looks)?,
            }
        }
        self.rows += 1;
        Ok(())
    }

    fn begin_sheet(&mut self, looks: &Looks) -> Result<(), XlsxError> {
        let mut sheet = Worksheet::new();
        for (place, head) in (0..).zip(&self.heads) {
            sheet.write_string_with_format(0, place, &head.words, &looks.head)?;
            sheet.set_column_width(place, head.width)?;
            if head.kind == Kind::Text {
                sheet.ignore_error_range(1, place, MOST_ROWS - 1, place, IgnoreError::NumberStoredAsText)?;
            }
        }
        sheet
            .set_freeze_panes(1, 1)?
            .set_repeat_rows(0, 0)?
            .set_landscape();
        self.sheets.push(sheet);
        self.rows = 1;
        Ok(())
    }

    fn finish(mut self, words: &Words, looks: &Looks) -> Result<Vec<Worksheet>, XlsxError> {
        if self.sheets.is_empty() {
            self.begin_sheet(looks)?;
        }
        let last = self.sheets.len() - 1;
        let right = self.heads.len().saturating_sub(1) as u16;
        for (place, sheet) in self.sheets.iter_mut().enumerate() {
            let bottom = if place == last {
                self.rows.saturating_sub(1)
            } else {
                MOST_ROWS - 1
            };
            sheet.autofilter(0, 0, bottom, right)?;
            let name = words.t(self.name);
            sheet.set_name(if place == 0 {
                name.to_owned()
            } else {
                format!("{name} {}", place + 1)
            })?;
        }
        Ok(self.sheets)
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, place): (u32, u16),
    cell: Cell<'_>,
    head: &Head,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let text = if head.is_wrapped {
        &looks.wrapped
    } else {
        &looks.text
    };
    match cell {
        Cell::Empty => {}
        Cell::Text(words) => {
            sheet.write_string_with_format(row, place, fitting(&words), text)?;
        }
        Cell::Whole(number) => {
            sheet.write_number_with_format(row, place, number as f64, &looks.whole)?;
        }
        Cell::Share(share) => {
            sheet.write_number_with_format(row, place, share, &looks.share)?;
        }
        Cell::Number(number) => {
            let digits = number.to_string();
            let look = looks.numbers.get(number.scale() as usize);
            let is_kept = digits.bytes().filter(u8::is_ascii_digit).count() <= MOST_DIGITS;
            match (digits.parse::<f64>(), look) {
                (Ok(float), Some(look)) if is_kept => {
                    sheet.write_number_with_format(row, place, float, look)?;
                }
                // What Excel would round stays words.
                _ => {
                    sheet.write_string_with_format(row, place, digits, &looks.text)?;
                }
            }
        }
    }
    Ok(())
}

/// As much of the words as a cell holds.
fn fitting(words: &str) -> String {
    if words.encode_utf16().count() <= LONGEST_WORDS {
        return words.to_owned();
    }
    let mut room = LONGEST_WORDS - 1;
    let fits = |letter: &char| {
        let left = room.checked_sub(letter.len_utf16());
        room = left.unwrap_or(room);
        left.is_some()
    };
    words.chars().take_while(fits).chain(['…']).collect()
}

/// A path as Excel's links have it; those it cannot have become no links.
fn url(path: &str) -> Option<String> {
    // What follows `#` would be a place within the file.
    (path.len() < 1_000 && !path.contains('#')).then(|| format!("file:///{}", links::escaped(path)))
}
