//! What decisions have taught the program: looking a lesson's example up, and forgetting a lesson.

use super::{commit, navigate};
use crate::app::ports::Ports;
use crate::app::state::AppState;
use crate::edit::Edit;
use crate::model::{Example, Lesson, Span};

/// Forgets a lesson, as a step that can be taken back.
pub(super) fn forget(app: &mut AppState, ports: &mut Ports, lesson: Lesson) {
    let annotator = app.person();
    let edit = Edit::SetLesson {
        annotator,
        lesson,
        experience: None,
    };
    commit::commit(app, ports, "forget", vec![edit]);
}

/// Shows the place that taught a lesson: the report, and in it the number among these words.
pub(super) fn show_example(app: &mut AppState, ports: &mut Ports, example: &Example) {
    let Some(report) = app.project.report(&example.report) else {
        return;
    };
    let found = app
        .texts
        .get(&report.fingerprint)
        .and_then(|text| text.find(&example.words));
    let Some(start) = found else {
        navigate::show_report(app, ports, &example.report, None);
        return;
    };
    let words = Span::new(start, start + example.words.len());
    let layer = app.project.layer(&app.annotator(), &example.report);
    let decided = layer.and_then(|layer| layer.overlapping(words).next());
    let span = decided.map_or(words, |decision| decision.span);
    navigate::show_report(app, ports, &example.report, Some(span));
}
