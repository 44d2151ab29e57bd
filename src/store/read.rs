//! Reading one file of a project: what it holds, as it was seen, and whether it is guarded.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::StoreNotice;
use super::error::{Broken, OpenError, Step};
use super::folder::{Guard, Known, LARGEST, Store};
use super::format::{self, Parsed, Refusal};
use super::stamp::{ContentHash, Stamp};
use crate::model::Report;

/// What one file gave.
pub(super) enum Got<T> {
    /// Its content.
    Read(T),
    /// There is no such file.
    Missing,
    /// It was left out, and a notice says why.
    LeftOut,
}

impl<T> Got<T> {
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Option<U> {
        match self {
            Self::Read(content) => Some(make(content)),
            Self::Missing | Self::LeftOut => None,
        }
    }
}

/// Reads files of a project, and collects what is then known of them. Several may read at the same time.
pub(super) struct Reader<'a> {
    pub store: &'a Store,
    /// What is known of the files that were read.
    pub known: BTreeMap<PathBuf, Known>,
    /// What a person should know.
    pub notices: Vec<StoreNotice>,
}

impl<'a> Reader<'a> {
    pub fn new(store: &'a Store) -> Self {
        Self {
            store,
            known: BTreeMap::new(),
            notices: Vec::new(),
        }
    }

    /// Reads one file and remembers it; what goes wrong becomes a notice and guards the file.
    pub fn get<T>(
        &mut self,
        inner: &Path,
        read: impl FnOnce(&Path, &[u8]) -> Result<Parsed<T>, Refusal>,
    ) -> Got<T> {
        let path = self.store.root.join(inner);
        let bytes = match self.read_stamped(inner) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Got::Missing,
            Err(error) => {
                self.guard(inner, Guard::NotRead);
                let message = error.to_string();
                self.notices.push(StoreNotice::Unreadable { path, message });
                return Got::LeftOut;
            }
        };
        match read(&path, &bytes) {
            Ok(Parsed { content, newer }) => {
                if let Some(found) = newer {
                    self.guard_newer(inner, found, true);
                }
                Got::Read(content)
            }
            Err(Refusal::Broken(broken)) => {
                self.leave_out(inner, broken);
                Got::LeftOut
            }
            Err(Refusal::Newer(found)) => {
                self.guard_newer(inner, found, false);
                Got::LeftOut
            }
        }
    }

    fn guard_newer(&mut self, inner: &Path, found: u32, read: bool) {
        self.guard(inner, Guard::NewerFormat);
        self.notices.push(StoreNotice::NewerFormat {
            path: self.store.root.join(inner),
            found,
            read,
        });
    }

    /// Leaves a file out that cannot be understood, and guards it.
    pub fn leave_out(&mut self, inner: &Path, broken: Broken) {
        self.guard(inner, Guard::Broken(broken.clone()));
        self.notices.push(StoreNotice::Broken(broken));
    }

    /// Reads a file and remembers what it held; `None` where there is none.
    pub fn read_stamped(&mut self, inner: &Path) -> Result<Option<Vec<u8>>, OpenError> {
        let Some(bytes) = self.store.read_within(inner)? else {
            return Ok(None);
        };
        let path = self.store.root.join(inner);
        let stamp = Stamp::take(self.store.files.as_ref(), &path, ContentHash::of(&bytes))
            .map_err(|source| OpenError::io(Step::Read, &path, source))?;
        let known = Known {
            stamp: Some(stamp),
            ..Known::default()
        };
        self.known.insert(inner.to_owned(), known);
        Ok(Some(bytes))
    }

    /// Keeps a file from being replaced.
    pub fn guard(&mut self, inner: &Path, guard: Guard) {
        self.known.entry(inner.to_owned()).or_default().guard = Some(guard);
    }
}

impl Store {
    /// Has files read; what is then known of them is remembered, and what a person should know is added.
    pub(super) fn reading<T>(
        &mut self,
        notices: &mut Vec<StoreNotice>,
        work: impl FnOnce(&mut Reader<'_>) -> T,
    ) -> T {
        let mut reader = Reader::new(self);
        let done = work(&mut reader);
        let Reader {
            known, notices: told, ..
        } = reader;
        notices.extend(told);
        self.remember(known);
        done
    }

    /// The bytes of the file that a report was read from, which may be its text itself.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read_original(&self, report: &Report) -> Result<Option<Vec<u8>>, OpenError> {
        let original = self.original_file(&report.id, &report.original);
        match self.read_within(&original)? {
            Some(bytes) => Ok(Some(bytes)),
            None => self.read_within(&self.text_file(&report.id)),
        }
    }

    pub(super) fn read_within(&self, inner: &Path) -> Result<Option<Vec<u8>>, OpenError> {
        let path = self.root.join(inner);
        let place = self
            .resolve(inner)
            .map_err(|source| self.unopened(inner, source))?;
        let metadata = match self.files.metadata(&place) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(OpenError::io(Step::Find, &path, error)),
        };
        if metadata.is_folder || metadata.len > LARGEST {
            let message = if metadata.is_folder {
                "found a folder; expected a file".to_owned()
            } else {
                format!("the file has {} bytes; expected at most {LARGEST}", metadata.len)
            };
            return Err(OpenError::Broken(Broken::whole(&path, message)));
        }
        let bytes = self
            .files
            .read(&place)
            .map_err(|source| OpenError::io(Step::Read, &path, source))?;
        Ok(Some(bytes))
    }
}

pub(super) fn read_prose(path: &Path, bytes: &[u8]) -> Result<Parsed<String>, Refusal> {
    Ok(Parsed {
        content: format::utf8(path, bytes)?.to_owned(),
        newer: None,
    })
}

/// A report's text, with the line ends that it was annotated with: editors and Git may change them.
pub(super) fn read_text(path: &Path, bytes: &[u8]) -> Result<Parsed<Arc<str>>, Refusal> {
    let text = format::utf8(path, bytes)?;
    let content = if text.contains("\r\n") {
        Arc::from(text.replace("\r\n", "\n"))
    } else {
        Arc::from(text)
    };
    Ok(Parsed { content, newer: None })
}
