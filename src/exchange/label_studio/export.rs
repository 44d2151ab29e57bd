//! A report as a task of Label Studio, with a layer as its annotation and proposals as its predictions.
//!
//! A region and what is said of it share an id; the words that name an indicator are a region of their own, which
//! values point to. `start` and `end` count code points. `config` writes the configuration that the project in Label
//! Studio needs: `Labels` called `label`, and for each field `Choices` or a `TextArea` with `perRegion`.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::exchange::annotated::{Annotated, Mark, NAME, share};
use crate::exchange::spacy;
use crate::model::{Comparator, Field, Measure, ObsStatus, Origin, ValueNature, ValueType};

/// A report as one task.
pub(in crate::exchange) fn task(page: &Annotated<'_>) -> Json {
    let mut data = spacy::meta(page);
    if let Json::Object(data) = &mut data {
        data.insert("text".to_owned(), json!(page.text));
    }
    let predictions = page.proposals.iter().map(
        |(agent, marks)| json!({ "model_version": agent, "score": mean(marks), "result": results(marks) }),
    );
    json!({
        "data": data,
        "annotations": [{ "was_cancelled": false, "ground_truth": false, "result": results(&page.marks) }],
        "predictions": predictions.collect::<Vec<_>>(),
    })
}

/// How sure an agent is on average.
fn mean(marks: &[Mark<'_>]) -> Json {
    let scores = marks.iter().filter_map(|mark| mark.score);
    let sum: u64 = scores.map(|score| u64::from(score.0)).sum();
    let mean = sum / (marks.len() as u64).max(1);
    share(crate::model::Score(mean as u16))
}

/// The regions with their fields, then the names, then which value has which name.
fn results(marks: &[Mark<'_>]) -> Vec<Json> {
    let mut results = Vec::new();
    let mut relations = Vec::new();
    let mut names = BTreeMap::new();
    for mark in marks {
        let id = region_id("r", mark.at);
        results.push(region(&id, mark));
        results.extend(mark.fields().map(|(field, words)| said(&id, mark, field, &words)));
        if let Some((words, at)) = mark.name {
            let name = region_id("n", at);
            relations.push(json!({
                "type": "relation", "from_id": id, "to_id": name, "direction": "right", "labels": [NAME],
            }));
            names.insert(at, (name, words));
        }
    }
    results.extend(names.into_iter().map(|((start, end), (id, words))| {
        json!({
            "id": id, "from_name": "label", "to_name": "text", "type": "labels",
            "value": { "start": start, "end": end, "text": words, "labels": [NAME] },
        })
    }));
    results.append(&mut relations);
    results
}

fn region_id(kind: &str, (start, end): (usize, usize)) -> String {
    format!("{kind}{start}-{end}")
}

fn region(id: &str, mark: &Mark<'_>) -> Json {
    let mut region = json!({
        "id": id, "from_name": "label", "to_name": "text", "type": "labels", "origin": mark.origin,
        "value": { "start": mark.at.0, "end": mark.at.1, "text": mark.words, "labels": [mark.label()] },
    });
    if let Some(score) = mark.score {
        region["score"] = share(score);
    }
    if !mark.agent.is_empty() && mark.origin != Origin::Manual {
        region["meta"] = json!({ "agent": mark.agent });
    }
    region
}

/// The codes of a field that has a vocabulary: such a field is a choice.
pub(super) fn choices(field: Field) -> Option<Vec<&'static str>> {
    Some(match field {
        Field::Measure => Measure::ALL.iter().map(|it| it.code()).collect(),
        Field::ValueNature => ValueNature::ALL.iter().map(|it| it.code()).collect(),
        Field::Comparator => Comparator::ALL.iter().map(|it| it.code()).collect(),
        Field::ValueType => ValueType::ALL.iter().map(|it| it.code()).collect(),
        Field::ObsStatus => ObsStatus::ALL.iter().map(|it| it.code()).collect(),
        _ => return None,
    })
}

/// What is said of a region: a choice where there is a vocabulary, else words.
fn said(id: &str, mark: &Mark<'_>, field: Field, words: &str) -> Json {
    let (kind, key) = match choices(field) {
        Some(_) => ("choices", "choices"),
        None => ("textarea", "text"),
    };
    let mut value = json!({ "start": mark.at.0, "end": mark.at.1, "text": mark.words });
    value[key] = json!([words]);
    json!({ "id": id, "from_name": field.name(), "to_name": "text", "type": kind, "value": value })
}
