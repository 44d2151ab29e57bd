//! Messages, reasons and flags put into words.

use super::cx::Cx;
use super::echo;
use crate::app::incoming::ReportProblem;
use crate::app::notice::Message;
use crate::edit::EditError;
use crate::model::{Evidence, FieldError, Indicator, IndicatorId, Language};
use crate::query::Flag;
use crate::store::{OpenError, SaveError, StoreNotice};
use crate::text::read::{ReadError, RowFault};

/// An indicator's name in the window's language, where it has one.
pub fn name_of(cx: &Cx<'_>, entry: &Indicator) -> String {
    if cx.state.settings.language == Language::English && !entry.name_en.is_empty() {
        entry.name_en.clone()
    } else {
        entry.name.clone()
    }
}

/// What a message says.
pub fn message(cx: &Cx<'_>, message: &Message) -> String {
    match message {
        Message::Saved(path) => cx.f("message.saved", &[&path.display().to_string()]),
        Message::ReportComplete => cx.t("message.complete").to_owned(),
        Message::DecidedAlike(count) => cx.f("message.alike", &[&count.to_string()]),
        Message::Undone(name) => cx.f("message.undone", &[cx.t(&format!("done.{name}"))]),
        Message::Redone(name) => cx.f("message.redone", &[cx.t(&format!("done.{name}"))]),
        Message::NothingToUndo => cx.t("message.nothing_to_undo").to_owned(),
        Message::NothingToRedo => cx.t("message.nothing_to_redo").to_owned(),
        Message::NothingToDecide => cx.t("message.nothing_to_decide").to_owned(),
        Message::NoneAlike => cx.t("message.none_alike").to_owned(),
        Message::OthersDecided(names) => {
            cx.f("message.others_decided", &[names, &cx.state.settings.annotator])
        }
        Message::NoAlternative => cx.t("message.no_alternative").to_owned(),
        Message::StillReading(read, all) => {
            cx.f("message.still_reading", &[&read.to_string(), &all.to_string()])
        }
        Message::NothingToExport => cx.t("message.nothing_to_export").to_owned(),
        Message::ExportFailed(path, words) => {
            cx.f("message.export_failed", &[&path.display().to_string(), words])
        }
        Message::Conflicts(count) => cx.f("message.conflicts", &[&count.to_string()]),
        Message::NothingToCurate => cx.t("message.nothing_to_curate").to_owned(),
        Message::AgreedMerged(count) => cx.f("message.agreed_merged", &[&count.to_string()]),
        Message::CurationComplete => cx.t("message.curation_complete").to_owned(),
        Message::NotAllChosen => cx.t("message.not_all_chosen").to_owned(),
        Message::AnnotationsImported(count, annotator) => cx.f(
            "message.annotations_imported",
            &[&count.to_string(), &annotator.0],
        ),
        Message::Stopped => cx.t("message.stopped").to_owned(),
        Message::SuggestionsImported(count) => cx.f("message.suggestions_imported", &[&count.to_string()]),
        Message::QueueEnds => cx.t("message.queue_ends").to_owned(),
        Message::NothingToAccept => cx.t("message.nothing_to_accept").to_owned(),
        Message::AcceptedAll(count) => cx.f("message.accepted_all", &[&count.to_string()]),
        Message::NothingToReject => cx.t("message.nothing_to_reject").to_owned(),
        Message::NothingFound => cx.t("message.nothing_found").to_owned(),
        Message::NothingSelected => cx.t("message.nothing_selected").to_owned(),
        Message::Recovered(count) => cx.f("message.recovered", &[&count.to_string()]),
        Message::Added(count) => cx.f("message.added", &[&count.to_string()]),
        Message::NoReports(path) => cx.f("message.no_reports", &[&path.display().to_string()]),
        Message::Unreadable(path, problem) => cx.f(
            "message.unreadable",
            &[&path.display().to_string(), &report_problem(cx, problem)],
        ),
        Message::OpenFailed(error) => open_error(cx, error),
        Message::SaveFailed(error) => save_error(cx, error),
        Message::Store(notice) => store_notice(cx, notice),
        Message::Refused(error) => refusal(cx, error),
        Message::FieldRefused(error) => field_error(cx, error),
        Message::NoDialog => cx.t("message.no_dialog").to_owned(),
        Message::EncodingInUse => cx.t("message.encoding_in_use").to_owned(),
        Message::NoOriginal => cx.t("message.no_original").to_owned(),
        Message::CatalogueTaken(count) => cx.f("message.catalogue_taken", &[&count.to_string()]),
        Message::CatalogueWritten(path) => cx.f("message.catalogue_written", &[&path.display().to_string()]),
        Message::CatalogueBroken(path, why) => {
            cx.f("message.catalogue_broken", &[&path.display().to_string(), why])
        }
        Message::Broke(words) => cx.f("message.broke", &[words]),
    }
}

