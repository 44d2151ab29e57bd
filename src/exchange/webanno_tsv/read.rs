//! Reading TSV of `WebAnno` 3.0 to 3.3: our layer, or any other layer of spans.

use std::collections::HashMap;

use serde_json::json;

use super::{LINK, MORE, NAME, NOTHING, SPAN, UNSAID};
use crate::exchange::annotated::put_label;
use crate::exchange::export::Format;
use crate::exchange::record::{At, Object, Record, Refused, Why, words};
use crate::exchange::ruler::Unit;
use crate::model::Field;

/// A layer of spans, as the head declares it.
struct Layer<'a> {
    name: &'a str,
    columns: Vec<Column<'a>>,
    /// Which of a line's fields is its first column.
    first: usize,
}

#[derive(Clone, Copy)]
enum Column<'a> {
    /// A feature; without a name one that only says that there is a span.
    Feature(&'a str),
    /// The spans that a link feature points to.
    Target(&'a str),
}

/// A span, as far as it has been read.
struct Found {
    at: At,
    layer: usize,
    start: usize,
    end: usize,
    said: Object,
    /// The first of the spans that its link feature points to.
    target: Option<String>,
}

/// Reads a file; `unit` is what its offsets count where that is not UTF-16.
pub(in crate::exchange) fn read(name: &str, bytes: &[u8], unit: Option<Unit>) -> Vec<Record> {
    let unit = unit.unwrap_or(Format::WebAnnoTsv.unit());
    let content = String::from_utf8_lossy(bytes);
    let mut reader = Reader::new(unit, content.len());
    for (number, line) in content.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        reader.line(At::line(number + 1), line);
    }
    let mut record = reader.finish();
    record.name = Some(name.to_owned());
    record.count_code_points(unit);
    vec![record]
}

struct Reader<'a> {
    unit: Unit,
    /// A text cannot be longer than its file.
    most: usize,
    layers: Vec<Layer<'a>>,
    columns: usize,
    text: String,
    /// How long the text is, as the file counts.
    length: usize,
    /// The lines of the sentence whose first token is still to come.
    sentence: String,
    found: Vec<Found>,
    by_number: HashMap<&'a str, usize>,
    by_token: HashMap<&'a str, Vec<usize>>,
    refused: Vec<Refused>,
}

impl<'a> Reader<'a> {
    fn new(unit: Unit, most: usize) -> Self {
        Self {
            unit,
            most,
            layers: Vec::new(),
            columns: 3,
            text: String::new(),
            length: 0,
            sentence: String::new(),
            found: Vec::new(),
            by_number: HashMap::new(),
            by_token: HashMap::new(),
            refused: Vec::new(),
        }
    }

    fn line(&mut self, at: At, line: &'a str) {
        if let Some(layer) = line.strip_prefix("#T_SP=") {
            self.declare(layer);
        } else if let Some(layer) = line
            .strip_prefix("#T_RL=")
            .or_else(|| line.strip_prefix("#T_CH="))
        {
            self.columns += layer
                .split('|')
                .skip(1)
                .filter(|column| !column.is_empty())
                .count()
                .max(1);
        } else if let Some(words) = line.strip_prefix("#Text=") {
            self.sentence.push_str(&plain(words, true));
            self.sentence.push('\n');
        } else if !line.starts_with('#') && !line.is_empty() && self.token(at, line).is_none() {
            self.refused.push(Refused {
                at,
                why: Why::Unread(line.chars().take(40).collect()),
            });
        }
    }

    fn declare(&mut self, layer: &'a str) {
        let mut parts = layer.split('|');
        let name = parts.next().unwrap_or_default();
        let mut columns: Vec<Column<'a>> = Vec::new();
        let mut link = None;
        for part in parts.filter(|part| !part.is_empty()) {
            columns.push(match (part.strip_prefix("ROLE_"), link.take()) {
                (Some(role), _) => {
                    let feature = role.split_once(':').map_or("", |(_, feature)| feature);
                    link = Some(feature.split('_').next().unwrap_or_default());
                    Column::Feature("")
                }
                (None, Some(feature)) => Column::Target(feature),
                (None, None) => Column::Feature(part),
            });
        }
        if columns.is_empty() {
            columns.push(Column::Feature(""));
        }
        let first = self.columns;
        self.columns += columns.len();
        self.layers.push(Layer { name, columns, first });
    }

