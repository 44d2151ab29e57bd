//! Files that are cut off, flipped, hostile, or from another time.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::samples::{TEXT, dismissed, everything, files_below, folder, layer, parts, plain, saved};
use crate::model::{Annotator, DismissReason, ReportId};
use crate::store::{OpenError, Opened, Part, ReadOnly, SaveError, Store, StoreNotice};

/// The same sequence on every machine.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// The kinds of project files whose damage must be noticed; guidelines are prose without a check.
fn checked_files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = files_below(root);
    files.remove(Path::new("guidelines.md"));
    files
}

/// Whether damage was told of, or did none.
fn is_told_or_right(opened: &Result<(Store, Opened), OpenError>, right: &Opened) -> bool {
    match opened {
        Err(error) => !error.to_string().is_empty(),
        Ok((_, opened)) => {
            !opened.notices.is_empty()
                || (opened.project == right.project
                    && opened.texts == right.texts
                    && opened.project.suggestions == right.project.suggestions)
        }
    }
}

#[test]
fn a_file_cut_off_anywhere_is_told_of() {
    let folder = folder();
    let right = everything();
    saved(&right, folder.path());
    for (name, bytes) in checked_files(folder.path()) {
        let path = folder.path().join(&name);
        for part in 0..200 {
            fs::write(&path, &bytes[..bytes.len() * part / 200]).unwrap();
            let opened = Store::open(folder.path());
            assert!(
                is_told_or_right(&opened, &right),
                "{} cut at {part}/200",
                name.display()
            );
        }
        fs::write(&path, &bytes).unwrap();
    }
}

/// How many bytes of each kind of file are flipped, unless `FLIPS` says.
pub fn flips() -> usize {
    std::env::var("FLIPS").map_or(100, |flips| flips.parse().unwrap())
}

#[test]
fn a_flipped_byte_is_told_of() {
    let folder = folder();
    let right = everything();
    saved(&right, folder.path());
    let mut dice = Dice(7);
    for (name, bytes) in checked_files(folder.path()) {
        let path = folder.path().join(&name);
        for _ in 0..flips() {
            let (at, bit) = (dice.below(bytes.len()), dice.below(8));
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << bit;
            fs::write(&path, &damaged).unwrap();
            let opened = Store::open(folder.path());
            assert!(
                is_told_or_right(&opened, &right),
                "{} bit {bit} of byte {at} in {:?}",
                name.display(),
                String::from_utf8_lossy(&bytes[at.saturating_sub(20)..(at + 20).min(bytes.len())])
            );
        }
        fs::write(&path, &bytes).unwrap();
    }
}

#[test]
fn hostile_files_are_refused_at_once() {
    let folder = folder();
    let right = everything();
    saved(&right, folder.path());
    let deep = "(".repeat(1 << 20);
    let nested = format!("(format: 1, decisions: {}", "[".repeat(1 << 20));
    let comment = format!("/*{}", "/*".repeat(1 << 18));
    for hostile in [
        "",
        "\0\0\0\0",
        "null",
        &deep,
        &nested,
        &comment,
        "(format: 99999999999)",
    ] {
        for name in ["project.ron", "catalogue.ron", "layers/林/000_泉州.ron"] {
            let path = folder.path().join(name);
            let bytes = fs::read(&path).unwrap();
            fs::write(&path, hostile).unwrap();
            let opened = Store::open(folder.path());
            assert!(
                opened
                    .as_ref()
                    .map_or(true, |(_, opened)| !opened.notices.is_empty())
            );
            assert_eq!(fs::read(&path).unwrap(), hostile.as_bytes());
            fs::write(&path, bytes).unwrap();
        }
    }
}

#[test]
fn a_broken_layer_costs_itself_and_is_never_overwritten() {
    let folder = folder();
    let right = everything();
    saved(&right, folder.path());
    let path = folder.path().join("layers/林/000_泉州.ron");
    let broken = fs::read_to_string(&path).unwrap().replace("origin:", "orgin:");
    fs::write(&path, &broken).unwrap();

    let (mut store, opened) = Store::open(folder.path()).unwrap();
    let [StoreNotice::Broken(notice)] = &opened.notices[..] else {
        panic!("{:?}", opened.notices);
    };
    assert_eq!((notice.path.as_path(), notice.line), (path.as_path(), 37));
    assert!(notice.message.contains("`orgin`") && notice.message.contains("`origin`"));
    let (annotator, report): (Annotator, ReportId) = ("林".into(), "000_泉州".into());
    assert_eq!(opened.project.layer(&annotator, &report), None);
    assert_eq!(opened.project.layer(&annotator, &"b".into()).unwrap().len(), 1);

    let part = Part::Layer {
        annotator,
        report,
        layer: layer([dismissed(TEXT, "19.4%", DismissReason::Name)]),
        text: TEXT.into(),
    };
    let refused = store.write(&[part.clone(), Part::Guidelines("saved".to_owned())]);
    assert!(matches!(refused, Err(SaveError::Broken(_))));
    assert_eq!(
        fs::read_to_string(folder.path().join("guidelines.md")).unwrap(),
        "saved"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), broken);

    let aside = store.set_aside(&path).unwrap().unwrap();
    assert_eq!(aside.file_name().unwrap(), "000_泉州.ron.broken");
    assert_eq!(store.write(&[part]).unwrap(), 1);
    assert_eq!(fs::read_to_string(aside).unwrap(), broken);
    let (_store, opened) = Store::open(folder.path()).unwrap();
    assert_eq!(opened.notices, []);
}

