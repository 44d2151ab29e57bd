//! A stamp tells whether a file is still the one that was read or written last.

use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use sha2::{Digest as _, Sha256};

use super::files::FileSystem;
use super::layout::hex;

/// The start of a content's SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContentHash([u8; 16]);

impl ContentHash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let digest = Sha256::digest(bytes);
        let mut start = [0; 16];
        for (to, from) in start.iter_mut().zip(digest.iter()) {
            *to = *from;
        }
        Self(start)
    }

    /// As 32 hexadecimal digits.
    pub fn hex(&self) -> String {
        hex(&self.0, 16)
    }
}

/// A file's length, time and content when it was last read or written here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    len: u64,
    modified: Option<SystemTime>,
    /// What the file held.
    pub hash: ContentHash,
    /// Whether the file was old enough for a later change to show in its time.
    settled: bool,
}

/// Two writes within this time may leave the same time on a file.
const COARSEST_CLOCK: Duration = Duration::from_secs(2);

impl Stamp {
    /// The stamp of a file whose content has this hash.
    pub fn take(files: &dyn FileSystem, path: &Path, hash: ContentHash) -> io::Result<Self> {
        let metadata = files.metadata(path)?;
        let age = metadata.modified.and_then(|modified| modified.elapsed().ok());
        Ok(Self {
            len: metadata.len,
            modified: metadata.modified,
            hash,
            settled: age.is_some_and(|age| age > COARSEST_CLOCK),
        })
    }

    /// The stamp of bytes that have just been written to a file that cannot be looked at.
    pub fn unseen(bytes: &[u8], hash: ContentHash) -> Self {
        Self {
            len: bytes.len() as u64,
            modified: None,
            hash,
            settled: false,
        }
    }

    /// The stamp as it is now if the file still has this content, or `None` if it does not.
    pub fn renewed(&self, files: &dyn FileSystem, path: &Path) -> io::Result<Option<Self>> {
        let metadata = match files.metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        if metadata.len != self.len {
            return Ok(None);
        }
        if self.settled && metadata.modified.is_some() && metadata.modified == self.modified {
            return Ok(Some(*self));
        }
        let now = Self::take(files, path, ContentHash::of(&files.read(path)?))?;
        Ok((now.hash == self.hash).then_some(now))
    }
}
