//! Searching the open report at once, and the project in a job.

use std::sync::Arc;

use super::navigate;
use crate::app::action::Tab;
use crate::app::jobs::{Cancel, Lane};
use crate::app::outcome::Outcome;
use crate::app::ports::Ports;
use crate::app::state::{AppState, Find};
use crate::model::{ReportId, Span};
use crate::text::search::{Needle, Query};
use crate::text::segment;

/// As many finds are listed.
const MOST_FINDS: usize = 2_000;

/// As many characters are shown on each side of a find.
const CONTEXT: usize = 18;

/// Opens the search, with the selected words in it.
pub(super) fn begin(app: &mut AppState, in_project: bool) {
    app.view.tab = Tab::Find;
    app.settings.show_table = true;
    app.view.search.in_project = in_project;
    app.view.search.focus += 1;
    let selected = app
        .selection()
        .zip(app.document())
        .map(|(span, document)| document.words(span).to_owned());
    if let Some(words) = selected.filter(|words| !words.contains('\n')) {
        app.view.search.query.pattern = words;
    }
}

/// Searches for something else, or somewhere else.
pub(super) fn search(app: &mut AppState, ports: &mut Ports, query: Query) {
    app.keeping.search_cancel.cancel();
    let state = &mut app.view.search;
    state.serial += 1;
    (state.error, state.shown, state.capped, state.running) = (None, None, false, false);
    state.finds.clear();
    state.query = query;
    if state.query.pattern.is_empty() {
        return;
    }
    let needle = match Needle::compile(&state.query) {
        Ok(needle) => needle,
        Err(error) => {
            state.error = Some(error);
            return;
        }
    };
    state.running = true;
    let (serial, in_project) = (state.serial, state.in_project);
    let open = app.view.report.clone();
    let reports = app
        .project
        .reports
        .iter()
        .filter(|report| in_project || Some(&report.id) == open.as_ref());
    let texts: Vec<(ReportId, Arc<str>)> = reports
        .filter_map(|report| Some((report.id.clone(), app.texts.get(&report.fingerprint)?.clone())))
        .collect();
    let cancel = Cancel::default();
    app.keeping.search_cancel = cancel.clone();
    ports.executor.submit(
        Lane::Front,
        Box::new(move || {
            let (finds, capped) = find_all(&needle, &texts, &cancel);
            Outcome::Found(serial, finds, capped)
        }),
    );
}

fn find_all(needle: &Needle, texts: &[(ReportId, Arc<str>)], cancel: &Cancel) -> (Vec<Find>, bool) {
    let mut finds = Vec::new();
    for (report, text) in texts {
        let room = MOST_FINDS - finds.len();
        let Some(spans) = needle.find_unless(text, room + 1, cancel.flag()) else {
            break;
        };
        let capped = spans.len() > room;
        let found = spans.into_iter().take(room).map(|span| Find {
            report: report.clone(),
            span,
            words: around(text, span),
        });
        finds.extend(found);
        if capped {
            return (finds, true);
        }
    }
    (finds, false)
}

/// Some words before a span, its own, and some behind it, all on its line.
fn around(text: &str, span: Span) -> (String, String, String) {
    let line = segment::paragraph_at(text, span.start);
    let before = text.get(line.start..span.start).unwrap_or_default();
    let behind = text.get(span.end..line.end.max(span.end)).unwrap_or_default();
    let skip = before.chars().count().saturating_sub(CONTEXT);
    (
        before.chars().skip(skip).collect(),
        span.of(text).unwrap_or_default().to_owned(),
        behind.chars().take(CONTEXT * 3).collect(),
    )
}

/// Takes over the finds of the search of this number, unless another one was begun since.
pub(super) fn take_finds(app: &mut AppState, serial: u64, finds: Vec<Find>, capped: bool) {
    let state = &mut app.view.search;
    if state.serial == serial {
        (state.finds, state.capped, state.running) = (finds, capped, false);
    }
}

/// Shows a find in its report.
pub(super) fn show_find(app: &mut AppState, ports: &mut Ports, place: usize) {
    let Some(find) = app.view.search.finds.get(place).cloned() else {
        return;
    };
    app.view.search.shown = Some(place);
    navigate::show_report(app, ports, &find.report, None);
    navigate::clear_current(app);
    (app.view.anchor, app.view.head) = (find.span.start, find.span.end);
    navigate::reveal(app, find.span);
}

/// Goes to the next or previous find, round the end.
pub(super) fn step(app: &mut AppState, ports: &mut Ports, forward: bool) {
    let count = app.view.search.finds.len();
    if count == 0 {
        return;
    }
    let next = match (app.view.search.shown, forward) {
        (None, true) => 0,
        (None, false) => count - 1,
        (Some(place), true) => (place + 1) % count,
        (Some(place), false) => (place + count - 1) % count,
    };
    show_find(app, ports, next);
}
