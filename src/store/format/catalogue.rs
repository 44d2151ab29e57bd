//! `catalogue.ron` and `rules.ron`: the typed indicators and the project's candidate rules.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::record::{Checked, Record, is_default};
use super::{Broken, FORMAT, Parsed, Refusal, Versioned, options, parse, print, utf8};
use crate::model::{CandidateRule, Catalogue, Decimal, Indicator, IndicatorId, RuleEffect, Tint, ValueType};

#[derive(Serialize, Deserialize)]
#[serde(rename = "catalogue", deny_unknown_fields)]
struct CatalogueFile {
    format: u32,
    indicators: Vec<Checked<IndicatorRecord>>,
}

impl Versioned for CatalogueFile {
    fn format(&self) -> u32 {
        self.format
    }
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename = "indicator", deny_unknown_fields)]
struct IndicatorRecord {
    id: IndicatorId,
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    name_en: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    value_type: ValueType,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    unit: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    min: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max: Option<Decimal>,
    #[serde(default)]
    tint: Tint,
    #[serde(default, skip_serializing_if = "is_default")]
    pinned: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    check: Option<String>,
}

impl Record for IndicatorRecord {
    fn check(&mut self) -> &mut Option<String> {
        &mut self.check
    }
}

impl From<Indicator> for IndicatorRecord {
    fn from(indicator: Indicator) -> Self {
        let Indicator {
            id,
            name,
            name_en,
            aliases,
            value_type,
            unit,
            min,
            max,
            tint,
            pinned,
            note,
        } = indicator;
        Self {
            id,
            name,
            name_en,
            aliases,
            value_type,
            unit,
            min,
            max,
            tint,
            pinned,
            note,
            check: None,
        }
    }
}

impl From<IndicatorRecord> for Indicator {
    fn from(record: IndicatorRecord) -> Self {
        let IndicatorRecord {
            id,
            name,
            name_en,
            aliases,
            value_type,
            unit,
            min,
            max,
            tint,
            pinned,
            note,
            check: _,
        } = record;
        Self {
            id,
            name,
            name_en,
            aliases,
            value_type,
            unit,
            min,
            max,
            tint,
            pinned,
            note,
        }
    }
}

/// Reads a catalogue: a project's own, or a bare list of indicators.
pub(in crate::store) fn read_catalogue(path: &Path, bytes: &[u8]) -> Result<Parsed<Catalogue>, Refusal> {
    let Parsed { content, newer } = match bare_list(path, bytes)? {
        Some(parsed) => parsed,
        None => parse::<CatalogueFile>(path, bytes)?,
    };
    let mut ids = BTreeSet::new();
    let mut indicators = Vec::with_capacity(content.indicators.len());
    for record in content.indicators {
        let indicator = Indicator::from(record.open());
        if !ids.insert(indicator.id.clone()) {
            let message = format!(
                "two indicators have the id `{}`; expected one of each",
                indicator.id
            );
            return Err(Broken::whole(path, message).into());
        }
        indicators.push(indicator);
    }
    Ok(Parsed {
        content: Catalogue { indicators },
        newer,
    })
}

fn bare_list(path: &Path, bytes: &[u8]) -> Result<Option<Parsed<CatalogueFile>>, Refusal> {
    let starts_as_list = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
    if !starts_as_list {
        return Ok(None);
    }
    match options().from_str(utf8(path, bytes)?) {
        Ok(indicators) => Ok(Some(Parsed {
            content: CatalogueFile {
                format: FORMAT,
                indicators,
            },
            newer: None,
        })),
        Err(error) => Err(super::at_place(path, &error).into()),
    }
}

/// Prints a catalogue.
pub(in crate::store) fn write_catalogue(catalogue: &Catalogue) -> Result<String, ron::Error> {
    print(&CatalogueFile {
        format: FORMAT,
        indicators: catalogue
            .indicators
            .iter()
            .map(|indicator| Checked::seal(indicator.clone().into()))
            .collect(),
    })
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "rules", deny_unknown_fields)]
struct RulesFile {
    format: u32,
    rules: Vec<Checked<RuleRecord>>,
}

impl Versioned for RulesFile {
    fn format(&self) -> u32 {
        self.format
    }
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename = "rule", deny_unknown_fields)]
struct RuleRecord {
    name: String,
    pattern: String,
    effect: RuleEffect,
    enabled: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    check: Option<String>,
}

impl Record for RuleRecord {
    fn check(&mut self) -> &mut Option<String> {
        &mut self.check
    }
}

/// Reads the candidate rules.
pub(in crate::store) fn read_rules(path: &Path, bytes: &[u8]) -> Result<Parsed<Vec<CandidateRule>>, Refusal> {
    let Parsed { content, newer } = parse::<RulesFile>(path, bytes)?;
    let rules = content.rules.into_iter().map(|record| {
        let RuleRecord {
            name,
            pattern,
            effect,
            enabled,
            check: _,
        } = record.open();
        CandidateRule {
            name,
            pattern,
            effect,
            enabled,
        }
    });
    Ok(Parsed {
        content: rules.collect(),
        newer,
    })
}

/// Prints the candidate rules.
pub(in crate::store) fn write_rules(rules: &[CandidateRule]) -> Result<String, ron::Error> {
    let seal = |rule: &CandidateRule| {
        let CandidateRule {
            name,
            pattern,
            effect,
            enabled,
        } = rule.clone();
        Checked::seal(RuleRecord {
            name,
            pattern,
            effect,
            enabled,
            check: None,
        })
    };
    print(&RulesFile {
        format: FORMAT,
        rules: rules.iter().map(seal).collect(),
    })
}
