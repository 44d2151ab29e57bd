//! Each step of a save failing in turn.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::samples::{everything, files_below, folder, parts, saved};
use crate::edit::Edit;
use crate::store::{
    Entry, FileSystem, Ground, Journal, Metadata, NewFile, Opened, RealFiles, SaveError, Store, Subject,
};

/// How the chosen step fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Error(ErrorKind),
    /// Half of the bytes are written, then the disk is full.
    ShortWrite,
    /// Half of the bytes are written and success is told.
    LyingWrite,
}

/// The real file system, of which one step fails.
pub struct FaultFiles {
    fault: Fault,
    /// Counts down to the step that fails.
    left: Arc<AtomicUsize>,
}

/// So many steps that none of them fails.
pub const NEVER: usize = usize::MAX / 2;

impl FaultFiles {
    /// Nothing fails. It does not wait for the disk, so tests are quick.
    pub fn well() -> Self {
        Self::with(Fault::LyingWrite).0
    }

    /// Files of which a step can be made to fail, and the count of steps up to it.
    pub fn with(fault: Fault) -> (Self, Arc<AtomicUsize>) {
        let left = Arc::new(AtomicUsize::new(NEVER));
        let files = Self {
            fault,
            left: Arc::clone(&left),
        };
        (files, left)
    }

    fn step<T>(&self, act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        match (self.left.fetch_sub(1, Ordering::Relaxed), self.fault) {
            (1, Fault::Error(kind)) => Err(kind.into()),
            _ => act(),
        }
    }
}

struct FaultFile {
    inner: Box<dyn NewFile>,
    fault: Fault,
    left: Arc<AtomicUsize>,
}

impl NewFile for FaultFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let fails = self.left.fetch_sub(1, Ordering::Relaxed) == 1;
        match self.fault {
            Fault::Error(kind) if fails => Err(kind.into()),
            Fault::ShortWrite if fails => {
                self.inner.write(&bytes[..bytes.len() / 2])?;
                Err(ErrorKind::StorageFull.into())
            }
            Fault::LyingWrite if fails => self.inner.write(&bytes[..bytes.len() / 2]),
            _ => self.inner.write(bytes),
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        match (self.left.fetch_sub(1, Ordering::Relaxed), self.fault) {
            (1, Fault::Error(kind)) => Err(kind.into()),
            // Nothing is cut off here, so the disk need not be waited for.
            _ => Ok(()),
        }
    }

    fn empty(&mut self) -> io::Result<()> {
        self.inner.empty()
    }
}

impl FileSystem for FaultFiles {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.step(|| RealFiles.read(path))
    }
    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        self.step(|| RealFiles.metadata(path))
    }
    fn is_link(&self, path: &Path) -> bool {
        RealFiles.is_link(path)
    }
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        self.step(|| RealFiles.canonicalize(path))
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        RealFiles.list(folder)
    }
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let inner = self.step(|| RealFiles.create_new(path))?;
        Ok(Box::new(FaultFile {
            inner,
            fault: self.fault,
            left: Arc::clone(&self.left),
        }))
    }
    fn open_to_append(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let inner = self.step(|| RealFiles.open_to_append(path))?;
        Ok(Box::new(FaultFile {
            inner,
            fault: self.fault,
            left: Arc::clone(&self.left),
        }))
    }
    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|| RealFiles.copy_mode(from, to))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|| RealFiles.rename(from, to))
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step(|| RealFiles.metadata(folder).map(drop))
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step(|| RealFiles.remove(path))
    }
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.step(|| RealFiles.create_folder(folder))
    }
}

/// The sample with one more thing said in every file that people write.
fn changed() -> Opened {
    let mut opened = everything();
    opened.project.title.push_str(" neu");
    opened.project.guidelines.push_str("mehr\n");
    opened.project.catalogue.indicators[0].note.push('!');
    opened.project.rules[0].enabled = false;
    let layers = opened.project.layers.get_mut(&"林".into()).unwrap();
    layers.remove(&"b".into());
    let a = layers.get_mut(&"000_泉州".into()).unwrap();
    let rejected = a.rejections().next().unwrap();
    a.reject(rejected.span, &rejected.agent, None);
    opened.project.extractor = None;
    let memory = opened.project.memories.get_mut(&"林".into()).unwrap();
    let lesson = memory.iter().next().unwrap().0.clone();
    memory.set(lesson, None);
    let waivers = opened.project.waivers.get_mut(&"林".into()).unwrap();
    waivers.insert("new".to_owned(), String::new());
    opened
}

/// The parts of `changed`, with the removed layer as an empty one.
fn changed_parts() -> Vec<crate::store::Part> {
    let mut all = parts(&changed());
    all.push(crate::store::Part::Layer {
        annotator: "林".into(),
        report: "b".into(),
        layer: crate::model::Layer::default(),
        text: everything().texts[&"b".into()].clone(),
    });
    all
}

fn contents(old: &Path, new: &Path) -> [BTreeMap<PathBuf, Vec<u8>>; 2] {
    [files_below(old), files_below(new)]
}

