//! What holds for every project and every script of edits.

mod files;
mod made;

use std::sync::Arc;

use indicator_annotator::edit::{Edit, History, Transaction, apply};
use indicator_annotator::model::{DismissReason, Layer, Ruling, Score, Span, Suggestion};
use indicator_annotator::number;
use indicator_annotator::query::Marks;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::Config;

use made::*;

fn config(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn an_edit_and_its_inverse_leave_the_project_as_it_was(
        (mut project, mut texts) in a_project(), steps in vec(a_step(), 1..20)
    ) {
        for step in steps {
            let Some(edit) = step.edit(&project, &mut texts) else { continue };
            let before = project.clone();
            let Ok(inverse) = apply(&mut project, edit.clone()) else {
                prop_assert_eq!(&project, &before, "a refused edit changed something: {:?}", edit);
                continue;
            };
            let after = project.clone();
            let again = apply(&mut project, inverse).unwrap();
            prop_assert_eq!(&project, &before);
            apply(&mut project, again).unwrap();
            prop_assert_eq!(&project, &after);
        }
    }

    #[test]
    fn undo_and_redo_walk_through_the_same_projects(
        (mut project, mut texts) in a_project(),
        script in vec(vec(a_step(), 1..4), 1..12),
        walk in vec(any::<bool>(), 0..30)
    ) {
        let mut history = History::default();
        let mut states = vec![project.clone()];
        for steps in &script {
            // Steps of one transaction are made for the project before it, so the later ones may be refused.
            let edits: Vec<Edit> = steps.iter().filter_map(|step| step.edit(&project, &mut texts)).collect();
            let transaction = Transaction { name: "tag".into(), edits, place: None };
            match history.commit(&mut project, transaction) {
                Ok(()) => states.push(project.clone()),
                Err(_refused) => prop_assert_eq!(&project, states.last().unwrap()),
            }
        }
        let mut at = states.len() - 1;
        for forward in walk {
            let moved = if forward { history.redo(&mut project) } else { history.undo(&mut project) };
            match (forward, moved.is_some()) {
                (true, true) => at += 1,
                (false, true) => at -= 1,
                (true, false) => prop_assert_eq!(at, states.len() - 1),
                (false, false) => prop_assert_eq!(at, 0),
            }
            prop_assert_eq!(&project, &states[at]);
        }
        while history.undo(&mut project).is_some() {}
        prop_assert_eq!(&project, &states[0]);
        while history.redo(&mut project).is_some() {}
        prop_assert_eq!(&project, states.last().unwrap());
    }

    #[test]
    fn marks_brought_up_to_date_are_marks_made_anew(
        text in a_text(), decisions in vec((a_decision(), any::<bool>()), 1..25), suggested in any::<u64>()
    ) {
        let mentions: Arc<[_]> = number::mentions(&text).into();
        let suggestions: Arc<[Suggestion]> = mentions
            .iter()
            .enumerate()
            .filter(|(place, _)| suggested >> (place % 64) & 1 == 1)
            .map(|(_, mention)| Suggestion {
                span: mention.span,
                ruling: Ruling::Dismissed(DismissReason::Date),
                agent: "test".to_owned(),
                score: Score(500),
                reasons: Vec::new(),
                doubts: Vec::new(),
            })
            .collect();
        let mut layer = Layer::default();
        let mut marks = Marks::new(Arc::clone(&mentions), Arc::clone(&suggestions), None);
        for (decision, reopen) in decisions {
            let Some(decision) = placed(&text, &decision) else { continue };
            let gone: Vec<Span> = layer.overlapping(decision.span).map(|other| other.span).collect();
            for span in gone {
                layer.remove(span);
                marks.update(span, Some(&layer));
            }
            if !reopen {
                let span = decision.span;
                layer.insert(Arc::new(decision));
                marks.update(span, Some(&layer));
            }
            let anew = Marks::new(Arc::clone(&mentions), Arc::clone(&suggestions), Some(&layer));
            prop_assert_eq!(marks.all(), anew.all());
            prop_assert_eq!(marks.ledger(), anew.ledger());
        }
    }
}
