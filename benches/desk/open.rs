//! Opening a report: from its bytes to the first frame that shows it, and where the time goes.

use std::sync::Arc;
use std::time::Duration;

use indicator_annotator::app::action::Action;
use indicator_annotator::app::document::Document;
use indicator_annotator::app::jobs::Lane;
use indicator_annotator::model::ReportId;
use indicator_annotator::number;
use indicator_annotator::query::Marks;
use indicator_annotator::text::offsets::{CharIndex, fingerprint};
use indicator_annotator::text::outline::Outline;
use indicator_annotator::text::read;

use crate::common::{Outcome, repeat, say};
use crate::table::{Budget, Table};
use crate::window::{Window, timed};
use crate::{Effort, Sized};

/// A report of ten million bytes may take this long to its first frame, in milliseconds.
const OPEN: Budget = Budget::median(500.0);

/// Measures opening.
pub fn measure(table: &mut Table, report: &Sized, effort: Effort) -> Outcome<()> {
    let mut whole = Vec::new();
    let [mut work, mut first, mut second, mut suggested] = [(); 4].map(|()| Vec::new());
    for _ in 0..effort.few {
        let data = tempfile::tempdir()?;
        let mut window = Window::start(data.path())?;
        // A new window draws its bars once before anything can be opened in it.
        window.frame(Vec::new());
        let (opened, time) = timed(|| open(&mut window, report));
        let frame = opened?;
        whole.push(time);
        first.push(frame);
        let jobs = [Lane::Keep, Lane::Front].map(|lane| window.take_jobs(lane));
        work.push(frame + jobs.iter().flatten().map(|job| job.work).sum::<Duration>());
        second.push(window.frame(Vec::new()));
        window.until("suggestions", |state| !state.suggestions.is_empty())?;
        suggested.extend(window.take_jobs(Lane::Front).iter().map(|job| job.work));
    }
    table.row(
        "open: file to first frame, by the clock",
        report.name,
        &whole,
        OPEN,
    );
    table.row("open: the same in processor time", report.name, &work, OPEN);
    table.told("  · first frame, with line breaking", report.name, &first);
    table.told("  · frame after it", report.name, &second);
    parts(table, report, effort)?;
    table.told("  · suggestions, after it", report.name, &suggested);
    Ok(())
}

/// Opens the report and answers how long the first frame took that shows it.
fn open(window: &mut Window, report: &Sized) -> Outcome<Duration> {
    window.send(Action::Open(vec![report.path.clone()]));
    loop {
        let time = window.frame(Vec::new());
        if window.state().document().is_some() {
            return Ok(time);
        }
        // `until` would hide which frame it was.
        std::thread::sleep(Duration::from_micros(200));
    }
}

/// The parts of opening, each alone.
fn parts(table: &mut Table, report: &Sized, effort: Effort) -> Outcome<()> {
    let bytes = report.text.as_bytes();
    let text: Arc<str> = read::read(bytes, "report.txt", None)?.text.into();
    let id = ReportId::from("report");
    let analyse = || Document::analyse(id.clone(), Arc::clone(&text), &[]);
    let document = analyse();
    let none = Arc::from([]);
    let mut told = |what: &str, samples: &[Duration]| table.told(what, report.name, samples);
    let few = effort.few;
    let read = || read::read(bytes, "report.txt", None).map(|reading| reading.text.len());
    told("  · read", &repeat(few, read));
    told("  · fingerprint", &repeat(few, || fingerprint(&text)));
    told("  · recognise", &repeat(few, || number::mentions(&text)));
    told("  · outline", &repeat(few, || Outline::of(&text)));
    told("  · index", &repeat(few, || CharIndex::new(&text)));
    told("  · document: numbers beside the rest", &repeat(few, analyse));
    let mark = || Marks::new(Arc::clone(&document.mentions), Arc::clone(&none), None);
    told("  · marks", &repeat(few, mark));
    let (numbers, blocks) = (document.mentions.len(), document.outline.blocks.len());
    say(&format!(
        "    {numbers} mentions in {blocks} blocks of {} bytes",
        text.len()
    ));
    Ok(())
}
