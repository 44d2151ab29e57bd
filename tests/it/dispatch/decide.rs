//! Tagging, dismissing, correcting, undoing.

use indicator_annotator::app::action::{Action, Front};
use indicator_annotator::app::command::Command;
use indicator_annotator::app::notice::Message;
use indicator_annotator::model::{DismissReason, Field, Measure, Origin, Ruling, Span, ValueNature};
use indicator_annotator::query::Standing;

use crate::desk::Desk;

#[test]
fn accepting_takes_the_suggestion_and_goes_on() {
    let mut desk = Desk::with_reports();
    let before = desk.app.marks.ledger();
    assert!(before.open >= 10 && before.decided() == 0, "{before:?}");
    desk.run(Command::NextOpen);
    assert_eq!(desk.current(), "239.06亿元");
    desk.run(Command::Accept);
    let decision = desk.decision("239.06亿元").unwrap();
    assert_eq!(decision.origin, Origin::Prediction);
    assert!(decision.score.is_some() && !decision.agent.is_empty());
    let observation = desk.observation("239.06亿元");
    assert_eq!(observation.value.to_string(), "23906000000");
    assert_eq!(
        observation.indicator.as_ref().unwrap().to_string(),
        "rd_expenditure"
    );
    assert_eq!(
        (observation.time_period.as_str(), observation.ref_area.as_str()),
        ("2024", "清河市")
    );
    assert_eq!(desk.current(), "19.4%");
    let after = desk.app.marks.ledger();
    assert_eq!((after.tagged, after.open), (1, before.open - 1));
}

#[test]
fn deciding_on_every_number_completes_the_report() {
    let mut desk = Desk::with_reports();
    desk.run(Command::NextOpen);
    let total = desk.app.marks.ledger().open;
    for _ in 0..total {
        if desk
            .app
            .view
            .proposal
            .as_ref()
            .is_some_and(|proposal| proposal.ruling.observation().is_some())
        {
            desk.run(Command::Accept);
        }
        if desk.app.view.front.is_some() {
            desk.act(Action::CloseFront);
            desk.act(Action::DismissFor(DismissReason::Irrelevant));
        }
    }
    assert!(
        desk.app.marks.ledger().is_complete(),
        "{:?}",
        desk.app.marks.ledger()
    );
    assert!(desk.has_message(|message| matches!(message, Message::ReportComplete)));
}

#[test]
fn tab_goes_round_the_open_numbers_and_k_goes_back_over_all() {
    let mut desk = Desk::with_reports();
    let open: Vec<Span> = desk
        .app
        .marks
        .all()
        .iter()
        .filter(|mark| mark.standing.is_open())
        .map(|mark| mark.span)
        .collect();
    let visited: Vec<Span> = open
        .iter()
        .map(|_| {
            desk.run(Command::NextOpen);
            desk.app.view.current.unwrap()
        })
        .collect();
    assert_eq!(visited, open);
    desk.run(Command::NextOpen);
    assert_eq!(desk.app.view.current, open.first().copied());
    desk.run(Command::PreviousOpen);
    assert_eq!(desk.app.view.current, open.last().copied());
    desk.choose("19.4%");
    desk.act(Action::DismissFor(DismissReason::Irrelevant));
    assert_eq!(desk.current(), "第1");
    desk.run(Command::PreviousNumber);
    assert_eq!(desk.current(), "19.4%", "a decided number is a number as well");
}

#[test]
fn another_indicator_than_the_suggested_one_is_a_corrected_suggestion() {
    let mut desk = Desk::with_reports();
    let other = desk
        .app
        .project
        .catalogue
        .named("高新技术企业")
        .unwrap()
        .id
        .clone();
    desk.choose("239.06亿元");
    desk.act(Action::TagAs(other.clone()));
    assert_eq!(desk.observation("239.06亿元").indicator.as_ref(), Some(&other));
    assert_eq!(
        desk.decision("239.06亿元").unwrap().origin,
        Origin::PredictionChanged
    );
    assert_eq!(desk.current(), "19.4%");
}

#[test]
fn a_favourite_key_tags_with_its_indicator() {
    let mut desk = Desk::with_reports();
    desk.choose("310名");
    let third = desk.app.favourites[2].clone();
    desk.run(Command::Favourite3);
    assert_eq!(desk.observation("310名").indicator.as_ref(), Some(&third));
    // A key for which there is no favourite does nothing.
    desk.app.favourites.truncate(3);
    desk.choose("86.5亿元");
    desk.run(Command::Favourite9);
    assert!(desk.decision("86.5亿元").is_none());
}

