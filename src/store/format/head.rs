//! `project.ron`: the title, the language and the list of reports.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::record::{Checked, Record};
use super::{Broken, FORMAT, Parsed, Refusal, Versioned, parse, print};
use crate::model::{Extractor, Fingerprint, Language, Report, ReportId};

/// What `project.ron` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Head {
    /// The program that wrote it, with its version.
    pub app: String,
    pub title: String,
    pub language: Language,
    pub extractor: Option<Extractor>,
    pub reports: Vec<Report>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename = "project_file", deny_unknown_fields)]
struct File {
    format: u32,
    #[serde(default)]
    app: String,
    project: Checked<ProjectRecord>,
    #[serde(default)]
    reports: Vec<Checked<ReportRecord>>,
}

impl Versioned for File {
    fn format(&self) -> u32 {
        self.format
    }
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename = "project", deny_unknown_fields)]
struct ProjectRecord {
    title: String,
    #[serde(default)]
    language: Language,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    extractor: Option<Extractor>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    check: Option<String>,
}

impl Record for ProjectRecord {
    fn check(&mut self) -> &mut Option<String> {
        &mut self.check
    }
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename = "report", deny_unknown_fields)]
struct ReportRecord {
    id: ReportId,
    title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    issuer: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    date: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    area: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    period: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    original: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    encoding: String,
    text: Fingerprint,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    check: Option<String>,
}

impl Record for ReportRecord {
    fn check(&mut self) -> &mut Option<String> {
        &mut self.check
    }
}

impl From<Report> for ReportRecord {
    fn from(report: Report) -> Self {
        let Report {
            id,
            title,
            issuer,
            date,
            area,
            period,
            original,
            encoding,
            fingerprint: text,
        } = report;
        Self {
            id,
            title,
            issuer,
            date,
            area,
            period,
            original,
            encoding,
            text,
            check: None,
        }
    }
}

impl From<ReportRecord> for Report {
    fn from(record: ReportRecord) -> Self {
        let ReportRecord {
            id,
            title,
            issuer,
            date,
            area,
            period,
            original,
            encoding,
            text: fingerprint,
            check: _,
        } = record;
        Self {
            id,
            title,
            issuer,
            date,
            area,
            period,
            original,
            encoding,
            fingerprint,
        }
    }
}

/// Reads `project.ron`.
pub(in crate::store) fn read_head(path: &Path, bytes: &[u8]) -> Result<Parsed<Head>, Refusal> {
    let Parsed { content, newer } = parse::<File>(path, bytes)?;
    let project = content.project.open();
    let mut ids = BTreeSet::new();
    let mut reports = Vec::with_capacity(content.reports.len());
    for record in content.reports {
        let report = Report::from(record.open());
        if !ids.insert(report.id.clone()) {
            let message = format!("two reports have the id `{}`; expected one of each", report.id);
            return Err(Broken::whole(path, message).into());
        }
        reports.push(report);
    }
    Ok(Parsed {
        content: Head {
            app: content.app,
            title: project.title,
            language: project.language,
            extractor: project.extractor,
            reports,
        },
        newer,
    })
}

/// Prints `project.ron`.
pub(in crate::store) fn write_head(head: &Head) -> Result<String, ron::Error> {
    print(&File {
        format: FORMAT,
        app: head.app.clone(),
        project: Checked::seal(ProjectRecord {
            title: head.title.clone(),
            language: head.language,
            extractor: head.extractor.clone(),
            check: None,
        }),
        reports: head
            .reports
            .iter()
            .map(|report| Checked::seal(report.clone().into()))
            .collect(),
    })
}
