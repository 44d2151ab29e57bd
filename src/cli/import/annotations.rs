//! `import --as annotations`: decisions of other programs, into a layer.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use super::{Arguments, complain, open, read};
use crate::exchange::annotations::{self, Annotations, File};
use crate::exchange::export::Format;
use crate::exchange::ruler::Unit;
use crate::model::{Annotator, Layer, ReportId};
use crate::store::{Lock, Opened, Part, Store};

/// What has come of all files.
#[derive(Default)]
struct Sum {
    layers: BTreeMap<ReportId, Layer>,
    taken: usize,
    there: usize,
    refused: usize,
    kept: usize,
    moved: usize,
    ambiguous: usize,
}

/// Carries out the import: 0 when all came in, 1 when something was refused, 2 when the project cannot be changed.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    match carry_out(arguments) {
        Ok(sum) => {
            let Sum {
                taken,
                there,
                refused,
                kept,
                moved,
                ambiguous,
                layers,
            } = &sum;
            let words = format!(
                "{taken} decisions on {} reports, {there} were there: {kept} in place, {moved} moved, {ambiguous} \
                 ambiguous; {refused} refused",
                layers.len()
            );
            // Whoever reads our output may have had enough; the files are written all the same.
            writeln!(io::stdout().lock(), "{words}").ok();
            ExitCode::from(u8::from(*refused > 0))
        }
        Err(words) => complain(&words, 2),
    }
}

fn carry_out(arguments: &Arguments) -> Result<Sum, String> {
    let layer = arguments.layer.as_deref().unwrap_or_default().trim();
    if layer.is_empty() {
        return Err("--layer says whose decisions they are".to_owned());
    }
    let (mut store, opened) = open(&arguments.project)?;
    let _lock = lock(&store)?;
    let annotator = Annotator::from(layer);
    let mut sum = Sum::default();
    for path in files(&arguments.files) {
        if let Err(words) = take(&path, arguments, &opened, &annotator, &mut sum) {
            complain(&format!("{}: {words}", path.display()), 1);
            sum.refused += 1;
        }
    }
    let part = |(id, layer): (&ReportId, &Layer)| {
        let text = Arc::clone(opened.texts.get(id)?);
        Some(Part::Layer {
            annotator: annotator.clone(),
            report: id.clone(),
            layer: layer.clone(),
            text,
        })
    };
    let parts: Vec<Part> = sum.layers.iter().filter_map(part).collect();
    store.write(&parts).map_err(|error| error.to_string())?;
    Ok(sum)
}

/// Keeps windows from writing the project at the same time.
fn lock(store: &Store) -> Result<Lock, String> {
    let folder = crate::app::startup::data_folder().join("recovery");
    Lock::take(&folder, store.root()).map_err(|error| format!("{error}\nhint: close it there and try again"))
}

/// The files, where a folder stands for those in it that may have annotations.
fn files(named: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in named {
        let Ok(entries) = fs::read_dir(path) else {
            files.push(path.clone());
            continue;
        };
        let inner = entries.filter_map(Result::ok).map(|entry| entry.path());
        let mut inner: Vec<PathBuf> = inner
            .filter(|path| {
                path.extension()
                    .is_some_and(|end| end == "ann" || end == "json" || end == "jsonl")
            })
            .collect();
        inner.sort();
        files.extend(inner);
    }
    files
}

/// Takes what one file says into the layers that are to be written.
fn take(
    path: &Path,
    arguments: &Arguments,
    opened: &Opened,
    annotator: &Annotator,
    sum: &mut Sum,
) -> Result<(), String> {
    let bytes = read(path).map_err(|error| error.to_string())?;
    let file_name = path.file_name().unwrap_or_default().to_string_lossy();
    let named = arguments.format.as_deref().and_then(Format::from_code);
    let format = named
        .or_else(|| annotations::guess(&file_name, &bytes))
        .ok_or_else(|| {
            let known: Vec<&str> = Format::ALL.iter().map(|format| format.code()).collect();
            format!("no known format; name one of {} with --format", known.join(", "))
        })?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let is_brat = format == Format::Brat;
    let text = is_brat
        .then(|| fs::read_to_string(path.with_extension("txt")).ok())
        .flatten();
    let file = File {
        name: &stem,
        bytes: &bytes,
        text,
    };
    let unit = arguments.unit.as_deref().and_then(Unit::from_code);
    let read = annotations::read((&opened.project, &opened.texts), format, file, unit);
    tell(&read, path);
    join(&read, opened, annotator, sum);
    Ok(())
}

fn tell(read: &Annotations, path: &Path) {
    let path = path.display();
    for quote in &read.anchoring.ambiguous {
        complain(
            &format!(
                "{path}: 「{}」 could stand in several places; the likeliest was taken",
                quote.quote
            ),
            1,
        );
    }
    for refused in &read.refused {
        complain(&format!("{path}: {}: {}", refused.at, refused.why), 1);
    }
}

fn join(read: &Annotations, opened: &Opened, annotator: &Annotator, sum: &mut Sum) {
    sum.kept += read.anchoring.kept;
    sum.moved += read.anchoring.moved;
    sum.ambiguous += read.anchoring.ambiguous.len();
    sum.refused += read.refused.len();
    for (id, fresh) in &read.decisions {
        let stored = || opened.project.layer(annotator, id).cloned().unwrap_or_default();
        let layer = sum.layers.entry(id.clone()).or_insert_with(stored);
        let (new, otherwise) = annotations::over(layer, fresh);
        sum.there += fresh.len() - new.len() - otherwise.len();
        sum.taken += new.len();
        sum.refused += otherwise.len();
        for decision in otherwise {
            let words = opened
                .texts
                .get(id)
                .and_then(|text| decision.span.of(text))
                .unwrap_or_default();
            complain(
                &format!("{id}: 「{words}」 is decided on otherwise in the layer `{annotator}`"),
                1,
            );
        }
        for decision in new {
            layer.insert(decision);
        }
    }
}
