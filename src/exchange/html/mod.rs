//! A page for people who do not have the program: each report's text with its tags, and a table under it.
//!
//! One file, without scripts and without anything from elsewhere.

mod observations;
mod text;

use std::fmt::{self, Write as _};
use std::io::{self, Write};

use htmlize::escape_all_quotes;

use super::annotated::Annotated;
use super::export::{Format, Selection, Written};
use super::tables::Row;
use super::words::Words;
use crate::model::{Catalogue, Language, Ruling, Tint};

const STYLE: &str = include_str!("report.css");

/// Writes the page.
pub(super) fn write(selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<Written> {
    let project = selection.project;
    let words = Words::of(project.language);
    let (mut contents, mut articles) = (String::new(), String::new());
    let (mut number, mut tagged) = (0, 0);
    let written = selection.visit(Format::Html, |page| {
        number += 1;
        let article = Article {
            number,
            page,
            catalogue: &project.catalogue,
            words: &words,
        };
        let count = article.rows().count();
        tagged += count;
        let title = escaped(&page.report.title);
        writeln!(
            contents,
            "<li><a href=\"#r{number}\">{title}</a> <span>{count}</span></li>"
        )
        .and_then(|()| article.write(&mut articles))
        .map_err(io::Error::other)
    })?;
    let language = match project.language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    };
    let title = if project.title.is_empty() {
        words.t("app.name")
    } else {
        &project.title
    };
    let title = escaped(title);
    let counts = [
        written.reports.to_string(),
        tagged.to_string(),
        selection.annotator.to_string(),
    ];
    let about = escaped(&words.f("html.about", &counts));
    let hint = escaped(words.t("html.hint"));
    let nav = if written.reports > 1 {
        format!("<nav><ol>\n{contents}</ol></nav>\n")
    } else {
        String::new()
    };
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header class=\"top\">\n<h1>{title}</h1>\n<p>{about}</p>\n<p class=\"hint\">{hint}</p>\n{nav}</header>\n\
         <main>\n{articles}</main>\n</body>\n</html>\n"
    )?;
    Ok(written)
}

/// A report on the page.
struct Article<'a> {
    /// Its number on the page, from 1; ids begin with it.
    number: usize,
    page: &'a Annotated<'a>,
    catalogue: &'a Catalogue,
    words: &'a Words,
}

impl<'a> Article<'a> {
    /// The observations, with their number in the report.
    fn rows(&self) -> impl Iterator<Item = (usize, Row<'a>)> {
        let (page, catalogue) = (self.page, self.catalogue);
        let rows = page.marks.iter().enumerate().map(move |(number, mark)| {
            (
                number,
                Row {
                    page,
                    mark,
                    catalogue,
                },
            )
        });
        rows.filter(|(_, row)| matches!(row.mark.ruling, Ruling::Tagged(_)))
    }

    fn write(&self, html: &mut String) -> fmt::Result {
        let report = self.page.report;
        writeln!(
            html,
            "<article id=\"r{}\">\n<h2>{}</h2>\n<dl>",
            self.number,
            escaped(&report.title)
        )?;
        let said = [
            ("details.issuer", &report.issuer),
            ("details.date", &report.date),
            ("details.area", &report.area),
            ("details.period", &report.period),
            ("details.original", &report.original),
        ];
        for (key, said) in said.into_iter().filter(|(_, said)| !said.is_empty()) {
            let head = escaped(self.words.t(key));
            writeln!(html, "<div><dt>{head}</dt><dd>{}</dd></div>", escaped(said))?;
        }
        writeln!(html, "</dl>\n<div class=\"text\">")?;
        text::write(self, html)?;
        writeln!(html, "</div>")?;
        observations::write(self, html)?;
        writeln!(html, "</article>")
    }

    /// The class of an indicator's colour.
    fn tint(&self, row: &Row<'_>) -> String {
        let said = row
            .mark
            .ruling
            .observation()
            .and_then(|said| said.indicator.as_ref());
        let entry = said.and_then(|id| self.catalogue.get(id));
        format!("t{}", entry.map_or(0, |entry| entry.tint.0 % Tint::COUNT))
    }
}

/// Words as they stand in a page, also within quotes; signs that no page can have become �.
fn escaped(words: &str) -> String {
    let is_forbidden = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
    if words.contains(is_forbidden) {
        return escape_all_quotes(words.replace(is_forbidden, "\u{fffd}")).into_owned();
    }
    escape_all_quotes(words).into_owned()
}
