//! Files that another program changes while a project is open.

use std::fs;

use super::samples::{everything, files_below, folder, parts, saved};
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
    let aside = store.set_aside(&path).unwrap();
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
