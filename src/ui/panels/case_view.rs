//! One number as the annotators read it, side by side, and what the curator makes of it.

use egui::{Align, Layout, RichText, ScrollArea, Sense, Ui, vec2};

use super::field_editor::FieldEditor;
use super::others;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::curation::Curation;
use crate::model::{Decision, Field, Provenance};
use crate::query::curate::{Case, Choice, Point, State, Verdict};
use crate::ui::cx::{Cx, Out};
use crate::ui::fields::{field_key, field_words};
use crate::ui::theme::{ECHO, SMALL};
use crate::ui::widgets::{command_button, hairline, key_cap, named_button, section, strong};
use crate::ui::{echo, findings, indicator_name};

/// Height of one line in points.
const LINE: f32 = 28.0;
/// Width of a point's name in points.
const NAME: f32 = 64.0;

/// What the view remembers from frame to frame.
#[derive(Default)]
pub struct CaseView {
    editor: FieldEditor,
}

impl CaseView {
    /// Shows the case of the current words.
    pub fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>, curation: &Curation, case: &Case, out: &mut Out) {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.add_space(12.0);
            head(ui, cx, case);
            ui.spacing_mut().item_spacing.y = 0.0;
            readings(ui, cx, curation, case, out);
            section(ui, cx, cx.t("case.differs"));
            let difference = case.difference();
            if difference.points.is_empty() {
                ui.label(RichText::new(cx.t("case.nothing_differs")).color(cx.theme.ink_soft));
            }
            if let Some(power) = difference.scale {
                let words = cx.f("queue.dispute.scale", &[&power.to_string()]);
                ui.label(RichText::new(words).color(cx.theme.bad));
            }
            for point in difference.points {
                self.point(ui, cx, curation, case, point, out);
            }
            hairline(ui, cx);
            ui.spacing_mut().item_spacing.y = 5.0;
            result(ui, cx, curation, case);
            buttons(ui, cx, case.is_open() || curation.verdict.is_some(), out);
            others::show(ui, cx, out);
        });
    }

    /// One point on which the readings differ: each annotator's words with their digit.
    fn point(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        curation: &Curation,
        case: &Case,
        point: Point,
        out: &mut Out,
    ) {
        hairline(ui, cx);
        let is_chosen_for = curation.point == Some(point);
        let ink = if is_chosen_for {
            cx.theme.accent
        } else {
            cx.theme.ink_faint
        };
        let name = RichText::new(point_name(cx, point)).color(ink);
        if ui.add(egui::Button::new(name).frame(false)).clicked() {
            out.push(Action::ChoosePoint(Some(point)));
        }
        let choice = curation
            .verdict
            .as_ref()
            .and_then(|verdict| verdict.choice(point));
        for (side, reading) in case.readings.iter().enumerate() {
            let words = point_words(cx, point, reading.as_deref());
            let taken = choice == Some(Choice::Of(side));
            let annotator = reader(cx, curation, side);
            if reading_line(ui, cx, side, annotator, &words, taken) {
                out.push(Action::ChoosePoint(Some(point)));
                out.push(Action::TakeReading(side));
            }
        }
        self.third(ui, cx, curation, case, point, choice, out);
    }

    /// What the curator has typed instead, or the editor to do so.
    #[expect(
        clippy::too_many_arguments,
        reason = "one line of the view with all that it depends on"
    )]
    fn third(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        curation: &Curation,
        case: &Case,
        point: Point,
        choice: Option<Choice>,
        out: &mut Out,
    ) {
        let Point::Of(field) = point else {
            return;
        };
        let begun = curation.verdict.clone().unwrap_or_else(|| Verdict::of(case));
        let Some(observation) = begun.observation() else {
            return;
        };
        if cx.state.view.editing == Some(field) {
            ui.horizontal(|ui| {
                ui.add_space(NAME);
                self.editor.show(ui, cx, observation, field, out);
            });
        } else if choice == Some(Choice::Typed) {
            self.editor.leave(field);
            let words = field_words(cx, field, &observation.words(field));
            ui.horizontal(|ui| {
                ui.add_space(NAME);
                ui.label(strong(words, SMALL + 1.0).color(cx.theme.accent));
            });
        }
    }
}

fn head(ui: &mut Ui, cx: &Cx<'_>, case: &Case) {
    let words = cx
        .state
        .document()
        .map_or("", |document| document.words(case.span));
    ui.label(strong(words, ECHO));
    let key = match &case.state {
        State::Agreed(_) => "case.agreed",
        State::Settled => "case.settled",
        State::Differs(difference) if difference.one_sided => "case.one_sided",
        State::Differs(_) => "case.open",
    };
    ui.label(RichText::new(cx.t(key)).color(cx.theme.ink_soft));
}

/// What each annotator says as a whole, with the digit that takes it.
fn readings(ui: &mut Ui, cx: &Cx<'_>, curation: &Curation, case: &Case, out: &mut Out) {
    ui.add_space(8.0);
    let whole = curation.point.is_none();
    for (side, reading) in case.readings.iter().enumerate() {
        hairline(ui, cx);
        let annotator = reader(cx, curation, side);
        let words = match reading.as_deref() {
            Some(decision) => findings::said(cx, decision),
            None => cx.t("case.left_open").to_owned(),
        };
        let taken = whole && takes_all(curation, case, side);
        if reading_line(ui, cx, side, annotator, &words, taken) {
            out.push(Action::ChoosePoint(None));
            out.push(Action::TakeReading(side));
        }
    }
    hairline(ui, cx);
}

