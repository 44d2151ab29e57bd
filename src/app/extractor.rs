//! Runs the program that a project names as its extractor, and reads what it proposes.
//!
//! It is started only when a person asks for it, without a shell. It is given one JSON record `{"id", "text"}` a
//! line on standard input and answers one record `{"id", "mentions": […]}` a line on standard output; offsets count
//! code points of the text. Writing and reading are done on threads of their own, so that neither waits for the
//! other. It is ended when its time is over, when it says too much or when the person no longer wants it; what it
//! had answered by then is kept.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use super::jobs::Cancel;
use crate::exchange::predictions::{Fill, Predictions, Reader};
use crate::model::{Extractor, Project, ReportId};

/// How much of its complaints is kept: the last so many bytes.
const TAIL: usize = 4096;
/// How often a waiting run looks whether it should stop.
const LOOK: Duration = Duration::from_millis(20);
/// How long its output may stay open and silent after it has ended: what it has started may still hold it.
const GRACE: Duration = Duration::from_millis(500);
/// So many answers may wait to be read.
const WAITING: usize = 64;

/// How much a run may answer.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    /// Bytes of one line.
    line: usize,
    /// Bytes of everything.
    all: usize,
}

const BOUNDS: Bounds = Bounds {
    line: 64 << 20,
    all: 512 << 20,
};

/// What came of a run.
#[derive(Debug)]
pub struct Proposed {
    /// What it proposes, also where it did not come to its end.
    pub predictions: Predictions,
    /// The reports that it was given and did not answer.
    pub unanswered: Vec<ReportId>,
    /// How it ended.
    pub end: End,
    /// The last of what it wrote to standard error.
    pub complaints: String,
}

impl Proposed {
    /// Whether it came to its end and answered everything in a way that could be taken.
    pub fn is_whole(&self) -> bool {
        self.end == End::Finished && self.unanswered.is_empty() && self.predictions.refused.is_empty()
    }
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// It ended by itself and says that all went well.
    Finished,
    /// It ended by itself and says that something went wrong: its exit status.
    Failed(String),
    /// It could not be started: the system's words.
    NotStarted(String),
    /// It took longer than the project allows.
    TimedOut {
        /// What the project allows, in seconds.
        seconds: u32,
    },
    /// It answered more than any report could need.
    TooMuch,
    /// The person no longer wanted it.
    Cancelled,
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Finished => f.write_str("finished"),
            Self::Failed(status) => write!(f, "failed: {status}"),
            Self::NotStarted(error) => write!(f, "could not be started: {error}"),
            Self::TimedOut { seconds } => {
                write!(f, "ended after {seconds} s, which is all that the project allows")
            }
            Self::TooMuch => f.write_str("ended because it wrote more than any report could need"),
            Self::Cancelled => f.write_str("cancelled"),
        }
    }
}

/// Has an extractor propose for these reports of a project; blocks until it has ended.
///
/// It runs in `folder`. `fill` gives the fields that it leaves out.
pub fn propose(
    extractor: &Extractor,
    (project, texts): (&Project, &BTreeMap<ReportId, Arc<str>>),
    reports: &[ReportId],
    folder: &Path,
    fill: &Fill<'_>,
    cancel: &Cancel,
) -> Proposed {
    let given = reports
        .iter()
        .filter_map(|id| Some((id.clone(), Arc::clone(texts.get(id)?))))
        .collect();
    let mut reader = Reader::new(project, texts, &extractor.name, fill);
    let mut number = 0;
    let ran = run(extractor, given, folder, cancel, BOUNDS, |line| {
        number += 1;
        reader.line(number, line);
    });
    let predictions = reader.finish();
    let is_unanswered = |id: &&ReportId| !predictions.heard.contains_key(*id);
    Proposed {
        unanswered: reports.iter().filter(is_unanswered).cloned().collect(),
        predictions,
        end: ran.end,
        complaints: ran.complaints,
    }
}

struct Ran {
    end: End,
    complaints: String,
}

