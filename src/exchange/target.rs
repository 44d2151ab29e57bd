//! A file that appears whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// What is written beside its place until it is whole; dropped unfinished, it leaves nothing.
pub struct Target {
    place: PathBuf,
    beside: PathBuf,
    /// `None` once it is finished.
    file: Option<BufWriter<File>>,
}

impl Target {
    /// Begins a file that is to stand at `place`.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn beside(place: &Path) -> io::Result<Self> {
        let name = place
            .file_name()
            .ok_or_else(|| io::Error::other("this names no file"))?;
        let beside = place.with_file_name(format!(".{}.{}.tmp", name.to_string_lossy(), std::process::id()));
        let file = File::create_new(&beside)?;
        Ok(Self {
            place: place.to_owned(),
            beside,
            file: Some(BufWriter::new(file)),
        })
    }

    /// Puts the file at its place.
    ///
    /// # Errors
    /// When it cannot be brought to the disk; what stood at the place is then untouched.
    pub fn finish(mut self) -> io::Result<()> {
        if let Some(file) = self.file.take() {
            let whole = file.into_inner().map_err(io::IntoInnerError::into_error);
            let moved = whole
                .and_then(|file| file.sync_all())
                .and_then(|()| fs::rename(&self.beside, &self.place));
            if moved.is_err() {
                fs::remove_file(&self.beside).ok();
            }
            moved?;
        }
        Ok(())
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.file {
            Some(file) => file.write(bytes),
            None => Ok(0),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // Nothing can be told from here; a file that stays is hidden and bears our process's number.
            fs::remove_file(&self.beside).ok();
        }
    }
}
