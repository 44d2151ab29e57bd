//! What a person at the desk waits for: opening, scrolling, deciding, saving, starting.
//!
//! `cargo bench --bench desk` prints one table with the budgets beside the figures. `-- --quick`
//! repeats less; `-- --slack 2` ends with an error when a row is over twice its budget.

#[path = "../common/mod.rs"]
mod common;
mod decide;
mod open;
mod save;
mod scroll;
mod start;
mod table;
mod window;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use common::{Outcome, dense_text_of_size, flag, pace, reports, say};
use table::Table;

/// The sizes of report text that are measured, with their names.
const SIZES: [(usize, &str); 3] = [(14_000, "14 kB"), (1_000_000, "1 MB"), (10_000_000, "10 MB")];

/// A report of one size, on the disk.
pub struct Sized {
    /// The name of its size.
    name: &'static str,
    /// Its text.
    text: String,
    /// The file that holds it.
    path: PathBuf,
}

/// How often things are repeated.
#[derive(Clone, Copy)]
pub struct Effort {
    /// For what takes long.
    few: usize,
    /// For what is over soon.
    many: usize,
    /// Frames of scrolling.
    frames: usize,
}

fn main() -> ExitCode {
    match measure() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say(&format!("desk: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Measures everything; answers whether nothing was over the budget by more than the slack asked for.
fn measure() -> Outcome<bool> {
    let effort = if flag("--quick") {
        Effort {
            few: 3,
            many: 60,
            frames: 200,
        }
    } else {
        Effort {
            few: 7,
            many: 200,
            frames: 600,
        }
    };
    let reports = reports()?;
    let folder = tempfile::tempdir()?;
    let sizes = SIZES.map(|(bytes, name)| sized(folder.path(), name, dense_text_of_size(&reports, bytes)));
    let sizes = sizes.into_iter().collect::<Outcome<Vec<Sized>>>()?;
    let sample = sizes.get(1).map_or("", |report| &report.text);
    say(&pace(sample)?);

    let mut table = Table::begin();
    for report in &sizes {
        open::measure(&mut table, report, effort)?;
    }
    for report in &sizes {
        scroll::measure(&mut table, report, effort)?;
    }
    for report in &sizes {
        decide::measure(&mut table, report, effort)?;
    }
    for report in &sizes {
        save::measure(&mut table, report, effort)?;
    }
    start::measure(&mut table, effort)?;

    say(&pace(sample)?);
    let (over, worst) = table.verdict();
    say(&format!(
        "{over} rows over their budget; the worst took {worst:.2} times its budget"
    ));
    Ok(number_option("--slack").is_none_or(|slack| worst <= slack))
}

fn sized(folder: &Path, name: &'static str, text: String) -> Outcome<Sized> {
    let path = folder.join(format!("{}.txt", name.replace(' ', "-")));
    std::fs::write(&path, &text)?;
    Ok(Sized { name, text, path })
}

/// The number behind this name among the arguments.
fn number_option(name: &str) -> Option<f64> {
    std::env::args()
        .skip_while(|argument| argument != name)
        .nth(1)?
        .parse()
        .ok()
}
