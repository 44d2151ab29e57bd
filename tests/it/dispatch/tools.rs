//! Search, catalogue, candidate rules, metadata, dialogs.

use std::path::PathBuf;

use indicator_annotator::app::action::{Action, Front, Tab};
use indicator_annotator::app::command::Command;
use indicator_annotator::app::notice::Message;
use indicator_annotator::app::ports::{Picked, Purpose};
use indicator_annotator::model::{CandidateRule, Field, IndicatorId, Role, RuleEffect, Span};
use indicator_annotator::query::{Column, Standing};
use indicator_annotator::text::search::Query;

use crate::desk::Desk;

fn query(pattern: &str, regex: bool) -> Query {
    Query {
        pattern: pattern.to_owned(),
        regex,
        ..Query::default()
    }
}

#[test]
fn finding_goes_through_the_report_and_round_its_end() {
    let mut desk = Desk::with_reports();
    desk.run(Command::Find);
    assert_eq!(desk.app.view.tab, Tab::Find);
    desk.act(Action::Search(query("高新技术企业", false)));
    assert_eq!(desk.app.view.search.finds.len(), 2);
    for place in [0, 1, 0] {
        desk.run(Command::FindNext);
        assert_eq!(desk.app.selection(), Some(desk.span("高新技术企业", place)));
    }
    desk.run(Command::FindPrevious);
    assert_eq!(desk.app.selection(), Some(desk.span("高新技术企业", 1)));
}

#[test]
fn finding_in_the_project_opens_the_report_of_the_find() {
    let mut desk = Desk::with_reports();
    desk.run(Command::FindInProject);
    desk.act(Action::Search(query(r"高新技术企业达\d+家", true)));
    let finds = desk.app.view.search.finds.clone();
    assert_eq!(finds.len(), 2);
    assert_ne!(finds[0].report, finds[1].report);
    assert_eq!(finds[1].words.1, "高新技术企业达217家");
    desk.act(Action::ShowFind(1));
    assert_eq!(desk.app.view.report, Some(finds[1].report.clone()));
    assert_eq!(desk.app.selection(), Some(finds[1].span));
}

#[test]
fn a_broken_pattern_points_at_the_place() {
    let mut desk = Desk::with_reports();
    desk.act(Action::Search(query("企业(", true)));
    let error = desk.app.view.search.error.clone().unwrap();
    assert_eq!(error.start, 2, "{error}");
    assert!(desk.app.view.search.finds.is_empty());
    desk.act(Action::Search(query("企业", true)));
    assert_eq!(desk.app.view.search.error, None);
}

#[test]
fn the_selected_words_are_what_is_searched_for() {
    let mut desk = Desk::with_reports();
    let words = desk.span("众创空间", 0);
    desk.act(Action::Select {
        anchor: words.start,
        head: words.end,
    });
    desk.run(Command::Find);
    assert_eq!(desk.app.view.search.query.pattern, "众创空间");
}

fn rule(pattern: &str, effect: RuleEffect) -> CandidateRule {
    CandidateRule {
        name: "规则".to_owned(),
        pattern: pattern.to_owned(),
        effect,
        enabled: true,
    }
}

#[test]
fn rules_add_numbers_and_rule_them_out_and_can_be_undone() {
    let mut desk = Desk::with_reports();
    let before = desk.app.marks.ledger();
    desk.act(Action::SetRules(vec![
        rule("(?P<number>12家)", RuleEffect::RuleOut(Role::Name)),
        rule("众创空间", RuleEffect::Add),
    ]));
    assert_eq!(desk.app.marks.ledger().open, before.open - 2 + 1);
    assert_eq!(
        desk.app.marks.at(desk.span("12家", 0)).unwrap().standing,
        Standing::Muted(Role::Name)
    );
    assert!(
        desk.app
            .marks
            .at(desk.span("众创空间", 0))
            .unwrap()
            .standing
            .is_open()
    );
    assert_eq!(
        desk.app.ledgers.len(),
        2,
        "the other report is counted again as well"
    );
    desk.run(Command::Undo);
    assert_eq!(desk.app.marks.ledger(), before);
}

