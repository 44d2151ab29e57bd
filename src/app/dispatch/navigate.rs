//! Going about: reports, numbers, the cursor.

use std::sync::Arc;

use super::{checks, commit, files, reading, review, submit, timeline};
use crate::app::document::Document;
use crate::app::jobs::Lane;
use crate::app::notice::Message;
use crate::app::outcome::Outcome;
use crate::app::part_key::PartKey;
use crate::app::ports::Ports;
use crate::app::state::{AppState, Proposal};
use crate::model::{DismissReason, Observation, ReportId, Role, Ruling, Span, Suggestion};
use crate::query::{self, Marks, Standing};

/// As many reports stay read besides the open one.
const MOST_DOCUMENTS: usize = 8;

/// Which numbers a step goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Among {
    /// Those without a decision.
    Open,
    /// All that are marked.
    All,
}

/// Shows a report, at these words if there are any.
pub(super) fn show_report(app: &mut AppState, ports: &mut Ports, id: &ReportId, span: Option<Span>) {
    if app.project.report(id).is_none() {
        return;
    }
    if app.view.report.as_ref() != Some(id) {
        app.view.report = Some(id.clone());
        (app.view.anchor, app.view.head) = (0, 0);
        clear_current(app);
        // While reviewing, reports change with nearly every item, and keys must not shift under the hand.
        if !app.review.on {
            commit::refresh_favourites(app);
        }
        reveal(app, Span::default());
        read_open_report(app, ports);
        timeline::read(app, ports);
    }
    if let Some(span) = span {
        set_current(app, span, true);
    }
}

/// Sees to it that the open report's document, suggestions and marks are there or on their way.
pub(super) fn read_open_report(app: &mut AppState, ports: &mut Ports) {
    let Some(report) = app.report().cloned() else {
        return;
    };
    if let Some(document) = app.documents.get(&report.id).cloned() {
        if !app.suggestions.contains_key(&report.id) {
            let catalogue = app.project.catalogue.clone();
            let memory = app.memory().cloned().unwrap_or_default();
            submit(app, ports, Lane::Front, move || {
                let own = document.suggest(&report, &catalogue);
                let reminded = document.reminded(&report, &catalogue, &memory, &own);
                Outcome::Suggested(report.id, own.into(), reminded.into())
            });
        }
        mark_again(app);
        return;
    }
    app.marks = Marks::default();
    app.marks_revision += 1;
    let text = app.texts.get(&report.fingerprint).cloned();
    if text.is_none() && !app.unread.contains(&report.id) {
        return;
    }
    app.wait("waiting.reading", None);
    let Some(text) = text else {
        // The keeper reads it before all others, and this is come back to.
        return;
    };
    let rules = app.project.rules.clone();
    ports.executor.submit(
        Lane::Front,
        Box::new(move || Outcome::Analysed(Arc::new(Document::analyse(report.id, text, &rules)))),
    );
}

/// Takes over a report that has been read.
pub(super) fn take_document(app: &mut AppState, ports: &mut Ports, document: Arc<Document>) {
    let fits = app
        .project
        .report(&document.id)
        .and_then(|report| app.texts.get(&report.fingerprint))
        .is_some_and(|text| Arc::ptr_eq(text, &document.text));
    if !fits {
        return;
    }
    let id = document.id.clone();
    app.documents.insert(id.clone(), document);
    while app.documents.len() > MOST_DOCUMENTS {
        let open = app.view.report.clone();
        let Some(other) = app
            .documents
            .keys()
            .find(|other| Some(*other) != open.as_ref() && **other != id)
            .cloned()
        else {
            break;
        };
        app.documents.remove(&other);
        app.suggestions.remove(&other);
        forget_original(app, &other);
    }
    if app.view.report.as_ref() == Some(&id) {
        app.waiting = None;
        read_open_report(app, ports);
        reading::reread_original(app, ports);
        refresh_proposal(app);
    } else {
        // It was open when it was sent to be read, so nobody else counts it.
        commit::count_in_background(app, ports, [id]);
    }
}

/// Forgets what a report was read from, where its file has it.
fn forget_original(app: &mut AppState, id: &ReportId) {
    let is_saved = app.place.is_some() && !app.keeping.dirty.contains(&PartKey::Text(id.clone()));
    if let Some(report) = app.project.report(id).filter(|_| is_saved) {
        app.readings.remove(&report.fingerprint);
    }
}

/// Merges mentions, suggestions and decisions of the open report again.
pub(super) fn mark_again(app: &mut AppState) {
    let Some(document) = app.document().cloned() else {
        return;
    };
    let live = app.suggestions.get(&document.id).cloned().unwrap_or_default();
    let layer = app.layer().cloned();
    app.leading = query::leading(&live, app.project.suggested(&document.id), layer.as_ref());
    app.marks = Marks::new(
        Arc::clone(&document.mentions),
        Arc::clone(&app.leading),
        layer.as_ref(),
    );
    app.marks_revision += 1;
    app.ledgers.insert(document.id.clone(), app.marks.ledger());
}

