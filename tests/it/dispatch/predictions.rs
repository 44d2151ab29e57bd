//! Suggestions of other programs: from files, and from the program that the project names.

use indicator_annotator::app::action::{Action, Front};
use indicator_annotator::app::command::Command;
use indicator_annotator::app::ports::Purpose;
use indicator_annotator::model::Extractor;

use crate::desk::Desk;

/// Predictions for the first report of the desk: one that fits, one whose words do not stand there, one that is broken.
fn predictions(desk: &Desk) -> String {
    let report = desk.app.view.report.clone().unwrap();
    let start = desk
        .app
        .document()
        .unwrap()
        .text
        .split("239.06")
        .next()
        .unwrap()
        .chars()
        .count();
    format!(
        "{{\"document\":\"{report}\",\"start\":{start},\"end\":{},\"text\":\"239.06亿元\",\
         \"role\":\"indicator\",\"ref_area\":\"松桥区\",\"score\":0.4,\"agent\":\"model\"}}\n\
         {{\"document\":\"{report}\",\"start\":3,\"end\":6,\"text\":\"不在这里\"}}\n{{\n",
        start + 8
    )
}

#[test]
fn predictions_come_in_from_a_file_and_what_is_refused_is_told() {
    let mut desk = Desk::with_project();
    std::fs::write(desk.path("model.jsonl"), predictions(&desk)).unwrap();
    desk.act(Action::UsePath(
        Purpose::ImportSuggestions,
        desk.path("model.jsonl"),
    ));
    assert_eq!(desk.app.view.front, Some(Front::Imported));
    let imported = desk.app.view.imported.as_ref().unwrap();
    assert_eq!(
        (imported.predictions.len(), imported.predictions.refused.len()),
        (1, 2)
    );
    desk.act(Action::CloseFront);
    desk.choose("239.06亿元");
    let others = desk.app.current_contest().unwrap().others;
    assert_eq!(others[0].ruling.observation().unwrap().ref_area, "松桥区");
    // What the file does not say was filled in.
    assert_eq!(others[0].ruling.observation().unwrap().time_period, "2024");
    desk.wait(1.0);
    assert!(desk.path("project/suggestions").is_dir());
    desk.run(Command::Undo);
    assert!(desk.app.project.suggestions.is_empty());
}

#[cfg(unix)]
#[test]
fn the_projects_extractor_runs_only_when_it_is_started_and_its_answers_come_in() {
    let mut desk = Desk::with_project();
    let mention = predictions(&desk).lines().next().unwrap().to_owned();
    let answers = format!(
        "{{\"id\":\"{}\",\"mentions\":[{mention}]}}\n",
        desk.app.view.report.clone().unwrap()
    );
    std::fs::write(desk.path("answers.jsonl"), answers).unwrap();
    let extractor = Extractor {
        name: "model".to_owned(),
        command: vec!["cat".to_owned(), desk.path("answers.jsonl").display().to_string()],
        seconds: 20,
    };
    desk.act(Action::SetExtractor(Some(extractor.clone())));
    desk.wait(1.0);
    let mut again = desk.again();
    drop(desk);
    again.act(Action::Open(vec![again.path("project")]));
    assert_eq!(again.app.project.extractor, Some(extractor));
    assert!(again.app.project.suggestions.is_empty());
    again.act(Action::RunExtractor);
    assert_eq!(
        again.app.project.suggestions.len(),
        1,
        "{:?}",
        again.app.view.imported
    );
    // The other report was not answered, which is told.
    let imported = again.app.view.imported.as_ref().unwrap();
    assert_eq!(imported.unanswered.len(), 1);
}

/// What stands in a project of somebody else is a program and its arguments, never a line for a shell; and opening the
/// project, or working in it, starts nothing.
#[cfg(unix)]
#[test]
fn an_extractor_gets_no_shell_and_is_not_started_by_opening() {
    let mut desk = Desk::with_project();
    let (sign, made) = (desk.path("sign"), desk.path("made"));
    let line = format!("touch {}", sign.display());
    let hostile = [
        vec![line.clone()],
        vec![
            "true".to_owned(),
            format!("; {line}"),
            format!("$({line})"),
            format!("`{line}`"),
            format!("&& {line}"),
        ],
        vec![format!("true; {line}")],
        vec![format!("|{line}")],
    ];
    for command in hostile {
        let extractor = Extractor {
            name: "x".to_owned(),
            command: command.clone(),
            seconds: 20,
        };
        desk.act(Action::SetExtractor(Some(extractor)));
        desk.wait(1.0);
        let mut again = desk.again();
        desk.app.keeping.keeper = None;
        again.act(Action::Open(vec![again.path("project")]));
        again.act(Action::RunExtractor);
        assert!(!sign.exists(), "{command:?}");
        desk = again;
    }
    let extractor = Extractor {
        name: "x".to_owned(),
        command: vec!["touch".to_owned(), made.display().to_string()],
        seconds: 20,
    };
    desk.act(Action::SetExtractor(Some(extractor)));
    desk.wait(1.0);
    let mut again = desk.again();
    desk.app.keeping.keeper = None;
    again.act(Action::Open(vec![again.path("project")]));
    again.run(Command::NextOpen);
    again.run(Command::Accept);
    again.wait(5.0);
    assert!(!made.exists(), "nothing is started before the person says so");
    again.act(Action::RunExtractor);
    assert!(made.exists());
}