#[test]
fn a_rule_that_does_not_compile_rules_nothing() {
    let mut desk = Desk::with_reports();
    let before = desk.app.marks.ledger();
    desk.act(Action::SetRules(vec![rule("(", RuleEffect::Add)]));
    assert_eq!(desk.app.marks.ledger(), before);
    assert_eq!(
        desk.app.project.rules.len(),
        1,
        "what was typed stays, to be mended"
    );
}

/// Two indicators that are used once each, by one annotator and by another.
fn desk_with_two_in_use() -> (Desk, IndicatorId, IndicatorId) {
    let mut desk = Desk::with_reports();
    desk.choose("310名");
    desk.act(Action::TagAsNew("甲".to_owned()));
    let from = desk.observation("310名").indicator.clone().unwrap();
    let mut settings = desk.app.settings.clone();
    "另一位".clone_into(&mut settings.annotator);
    desk.act(Action::SetSettings(Box::new(settings)));
    desk.choose("310家");
    desk.act(Action::TagAsNew("乙".to_owned()));
    let into = desk.observation("310家").indicator.clone().unwrap();
    desk.choose("86.5亿元");
    desk.act(Action::TagAs(from.clone()));
    (desk, from, into)
}

#[test]
fn merging_retags_every_layer_and_keeps_the_name_in_one_step() {
    let (mut desk, from, into) = desk_with_two_in_use();
    let before = desk.app.project.clone();
    desk.act(Action::MergeIndicators(from.clone(), into.clone()));
    let catalogue = &desk.app.project.catalogue;
    assert!(catalogue.get(&from).is_none());
    assert_eq!(catalogue.get(&into).unwrap().aliases, ["甲"]);
    let layers = desk
        .app
        .project
        .layers
        .values()
        .flat_map(|reports| reports.values());
    let used: Vec<IndicatorId> = layers
        .flat_map(|layer| {
            layer
                .iter()
                .filter_map(|decision| decision.ruling.observation()?.indicator.clone())
        })
        .collect();
    assert_eq!(used, vec![into.clone(); 3]);
    desk.run(Command::Undo);
    assert_eq!(desk.app.project, before);
    // Into itself, or into nothing: nothing.
    desk.act(Action::MergeIndicators(from.clone(), from.clone()));
    desk.act(Action::MergeIndicators(from, "nowhere".into()));
    assert_eq!(desk.app.project, before);
}

#[test]
fn a_pinned_indicator_is_a_favourite() {
    let mut desk = Desk::with_reports();
    let last = desk.app.project.catalogue.indicators.last().unwrap().id.clone();
    assert!(!desk.app.favourites.contains(&last));
    desk.act(Action::Pin(last.clone()));
    assert!(desk.app.favourites.contains(&last));
    desk.act(Action::Pin(last.clone()));
    assert!(!desk.app.favourites.contains(&last));
}

#[test]
fn a_catalogue_goes_out_and_comes_in() {
    let mut desk = Desk::with_reports();
    let path = desk.path("out.ron");
    desk.script.answer(Picked::Chosen(vec![path.clone()]));
    desk.act(Action::Pick(Purpose::ExportCatalogue));
    assert!(
        desk.has_message(|message| matches!(message, Message::CatalogueWritten(_))),
        "{:?}",
        desk.messages()
    );
    let whole = desk.app.project.catalogue.clone();
    let mut short = whole.clone();
    short.indicators.truncate(3);
    desk.act(Action::SetCatalogue(short));
    desk.act(Action::UsePath(Purpose::ImportCatalogue, path));
    assert!(desk.app.project.catalogue == whole, "{:?}", desk.messages());
    let taken = whole.indicators.len() - 3;
    assert!(desk.has_message(|message| matches!(message, Message::CatalogueTaken(count) if *count == taken)));
}

#[test]
fn a_broken_catalogue_file_changes_nothing_and_says_where() {
    let mut desk = Desk::with_reports();
    let before = desk.app.project.clone();
    let path = desk.path("broken.ron");
    std::fs::write(&path, "[\n  (id: \"a\", name: 5),\n]").unwrap();
    desk.act(Action::UsePath(Purpose::ImportCatalogue, path.clone()));
    assert_eq!(desk.app.project, before);
    let said = desk.has_message(|message| match message {
        Message::CatalogueBroken(of, why) => *of == path && why.contains('2'),
        _ => false,
    });
    assert!(said, "{:?}", desk.messages());
}

