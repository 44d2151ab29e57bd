//! Report by report, as an annotator goes through them.

use indicator_annotator::app::action::Action;

use super::{annotated, assert_gold, project_of};
use crate::person::{Hands, Help, Person, Tally};

#[test]
fn a_person_brings_a_report_to_the_gold_with_few_actions_from_suggestions_and_with_many_from_nothing() {
    let ways = [
        (Hands::Mouse, Help::Memory),
        (Hands::Keys, Help::Suggestions),
        (Hands::Mouse, Help::Nothing),
    ];
    // The bench `effort` replays all of them.
    let files = annotated(2);
    if files.is_empty() {
        return;
    }
    let actions = ways.map(|(hands, help)| {
        let (mut desk, golds) = project_of(&files);
        let mut sum = Tally::default();
        for (id, gold) in &golds {
            desk.act(Action::ShowReport(id.clone()));
            sum.add(&Person::at(&mut desk, gold, hands, help).annotate());
        }
        assert_gold(&mut desk, &golds, help);
        sum.actions()
    });
    assert!(
        actions[0] <= actions[1] && 2 * actions[1] < actions[2],
        "{actions:?}"
    );
}
