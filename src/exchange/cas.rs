//! UIMA's CAS in JSON, one file a report, as `INCEpTION` and cassis read it.
//!
//! `begin` and `end` count units of UTF-16. A decision is a span of the type `webanno.custom.Indicator`, whose features
//! are the label and the fields as strings; the words that name an indicator are a span of their own, which `name`
//! points to. In `INCEpTION` the two types are custom layers of these names.

use std::collections::BTreeMap;
use std::io;

use serde_json::{Value as Json, json};

use super::annotated::{Annotated, Mark, put_label};
use super::export::{Format, Selection, Written};
use super::record::{At, Object, Record, Refused, Why, json_pieces, whole, words};
use super::ruler::Unit;
use crate::model::Field;
use crate::store::layout::file_stem;

/// The type of decisions.
pub(super) const SPAN: &str = "webanno.custom.Indicator";
/// The type of words that name an indicator.
pub(super) const NAME: &str = "webanno.custom.IndicatorName";
/// The type of what is known of a report, as `DKPro` has it.
const METADATA: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
const STRING: &str = "uima.cas.String";

/// What a decision says besides its label and its fields.
pub(super) const MORE: [&str; 3] = ["reason", "origin", "agent"];

/// Hands over a file for each report: its name and what it holds.
pub(super) fn write(
    selection: &Selection<'_>,
    put: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>,
) -> io::Result<Written> {
    selection.visit(Format::Cas, |page| {
        let mut bytes = serde_json::to_vec_pretty(&cas(page))?;
        bytes.push(b'\n');
        put(&format!("{}.json", file_stem(&page.report.id.0)), &bytes)
    })
}

fn cas(page: &Annotated<'_>) -> Json {
    let length = page.text.encode_utf16().count();
    let mut structures = vec![
        json!({ "%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView",
                "mimeType": "text/plain", "sofaString": page.text }),
        json!({ "%ID": 2, "%TYPE": METADATA, "@sofa": 1, "begin": 0, "end": length, "language": "zh",
                "documentId": page.report.id, "documentTitle": page.report.title }),
    ];
    let mut names: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for mark in &page.marks {
        let name = mark.name.map(|(_, at)| {
            *names.entry(at).or_insert_with(|| {
                let id = structures.len() + 1;
                structures.push(json!({
                    "%ID": id, "%TYPE": NAME, "@sofa": 1, "begin": at.0, "end": at.1,
                }));
                id
            })
        });
        let id = structures.len() + 1;
        structures.push(Json::Object(structure(id, mark, name)));
    }
    let members: Vec<usize> = (2..=structures.len()).collect();
    json!({
        "%TYPES": types(),
        "%FEATURE_STRUCTURES": structures,
        "%VIEWS": { "_InitialView": { "%SOFA": 1, "%MEMBERS": members } },
    })
}

fn structure(id: usize, mark: &Mark<'_>, name: Option<usize>) -> Object {
    let mut structure = Object::new();
    structure.insert("%ID".to_owned(), json!(id));
    structure.insert("%TYPE".to_owned(), json!(SPAN));
    structure.insert("@sofa".to_owned(), json!(1));
    structure.insert("begin".to_owned(), json!(mark.at.0));
    structure.insert("end".to_owned(), json!(mark.at.1));
    structure.insert("label".to_owned(), json!(mark.label()));
    if let Some(name) = name {
        structure.insert("@name".to_owned(), json!(name));
    }
    let mut said = mark.object();
    said.remove("indicator_span");
    structure.append(&mut said);
    structure
}

/// The types with their features.
fn types() -> Json {
    let mut types = Object::new();
    let strings = Field::ALL
        .iter()
        .map(|field| field.name())
        .chain(MORE)
        .chain(["label"]);
    let features = strings
        .map(|name| (name, STRING))
        .chain([("score", "uima.cas.Double"), ("name", NAME)]);
    types.insert(SPAN.to_owned(), of_type(SPAN, "uima.tcas.Annotation", features));
    types.insert(
        NAME.to_owned(),
        of_type(NAME, "uima.tcas.Annotation", [].into_iter()),
    );
    let known = [("documentId", STRING), ("documentTitle", STRING)].into_iter();
    types.insert(
        METADATA.to_owned(),
        of_type(METADATA, "uima.tcas.DocumentAnnotation", known),
    );
    Json::Object(types)
}

