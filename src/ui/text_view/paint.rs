//! Drawing the visible rows: letters, and under them what is marked and chosen.

use std::sync::Arc;

use egui::text::{CCursor, LayoutJob, TextFormat};
use egui::{Align2, Color32, Galley, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, pos2};

use super::layout::{Layout, RowPlace};
use crate::app::state::AppState;
use crate::model::{Observation, Span, Tint};
use crate::query::agreement::differ;
use crate::query::{Mark, Standing};
use crate::ui::findings;
use crate::ui::theme::{self, BODY, Theme};

/// Corner radius of what lies behind a number, in points.
const ROUND: f32 = 3.0;

/// As far as this many bytes from the visible text, decisions are asked for the words that name them.
const NAME_REACH: usize = 1_500;

/// As far left of the column stand the signs of the checks, in points.
const SIGN: f32 = 14.0;

/// What the rows are drawn with.
pub struct Scene<'a> {
    /// The state.
    pub state: &'a AppState,
    /// The colours.
    pub theme: &'a Theme,
    /// The rows.
    pub layout: &'a Layout,
    /// The upper left corner of the report's column on the screen.
    pub origin: Pos2,
    /// Whether the keys go to the text.
    pub focused: bool,
}

/// A row that has been laid out.
pub struct DrawnRow {
    /// Its place.
    pub row: RowPlace,
    /// Its letters.
    pub galley: Arc<Galley>,
    /// Its upper left corner on the screen.
    pub corner: Pos2,
    /// Its height in points.
    pub height: f32,
}

impl DrawnRow {
    /// Where a byte of the row stands, as a distance from the row's left edge in points.
    fn x_of(&self, text: &str, byte: usize) -> f32 {
        let letters = Span::new(self.row.start, byte.clamp(self.row.start, self.row.end)).of(text);
        let count = letters.map_or(0, |letters| letters.chars().count());
        self.galley.pos_from_cursor(CCursor::new(count)).left()
    }

    /// The stretch of a span that lies in this row, on the screen; `None` if nothing does.
    pub fn stretch(&self, text: &str, span: Span) -> Option<Rect> {
        let (start, end) = (span.start.max(self.row.start), span.end.min(self.row.end));
        if start >= end {
            return None;
        }
        let (left, right) = (self.x_of(text, start), self.x_of(text, end));
        let line = self.line();
        Some(Rect::from_x_y_ranges(
            self.corner.x + left..=self.corner.x + right,
            line.top()..=line.bottom(),
        ))
    }

    /// The box that the letters stand in: less high than the row.
    pub fn line(&self) -> Rect {
        let half = (self.galley.size().y * 0.5 + 1.0).min(self.height * 0.5);
        let middle = self.corner.y + self.height * 0.5;
        Rect::from_x_y_ranges(
            self.corner.x..=self.corner.x + self.galley.size().x,
            middle - half..=middle + half,
        )
    }

    /// The byte of the row that is nearest to a distance from the row's left edge.
    pub fn byte_at(&self, text: &str, x: f32) -> usize {
        let cursor = self
            .galley
            .cursor_from_pos(egui::vec2(x, self.galley.size().y * 0.5));
        let letters = Span::new(self.row.start, self.row.end)
            .of(text)
            .unwrap_or_default();
        let skipped = letters.char_indices().nth(cursor.index.into());
        skipped.map_or(self.row.end, |(offset, _)| self.row.start + offset)
    }
}

