//! File names made from what people call things.

use std::path::Path;

use super::samples::{TEXT, dismissed, everything, folder, layer, saved};
use crate::model::DismissReason;
use crate::store::layout::{file_stem, layer_path, original_path_of, text_path};
use crate::store::{OpenError, Part, SaveError, Store, StoreNotice};

#[test]
fn names_are_safe_and_readable() {
    for (name, stem) in [
        ("000_b5cbdddc5c9ea4b8", "000_b5cbdddc5c9ea4b8"),
        ("泉州市 2023 报告", "泉州市 2023 报告"),
        ("a.b", "a.b"),
        ("", "%"),
        (".", "%2E"),
        ("..", "%2E%2E"),
        ("../../etc/passwd", "%2E.%2F..%2Fetc%2Fpasswd"),
        ("/root", "%2Froot"),
        ("C:\\x", "C%3A\\x".replace('\\', "%5C").as_str()),
        (".hidden", "%2Ehidden"),
        ("end. ", "end.%20"),
        ("con", "%63on"),
        ("COM1.txt", "%43OM1.txt"),
        ("console", "console"),
        ("100%", "100%25"),
        ("a\u{202e}b\n", "a%E2%80%AEb%0A"),
    ] {
        assert_eq!(file_stem(name), stem, "{name:?}");
    }
}

#[test]
fn long_names_are_cut_and_stay_apart() {
    let (a, b) = ("泉".repeat(100) + "a", "泉".repeat(100) + "b");
    assert_ne!(file_stem(&a), file_stem(&b));
    for path in [
        text_path(&a.as_str().into()),
        layer_path(&a.as_str().into(), &b.as_str().into()),
    ] {
        assert!(path.components().all(|part| part.as_os_str().len() <= 200));
    }
}

#[test]
fn an_original_never_takes_the_place_of_a_text() {
    for (name, path) in [
        ("原文.HTML", "reports/a.HTML"),
        ("a.txt", "reports/a~original.txt"),
        ("noext", "reports/a~original"),
        ("x./../y", "reports/a~original"),
    ] {
        assert_eq!(original_path_of(&"a".into(), name), Path::new(path), "{name}");
    }
}

#[test]
fn names_that_differ_by_case_alone_get_files_of_their_own() {
    let folder = folder();
    let mut project = everything();
    let decided = layer([dismissed(TEXT, "19.4%", DismissReason::Name)]);
    let other = layer([dismissed(TEXT, "1.96%", DismissReason::Date)]);
    for (annotator, layer) in [("Li", decided), ("li", other)] {
        let layers = project.project.layers.entry(annotator.into()).or_default();
        layers.insert("000_泉州".into(), layer);
    }
    saved(&project, folder.path());
    let (_store, opened) = Store::open(folder.path()).unwrap();
    assert_eq!(opened.notices, []);
    assert_eq!(opened.project, project.project);
    let files = super::samples::files_below(folder.path());
    let without_case: std::collections::BTreeSet<_> = files
        .keys()
        .map(|path| crate::store::layout::folded(path))
        .collect();
    assert_eq!(without_case.len(), files.len());
}

#[test]
fn a_file_in_the_place_of_another_is_left_out() {
    let folder = folder();
    saved(&everything(), folder.path());
    let layers = folder.path().join("layers");
    std::fs::rename(layers.join("林"), layers.join("李")).unwrap();
    for folder_of_files in ["memory", "waivers"] {
        let files = folder.path().join(folder_of_files);
        std::fs::rename(files.join("林.ron"), files.join("李.ron")).unwrap();
    }
    let (_store, opened) = Store::open(folder.path()).unwrap();
    assert_eq!(opened.notices.len(), 4);
    assert!(
        opened
            .notices
            .iter()
            .all(|notice| matches!(notice, StoreNotice::Broken(_)))
    );
    assert!(!opened.project.layers.contains_key(&"林".into()));
    assert!(opened.project.memories.is_empty() && opened.project.waivers.is_empty());
}

