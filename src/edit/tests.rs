//! Every edit can be taken back, and a refused one changes nothing.

use std::sync::Arc;

use proptest::prelude::*;

use super::{Edit, EditError, History, Transaction, again, apply, retag};
use crate::model::{
    Annotator, Catalogue, Decision, DismissReason, Experience, Extractor, Fingerprint, Indicator, Lesson,
    Observation, Project, RejectReason, Report, ReportId, Ruling, Score, Span, Suggestion, Tint, ValueType,
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
        }]
        .into(),
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

#[test]
fn an_indicator_that_is_used_stays_until_all_its_values_are_another_ones() {
    let entry = |id: &str| Indicator {
        id: id.into(),
        name: id.to_owned(),
        name_en: String::new(),
        aliases: Vec::new(),
        value_type: ValueType::Count,
        unit: String::new(),
        min: None,
        max: None,
        tint: Tint(0),
        pinned: false,
        note: String::new(),
    };
    let catalogue = |ids: &[&str]| {
        Edit::SetCatalogue(Catalogue {
            indicators: ids.iter().map(|id| entry(id)).collect(),
        })
    };
    let span = Span::new(3, 6);
    let tagged = Arc::new(Decision::manual(
        span,
        Ruling::Tagged(Box::new(Observation {
            indicator: Some("from".into()),
            ..Observation::default()
        })),
    ));
    let (annotator, report): (Annotator, ReportId) = ("林".into(), "a".into());
    let decided = Edit::Decide {
        annotator: annotator.clone(),
        report: report.clone(),
        span,
        decision: Some(Arc::clone(&tagged)),
    };
    let contested = Edit::Contest {
        annotator,
        report,
        span,
        theirs: Some(tagged),
    };
    for used in [decided, contested] {
        let mut project = project();
        apply(&mut project, catalogue(&["from", "into"])).unwrap();
        apply(&mut project, used).unwrap();
        let refused = apply(&mut project, catalogue(&["into"]));
        assert_eq!(refused, Err(EditError::IndicatorInUse("from".into())));
        for edit in retag(&project, &"from".into(), &"into".into()) {
            apply(&mut project, edit).unwrap();
        }
        let used: Vec<_> = project.used_indicators().cloned().collect();
        assert_eq!(used, ["into".into()]);
        apply(&mut project, catalogue(&["into"])).unwrap();
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
                name: "test".into(),
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

/// A save that was cut off has brought one report to where later gestures led, and the other one not.
#[test]
fn gestures_are_made_again_over_a_project_that_holds_some_of_what_they_led_to() {
    let mut before = project();
    let other = Report {
        id: "b".into(),
        ..before.reports[0].clone()
    };
    before.reports.push(other);
    let decide = |report: &str, span: Span, puts: bool| Edit::Decide {
        annotator: "林".into(),
        report: report.into(),
        span,
        decision: puts.then(|| dismissed(span)),
    };
    let (short, long) = (Span::new(3, 6), Span::new(3, 9));
    let gestures = [
        vec![decide("a", short, true), decide("b", short, true)],
        vec![decide("a", short, false), decide("a", long, true)],
        vec![Edit::SetTitle("新".to_owned())],
    ];
    let mut after = before.clone();
    for edit in gestures.iter().flatten() {
        apply(&mut after, edit.clone()).unwrap();
    }
    let mut found = before;
    apply(&mut found, decide("a", long, true)).unwrap();
    for place in 0..gestures.len() {
        let (edits, refused) = again(&found, &gestures[place], &gestures[place + 1..]);
        assert_eq!(refused, None);
        for edit in edits {
            apply(&mut found, edit).unwrap();
        }
    }
    assert_eq!(found, after);
}

/// What nobody is going to decide again stays, and the rest of the gesture is made.
#[test]
fn what_others_have_decided_does_not_step_aside() {
    let mut found = project();
    let theirs = edit(0, Span::new(3, 9), true);
    apply(&mut found, theirs).unwrap();
    let gesture = [edit(0, Span::new(3, 6), true), edit(0, Span::new(12, 15), true)];
    let (edits, refused) = again(&found, &gesture, &[]);
    assert_eq!(edits, gesture[1..]);
    assert!(matches!(refused, Some(EditError::Overlaps { .. })));
}
