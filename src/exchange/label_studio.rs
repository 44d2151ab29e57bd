//! Label Studio's JSON: tasks with predictions and annotations, read as proposals.
//!
//! `start` and `end` count code points. A region is one result of the type `labels`; other results with its id
//! give its fields, by their `from_name`. A label that is a role, or an indicator of the catalogue, is taken as
//! such; any other says only that the words are a value.

mod config;
pub(super) mod export;

use std::collections::HashMap;

use serde_json::{Value as Json, json};

use super::annotated::{NAME, put_label};
use super::predictions::{Reader, Source};
use super::record::{At, Object, Record, Refused, Why, json_pieces, object};
use crate::model::{Field, Score};

pub use config::config;

/// How sure a person's annotation is taken to be.
const PERSON: Score = Score(900);

/// Takes every region of a task's predictions, and of its annotations that were not cancelled.
pub(super) fn task(reader: &mut Reader<'_>, at: At, task: &Object) {
    let Some(data) = task.get("data").and_then(Json::as_object) else {
        return reader.refuse(at, Why::UnknownShape);
    };
    let name = name(data);
    let source = data.get("text").and_then(Json::as_str).map(Source::of);
    let mut regions = 0;
    for proposal in proposals(task) {
        for region in proposal.regions() {
            regions += 1;
            reader.mention(at.mention(regions), name, source.as_ref(), &region);
        }
    }
}

/// The annotations of tasks, with what the regions say of who proposed them.
pub(super) fn annotations(bytes: &[u8]) -> Vec<Record> {
    let mut records = Vec::new();
    for (at, piece) in json_pieces(bytes) {
        match piece.and_then(|json| object(at, json)) {
            Ok(task) => records.push(annotation(at, &task)),
            Err(refused) => records.push(Record::refused(refused)),
        }
    }
    records
}

fn annotation(at: At, task: &Object) -> Record {
    let Some(data) = task.get("data").and_then(Json::as_object) else {
        return Record::refused(Refused {
            at,
            why: Why::UnknownShape,
        });
    };
    let by_people = proposals(task).into_iter().filter(|proposal| proposal.is_person);
    let results: Vec<Proposal<'_>> = by_people
        .map(|it| Proposal {
            is_person: false,
            agent: None,
            ..it
        })
        .collect();
    let regions = results.iter().flat_map(Proposal::regions).enumerate();
    Record {
        name: name(data).map(str::to_owned),
        text: data.get("text").and_then(Json::as_str).map(str::to_owned),
        mentions: regions
            .map(|(place, region)| (at.mention(place + 1), region))
            .collect(),
        refused: Vec::new(),
    }
}

/// What a task's report is called.
fn name(data: &Object) -> Option<&str> {
    let keys = [
        "document",
        "report",
        "id",
        "file",
        "filename",
        "file_name",
        "name",
    ];
    keys.iter().find_map(|key| data.get(*key)?.as_str())
}

/// One model's or person's results for a task.
struct Proposal<'a> {
    agent: Option<String>,
    score: Option<&'a Json>,
    is_person: bool,
    results: Vec<&'a Object>,
}

fn proposals(task: &Object) -> Vec<Proposal<'_>> {
    let list = |key: &str| {
        let list = task.get(key).and_then(Json::as_array).map(Vec::as_slice);
        list.unwrap_or_default().iter().filter_map(Json::as_object)
    };
    let predictions = list("predictions").map(|it| Proposal {
        agent: it.get("model_version").and_then(named),
        score: it.get("score"),
        is_person: false,
        results: results(it),
    });
    let is_cancelled = |it: &&Object| it.get("was_cancelled").and_then(Json::as_bool) == Some(true);
    let annotations = list("annotations")
        .filter(|it| !is_cancelled(it))
        .map(|it| Proposal {
            agent: Some(
                it.get("completed_by")
                    .and_then(person)
                    .unwrap_or_else(|| "annotator".to_owned()),
            ),
            score: None,
            is_person: true,
            results: results(it),
        });
    predictions.chain(annotations).collect()
}

fn results(it: &Object) -> Vec<&Object> {
    let results = it.get("result").and_then(Json::as_array).map(Vec::as_slice);
    results
        .unwrap_or_default()
        .iter()
        .filter_map(Json::as_object)
        .collect()
}

