//! ZIP archives of reports.

use super::fault::Fault;
use super::package::{Kind, LARGEST_WHOLE, Package};
use crate::text::read::{Container, ReadError};

/// Archives within archives are opened this deep.
const DEEPEST: usize = 3;

/// A file in an archive.
#[derive(Debug)]
pub struct Member {
    /// Its path within the archive, parted by `/`.
    pub path: String,
    /// Its bytes, or why it was not unpacked.
    pub content: Result<Vec<u8>, ReadError>,
}

/// Hands over the files of an archive one after another in the order of their paths, those of archives in it too.
///
/// Nothing is written anywhere. A member that is refused does not take the others with it.
///
/// # Errors
/// When the archive itself cannot be read.
pub fn for_each_member(bytes: &[u8], file_name: &str, take: &mut dyn FnMut(Member)) -> Result<(), ReadError> {
    let mut walk = Walk {
        take,
        left: LARGEST_WHOLE,
    };
    walk.archive(bytes, file_name, "", 1)
}

struct Walk<'w> {
    take: &'w mut dyn FnMut(Member),
    /// How many bytes may still be unpacked, of the archive and those in it.
    left: u64,
}

impl Walk<'_> {
    fn archive(
        &mut self,
        bytes: &[u8],
        file_name: &str,
        folder: &str,
        depth: usize,
    ) -> Result<(), ReadError> {
        let (_, mut package) =
            Package::open(bytes).map_err(|fault| fault.of(file_name, Container::Archive))?;
        let paths = package.paths().into_iter().enumerate();
        let mut members: Vec<(String, usize)> = paths.map(|(index, path)| (path, index)).collect();
        members.sort();
        for (path, index) in members {
            if is_furniture(&path) {
                continue;
            }
            let full = format!("{folder}{path}");
            if climbs_out(&path) {
                self.refuse(
                    &full,
                    ReadError::Outside {
                        file_name: full.clone(),
                    },
                );
                continue;
            }
            match package.member(index) {
                Ok(None) => {}
                Ok(Some(content)) => self.member(full, content, depth),
                Err(fault) => self.refuse(&full, fault.of(&full, Container::Archive)),
            }
        }
        Ok(())
    }

    fn member(&mut self, path: String, content: Vec<u8>, depth: usize) {
        let bomb = |limit: String| Fault::Bomb(limit).of(&path, Container::Archive);
        let size = content.len() as u64;
        if size > self.left {
            let limit = format!("what it is in unpacks to more than {} MB", LARGEST_WHOLE >> 20);
            let error = bomb(limit);
            return self.refuse(&path, error);
        }
        self.left -= size;
        let is_archive = super::is_zip(&content) && matches!(Package::open(&content), Ok((Kind::Archive, _)));
        if !is_archive {
            let content = Ok(content);
            return (self.take)(Member { path, content });
        }
        if depth >= DEEPEST {
            let error = bomb(format!("archives in archives are opened {DEEPEST} deep"));
            return self.refuse(&path, error);
        }
        // One without a name adds none to the paths within.
        let folder = if path.is_empty() {
            String::new()
        } else {
            format!("{path}/")
        };
        if let Err(error) = self.archive(&content, &path, &folder, depth + 1) {
            self.refuse(&path, error);
        }
    }

    fn refuse(&mut self, path: &str, error: ReadError) {
        let path = path.to_owned();
        let content = Err(error);
        (self.take)(Member { path, content });
    }
}

/// What archivers and systems leave behind.
fn is_furniture(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    path.starts_with("__MACOSX/")
        || name.starts_with('.') && name != ".."
        || name == "Thumbs.db"
        || name.starts_with("~$")
}

/// Whether a path leads out of the folder that an archive is unpacked to.
fn climbs_out(path: &str) -> bool {
    let has_drive = path.as_bytes().get(1) == Some(&b':');
    path.starts_with(['/', '\\']) || has_drive || path.split(['/', '\\']).any(|step| step == "..")
}
