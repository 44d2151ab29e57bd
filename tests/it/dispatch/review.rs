//! Reviewing: checks, the queue, rejections, other agents' proposals, and several layers made into one.

use std::collections::BTreeSet;
use std::sync::Arc;

use indicator_annotator::app::action::{Action, Front, Tab};
use indicator_annotator::app::command::Command;
use indicator_annotator::app::notice::Message;
use indicator_annotator::edit::Edit;
use indicator_annotator::model::{
    Annotator, CURATED, Decision, DismissReason, Field, Origin, Provenance, RejectReason, ReportId, Ruling,
    Score, Span, Suggestion,
};
use indicator_annotator::query::Standing;
use indicator_annotator::query::queue::{Filter, State};
use tempfile::TempDir;

use super::accept_everything;
use crate::desk::{ANNOTATOR, Desk};

/// A report that contradicts itself: the level before, the growth and the level do not fit.
const CONTRADICTION: &str = "清河市2024年科技工作总结\n\n\
    2024年,全市全社会R&D投入239.06亿元,增长19.4%。2023年,全市全社会R&D投入150亿元。\n";

fn desk_on(text: &str) -> Desk {
    let root = TempDir::new().unwrap();
    std::fs::write(root.path().join("report.txt"), text).unwrap();
    let mut desk = Desk::at(Arc::new(root));
    desk.act(Action::Open(vec![desk.path("report.txt")]));
    desk
}

#[test]
fn a_contradiction_is_found_shown_and_may_stand_for_a_reason() {
    let mut desk = desk_on(CONTRADICTION);
    accept_everything(&mut desk);
    assert!(desk.app.checks.findings.is_empty());
    desk.wait(1.0);
    let kinds: Vec<&str> = desk
        .app
        .counted_findings()
        .map(|finding| finding.kind.code())
        .collect();
    assert_eq!(kinds, ["growth"]);
    desk.run(Command::NextFinding);
    assert_eq!((desk.app.view.tab, desk.current()), (Tab::Checks, "19.4%"));
    desk.run(Command::LetStand);
    let Some(Front::Waive(key)) = desk.app.view.front.clone() else {
        panic!("{:?}", desk.app.view.front);
    };
    desk.act(Action::Waive(key, Some("原文如此".to_owned())));
    assert_eq!(desk.app.counted_findings().count(), 0);
    desk.run(Command::NextFinding);
    assert!(desk.has_message(|message| matches!(message, Message::NothingFound)));
    // With the value right nothing is left that could stand.
    desk.run(Command::Undo);
    assert_eq!(desk.app.counted_findings().count(), 1);
    let value = desk.span("150亿元", 0);
    desk.act(Action::SetFieldAt(value, Field::Value, "20020000000".to_owned()));
    desk.wait(1.0);
    assert!(
        desk.app
            .counted_findings()
            .all(|finding| finding.kind.code() != "growth")
    );
}

#[test]
fn a_rejection_turns_the_suggestion_down_and_leaves_the_number_open() {
    let mut desk = Desk::with_project();
    desk.choose("239.06亿元");
    let agent = desk.app.view.proposal.clone().unwrap().suggestion.unwrap().agent;
    desk.run(Command::Reject);
    assert_eq!(desk.app.view.front, Some(Front::ChooseRejection));
    desk.act(Action::Reject(RejectReason::Period));
    assert_eq!(desk.current(), "19.4%");
    let span = desk.span("239.06亿元", 0);
    assert_eq!(desk.layer().rejection(span, &agent), Some(RejectReason::Period));
    assert_eq!(desk.app.marks.at(span).unwrap().standing, Standing::Open);
    desk.choose("239.06亿元");
    assert_eq!(desk.app.view.proposal.clone().unwrap().suggestion, None);
    desk.wait(1.0);
    let mut again = desk.again();
    again.act(Action::Open(vec![again.path("project")]));
    assert_eq!(again.layer().rejection(span, &agent), Some(RejectReason::Period));
    desk.run(Command::Undo);
    assert_eq!(desk.layer().rejection(span, &agent), None);
    assert_eq!(desk.app.marks.at(span).unwrap().standing, Standing::Suggested);
    // What is said to be no value, or said elsewhere, is dismissed at once.
    desk.choose("239.06亿元");
    desk.act(Action::Reject(RejectReason::Duplicate));
    let decision = desk.decision("239.06亿元").unwrap();
    assert_eq!(decision.ruling, Ruling::Dismissed(DismissReason::Duplicate));
    assert_eq!(decision.origin, Origin::PredictionChanged);
    assert!(decision.proposed.as_ref().unwrap().observation().is_some());
}

