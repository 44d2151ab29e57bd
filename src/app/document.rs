//! One report, read and understood: what the window draws and what decisions refer to.

use std::sync::Arc;

use crate::extract::{self, Context, Linker};
use crate::model::{CandidateRule, Catalogue, Mention, Observation, Report, ReportId, Span, Suggestion};
use crate::number;
use crate::text::offsets::CharIndex;
use crate::text::outline::Outline;

/// A report's text with everything that is derived from the text alone.
#[derive(Debug)]
pub struct Document {
    /// Whose text it is.
    pub id: ReportId,
    /// The shown text.
    pub text: Arc<str>,
    /// Bytes to code points and back.
    pub index: CharIndex,
    /// Headings, paragraphs, tables.
    pub outline: Outline,
    /// The numbers, after the project's candidate rules.
    pub mentions: Arc<[Mention]>,
}

impl Document {
    /// Reads the numbers of a text. Rules that do not compile are left out; the rules pane says why.
    pub fn analyse(id: ReportId, text: Arc<str>, rules: &[CandidateRule]) -> Self {
        let rules: Vec<_> = rules
            .iter()
            .filter_map(|rule| number::rules::compile(rule).ok())
            .collect();
        let mentions = number::rules::apply(&rules, &text, number::mentions(&text));
        Self {
            index: CharIndex::new(&text),
            outline: Outline::of(&text),
            mentions: mentions.into(),
            id,
            text,
        }
    }

    /// What the built-in extractor proposes.
    pub fn suggest(&self, report: &Report, catalogue: &Catalogue) -> Vec<Suggestion> {
        extract::suggest(&self.context(report, catalogue), &self.mentions)
    }

    /// The same, with a catalogue that was prepared once for many reports.
    pub fn suggest_with(
        &self,
        report: &Report,
        catalogue: &Catalogue,
        linker: &Linker<'_>,
    ) -> Vec<Suggestion> {
        extract::suggest_with(&self.context(report, catalogue), linker, &self.mentions)
    }

    /// The best filled observation for words that a person tags by hand.
    pub fn draft(&self, report: &Report, catalogue: &Catalogue, span: Span) -> Observation {
        extract::draft(&self.context(report, catalogue), &self.mentions, span)
    }

    /// The words of a span; empty where it does not fit.
    pub fn words(&self, span: Span) -> &str {
        span.of(&self.text).unwrap_or_default()
    }

    fn context<'a>(&'a self, report: &'a Report, catalogue: &'a Catalogue) -> Context<'a> {
        Context {
            text: &self.text,
            outline: &self.outline,
            report,
            catalogue,
        }
    }
}