/// Goes to the next or previous number.
pub(super) fn step(app: &mut AppState, among: Among, forward: bool) {
    let wanted = |standing: Standing| match among {
        Among::Open => standing.is_open(),
        Among::All => !matches!(standing, Standing::Muted(_)),
    };
    let from = app
        .view
        .current
        .map_or(Some(app.view.head).filter(|_| app.view.head > 0), |span| {
            Some(span.start)
        });
    let mark = if forward {
        app.marks.next(from, wanted)
    } else {
        app.marks.previous(from, wanted)
    };
    match mark.map(|mark| mark.span) {
        Some(span) => set_current(app, span, true),
        None if among == Among::Open => app.notify(Message::ReportComplete),
        None => {}
    }
}

/// Goes on to the next open number after a decision; says so when there is none.
pub(super) fn advance(app: &mut AppState, ports: &mut Ports) {
    if app.review.on {
        review::advance(app, ports);
        return;
    }
    if app.marks.ledger().is_complete() {
        app.notify(Message::ReportComplete);
        return;
    }
    step(app, Among::Open, true);
}

/// Goes to the next or previous report of the list.
pub(super) fn step_report(app: &mut AppState, ports: &mut Ports, forward: bool) {
    let ids: Vec<ReportId> = app.listed_reports().map(|report| report.id.clone()).collect();
    let place = app
        .view
        .report
        .as_ref()
        .and_then(|open| ids.iter().position(|id| id == open));
    let next = match place {
        Some(place) if forward => ids.get(place + 1),
        Some(place) => place.checked_sub(1).and_then(|place| ids.get(place)),
        None => ids.first(),
    };
    if let Some(id) = next.cloned() {
        show_report(app, ports, &id, None);
    }
}

/// Has another layer looked at and written from now on.
pub(super) fn change_layer(app: &mut AppState, ports: &mut Ports) {
    clear_current(app);
    mark_again(app);
    app.review.glances.clear();
    files::count_all(app, ports);
    checks::stale(app);
    review::stale(app);
    timeline::read(app, ports);
}

/// Forgets what has been chosen for the words that were current.
fn forget_choices(app: &mut AppState) {
    app.review.field = None;
    if let Some(curation) = &mut app.curation {
        curation.verdict = None;
        curation.point = None;
    }
}

/// Makes words current and works out what Enter would accept for them.
pub(super) fn set_current(app: &mut AppState, span: Span, scroll: bool) {
    if app.view.current != Some(span) {
        app.view.current_since = app.now;
    }
    if app.view.current != Some(span) {
        forget_choices(app);
    }
    app.view.current = Some(span);
    (app.view.anchor, app.view.head) = (span.start, span.start);
    app.view.editing = None;
    app.view.proposal = None;
    refresh_proposal(app);
    if scroll {
        reveal(app, span);
    }
}

/// Makes no words current.
pub(super) fn clear_current(app: &mut AppState) {
    forget_choices(app);
    app.view.current = None;
    app.view.proposal = None;
    app.view.editing = None;
}

/// Moves the selection.
pub(super) fn select(app: &mut AppState, anchor: usize, head: usize) {
    let Some(document) = app.document() else {
        return;
    };
    let fit = |offset: usize| {
        let mut offset = offset.min(document.text.len());
        while !document.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    };
    (app.view.anchor, app.view.head) = (fit(anchor), fit(head));
}

/// Asks the window to scroll to these words.
pub(super) fn reveal(app: &mut AppState, span: Span) {
    app.view.reveal = (app.view.reveal.0 + 1, span);
}

/// Works the proposal for the current words out, unless the person has already changed it.
pub(super) fn refresh_proposal(app: &mut AppState) {
    let Some(span) = app.view.current else {
        app.view.proposal = None;
        return;
    };
    if app.current_decision().is_some() {
        app.view.proposal = None;
        return;
    }
    if app
        .view
        .proposal
        .as_ref()
        .is_some_and(|proposal| proposal.span == span && proposal.changed)
    {
        return;
    }
    app.view.proposal = propose(app, span);
}

/// What the extractor suggests for these words, or else the best draft for them.
pub(super) fn propose(app: &AppState, span: Span) -> Option<Proposal> {
    let place = app
        .leading
        .binary_search_by_key(&span, |suggestion| suggestion.span);
    let suggestion = place.ok().and_then(|place| app.leading.get(place)).cloned();
    let ruling = match &suggestion {
        Some(suggestion) => suggestion.ruling.clone(),
        None => match muted_reason(app, span) {
            Some(reason) => Ruling::Dismissed(reason),
            None => Ruling::Tagged(Box::new(draft(app, span)?)),
        },
    };
    Some(Proposal {
        span,
        ruling,
        suggestion,
        changed: false,
    })
}

/// Makes a suggestion the proposal for its words.
pub(super) fn propose_as(app: &mut AppState, suggestion: Suggestion) {
    app.view.proposal = Some(Proposal {
        span: suggestion.span,
        ruling: suggestion.ruling.clone(),
        suggestion: Some(suggestion),
        changed: false,
    });
}

/// The best filled observation for these words.
pub(super) fn draft(app: &AppState, span: Span) -> Option<Observation> {
    let document = app.document()?;
    let memory = app.memory().cloned().unwrap_or_default();
    Some(document.draft(app.report()?, &app.project.catalogue, &memory, span))
}

fn muted_reason(app: &AppState, span: Span) -> Option<DismissReason> {
    match app.marks.at(span)?.standing {
        Standing::Muted(role) if role != Role::Indicator => role.into(),
        _ => None,
    }
}