/// What the reading threads tell.
enum Event {
    Line(Vec<u8>),
    /// Standard output is closed; whether that was because there was too much.
    Closed {
        too_much: bool,
    },
    /// Standard error is closed; this was the last of it.
    Complaints(String),
}

/// Runs the program and hands over every line that it answers.
fn run(
    extractor: &Extractor,
    given: Vec<(ReportId, Arc<str>)>,
    folder: &Path,
    cancel: &Cancel,
    bounds: Bounds,
    mut take: impl FnMut(&[u8]),
) -> Ran {
    let until = Instant::now() + Duration::from_secs(u64::from(extractor.seconds.max(1)));
    let mut child = match start(extractor, folder) {
        Ok(child) => child,
        Err(error) => {
            return Ran {
                end: End::NotStarted(error.to_string()),
                complaints: String::new(),
            };
        }
    };
    let events = attend(&mut child, given, bounds);
    let mut state = State::default();
    let end = loop {
        match events.recv_timeout(LOOK) {
            Ok(event) => state.note(event, &mut take),
            Err(RecvTimeoutError::Timeout) => {}
            // All threads have ended, so only the program itself can be waited for.
            Err(RecvTimeoutError::Disconnected) => thread::sleep(LOOK),
        }
        if state.too_much {
            break End::TooMuch;
        }
        if cancel.is_cancelled() {
            break End::Cancelled;
        }
        if let Some(status) = state.ended(&mut child) {
            break end_of(status);
        }
        if Instant::now() >= until {
            break End::TimedOut {
                seconds: extractor.seconds.max(1),
            };
        }
    };
    // Also what it has started must not go on by itself.
    end_group(&mut child);
    let rest_until = Instant::now() + GRACE;
    while !(state.is_closed && state.complaints.is_some()) {
        match events.recv_timeout(rest_until.saturating_duration_since(Instant::now())) {
            Ok(event) => state.note(event, &mut take),
            Err(_) => break,
        }
    }
    Ran {
        end,
        complaints: state.complaints.unwrap_or_default(),
    }
}

/// What is known of a running program.
#[derive(Default)]
struct State {
    is_closed: bool,
    too_much: bool,
    complaints: Option<String>,
    /// Its exit status and since when it says nothing more, while its output is still open.
    ended: Option<(ExitStatus, Instant)>,
}

impl State {
    fn note(&mut self, event: Event, take: &mut impl FnMut(&[u8])) {
        match event {
            Event::Line(line) => {
                take(&line);
                self.ended = self.ended.map(|(status, _)| (status, Instant::now()));
            }
            Event::Closed { too_much } => {
                self.is_closed = true;
                self.too_much = too_much;
            }
            Event::Complaints(words) => self.complaints = Some(words),
        }
    }

    /// The exit status, once it has ended and everything that it answered was read.
    fn ended(&mut self, child: &mut Child) -> Option<ExitStatus> {
        if self.ended.is_none() {
            let status = child.try_wait().ok().flatten()?;
            self.ended = Some((status, Instant::now()));
        }
        let (status, since) = self.ended?;
        let is_read = self.is_closed && self.complaints.is_some();
        (is_read || since.elapsed() > GRACE).then_some(status)
    }
}

fn end_of(status: ExitStatus) -> End {
    if status.success() {
        End::Finished
    } else {
        End::Failed(status.to_string())
    }
}

fn start(extractor: &Extractor, folder: &Path) -> io::Result<Child> {
    let (program, arguments) = extractor
        .command
        .split_first()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the project names no command"))?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn()
}

/// Starts the threads that write to the program and read from it.
///
/// None of them is waited for: where something that the program has started keeps its pipes, they end with that.
fn attend(child: &mut Child, given: Vec<(ReportId, Arc<str>)>, bounds: Bounds) -> Receiver<Event> {
    let (sender, events) = sync_channel(WAITING);
    if let Some(input) = child.stdin.take() {
        // A program that does not want to read the rest closes its end, which is no error.
        thread::spawn(move || give(input, &given).ok());
    }
    if let Some(output) = child.stdout.take() {
        let sender = sender.clone();
        thread::spawn(move || {
            let too_much = read_lines(output, bounds, &sender).unwrap_or(false);
            sender.send(Event::Closed { too_much }).ok();
        });
    }
    if let Some(errors) = child.stderr.take() {
        thread::spawn(move || sender.send(Event::Complaints(tail(errors))).ok());
    }
    events
}

