//! One report, read and understood: what the window draws and what decisions refer to.

use std::sync::Arc;

use crate::extract::{self, Context, Linker};
use crate::model::{
    CandidateRule, Catalogue, Decision, Experience, Lesson, Memory, Mention, Observation, Report, ReportId,
    Span, Suggestion,
};
use crate::number;
use crate::text::offsets::CharIndex;
use crate::text::outline::Outline;

/// Texts of so many bytes are worth a second thread.
const LARGE: usize = 1 << 20;

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
    /// The characters beyond ASCII that the text is written with, each once, in order.
    pub letters: Vec<char>,
    /// The numbers, after the project's candidate rules.
    pub mentions: Arc<[Mention]>,
}

impl Document {
    /// Reads a text. Rules that do not compile are left out; the rules pane says why.
    pub fn analyse(id: ReportId, text: Arc<str>, rules: &[CandidateRule]) -> Self {
        Self::analyse_with(letters_of, id, text, rules)
    }

    /// The same without its letters, for who does not draw it.
    pub fn without_letters(id: ReportId, text: Arc<str>, rules: &[CandidateRule]) -> Self {
        Self::analyse_with(|_| Vec::new(), id, text, rules)
    }

    fn analyse_with(
        letters_of: impl Fn(&str) -> Vec<char> + Sync,
        id: ReportId,
        text: Arc<str>,
        rules: &[CandidateRule],
    ) -> Self {
        let all_but_numbers = || (CharIndex::new(&text), Outline::of(&text), letters_of(&text));
        let (mentions, (index, outline, letters)) = if text.len() < LARGE {
            (Self::numbers(&text, rules), all_but_numbers())
        } else {
            // The numbers take longest, and a person waits; the rest is done beside them.
            let (mentions, rest) = std::thread::scope(|scope| {
                let rest = scope.spawn(all_but_numbers);
                (Self::numbers(&text, rules), rest.join())
            });
            (
                mentions,
                rest.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            )
        };
        Self {
            id,
            index,
            outline,
            letters,
            mentions: mentions.into(),
            text,
        }
    }

    /// The numbers of a text alone, for who wants nothing else of it.
    pub fn numbers(text: &str, rules: &[CandidateRule]) -> Vec<Mention> {
        let rules: Vec<_> = rules
            .iter()
            .filter_map(|rule| number::rules::compile(rule).ok())
            .collect();
        number::rules::apply(&rules, text, number::mentions(text))
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

    /// What lessons make of the extractor's own suggestions.
    pub fn reminded(
        &self,
        report: &Report,
        catalogue: &Catalogue,
        memory: &Memory,
        own: &[Suggestion],
    ) -> Vec<Suggestion> {
        let mut suggestions = own.to_vec();
        if !memory.is_empty() {
            extract::remind(
                memory,
                &self.context(report, catalogue),
                &self.mentions,
                &mut suggestions,
            );
        }
        suggestions
    }

    /// The lessons that a decision changes, told how the words stood before it and how they stand after it.
    pub fn learn(
        &self,
        report: &Report,
        catalogue: &Catalogue,
        memory: &Memory,
        (before, after): (Option<&Decision>, Option<&Decision>),
    ) -> Vec<(Lesson, Option<Experience>)> {
        let context = self.context(report, catalogue);
        extract::learn(memory, &context, &self.mentions, before, after)
    }

    /// The best filled observation for words that a person tags by hand, by what decisions have taught.
    pub fn draft(&self, report: &Report, catalogue: &Catalogue, memory: &Memory, span: Span) -> Observation {
        let context = self.context(report, catalogue);
        if memory.is_empty() {
            extract::draft(&context, &self.mentions, span)
        } else {
            extract::draft_reminded(memory, &context, &self.mentions, span)
        }
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

fn letters_of(text: &str) -> Vec<char> {
    let mut seen = Vec::new();
    for letter in text.chars().filter(|letter| !letter.is_ascii()) {
        let code = letter as usize;
        if code >= seen.len() {
            seen.resize(code + 1, false);
        }
        seen[code] = true;
    }
    let seen = (0..).zip(seen).filter(|(_, seen)| *seen);
    seen.filter_map(|(code, _)| char::from_u32(code)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_told_once_and_in_order() {
        assert_eq!(
            letters_of("R&D投入,投入\u{20000}é"),
            ['é', '入', '投', '\u{20000}']
        );
        assert!(letters_of("abc").is_empty());
    }
}
