//! The W3C's Web Annotations: one page of them, each with a quote and a position.
//!
//! `start` and `end` count code points, as the Recommendation asks. A body tags with the label, another one describes
//! with the fields as JSON. The text itself is not in the file; the source names its report.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::annotated::{Annotated, Mark, put_label};
use super::export::{Format, Selection, Written};
use super::record::{At, Object, Record, Refused, Why, json_pieces, words};

/// So many code points stand beside a quote.
const CONTEXT: usize = 12;

/// Writes a page with all annotations, each on a line of its own.
pub(super) fn write(selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<Written> {
    out.write_all(b"{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":")?;
    serde_json::to_writer(
        &mut *out,
        &urn(&[selection.project.title.as_str(), &selection.annotator.0]),
    )?;
    out.write_all(b",\"type\":\"AnnotationPage\",\"items\":[")?;
    let mut separator: &[u8] = b"\n";
    let written = selection.visit(Format::WebAnnotation, |page| {
        for mark in &page.marks {
            out.write_all(std::mem::replace(&mut separator, b",\n"))?;
            serde_json::to_writer(&mut *out, &annotation(page, mark))?;
        }
        Ok(())
    })?;
    out.write_all(b"\n]}\n")?;
    Ok(written)
}

fn annotation(page: &Annotated<'_>, mark: &Mark<'_>) -> Json {
    let (start, end) = mark.at;
    let before = page.text.get(..mark.span.start).unwrap_or_default();
    let after = page.text.get(mark.span.end..).unwrap_or_default();
    let from = before
        .char_indices()
        .rev()
        .nth(CONTEXT - 1)
        .map_or(0, |(at, _)| at);
    let suffix: String = after.chars().take(CONTEXT).collect();
    let place = format!("{start},{end}");
    json!({
        "id": urn(&[&page.report.id.0, page.annotator, &page.report.fingerprint.sha256, &place]),
        "type": "Annotation",
        "motivation": "identifying",
        "creator": { "type": "Person", "name": page.annotator },
        "body": [
            { "type": "TextualBody", "purpose": "tagging", "value": mark.label() },
            { "type": "TextualBody", "purpose": "describing", "format": "application/json",
              "value": Json::Object(mark.object()).to_string() },
        ],
        "target": {
            "source": source(&page.report.id.0),
            "selector": [
                { "type": "TextQuoteSelector", "exact": mark.words,
                  "prefix": before.get(from..), "suffix": suffix },
                { "type": "TextPositionSelector", "start": start, "end": end },
            ],
        },
    })
}

/// A name that is the same for the same things: the digest of their words as a UUID of version 8.
fn urn(parts: &[&str]) -> String {
    let mut bytes: [u8; 16] = [0; 16];
    let digest = Sha256::digest(parts.join("\n").as_bytes());
    for (byte, of_digest) in bytes.iter_mut().zip(digest.iter()) {
        *byte = *of_digest;
    }
    let mut number = u128::from_be_bytes(bytes);
    number = number & !(0xf << 76) | (8 << 76);
    number = number & !(0x3 << 62) | (2 << 62);
    let digits = format!("{number:032x}");
    let part = |from, to| digits.get(from..to).unwrap_or_default();
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32)
    )
}

/// A report's text as a relative reference.
fn source(id: &str) -> String {
    let mut reference = String::new();
    for letter in id.chars() {
        if letter.is_alphanumeric() || matches!(letter, '-' | '.' | '_' | '~') {
            reference.push(letter);
        } else {
            for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a string cannot fail.
                write!(reference, "%{byte:02X}").unwrap_or_default();
            }
        }
    }
    reference + ".txt"
}

/// The report that a source names: its last step, without escapes and ending.
fn named(source: &str) -> String {
    let path = source.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    let mut bytes = Vec::new();
    let mut rest = last.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = tail.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        let code = code
            .filter(|_| *first == b'%')
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = tail.get(if code.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    let name = String::from_utf8_lossy(&bytes);
    name.strip_suffix(".txt").unwrap_or(&name).to_owned()
}

/// Reads a page, a collection with its first page, a list or lines of annotations.
pub(super) fn read(bytes: &[u8]) -> Vec<Record> {
    let mut records = Vec::new();
    for (at, piece) in json_pieces(bytes) {
        match piece {
            Ok(json) => take(at, &json, &mut records),
            Err(refused) => records.push(Record::refused(refused)),
        }
    }
    records
}

fn take(at: At, json: &Json, records: &mut Vec<Record>) {
    let page = json.get("first").unwrap_or(json);
    if let Some(items) = page.get("items").and_then(Json::as_array) {
        let items = items.iter().enumerate();
        records.extend(items.map(|(place, item)| from_annotation(at.mention(place + 1), item)));
    } else {
        records.push(from_annotation(at, json));
    }
}

fn from_annotation(at: At, json: &Json) -> Record {
    let target = json.get("target").map(|target| target.get(0).unwrap_or(target));
    let Some(target) = target.and_then(Json::as_object) else {
        return Record::refused(Refused {
            at,
            why: Why::UnknownShape,
        });
    };
    let mut mention = Object::new();
    for body in several(json.get("body")) {
        describe(&mut mention, body);
    }
    for selector in several(target.get("selector")) {
        for key in ["start", "end", "exact", "prefix", "suffix"] {
            if let Some(said) = selector.get(key) {
                mention.insert(key.to_owned(), said.clone());
            }
        }
    }
    if mention.contains_key("exact") && !mention.contains_key("start") {
        // A quote without a position is sought from the beginning.
        let length = words(&mention, &["exact"]).unwrap_or_default().chars().count();
        mention.insert("start".to_owned(), json!(0));
        mention.insert("end".to_owned(), json!(length));
    }
    Record {
        name: words(target, &["source"]).map(|source| named(&source)),
        mentions: vec![(at, mention)],
        ..Record::default()
    }
}

fn several(json: Option<&Json>) -> &[Json] {
    match json {
        None => &[],
        Some(Json::Array(all)) => all,
        Some(one) => std::slice::from_ref(one),
    }
}

/// Takes what a body says: a label, or fields.
fn describe(mention: &mut Object, body: &Json) {
    let value = body.get("value").unwrap_or(body).as_str().unwrap_or_default();
    let is_json = body.get("format").and_then(Json::as_str) == Some("application/json");
    match serde_json::from_str(value) {
        Ok(Json::Object(fields)) if is_json => mention.extend(fields),
        _ if is_json || value.is_empty() => {}
        _ => put_label(mention, value),
    }
}
