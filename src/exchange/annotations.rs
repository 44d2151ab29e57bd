//! Annotations in: what other programs' files say becomes decisions of a layer.
//!
//! The content decides the format unless it is named. Quoted words, or the words at the offsets in the file's own text,
//! are sought in the project's reports. What cannot be taken is refused by itself, with its place and the reason.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;

use super::export::Format;
use super::predictions::{Reader, Source};
use super::record::{At, Object, Record, Refused, Why, json_pieces, words};
use super::ruler::Unit;
use super::{
    brat, cas, conll, doccano, label_studio, mentions, spacy, tables, web_annotation, webanno_tsv, xbrl,
};
use crate::model::{Decision, Field, Layer, Observation, Origin, Project, ReportId, Span};
use crate::store::Anchoring;

/// A file, as far as reading it needs to know.
pub struct File<'a> {
    /// Its name without folder and ending: what a report is called that is not named within.
    pub name: &'a str,
    /// What it holds.
    pub bytes: &'a [u8],
    /// The text that stands beside a `.ann`, if there is one.
    pub text: Option<String>,
}

/// What came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotations {
    /// The decisions by report, in the order of the text; no two overlap.
    pub decisions: BTreeMap<ReportId, Layer>,
    /// How their words were found. What is lost is refused too.
    pub anchoring: Anchoring,
    /// What was not taken.
    pub refused: Vec<Refused>,
}

impl Annotations {
    /// How many decisions came in.
    pub fn len(&self) -> usize {
        self.decisions.values().map(Layer::len).sum()
    }

    /// Whether none came in.
    pub fn is_empty(&self) -> bool {
        self.decisions.is_empty()
    }

    fn take(&mut self, at: At, report: ReportId, decision: Decision, words: &str) {
        let layer = self.decisions.entry(report).or_default();
        let mut there = layer.overlapping(decision.span);
        match there.next() {
            None => {
                drop(there);
                layer.insert(Arc::new(decision));
            }
            Some(other) if **other == decision => {}
            Some(_) => self.refused.push(Refused {
                at,
                why: Why::Decided(words.to_owned()),
            }),
        }
    }
}

/// Which format a file has, by its content and where that leaves a doubt by its name.
pub fn guess(file_name: &str, bytes: &[u8]) -> Option<Format> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.trim_ascii_start().starts_with(b"{") || bytes.trim_ascii_start().starts_with(b"[") {
        let first = json_pieces(bytes).find_map(|(_, piece)| piece.ok())?;
        let has = |key: &str| first.get(key).is_some();
        let shapes = [
            (has("data"), Format::LabelStudio),
            (has("%FEATURE_STRUCTURES"), Format::Cas),
            (has("documentInfo") && has("facts"), Format::XbrlJson),
            (has("@context") || has("target"), Format::WebAnnotation),
            (has("mentions") || has("start"), Format::Mentions),
            (has("spans"), Format::Spacy),
            (has("label") || has("labels") || has("entities"), Format::Doccano),
        ];
        return shapes
            .into_iter()
            .find(|(is_it, _)| *is_it)
            .map(|(_, format)| format);
    }
    let content = String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes));
    let line = content.lines().find(|line| !line.trim().is_empty())?;
    let ends_in = |ending: &str| {
        file_name
            .rsplit('.')
            .next()
            .is_some_and(|end| end.eq_ignore_ascii_case(ending))
    };
    if line.starts_with(webanno_tsv::FORMAT) {
        return Some(Format::WebAnnoTsv);
    }
    if tables::csv::is_ours(line) {
        return Some(Format::Csv);
    }
    let is_standoff = line.starts_with(['T', 'A', 'R', 'E', 'N', '#', '*']) && line.contains('\t');
    let tag = line.split_whitespace().next_back().unwrap_or_default();
    if ends_in("ann") || is_standoff {
        Some(Format::Brat)
    } else if line.starts_with("-DOCSTART-") || tag == "O" || tag.starts_with("B-") || tag.starts_with("I-") {
        Some(Format::Conll)
    } else {
        None
    }
}

