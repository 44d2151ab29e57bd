//! Merging copies: the three of one file that Git hands to a merge driver, or two of a project's folder.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::{Failure, Outcome, lock, tell, words};
use crate::model::{Project, ReportId};
use crate::query::merge::{Merged, merge};
use crate::store::merge_file::{merge_file, reanchored};
use crate::store::{FileSystem, Opened, Part, RealFiles, Store, StoreNotice};

/// Where the copies are.
pub struct Copies<'a> {
    pub base: Option<&'a Path>,
    pub ours: &'a Path,
    pub theirs: &'a Path,
    pub path: Option<&'a Path>,
}

/// Merges theirs into ours.
pub fn run(copies: &Copies<'_>) -> Result<Outcome, Failure> {
    let merged = if copies.ours.is_dir() {
        merge_folders(copies)?
    } else {
        merge_files(copies)?
    };
    for line in &merged {
        tell(line);
    }
    Ok(if merged.is_empty() {
        Outcome::Settled
    } else {
        Outcome::Unsettled
    })
}

fn merge_files(copies: &Copies<'_>) -> Result<Vec<String>, Failure> {
    let read = |path: &Path| -> Result<Vec<u8>, Failure> {
        fs::read(path).map_err(|error| {
            let words = format!("could not read {}: {error}", path.display());
            Failure(words, 2)
        })
    };
    let base = copies.base.map(read).transpose()?;
    // Git gives an empty file where the file is new on both sides.
    let base = base.as_deref().filter(|bytes| !bytes.is_empty());
    let (ours, theirs) = (read(copies.ours)?, read(copies.theirs)?);
    let path = copies.path.unwrap_or(copies.ours);
    let merged = merge_file(path, base, &ours, &theirs)
        .map_err(|error| Failure::of(&format!("{}: {error}", path.display()), error.advice()))?;
    if merged.bytes != ours {
        write_file(copies.ours, &merged.bytes)
            .map_err(|error| Failure(format!("could not write {}: {error}", copies.ours.display()), 2))?;
    }
    Ok(merged.conflicts.iter().map(words::conflict).collect())
}

/// Git's file is a temporary one in the working tree, which Git itself moves into place.
fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::write(path, bytes)
}

fn open(path: &Path) -> Result<(Store, Opened), Failure> {
    let (store, opened) = Store::open(path).map_err(|error| Failure::of(&error, error.advice()))?;
    for notice in &opened.notices {
        let is_in_the_way = matches!(
            notice,
            StoreNotice::Broken(_)
                | StoreNotice::Unreadable { .. }
                | StoreNotice::NewerFormat { .. }
                | StoreNotice::TextMissing { .. }
        );
        if is_in_the_way {
            return Err(Failure::of(
                &format!("nothing was merged: {notice}"),
                notice.advice(),
            ));
        }
        tell(&notice.to_string());
    }
    Ok((store, opened))
}

fn merge_folders(copies: &Copies<'_>) -> Result<Vec<String>, Failure> {
    let (mut store, ours) = open(copies.ours)?;
    let _lock = lock(&store)?;
    let (their_store, mut theirs) = open(copies.theirs)?;
    let mut base = match copies.base {
        Some(base) => Some(open(base)?.1),
        None => None,
    };
    let mut lost = Vec::new();
    lay_on_our_texts(&ours, &mut theirs, &mut lost);
    if let Some(base) = &mut base {
        lay_on_our_texts(&ours, base, &mut Vec::new());
    }
    let base = base.as_ref().map(|base| &base.project);
    let merged = merge(base, &ours.project, &theirs.project);
    let parts = parts(&merged, &ours, &theirs, &their_store)?;
    store
        .write(&parts)
        .map_err(|error| Failure::of(&error, "nothing is lost; try again"))?;
    merge_timelines(copies)?;
    lost.extend(merged.conflicts.iter().map(words::conflict));
    Ok(lost)
}

/// Finds the words of another copy's layers in our texts where theirs are others; what is not found is told of.
fn lay_on_our_texts(ours: &Opened, other: &mut Opened, lost: &mut Vec<String>) {
    for mine in &ours.project.reports {
        let id = &mine.id;
        let texts = (ours.texts.get(id), other.texts.get(id));
        let (Some(to), Some(from)) = texts else {
            continue;
        };
        let report = other.project.reports.find_mut(id);
        let Some(report) = report.filter(|report| report.fingerprint != mine.fingerprint) else {
            continue;
        };
        report.original.clone_from(&mine.original);
        report.encoding.clone_from(&mine.encoding);
        report.fingerprint.clone_from(&mine.fingerprint);
        other.project.suggestions.remove(id);
        for (annotator, layers) in &mut other.project.layers {
            if let Some(layer) = layers.get_mut(id) {
                let (laid, quotes) = reanchored(annotator, id, layer, from, to);
                *layer = laid;
                let told = |quote: &String| {
                    format!(
                        "{annotator}/{id}: `{quote}` of theirs does not stand in our text; it was left out"
                    )
                };
                lost.extend(quotes.iter().map(told));
            }
        }
        other.texts.insert(id.clone(), Arc::clone(to));
    }
}

