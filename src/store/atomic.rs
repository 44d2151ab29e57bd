//! Replacing a file as a whole: afterwards the disk holds the old bytes or the new ones.

use std::io;
use std::path::{Path, PathBuf};

use super::error::{SaveError, Step};
use super::files::{FileSystem, NewFile};

/// Puts `bytes` at `path`, whose folder must exist; a symbolic link is kept and its target replaced.
///
/// # Errors
/// When a step fails; the disk then holds the old file or the new one.
pub(super) fn replace(files: &dyn FileSystem, path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let folder = swap(files, path, bytes)?;
    files
        .sync_folder(&folder)
        .map_err(|source| SaveError::io(Step::SyncFolder, path, source))
}

/// As [`replace`], but leaves it to the caller to bring the folder's entry to the disk: returns the folder.
///
/// # Errors
/// When a step fails; the old file is then untouched and no temporary file is left.
pub(super) fn swap(files: &dyn FileSystem, path: &Path, bytes: &[u8]) -> Result<PathBuf, SaveError> {
    let failed = |step| move |source| SaveError::io(step, path, source);
    let old = match files.canonicalize(path) {
        Ok(target) => Some(target),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(SaveError::io(Step::Find, path, error)),
    };
    let target = old.clone().unwrap_or_else(|| path.to_owned());
    if let Some(old) = &old {
        let metadata = files.metadata(old).map_err(failed(Step::Find))?;
        if metadata.read_only {
            return Err(SaveError::ReadOnly {
                path: path.to_owned(),
            });
        }
    }
    let (temp, file) = create_beside(files, &target).map_err(failed(Step::Create))?;
    let written = fill(files, path, &temp, file, old.as_deref(), bytes)
        .and_then(|()| files.rename(&temp, &target).map_err(failed(Step::Rename)));
    if let Err(error) = written {
        // The first error is the one to tell; a temporary file that stays is swept at the next start.
        files.remove(&temp).ok();
        return Err(error);
    }
    Ok(target.parent().map(Path::to_owned).unwrap_or_default())
}

/// Makes `.<name>.<pid>.<n>.tmp` beside the file, so that the rename stays on one disk.
fn create_beside(files: &dyn FileSystem, target: &Path) -> io::Result<(PathBuf, Box<dyn NewFile>)> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let mut end = name.len().min(180);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    let start = name.get(..end).unwrap_or_default();
    let pid = std::process::id();
    let mut n = 0;
    loop {
        let temp = target.with_file_name(format!(".{start}.{pid}.{n}.tmp"));
        match files.create_new(&temp) {
            Ok(file) => return Ok((temp, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && n < 1000 => n += 1,
            Err(error) => return Err(error),
        }
    }
}

fn fill(
    files: &dyn FileSystem,
    path: &Path,
    temp: &Path,
    mut file: Box<dyn NewFile>,
    old: Option<&Path>,
    bytes: &[u8],
) -> Result<(), SaveError> {
    let failed = |step| move |source| SaveError::io(step, path, source);
    file.write(bytes).map_err(failed(Step::Write))?;
    if let Some(old) = old {
        files.copy_mode(old, temp).map_err(failed(Step::Create))?;
    }
    file.sync().map_err(failed(Step::Sync))?;
    drop(file);
    let back = files.read(temp).map_err(failed(Step::Verify))?;
    if back != bytes {
        let source = io::Error::new(io::ErrorKind::InvalidData, "the disk holds other bytes");
        return Err(SaveError::io(Step::Verify, path, source));
    }
    Ok(())
}

/// Removes temporary files that a program which ended in the middle of a save left in `folder`.
pub(super) fn sweep(files: &dyn FileSystem, folder: &Path) {
    let own = std::process::id().to_string();
    for entry in files.list(folder).unwrap_or_default() {
        let Some(rest) = entry
            .name
            .strip_prefix('.')
            .and_then(|name| name.strip_suffix(".tmp"))
        else {
            continue;
        };
        let mut parts = rest.rsplit('.');
        let (n, pid) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let ours = [n, pid]
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        let path = folder.join(&entry.name);
        let old = files
            .metadata(&path)
            .ok()
            .and_then(|metadata| metadata.modified)
            .and_then(|modified| modified.elapsed().ok())
            .is_some_and(|age| age.as_secs() > 3600);
        // Another machine may be saving into a shared folder right now: only old ones are stale.
        if ours && pid != own && old && !entry.is_folder {
            files.remove(&path).ok();
        }
    }
}
