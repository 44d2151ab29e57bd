//! Puts together what readers of other containers (Word, Excel, PDF) have found, as every reading is.

use std::ops::Range;

use encoding_rs::UTF_8;

use super::cells::Cells;
use super::hints::Hints;
use super::page::Page;
use super::{Format, PageStart, Reading, SourceMap, metadata};

/// The lines of a document in the order in which a person reads them.
#[derive(Clone, Debug, Default)]
pub struct Manuscript {
    /// What its lines are.
    pub lines: Vec<Line>,
    /// The title that the file's properties name, if any.
    pub title: String,
    /// The index of the first line of each page, and the page's number from 1; ascending.
    pub pages: Vec<(usize, u32)>,
}

/// One line of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The report's title, where the document marks it as that.
    Title(String),
    /// A paragraph or a heading; line ends in it are gaps.
    Paragraph(String),
    /// A row of a table, cell by cell.
    Row(Vec<String>),
    /// The edge of a table.
    Gap,
}

impl Manuscript {
    /// The reading of the document; it has no place in a decoded file.
    pub fn reading(&self, format: Format) -> Reading {
        let (source, ranges) = self.lay_out();
        let mut page = Page::of_paragraphs(&source);
        let mut hints = Hints {
            page_title: self.title.clone(),
            ..Hints::default()
        };
        let mut ranges = ranges.into_iter();
        let mut ahead = self.pages.iter().peekable();
        let mut pages: Vec<PageStart> = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            let start = page.len();
            match line {
                Line::Title(_) | Line::Paragraph(_) => page.copy(ranges.next().unwrap_or_default()),
                Line::Row(cells) => write_row(&mut page, &source, ranges.by_ref().take(cells.len())),
                Line::Gap => page.end_paragraph(),
            }
            let has_ink = page.len() > start;
            if let Line::Title(_) = line
                && hints.headline.is_empty()
            {
                hints.headline = page.words_since(start);
            }
            while has_ink && let Some((_, number)) = ahead.next_if(|(first, _)| *first <= index) {
                pages.push(PageStart {
                    at: page.line_start(),
                    number: *number,
                });
            }
            page.end_started_line();
        }
        let (text, _) = page.finish();
        Reading {
            metadata: metadata::of(&text, None, &hints),
            had_replacements: text.matches('\u{fffd}').count(),
            text,
            source_map: SourceMap::default(),
            encoding: UTF_8,
            encoding_sure: true,
            format,
            pages,
        }
    }

    /// All words one after another, and where each paragraph and each cell stands.
    fn lay_out(&self) -> (String, Vec<Range<usize>>) {
        let mut source = String::new();
        let mut ranges = Vec::new();
        let mut put = |words: &str| {
            let start = source.len();
            source.push_str(words);
            ranges.push(start..source.len());
            source.push('\n');
        };
        for line in &self.lines {
            match line {
                Line::Title(words) | Line::Paragraph(words) => put(words),
                Line::Row(cells) => cells.iter().for_each(|cell| put(cell)),
                Line::Gap => {}
            }
        }
        (source, ranges)
    }
}

fn write_row(page: &mut Page<'_>, source: &str, ranges: impl Iterator<Item = Range<usize>>) {
    let mut cells = Cells::default();
    let mut end = 0;
    for range in ranges {
        cells.open_cell();
        cells.before_text(page, range.start, source.get(range.clone()).unwrap_or_default());
        end = range.end;
        page.copy(range);
    }
    cells.close_row(page, end);
}
