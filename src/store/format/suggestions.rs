//! `suggestions/<report>.ron`: what extractors proposed for one report.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::anchor::{Anchor, Anchoring, Placed};
use super::layer::lost_quote;
use super::pen::Unprintable;
use super::record::{Checked, SuggestionRecord};
use super::{FORMAT, Parsed, Refusal, Versioned, parse, print};
use crate::model::{Fingerprint, ReportId, Suggestion};
use crate::text::offsets::{CharIndex, fingerprint};

#[derive(Serialize, Deserialize)]
#[serde(rename = "suggestions", deny_unknown_fields)]
struct File {
    format: u32,
    report: ReportId,
    text: Fingerprint,
    suggestions: Vec<Checked<SuggestionRecord>>,
}

impl Versioned for File {
    fn format(&self) -> u32 {
        self.format
    }
}

/// A suggestions file as it was read, not yet laid over a text.
pub(in crate::store) struct Suggested {
    pub report: ReportId,
    pub text: Fingerprint,
    pub suggestions: Vec<SuggestionRecord>,
}

/// Reads a suggestions file.
pub(in crate::store) fn read_suggestions(path: &Path, bytes: &[u8]) -> Result<Parsed<Suggested>, Refusal> {
    let Parsed { content, newer } = parse::<File>(path, bytes)?;
    let File {
        format: _,
        report,
        text,
        suggestions,
    } = content;
    Ok(Parsed {
        content: Suggested {
            report,
            text,
            suggestions: suggestions.into_iter().map(Checked::open).collect(),
        },
        newer,
    })
}

impl Suggested {
    /// Finds every suggestion's words in `text`, whose fingerprint is `print`.
    ///
    /// A suggestion that is not found is left out and told of: an extractor can make it anew.
    pub fn lay(self, text: &str, print: &Fingerprint) -> (Vec<Suggestion>, Anchoring) {
        let index = CharIndex::new(text);
        let mut anchor = Anchor::new(text, &index, self.text == *print);
        let mut anchoring = Anchoring::default();
        let mut suggestions = Vec::with_capacity(self.suggestions.len());
        for record in self.suggestions {
            let span = match anchor.place(&record.words()) {
                Placed::Kept(span) => {
                    anchoring.kept += 1;
                    span
                }
                Placed::Moved(span) => {
                    anchoring.moved += 1;
                    span
                }
                Placed::Ambiguous(span) => {
                    anchoring.ambiguous.push(lost_quote(&record.words()));
                    span
                }
                Placed::Lost => {
                    anchoring.lost.push(lost_quote(&record.words()));
                    continue;
                }
            };
            let at = record.at;
            suggestions.extend(record.suggestion(span, |observation| {
                let was = observation.indicator_span?;
                anchor.place_name(span, at, was, &observation.indicator_text)
            }));
        }
        suggestions.sort_by_key(|suggestion| suggestion.span);
        (suggestions, anchoring)
    }
}

/// Prints the suggestions for one report.
pub(in crate::store) fn write_suggestions(
    report: &ReportId,
    suggestions: &[Suggestion],
    text: &str,
) -> Result<String, Unprintable> {
    let index = CharIndex::new(text);
    let anchor = Anchor::new(text, &index, true);
    let mut records = Vec::with_capacity(suggestions.len());
    for suggestion in suggestions {
        let words = anchor.words(suggestion.span)?;
        let record = SuggestionRecord::of(suggestion, words, |span| anchor.chars(span))?;
        records.push(record);
    }
    Ok(print_suggestions(report, fingerprint(text), records)?)
}

/// Prints records of suggestions for one report.
pub(in crate::store) fn print_suggestions(
    report: &ReportId,
    text: Fingerprint,
    mut records: Vec<SuggestionRecord>,
) -> Result<String, ron::Error> {
    records.sort_by_key(|record| record.at);
    print(&File {
        format: FORMAT,
        report: report.clone(),
        text,
        suggestions: records.into_iter().map(Checked::seal).collect(),
    })
}