fn copy(files: &BTreeMap<PathBuf, Vec<u8>>, root: &Path) {
    for (path, bytes) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn whatever_step_fails_each_file_is_old_or_new_and_nothing_is_left_over() {
    let folders = folder();
    let (old, new) = (folders.path().join("old"), folders.path().join("new"));
    saved(&everything(), &old);
    saved(&changed(), &new);
    let [old_files, new_files] = contents(&old, &new);
    let kinds = [
        ErrorKind::StorageFull,
        ErrorKind::PermissionDenied,
        ErrorKind::Other,
    ];
    let faults = kinds
        .map(Fault::Error)
        .into_iter()
        .chain([Fault::ShortWrite, Fault::LyingWrite]);
    for fault in faults {
        let mut failures = 0;
        for step in 1.. {
            let root = folders.path().join("project");
            fs::remove_dir_all(&root).ok();
            copy(&old_files, &root);
            let (files, left) = FaultFiles::with(fault);
            let (mut store, _) = Store::open_on(Arc::new(files), &root).unwrap();
            left.store(step, Ordering::Relaxed);
            let result = store.write(&changed_parts());
            let steps_done = left.load(Ordering::Relaxed);
            left.store(NEVER, Ordering::Relaxed);
            for (path, bytes) in files_below(&root) {
                let ok = old_files.get(&path) == Some(&bytes) || new_files.get(&path) == Some(&bytes);
                assert!(ok, "{fault:?} at step {step}: {}", path.display());
            }
            if let Err(error) = &result {
                failures += 1;
                assert!(error.path().starts_with(&root), "{error}");
                if fault == Fault::Error(ErrorKind::StorageFull) {
                    assert!(matches!(error, SaveError::NoSpace { .. }), "{error}");
                }
            }
            // Trying again, once the disk is well, saves everything.
            store.write(&changed_parts()).unwrap();
            assert_eq!(files_below(&root), new_files, "{fault:?} at step {step}");
            if result.is_ok() && (1..NEVER).contains(&steps_done) {
                break;
            }
        }
        assert!(failures >= 4, "{fault:?} failed {failures} times");
    }
}

/// Every edit that the journal took is offered, and one that it refused comes with the next.
#[test]
fn whatever_step_of_the_journal_fails_no_edit_is_lost() {
    let title = |n: usize| vec![Edit::SetTitle(n.to_string())];
    let ground = |_: &Subject| Ground::default();
    for fault in [Fault::Error(ErrorKind::StorageFull), Fault::ShortWrite] {
        for step in 1..25 {
            let folder = folder();
            let (files, left) = FaultFiles::with(fault);
            let begun = Journal::begin(Arc::new(files), folder.path(), Path::new("p"), &ground);
            let (mut journal, _) = begun.unwrap();
            left.store(step, Ordering::Relaxed);
            let mut told = Vec::new();
            for n in 0..4 {
                told.push(journal.append(&title(n), &[], &ground).is_ok());
            }
            drop(journal);
            let files = Arc::new(FaultFiles::well());
            let (_journal, offered) = Journal::begin(files, folder.path(), Path::new("p"), &ground).unwrap();
            let offered: Vec<_> = offered.into_iter().flat_map(|recovery| recovery.edits).collect();
            let last_taken = told.iter().rposition(|&taken| taken).map_or(0, |n| n + 1);
            assert!(offered.len() >= last_taken, "{fault:?} at step {step}: {told:?}");
            let expected: Vec<_> = (0..offered.len()).map(title).collect();
            assert_eq!(offered, expected, "{fault:?} at step {step}");
        }
    }
}

/// What an earlier run has left is still offered, whichever step of adopting it fails.
#[test]
fn whatever_step_of_adopting_a_log_fails_no_edit_is_lost() {
    let title = |n: usize| vec![Edit::SetTitle(n.to_string())];
    let ground = |_: &Subject| Ground::default();
    for fault in [Fault::Error(ErrorKind::StorageFull), Fault::ShortWrite] {
        for step in 1..20 {
            let folder = folder();
            let begin = |files| Journal::begin(files, folder.path(), Path::new("p"), &ground).unwrap();
            let (mut journal, _) = begin(Arc::new(FaultFiles::well()));
            journal.append(&title(0), &[], &ground).unwrap();
            drop(journal);
            let (files, left) = FaultFiles::with(fault);
            let (mut journal, found) = begin(Arc::new(files));
            left.store(step, Ordering::Relaxed);
            let adopted = journal.adopt(found, &[title(0)], &[], &ground).is_ok();
            let appended = journal.append(&title(1), &[], &ground).is_ok();
            drop(journal);
            let (_journal, offered) = begin(Arc::new(FaultFiles::well()));
            let offered: Vec<_> = offered.into_iter().flat_map(|recovery| recovery.edits).collect();
            let what = format!("{fault:?} at step {step}: {adopted}, {appended}, {offered:?}");
            assert!(offered.contains(&title(0)), "{what}");
            assert!(!appended || offered.last() == Some(&title(1)), "{what}");
            assert!(
                !adopted || offered.iter().filter(|edits| **edits == title(0)).count() == 1,
                "{what}"
            );
        }
    }
}

/// A program that ends in the middle of a save leaves a temporary file and the old one.
#[test]
fn old_temporary_files_are_swept() {
    let folder = folder();
    saved(&everything(), folder.path());
    let stale = folder.path().join("reports/.b.txt.999999.0.tmp");
    let young = folder.path().join(".project.ron.999999.0.tmp");
    let foreign = folder.path().join(".notes.tmp");
    for path in [&stale, &young, &foreign] {
        fs::write(path, "half").unwrap();
    }
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_hours(2);
    for path in [&stale, &foreign] {
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(long_ago).unwrap();
    }
    Store::open(folder.path()).unwrap();
    assert!(!stale.exists() && young.exists() && foreign.exists());
}
