//! Saving a project's parts: each file as a whole, and only where it is as it was last seen.

use std::io;
use std::path::{Path, PathBuf};

use super::error::{SaveError, Step};
use super::folder::{Guard, Known, Store};
use super::format::{self, DecisionRecord, Head, OutOfText, Unprintable};
use super::stamp::{ContentHash, Stamp};
use super::{Part, ReadOnly, atomic, layout};
use crate::model::{Language, Report};

/// What this program calls itself in `project.ron`.
const APP: &str = concat!("indicator-annotator ", env!("CARGO_PKG_VERSION"));

impl Store {
    /// Brings parts to the disk and returns how many files were really written or removed.
    ///
    /// A part that is on the disk already is skipped. Texts come first and the head comes last, so
    /// that the list never names a text that is not there. A part that cannot be saved does not keep
    /// the others from being saved.
    ///
    /// # Errors
    /// The first thing that went wrong. What was on the disk before is still there; the same parts
    /// can be written again, and those that were saved are then skipped.
    pub fn write(&mut self, parts: &[Part]) -> Result<usize, SaveError> {
        match &self.read_only {
            Some(ReadOnly::NewerFormat { .. }) => return Err(SaveError::NewerFormat { path: self.head() }),
            Some(ReadOnly::NotWritable) => return Err(SaveError::ReadOnly { path: self.head() }),
            None => {}
        }
        let mut ordered: Vec<&Part> = parts.iter().collect();
        ordered.sort_by_key(|part| rank(part));
        let mut written = 0;
        let mut first_error = None;
        let mut texts_are_safe = true;
        for part in ordered {
            if matches!(part, Part::Head { .. }) && !texts_are_safe {
                continue;
            }
            match self.write_part(part) {
                Ok(was_written) => written += usize::from(was_written),
                Err(error) => {
                    texts_are_safe &= !matches!(part, Part::Text { .. });
                    first_error.get_or_insert(error);
                }
            }
        }
        match first_error {
            Some(error) => Err(error),
            None => Ok(written),
        }
    }

    fn write_part(&mut self, part: &Part) -> Result<bool, SaveError> {
        match part {
            Part::Head {
                title,
                language,
                reports,
            } => self.write_head(title, *language, reports),
            Part::Catalogue(catalogue) => self.print_to(layout::CATALOGUE.into(), |_| {
                Ok(format::write_catalogue(catalogue)?)
            }),
            Part::Rules(rules) if rules.is_empty() => self.remove(Path::new(layout::RULES)),
            Part::Rules(rules) => self.print_to(layout::RULES.into(), |_| Ok(format::write_rules(rules)?)),
            Part::Guidelines(words) if words.is_empty() => self.remove(Path::new(layout::GUIDELINES)),
            Part::Guidelines(words) => self.put(layout::GUIDELINES.into(), words.as_bytes()),
            Part::Text { report, text } => self.put(self.text_file(report), text.as_bytes()),
            Part::Original { report, name, bytes } => {
                let text = self
                    .known
                    .get(&self.text_file(report))
                    .and_then(|known| known.stamp);
                if text.is_some_and(|stamp| stamp.hash == ContentHash::of(bytes)) {
                    return Ok(false);
                }
                self.put(self.original_file(report, name), bytes)
            }
            Part::Layer {
                annotator,
                report,
                layer,
                text,
            } => {
                let inner = self.layer_file(annotator, report);
                if layer.is_empty() && self.unanchored(annotator, report) == 0 {
                    return self.remove(&inner);
                }
                self.print_to(inner, |unanchored| {
                    format::write_layer(annotator, report, layer, unanchored, text)
                })
            }
            Part::Suggestions {
                report,
                suggestions,
                text,
            } => {
                let inner = self.suggestions_file(report);
                if suggestions.is_empty() {
                    return self.remove(&inner);
                }
                self.print_to(inner, |_| format::write_suggestions(report, suggestions, text))
            }
        }
    }

    /// Writes `project.ron`; a new version of this program alone is no reason to.
    fn write_head(&mut self, title: &str, language: Language, reports: &[Report]) -> Result<bool, SaveError> {
        let inner = PathBuf::from(layout::HEAD);
        let mut head = Head {
            app: self.app.clone(),
            title: title.to_owned(),
            language,
            reports: reports.to_vec(),
        };
        let unprintable = |error: ron::Error| {
            let source = io::Error::new(io::ErrorKind::InvalidData, error.to_string());
            SaveError::io(Step::Write, Path::new(layout::HEAD), source)
        };
        let unchanged = format::write_head(&head).map_err(unprintable)?;
        if self.is_on_disk(&inner, unchanged.as_bytes()) {
            return Ok(false);
        }
        APP.clone_into(&mut head.app);
        let text = format::write_head(&head).map_err(unprintable)?;
        let written = self.put(inner, text.as_bytes())?;
        self.app = head.app;
        Ok(written)
    }