fn of_type<'f>(name: &str, parent: &str, features: impl Iterator<Item = (&'f str, &'f str)>) -> Json {
    let mut defined = Object::new();
    defined.insert("%NAME".to_owned(), json!(name));
    defined.insert("%SUPER_TYPE".to_owned(), json!(parent));
    for (feature, range) in features {
        defined.insert(feature.to_owned(), json!({ "%NAME": feature, "%RANGE": range }));
    }
    Json::Object(defined)
}

/// Reads a CAS with our spans, or with named entities as `DKPro` has them.
pub(super) fn read(bytes: &[u8], unit: Option<Unit>) -> Vec<Record> {
    let mut records = Vec::new();
    for (at, piece) in json_pieces(bytes) {
        match piece {
            Ok(cas) => records.extend(from_cas(at, &cas, unit)),
            Err(refused) => records.push(Record::refused(refused)),
        }
    }
    records
}

/// A record for each text; mostly there is one.
fn from_cas(at: At, cas: &Json, unit: Option<Unit>) -> Vec<Record> {
    let Some(structures) = cas.get("%FEATURE_STRUCTURES").and_then(Json::as_array) else {
        return vec![Record::refused(Refused {
            at,
            why: Why::UnknownShape,
        })];
    };
    let objects: Vec<&Object> = structures.iter().filter_map(Json::as_object).collect();
    let id = |object: &Object, key: &str| object.get(key).and_then(whole);
    let by_id: BTreeMap<usize, &Object> = objects
        .iter()
        .filter_map(|object| Some((id(object, "%ID")?, *object)))
        .collect();
    let mut records: BTreeMap<usize, Record> = by_id
        .iter()
        .map(|(id, object)| {
            let record = Record {
                text: words(object, &["sofaString"]),
                ..Record::default()
            };
            (*id, record)
        })
        .filter(|(_, record)| record.text.is_some())
        .collect();
    for (place, object) in objects.iter().enumerate() {
        let Some(record) = id(object, "@sofa").and_then(|sofa| records.get_mut(&sofa)) else {
            continue;
        };
        let kind = words(object, &["%TYPE"]).unwrap_or_default();
        if kind == METADATA {
            record.name = words(object, &["documentId", "documentTitle"]);
        } else if kind == SPAN || kind.ends_with(".NamedEntity") {
            let name = id(object, "@name").and_then(|name| by_id.get(&name));
            record.mentions.push((
                at.mention(place + 1),
                mention(object, kind == SPAN, name.copied()),
            ));
        }
    }
    let mut records: Vec<Record> = records.into_values().collect();
    for record in &mut records {
        record.count_code_points(unit.unwrap_or(Format::Cas.unit()));
    }
    records
}

fn mention(object: &Object, is_ours: bool, name: Option<&Object>) -> Object {
    let mut mention = Object::new();
    let mut take = |key: &str, from: &Object, of: &str| {
        if let Some(said) = from.get(of).filter(|said| !said.is_null()) {
            mention.insert(key.to_owned(), said.clone());
        }
    };
    // What is zero is left out by some writers.
    let zero = json!(0);
    take("end", object, "end");
    if is_ours {
        for key in Field::ALL
            .iter()
            .map(|field| field.name())
            .chain(MORE)
            .chain(["score"])
        {
            take(key, object, key);
        }
    }
    mention.insert("start".to_owned(), object.get("begin").unwrap_or(&zero).clone());
    if let Some(name) = name {
        let span = json!([name.get("begin").unwrap_or(&zero), name.get("end")]);
        mention.insert("indicator_span".to_owned(), span);
    }
    let label = words(object, if is_ours { &["label"] } else { &["value"] });
    if let Some(label) = label {
        put_label(&mut mention, &label);
    }
    mention
}
