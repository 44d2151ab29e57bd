//! Files that another program changes while a project is open.

use std::fs;
use std::sync::Arc;

use super::samples::{TEXT, everything, files_below, folder, parts, saved};
use crate::model::DismissReason;
use crate::store::{OpenError, Part, ReadOnly, SaveError, Store};

fn guidelines(words: &str) -> [Part; 1] {
    [Part::Guidelines(words.to_owned())]
}

#[test]
fn a_file_changed_outside_is_never_overwritten_silently() {
    let folder = folder();
    let mut store = saved(&everything(), folder.path());
    let path = folder.path().join("guidelines.md");
    assert_eq!(store.changed_outside(), Vec::<std::path::PathBuf>::new());
    // The same length, and perhaps the same time: only the content tells.
    let theirs = fs::read_to_string(&path).unwrap().replace("只标", "不标");
    fs::write(&path, &theirs).unwrap();
    assert_eq!(store.changed_outside(), [path.as_path()]);
    assert!(matches!(
        store.write(&guidelines("ours")),
        Err(SaveError::ChangedOnDisk { .. })
    ));
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs);

    // Both: theirs is put aside.
    let aside = store.set_aside(&path).unwrap().unwrap();
    assert_eq!(store.write(&guidelines("ours")).unwrap(), 1);
    assert_eq!(fs::read_to_string(aside).unwrap(), theirs);
    assert_eq!(fs::read_to_string(&path).unwrap(), "ours");

    // Ours: theirs is overwritten.
    fs::write(&path, "theirs").unwrap();
    store.overwrite(&path).unwrap();
    assert_eq!(store.write(&guidelines("mine")).unwrap(), 1);

    // Theirs: the file is read again.
    fs::write(&path, "theirs").unwrap();
    let opened = everything();
    let (part, notices) = store
        .reload(&path, &opened.project.reports, &opened.texts)
        .unwrap();
    assert_eq!(part, Some(Part::Guidelines("theirs".to_owned())));
    assert_eq!(notices, []);
    assert_eq!(store.write(&guidelines("after")).unwrap(), 1);
}

#[test]
fn files_removed_or_added_outside_are_noticed() {
    let folder = folder();
    let opened = everything();
    let mut store = saved(&opened, folder.path());
    let removed = folder.path().join("layers/林/b.ron");
    let added = folder.path().join("layers/李/000_泉州.ron");
    fs::remove_file(&removed).unwrap();
    fs::create_dir(folder.path().join("layers/李")).unwrap();
    let theirs = fs::read_to_string(folder.path().join("layers/林/000_泉州.ron")).unwrap();
    fs::write(&added, theirs.replace("annotator: \"林\"", "annotator: \"李\"")).unwrap();
    assert_eq!(store.changed_outside(), [removed.clone(), added.clone()]);
    let (part, _) = store
        .reload(&added, &opened.project.reports, &opened.texts)
        .unwrap();
    let Some(Part::Layer { annotator, layer, .. }) = part else {
        panic!("{part:?}");
    };
    assert_eq!((&*annotator.0, layer.len()), ("李", 3));
    let (part, _) = store
        .reload(&removed, &opened.project.reports, &opened.texts)
        .unwrap();
    assert_eq!(part, None);
    assert_eq!(store.changed_outside(), Vec::<std::path::PathBuf>::new());
    assert_eq!(store.write(&parts(&opened)).unwrap(), 1);
}

#[test]
fn every_kind_of_file_can_be_read_again() {
    let folder = folder();
    let opened = everything();
    let mut store = saved(&opened, folder.path());
    for path in files_below(folder.path()).into_keys() {
        let path = folder.path().join(path);
        let (part, notices) = store
            .reload(&path, &opened.project.reports, &opened.texts)
            .unwrap();
        assert_eq!(notices, []);
        assert!(parts(&opened).contains(&part.unwrap()), "{}", path.display());
    }
    assert_eq!(store.write(&parts(&opened)).unwrap(), 0);
}

