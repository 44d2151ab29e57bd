//! The only writer: every action of the person and every outcome of a job ends here.

mod agreement;
mod catalogue;
mod checks;
mod commit;
mod curate;
mod decide;
mod edges;
mod export;
mod files;
mod import;
mod intake;
mod keep;
mod layers;
mod lessons;
mod naming;
mod navigate;
mod outcome;
mod reading;
mod review;
mod run;
mod search;
mod timeline;

pub use search::Hunt;

use super::action::{Action, Front, Tab};
use super::intake::Intake;
use super::jobs::Lane;
use super::notice::{Level, Message};
use super::outcome::Outcome;
use super::ports::Ports;
use super::state::AppState;
use crate::edit::Edit;
use crate::query::Column;

/// Messages of success and of note go away by themselves after so many seconds.
const NOTICE_SECONDS: f64 = 6.0;

/// Carries out one action.
pub fn dispatch(app: &mut AppState, ports: &mut Ports, action: Action) {
    match action {
        Action::Run(command) => run::run(app, ports, command),
        Action::Tick(now) => tick(app, ports, now),

        Action::Open(paths) => intake::begin(app, ports, Intake { paths, adds: false }),
        Action::AddReports(paths) => intake::begin(app, ports, Intake { paths, adds: true }),
        Action::TakeIn(intake, choice) => intake::go_on(app, ports, intake, choice),
        Action::Pick(purpose) => files::pick(app, ports, purpose),
        Action::UsePath(purpose, path) => files::use_paths(app, ports, purpose, vec![path]),
        Action::ReadAs(encoding) => files::read_as(app, ports, encoding),
        Action::Recover => keep::recover(app, ports),
        Action::DiscardRecovery => keep::discard_recovery(app, ports),
        Action::KeepOurs => keep::keep_ours(app, ports),
        Action::TakeTheirs => keep::take_theirs(app, ports),
        Action::TakeOver => keep::take_over(app, ports),
        Action::QuitAnyway => app.quit = true,

        Action::ShowReport(id) => navigate::show_report(app, ports, &id, None),
        Action::Reveal(id, span) => navigate::show_report(app, ports, &id, Some(span)),
        Action::Select { anchor, head } => navigate::select(app, anchor, head),
        Action::SetCurrent(span) => navigate::set_current(app, span, false),
        Action::ClearCurrent => navigate::clear_current(app),

        Action::TagAs(id) => decide::tag_as(app, ports, &id),
        Action::TagAsNew(name) => catalogue::tag_as_new(app, ports, &name),
        Action::DismissFor(reason) => decide::dismiss(app, ports, reason),
        Action::SetField(field, words) => decide::set_field(app, ports, field, &words),
        Action::SetFieldAt(span, field, words) => decide::set_field_at(app, ports, span, field, &words),
        Action::MoveEdges(from, to) => edges::move_edges(app, ports, from, to),
        Action::DecideAlike(spans) => decide::decide_alike(app, ports, &spans),
        Action::Pin(id) => catalogue::pin(app, ports, &id),

        Action::SetCatalogue(catalogue) => {
            commit::commit(app, ports, "catalogue", vec![Edit::SetCatalogue(catalogue)]);
        }
        Action::MergeIndicators(from, into) => catalogue::merge(app, ports, &from, &into),
        Action::TakeBuiltIn(place) => catalogue::take_built_in(app, ports, place),
        Action::SetRules(rules) => {
            commit::commit(app, ports, "rules", vec![Edit::SetRules(rules)]);
        }
        Action::SetGuidelines(words) => {
            commit::commit(app, ports, "guidelines", vec![Edit::SetGuidelines(words)]);
        }
        Action::SetTitle(title) => {
            commit::commit(app, ports, "title", vec![Edit::SetTitle(title)]);
        }
        Action::SetReport(report) => {
            commit::commit(app, ports, "report-details", vec![Edit::SetReport(report)]);
        }

        Action::Export(wanted) => export::export(app, ports, wanted),
        Action::ImportAnnotations(paths, wanted) => import::annotations(app, ports, paths, wanted),
        Action::StopWaiting => app.stop_waiting(),
        Action::SetExtractor(extractor) => import::set_extractor(app, ports, extractor),
        Action::RunExtractor => import::run(app, ports),
        Action::StopExtractor => import::stop(app),
        Action::ShowCase(report, span) => navigate::show_report(app, ports, &report, Some(span)),
        Action::TakeReading(side) => curate::take(app, side),
        Action::ChoosePoint(point) => {
            if let Some(curation) = &mut app.curation {
                curation.point = point;
            }
        }
        Action::ListAllCases(all) => curate::list_all(app, all),
        Action::FilterQueue(filter) => review::filter(app, *filter),
        Action::ShowItem(place) => review::go_to(app, ports, place),
        Action::AcceptAll => review::accept_all(app, ports),
        Action::TakeProposal(agent) => review::take_proposal(app, &agent),
        Action::TakeAlternative(field, place) => review::take_alternative(app, ports, field, place),
        Action::Reject(reason) => decide::reject(app, ports, reason),
        Action::Settle(span, take_theirs) => layers::settle(app, ports, span, take_theirs),
        Action::ShowFinding(key) => checks::show(app, ports, &key),
        Action::Waive(key, reason) => checks::waive(app, ports, key, reason),
        Action::ShowTimeline(wanted) => app.view.timeline = wanted,
        Action::BackToBefore(place) => timeline::back_to_before(app, ports, place),
        Action::ForgetLesson(lesson) => lessons::forget(app, ports, lesson),
        Action::ShowExample(example) => lessons::show_example(app, ports, &example),
        Action::Compare(annotators, by) => agreement::compare(app, ports, annotators, by),

        Action::Search(query) => search::search(app, ports, query),
        Action::ShowFind(place) => search::show_find(app, ports, place),
        Action::SortBy(column) => sort_by(app, column),
        Action::FilterReports(words) => app.view.report_filter = words,
        Action::ShowTab(tab) => {
            app.view.tab = tab;
            if tab == Tab::Queue && app.review.queue.is_empty() {
                review::stale(app);
            }
            app.settings.show_table = true;
        }
        Action::Show(front) => show(app, front),
        Action::CloseFront => app.view.front = None,
        Action::SetSettings(settings) => keep::set_settings(app, ports, *settings),
        Action::DropNotice(id) => app.notices.retain(|notice| notice.id != id),
        Action::EditingField(field) => app.view.editing = field,
    }
}

