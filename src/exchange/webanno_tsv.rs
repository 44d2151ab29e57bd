//! `INCEpTION`'s and `WebAnno`'s TSV 3.3, a folder with a file for each report.
//!
//! Offsets count units of UTF-16. A decision is a span of the layer `webanno.custom.Indicator`, whose features are the
//! label and the fields as strings; the words that name an indicator are a span of `webanno.custom.IndicatorName`,
//! which the link feature `name` points to. Only features that a report needs are columns: `INCEpTION` refuses a
//! column that its layer does not have. Tokens are words, cut where a span begins or ends.
//!
//! The sentences hold all of the text, line breaks and indents with it, so that a reader puts the same text together.

mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;

use serde_json::{Value as Json, json};
use unicode_segmentation::UnicodeSegmentation as _;

use super::annotated::{Annotated, Mark};
use super::cas::{MORE, NAME, SPAN};
use super::export::{Format, Selection, Written};
use super::ruler::{Ruler, Unit};
use crate::model::{Field, Span};
use crate::store::layout::file_stem;

pub(super) use read::read;

/// What the first line of a file begins with.
pub(super) const FORMAT: &str = "#FORMAT=WebAnno TSV 3";
/// The link feature from a value to the words that name its indicator.
const LINK: &str = "name";
/// Nothing is annotated here.
const NOTHING: &str = "_";
/// Something is annotated, and this is not said of it.
const UNSAID: &str = "*";

/// Hands over a file for each report: its name and what it holds.
pub(super) fn write(
    selection: &Selection<'_>,
    put: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>,
) -> io::Result<Written> {
    selection.visit(Format::WebAnnoTsv, |page| {
        let name = format!("{}.tsv", file_stem(&page.report.id.0));
        put(&name, Page::of(page).lines().as_bytes())
    })
}

/// A decision with its columns.
struct Row {
    span: Span,
    said: BTreeMap<&'static str, String>,
    /// Which of the names it points to.
    name: Option<usize>,
}

/// A report, laid out as sentences of tokens.
struct Page<'a> {
    text: &'a str,
    rows: Vec<Row>,
    names: Vec<Span>,
    /// The features that are said of some decision, in the order of the columns.
    features: Vec<&'static str>,
    tokens: Vec<Span>,
    /// Where in the list of tokens each sentence begins.
    sentences: Vec<usize>,
}

impl<'a> Page<'a> {
    fn of(page: &Annotated<'a>) -> Self {
        let names: BTreeSet<Span> = page.marks.iter().filter_map(name).collect();
        let names: Vec<Span> = names.into_iter().collect();
        let rows: Vec<Row> = page
            .marks
            .iter()
            .map(|mark| Row {
                span: mark.span,
                said: said(mark),
                name: name(mark).and_then(|name| names.binary_search(&name).ok()),
            })
            .collect();
        let is_said = |feature: &&'static str| rows.iter().any(|row| row.said.contains_key(feature));
        let features = features().filter(is_said).collect();
        let mut spans: Vec<Span> = rows
            .iter()
            .map(|row| row.span)
            .chain(names.iter().copied())
            .collect();
        spans.sort_unstable();
        let tokens = tokens(page.text, &spans);
        let sentences = sentences(page.text, &tokens, &spans);
        Self {
            text: page.text,
            rows,
            names,
            features,
            tokens,
            sentences,
        }
    }

    /// The file.
    fn lines(&self) -> String {
        let mut lines = self.header();
        let ruler = Ruler::new(self.text, Unit::Utf16);
        let ids = Ids::of(self);
        for (number, first) in self.sentences.iter().enumerate() {
            lines.push('\n');
            lines.push_str(&self.sentence_text(number));
            let next = self
                .sentences
                .get(number + 1)
                .copied()
                .unwrap_or(self.tokens.len());
            for (place, token) in self
                .tokens
                .get(*first..next)
                .unwrap_or_default()
                .iter()
                .enumerate()
            {
                let (start, end) = (ruler.offset(token.start), ruler.offset(token.end));
                let words = token
                    .of(self.text)
                    .unwrap_or_default()
                    .replace(char::is_control, " ");
                // Writing to a string cannot fail.
                write!(lines, "{}-{}\t{start}-{end}\t{words}\t", number + 1, place + 1).unwrap_or_default();
                self.columns(*token, &ids, &mut lines);
                lines.push('\n');
            }
        }
        lines
    }

    fn header(&self) -> String {
        let mut header = format!("{FORMAT}.3\n");
        if !self.rows.is_empty() {
            let features = self.features.join("|");
            write!(header, "#T_SP={SPAN}|{features}").unwrap_or_default();
            if !self.names.is_empty() {
                write!(header, "|ROLE_{SPAN}:{LINK}_{SPAN}NameLink|{NAME}\n#T_SP={NAME}|")
                    .unwrap_or_default();
            }
            header.push('\n');
        }
        header + "\n"
    }

