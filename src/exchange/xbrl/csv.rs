//! xBRL-CSV: the facts of all reports in one table, what its columns are in JSON, and the taxonomy. It only goes out.
//!
//! The last columns are comments in the model's sense: they say where a fact was stated, in code points, and what an
//! observation has besides.

use std::io;

use csv::{Terminator, WriterBuilder};
use serde_json::{Map, Value as Json, json};

use super::taxonomy::{self, Dimension};
use super::{Fact, NAMESPACES, facts};
use crate::exchange::annotated::{Annotated, Mark};
use crate::exchange::export::{Format, Selection, Written};
use crate::exchange::periods::Period;
use crate::model::Field;

/// The specification that the metadata follow.
const DOCUMENT: &str = "https://xbrl.org/2021/xbrl-csv";
/// A dimension that a fact does not have.
const NONE: &str = "#none";
/// The columns besides those of our dimensions.
const CORE: [&str; 7] = ["id", "concept", "entity", "period", "unit", "decimals", "value"];
/// The columns that are no part of a fact, and the fields among them.
const PLACE: [&str; 4] = ["report", "start", "end", "quote"];
const REST: [Field; 6] = [
    Field::IndicatorText,
    Field::ValueType,
    Field::ObsValue,
    Field::UnitMult,
    Field::ObsStatus,
    Field::Note,
];

/// Hands over metadata, table and taxonomy.
pub(in crate::exchange) fn write(
    selection: &Selection<'_>,
    put: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>,
) -> io::Result<Written> {
    let mut table = WriterBuilder::new()
        .terminator(Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    let dimensions = Dimension::ALL.iter().map(|dimension| dimension.name());
    table.write_record(CORE.into_iter().chain(dimensions).chain(comments()))?;
    let mut number = 0;
    let written = selection.visit(Format::XbrlCsv, |page| {
        number += 1;
        for mark in &page.marks {
            for fact in facts(page, mark) {
                table.write_record(row(page, mark, number, &fact))?;
            }
        }
        Ok(())
    })?;
    let table = table
        .into_inner()
        .map_err(|error| io::Error::other(error.to_string()))?;
    let mut metadata = serde_json::to_vec_pretty(&metadata())?;
    metadata.push(b'\n');
    put("report.json", &metadata)?;
    put("facts.csv", &table)?;
    taxonomy::write(&selection.project.catalogue, put)?;
    Ok(written)
}

fn row(page: &Annotated<'_>, mark: &Mark<'_>, report: usize, fact: &Fact) -> Vec<String> {
    let (start, end) = mark.at;
    let bound = fact.bound.map(|bound| format!("-{bound}")).unwrap_or_default();
    let or_none = |words: Option<String>| words.map_or_else(|| NONE.to_owned(), |words| unspecial(&words));
    let mut row = vec![
        format!("r{report}-f{start}-{end}{bound}"),
        fact.concept.clone(),
        or_none(fact.entity.clone()),
        or_none(fact.period.map(Period::oim)),
        or_none(fact.unit.clone()),
        fact.decimals.to_string(),
        fact.value.to_string(),
    ];
    for dimension in Dimension::ALL {
        let said = fact.dimensions.iter().find(|(other, _)| *other == dimension);
        row.push(or_none(said.map(|(_, words)| words.clone())));
    }
    row.extend([
        page.report.id.to_string(),
        start.to_string(),
        end.to_string(),
        mark.words.to_owned(),
    ]);
    let said = |field: &Field| Some(mark.ruling.observation()?.words(*field));
    row.extend(REST.iter().filter_map(said));
    row
}

fn comments() -> impl Iterator<Item = &'static str> {
    PLACE.into_iter().chain(REST.iter().map(|field| field.name()))
}

/// Words that a reader does not take for one of the specification's own values.
fn unspecial(words: &str) -> String {
    if words.starts_with('#') {
        format!("#{words}")
    } else {
        words.to_owned()
    }
}

/// What the table's columns are.
fn metadata() -> Json {
    let namespaces: Map<String, Json> = NAMESPACES
        .iter()
        .map(|(prefix, uri)| ((*prefix).to_owned(), json!(uri)))
        .collect();
    let mut dimensions = Map::new();
    for core in ["concept", "entity", "period", "unit"] {
        dimensions.insert(core.to_owned(), json!(format!("${core}")));
    }
    for dimension in Dimension::ALL {
        let name = dimension.name();
        dimensions.insert(format!("ia:{name}"), json!(format!("${name}")));
    }
    let mut columns = Map::new();
    let parameters = CORE.iter().copied().filter(|column| *column != "value");
    for column in parameters.chain(Dimension::ALL.iter().map(|dimension| dimension.name())) {
        columns.insert(column.to_owned(), json!({}));
    }
    columns.insert(
        "value".to_owned(),
        json!({ "dimensions": dimensions, "decimals": "$decimals" }),
    );
    for column in comments() {
        columns.insert(column.to_owned(), json!({ "comment": true }));
    }
    json!({
        "documentInfo": { "documentType": DOCUMENT, "namespaces": namespaces, "taxonomy": [taxonomy::ENTRY] },
        "tableTemplates": { "facts": { "rowIdColumn": "id", "columns": columns } },
        "tables": { "facts": { "url": "facts.csv" } },
    })
}
