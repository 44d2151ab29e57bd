//! Power cuts: operations that were not brought to the disk are undone, in any choice, at any moment.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::{Disk, DiskFiles};
use super::samples::{TEXT, dismissed, everything, folder, parts, span, tagged};
use crate::edit::{Edit, again, apply};
use crate::model::{Decision, DismissReason, Project, Span};
use crate::store::{Ground, Journal, Opened, Part, Store, Subject};

/// Where the project lies on the disk in memory.
const ROOT: &str = "/project";

fn decide(report: &str, span: Span, decision: Option<Decision>) -> Edit {
    Edit::Decide {
        annotator: "林".into(),
        report: report.into(),
        span,
        decision: decision.map(Arc::new),
    }
}

/// Gestures that build on each other, some over several files, one in the way of another.
fn gestures() -> Vec<Vec<Edit>> {
    let name = |words| dismissed(TEXT, words, DismissReason::Name);
    let (short, long) = (span(TEXT, "19.4"), span(TEXT, "19.4%"));
    let second = Span::new(24, 32);
    vec![
        vec![Edit::SetTitle("一".to_owned()), decide("b", second, None)],
        vec![
            decide("000_泉州", short, Some(name("19.4"))),
            decide(
                "b",
                second,
                Some(Decision {
                    span: second,
                    ..dismissed(TEXT, "2023年", DismissReason::Date)
                }),
            ),
        ],
        vec![
            decide("000_泉州", short, None),
            decide("000_泉州", long, Some(tagged(TEXT, "19.4%"))),
        ],
        vec![
            Edit::SetTitle("二".to_owned()),
            Edit::SetGuidelines(String::new()),
        ],
        vec![
            decide("b", second, None),
            decide("000_泉州", long, Some(name("19.4%"))),
        ],
        vec![
            decide("000_泉州", long, None),
            Edit::SetGuidelines("三".to_owned()),
        ],
    ]
}

/// After each of these gestures the files are written.
const SAVED_AFTER: [usize; 4] = [1, 2, 4, 5];

fn changed_parts(opened: &Opened) -> Vec<Part> {
    let is_changed = |part: &Part| match part {
        Part::Head { .. } | Part::Guidelines(_) => true,
        Part::Layer { annotator, .. } => annotator.0.as_ref() == "林",
        _ => false,
    };
    let mut changed = parts(opened);
    changed.retain(is_changed);
    for report in ["000_泉州", "b"] {
        let is_there = opened.project.layer(&"林".into(), &report.into()).is_some();
        if !is_there {
            changed.push(Part::Layer {
                annotator: "林".into(),
                report: report.into(),
                layer: crate::model::Layer::default(),
                text: Arc::clone(&opened.texts[&report.into()]),
            });
        }
    }
    changed
}

struct Run {
    before: Disk,
    after: Disk,
    /// The project before all gestures and after each.
    states: Vec<Project>,
    /// For each gesture how many operations had been done when it was told to be safe.
    safe_after: Vec<usize>,
    /// Every content that each file ever had as a whole.
    contents: BTreeMap<PathBuf, BTreeSet<Vec<u8>>>,
}

fn run(data: &Path) -> Run {
    let files = DiskFiles::default();
    let mut opened = everything();
    let mut store = Store::create_on(Arc::new(files.clone()), Path::new(ROOT)).unwrap();
    store.write(&parts(&opened)).unwrap();
    let mut before = files.disk();
    before.ops.clear();
    let files = DiskFiles::over(before.clone());
    let (mut store, found) = Store::open_on(Arc::new(files.clone()), Path::new(ROOT)).unwrap();
    assert_eq!(found.notices, []);
    let about = opened.project.clone();
    let begun = Journal::begin(Arc::new(files.clone()), data, Path::new("p"), &|_| {
        Ground::default()
    });
    let (mut journal, _) = begun.unwrap();
    let mut states = vec![opened.project.clone()];
    let (mut safe_after, mut contents) = (Vec::new(), BTreeMap::<_, BTreeSet<_>>::new());
    let mut note = |disk: Disk| {
        for (path, bytes) in disk.holds() {
            contents.entry(path).or_default().insert(bytes);
        }
    };
    note(before.clone());
    for (place, gesture) in gestures().into_iter().enumerate() {
        for edit in gesture.clone() {
            apply(&mut opened.project, edit).unwrap();
        }
        states.push(opened.project.clone());
        journal
            .append(&gesture, &[], &|subject| {
                Ground::of(subject, &about, Some(&store))
            })
            .unwrap();
        safe_after.push(files.disk().ops.len());
        if SAVED_AFTER.contains(&place) {
            store.write(&changed_parts(&opened)).unwrap();
            note(files.disk());
            let saved = journal.len();
            journal
                .clear(saved, &|subject| Ground::of(subject, &about, Some(&store)))
                .unwrap();
        }
    }
    drop(journal);
    Run {
        before,
        after: files.disk(),
        states,
        safe_after,
        contents,
    }
}

