//! CoNLL-2003's columns with IOB2 tags: one character a line, so that every span of Chinese text is whole tokens.
//!
//! There are no offsets, and no spaces: a reader lines the tokens up with the report's text. Sentences end at line
//! breaks and at `。！？；`, where no span goes on.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::json;

use super::annotated::{Annotated, Mark, put_label};
use super::record::{At, Object, Record, Refused, Why};

/// The line that begins a report.
const START: &str = "-DOCSTART- -X- O O";

/// Whether a letter is no token.
fn is_space(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control()
}

/// A report as lines of tokens.
pub(super) fn report(page: &Annotated<'_>) -> String {
    let mut lines = format!("{START}\n\n");
    let mut marks = page.marks.iter().peekable();
    let mut is_begun = false;
    for (at, letter) in page.text.char_indices() {
        while marks.next_if(|mark| mark.span.end <= at).is_some() {
            is_begun = false;
        }
        let mark = marks.peek().filter(|mark| mark.span.contains(at));
        if is_space(letter) {
            if letter == '\n' && mark.is_none() {
                end_sentence(&mut lines);
            }
            continue;
        }
        let tag = mark.map_or_else(|| "O".to_owned(), |mark| tag(mark, is_begun));
        is_begun = mark.is_some();
        // Writing to a string cannot fail.
        writeln!(lines, "{letter} -X- _ {tag}").unwrap_or_default();
        let goes_on = mark.is_some_and(|mark| mark.span.end > at + letter.len_utf8());
        if matches!(letter, '。' | '！' | '？' | '；') && !goes_on {
            end_sentence(&mut lines);
        }
    }
    end_sentence(&mut lines);
    lines
}

fn end_sentence(lines: &mut String) {
    if !lines.ends_with("\n\n") {
        lines.push('\n');
    }
}

fn tag(mark: &Mark<'_>, is_begun: bool) -> String {
    let label: Vec<String> = mark.label().split_whitespace().map(str::to_owned).collect();
    format!("{}-{}", if is_begun { 'I' } else { 'B' }, label.join("_"))
}

/// Some words of a file of columns that belong to one entity.
struct Entity {
    at: At,
    label: String,
    /// Among the solid characters of the file's report, from the first to one past the last.
    place: (usize, usize),
}

/// Reads columns, the first the token and the last the tag, IOB1 or IOB2.
///
/// `texts` are those that the tokens are lined up with: a report is the one with the same characters but for spaces.
pub(super) fn read<'a>(bytes: &[u8], texts: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Record> {
    let solid = |text: &str| -> String { text.chars().filter(|letter| !is_space(*letter)).collect() };
    let by_letters: BTreeMap<String, (&str, &str)> =
        texts.map(|(name, text)| (solid(text), (name, text))).collect();
    let content = String::from_utf8_lossy(bytes);
    let mut records = Vec::new();
    for (at, letters, entities, mut refused) in documents(&content) {
        let Some((name, text)) = by_letters.get(&letters) else {
            let beginning: String = letters.chars().take(12).collect();
            let why = Why::Unread(format!(
                "no report of the project has these words: 「{beginning}…」"
            ));
            refused.push(Refused { at, why });
            records.push(Record {
                refused,
                ..Record::default()
            });
            continue;
        };
        let places: Vec<usize> = text
            .chars()
            .enumerate()
            .filter(|(_, letter)| !is_space(*letter))
            .map(|(place, _)| place)
            .collect();
        let mention = |entity: Entity| {
            let (first, last) = (entity.place.0, entity.place.1.checked_sub(1)?);
            let mut mention = Object::new();
            mention.insert("start".to_owned(), json!(places.get(first)?));
            mention.insert("end".to_owned(), json!(places.get(last)? + 1));
            put_label(&mut mention, &entity.label);
            Some((entity.at, mention))
        };
        records.push(Record {
            name: Some((*name).to_owned()),
            text: Some((*text).to_owned()),
            mentions: entities.into_iter().filter_map(mention).collect(),
            refused,
        });
    }
    records
}

/// A report of a file: where it starts, its letters, their entities, and the lines that are none.
type Document = (At, String, Vec<Entity>, Vec<Refused>);

fn documents(content: &str) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    let mut open = false;
    let mut count = 0;
    for (number, line) in content.lines().enumerate() {
        let at = At::line(number + 1);
        let columns: Vec<&str> = line.split_whitespace().collect();
        if line.starts_with("-DOCSTART-") || documents.is_empty() {
            documents.push((at, String::new(), Vec::new(), Vec::new()));
            open = false;
            count = 0;
        }
        let Some((_, letters, entities, refused)) = documents.last_mut() else {
            continue;
        };
        let (token, tag) = match columns.as_slice() {
            [] => {
                open = false;
                continue;
            }
            ["-DOCSTART-", ..] => continue,
            [token, .., tag] => (*token, *tag),
            [_] => {
                refused.push(Refused {
                    at,
                    why: Why::Unread(line.to_owned()),
                });
                continue;
            }
        };
        letters.push_str(token);
        let before = count;
        count += token.chars().count();
        let after = count;
        let (kind, label) = tag.split_once('-').unwrap_or((tag, ""));
        let goes_on = open && kind == "I";
        match entities.last_mut().filter(|last| goes_on && last.label == label) {
            Some(last) => last.place.1 = after,
            None if matches!(kind, "B" | "I") => {
                entities.push(Entity {
                    at,
                    label: label.to_owned(),
                    place: (before, after),
                });
            }
            None => {}
        }
        open = matches!(kind, "B" | "I");
    }
    documents.retain(|(_, letters, ..)| !letters.is_empty());
    documents
}