fn named(json: &Json) -> Option<String> {
    match json {
        Json::String(name) if !name.is_empty() => Some(name.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Who annotated: a number, or a user with an address.
fn person(json: &Json) -> Option<String> {
    let who = named(json).or_else(|| named(json.get("email").or_else(|| json.get("id"))?))?;
    Some(if who.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("annotator {who}")
    } else {
        who
    })
}

/// What the results of a proposal say of its regions, by the regions' ids.
#[derive(Default)]
struct Index<'r> {
    fields: HashMap<&'r Json, Object>,
    /// Where the words stand.
    places: HashMap<&'r Json, Json>,
    /// The region that names the indicator.
    names: HashMap<&'r Json, &'r Json>,
}

impl<'r> Index<'r> {
    fn of(results: &[&'r Object]) -> Self {
        let mut index = Self::default();
        for result in results {
            if is_naming(result)
                && let (Some(from), Some(to)) = (result.get("from_id"), result.get("to_id"))
            {
                index.names.entry(from).or_insert(to);
            }
            let Some(id) = result.get("id") else { continue };
            if kind(result) != "labels" {
                put_field(index.fields.entry(id).or_default(), result);
            }
            if let Some(place) = place(result) {
                index.places.entry(id).or_insert(place);
            }
        }
        index
    }

    /// Where the words stand that name the indicator of a region: another region that it points to.
    fn name_of(&self, id: &Json) -> Option<&Json> {
        self.places.get(self.names.get(id)?)
    }
}

impl Proposal<'_> {
    /// The regions as mentions, with the fields of this program.
    fn regions(&self) -> impl Iterator<Item = Object> {
        let index = Index::of(&self.results);
        let labelled = self.results.iter().filter(|result| kind(result) == "labels");
        let values = labelled.filter(|result| label(result) != Some(NAME));
        values.map(move |result| self.region(result, &index))
    }

    fn region(&self, result: &Object, index: &Index<'_>) -> Object {
        let mut mention = Object::new();
        let value = result.get("value").and_then(Json::as_object);
        for key in ["start", "end", "text"] {
            if let Some(json) = value.and_then(|value| value.get(key)) {
                mention.insert(key.to_owned(), json.clone());
            }
        }
        if let Some(origin) = result.get("origin") {
            mention.insert("origin".to_owned(), origin.clone());
        }
        let agent = result
            .get("meta")
            .and_then(|meta| meta.get("agent"))
            .and_then(Json::as_str);
        if let Some(agent) = self.agent.as_deref().or(agent) {
            mention.insert("agent".to_owned(), json!(agent));
        }
        let score = result
            .get("score")
            .filter(|score| !score.is_null())
            .or(self.score);
        if self.is_person {
            mention.insert("score".to_owned(), json!(PERSON.0));
        } else if let Some(score) = score {
            mention.insert("score".to_owned(), score.clone());
        }
        if let Some(label) = label(result) {
            put_label(&mut mention, label);
        }
        if let Some(id) = result.get("id") {
            if let Some(name) = index.name_of(id) {
                mention.insert("indicator_span".to_owned(), name.clone());
            }
            let fields = index.fields.get(id).into_iter().flatten();
            mention.extend(fields.map(|(key, said)| (key.clone(), said.clone())));
        }
        mention
    }
}

/// Whether a relation says that one region names the indicator of another.
fn is_naming(result: &Object) -> bool {
    let labels = result.get("labels").and_then(Json::as_array);
    kind(result) == "relation" && labels.is_some_and(|labels| labels.iter().any(|label| label == NAME))
}

/// Where the words of a region stand.
fn place(result: &Object) -> Option<Json> {
    let value = result.get("value")?;
    Some(json!([value.get("start")?, value.get("end")?]))
}

/// The first label of a region.
fn label(result: &Object) -> Option<&str> {
    let labels = result.get("value")?.get("labels")?.as_array()?;
    labels.first()?.as_str()
}

fn kind(result: &Object) -> &str {
    result.get("type").and_then(Json::as_str).unwrap_or_default()
}

/// Takes what a text area, a choice, a number or a taxonomy says of a region, if its name is a field's.
fn put_field(mention: &mut Object, result: &Object) {
    let name = result.get("from_name").and_then(Json::as_str).unwrap_or_default();
    let is_known = Field::ALL.iter().any(|field| field.name() == name)
        || ["role", "reason", "reasons", "value_min", "value_max"].contains(&name);
    let kind = kind(result);
    let said = result
        .get("value")
        .and_then(|value| value.get(kind).or_else(|| value.get("text")));
    if let Some(said) = said.and_then(innermost).filter(|_| is_known) {
        mention.insert(name.to_owned(), said.clone());
    }
}

/// The one thing that a list of lists says: the last step of the first path.
fn innermost(json: &Json) -> Option<&Json> {
    match json {
        Json::Array(list) if list.iter().all(|it| !it.is_array()) => list.last(),
        Json::Array(list) => innermost(list.first()?),
        Json::Object(_) | Json::Null => None,
        _ => Some(json),
    }
}