#[test]
fn a_changed_suggestion_keeps_what_it_was_until_it_is_changed_back() {
    let mut desk = Desk::with_reports();
    desk.choose("239.06亿元");
    desk.run(Command::Accept);
    let proposed = desk.decision("239.06亿元").unwrap().ruling.clone();
    desk.choose("239.06亿元");
    desk.act(Action::SetField(Field::TimePeriod, "2022".to_owned()));
    let decision = desk.decision("239.06亿元").unwrap();
    assert_eq!(decision.origin, Origin::PredictionChanged);
    assert_eq!(decision.proposed.as_deref(), Some(&proposed));
    desk.act(Action::SetField(Field::TimePeriod, "2024".to_owned()));
    let decision = desk.decision("239.06亿元").unwrap();
    assert_eq!((decision.origin, &decision.proposed), (Origin::Prediction, &None));
}

/// Another program's proposal for the first of these words of the open report.
fn proposal(desk: &Desk, words: &str, score: u16, change: (Field, &str)) -> Suggestion {
    let span = desk.span(words, 0);
    let mut ruling = desk
        .app
        .leading
        .iter()
        .find(|it| it.span == span)
        .unwrap()
        .ruling
        .clone();
    if let Ruling::Tagged(observation) = &mut ruling {
        observation.set_words(change.0, change.1).unwrap();
    }
    Suggestion {
        span,
        ruling,
        agent: "model".to_owned(),
        score: Score(score),
        reasons: Vec::new(),
        doubts: Vec::new(),
    }
}

fn import(desk: &mut Desk, suggestion: Suggestion) {
    let report = desk.app.view.report.clone().unwrap();
    let suggestions = [suggestion].into();
    desk.commit(vec![Edit::SetSuggestions { report, suggestions }]);
}

#[test]
fn the_queue_goes_by_risk_through_fields_in_doubt_and_reports() {
    let mut desk = Desk::with_project();
    let other = proposal(&desk, "19.4%", 300, (Field::TimePeriod, "2021"));
    import(&mut desk, other);
    desk.run(Command::Review);
    desk.wait(1.0);
    let listed: Vec<(ReportId, Span)> = desk
        .app
        .review
        .listed()
        .map(|(report, span)| (report.clone(), span))
        .collect();
    let open: usize = desk.app.ledgers.values().map(|ledger| ledger.open).sum();
    assert_eq!(listed.len(), open);
    assert!(
        listed
            .iter()
            .any(|(report, _)| Some(report) != listed.first().map(|(first, _)| first))
    );
    let risks: Vec<u16> = listed
        .iter()
        .map(|(report, span)| desk.app.review.queue.at(report, *span).unwrap().risk)
        .collect();
    assert!(risks.is_sorted_by(|one, next| one >= next), "{risks:?}");

    desk.choose("19.4%");
    assert!(desk.app.doubtful_fields().contains(&Field::TimePeriod));
    while desk.app.review.field != Some(Field::TimePeriod) {
        desk.run(Command::NextOpen);
        assert_eq!(desk.current(), "19.4%");
    }
    let alternatives = desk.app.alternatives(Field::TimePeriod);
    assert_eq!(alternatives[0], "2024");
    let place = alternatives.iter().position(|words| words == "2021").unwrap();
    desk.run(Command::favourite(place).unwrap());
    desk.run(Command::Accept);
    let decision = desk.decision("19.4%").unwrap();
    assert_eq!(decision.ruling.observation().unwrap().time_period, "2021");
    assert_eq!(decision.origin, Origin::PredictionChanged);
    let place = desk.app.place_in_queue().unwrap();
    assert!(!desk.app.is_settled(&listed[place].0, listed[place].1));
}

