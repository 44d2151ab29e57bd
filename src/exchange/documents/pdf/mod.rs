//! PDF documents with a text layer: lines joined into paragraphs, columns read in order, running heads left out.
//!
//! The glyphs come from the crate `hayro-interpret`, which knows Chinese CID fonts, `ToUnicode` and the predefined
//! character maps. It is run in a thread of its own with a time limit: what is damaged cannot take the program along.

mod bomb;
mod glyphs;
mod layout;
mod paragraphs;
mod running;
mod widths;

use std::panic::resume_unwind;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};

use super::fault::Fault;
use crate::text::read::Manuscript;
use glyphs::{Glyph, Ink};

/// A report has no more pages.
const MOST_PAGES: usize = 5_000;
/// Nor more letters.
const MOST_GLYPHS: usize = 20_000_000;
/// How long reading may take.
const LONGEST: Duration = Duration::from_secs(30);
/// How long it may take to notice that the time is up.
const GRACE: Duration = Duration::from_secs(5);
/// Nested objects are read by nested calls.
const STACK: usize = 32 << 20;
/// From this share of letters without a meaning on, the text is no text; per cent.
const MOST_UNKNOWN: usize = 30;

/// Whether these bytes are a PDF document; some have a few bytes before their mark.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    match memchr::memmem::find(head, b"%PDF-") {
        Some(0) => true,
        Some(_) => memchr::memmem::rfind(bytes, b"startxref").is_some(),
        None => false,
    }
}

/// Reads the document.
pub(super) fn read(bytes: &[u8]) -> Result<Manuscript, Fault> {
    bomb::check(bytes)?;
    let bytes = bytes.to_vec();
    let deadline = Instant::now() + LONGEST;
    let (answer, answers) = sync_channel(1);
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || {
        // Nobody waits any longer when the time is up.
        answer.send(manuscript(bytes, deadline)).ok();
    })?;
    match answers.recv_timeout(LONGEST + GRACE) {
        Ok(manuscript) => manuscript,
        Err(RecvTimeoutError::Timeout) => Err(too_slow()),
        Err(RecvTimeoutError::Disconnected) => {
            let was_stopped = worker.join().is_err_and(|reason| reason.is::<TimeIsUp>());
            Err(if was_stopped { too_slow() } else { damaged() })
        }
    }
}

/// A page as it is drawn; lengths are in points, from its top left corner.
struct Page {
    pub glyphs: Vec<Glyph>,
    pub width: f64,
    pub height: f64,
}

/// What a worker leaves behind whose time is up.
struct TimeIsUp;

fn manuscript(bytes: Vec<u8>, deadline: Instant) -> Result<Manuscript, Fault> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Fault::Locked,
        LoadPdfError::Invalid => damaged(),
    })?;
    widths::check(&pdf)?;
    let count = pdf.pages().len();
    if count > MOST_PAGES {
        return Err(Fault::Bomb(format!(
            "it has {count} pages, and {MOST_PAGES} is the most"
        )));
    }
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    let (mut letters, mut unknown) = (0, 0);
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let mut context = Context::new(
            page.initial_transform(true).to_kurbo(),
            Rect::new(0.0, 0.0, f64::from(width), f64::from(height)),
            &cache,
            pdf.xref(),
            InterpreterSettings::default(),
        );
        let mut ink = Ink::new(|drawn| {
            if Instant::now() > deadline || letters + drawn > MOST_GLYPHS {
                // The interpreter cannot be asked to stop; its thread ends here.
                resume_unwind(Box::new(TimeIsUp));
            }
        });
        interpret_page(page, &mut context, &mut ink);
        let glyphs = ink.glyphs;
        letters += glyphs.len();
        unknown += glyphs.iter().filter(|glyph| glyph.is_unknown()).count();
        pages.push(layout::lines(Page {
            glyphs,
            width: f64::from(width),
            height: f64::from(height),
        }));
        if Instant::now() > deadline {
            return Err(too_slow());
        }
    }
    if pages.is_empty() {
        return Err(damaged());
    }
    if letters == 0 {
        return Err(Fault::Scanned(pages.len()));
    }
    if unknown * 100 > letters * MOST_UNKNOWN {
        return Err(Fault::Broken(
            "its fonts do not say which characters they draw".to_owned(),
        ));
    }
    Ok(paragraphs::manuscript(running::without(pages)))
}

fn damaged() -> Fault {
    Fault::Broken("its structure is damaged".to_owned())
}

fn too_slow() -> Fault {
    Fault::Bomb(format!("reading it takes longer than {} s", LONGEST.as_secs()))
}
