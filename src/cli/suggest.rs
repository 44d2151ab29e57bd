//! `extract --suggest`: what the built-in extractor proposes, into the suggestions files of a project.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::path::Path;

use super::import::{keep, open};
use super::parallel::in_order;
use crate::app::imports::suggest;
use crate::exchange::predictions::Predictions;
use crate::extract::Linker;
use crate::model::{BUILT_IN, ReportId};

/// Writes the proposals for every report of a project and answers how many there are.
///
/// # Errors
/// In words, when the project cannot be read or changed.
pub fn into_project(path: &Path, jobs: usize) -> Result<(usize, usize), String> {
    let (mut store, opened) = open(path)?;
    let linker = Linker::new(&opened.project.catalogue);
    let mut predictions = Predictions::default();
    let work = |id: &ReportId| (id.clone(), suggest(&opened.project, &opened.texts, id, &linker));
    let Ok::<(), Infallible>(()) = in_order(jobs, opened.texts.keys(), work, |(id, suggestions)| {
        predictions
            .heard
            .insert(id.clone(), BTreeSet::from([BUILT_IN.to_owned()]));
        predictions.suggestions.insert(id, suggestions);
        Ok(())
    });
    keep(&mut store, &opened, &predictions)?;
    Ok((predictions.len(), predictions.heard.len()))
}
