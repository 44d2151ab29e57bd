//! Reading some of the reports at a time.

use std::path::PathBuf;

use super::samples::{everything, files_below, folder, report, saved};
use crate::model::{Layer, Project};
use crate::store::{Batch, Opened, Part, SaveError, Store, Subject};

/// Whether another report is too many.
fn after(count: usize) -> impl Fn(usize) -> bool + Sync {
    move |read| read >= count
}

#[test]
fn reports_read_one_by_one_give_the_same_project() {
    let folder = folder();
    saved(&everything(), folder.path());
    let (_store, whole) = Store::open(folder.path()).unwrap();
    let (mut store, mut opened) = Store::begin(folder.path()).unwrap();
    assert_eq!((store.unread().count(), opened.texts.len()), (2, 0));
    let first = store.read(&["b".into()], &after(0));
    assert_eq!(first.reports, ["b".into()], "the one that is wanted comes first");
    opened.take(first);
    assert_eq!(store.unread().count(), 1);
    opened.take(store.read(&[], &after(1)));
    assert_eq!(store.unread().count(), 0);
    assert_eq!(opened.project, whole.project);
    assert_eq!(opened.texts, whole.texts);
    assert_eq!(opened.notices, whole.notices);
    let Batch { reports, .. } = store.read(&[], &after(1));
    assert_eq!(reports, []);
}

#[test]
fn files_of_a_report_that_was_not_read_are_never_written() {
    let folder = folder();
    let all = everything();
    saved(&all, folder.path());
    let before = files_below(folder.path());
    let (mut store, _) = Store::begin(folder.path()).unwrap();
    store.read(&["b".into()], &after(0));
    let (report, text) = all.texts.iter().find(|(id, _)| &*id.0 != "b").unwrap();
    let (report, text) = (report.clone(), text.clone());
    let parts = [
        Part::Layer {
            annotator: "林".into(),
            report: report.clone(),
            layer: Layer::default(),
            text: text.clone(),
        },
        Part::Suggestions {
            report: report.clone(),
            suggestions: [].into(),
            text: text.clone(),
        },
        Part::Text {
            report: report.clone(),
            text: "another".into(),
        },
    ];
    for part in parts {
        let refused = store.write(std::slice::from_ref(&part));
        assert!(
            matches!(refused, Err(SaveError::NotRead { .. })),
            "{part:?}: {refused:?}"
        );
    }
    assert_eq!(files_below(folder.path()), before);
    assert_eq!(store.changed_outside(), Vec::<PathBuf>::new());

    let subject = Subject::Layer("林".into(), report);
    let unread = store.hash_of(&subject);
    store.read(&[], &after(1));
    assert!(unread.is_some());
    assert_eq!(
        store.hash_of(&subject),
        unread,
        "a journal's ground is the same before and after"
    );
}

#[test]
fn reports_whose_names_differ_by_case_are_read_together() {
    let folder = folder();
    let (text, other) = ("投入1亿元。", "投入2亿元。");
    let all = Opened {
        project: Project {
            reports: vec![report("A", text), report("c", text), report("a", other)].into(),
            ..Project::default()
        },
        texts: [
            ("A".into(), text.into()),
            ("c".into(), text.into()),
            ("a".into(), other.into()),
        ]
        .into(),
        ..Opened::default()
    };
    saved(&all, folder.path());
    let (mut store, mut opened) = Store::begin(folder.path()).unwrap();
    opened.take(store.read(&["a".into()], &after(0)));
    assert_eq!(opened.texts.len(), 2);
    opened.take(store.read(&[], &after(1)));
    assert_eq!(opened.texts, all.texts);
}
