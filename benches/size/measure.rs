//! What one project costs, told line by line to whoever asked.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use indicator_annotator::app::action::{Action, Tab};
use indicator_annotator::app::command::Command;
use indicator_annotator::app::settings::Settings;
use indicator_annotator::app::state::AppState;
use indicator_annotator::model::ReportId;
use indicator_annotator::text::search::Query;

use crate::common::{Outcome, say, worked};
use crate::make::PERSON;
use crate::window::{Window, timed};

/// The rows of the table: what is measured in which unit, and what it may be at most.
pub const ROWS: &[(&str, Option<f64>)] = &[
    ("files: texts, MB", None),
    ("files: all that is read, MB", None),
    ("open: to a report that can be worked on, ms", Some(1_000.0)),
    ("open: longest frame while reading the rest, ms", None),
    ("open: until all is read, ms", None),
    ("switch: to a report that can be worked on, ms", Some(100.0)),
    ("switch: the slowest of 40, ms", None),
    ("frame: at rest, in the last report, ms", Some(8.0)),
    ("decide: key and next frame, ms", Some(8.0)),
    ("decide: the slowest of 40, ms", None),
    ("decide: table and ledger up to date, ms", Some(100.0)),
    ("at rest: longest frame, ms", None),
    ("checks made anew after a decision, ms", None),
    ("search: rare, by regex, all texts, ms", Some(3_000.0)),
    ("search: the first finds of a frequent one, ms", None),
    ("curate: begun, ms", None),
    ("curate: longest frame meanwhile, ms", None),
    ("curate: a case settled, key and next frame, ms", Some(8.0)),
    ("queue: its first items, ms", None),
    ("queue: all of it, ms", None),
    ("queue: longest frame meanwhile, ms", None),
    ("memory: once a report can be worked on, MB", None),
    ("memory: all read, MB", None),
    ("memory: all read, times the files", Some(3.0)),
    ("memory: most while opening, times the files", Some(3.0)),
    ("memory: most with search, queue and curation, MB", None),
    ("memory: the same, times the files", Some(3.0)),
];

/// How often a report is gone to, and a number decided on.
const TIMES: usize = 40;

/// One figure of one project.
pub struct Figure {
    /// The row's name.
    pub name: String,
    /// In the row's unit.
    pub value: f64,
}

impl Figure {
    /// The figure that a line tells of.
    pub fn told(line: &str) -> Option<Self> {
        let (name, value) = line.split_once('\t')?;
        Some(Self {
            name: name.to_owned(),
            value: value.parse().ok()?,
        })
    }
}

/// Measures one project and tells each figure as it is there.
pub fn measure(project: &Path) -> Outcome<()> {
    let data = tempfile::tempdir()?;
    let all = size_of(project)? - size_of(&project.join("history"))?;
    tell("files: texts, MB", megabytes(size_of(&project.join("reports"))?));
    tell("files: all that is read, MB", megabytes(all));

    let mut window = Window::start(data.path())?;
    let settings = Settings {
        annotator: PERSON.to_owned(),
        ..window.state().settings.clone()
    };
    window.send(Action::SetSettings(Box::new(settings)));
    window.frame(Vec::new());
    let before = memory("VmRSS")?;
    let start = Instant::now();
    window.send(Action::Open(vec![project.to_path_buf()]));
    window.until("a report that can be worked on", can_work)?;
    tell("open: to a report that can be worked on, ms", ms(start.elapsed()));
    tell(
        "memory: once a report can be worked on, MB",
        megabytes(memory("VmRSS")? - before),
    );
    let longest = frames_until(&mut window, "everything read", |state| {
        !state.keeping.at_work && state.is_whole()
    })?;
    tell("open: longest frame while reading the rest, ms", ms(longest));
    tell("open: until all is read, ms", ms(start.elapsed()));
    let read = memory("VmRSS")? - before;
    tell("memory: all read, MB", megabytes(read));
    tell("memory: all read, times the files", read as f64 / all as f64);
    let most = memory("VmHWM")? - before;
    tell(
        "memory: most while opening, times the files",
        most as f64 / all as f64,
    );

    rest(&mut window)?;
    switch(&mut window)?;
    frames(&mut window)?;
    decide(&mut window)?;
    checks(&mut window)?;
    search(&mut window)?;
    whole(&mut window)?;
    let most = memory("VmHWM")? - before;
    tell(
        "memory: most with search, queue and curation, MB",
        megabytes(most),
    );
    tell("memory: the same, times the files", most as f64 / all as f64);
    Ok(())
}

