//! brat's standoff: a folder with a `.txt` and a `.ann` for each report, and the configuration that shows them.
//!
//! Offsets count code points. A decision is a text-bound annotation whose type is its label; fields with a vocabulary
//! are attributes, all others are JSON in a note; the words that name an indicator are one too, which values point to.

mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;

use serde_json::Value as Json;

use super::annotated::{Annotated, Mark, NAME};
use super::export::{Format, Selection, Written};
use crate::model::{Field, Measure, ObsStatus, Project, Role, Ruling, ValueNature, ValueType};
use crate::store::layout::file_stem;

pub(super) use read::read;

/// The relation from a value to the words that name its indicator.
const NAMED: &str = "named";

/// The fields that are attributes, with what may stand there.
///
/// Comparators are signs that brat's configuration cannot list, so they go into the note.
fn attributes() -> [(Field, Vec<&'static str>); 4] {
    [
        (Field::Measure, Measure::ALL.iter().map(|it| it.code()).collect()),
        (
            Field::ValueNature,
            ValueNature::ALL.iter().map(|it| it.code()).collect(),
        ),
        (
            Field::ValueType,
            ValueType::ALL.iter().map(|it| it.code()).collect(),
        ),
        (
            Field::ObsStatus,
            ObsStatus::ALL.iter().map(|it| it.code()).collect(),
        ),
    ]
}

/// Hands over each file of the folder: its name and what it holds.
pub(super) fn write(
    selection: &Selection<'_>,
    put: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>,
) -> io::Result<Written> {
    let mut types = BTreeSet::new();
    let written = selection.visit(Format::Brat, |page| {
        let stem = file_stem(&page.report.id.0);
        put(&format!("{stem}.txt"), page.text.as_bytes())?;
        types.extend(page.marks.iter().map(kind));
        put(&format!("{stem}.ann"), lines(page).as_bytes())
    })?;
    put("annotation.conf", configuration(&types).as_bytes())?;
    put("visual.conf", looks(&types, selection.project).as_bytes())?;
    Ok(written)
}

/// A report's annotations.
fn lines(page: &Annotated<'_>) -> String {
    let mut lines = Lines::default();
    let mut names: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for mark in &page.marks {
        let id = lines.bound(&kind(mark), mark.at, mark.words);
        if let Some((words, at)) = mark.name {
            let name = *names.entry(at).or_insert_with(|| lines.bound(NAME, at, words));
            lines.line('R', &format!("{NAMED} Arg1:T{id} Arg2:T{name}"));
        }
        let mut rest = mark.object();
        rest.remove("indicator_span");
        for (field, _) in attributes() {
            if let Some(Json::String(code)) = rest.remove(field.name()) {
                lines.line('A', &format!("{} T{id} {code}", field.name()));
            }
        }
        if !rest.is_empty() {
            lines.line('#', &format!("AnnotatorNotes T{id}\t{}", Json::Object(rest)));
        }
    }
    lines.text
}

/// Lines of a `.ann`, numbered by kind.
#[derive(Default)]
struct Lines {
    text: String,
    last: BTreeMap<char, usize>,
}

impl Lines {
    /// Adds a line and answers its number. Writing to a string cannot fail.
    fn line(&mut self, kind: char, words: &str) -> usize {
        let number = self.last.entry(kind).or_default();
        *number += 1;
        writeln!(self.text, "{kind}{number}\t{words}").unwrap_or_default();
        *number
    }

    /// Words in pieces, as a line break would end the line of the file too.
    fn bound(&mut self, kind: &str, (start, _): (usize, usize), words: &str) -> usize {
        let mut pieces = Vec::new();
        let mut from = start;
        for piece in words.split('\n') {
            let to = from + piece.chars().count();
            if to > from {
                pieces.push((format!("{from} {to}"), piece));
            }
            from = to + 1;
        }
        let places: Vec<&str> = pieces.iter().map(|(place, _)| place.as_str()).collect();
        let said: Vec<&str> = pieces.iter().map(|(_, words)| *words).collect();
        self.line('T', &format!("{kind} {}\t{}", places.join(";"), said.join(" ")))
    }
}

/// The label, where brat allows it for the name of a type.
fn kind(mark: &Mark<'_>) -> String {
    let label = mark.label();
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !label.is_empty() && label.bytes().all(is_allowed) {
        return label.into_owned();
    }
    match mark.ruling {
        Ruling::Tagged(_) => Role::Indicator.code().to_owned(),
        Ruling::Dismissed(reason) => reason.code().to_owned(),
    }
}

/// `annotation.conf`: what may be annotated.
fn configuration(types: &BTreeSet<String>) -> String {
    let mut words = "[entities]\n".to_owned();
    for kind in types.iter().map(String::as_str).chain([NAME]) {
        writeln!(words, "{kind}").unwrap_or_default();
    }
    let rest = format!("\n[relations]\n{NAMED}\tArg1:<ENTITY>, Arg2:{NAME}\n\n[events]\n\n[attributes]\n");
    words.push_str(&rest);
    for (field, codes) in attributes() {
        writeln!(words, "{}\tArg:<ENTITY>, Value:{}", field.name(), codes.join("|")).unwrap_or_default();
    }
    words
}

/// `visual.conf`: what the types are called on the screen.
fn looks(types: &BTreeSet<String>, project: &Project) -> String {
    let mut words = "[labels]\n".to_owned();
    for kind in types {
        if let Some(entry) = project.catalogue.get(&kind.as_str().into()) {
            let name = entry.name.replace(['|', '\n'], " ");
            writeln!(words, "{kind} | {name}").unwrap_or_default();
        }
    }
    words.push_str("\n[drawing]\n");
    words
}
