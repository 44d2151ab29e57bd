//! What of a file of predictions was not taken, where it stands and why.

use std::fmt;

use crate::model::{Field, FieldError};

/// Something that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Where it stands.
    pub at: At,
    /// Why it was not taken.
    pub why: Why,
}

/// A place in a file of predictions. All numbers count from one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The line, where each line is a piece of its own.
    pub line: Option<usize>,
    /// The element, where the file is one array.
    pub item: Option<usize>,
    /// The mention or region within that.
    pub mention: Option<usize>,
}

impl At {
    pub(in crate::exchange) fn line(line: usize) -> Self {
        Self {
            line: Some(line),
            ..Self::default()
        }
    }

    pub(in crate::exchange) fn item(item: usize) -> Self {
        Self {
            item: Some(item),
            ..Self::default()
        }
    }

    pub(in crate::exchange) fn mention(self, mention: usize) -> Self {
        Self {
            mention: Some(mention),
            ..self
        }
    }
}

impl fmt::Display for At {
    /// `line 3`, `item 2, mention 5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            ("line", self.line),
            ("item", self.item),
            ("mention", self.mention),
        ];
        let mut separator = "";
        for (word, number) in parts {
            if let Some(number) = number {
                write!(f, "{separator}{word} {number}")?;
                separator = ", ";
            }
        }
        Ok(())
    }
}

/// Why something was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is no JSON; the parser's words.
    NotJson(String),
    /// It is neither a mention nor a record of mentions nor a task.
    UnknownShape,
    /// It does not say which report it is about.
    NoReport,
    /// The project has no such report.
    UnknownReport(String),
    /// The report's text is missing.
    NoText(String),
    /// It does not say where the words stand.
    NoPlace,
    /// These words do not stand in the report.
    Lost {
        /// First code point.
        start: usize,
        /// One past the last.
        end: usize,
        /// The words; empty where none are quoted.
        words: String,
    },
    /// The score is no number from 0 to 1 or to 1000.
    Score(String),
    /// It is there for nothing that this program knows.
    Role(String),
    /// A field does not hold what it should.
    Field(Field, FieldError),
    /// The words are no number, and no value is given.
    NoValue(String),
    /// These words or some of them are decided on otherwise.
    Decided(String),
    /// It stands in several pieces, and decisions are whole.
    Pieces,
    /// It is nothing of this format, or nothing that this program has; its words.
    Unread(String),
    /// The other program could not do it; its words.
    Failed(String),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(error) => write!(f, "no JSON: {error}"),
            Self::UnknownShape => f.write_str(
                "expected a mention {\"document\", \"start\", \"end\", …}, a record {\"id\", \"mentions\"} or a \
                 task of Label Studio",
            ),
            Self::NoReport => f.write_str("no report is named; expected `document` or `id`"),
            Self::UnknownReport(name) => write!(f, "the project has no report `{name}`"),
            Self::NoText(report) => write!(f, "the text of `{report}` is missing"),
            Self::NoPlace => f.write_str("expected `start` and a larger `end`, in code points"),
            Self::Lost { start, end, words } if words.is_empty() => {
                write!(f, "the report has no code points {start} to {end}")
            }
            Self::Lost { start, words, .. } => {
                write!(f, "the report does not have 「{words}」 at code point {start} or elsewhere")
            }
            Self::Score(found) => write!(f, "`{found}` is no score; expected 0 to 1, or 0 to 1000"),
            Self::Role(found) => write!(f, "`{found}` is no role and no reason to dismiss"),
            Self::Field(field, error) => write!(f, "`{}`: {error}", field.name()),
            Self::NoValue(words) => write!(f, "「{words}」 is no number, and no `value` is given"),
            Self::Decided(words) => write!(f, "「{words}」 is decided on otherwise, whole or in part"),
            Self::Pieces => f.write_str("it stands in several pieces; only whole stretches can be decided on"),
            Self::Unread(words) => write!(f, "not understood: {words}"),
            Self::Failed(words) => write!(f, "the other program says: {words}"),
        }
    }
}
