//! What a person at the desk waits for: opening, scrolling, deciding, saving, starting.
//!
//! `cargo bench --bench desk` prints one table with the budgets beside the figures; `-- open scroll`
//! measures these parts of it alone. `-- --quick` repeats less; `-- --slack 2` ends with an error when
//! a row is over twice its budget. Frames, decisions and calculations are told in processor time, as
//! another program's turn is not this one's cost; whatever waits for disks or threads, by the clock.

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

use common::{Outcome, flag, pace, reports, say, text_of_size};
use indicator_annotator::number;
use table::Table;

/// The sizes of report text that are measured, with their names.
const SIZES: [(usize, &str); 3] = [(14_000, "14 kB"), (1_000_000, "1 MB"), (10_000_000, "10 MB")];

/// What is measured at every size, with the names to choose it by.
const PARTS: [(&str, Measure); 4] = [
    ("open", open::measure),
    ("scroll", scroll::measure),
    ("decide", decide::measure),
    ("save", save::measure),
];

/// Measures one thing with one report.
type Measure = fn(&mut Table, &Sized, Effort) -> Outcome<()>;

/// Lines with fewer numbers than one in so many bytes are left out, which leaves a number in every
/// fifty bytes: a report that is all figures, and asks more of the window than most.
const SPARSE: usize = 65;

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
    let sizes =
        SIZES.map(|(bytes, name)| sized(folder.path(), name, text_of_size(&reports, bytes, is_dense)));
    let sizes = sizes.into_iter().collect::<Outcome<Vec<Sized>>>()?;
    let sample = sizes.get(1).map_or("", |report| &report.text);
    say(&pace(sample)?);

    let mut table = Table::begin();
    let chosen: Vec<String> = std::env::args().collect();
    let is_chosen = |name: &str| {
        let names = PARTS.iter().map(|(name, _)| *name).chain(["start"]);
        chosen.iter().any(|word| word == name)
            || !names
                .into_iter()
                .any(|name| chosen.iter().any(|word| word == name))
    };
    for (_, measure) in PARTS.iter().filter(|(name, _)| is_chosen(name)) {
        for report in &sizes {
            measure(&mut table, report, effort)?;
        }
    }
    if is_chosen("start") {
        start::measure(&mut table, effort)?;
    }

    say(&pace(sample)?);
    let (over, worst) = table.verdict();
    say(&format!(
        "{over} rows over their budget; the worst took {worst:.2} times its budget"
    ));
    Ok(number_option("--slack").is_none_or(|slack| worst <= slack))
}

fn is_dense(line: &str) -> bool {
    number::mentions(line).len() * SPARSE > line.len()
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