#[test]
fn a_file_that_appeared_where_ours_belongs_is_kept() {
    let folder = folder();
    let mut opened = everything();
    opened.project.guidelines.clear();
    let mut store = saved(&opened, folder.path());
    let path = folder.path().join("guidelines.md");
    fs::write(&path, "theirs").unwrap();
    assert!(matches!(
        store.write(&guidelines("ours")),
        Err(SaveError::ChangedOnDisk { .. })
    ));
    assert_eq!(store.write(&guidelines("theirs")).unwrap(), 0);
    assert_eq!(store.write(&guidelines("ours")).unwrap(), 1);
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_and_a_read_only_file_are_left_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    let root = folder.path().join("p");
    let mut store = saved(&everything(), &root);
    let path = root.join("guidelines.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    assert!(matches!(
        store.write(&guidelines("x")),
        Err(SaveError::ReadOnly { .. })
    ));
    fs::set_permissions(&root, fs::Permissions::from_mode(0o555)).unwrap();
    let (mut store, opened) = Store::open(&root).unwrap();
    assert_eq!(opened.read_only, Some(ReadOnly::NotWritable));
    assert!(matches!(
        store.write(&guidelines("x")),
        Err(SaveError::ReadOnly { .. })
    ));
    fs::set_permissions(&root, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_access_rights() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    let mut store = saved(&everything(), folder.path());
    let path = folder.path().join("guidelines.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    store.write(&guidelines("x")).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}

/// A file that has two names goes on under ours; what stands under the other one stays as it was, and is still whole.
#[cfg(unix)]
#[test]
fn a_hard_link_keeps_what_it_had() {
    let folder = folder();
    let root = folder.path().join("p");
    let mut store = saved(&everything(), &root);
    let (path, other) = (root.join("guidelines.md"), folder.path().join("copy.md"));
    fs::hard_link(&path, &other).unwrap();
    let before = fs::read_to_string(&other).unwrap();
    assert_eq!(store.write(&guidelines("ours")).unwrap(), 1);
    assert_eq!(fs::read_to_string(&path).unwrap(), "ours");
    assert_eq!(fs::read_to_string(&other).unwrap(), before);
    let log = root.join("history/林/000_泉州.log");
    store
        .write(&[super::samples::timeline(&super::samples::changes())])
        .unwrap();
    fs::hard_link(&log, folder.path().join("copy.log")).unwrap();
    store
        .write(&[super::samples::timeline(&super::samples::changes())])
        .unwrap();
    assert_eq!(store.changed_outside(), Vec::<std::path::PathBuf>::new());
}

/// A file that becomes a folder, or whose folder is gone, is told of; what else there is is saved.
#[test]
fn a_file_that_was_replaced_by_a_folder_is_left_alone() {
    let folder = folder();
    let opened = everything();
    let mut store = saved(&opened, folder.path());
    let path = folder.path().join("guidelines.md");
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    fs::write(path.join("theirs"), "x").unwrap();
    let refused = store.write(&guidelines("ours")).unwrap_err();
    assert!(
        refused.path() == path && !refused.advice().is_empty(),
        "{refused}"
    );
    assert_eq!(fs::read_to_string(path.join("theirs")).unwrap(), "x");
    fs::remove_dir_all(folder.path().join("layers")).unwrap();
    assert!(store.changed_outside().len() >= 3);
    let part = Part::Layer {
        annotator: "林".into(),
        report: "b".into(),
        layer: super::samples::layer([]),
        text: Arc::clone(&opened.texts[&"b".into()]),
    };
    let refused = store.write(&[part]);
    assert!(
        matches!(refused, Err(SaveError::ChangedOnDisk { .. })),
        "{refused:?}"
    );
    // Ours shall stand: what is gone is written again.
    let gone = folder.path().join("layers/林/000_泉州.ron");
    assert_eq!(store.set_aside(&gone).unwrap(), None);
    let written = parts(&opened).into_iter().filter(|part| {
        matches!(part, Part::Layer { annotator, report, .. } if annotator.0.as_ref() == "林" && report.0.as_ref() != "b")
    });
    assert_eq!(store.write(&written.collect::<Vec<_>>()).unwrap(), 1);
    assert!(gone.exists());
}

/// Two people work in one shared folder, each in a program of their own.
#[test]
fn two_annotators_in_a_shared_folder_never_overwrite_each_other() {
    let folder = folder();
    let opened = everything();
    let mut ours = saved(&opened, folder.path());
    let (mut theirs, _) = Store::open(folder.path()).unwrap();
    let words = ["2023年", "239.06亿元", "19.4%", "第1", "1.96%", "2000家"];
    for round in 0..words.len() {
        for (store, who) in [(&mut ours, "甲"), (&mut theirs, "乙")] {
            let decided = words[..=round]
                .iter()
                .map(|words| super::samples::dismissed(TEXT, words, DismissReason::Name));
            let part = Part::Layer {
                annotator: who.into(),
                report: "000_泉州".into(),
                layer: super::samples::layer(decided),
                text: TEXT.into(),
            };
            assert_eq!(store.write(&[part]).unwrap(), 1, "{who} {round}");
        }
        // Each notices the other's file and takes it in, without any of its own being in question.
        let changed = ours.changed_outside();
        assert!(
            changed
                .iter()
                .all(|path| path.ends_with("layers/乙/000_泉州.ron")),
            "{changed:?}"
        );
        for path in changed {
            let (part, _) = ours
                .reload(&path, &opened.project.reports, &opened.texts)
                .unwrap();
            assert!(matches!(part, Some(Part::Layer { layer, .. }) if layer.len() == round + 1));
        }
    }
    // What both may write, the title, is refused to the second until it has read what the first wrote.
    let head = |title: &str| Part::Head {
        title: title.to_owned(),
        language: opened.project.language,
        extractor: opened.project.extractor.clone(),
        reports: opened.project.reports.clone(),
    };
    ours.write(&[head("甲")]).unwrap();
    let refused = theirs.write(&[head("乙")]);
    assert!(
        matches!(refused, Err(SaveError::ChangedOnDisk { .. })),
        "{refused:?}"
    );
    let (_store, again) = Store::open(folder.path()).unwrap();
    assert_eq!(again.project.title, "甲");
    for who in ["甲", "乙"] {
        assert_eq!(
            again
                .project
                .layer(&who.into(), &"000_泉州".into())
                .unwrap()
                .len(),
            words.len()
        );
    }
}

#[test]
fn a_head_that_was_broken_outside_is_not_overwritten() {
    let folder = folder();
    let mut opened = everything();
    let mut store = saved(&opened, folder.path());
    let path = folder.path().join("project.ron");
    fs::write(&path, "(format: 1,").unwrap();
    let reloaded = store.reload(&path, &opened.project.reports, &opened.texts);
    assert!(matches!(reloaded, Err(OpenError::Broken(_))));
    opened.project.title.push('!');
    assert!(matches!(store.write(&parts(&opened)), Err(SaveError::Broken(_))));
    store.set_aside(&path).unwrap();
    assert_eq!(store.write(&parts(&opened)).unwrap(), 1);
}