#[test]
fn any_words_can_be_tagged_not_only_numbers() {
    let mut desk = Desk::with_reports();
    let id = desk.app.project.catalogue.indicators[0].id.clone();
    let words = desk.span("全市新建", 0);
    desk.act(Action::Select {
        anchor: words.start,
        head: words.end,
    });
    desk.act(Action::TagAs(id.clone()));
    let decision = desk.app.layer().unwrap().get(words).unwrap();
    assert_eq!(decision.origin, Origin::Manual);
    assert_eq!(
        decision.ruling.observation().unwrap().indicator.as_ref(),
        Some(&id)
    );
    assert_eq!(
        desk.app.view.current,
        Some(words),
        "a free selection stays current"
    );
}

#[test]
fn a_new_indicator_can_be_made_while_tagging() {
    let mut desk = Desk::with_reports();
    desk.choose("310名");
    desk.act(Action::TagAsNew(" 科技副总 ".to_owned()));
    let id = desk.observation("310名").indicator.clone().unwrap();
    let entry = desk.app.project.catalogue.get(&id).unwrap();
    assert_eq!((entry.name.as_str(), entry.unit.as_str()), ("科技副总", "名"));
    // A name that the catalogue has is no new entry.
    let count = desk.app.project.catalogue.indicators.len();
    desk.choose("310家");
    desk.act(Action::TagAsNew("科技副总".to_owned()));
    assert_eq!(desk.app.project.catalogue.indicators.len(), count);
    assert_eq!(desk.observation("310家").indicator, Some(id));
}

#[test]
fn a_dismissal_keeps_its_reason_for_the_next_one() {
    let mut desk = Desk::with_reports();
    desk.choose("1609家");
    desk.act(Action::DismissFor(DismissReason::Idiom));
    assert_eq!(
        desk.decision("1609家").unwrap().ruling,
        Ruling::Dismissed(DismissReason::Idiom)
    );
    assert_eq!(desk.current(), "310家");
    desk.run(Command::Dismiss);
    assert_eq!(
        desk.decision("310家").unwrap().ruling,
        Ruling::Dismissed(DismissReason::Idiom)
    );
}

#[test]
fn a_reopened_number_is_open_again_and_undo_knows() {
    let mut desk = Desk::with_reports();
    desk.choose("19.4%");
    desk.run(Command::Accept);
    let tagged = desk.layer();
    desk.choose("19.4%");
    desk.run(Command::Reopen);
    assert!(desk.layer().is_empty());
    assert_eq!(desk.current(), "19.4%");
    assert!(
        desk.app.view.proposal.is_some(),
        "what would be accepted is shown again"
    );
    desk.run(Command::Undo);
    assert_eq!(desk.layer(), tagged);
    desk.run(Command::Redo);
    assert!(desk.layer().is_empty());
}

#[test]
fn a_field_changes_the_proposal_before_the_decision_and_the_decision_after() {
    let mut desk = Desk::with_reports();
    desk.choose("86.5亿元");
    desk.act(Action::SetField(Field::TimePeriod, "2023".to_owned()));
    assert!(desk.layer().is_empty());
    desk.run(Command::Accept);
    assert_eq!(desk.observation("86.5亿元").time_period, "2023");
    assert_eq!(
        desk.decision("86.5亿元").unwrap().origin,
        Origin::PredictionChanged
    );
    desk.choose("86.5亿元");
    desk.act(Action::SetField(Field::RefArea, "松桥区".to_owned()));
    assert_eq!(desk.observation("86.5亿元").ref_area, "松桥区");
    desk.run(Command::Undo);
    assert_eq!(desk.observation("86.5亿元").ref_area, "清河市");
    let at = desk.span("86.5亿元", 0);
    desk.act(Action::SetFieldAt(at, Field::Measure, "increase".to_owned()));
    assert_eq!(desk.observation("86.5亿元").measure, Measure::Increase);
}

