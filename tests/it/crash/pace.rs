//! How long the machine takes for what a save asks of it.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Files that a save brings to the disk, one after another, with the journal before and after them.
const FILES: usize = 8;

/// Measures until it is asked.
pub struct Pace {
    enough: Arc<AtomicBool>,
    longest: JoinHandle<Duration>,
}

impl Pace {
    /// Begins to measure in a folder's file system.
    pub fn measure(folder: &Path) -> Self {
        let enough = Arc::new(AtomicBool::new(false));
        let (path, stop) = (folder.join("pace"), Arc::clone(&enough));
        let longest = thread::spawn(move || {
            let mut longest = Duration::ZERO;
            while !stop.load(Ordering::Relaxed) {
                let begun = Instant::now();
                for _ in 0..FILES {
                    let mut file = File::create(&path).unwrap();
                    file.write_all(&[b'x'; 4096]).unwrap();
                    file.sync_all().unwrap();
                }
                longest = longest.max(begun.elapsed());
                thread::sleep(Duration::from_millis(20));
            }
            longest
        });
        Self { enough, longest }
    }

    /// The longest that it took.
    pub fn longest(self) -> Duration {
        self.enough.store(true, Ordering::Relaxed);
        self.longest.join().unwrap()
    }
}
