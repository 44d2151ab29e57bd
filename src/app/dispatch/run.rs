//! What each command of the table does.

use super::navigate::Among;
use super::{
    agreement, checks, commit, curate, decide, edges, files, keep, naming, navigate, reading, review, search,
    show,
};
use crate::app::action::Front;
use crate::app::command::Command;
use crate::app::notice::Message;
use crate::app::ports::{Ports, Purpose};
use crate::app::settings::Theme;
use crate::app::state::AppState;
use crate::edit::Edit;
use crate::model::{Field, Language};

/// The steps of the window's magnification, in per cent.
const ZOOM_STEP: u16 = 10;

pub(super) fn run(app: &mut AppState, ports: &mut Ports, command: Command) {
    if app.case_at_hand().is_some() && curating(app, ports, command) {
        return;
    }
    if let Some(place) = command.favourite_place() {
        if let Some(field) = app.review.field {
            review::take_alternative(app, ports, field, place);
            return;
        }
        if let Some(id) = app.favourites.get(place).cloned() {
            decide::tag_as(app, ports, &id);
        }
        return;
    }
    match command {
        Command::OpenFiles => files::pick(app, ports, Purpose::OpenFiles),
        Command::OpenFolder => files::pick(app, ports, Purpose::OpenFolder),
        Command::OpenPath => show(app, Front::TypePath(Purpose::OpenFiles)),
        Command::AddReports => files::pick(app, ports, Purpose::AddReports),
        Command::RemoveReport => remove_report(app, ports),
        Command::ImportSuggestions => files::pick(app, ports, Purpose::ImportSuggestions),
        Command::ImportAnnotations => files::pick(app, ports, Purpose::ImportAnnotations),
        Command::Export if !app.is_whole() => {
            reading::must_wait(app);
        }
        Command::Export if app.project.layers.is_empty() => app.notify(Message::NothingToExport),
        Command::Export => show(app, Front::Export),
        Command::Extractor => show(app, Front::Extractor),
        Command::Save => keep::save(app, ports),
        Command::SaveAs => show(app, Front::TypePath(Purpose::SaveFolder)),
        Command::Quit => quit(app),
        Command::Undo => commit::undo(app, ports),
        Command::Redo => commit::redo(app, ports),
        // The text view copies by itself, as only it knows what the desktop's clipboard takes.
        Command::Copy => {}
        Command::SelectAll => navigate::select(app, 0, usize::MAX),
        Command::Find => search::begin(app, false),
        Command::FindInProject => search::begin(app, true),
        Command::FindNext => search::step(app, ports, true),
        Command::FindPrevious => search::step(app, ports, false),
        Command::Palette => show(app, Front::Palette),
        Command::NextOpen | Command::PreviousOpen | Command::NextNumber | Command::PreviousNumber => {
            go(app, ports, command);
        }
        Command::Review => review::toggle(app, ports),
        Command::Curate => curate::toggle(app, ports),
        Command::AcceptAll => review::ask_to_accept_all(app),
        Command::Accept => decide::accept(app, ports),
        Command::Dismiss => decide::dismiss(app, ports, decide::reason_at_hand(app)),
        Command::DismissAs => show(app, Front::ChooseReason),
        Command::Reject => show(app, Front::ChooseRejection),
        Command::ChooseIndicator => show(app, Front::ChooseIndicator),
        Command::EditFields => edit_fields(app),
        Command::ToggleNature => decide::toggle_nature(app, ports),
        Command::OtherName => decide::cycle(app, ports, Field::IndicatorText),
        Command::OtherPeriod => decide::cycle(app, ports, Field::TimePeriod),
        Command::OtherArea => decide::cycle(app, ports, Field::RefArea),
        Command::SameForAll => decide::show_alike(app),
        Command::Reopen => decide::reopen(app, ports),
        Command::UseAsName => naming::use_as_name(app, ports),
        Command::StartLeft => edges::nudge(app, ports, edges::Edge::Start, false),
        Command::StartRight => edges::nudge(app, ports, edges::Edge::Start, true),
        Command::EndLeft => edges::nudge(app, ports, edges::Edge::End, false),
        Command::EndRight => edges::nudge(app, ports, edges::Edge::End, true),
        Command::NextFinding => checks::step(app, ports, true),
        Command::PreviousFinding => checks::step(app, ports, false),
        Command::LetStand => let_stand(app),
        Command::Catalogue => show(app, Front::Catalogue),
        Command::Rules => show(app, Front::Rules),
        Command::Memory => show(app, Front::Memory),
        Command::Agreement => agreement::open(app, ports),
        Command::NextReport => navigate::step_report(app, ports, true),
        Command::PreviousReport => navigate::step_report(app, ports, false),
        Command::Settings => show(app, Front::Settings),
        Command::Keys => show(app, Front::Keys),
        Command::Guidelines => show(app, Front::Guidelines),
        Command::Dismissal => close_front(app),
        _ => look(app, ports, command),
    }
}