#[test]
fn actual_and_target_change_places() {
    let mut desk = Desk::with_reports();
    desk.choose("1800家");
    desk.run(Command::Accept);
    desk.choose("1800家");
    assert_eq!(desk.observation("1800家").value_nature, ValueNature::Target);
    desk.run(Command::ToggleNature);
    assert_eq!(desk.observation("1800家").value_nature, ValueNature::Actual);
    desk.run(Command::ToggleNature);
    assert_eq!(desk.observation("1800家").value_nature, ValueNature::Target);
}

#[test]
fn a_decision_replaces_those_that_it_overlaps_in_one_step() {
    let mut desk = Desk::with_reports();
    for words in ["239.06亿元", "19.4%"] {
        desk.choose(words);
        desk.run(Command::Accept);
    }
    let two = desk.layer();
    assert_eq!(two.len(), 2);
    let (first, last) = (desk.span("239.06亿元", 0), desk.span("19.4%", 0));
    let id = desk.app.favourites[0].clone();
    desk.act(Action::Select {
        anchor: first.start + "239.06".len(),
        head: last.end,
    });
    desk.act(Action::TagAs(id));
    assert_eq!(desk.layer().len(), 1);
    assert!(
        desk.app.marks.at(first).is_none(),
        "the number under it is not marked twice"
    );
    desk.run(Command::Undo);
    assert_eq!(desk.layer(), two);
    assert_eq!(desk.app.marks.at(first).unwrap().standing, Standing::Tagged);
    desk.run(Command::Redo);
    assert_eq!(desk.layer().len(), 1);
}

#[test]
fn edges_move_with_their_value() {
    let mut desk = Desk::with_reports();
    desk.choose("1609家");
    desk.run(Command::Accept);
    desk.choose("1609家");
    desk.run(Command::EndLeft);
    assert_eq!(desk.current(), "1609");
    desk.run(Command::StartRight);
    assert_eq!(desk.current(), "609");
    assert_eq!(desk.layer().len(), 1);
    let decision = desk.layer().iter().next().unwrap().clone();
    assert_eq!(decision.ruling.observation().unwrap().value.to_string(), "609");
    desk.run(Command::Undo);
    desk.run(Command::Undo);
    assert_eq!(desk.observation("1609家").value.to_string(), "1609");
    // An open number only changes what the next decision would be about.
    desk.choose("310名");
    desk.run(Command::EndLeft);
    assert_eq!(desk.current(), "310");
    assert_eq!(desk.layer().len(), 1);
}

#[test]
fn the_same_words_are_decided_alike_in_one_step() {
    let mut desk = Desk::with_reports();
    desk.choose("12家");
    desk.run(Command::Accept);
    desk.choose("12家");
    desk.run(Command::SameForAll);
    let Some(Front::Alike(spans)) = desk.app.view.front.clone() else {
        panic!("the others are shown first: {:?}", desk.app.view.front);
    };
    assert_eq!(spans, [desk.span("12家", 1)]);
    desk.act(Action::DecideAlike(spans.clone()));
    let indicator = desk.observation("12家").indicator.clone();
    let other = desk
        .app
        .layer()
        .unwrap()
        .get(spans[0])
        .unwrap()
        .ruling
        .observation()
        .unwrap()
        .clone();
    assert_eq!(other.indicator, indicator);
    assert_ne!(
        other.indicator_span,
        desk.observation("12家").indicator_span,
        "its name stands elsewhere"
    );
    assert!(desk.has_message(|message| matches!(message, Message::DecidedAlike(1))));
    desk.run(Command::Undo);
    assert_eq!(desk.layer().len(), 1);
}

#[test]
fn selected_words_become_the_name() {
    let mut desk = Desk::with_reports();
    desk.choose("310名");
    desk.run(Command::Accept);
    desk.choose("310名");
    let name = desk.span("科技特派员", 0);
    desk.act(Action::Select {
        anchor: name.end,
        head: name.start,
    });
    desk.run(Command::UseAsName);
    let observation = desk.observation("310名");
    assert_eq!(observation.indicator_text, "科技特派员");
    assert_eq!(observation.indicator_span, Some(name));
    let entry = desk
        .app
        .project
        .catalogue
        .named("科技特派员")
        .map(|entry| entry.id.clone());
    assert_eq!(
        observation.indicator, entry,
        "words that the catalogue knows choose its entry"
    );
    assert!(entry.is_some());
}

