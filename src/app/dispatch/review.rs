//! Going through the review queue.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{commit, curate, decide, navigate, reading, submit};
use crate::app::action::{Front, Tab};
use crate::app::assess::{self, Made, Material, Wish};
use crate::app::jobs::Lane;
use crate::app::notice::Message;
use crate::app::outcome::Outcome;
use crate::app::ports::Ports;
use crate::app::review::Parts;
use crate::app::state::AppState;
use crate::edit::Edit;
use crate::model::{Annotator, BUILT_IN, Decision, Field, ReportId};
use crate::query::queue::{Filter, Item};

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

/// Has assessed again what edits are about.
pub(super) fn heed(app: &mut AppState, edits: &[Edit]) {
    for edit in edits.iter().filter(|edit| depends_on(edit)) {
        let now = app.now;
        match edit {
            Edit::SetLesson { .. } => app.review.lessons_since = Some(now),
            Edit::SetWaiver { .. } => app.review.parts.all_stale(now),
            Edit::Decide { report, .. }
            | Edit::Reject { report, .. }
            | Edit::Contest { report, .. }
            | Edit::SetSuggestions { report, .. } => app.review.parts.stale(report, now),
            _ => stale(app),
        }
    }
}

/// Has all reports assessed anew after a rest: what was proposed before is worth nothing any more.
pub(super) fn stale(app: &mut AppState) {
    app.review.stale_since.get_or_insert(app.now);
    app.review.live.clear();
    app.review.era += 1;
}

/// Has every report read again with new lessons, once the person pauses: it is too much for every key.
fn relearn(app: &mut AppState) {
    // What takes long is not begun again before it has done its work.
    let whole = app.review.took * app.review.parts.all.len() as f64;
    let paused = |since: f64| app.now - since >= PAUSE_SECONDS.max(2.0 * whole);
    if app.review.lessons_since.is_some_and(paused) && !app.review.running {
        app.review.lessons_since = None;
        stale(app);
    }
}

/// Has the next part assessed in a job, if somebody looks at the queue and something has changed and rested.
pub(super) fn make(app: &mut AppState, ports: &mut Ports) {
    relearn(app);
    let is_seen = app.review.on || app.view.tab == Tab::Queue;
    if !is_seen || app.review.running || !app.is_whole() {
        return;
    }
    let rested = |since: f64| app.now - since >= REST_SECONDS;
    if app.review.stale_since.is_some_and(rested) {
        divide(app);
    }
    send(app, ports);
}

/// Divides the reports into parts, all of which are to be assessed.
fn divide(app: &mut AppState) {
    app.review.stale_since = None;
    app.review.agents = BTreeSet::from([BUILT_IN.to_owned()]);
    app.review.parts = Parts::of(&app.project.reports, &app.texts, app.review.part_bytes);
}

/// Has the next part assessed that is due. What takes long rests longer, or it would be done all the time.
fn send(app: &mut AppState, ports: &mut Ports) {
    let (now, open) = (app.now, app.view.report.clone());
    let rest = REST_SECONDS.max(2.0 * app.review.took);
    let Some(part) = app.review.parts.due(now, rest, open.as_ref()) else {
        return;
    };
    part.stale_since = None;
    let reports = Arc::clone(&part.reports);
    app.review.running = true;
    app.review.begun = now;
    let material = Material::of(app, reports);
    let era = app.review.era;
    submit(app, ports, Lane::Back, move || {
        Outcome::Reviewed(era, Box::new(assess::assess(material)))
    });
}

/// Takes over a queue. The first one after reviewing was begun leads to its first item.
pub(super) fn take(app: &mut AppState, ports: &mut Ports, era: u64, made: Made) {
    let (now, review) = (app.now, &mut app.review);
    review.running = false;
    review.took = now - review.begun;
    if era == review.era {
        review.parts.made(&made.reports);
        review.live = made.live;
        review.glances.extend(made.glances);
    }
    let is_first = review.queue.is_empty();
    review.queue = Arc::new(made.queue);
    review.agents.extend(made.agents);
    if made.filter == review.filter {
        review.listed = made.listed;
    } else {
        review.list();
    }
    if app.review.on && is_first && app.place_in_queue().is_none() {
        go_to(app, ports, 0);
    }
    make(app, ports);
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
        divide(app);
        send(app, ports);
    } else {
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
        let item = app.review.listed_at(*place);
        item.is_some_and(|item| !app.is_settled(&item.report, item.span))
    };
    let next = (from..count).chain(0..from.min(count)).find(waits);
    match next {
        Some(place) => go_to(app, ports, place),
        None => app.notify(Message::QueueEnds),
    }
}

/// Goes to the item at a place of the list.
pub(super) fn go_to(app: &mut AppState, ports: &mut Ports, place: usize) {
    let item = app.review.listed_at(place);
    if let Some((report, span)) = item.map(|item| (item.report.clone(), item.span)) {
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

/// Asks before everything that is listed is accepted.
pub(super) fn ask_to_accept_all(app: &mut AppState) {
    let items = app.review.listed.iter();
    let items = items.filter_map(|ticket| app.review.queue.item(*ticket));
    let is_acceptable =
        |item: &&Item| item.score.is_some() && !item.is_decided && !app.is_settled(&item.report, item.span);
    match items.filter(is_acceptable).count() {
        // The curated layer takes only what somebody has decided.
        _ if app.curation.is_some() => app.notify(Message::NothingToAccept),
        0 => app.notify(Message::NothingToAccept),
        count => app.view.front = Some(Front::AcceptAll(count)),
    }
}

/// Accepts everything that is listed and open, as one step; in a job where reports have to be read for it.
pub(super) fn accept_all(app: &mut AppState, ports: &mut Ports) {
    app.view.front = None;
    let wish = Wish::of(app);
    if wish.is_at_hand() {
        let decisions = wish.decisions();
        take_accepted(app, ports, &app.annotator(), decisions);
        return;
    }
    app.wait("waiting.accepting", None);
    let annotator = app.annotator();
    submit(app, ports, Lane::Front, move || {
        Outcome::Accepted(annotator, wish.decisions())
    });
}

/// Accepts what is still open.
pub(super) fn take_accepted(
    app: &mut AppState,
    ports: &mut Ports,
    annotator: &Annotator,
    mut decisions: Vec<(ReportId, Decision)>,
) {
    app.waiting = None;
    decisions.retain(|(report, decision)| {
        let layer = app.project.layer(annotator, report);
        layer.is_none_or(|layer| layer.overlapping(decision.span).next().is_none())
    });
    let accept = |(report, decision): (ReportId, Decision)| Edit::Decide {
        annotator: annotator.clone(),
        report,
        span: decision.span,
        decision: Some(decision.into()),
    };
    let edits: Vec<Edit> = decisions.into_iter().map(accept).collect();
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
