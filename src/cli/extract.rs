//! `extract`: reports in, their numbers and what is suggested for them out.

use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::complain;
use super::lines;
use super::parallel::in_order;
use super::suggest;
use crate::app::builtin;
use crate::app::document::Document;
use crate::app::incoming::{self, Incoming, ReportProblem};
use crate::exchange::jsonl::{self, Line, Page};
use crate::exchange::table;
use crate::extract::Linker;
use crate::model::Catalogue;
use crate::text::read::ReadError;

/// Arguments of `extract`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The reports; `-` reads standard input.
    #[arg(required_unless_present_any = ["lines", "suggest"])]
    files: Vec<PathBuf>,

    /// Read JSON Lines of records {"id", "text"} and answer each with {"id", "mentions"}.
    #[arg(long)]
    lines: bool,

    /// How the mentions are printed.
    #[arg(long, value_enum, default_value_t = Format::Jsonl, conflicts_with = "lines")]
    format: Format,

    /// A catalogue of indicators instead of the ones that come with the program.
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,

    /// Write what is suggested for a project's reports into its suggestions files, with its own catalogue.
    #[arg(long, value_name = "PROJECT", conflicts_with_all = ["files", "lines", "format", "catalogue"])]
    suggest: Option<PathBuf>,

    /// How many threads work; the order of the output stays that of the input.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: u16,
}

/// How mentions are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// One JSON object a line.
    Jsonl,
    /// A table with a head.
    Csv,
    /// A list in RON.
    Ron,
}

/// Carries out `extract`: 0 when all went well, 1 when a file or record could not be read, 2 for wrong arguments.
pub fn run(arguments: &Arguments) -> ExitCode {
    if let Some(project) = &arguments.suggest {
        return suggest_into(project, usize::from(arguments.jobs));
    }
    let catalogue = match &arguments.catalogue {
        None => builtin::starting_catalogue(),
        Some(path) => match read_catalogue(path) {
            Ok(catalogue) => catalogue,
            Err(words) => return complain(&format!("{words}: {}", path.display()), 2),
        },
    };
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let result = if arguments.lines {
        lines::answer_all(
            &arguments.files,
            &catalogue,
            usize::from(arguments.jobs),
            &mut out,
        )
    } else {
        print_all(arguments, &catalogue, &mut out)
    };
    match result.and_then(|all_well| out.flush().map(|()| all_well)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        // Whoever reads our output has had enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => complain(&format!("could not go on: {error}"), 1),
    }
}

/// Fills a project's suggestions files and says how many there are.
fn suggest_into(project: &Path, jobs: usize) -> ExitCode {
    match suggest::into_project(project, jobs) {
        Ok((count, reports)) => {
            // Whoever reads our output may have had enough; the files are written all the same.
            writeln!(io::stdout(), "{count} suggestions for {reports} reports").ok();
            ExitCode::SUCCESS
        }
        Err(words) => complain(&words, 2),
    }
}

/// Prints the mentions of all files, in their order; answers whether every file could be read.
fn print_all(arguments: &Arguments, catalogue: &Catalogue, out: &mut impl Write) -> io::Result<bool> {
    let linker = Linker::new(catalogue);
    let format = arguments.format;
    let work = |path: &'_ PathBuf| {
        let mut answers = Vec::new();
        read_each(path, &mut |path, read| {
            answers.push(match read {
                Ok(incoming) => Ok(mentions(incoming, catalogue, &linker, format)),
                Err(problem) => Err(format!("{problem}: {}", path.display())),
            });
        });
        answers
    };
    let mut printer = Printer::begin(format, out)?;
    let mut all_well = true;
    in_order(
        usize::from(arguments.jobs),
        arguments.files.iter(),
        work,
        |answers| {
            for answer in answers {
                match answer {
                    Ok(mentions) => printer.print(&mentions?)?,
                    Err(words) => {
                        complain(&words, 1);
                        all_well = false;
                    }
                }
            }
            Ok::<(), io::Error>(())
        },
    )?;
    printer.end()?;
    Ok(all_well)
}

/// Hands over the reports of a file, or those of standard input.
fn read_each(path: &Path, take: &mut dyn FnMut(PathBuf, Result<Incoming, ReportProblem>)) {
    if path.as_os_str() != "-" {
        return incoming::read_each(path, take);
    }
    let mut bytes = Vec::new();
    // One byte more than a report may have is enough to refuse it.
    let most = ReadError::LARGEST_FILE as u64 + 1;
    match io::stdin().lock().take(most).read_to_end(&mut bytes) {
        Ok(_) => incoming::read_each_of(bytes, Path::new("stdin.txt"), take),
        Err(error) => take(path.to_path_buf(), Err(ReportProblem::Io(error))),
    }
}

/// The mentions of a report as they are printed.
fn mentions(
    incoming: Incoming,
    catalogue: &Catalogue,
    linker: &Linker<'_>,
    format: Format,
) -> io::Result<String> {
    let Incoming {
        report,
        text,
        original,
    } = incoming;
    let document = Document::without_letters(report.id.clone(), text, &[]);
    let suggestions = document.suggest_with(&report, catalogue, linker);
    let page = Page {
        document: &report.id.0,
        text: &document.text,
        index: &document.index,
        source: original.reading.source(),
        pages: &original.reading.pages,
    };
    format.print(&jsonl::mentions(&page, &document.mentions, &suggestions))
}

impl Format {
    /// The mentions of one report in this format.
    fn print(self, mentions: &[Line<'_>]) -> io::Result<String> {
        let objects = || mentions.iter().map(serde_json::to_value);
        let mut words = String::new();
        match self {
            Self::Jsonl => {
                for mention in mentions {
                    words.push_str(&serde_json::to_string(mention)?);
                    words.push('\n');
                }
            }
            Self::Csv => words = table::rows(&objects().collect::<Result<Vec<_>, _>>()?)?,
            Self::Ron => {
                for object in objects() {
                    let separator = if words.is_empty() { "    " } else { ",\n    " };
                    words.push_str(separator);
                    words.push_str(&ron::to_string(&object?).map_err(io::Error::other)?);
                }
            }
        }
        Ok(words)
    }
}

/// Prints the mentions of reports one after another, with what a format has around them.
struct Printer<'a, W> {
    format: Format,
    out: &'a mut W,
    is_first: bool,
}

impl<'a, W: Write> Printer<'a, W> {
    fn begin(format: Format, out: &'a mut W) -> io::Result<Self> {
        match format {
            Format::Jsonl => {}
            Format::Csv => out.write_all(table::head()?.as_bytes())?,
            Format::Ron => out.write_all(b"[\n")?,
        }
        Ok(Self {
            format,
            out,
            is_first: true,
        })
    }

    fn print(&mut self, mentions: &str) -> io::Result<()> {
        if mentions.is_empty() {
            return Ok(());
        }
        if self.format == Format::Ron && !std::mem::take(&mut self.is_first) {
            self.out.write_all(b",\n")?;
        }
        self.out.write_all(mentions.as_bytes())
    }

    fn end(self) -> io::Result<()> {
        match self.format {
            Format::Ron => self.out.write_all(b"\n]\n"),
            Format::Jsonl | Format::Csv => Ok(()),
        }
    }
}

fn read_catalogue(path: &Path) -> Result<Catalogue, String> {
    let words = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    ron::from_str(&words).map_err(|error| error.to_string())
}
