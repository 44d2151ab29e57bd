//! `extract --lines`: records in, one answer a record out, in order and in constant memory.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::parallel::in_order;
use crate::app::document::Document;
use crate::app::incoming;
use crate::exchange::jsonl::{self, Line, Page};
use crate::extract::Linker;
use crate::model::Catalogue;

/// Lines are handed to a thread in parcels of about so many bytes.
const PARCEL: usize = 1 << 16;

/// A line longer than this many bytes is answered by an error instead of being read.
const LONGEST: usize = 256 << 20;

/// Answers the records of all files (standard input if there are none or for `-`); whether all could be read.
pub fn answer_all(
    files: &[PathBuf],
    catalogue: &Catalogue,
    jobs: usize,
    out: &mut impl Write,
) -> io::Result<bool> {
    let linker = Linker::new(catalogue);
    let stdin = [PathBuf::from("-")];
    let mut all_well = true;
    for file in if files.is_empty() { &stdin } else { files } {
        let input: Box<dyn Read> = if file.as_os_str() == "-" {
            Box::new(io::stdin().lock())
        } else {
            let named =
                |error: io::Error| io::Error::new(error.kind(), format!("{error}: {}", file.display()));
            Box::new(File::open(file).map_err(named)?)
        };
        let mut parcels = Parcels {
            input: BufReader::with_capacity(PARCEL, input),
            failed: None,
        };
        let work = |lines: Vec<Vec<u8>>| {
            let answers: Vec<(String, bool)> = lines
                .iter()
                .map(|line| answer(line, catalogue, &linker))
                .collect();
            answers
        };
        in_order(jobs, &mut parcels, work, |answers| {
            for (words, is_well) in answers {
                all_well &= is_well;
                writeln!(out, "{words}")?;
            }
            // Whoever waits for an answer gets it before the next record is there.
            if jobs == 1 { out.flush() } else { Ok(()) }
        })?;
        if let Some(error) = parcels.failed {
            return Err(error);
        }
    }
    Ok(all_well)
}

/// Lines of an input in parcels; ends at the end of the input, or where it fails.
///
/// A parcel holds what has come, and waits for no more: who writes a record at a time has an answer before the next.
struct Parcels<R> {
    input: BufReader<R>,
    failed: Option<io::Error>,
}

impl<R: Read> Parcels<R> {
    fn has_line(&self) -> bool {
        memchr::memchr(b'\n', self.input.buffer()).is_some()
    }
}

impl<R: Read> Iterator for Parcels<R> {
    type Item = Vec<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        let (mut lines, mut bytes) = (Vec::new(), 0);
        while bytes == 0 || (bytes < PARCEL && self.has_line()) {
            match read_line(&mut self.input) {
                Ok(Some(line)) => {
                    bytes += line.len() + 1;
                    // A blank line is no record.
                    if line.iter().any(|byte| !byte.is_ascii_whitespace()) {
                        lines.push(line);
                    }
                }
                Ok(None) => break,
                Err(error) => {
                    self.failed = Some(error);
                    break;
                }
            }
        }
        (bytes > 0).then_some(lines)
    }
}

/// One line without its end, cut off where it is too long to be a record; `None` at the end of the input.
fn read_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let mut is_begun = false;
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(is_begun.then_some(line));
        }
        is_begun = true;
        let end = memchr::memchr(b'\n', buffer);
        let part = &buffer[..end.unwrap_or(buffer.len())];
        if line.len() <= LONGEST {
            line.extend_from_slice(part);
        }
        let used = part.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            return Ok(Some(line));
        }
    }
}

/// The answer to a record that could be read.
#[derive(Serialize)]
struct Answer<'a> {
    id: &'a Json,
    mentions: Vec<Line<'a>>,
}

/// The answer to one record, and whether it was one.
fn answer(line: &[u8], catalogue: &Catalogue, linker: &Linker<'_>) -> (String, bool) {
    let fail = |id: &Json, words: String| (json!({ "id": id, "error": words }).to_string(), false);
    if line.len() > LONGEST {
        return fail(&Json::Null, format!("the line is longer than {LONGEST} bytes"));
    }
    let record: Json = match serde_json::from_slice(line) {
        Ok(record) => record,
        Err(error) => return fail(&Json::Null, format!("no JSON record: {error}")),
    };
    let id = record.get("id").unwrap_or(&Json::Null);
    let Some(text) = record.get("text").and_then(Json::as_str) else {
        return fail(id, "the record has no `text` that is a string".to_owned());
    };
    match mentions(id, text, catalogue, linker) {
        Ok(words) => (words, true),
        Err(words) => fail(id, words),
    }
}

/// The mentions of a record's text, with offsets into that text as it was given.
fn mentions(id: &Json, text: &str, catalogue: &Catalogue, linker: &Linker<'_>) -> Result<String, String> {
    let bytes = text.as_bytes().into();
    let incoming = incoming::read_bytes(bytes, "record.txt", Some(encoding_rs::UTF_8))
        .map_err(|error| error.to_string())?;
    let document = Document::without_letters(incoming.report.id.clone(), incoming.text, &[]);
    let suggestions = document.suggest_with(&incoming.report, catalogue, linker);
    let page = Page {
        document: "",
        text: &document.text,
        index: &document.index,
        source: Some(&incoming.original.reading.source_map),
        pages: &[],
    };
    let mentions = jsonl::mentions_in_source(&page, text, &document.mentions, &suggestions);
    serde_json::to_string(&Answer { id, mentions }).map_err(|error| error.to_string())
}
