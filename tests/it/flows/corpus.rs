//! Corpora in the window: whose columns are asked for, and what of them is told.

use std::fs;

use egui::Key;
use indicator_annotator::app::action::{Action, Front};
use indicator_annotator::app::command::Command;

use crate::window::Window;

const PROSE: &str = "2024年全市生产总值5000亿元，增长5.2%。粮食产量12.5万吨。";

/// A window, and a corpus of which the second and third rows are broken.
fn with_corpus() -> Window {
    let window = Window::empty();
    let rows = format!(
        "{{\"key\": \"甲\", \"heading\": \"年报\", \"body\": \"{PROSE}\", \"remarks\": \"摘自公报，略有删节，供参考之用。\"}}\n\
         {{cut\n{{\"key\": \"丙\"}}\n{{\"key\": \"乙\", \"heading\": \"月报\", \"body\": \"{PROSE}\"}}\n"
    );
    fs::write(window.path("corpus.jsonl"), rows).unwrap();
    window
}

fn reports(window: &Window) -> Vec<(String, String)> {
    let reports = window.state().project.reports.iter();
    reports
        .map(|report| (report.id.to_string(), report.title.clone()))
        .collect()
}

#[test]
fn the_columns_of_a_corpus_are_asked_for_and_enter_takes_what_they_seem_to_hold() {
    let mut window = with_corpus();
    let path = window.path("corpus.jsonl");
    window.send(Action::Open(vec![path]));
    assert!(matches!(window.state().view.front, Some(Front::Corpus(_))));
    assert!(window.shows_part("corpus.jsonl") && window.shows_part("5000亿元"));
    window.keys(&[Key::Enter]);
    let report = |id: &str| (id.to_owned(), id.to_owned());
    assert_eq!(reports(&window), [report("甲"), report("乙")]);
    assert_eq!(
        window.state().view.front,
        Some(Front::Taken),
        "what was refused is told"
    );
    let refused = &window.state().view.taken.as_ref().unwrap().refused;
    assert_eq!(refused.len(), 2);
    assert!(window.shows_part("第 2 行") && window.shows_part("第 3 行"));
    window.keys(&[Key::Escape]);
    assert!(window.shows(&window.mark("5000亿元", "suggested")));
}

#[test]
fn a_person_knows_better_what_a_column_holds() {
    let mut window = with_corpus();
    window.open("reports");
    let path = window.path("corpus.jsonl");
    window.send(Action::AddReports(vec![path]));
    let Some(Front::Corpus(corpus)) = window.state().view.front.clone() else {
        panic!("{:?}", window.state().view.front);
    };
    assert_eq!(corpus.look.guess.title, None);
    window.click_list(&window.t("corpus.column.title"));
    window.click("heading");
    window.keys(&[Key::Escape]);
    assert_eq!(window.state().project.reports.len(), 2, "nothing came in yet");
    window.send(Action::AddReports(vec![corpus.path.clone()]));
    window.click_list(&window.t("corpus.column.title"));
    window.click("heading");
    window.click(&window.f("corpus.go", "4"));
    let titles: Vec<String> = reports(&window).into_iter().map(|(_, title)| title).collect();
    assert_eq!(titles[2..], ["年报", "月报"]);
    window.send(Action::Run(Command::Undo));
    assert_eq!(window.state().project.reports.len(), 2, "one step");
}