#[test]
fn accept_all_takes_what_the_filter_lists_as_one_step() {
    let mut desk = Desk::with_project();
    desk.run(Command::Review);
    desk.wait(1.0);
    let second = desk.app.project.reports[1].id.clone();
    let sure = Filter {
        report: Some(second),
        scores: Some(Score(500)..=Score(1000)),
        state: State::Open,
        ..Filter::default()
    };
    desk.act(Action::FilterQueue(Box::new(sure)));
    let listed = desk.app.review.listed.len();
    let all: usize = desk.app.ledgers.values().map(|ledger| ledger.open).sum();
    assert!(0 < listed && listed < all, "{listed} of {all}");
    desk.run(Command::AcceptAll);
    assert_eq!(desk.app.view.front, Some(Front::AcceptAll(listed)));
    desk.act(Action::AcceptAll);
    let decided = |desk: &Desk| {
        let layers = desk
            .app
            .project
            .layers
            .values()
            .flat_map(|reports| reports.values());
        layers.map(indicator_annotator::model::Layer::len).sum::<usize>()
    };
    assert_eq!(decided(&desk), listed);
    assert!(desk.has_message(|message| matches!(message, Message::AcceptedAll(count) if *count == listed)));
    desk.run(Command::Undo);
    assert_eq!(decided(&desk), 0);
}

fn listed(desk: &Desk) -> BTreeSet<(ReportId, Span)> {
    let listed = desk.app.review.listed();
    listed.map(|(report, span)| (report.clone(), span)).collect()
}

#[test]
fn a_large_project_is_assessed_part_by_part() {
    let mut whole = Desk::with_project();
    whole.run(Command::Review);
    whole.wait(1.0);
    assert_eq!(whole.app.review.parts.all.len(), 1);

    let mut desk = Desk::with_project();
    desk.app.review.part_bytes = 1;
    desk.run(Command::Review);
    desk.wait(1.0);
    let reports = desk.app.project.reports.len();
    assert_eq!(desk.app.review.parts.all.len(), reports);
    assert_eq!(desk.app.review.parts.progress(), (reports, reports));
    assert!(!desk.app.review.is_coming());
    assert!(desk.app.review.live.is_empty(), "what is proposed is not held");
    assert_eq!(listed(&desk), listed(&whole));

    let (report, span) = {
        let item = desk.app.review.listed_at(0).unwrap();
        (item.report.clone(), item.span)
    };
    desk.run(Command::Accept);
    desk.wait(1.0);
    let left = listed(&desk);
    assert!(!left.contains(&(report, span)));
    assert_eq!(left.len(), listed(&whole).len() - 1);
    desk.run(Command::AcceptAll);
    assert_eq!(desk.app.view.front, Some(Front::AcceptAll(left.len())));
    desk.act(Action::AcceptAll);
    assert!(
        desk.has_message(|message| matches!(message, Message::AcceptedAll(count) if *count == left.len()))
    );
    desk.wait(1.0);
    assert_eq!(desk.app.review.listed.len(), 0);
}

#[test]
fn another_agents_proposal_can_be_taken_in_place_of_the_leading_one() {
    let mut desk = Desk::with_project();
    let other = proposal(&desk, "239.06亿元", 100, (Field::RefArea, "松桥区"));
    import(&mut desk, other);
    desk.choose("239.06亿元");
    assert_eq!(desk.app.current_contest().unwrap().others.len(), 1);
    desk.act(Action::TakeProposal("model".to_owned()));
    desk.run(Command::Accept);
    let decision = desk.decision("239.06亿元").unwrap();
    assert_eq!(
        (decision.agent.as_str(), decision.origin),
        ("model", Origin::Prediction)
    );
    assert_eq!(decision.ruling.observation().unwrap().ref_area, "松桥区");
    desk.wait(1.0);
    let mut again = desk.again();
    again.act(Action::Open(vec![again.path("project")]));
    assert_eq!(again.app.project.suggestions, desk.app.project.suggestions);
    assert_eq!(again.app.project.suggestions.len(), 1);
}