#[test]
fn the_built_in_catalogues_can_be_taken_in_twice() {
    let mut desk = Desk::with_reports();
    let before = desk.app.project.catalogue.clone();
    desk.act(Action::TakeBuiltIn(0));
    assert_eq!(
        desk.app.project.catalogue, before,
        "a new project has them already"
    );
    desk.act(Action::TakeBuiltIn(99));
    assert_eq!(desk.app.project.catalogue, before);
}

#[test]
fn metadata_changes_what_is_suggested() {
    let mut desk = Desk::with_reports();
    let mut report = desk.app.report().unwrap().clone();
    "南屿县".clone_into(&mut report.area);
    report.issuer.clear();
    desk.act(Action::SetReport(Box::new(report)));
    desk.choose("310名");
    let proposal = desk.app.view.proposal.clone().unwrap();
    assert_eq!(proposal.ruling.observation().unwrap().ref_area, "南屿县");
    desk.run(Command::Undo);
    desk.choose("310名");
    let proposal = desk.app.view.proposal.clone().unwrap();
    assert_eq!(proposal.ruling.observation().unwrap().ref_area, "清河市");
}

#[test]
fn dialogs_open_add_or_are_missing() {
    let mut desk = Desk::with_reports();
    let third = desk.path("第三.txt");
    std::fs::write(&third, "第三份报告\n\n2024年,新增企业3家。\n").unwrap();
    desk.script.answer(Picked::Chosen(vec![third.clone()]));
    desk.run(Command::AddReports);
    assert_eq!(desk.app.project.reports.len(), 3);
    assert!(desk.has_message(|message| matches!(message, Message::Added(1))));
    desk.run(Command::Undo);
    assert_eq!(desk.app.project.reports.len(), 2);
    desk.script.answer(Picked::Dismissed);
    desk.run(Command::OpenFiles);
    assert_eq!((desk.app.project.reports.len(), &desk.app.view.front), (2, &None));
    desk.script.answer(Picked::Unavailable);
    desk.run(Command::OpenFolder);
    assert_eq!(desk.app.view.front, Some(Front::TypePath(Purpose::OpenFolder)));
    assert!(desk.has_message(|message| matches!(message, Message::NoDialog)));
    desk.script.answer(Picked::Chosen(vec![third]));
    desk.run(Command::OpenFiles);
    assert_eq!(desk.app.project.reports.len(), 1);
}

#[test]
fn the_list_is_filtered_by_any_word_of_a_report() {
    let mut desk = Desk::with_reports();
    desk.act(Action::FilterReports("松桥".to_owned()));
    assert_eq!(desk.app.listed_reports().count(), 1);
    desk.act(Action::FilterReports("没有这样的".to_owned()));
    assert_eq!(desk.app.listed_reports().count(), 0);
    desk.act(Action::FilterReports(String::new()));
    assert_eq!(desk.app.listed_reports().count(), 2);
}

#[test]
fn a_column_sorts_turns_round_and_rests() {
    let mut desk = Desk::with_reports();
    let column = Column::Of(Field::Value);
    for expected in [Some((column, false)), Some((column, true)), None] {
        desk.act(Action::SortBy(column));
        assert_eq!(desk.app.view.sort, expected);
    }
}

#[test]
fn a_selection_never_ends_within_a_letter() {
    let mut desk = Desk::with_reports();
    let text = desk.app.document().unwrap().text.clone();
    for (anchor, head) in [(1, 4), (usize::MAX, 2), (5, usize::MAX)] {
        desk.act(Action::Select { anchor, head });
        let span = Span::new(desk.app.view.anchor, desk.app.view.head);
        assert!(span.of(&text).is_some(), "{anchor} {head}");
    }
    desk.run(Command::SelectAll);
    assert_eq!(desk.app.selection(), Some(Span::new(0, text.len())));
}

#[test]
fn recent_places_are_remembered_newest_first() {
    let mut desk = Desk::with_project();
    desk.act(Action::Open(vec![desk.path("reports")]));
    let names: Vec<PathBuf> = desk.app.settings.recent.clone();
    assert_eq!(names, [desk.path("reports"), desk.path("project")]);
}
