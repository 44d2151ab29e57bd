//! The journal, the lock and the settings.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::damage::{Dice, flips};
use super::faults::FaultFiles;
use super::samples::{TEXT, dismissed, everything, folder, report, saved, span, tagged};
use crate::edit::{Edit, Step, Transaction};
use crate::model::{Annotator, DismissReason, Project, Provenance, RejectReason, ReportId, Ruling, Span};
use crate::store::{
    Ground, Journal, Lock, LockError, Past, RealFiles, Recovery, SaveError, StoreNotice, Subject, settings,
};

fn decide(words: &str) -> Edit {
    let decision = tagged(TEXT, words);
    Edit::Decide {
        annotator: "林".into(),
        report: "000_泉州".into(),
        span: decision.span,
        decision: Some(Arc::new(decision)),
    }
}

fn every_edit() -> Vec<Vec<Edit>> {
    let project = everything().project;
    let undecide = Edit::Decide {
        annotator: "林".into(),
        report: "b".into(),
        span: Span::new(24, 32),
        decision: None,
    };
    let second = dismissed(TEXT, "第1", DismissReason::Name);
    let dismiss = Edit::Decide {
        annotator: "林".into(),
        report: "000_泉州".into(),
        span: second.span,
        decision: Some(Arc::new(second)),
    };
    vec![
        vec![decide("239.06亿元"), undecide],
        vec![dismiss],
        vec![
            Edit::SetTitle("题\n\"目\"".to_owned()),
            Edit::SetGuidelines("# 约定\n".to_owned()),
            Edit::SetCatalogue(project.catalogue),
            Edit::SetRules(project.rules),
        ],
        review_edits(),
        vec![
            Edit::InsertReport {
                index: 1,
                report: Box::new(report("c", "新")),
            },
            Edit::SetReport(Box::new(report("c", "新新"))),
            Edit::RemoveReport("c".into()),
        ],
    ]
}

/// The edits that a review makes, each with something and with nothing.
fn review_edits() -> Vec<Edit> {
    let project = everything().project;
    let (annotator, report): (Annotator, ReportId) = ("林".into(), "000_泉州".into());
    let words = span(TEXT, "239.06亿元");
    let mut theirs = tagged(TEXT, "06亿元");
    theirs.proposed = Some(Arc::new(Ruling::Dismissed(DismissReason::Name)));
    theirs.provenance = Some(Provenance::Adjudicated { by: "王".into() });
    let (lesson, experience) = project.memories[&annotator].iter().next().unwrap();
    let mut edits = Vec::new();
    for is_there in [true, false] {
        edits.extend([
            Edit::Reject {
                annotator: annotator.clone(),
                report: report.clone(),
                span: words,
                agent: "tagger".to_owned(),
                reason: is_there.then_some(RejectReason::Unit),
            },
            Edit::Contest {
                annotator: annotator.clone(),
                report: report.clone(),
                span: words,
                theirs: is_there.then(|| Arc::new(theirs.clone())),
            },
            Edit::SetLesson {
                annotator: annotator.clone(),
                lesson: lesson.clone(),
                experience: is_there.then(|| experience.clone()),
            },
            Edit::SetWaiver {
                annotator: annotator.clone(),
                finding: "scale/a".to_owned(),
                reason: is_there.then(|| "因\"为\"".to_owned()),
            },
            Edit::SetExtractor(is_there.then(|| project.extractor.clone()).flatten()),
            Edit::SetSuggestions {
                report: report.clone(),
                suggestions: if is_there {
                    project.suggestions[&report].clone()
                } else {
                    Arc::from([])
                },
            },
        ]);
    }
    edits
}

/// Each edit's own file is what it stands on.
#[test]
fn every_subject_has_a_file() {
    let folder = folder();
    let store = saved(&everything(), folder.path());
    let (annotator, report): (Annotator, ReportId) = ("林".into(), "000_泉州".into());
    for subject in [
        Subject::Head,
        Subject::Catalogue,
        Subject::Rules,
        Subject::Guidelines,
        Subject::Layer(annotator.clone(), report.clone()),
        Subject::Suggestions(report),
        Subject::Memory(annotator.clone()),
        Subject::Waivers(annotator),
    ] {
        assert!(store.hash_of(&subject).is_some(), "{subject:?}");
    }
}

fn begin(folder: &Path, place: &Path, ground: &dyn Fn(&Subject) -> Ground) -> (Journal, Vec<Recovery>) {
    Journal::begin(Arc::new(FaultFiles::well()), folder, place, ground).unwrap()
}

