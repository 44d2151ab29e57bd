//! What the benches share: report text of any size, times, this machine's pace.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicator_annotator::text::read;

mod clock;

pub use clock::worked;

/// What an error of a bench is: words for the person who runs it.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The reports that the benches repeat: real ones where there are any, else the samples of this project,
/// which have several times as many numbers. Says which.
pub fn reports() -> Outcome<Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["../shared/reports", "sample_docs"] {
        let mut files: Vec<PathBuf> = match fs::read_dir(root.join(folder)) {
            Ok(entries) => entries.filter_map(Result::ok).map(|entry| entry.path()).collect(),
            Err(_missing) => continue,
        };
        files.retain(|path| path.is_file() && !path.ends_with("README.md"));
        files.sort();
        let mut texts = Vec::new();
        for path in &files {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            texts.push(read::read(&fs::read(path)?, &name, None)?.text);
        }
        if !texts.is_empty() {
            say(&format!("text: the {} reports in {folder}", texts.len()));
            return Ok(texts);
        }
    }
    Err("no reports to measure with: sample_docs is missing".into())
}

/// As much report text as this: the lines that are wanted, one report after another, again and again.
pub fn text_of_size(reports: &[String], bytes: usize, is_wanted: impl Fn(&str) -> bool) -> String {
    let lines = reports.iter().flat_map(|report| report.lines());
    let wanted: Vec<&str> = lines.filter(|line| is_wanted(line)).collect();
    let mut text = String::with_capacity(bytes + 4096);
    for line in wanted.iter().cycle() {
        text.push_str(line);
        text.push('\n');
        if text.len() >= bytes {
            break;
        }
    }
    text
}

/// Runs something several times and tells the processor time of each run.
pub fn repeat<T>(times: usize, mut work: impl FnMut() -> T) -> Vec<Duration> {
    (0..times).map(|_| worked(&mut work).1).collect()
}

/// The shortest time: what the work costs when nothing else runs.
pub fn best(samples: &[Duration]) -> Duration {
    samples.iter().min().copied().unwrap_or_default()
}

/// Prints a line.
pub fn say(line: &str) {
    // Whoever closed the output does not want the rest.
    writeln!(io::stdout().lock(), "{line}").ok();
}

/// How fast this machine is just now: copying memory, and a `regex` loop over report text, in MB/s.
pub fn pace(text: &str) -> Outcome<String> {
    let source = vec![1_u8; 64 << 20];
    let mut target = vec![0_u8; source.len()];
    let copy = best(&repeat(5, || target.copy_from_slice(&source)));
    let pattern = regex::Regex::new(r"[0-9]+(\.[0-9]+)?[%万亿元个]*")?;
    let mut matches = 0;
    let scan = best(&repeat(3, || matches = pattern.find_iter(text).count()));
    let copied = megabytes_a_second(source.len(), copy);
    let scanned = megabytes_a_second(text.len(), scan);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(format!(
        "pace: memcpy {copied:.0} MB/s, regex loop {scanned:.0} MB/s ({matches} matches), {cores} cores"
    ))
}

/// Bytes in a time, as MB/s.
pub fn megabytes_a_second(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / 1e6 / time.as_secs_f64()
}

/// Whether this flag is among the arguments.
pub fn flag(name: &str) -> bool {
    std::env::args().any(|argument| argument == name)
}
