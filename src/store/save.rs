//! Saving a project's parts: each file as a whole, and only where it is as it was last seen.

use std::io;
use std::path::{Path, PathBuf};

use super::error::{SaveError, Step};
use super::folder::{Guard, Known, Store};
use super::format::{self, Head, LayerPen, OutOfText, Unanchored, Unprintable};
use super::stamp::{ContentHash, Stamp};
use super::{Part, ReadOnly, atomic, layout};

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
            if let Part::Head { .. } = part {
                texts_are_safe &= note(&mut first_error, self.sync_folders()).is_some();
                if !texts_are_safe {
                    continue;
                }
            }
            match note(&mut first_error, self.write_part(part)) {
                Some(was_written) => written += usize::from(was_written),
                None => texts_are_safe &= !matches!(part, Part::Text { .. }),
            }
        }
        note(&mut first_error, self.sync_folders());
        match first_error {
            Some(error) => Err(error),
            None => Ok(written),
        }
    }

    /// Brings the entries of all folders that have new ones to the disk.
    fn sync_folders(&mut self) -> Result<(), SaveError> {
        while let Some(folder) = self.unsynced.first() {
            self.files
                .sync_folder(folder)
                .map_err(|source| SaveError::io(Step::SyncFolder, folder, source))?;
            self.unsynced.pop_first();
        }
        Ok(())
    }

    fn write_part(&mut self, part: &Part) -> Result<bool, SaveError> {
        match part {
            Part::Head {
                title,
                language,
                extractor,
                reports,
            } => self.write_head(Head {
                app: self.app.clone(),
                title: title.clone(),
                language: *language,
                extractor: extractor.clone(),
                reports: reports.to_vec(),
            }),
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
                if layer.is_blank() && self.unanchored(annotator, report) == 0 {
                    return self.remove(&inner);
                }
                let pen = self.pen.take().filter(|pen| pen.is_for(text));
                let mut pen = pen.unwrap_or_else(|| LayerPen::new(text));
                let written = self.print_to(inner, |unanchored| {
                    pen.layer(annotator, report, layer, unanchored)
                });
                self.pen = Some(pen);
                written
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
            Part::Memory { annotator, memory } => {
                let inner = self.memory_file(annotator);
                if memory.is_empty() {
                    return self.remove(&inner);
                }
                self.print_to(inner, |_| Ok(format::write_memory(annotator, memory)?))
            }
            Part::Waivers { annotator, waivers } => {
                let inner = self.waivers_file(annotator);
                if waivers.is_empty() {
                    return self.remove(&inner);
                }
                self.print_to(inner, |_| Ok(format::write_waivers(annotator, waivers)?))
            }
            Part::Timeline {
                annotator,
                report,
                changes,
                text,
            } => self.append_changes(annotator, report, changes, text),
        }
    }

    /// Writes `project.ron`; a new version of this program alone is no reason to.
    fn write_head(&mut self, mut head: Head) -> Result<bool, SaveError> {
        let inner = PathBuf::from(layout::HEAD);
        let unprintable = |error: ron::Error| {
            let source = io::Error::new(io::ErrorKind::InvalidData, error.to_string());
            SaveError::io(Step::Write, Path::new(layout::HEAD), source)
        };
        let unchanged = format::write_head(&head).map_err(unprintable)?;
        if self.is_on_disk(&inner, ContentHash::of(unchanged.as_bytes())) {
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
        print: impl FnOnce(&Unanchored) -> Result<String, Unprintable>,
    ) -> Result<bool, SaveError> {
        let none = Unanchored::default();
        let unanchored = self.known.get(&inner).map_or(&none, |known| &known.unanchored);
        let text = print(unanchored).map_err(|error| self.unprinted(&inner, error))?;
        self.put(inner, text.as_bytes())
    }

    pub(super) fn unprinted(&self, inner: &Path, error: Unprintable) -> SaveError {
        let path = self.root.join(inner);
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
    }

    fn is_on_disk(&self, inner: &Path, hash: ContentHash) -> bool {
        let known = self.known.get(inner).filter(|known| known.guard.is_none());
        let stamp = known.and_then(|known| known.stamp);
        stamp.is_some_and(|stamp| stamp.hash == hash)
    }

    /// Replaces one file, if it is as it was last seen and does not hold these bytes already.
    fn put(&mut self, inner: PathBuf, bytes: &[u8]) -> Result<bool, SaveError> {
        let hash = ContentHash::of(bytes);
        if self.is_on_disk(&inner, hash) {
            return Ok(false);
        }
        let (place, is_there) = self.check(&inner, hash)?;
        if self.is_on_disk(&inner, hash) {
            return Ok(false);
        }
        let path = self.root.join(&inner);
        if let Some(folder) = place.parent().filter(|_| !is_there) {
            self.make_folder(folder)?;
        }
        let folder = atomic::swap(self.files.as_ref(), &place, bytes)?;
        self.unsynced.insert(folder);
        self.spell(&inner);
        let stamp = Stamp::take(self.files.as_ref(), &place, hash);
        let known = self.known.entry(inner).or_default();
        match stamp {
            Ok(stamp) => {
                known.stamp = Some(stamp);
                Ok(true)
            }
            Err(source) => {
                // Our bytes are there; the next look at the file must not take them for another's.
                known.stamp = Some(Stamp::unseen(bytes, hash));
                Err(SaveError::io(Step::Verify, &path, source))
            }
        }
    }

    /// Makes a folder of the project and those above it.
    pub(super) fn make_folder(&mut self, folder: &Path) -> Result<(), SaveError> {
        if self.files.metadata(folder).is_ok() {
            return Ok(());
        }
        self.files
            .create_folder(folder)
            .map_err(|source| SaveError::io(Step::CreateFolder, folder, source))?;
        let above = folder.ancestors().skip(1);
        let within = above.take_while(|above| above.starts_with(&self.root));
        self.unsynced.extend(within.map(Path::to_owned));
        Ok(())
    }

    /// Removes one file, if it is there and is as it was last seen.
    fn remove(&mut self, inner: &Path) -> Result<bool, SaveError> {
        let stamp = self.known.get(inner).and_then(|known| known.stamp);
        let is_unread = self.unread.holds(inner);
        if stamp.is_none() && !is_unread && self.known.get(inner).is_none_or(|known| known.guard.is_none()) {
            return Ok(false);
        }
        let (place, is_there) = self.check(inner, ContentHash::of(&[]))?;
        if is_there {
            self.files
                .remove(&place)
                .map_err(|source| SaveError::io(Step::Remove, &self.root.join(inner), source))?;
        }
        self.known.insert(inner.to_owned(), Known::default());
        self.unsynced.extend(place.parent().map(Path::to_owned));
        Ok(is_there)
    }

    /// The place of a file that may be replaced, and whether it is there.
    fn check(&mut self, inner: &Path, hash: ContentHash) -> Result<(PathBuf, bool), SaveError> {
        let path = self.root.join(inner);
        if self.unread.holds(inner) {
            return Err(SaveError::NotRead { path });
        }
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
            (Some(stamp), true) => stamp
                .renewed(self.files.as_ref(), &place)
                .map_err(find)?
                .is_some(),
            (stamp, is_there) => stamp.is_some() == is_there,
        };
        if !as_seen && is_there {
            // A file that came to hold what is to be written is no loss to anybody.
            let found = ContentHash::of(&self.files.read(&place).map_err(find)?);
            if found == hash {
                let stamp = Stamp::take(self.files.as_ref(), &place, found).map_err(find)?;
                self.known.entry(inner.to_owned()).or_default().stamp = Some(stamp);
                return Ok((place, true));
            }
        }
        if as_seen {
            Ok((place, is_there))
        } else {
            Err(SaveError::ChangedOnDisk { path })
        }
    }
}

/// Takes the value out of a result, and keeps the error if it is the first one.
fn note<T>(first_error: &mut Option<SaveError>, result: Result<T, SaveError>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(error) => {
            first_error.get_or_insert(error);
            None
        }
    }
}

/// The order of saving: texts before what lies over them, what happened to a layer before the layer,
/// the list of reports last.
const fn rank(part: &Part) -> u8 {
    match part {
        Part::Text { .. } => 0,
        Part::Original { .. } => 1,
        Part::Catalogue(_) => 2,
        Part::Rules(_) => 3,
        Part::Guidelines(_) => 4,
        Part::Suggestions { .. } => 5,
        Part::Memory { .. } => 6,
        Part::Waivers { .. } => 7,
        Part::Timeline { .. } => 8,
        Part::Layer { .. } => 9,
        Part::Head { .. } => 10,
    }
}
