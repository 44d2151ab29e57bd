//! JSON Lines of mentions: one a line, offsets in Unicode code points.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::model::{Mention, Observation, Role, Ruling, Span, Suggestion, Value};
use crate::text::offsets::CharIndex;
use crate::text::read::{PageStart, SourceMap};

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
    /// Where the pages of the original begin, ascending; none where it has no pages.
    pub pages: &'a [PageStart],
}

/// What is said of one mention; what does not apply is not written.
#[derive(Debug, Serialize)]
pub struct Line<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    document: &'a str,
    #[serde(flatten)]
    place: Option<Place>,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    core: Option<Place>,
    role: Role,
    #[serde(flatten)]
    observation: Option<Fields<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agent: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
}

/// Code points of a text.
#[derive(Clone, Copy, Debug, Serialize)]
struct Place {
    start: usize,
    end: usize,
}

/// Code points of the file.
#[derive(Debug, Serialize)]
struct Source {
    #[serde(flatten)]
    place: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    indicator_span: Option<(usize, usize)>,
}

/// The fields of an observation.
#[derive(Debug, Serialize)]
struct Fields<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    indicator: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    indicator_text: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    value_type: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    comparator: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    obs_value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_min: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_max: Option<Decimal>,
    #[serde(skip_serializing_if = "str::is_empty")]
    unit_measure: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    measure: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    time_period: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    ref_area: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    ref_scope: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    value_nature: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
    unit: &'a str,
    unit_mult: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    indicator_span: Option<(usize, usize)>,
}

/// One line a mention, sorted by start, with the observation that was suggested for it, if any.
pub fn mentions<'a>(page: &Page<'a>, mentions: &[Mention], suggestions: &'a [Suggestion]) -> Vec<Line<'a>> {
    let chars = |span: Span| {
        Some((
            page.index.char_of_byte(page.text, span.start),
            page.index.char_of_byte(page.text, span.end),
        ))
    };
    let lines = mentions.iter().map(|mention| {
        let suggestion = suggestion_for(mention, suggestions);
        let words = mention.span.of(page.text).unwrap_or_default();
        let source = page
            .source
            .and_then(|map| source(page, map, mention.span, suggestion));
        Line {
            document: page.document,
            source,
            page: PageStart::number_at(page.pages, mention.span.start),
            ..line(words, mention, suggestion, &chars)
        }
    });
    lines.collect()
}

/// The same with all offsets in code points of `source`, the text that was read; for answers to records.
pub fn mentions_in_source<'a>(
    page: &Page<'_>,
    source: &'a str,
    mentions: &[Mention],
    suggestions: &'a [Suggestion],
) -> Vec<Line<'a>> {
    let index = CharIndex::new(source);
    let chars = |span: Span| page.source?.source_span(span, page.text);
    let lines = mentions.iter().map(|mention| {
        let words = chars(mention.span).and_then(|(start, end)| {
            source.get(index.byte_of_char(source, start)?..index.byte_of_char(source, end)?)
        });
        let suggestion = suggestion_for(mention, suggestions);
        line(words.unwrap_or_default(), mention, suggestion, &chars)
    });
    lines.collect()
}

fn suggestion_for<'a>(mention: &Mention, suggestions: &'a [Suggestion]) -> Option<&'a Suggestion> {
    let place = suggestions
        .binary_search_by_key(&mention.span, |suggestion| suggestion.span)
        .ok()?;
    suggestions.get(place)
}

/// What is said of a mention of these words; `chars` turns spans into code points.
fn line<'a>(
    words: &'a str,
    mention: &Mention,
    suggestion: Option<&'a Suggestion>,
    chars: &impl Fn(Span) -> Option<(usize, usize)>,
) -> Line<'a> {
    let place = |span| chars(span).map(|(start, end)| Place { start, end });
    let observation = suggestion.and_then(|suggestion| suggestion.ruling.observation());
    Line {
        document: "",
        place: place(mention.span),
        text: words,
        page: None,
        core: place(mention.core),
        role: match suggestion.map(|suggestion| &suggestion.ruling) {
            Some(Ruling::Dismissed(reason)) => Option::<Role>::from(*reason).unwrap_or(mention.role),
            Some(Ruling::Tagged(_)) => Role::Indicator,
            None => mention.role,
        },
        observation: observation.map(|observation| fields(observation, chars)),
        agent: suggestion.map(|suggestion| suggestion.agent.as_str()),
        score: suggestion.map(|suggestion| f64::from(suggestion.score.0) / 1000.0),
        source: None,
    }
}

fn source(page: &Page<'_>, map: &SourceMap, span: Span, suggestion: Option<&Suggestion>) -> Option<Source> {
    let (start, end) = map.source_span(span, page.text)?;
    let observation = suggestion.and_then(|suggestion| suggestion.ruling.observation());
    let name = observation.and_then(|observation| observation.indicator_span);
    Some(Source {
        place: Place { start, end },
        indicator_span: name.and_then(|name| map.source_span(name, page.text)),
    })
}

fn fields<'a>(observation: &'a Observation, chars: &impl Fn(Span) -> Option<(usize, usize)>) -> Fields<'a> {
    let (value, value_min, value_max) = match observation.value.normalized() {
        Value::Exact(value) => (Some(value), None, None),
        Value::Range(low, high) => (None, Some(low), Some(high)),
    };
    Fields {
        indicator: observation.indicator.as_ref().map(|id| id.0.as_ref()),
        indicator_text: &observation.indicator_text,
        value_type: observation.value_type.code(),
        comparator: observation.comparator.code(),
        obs_value: &observation.obs_value,
        value,
        value_min,
        value_max,
        unit_measure: &observation.unit_measure,
        measure: observation.measure.code(),
        time_period: &observation.time_period,
        ref_area: &observation.ref_area,
        ref_scope: &observation.ref_scope,
        value_nature: observation.value_nature.code(),
        note: &observation.note,
        unit: &observation.unit,
        unit_mult: observation.unit_mult,
        indicator_span: observation.indicator_span.and_then(chars),
    }
}
