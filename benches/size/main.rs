//! What a project costs by its size: opening, going to a report, deciding, searching, memory.
//!
//! `cargo bench --bench size` makes projects of 10, 100, 1,000 and 10,000 reports in a folder of its own and prints
//! one table, with a column for each. `-- --quick` leaves the largest out; `-- 1000` measures only this size;
//! `-- --in FOLDER` keeps the projects there and takes those that are there already. `-- --slack 2` ends with an
//! error when a figure is over twice its budget. Each size is measured in a process of its own, for its memory.

#[path = "../common/mod.rs"]
mod common;
mod make;
mod measure;
#[expect(dead_code, reason = "the bench of the desk asks more of it")]
#[path = "../desk/window.rs"]
mod window;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use common::{Outcome, flag, pace, reports, say, text_of_size};
use measure::{Figure, ROWS};

/// The sizes, in reports.
const SIZES: [u64; 4] = [10, 100, 1_000, 10_000];

/// The name of the argument that has one project measured.
const MEASURE: &str = "--measure";

fn main() -> ExitCode {
    let done = match option(MEASURE) {
        Some(project) => measure::measure(Path::new(&project)).map(|()| true),
        None => compare(),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say(&format!("size: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Measures every size; answers whether nothing was over its budget by more than the slack asked for.
fn compare() -> Outcome<bool> {
    let own = tempfile::tempdir()?;
    let folder = option("--in").map_or_else(|| own.path().to_path_buf(), PathBuf::from);
    let mut sizes: Vec<u64> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    sizes.retain(|size| SIZES.contains(size));
    if sizes.is_empty() {
        sizes = SIZES.to_vec();
        sizes.truncate(if flag("--quick") { 3 } else { 4 });
    }
    let texts = reports()?;
    say(&pace(&text_of_size(&texts, 1_000_000, |_| true))?);
    let lines: Vec<&str> = texts
        .iter()
        .flat_map(|text| text.lines())
        .filter(|line| line.len() > 30)
        .collect();
    let mut columns = Vec::new();
    for size in &sizes {
        let project = folder.join(format!("{size}-reports"));
        if !project.exists() {
            let start = Instant::now();
            make::project(&project, *size, &lines)?;
            say(&format!(
                "made {size} reports in {:.0} s",
                start.elapsed().as_secs_f64()
            ));
        }
        columns.push(measured(&project)?);
    }
    print(&sizes, &columns);
    let worst = worst(&sizes, &columns);
    say(&format!("the worst figure is {worst:.2} times its budget"));
    let slack = option("--slack").and_then(|slack| slack.parse::<f64>().ok());
    Ok(slack.is_none_or(|slack| worst <= slack))
}

/// Measures one project in a process of its own.
fn measured(project: &Path) -> Outcome<Vec<Figure>> {
    let output = Command::new(std::env::current_exe()?)
        .arg(MEASURE)
        .arg(project)
        .output()?;
    let told = String::from_utf8_lossy(&output.stdout);
    let figures: Vec<Figure> = told.lines().filter_map(Figure::told).collect();
    if output.status.success() && !figures.is_empty() {
        return Ok(figures);
    }
    let error = String::from_utf8_lossy(&output.stderr);
    Err(format!("{} could not be measured: {told}{error}", project.display()).into())
}

fn print(sizes: &[u64], columns: &[Vec<Figure>]) {
    let heads: Vec<String> = sizes.iter().map(|size| format!("{size:>12}")).collect();
    say(&format!("{:<46}{}  budget", "reports", heads.concat()));
    for (name, budget) in ROWS {
        let cells = columns.iter().map(|figures| {
            let figure = figures.iter().find(|figure| figure.name == *name);
            let words = figure.map_or_else(|| "–".to_owned(), |figure| format!("{:.1}", figure.value));
            format!("{words:>12}")
        });
        let budget = budget.map_or_else(String::new, |budget| format!("≤ {budget}"));
        say(&format!(
            "{name:<46}{}  {budget}",
            cells.collect::<Vec<_>>().concat()
        ));
    }
}

/// How many times its budget the worst figure is. Small projects weigh nothing beside the program itself.
fn worst(sizes: &[u64], columns: &[Vec<Figure>]) -> f64 {
    let strain = |size: u64, figure: &Figure| {
        let (name, budget) = ROWS.iter().find(|(name, _)| *name == figure.name)?;
        let counts = size >= 1_000 || !name.starts_with("memory");
        Some(figure.value / (*budget)?).filter(|_| counts)
    };
    let strains = sizes
        .iter()
        .zip(columns)
        .flat_map(|(size, figures)| figures.iter().filter_map(move |figure| strain(*size, figure)));
    strains.fold(0.0, f64::max)
}

/// What stands behind this name among the arguments.
fn option(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}
