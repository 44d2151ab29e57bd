//! A person brings real reports to the gold: from suggestions, in review, and from two layers.

mod curate;
mod replay;
mod review;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use indicator_annotator::app::action::Action;
use indicator_annotator::app::command::Command;
use indicator_annotator::app::ports::Purpose;
use indicator_annotator::model::{Annotator, Layer, ReportId};
use tempfile::TempDir;

use crate::desk::Desk;
use crate::person::{self, Gold, Help};

/// What reports should come to.
type Golds = BTreeMap<ReportId, Vec<Gold>>;

/// The first annotated reports beside the checkout, each gold file with its text; says plainly where there are none.
fn annotated(count: usize) -> Vec<(PathBuf, PathBuf)> {
    let mut files = person::gold_files(&person::gold_folder()).unwrap_or_else(|| {
        eprintln!("skipped: ../shared/gold is not there");
        Vec::new()
    });
    files.truncate(count);
    files
}

/// A desk with a saved project of these reports, and what they should come to.
fn project_of(files: &[(PathBuf, PathBuf)]) -> (Desk, Golds) {
    let mut desk = Desk::at(Arc::new(TempDir::new().unwrap()));
    desk.act(Action::Open(files.iter().map(|(_, text)| text.clone()).collect()));
    desk.act(Action::UsePath(Purpose::SaveFolder, desk.path("project")));
    let mut golds = Golds::new();
    for id in reports(&desk) {
        desk.act(Action::ShowReport(id.clone()));
        let original = desk.app.report().unwrap().original.clone();
        let (gold, _) = files.iter().find(|(_, text)| text.ends_with(&original)).unwrap();
        golds.insert(id, person::gold_of_open_report(&desk, gold).unwrap());
    }
    let first = reports(&desk)[0].clone();
    desk.act(Action::ShowReport(first));
    desk.forget_notices();
    (desk, golds)
}

fn reports(desk: &Desk) -> Vec<ReportId> {
    desk.app
        .project
        .reports
        .iter()
        .map(|report| report.id.clone())
        .collect()
}

fn layers_of(desk: &Desk, annotator: &str) -> BTreeMap<ReportId, Layer> {
    let layers = desk.app.project.layers.get(&Annotator::from(annotator));
    let layers = layers
        .into_iter()
        .flatten()
        .filter(|(_, layer)| !layer.is_blank());
    layers
        .map(|(report, layer)| (report.clone(), layer.clone()))
        .collect()
}

/// Holds the layer at hand to the gold, report by report.
fn assert_gold(desk: &mut Desk, golds: &Golds, help: Help) {
    for (id, gold) in golds {
        desk.act(Action::ShowReport(id.clone()));
        let differences = person::differences(desk, gold, help);
        assert!(differences.is_empty(), "{id}: {differences:#?}");
    }
}

/// Takes everything back to an empty layer, makes it again, and reads what was saved.
fn walk_back_and_forth(desk: &mut Desk, annotator: &str) {
    let done = layers_of(desk, annotator);
    let steps = std::iter::from_fn(|| {
        desk.app.history.next_undo()?;
        desk.run(Command::Undo);
        Some(())
    });
    let steps = steps.count();
    assert!(layers_of(desk, annotator).is_empty(), "after {steps} steps back");
    let lessons = desk.app.memory().map_or(0, |memory| memory.iter().count());
    assert_eq!(lessons, 0, "what was taught is taken back too");
    for _ in 0..steps {
        desk.run(Command::Redo);
    }
    assert_eq!(layers_of(desk, annotator), done);
    desk.wait(10.0);
    let mut again = desk.again();
    again.act(Action::Open(vec![again.path("project")]));
    assert_eq!(layers_of(&again, annotator), done);
}
