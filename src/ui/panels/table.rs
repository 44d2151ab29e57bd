//! The table of this report's observations: sortable, editable in place, each row a way to the words.

use egui::{Align, Layout, RichText, Role, Sense, TextEdit, Ui, WidgetInfo};
use egui_extras::{Column as Width, TableBuilder};

use crate::app::action::{Action, Front};
use crate::model::{Field, Observation, Origin, Span};
use crate::query::{Column, Row, rows};
use crate::ui::cx::{Cx, Out};
use crate::ui::fields::{field_choices, field_key, field_words};
use crate::ui::theme::SMALL;
use crate::ui::widgets::{dot, empty_place};
use crate::ui::{echo, indicator_name, indicator_tint};

/// Height of a row in points.
const ROW: f32 = 28.0;

/// The columns: what they show, how wide they begin, whether figures stand right.
const COLUMNS: &[(Column, f32, bool)] = &[
    (Column::Of(Field::Indicator), 180.0, false),
    (Column::Of(Field::Value), 112.0, true),
    (Column::Of(Field::Unit), 72.0, false),
    (Column::Of(Field::Measure), 104.0, false),
    (Column::Of(Field::TimePeriod), 64.0, false),
    (Column::Of(Field::RefArea), 64.0, false),
    (Column::Of(Field::ValueNature), 44.0, false),
    (Column::Origin, 76.0, false),
];

/// What the table remembers from frame to frame.
#[derive(Default)]
pub struct ObservationTable {
    /// The cell being edited and the words typed so far.
    typed: Option<(Span, Field, String)>,
    /// The rows, and what they were made for.
    made: Option<(Key, Vec<Row>)>,
    /// The words that were current when the table last scrolled to them.
    scrolled_to: Option<Span>,
}

/// What the rows depend on.
#[derive(PartialEq)]
struct Key {
    revision: u64,
    sort: Option<(Column, bool)>,
}

impl ObservationTable {
    /// How many observations there are, as last shown.
    pub fn count(cx: &Cx<'_>) -> usize {
        cx.state.marks.ledger().tagged
    }

    /// Shows the table.
    pub fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
        let key = Key {
            revision: cx.state.marks_revision,
            sort: cx.state.view.sort,
        };
        if self.made.as_ref().is_none_or(|(made, _)| *made != key) {
            let (column, descending) = cx.state.view.sort.unwrap_or((Column::Position, false));
            let fresh = rows(cx.state.layer(), &cx.state.project.catalogue, column, descending);
            self.made = Some((key, fresh));
        }
        let Some((_, rows)) = &self.made else {
            return;
        };
        if rows.is_empty() {
            empty_place(ui, cx, ui.available_rect_before_wrap(), cx.t("table.empty"));
            return;
        }
        let current = cx.state.view.current;
        let place = rows.iter().position(|row| Some(row.decision.span) == current);
        // The columns' edges can be dragged, but lines between them would only be noise.
        ui.visuals_mut().widgets.noninteractive.bg_stroke = egui::Stroke::NONE;
        ui.spacing_mut().item_spacing.x = 6.0;
        let mut table = TableBuilder::new(ui)
            .id_salt("observations")
            .striped(false)
            .sense(Sense::click())
            .cell_layout(Layout::left_to_right(Align::Center))
            .auto_shrink(false)
            .min_scrolled_height(0.0)
            .column(Width::exact(10.0));
        for (column, width, _) in COLUMNS {
            // The names take what the other columns leave.
            let is_name = *column == Column::Of(Field::Indicator);
            let width = if is_name {
                Width::remainder()
            } else {
                Width::initial(*width).resizable(true)
            };
            table = table.column(width.at_least(40.0).clip(true));
        }
        if self.scrolled_to != current
            && let Some(place) = place
        {
            table = table.scroll_to_row(place, None);
        }
        self.scrolled_to = current;
        let typed = &mut self.typed;
        let table = table.header(26.0, |mut header| {
            header.col(|_| {});
            for (column, _, right) in COLUMNS {
                header.col(|ui| heading(ui, cx, *column, *right, out));
            }
        });
        table.body(|body| {
            body.rows(ROW, rows.len(), |mut line| {
                let Some(row) = rows.get(line.index()) else {
                    return;
                };
                let Some(observation) = row.observation() else {
                    return;
                };
                line.set_selected(Some(row.decision.span) == current);
                line.col(|_| {});
                for (column, _, right) in COLUMNS {
                    let is_typed = typed.as_ref().is_some_and(|(span, field, _)| {
                        *span == row.decision.span && Column::Of(*field) == *column
                    });
                    let (_, response) =
                        line.col(|ui| cell(ui, cx, row, observation, (*column, *right), typed, out));
                    if !is_typed {
                        heed_clicks(&response, cx, row, *column, typed, out);
                    }
                }
            });
        });
    }
}

