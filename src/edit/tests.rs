//! Every edit can be taken back, and a refused one changes nothing.

use std::sync::Arc;

use proptest::prelude::*;

use super::{Edit, EditError, History, Transaction, apply};
use crate::model::{
    Annotator, Decision, DismissReason, Experience, Extractor, Fingerprint, Lesson, Project, RejectReason,
    Report, ReportId, Ruling, Score, Span, Suggestion,
};

fn project() -> Project {
    Project {
        reports: vec![Report {
            id: "a".into(),
            title: String::new(),
            issuer: String::new(),
            date: String::new(),
            area: String::new(),
            period: String::new(),
            original: String::new(),
            encoding: String::new(),
            fingerprint: Fingerprint::default(),
        }],
        ..Project::default()
    }
}

fn dismissed(span: Span) -> Arc<Decision> {
    Arc::new(Decision::manual(span, Ruling::Dismissed(DismissReason::Date)))
}

fn suggestion(span: Span) -> Suggestion {
    Suggestion {
        span,
        ruling: Ruling::Dismissed(DismissReason::Name),
        agent: "tagger".to_owned(),
        score: Score(500),
        reasons: Vec::new(),
        doubts: Vec::new(),
    }
}

/// The edit number `kind` about `span`, which puts something there or takes it away.
fn edit(kind: usize, span: Span, puts: bool) -> Edit {
    let (annotator, report): (Annotator, ReportId) = ("林".into(), "a".into());
    match kind {
        0 => Edit::Decide {
            annotator,
            report,
            span,
            decision: puts.then(|| dismissed(span)),
        },
        1 => Edit::Reject {
            annotator,
            report,
            span,
            agent: "tagger".to_owned(),
            reason: puts.then_some(RejectReason::Unit),
        },
        2 => Edit::Contest {
            annotator,
            report,
            span,
            theirs: puts.then(|| dismissed(span)),
        },
        3 => Edit::SetSuggestions {
            report,
            suggestions: puts.then(|| suggestion(span)).into_iter().collect(),
        },
        4 => Edit::SetLesson {
            annotator,
            lesson: Lesson::Never {
                phrase: span.start.to_string(),
                reason: DismissReason::Name,
            },
            experience: puts.then(Experience::default),
        },
        5 => Edit::SetWaiver {
            annotator,
            finding: span.start.to_string(),
            reason: puts.then(|| span.end.to_string()),
        },
        _ => Edit::SetExtractor(puts.then(|| Extractor {
            name: span.start.to_string(),
            command: Vec::new(),
            seconds: 1,
        })),
    }
}

#[test]
fn an_objection_to_no_words_is_refused() {
    for kind in [0, 1, 2] {
        let mut project = project();
        let nothing = Span::new(3, 3);
        let refused = apply(&mut project, edit(kind, nothing, true));
        assert_eq!(refused, Err(EditError::BadSpan(nothing)));
        assert_eq!(project, self::project());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_was_done_can_be_taken_back_and_done_again(
        steps in proptest::collection::vec((0..7usize, 0..9usize, 0..4usize, any::<bool>()), 1..30),
    ) {
        let mut project = project();
        let mut history = History::default();
        let mut states = vec![project.clone()];
        for (kind, start, len, puts) in steps {
            let transaction = Transaction {
                name: "test",
                edits: vec![edit(kind, Span::new(start, start + len), puts)],
                place: None,
            };
            match history.commit(&mut project, transaction) {
                Ok(()) => states.push(project.clone()),
                Err(refusal) => prop_assert_eq!(Some(&project), states.last(), "{}", refusal),
            }
        }
        for state in states.iter().rev().skip(1) {
            prop_assert!(history.undo(&mut project).is_some());
            prop_assert_eq!(&project, state);
        }
        prop_assert!(history.undo(&mut project).is_none());
        for state in states.iter().skip(1) {
            prop_assert!(history.redo(&mut project).is_some());
            prop_assert_eq!(&project, state);
        }
    }
}
