//! A person brings real reports to the gold.

use std::path::PathBuf;
use std::sync::Arc;

use indicator_annotator::app::action::Action;
use tempfile::TempDir;

use crate::desk::Desk;
use crate::person::{self, Gold, Hands, Help, Person};

/// The annotated reports beside the checkout; says plainly where there are none.
fn annotated() -> Vec<(PathBuf, PathBuf)> {
    person::gold_files(&person::gold_folder()).unwrap_or_else(|| {
        eprintln!("skipped: ../shared/gold is not there");
        Vec::new()
    })
}

/// A desk with one report open, and what it should come to.
fn desk_with((gold, text): &(PathBuf, PathBuf)) -> (Desk, Vec<Gold>) {
    let root = TempDir::new().unwrap();
    let mut desk = Desk::at(Arc::new(root));
    desk.act(Action::Open(vec![text.clone()]));
    let gold = person::gold_of_open_report(&desk, gold).unwrap();
    (desk, gold)
}

#[test]
fn a_person_brings_a_report_to_the_gold_with_few_actions_from_suggestions_and_with_many_from_nothing() {
    let ways = [
        (Hands::Mouse, Help::Suggestions),
        (Hands::Keys, Help::Suggestions),
        (Hands::Mouse, Help::Nothing),
    ];
    // All of them are replayed by the bench `effort`.
    for files in annotated().iter().take(2) {
        let actions = ways.map(|(hands, help)| {
            let (mut desk, gold) = desk_with(files);
            let tally = Person::at(&mut desk, &gold, hands).annotate(help);
            let differences = person::differences(&desk, &gold, help);
            assert!(differences.is_empty(), "{hands:?} {help:?}: {differences:#?}");
            tally.actions()
        });
        assert!(
            actions[0] <= actions[1] && 2 * actions[1] < actions[2],
            "{actions:?}"
        );
    }
}