#[test]
fn undo_goes_back_to_the_report_where_it_was_done() {
    let mut desk = Desk::with_reports();
    let first = desk.app.view.report.clone();
    desk.choose("239.06亿元");
    desk.run(Command::Accept);
    desk.run(Command::NextReport);
    assert_ne!(desk.app.view.report, first);
    desk.run(Command::Undo);
    assert_eq!(desk.app.view.report, first);
    assert_eq!(desk.current(), "239.06亿元");
    assert!(
        desk.app.project.layers.is_empty(),
        "the last decision taken back leaves no trace"
    );
}

#[test]
fn two_annotators_have_a_layer_each() {
    let mut desk = Desk::with_reports();
    desk.choose("19.4%");
    desk.run(Command::Accept);
    let mut settings = desk.app.settings.clone();
    "另一位".clone_into(&mut settings.annotator);
    desk.act(Action::SetSettings(Box::new(settings)));
    assert!(desk.layer().is_empty());
    assert_eq!(desk.app.marks.ledger().tagged, 0);
    desk.choose("19.4%");
    desk.act(Action::DismissFor(DismissReason::Irrelevant));
    let rulings: Vec<bool> = desk
        .app
        .project
        .layers
        .values()
        .flat_map(|reports| reports.values())
        .flat_map(|layer| {
            layer
                .iter()
                .map(|decision| decision.ruling.observation().is_some())
        })
        .collect();
    assert_eq!(rulings.len(), 2);
    assert!(rulings.contains(&true) && rulings.contains(&false));
}

#[test]
fn a_name_that_is_typed_is_found_beside_the_value() {
    let mut desk = Desk::with_reports();
    desk.choose("310家");
    desk.act(Action::SetField(
        Field::IndicatorText,
        "科技型中小企业".to_owned(),
    ));
    desk.run(Command::Accept);
    assert_eq!(
        desk.observation("310家").indicator_span,
        Some(desk.span("科技型中小企业", 0))
    );
    // Of a decided number as well, and among several places the nearest one counts.
    desk.choose("310家");
    desk.act(Action::SetField(Field::IndicatorText, "企业".to_owned()));
    let name = desk.span("新增科技型中小企业", 0);
    let nearest = Span::new(name.end - "企业".len(), name.end);
    assert_eq!(desk.observation("310家").indicator_span, Some(nearest));
    desk.act(Action::SetField(Field::IndicatorText, "别的名称".to_owned()));
    assert_eq!(desk.observation("310家").indicator_span, None);
}

#[test]
fn editing_chosen_words_or_a_proposed_dismissal_makes_a_value_of_them() {
    let mut desk = Desk::with_reports();
    let words = desk.span("12家", 1);
    desk.act(Action::Select {
        anchor: words.start,
        head: words.end,
    });
    desk.run(Command::EditFields);
    assert_eq!(desk.app.view.current, Some(words));
    assert!(desk.app.view.editing.is_some() && desk.app.selection().is_none());
    desk.act(Action::EditingField(None));
    desk.run(Command::Accept);
    assert!(desk.app.layer().unwrap().get(words).is_some());

    // A date is proposed to be dismissed.
    let date = desk.span("2024年", 1);
    desk.act(Action::SetCurrent(date));
    assert!(desk.app.current_observation().is_none());
    desk.run(Command::EditFields);
    desk.act(Action::SetField(Field::IndicatorText, "成绩".to_owned()));
    desk.act(Action::EditingField(None));
    desk.run(Command::Accept);
    let decision = desk.app.layer().unwrap().get(date).unwrap();
    assert_eq!(decision.ruling.observation().unwrap().indicator_text, "成绩");
}

#[test]
fn what_was_set_stays_when_the_edges_move() {
    let mut desk = Desk::with_reports();
    desk.choose("310家");
    desk.act(Action::SetField(Field::TimePeriod, "2021".to_owned()));
    let name = desk.span("中小企业", 0);
    desk.act(Action::Select {
        anchor: name.start,
        head: name.end,
    });
    desk.run(Command::UseAsName);
    desk.run(Command::EndLeft);
    assert_eq!(desk.current(), "310");
    desk.run(Command::Accept);
    let observation = desk.observation("310");
    assert_eq!(observation.time_period, "2021");
    assert_eq!(observation.indicator_span, Some(name));
    assert_eq!(
        (observation.unit.as_str(), observation.value.to_string().as_str()),
        ("", "310")
    );
}