impl Scene<'_> {
    fn text(&self) -> &str {
        &self.layout.document().text
    }

    /// Lays out one row, in the colours of its marks.
    pub fn lay_out(&self, ui: &Ui, place: usize) -> Option<DrawnRow> {
        let row = *self.layout.rows().get(place)?;
        let style = self.layout.style_of(&row);
        let ink = if style.faint {
            self.theme.ink_faint
        } else {
            self.theme.ink
        };
        let plain = TextFormat::simple(style.font(), ink.0);
        let mut job = LayoutJob::default();
        job.wrap.max_width = f32::INFINITY;
        let mut from = row.start;
        let mut append = |span: Span, format: TextFormat| {
            if let Some(words) = span.of(self.text()).filter(|words| !words.is_empty()) {
                job.append(words, 0.0, format);
            }
        };
        for mark in self
            .state
            .marks
            .within(Span::new(row.start, row.end.max(row.start + 1)))
        {
            let Some(format) = self.format_of(mark, &plain) else {
                continue;
            };
            let (start, end) = (mark.span.start.max(from), mark.span.end.min(row.end));
            if start < end {
                append(Span::new(from, start), plain.clone());
                append(Span::new(start, end), format);
                from = end;
            }
        }
        append(Span::new(from, row.end), plain);
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let corner = self.origin + egui::vec2(self.layout.indent_of(&row), row.top as f32);
        Some(DrawnRow {
            row,
            galley,
            corner,
            height: style.row,
        })
    }

    /// How the letters of a mark differ from plain ones; `None` if they do not.
    fn format_of(&self, mark: &Mark, plain: &TextFormat) -> Option<TextFormat> {
        match mark.standing {
            Standing::Muted(_) => self.state.settings.show_muted.then(|| TextFormat {
                color: self.theme.ink_faint.0,
                ..plain.clone()
            }),
            Standing::Dismissed => Some(TextFormat {
                color: self.theme.ink_faint.0,
                strikethrough: Stroke::new(1.0, self.theme.ink_faint),
                ..plain.clone()
            }),
            Standing::Open | Standing::Suggested | Standing::Tagged => None,
        }
    }

    /// Draws everything that lies under the letters, and the letters.
    pub fn draw(&self, ui: &Ui, rows: &[DrawnRow]) {
        for row in rows {
            self.draw_selection(ui, row);
        }
        self.draw_names(ui, rows);
        for row in rows {
            for mark in self.state.marks.within(Span::new(row.row.start, row.row.end)) {
                self.draw_mark(ui, row, mark);
            }
            let left = row.corner.y + (row.height - row.galley.size().y) * 0.5;
            ui.painter().galley(
                pos2(row.corner.x, left),
                Arc::clone(&row.galley),
                self.theme.ink.0,
            );
        }
        if self.state.settings.show_others {
            self.draw_others(ui, rows);
        }
        self.draw_findings(ui, rows);
        self.draw_current(ui, rows);
        if self.focused {
            self.draw_cursor(ui, rows);
        }
    }

    fn draw_selection(&self, ui: &Ui, row: &DrawnRow) {
        if let Some(rect) = self
            .state
            .selection()
            .and_then(|span| row.stretch(self.text(), span))
        {
            let full = rect
                .with_min_y(row.corner.y)
                .with_max_y(row.corner.y + row.height);
            ui.painter().rect_filled(full, 0.0, self.theme.accent_soft);
        }
    }

    fn draw_mark(&self, ui: &Ui, row: &DrawnRow, mark: &Mark) {
        let Some(rect) = row.stretch(self.text(), mark.span) else {
            return;
        };
        let (behind, line, look) = match mark.standing {
            Standing::Muted(_) | Standing::Dismissed => return,
            Standing::Open => (self.theme.open_soft.0, self.theme.open.0, Line::Dashed),
            Standing::Suggested => (self.theme.suggested_soft.0, self.theme.suggested.0, Line::Dotted),
            Standing::Tagged => {
                let tint = self.tint_of(mark.span);
                (self.theme.tint_soft(tint), self.theme.tint(tint), Line::Solid)
            }
        };
        if self
            .state
            .selection()
            .is_none_or(|selected| !selected.overlaps(mark.span))
        {
            ui.painter().rect_filled(rect, ROUND, behind);
        }
        underline(ui, rect, line, look);
    }

    /// Underlines the words that name the indicators of decided numbers, and of the current one.
    fn draw_names(&self, ui: &Ui, rows: &[DrawnRow]) {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
            return;
        };
        let near = Span::new(
            first.row.start.saturating_sub(NAME_REACH),
            last.row.end + NAME_REACH,
        );
        let decisions = self
            .state
            .layer()
            .into_iter()
            .flat_map(|layer| layer.overlapping(near));
        let names = decisions.filter_map(|decision| {
            let observation = decision.ruling.observation()?;
            Some((
                observation.indicator_span?,
                self.theme.tint(self.tint_of_observation(observation)),
            ))
        });
        for (span, colour) in names {
            for rect in rows.iter().filter_map(|row| row.stretch(self.text(), span)) {
                underline(ui, rect, colour.gamma_multiply(0.6), Line::Hairline);
            }
        }
        let current = self
            .state
            .current_observation()
            .and_then(|observation| observation.indicator_span);
        for rect in current
            .into_iter()
            .flat_map(|span| rows.iter().filter_map(move |row| row.stretch(self.text(), span)))
        {
            underline(ui, rect, self.theme.accent.0, Line::Dotted);
        }
    }

    /// A line over what the other annotators have decided on: faint where the person says the same.
    fn draw_others(&self, ui: &Ui, rows: &[DrawnRow]) {
        let (Some(first), Some(last), Some(report)) = (rows.first(), rows.last(), &self.state.view.report)
        else {
            return;
        };
        let (own, annotator) = (self.state.layer(), self.state.annotator());
        let shown = Span::new(first.row.start, last.row.end.max(first.row.start + 1));
        let layers = self.state.project.layers.iter();
        let others = layers
            .filter(|(other, _)| **other != annotator)
            .filter_map(|(_, reports)| reports.get(report))
            .flat_map(|layer| layer.overlapping(shown));
        for decision in others {
            let agrees = own
                .and_then(|own| own.get(decision.span))
                .is_some_and(|own| !differ(own, decision));
            let colour = if agrees {
                self.theme.ink_faint
            } else {
                self.theme.open
            };
            for rect in rows
                .iter()
                .filter_map(|row| row.stretch(self.text(), decision.span))
            {
                ui.painter()
                    .hline(rect.x_range(), rect.top() - 1.0, Stroke::new(1.5, colour));
            }
        }
    }

    /// A sign in the margin beside each row with a value that the checks suspect.
    fn draw_findings(&self, ui: &Ui, rows: &[DrawnRow]) {
        let here = self.state.view.report.as_ref();
        let about = self.state.checks.findings.about(here);
        let counted = about.filter(|finding| self.state.waiver(finding).is_none());
        let suspects = counted.filter_map(|finding| {
            let place = finding.place().filter(|place| Some(&place.report) == here)?;
            Some((place.span, finding.severity))
        });
        for (span, severity) in suspects {
            let Some(row) = rows
                .iter()
                .find(|row| row.row.start <= span.start && span.start < row.row.end)
            else {
                continue;
            };
            let (sign, colour) = findings::look(self.theme, severity);
            let at = pos2(self.origin.x - SIGN, row.corner.y + row.height * 0.5);
            let font = egui::FontId::new(BODY, theme::bold());
            ui.painter().text(at, Align2::CENTER_CENTER, sign, font, colour.0);
            if let Some(rect) = row.stretch(self.text(), span) {
                underline(ui, rect.translate(egui::vec2(0.0, 3.0)), colour.0, Line::Solid);
            }
        }
    }

    fn draw_current(&self, ui: &Ui, rows: &[DrawnRow]) {
        let Some(span) = self.state.view.current else {
            return;
        };
        for rect in rows.iter().filter_map(|row| row.stretch(self.text(), span)) {
            let ring = rect.expand2(egui::vec2(2.0, 2.0));
            ui.painter().rect_stroke(
                ring,
                ROUND + 1.0,
                Stroke::new(2.0, self.theme.accent),
                StrokeKind::Middle,
            );
        }
    }

    fn draw_cursor(&self, ui: &Ui, rows: &[DrawnRow]) {
        let head = self.state.view.head;
        if self.state.view.current.is_some() && self.state.selection().is_none() {
            return;
        }
        let row = rows
            .iter()
            .find(|row| row.row.start <= head && head <= row.row.end);
        if let Some(row) = row {
            let x = row.corner.x + row.x_of(self.text(), head);
            let line = row.line();
            ui.painter()
                .vline(x, line.y_range(), Stroke::new(1.5, self.theme.accent));
        }
    }

    fn tint_of(&self, span: Span) -> Tint {
        let decision = self.state.layer().and_then(|layer| layer.get(span));
        let observation = decision.and_then(|decision| decision.ruling.observation());
        observation.map_or(Tint::default(), |observation| {
            self.tint_of_observation(observation)
        })
    }

    fn tint_of_observation(&self, observation: &Observation) -> Tint {
        let entry = observation
            .indicator
            .as_ref()
            .and_then(|id| self.state.project.catalogue.get(id));
        entry.map_or(Tint::default(), |entry| entry.tint)
    }
}

/// The look of an underline: states differ by it, not by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Solid,
    Dashed,
    Dotted,
    Hairline,
}

fn underline(ui: &Ui, rect: Rect, colour: Color32, look: Line) {
    let y = rect.bottom() - 1.0;
    let points = [pos2(rect.left() + 1.0, y), pos2(rect.right() - 1.0, y)];
    let painter = ui.painter();
    match look {
        Line::Solid => {
            painter.line_segment(points, Stroke::new(2.0, colour));
        }
        Line::Hairline => {
            painter.line_segment(points, Stroke::new(1.0, colour));
        }
        Line::Dashed => painter.extend(Shape::dashed_line(&points, Stroke::new(2.0, colour), 6.0, 3.0)),
        Line::Dotted => painter.extend(Shape::dashed_line(&points, Stroke::new(2.0, colour), 2.0, 2.5)),
    }
}