fn log_of(folder: &Path) -> std::path::PathBuf {
    let mut logs = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    logs.find(|path| path.extension().is_some_and(|suffix| suffix == "log"))
        .unwrap()
}

#[test]
fn what_was_not_saved_is_offered_until_it_is_resolved() {
    let folder = folder();
    let place = Path::new("/some/project");
    let project = everything().project;
    let ground = |subject: &Subject| Ground::of(subject, &project, None);
    let (mut journal, left) = begin(folder.path(), place, &ground);
    assert!(left.is_empty());
    for edits in every_edit() {
        journal.append(&edits, &[], &ground).unwrap();
    }
    journal
        .append(&[decide("239.06亿元")], &[("c".into(), "新".into())], &ground)
        .unwrap();
    drop(journal);

    // Another project's journal is its own.
    assert!(begin(folder.path(), Path::new("/other"), &ground).1.is_empty());
    for _ in 0..2 {
        let (_journal, left) = begin(folder.path(), place, &ground);
        let [recovery] = &left[..] else { panic!("{left:?}") };
        assert_eq!(recovery.transactions(), 6);
        assert_eq!(recovery.edits[..5], every_edit()[..]);
        assert_eq!(recovery.texts, [("c".into(), "新".into())]);
        assert!(recovery.base_matches);
        assert!(recovery.since.elapsed().unwrap().as_secs() < 60);
    }
    let (_journal, left) = begin(folder.path(), place, &ground);
    for recovery in left {
        recovery.resolve().unwrap();
    }
    assert!(begin(folder.path(), place, &ground).1.is_empty());
}

/// What the first format's journals hold is offered by every later version, or a crash before an update would cost it.
#[test]
fn the_first_format_of_the_journal_is_read() {
    let folder = folder();
    let place = Path::new("p");
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/v1/journal.log");
    let project = everything().project;
    let ground = |subject: &Subject| Ground::of(subject, &project, None);
    if std::env::var_os("NEW_FIXTURE").is_some() {
        let (mut journal, _) = begin(folder.path(), place, &ground);
        for edits in every_edit() {
            journal
                .append(&edits, &[("c".into(), "新".into())], &ground)
                .unwrap();
        }
        fs::copy(log_of(folder.path()), &fixture).unwrap();
        return;
    }
    let log = folder
        .path()
        .join(format!("{}-0.log", crate::store::layout::key_of(place)));
    fs::copy(fixture, log).unwrap();
    let (_journal, left) = begin(folder.path(), place, &ground);
    let [recovery] = &left[..] else { panic!("{left:?}") };
    assert_eq!(recovery.edits, every_edit());
    assert_eq!(recovery.texts.len(), every_edit().len());
    assert!(recovery.base_matches);
}

/// The same for what can be undone: two steps, one that was taken back, and one that was made again.
#[test]
fn the_first_format_of_the_undo_log_is_read() {
    let (folder, place) = (folder(), Path::new("p"));
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/v1/undo.past");
    let project = everything().project;
    let ground = |subject: &Subject| Ground::of(subject, &project, None);
    let transactions: Vec<Transaction> = every_edit()
        .into_iter()
        .map(|edits| Transaction {
            name: "decide".into(),
            edits,
            place: Some(("b".into(), Span::new(24, 32))),
        })
        .collect();
    let log = folder
        .path()
        .join(format!("{}.past", crate::store::layout::key_of(place)));
    let mut past = Past::at(Arc::new(RealFiles), folder.path(), place);
    if std::env::var_os("NEW_FIXTURE").is_some() {
        let mut steps: Vec<Step> = transactions.iter().cloned().map(Step::Did).collect();
        let last = transactions[transactions.len() - 1].clone();
        steps.extend([
            Step::Undid(last.clone()),
            Step::Redid(last.clone()),
            Step::Undid(last),
        ]);
        past.note(steps);
        past.keep([], &ground).unwrap();
        fs::copy(log, fixture).unwrap();
        return;
    }
    fs::copy(fixture, log).unwrap();
    let history = past.recall(&|_| true, &ground).unwrap();
    let (done, undone) = (history.done().cloned(), history.undone().cloned());
    assert_eq!(done.collect::<Vec<_>>(), transactions[..transactions.len() - 1]);
    assert_eq!(undone.collect::<Vec<_>>(), transactions[transactions.len() - 1..]);
}

