//! Corpora: files of JSON Lines or CSV in which each row is a report.
//!
//! The content tells whether a file is one: its rows have a column of running text. A table of figures is none.

mod guess;
mod rows;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::text::read::{self, ReadError, RowFault};

/// So many letters of a cell are shown to whoever chooses columns.
const LOOK_LETTERS: usize = 60;

/// What is known of a file before it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// It is one report, whatever its content tells.
    pub is_one_report: bool,
    /// The columns that were named; the others are guessed. A named column of text makes any file a corpus.
    pub columns: Columns,
}

/// Which column of a corpus holds what; in JSON `a.b` is the key `b` within `a`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The report's text.
    pub text: Option<String>,
    /// Its id.
    pub id: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who published it.
    pub issuer: Option<String>,
    /// When it was published.
    pub date: Option<String>,
    /// The place it reports on.
    pub area: Option<String>,
    /// The period under review.
    pub period: Option<String>,
}

/// What a file that may be a corpus looks like, for a person who chooses its columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// How many rows it has.
    pub rows: usize,
    /// What its columns are called, each with the first words in it.
    pub columns: Vec<(String, String)>,
    /// What the columns seem to hold; without a text where none holds running text.
    pub guess: Columns,
}

/// Looks at a file that is rows by its name or content and may be a corpus: a table of figures is none.
pub fn look(bytes: &[u8], file_name: &str) -> Option<Look> {
    if !rows::looks_like_rows(bytes, file_name) {
        return None;
    }
    let text = read::decode(bytes, file_name).ok()?;
    let rows = rows::of(&text);
    let guess = guess::columns(&rows, &Columns::default());
    if guess.is_none() && !is_lines(file_name) {
        return None;
    }
    let first_words = |name: &String| rows.iter().take(guess::SAMPLE).find_map(|row| row.words(name));
    let columns = guess::names(&rows).into_iter().map(|name| {
        let words = first_words(&name).unwrap_or_default();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        (name, words.chars().take(LOOK_LETTERS).collect())
    });
    Some(Look {
        rows: rows.len(),
        columns: columns.collect(),
        guess: guess.unwrap_or_default(),
    })
}

/// One report of a corpus. What it does not say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The line of the file on which the row begins.
    pub line: usize,
    /// The id, which no other entry of the file has.
    pub id: String,
    /// The title.
    pub title: String,
    /// Who published it.
    pub issuer: String,
    /// When it was published, as `2025-03-11` where the words are a date.
    pub date: String,
    /// The place it reports on.
    pub area: String,
    /// The period under review.
    pub period: String,
    /// The text as the row has it.
    pub text: String,
}

/// The reports of a corpus, in the order of its rows, and what is wrong with the rows that are none.
pub type Entries = Vec<Result<Entry, ReadError>>;

/// Reads a corpus; `None` where the file is none and may be one report.
pub fn read(bytes: &[u8], file_name: &str, choice: &Choice) -> Option<Result<Entries, ReadError>> {
    let may_be_one = choice.columns.text.is_some() || rows::looks_like_rows(bytes, file_name);
    if choice.is_one_report || !may_be_one {
        return None;
    }
    let text = match read::decode(bytes, file_name) {
        Ok(text) => text,
        Err(error) => return Some(Err(error)),
    };
    let rows = rows::of(&text);
    let Some(columns) = guess::columns(&rows, &choice.columns) else {
        return named_in_vain(&rows, file_name, choice).map(Err);
    };
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let mut taken = BTreeSet::new();
    let entry = |row: rows::Row| {
        let line = row.line;
        let refused = |fault: RowFault| ReadError::Row {
            file_name: file_name.to_owned(),
            line,
            fault,
        };
        let mut entry = row.entry(&columns).map_err(refused)?;
        entry.id = free_id(&entry.id, stem, line, &mut taken);
        Ok(entry)
    };
    Some(Ok(rows.into_iter().map(entry).collect()))
}

/// The error where a column of text was named, or the file can hold nothing but rows, and there is none.
fn named_in_vain(rows: &[rows::Row], file_name: &str, choice: &Choice) -> Option<ReadError> {
    (choice.columns.text.is_some() || is_lines(file_name)).then(|| ReadError::NoText {
        file_name: file_name.to_owned(),
        columns: guess::names(rows).join(", "),
    })
}

/// Whether a file holds nothing but rows, by its name.
fn is_lines(file_name: &str) -> bool {
    let ending = file_name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    matches!(ending.as_deref(), Some("jsonl" | "ndjson"))
}

/// An id that is not `taken`; a bare number says more behind the file's name.
fn free_id(said: &str, stem: &str, line: usize, taken: &mut BTreeSet<String>) -> String {
    let is_number = said.chars().all(|letter| letter.is_ascii_digit());
    let mut id = match (said.is_empty(), is_number) {
        (true, _) => format!("{stem}-{line}"),
        (false, true) => format!("{stem}-{said}"),
        (false, false) => said.to_owned(),
    };
    while !taken.insert(id.clone()) {
        id = format!("{id}-{line}");
    }
    id
}
