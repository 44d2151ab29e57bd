//! What decisions teach the program: lessons come with the decisions that teach them, and change the suggestions.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{commit, navigate, submit};
use crate::app::jobs::Lane;
use crate::app::outcome::Outcome;
use crate::app::ports::Ports;
use crate::app::state::AppState;
use crate::edit::Edit;
use crate::model::{Example, Experience, IndicatorId, Lesson, ReportId, Span, Suggestion};

/// Up to so many suggestions are changed while the person's key is still down; more of them in a job.
const AT_ONCE: usize = 1_000;

/// The lessons rest so many seconds before a long report's suggestions are changed.
const REST_SECONDS: f64 = 1.0;

/// A gesture of more decisions than this teaches nothing: nobody has looked at each of them.
const MOST_AT_ONCE: usize = 50;

/// A gesture's edits with what they teach, so that undoing the gesture takes that back as well.
pub(super) fn with_lessons(app: &AppState, gesture: &str, mut edits: Vec<Edit>) -> Vec<Edit> {
    let annotator = app.person();
    let decides = |edit: &&Edit| matches!(edit, Edit::Decide { annotator: whose, .. } if *whose == annotator);
    // What is recovered has its lessons with it, merging says nothing of the reports' words, and of what is accepted
    // all at once nobody has looked at each.
    let is_silent = matches!(gesture, "recover" | "merge-indicators" | "accept-all");
    if is_silent || edits.iter().filter(decides).count() > MOST_AT_ONCE {
        return edits;
    }
    let mut memory = app.memory().cloned().unwrap_or_default();
    let mut changed: BTreeMap<Lesson, Option<Experience>> = BTreeMap::new();
    let mut standing = BTreeMap::new();
    for edit in edits.iter().filter(decides) {
        let Edit::Decide {
            report,
            span,
            decision,
            ..
        } = edit
        else {
            continue;
        };
        let (Some(about), Some(document)) = (app.project.report(report), app.documents.get(report)) else {
            continue;
        };
        let layer = app.project.layer(&annotator, report);
        let before = standing
            .insert((report, *span), decision.clone())
            .unwrap_or_else(|| layer.and_then(|layer| layer.get(*span)).cloned());
        let rulings = (before.as_deref(), decision.as_deref());
        for (lesson, experience) in document.learn(about, &app.project.catalogue, &memory, rulings) {
            memory.set(lesson.clone(), experience.clone());
            changed.insert(lesson, experience);
        }
    }
    edits.extend(changed.into_iter().map(|(lesson, experience)| Edit::SetLesson {
        annotator: annotator.clone(),
        lesson,
        experience,
    }));
    edits
}

/// What becomes of everybody's lessons when one indicator is merged into another.
pub(super) fn merged(app: &AppState, from: &IndicatorId, into: &IndicatorId) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (annotator, memory) in &app.project.memories {
        for (lesson, experience) in memory.iter() {
            let moved = match lesson {
                Lesson::Name { words, indicator } if indicator == from => Some(Lesson::Name {
                    words: words.clone(),
                    indicator: into.clone(),
                }),
                Lesson::Unit { indicator, .. } if indicator == from => None,
                _ => continue,
            };
            let set = |lesson, experience| Edit::SetLesson {
                annotator: annotator.clone(),
                lesson,
                experience,
            };
            edits.push(set(lesson.clone(), None));
            if let Some(moved) = moved.filter(|moved| memory.get(moved).is_none()) {
                edits.push(set(moved, Some(experience.clone())));
            }
        }
    }
    edits
}

/// Changes the suggestions by lessons that have changed: the open report's at once, or soon where it is long.
pub(super) fn refresh(app: &mut AppState) {
    let open = app.view.report.clone();
    // Those of other reports are made anew when they are opened.
    app.suggestions.retain(|id, _| Some(id) == open.as_ref());
    let own = open.and_then(|id| Some((app.learning.own.get(&id)?.clone(), id)));
    match own {
        Some((own, id)) if own.len() <= AT_ONCE => {
            if let Some(reminded) = reminded(app, &id, &own) {
                app.suggestions.insert(id, reminded);
                navigate::mark_again(app);
                navigate::refresh_proposal(app);
            }
        }
        _ => {
            app.learning.stale_since.get_or_insert(app.now);
        }
    }
}

fn reminded(app: &AppState, id: &ReportId, own: &[Suggestion]) -> Option<Arc<[Suggestion]>> {
    let (report, document) = (app.project.report(id)?, app.documents.get(id)?);
    let memory = app.memory().cloned().unwrap_or_default();
    Some(
        document
            .reminded(report, &app.project.catalogue, &memory, own)
            .into(),
    )
}

/// Changes a long report's suggestions in a job, once the lessons have rested.
pub(super) fn make(app: &mut AppState, ports: &mut Ports) {
    let rested = app
        .learning
        .stale_since
        .is_some_and(|since| app.now - since >= REST_SECONDS);
    if !rested || app.learning.running {
        return;
    }
    let (Some(report), Some(document)) = (app.report().cloned(), app.document().cloned()) else {
        return;
    };
    let Some(own) = app.learning.own.get(&report.id).cloned() else {
        return;
    };
    app.learning.stale_since = None;
    app.learning.running = true;
    let catalogue = app.project.catalogue.clone();
    let memory = app.memory().cloned().unwrap_or_default();
    submit(app, ports, Lane::Back, move || {
        let reminded = document.reminded(&report, &catalogue, &memory, &own);
        Outcome::Suggested(report.id, own, reminded.into())
    });
}

/// Takes over a report's suggestions: the extractor's own, and what the lessons make of them.
pub(super) fn take(app: &mut AppState, id: ReportId, own: Arc<[Suggestion]>, reminded: Arc<[Suggestion]>) {
    app.learning.running = false;
    let is_open = app.view.report.as_ref() == Some(&id);
    app.suggestions.insert(id.clone(), reminded);
    let kept = &app.suggestions;
    app.learning.own.retain(|id, _| kept.contains_key(id));
    app.learning.own.insert(id, own);
    if is_open {
        navigate::mark_again(app);
        navigate::refresh_proposal(app);
        // Before the first decision nobody has learnt the keys yet, so they may still move.
        if !app.is_touched {
            commit::refresh_favourites(app);
        }
    }
}

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
