//! `extract`: reports in, JSON Lines of their numbers out.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::app::builtin;
use crate::app::document::Document;
use crate::app::incoming::{self, Incoming};
use crate::exchange::jsonl::{self, Page};
use crate::model::Catalogue;

/// Arguments of `extract`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The reports; `-` reads standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,

    /// A catalogue of indicators instead of the ones that come with the program.
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
}

/// Prints the numbers of all reports; goes on past a file that cannot be read.
pub fn run(arguments: &Arguments) -> ExitCode {
    let catalogue = match &arguments.catalogue {
        None => builtin::starting_catalogue(),
        Some(path) => match read_catalogue(path) {
            Ok(catalogue) => catalogue,
            Err(words) => return complain(&format!("{words}: {}", path.display()), ExitCode::from(2)),
        },
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut code = ExitCode::SUCCESS;
    for path in &arguments.files {
        match read(path) {
            Ok(incoming) => match print(&mut out, incoming, &catalogue) {
                // Whoever reads our output has had enough.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
                Err(error) => return complain(&format!("could not write: {error}"), ExitCode::from(1)),
                Ok(()) => {}
            },
            Err(words) => code = complain(&format!("{words}: {}", path.display()), ExitCode::from(1)),
        }
    }
    if out.flush().is_err() {
        ExitCode::from(1)
    } else {
        code
    }
}

fn read(path: &Path) -> Result<Incoming, String> {
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut io::stdin().lock(), &mut bytes).map_err(|error| error.to_string())?;
        return incoming::read_bytes(bytes.into(), "stdin.txt", None).map_err(|error| error.to_string());
    }
    incoming::read_file(path, None).map_err(|error| error.to_string())
}

fn print(out: &mut impl Write, incoming: Incoming, catalogue: &Catalogue) -> io::Result<()> {
    let Incoming {
        report,
        text,
        original,
    } = incoming;
    let document = Document::analyse(report.id.clone(), text, &[]);
    let suggestions = document.suggest(&report, catalogue);
    let page = Page {
        document: &report.id.0,
        text: &document.text,
        index: &document.index,
        source: Some(&original.reading.source_map),
    };
    for mention in document.mentions.iter() {
        let place = suggestions.binary_search_by_key(&mention.span, |suggestion| suggestion.span);
        let suggestion = place.ok().and_then(|place| suggestions.get(place));
        writeln!(out, "{}", jsonl::line(&page, mention, suggestion))?;
    }
    Ok(())
}

fn read_catalogue(path: &Path) -> Result<Catalogue, String> {
    let words = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    ron::from_str(&words).map_err(|error| error.to_string())
}

fn complain(words: &str, code: ExitCode) -> ExitCode {
    writeln!(io::stderr(), "indicator-annotator: {words}").ok();
    code
}