    /// Takes what a line says of a token.
    fn token(&mut self, at: At, line: &'a str) -> Option<()> {
        let fields: Vec<&'a str> = line.split('\t').collect();
        let id = *fields.first()?;
        let (start, end) = fields.get(1)?.split_once('-')?;
        let (start, end): (usize, usize) = (start.parse().ok()?, end.parse().ok()?);
        if !self.sentence.is_empty() {
            self.begin_sentence(start)?;
        }
        for layer in 0..self.layers.len() {
            self.spans(at, layer, (id, start, end), &fields);
        }
        Some(())
    }

    /// Puts a sentence where its first token stands, as `INCEpTION` does.
    fn begin_sentence(&mut self, start: usize) -> Option<()> {
        let sentence = std::mem::take(&mut self.sentence);
        if self.length > start && self.text.ends_with('\n') {
            self.text.pop();
            self.length -= 1;
        }
        let gap = start.saturating_sub(self.length);
        if gap > self.most {
            return None;
        }
        self.text.extend(std::iter::repeat_n(' ', gap));
        self.text.push_str(&sentence);
        let length = match self.unit {
            Unit::Utf16 => sentence.encode_utf16().count(),
            Unit::CodePoints => sentence.chars().count(),
        };
        self.length += gap + length;
        Some(())
    }

    /// Takes what the columns of a layer say of a token: a span for each of the stacked values.
    fn spans(&mut self, at: At, layer: usize, (id, start, end): (&'a str, usize, usize), fields: &[&'a str]) {
        let Some(Layer { columns, first, .. }) = self.layers.get(layer) else {
            return;
        };
        let columns: Vec<(Column<'a>, &'a str)> = columns
            .iter()
            .copied()
            .zip(fields.iter().skip(*first).copied())
            .collect();
        let mut stack: Vec<usize> = Vec::new();
        for (column, value) in columns {
            if value == NOTHING || value.is_empty() && stack.is_empty() {
                continue;
            }
            for (depth, value) in stacked(value).into_iter().enumerate() {
                let (value, number) = match column {
                    Column::Feature(_) => numbered(value),
                    Column::Target(_) => (value, None),
                };
                let known = stack.get(depth).copied();
                let of_number = || number.and_then(|number| self.by_number.get(number).copied());
                let place = known.or_else(of_number).unwrap_or(self.found.len());
                if place == self.found.len() {
                    self.found.push(Found {
                        at,
                        layer,
                        start,
                        end,
                        said: Object::new(),
                        target: None,
                    });
                    self.by_token.entry(id).or_default().push(place);
                }
                if known.is_none() {
                    stack.push(place);
                }
                if let Some(number) = number {
                    self.by_number.entry(number).or_insert(place);
                }
                if let Some(found) = self.found.get_mut(place) {
                    found.end = end;
                    found.say(column, value);
                }
            }
        }
    }

    fn finish(self) -> Record {
        let is_wanted = |found: &&Found| self.layer_of(found).is_some_and(is_wanted);
        let mentions = self.found.iter().filter(is_wanted);
        let mentions = mentions.map(|found| (found.at, self.mention(found))).collect();
        // A reader of sentences adds a line break behind the last one.
        let text = self.text.strip_suffix('\n').unwrap_or(&self.text).to_owned();
        Record {
            name: None,
            text: Some(text),
            mentions,
            refused: self.refused,
        }
    }

