//! Opening a report: from its bytes to the first frame that shows it, and where the time goes.

use std::sync::Arc;
use std::time::Duration;

use indicator_annotator::app::action::Action;
use indicator_annotator::app::document::Document;
use indicator_annotator::model::ReportId;
use indicator_annotator::number;
use indicator_annotator::query::Marks;
use indicator_annotator::text::offsets::{CharIndex, fingerprint};
use indicator_annotator::text::outline::Outline;
use indicator_annotator::text::read;

use crate::common::{Outcome, repeat, say, timed};
use crate::table::{Budget, Table};
use crate::window::Window;
use crate::{Effort, Sized};

/// A report of ten million bytes may take this long to its first frame, in milliseconds.
const OPEN: Budget = Budget::median(500.0);

/// Measures opening.
pub fn measure(table: &mut Table, report: &Sized, effort: Effort) -> Outcome<()> {
    let mut whole = Vec::new();
    let (mut first, mut second, mut suggested) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..effort.few {
        let data = tempfile::tempdir()?;
        let mut window = Window::start(data.path())?;
        // A new window draws its bars once before anything can be opened in it.
        window.frame(Vec::new());
        let (opened, time) = timed(|| open(&mut window, report));
        let frames = opened?;
        whole.push(time);
        first.push(frames);
        second.push(window.frame(Vec::new()));
        let (done, time) = timed(|| window.until("suggestions", |state| !state.suggestions.is_empty()));
        done?;
        suggested.push(time);
    }
    table.row("open: file to first frame", report.name, &whole, OPEN);
    table.row(
        "  · first frame, with line breaking",
        report.name,
        &first,
        Budget::NONE,
    );
    table.row("  · frame after it", report.name, &second, Budget::NONE);
    parts(table, report, effort)?;
    table.row(
        "  · until suggested, after first frame",
        report.name,
        &suggested,
        Budget::NONE,
    );
    Ok(())
}

/// Opens the report and answers how long the first frame took that shows it.
fn open(window: &mut Window, report: &Sized) -> Outcome<Duration> {
    window.send(Action::Open(vec![report.path.clone()]));
    loop {
        let shown = window.state().document().is_some();
        let time = window.frame(Vec::new());
        if shown {
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
    let mentions = number::mentions(&text);
    let id = ReportId::from("report");
    let document = Document::analyse(id.clone(), Arc::clone(&text), &[]);
    let mut row = |what: &str, samples: &[Duration]| table.row(what, report.name, samples, Budget::NONE);
    let few = effort.few;
    row(
        "  · read",
        &repeat(few, || {
            read::read(bytes, "report.txt", None).map(|reading| reading.text.len())
        }),
    );
    row("  · fingerprint", &repeat(few, || fingerprint(&text)));
    row("  · recognise", &repeat(few, || number::mentions(&text)));
    row("  · outline", &repeat(few, || Outline::of(&text)));
    row("  · index", &repeat(few, || CharIndex::new(&text)));
    row(
        "  · all of the document",
        &repeat(few, || Document::analyse(id.clone(), Arc::clone(&text), &[])),
    );
    row(
        "  · marks",
        &repeat(few, || {
            Marks::new(Arc::clone(&document.mentions), Arc::from([]), None)
        }),
    );
    say(&format!(
        "    {} mentions in {} blocks",
        mentions.len(),
        document.outline.blocks.len()
    ));
    Ok(())
}
