//! Our own JSON Lines: one decision a line, with the names that `extract` prints, offsets in code points.

use serde_json::{Value as Json, json};

use super::annotated::{Annotated, Mark, put_label};
use super::record::{At, Object, Piece, Record, Refused, Why, json_pieces, object, words};
use crate::model::Role;

/// A report's decisions as lines.
pub(super) fn lines(page: &Annotated<'_>) -> Vec<Json> {
    page.marks.iter().map(|mark| line(page, mark)).collect()
}

fn line(page: &Annotated<'_>, mark: &Mark<'_>) -> Json {
    let mut line = Object::new();
    line.insert("document".to_owned(), json!(page.report.id));
    line.insert("start".to_owned(), json!(mark.at.0));
    line.insert("end".to_owned(), json!(mark.at.1));
    line.insert("text".to_owned(), json!(mark.words));
    if let Some(number) = page.page_of(mark) {
        line.insert("page".to_owned(), json!(number));
    }
    if mark.ruling.observation().is_some() {
        line.insert("role".to_owned(), json!(Role::Indicator));
    }
    line.append(&mut mark.object());
    Json::Object(line)
}

/// Reads lines of decisions, and records of them: `{"id", "text", "mentions"}`.
pub(super) fn read(bytes: &[u8]) -> Vec<Record> {
    let record = |(at, piece): Piece| match piece.and_then(|json| object(at, json)) {
        Ok(object) => from_object(at, object),
        Err(refused) => Record::refused(refused),
    };
    json_pieces(bytes).map(record).collect()
}

fn from_object(at: At, mut object: Object) -> Record {
    let mut record = Record {
        name: words(&object, &["document", "id"]),
        ..Record::default()
    };
    match object.remove("mentions") {
        Some(Json::Array(mentions)) => {
            record.text = words(&object, &["text"]);
            for (place, mention) in mentions.into_iter().enumerate() {
                let at = at.mention(place + 1);
                match self::object(at, mention) {
                    Ok(mention) => record.mentions.push((at, labelled(mention))),
                    Err(refused) => record.refused.push(refused),
                }
            }
        }
        None if object.contains_key("start") => record.mentions.push((at, labelled(object))),
        _ => record.refused.push(Refused {
            at,
            why: Why::UnknownShape,
        }),
    }
    record
}

/// The same with what its label stands for.
fn labelled(mut mention: Object) -> Object {
    if let Some(Json::String(label)) = mention.remove("label") {
        put_label(&mut mention, &label);
    }
    mention
}
