//! How fast numbers are recognised, on one core, beside a plain `regex` loop in the same run.
//!
//! `cargo bench --bench recognise`; ratios mean more than MB/s, which depend on the machine.
//! `-- --quick` measures less text.

mod common;

use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use common::{Outcome, best, flag, megabytes_a_second, pace, repeat, reports, say, text_of_size};
use indicator_annotator::app::builtin;
use indicator_annotator::app::document::Document;
use indicator_annotator::app::incoming::read_bytes;
use indicator_annotator::number;
use indicator_annotator::text::read;

/// Numerals of both kinds, ranges, magnitudes and units: what a mention's span comes to.
const COMPARABLE: &str = r"(?:[0-9０-９][0-9０-９,，.]*|[〇零一二三四五六七八九十百千万亿两]+)(?:[-—~～至][0-9０-９]+)?[万亿千百]*(?:%|％|‰|个百分点|[元美]元?|亩|公里|吨|千瓦|人次?|户|家|个|项|件|名|年|月|日|倍|位)?";

/// Budgets, in MB/s, and the least share of `rg -o`.
const MENTIONS: f64 = 250.0;
const EXTRACTION: f64 = 60.0;
const SHARE_OF_RG: f64 = 0.8;

fn main() -> ExitCode {
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("recognise: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Outcome<()> {
    let (bytes, times) = if flag("--quick") {
        (5_000_000, 3)
    } else {
        (20_000_000, 7)
    };
    let text = text_of_size(&reports()?, bytes, |_| true);
    say(&pace(&text)?);
    let pattern = regex::Regex::new(COMPARABLE)?;
    let mut matches = 0;
    let loops = repeat(times, || matches = pattern.find_iter(&text).count());
    let regex = megabytes_a_second(text.len(), best(&loops));
    say(&format!(
        "{:<34}{:>9}{:>11}{:>12}  budget",
        "what", "MB/s", "of regex", "found"
    ));
    row(
        "regex loop, comparable pattern",
        text.len(),
        best(&loops),
        regex,
        matches,
        None,
    );

    let mut found = 0;
    let samples = repeat(times, || found = number::mentions(&text).len());
    row(
        "number::mentions",
        text.len(),
        best(&samples),
        regex,
        found,
        Some(MENTIONS),
    );
    let mentions = best(&samples);

    let incoming = read_bytes(Arc::from(text.as_bytes()), "report.txt", None)?;
    let (report, shown, catalogue) = (incoming.report, incoming.text, builtin::starting_catalogue());
    let samples = repeat(times, || {
        let document = Document::analyse(report.id.clone(), Arc::clone(&shown), &[]);
        found = document.suggest(&report, &catalogue).len();
    });
    row(
        "full extraction of a text",
        shown.len(),
        best(&samples),
        regex,
        found,
        Some(EXTRACTION),
    );

    let samples = repeat(times, || {
        read::read(text.as_bytes(), "report.txt", None).map(|reading| reading.text.len())
    });
    row("text::read", text.len(), best(&samples), regex, 0, None);

    match ripgrep(&text, times)? {
        None => say("rg is not installed; without it the regex loop is the only reference"),
        Some((time, found)) => {
            row(
                "rg -j1 -o, comparable pattern",
                text.len(),
                time,
                regex,
                found,
                None,
            );
            let share = time.as_secs_f64() / mentions.as_secs_f64();
            let verdict = if share >= SHARE_OF_RG { "OK" } else { "OVER" };
            say(&format!(
                "number::mentions is {share:.2} × rg -o; budget ≥ {SHARE_OF_RG} {verdict}"
            ));
        }
    }
    Ok(())
}

fn row(what: &str, bytes: usize, time: Duration, regex: f64, found: usize, budget: Option<f64>) {
    let speed = megabytes_a_second(bytes, time);
    let budget = budget.map_or(String::new(), |least| {
        let verdict = if speed >= least { "OK" } else { "OVER" };
        format!("≥ {least} {verdict}")
    });
    say(&format!(
        "{what:<34}{speed:>9.0}{:>11.2}{found:>12}  {budget}",
        speed / regex
    ));
}

/// The best time of ripgrep on the same text with the same pattern, and how many matches it printed.
fn ripgrep(text: &str, times: usize) -> Outcome<Option<(Duration, usize)>> {
    if Command::new("rg")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_err()
    {
        return Ok(None);
    }
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("report.txt");
    std::fs::write(&path, text)?;
    let (mut found, mut fastest) = (0, Duration::MAX);
    for _ in 0..times {
        // Another process has its own processor time, so this is by the clock.
        let start = Instant::now();
        let output = Command::new("rg")
            .args(["-j1", "-o", "--no-filename", COMPARABLE])
            .arg(&path)
            .output()?;
        fastest = fastest.min(start.elapsed());
        found = memchr::memchr_iter(b'\n', &output.stdout).count();
    }
    Ok(Some((fastest, found)))
}
