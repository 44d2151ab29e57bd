//! A disk in memory that remembers every operation, and what of them a power cut may leave.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::store::{Entry, FileSystem, Metadata, NewFile};

/// One operation. Files are known by their number, for a name may be given to another one.
#[derive(Clone, Debug)]
pub enum Op {
    /// A name is given to a file.
    Name(PathBuf, usize),
    /// A name is taken away.
    Unname(PathBuf),
    /// A file gets another name, at one stroke.
    Rename(PathBuf, PathBuf, usize),
    /// Bytes are written at a place of a file.
    Write(usize, usize, Vec<u8>),
    /// A file is emptied.
    Empty(usize),
    /// What was written into a file so far is on the disk from here on.
    Sync(usize),
    /// What was done to the names of a folder so far is on the disk from here on.
    SyncFolder(PathBuf),
}

/// The files of a disk, and what was done to them.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    names: BTreeMap<PathBuf, usize>,
    files: Vec<Vec<u8>>,
    folders: BTreeSet<PathBuf>,
    /// Everything that was done, oldest first.
    pub ops: Vec<Op>,
}

impl Disk {
    fn act(&mut self, op: Op) {
        self.apply(&op);
        self.ops.push(op);
    }

    fn apply(&mut self, op: &Op) {
        match op {
            Op::Name(path, file) => {
                self.names.insert(path.clone(), *file);
            }
            Op::Unname(path) => {
                self.names.remove(path);
            }
            Op::Rename(from, to, file) => {
                if self.names.get(from) == Some(file) {
                    self.names.remove(from);
                }
                self.names.insert(to.clone(), *file);
            }
            Op::Write(file, at, bytes) => {
                let holds = &mut self.files[*file];
                holds.resize(holds.len().max(at + bytes.len()), 0);
                holds[*at..at + bytes.len()].copy_from_slice(bytes);
            }
            Op::Empty(file) => self.files[*file].clear(),
            Op::Sync(_) | Op::SyncFolder(_) => {}
        }
    }

    /// What a file holds, by its path.
    pub fn holds(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let held = |(path, file): (&PathBuf, &usize)| (path.clone(), self.files[*file].clone());
        self.names.iter().map(held).collect()
    }

    /// Which of the first `count` operations a power cut after them may undo.
    pub fn unsafe_ops(&self, count: usize) -> Vec<usize> {
        let ops = &self.ops[..count];
        let is_unsafe = |(place, op): &(usize, &Op)| {
            let after = &ops[*place..];
            let folder_synced = |path: &Path| {
                let folder = path.parent();
                after
                    .iter()
                    .any(|op| matches!(op, Op::SyncFolder(synced) if Some(synced.as_path()) == folder))
            };
            let synced = |file| {
                after
                    .iter()
                    .any(|op| matches!(op, Op::Sync(synced) if *synced == file))
            };
            match op {
                Op::Name(path, _) | Op::Unname(path) | Op::Rename(_, path, _) => !folder_synced(path),
                Op::Write(file, ..) | Op::Empty(file) => !synced(*file),
                Op::Sync(_) | Op::SyncFolder(_) => false,
            }
        };
        let unsafe_ones = ops.iter().enumerate().filter(is_unsafe);
        unsafe_ones.map(|(place, _)| place).collect()
    }

    /// The disk after a power cut behind the first `count` operations, without those that it has undone.
    /// `before` is the disk before all of them.
    pub fn cut(&self, before: &Self, count: usize, undone: &BTreeSet<usize>) -> Self {
        let mut disk = before.clone();
        disk.files.resize(self.files.len(), Vec::new());
        disk.folders.clone_from(&self.folders);
        disk.ops.clear();
        for (place, op) in self.ops[..count].iter().enumerate() {
            if !undone.contains(&place) {
                disk.apply(op);
            }
        }
        disk
    }
}

/// The file system of such a disk.
#[derive(Clone, Debug, Default)]
pub struct DiskFiles(Arc<Mutex<Disk>>);

impl DiskFiles {
    /// Over a disk as it is.
    pub fn over(disk: Disk) -> Self {
        Self(Arc::new(Mutex::new(disk)))
    }

    /// The disk as it is now.
    pub fn disk(&self) -> Disk {
        self.with(|disk| disk.clone())
    }

    fn with<T>(&self, act: impl FnOnce(&mut Disk) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn file(&self, path: &Path) -> io::Result<usize> {
        self.with(|disk| disk.names.get(path).copied())
            .ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn open(&self, file: usize) -> Box<dyn NewFile> {
        Box::new(DiskFile {
            files: self.clone(),
            file,
        })
    }
}

struct DiskFile {
    files: DiskFiles,
    file: usize,
}

impl NewFile for DiskFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        // A cut may fall between any two pages.
        self.files.with(|disk| {
            for page in bytes.chunks(bytes.len().div_ceil(2).max(1)) {
                let at = disk.files[self.file].len();
                disk.act(Op::Write(self.file, at, page.to_vec()));
            }
        });
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.files.with(|disk| disk.act(Op::Sync(self.file)));
        Ok(())
    }

    fn empty(&mut self) -> io::Result<()> {
        self.files.with(|disk| disk.act(Op::Empty(self.file)));
        Ok(())
    }
}

impl FileSystem for DiskFiles {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let file = self.file(path)?;
        Ok(self.with(|disk| disk.files[file].clone()))
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        let is_folder = self.with(|disk| disk.folders.contains(path));
        let len = if is_folder {
            0
        } else {
            self.read(path)?.len() as u64
        };
        Ok(Metadata {
            len,
            modified: None,
            is_folder,
            read_only: false,
        })
    }

    fn is_link(&self, _path: &Path) -> bool {
        false
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        self.metadata(path).map(|_| path.to_owned())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        self.metadata(folder)?;
        let entry = |path: &PathBuf, is_folder| {
            let name = path.file_name()?.to_str()?.to_owned();
            (path.parent() == Some(folder)).then_some(Entry { name, is_folder })
        };
        let mut entries: Vec<Entry> = self.with(|disk| {
            let files = disk.names.keys().filter_map(|path| entry(path, false));
            files
                .chain(disk.folders.iter().filter_map(|path| entry(path, true)))
                .collect()
        });
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        if self.file(path).is_ok() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let file = self.with(|disk| {
            let file = disk.files.len();
            disk.files.push(Vec::new());
            disk.act(Op::Name(path.to_owned(), file));
            file
        });
        Ok(self.open(file))
    }

    fn open_to_append(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        Ok(self.open(self.file(path)?))
    }

    fn copy_mode(&self, _from: &Path, _to: &Path) -> io::Result<()> {
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let file = self.file(from)?;
        self.with(|disk| disk.act(Op::Rename(from.to_owned(), to.to_owned(), file)));
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.with(|disk| disk.act(Op::SyncFolder(folder.to_owned())));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.file(path)?;
        self.with(|disk| disk.act(Op::Unname(path.to_owned())));
        Ok(())
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.with(|disk| disk.folders.extend(folder.ancestors().map(Path::to_owned)));
        Ok(())
    }
}