    fn layer_of(&self, found: &Found) -> Option<&'a str> {
        self.layers.get(found.layer).map(|layer| layer.name)
    }

    fn mention(&self, found: &Found) -> Object {
        let mut mention = Object::new();
        mention.insert("start".to_owned(), json!(found.start));
        mention.insert("end".to_owned(), json!(found.end));
        let is_ours = self.layer_of(found) == Some(SPAN);
        if is_ours {
            let known = Field::ALL
                .iter()
                .map(|field| field.name())
                .chain(MORE)
                .chain(["score"]);
            for key in known {
                if let Some(said) = found.said.get(key) {
                    mention.insert(key.to_owned(), said.clone());
                }
            }
        }
        if let Some(name) = found.target.as_deref().and_then(|target| self.pointed_to(target)) {
            mention.insert("indicator_span".to_owned(), json!([name.start, name.end]));
        }
        let first = || {
            found
                .said
                .values()
                .next()
                .and_then(|said| said.as_str().map(str::to_owned))
        };
        let label = words(&found.said, &["label", "value"]).or_else(|| if is_ours { None } else { first() });
        if let Some(label) = label {
            put_label(&mut mention, &label);
        }
        mention
    }

    /// The name that `1-3[2]` stands for.
    fn pointed_to(&self, target: &str) -> Option<&Found> {
        let (token, number) = numbered(target);
        let is_name = |found: &&Found| self.layer_of(found) == Some(NAME);
        match number {
            Some(number) => self.found.get(*self.by_number.get(number)?),
            None => self
                .by_token
                .get(token)?
                .iter()
                .filter_map(|place| self.found.get(*place))
                .find(is_name),
        }
    }
}

impl Found {
    fn say(&mut self, column: Column<'_>, value: &str) {
        match column {
            Column::Feature("") => {}
            Column::Feature(feature) if value != UNSAID && value != NOTHING => {
                self.said.insert(feature.to_owned(), json!(plain(value, false)));
            }
            Column::Target(LINK) if value != UNSAID && value != NOTHING => {
                let first = value.split(';').next().unwrap_or_default();
                self.target.get_or_insert_with(|| first.to_owned());
            }
            Column::Feature(_) | Column::Target(_) => {}
        }
    }
}

/// Whether the spans of a layer may be decisions: not those that every text has.
fn is_wanted(layer: &str) -> bool {
    let is_given = layer.starts_with("de.tudarmstadt.") || layer.starts_with("org.dkpro.");
    layer != NAME && (!is_given || layer.ends_with(".NamedEntity"))
}

/// The values of a column that stand on one another.
fn stacked(column: &str) -> Vec<&str> {
    let mut is_escaped = false;
    let is_separator = |letter: char| {
        let was_escaped = std::mem::take(&mut is_escaped);
        is_escaped = letter == '\\' && !was_escaped;
        letter == '|' && !was_escaped
    };
    column.split(is_separator).collect()
}

/// A value and the number behind it, `[3]`.
fn numbered(value: &str) -> (&str, Option<&str>) {
    let number = value.strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
    match number {
        Some((value, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            (value, Some(number))
        }
        _ => (value, None),
    }
}

/// Words without their escapes; those of texts are more.
fn plain(words: &str, is_text: bool) -> String {
    let mut plain = String::with_capacity(words.len());
    let mut letters = words.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().filter(|_| letter == '\\');
        let meant = match next {
            Some('t') => Some('\t'),
            Some('n') => Some('\n'),
            Some('r') if is_text => Some('\r'),
            Some('f') if is_text => Some('\u{c}'),
            Some('b') if is_text => Some('\u{8}'),
            Some(control @ ('\0'..='\u{7}' | '\u{e}'..='\u{1f}')) if is_text => Some(control),
            Some(sign @ ('[' | ']' | '|' | '_' | ';' | '*' | '-')) if !is_text => Some(sign),
            Some('\\') => Some('\\'),
            _ => None,
        };
        if meant.is_some() {
            letters.next();
        }
        plain.push(meant.unwrap_or(letter));
    }
    plain
}
