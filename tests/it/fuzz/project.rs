//! The files of a project, of the journal and of the settings: what is read can be written, and is read the same again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indicator_annotator::app::part_key::PartKey;
use indicator_annotator::app::settings::Settings;
use indicator_annotator::app::state::AppState;
use indicator_annotator::edit::Edit;
use indicator_annotator::store::merge_file::merge_file;
use indicator_annotator::store::{Ground, Journal, Opened, RealFiles, Store, catalogues, settings};
use tempfile::TempDir;

use super::mangle::{SYNTAX, bytes, sometimes_long};
use super::{Pace, fuzz, name_and_bytes, named};
use crate::dice::Dice;

/// Waiting for a disk finds nothing here.
fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap()
}

/// Every file of the project that is kept for ever, by its path within.
fn good_files() -> BTreeMap<String, Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/v1/reviewed");
    let mut found = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let inner = path
                    .strip_prefix(&root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                found.insert(inner, fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn put(root: &Path, files: &BTreeMap<String, Vec<u8>>) {
    for (inner, bytes) in files {
        let path = root.join(inner);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Takes the checks out, as a person does who changes a file, or no change would get past them.
fn without_checks(bytes: &[u8]) -> Vec<u8> {
    let lines = bytes.split_inclusive(|&byte| byte == b'\n');
    let is_check = |line: &&[u8]| line.trim_ascii_start().starts_with(b"check:");
    lines.filter(|line| !is_check(line)).flatten().copied().collect()
}

/// The lines of a log with their lengths and sums made right again.
fn resealed(log: &[u8]) -> Vec<u8> {
    let lines = log.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
    let sealed = lines.flat_map(|line| {
        let body = line.splitn(3, |&byte| byte == b' ').nth(2).unwrap_or(line);
        let head = format!("{} {:08x} ", body.len(), crc32fast::hash(body));
        [head.as_bytes(), body, b"\n"].concat()
    });
    sealed.collect()
}

fn mangled(dice: &mut Dice, good: &[&[u8]], is_log: bool) -> Vec<u8> {
    let one = dice.roll(good.len());
    let mut good = good.to_vec();
    good.swap(0, one);
    good.truncate(if dice.roll(8) == 0 { 2 } else { 1 });
    let unchecked = without_checks(good[0]);
    if dice.roll(4) > 0 {
        good[0] = &unchecked;
    }
    let mangled = bytes(dice, &good, SYNTAX);
    let mangled = if is_log && dice.roll(4) > 0 {
        resealed(&mangled)
    } else {
        mangled
    };
    sometimes_long(mangled, dice)
}

/// A project that was opened comes back the same from where it is written anew.
fn check_saved_again(opened: Opened) {
    let app = AppState {
        texts: opened
            .project
            .reports
            .iter()
            .filter_map(|report| {
                Some((
                    report.fingerprint.clone(),
                    Arc::clone(opened.texts.get(&report.id)?),
                ))
            })
            .collect(),
        project: opened.project,
        ..AppState::default()
    };
    let folder = folder();
    let mut store = Store::create(folder.path()).unwrap();
    let keys = PartKey::all(&app.project);
    let parts: Vec<_> = keys.iter().flat_map(|key| key.parts(&app)).collect();
    store.write(&parts).unwrap();
    let (_store, again) = Store::open(folder.path()).unwrap();
    let is_text_missing = app.project.reports.len() != opened.texts.len();
    if !is_text_missing {
        assert_eq!(again.notices, [], "what was written is read without a word");
        assert_eq!(again.project, app.project);
    }
}

#[test]
fn project() {
    let files = good_files();
    let good = files.clone();
    let make = move |dice: &mut Dice| {
        let at = dice.roll(files.len());
        let (inner, file) = files.iter().nth(at).unwrap();
        let ending = |inner: &str| inner.rsplit('.').next().unwrap_or_default().to_owned();
        let alike = files.iter().filter(|(other, _)| ending(other) == ending(inner));
        let mut good: Vec<&[u8]> = alike.map(|(_, file)| file.as_slice()).collect();
        good.insert(0, file);
        let is_log = ending(inner) == "log";
        good.rotate_left(0);
        let good = if dice.roll(8) == 0 { &good[..] } else { &good[..1] };
        named(inner, &mangled(dice, good, is_log))
    };
    let root = folder();
    put(root.path(), &good);
    fuzz("project", Pace::STEADY, make, move |input| {
        let (inner, bytes) = name_and_bytes(input);
        let Some(before) = good.get(inner) else {
            return;
        };
        let path = root.path().join(inner);
        fs::write(&path, bytes).unwrap();
        let opened = Store::open(root.path());
        assert_eq!(fs::read(&path).unwrap(), bytes, "opening changes nothing");
        match opened {
            Ok((_store, opened)) => {
                for notice in &opened.notices {
                    assert!(!notice.to_string().is_empty() && !notice.advice().is_empty());
                }
                for (annotator, reports) in &opened.project.layers {
                    for report in reports.keys() {
                        let text = &opened.texts[report];
                        let timeline = opened.archive.timeline(annotator, report).unwrap();
                        let changes = timeline.changes(text);
                        assert!(changes.iter().all(|change| change.span.of(text).is_some()));
                    }
                }
                check_saved_again(opened);
            }
            Err(error) => assert!(!error.to_string().is_empty() && !error.advice().is_empty()),
        }
        // Copies of a file are merged without the rest of the project, and a catalogue is read without it.
        for (base, ours, theirs) in [(Some(&before[..]), &before[..], bytes), (None, bytes, before)] {
            if let Err(error) = merge_file(Path::new(inner), base, ours, theirs) {
                assert!(!error.advice().is_empty(), "{error:?}");
            }
        }
        if inner == "catalogue.ron" {
            let read = catalogues::load(&path);
            assert!(read.is_ok() || !read.unwrap_err().advice().is_empty());
        }
        fs::write(&path, before).unwrap();
    });
}

fn log_in(data: &Path) -> PathBuf {
    let logs = super::files_in(data);
    logs.into_iter()
        .find(|path| path.extension().is_some_and(|end| end == "log"))
        .unwrap()
}

#[test]
fn journal() {
    let data = folder();
    let ground = |_: &_| Ground::default();
    let begin =
        move |data: &Path| Journal::begin(Arc::new(RealFiles), data, Path::new("p"), &ground).unwrap();
    let folder_of = folder();
    put(folder_of.path(), &good_files());
    let (_store, opened) = Store::open(folder_of.path()).unwrap();
    let (mut journal, _) = begin(data.path());
    let project = &opened.project;
    let mut gestures: Vec<Vec<Edit>> = vec![vec![
        Edit::SetTitle("一".to_owned()),
        Edit::SetCatalogue(project.catalogue.clone()),
        Edit::SetRules(project.rules.clone()),
        Edit::SetExtractor(project.extractor.clone()),
    ]];
    for (annotator, layers) in &project.layers {
        for (report, layer) in layers {
            gestures.extend(layer.iter().map(|decision| {
                vec![Edit::Decide {
                    annotator: annotator.clone(),
                    report: report.clone(),
                    span: decision.span,
                    decision: Some(Arc::clone(decision)),
                }]
            }));
        }
    }
    for gesture in &gestures {
        journal
            .append(gesture, &[("c".into(), "新".into())], &ground)
            .unwrap();
    }
    drop(journal);
    let log = log_in(data.path());
    let good = fs::read(&log).unwrap();
    let make = move |dice: &mut Dice| mangled(dice, &[&good], true);
    fuzz("journal", Pace::STEADY, make, move |input| {
        fs::write(&log, input).unwrap();
        let (journal, left) = begin(data.path());
        for recovery in left {
            assert_eq!(recovery.transactions(), recovery.edits.len());
            recovery.resolve().unwrap();
        }
        drop(journal);
        for path in super::files_in(data.path()) {
            fs::remove_file(path).unwrap();
        }
    });
}

#[test]
fn settings_files() {
    let root = folder();
    let path = root.path().join("settings.ron");
    settings::save(&path, &Settings::default()).unwrap();
    let good = fs::read(&path).unwrap();
    let make = move |dice: &mut Dice| sometimes_long(bytes(dice, &[&good], SYNTAX), dice);
    fuzz("settings", Pace::STEADY, make, move |input| {
        fs::write(&path, input).unwrap();
        let (read, notice) = settings::load::<Settings>(&path);
        let clamped = read.clone().clamped();
        assert!(notice.is_none() || read == Settings::default());
        settings::save(&path, &clamped).unwrap();
        for path in super::files_in(root.path()) {
            fs::remove_file(path).unwrap();
        }
    });
}
