//! How much a person has to do at the desk: key strokes, clicks and drags per observation.
//!
//! `cargo bench --bench effort` replays the annotated reports in `../shared/gold`: a simulated person brings each of
//! them to the gold with the program's own commands, and every action counts. There is no clock in it: it says the
//! same every time. It ends with an error over the budgets, and where the layer is not the gold in the end.
//! `-- FOLDER` takes other annotated reports, whose texts stand beside them; with `-- --exact-names` the person is
//! not content with a name that covers half of the gold's.
#![expect(clippy::unwrap_used, reason = "the desk is that of the tests")]

#[expect(dead_code, reason = "the tests use more of it")]
#[path = "../../tests/it/desk.rs"]
mod desk;
#[path = "../../tests/it/person/mod.rs"]
mod person;
mod table;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use desk::Desk;
use indicator_annotator::app::action::Action;
use indicator_annotator::model::Ruling;
use person::{Gold, Hands, Help, Person, Tally};
use table::Table;
use tempfile::TempDir;

/// What this bench fails with: words for the person who runs it.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// A way to come to the gold.
struct Way {
    /// What stands over its column.
    name: &'static str,
    /// Actions per observation, at most.
    budget: Option<f64>,
    hands: Hands,
    help: Help,
}

/// From what the person begins.
const WAYS: [Way; 4] = [
    Way {
        name: "nothing",
        budget: None,
        hands: Hands::Mouse,
        help: Help::Nothing,
    },
    Way {
        name: "suggestions",
        budget: Some(2.0),
        hands: Hands::Mouse,
        help: Help::Suggestions,
    },
    Way {
        name: "memory",
        budget: Some(1.7),
        hands: Hands::Mouse,
        help: Help::Memory,
    },
    Way {
        name: "keys alone",
        budget: None,
        hands: Hands::Keys,
        help: Help::Memory,
    },
];

/// What the columns mean.
const LEGEND: &str = "\
An action is a key stroke or chord, a click, a drag, or a typed character. Numbers that are no values count too \
where they are offered and have to be dismissed. An extractor does best on reports that it was made with.
nothing: the program offers nothing. The person drags over each number; its words give the value, the unit and
  what stands in them of the comparator; the period and the area are the report's own, the rest is the first of its
  vocabulary. Every field that this leaves wrong is set by mouse and keys.
suggestions: what the program proposes, without memory.
memory: the same with what the decisions before have taught: in this report and in those above it.
keys alone: the same without a mouse; names are typed, spans moved by a key a character.";

fn main() -> ExitCode {
    match measure() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say(&format!("effort: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Measures every way; answers whether none is over its budget.
fn measure() -> Outcome<bool> {
    let given = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"));
    let folder = given.map_or_else(person::gold_folder, PathBuf::from);
    let Some(files) = person::gold_files(&folder) else {
        say(&format!(
            "effort: nothing is measured, as there are no annotated reports in {}",
            folder.display()
        ));
        return Ok(true);
    };
    say(LEGEND);
    let mut table = Table::new(&WAYS.each_ref().map(|way| way.name));
    let texts: Vec<PathBuf> = files.iter().map(|(_, text)| text.clone()).collect();
    let mut desks = WAYS
        .each_ref()
        .map(|_| desk_with(&texts))
        .into_iter()
        .collect::<Outcome<Vec<Desk>>>()?;
    for (gold, text) in &files {
        let (mut observations, mut tallies) = (0, Vec::new());
        for (way, desk) in WAYS.iter().zip(&mut desks) {
            show(desk, text)?;
            let gold = person::gold_of_open_report(desk, gold)?;
            observations = gold
                .iter()
                .filter(|gold| matches!(gold.ruling, Ruling::Tagged(_)))
                .count();
            tallies.push(replay(desk, &gold, way)?);
        }
        let name = text.file_stem().unwrap_or_default().to_string_lossy();
        table.row(&name, observations, &tallies);
    }
    say(&table.reports());
    say(&table.kinds());
    let verdicts = table.means().into_iter().zip(&WAYS).filter_map(|(mean, way)| {
        let budget = way.budget?;
        let is_over = mean > budget;
        let verdict = if is_over { "OVER" } else { "OK" };
        say(&format!(
            "{:12} {mean:.2} actions per observation, budget {budget:.1}: {verdict}",
            way.name
        ));
        Some(is_over)
    });
    Ok(verdicts.filter(|is_over| *is_over).count() == 0)
}

/// A desk with a project of these reports that has not been touched.
fn desk_with(texts: &[PathBuf]) -> Outcome<Desk> {
    let mut desk = Desk::at(Arc::new(TempDir::new()?));
    desk.act(Action::Open(texts.to_vec()));
    Ok(desk)
}

/// Shows the report that was read from this file.
fn show(desk: &mut Desk, text: &Path) -> Outcome<()> {
    let name = text.file_name().unwrap_or_default().to_string_lossy();
    let mut reports = desk.app.project.reports.iter();
    let report = reports.find(|report| report.original == name);
    let id = report.map(|report| report.id.clone());
    desk.act(Action::ShowReport(id.ok_or(format!("{name} could not be read"))?));
    Ok(())
}

/// Brings the open report to the gold, and makes sure that it is.
fn replay(desk: &mut Desk, gold: &[Gold], way: &Way) -> Outcome<Tally> {
    let mut person = Person::at(desk, gold, way.hands, way.help);
    person.exact_names = flag("--exact-names");
    let tally = person.annotate();
    let differences = person::differences(desk, gold, way.help);
    if differences.is_empty() {
        Ok(tally)
    } else {
        Err(format!(
            "{}: the layer is not the gold:\n{}",
            way.name,
            differences.join("\n")
        )
        .into())
    }
}

/// Whether this flag is among the arguments.
fn flag(name: &str) -> bool {
    std::env::args().any(|argument| argument == name)
}

/// Prints words.
fn say(words: &str) {
    // Whoever closed the output does not want the rest.
    writeln!(io::stdout().lock(), "{words}").ok();
}
