//! `waivers/<annotator>.ron`: the findings of checks that an annotator lets stand.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::record::{Checked, Record};
use super::{Broken, FORMAT, Parsed, Refusal, Versioned, parse, print};
use crate::model::Annotator;

/// The reason of each waived finding, by the finding's key.
type Waivers = BTreeMap<String, String>;

#[derive(Serialize, Deserialize)]
#[serde(rename = "waivers", deny_unknown_fields)]
struct File {
    format: u32,
    annotator: Annotator,
    waivers: Vec<Checked<WaiverRecord>>,
}

impl Versioned for File {
    fn format(&self) -> u32 {
        self.format
    }
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename = "waiver", deny_unknown_fields)]
struct WaiverRecord {
    finding: String,
    reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    check: Option<String>,
}

impl Record for WaiverRecord {
    fn check(&mut self) -> &mut Option<String> {
        &mut self.check
    }
}

/// Reads a file of waivers.
pub(in crate::store) fn read_waivers(
    path: &Path,
    bytes: &[u8],
) -> Result<Parsed<(Annotator, Waivers)>, Refusal> {
    let Parsed { content, newer } = parse::<File>(path, bytes)?;
    let mut waivers = Waivers::new();
    for record in content.waivers {
        let WaiverRecord { finding, reason, .. } = record.open();
        if waivers.contains_key(&finding) {
            let message = format!("two entries are for the finding `{finding}`; expected one");
            return Err(Broken::whole(path, message).into());
        }
        waivers.insert(finding, reason);
    }
    Ok(Parsed {
        content: (content.annotator, waivers),
        newer,
    })
}

/// Prints an annotator's waivers.
pub(in crate::store) fn write_waivers(
    annotator: &Annotator,
    waivers: &Waivers,
) -> Result<String, ron::Error> {
    let seal = |(finding, reason): (&String, &String)| {
        Checked::seal(WaiverRecord {
            finding: finding.clone(),
            reason: reason.clone(),
            check: None,
        })
    };
    print(&File {
        format: FORMAT,
        annotator: annotator.clone(),
        waivers: waivers.iter().map(seal).collect(),
    })
}
