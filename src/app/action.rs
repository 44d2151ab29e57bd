//! What the window asks for. The window only reads the state and sends these.

use std::path::PathBuf;

use super::command::Command;
use super::foreign::Wanted;
use super::intake::{Choice, Corpus, Intake};
use super::ports::Purpose;
use super::settings::Settings;
pub use crate::exchange::export::Format;
pub use crate::exchange::losses::Loss;
use crate::model::{
    Annotator, CandidateRule, Catalogue, DismissReason, Example, Extractor, Field, IndicatorId, Lesson,
    RejectReason, Report, ReportId, Span,
};
use crate::query::Column;
use crate::query::agreement::By;
use crate::query::curate::Point;
use crate::query::queue::Filter;
use crate::text::search::Query;

/// What is to be written for other programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// In which format.
    pub format: Format,
    /// Whose decisions.
    pub annotator: Annotator,
    /// On which reports; `None` for all.
    pub reports: Option<Vec<ReportId>>,
    /// The file or folder.
    pub path: PathBuf,
    /// Whether the labelling configuration that Label Studio needs is written beside it.
    pub with_config: bool,
    /// Whether what lies there already is replaced.
    pub replaces: bool,
}

/// A wish of the person, or of the clock.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A command of the table.
    Run(Command),
    /// Time has passed: seconds since the program started.
    Tick(f64),

    /// Open what lies at these paths as the project.
    Open(Vec<PathBuf>),
    /// Add the reports at these paths to the project.
    AddReports(Vec<PathBuf>),
    /// Open or add these files, where it is known what the rows of corpora hold.
    TakeIn(Intake, Choice),
    /// Take what these files say into a layer.
    ImportAnnotations(Vec<PathBuf>, Wanted),
    /// Stop what the person waits for.
    StopWaiting,
    /// Show a dialog of the desktop.
    Pick(Purpose),
    /// Use this path as if a dialog had come back with it.
    UsePath(Purpose, PathBuf),
    /// Read the open report's original in another encoding, by its WHATWG name.
    ReadAs(String),
    /// Go on with what was done but not saved before the last end.
    Recover,
    /// Throw away what was done but not saved before the last end.
    DiscardRecovery,
    /// Write over files that another program has changed.
    KeepOurs,
    /// Read again what another program has changed.
    TakeTheirs,
    /// Take the project over from another instance.
    TakeOver,
    /// Close without saving what has no place yet.
    QuitAnyway,

    /// Show a report.
    ShowReport(ReportId),
    /// Show a report at these words and make them current.
    Reveal(ReportId, Span),
    /// Move the selection; the two are equal for a bare cursor. Bytes.
    Select {
        /// Where it was begun.
        anchor: usize,
        /// Where it ends now.
        head: usize,
    },
    /// Make these words current.
    SetCurrent(Span),
    /// Make no words current.
    ClearCurrent,

    /// Tag the target as a value of this indicator.
    TagAs(IndicatorId),
    /// Make a catalogue entry of these words and tag the target with it.
    TagAsNew(String),
    /// Dismiss the target for this reason.
    DismissFor(DismissReason),
    /// Set a field of the current observation from words.
    SetField(Field, String),
    /// Set a field of the decision on this span from words.
    SetFieldAt(Span, Field, String),
    /// Move the edges of the words at the first span to the second.
    MoveEdges(Span, Span),
    /// Decide on all these spans as on the current one.
    DecideAlike(Vec<Span>),
    /// Pin or unpin a favourite.
    Pin(IndicatorId),

    /// Replace the catalogue.
    SetCatalogue(Catalogue),
    /// Tag the values of the first indicator as the second one and drop the first.
    MergeIndicators(IndicatorId, IndicatorId),
    /// Take in the indicators of a catalogue that comes with the program, by its number.
    TakeBuiltIn(usize),
    /// Replace the candidate rules.
    SetRules(Vec<CandidateRule>),
    /// Replace the guidelines.
    SetGuidelines(String),
    /// Replace the project's title.
    SetTitle(String),
    /// Replace a report's metadata.
    SetReport(Box<Report>),

    /// Write decisions for other programs.
    Export(Export),
    /// Name the program that proposes decisions, or none.
    SetExtractor(Option<Extractor>),
    /// Run the program that the project names.
    RunExtractor,
    /// Stop it.
    StopExtractor,
    /// Go to the case on these words of a report.
    ShowCase(ReportId, Span),
    /// Take what the annotator at this place says.
    TakeReading(usize),
    /// Choose this point of the current case; `None` for the case as a whole.
    ChoosePoint(Option<Point>),
    /// List settled and agreed cases too, or only those that differ.
    ListAllCases(bool),
    /// List these items of the review queue.
    FilterQueue(Box<Filter>),
    /// Go to the item at this place of the list.
    ShowItem(usize),
    /// Accept everything that is listed and open.
    AcceptAll,
    /// Take this agent's proposal as the one that Enter accepts.
    TakeProposal(String),
    /// Take the alternative at this place for a field of the current words.
    TakeAlternative(Field, usize),
    /// Reject what is proposed for the target, for this reason.
    Reject(RejectReason),
    /// Settle what two copies of the layer say of this span; whether theirs takes the place of ours.
    Settle(Span, bool),
    /// Go to the value that the finding with this key is about.
    ShowFinding(String),
    /// Let the finding with this key stand for a reason, or count it again.
    Waive(String, Option<String>),
    /// Show the open report's history rather than the session's, or the other way round.
    ShowTimeline(bool),
    /// Make the open report as it was before the change of this number in its timeline.
    BackToBefore(usize),

    /// Forget what decisions have taught.
    ForgetLesson(Lesson),
    /// Show the place that taught a lesson.
    ShowExample(Example),

    /// Compare these annotators, the reference first, and divide the figures.
    Compare(Vec<Annotator>, By),

    /// Search for this.
    Search(Query),
    /// Go to the find of this number.
    ShowFind(usize),
    /// Sort the table by a column; once more turns it round.
    SortBy(Column),
    /// Show only reports whose title has these words.
    FilterReports(String),
    /// Show this tab under the text.
    ShowTab(Tab),
    /// Open something in front of the text.
    Show(Front),
    /// Close it.
    CloseFront,
    /// Take over new settings.
    SetSettings(Box<Settings>),
    /// Take a message away.
    DropNotice(u64),
    /// The field editor was opened or left.
    EditingField(Option<Field>),
}

