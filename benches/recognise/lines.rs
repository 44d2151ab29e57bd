//! The command line as a job of data processing runs it: `extract --lines` over JSON Lines of reports.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::json;

use crate::Effort;
use crate::common::{Outcome, say};
use crate::programs::{Cost, cost};
use crate::table::{Budget, Measured, Table};

/// How many times faster two jobs must be than one.
const TWO_JOBS: [Budget; 1] = [Budget::OfRowBefore(1.8)];

/// Adds a row for one job and one for two.
pub fn measure(table: &mut Table, reports: &[String], effort: Effort, folder: &Path) -> Outcome<()> {
    let path = folder.join("reports.jsonl");
    let bytes = write(reports, effort.bytes, &path)?;
    // By turns, so that a slow while of the machine strikes both.
    let mut fastest: [Option<Cost>; 2] = [None; 2];
    for _ in 0..effort.times {
        for (jobs, best) in ["1", "2"].into_iter().zip(&mut fastest) {
            let mut command = Command::new(env!("CARGO_BIN_EXE_indicator-annotator"));
            command.args(["extract", "--lines", "--jobs", jobs]).arg(&path);
            let cost = cost(&mut command)?;
            if best.is_none_or(|best| cost.clock < best.clock) {
                *best = Some(cost);
            }
        }
    }
    let [Some(one), Some(two)] = fastest else {
        return Ok(());
    };
    let row = |time: Duration| Measured {
        bytes,
        time,
        found: None,
    };
    table.row("extract --lines --jobs 1, by clock", row(one.clock), &[]);
    table.row("extract --lines --jobs 2, by clock", row(two.clock), &TWO_JOBS);
    let cores = two.processor.as_secs_f64() / two.clock.as_secs_f64();
    say(&format!(
        "    two jobs were given {cores:.2} cores; the ratio is theirs only with two"
    ));
    Ok(())
}

/// Writes one record a report, again and again; answers how many bytes of text they hold.
fn write(reports: &[String], bytes: usize, path: &Path) -> Outcome<usize> {
    let mut out = BufWriter::new(File::create(path)?);
    let mut written = 0;
    for (id, text) in reports.iter().cycle().enumerate() {
        if written >= bytes {
            break;
        }
        writeln!(out, "{}", json!({ "id": id, "text": text }))?;
        written += text.len();
    }
    out.flush()?;
    Ok(written)
}