fn give(input: impl Write, given: &[(ReportId, Arc<str>)]) -> io::Result<()> {
    let mut input = BufWriter::new(input);
    for (id, text) in given {
        serde_json::to_writer(&mut input, &json!({ "id": id, "text": &**text }))?;
        input.write_all(b"\n")?;
        input.flush()?;
    }
    Ok(())
}

/// Sends every line; answers whether it stopped because there was too much.
fn read_lines(output: impl Read, bounds: Bounds, sender: &SyncSender<Event>) -> io::Result<bool> {
    let mut output = BufReader::with_capacity(1 << 16, output);
    let mut all = 0;
    loop {
        let mut line = Vec::new();
        let most = bounds.line.min(bounds.all - all) as u64 + 1;
        let read = output.by_ref().take(most).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(false);
        }
        all += read;
        if read as u64 == most || all >= bounds.all {
            return Ok(true);
        }
        if sender.send(Event::Line(line)).is_err() {
            return Ok(false);
        }
    }
}

/// The last of what can be read, as words.
fn tail(mut errors: impl Read) -> String {
    let mut last = VecDeque::with_capacity(2 * TAIL);
    let mut piece = [0; TAIL];
    while let Ok(read @ 1..) = errors.read(&mut piece) {
        last.extend(piece.iter().take(read));
        last.drain(..last.len().saturating_sub(TAIL));
    }
    String::from_utf8_lossy(last.make_contiguous()).trim().to_owned()
}

