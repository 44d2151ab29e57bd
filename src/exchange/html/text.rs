//! A report's text as paragraphs, headings and tables, with its tags.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use super::{Article, escaped};
use crate::exchange::tables::{Cell, Column, Row};
use crate::model::{Field, ObsStatus, Ruling, Span};
use crate::text::outline::{Block, BlockKind, Outline};

/// What parts the cells of a table's row.
const BAR: char = '|';

/// Writes the text of a report.
pub(super) fn write(article: &Article<'_>, html: &mut String) -> fmt::Result {
    let tags = Tags::of(article);
    let outline = Outline::of(article.page.text);
    let mut blocks = outline.blocks.as_slice();
    while let [block, rest @ ..] = blocks {
        blocks = rest;
        let line = || tags.line(block.span);
        match block.kind {
            BlockKind::Title => writeln!(html, "<p class=\"title\">{}</p>", line())?,
            BlockKind::Heading(level) => {
                let level = level.clamp(1, 3) + 2;
                writeln!(html, "<h{level}>{}</h{level}>", line())?;
            }
            BlockKind::Paragraph => writeln!(html, "<p>{}</p>", line())?,
            BlockKind::Chrome => writeln!(html, "<p class=\"chrome\">{}</p>", line())?,
            BlockKind::Blank => {}
            BlockKind::TableRow => {
                let more = rest
                    .iter()
                    .take_while(|block| block.kind == BlockKind::TableRow)
                    .count();
                let (following, behind) = rest.split_at(more);
                write_table(&tags, *block, following, html)?;
                blocks = behind;
            }
        }
    }
    Ok(())
}

fn write_table(tags: &Tags<'_>, first: Block, following: &[Block], html: &mut String) -> fmt::Result {
    writeln!(html, "<div class=\"scroll\"><table class=\"cells\">")?;
    for (place, block) in std::iter::once(&first).chain(following).enumerate() {
        let is_head = place == 0 && !following.is_empty() && tags.values_in(block.span).next().is_none();
        let tag = if is_head { "th" } else { "td" };
        write!(html, "<tr>")?;
        for cell in cells(tags, block.span) {
            write!(html, "<{tag}>{}</{tag}>", tags.line(cell))?;
        }
        writeln!(html, "</tr>")?;
    }
    writeln!(html, "</table></div>")
}

/// The cells of a row. Words that were tagged together are never parted.
fn cells(tags: &Tags<'_>, row: Span) -> Vec<Span> {
    let words = row.of(tags.text).unwrap_or_default();
    let bars = words.match_indices(BAR).map(|(at, _)| row.start + at);
    let is_within = |bar: &usize| {
        tags.values_in(row)
            .any(|value| value.start <= *bar && *bar < value.end)
    };
    let mut cells = Vec::new();
    let mut start = row.start;
    for bar in bars.filter(|bar| !is_within(bar)).chain([row.end]) {
        let cell = tags.text.get(start..bar).unwrap_or_default();
        let from = start + (cell.len() - cell.trim_start().len());
        cells.push(Span::new(from, from + cell.trim().len()));
        start = bar + BAR.len_utf8();
    }
    if words.trim_end().ends_with(BAR)
        && cells.len() > 1
        && !is_within(&(row.start + words.trim_end().len() - 1))
    {
        // The bar at the end closes the row or stands before an empty cell; either way nothing follows.
        cells.pop();
    }
    cells
}

/// What is tagged in a text, in its order; no two overlap.
struct Tags<'a> {
    text: &'a str,
    tags: Vec<Tag>,
}

struct Tag {
    span: Span,
    is_value: bool,
    /// What stands before the words.
    opening: String,
    /// The same where it goes on in another line: an id stands only once.
    opening_again: String,
    closing: &'static str,
}

