//! JSON Lines as Prodigy writes them and spaCy's users read them: `{"text", "spans": [{"start", "end", "label"}]}`.
//!
//! Offsets count code points. A span's other keys are this program's fields; Prodigy keeps keys that it does not
//! know. Tokens are left to the reader, as `spacy.blank("zh")` makes one of each character.

use serde_json::{Map, Value as Json, json};

use super::annotated::{Annotated, Mark};

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
