//! `stats`: how much of a project is decided, by report and layer.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::columns::aligned;
use super::complain;
use crate::app::document::Document;
use crate::model::{Annotator, ReportId};
use crate::query::{Ledger, Marks};
use crate::store::{Opened, Store};

/// Arguments of `stats`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The project: its folder or its project.ron.
    project: PathBuf,

    /// How the counts are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How counts are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A table for a person.
    Text,
    /// One JSON object.
    Json,
}

/// What one layer says of one report.
#[derive(Clone, Copy, Default)]
struct Counts {
    ledger: Ledger,
    /// Proposals that were rejected.
    rejected: usize,
    /// What a merge could not settle.
    conflicts: usize,
}

/// Carries out `stats`: 0 when all was counted, 1 when a file of the project could not be read, 2 when the project
/// could not.
pub fn run(arguments: &Arguments) -> ExitCode {
    let (_store, opened) = match Store::open(&arguments.project) {
        Ok(opened) => opened,
        Err(error) => return complain(&format!("{error}\nhint: {}", error.advice()), 2),
    };
    for notice in &opened.notices {
        complain(&format!("{notice}\nhint: {}", notice.advice()), 1);
    }
    let counted = count(&opened);
    let printed = match arguments.format {
        Format::Text => text(&opened, &counted),
        Format::Json => format!("{:#}\n", object(&opened, &counted)),
    };
    match io::stdout().lock().write_all(printed.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(&format!("could not go on: {error}"), 2)
        }
        _ => ExitCode::from(u8::from(!opened.notices.is_empty())),
    }
}

/// A report's counts by whose layer; of a report that nobody has decided on, all is open.
type Counted = Vec<(ReportId, BTreeMap<Annotator, Counts>, usize)>;

fn count(opened: &Opened) -> Counted {
    let project = &opened.project;
    let mut counted = Vec::new();
    for report in &project.reports {
        let Some(text) = opened.texts.get(&report.id) else {
            continue;
        };
        let mentions: Arc<[_]> = Document::numbers(text, &project.rules).into();
        let of_layer = |layer| Marks::new(Arc::clone(&mentions), Arc::from([]), layer).ledger();
        let mut by_annotator = BTreeMap::new();
        for (annotator, reports) in &project.layers {
            if let Some(layer) = reports.get(&report.id) {
                let counts = Counts {
                    ledger: of_layer(Some(layer)),
                    rejected: layer.rejections().count(),
                    conflicts: layer.conflicts().count(),
                };
                by_annotator.insert(annotator.clone(), counts);
            }
        }
        counted.push((report.id.clone(), by_annotator, of_layer(None).total()));
    }
    counted
}

const HEADS: [&str; 7] = [
    "report",
    "layer",
    "tagged",
    "dismissed",
    "open",
    "rejected",
    "conflicts",
];

fn text(opened: &Opened, counted: &Counted) -> String {
    let mut rows = vec![HEADS.map(str::to_owned).to_vec()];
    let mut sums: BTreeMap<String, Counts> = BTreeMap::new();
    for (report, by_annotator, numbers) in counted {
        let nobody = Counts {
            ledger: Ledger {
                open: *numbers,
                ..Ledger::default()
            },
            ..Counts::default()
        };
        let named = by_annotator
            .iter()
            .map(|(annotator, counts)| (annotator.to_string(), *counts));
        let mut lines: Vec<(String, Counts)> = named.collect();
        if lines.is_empty() {
            lines.push(("-".to_owned(), nobody));
        }
        for (layer, counts) in lines {
            rows.push(row(&report.0, &layer, counts));
            let sum = sums.entry(layer).or_default();
            sum.ledger = sum.ledger + counts.ledger;
            sum.rejected += counts.rejected;
            sum.conflicts += counts.conflicts;
        }
    }
    rows.extend(sums.into_iter().map(|(layer, sum)| row("all", &layer, sum)));
    let project = &opened.project;
    let suggestions: usize = project.suggestions.values().map(|all| all.len()).sum();
    format!(
        "{}\n{} reports, {} indicators in the catalogue, {suggestions} suggestions of other programs\n\n{}",
        project.title,
        project.reports.len(),
        project.catalogue.indicators.len(),
        aligned(&rows)
    )
}

fn row(report: &str, layer: &str, counts: Counts) -> Vec<String> {
    let Ledger {
        tagged,
        dismissed,
        open,
    } = counts.ledger;
    let numbers = [tagged, dismissed, open, counts.rejected, counts.conflicts];
    let names = [report, layer].map(str::to_owned);
    names
        .into_iter()
        .chain(numbers.map(|number| number.to_string()))
        .collect()
}

fn object(opened: &Opened, counted: &Counted) -> Json {
    let of_layer = |counts: &Counts| {
        json!({
            "tagged": counts.ledger.tagged,
            "dismissed": counts.ledger.dismissed,
            "open": counts.ledger.open,
            "rejected": counts.rejected,
            "conflicts": counts.conflicts,
        })
    };
    let reports = counted.iter().map(|(report, by_annotator, numbers)| {
        let layers = by_annotator
            .iter()
            .map(|(annotator, counts)| (annotator.to_string(), of_layer(counts)));
        json!({"report": &*report.0, "numbers": numbers, "layers": layers.collect::<serde_json::Map<_, _>>()})
    });
    json!({"title": opened.project.title, "reports": reports.collect::<Vec<_>>()})
}