/// Why a file or a part of it is no report and what to do; the file is named beside it.
pub fn report_problem(cx: &Cx<'_>, problem: &ReportProblem) -> String {
    match problem {
        ReportProblem::Io(error) => error.to_string(),
        ReportProblem::Read(error) => read_error(cx, error),
    }
}

fn read_error(cx: &Cx<'_>, error: &ReadError) -> String {
    match error {
        ReadError::Binary { .. } => cx.t("error.binary").to_owned(),
        ReadError::TooLarge { .. } => cx.t("error.too_large").to_owned(),
        ReadError::Broken { what, .. } => cx.f("error.damaged", &[what]),
        ReadError::Bomb { limit, .. } => cx.f("error.bomb", &[limit]),
        ReadError::Locked { .. } => cx.t("error.locked").to_owned(),
        ReadError::Scanned { pages, .. } => cx.f("error.scanned", &[&pages.to_string()]),
        ReadError::Outside { .. } => cx.t("error.climbs_out").to_owned(),
        ReadError::Row { line, fault, .. } => cx.f("error.row", &[&line.to_string(), &row_fault(cx, fault)]),
        ReadError::NoText { columns, .. } => cx.f("error.no_text", &[columns]),
        ReadError::Archive { .. } => cx.t("error.archive").to_owned(),
    }
}

fn row_fault(cx: &Cx<'_>, fault: &RowFault) -> String {
    match fault {
        RowFault::Broken(words) => words.clone(),
        RowFault::NotObject => cx.t("error.row.not_object").to_owned(),
        RowFault::Cells { found, heads } => {
            cx.f("error.row.cells", &[&found.to_string(), &heads.to_string()])
        }
        RowFault::NoText(column) => cx.f("error.row.no_text", &[column]),
    }
}

/// What happened, to which file, and what to do, in the window's language.
fn open_error(cx: &Cx<'_>, error: &OpenError) -> String {
    let key = match error {
        OpenError::NotAProject { .. } => "error.open.not_a_project",
        OpenError::PermissionDenied { .. } => "error.open.permission",
        OpenError::NewerFormat { .. } => "error.open.newer",
        OpenError::Broken(_) => "error.open.broken",
        OpenError::Outside { .. } => "error.open.outside",
        OpenError::Io { .. } => "error.open.io",
    };
    cx.f(key, &[&error.path().display().to_string(), &error.to_string()])
}

fn save_error(cx: &Cx<'_>, error: &SaveError) -> String {
    let key = match error {
        SaveError::AlreadyThere { .. } => "error.save.already_there",
        SaveError::NoSpace { .. } => "error.save.no_space",
        SaveError::ReadOnly { .. } => "error.save.read_only",
        SaveError::PermissionDenied { .. } => "error.save.permission",
        SaveError::ChangedOnDisk { .. } => "error.save.changed",
        SaveError::NewerFormat { .. } => "error.save.newer",
        SaveError::Broken(_) => "error.save.broken",
        SaveError::NotRead { .. } => "error.save.not_read",
        SaveError::Outside { .. } => "error.save.outside",
        SaveError::DoesNotFit { .. } => "error.save.does_not_fit",
        SaveError::Io { .. } => "error.save.io",
    };
    cx.f(key, &[&error.path().display().to_string(), &error.to_string()])
}

fn store_notice(cx: &Cx<'_>, notice: &StoreNotice) -> String {
    let key = match notice {
        StoreNotice::Broken(_) => "notice.broken",
        StoreNotice::NewerFormat { .. } => "notice.newer",
        StoreNotice::Unreadable { .. } => "notice.unreadable",
        StoreNotice::TextMissing { .. } => "notice.text_missing",
        StoreNotice::TextChanged { .. } => "notice.text_changed",
        StoreNotice::Anchored { .. } => "notice.anchored",
        StoreNotice::UnknownReport { .. } => "notice.unknown_report",
        StoreNotice::SettingsReset { .. } => "notice.settings_reset",
    };
    cx.f(key, &[&notice.path().display().to_string(), &notice.to_string()])
}

