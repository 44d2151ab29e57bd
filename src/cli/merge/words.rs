//! What was merged, in words.

use std::fmt::Write as _;

use crate::query::curate::{Point, Summary};
use crate::query::merge::Conflict;

/// What curating has done.
#[derive(Default)]
pub struct Done {
    /// In so many reports two or more have decided.
    pub reports: usize,
    /// So many decisions were equal.
    pub unanimous: usize,
    /// So many were chosen by the strategy.
    pub chosen: usize,
}

/// The counts after curating, a line each.
pub fn curated(done: &Done, left: &Summary) -> String {
    let mut lines = format!(
        "reports    {}\nunanimous  {}\nchosen     {}\nsettled    {}\none-sided  {}\ndiffering  {}\n",
        done.reports, done.unanimous, done.chosen, left.settled, left.one_sided, left.differing
    );
    for (point, count) in &left.points {
        let name = match point {
            Point::Ruling => "ruling",
            Point::Edges => "span",
            Point::Of(field) => field.name(),
        };
        // Writing to a string cannot fail.
        writeln!(lines, "  {name:16} {count}").unwrap_or_default();
    }
    if left.scale > 0 {
        writeln!(lines, "  {:16} {}", "(scale)", left.scale).unwrap_or_default();
    }
    lines
}

/// A conflict in a sentence.
pub fn conflict(conflict: &Conflict) -> String {
    match conflict {
        Conflict::Decision {
            annotator,
            report,
            span,
        } => format!(
            "{annotator}/{report}: both sides have decided on {}..{} differently; theirs is kept as a conflict, \
             which the window shows",
            span.start, span.end
        ),
        Conflict::Unkept {
            annotator, report, ..
        } => format!(
            "{annotator}/{report}: a decision of theirs has no place beside the conflicts that are there; \
             settle these and merge again"
        ),
        Conflict::Text { report } => {
            format!("{report}: the texts differ; their decisions on it were left out")
        }
        Conflict::Report {
            report,
            field,
            theirs,
        } => {
            format!("{report}: both sides have changed its {field}; ours stays, theirs is `{theirs}`")
        }
        Conflict::Indicator { id, field, theirs } => {
            format!("indicator {id}: both sides have changed its {field}; ours stays, theirs is `{theirs}`")
        }
        Conflict::Rule { name } => format!("rule {name}: both sides have changed it; ours stays"),
        Conflict::Guidelines => {
            "guidelines: both sides have changed them; theirs stands behind ours".to_owned()
        }
        Conflict::Title { theirs } => {
            format!("title: both sides have changed it; ours stays, theirs is `{theirs}`")
        }
        Conflict::Extractor => "extractor: both sides have changed it; ours stays".to_owned(),
    }
}
