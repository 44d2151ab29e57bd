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

/// One object a mention, sorted by start, with the observation that was suggested for it, if any.
pub fn mentions(page: &Page<'_>, mentions: &[Mention], suggestions: &[Suggestion]) -> Vec<Json> {
    let chars = |span: Span| {
        Some((
            page.index.char_of_byte(page.text, span.start),
            page.index.char_of_byte(page.text, span.end),
        ))
    };
    let objects = mentions.iter().map(|mention| {
        let suggestion = suggestion_for(mention, suggestions);
        let words = mention.span.of(page.text).unwrap_or_default();
        let mut object = object((page.document, words), mention, suggestion, &chars);
        if let Some(source) = page.source {
            let observation = suggestion.and_then(|suggestion| suggestion.ruling.observation());
            let name = observation.and_then(|observation| observation.indicator_span);
            insert_source(&mut object, page, source, mention.span, name);
        }
        Json::Object(object)
    });
    objects.collect()
}

/// The same with all offsets in code points of `source`, the text that was read; for answers to records.
pub fn mentions_in_source(
    page: &Page<'_>,
    source: &str,
    mentions: &[Mention],
    suggestions: &[Suggestion],
) -> Vec<Json> {
    let index = CharIndex::new(source);
    let chars = |span: Span| page.source?.source_span(span, page.text);
    let objects = mentions.iter().map(|mention| {
        let words = chars(mention.span).and_then(|(start, end)| {
            source.get(index.byte_of_char(source, start)?..index.byte_of_char(source, end)?)
        });
        let words = words.unwrap_or_default();
        Json::Object(object(
            ("", words),
            mention,
            suggestion_for(mention, suggestions),
            &chars,
        ))
    });
    objects.collect()
}

fn suggestion_for<'a>(mention: &Mention, suggestions: &'a [Suggestion]) -> Option<&'a Suggestion> {
    let place = suggestions
        .binary_search_by_key(&mention.span, |suggestion| suggestion.span)
        .ok()?;
    suggestions.get(place)
}

/// What is said of a mention of a document's words; `chars` turns spans into code points.
fn object(
    (document, words): (&str, &str),
    mention: &Mention,
    suggestion: Option<&Suggestion>,
    chars: &impl Fn(Span) -> Option<(usize, usize)>,
) -> Map<String, Json> {
    let mut object = Map::new();
    if !document.is_empty() {
        object.insert("document".into(), json!(document));
    }
    if let Some((start, end)) = chars(mention.span) {
        object.insert("start".into(), json!(start));
        object.insert("end".into(), json!(end));
    }
    object.insert("text".into(), json!(words));
    if let Some((start, end)) = chars(mention.core) {
        object.insert("core".into(), json!({ "start": start, "end": end }));
    }
    let role = match suggestion.map(|suggestion| &suggestion.ruling) {
        Some(Ruling::Dismissed(reason)) => Option::<Role>::from(*reason).unwrap_or(mention.role),
        Some(Ruling::Tagged(_)) => Role::Indicator,
        None => mention.role,
    };
    object.insert("role".into(), json!(role));
    if let Some(observation) = suggestion.and_then(|suggestion| suggestion.ruling.observation()) {
        observation_fields(&mut object, observation, chars);
    }
    if let Some(suggestion) = suggestion {
        object.insert("agent".into(), json!(suggestion.agent));
        object.insert("score".into(), json!(f64::from(suggestion.score.0) / 1000.0));
    }
    object
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
    chars: &impl Fn(Span) -> Option<(usize, usize)>,
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
    if let Some((start, end)) = observation.indicator_span.and_then(chars) {
        line.insert("indicator_span".into(), json!([start, end]));
    }
}
