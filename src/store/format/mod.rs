//! The text of project files: RON that reads well in an editor and in a diff.
//!
//! Each kind of file has its own structures here, apart from the model, with offsets in Unicode
//! code points. An older format is carried up by a pure function in [`migrate`]; a newer one is
//! read as far as it can be, and never written.

mod anchor;
mod catalogue;
mod change;
mod finder;
mod head;
mod layer;
mod memory;
mod migrate;
mod objection;
mod pen;
mod record;
mod suggestions;
mod waivers;

use std::path::Path;

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::Broken;

pub use anchor::{Anchoring, LostQuote, Placed};
pub(super) use catalogue::{read_catalogue, read_rules, write_catalogue, write_rules};
pub(super) use change::{ChangeRecord, lay_changes, read_change, write_changes};
pub use finder::{Quote, QuoteFinder};
pub(super) use head::{Head, read_head, write_head};
pub(super) use layer::{Laid, Records, Unanchored, read_layer};
pub(super) use memory::{read_memory, write_memory};
pub(super) use objection::{ConflictRecord, RejectionRecord};
pub(super) use pen::{LayerPen, Unprintable, print_layer};
pub(super) use record::{DecisionRecord, ObservationRecord, OutOfText, Quoted, SuggestionRecord, Words};
pub(super) use suggestions::{print_suggestions, read_suggestions, write_suggestions};
pub(super) use waivers::{read_waivers, write_waivers};

/// The format that this program writes.
pub const FORMAT: u32 = 1;

/// Why a file's text was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no valid file of its kind.
    Broken(Broken),
    /// It has this newer format, and more than this program can read.
    Newer(u32),
}

impl From<Broken> for Refusal {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

/// What was read, and whether the file has a newer format and must not be written.
#[derive(Debug)]
pub(super) struct Parsed<T> {
    pub content: T,
    pub newer: Option<u32>,
}

/// The top of a kind of file: knows the format it was written in.
pub(super) trait Versioned: DeserializeOwned {
    /// The format that the file names.
    fn format(&self) -> u32;
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// Prints a file: one field a line, Unix line ends, a line end at the end.
pub(super) fn print<T: Serialize>(file: &T) -> Result<String, ron::Error> {
    let config = PrettyConfig::new().new_line("\n").struct_names(false);
    let mut text = options().to_string_pretty(file, config)?;
    text.push('\n');
    Ok(text)
}

/// Reads a file that has no format of its own.
pub(super) fn parse_plain<T: DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, Broken> {
    let text = utf8(path, bytes)?;
    options().from_str(text).map_err(|error| at_place(path, &error))
}

/// Reads a file of any format that this program knows.
fn parse<T: Versioned>(path: &Path, bytes: &[u8]) -> Result<Parsed<T>, Refusal> {
    let text = utf8(path, bytes)?;
    let error = match options().from_str::<T>(text) {
        Ok(content) if content.format() == FORMAT => {
            return Ok(Parsed { content, newer: None });
        }
        Ok(content) if content.format() > FORMAT => {
            let newer = Some(content.format());
            return Ok(Parsed { content, newer });
        }
        Ok(_) => None,
        Err(error) => Some(error),
    };
    match migrate::format_of(text) {
        Some(found) if found > FORMAT => match migrate::read_what_is_known::<T>(text) {
            Some(content) => Ok(Parsed {
                content,
                newer: Some(found),
            }),
            None => Err(Refusal::Newer(found)),
        },
        Some(found) if found < FORMAT => {
            let message = format!("there is no format {found}; expected 1 to {FORMAT}");
            Err(Broken::whole(path, message).into())
        }
        _ => match error {
            Some(error) => Err(at_place(path, &error).into()),
            None => Err(Broken::whole(path, "expected `format: 1`").into()),
        },
    }
}

/// The bytes as text, without a byte order mark.
pub(super) fn utf8<'a>(path: &Path, bytes: &'a [u8]) -> Result<&'a str, Broken> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let good = String::from_utf8_lossy(good);
            let line_start = good.rfind('\n').map_or(0, |at| at + 1);
            Err(Broken {
                path: path.to_owned(),
                line: good.matches('\n').count() + 1,
                column: good.get(line_start..).unwrap_or_default().chars().count() + 1,
                message: "found bytes that are no UTF-8; expected UTF-8 text".to_owned(),
            })
        }
    }
}

fn at_place(path: &Path, error: &ron::error::SpannedError) -> Broken {
    Broken {
        path: path.to_owned(),
        line: error.span.start.line,
        column: error.span.start.col,
        message: error.code.to_string(),
    }
}
