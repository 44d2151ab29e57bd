//! Reads Markdown: its marks are dropped, its text is kept.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::cells::Cells;
use super::hints::Hints;
use super::page::Page;
use super::wrap::Wrap;
use super::{html, plain};

/// Copies the text of `range` (bytes of `source`).
pub(super) fn read(page: &mut Page<'_>, hints: &mut Hints, source: &str, range: Range<usize>) {
    let body = source.get(range.clone()).unwrap_or_default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut reader = Reader {
        page,
        hints,
        source,
        wrap: Wrap::of(body),
        cells: Cells::default(),
        in_table: false,
        in_html: false,
        behind_number: false,
        headline: None,
    };
    for (event, at) in Parser::new_ext(body, options).into_offset_iter() {
        reader.take(event, range.start + at.start..range.start + at.end);
    }
    reader.page.end_started_line();
}

struct Reader<'r, 'a> {
    page: &'r mut Page<'a>,
    hints: &'r mut Hints,
    source: &'r str,
    wrap: Wrap,
    cells: Cells,
    in_table: bool,
    /// A block of HTML is being passed over, because it has been read as a whole.
    in_html: bool,
    /// The number of an item stands on the line that the item's text belongs to.
    behind_number: bool,
    /// The length of the page where the first headline began.
    headline: Option<usize>,
}

impl Reader<'_, '_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range.end),
            Event::Text(words) => self.text(&words, range),
            Event::Code(_) => self.code(range),
            Event::InlineHtml(tag) if is_line_break(&tag) => self.page.end_line(None),
            Event::SoftBreak | Event::HardBreak => self.line_break(range),
            Event::Rule => self.page.end_paragraph(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::HtmlBlock => {
                self.page.end_started_line();
                html::read(self.page, self.hints, self.source, range);
                self.in_html = true;
            }
            Tag::Heading { level, .. } => {
                self.page.end_started_line();
                if *level == HeadingLevel::H1 && self.hints.headline.is_empty() {
                    self.headline = Some(self.page.len());
                }
            }
            Tag::Item => {
                self.page.end_started_line();
                self.item_number(range);
            }
            Tag::Table(_) => {
                self.page.end_paragraph();
                self.in_table = true;
            }
            Tag::TableRow | Tag::TableHead => self.page.end_started_line(),
            Tag::TableCell => self.cells.open_cell(),
            Tag::Paragraph if std::mem::take(&mut self.behind_number) => {}
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::List(_) => {
                self.page.end_started_line();
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, at: usize) {
        match tag {
            TagEnd::HtmlBlock => self.in_html = false,
            TagEnd::Heading(_) => {
                if let Some(start) = self.headline.take() {
                    self.hints.headline = self.page.words_since(start);
                }
                self.page.end_started_line();
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                self.cells.close_row(self.page, at);
                self.page.end_started_line();
            }
            TagEnd::Table => {
                self.in_table = false;
                self.page.end_paragraph();
            }
            TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock => self.page.end_started_line(),
            _ => {}
        }
    }

    /// Keeps the number of an item of an ordered list: other parts of the report may refer to it.
    fn item_number(&mut self, range: Range<usize>) {
        let words = self.source.get(range.clone()).unwrap_or_default();
        let digits = words.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            self.page
                .copy(range.start..(range.start + digits + 2).min(range.end));
            self.behind_number = true;
        }
    }

    /// Copies a code span without its back quotes; it may run over several lines.
    fn code(&mut self, range: Range<usize>) {
        let span = self.source.get(range.clone()).unwrap_or_default();
        let quotes = span.bytes().take_while(|byte| *byte == b'`').count();
        if self.in_table {
            self.cells.before_text(self.page, range.start, span);
        }
        self.page.copy(range.start + quotes..range.end - quotes);
    }

    fn text(&mut self, words: &str, range: Range<usize>) {
        if self.in_html {
            return;
        }
        if self.in_table {
            self.cells.before_text(self.page, range.start, words);
        }
        // Entities have been decoded; everything else stands there as it is.
        let slice = self.source.get(range.clone()).unwrap_or_default();
        match slice.find(words) {
            Some(offset) => {
                let start = range.start + offset;
                plain::read_lines(self.page, self.source, start..start + words.len());
            }
            None => self.page.replace(range, words),
        }
    }

    /// A line of a paragraph ends. In reports it is a paragraph of its own, unless it was broken.
    fn line_break(&mut self, range: Range<usize>) {
        let (before, behind) = (self.source.get(..range.start), self.source.get(range.end..));
        let before = before
            .and_then(|text| text.rsplit('\n').next())
            .unwrap_or_default();
        if self.wrap.continues(before, behind.unwrap_or_default()) {
            self.page.copy(range);
            return;
        }
        let line_end = self.source.as_bytes().get(range.clone());
        let offset = line_end.and_then(|bytes| memchr::memchr(b'\n', bytes));
        self.page.end_line(offset.map(|offset| range.start + offset));
    }
}

fn is_line_break(tag: &str) -> bool {
    tag.get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("<br"))
}