/// What others' files call reports, originals and annotators never chooses a place outside of the project.
#[test]
fn hostile_names_write_nothing_outside() {
    let folder = folder();
    let root = folder.path().join("a/b/project");
    let mut opened = everything();
    let long = "泉 ".repeat(120) + "😀";
    let names = [
        long.as_str(),
        "../../victim",
        "/tmp/victim",
        "..\\..\\victim",
        "C:\\victim",
        "layers/../../victim",
        "\\\\host\\victim",
        "victim\0",
        "...",
    ];
    for (n, name) in names.into_iter().enumerate() {
        let mut report = super::samples::report(name, TEXT);
        report.original = format!("../{name}/../x.html");
        opened.project.reports.push(report);
        opened.texts.insert(name.into(), TEXT.into());
        let suggested = opened.project.suggestions[&"000_泉州".into()].clone();
        opened.project.suggestions.insert(name.into(), suggested);
        let decided = layer([dismissed(TEXT, "19.4%", DismissReason::Name)]);
        let annotator = names[(n + 1) % names.len()];
        let layers = opened.project.layers.entry(annotator.into()).or_default();
        layers.insert(name.into(), decided);
        let memory = opened.project.memories[&"林".into()].clone();
        opened.project.memories.insert(annotator.into(), memory);
        opened
            .project
            .waivers
            .insert(annotator.into(), [("a".to_owned(), "b".to_owned())].into());
    }
    let mut store = saved(&opened, &root);
    for name in names {
        let original = Part::Original {
            report: name.into(),
            name: format!("x./../../{name}.html"),
            bytes: b"<p>".as_slice().into(),
        };
        store.write(&[original]).unwrap();
        let timeline = Part::Timeline {
            annotator: name.into(),
            report: name.into(),
            changes: super::samples::changes(),
            text: TEXT.into(),
        };
        store.write(&[timeline]).unwrap();
    }
    let written = super::samples::files_below(folder.path());
    assert!(written.len() > names.len() * 6);
    assert!(
        written.keys().all(|path| path.starts_with("a/b/project")),
        "{written:?}"
    );
    let (_store, again) = Store::open(&root).unwrap();
    assert_eq!((again.notices, again.project), (Vec::new(), opened.project));
}

#[cfg(unix)]
#[test]
fn links_within_the_project_are_kept_and_links_out_of_it_refused() {
    use std::fs;
    use std::os::unix::fs::symlink;
    let folder = folder();
    let root = folder.path().join("project");
    let mut store = saved(&everything(), &root);
    let victim = folder.path().join("victim");
    fs::write(&victim, "mine").unwrap();

    // Within: the link stays a link and its target is replaced.
    let guidelines = root.join("guidelines.md");
    fs::rename(&guidelines, root.join("words.md")).unwrap();
    symlink("words.md", &guidelines).unwrap();
    assert_eq!(store.write(&[Part::Guidelines("new".to_owned())]).unwrap(), 1);
    assert!(fs::symlink_metadata(&guidelines).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(root.join("words.md")).unwrap(), "new");

    // Out of it: to a file, to nothing, and through a folder.
    let rules = root.join("rules.ron");
    fs::remove_file(&rules).unwrap();
    symlink(&victim, &rules).unwrap();
    symlink(folder.path().join("nothing"), root.join("layers/林/000.ron")).unwrap();
    symlink(folder.path(), root.join("layers/李")).unwrap();
    let (mut store, opened) = Store::open(&root).unwrap();
    assert_eq!(opened.project.rules, []);
    assert!(!opened.notices.is_empty());
    let decided = |annotator: &str, report: &str| Part::Layer {
        annotator: annotator.into(),
        report: report.into(),
        layer: layer([dismissed(TEXT, "19.4%", DismissReason::Name)]),
        text: TEXT.into(),
    };
    for part in [
        Part::Rules(everything().project.rules),
        decided("林", "000"),
        decided("李", "x"),
    ] {
        let refused = store.write(&[part]);
        assert!(
            matches!(
                refused,
                Err(SaveError::NotRead { .. } | SaveError::Outside { .. })
            ),
            "{refused:?}"
        );
    }
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
    assert!(!folder.path().join("nothing").exists() && !folder.path().join("x.ron").exists());

    let head = root.join("project.ron");
    fs::rename(&head, folder.path().join("head")).unwrap();
    symlink("../head", &head).unwrap();
    assert!(matches!(Store::open(&root), Err(OpenError::Outside { .. })));
}