/// Takes over what jobs have finished; to be called once a frame, before drawing.
pub fn poll(app: &mut AppState, ports: &mut Ports) {
    for outcome in ports.executor.finished() {
        outcome::absorb(app, ports, outcome);
    }
}

/// Queues a job about the open project; its outcome is dropped if another one has been opened by then.
fn submit(app: &AppState, ports: &mut Ports, lane: Lane, job: impl FnOnce() -> Outcome + Send + 'static) {
    let era = app.era;
    ports
        .executor
        .submit(lane, Box::new(move || Outcome::Of(era, Box::new(job()))));
}

fn tick(app: &mut AppState, ports: &mut Ports, now: f64) {
    app.now = now;
    app.wall = (ports.clock)();
    app.notices
        .retain(|notice| notice.message.level() == Level::Failure || now - notice.at < NOTICE_SECONDS);
    agreement::keep_up(app, ports);
    lessons::make(app, ports);
    keep::keep(app, ports);
    checks::make(app, ports);
    review::make(app, ports);
}

fn show(app: &mut AppState, front: Front) {
    let needs_target = matches!(
        front,
        Front::ChooseIndicator | Front::ChooseReason | Front::ChooseRejection
    );
    if needs_target && app.target().is_none() {
        app.notify(Message::NothingToDecide);
        return;
    }
    app.view.front = Some(front);
}

fn sort_by(app: &mut AppState, column: Column) {
    // A third click brings the order of the text back.
    app.view.sort = match app.view.sort {
        Some((sorted, false)) if sorted == column => Some((column, true)),
        Some((sorted, true)) if sorted == column => None,
        _ => Some((column, false)),
    };
}
