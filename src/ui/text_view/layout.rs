//! Where every row of a report stands: exact before anything is drawn, so that scrolling never jumps.
//!
//! Keeps breaks and heights only. Galleys are asked for again every frame, as egui's glyph atlas
//! may move under them.

use std::sync::Arc;

use egui::{Context, FontFamily, FontId};

use crate::app::document::Document;
use crate::model::Span;
use crate::text::linebreak::{self, Measure};
use crate::text::outline::BlockKind;
use crate::ui::theme;

/// How a block of the report is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BlockStyle {
    /// Letter size in points.
    pub size: f32,
    /// Height of a row in points.
    pub row: f32,
    /// Space behind the block in points.
    pub after: f32,
    /// How far its first row starts further in, in points.
    pub indent: f32,
    /// Whether it is set in the strong font.
    pub strong: bool,
    /// Whether it is set in faint ink.
    pub faint: bool,
}

impl BlockStyle {
    /// The font of the block's letters.
    pub fn font(self) -> FontId {
        FontId::new(
            self.size,
            if self.strong {
                theme::bold()
            } else {
                FontFamily::Proportional
            },
        )
    }
}

/// What the layout depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    /// Letter size of running text in points.
    pub size: f32,
    /// Height of a row of running text in points.
    pub row: f32,
    /// Width of the column in points.
    pub width: f32,
    /// Physical pixels per point.
    pub pixels_per_point: f32,
}

impl Setting {
    /// How a kind of block is set.
    pub fn style(self, kind: BlockKind) -> BlockStyle {
        let Self { size, row, .. } = self;
        let gap = (row * 0.44).round();
        let plain = BlockStyle {
            size,
            row,
            after: gap,
            indent: 0.0,
            strong: false,
            faint: false,
        };
        match kind {
            BlockKind::Title => BlockStyle {
                size: (size * 1.35).round(),
                row: (row * 1.3).round(),
                after: gap * 1.5,
                strong: true,
                ..plain
            },
            BlockKind::Heading(1) => BlockStyle {
                size: (size * 1.13).round(),
                strong: true,
                after: gap,
                ..plain
            },
            BlockKind::Heading(_) => BlockStyle {
                strong: true,
                after: (gap * 0.5).round(),
                ..plain
            },
            BlockKind::Paragraph => BlockStyle {
                indent: size * 2.0,
                ..plain
            },
            BlockKind::TableRow => BlockStyle {
                after: 0.0,
                size: (size * 0.9).round(),
                ..plain
            },
            BlockKind::Chrome => BlockStyle {
                size: (size * 0.82).round(),
                row: (row * 0.8).round(),
                after: 0.0,
                faint: true,
                ..plain
            },
            BlockKind::Blank => BlockStyle {
                row: gap,
                after: 0.0,
                ..plain
            },
        }
    }
}

/// One row of the report.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowPlace {
    /// Its text. Bytes.
    pub start: usize,
    /// One past its text. Bytes; the next row or the line end starts here.
    pub end: usize,
    /// Its upper edge in points from the top of the report.
    pub top: f64,
    /// The block that it belongs to.
    pub block: usize,
}

/// All rows of one report in one setting.
pub struct Layout {
    document: Arc<Document>,
    setting: Setting,
    rows: Vec<RowPlace>,
    height: f64,
}

impl Layout {
    /// Breaks a whole report into rows.
    pub fn new(ctx: &Context, document: Arc<Document>, setting: Setting) -> Self {
        let mut advances = Advances::default();
        let mut layout = Self {
            document,
            setting,
            rows: Vec::new(),
            height: 0.0,
        };
        ctx.fonts_mut(|fonts| {
            let mut measure = |font: &FontId, letter: char| fonts.glyph_width(font, letter);
            layout.break_all(&mut advances, &mut measure);
        });
        layout
    }

    /// Whether the layout still holds for this document in this setting.
    pub fn holds(&self, document: &Arc<Document>, setting: Setting) -> bool {
        self.setting == setting && Arc::ptr_eq(&self.document, document)
    }

