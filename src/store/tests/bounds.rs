//! A journal whose gestures reach no file for long.

use std::path::Path;
use std::sync::Arc;

use super::damage::Dice;
use super::faults::FaultFiles;
use super::samples::{TEXT, dismissed, everything, files_below, folder, report, span, tagged};
use crate::edit::{Edit, again, apply};
use crate::model::{Catalogue, Decision, DismissReason, Project, RejectReason, Span};
use crate::store::journal::MOST_BYTES;
use crate::store::{Ground, Journal, Subject};

/// Words of the report, some within others.
const WORDS: [&str; 7] = [
    "239.06亿元",
    "06亿元",
    "增长19.4%",
    "19.4",
    "19.4%",
    "第1",
    "1.96%",
];

fn decide(span: Span, decision: Option<Decision>) -> Edit {
    Edit::Decide {
        annotator: "林".into(),
        report: "000_泉州".into(),
        span,
        decision: decision.map(Arc::new),
    }
}

/// What a person does next: decides, over what was decided before, or changes something of the project.
fn gesture(dice: &mut Dice, project: &Project) -> Vec<Edit> {
    let words = WORDS[dice.below(WORDS.len())];
    let place = span(TEXT, words);
    match dice.below(12) {
        0 => vec![Edit::SetTitle(format!("题 {}", dice.below(100)))],
        1 => vec![Edit::SetCatalogue(Catalogue {
            indicators: project.catalogue.indicators.clone(),
        })],
        2 => vec![Edit::Reject {
            annotator: "林".into(),
            report: "000_泉州".into(),
            span: place,
            agent: "built-in".to_owned(),
            reason: (dice.below(2) == 0).then_some(RejectReason::Value),
        }],
        3 => match project.report(&"c".into()) {
            Some(_) => vec![Edit::RemoveReport("c".into())],
            None => vec![Edit::InsertReport {
                index: dice.below(3),
                report: Box::new(report("c", "新")),
            }],
        },
        4 => vec![decide(place, None)],
        kind => {
            let layer = project.layer(&"林".into(), &"000_泉州".into());
            let others = layer.into_iter().flat_map(|layer| layer.overlapping(place));
            let others = others.filter(|other| other.span != place);
            let mut edits: Vec<Edit> = others.map(|other| decide(other.span, None)).collect();
            let decision = if kind < 8 {
                tagged(TEXT, words)
            } else {
                dismissed(TEXT, words, DismissReason::ALL[dice.below(3)])
            };
            edits.push(decide(place, Some(decision)));
            edits
        }
    }
}

#[test]
fn a_journal_that_nothing_is_saved_of_stays_short_and_comes_to_the_same() {
    let folder = folder();
    let base = everything().project;
    let ground = |subject: &Subject| Ground::of(subject, &base, None);
    let place = Path::new("p");
    let begin = || Journal::begin(Arc::new(FaultFiles::well()), folder.path(), place, &ground).unwrap();
    let (mut journal, _) = begin();
    let mut project = base.clone();
    let (mut dice, mut written, mut longest) = (Dice(5), 0, 0);
    for _ in 0..3000 {
        let edits = gesture(&mut dice, &project);
        for edit in edits.clone() {
            apply(&mut project, edit).unwrap();
        }
        journal
            .append(&edits, &[("c".into(), "新".into())], &ground)
            .unwrap();
        written += 1;
        let log: usize = files_below(folder.path()).values().map(Vec::len).sum();
        longest = longest.max(log);
    }
    assert!(longest <= MOST_BYTES, "{longest}");
    assert!(journal.len() < written / 2, "{} of {written}", journal.len());
    drop(journal);

    let (_journal, left) = begin();
    let [recovery] = &left[..] else { panic!("{left:?}") };
    assert!(recovery.base_matches);
    let mut recovered = base.clone();
    for (place, edits) in recovery.edits.iter().enumerate() {
        let (fitting, refused) = again(&recovered, edits, &recovery.edits[place + 1..]);
        assert_eq!((&fitting, refused), (edits, None), "gesture {place}");
        for edit in fitting {
            apply(&mut recovered, edit).unwrap();
        }
    }
    assert_eq!(recovered, project);
}
