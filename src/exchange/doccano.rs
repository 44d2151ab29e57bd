//! doccano's JSON Lines for sequence labelling: `{"text", "label": [[start, end, label], …]}`.
//!
//! doccano counts as its JavaScript does, in UTF-16. Other programs write such files with code points, so ours say
//! which they count in `offset_unit`, which doccano keeps as metadata like `document`.

use serde_json::{Value as Json, json};

use super::annotated::{Annotated, put_label};
use super::export::Format;
use super::record::{At, Object, Piece, Record, Refused, Why, json_pieces, object, words};
use super::ruler::Unit;

/// A report as one line.
pub(super) fn line(page: &Annotated<'_>) -> Json {
    let labels = page
        .marks
        .iter()
        .map(|mark| json!([mark.at.0, mark.at.1, mark.label()]));
    json!({
        "text": page.text,
        "label": labels.collect::<Vec<_>>(),
        "document": page.report.id,
        "annotator": page.annotator,
        "offset_unit": Format::Doccano.unit().code(),
    })
}

/// Reads lines of labels, and of entities: `{"start_offset", "end_offset", "label"}`.
pub(super) fn read(bytes: &[u8], unit: Option<Unit>) -> Vec<Record> {
    let record = |(at, piece): Piece| match piece.and_then(|json| object(at, json)) {
        Ok(object) => from_object(at, &object, unit),
        Err(refused) => Record::refused(refused),
    };
    json_pieces(bytes).map(record).collect()
}

fn from_object(at: At, object: &Object, unit: Option<Unit>) -> Record {
    let text = words(object, &["text", "data"]);
    let labels = ["label", "labels", "entities"]
        .iter()
        .find_map(|key| object.get(*key)?.as_array());
    let (Some(text), Some(labels)) = (text, labels) else {
        return Record::refused(Refused {
            at,
            why: Why::UnknownShape,
        });
    };
    let meta = object.get("meta").and_then(Json::as_object);
    let said = |keys: &[&str]| words(object, keys).or_else(|| words(meta?, keys));
    let mut record = Record {
        name: said(&["document", "filename", "file"]),
        text: Some(text),
        ..Record::default()
    };
    for (place, label) in labels.iter().enumerate() {
        let at = at.mention(place + 1);
        match mention(label) {
            Some(mention) => record.mentions.push((at, mention)),
            None => record.refused.push(Refused {
                at,
                why: Why::NoPlace,
            }),
        }
    }
    let stated = said(&["offset_unit"]).and_then(|code| Unit::from_code(&code));
    record.count_code_points(unit.or(stated).unwrap_or(Format::Doccano.unit()));
    record
}

fn mention(label: &Json) -> Option<Object> {
    let (start, end, label) = match label {
        Json::Array(parts) => match parts.as_slice() {
            [start, end, label, ..] => (start, end, label),
            _ => return None,
        },
        entity => (
            entity.get("start_offset")?,
            entity.get("end_offset")?,
            entity.get("label")?,
        ),
    };
    let mut mention = Object::new();
    mention.insert("start".to_owned(), start.clone());
    mention.insert("end".to_owned(), end.clone());
    put_label(&mut mention, label.as_str()?);
    Some(mention)
}