/// What is recovered takes the place of the log that it comes from, so that it is never offered twice.
#[test]
fn a_log_is_adopted_at_one_stroke() {
    let folder = folder();
    let project = everything().project;
    let ground = |subject: &Subject| Ground::of(subject, &project, None);
    let place = Path::new("p");
    let (mut first, _) = begin(folder.path(), place, &ground);
    let (mut second, _) = begin(folder.path(), place, &ground);
    first.append(&every_edit()[0], &[], &ground).unwrap();
    second.append(&every_edit()[1], &[], &ground).unwrap();
    drop((first, second));
    let (mut third, left) = begin(folder.path(), place, &ground);
    assert_eq!(left.len(), 2);
    third.append(&every_edit()[2], &[], &ground).unwrap();
    let texts = [("c".into(), "新".into())];
    third.adopt(left, &every_edit()[..2], &texts, &ground).unwrap();
    third.append(&every_edit()[3], &[], &ground).unwrap();
    drop(third);
    let (mut fourth, left) = begin(folder.path(), place, &ground);
    let [recovery] = &left[..] else { panic!("{left:?}") };
    let [a, b, c, d, ..] = &every_edit()[..] else {
        panic!()
    };
    assert_eq!(recovery.edits, [c.clone(), a.clone(), b.clone(), d.clone()]);
    assert_eq!(recovery.texts, texts);
    // Unwanted ones are adopted without their gestures.
    fourth.adopt(left, &[], &[], &ground).unwrap();
    drop(fourth);
    assert!(begin(folder.path(), place, &ground).1.is_empty());
}

/// A second window has a log of its own, and what a living one does is not offered.
#[test]
fn the_log_of_a_living_run_is_left_alone() {
    let folder = folder();
    let project = everything().project;
    let ground = |subject: &Subject| Ground::of(subject, &project, None);
    let place = Path::new("p");
    let (mut first, _) = begin(folder.path(), place, &ground);
    first.append(&every_edit()[0], &[], &ground).unwrap();
    let (mut second, left) = begin(folder.path(), place, &ground);
    assert!(left.is_empty());
    second.append(&every_edit()[1], &[], &ground).unwrap();
    first.append(&every_edit()[2], &[], &ground).unwrap();
    drop((first, second));
    let (_third, left) = begin(folder.path(), place, &ground);
    let counts: Vec<usize> = left.iter().map(Recovery::transactions).collect();
    assert_eq!(counts, [2, 1]);
}