/// Goes to one report after another.
fn switch(window: &mut Window) -> Outcome<()> {
    let ids = ids(window.state());
    let mut times = Vec::new();
    for round in 0..TIMES {
        let id = ids[round * 7919 % ids.len()].clone();
        let start = Instant::now();
        window.send(Action::ShowReport(id));
        window.until("another report", can_work)?;
        times.push(start.elapsed());
        rest(window)?;
    }
    tell(
        "switch: to a report that can be worked on, ms",
        ms(median(&times)),
    );
    tell("switch: the slowest of 40, ms", ms(slowest(&times)));
    Ok(())
}

/// Draws the last report of the list again and again.
fn frames(window: &mut Window) -> Outcome<()> {
    if let Some(last) = ids(window.state()).pop() {
        window.send(Action::ShowReport(last));
    }
    window.until("the last report", can_work)?;
    rest(window)?;
    let times: Vec<Duration> = (0..TIMES).map(|_| window.frame(Vec::new())).collect();
    tell("frame: at rest, in the last report, ms", ms(median(&times)));
    Ok(())
}

/// Decides on one open number after another.
fn decide(window: &mut Window) -> Outcome<()> {
    let [mut times, mut shown] = [(); 2].map(|()| Vec::new());
    let mut longest = Duration::ZERO;
    let before = decided(window.state());
    window.send(Action::Run(Command::NextOpen));
    for done in 1..=TIMES {
        let start = Instant::now();
        let ((), key) = worked(|| {
            window.send(Action::Run(Command::Accept));
        });
        let frame = window.frame(Vec::new());
        times.push(key + frame);
        if decided(window.state()) != before + done {
            return Err("a decision was not counted".into());
        }
        shown.push(start.elapsed());
        longest = longest.max(rest(window)?);
    }
    tell("decide: key and next frame, ms", ms(median(&times)));
    tell("decide: the slowest of 40, ms", ms(slowest(&times)));
    tell("decide: table and ledger up to date, ms", ms(median(&shown)));
    tell("at rest: longest frame, ms", ms(longest));
    Ok(())
}

/// Has the checks made again after a decision.
fn checks(window: &mut Window) -> Outcome<()> {
    let made = |state: &AppState| state.checks.stale_since.is_none() && !state.checks.running;
    frames_until(window, "checks", made)?;
    window.send(Action::Run(Command::Accept));
    frames_until(window, "the rest before the checks", |state| state.checks.running)?;
    let start = Instant::now();
    frames_until(window, "checks", made)?;
    tell("checks made anew after a decision, ms", ms(start.elapsed()));
    Ok(())
}

/// Searches all texts by regular expressions.
fn search(window: &mut Window) -> Outcome<()> {
    window.send(Action::Run(Command::FindInProject));
    let regex = |pattern: &str| Query {
        pattern: pattern.to_owned(),
        regex: true,
        ..Query::default()
    };
    let done = |state: &AppState| !state.view.search.running;
    let (begun, time) = timed(|| -> Outcome<()> {
        window.send(Action::Search(regex(r"[0-9]{9,}(\.[0-9]+)?[亿万]元人民币")));
        window.until("a search", done)?;
        Ok(())
    });
    begun?;
    tell("search: rare, by regex, all texts, ms", ms(time));
    let start = Instant::now();
    window.send(Action::Search(regex(r"增长[0-9.]+(个百分点|%)")));
    window.until("finds", |state| {
        !state.view.search.finds.is_empty() || !state.view.search.running
    })?;
    tell(
        "search: the first finds of a frequent one, ms",
        ms(start.elapsed()),
    );
    window.until("a search", done)?;
    window.send(Action::ShowTab(Tab::Observations));
    Ok(())
}

