//! Small files of the program itself, such as its settings: never in the way, never half-written.

use std::io;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::{Broken, SaveError, Step};
use super::files::{FileSystem as _, RealFiles};
use super::folder::free_name;
use super::{StoreNotice, atomic, format};

/// Reads settings. A file that is not there gives the defaults; one that cannot be understood is
/// renamed to `.bad` and gives the defaults and a notice.
pub fn load<T: DeserializeOwned + Default>(path: &Path) -> (T, Option<StoreNotice>) {
    let bytes = match RealFiles.read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return (T::default(), None),
        Err(error) => {
            let notice = StoreNotice::Unreadable {
                path: path.to_owned(),
                message: error.to_string(),
            };
            return (T::default(), Some(notice));
        }
    };
    match format::parse_plain(path, &bytes) {
        Ok(settings) => (settings, None),
        Err(broken) => {
            let notice = put_by(path, broken);
            (T::default(), Some(notice))
        }
    }
}

/// Saves settings as RON, replacing the file as a whole; its folder is made if it is not there.
///
/// # Errors
/// When the file cannot be written.
pub fn save<T: Serialize>(path: &Path, settings: &T) -> Result<(), SaveError> {
    let text = format::print(settings).map_err(|error| {
        let source = io::Error::other(error);
        SaveError::io(Step::Write, path, source)
    })?;
    if let Some(folder) = path.parent() {
        RealFiles
            .create_folder(folder)
            .map_err(|source| SaveError::io(Step::CreateFolder, path, source))?;
    }
    atomic::replace(&RealFiles, path, text.as_bytes())
}

fn put_by(path: &Path, broken: Broken) -> StoreNotice {
    let by = free_name(&RealFiles, path, "bad");
    let kept_as = RealFiles.rename(path, &by).is_ok().then_some(by);
    StoreNotice::SettingsReset { broken, kept_as }
}
