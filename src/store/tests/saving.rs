//! Saving and opening again.

use std::fs;

use super::samples::{everything, files_below, parts, saved};
use crate::store::Store;

#[test]
fn what_is_saved_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let before = everything();
    let root = folder.path().join("项目");
    saved(&before, &root);
    for place in [root.clone(), root.join("project.ron")] {
        let (_store, after) = Store::open(&place).unwrap();
        assert_eq!(after.notices, []);
        assert_eq!(after.project, before.project);
        assert_eq!(after.texts, before.texts);
        assert_eq!(after.suggestions, before.suggestions);
        assert_eq!(after.read_only, None);
    }
}

#[test]
fn saving_without_a_change_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let project = everything();
    let mut store = saved(&project, folder.path());
    let files = files_below(folder.path());
    assert_eq!(store.write(&parts(&project)).unwrap(), 0);
    let (mut store, opened) = Store::open(folder.path()).unwrap();
    assert_eq!(store.write(&parts(&opened)).unwrap(), 0);
    assert_eq!(files_below(folder.path()), files);
    for (path, bytes) in &files {
        println!("--- {}\n{}", path.display(), String::from_utf8_lossy(bytes));
    }
    fs::metadata(folder.path().join("project.ron")).unwrap();
}
