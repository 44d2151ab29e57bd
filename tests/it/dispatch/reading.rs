//! Projects that are too large to be read at once: their reports follow while the person works.

use std::fs;

use indicator_annotator::app::action::{Action, Front};
use indicator_annotator::app::command::Command;
use indicator_annotator::app::notice::Message;
use indicator_annotator::app::ports::Purpose;
use indicator_annotator::model::ReportId;
use indicator_annotator::text::search::Query;

use super::walk;
use crate::desk::Desk;

/// More reports than are read while a project is opened.
const MANY: usize = 50;

/// A desk with a saved project of many reports, and one decision on each of the first and the last of them.
fn with_many() -> Desk {
    let mut desk = Desk::with_reports();
    let folder = desk.path("many");
    fs::create_dir(&folder).unwrap();
    for number in 0..MANY {
        let text = format!(
            "第{number}号县2024年工作总结\n\n全县研发投入{}.5亿元,增长{number}.4%。\n",
            number + 10
        );
        fs::write(folder.join(format!("{number:03}.txt")), text).unwrap();
    }
    desk.act(Action::Open(vec![folder]));
    desk.act(Action::UsePath(Purpose::SaveFolder, desk.path("project")));
    for (report, words) in [("000", "10.5亿元"), ("049", "59.5亿元")] {
        desk.act(Action::ShowReport(report.into()));
        decide(&mut desk, words);
    }
    desk.wait(1.0);
    desk.wait(1.0);
    desk
}

fn decide(desk: &mut Desk, words: &str) {
    desk.choose(words);
    desk.run(Command::Accept);
}

/// The project opened again, with nothing done since.
fn reopened(desk: Desk) -> Desk {
    let mut again = desk.again();
    drop(desk);
    again.act(Action::Open(vec![again.path("project")]));
    again
}

fn still_reading(desk: &Desk) -> bool {
    desk.has_message(|message| matches!(message, Message::StillReading(20, MANY)))
}

#[test]
fn the_first_report_can_be_worked_on_before_the_others_are_read() {
    let mut desk = reopened(with_many());
    assert_eq!(desk.app.reports_read(), (20, MANY));
    assert!(desk.decision("10.5亿元").is_some());
    decide(&mut desk, "0.4%");
    desk.act(Action::Tick(0.1));
    assert!(
        !desk.app.is_whole(),
        "what was decided goes to the journal before more is read"
    );
    for second in 1..5 {
        desk.act(Action::Tick(f64::from(second)));
    }
    assert!(desk.app.is_whole());
    assert!(desk.read(desk.layer_file()).contains("quote: \"0.4%\""));
    assert_eq!(desk.app.ledgers.len(), MANY);
    desk.act(Action::ShowReport("049".into()));
    assert!(desk.decision("59.5亿元").is_some());
}

#[test]
fn a_report_that_the_person_goes_to_is_shown_as_soon_as_it_is_read() {
    let mut desk = reopened(with_many());
    desk.act(Action::ShowReport("049".into()));
    assert!(desk.app.document().is_none() && desk.app.waiting.is_some());
    desk.act(Action::Tick(0.1));
    assert!(desk.decision("59.5亿元").is_some());
    assert!(desk.app.waiting.is_none());
    let searched = Query {
        pattern: "研发投入[0-9.]+".to_owned(),
        regex: true,
        ..Query::default()
    };
    desk.run(Command::FindInProject);
    desk.act(Action::Search(searched));
    desk.wait(1.0);
    assert_eq!(desk.app.view.search.finds.len(), MANY);
}

#[test]
fn what_needs_all_reports_says_that_it_waits() {
    let mut desk = reopened(with_many());
    for command in [
        Command::Curate,
        Command::Review,
        Command::Export,
        Command::Agreement,
    ] {
        desk.forget_notices();
        desk.run(command);
        assert!(still_reading(&desk), "{command:?}: {:?}", desk.messages());
        assert_eq!(desk.app.view.front, None);
        assert!(!desk.app.review.on && desk.app.curation.is_none());
    }
    desk.forget_notices();
    desk.act(Action::UsePath(Purpose::SaveFolder, desk.path("elsewhere")));
    assert!(still_reading(&desk) && !desk.path("elsewhere").exists());
    // Nobody knows yet whether anything is tagged with it.
    let mut catalogue = desk.app.project.catalogue.clone();
    catalogue.indicators.pop();
    desk.forget_notices();
    desk.act(Action::SetCatalogue(catalogue));
    assert!(still_reading(&desk));
    desk.wait(1.0);
    desk.run(Command::Review);
    assert!(desk.app.review.on);
}

#[test]
fn an_end_while_reports_are_read_loses_nothing() {
    let desk = with_many();
    let files = walk(&desk.path("project")).len();
    let mut desk = reopened(desk);
    // Decided in the last report of the list and in the first one, and in no file yet.
    desk.act(Action::ShowReport("049".into()));
    desk.act(Action::Tick(0.1));
    decide(&mut desk, "49.4%");
    desk.act(Action::Tick(0.2));
    desk.act(Action::ShowReport("000".into()));
    decide(&mut desk, "0.4%");
    desk.act(Action::Tick(0.3));
    let mut again = reopened(desk);
    assert_eq!(again.app.view.front, Some(Front::Recovery));
    assert_eq!(again.app.view.recoveries.len(), 1);
    assert!(again.app.view.recoveries.iter().all(|left| left.base_matches));
    assert!(!again.app.is_whole());
    assert!(
        !again.app.unread.contains(&ReportId::from("049")),
        "what was left of it is shown"
    );
    again.act(Action::Recover);
    again.act(Action::Tick(0.1));
    let third = again;
    // And once more, before anything was written.
    let mut desk = reopened(third);
    desk.act(Action::Recover);
    for second in 1..5 {
        desk.act(Action::Tick(f64::from(second)));
    }
    assert!(desk.decision("0.4%").is_some() && desk.decision("10.5亿元").is_some());
    desk.act(Action::ShowReport("049".into()));
    assert!(desk.decision("49.4%").is_some() && desk.decision("59.5亿元").is_some());
    assert_eq!(walk(&desk.path("project")).len(), files);
}