#[test]
fn what_was_saved_is_not_offered() {
    let folder = folder();
    let project = everything().project;
    let ground = |subject: &Subject| Ground::of(subject, &project, None);
    let (mut journal, _) = begin(folder.path(), Path::new("p"), &ground);
    for edits in every_edit() {
        journal.append(&edits, &[], &ground).unwrap();
    }
    journal.clear(4, &ground).unwrap();
    assert_eq!(journal.len(), 1);
    journal.append(&[decide("239.06亿元")], &[], &ground).unwrap();
    drop(journal);
    let (mut journal, left) = begin(folder.path(), Path::new("p"), &ground);
    assert_eq!(
        left[0].edits,
        [every_edit()[4].clone(), vec![decide("239.06亿元")]]
    );
    journal.append(&[decide("239.06亿元")], &[], &ground).unwrap();
    journal.clear(1, &ground).unwrap();
    journal.append(&[decide("239.06亿元")], &[], &ground).unwrap();
    journal.clear(1, &ground).unwrap();
    journal.finish().unwrap();
    for recovery in left {
        recovery.resolve().unwrap();
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_torn_end_costs_only_itself() {
    let folder = folder();
    let project = everything().project;
    let ground = |subject: &Subject| Ground::of(subject, &project, None);
    let (mut journal, _) = begin(folder.path(), Path::new("p"), &ground);
    let mut lengths = Vec::new();
    for edits in every_edit() {
        journal.append(&edits, &[], &ground).unwrap();
        lengths.push(usize::try_from(fs::metadata(log_of(folder.path())).unwrap().len()).unwrap());
    }
    drop(journal);
    let log = log_of(folder.path());
    let bytes = fs::read(&log).unwrap();
    let offered = |bytes: &[u8]| {
        fs::write(&log, bytes).unwrap();
        let (_journal, left) = begin(folder.path(), Path::new("p"), &ground);
        let edits = left
            .iter()
            .flat_map(|recovery| recovery.edits.clone())
            .collect::<Vec<_>>();
        for recovery in left {
            recovery.resolve().unwrap();
        }
        edits
    };
    for cut in (0..bytes.len()).step_by(7) {
        let whole = lengths.iter().filter(|&&length| length <= cut).count();
        assert_eq!(offered(&bytes[..cut]), every_edit()[..whole], "cut at {cut}");
    }
    let mut dice = Dice(3);
    for _ in 0..flips().max(600) {
        let at = dice.below(bytes.len());
        let mut damaged = bytes.clone();
        damaged[at] ^= 1 << dice.below(8);
        let whole = lengths.iter().filter(|&&length| length <= at).count();
        let left = offered(&damaged);
        // A digit of the sum that has only changed its case says the same.
        let is_right = left == every_edit();
        assert!(
            is_right || left == every_edit()[..whole],
            "flipped at {at}: {left:?}"
        );
    }
}

#[test]
fn edits_on_files_that_changed_since_are_marked() {
    let folder = folder();
    let root = folder.path().join("project");
    let data = folder.path().join("data");
    let mut opened = everything();
    let store = saved(&opened, &root);
    let edits = [decide("239.06亿元")];
    let subject = Subject::Layer("林".into(), "000_泉州".into());
    assert!(store.hash_of(&subject).is_some());
    let (mut journal, _) = {
        let ground = |subject: &Subject| Ground::of(subject, &opened.project, Some(&store));
        begin(&data, &root, &ground)
    };
    journal
        .append(&edits, &[], &|subject| {
            Ground::of(subject, &opened.project, Some(&store))
        })
        .unwrap();
    drop(journal);

    let matches = |project: &Project, store: &crate::store::Store| {
        let ground = |subject: &Subject| Ground::of(subject, project, Some(store));
        begin(&data, &root, &ground).1[0].base_matches
    };
    assert!(matches(&opened.project, &store));
    let file = root.join("layers/林/000_泉州.ron");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}\n")).unwrap();
    let (reopened, _) = crate::store::Store::open(&root).unwrap();
    assert!(!matches(&opened.project, &reopened));
    opened.project.reports[0].fingerprint.chars += 1;
    assert!(!matches(&opened.project, &store));
}

#[test]
fn one_writer_at_a_time_until_another_takes_over() {
    let folder = folder();
    let place = Path::new("/some/project");
    let mut first = Lock::take(folder.path(), place).unwrap();
    assert!(first.is_ours());
    Lock::take(folder.path(), Path::new("/other")).unwrap();
    let Err(LockError::Held { by }) = Lock::take(folder.path(), place) else {
        panic!("taken twice");
    };
    assert_eq!(by.pid, std::process::id());
    let mut second = Lock::take_over(folder.path(), place).unwrap();
    assert!(!first.is_ours() && second.is_ours());
    drop(first);
    assert!(second.is_ours());
    assert!(matches!(
        Lock::take(folder.path(), place),
        Err(LockError::Held { .. })
    ));
    drop(second);
    Lock::take(folder.path(), place).unwrap();
}

#[derive(Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
struct Zoom {
    percent: u32,
    name: Option<String>,
}

#[test]
fn broken_settings_are_kept_under_another_name() {
    let folder = folder();
    let path = folder.path().join("deep/settings.ron");
    assert_eq!(settings::load::<Zoom>(&path), (Zoom::default(), None));
    let zoom = Zoom {
        percent: 125,
        name: Some("大".to_owned()),
    };
    settings::save(&path, &zoom).unwrap();
    assert_eq!(settings::load::<Zoom>(&path), (zoom, None));
    fs::write(&path, "(percent: 12,\n name: 5)").unwrap();
    let (loaded, notice) = settings::load::<Zoom>(&path);
    assert_eq!(loaded, Zoom::default());
    let Some(StoreNotice::SettingsReset { broken, kept_as }) = notice else {
        panic!("{notice:?}");
    };
    assert_eq!(broken.line, 2);
    assert_eq!(kept_as.unwrap().file_name().unwrap(), "settings.ron.bad");
    assert!(!path.exists());
}

#[test]
fn the_journal_says_what_it_could_not_write() {
    let folder = folder();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let ground = |_: &Subject| Ground::default();
    let refused = Journal::begin(Arc::new(RealFiles), &file, Path::new("p"), &ground);
    assert!(matches!(refused, Err(SaveError::Io { .. })));
}