fn refusal(cx: &Cx<'_>, error: &EditError) -> String {
    match error {
        EditError::ReportInUse(id) => cx.f("error.edit.report_in_use", &[&id.to_string()]),
        EditError::IndicatorInUse(id) => cx.f("error.edit.indicator_in_use", &[&id.to_string()]),
        EditError::Overlaps { .. } => cx.t("error.edit.overlaps").to_owned(),
        other => cx.f("error.edit.other", &[&other.to_string()]),
    }
}

/// The name of a catalogue's entry, or its id where the catalogue no longer has it.
pub fn indicator(cx: &Cx<'_>, id: &IndicatorId) -> String {
    let entry = cx.state.project.catalogue.get(id);
    entry.map_or_else(|| id.to_string(), |entry| name_of(cx, entry))
}

/// Why words do not fit a field.
pub fn field_error(cx: &Cx<'_>, error: &FieldError) -> String {
    match error {
        FieldError::Value(_) => cx.f("error.field.value", &[&error.to_string()]),
        FieldError::Term(_) => cx.f("error.field.term", &[&error.to_string()]),
        FieldError::Magnitude(found) => cx.f("error.field.magnitude", &[found]),
    }
}

/// What is doubtful about an observation.
pub fn flag(cx: &Cx<'_>, flag: &Flag) -> String {
    match flag {
        Flag::NoIndicator => cx.t("flag.no_indicator").to_owned(),
        Flag::UnknownIndicator => cx.t("flag.unknown_indicator").to_owned(),
        Flag::TypeDiffers { expected } => {
            cx.f("flag.type_differs", &[cx.t(&format!("value_type.{expected}"))])
        }
        Flag::UnitDiffers { expected } => cx.f("flag.unit_differs", &[expected]),
        Flag::UnitUnfit { belongs_to } => {
            cx.f("flag.unit_unfit", &[cx.t(&format!("value_type.{belongs_to}"))])
        }
        Flag::TooSmall { min } => cx.f("flag.too_small", &[&echo::grouped(*min)]),
        Flag::TooLarge { max } => cx.f("flag.too_large", &[&echo::grouped(*max)]),
        Flag::NotAsPrinted { parsed } => cx.f("flag.not_as_printed", &[&echo::value(*parsed)]),
        Flag::PeriodForm => cx.t("flag.period_form").to_owned(),
    }
}

/// A reason for a suggestion.
pub fn evidence(cx: &Cx<'_>, evidence: &Evidence) -> String {
    match evidence {
        Evidence::AliasMatched { words } => cx.f("evidence.alias", &[words]),
        Evidence::NamedBy { words } => cx.f("evidence.named_by", &[words]),
        Evidence::NameCarried { words } => cx.f("evidence.carried", &[words]),
        Evidence::UnitAgrees { unit } => cx.f("evidence.unit_agrees", &[unit]),
        Evidence::UnitDiffers { found, expected } => cx.f("evidence.unit_differs", &[found, expected]),
        Evidence::PeriodBeside { words } => cx.f("evidence.period_beside", &[words]),
        Evidence::PeriodFromHeading { words } => cx.f("evidence.period_heading", &[words]),
        Evidence::PeriodFromReport { words } => cx.f("evidence.period_report", &[words]),
        Evidence::AreaBeside { words } => cx.f("evidence.area_beside", &[words]),
        Evidence::AreaFromReport { words } => cx.f("evidence.area_report", &[words]),
        Evidence::MeasureBy { words } => cx.f("evidence.measure", &[words]),
        Evidence::NatureBy { words } => cx.f("evidence.nature", &[words]),
        Evidence::NatureFromHeading { words } => cx.f("evidence.nature_heading", &[words]),
        Evidence::Qualifies => cx.t("evidence.qualifies").to_owned(),
        Evidence::Learnt { lesson, times } => cx.f("evidence.learnt", &[lesson.words(), &times.to_string()]),
        Evidence::Stated { words } => words.clone(),
    }
}
