//! The letters that a page draws, and where.

use std::collections::HashSet;

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{BezPath, Point, Rect};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};

/// A letter on a page. Lengths in points; `y` is its baseline, counted downwards.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub words: String,
    pub x: f64,
    /// Where the next letter begins.
    pub end: f64,
    pub y: f64,
    pub size: f64,
}

impl Glyph {
    /// Whether the font does not say what it means.
    pub fn is_unknown(&self) -> bool {
        self.words == "\u{fffd}"
    }
}

/// Takes note of letters and draws nothing.
pub(super) struct Ink<F> {
    pub glyphs: Vec<Glyph>,
    /// What has been drawn where, for bold letters that are drawn twice.
    seen: HashSet<(String, i64, i64)>,
    drawn: usize,
    /// Called with the number of letters so far; ends the thread when it is time.
    watch: F,
}

impl<F: Fn(usize)> Ink<F> {
    pub fn new(watch: F) -> Self {
        Self {
            glyphs: Vec::new(),
            seen: HashSet::new(),
            drawn: 0,
            watch,
        }
    }

    fn take(&mut self, glyph: Glyph) {
        let is_sound = [glyph.x, glyph.end, glyph.y, glyph.size]
            .iter()
            .all(|length| length.abs() < 1e6);
        if !is_sound || glyph.size < 0.5 {
            return;
        }
        let cell = |length: f64| (length / (glyph.size * 0.3)).round() as i64;
        let is_blank = glyph.words.trim().is_empty();
        if is_blank
            || self
                .seen
                .insert((glyph.words.clone(), cell(glyph.x), cell(glyph.y)))
        {
            self.glyphs.push(glyph);
        }
    }
}

impl<'a, F: Fn(usize)> Device<'a> for Ink<F> {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        (self.watch)(self.drawn);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        (self.watch)(self.drawn);
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        (self.watch)(self.drawn);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        (self.watch)(self.drawn);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.drawn += run.glyphs().len();
        (self.watch)(self.drawn);
        for glyph in run.glyphs() {
            let place = props.transform * glyph.transform();
            let advance = match &**glyph {
                Drawn::Outline(outline) => outline.advance_width(),
                Drawn::Type3(drawing) => drawing.advance_width(),
            };
            let start = place * Point::ZERO;
            let end = place * Point::new(f64::from(advance.unwrap_or(1000.0)), 0.0);
            let top = place * Point::new(0.0, 1000.0);
            self.take(Glyph {
                words: match glyph.as_unicode() {
                    Some(BfString::Char(char)) => char.to_string(),
                    Some(BfString::String(words)) => words,
                    None => "\u{fffd}".to_owned(),
                },
                x: start.x,
                end: end.x,
                y: start.y,
                size: (top - start).hypot(),
            });
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        (self.watch)(self.drawn);
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