/// Ends the program, and on Unix whatever it has started.
fn end_group(child: &mut Child) {
    #[cfg(unix)]
    {
        // The standard library cannot signal a group, and the group outlives its leader.
        let group = format!("-{}", child.id());
        let mut kill = Command::new("kill");
        kill.args(["-s", "KILL", "--", &group])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        kill.status().ok();
    }
    child.kill().ok();
    child.wait().ok();
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Report, Span};
    use crate::text::offsets::fingerprint;

    /// Runs a script of the shell, which the project's command calls by its path, over two reports.
    fn propose_by(script: &str, seconds: u32, cancel: &Cancel) -> Proposed {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("script.sh");
        std::fs::write(&file, script).unwrap();
        let texts: BTreeMap<ReportId, Arc<str>> = BTreeMap::from([
            ("a".into(), Arc::from("投入5亿元")),
            ("b".into(), "第二\n行3%。".repeat(20_000).into()),
        ]);
        let report = |(id, text): (&ReportId, &Arc<str>)| Report {
            id: id.clone(),
            title: String::new(),
            issuer: String::new(),
            date: String::new(),
            area: String::new(),
            period: String::new(),
            original: String::new(),
            encoding: String::new(),
            fingerprint: fingerprint(text),
        };
        let project = Project {
            reports: texts.iter().map(report).collect(),
            ..Project::default()
        };
        let extractor = Extractor {
            name: "m".to_owned(),
            command: vec!["sh".to_owned(), file.to_string_lossy().into_owned()],
            seconds,
        };
        let reports: Vec<ReportId> = texts.keys().cloned().collect();
        propose(
            &extractor,
            (&project, &texts),
            &reports,
            folder.path(),
            &|_, _| None,
            cancel,
        )
    }

    const ANSWER: &str = r#"echo '{"id":"a","mentions":[{"start":2,"end":5,"text":"5亿元","score":0.8}]}'"#;

    fn spans(proposed: &Proposed) -> Vec<(&str, Span)> {
        let all = proposed.predictions.suggestions.iter();
        all.flat_map(|(id, all)| all.iter().map(|it| (&*id.0, it.span)))
            .collect()
    }

    const SPAN: (&str, Span) = ("a", Span { start: 6, end: 13 });

    #[test]
    fn a_program_that_answers_everything_is_whole() {
        let script = format!("cat >/dev/null\n{ANSWER}\necho\necho '{{\"id\":\"b\",\"mentions\":[]}}'");
        let proposed = propose_by(&script, 10, &Cancel::default());
        assert!(proposed.is_whole(), "{proposed:?}");
        assert_eq!(spans(&proposed), [SPAN]);
        // What it is given are records, a line each.
        let script = r#"while read -r line; do case "$line" in '{"id":"a","text":"投入5亿元"}') echo '{"id":"a","mentions":[]}';; '{"id":"b","text":"第二\n行3%'*) echo '{"id":"b","mentions":[]}';; esac; done"#;
        assert!(propose_by(script, 10, &Cancel::default()).is_whole());
    }

    #[test]
    fn what_was_answered_before_a_failure_is_kept() {
        let proposed = propose_by(
            &format!("{ANSWER}\necho 'out of memory' >&2\nexit 3"),
            10,
            &Cancel::default(),
        );
        assert_eq!(spans(&proposed), [SPAN]);
        assert_eq!(proposed.end, End::Failed("exit status: 3".to_owned()));
        assert_eq!(
            (proposed.complaints.as_str(), proposed.unanswered.as_slice()),
            ("out of memory", &["b".into()][..])
        );
    }

    #[test]
    fn garbage_is_refused_line_by_line() {
        let proposed = propose_by(
            &format!("echo nonsense\n{ANSWER}\nprintf '\\377\\376'"),
            10,
            &Cancel::default(),
        );
        assert_eq!(proposed.end, End::Finished);
        assert_eq!(spans(&proposed), [SPAN]);
        let lines: Vec<_> = proposed.predictions.refused.iter().map(|it| it.at.line).collect();
        assert_eq!(lines, [Some(1), Some(3)]);
    }

    #[test]
    fn a_slow_program_is_ended_with_all_that_it_started() {
        let begun = Instant::now();
        // It never reads, and what it has started would keep its output open.
        let proposed = propose_by(&format!("{ANSWER}\nsleep 60 &\nsleep 60"), 1, &Cancel::default());
        assert_eq!(proposed.end, End::TimedOut { seconds: 1 });
        assert_eq!(spans(&proposed), [SPAN]);
        let cancel = Cancel::default();
        cancel.cancel();
        let proposed = propose_by("sleep 60", 60, &cancel);
        assert_eq!(proposed.end, End::Cancelled);
        // One that has ended is not waited for because of what it left behind.
        let proposed = propose_by(&format!("{ANSWER}\nsleep 60 &"), 60, &Cancel::default());
        assert_eq!(
            (proposed.end.clone(), spans(&proposed)),
            (End::Finished, vec![SPAN])
        );
        assert!(begun.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn who_says_too_much_is_ended() {
        let cat = |bounds| {
            let extractor = Extractor {
                name: "m".to_owned(),
                command: vec!["yes".to_owned()],
                seconds: 60,
            };
            let mut lines = 0;
            let ran = run(
                &extractor,
                Vec::new(),
                Path::new("/"),
                &Cancel::default(),
                bounds,
                |_| lines += 1,
            );
            (ran.end, lines)
        };
        assert_eq!(cat(Bounds { line: 100, all: 1000 }), (End::TooMuch, 499));
        assert_eq!(cat(Bounds { line: 1, all: 1000 }), (End::TooMuch, 0));
        let loud = propose_by(
            "i=0; while [ $i -lt 2000 ]; do echo complaint $i >&2; i=$((i+1)); done",
            30,
            &Cancel::default(),
        );
        assert!(loud.complaints.ends_with("complaint 1999") && loud.complaints.len() <= TAIL);
    }

    #[test]
    fn a_program_that_is_not_there_says_so() {
        for command in [vec![], vec!["no-such-program-here".to_owned()]] {
            let extractor = Extractor {
                name: "m".to_owned(),
                command,
                seconds: 1,
            };
            let ran = run(
                &extractor,
                Vec::new(),
                Path::new("/"),
                &Cancel::default(),
                BOUNDS,
                |_| {},
            );
            assert!(matches!(ran.end, End::NotStarted(_)));
        }
    }
}