    fn print_to(
        &mut self,
        inner: PathBuf,
        print: impl FnOnce(&[DecisionRecord]) -> Result<String, Unprintable>,
    ) -> Result<bool, SaveError> {
        let unanchored = self.known.get(&inner).map_or(&[][..], |known| &known.unanchored);
        let text = print(unanchored).map_err(|error| {
            let path = self.root.join(&inner);
            match error {
                Unprintable::OutOfText(OutOfText(span)) => SaveError::DoesNotFit {
                    path,
                    start: span.start,
                },
                Unprintable::Ron(error) => {
                    let source = io::Error::new(io::ErrorKind::InvalidData, error.to_string());
                    SaveError::io(Step::Write, &path, source)
                }
            }
        })?;
        self.put(inner, text.as_bytes())
    }

    fn is_on_disk(&self, inner: &Path, bytes: &[u8]) -> bool {
        self.known.get(inner).is_some_and(|known| {
            known.guard.is_none()
                && known
                    .stamp
                    .is_some_and(|stamp| stamp.hash == ContentHash::of(bytes))
        })
    }

    /// Replaces one file, if it is as it was last seen and does not hold these bytes already.
    fn put(&mut self, inner: PathBuf, bytes: &[u8]) -> Result<bool, SaveError> {
        if self.is_on_disk(&inner, bytes) {
            return Ok(false);
        }
        let (place, is_there) = self.check(&inner, bytes)?;
        let path = self.root.join(&inner);
        if let Some(folder) = place.parent().filter(|_| !is_there) {
            self.files
                .create_folder(folder)
                .map_err(|source| SaveError::io(Step::CreateFolder, &path, source))?;
        }
        if self.is_on_disk(&inner, bytes) {
            return Ok(false);
        }
        let replaced = atomic::replace(self.files.as_ref(), &place, bytes).and_then(|()| {
            Stamp::take(self.files.as_ref(), &place, bytes)
                .map_err(|source| SaveError::io(Step::Verify, &path, source))
        });
        self.spell(&inner);
        let known = self.known.entry(inner).or_default();
        match replaced {
            Ok(stamp) => {
                known.stamp = Some(stamp);
                known.is_unsure = false;
                Ok(true)
            }
            Err(error) => {
                // A failure after the rename leaves our bytes there: they are no change from outside.
                if self.files.read(&place).is_ok_and(|found| found == bytes) {
                    let stamp = Stamp::take(self.files.as_ref(), &place, bytes);
                    known.stamp = stamp.ok().or(known.stamp);
                    known.is_unsure = true;
                }
                Err(error)
            }
        }
    }

    /// Removes one file, if it is there and is as it was last seen.
    fn remove(&mut self, inner: &Path) -> Result<bool, SaveError> {
        let stamp = self.known.get(inner).and_then(|known| known.stamp);
        if stamp.is_none() && self.known.get(inner).is_none_or(|known| known.guard.is_none()) {
            return Ok(false);
        }
        let (place, is_there) = self.check(inner, &[])?;
        let failed = |step| {
            let path = self.root.join(inner);
            move |source| SaveError::io(step, &path, source)
        };
        if is_there {
            self.files.remove(&place).map_err(failed(Step::Remove))?;
        }
        self.known.insert(inner.to_owned(), Known::default());
        match place.parent() {
            Some(folder) if is_there => self.files.sync_folder(folder).map_err(failed(Step::SyncFolder))?,
            _ => {}
        }
        Ok(is_there)
    }

    /// The place of a file that may be replaced, and whether it is there.
    fn check(&mut self, inner: &Path, bytes: &[u8]) -> Result<(PathBuf, bool), SaveError> {
        let path = self.root.join(inner);
        let known = self.known.get(inner);
        match known.and_then(|known| known.guard.as_ref()) {
            Some(Guard::Broken(broken)) => return Err(SaveError::Broken(broken.clone())),
            Some(Guard::NewerFormat) => return Err(SaveError::NewerFormat { path }),
            Some(Guard::NotRead) => return Err(SaveError::NotRead { path }),
            None => {}
        }
        let stamp = known.and_then(|known| known.stamp);
        let place = self
            .resolve(inner)
            .map_err(|source| self.unsaved(inner, source))?;
        let find = |source| SaveError::io(Step::Find, &path, source);
        let is_there = match self.files.metadata(&place) {
            Ok(_) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(find(error)),
        };
        let as_seen = match (&stamp, is_there) {
            (None, false) => true,
            (Some(stamp), true) => stamp
                .renewed(self.files.as_ref(), &place)
                .map_err(find)?
                .is_some(),
            (None, true) => {
                // It was never read: harmless if it holds what is to be written.
                let found = self.files.read(&place).map_err(find)?;
                let same = found == bytes;
                if same {
                    let stamp = Stamp::take(self.files.as_ref(), &place, &found).map_err(find)?;
                    self.known.entry(inner.to_owned()).or_default().stamp = Some(stamp);
                }
                same
            }
            (Some(_), false) => false,
        };
        if as_seen {
            Ok((place, is_there))
        } else {
            Err(SaveError::ChangedOnDisk { path })
        }
    }
}

/// The order of saving: texts before what lies over them, the list of reports last.
const fn rank(part: &Part) -> u8 {
    match part {
        Part::Text { .. } => 0,
        Part::Original { .. } => 1,
        Part::Catalogue(_) => 2,
        Part::Rules(_) => 3,
        Part::Guidelines(_) => 4,
        Part::Suggestions { .. } => 5,
        Part::Layer { .. } => 6,
        Part::Head { .. } => 7,
    }
}
