//! Timelines: files that only grow.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::faults::{Fault, FaultFiles, NEVER};
use super::samples::{TEXT, changes, everything, folder, saved, timeline};
use crate::model::{Annotator, Change, ReportId};
use crate::store::{Opened, Part, Store};

const LOG: &str = "history/林/000_泉州.log";

fn whose() -> (Annotator, ReportId) {
    ("林".into(), "000_泉州".into())
}

fn read(root: &Path) -> Vec<Change> {
    let (_store, Opened { archive, notices, .. }) = Store::open(root).unwrap();
    assert_eq!(notices, []);
    let (annotator, report) = whose();
    archive.timeline(&annotator, &report).unwrap().changes(TEXT)
}

/// A project with the sample's timeline, and the log.
fn with_timeline(root: &Path) -> (Store, PathBuf) {
    let mut store = saved(&everything(), root);
    assert_eq!(store.write(&[timeline(&changes())]).unwrap(), 1);
    (store, root.join(LOG))
}

#[test]
fn changes_are_added_and_read_again() {
    let folder = folder();
    let mut store = saved(&everything(), folder.path());
    assert_eq!(read(folder.path()), []);
    assert_eq!(store.write(&[timeline(&[])]).unwrap(), 0);
    assert!(!folder.path().join(LOG).exists());
    for change in changes() {
        assert_eq!(store.write(&[timeline(&[change])]).unwrap(), 1);
    }
    assert_eq!(read(folder.path()), changes());
    let (annotator, report) = whose();
    let alone = store.timeline(&annotator, &report).unwrap();
    assert_eq!(alone.changes(TEXT), changes());
    let none = store.timeline(&annotator, &"b".into()).unwrap();
    assert_eq!((none.bytes(), none.changes(TEXT)), (0, Vec::new()));
    assert_eq!(store.changed_outside(), Vec::<PathBuf>::new());
}

/// A save that failed after the timeline was written is tried again with the same changes.
#[test]
fn changes_that_are_added_twice_count_once() {
    let folder = folder();
    let (mut store, _) = with_timeline(folder.path());
    store.write(&[timeline(&changes()[3..])]).unwrap();
    assert_eq!(read(folder.path()), changes());
}

/// Whatever fails, what was there stays, and trying again adds each change once.
#[test]
fn whatever_step_fails_no_change_is_lost() {
    let all = changes();
    let faults = [
        Fault::Error(ErrorKind::StorageFull),
        Fault::Error(ErrorKind::Other),
        Fault::ShortWrite,
        Fault::LyingWrite,
    ];
    for (fault, old) in faults
        .into_iter()
        .flat_map(|fault| [(fault, &all[..0]), (fault, &all[..2])])
    {
        let added = timeline(&changes()[old.len()..]);
        let mut failures = 0;
        for step in 1.. {
            let folder = folder();
            saved(&everything(), folder.path())
                .write(&[timeline(old)])
                .unwrap();
            let (files, left) = FaultFiles::with(fault);
            let (mut store, _) = Store::open_on(Arc::new(files), folder.path()).unwrap();
            left.store(step, Ordering::Relaxed);
            let result = store.write(std::slice::from_ref(&added));
            let steps_left = left.swap(NEVER, Ordering::Relaxed);
            let kept = read(folder.path());
            assert!(
                kept.starts_with(old) && changes().starts_with(&kept),
                "{fault:?} at step {step}"
            );
            failures += usize::from(result.is_err());
            assert!(result.is_err() || kept == changes(), "{fault:?} at step {step}");
            store.write(std::slice::from_ref(&added)).unwrap();
            assert_eq!(read(folder.path()), changes(), "{fault:?} at step {step}");
            if result.is_ok() && (1..NEVER).contains(&steps_left) {
                break;
            }
        }
        assert!(failures >= 1, "{fault:?}");
    }
}

#[test]
fn a_torn_line_costs_only_itself() {
    let folder = folder();
    let (mut store, log) = with_timeline(folder.path());
    let bytes = fs::read(&log).unwrap();
    let ends: Vec<usize> = (1..bytes.len()).filter(|&at| bytes[at] == b'\n').collect();
    assert_eq!(ends.len(), changes().len());
    for cut in 0..bytes.len() {
        fs::write(&log, &bytes[..cut]).unwrap();
        let whole = ends.iter().filter(|&&end| end <= cut).count();
        let alone = store.timeline(&whose().0, &whose().1).unwrap();
        assert_eq!(alone.changes(TEXT), changes()[..whole], "cut at {cut}");
        if cut % 50 == 0 {
            store.write(&[timeline(&changes()[4..])]).unwrap();
            let expected = [&changes()[..whole.min(4)], &changes()[4..]].concat();
            assert_eq!(read(folder.path()), expected, "cut at {cut}");
        }
    }
}

