//! How fast numbers are recognised and extracted on one core, beside other programs in the same run.
//!
//! `cargo bench --bench recognise` prints one table over 100 MB of report text; `-- --quick` measures less.
//! ripgrep gives the measure, as MB/s depend on the machine. Programs that are not installed are named and
//! left out; `PEERS_PYTHON` names a Python that has the packages of `peers.py`.
//!
//! Speed is told in processor time, as another program's turn is not this one's cost; that of the command
//! line, where threads wait for each other, by the clock.

#[path = "../common/mod.rs"]
mod common;
mod lines;
mod peers;
mod programs;
mod ripgrep;
mod table;

use std::process::ExitCode;
use std::sync::Arc;

use common::{Outcome, flag, pace, repeat, reports, say, text_of_size};
use indicator_annotator::app::builtin;
use indicator_annotator::app::incoming::read_bytes;
use indicator_annotator::extract::{self, Context};
use indicator_annotator::number;
use indicator_annotator::text::outline::Outline;
use indicator_annotator::text::read;
use table::{Budget, Measured, Table};

/// Numerals of both kinds, ranges, magnitudes and units: what a mention's span comes to.
const COMPARABLE: &str = r"(?:[0-9０-９][0-9０-９,，.]*|[〇零一二三四五六七八九十百千万亿两]+)(?:[-—~～至][0-9０-９]+)?[万亿千百]*(?:%|％|‰|个百分点|[元美]元?|亩|公里|吨|千瓦|人次?|户|家|个|项|件|名|年|月|日|倍|位)?";

/// The least of recognising, in MB/s and as a share of ripgrep; and of extraction, in MB/s.
const MENTIONS: [Budget; 2] = [Budget::Speed(250.0), Budget::OfRipgrep(0.8)];
const EXTRACTION: [Budget; 1] = [Budget::Speed(60.0)];

/// How much is measured.
#[derive(Clone, Copy)]
struct Effort {
    /// Bytes of report text.
    bytes: usize,
    /// How often each thing is done; the best time counts.
    times: usize,
    /// How many seconds each of the slow programs in Python may take.
    patience: u32,
}

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
    let effort = if flag("--quick") {
        Effort {
            bytes: 20_000_000,
            times: 3,
            patience: 3,
        }
    } else {
        Effort {
            bytes: 100_000_000,
            times: 5,
            patience: 20,
        }
    };
    let reports = reports()?;
    let text = text_of_size(&reports, effort.bytes, |_| true);
    let folder = tempfile::tempdir()?;
    say(&pace(&text)?);
    let mut table = Table::begin();
    ripgrep::measure(&mut table, &text, folder.path(), effort.times)?;
    regex_loop(&mut table, &text, effort.times)?;
    ours(&mut table, &text, effort.times)?;
    lines::measure(&mut table, &reports, effort, folder.path())?;
    peers::measure(&mut table, &text, effort, folder.path())
}

/// A loop over the matches of the same pattern as ripgrep's, which tells no values.
fn regex_loop(table: &mut Table, text: &str, times: usize) -> Outcome<()> {
    let pattern = regex::Regex::new(COMPARABLE)?;
    let mut found = 0;
    let samples = repeat(times, || found = pattern.find_iter(text).count());
    table.row(
        "regex loop, same pattern",
        Measured::best(text, &samples, Some(found)),
        &[],
    );
    Ok(())
}

/// What the library does with a text: recognise, extract, and read it in the first place.
fn ours(table: &mut Table, text: &str, times: usize) -> Outcome<()> {
    let mut found = 0;
    let samples = repeat(times, || found = number::mentions(text).len());
    table.row(
        "number::mentions",
        Measured::best(text, &samples, Some(found)),
        &MENTIONS,
    );

    let incoming = read_bytes(Arc::from(text.as_bytes()), "report.txt", None)?;
    let (report, shown, catalogue) = (incoming.report, incoming.text, builtin::starting_catalogue());
    let samples = repeat(times, || {
        // A document would do a part of this on a second thread.
        let context = Context {
            text: &shown,
            outline: &Outline::of(&shown),
            report: &report,
            catalogue: &catalogue,
        };
        found = extract::suggest(&context, &number::mentions(&shown)).len();
    });
    table.row(
        "full extraction",
        Measured::best(&shown, &samples, Some(found)),
        &EXTRACTION,
    );

    let samples = repeat(times, || {
        read::read(text.as_bytes(), "report.txt", None).map(|reading| reading.text.len())
    });
    table.row("text::read", Measured::best(text, &samples, None), &[]);
    Ok(())
}
