//! Sources of the tests: plain text in which observations stand in braces.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{
    Annotator, Catalogue, Decision, Field, Fingerprint, Indicator, Layer, Observation, Project, Report,
    ReportId, Ruling, Span, Tint, ValueType,
};
use crate::number;
use crate::query::checks::{Finding, Place, check};

/// The findings on two reports of 清河市, on 2024 and 2023, each with the words that it is about.
pub fn found(summary: &str, before: &str, changes: &[(&str, Field, &str)]) -> Vec<(Finding, Vec<String>)> {
    let annotator = Annotator::from("测");
    let mut project = Project {
        catalogue: catalogue(),
        ..Project::default()
    };
    let mut texts = BTreeMap::new();
    for (source, period, date) in [(summary, "2024", "2025-01-20"), (before, "2023", "2024-01-25")] {
        let id = ReportId::from(period);
        let (text, layer) = read(source, changes);
        project.reports.push(report(&id, period, date));
        project
            .layers
            .entry(annotator.clone())
            .or_default()
            .insert(id.clone(), layer);
        texts.insert(id, Arc::from(text));
    }
    let quotes = |finding: &Finding| {
        let words = |place: &Place| place.span.of(&texts[&place.report]).unwrap().to_owned();
        finding.observations.iter().map(words).collect()
    };
    let findings = check(&project, &annotator, &texts);
    findings
        .into_iter()
        .map(|finding| (finding.clone(), quotes(&finding)))
        .collect()
}

fn report(id: &ReportId, period: &str, date: &str) -> Report {
    Report {
        id: id.clone(),
        title: "工作总结".to_owned(),
        issuer: String::new(),
        date: date.to_owned(),
        area: "清河市".to_owned(),
        period: period.to_owned(),
        original: String::new(),
        encoding: String::new(),
        fingerprint: Fingerprint::default(),
    }
}

fn catalogue() -> Catalogue {
    let entry = |id: &str, name: &str, value_type, unit: &str, max: Option<i64>| Indicator {
        id: id.into(),
        name: name.to_owned(),
        name_en: String::new(),
        aliases: Vec::new(),
        value_type,
        unit: unit.to_owned(),
        min: Some(0.into()),
        max: max.map(Into::into),
        tint: Tint(0),
        pinned: false,
        note: String::new(),
    };
    Catalogue {
        indicators: vec![
            entry("rd_expenditure", "全社会研发投入", ValueType::Amount, "元", None),
            entry("rd_intensity", "研发投入强度", ValueType::Percent, "%", Some(100)),
        ],
    }
}

/// The plain text of a source, and its observations with changes to the first of these words.
fn read(source: &str, changes: &[(&str, Field, &str)]) -> (String, Layer) {
    let (mut text, mut layer) = (String::new(), Layer::default());
    let mut left = changes.to_vec();
    for piece in source.split_inclusive('}') {
        let (plain, marked) = piece.split_once('{').unwrap_or((piece, ""));
        text.push_str(plain);
        let Some(marked) = marked.strip_suffix('}') else {
            continue;
        };
        let fields: Vec<&str> = marked.split('|').collect();
        let words = fields[0].trim_start_matches(['超', '约', '近']);
        text.push_str(fields[0].strip_suffix(words).unwrap());
        let span = Span::new(text.len(), text.len() + words.len());
        text.push_str(words);
        let mut observation = observation(&text, &fields);
        left.retain(|(of, field, to)| {
            let is_it = *of == words;
            if is_it {
                observation.set_words(*field, to).unwrap();
            }
            !is_it
        });
        layer.insert(Arc::new(Decision::manual(
            span,
            Ruling::Tagged(Box::new(observation)),
        )));
    }
    (text, layer)
}

/// The observation that the words at the text's end are tagged as.
fn observation(text: &str, fields: &[&str]) -> Observation {
    let mention = number::mentions(text).pop().unwrap();
    let quantity = mention.quantity.unwrap();
    let name = fields[1];
    let mut observation = Observation {
        indicator: catalogue().named(name).map(|entry| entry.id.clone()),
        indicator_text: name.to_owned(),
        value_type: quantity.value_type,
        comparator: quantity.comparator,
        obs_value: quantity.printed.to_string(),
        unit_mult: quantity.unit_mult,
        value: quantity.value().unwrap(),
        unit: quantity.unit.into_owned(),
        unit_measure: quantity.unit_measure.unwrap_or_default().to_owned(),
        ref_area: "清河市".to_owned(),
        ..Observation::default()
    };
    observation.set_words(Field::Measure, fields[2]).unwrap();
    observation.set_words(Field::TimePeriod, fields[3]).unwrap();
    for field in &fields[4..] {
        let (name, words) = field.split_once('=').unwrap();
        let field = Field::ALL.iter().find(|field| field.name() == name).unwrap();
        observation.set_words(*field, words).unwrap();
    }
    observation
}
