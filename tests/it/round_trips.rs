//! The annotated reports beside the checkout go out in every format and come back, but for what the losses name.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indicator_annotator::app::action::{Action, Format};
use indicator_annotator::app::foreign::{self, Foreign, Wanted};
use indicator_annotator::app::jobs::Watch;
use indicator_annotator::exchange::export::{self, Selection};
use indicator_annotator::model::{Annotator, Decision, Layer, Project, ReportId, Span};
use tempfile::TempDir;

use crate::desk::Desk;
use crate::person::{gold_files, gold_folder, gold_of_open_report};

const GOLD: &str = "gold";

type Texts = BTreeMap<ReportId, Arc<str>>;

/// A project of the annotated reports and a layer of what people annotated; `None` where there are none.
fn annotated() -> Option<(Project, Texts)> {
    let files = gold_files(&gold_folder())?;
    let mut desk = Desk::at(Arc::new(TempDir::new().unwrap()));
    desk.act(Action::Open(files.iter().map(|(_, text)| text.clone()).collect()));
    let mut layers = BTreeMap::new();
    for (file, text) in &files {
        let id = ReportId::from(text.file_stem().unwrap().to_str().unwrap());
        desk.act(Action::ShowReport(id.clone()));
        let layer: &mut Layer = layers.entry(id).or_default();
        for number in gold_of_open_report(&desk, file).unwrap() {
            layer.insert(Arc::new(Decision::manual(number.span, number.ruling)));
        }
    }
    let (mut project, texts) = (desk.app.project.clone(), desk.app.texts_by_report());
    project.layers.insert(Annotator::from(GOLD), layers.clone());
    // The gold does not say how digits are printed; whoever reads it takes that from the words.
    let path = desk.path("gold.jsonl");
    export::save(
        &Selection::decided(&project, &texts, &Annotator::from(GOLD)),
        Format::Mentions,
        &path,
    )
    .unwrap();
    let complete = taken_in(&project, &texts, &[path]).layers;
    let spans = |layers: &BTreeMap<ReportId, Layer>| -> Vec<Span> {
        layers.values().flat_map(Layer::iter).map(|it| it.span).collect()
    };
    assert_eq!(spans(&complete), spans(&layers));
    project.layers.insert(Annotator::from(GOLD), complete);
    Some((project, texts))
}

/// What files come to in a layer that is empty, with the format told by the content.
fn taken_in(project: &Project, texts: &Texts, paths: &[PathBuf]) -> Foreign {
    let wanted = Wanted {
        annotator: Annotator::from("back"),
        format: None,
        unit: None,
    };
    let open = |path: &Path| fs::read(path);
    let foreign = foreign::read((project, texts), paths, &wanted, &open, &Watch::default());
    assert_eq!(foreign.troubles, [], "{paths:?}");
    foreign
}

/// A decision, but for what a format does not carry.
fn left(format: Format, decision: &Decision) -> Decision {
    let mut decision = decision.clone();
    format
        .losses()
        .iter()
        .for_each(|loss| loss.take_from(&mut decision));
    decision
}

#[test]
fn the_gold_comes_back_from_every_format_but_for_what_the_losses_name() {
    let Some((project, texts)) = annotated() else {
        eprintln!("skipped: {} is not there", gold_folder().display());
        return;
    };
    let annotator = Annotator::from(GOLD);
    let (folder, selection) = (
        TempDir::new().unwrap(),
        Selection::decided(&project, &texts, &annotator),
    );
    for format in Format::ALL.iter().copied().filter(|format| format.comes_in()) {
        let path = folder.path().join(format.to_string());
        let written = export::save(&selection, format, &path).unwrap();
        assert_eq!(written.refused, [], "{format}");
        let back = taken_in(&project, &texts, &[path]).layers;
        let mut count = 0;
        for (report, layer) in &project.layers[&annotator] {
            let is_kept = |it: &&Arc<Decision>| format.losses().iter().all(|loss| loss.keeps(&it.ruling));
            let expected: Vec<_> = layer.iter().filter(is_kept).collect();
            let back: Vec<_> = back[report].iter().collect();
            assert_eq!(back.len(), expected.len(), "{format}, {report}");
            for (back, expected) in back.iter().zip(expected) {
                assert_eq!(left(format, back), left(format, expected), "{format}, {report}");
            }
            count += back.len();
        }
        assert!(count > 400, "{format}: {count}");
    }
}
