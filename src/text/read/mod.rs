//! From the bytes of a file to a clean text, its map back to the file, and its metadata.
//!
//! May use `model`, `text::offsets` and parsers of bytes. Never opens a file.

mod chars;
mod encoding;
mod error;
mod page;
mod plain;
mod source_map;

use encoding_rs::Encoding;

pub use error::ReadError;
pub use source_map::SourceMap;

use page::Page;

/// What a file's content is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Lines of text.
    #[default]
    Plain,
    /// Markdown.
    Markdown,
    /// HTML, a whole document or a body only.
    Html,
}

/// What a report says of itself; a field is empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The report's title.
    pub title: String,
    /// Who published it.
    pub issuer: String,
    /// When it was published, as `2025-03-11`.
    pub date: String,
    /// The place it reports on.
    pub area: String,
    /// The period under review, as `2024` or `2021-2025`.
    pub period: String,
}

/// A file that has been read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The shown text: UTF-8, LF, one paragraph a line, no line end at its end.
    pub text: String,
    /// Where each part of it stood in the decoded file.
    pub source_map: SourceMap,
    /// The encoding the file was read in.
    pub encoding: &'static Encoding,
    /// Whether that was given, marked in the file or beyond doubt.
    pub encoding_sure: bool,
    /// What the content is written in.
    pub format: Format,
    /// What the report says of itself.
    pub metadata: Metadata,
    /// How many replacement characters (U+FFFD) the decoded file holds.
    pub had_replacements: usize,
}

/// Reads a file's bytes; `encoding` overrides detection.
///
/// # Errors
/// When the content is no text (a PDF, a Word file, an archive), or too large to be a report.
pub fn read(
    bytes: &[u8],
    file_name: &str,
    encoding: Option<&'static Encoding>,
) -> Result<Reading, ReadError> {
    if bytes.len() > ReadError::LARGEST_FILE {
        return Err(ReadError::too_large(file_name, bytes.len()));
    }
    let decoded = encoding::decode(bytes, file_name, encoding)?;
    let source: &str = &decoded.text;
    let mut page = Page::new(source);
    plain::read(&mut page, source, 0..source.len());
    let (text, source_map) = page.finish();
    Ok(Reading {
        text,
        source_map,
        encoding: decoded.encoding,
        encoding_sure: decoded.sure,
        format: Format::Plain,
        metadata: Metadata::default(),
        had_replacements: source.matches('\u{fffd}').count(),
    })
}
