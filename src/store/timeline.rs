//! `history/`: how each layer came about. A timeline's file only grows, a line for each change.
//!
//! Every line is checked by itself. What is torn or damaged costs its own line, and a line that
//! stands there twice, because a save failed after it and was tried again, counts once. So nothing
//! here is guarded, and no change by another program is a conflict.

use std::collections::HashSet;
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::error::{OpenError, SaveError, Step};
use super::folder::Store;
use super::format::{self, ChangeRecord};
use super::{atomic, lines};
use crate::model::{Annotator, Change, ReportId};

/// Past this many bytes a file loses its oldest half.
pub(super) const MOST_BYTES: u64 = 8 << 20;

/// A layer's timeline as it was read: cheap to clone, and understood only when it is looked at.
#[derive(Clone, Default)]
pub struct Timeline {
    log: Arc<[u8]>,
}

impl fmt::Debug for Timeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timeline({} bytes)", self.log.len())
    }
}

impl Timeline {
    /// The changes, the oldest first, with their words sought in the report's text.
    ///
    /// Lines that are damaged, or whose words are not in the text, are left out. Each line is parsed
    /// here, so a long log is for a job.
    pub fn changes(&self, text: &str) -> Vec<Change> {
        format::lay_changes(records(&self.log), text)
    }

    /// The length of the log in bytes: tells whether it is one to read in a job.
    pub fn bytes(&self) -> usize {
        self.log.len()
    }
}

fn records(log: &[u8]) -> impl Iterator<Item = ChangeRecord> {
    let mut seen = HashSet::new();
    lines::bodies(log)
        .filter(move |&body| seen.insert(body))
        .filter_map(format::read_change)
}

impl Store {
    /// Reads the timeline of one annotator's layer on one report; an empty one where there is none, or another's.
    ///
    /// # Errors
    /// When there is one and it cannot be read.
    pub fn timeline(&self, annotator: &Annotator, report: &ReportId) -> Result<Timeline, OpenError> {
        let bytes = self.read_within(&self.timeline_file(annotator, report))?;
        let log: Arc<[u8]> = bytes.unwrap_or_default().into();
        let is_theirs = records(&log)
            .next()
            .is_some_and(|first| first.annotator == *annotator && first.report == *report);
        Ok(if is_theirs {
            Timeline { log }
        } else {
            Timeline::default()
        })
    }

    /// Adds changes to the end of a timeline's file and brings them to the disk.
    pub(super) fn append_changes(
        &mut self,
        annotator: &Annotator,
        report: &ReportId,
        changes: &[Change],
        text: &str,
    ) -> Result<bool, SaveError> {
        let inner = self.timeline_file(annotator, report);
        let bodies = format::write_changes(annotator, report, changes, text)
            .map_err(|error| self.unprinted(&inner, error.into()))?;
        if bodies.is_empty() {
            return Ok(false);
        }
        // The line end before them keeps a torn line from taking the next one along.
        let mut added = String::from("\n");
        added.extend(bodies.iter().map(|body| lines::line_of(body)));
        let place = self
            .resolve(&inner)
            .map_err(|source| self.unsaved(&inner, source))?;
        self.append(&inner, &place, added.as_bytes())?;
        self.spell(&inner);
        Ok(true)
    }

    fn append(&mut self, inner: &Path, place: &Path, added: &[u8]) -> Result<(), SaveError> {
        let path = &self.root.join(inner);
        let failed = |step| move |source| SaveError::io(step, path, source);
        let before = match self.files.metadata(place) {
            Ok(metadata) => Some(metadata.len),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(failed(Step::Find)(error)),
        };
        let after = before.unwrap_or_default() + added.len() as u64;
        if before.is_some() && after > MOST_BYTES {
            let old = self.files.read(place).map_err(failed(Step::Read))?;
            let all = [newer_half(&old), added].concat();
            self.unsynced
                .insert(atomic::swap(self.files.as_ref(), place, &all)?);
            return Ok(());
        }
        let mut file = if before.is_some() {
            self.files.open_to_append(place)
        } else {
            let folder = place.parent().unwrap_or(place);
            self.make_folder(folder)?;
            self.unsynced.insert(folder.to_owned());
            self.files.create_new(place)
        }
        .map_err(failed(Step::Append))?;
        file.write(added).map_err(failed(Step::Append))?;
        file.sync().map_err(failed(Step::Append))?;
        drop(file);
        let metadata = self.files.metadata(place).map_err(failed(Step::Verify))?;
        if metadata.len == after {
            Ok(())
        } else {
            let source = io::Error::new(io::ErrorKind::InvalidData, "the disk holds other bytes");
            Err(failed(Step::Verify)(source))
        }
    }
}

/// The whole lines in the second half of a log.
fn newer_half(log: &[u8]) -> &[u8] {
    let half = log.get(log.len() / 2..).unwrap_or_default();
    let start = half
        .iter()
        .position(|&byte| byte == b'\n')
        .map_or(half.len(), |at| at + 1);
    half.get(start..).unwrap_or_default()
}