fn parts(merged: &Merged, ours: &Opened, theirs: &Opened, their_store: &Store) -> Result<Vec<Part>, Failure> {
    let project = &merged.project;
    let mut parts = shared_parts(project);
    let text_of = |report: &ReportId| ours.texts.get(report).or_else(|| theirs.texts.get(report));
    for report in &project.reports {
        if let (false, Some(text)) = (ours.texts.contains_key(&report.id), theirs.texts.get(&report.id)) {
            parts.push(Part::Text {
                report: report.id.clone(),
                text: Arc::clone(text),
            });
            let original = their_store.read_original(report);
            if let Some(bytes) = original.map_err(|error| Failure::of(&error, error.advice()))? {
                parts.push(Part::Original {
                    report: report.id.clone(),
                    name: report.original.clone(),
                    bytes: bytes.into(),
                });
            }
        }
    }
    let layers = ours.project.layers.iter().chain(&project.layers);
    let layers: BTreeSet<_> = layers
        .flat_map(|(annotator, reports)| reports.keys().map(move |report| (annotator, report)))
        .collect();
    for (annotator, report) in layers {
        let layer = project.layer(annotator, report);
        if let Some(text) = text_of(report).filter(|_| layer != ours.project.layer(annotator, report)) {
            parts.push(Part::Layer {
                annotator: annotator.clone(),
                report: report.clone(),
                layer: layer.cloned().unwrap_or_default(),
                text: Arc::clone(text),
            });
        }
    }
    for report in ours.project.suggestions.keys().chain(project.suggestions.keys()) {
        if let Some(text) = text_of(report) {
            parts.push(Part::Suggestions {
                report: report.clone(),
                suggestions: project.suggested(report).into(),
                text: Arc::clone(text),
            });
        }
    }
    for annotator in ours.project.memories.keys().chain(project.memories.keys()) {
        parts.push(Part::Memory {
            annotator: annotator.clone(),
            memory: project.memories.get(annotator).cloned().unwrap_or_default(),
        });
    }
    for annotator in ours.project.waivers.keys().chain(project.waivers.keys()) {
        parts.push(Part::Waivers {
            annotator: annotator.clone(),
            waivers: project.waivers.get(annotator).cloned().unwrap_or_default(),
        });
    }
    Ok(parts)
}

fn shared_parts(project: &Project) -> Vec<Part> {
    vec![
        Part::Head {
            title: project.title.clone(),
            language: project.language,
            extractor: project.extractor.clone(),
            reports: project.reports.clone(),
        },
        Part::Catalogue(project.catalogue.clone()),
        Part::Rules(project.rules.clone()),
        Part::Guidelines(project.guidelines.clone()),
    ]
}

/// Puts the timelines of both folders together, file by file.
fn merge_timelines(copies: &Copies<'_>) -> Result<(), Failure> {
    let history = Path::new(crate::store::layout::HISTORY);
    let failed = |error: io::Error| Failure(format!("could not merge the timelines: {error}"), 2);
    let folders = RealFiles.list(&copies.theirs.join(history)).unwrap_or_default();
    for folder in folders.iter().filter(|entry| entry.is_folder) {
        let inner = history.join(&folder.name);
        let files = RealFiles.list(&copies.theirs.join(&inner)).unwrap_or_default();
        for file in files
            .iter()
            .filter(|entry| !entry.is_folder && !entry.name.starts_with('.'))
        {
            let inner = inner.join(&file.name);
            let theirs = fs::read(copies.theirs.join(&inner)).map_err(failed)?;
            let place = copies.ours.join(&inner);
            let ours = fs::read(&place).unwrap_or_default();
            if let Ok(merged) = merge_file(&inner, None, &ours, &theirs)
                && merged.bytes != ours
            {
                fs::create_dir_all(copies.ours.join(history).join(&folder.name)).map_err(failed)?;
                fs::write(&place, merged.bytes).map_err(failed)?;
            }
        }
    }
    Ok(())
}
