//! `agree`: how far the annotators of a project agree.

mod json;
mod table;

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use super::complain;
use crate::model::{Annotator, Project};
use crate::query::agreement::{self, Agreement, By};
use crate::store::{Store, StoreNotice};

/// The layer that adjudication writes from the others, which it would only seem to agree with.
const CURATED: &str = "curated";

/// Arguments of `agree`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The project: its folder or its project.ron.
    project: PathBuf,

    /// Whose layers, the reference of precision and recall first [default: all but `curated`].
    #[arg(long, value_name = "A,B,…", value_delimiter = ',')]
    annotators: Vec<String>,

    /// Also print the figures of each indicator (and reason of dismissal) or of each report.
    #[arg(long, value_enum)]
    by: Option<Division>,

    /// How the figures are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Into what figures are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Division {
    /// By indicator, and by reason of dismissal.
    Indicator,
    /// By report.
    Report,
}

/// How figures are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Tables for a person.
    Text,
    /// One JSON object.
    Json,
}

/// Carries out `agree`: 0 when all went well, 1 when the project or one of its files could not be read, 2 for
/// annotators that the project does not have or that are fewer than two.
pub fn run(arguments: &Arguments) -> ExitCode {
    let (_store, opened) = match Store::open(&arguments.project) {
        Ok(opened) => opened,
        Err(error) => return complain(&format!("{error}\nhint: {}", error.advice()), 1),
    };
    for notice in &opened.notices {
        complain(&format!("{notice}\nhint: {}", notice.advice()), 1);
    }
    let annotators = match annotators(&arguments.annotators, &opened.project) {
        Ok(annotators) => annotators,
        Err(words) => return complain(&words, 2),
    };
    let by = match arguments.by {
        None => By::Nothing,
        Some(Division::Indicator) => By::Label,
        Some(Division::Report) => By::Report,
    };
    let agreement = agreement::agreement(&opened.project, &annotators, by);
    match print(&agreement, &opened.project, arguments.format) {
        Ok(()) if opened.notices.iter().any(is_loss) => ExitCode::from(1),
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads our output has had enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => complain(&format!("could not go on: {error}"), 1),
    }
}

/// The annotators to compare: those named, or all that have decided anything.
fn annotators(named: &[String], project: &Project) -> Result<Vec<Annotator>, String> {
    let known: Vec<&str> = project.layers.keys().map(|annotator| &*annotator.0).collect();
    let listed = if known.is_empty() {
        "nobody".to_owned()
    } else {
        known.join(", ")
    };
    let mut chosen: Vec<&str> = Vec::new();
    if named.is_empty() {
        chosen.extend(known.iter().filter(|name| **name != CURATED));
    }
    for name in named.iter().map(|name| name.trim()) {
        if !known.contains(&name) {
            return Err(format!(
                "`{name}` has no decisions in this project; they are by {listed}"
            ));
        }
        if !chosen.contains(&name) {
            chosen.push(name);
        }
    }
    if chosen.len() < 2 {
        return Err(format!(
            "agreement takes two annotators or more; decisions in this project are by {listed}"
        ));
    }
    Ok(chosen.into_iter().map(Annotator::from).collect())
}

/// Whether a notice means that decisions may be missing from the figures.
fn is_loss(notice: &StoreNotice) -> bool {
    match notice {
        StoreNotice::Broken(_)
        | StoreNotice::Unreadable { .. }
        | StoreNotice::TextMissing { .. }
        | StoreNotice::NewerFormat { read: false, .. } => true,
        StoreNotice::Anchored { anchoring, .. } => {
            !anchoring.lost.is_empty() || !anchoring.ambiguous.is_empty()
        }
        _ => false,
    }
}

fn print(agreement: &Agreement, project: &Project, format: Format) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match format {
        Format::Text => out.write_all(table::text(agreement, &project.catalogue).as_bytes())?,
        Format::Json => writeln!(out, "{:#}", json::object(agreement, &project.catalogue))?,
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Layer;

    type Names<'a> = &'a [&'a str];

    #[test]
    fn all_but_the_curated_layer_are_compared_unless_some_are_named() {
        let project = |names: &[&str]| {
            let mut project = Project::default();
            for name in names {
                let layers = [("r".into(), Layer::default())].into();
                project.layers.insert(Annotator::from(*name), layers);
            }
            project
        };
        let words = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let cases: &[(Names<'_>, Names<'_>, Option<Names<'_>>)] = &[
            (&["a", "b", "curated"], &[], Some(&["a", "b"])),
            (
                &["a", "b", "curated"],
                &["curated", " a"],
                Some(&["curated", "a"]),
            ),
            (&["a", "b"], &["b", "b", "a"], Some(&["b", "a"])),
            (&["a", "curated"], &[], None),
            (&["a", "b"], &["a"], None),
            (&["a", "b"], &["a", "c"], None),
            (&[], &[], None),
        ];
        for (known, named, expected) in cases {
            let found = annotators(&words(named), &project(known));
            let expected = expected.map(|names| names.iter().map(|name| Annotator::from(*name)).collect());
            assert_eq!(found.ok(), expected, "{known:?} {named:?}");
        }
    }
}
