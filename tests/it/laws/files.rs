//! What holds for every project and its files.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use indicator_annotator::edit::{Edit, apply};
use indicator_annotator::model::{Annotator, Layer, Project, ReportId};
use indicator_annotator::store::{Part, Store, layout};
use proptest::prelude::*;
use tempfile::TempDir;

use super::config;
use super::made::*;

/// Everything of a project as files.
fn parts(project: &Project, texts: &Texts) -> Vec<Part> {
    let mut parts = vec![
        Part::Head {
            title: project.title.clone(),
            language: project.language,
            extractor: project.extractor.clone(),
            reports: project.reports.clone(),
        },
        Part::Catalogue(project.catalogue.clone()),
        Part::Rules(project.rules.clone()),
        Part::Guidelines(project.guidelines.clone()),
    ];
    let texts_of = texts.iter().map(|(report, text)| Part::Text {
        report: report.clone(),
        text: Arc::clone(text),
    });
    parts.extend(texts_of);
    for (annotator, reports) in &project.layers {
        let layers = reports
            .iter()
            .map(|(report, layer)| layer_part(annotator, report, layer, texts));
        parts.extend(layers);
    }
    parts
}

fn layer_part(annotator: &Annotator, report: &ReportId, layer: &Layer, texts: &Texts) -> Part {
    Part::Layer {
        annotator: annotator.clone(),
        report: report.clone(),
        layer: layer.clone(),
        text: Arc::clone(&texts[report]),
    }
}

fn files_in(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_in(&path));
        } else {
            files.insert(path.display().to_string(), std::fs::read(&path).unwrap());
        }
    }
    files
}

/// Whether the lines that differ belong to one decision at most, on either side.
fn differs_in_one_decision(before: &str, after: &str) -> bool {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let same = |(one, other): &(&&str, &&str)| one == other;
    let head = before.iter().zip(&after).take_while(same).count();
    let tail = before[head..]
        .iter()
        .rev()
        .zip(after[head..].iter().rev())
        .take_while(same)
        .count();
    let is_one = |lines: &[&str]| {
        let middle = &lines[head..lines.len() - tail];
        let starts = middle
            .iter()
            .filter(|line| line.trim_start().starts_with("at: ("))
            .count();
        let is_header =
            |line: &&&str| line.starts_with("    ") && !line.starts_with("     ") && line.contains(':');
        starts <= 1 && !middle.iter().any(|line| is_header(&line))
    };
    is_one(&before) && is_one(&after)
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn a_project_comes_back_from_its_files_as_it_was((project, texts) in a_project()) {
        let root = TempDir::new().unwrap();
        let folder = root.path().join("project");
        let mut store = Store::create(&folder).unwrap();
        store.write(&parts(&project, &texts)).unwrap();
        let before = files_in(&folder);
        drop(store);
        let (mut store, opened) = Store::open(&folder).unwrap();
        prop_assert_eq!(&opened.notices, &Vec::new());
        prop_assert_eq!(&opened.project, &project);
        prop_assert_eq!(&opened.texts, &texts);
        store.write(&parts(&opened.project, &opened.texts)).unwrap();
        prop_assert_eq!(files_in(&folder), before, "saving unchanged writes the same bytes");
    }

    #[test]
    fn one_decision_changes_its_own_lines(
        (mut project, texts) in a_project(), (place, step) in (0_usize..3, a_decision()), reopen in any::<bool>()
    ) {
        let root = TempDir::new().unwrap();
        let mut store = Store::create(&root.path().join("project")).unwrap();
        store.write(&parts(&project, &texts)).unwrap();
        let Some((annotator, reports)) = project.layers.iter().next().map(|(who, reports)| (who.clone(), reports.clone())) else {
            return Ok(());
        };
        let (report, layer) = reports.iter().nth(place % reports.len()).unwrap();
        let decision = if reopen { None } else { placed(&texts[report], &step) };
        let chosen = decision.as_ref().map(|decision| decision.span);
        let span = chosen.or_else(|| layer.iter().next().map(|first| first.span)).unwrap();
        let edit = Edit::Decide {
            annotator: annotator.clone(),
            report: report.clone(),
            span,
            decision: decision.map(Arc::new),
        };
        prop_assume!(apply(&mut project, edit).is_ok());
        let before = files_in(store.root());
        let changed = project.layer(&annotator, report).cloned().unwrap_or_default();
        store.write(&[layer_part(&annotator, report, &changed, &texts)]).unwrap();
        let after = files_in(store.root());
        let path = store.root().join(layout::layer_path(&annotator, report)).display().to_string();
        let others = |files: &BTreeMap<String, Vec<u8>>| {
            files.iter().filter(|(name, _)| **name != path).map(|(name, bytes)| (name.clone(), bytes.clone())).collect::<Vec<_>>()
        };
        prop_assert_eq!(others(&before), others(&after), "no other file changes");
        if let (Some(before), Some(after)) = (before.get(&path), after.get(&path)) {
            let (before, after) = (String::from_utf8_lossy(before), String::from_utf8_lossy(after));
            prop_assert!(differs_in_one_decision(&before, &after), "{before}\n--- and ---\n{after}");
        }
    }
}