/// A saved project whose first report two annotators have decided on, differently in these ways.
fn two_layers() -> (Desk, ReportId) {
    let mut desk = Desk::with_project();
    accept_everything(&mut desk);
    let report = desk.app.view.report.clone().unwrap();
    let other = Annotator::from("李四");
    let decisions: Vec<Decision> = desk.layer().iter().map(|it| Decision::clone(it)).collect();
    let mut edits = Vec::new();
    for mut decision in decisions {
        let words = desk.app.document().unwrap().words(decision.span).to_owned();
        if let Ruling::Tagged(observation) = &mut decision.ruling {
            match words.as_str() {
                "239.06亿元" => "2023".clone_into(&mut observation.time_period),
                "19.4%" => continue,
                _ => {}
            }
        }
        if words == "第1" {
            decision.ruling = Ruling::Dismissed(DismissReason::Name);
        }
        edits.push(Edit::Decide {
            annotator: other.clone(),
            report: report.clone(),
            span: decision.span,
            decision: Some(decision.into()),
        });
    }
    desk.commit(edits);
    (desk, report)
}

#[test]
fn layers_are_curated_point_by_point_into_one() {
    let (mut desk, report) = two_layers();
    desk.run(Command::Curate);
    assert_eq!(desk.app.annotator(), Annotator::from(CURATED));
    let all = desk
        .app
        .project
        .layer(&Annotator::from(ANNOTATOR), &report)
        .unwrap()
        .len();
    assert_eq!(desk.layer().len(), all - 3);
    let unanimous = |decision: &Arc<Decision>| decision.provenance == Some(Provenance::Unanimous);
    assert!(desk.layer().iter().all(unanimous));
    // The sides stand in the order of their names: 李四 is the second.
    assert_eq!(desk.current(), "239.06亿元");
    desk.run(Command::NextOpen);
    desk.run(Command::Favourite1);
    desk.run(Command::Accept);
    let by = Provenance::Adjudicated { by: ANNOTATOR.into() };
    let first = desk.decision("239.06亿元").unwrap();
    assert_eq!(first.provenance, Some(by.clone()));
    let sides = desk.app.curation.as_ref().unwrap().annotators.clone();
    let taken = desk
        .app
        .project
        .layer(&sides[0], &report)
        .unwrap()
        .get(first.span)
        .unwrap();
    assert_eq!(first.ruling, taken.ruling);
    // One says a growth, the other nothing.
    assert_eq!(desk.current(), "19.4%");
    let tagger = sides
        .iter()
        .position(|side| *side == Annotator::from(ANNOTATOR))
        .unwrap();
    desk.run(Command::favourite(tagger).unwrap());
    desk.run(Command::Accept);
    assert!(desk.decision("19.4%").unwrap().ruling.observation().is_some());
    // Both are wrong.
    assert_eq!(desk.current(), "第1");
    desk.run(Command::Reject);
    assert!(desk.decision("第1").is_none());
    assert_eq!(desk.layer().rejections().count(), 2);
    assert!(desk.has_message(|message| matches!(message, Message::CurationComplete)));
    desk.wait(1.0);
    let file = desk.read(format!("project/layers/{CURATED}/{report}.ron"));
    assert!(file.contains("provenance: unanimous"), "{file}");
    for _ in 0..4 {
        desk.run(Command::Undo);
    }
    assert!(desk.layer().is_blank());
    desk.run(Command::Curate);
    assert_eq!(desk.app.annotator(), Annotator::from(ANNOTATOR));
}

#[test]
fn a_reading_belongs_to_who_has_read_the_report() {
    let (mut desk, report) = two_layers();
    // Somebody whose name comes first has decided on the other report only.
    let elsewhere = desk.app.project.reports[1].id.clone();
    let decision = Decision::manual(Span::new(0, 3), Ruling::Dismissed(DismissReason::Name));
    desk.commit(vec![Edit::Decide {
        annotator: "0".into(),
        report: elsewhere,
        span: decision.span,
        decision: Some(decision.into()),
    }]);
    desk.run(Command::Curate);
    assert_eq!(desk.current(), "239.06亿元");
    let curation = desk.app.curation.as_ref().unwrap();
    assert_eq!(curation.annotators.len(), 3);
    let readers = curation.readers(&desk.app.project, &report);
    let place = readers.iter().position(|reader| &*reader.0 == "李四").unwrap();
    assert_eq!(readers.len(), 2);
    desk.act(Action::TakeReading(place));
    desk.run(Command::Accept);
    let taken = desk.decision("239.06亿元").unwrap().ruling.observation().unwrap();
    assert_eq!(taken.time_period, "2023");
}

