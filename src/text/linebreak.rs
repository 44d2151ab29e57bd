//! Breaking one paragraph into rows by the rules of Chinese typesetting.
//!
//! A row never starts with a closer or a stop and never ends with an opener; `……` and `——`
//! stay whole; words, numbers with their units and the spans a caller names are parted only when
//! they are wider than a row. Where a break is forbidden, the row ends at the last place that
//! allows one. May use `model`; knows no font, only what a character advances by.

mod class;
#[cfg(test)]
mod tests;

use self::class::{Bond, Chain, Step};
use super::segment::{Cluster, Clusters};
use crate::model::Span;

/// Bytes after which a row ends even if nothing in it has a width: a row is laid out at once, and
/// a hostile line of spaces or joiners must not make that slow.
const MAX_ROW_BYTES: usize = 8 * 1024;

/// What sums of `f32` advances may be out by before a character counts as overflowing, in points.
const TOLERANCE: f32 = 0.01;

/// What the breaker needs to know of the view.
#[derive(Clone, Copy, Debug)]
pub struct Measure<F> {
    /// Width of a row, in points.
    pub width: f32,
    /// Points that the first row starts further in.
    pub first_indent: f32,
    /// What a character advances by, in points.
    pub advance: F,
}

/// One row of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Row {
    /// First byte in the paragraph.
    pub start: usize,
    /// One past the last byte in the paragraph; the next row starts here.
    pub end: usize,
    /// Width in points, without the spaces that hang at the end.
    pub width: f32,
}

/// Appends the rows of `paragraph`, a text without line ends, to `out`.
///
/// `keep` are sorted spans in bytes of the paragraph that must not be parted, such as a number with
/// its unit; one that is wider than a row is parted nevertheless. The rows partition the
/// paragraph; an empty paragraph has one empty row. Linear in the paragraph's length.
pub fn break_rows<F: FnMut(char) -> f32>(
    paragraph: &str,
    measure: &mut Measure<F>,
    keep: impl IntoIterator<Item = Span>,
    out: &mut Vec<Row>,
) {
    let mut keep = Kept::new(keep.into_iter());
    let mut row = OpenRow::new(measure.width - measure.first_indent);
    let mut chain = Chain::default();
    for cluster in Clusters::new(paragraph) {
        let (at, advance) = (
            cluster.start,
            advance_of(paragraph, cluster, &mut measure.advance),
        );
        match chain.step(cluster.first) {
            Step::Space => {
                if row.is_long(at) {
                    out.push(row.end_at(at, measure.width));
                }
                row.add_space(advance);
            }
            Step::Ink(bond) => {
                if bond != Bond::Fixed {
                    row.mark(at, bond == Bond::Kept || keep.parts(at));
                }
                while row.overflows(advance, at) {
                    out.push(row.end_before(at, measure.width));
                }
                row.add(advance);
            }
        }
    }
    out.push(row.end_at(paragraph.len(), measure.width));
}

fn advance_of(paragraph: &str, cluster: Cluster, advance: &mut impl FnMut(char) -> f32) -> f32 {
    let first = advance(cluster.first);
    if !cluster.has_more() {
        return first;
    }
    let rest = paragraph.get(cluster.start + cluster.first.len_utf8()..cluster.end);
    first + rest.unwrap_or_default().chars().map(advance).sum::<f32>()
}

/// A place where the open row may end.
#[derive(Clone, Copy)]
struct Place {
    at: usize,
    /// Width of the row up to here, without the spaces that would hang.
    ink: f32,
    /// Width of those spaces.
    hanging: f32,
    /// What has been added since.
    since: f32,
}

/// The row being filled.
struct OpenRow {
    start: usize,
    room: f32,
    /// Width with trailing spaces.
    width: f32,
    /// Width without them.
    ink: f32,
    has_ink: bool,
    /// The last place where nothing forbids a break.
    free: Option<Place>,
    /// The last place where a break would only part a word, a number or a kept span.
    inside: Option<Place>,
}

impl OpenRow {
    fn new(room: f32) -> Self {
        Self {
            start: 0,
            room,
            width: 0.0,
            ink: 0.0,
            has_ink: false,
            free: None,
            inside: None,
        }
    }

    fn add_space(&mut self, advance: f32) {
        self.width += advance;
        for place in [&mut self.free, &mut self.inside].into_iter().flatten() {
            place.since += advance;
        }
    }

    fn add(&mut self, advance: f32) {
        self.add_space(advance);
        self.ink = self.width;
        self.has_ink = true;
    }

    /// Notes that the row may end at `at`; `whole` if that would part what belongs together.
    fn mark(&mut self, at: usize, whole: bool) {
        if self.has_ink {
            let place = Some(self.place(at));
            self.inside = place;
            if !whole {
                self.free = place;
            }
        }
    }

    fn place(&self, at: usize) -> Place {
        Place {
            at,
            ink: self.ink,
            hanging: self.width - self.ink,
            since: 0.0,
        }
    }

    fn is_long(&self, at: usize) -> bool {
        at - self.start >= MAX_ROW_BYTES
    }

    /// Whether a cluster at `at` no longer fits; an empty row takes anything.
    fn overflows(&self, advance: f32, at: usize) -> bool {
        at > self.start && (self.width + advance > self.room + TOLERANCE || self.is_long(at))
    }

    /// Ends the row at the best place up to `at`, and starts the next one with what is left over.
    fn end_before(&mut self, at: usize, room: f32) -> Row {
        match self.free.or(self.inside) {
            Some(place) => self.end(place, room),
            None => self.end_at(at, room),
        }
    }

    /// Ends the row at `at`, where everything so far has its place in it.
    fn end_at(&mut self, at: usize, room: f32) -> Row {
        self.end(self.place(at), room)
    }

    fn end(&mut self, place: Place, room: f32) -> Row {
        let row = Row {
            start: self.start,
            end: place.at,
            width: place.ink,
        };
        let later = |mark: Option<Place>| {
            let mark = mark.filter(|mark| mark.at > place.at)?;
            Some(Place {
                ink: place.since - mark.since - mark.hanging,
                ..mark
            })
        };
        let hanging = (self.width - self.ink).min(place.since);
        *self = Self {
            start: place.at,
            room,
            width: place.since,
            ink: place.since - hanging,
            has_ink: place.since > hanging,
            free: later(self.free),
            inside: later(self.inside),
        };
        row
    }
}

/// The kept spans, walked along with the paragraph.
struct Kept<I: Iterator<Item = Span>> {
    spans: I,
    current: Option<Span>,
}

impl<I: Iterator<Item = Span>> Kept<I> {
    fn new(mut spans: I) -> Self {
        let current = spans.next();
        Self { spans, current }
    }

    /// Whether a break at `at` would part a kept span. Asked with growing offsets.
    fn parts(&mut self, at: usize) -> bool {
        while self.current.is_some_and(|span| span.end <= at) {
            self.current = self.spans.next();
        }
        self.current.is_some_and(|span| span.start < at)
    }
}
