//! Taking reports in: what the columns of a corpus hold, and what of the files was refused.

use egui::{Align, Button, ComboBox, Grid, Layout, RichText, Role, ScrollArea, Ui, WidgetInfo, vec2};

use super::{note, sheet, title};
use crate::app::action::Action;
use crate::app::intake::{Choice, Columns, Corpus};
use crate::ui::cx::{Cx, Out};
use crate::ui::messages;
use crate::ui::theme::SMALL;

/// How wide the words of a column are shown, in points.
const SAMPLE_WIDTH: f32 = 270.0;

/// What is chosen so far.
#[derive(Default)]
pub struct CorpusBox {
    chosen: Option<Choice>,
}

impl CorpusBox {
    /// Shows what each column seems to hold; a person may know better.
    pub fn show(&mut self, ui: &Ui, cx: &Cx<'_>, corpus: &Corpus, out: &mut Out) {
        let is_new = self.chosen.is_none();
        let chosen = self.chosen.get_or_insert_with(|| Choice {
            is_one_report: false,
            columns: corpus.look.guess.clone(),
        });
        sheet(ui, cx, 620.0, out, |ui, out| {
            let name = corpus.path.file_name().unwrap_or_default().to_string_lossy();
            let rows = corpus.look.rows.to_string();
            title(ui, &cx.f("corpus.title", &[&name, &rows]));
            note(ui, cx, cx.t("corpus.note"));
            let others = corpus.intake.paths.len() - 1;
            if others > 0 {
                note(ui, cx, &cx.f("corpus.others", &[&others.to_string()]));
            }
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                ui.selectable_value(&mut chosen.is_one_report, false, cx.t("corpus.rows"));
                ui.selectable_value(&mut chosen.is_one_report, true, cx.t("corpus.one"));
            });
            ui.add_space(8.0);
            ui.add_enabled_ui(!chosen.is_one_report, |ui| {
                columns(ui, cx, corpus, &mut chosen.columns);
            });
            ui.add_space(10.0);
            let is_ready = chosen.is_one_report || chosen.columns.text.is_some();
            ui.horizontal(|ui| {
                let words = if chosen.is_one_report {
                    cx.t("corpus.go_one").to_owned()
                } else {
                    cx.f("corpus.go", &[&rows])
                };
                let go = ui.add_enabled(is_ready, Button::new(words));
                if is_new {
                    go.request_focus();
                }
                if go.clicked() {
                    out.push(Action::TakeIn(corpus.intake.clone(), chosen.clone()));
                }
                if ui.button(cx.t("details.cancel")).clicked() {
                    out.push(Action::CloseFront);
                }
                if !is_ready {
                    note(ui, cx, cx.t("corpus.no_text"));
                }
            });
        });
    }
}

/// For each meaning the column that has it, and the first words in it.
fn columns(ui: &mut Ui, cx: &Cx<'_>, corpus: &Corpus, columns: &mut Columns) {
    let known = &corpus.look.columns;
    let meanings = [
        ("corpus.column.text", &mut columns.text),
        ("corpus.column.id", &mut columns.id),
        ("corpus.column.title", &mut columns.title),
        ("corpus.column.issuer", &mut columns.issuer),
        ("corpus.column.date", &mut columns.date),
        ("corpus.column.area", &mut columns.area),
        ("corpus.column.period", &mut columns.period),
    ];
    Grid::new("corpus")
        .num_columns(3)
        .spacing([16.0, 6.0])
        .show(ui, |ui| {
            for (place, (name, column)) in meanings.into_iter().enumerate() {
                let name = cx.t(name);
                ui.label(name);
                let shown = column
                    .as_deref()
                    .unwrap_or_else(|| cx.t("corpus.none"))
                    .to_owned();
                let list = ComboBox::from_id_salt(("corpus", place))
                    .width(170.0)
                    .selected_text(shown)
                    .show_ui(ui, |ui| {
                        // A report without a text is none.
                        if place > 0 {
                            ui.selectable_value(column, None, cx.t("corpus.none"));
                        }
                        for (name, _) in known {
                            ui.selectable_value(column, Some(name.clone()), name);
                        }
                    });
                list.response
                    .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name));
                let words = known.iter().find(|(name, _)| Some(name) == column.as_ref());
                let words = words.map_or("", |(_, words)| words);
                ui.allocate_ui_with_layout(
                    vec2(SAMPLE_WIDTH, ui.available_height()),
                    Layout::left_to_right(Align::Center),
                    |ui| {
                        let words = RichText::new(words).size(SMALL + 0.5).color(cx.theme.ink_soft);
                        ui.add(egui::Label::new(words).truncate());
                    },
                );
                ui.end_row();
            }
        });
}

/// How many reports came in, and what was refused, each thing with its file and place.
pub fn taken(ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
    let Some(taken) = &cx.state.view.taken else {
        return;
    };
    sheet(ui, cx, 620.0, out, |ui, out| {
        title(ui, cx.t("taken.title"));
        let counts = [taken.reports.to_string(), taken.refused.len().to_string()];
        note(ui, cx, &cx.f("taken.counts", &[&counts[0], &counts[1]]));
        ui.add_space(6.0);
        ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for (path, problem) in &taken.refused {
                let file = path.file_name().unwrap_or_default().to_string_lossy();
                let why = messages::report_problem(cx, problem);
                let words = cx.f("taken.refused", &[&file, &why]);
                ui.label(RichText::new(words).size(SMALL + 0.5).color(cx.theme.ink_soft));
            }
        });
        ui.add_space(8.0);
        if ui.button(cx.t("imported.close")).clicked() {
            out.push(Action::CloseFront);
        }
    });
}