#[test]
fn errors_name_the_place() {
    for (file, from, to, line, message) in [
        (
            "project.ron",
            "language: \"en\"",
            "language: \"fr\"",
            6,
            "expected one of zh, en",
        ),
        (
            "catalogue.ron",
            "value_type: \"amount\"",
            "value_type: \"amont\"",
            11,
            "expected one of amount, count",
        ),
        ("catalogue.ron", "min: \"0\"", "min: \"o\"", 13, ""),
        (
            "catalogue.ron",
            "pinned: true",
            "pinned: false",
            18,
            "take its `check` out",
        ),
        ("rules.ron", "enabled: true,", "", 10, "`enabled`"),
        ("layers/林/b.ron", "at: (8, 12)", "at: (12, 8)", 17, ""),
    ] {
        let folder = folder();
        saved(&everything(), folder.path());
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(&path, text.replace(from, to)).unwrap();
        let broken = match Store::open(folder.path()) {
            Err(OpenError::Broken(broken)) => broken,
            Ok((_, opened)) => match opened.notices.into_iter().next() {
                Some(StoreNotice::Broken(broken)) => broken,
                other => panic!("{file}: {other:?}"),
            },
            Err(other) => panic!("{file}: {other:?}"),
        };
        assert_eq!(broken.path, path);
        assert!(broken.message.contains(message), "{broken}");
        assert!(broken.line.abs_diff(line) <= 1 && broken.column > 0, "{broken}");
    }
}

#[test]
fn a_person_may_change_a_record_by_taking_its_check_out() {
    let folder = folder();
    saved(&everything(), folder.path());
    let path = folder.path().join("layers/林/b.ron");
    let text = fs::read_to_string(&path).unwrap().replace("\"name\"", "\"date\"");
    let kept: Vec<&str> = text.lines().filter(|line| !line.contains("check:")).collect();
    fs::write(&path, kept.join("\n")).unwrap();
    let (mut store, opened) = Store::open(folder.path()).unwrap();
    assert_eq!(opened.notices, []);
    assert_eq!(store.write(&parts(&opened)).unwrap(), 1);
    assert!(fs::read_to_string(&path).unwrap().contains("check:"));
}

#[test]
fn a_bare_list_is_a_catalogue() {
    let folder = folder();
    saved(&everything(), folder.path());
    let list = "[(id: \"gdp\", name: \"地区生产总值\", value_type: \"amount\")]";
    fs::write(folder.path().join("catalogue.ron"), list).unwrap();
    let (_store, opened) = Store::open(folder.path()).unwrap();
    assert_eq!(opened.notices, []);
    assert_eq!(opened.project.catalogue.indicators[0].name, "地区生产总值");
}

#[test]
fn a_newer_project_is_opened_read_only() {
    let folder = folder();
    let right = plain();
    saved(&right, folder.path());
    let path = folder.path().join("project.ron");
    let newer = fs::read_to_string(&path)
        .unwrap()
        .replace("format: 1", "format: 2")
        .replace("title:", "mood: (calm: true), title:")
        .lines()
        .filter(|line| !line.contains("check:"))
        .collect::<Vec<_>>()
        .join("\n");
    fs::write(&path, &newer).unwrap();
    let (mut store, opened) = Store::open(folder.path()).unwrap();
    assert_eq!(opened.read_only, Some(ReadOnly::NewerFormat { found: 2 }));
    assert_eq!(opened.project, right.project);
    let refused = store.write(&[Part::Guidelines("x".to_owned())]);
    assert!(matches!(refused, Err(SaveError::NewerFormat { .. })));
    assert_eq!(fs::read_to_string(&path).unwrap(), newer);

    fs::write(&path, "(format: 3, all: \"new\")").unwrap();
    assert!(matches!(
        Store::open(folder.path()),
        Err(OpenError::NewerFormat { found: 3, .. })
    ));
}

#[test]
fn a_newer_layer_is_read_and_not_written() {
    let folder = folder();
    saved(&everything(), folder.path());
    let path = folder.path().join("layers/林/b.ron");
    let newer = fs::read_to_string(&path)
        .unwrap()
        .replace("format: 1", "format: 2");
    fs::write(&path, newer).unwrap();
    let (mut store, mut opened) = Store::open(folder.path()).unwrap();
    assert!(matches!(
        &opened.notices[..],
        [StoreNotice::NewerFormat {
            found: 2,
            read: true,
            ..
        }]
    ));
    assert_eq!(opened.project, everything().project);
    let layers = opened.project.layers.get_mut(&"林".into()).unwrap();
    layers.insert("b".into(), layer([]));
    assert!(matches!(
        store.write(&parts(&opened)),
        Err(SaveError::NewerFormat { .. })
    ));
}

#[test]
fn a_missing_text_keeps_its_report_and_its_decisions() {
    let folder = folder();
    saved(&everything(), folder.path());
    let before = files_below(folder.path());
    fs::remove_file(folder.path().join("reports/b.txt")).unwrap();
    let (mut store, opened) = Store::open(folder.path()).unwrap();
    assert!(matches!(&opened.notices[..], [StoreNotice::TextMissing { .. }]));
    assert_eq!(opened.project.reports.len(), 2);
    let part = Part::Layer {
        annotator: "林".into(),
        report: "b".into(),
        layer: layer([]),
        text: "".into(),
    };
    assert!(matches!(store.write(&[part]), Err(SaveError::NotRead { .. })));
    let file = Path::new("layers/林/b.ron");
    assert_eq!(files_below(folder.path())[file], before[file]);
}