    /// The document that was laid out.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// Width of the column in points.
    pub fn width(&self) -> f32 {
        self.setting.width
    }

    /// Height of the report in points.
    pub fn height(&self) -> f64 {
        self.height
    }

    /// All rows.
    pub fn rows(&self) -> &[RowPlace] {
        &self.rows
    }

    /// How a row's block is set.
    pub fn style_of(&self, row: &RowPlace) -> BlockStyle {
        let kind = self
            .document
            .outline
            .blocks
            .get(row.block)
            .map_or(BlockKind::Paragraph, |block| block.kind);
        self.setting.style(kind)
    }

    /// How far a row starts from the column's left edge, in points.
    pub fn indent_of(&self, row: &RowPlace) -> f32 {
        let is_first = self
            .document
            .outline
            .blocks
            .get(row.block)
            .is_some_and(|block| block.span.start == row.start);
        if is_first { self.style_of(row).indent } else { 0.0 }
    }

    /// The text of a row.
    pub fn text_of(&self, row: &RowPlace) -> &str {
        Span::new(row.start, row.end)
            .of(&self.document.text)
            .unwrap_or_default()
    }

    /// The place of the row at a height in points from the top; the nearest one beyond the ends.
    pub fn row_at(&self, y: f64) -> usize {
        self.rows.partition_point(|row| row.top <= y).saturating_sub(1)
    }

    /// The place of the row that holds a byte.
    pub fn row_of(&self, byte: usize) -> usize {
        self.rows
            .partition_point(|row| row.start <= byte)
            .saturating_sub(1)
    }

    fn break_all(&mut self, advances: &mut Advances, measure: &mut impl FnMut(&FontId, char) -> f32) {
        let document = Arc::clone(&self.document);
        let mut mentions = document.mentions.iter().peekable();
        let mut broken = Vec::new();
        let mut top = 0.0_f64;
        for (block, place) in document.outline.blocks.iter().enumerate() {
            let style = self.setting.style(place.kind);
            let font = style.font();
            let widths = advances.of(&font);
            while mentions
                .next_if(|mention| mention.span.end <= place.span.start)
                .is_some()
            {}
            let keep = std::iter::from_fn(|| {
                let mention = mentions.next_if(|mention| mention.span.end <= place.span.end)?;
                let start = mention.span.start.saturating_sub(place.span.start);
                Some(Span::new(start, mention.span.end - place.span.start))
            });
            broken.clear();
            linebreak::break_rows(
                place.span.of(&document.text).unwrap_or_default(),
                &mut Measure {
                    width: self.setting.width,
                    first_indent: style.indent,
                    advance: |letter| widths.get(letter, |letter| measure(&font, letter)),
                },
                keep,
                &mut broken,
            );
            for row in &broken {
                let (start, end) = (place.span.start + row.start, place.span.start + row.end);
                self.rows.push(RowPlace {
                    start,
                    end,
                    top,
                    block,
                });
                top += f64::from(style.row);
            }
            top += f64::from(style.after);
        }
        self.height = top;
    }
}

/// What letters advance by, one table a font, filled as letters come up.
#[derive(Default)]
struct Advances {
    fonts: Vec<(FontId, Widths)>,
}

impl Advances {
    fn of(&mut self, font: &FontId) -> &mut Widths {
        let known = self.fonts.iter().position(|(other, _)| other == font);
        let place = known.unwrap_or_else(|| {
            self.fonts
                .push((font.clone(), Widths(vec![f32::NAN; Widths::PLANE])));
            self.fonts.len() - 1
        });
        &mut self.fonts[place].1
    }
}

/// The widths of the letters of the basic plane; not a number where not asked for yet.
struct Widths(Vec<f32>);

impl Widths {
    const PLANE: usize = 0x1_0000;

    fn get(&mut self, letter: char, measure: impl FnOnce(char) -> f32) -> f32 {
        match self.0.get_mut(letter as usize) {
            Some(width) => {
                if width.is_nan() {
                    *width = measure(letter);
                }
                *width
            }
            None => measure(letter),
        }
    }
}
