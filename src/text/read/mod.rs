//! From the bytes of a file to a clean text, its map back to the file, and its metadata.
//!
//! May use `model`, `text::offsets` and parsers of bytes. Never opens a file.

mod cells;
mod chars;
mod csv;
mod encoding;
mod error;
mod flat;
mod format;
mod front_matter;
mod grid;
mod hints;
mod html;
mod manuscript;
mod markdown;
mod metadata;
mod page;
mod pipes;
mod plain;
mod rewrite;
mod source_map;
mod wrap;

use std::borrow::Cow;

use encoding_rs::Encoding;

pub use error::{Container, ReadError, RowFault};
pub use manuscript::{Line, Manuscript};
pub use source_map::SourceMap;

use front_matter::FrontMatter;
use hints::Hints;
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
    /// A table of values parted by commas, semicolons or tabs.
    Csv,
    /// A Word document (DOCX).
    Word,
    /// An Excel workbook (XLSX).
    Excel,
    /// A PDF document.
    Pdf,
}

/// Where a page of the original begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageStart {
    /// The byte of the shown text at which it begins.
    pub at: usize,
    /// Its number, from 1.
    pub number: u32,
}

impl PageStart {
    /// The number of the page on which a byte stands, of pages in ascending order.
    pub fn number_at(pages: &[Self], at: usize) -> Option<u32> {
        let begun = pages.partition_point(|page| page.at <= at);
        Some(pages.get(begun.checked_sub(1)?)?.number)
    }
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
    /// Where the pages of the original begin; none where it has no pages.
    pub pages: Vec<PageStart>,
}

impl Reading {
    /// Where the text stood in the decoded file; `None` where the file is no text.
    pub fn source(&self) -> Option<&SourceMap> {
        match self.format {
            Format::Plain | Format::Markdown | Format::Html | Format::Csv => Some(&self.source_map),
            Format::Word | Format::Excel | Format::Pdf => None,
        }
    }

    /// The page of the original on which this byte of the shown text stands, where it has pages.
    pub fn page_at(&self, byte: usize) -> Option<u32> {
        PageStart::number_at(&self.pages, byte)
    }
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
    let front_matter = FrontMatter::of(source);
    let body = front_matter.as_ref().map_or(0, |front| front.end);
    let format = format::of(
        source.get(body..).unwrap_or_default(),
        file_name,
        front_matter.is_some(),
    );
    let mut page = Page::new(source);
    let mut hints = Hints::default();
    if let Some(front) = &front_matter {
        write_front_matter(&mut page, source, front);
    }
    match format {
        Format::Plain | Format::Word | Format::Excel | Format::Pdf => {
            plain::read(&mut page, source, body..source.len());
        }
        Format::Csv => csv::read(&mut page, source, body..source.len()),
        Format::Markdown => markdown::read(&mut page, &mut hints, source, body..source.len()),
        Format::Html => {
            let end = end_of_html(source, body, front_matter.is_some());
            html::read(&mut page, &mut hints, source, body..end);
            markdown::read(&mut page, &mut hints, source, end..source.len());
        }
    }
    let (text, source_map) = page.finish();
    let metadata = metadata::of(&text, front_matter.as_ref(), &hints);
    Ok(Reading {
        text,
        source_map,
        encoding: decoded.encoding,
        encoding_sure: decoded.sure,
        format,
        metadata,
        had_replacements: source.matches('\u{fffd}').count(),
        pages: Vec::new(),
    })
}

/// The text of a file as it is, in the encoding that it is found to be in.
///
/// # Errors
/// When the content is no text, or too large to be a report.
pub fn decode<'a>(bytes: &'a [u8], file_name: &str) -> Result<Cow<'a, str>, ReadError> {
    if bytes.len() > ReadError::LARGEST_FILE {
        return Err(ReadError::too_large(file_name, bytes.len()));
    }
    encoding::decode(bytes, file_name, None).map(|decoded| decoded.text)
}

/// What parts the fields of a table of values; `None` where most records have but one.
pub fn csv_delimiter(text: &str) -> Option<u8> {
    csv::delimiter(text)
}

/// The first calendar date in `words`, as `2025-03-11`.
pub fn date_of(words: &str) -> Option<String> {
    metadata::date_in(words)
}

/// Writes the title and the date: a reader would miss them. The other fields are for programs.
fn write_front_matter(page: &mut Page<'_>, source: &str, front: &FrontMatter<'_>) {
    let body = source.get(front.end..).unwrap_or_default();
    let top = body.get(..body.floor_char_boundary(600)).unwrap_or(body);
    for keys in [["title", "标题"], ["date", "日期"]] {
        if let Some(range) = keys.iter().find_map(|key| front.range(key))
            && !source.get(range.clone()).is_some_and(|words| top.contains(words))
        {
            page.copy(range);
            page.end_line(None);
        }
    }
    page.end_paragraph();
}

/// Where HTML ends. Behind front matter, a page generator's Markdown may follow it.
fn end_of_html(source: &str, body: usize, has_front_matter: bool) -> usize {
    let html = source.get(body..).unwrap_or_default();
    let last_tag = html
        .rfind("</")
        .and_then(|tag| Some(tag + html.get(tag..)?.find('>')? + 1));
    match last_tag {
        Some(end) if has_front_matter => body + end,
        _ => source.len(),
    }
}

#[cfg(test)]
mod tests;
