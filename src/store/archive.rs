//! What of a project is read only where somebody looks at it: what reports were read from, and what has happened
//! to layers. It is as large as all the rest.

use std::fmt;
use std::sync::Arc;

use super::error::OpenError;
use super::folder::Store;
use super::timeline::Timeline;
use crate::model::{Annotator, Report, ReportId};

/// Reads timelines and originals of an opened project; cheap to clone, for jobs. Empty without a project.
#[derive(Clone, Default)]
pub struct Archive {
    folder: Option<Arc<Store>>,
}

impl fmt::Debug for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let root = self.folder.as_ref().map(|folder| folder.root());
        f.debug_tuple("Archive").field(&root).finish()
    }
}

impl Archive {
    pub(super) fn of(store: &Store) -> Self {
        Self {
            folder: Some(Arc::new(store.onlooker())),
        }
    }

    /// What its file says has happened to one annotator's layer on one report.
    ///
    /// # Errors
    /// When there is a file and it cannot be read.
    pub fn timeline(&self, annotator: &Annotator, report: &ReportId) -> Result<Timeline, OpenError> {
        match &self.folder {
            Some(folder) => folder.timeline(annotator, report),
            None => Ok(Timeline::default()),
        }
    }

    /// The bytes of the file that a report was read from, which may be its text itself.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn original(&self, report: &Report) -> Result<Option<Vec<u8>>, OpenError> {
        match &self.folder {
            Some(folder) => folder.read_original(report),
            None => Ok(None),
        }
    }
}
