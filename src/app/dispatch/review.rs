//! Going through the review queue.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{commit, curate, decide, navigate, reading, submit};
use crate::app::action::{Front, Tab};
use crate::app::jobs::Lane;
use crate::app::notice::Message;
use crate::app::outcome::Outcome;
use crate::app::ports::Ports;
use crate::app::review::{self, Made, Material};
use crate::app::state::AppState;
use crate::edit::Edit;
use crate::model::{BUILT_IN, Decision, Field, ReportId, Span};
use crate::query::contests;
use crate::query::queue::Filter;

/// A change rests so many seconds before the queue is made again.
const REST_SECONDS: f64 = 0.4;

/// Lessons reach the reports that are not open after so many seconds without another one.
const PAUSE_SECONDS: f64 = 3.0;

/// Whether the queue may be another one after this edit.
fn depends_on(edit: &Edit) -> bool {
    !matches!(
        edit,
        Edit::SetGuidelines(_) | Edit::SetTitle(_) | Edit::SetExtractor(_)
    )
}

/// Has the queue made again after edits.
pub(super) fn heed(app: &mut AppState, edits: &[Edit]) {
    if !edits.iter().any(depends_on) {
        return;
    }
    if edits.iter().any(|edit| matches!(edit, Edit::SetLesson { .. })) {
        app.review.lessons_since = Some(app.now);
    }
    let keeps_proposals = |edit: &Edit| {
        matches!(
            edit,
            Edit::Decide { .. }
                | Edit::Reject { .. }
                | Edit::Contest { .. }
                | Edit::SetLesson { .. }
                | Edit::SetWaiver { .. }
                | Edit::SetSuggestions { .. }
        )
    };
    stale(app, !edits.iter().all(keeps_proposals));
}

/// Has the queue made again after a rest; `anew` where what was proposed before is worth nothing any more.
pub(super) fn stale(app: &mut AppState, anew: bool) {
    app.review.stale_since.get_or_insert(app.now);
    if anew {
        app.review.live.clear();
        app.review.era += 1;
    }
}

/// Has every report read again with new lessons, once the person pauses: it is too much for every key.
fn relearn(app: &mut AppState) {
    let paused = |since: f64| app.now - since >= PAUSE_SECONDS;
    if app.review.lessons_since.is_some_and(paused) {
        app.review.lessons_since = None;
        stale(app, true);
    }
}

/// Makes the queue in a job, if somebody looks at it and something has changed and rested.
pub(super) fn make(app: &mut AppState, ports: &mut Ports) {
    relearn(app);
    let is_seen = app.review.on || app.view.tab == Tab::Queue;
    let rested = app
        .review
        .stale_since
        .is_some_and(|since| app.now - since >= REST_SECONDS);
    if !is_seen || !rested || app.review.running || !app.is_whole() {
        return;
    }
    send(app, ports);
}

fn send(app: &mut AppState, ports: &mut Ports) {
    app.review.stale_since = None;
    app.review.running = true;
    let material = Material::of(app);
    let era = app.review.era;
    submit(app, ports, Lane::Back, move || {
        Outcome::Reviewed(era, Box::new(review::make(material)))
    });
}

/// Takes over a queue. The first one after reviewing was begun leads to its first item.
pub(super) fn take(app: &mut AppState, ports: &mut Ports, era: u64, made: Made) {
    app.review.running = false;
    if era == app.review.era {
        app.review.live = made.live;
        app.review.glances = made.glances;
    }
    let is_first = app.review.queue.is_empty();
    app.review.queue = Arc::new(made.queue);
    app.review.agents = agents(app);
    app.review.list();
    if app.review.on && is_first && app.place_in_queue().is_none() {
        go_to(app, ports, 0);
    }
}

/// Who proposes something for the project's reports.
fn agents(app: &AppState) -> Vec<String> {
    let imported = app.project.suggestions.values().flat_map(|all| all.iter());
    let mut agents: BTreeSet<&str> = imported.map(|suggestion| suggestion.agent.as_str()).collect();
    agents.insert(BUILT_IN);
    agents.into_iter().map(ToOwned::to_owned).collect()
}

/// Begins to review, or goes back to annotating.
pub(super) fn toggle(app: &mut AppState, ports: &mut Ports) {
    if !app.review.on && reading::must_wait(app) {
        return;
    }
    if app.curation.is_some() {
        curate::toggle(app, ports);
    }
    app.review.on ^= true;
    app.review.field = None;
    if !app.review.on {
        return;
    }
    app.view.tab = Tab::Queue;
    app.settings.show_table = true;
    app.settings.show_inspector = true;
    if app.review.running {
        return;
    }
    if app.review.queue.is_empty() {
        send(app, ports);
    } else {
        stale(app, false);
        go_to(app, ports, 0);
    }
}

