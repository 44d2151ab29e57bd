//! xBRL-JSON: a folder with a file for each report, and the taxonomy.
//!
//! Where a fact was stated is no part of the model. It stands in a property of our own, `ia:statement`, as the
//! specification allows: the words, their place in code points, and the fields as this program has them. What is
//! stated so can come back in.

use std::io;

use serde_json::{Map, Value as Json, json};

use super::taxonomy::{self, Dimension};
use super::{Fact, NAMESPACES, facts};
use crate::exchange::annotated::{Annotated, Mark, put_label};
use crate::exchange::export::{Format, Selection, Written};
use crate::exchange::periods::Period;
use crate::exchange::record::{At, Object, Record, Refused, Why, json_pieces, words};
use crate::model::Field;
use crate::store::layout::file_stem;

/// The specification that a file follows.
const DOCUMENT: &str = "https://xbrl.org/2021/xbrl-json";
/// The report that a file is about.
const REPORT: &str = "ia:report";
/// Where and as what a fact was stated.
const STATEMENT: &str = "ia:statement";
/// The other end of a range, which the statement stands with.
const OTHER_END: &str = "ia:other_end";

/// Hands over a file for each report, then those of the taxonomy.
pub(in crate::exchange) fn write(
    selection: &Selection<'_>,
    put: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>,
) -> io::Result<Written> {
    let written = selection.visit(Format::XbrlJson, |page| {
        let mut bytes = serde_json::to_vec_pretty(&report(page))?;
        bytes.push(b'\n');
        put(&format!("{}.json", file_stem(&page.report.id.0)), &bytes)
    })?;
    taxonomy::write(&selection.project.catalogue, put)?;
    Ok(written)
}

fn report(page: &Annotated<'_>) -> Json {
    let mut all = Map::new();
    for mark in &page.marks {
        let place = format!("f{}-{}", mark.at.0, mark.at.1);
        for fact in facts(page, mark) {
            let (id, property) = match fact.bound {
                Some("high") => (
                    format!("{place}-high"),
                    (OTHER_END, json!(format!("{place}-low"))),
                ),
                Some(bound) => (format!("{place}-{bound}"), (STATEMENT, statement(mark))),
                None => (place.clone(), (STATEMENT, statement(mark))),
            };
            all.insert(id, written(&fact, property));
        }
    }
    let namespaces: Map<String, Json> = NAMESPACES
        .iter()
        .map(|(prefix, uri)| ((*prefix).to_owned(), json!(uri)))
        .collect();
    json!({
        "documentInfo": { "documentType": DOCUMENT, "namespaces": namespaces, "taxonomy": [taxonomy::ENTRY] },
        REPORT: { "document": page.report.id, "title": page.report.title, "annotator": page.annotator },
        "facts": all,
    })
}

fn statement(mark: &Mark<'_>) -> Json {
    let mut statement = Map::new();
    statement.insert("start".to_owned(), json!(mark.at.0));
    statement.insert("end".to_owned(), json!(mark.at.1));
    statement.insert("text".to_owned(), json!(mark.words));
    statement.append(&mut mark.object());
    Json::Object(statement)
}

fn written(fact: &Fact, (property, said): (&str, Json)) -> Json {
    let mut dimensions = Map::new();
    let mut put = |key: &str, words: Option<&str>| {
        if let Some(words) = words {
            dimensions.insert(key.to_owned(), json!(words));
        }
    };
    put("concept", Some(&fact.concept));
    put("entity", fact.entity.as_deref());
    put("period", fact.period.map(Period::oim).as_deref());
    put("unit", fact.unit.as_deref());
    for (dimension, words) in &fact.dimensions {
        put(&format!("ia:{}", dimension.name()), Some(words));
    }
    json!({
        "value": fact.value.to_string(), "decimals": fact.decimals, "dimensions": dimensions, property: said,
    })
}

/// Reads the facts that say where they were stated.
pub(in crate::exchange) fn read(bytes: &[u8]) -> Vec<Record> {
    let mut records = Vec::new();
    for (at, piece) in json_pieces(bytes) {
        match piece {
            Ok(report) => records.push(from_report(at, &report)),
            Err(refused) => records.push(Record::refused(refused)),
        }
    }
    records
}

fn from_report(at: At, report: &Json) -> Record {
    let Some(facts) = report.get("facts").and_then(Json::as_object) else {
        return Record::refused(Refused {
            at,
            why: Why::UnknownShape,
        });
    };
    let about = report.get(REPORT).and_then(Json::as_object);
    let mut record = Record {
        name: about.and_then(|about| words(about, &["document"])),
        ..Record::default()
    };
    for (place, (id, fact)) in facts.iter().enumerate() {
        let at = at.mention(place + 1);
        let is_known = |other: &Json| other.as_str().is_some_and(|other| facts.contains_key(other));
        if fact.get(OTHER_END).is_some_and(is_known) {
            continue;
        }
        match mention(fact) {
            Some(mention) => record.mentions.push((at, mention)),
            None => record.refused.push(Refused {
                at,
                why: Why::Unread(format!(
                    "fact `{id}` does not say where it was stated ({STATEMENT})"
                )),
            }),
        }
    }
    record
}

/// What a fact states, where it says where; what its statement leaves out the fact itself says.
fn mention(fact: &Json) -> Option<Object> {
    let mut mention = fact.get(STATEMENT)?.as_object()?.clone();
    let dimensions = fact.get("dimensions").and_then(Json::as_object)?;
    let said = |key: &str| dimensions.get(key).and_then(Json::as_str);
    let mut add = |key: &str, words: Option<String>| {
        if let (Some(words), false) = (words, mention.contains_key(key)) {
            mention.insert(key.to_owned(), json!(words));
        }
    };
    for dimension in Dimension::ALL {
        if let Some(field) = dimension.field() {
            add(
                field,
                said(&format!("ia:{}", dimension.name())).map(str::to_owned),
            );
        }
    }
    let period = said("period").and_then(Period::from_oim);
    add(Field::TimePeriod.name(), period.map(Period::words));
    // Per cent are parts of one here, so only a number with a unit is what the words say.
    let is_plain = dimensions.contains_key("unit");
    let value = fact.get("value").and_then(Json::as_str).filter(|_| is_plain);
    add(Field::Value.name(), value.map(str::to_owned));
    let concept = said("concept")
        .and_then(|concept| concept.split_once(':'))
        .map(|(_, name)| name);
    if let Some(name) = concept.filter(|name| *name != taxonomy::OBSERVATION)
        && !mention.contains_key(Field::Indicator.name())
    {
        put_label(&mut mention, &taxonomy::words_of(name));
    }
    Some(mention)
}
