//! JSON Lines as Prodigy writes them and spaCy's users read them: `{"text", "spans": [{"start", "end", "label"}]}`.
//!
//! Offsets count code points. A span's other keys are this program's fields; Prodigy keeps keys that it does not
//! know. Tokens are left to the reader, as `spacy.blank("zh")` makes one of each character.

use serde_json::{Map, Value as Json, json};

use super::annotated::{Annotated, Mark, put_label};
use super::record::{At, Object, Piece, Record, Refused, Why, json_pieces, object, words};

/// A report as one line.
pub(super) fn line(page: &Annotated<'_>) -> Json {
    json!({
        "text": page.text,
        "spans": page.marks.iter().map(span).collect::<Vec<_>>(),
        "meta": meta(page),
        "answer": "accept",
    })
}

fn span(mark: &Mark<'_>) -> Json {
    let mut span = Map::new();
    span.insert("start".to_owned(), json!(mark.at.0));
    span.insert("end".to_owned(), json!(mark.at.1));
    span.insert("label".to_owned(), json!(mark.label()));
    span.insert("text".to_owned(), json!(mark.words));
    span.append(&mut mark.object());
    Json::Object(span)
}

/// The report and what is known of it.
pub(super) fn meta(page: &Annotated<'_>) -> Json {
    let report = page.report;
    let said = [
        ("document", &*report.id.0),
        ("annotator", page.annotator),
        ("title", &report.title),
        ("issuer", &report.issuer),
        ("date", &report.date),
        ("area", &report.area),
        ("period", &report.period),
    ];
    let said = said.into_iter().filter(|(_, words)| !words.is_empty());
    said.map(|(key, words)| (key.to_owned(), json!(words))).collect()
}

/// Reads lines of texts with spans, those that were accepted.
pub(super) fn read(bytes: &[u8]) -> Vec<Record> {
    let record = |(at, piece): Piece| match piece.and_then(|json| object(at, json)) {
        Ok(object) => from_object(at, object),
        Err(refused) => Record::refused(refused),
    };
    json_pieces(bytes).map(record).collect()
}

fn from_object(at: At, mut object: Object) -> Record {
    let Some(Json::Array(spans)) = object.remove("spans") else {
        return Record::refused(Refused {
            at,
            why: Why::UnknownShape,
        });
    };
    let answer = words(&object, &["answer"]).unwrap_or_default();
    if ["reject", "ignore"].contains(&answer.as_str()) {
        return Record::refused(Refused {
            at,
            why: Why::Unread(format!("the answer is `{answer}`")),
        });
    }
    let meta = object.get("meta").and_then(Json::as_object);
    let keys = ["document", "source", "id"];
    let mut record = Record {
        name: meta
            .and_then(|meta| words(meta, &keys))
            .or_else(|| words(&object, &keys)),
        text: words(&object, &["text"]),
        ..Record::default()
    };
    for (place, span) in spans.into_iter().enumerate() {
        let at = at.mention(place + 1);
        match self::object(at, span) {
            Ok(mut mention) => {
                if let Some(Json::String(label)) = mention.remove("label") {
                    put_label(&mut mention, &label);
                }
                record.mentions.push((at, mention));
            }
            Err(refused) => record.refused.push(refused),
        }
    }
    record
}