impl<'a> Tags<'a> {
    fn of(article: &Article<'a>) -> Self {
        let page = article.page;
        let mut tags: Vec<Tag> = Vec::new();
        for (number, mark) in page.marks.iter().enumerate() {
            let row = Row {
                page,
                mark,
                catalogue: article.catalogue,
            };
            tags.push(match mark.ruling {
                Ruling::Tagged(_) => value(article, number, &row),
                Ruling::Dismissed(_) => dismissed(article, &row),
            });
        }
        let mut taken: BTreeSet<(usize, usize)> =
            tags.iter().map(|tag| (tag.span.start, tag.span.end)).collect();
        for (_, row) in article.rows() {
            let said = row.mark.ruling.observation();
            let Some(span) = said
                .and_then(|said| said.indicator_span)
                .filter(|_| row.mark.name.is_some())
            else {
                continue;
            };
            let before = taken.range(..(span.end, 0)).next_back();
            if before.is_none_or(|(_, end)| *end <= span.start) {
                taken.insert((span.start, span.end));
                let opening = format!("<span class=\"n {}\">", article.tint(&row));
                tags.push(Tag {
                    span,
                    is_value: false,
                    opening_again: opening.clone(),
                    opening,
                    closing: "</span>",
                });
            }
        }
        tags.sort_by_key(|tag| tag.span);
        Self {
            text: page.text,
            tags,
        }
    }

    /// The tags that share words with a span.
    fn within(&self, span: Span) -> impl Iterator<Item = &Tag> {
        let first = self.tags.partition_point(|tag| tag.span.end <= span.start);
        let rest = self.tags.get(first..).unwrap_or_default();
        rest.iter().take_while(move |tag| tag.span.start < span.end)
    }

    /// The values that share words with a span.
    fn values_in(&self, span: Span) -> impl Iterator<Item = Span> {
        self.within(span).filter(|tag| tag.is_value).map(|tag| tag.span)
    }

    /// Some words with their tags.
    fn line(&self, line: Span) -> String {
        let words = |from: usize, to: usize| escaped(self.text.get(from..to).unwrap_or_default());
        let mut html = String::new();
        let mut at = line.start;
        for tag in self.within(line) {
            let (from, to) = (tag.span.start.max(line.start), tag.span.end.min(line.end));
            html += &words(at, from);
            html += if tag.span.start < line.start {
                &tag.opening_again
            } else {
                &tag.opening
            };
            html += &words(from, to);
            html += tag.closing;
            at = to;
        }
        html + &words(at, line.end)
    }
}

fn value(article: &Article<'_>, number: usize, row: &Row<'_>) -> Tag {
    let (of, tint) = (article.number, article.tint(row));
    let again = format!(
        "class=\"v {tint}\" href=\"#o{of}-{number}\" aria-describedby=\"o{of}-{number}\" data-card=\"{}\">",
        escaped(&card(article, row)),
    );
    Tag {
        span: row.mark.span,
        is_value: true,
        opening: format!("<a id=\"v{of}-{number}\" {again}"),
        opening_again: format!("<a {again}"),
        closing: "</a>",
    }
}

fn dismissed(article: &Article<'_>, row: &Row<'_>) -> Tag {
    let card = escaped(&line(article, Column::Reason, row).unwrap_or_default());
    let opening = format!("<span class=\"x\" data-card=\"{card}\">");
    Tag {
        span: row.mark.span,
        is_value: true,
        opening_again: opening.clone(),
        opening,
        closing: "</span>",
    }
}

/// The fields of an observation, one a line, for those that look at its words.
fn card(article: &Article<'_>, row: &Row<'_>) -> String {
    let fields = [
        Column::Name,
        Column::Of(Field::Measure),
        Column::Of(Field::RefScope),
        Column::Number,
        Column::Of(Field::UnitMeasure),
        Column::Of(Field::TimePeriod),
        Column::Of(Field::RefArea),
        Column::Of(Field::ValueNature),
        Column::Of(Field::ObsStatus),
        Column::Of(Field::IndicatorText),
        Column::Of(Field::Note),
        Column::Origin,
        Column::Agent,
    ];
    let lines: Vec<String> = fields
        .iter()
        .filter_map(|column| line(article, *column, row))
        .collect();
    lines.join("\n")
}

/// Whether nothing is to be said of how a value came about.
fn is_normal(row: &Row<'_>) -> bool {
    let said = row.mark.ruling.observation();
    said.is_some_and(|said| said.obs_status == ObsStatus::default())
}

fn line(article: &Article<'_>, column: Column, row: &Row<'_>) -> Option<String> {
    let said = match column {
        Column::Of(Field::ObsStatus) if is_normal(row) => return None,
        Column::Number => super::observations::value(row)?,
        _ => match row.shown(column, article.words) {
            Cell::Text(words) => words.into_owned(),
            _ => return None,
        },
    };
    let head = article.words.t(column.key());
    Some(article.words.f("html.field", &[head.to_owned(), said]))
}
