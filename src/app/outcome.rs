//! What a job hands back.

use std::path::PathBuf;
use std::sync::Arc;

use super::action::Export;
use super::assess::Made;
use super::curation::Compared;
use super::dispatch::Hunt;
use super::document::Document;
use super::foreign::Foreign;
use super::imports::Imported;
use super::incoming::{Incoming, Opening, ReportProblem};
use super::intake::{Intake, Look};
use super::jobs::Watch;
use super::keeper::{Keeper, Kept};
use super::ports::{Picked, Purpose};

use super::state::{Find, Findings, Original};
use crate::exchange::export::Written;
use crate::model::{Annotator, Catalogue, Change, Decision, Fingerprint, ReportId, Suggestion};
use crate::query::Ledger;
use crate::query::agreement::Agreement;
use crate::store::{OpenError, SaveError};
use crate::text::read::ReadError;

/// The result of one job.
pub enum Outcome {
    /// A project or reports were opened; or they were not, and the keeper of what was open before is back.
    Opened(Box<Result<Opening, OpenError>>, Option<Box<Keeper>>),
    /// Files that are to become reports were looked at: the first corpus among them, and where it lies.
    Looked(Intake, Option<(PathBuf, Look)>, Watch),
    /// Reports were read to be added; with those that could not be.
    Added(Vec<Incoming>, Vec<(PathBuf, ReportProblem)>, Watch),
    /// The open report was read in another encoding.
    ReadAgain(ReportId, Box<Result<Incoming, ReadError>>),
    /// A report's numbers were recognised.
    Analysed(Arc<Document>),
    /// A report's suggestions were made: the extractor's own, and what the lessons make of them.
    Suggested(ReportId, Arc<[Suggestion]>, Arc<[Suggestion]>),
    /// The numbers of reports were counted.
    Counted(Vec<(ReportId, Ledger)>),
    /// What the text with this fingerprint was read from has been read again.
    Reread(Fingerprint, Arc<Original>),
    /// What a job says of the project that was open in this era.
    Of(u64, Box<Self>),
    /// Something lies where a layer was to be written.
    ExportInTheWay(Export),
    /// A layer was written for other programs; or the reason why not.
    Exported(PathBuf, Result<Written, String>),
    /// What other programs propose has been read.
    Imported(Box<Imported>),
    /// What other programs decided has been read, for this annotator's layer.
    Foreign(Annotator, Box<Foreign>, Watch),
    /// The annotators' layers were compared; `None` where there are fewer than two.
    Compared(Box<Option<Compared>>),
    /// A part of the reports was assessed for the review queue, by proposals of this era.
    Reviewed(u64, Box<Made>),
    /// What was listed has been read, to be accepted into this annotator's layer.
    Accepted(Annotator, Vec<(ReportId, Decision)>),
    /// The checks have been made.
    Checked(Arc<Findings>),
    /// The search of this number has found so many; whether it stopped as there were too many, or how it goes on.
    Found(u64, Vec<Find>, bool, Option<Box<Hunt>>),
    /// The agreement that was asked for by this number has been worked out.
    Agreed(u64, Arc<Agreement>),
    /// What had happened to a layer before the project was opened.
    TimelineRead((Annotator, ReportId), Arc<[Change]>),
    /// A dialog has closed.
    Picked(Purpose, Picked),
    /// A catalogue file was read.
    CatalogueRead(PathBuf, Result<Catalogue, String>),
    /// A catalogue file was written.
    CatalogueWritten(PathBuf, Result<(), String>),
    /// The keeper has done what it was told.
    Kept(Box<Kept>),
    /// The settings could not be written.
    SettingsFailed(SaveError),
    /// The job went well and there is nothing to tell.
    Nothing,
    /// The job broke off with these words.
    Broke(String),
}