#[test]
fn what_was_chosen_for_one_case_is_not_written_for_another() {
    let (mut desk, _) = two_layers();
    desk.run(Command::Curate);
    assert_eq!(desk.current(), "239.06亿元");
    desk.run(Command::Favourite1);
    assert!(desk.app.curation.as_ref().unwrap().verdict.is_some());
    desk.choose("第1");
    assert!(desk.app.curation.as_ref().unwrap().verdict.is_none());
    desk.run(Command::Accept);
    assert!(desk.decision("第1").is_none() && desk.decision("239.06亿元").is_none());
}

#[test]
fn a_third_answer_is_given_with_the_keys_of_annotating() {
    let (mut desk, _) = two_layers();
    desk.run(Command::Curate);
    let nature = desk.app.current_observation().unwrap().value_nature;
    desk.run(Command::Favourite1);
    desk.run(Command::ToggleNature);
    assert_ne!(desk.app.current_observation().unwrap().value_nature, nature);
    desk.run(Command::ToggleNature);
    assert_eq!(desk.app.current_observation().unwrap().value_nature, nature);
    desk.run(Command::EndLeft);
    desk.run(Command::Accept);
    let shorter = desk.decision("239.06亿").unwrap();
    assert!(matches!(shorter.provenance, Some(Provenance::Adjudicated { .. })));
    // Settled, and settled anew.
    desk.choose("239.06亿");
    desk.run(Command::Favourite2);
    desk.run(Command::Accept);
    assert!(desk.decision("239.06亿元").is_some() && desk.decision("239.06亿").is_none());
    // Dismissed for a reason of its own.
    desk.choose("19.4%");
    desk.act(Action::DismissFor(DismissReason::Criterion));
    assert_eq!(
        desk.decision("19.4%").unwrap().ruling,
        Ruling::Dismissed(DismissReason::Criterion)
    );
    desk.run(Command::Review);
    assert!(desk.app.curation.is_none() && desk.app.review.on);
}

#[test]
fn what_a_job_says_of_a_project_that_is_closed_is_dropped() {
    let mut desk = desk_on(CONTRADICTION);
    accept_everything(&mut desk);
    let era = desk.app.era;
    desk.wait(1.0);
    assert_eq!(desk.app.checks.findings.len(), 1);
    desk.act(Action::Open(vec![desk.path("report.txt")]));
    assert_eq!(desk.app.era, era + 1);
    assert!(desk.app.checks.findings.is_empty());
    assert!(!desk.app.checks.running);
}

#[test]
fn fewer_than_two_layers_cannot_be_curated() {
    let mut desk = Desk::with_project();
    accept_everything(&mut desk);
    desk.run(Command::Curate);
    assert!(desk.app.curation.is_none());
    assert!(desk.has_message(|message| matches!(message, Message::NothingToCurate)));
}

#[test]
fn a_merge_conflict_is_settled_for_ours_or_theirs() {
    for take_theirs in [false, true] {
        let mut desk = Desk::with_project();
        desk.choose("239.06亿元");
        desk.run(Command::Accept);
        let ours = desk.decision("239.06亿元").unwrap().clone();
        let theirs = Decision::manual(ours.span, Ruling::Dismissed(DismissReason::Name));
        let report = desk.app.view.report.clone().unwrap();
        desk.commit(vec![Edit::Contest {
            annotator: desk.app.annotator(),
            report,
            span: ours.span,
            theirs: Some(Arc::new(theirs.clone())),
        }]);
        desk.wait(1.0);
        if take_theirs {
            let mut again = desk.again();
            again.act(Action::Open(vec![again.path("project")]));
            assert!(again.has_message(|message| matches!(message, Message::Conflicts(1))));
        }
        desk.act(Action::Settle(ours.span, take_theirs));
        assert_eq!(desk.layer().conflicts().count(), 0);
        let wanted = if take_theirs { &theirs.ruling } else { &ours.ruling };
        assert_eq!(&desk.decision("239.06亿元").unwrap().ruling, wanted);
        desk.run(Command::Undo);
        assert_eq!(desk.layer().conflicts().count(), 1);
    }
}
