//! Each step of saving fails in turn: the person is told which file and what to do, and the work is still there.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicator_annotator::app::action::Action;
use indicator_annotator::app::command::Command;
use indicator_annotator::app::keeper::Keeper;
use indicator_annotator::app::notice::Message;
use indicator_annotator::store::{Entry, FileSystem, Metadata, NewFile, RealFiles, SaveError, Store};

use super::tag;
use crate::desk::Desk;

/// So many steps that none of them fails.
const NEVER: usize = usize::MAX / 2;

/// The files of this machine, of which one step fails, and all that follow until the disk is well again.
#[derive(Clone)]
struct Failing {
    how: ErrorKind,
    left: Arc<AtomicUsize>,
}

impl Failing {
    fn step<T>(&self, act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        if self.left.load(Ordering::Relaxed) == 0 {
            return Err(self.how.into());
        }
        self.left.fetch_sub(1, Ordering::Relaxed);
        act()
    }
}

struct FailingFile(Failing, Box<dyn NewFile>);

impl NewFile for FailingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let file = &mut self.1;
        // What fails has written a part of it.
        let whole = self.0.step(|| Ok(()));
        file.write(if whole.is_ok() {
            bytes
        } else {
            &bytes[..bytes.len() / 2]
        })?;
        whole
    }
    fn sync(&mut self) -> io::Result<()> {
        let file = &mut self.1;
        self.0.step(|| file.sync())
    }
    fn empty(&mut self) -> io::Result<()> {
        let file = &mut self.1;
        self.0.step(|| file.empty())
    }
}

impl FileSystem for Failing {
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
        self.step(|| RealFiles.list(folder))
    }
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let file = self.step(|| RealFiles.create_new(path))?;
        Ok(Box::new(FailingFile(self.clone(), file)))
    }
    fn open_to_append(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let file = self.step(|| RealFiles.open_to_append(path))?;
        Ok(Box::new(FailingFile(self.clone(), file)))
    }
    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|| RealFiles.copy_mode(from, to))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|| RealFiles.rename(from, to))
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step(|| RealFiles.sync_folder(folder))
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step(|| RealFiles.remove(path))
    }
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.step(|| RealFiles.create_folder(folder))
    }
}

/// A desk with a project and a decision, whose keeper writes on a disk that fails.
fn desk_on_a_failing_disk(how: ErrorKind) -> (Desk, Arc<AtomicUsize>) {
    let mut desk = Desk::with_project();
    tag(&mut desk, "239.06亿元");
    let left = Arc::new(AtomicUsize::new(NEVER));
    let files = Failing {
        how,
        left: Arc::clone(&left),
    };
    // The old keeper has the lock as long as it is there.
    desk.app.keeping.keeper = None;
    let (store, opened) = Store::open_on(Arc::new(files), &desk.path("project")).unwrap();
    let (hired, error) = Keeper::for_project(store, &opened.project, &desk.path("data"));
    assert!(error.is_none() && hired.look_only.is_none());
    desk.app.keeping.keeper = Some(Box::new(hired.keeper));
    desk.forget_notices();
    (desk, left)
}

#[test]
fn whatever_step_of_saving_fails_the_person_is_told_and_the_work_is_in_memory_and_journal() {
    for how in [
        ErrorKind::StorageFull,
        ErrorKind::PermissionDenied,
        ErrorKind::Other,
    ] {
        let mut failures = 0;
        for step in 0.. {
            let (mut desk, left) = desk_on_a_failing_disk(how);
            let before = desk.read(desk.layer_file());
            left.store(step, Ordering::Relaxed);
            tag(&mut desk, "第1");
            desk.wait(1.0);
            let what = format!("{how:?} at step {step}");
            assert_eq!(desk.layer().len(), 2, "in memory, {what}");
            let errors: Vec<&SaveError> = desk
                .messages()
                .into_iter()
                .filter_map(|message| match message {
                    Message::SaveFailed(error) => Some(error),
                    _ => None,
                })
                .collect();
            let now = desk.read(desk.layer_file());
            let is_saved = now.contains("quote: \"第1\"");
            let is_over = is_saved && errors.is_empty();
            assert!(is_saved || !errors.is_empty(), "told, {what}");
            for error in &errors {
                assert!(error.path().starts_with(desk.path("project")), "{error}, {what}");
                assert!(
                    !error.advice().is_empty() && error.to_string().contains("project"),
                    "{error}"
                );
            }
            failures += usize::from(!errors.is_empty());
            // On the disk is the old state or the new one.
            assert!(now == before || is_saved, "{what}: {now}");

            // The next start finds it in the files, or is offered it from the journal.
            desk.app.keeping.keeper = None;
            let mut again = desk.again();
            again.act(Action::Open(vec![again.path("project")]));
            if !again.app.view.recoveries.is_empty() {
                again.act(Action::Recover);
            }
            assert!(again.decision("第1").is_some(), "in file or journal, {what}");
            if is_over {
                break;
            }
        }
        assert!(failures > 8, "{how:?} failed {failures} times");
    }
}

#[test]
fn what_could_not_be_saved_is_saved_once_the_disk_is_well() {
    for step in [0, 3, 6, 9] {
        let (mut desk, left) = desk_on_a_failing_disk(ErrorKind::StorageFull);
        left.store(step, Ordering::Relaxed);
        for words in ["第1", "19.4%", "1609家"] {
            tag(&mut desk, words);
            desk.wait(1.0);
        }
        left.store(NEVER, Ordering::Relaxed);
        desk.run(Command::Save);
        desk.wait(1.0);
        let written = desk.read(desk.layer_file());
        for words in ["239.06亿元", "第1", "19.4%", "1609家"] {
            assert!(
                written.contains(&format!("quote: \"{words}\"")),
                "{words}, from step {step}"
            );
        }
        assert!(desk.app.may_close());
    }
}

/// The files of the project are no worse off where the journal's own folder is lost.
#[test]
fn a_journal_that_cannot_be_written_keeps_nothing_from_being_saved() {
    let mut desk = Desk::with_project();
    let recovery = desk.path("data/recovery");
    let away = desk.path("data/away");
    std::fs::rename(&recovery, &away).unwrap();
    std::fs::write(&recovery, "in the way").unwrap();
    for words in ["239.06亿元", "19.4%"] {
        tag(&mut desk, words);
    }
    desk.wait(1.0);
    let said = |message: &Message| matches!(message, Message::SaveFailed(error) if error.path().starts_with(&recovery));
    assert!(desk.has_message(said), "{:?}", desk.messages());
    let written = desk.read(desk.layer_file());
    assert!(
        written.contains("239.06亿元") && written.contains("19.4%"),
        "{written}"
    );
}