    /// A sentence up to the next one; a reader adds the last line break by itself.
    fn sentence_text(&self, number: usize) -> String {
        let starts = |number: usize| Some(self.tokens.get(*self.sentences.get(number)?)?.start);
        let start = starts(number).unwrap_or_default();
        let next = starts(number + 1);
        let words = self
            .text
            .get(start..next.unwrap_or(self.text.len()))
            .unwrap_or_default();
        let words = if next.is_some() {
            words.strip_suffix('\n').unwrap_or(words)
        } else {
            words
        };
        let mut lines = String::new();
        for line in words.split('\n') {
            // Writing to a string cannot fail.
            writeln!(lines, "#Text={}", escaped_text(line)).unwrap_or_default();
        }
        lines
    }

    /// What is said of a token.
    fn columns(&self, token: Span, ids: &Ids, line: &mut String) {
        let is_here = |span: Span| span.start <= token.start && token.end <= span.end;
        if !self.rows.is_empty() {
            let after = self.rows.partition_point(|row| row.span.end <= token.start);
            let row = self.rows.get(after).filter(|row| is_here(row.span));
            let id = row
                .and_then(|row| ids.of.get(&(SPAN, row.span)))
                .map(String::as_str);
            let mut put = |value: Option<&str>, id: &str| {
                write!(line, "{}{id}\t", value.unwrap_or(NOTHING)).unwrap_or_default();
            };
            for feature in &self.features {
                let value = row.map(|row| row.said.get(feature).map_or(UNSAID, String::as_str));
                put(value, id.unwrap_or_default());
            }
            if !self.names.is_empty() {
                let name = row.and_then(|row| self.names.get(row.name?)).copied();
                let role = name.map(|_| UNSAID);
                put(role, id.unwrap_or_default());
                let target = name.and_then(|name| ids.target(self, name));
                put(target.as_deref().or(row.map(|_| UNSAID)), "");
            }
        }
        if !self.names.is_empty() {
            let here = ids.names_at(self, token).filter(|name| is_here(*name));
            let id = |name| ids.of.get(&(NAME, name)).map_or("", String::as_str);
            let values: Vec<String> = here.map(|name| format!("{UNSAID}{}", id(name))).collect();
            let value = if values.is_empty() {
                NOTHING.to_owned()
            } else {
                values.join("|")
            };
            write!(line, "{value}\t").unwrap_or_default();
        }
    }

    /// The tokens that a span is made of.
    fn tokens_of(&self, span: Span) -> std::ops::Range<usize> {
        let first = self.tokens.partition_point(|token| token.start < span.start);
        first..self.tokens.partition_point(|token| token.end <= span.end)
    }
}

/// The numbers that hold spans of several tokens together, as they are written behind a value: `[3]`.
struct Ids {
    of: BTreeMap<(&'static str, Span), String>,
    /// The longest name, in bytes: how far back names are looked for.
    longest: usize,
}

impl Ids {
    fn of(page: &Page<'_>) -> Self {
        let mut of = BTreeMap::new();
        let mut number = |layer, span, is_stacked: bool| {
            if is_stacked || page.tokens_of(span).len() > 1 {
                let id = format!("[{}]", of.len() + 1);
                of.insert((layer, span), id);
            }
        };
        for row in &page.rows {
            number(SPAN, row.span, false);
        }
        let mut reached = 0;
        for (place, name) in page.names.iter().enumerate() {
            let next = page.names.get(place + 1);
            let is_stacked = name.start < reached || next.is_some_and(|next| next.start < name.end);
            number(NAME, *name, is_stacked);
            reached = reached.max(name.end);
        }
        let longest = page.names.iter().map(|name| name.end - name.start).max();
        Self {
            of,
            longest: longest.unwrap_or_default(),
        }
    }

    /// How a name is pointed to: its first token, and its number if it has one.
    fn target(&self, page: &Page<'_>, name: Span) -> Option<String> {
        let token = page.tokens_of(name).start;
        let sentence = page.sentences.partition_point(|first| *first <= token);
        let place = token - page.sentences.get(sentence.checked_sub(1)?)? + 1;
        let id = self.of.get(&(NAME, name)).map_or("", String::as_str);
        Some(format!("{sentence}-{place}{id}"))
    }

    /// The names that may cover a token.
    fn names_at<'p>(&self, page: &'p Page<'_>, token: Span) -> impl Iterator<Item = Span> + use<'p> {
        let reach = token.start.saturating_sub(self.longest);
        let from = page.names.partition_point(|name| name.start < reach);
        let names = page.names.get(from..).unwrap_or_default().iter().copied();
        names.take_while(move |name| name.start <= token.start)
    }
}

/// Every feature of a decision, in the order of the columns.
fn features() -> impl Iterator<Item = &'static str> {
    let fields = Field::ALL.iter().map(|field| field.name());
    ["label"].into_iter().chain(fields).chain(MORE).chain(["score"])
}