/// Reads a file; `unit` is what its offsets count where that is not what the format or the file says.
pub fn read(
    (project, texts): (&Project, &BTreeMap<ReportId, Arc<str>>),
    format: Format,
    file: File<'_>,
    unit: Option<Unit>,
) -> Annotations {
    let all_texts = || texts.iter().map(|(id, text)| (&*id.0, &**text));
    let mut records = match format {
        Format::LabelStudio => label_studio::annotations(file.bytes),
        Format::Mentions => mentions::read(file.bytes),
        Format::Doccano => doccano::read(file.bytes, unit),
        Format::Spacy => spacy::read(file.bytes),
        Format::Brat => brat::read(file.name, file.bytes, file.text),
        Format::Conll => conll::read(file.bytes, all_texts()),
        Format::WebAnnotation => web_annotation::read(file.bytes),
        Format::Cas => cas::read(file.bytes, unit),
        Format::WebAnnoTsv => webanno_tsv::read(file.name, file.bytes, unit),
        Format::XbrlJson => xbrl::json::read(file.bytes),
        Format::Csv => tables::csv::read(file.bytes),
        Format::XbrlCsv | Format::SdmxCsv | Format::Xlsx | Format::Parquet | Format::Html => {
            vec![Record::refused(Refused {
                at: At::item(1),
                why: Why::Unread(format!("{format} only goes out")),
            })]
        }
    };
    if !matches!(
        format,
        Format::Doccano | Format::Cas | Format::Conll | Format::WebAnnoTsv
    ) && let Some(unit) = unit
    {
        for record in &mut records {
            record.count_code_points(unit);
        }
    }
    let nothing = |_: &ReportId, _: Span| -> Option<Observation> { None };
    let mut reader = Reader::new(project, texts, "", &nothing);
    let mut read = Annotations::default();
    for record in records {
        place(&mut reader, record, file.name, project, &mut read);
    }
    read.anchoring = reader.finish().anchoring;
    read
}

/// Seeks what a record says in its report.
fn place(reader: &mut Reader<'_>, record: Record, file: &str, project: &Project, read: &mut Annotations) {
    read.refused.extend(record.refused);
    let name = record.name.as_deref().unwrap_or(file);
    let source = record.text.as_deref().map(Source::of);
    for (at, mut mention) in record.mentions {
        if let Some(source) = &source {
            quote(&mut mention, source);
        }
        keep_label(&mut mention, project);
        match reader.place(Some(name), source.as_ref(), &mention) {
            Ok((report, suggestion)) => {
                let said = words(&mention, &["origin"]).unwrap_or_default();
                let quoted = words(&mention, &["text", "exact"]).unwrap_or_default();
                let is_scored = mention.get("score").is_some_and(|score| !score.is_null());
                let decision = Decision {
                    origin: Origin::from_code(&said).unwrap_or_default(),
                    agent: suggestion.agent,
                    score: is_scored.then_some(suggestion.score),
                    ..Decision::manual(suggestion.span, suggestion.ruling)
                };
                read.take(at, report, decision, &quoted);
            }
            Err(why) => read.refused.push(Refused { at, why }),
        }
    }
}

/// Quotes the words at a mention's offsets, where the file does not: they may have moved in the report.
fn quote(mention: &mut Object, source: &Source<'_>) {
    let byte = |key: &str| {
        let offset = super::record::whole(mention.get(key)?)?;
        source.index.byte_of_char(source.text, offset)
    };
    let slice = byte("start")
        .zip(byte("end"))
        .and_then(|(from, to)| source.text.get(from..to));
    if let (Some(slice), None) = (slice, words(mention, &["text", "quote", "exact"])) {
        let slice = json!(slice);
        mention.insert("text".to_owned(), slice);
    }
}

/// Keeps a label that the catalogue does not have as the indicator's words, unless there are better ones.
fn keep_label(mention: &mut Object, project: &Project) {
    let is_named = [Field::Indicator, Field::IndicatorText]
        .iter()
        .any(|field| mention.get(field.name()).is_some_and(|json| !json.is_null()));
    let Some(label) = words(mention, &["label"]).filter(|_| !is_named) else {
        return;
    };
    let catalogue = &project.catalogue;
    if catalogue.get(&label.as_str().into()).is_none() && catalogue.named(&label).is_none() {
        mention.insert(Field::IndicatorText.name().to_owned(), json!(label));
    }
}

/// What a layer becomes by what came in for its report, and what it decides otherwise already.
pub fn over(layer: &Layer, fresh: &Layer) -> (Vec<Arc<Decision>>, Vec<Arc<Decision>>) {
    let is_new = |decision: &&Arc<Decision>| layer.get(decision.span) != Some(decision);
    let is_free = |decision: &Arc<Decision>| layer.overlapping(decision.span).next().is_none();
    fresh.iter().filter(is_new).cloned().partition(is_free)
}
