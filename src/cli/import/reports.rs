//! `import --as reports`: more reports for a project, also from corpora whose rows are reports.

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::sync::Arc;

use super::{Arguments, complain, lock, open};
use crate::app::incoming::{self, Incoming};
use crate::app::jobs::Watch;
use crate::exchange::corpus::{Choice, Columns};
use crate::model::ReportId;
use crate::store::Part;

/// How corpora are read: JSON Lines or CSV, one report a row.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Corpora, with --as reports")]
pub struct Corpus {
    /// The column of the reports' text [default: the one that holds running text].
    #[arg(long, value_name = "COLUMN")]
    text: Option<String>,

    /// The column of their ids.
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,

    /// The column of their titles.
    #[arg(long, value_name = "COLUMN")]
    title: Option<String>,

    /// The column of who published them.
    #[arg(long, value_name = "COLUMN")]
    issuer: Option<String>,

    /// The column of when they were published.
    #[arg(long, value_name = "COLUMN")]
    date: Option<String>,

    /// The column of the places they report on.
    #[arg(long, value_name = "COLUMN")]
    area: Option<String>,

    /// The column of the periods under review.
    #[arg(long, value_name = "COLUMN")]
    period: Option<String>,

    /// Each file is one report: a table of figures, whatever its rows look like.
    #[arg(long, conflicts_with = "text")]
    table: bool,
}

impl Corpus {
    fn choice(&self) -> Choice {
        Choice {
            is_one_report: self.table,
            columns: Columns {
                text: self.text.clone(),
                id: self.id.clone(),
                title: self.title.clone(),
                issuer: self.issuer.clone(),
                date: self.date.clone(),
                area: self.area.clone(),
                period: self.period.clone(),
            },
        }
    }
}

/// Carries out the import: 0 when all came in, 1 when something was refused, 2 when the project cannot be changed.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    match carry_out(arguments) {
        Ok((taken, refused)) => {
            // Whoever reads our output may have had enough; the files are written all the same.
            writeln!(io::stdout().lock(), "{taken} reports; {refused} refused").ok();
            ExitCode::from(u8::from(refused > 0))
        }
        Err(words) => complain(&words, 2),
    }
}

/// How many reports came in, and how many did not.
fn carry_out(arguments: &Arguments) -> Result<(usize, usize), String> {
    let (mut store, opened) = open(&arguments.project)?;
    let _lock = lock(&store)?;
    let mut reports = opened.project.reports;
    let taken: BTreeSet<ReportId> = reports.iter().map(|report| report.id.clone()).collect();
    let choice = arguments.corpus.choice();
    let (incoming, unreadable) = incoming::read_all(&arguments.files, &choice, &taken, &Watch::default());
    for (path, problem) in &unreadable {
        complain(&format!("{}: {problem}", path.display()), 1);
    }
    let count = incoming.len();
    let mut parts = Vec::new();
    for incoming in incoming {
        reports.push(incoming.report.clone());
        parts.extend(parts_of(incoming));
    }
    parts.push(Part::Head {
        title: opened.project.title,
        language: opened.project.language,
        extractor: opened.project.extractor,
        reports,
    });
    store.write(&parts).map_err(|error| error.to_string())?;
    Ok((count, unreadable.len()))
}

/// The files that a report's text and its original become.
pub(in crate::cli) fn parts_of(incoming: Incoming) -> [Part; 2] {
    let Incoming {
        report,
        text,
        original,
    } = incoming;
    let text = Part::Text {
        report: report.id.clone(),
        text,
    };
    let original = Part::Original {
        report: report.id,
        name: report.original,
        bytes: Arc::clone(&original.bytes),
    };
    [text, original]
}