#[test]
fn a_damaged_line_costs_only_itself() {
    let folder = folder();
    let (store, log) = with_timeline(folder.path());
    let bytes = fs::read(&log).unwrap();
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1 << (at % 8);
        fs::write(&log, &damaged).unwrap();
        let left = store.timeline(&whose().0, &whose().1).unwrap().changes(TEXT);
        let lost = changes().len() - left.len();
        // Without the line end between them two lines are one.
        assert!(lost <= if bytes[at] == b'\n' { 2 } else { 1 }, "flipped at {at}");
        assert!(left.iter().all(|change| changes().contains(change)));
    }
    for hostile in [
        "",
        "\n\n\n",
        "5 00000000 hello\n",
        "99999999999999999999 0 (\n",
        "\0\0",
    ] {
        fs::write(&log, hostile.repeat(3)).unwrap();
        assert_eq!(read(folder.path()), []);
    }
}

#[test]
fn changed_texts_and_line_ends_cost_what_no_longer_fits() {
    let folder = folder();
    let (_store, log) = with_timeline(folder.path());
    let bytes = fs::read_to_string(&log).unwrap();
    fs::write(&log, bytes.replace('\n', "\r\n")).unwrap();
    assert_eq!(read(folder.path()), changes());

    let (store, _) = Store::open(folder.path()).unwrap();
    let timeline = store.timeline(&whose().0, &whose().1).unwrap();
    let moved = format!("前言\n{TEXT}");
    let words = |text: &str| -> Vec<String> {
        let changes = timeline.changes(text);
        let words = changes.iter().map(|change| change.span.of(text).unwrap());
        words.map(str::to_owned).collect()
    };
    assert_eq!(words(&moved), words(TEXT));
    assert_eq!(words(&TEXT.replace("239.06亿元", "很多")), ["第1", "第1", "第1"]);
    assert_eq!(words(""), Vec::<String>::new());
}

#[test]
fn changes_whose_words_are_not_in_the_text_are_not_written() {
    let folder = folder();
    let mut store = saved(&everything(), folder.path());
    let Part::Timeline {
        annotator,
        report,
        changes,
        ..
    } = timeline(&changes())
    else {
        panic!();
    };
    let part = Part::Timeline {
        annotator,
        report,
        changes,
        text: "别的".into(),
    };
    assert_eq!(store.write(&[part]).unwrap(), 0);
}

#[test]
fn a_log_that_has_grown_too_long_loses_its_oldest_half() {
    let folder = folder();
    let (mut store, log) = with_timeline(folder.path());
    let most = usize::try_from(crate::store::timeline::MOST_BYTES).unwrap();
    let mut change = changes()[2].clone();
    let many: Vec<Change> = (0..1000)
        .map(|_| {
            change.at += 1;
            change.clone()
        })
        .collect();
    let mut next = 0;
    let mut largest = 0;
    while fs::metadata(&log).unwrap().len() as usize >= largest {
        largest = fs::metadata(&log).unwrap().len() as usize;
        let batch: Vec<Change> = many
            .iter()
            .cloned()
            .map(|mut change| {
                change.at += next;
                change
            })
            .collect();
        next += 1000;
        store.write(&[timeline(&batch)]).unwrap();
        assert!(next < 100_000);
    }
    assert!(largest <= most && largest > most * 8 / 10);
    let left = read(folder.path());
    let last = many[999].at + next - 1000;
    assert_eq!(left.last().unwrap().at, last);
    assert!(left.windows(2).all(|pair| pair[0].at + 1 == pair[1].at), "no gap");
    assert!(fs::metadata(&log).unwrap().len() as usize > most * 4 / 10);
}

/// A name that differs by case alone, and a file of another layer in the place of ours.
#[test]
fn a_timeline_belongs_to_its_name() {
    let folder = folder();
    let mut store = saved(&everything(), folder.path());
    for (annotator, count) in [("Li", 1), ("li", 2)] {
        let part = Part::Timeline {
            annotator: annotator.into(),
            report: "000_泉州".into(),
            changes: changes()[..count].to_vec(),
            text: TEXT.into(),
        };
        store.write(&[part]).unwrap();
    }
    let (store, opened) = Store::open(folder.path()).unwrap();
    for (annotator, count) in [("Li", 1), ("li", 2)] {
        let timeline = opened
            .archive
            .timeline(&annotator.into(), &"000_泉州".into())
            .unwrap();
        assert_eq!(timeline.changes(TEXT).len(), count);
        let alone = store.timeline(&annotator.into(), &"000_泉州".into()).unwrap();
        assert_eq!(alone.bytes(), timeline.bytes());
    }
    let history = folder.path().join("history");
    fs::rename(history.join("Li"), history.join("王")).unwrap();
    let (_store, opened) = Store::open(folder.path()).unwrap();
    let moved = opened.archive.timeline(&"王".into(), &"000_泉州".into()).unwrap();
    assert_eq!(moved.bytes(), 0, "a log is only read for whom it names");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_project_is_not_written_through() {
    let folder = folder();
    let root = folder.path().join("project");
    let mut store = saved(&everything(), &root);
    let victim = folder.path().join("victim");
    fs::write(&victim, "mine").unwrap();
    fs::create_dir_all(root.join("history/林")).unwrap();
    std::os::unix::fs::symlink(&victim, root.join(LOG)).unwrap();
    assert!(store.write(&[timeline(&changes())]).is_err());
    assert_eq!(fs::read_to_string(victim).unwrap(), "mine");
}