/// A click shows the words in the report, a double click begins to edit the cell.
fn heed_clicks(
    response: &egui::Response,
    cx: &Cx<'_>,
    row: &Row,
    column: Column,
    typed: &mut Option<(Span, Field, String)>,
    out: &mut Out,
) {
    match (column, row.observation()) {
        (Column::Of(Field::Indicator), _) if response.double_clicked() => {
            reveal(cx, row, out);
            out.push(Action::Show(Front::ChooseIndicator));
        }
        (Column::Of(field), Some(observation)) if response.double_clicked() => {
            *typed = Some((row.decision.span, field, observation.words(field)));
        }
        _ if response.clicked() => reveal(cx, row, out),
        _ => {}
    }
    response.clone().on_hover_text(cx.t("table.edit.hint"));
}

fn reveal(cx: &Cx<'_>, row: &Row, out: &mut Out) {
    if let Some(report) = &cx.state.view.report {
        out.push(Action::Reveal(report.clone(), row.decision.span));
    }
}

fn heading(ui: &mut Ui, cx: &Cx<'_>, column: Column, right: bool, out: &mut Out) {
    let name = match column {
        Column::Of(field) => cx.t(field_key(field)),
        Column::Origin => cx.t("table.origin"),
        Column::Position => "",
    };
    let arrow = match cx.state.view.sort {
        Some((sorted, false)) if sorted == column => " ▲",
        Some((sorted, true)) if sorted == column => " ▼",
        _ => "",
    };
    let text = RichText::new(format!("{name}{arrow}"))
        .size(SMALL + 0.5)
        .color(cx.theme.ink_faint);
    let layout = if right {
        Layout::right_to_left(Align::Center)
    } else {
        Layout::left_to_right(Align::Center)
    };
    ui.with_layout(layout, |ui| {
        if ui
            .add(egui::Button::new(text).frame(false))
            .on_hover_text(cx.t("table.sort.hint"))
            .clicked()
        {
            out.push(Action::SortBy(column));
        }
    });
}

fn cell(
    ui: &mut Ui,
    cx: &Cx<'_>,
    row: &Row,
    observation: &Observation,
    (column, right): (Column, bool),
    typed: &mut Option<(Span, Field, String)>,
    out: &mut Out,
) {
    let span = row.decision.span;
    let field = match column {
        Column::Of(field) => field,
        Column::Origin | Column::Position => {
            origin(ui, cx, row.decision.origin);
            return;
        }
    };
    if typed
        .as_ref()
        .is_some_and(|(at, of, _)| *at == span && *of == field)
    {
        edit(ui, cx, span, field, typed, out);
        return;
    }
    let layout = if right {
        Layout::right_to_left(Align::Center)
    } else {
        Layout::left_to_right(Align::Center)
    };
    ui.with_layout(layout, |ui| {
        let words = match field {
            Field::Indicator => {
                dot(ui, cx.theme.tint(indicator_tint(cx, observation)));
                indicator_name(cx, observation)
            }
            Field::Value => echo::value(observation.value),
            Field::Measure if !observation.ref_scope.is_empty() => {
                format!(
                    "{} · {}",
                    field_words(cx, field, &observation.words(field)),
                    observation.ref_scope
                )
            }
            _ => field_words(cx, field, &observation.words(field)),
        };
        ui.add(egui::Label::new(words).truncate().selectable(false));
    });
}

fn edit(
    ui: &mut Ui,
    cx: &Cx<'_>,
    span: Span,
    field: Field,
    typed: &mut Option<(Span, Field, String)>,
    out: &mut Out,
) {
    let Some((_, _, words)) = typed else {
        return;
    };
    if let Some(choices) = field_choices(field) {
        let before = words.clone();
        egui::ComboBox::from_id_salt(("cell", span.start))
            .selected_text(field_words(cx, field, words))
            .width(ui.available_width())
            .show_ui(ui, |ui| {
                for choice in choices {
                    ui.selectable_value(words, choice.to_owned(), field_words(cx, field, choice));
                }
            });
        if *words != before {
            out.push(Action::SetFieldAt(span, field, words.clone()));
            *typed = None;
        }
        return;
    }
    let response = ui.add(TextEdit::singleline(words).desired_width(f32::INFINITY));
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, cx.t(field_key(field))));
    if response.lost_focus() {
        if !ui.input(|input| input.key_pressed(egui::Key::Escape)) {
            out.push(Action::SetFieldAt(span, field, words.clone()));
        }
        *typed = None;
    } else if !response.has_focus() {
        response.request_focus();
    }
}

fn origin(ui: &mut Ui, cx: &Cx<'_>, origin: Origin) {
    let (key, ink) = match origin {
        Origin::Manual => ("table.origin.manual", cx.theme.ink_faint),
        Origin::Prediction => ("table.origin.prediction", cx.theme.ink_faint),
        Origin::PredictionChanged => ("table.origin.changed", cx.theme.open),
    };
    ui.label(RichText::new(cx.t(key)).color(ink));
}
