//! JSON Lines of mentions: one a line, offsets in Unicode code points.

use serde_json::{Map, Value as Json, json};

use crate::model::{Mention, Observation, Role, Ruling, Span, Suggestion, Value};
use crate::text::offsets::CharIndex;
use crate::text::read::SourceMap;

/// A text and what is needed to write offsets into it.
pub struct Page<'a> {
    /// The name of the report.
    pub document: &'a str,
    /// The shown text.
    pub text: &'a str,
    /// Its bytes and code points.
    pub index: &'a CharIndex,
    /// Where it stood in the file; `None` where the text is the file.
    pub source: Option<&'a SourceMap>,
}

/// One line for a mention, with the observation that was suggested for it, if any.
pub fn line(page: &Page<'_>, mention: &Mention, suggestion: Option<&Suggestion>) -> Json {
    let mut line = Map::new();
    let chars = |span: Span| {
        (
            page.index.char_of_byte(page.text, span.start),
            page.index.char_of_byte(page.text, span.end),
        )
    };
    let (start, end) = chars(mention.span);
    line.insert("document".into(), json!(page.document));
    line.insert("start".into(), json!(start));
    line.insert("end".into(), json!(end));
    line.insert("text".into(), json!(mention.span.of(page.text)));
    let core = chars(mention.core);
    line.insert("core".into(), json!({ "start": core.0, "end": core.1 }));
    let role = match suggestion.map(|suggestion| &suggestion.ruling) {
        Some(Ruling::Dismissed(reason)) => Option::<Role>::from(*reason).unwrap_or(mention.role),
        Some(Ruling::Tagged(_)) => Role::Indicator,
        None => mention.role,
    };
    line.insert("role".into(), json!(role));
    let observation = suggestion.and_then(|suggestion| suggestion.ruling.observation());
    if let Some(observation) = observation {
        observation_fields(&mut line, observation, &chars);
    }
    if let Some(suggestion) = suggestion {
        line.insert("agent".into(), json!(suggestion.agent));
        line.insert("score".into(), json!(f32::from(suggestion.score.0) / 1000.0));
    }
    if let Some(source) = page.source {
        let name = observation.and_then(|observation| observation.indicator_span);
        insert_source(&mut line, page, source, mention.span, name);
    }
    Json::Object(line)
}

fn insert_source(
    line: &mut Map<String, Json>,
    page: &Page<'_>,
    source: &SourceMap,
    span: Span,
    name: Option<Span>,
) {
    let Some((start, end)) = source.source_span(span, page.text) else {
        return;
    };
    let mut place = Map::new();
    place.insert("start".into(), json!(start));
    place.insert("end".into(), json!(end));
    if let Some((start, end)) = name.and_then(|name| source.source_span(name, page.text)) {
        place.insert("indicator_span".into(), json!([start, end]));
    }
    line.insert("source".into(), Json::Object(place));
}

fn observation_fields(
    line: &mut Map<String, Json>,
    observation: &Observation,
    chars: &impl Fn(Span) -> (usize, usize),
) {
    let mut put = |key: &str, words: &str| {
        if !words.is_empty() {
            line.insert(key.to_owned(), json!(words));
        }
    };
    put("indicator", observation.indicator.as_ref().map_or("", |id| &id.0));
    put("indicator_text", &observation.indicator_text);
    put("value_type", observation.value_type.code());
    put("comparator", observation.comparator.code());
    put("obs_value", &observation.obs_value);
    match observation.value.normalized() {
        Value::Exact(value) => put("value", &value.to_string()),
        Value::Range(low, high) => {
            put("value_min", &low.to_string());
            put("value_max", &high.to_string());
        }
    }
    put("unit_measure", &observation.unit_measure);
    put("measure", observation.measure.code());
    put("time_period", &observation.time_period);
    put("ref_area", &observation.ref_area);
    put("ref_scope", &observation.ref_scope);
    put("value_nature", observation.value_nature.code());
    put("note", &observation.note);
    line.insert("unit".into(), json!(observation.unit));
    line.insert("unit_mult".into(), json!(observation.unit_mult));
    if let Some(name) = observation.indicator_span {
        let (start, end) = chars(name);
        line.insert("indicator_span".into(), json!([start, end]));
    }
}
