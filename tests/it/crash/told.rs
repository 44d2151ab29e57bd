//! What the killed program told of its decisions while it lived.

use std::fmt::Debug;
use std::hash::{DefaultHasher, Hasher};
use std::io::{BufRead, BufReader};
use std::process::ChildStdout;
use std::time::{Duration, Instant};

use indicator_annotator::edit::Edit;
use indicator_annotator::model::Project;

/// Something that the program told of.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// Whether this is a state that it began with or recovered, rather than a decision.
    pub is_ground: bool,
    /// When it was made, by the clock of whoever listens.
    pub at: Instant,
    /// The hash of the gesture; `None` where a start has recovered it and may have had to make it differently.
    pub gesture: Option<u64>,
    /// The hash of the project after it.
    pub state: u64,
}

/// What is the same for the same gesture, also in another process.
pub fn gesture_hash(edits: &[Edit]) -> u64 {
    hash(&edits)
}

/// What is the same for the same project, also in another process.
pub fn state_hash(project: &Project) -> u64 {
    hash(project)
}

fn hash(what: &impl Debug) -> u64 {
    struct Into(DefaultHasher);
    impl std::fmt::Write for Into {
        fn write_str(&mut self, words: &str) -> std::fmt::Result {
            self.0.write(words.as_bytes());
            Ok(())
        }
    }
    let mut hasher = Into(DefaultHasher::new());
    std::fmt::Write::write_fmt(&mut hasher, format_args!("{what:?}")).unwrap();
    hasher.0.finish()
}

/// Listens until the program ends. `came` is told of each line, so that the listener knows when work begins.
pub fn listen(out: ChildStdout, came: impl Fn() -> bool) -> Vec<Told> {
    let mut lines: Vec<(bool, Duration, Instant, u64, u64)> = Vec::new();
    for line in BufReader::new(out).split(b'\n').map_while(Result::ok) {
        let now = Instant::now();
        let line = String::from_utf8_lossy(&line).into_owned();
        let words: Vec<&str> = line.split(' ').collect();
        let ["open" | "recovered" | "made", at, gesture, state] = words[..] else {
            continue;
        };
        let number = |word: &str| word.parse::<u64>().unwrap();
        lines.push((
            words[0] != "made",
            Duration::from_micros(number(at)),
            now,
            number(gesture),
            number(state),
        ));
        came();
    }
    // Both clocks are monotonic; the line that was under way for the shortest time tells how they differ.
    let begun = lines
        .iter()
        .filter_map(|(_, at, heard, ..)| heard.checked_sub(*at))
        .min();
    let Some(begun) = begun else { return Vec::new() };
    let told = |(is_ground, at, _, gesture, state)| Told {
        is_ground,
        at: begun + at,
        gesture: Some(gesture),
        state,
    };
    lines.into_iter().map(told).collect()
}
