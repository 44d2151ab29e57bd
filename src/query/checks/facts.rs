//! The observations of a layer, laid out for comparison.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::finding::Place;
use super::interval::{Interval, half_step};
use super::period::Period;
use crate::model::{
    Annotator, Catalogue, Decimal, Measure, Observation, Origin, Project, Report, ReportId, Span, ValueNature,
};
use crate::text::segment::sentence_at;

/// An observation with what the checks need to know of it.
#[derive(Debug)]
pub(super) struct Fact<'a> {
    pub report: &'a Report,
    /// The report's text.
    pub text: &'a str,
    pub span: Span,
    pub quote: &'a str,
    pub sentence: Span,
    pub observation: &'a Observation,
    pub origin: Origin,
    /// What the printed number stands for.
    pub interval: Interval,
    /// Half of the last printed digit's worth.
    pub half: Decimal,
    pub period: Option<Period>,
    pub subject: Subject<'a>,
}

/// What a value is said of: values of one subject can be compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Subject<'a> {
    pub name: Cow<'a, str>,
    pub area: &'a str,
    pub unit: &'a str,
}

impl<'a> Fact<'a> {
    fn new(
        report: &'a Report,
        text: &'a str,
        span: Span,
        it: (&'a Observation, Origin),
        catalogue: &'a Catalogue,
    ) -> Option<Self> {
        let (observation, origin) = it;
        let quote = span.of(text)?;
        let area = if observation.ref_area.is_empty() {
            &report.area
        } else {
            &observation.ref_area
        };
        let subject = Subject {
            name: subject_name(observation, catalogue),
            area: bare_area(area),
            unit: unit_key(observation),
        };
        Some(Self {
            report,
            text,
            span,
            quote,
            sentence: sentence_at(text, span.start),
            observation,
            origin,
            interval: Interval::of(observation, quote),
            half: half_step(observation, quote),
            period: Period::parse(&observation.time_period),
            subject,
        })
    }

    pub fn place(&self) -> Place {
        Place {
            report: self.report.id.clone(),
            span: self.span,
        }
    }

    /// Where it stands and what it says.
    pub fn key(&self) -> String {
        let it = self.observation;
        let period = &it.time_period;
        let (value, unit, measure, nature) = (it.value.normalized(), &it.unit, it.measure, it.value_nature);
        let name = &self.subject.name;
        format!(
            "{}@{}:{name}:{value}{unit}:{measure}:{period}:{nature}",
            self.report.id, self.span.start
        )
    }

    pub fn measure(&self) -> Measure {
        self.observation.measure
    }

    pub fn nature(&self) -> ValueNature {
        self.observation.value_nature
    }

    /// What it is ranked, shared or compared within; empty for none.
    pub fn scope(&self) -> &'a str {
        bare_area(&self.observation.ref_scope)
    }

    /// Whether the other value is of the same indicator and place, in whichever unit.
    pub fn is_about_the_same(&self, other: &Self) -> bool {
        self.subject.name == other.subject.name && self.subject.area == other.subject.area
    }

    pub fn is_in_report_of(&self, other: &Self) -> bool {
        self.report.id == other.report.id
    }

    /// The words of its sentence before the value.
    pub fn words_before(&self) -> &'a str {
        self.text
            .get(self.sentence.start..self.span.start)
            .unwrap_or_default()
    }

    /// What the report calls the indicator; the catalogue's id where it says nothing.
    pub fn subject_words(&self) -> &str {
        let words = self.observation.indicator_text.as_str();
        if words.is_empty() {
            &self.subject.name
        } else {
            words
        }
    }

    /// The words of its sentence.
    pub fn sentence_words(&self) -> &'a str {
        self.sentence.of(self.text).unwrap_or_default()
    }
}

/// The layer's observations on reports whose text is there, report by report in the order of the text.
pub(super) fn gather<'a>(
    project: &'a Project,
    annotator: &Annotator,
    texts: &'a BTreeMap<ReportId, Arc<str>>,
) -> Vec<Fact<'a>> {
    let mut facts = Vec::new();
    for report in &project.reports {
        let (Some(layer), Some(text)) = (project.layer(annotator, &report.id), texts.get(&report.id)) else {
            continue;
        };
        facts.extend(layer.iter().filter_map(|decision| {
            let observation = decision.ruling.observation()?;
            Fact::new(
                report,
                text,
                decision.span,
                (observation, decision.origin),
                &project.catalogue,
            )
        }));
    }
    facts
}

/// The catalogue's entry where the report's words are one of its names, else these words.
///
/// An entry may have been chosen for words that mean less than it: 省级高新技术企业 is not all of 高新技术企业.
fn subject_name<'a>(observation: &'a Observation, catalogue: &'a Catalogue) -> Cow<'a, str> {
    let words = observation.indicator_text.as_str();
    let entry = match &observation.indicator {
        Some(id) => catalogue
            .get(id)
            .filter(|entry| words.is_empty() || entry.names().any(|name| name == words)),
        None => catalogue.named(words),
    };
    match entry {
        Some(entry) => Cow::Borrowed(&entry.id.0),
        None if words.contains(char::is_whitespace) => words.split_whitespace().collect(),
        // 全国文明城市总数 counts what 全国文明城市 names.
        None => {
            let counted = words.strip_suffix("总数").or_else(|| words.strip_suffix("数量"));
            Cow::Borrowed(counted.filter(|name| name.chars().count() > 1).unwrap_or(words))
        }
    }
}

/// A place's name without the word for its kind.
fn bare_area(area: &str) -> &str {
    let area = area.trim();
    let bare = area.strip_suffix(['省', '市']).unwrap_or(area);
    if bare.chars().count() < 2 { area } else { bare }
}

fn unit_key(observation: &Observation) -> &str {
    if observation.unit_measure.is_empty() {
        &observation.unit
    } else {
        &observation.unit_measure
    }
}
