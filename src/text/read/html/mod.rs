//! Reads HTML: blocks become lines, tables become rows of cells, entities become characters.

mod layout;
mod pieces;

use std::ops::Range;

use super::cells::Cells;
use super::hints::Hints;
use super::page::Page;
use super::plain;
use layout::flatten_layout_tables;
use pieces::{Element, Piece, Pieces, Role};

/// Copies what a browser would show of `range` (bytes of `source`).
pub(super) fn read(page: &mut Page<'_>, hints: &mut Hints, source: &str, range: Range<usize>) {
    let html = source.get(range.clone()).unwrap_or_default();
    let Pieces { mut pieces, meta } = Pieces::of(html);
    flatten_layout_tables(&mut pieces, html);
    hints.meta.extend(meta);
    let mut reader = Reader {
        page,
        hints,
        source,
        base: range.start,
        unseen: None,
        in_title: false,
        preformatted: 0,
        tables: 0,
        cells: Cells::default(),
        behind_link: false,
        headline: None,
    };
    for piece in pieces {
        reader.take(&piece);
    }
    reader.page.end_started_line();
}

struct Reader<'r, 'a> {
    page: &'r mut Page<'a>,
    hints: &'r mut Hints,
    source: &'r str,
    /// The byte of the source at which the HTML begins.
    base: usize,
    /// The element that is not shown, and how many of its name are open.
    unseen: Option<(Element, usize)>,
    in_title: bool,
    preformatted: usize,
    tables: usize,
    cells: Cells,
    /// A link has just ended.
    behind_link: bool,
    /// The length of the page where the first headline began.
    headline: Option<usize>,
}

impl Reader<'_, '_> {
    fn take(&mut self, piece: &Piece) {
        if let Some((element, depth)) = &mut self.unseen {
            match piece {
                Piece::Open { element: opened, .. } if opened == element => *depth += 1,
                Piece::Close { element: closed, .. } if closed == element => *depth -= 1,
                _ => {}
            }
            if *depth == 0 {
                self.unseen = None;
            }
            return;
        }
        match piece {
            Piece::Open { element, role, at } => self.open(*element, *role, self.base + at),
            Piece::Close { role, at, .. } => self.close(*role, self.base + at),
            Piece::Text(range) => self.text(self.base + range.start..self.base + range.end),
        }
    }

    fn open(&mut self, element: Element, role: Role, at: usize) {
        match role {
            Role::Unseen => self.unseen = Some((element, 1)),
            Role::Title => self.in_title = true,
            Role::Link if self.behind_link => self.page.separate(at),
            Role::Link => {}
            Role::Table => {
                self.page.end_paragraph();
                self.tables += 1;
            }
            Role::Row => {
                self.cells.close_row(self.page, at);
                self.page.end_started_line();
            }
            Role::Cell => self.cells.open_cell(),
            Role::LineBreak if self.tables == 0 => self.page.end_line(None),
            Role::Block | Role::Headline | Role::Preformatted | Role::LineBreak => self.edge(at),
        }
        match role {
            Role::Headline if self.hints.headline.is_empty() => self.headline = Some(self.page.len()),
            Role::Preformatted => self.preformatted += 1,
            _ => {}
        }
        self.behind_link = false;
    }

    fn close(&mut self, role: Role, at: usize) {
        match role {
            Role::Title => self.in_title = false,
            Role::Table => {
                self.cells.close_row(self.page, at);
                self.tables = self.tables.saturating_sub(1);
                self.page.end_paragraph();
            }
            Role::Row => {
                self.cells.close_row(self.page, at);
                self.page.end_started_line();
            }
            Role::Block => self.edge(at),
            Role::Headline => {
                if let Some(start) = self.headline.take() {
                    self.hints.headline = self.page.words_since(start);
                }
                self.edge(at);
            }
            Role::Preformatted => {
                self.preformatted = self.preformatted.saturating_sub(1);
                self.edge(at);
            }
            Role::Unseen | Role::Link | Role::Cell | Role::LineBreak => {}
        }
        self.behind_link = role == Role::Link;
    }

    /// The edge of a block: a new line, within a table's cell a gap.
    fn edge(&mut self, at: usize) {
        if self.tables == 0 {
            self.page.end_started_line();
        } else {
            self.page.separate(at);
        }
    }

    fn text(&mut self, range: Range<usize>) {
        let Some(words) = self.source.get(range.clone()) else {
            return;
        };
        if self.in_title {
            self.hints.page_title.push_str(&htmlize::unescape(words));
            return;
        }
        if self.tables > 0 {
            self.cells
                .before_text(self.page, range.start, &htmlize::unescape(words));
        }
        if self.preformatted > 0 && !words.contains('&') {
            plain::read_lines(self.page, self.source, range);
        } else {
            self.decoded(words, range);
        }
        self.behind_link = false;
    }

    /// Copies text, entities decoded.
    fn decoded(&mut self, words: &str, range: Range<usize>) {
        let mut from = 0;
        for at in memchr::memchr_iter(b'&', words.as_bytes()) {
            let Some(entity) = words.get(at..).map(entity).filter(|_| at >= from) else {
                continue;
            };
            let decoded = htmlize::unescape(entity);
            if decoded != entity {
                let end = at + entity.len();
                self.page.copy(range.start + from..range.start + at);
                self.page.replace(range.start + at..range.start + end, &decoded);
                from = end;
            }
        }
        self.page.copy(range.start + from..range.end);
    }
}

/// What may be an entity at the start of `words`: `&`, letters and digits, and a `;`.
fn entity(words: &str) -> &str {
    let name = words
        .bytes()
        .skip(1)
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    let end = 1 + name + usize::from(words.as_bytes().get(1 + name) == Some(&b';'));
    words.get(..end).unwrap_or(words)
}
