//! Reads tables of values parted by commas, semicolons or tabs, quoted as RFC 4180 has it.

use std::ops::Range;

use super::cells::Cells;
use super::page::Page;

/// What may part the fields of a record.
const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];
/// So many records tell the delimiter.
const SAMPLE: usize = 20;

/// What parts the fields of a table; `None` where most records have but one.
pub(super) fn delimiter(text: &str) -> Option<u8> {
    let parted = |delimiter: u8| {
        let records = Fields::new(text, delimiter)
            .records()
            .filter(|record| record.iter().any(|field| !field.is_empty()))
            .take(SAMPLE);
        let (mut all, mut several) = (0, 0);
        for record in records {
            all += 1;
            several += usize::from(record.len() > 1);
        }
        (several * 2 > all).then_some((several, delimiter))
    };
    let found = DELIMITERS.into_iter().rev().filter_map(parted);
    found
        .max_by_key(|(several, _)| *several)
        .map(|(_, delimiter)| delimiter)
}

/// What a note beneath a table begins with.
const NOTES: [&str; 4] = ["注", "说明", "数据来源", "资料来源"];

/// Copies the records of `range` (bytes of `source`) as rows, captions above them and notes as lines.
pub(super) fn read(page: &mut Page<'_>, source: &str, range: Range<usize>) {
    let text = source.get(range.clone()).unwrap_or_default();
    let fields = Fields::new(text, delimiter(text).unwrap_or(b','));
    let mut in_table = false;
    for record in fields.records() {
        let mut filled = record.iter().filter(|field| !field.is_blank(text));
        let first = filled.next().and_then(|field| text.get(field.words.clone()));
        let is_note = first.is_some_and(|words| NOTES.iter().any(|start| words.starts_with(start)));
        let is_line = filled.next().is_none() && (!in_table || is_note);
        in_table |= !is_line;
        let mut cells = Cells::default();
        for field in &record {
            if !is_line {
                cells.open_cell();
            }
            field.copy(page, &mut cells, source, range.start);
        }
        cells.close_row(
            page,
            range.start + record.last().map_or(0, |field| field.words.end),
        );
        page.end_started_line();
    }
}

/// A field of a record.
#[derive(Clone, Debug)]
struct Field {
    /// Where its words stand, without the quotes round them.
    words: Range<usize>,
    is_quoted: bool,
}

impl Field {
    fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn is_blank(&self, text: &str) -> bool {
        text.get(self.words.clone()).unwrap_or_default().trim().is_empty()
    }

    /// Copies the field, a doubled quote as one; `base` is where the table begins in the source.
    fn copy(&self, page: &mut Page<'_>, cells: &mut Cells, source: &str, base: usize) {
        let range = base + self.words.start..base + self.words.end;
        let words = source.get(range.clone()).unwrap_or_default();
        cells.before_text(page, range.start, words);
        let mut from = range.start;
        if self.is_quoted {
            for (at, _) in words.match_indices("\"\"") {
                page.copy(from..range.start + at);
                from = range.start + at + 1;
            }
        }
        page.copy(from..range.end);
    }
}

/// Walks through the fields of a table.
struct Fields<'t> {
    bytes: &'t [u8],
    delimiter: u8,
    at: usize,
}

impl<'t> Fields<'t> {
    fn new(text: &'t str, delimiter: u8) -> Self {
        Self {
            bytes: text.as_bytes(),
            delimiter,
            at: 0,
        }
    }

    fn records(mut self) -> impl Iterator<Item = Vec<Field>> {
        std::iter::from_fn(move || (self.at < self.bytes.len()).then(|| self.record()))
    }

    fn record(&mut self) -> Vec<Field> {
        let mut record = Vec::new();
        loop {
            record.push(self.field());
            match self.bytes.get(self.at) {
                Some(byte) if *byte == self.delimiter => self.at += 1,
                Some(b'\r') if self.bytes.get(self.at + 1) == Some(&b'\n') => {
                    self.at += 2;
                    return record;
                }
                Some(_) => {
                    self.at += 1;
                    return record;
                }
                None => return record,
            }
        }
    }

    fn field(&mut self) -> Field {
        if self.bytes.get(self.at) == Some(&b'"')
            && let Some(end) = self.closing_quote(self.at + 1)
        {
            let words = self.at + 1..end;
            self.at = self.end_of_field(end + 1);
            return Field {
                words,
                is_quoted: true,
            };
        }
        let start = self.at;
        self.at = self.end_of_field(start);
        Field {
            words: start..self.at,
            is_quoted: false,
        }
    }

    /// Where the quote stands that closes a field; a doubled one does not.
    fn closing_quote(&self, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            at += memchr::memchr(b'"', self.bytes.get(at..)?)?;
            if self.bytes.get(at + 1) != Some(&b'"') {
                return Some(at);
            }
            at += 2;
        }
    }

    fn end_of_field(&self, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        from + memchr::memchr3(self.delimiter, b'\n', b'\r', rest).unwrap_or(rest.len())
    }
}
