//! `new`: a project of reports.

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use super::complain;
use super::import::parts_of;
use crate::app::builtin;
use crate::app::incoming::{self, Choice, Incoming};
use crate::app::jobs::Watch;
use crate::model::{Language, Report};
use crate::store::{Part, SaveError, Store};

/// Arguments of `new`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder of the new project; there may be none in it yet.
    project: PathBuf,

    /// Reports, archives of them, or folders of them.
    files: Vec<PathBuf>,

    /// The project's title [default: the folder's name].
    #[arg(long)]
    title: Option<String>,
}

/// Carries out `new`: 0 when all reports came in, 1 when some could not be read, 2 when there is no new project.
pub fn run(arguments: &Arguments) -> ExitCode {
    let (reports, unreadable) = incoming::read_all(
        &arguments.files,
        &Choice::default(),
        &BTreeSet::new(),
        &Watch::default(),
    );
    for (path, problem) in &unreadable {
        complain(&format!("{}: {problem}", path.display()), 1);
    }
    if reports.is_empty() && !arguments.files.is_empty() {
        return complain("none of the files could be read as a report; nothing was made", 2);
    }
    let count = reports.len();
    match make(arguments, reports) {
        Ok(()) => {
            // Whoever reads our output may have had enough; the project is there all the same.
            writeln!(
                io::stdout().lock(),
                "{count} reports: {}",
                arguments.project.display()
            )
            .ok();
            ExitCode::from(u8::from(!unreadable.is_empty()))
        }
        Err(error) => complain(&format!("{error}\nhint: {}", error.advice()), 2),
    }
}

fn make(arguments: &Arguments, incoming: Vec<Incoming>) -> Result<(), SaveError> {
    let mut store = Store::create(&arguments.project)?;
    let name = || {
        store
            .root()
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    let title = arguments.title.clone().unwrap_or_else(name);
    let reports: Vec<Report> = incoming.iter().map(|incoming| incoming.report.clone()).collect();
    let mut parts = vec![Part::Catalogue(builtin::starting_catalogue())];
    parts.extend(incoming.into_iter().flat_map(parts_of));
    parts.push(Part::Head {
        title,
        language: Language::Chinese,
        extractor: None,
        reports: reports.into(),
    });
    store.write(&parts).map(|_written| ())
}
