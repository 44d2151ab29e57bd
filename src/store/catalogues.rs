//! Catalogue files outside of a project: given out, and taken in from anywhere.

use std::io;
use std::path::Path;

use super::atomic;
use super::error::{OpenError, SaveError, Step};
use super::files::{FileSystem as _, RealFiles};
use super::format::{self, FORMAT, Refusal};
use crate::model::Catalogue;

/// Reads a catalogue: what [`save`] wrote, a project's `catalogue.ron`, or a bare list of indicators.
///
/// # Errors
/// When the file cannot be read, or is no catalogue.
pub fn load(path: &Path) -> Result<Catalogue, OpenError> {
    let bytes = RealFiles
        .read(path)
        .map_err(|source| OpenError::io(Step::Read, path, source))?;
    match format::read_catalogue(path, &bytes) {
        Ok(parsed) => Ok(parsed.content),
        Err(Refusal::Broken(broken)) => Err(OpenError::Broken(broken)),
        Err(Refusal::Newer(found)) => Err(OpenError::NewerFormat {
            path: path.to_owned(),
            found,
            known: FORMAT,
        }),
    }
}

/// Writes a catalogue as a project has it, replacing the file as a whole.
///
/// # Errors
/// When the file cannot be written.
pub fn save(path: &Path, catalogue: &Catalogue) -> Result<(), SaveError> {
    let text = format::write_catalogue(catalogue).map_err(|error| {
        let source = io::Error::other(error);
        SaveError::io(Step::Write, path, source)
    })?;
    atomic::replace(&RealFiles, path, text.as_bytes())
}
