//! Through the review queue, without a mouse.

use indicator_annotator::app::command::Command;

use super::{annotated, assert_gold, project_of, reports, walk_back_and_forth};
use crate::desk::ANNOTATOR;
use crate::person::{Hands, Help, Person};

#[test]
fn a_reviewer_brings_the_suggestions_to_the_gold_with_the_keyboard_alone() {
    let files = annotated(3);
    if files.is_empty() {
        return;
    }
    let (mut desk, golds) = project_of(&files);
    desk.run(Command::Review);
    let waiting = desk.app.review.listed.len();
    assert!(waiting > 0);
    for place in 0..waiting {
        let Some(gold) = desk.app.view.report.as_ref().and_then(|report| golds.get(report)) else {
            break;
        };
        if !Person::at(&mut desk, gold, Hands::Keys, Help::Memory).decide_on_current() {
            break;
        }
        if place % 64 == 0 {
            // The queue is made again while the reviewer rests.
            desk.wait(1.0);
        }
    }
    let open: usize = desk.app.ledgers.values().map(|ledger| ledger.open).sum();
    assert_eq!(open, 0, "{:?}", desk.messages());
    // What nobody proposes is no item of the queue: it is found in the text.
    desk.run(Command::Review);
    while desk.app.view.report.as_ref() != reports(&desk).first() {
        desk.run(Command::PreviousReport);
    }
    for id in reports(&desk) {
        assert_eq!(desk.app.view.report.as_ref(), Some(&id));
        Person::at(&mut desk, &golds[&id], Hands::Keys, Help::Memory).annotate();
        desk.run(Command::NextReport);
    }
    assert_gold(&mut desk, &golds, Help::Memory);
    walk_back_and_forth(&mut desk, ANNOTATOR);
}
