//! Searching the open report at once, and the project in a job.

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

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

/// Finds are told after so long a search.
const MOMENT: Duration = Duration::from_millis(100);

/// So many bytes are searched between two looks at the clock.
const PORTION: usize = 4 << 20;

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
    let cancel = Cancel::default();
    app.keeping.search_cancel = cancel.clone();
    let open = app.view.report.clone();
    let (reports, texts) = (app.project.reports.clone(), app.texts.clone());
    ports.executor.submit(
        Lane::Front,
        Box::new(move || {
            let reports = reports
                .iter()
                .filter(|report| in_project || Some(&report.id) == open.as_ref());
            let texts = reports
                .filter_map(|report| Some((report.id.clone(), texts.get(&report.fingerprint)?.clone())));
            let hunt = Hunt {
                needle,
                texts: texts.collect(),
                from: 0,
                room: MOST_FINDS,
                cancel,
            };
            hunt.go_on(serial)
        }),
    );
}

/// Searches once more what was searched in the project, as more of it has been read.
pub(super) fn again(app: &mut AppState, ports: &mut Ports) {
    if app.view.search.in_project && !app.view.search.query.pattern.is_empty() {
        search(app, ports, app.view.search.query.clone());
    }
}

/// A search that is under way: it tells what it has found at times, and then goes on.
pub struct Hunt {
    needle: Needle,
    texts: Vec<(ReportId, Arc<str>)>,
    /// The text to go on with.
    from: usize,
    /// As many finds are still wanted.
    room: usize,
    cancel: Cancel,
}

impl Hunt {
    /// Searches for a moment.
    fn go_on(mut self, serial: u64) -> Outcome {
        let begun = Instant::now();
        let mut finds = Vec::new();
        let mut capped = false;
        let most = self.room;
        while self.from < self.texts.len() && !capped && begun.elapsed() < MOMENT {
            let some = self.portion();
            let found = self.search(some.clone());
            if self.cancel.is_cancelled() {
                return Outcome::Nothing;
            }
            self.from = some.end;
            capped = found.len() > self.room;
            finds.extend(found.into_iter().take(self.room));
            self.room = most.saturating_sub(finds.len());
        }
        let is_done = capped || self.from == self.texts.len();
        Outcome::Found(serial, finds, capped, (!is_done).then(|| Box::new(self)))
    }

    /// The next texts, of so many bytes at least.
    fn portion(&self) -> Range<usize> {
        let mut bytes = 0;
        let rest = self.texts.iter().skip(self.from);
        let some = rest.take_while(|(_, text)| {
            let is_wanted = bytes < PORTION;
            bytes += text.len();
            is_wanted
        });
        self.from..self.from + some.count()
    }

    /// The finds in some texts, and at most one more than are wanted; on two threads where there is much to search.
    fn search(&self, some: Range<usize>) -> Vec<Find> {
        let middle = some.start + some.len() / 2;
        let parts = [some.start..middle, middle..some.end];
        let [first, second] = parts.map(|part| self.texts.get(part).unwrap_or_default());
        let (mut finds, rest) = std::thread::scope(|scope| {
            let rest = (!first.is_empty()).then(|| scope.spawn(|| self.search_alone(first)));
            let second = self.search_alone(second);
            let first = rest.map(|rest| {
                rest.join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            });
            (first.unwrap_or_default(), second)
        });
        finds.extend(rest);
        finds
    }

    fn search_alone(&self, texts: &[(ReportId, Arc<str>)]) -> Vec<Find> {
        let mut finds = Vec::new();
        for (report, text) in texts {
            let room = self.room.saturating_sub(finds.len());
            let Some(spans) = self.needle.find_unless(text, room + 1, self.cancel.flag()) else {
                break;
            };
            finds.extend(spans.into_iter().map(|span| Find {
                report: report.clone(),
                span,
                words: around(text, span),
            }));
            if finds.len() > self.room {
                break;
            }
        }
        finds
    }
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

/// Takes over finds of the search of this number, unless another one was begun since, and has it go on.
pub(super) fn take_finds(
    app: &mut AppState,
    ports: &mut Ports,
    (serial, finds, capped): (u64, Vec<Find>, bool),
    rest: Option<Box<Hunt>>,
) {
    let state = &mut app.view.search;
    if state.serial != serial {
        return;
    }
    state.finds.extend(finds);
    (state.capped, state.running) = (capped, rest.is_some());
    if let Some(hunt) = rest {
        ports
            .executor
            .submit(Lane::Front, Box::new(move || hunt.go_on(serial)));
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