/// Whose reading it is: not everybody has decided on every report.
fn reader<'a>(cx: &Cx<'a>, curation: &'a Curation, side: usize) -> &'a str {
    let open = cx.state.view.report.as_ref();
    let readers = open.map_or_else(Vec::new, |open| curation.readers(&cx.state.project, open));
    readers.get(side).map_or("", |annotator| &annotator.0)
}

fn takes_all(curation: &Curation, case: &Case, side: usize) -> bool {
    let points = case.difference().points;
    let chosen = |point: &Point| {
        let verdict = curation.verdict.as_ref();
        verdict.and_then(|verdict| verdict.choice(*point)) == Some(Choice::Of(side))
    };
    !points.is_empty() && points.iter().all(chosen)
}

/// A line that takes a reading: digit, name, words. Answers whether it was clicked.
fn reading_line(ui: &mut Ui, cx: &Cx<'_>, side: usize, annotator: &str, words: &str, taken: bool) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::click());
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::Button, true, taken, format!("{annotator} {words}"))
    });
    if taken {
        ui.painter().rect_filled(rect, 4.0, cx.theme.accent_soft);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, cx.theme.back);
    }
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(vec2(4.0, 2.0))));
    inner.with_layout(Layout::left_to_right(Align::Center), |ui| {
        key_cap(ui, cx, &(side + 1).to_string());
        let (name, _) = ui.allocate_exact_size(vec2(NAME - 20.0, LINE - 4.0), Sense::hover());
        let label = RichText::new(annotator).size(SMALL).color(cx.theme.ink_faint);
        ui.put(name, egui::Label::new(label).truncate().selectable(false));
        let ink = if taken { cx.theme.accent } else { cx.theme.ink };
        ui.add(
            egui::Label::new(RichText::new(words).color(ink))
                .truncate()
                .selectable(false),
        );
    });
    response.on_hover_text(words).clicked()
}

/// What would be written, or how the curated layer came to it.
fn result(ui: &mut Ui, cx: &Cx<'_>, curation: &Curation, case: &Case) {
    let curated = cx
        .state
        .layer()
        .and_then(|layer| layer.overlapping(case.span).next());
    if let Some(decision) = curated.filter(|_| curation.verdict.is_none()) {
        section(ui, cx, cx.t("case.curated"));
        ui.add(egui::Label::new(RichText::new(findings::said(cx, decision)).color(cx.theme.good)).wrap());
        let how = match &decision.provenance {
            Some(Provenance::Unanimous) => cx.t("case.unanimous").to_owned(),
            Some(Provenance::Adjudicated { by }) => cx.f("case.adjudicated", &[&by.0]),
            None => return,
        };
        ui.label(RichText::new(how).size(SMALL).color(cx.theme.ink_faint));
        return;
    }
    let Some(verdict) = &curation.verdict else {
        return;
    };
    section(ui, cx, cx.t("case.verdict"));
    let by = cx.state.person();
    let words = match verdict.decision(&by) {
        Some(decision) => findings::said(cx, &decision),
        None if verdict.is_complete() => cx.t("case.left_open").to_owned(),
        None => {
            let open: Vec<&str> = verdict.open().map(|point| point_name(cx, point)).collect();
            cx.f("case.to_choose", &[&open.join(", ")])
        }
    };
    ui.add(egui::Label::new(RichText::new(words).color(cx.theme.ink)).wrap());
}

/// What can be done: with a case that is to be settled, or with one that is.
fn buttons(ui: &mut Ui, cx: &Cx<'_>, to_settle: bool, out: &mut Out) {
    ui.add_space(8.0);
    let half = (ui.available_width() - 8.0) * 0.5;
    ui.horizontal(|ui| {
        if to_settle {
            let settle = cx.t("bar.settle").to_owned();
            named_button(ui, cx, Command::Accept, settle, true, half, out);
            command_button(ui, cx, Command::EditFields, false, half, out);
        } else {
            command_button(ui, cx, Command::Reopen, false, half, out);
            command_button(ui, cx, Command::NextNumber, false, half, out);
        }
    });
    if to_settle {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            for (command, key) in [
                (Command::Dismiss, "case.nothing_here"),
                (Command::Reject, "case.nobody"),
            ] {
                key_cap(ui, cx, &crate::ui::widgets::key_of(command).unwrap_or_default());
                if ui.button(cx.t(key)).clicked() {
                    out.run(command);
                }
            }
        });
    }
}

/// What a point is called.
pub fn point_name<'a>(cx: &Cx<'a>, point: Point) -> &'a str {
    match point {
        Point::Ruling => cx.t("case.ruling"),
        Point::Edges => cx.t("queue.dispute.span"),
        Point::Of(field) => cx.t(field_key(field)),
    }
}

/// What a reading says on a point.
fn point_words(cx: &Cx<'_>, point: Point, reading: Option<&Decision>) -> String {
    let Some(decision) = reading else {
        return cx.t("case.left_open").to_owned();
    };
    match (point, decision.ruling.observation()) {
        (Point::Edges, _) => {
            let document = cx.state.document();
            document.map_or_else(String::new, |document| document.words(decision.span).to_owned())
        }
        (Point::Ruling, Some(_)) => cx.t("case.tagged").to_owned(),
        (_, None) => findings::said(cx, decision),
        (Point::Of(Field::Indicator), Some(observation)) => indicator_name(cx, observation),
        (Point::Of(Field::Value), Some(observation)) => echo::value(observation.value),
        (Point::Of(field), Some(observation)) => field_words(cx, field, &observation.words(field)),
    }
}
