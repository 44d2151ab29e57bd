//! How the decisions came about: what has been changed, and how much of it is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Annotator, Change, ReportId};

/// One annotator's decisions on one report.
pub type Key = (Annotator, ReportId);

/// The changes of every layer since the project was opened, and of the open report's layer also before.
#[derive(Debug, Default)]
pub struct Timelines {
    threads: BTreeMap<Key, Thread>,
    /// The layer whose log has been read, and how many of its changes come from there.
    read: Option<(Key, usize)>,
}

/// The changes of one layer, the oldest first, and how many of them are in its file.
#[derive(Debug, Default)]
struct Thread {
    changes: Vec<Change>,
    written: usize,
    handed: usize,
}

impl Timelines {
    /// The changes of a layer that are known, the oldest first.
    pub fn changes(&self, key: &Key) -> &[Change] {
        self.threads.get(key).map_or(&[], |thread| &thread.changes)
    }

    /// Adds a change, which is then the newest.
    pub fn add(&mut self, key: Key, change: Change) {
        self.threads.entry(key).or_default().changes.push(change);
    }

    /// Whether this layer's log has been read.
    pub fn has_read(&self, key: &Key) -> bool {
        self.read.as_ref().is_some_and(|(read, _)| read == key)
    }

    /// Puts what a layer's log says before what has happened since, and forgets what another one's said. The log may
    /// have some of that already.
    pub fn take_log(&mut self, key: Key, log: &Arc<[Change]>) {
        self.forget_log();
        let thread = self.threads.entry(key.clone()).or_default();
        let begun = thread.changes.first().map_or(u64::MAX, |first| first.at);
        let is_earlier = |change: &&Change| change.at < begun || !thread.changes.contains(change);
        let earlier: Vec<Change> = log.iter().filter(is_earlier).cloned().collect();
        let count = earlier.len();
        thread.changes.splice(0..0, earlier);
        thread.written += count;
        thread.handed += count;
        self.read = Some((key, count));
    }

    /// Forgets what a log said; its file has it.
    pub fn forget_log(&mut self) {
        let Some((key, count)) = self.read.take() else {
            return;
        };
        if let Some(thread) = self.threads.get_mut(&key) {
            thread.changes.drain(..count);
            thread.written -= count;
            thread.handed -= count;
        }
    }

    /// Forgets what is known of a report whose text is another one now; the files find their words by themselves.
    pub fn forget_report(&mut self, report: &ReportId) {
        self.threads.retain(|(_, about), _| about != report);
        if self.read.as_ref().is_some_and(|((_, about), _)| about == report) {
            self.read = None;
        }
    }

    /// What is not in the layer's file yet.
    pub fn unwritten(&self, key: &Key) -> &[Change] {
        let thread = self.threads.get(key);
        thread
            .and_then(|thread| thread.changes.get(thread.written..))
            .unwrap_or_default()
    }

    /// The layers with changes that are not in their files.
    pub fn unwritten_keys(&self) -> impl Iterator<Item = &Key> {
        let unwritten = self
            .threads
            .iter()
            .filter(|(_, thread)| thread.written < thread.changes.len());
        unwritten.map(|(key, _)| key)
    }

    /// Remembers that everything so far has been given away to be written.
    pub fn hand_out(&mut self, key: &Key) {
        if let Some(thread) = self.threads.get_mut(key) {
            thread.handed = thread.changes.len();
        }
    }

    /// Remembers that what was given away is in the file.
    pub fn confirm(&mut self, key: &Key) {
        if let Some(thread) = self.threads.get_mut(key) {
            thread.written = thread.handed;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    fn change(at: u64) -> Change {
        Change {
            at,
            took: None,
            by: "a".into(),
            gesture: "accept".to_owned(),
            span: Span::new(0, 3),
            before: None,
            after: None,
        }
    }

    #[test]
    fn what_comes_while_a_file_is_written_is_still_to_be_written() {
        let key: Key = ("a".into(), "r".into());
        let mut timelines = Timelines::default();
        timelines.add(key.clone(), change(1));
        timelines.hand_out(&key);
        timelines.add(key.clone(), change(2));
        assert_eq!(timelines.unwritten(&key), [change(1), change(2)]);
        timelines.confirm(&key);
        assert_eq!(timelines.unwritten(&key), [change(2)]);
        assert_eq!(timelines.unwritten_keys().count(), 1);
    }

    #[test]
    fn a_log_comes_before_what_has_happened_since_and_is_never_written_again() {
        let key: Key = ("a".into(), "r".into());
        let mut timelines = Timelines::default();
        timelines.add(key.clone(), change(3));
        timelines.take_log(key.clone(), &Arc::from([change(1), change(2)]));
        assert_eq!(timelines.changes(&key), [change(1), change(2), change(3)]);
        assert_eq!(timelines.unwritten(&key), [change(3)]);
        timelines.hand_out(&key);
        timelines.take_log(("a".into(), "s".into()), &Arc::from([change(9)]));
        timelines.confirm(&key);
        assert_eq!(timelines.changes(&key), [change(3)]);
        assert_eq!(timelines.unwritten_keys().count(), 0);
    }
}