/// The tabs under the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// This report's observations.
    #[default]
    Observations,
    /// The review queue.
    Queue,
    /// The layers side by side.
    Cases,
    /// What contradicts what.
    Checks,
    /// Finds.
    Find,
    /// What was done.
    History,
}

impl Front {
    /// Whether it veils the text until it is closed, rather than standing beside it as a window.
    pub fn is_sheet(&self) -> bool {
        !matches!(
            self,
            Self::Keys
                | Self::Extractor
                | Self::Guidelines
                | Self::Catalogue
                | Self::Rules
                | Self::Agreement
                | Self::Memory
        )
    }
}

/// What stands in front of the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Front {
    /// Commands, reports and indicators.
    Palette,
    /// Choosing an indicator by typing.
    ChooseIndicator,
    /// Choosing a reason.
    ChooseReason,
    /// Choosing what is wrong with a proposal.
    ChooseRejection,
    /// Typing a path for this purpose.
    TypePath(Purpose),
    /// The keys.
    Keys,
    /// The guidelines.
    Guidelines,
    /// The catalogue.
    Catalogue,
    /// The candidate rules.
    Rules,
    /// How far the annotators agree.
    Agreement,
    /// What decisions have taught the program.
    Memory,
    /// Settings.
    Settings,
    /// The report's metadata.
    ReportDetails,
    /// Identical numbers that would be decided on alike.
    Alike(Vec<Span>),
    /// Writing a layer for other programs.
    Export,
    /// Something lies already where this is to be written.
    ReplaceExport(Box<Export>),
    /// What was written and what stayed behind.
    Exported,
    /// The program that proposes decisions.
    Extractor,
    /// What of an import came in and what did not.
    Imported,
    /// Choosing what the columns of a corpus hold.
    Corpus(Box<Corpus>),
    /// What of reports came in and what did not.
    Taken,
    /// Choosing what is made of annotations in these files.
    ImportAnnotations(Vec<PathBuf>),
    /// What of annotations came in and what did not.
    ForeignTaken,
    /// So many suggestions would be accepted at once.
    AcceptAll(usize),
    /// Why the finding with this key may stand.
    Waive(String),
    /// The project can only be looked at, and why.
    LookOnly,
    /// Unsaved work was found.
    Recovery,
    /// Files were changed by another program.
    ChangedOutside(Vec<PathBuf>),
    /// The project has no place yet and the window is to close.
    UnsavedQuit,
    /// Characters that no font can draw.
    MissingGlyphs,
}