/// What looks at the project as a whole: curating, then the review queue.
fn whole(window: &mut Window) -> Outcome<()> {
    let start = Instant::now();
    window.send(Action::Run(Command::Curate));
    let longest = frames_until(window, "cases", |state| {
        state.curation.is_some() && !state.keeping.at_work && can_work(state)
    })?;
    tell("curate: begun, ms", ms(start.elapsed()));
    tell("curate: longest frame meanwhile, ms", ms(longest));
    settle(window)?;
    window.send(Action::Run(Command::Curate));
    let start = Instant::now();
    window.send(Action::Run(Command::Review));
    let first = frames_until(window, "a queue", |state| !state.review.queue.is_empty())?;
    tell("queue: its first items, ms", ms(start.elapsed()));
    let rest = frames_until(window, "a whole queue", |state| !state.review.is_coming())?;
    tell("queue: all of it, ms", ms(start.elapsed()));
    tell("queue: longest frame meanwhile, ms", ms(first.max(rest)));
    Ok(())
}

/// Takes the first reading of one case after another.
fn settle(window: &mut Window) -> Outcome<()> {
    let mut times = Vec::new();
    for _ in 0..TIMES {
        let open = |state: &AppState| {
            state
                .curation
                .as_ref()
                .map_or(0, |curation| curation.listed.len())
        };
        let before = open(window.state());
        if before == 0 {
            break;
        }
        rest(window)?;
        let ((), key) = worked(|| {
            window.send(Action::TakeReading(0));
            window.send(Action::Run(Command::Accept));
        });
        times.push(key + window.frame(Vec::new()));
        window.until("a settled case", |state| open(state) < before)?;
    }
    tell(
        "curate: a case settled, key and next frame, ms",
        ms(median(&times)),
    );
    Ok(())
}

/// Draws frames until nothing is being written, and tells the longest.
fn rest(window: &mut Window) -> Outcome<Duration> {
    frames_until(window, "rest", |state| {
        state.keeping.dirty.is_empty() && !state.keeping.at_work && state.keeping.unjournalled.is_empty()
    })
}

/// Draws frames until something is so, and tells the longest.
fn frames_until(window: &mut Window, what: &str, is_so: impl Fn(&AppState) -> bool) -> Outcome<Duration> {
    let mut longest = Duration::ZERO;
    let start = Instant::now();
    while !is_so(window.state()) {
        longest = longest.max(window.frame(Vec::new()));
        if start.elapsed() > Duration::from_mins(10) {
            return Err(format!("the window did not come to this: {what}").into());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(longest)
}

/// Whether the open report's numbers can be decided on.
fn can_work(state: &AppState) -> bool {
    let open = state.view.report.as_ref();
    state.document().is_some() && open.is_some_and(|open| state.suggestions.contains_key(open))
}

fn decided(state: &AppState) -> usize {
    let open = state.view.report.as_ref();
    let ledger = open.and_then(|open| state.ledgers.get(open));
    ledger.map_or(0, |ledger| ledger.decided())
}

fn ids(state: &AppState) -> Vec<ReportId> {
    let reports = state.project.reports.iter();
    reports.map(|report| report.id.clone()).collect()
}

fn tell(name: &str, value: f64) {
    say(&format!("{name}\t{value}"));
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn slowest(times: &[Duration]) -> Duration {
    times.iter().max().copied().unwrap_or_default()
}

/// What the system says of this process's memory, in bytes.
fn memory(what: &str) -> Outcome<u64> {
    // Elsewhere than on Linux there is no such file, and memory is not told.
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(what)?.strip_prefix(':'));
    let Some(line) = line else { return Ok(0) };
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes * 1024)
}

/// The bytes of all files in a folder and below it.
fn size_of(folder: &Path) -> Outcome<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        sum += if metadata.is_dir() {
            size_of(&entry.path())?
        } else {
            metadata.len()
        };
    }
    Ok(sum)
}
