//! The table of a report's observations, each row with a way to its words.

use std::fmt::{self, Write as _};

use super::{Article, escaped};
use crate::exchange::tables::{Cell, Column, Row};
use crate::exchange::words::Words;
use crate::model::{Comparator, Field};

/// The columns that are shown, if any row has something in them.
const SHOWN: &[Column] = &[
    Column::Name,
    Column::Of(Field::Measure),
    Column::Of(Field::RefScope),
    Column::Number,
    Column::Of(Field::TimePeriod),
    Column::Of(Field::RefArea),
    Column::Of(Field::ValueNature),
    Column::Text,
    Column::Of(Field::Note),
];

/// Writes the table; nothing where there are no observations.
pub(super) fn write(article: &Article<'_>, html: &mut String) -> fmt::Result {
    let rows: Vec<(usize, Row<'_>)> = article.rows().collect();
    if rows.is_empty() {
        return Ok(());
    }
    let words = article.words;
    let is_used = |column: &&Column| {
        rows.iter()
            .any(|(_, row)| !shown(row, **column, words).is_empty())
    };
    let columns: Vec<Column> = SHOWN.iter().filter(is_used).copied().collect();
    let caption = escaped(words.t("sheet.observations"));
    writeln!(
        html,
        "<div class=\"scroll\"><table class=\"values\">\n<caption>{caption} · {}</caption>",
        rows.len()
    )?;
    write!(html, "<thead><tr>")?;
    for column in &columns {
        let head = escaped(words.t(column.key()));
        write!(html, "<th scope=\"col\"{}>{head}</th>", class(*column))?;
    }
    writeln!(html, "</tr></thead>\n<tbody>")?;
    for (number, row) in &rows {
        let of = article.number;
        write!(html, "<tr id=\"o{of}-{number}\">")?;
        for column in &columns {
            let words = escaped(&shown(row, *column, words));
            match column {
                Column::Name => {
                    let tint = article.tint(row);
                    write!(
                        html,
                        "<th scope=\"row\"><span class=\"n {tint}\">{words}</span></th>"
                    )?;
                }
                Column::Text => write!(html, "<td><a href=\"#v{of}-{number}\">{words}</a></td>")?,
                _ => write!(html, "<td{}>{words}</td>", class(*column))?,
            }
        }
        writeln!(html, "</tr>")?;
    }
    writeln!(html, "</tbody></table></div>")
}

fn shown(row: &Row<'_>, column: Column, words: &Words) -> String {
    match column {
        Column::Number => value(row).unwrap_or_default(),
        _ => match row.shown(column, words) {
            Cell::Text(words) => words.into_owned(),
            _ => String::new(),
        },
    }
}

fn class(column: Column) -> &'static str {
    match column {
        Column::Number => " class=\"number\"",
        Column::Of(Field::Measure | Field::TimePeriod | Field::ValueNature) => " class=\"short\"",
        _ => "",
    }
}

/// A value as people read it, with how it relates to the true one and its unit: `≥ 1,609 家`.
pub(super) fn value(row: &Row<'_>) -> Option<String> {
    let said = row.mark.ruling.observation()?;
    let sign = match said.comparator {
        Comparator::Equal => "",
        other => other.sign(),
    };
    Some(
        format!("{sign} {} {}", said.value.grouped(), said.unit)
            .trim()
            .to_owned(),
    )
}