/// Lists other items.
pub(super) fn filter(app: &mut AppState, filter: Filter) {
    app.review.filter = filter;
    app.review.list();
}

/// Goes to the next or previous item of the list.
pub(super) fn step(app: &mut AppState, ports: &mut Ports, forward: bool) {
    let count = app.review.listed.len();
    let next = match app.place_in_queue() {
        Some(place) if forward => place + 1,
        Some(place) => place.checked_sub(1).unwrap_or(count),
        None => 0,
    };
    if next >= count {
        app.notify(Message::QueueEnds);
    } else {
        go_to(app, ports, next);
    }
}

/// Goes on after a decision: to the next item that still waits, from the top if there is none behind.
pub(super) fn advance(app: &mut AppState, ports: &mut Ports) {
    let from = app.place_in_queue().map_or(0, |place| place + 1);
    let count = app.review.listed.len();
    let waits = |place: &usize| {
        let item = app.review.listed.get(*place);
        item.is_some_and(|(report, span)| !app.is_settled(report, *span))
    };
    let next = (from..count).chain(0..from.min(count)).find(waits);
    match next {
        Some(place) => go_to(app, ports, place),
        None => app.notify(Message::QueueEnds),
    }
}

/// Goes to the item at a place of the list.
pub(super) fn go_to(app: &mut AppState, ports: &mut Ports, place: usize) {
    if let Some((report, span)) = app.review.listed.get(place).cloned() {
        navigate::show_report(app, ports, &report, Some(span));
    }
}

/// Goes to the next field in doubt, or, past the last one, to the next item.
pub(super) fn step_field(app: &mut AppState, ports: &mut Ports, forward: bool) {
    let fields = app.doubtful_fields();
    let at = app
        .review
        .field
        .and_then(|field| fields.iter().position(|other| *other == field));
    let next = match at {
        Some(at) if forward => at + 1,
        Some(0) => fields.len(),
        Some(at) => at - 1,
        None if forward => 0,
        None => fields.len().wrapping_sub(1),
    };
    match fields.get(next) {
        Some(field) => app.review.field = Some(*field),
        None => step(app, ports, forward),
    }
}

/// Takes the alternative with this place for the field in doubt.
pub(super) fn take_alternative(app: &mut AppState, ports: &mut Ports, field: Field, place: usize) {
    match app.alternatives(field).get(place).cloned() {
        Some(words) => decide::set_field(app, ports, field, &words),
        None => app.notify(Message::NoAlternative),
    }
}

/// What is to be accepted if everything that is listed and open is: each with its report.
pub(super) fn acceptable(app: &AppState) -> Vec<(ReportId, Decision)> {
    let annotator = app.annotator();
    let mut acceptable = Vec::new();
    for report in &app.project.reports {
        let spans = app.review.listed.iter().filter(|(other, _)| *other == report.id);
        let spans: BTreeSet<Span> = spans.map(|(_, span)| *span).collect();
        let Some(live) = app.review.live.get(&report.id).filter(|_| !spans.is_empty()) else {
            continue;
        };
        let layer = app.project.layer(&annotator, &report.id);
        let is_open = |span: Span| layer.is_none_or(|layer| layer.overlapping(span).next().is_none());
        for contest in contests(live, app.project.suggested(&report.id), layer) {
            let leader = contest.leader;
            if spans.contains(&leader.span) && is_open(leader.span) {
                acceptable.push((report.id.clone(), Decision::accepted(leader)));
            }
        }
    }
    acceptable
}

/// Asks before everything that is listed is accepted.
pub(super) fn ask_to_accept_all(app: &mut AppState) {
    match acceptable(app).len() {
        // The curated layer takes only what somebody has decided.
        _ if app.curation.is_some() => app.notify(Message::NothingToAccept),
        0 => app.notify(Message::NothingToAccept),
        count => app.view.front = Some(Front::AcceptAll(count)),
    }
}

/// Accepts everything that is listed and open, as one step.
pub(super) fn accept_all(app: &mut AppState, ports: &mut Ports) {
    app.view.front = None;
    let annotator = app.annotator();
    let edits: Vec<Edit> = acceptable(app)
        .into_iter()
        .map(|(report, decision)| Edit::Decide {
            annotator: annotator.clone(),
            report,
            span: decision.span,
            decision: Some(decision.into()),
        })
        .collect();
    let count = edits.len();
    if commit::commit(app, ports, "accept-all", edits) {
        app.notify(Message::AcceptedAll(count));
    }
}

/// Takes another agent's proposal for the current words as the one that Enter accepts.
pub(super) fn take_proposal(app: &mut AppState, agent: &str) {
    let other = app.current_contest().and_then(|contest| {
        let mut all = contest.all();
        all.find(|suggestion| suggestion.agent == agent).cloned()
    });
    if let Some(suggestion) = other {
        navigate::set_current(app, suggestion.span, false);
        navigate::propose_as(app, suggestion);
    }
}