/// Opens a disk after a cut and makes again what is offered: the number of gestures that are there in the end.
fn outcome(run: &Run, disk: Disk, data: &Path) -> Result<usize, String> {
    for (path, bytes) in disk.holds() {
        let is_temporary = path.extension().is_some_and(|suffix| suffix == "tmp");
        if path.starts_with(ROOT) && !is_temporary && !run.contents[&path].contains(&bytes) {
            return Err(format!("{} is not whole", path.display()));
        }
    }
    let files = DiskFiles::over(disk);
    let (store, opened) =
        Store::open_on(Arc::new(files.clone()), Path::new(ROOT)).map_err(|error| error.to_string())?;
    if !opened.notices.is_empty() {
        return Err(format!("{:?}", opened.notices));
    }
    let mut project = opened.project;
    let about = project.clone();
    let ground = |subject: &Subject| Ground::of(subject, &about, Some(&store));
    let (_journal, left) =
        Journal::begin(Arc::new(files), data, Path::new("p"), &ground).map_err(|error| error.to_string())?;
    for recovery in left {
        for (place, gesture) in recovery.edits.iter().enumerate() {
            let (edits, refused) = again(&project, gesture, &recovery.edits[place + 1..]);
            if let Some(refused) = refused {
                return Err(format!("refused: {refused}"));
            }
            for edit in edits {
                apply(&mut project, edit).map_err(|error| error.to_string())?;
            }
        }
    }
    let place = run.states.iter().rposition(|state| *state == project);
    place.ok_or_else(|| "a state that never was".to_owned())
}

/// Which choices of undone operations are tried: all of a few, else each alone, each kept alone, and some by dice.
fn choices(unsafe_ops: &[usize]) -> Vec<BTreeSet<usize>> {
    let count = unsafe_ops.len();
    let chosen = |mask: usize| -> BTreeSet<usize> {
        let is_chosen = |place: &usize| mask >> (place % 60) & 1 == 1;
        (0..count)
            .filter(is_chosen)
            .map(|place| unsafe_ops[place])
            .collect()
    };
    if count <= 7 {
        return (0..1 << count).map(chosen).collect();
    }
    let all = usize::MAX;
    let alone = (0..count).flat_map(|place| [1 << place, all ^ (1 << place)]);
    let dice = (1..20_usize).map(|n| n.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(17));
    [0, all]
        .into_iter()
        .chain(alone)
        .chain(dice)
        .map(chosen)
        .collect()
}

#[test]
fn a_power_cut_leaves_the_old_the_new_or_what_is_recovered() {
    let data = folder();
    let run = run(data.path());
    let mut cuts = 0;
    for count in 0..=run.after.ops.len() {
        let safe = run.safe_after.iter().filter(|after| **after <= count).count();
        for undone in choices(&run.after.unsafe_ops(count)) {
            let disk = run.after.cut(&run.before, count, &undone);
            let done: Vec<_> = run.after.ops[..count]
                .iter()
                .enumerate()
                .filter(|(place, _)| !undone.contains(place))
                .collect();
            match outcome(&run, disk, data.path()) {
                Ok(reached) if reached >= safe => cuts += 1,
                other => panic!("cut after {count}, {safe} safe: {other:?}\n{done:?}"),
            }
        }
    }
    assert!(cuts > 300, "only {cuts} cuts");
}

/// A disk that tells of success without having done it is what the check would notice.
#[test]
fn without_syncs_a_power_cut_would_lose_gestures() {
    let data = folder();
    let mut run = run(data.path());
    run.after.ops.retain(|op| !matches!(op, super::disk::Op::Sync(_)));
    let count = run.after.ops.len();
    let undone = run.after.unsafe_ops(count).into_iter().collect();
    let disk = run.after.cut(&run.before, count, &undone);
    assert!(outcome(&run, disk, data.path()).is_err());
}