/// What commands do to a case while the person curates; answers whether the command was one of these.
fn curating(app: &mut AppState, ports: &mut Ports, command: Command) -> bool {
    if let Some(side) = command.favourite_place() {
        curate::take(app, side);
        return true;
    }
    match command {
        Command::Accept => curate::settle(app, ports),
        Command::NextOpen => curate::step_point(app, true),
        Command::PreviousOpen => curate::step_point(app, false),
        Command::NextNumber => curate::step(app, ports, true),
        Command::PreviousNumber => curate::step(app, ports, false),
        Command::Dismiss => curate::nothing_here(app, ports),
        Command::Reject => curate::nobody(app, ports),
        Command::EditFields => curate::edit_point(app),
        Command::Reopen => curate::reopen(app, ports),
        // What the readings say of one number says nothing of another.
        Command::SameForAll => app.notify(Message::NoneAlike),
        _ => return false,
    }
    true
}

/// Going about: in the open report, or while reviewing through the queue and the fields in doubt.
fn go(app: &mut AppState, ports: &mut Ports, command: Command) {
    let forward = matches!(command, Command::NextOpen | Command::NextNumber);
    if app.curation.is_some() {
        curate::step(app, ports, forward);
        return;
    }
    let among = match command {
        Command::NextOpen | Command::PreviousOpen => Among::Open,
        _ => Among::All,
    };
    match (app.review.on, among) {
        (false, _) => navigate::step(app, among, forward),
        (true, Among::Open) => review::step_field(app, ports, forward),
        (true, Among::All) => review::step(app, ports, forward),
    }
}

/// Commands that change only how the window looks.
fn look(app: &mut AppState, ports: &mut Ports, command: Command) {
    let mut settings = app.settings.clone();
    match command {
        Command::ToggleReports => settings.show_reports ^= true,
        Command::ToggleInspector => settings.show_inspector ^= true,
        Command::ToggleTable => settings.show_table ^= true,
        Command::ToggleMuted => settings.show_muted ^= true,
        Command::ToggleOthers => settings.show_others ^= true,
        Command::ZoomIn => settings.zoom += ZOOM_STEP,
        Command::ZoomOut => settings.zoom = settings.zoom.saturating_sub(ZOOM_STEP),
        Command::ZoomReset => settings.zoom = 100,
        Command::SwitchTheme => {
            settings.theme = match settings.theme {
                Theme::System => Theme::Light,
                Theme::Light => Theme::Dark,
                Theme::Dark => Theme::System,
            };
        }
        Command::SwitchLanguage => {
            settings.language = match settings.language {
                Language::Chinese => Language::English,
                Language::English => Language::Chinese,
            };
        }
        _ => {}
    }
    keep::set_settings(app, ports, settings);
}

fn edit_fields(app: &mut AppState) {
    // Chosen words are edited like any number.
    if let Some(selected) = app.selection().filter(|words| Some(*words) != app.view.current) {
        navigate::set_current(app, selected, false);
    }
    decide::propose_value(app);
    if app.current_observation().is_none() {
        app.notify(Message::NothingToDecide);
        return;
    }
    app.settings.show_inspector = true;
    // What is in doubt comes first; the indicator itself has a chooser of its own.
    let doubts = app
        .view
        .proposal
        .as_ref()
        .and_then(|proposal| proposal.suggestion.as_ref());
    let doubts = doubts
        .into_iter()
        .flat_map(|suggestion| &suggestion.doubts)
        .map(|doubt| doubt.field);
    let first = doubts.into_iter().find(|field| *field != Field::Indicator);
    app.view.editing = Some(first.unwrap_or(Field::IndicatorText));
}

fn let_stand(app: &mut AppState) {
    match app.finding_at_hand().map(|finding| finding.key.clone()) {
        Some(key) => show(app, Front::Waive(key)),
        None => app.notify(Message::NothingFound),
    }
}

fn close_front(app: &mut AppState) {
    if app.view.front.take().is_some() {
        return;
    }
    if app.view.editing.take().is_some() || app.review.field.take().is_some() {
        return;
    }
    if app.selection().is_some() {
        app.view.anchor = app.view.head;
        return;
    }
    app.notices.clear();
}

fn remove_report(app: &mut AppState, ports: &mut Ports) {
    if let Some(id) = app.view.report.clone() {
        commit::commit(app, ports, "remove-report", vec![Edit::RemoveReport(id)]);
    }
}

fn quit(app: &mut AppState) {
    if app.has_unplaced_work() {
        app.view.front = Some(Front::UnsavedQuit);
    } else {
        app.quit = true;
    }
}