fn said(mark: &Mark<'_>) -> BTreeMap<&'static str, String> {
    let mut object = mark.object();
    object.insert("label".to_owned(), json!(mark.label()));
    let value = |feature: &'static str| match object.get(feature)? {
        Json::String(words) => Some((feature, escaped(words))),
        other => Some((feature, escaped(&other.to_string()))),
    };
    features().filter_map(value).collect()
}

fn name(mark: &Mark<'_>) -> Option<Span> {
    mark.name?;
    mark.ruling.observation()?.indicator_span
}

/// The words of a text, cut where spans begin and end.
///
/// What is empty is a token where a span begins or ends with it, and at the beginning, as a text begins with its first.
fn tokens(text: &str, spans: &[Span]) -> Vec<Span> {
    let starts: BTreeSet<usize> = spans.iter().map(|span| span.start).collect();
    let ends: BTreeSet<usize> = spans.iter().map(|span| span.end).collect();
    let cuts: BTreeSet<usize> = starts.union(&ends).copied().collect();
    let mut tokens = Vec::new();
    for (at, word) in text.split_word_bound_indices() {
        let mut from = at;
        let end = at + word.len();
        for to in cuts.range(at + 1..end.max(at + 1)).copied().chain([end]) {
            let token = Span::new(from, to);
            let words = token.of(text).unwrap_or_default();
            let is_empty = words
                .chars()
                .all(|letter| letter.is_whitespace() || letter.is_control());
            if !is_empty || from == 0 || starts.contains(&from) || ends.contains(&to) {
                tokens.push(token);
            }
            from = to;
        }
    }
    tokens
}

/// Where sentences begin: behind line breaks and full stops that no span goes across.
fn sentences(text: &str, tokens: &[Span], spans: &[Span]) -> Vec<usize> {
    let mut sentences: Vec<usize> = (!tokens.is_empty()).then_some(0).into_iter().collect();
    let mut spans = spans.iter().peekable();
    let mut covered = 0;
    for (place, pair) in tokens.windows(2).enumerate() {
        let [token, next] = pair else { continue };
        while let Some(span) = spans.next_if(|span| span.start <= token.start) {
            covered = covered.max(span.end);
        }
        let gap = text.get(token.end..next.start).unwrap_or_default();
        let ends = token
            .of(text)
            .is_some_and(|words| words.ends_with(['。', '！', '？', '；']));
        if covered <= token.end && (ends || gap.contains('\n')) {
            sentences.push(place + 1);
        }
    }
    sentences
}

/// A value without what means something in a column.
fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    let mut letters = words.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => escaped.extend(['\\', letter]),
            '-' if letters.peek() == Some(&'>') => escaped.push_str("\\-"),
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            // There is no escape for it, and a reader would end the line there.
            '\r' => escaped.push(' '),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// A line of a sentence without letters that a reader would not take for text.
fn escaped_text(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    for letter in line.chars() {
        match letter {
            '\\' => escaped.push_str("\\\\"),
            '\t' => escaped.push_str("\\t"),
            '\r' => escaped.push_str("\\r"),
            '\u{c}' => escaped.push_str("\\f"),
            '\u{8}' => escaped.push_str("\\b"),
            '\0'..='\u{7}' | '\u{e}'..='\u{1f}' => escaped.extend(['\\', letter]),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Layer, Report};
    use crate::text::offsets::fingerprint;

    #[test]
    fn the_text_is_put_together_again_with_all_of_its_spaces() {
        let texts = [
            "",
            " ",
            "\n\n",
            "一",
            "\u{3000}\n\t一、\\n\r\n\r\n\u{3000}二。三！\u{b}😀\u{1}四\n",
            "a\n\n\nb \n",
            "\u{a0}x",
        ];
        for text in texts {
            let report = Report {
                id: "a".into(),
                title: String::new(),
                issuer: String::new(),
                date: String::new(),
                area: String::new(),
                period: String::new(),
                original: String::new(),
                encoding: String::new(),
                fingerprint: fingerprint(text),
            };
            let layer = Layer::default();
            let page = Annotated::new((&report, text), ("b", &layer), &[], Unit::Utf16);
            let lines = Page::of(&page).lines();
            let read = read("a", lines.as_bytes(), None);
            let found: Vec<_> = read
                .iter()
                .map(|record| (record.text.as_deref(), record.refused.len()))
                .collect();
            assert_eq!(found, [(Some(text), 0)], "{lines}");
        }
    }
}
