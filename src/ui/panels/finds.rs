//! Searching the report or the project.

use egui::text::LayoutJob;
use egui::{FontId, RichText, Role, ScrollArea, Sense, TextEdit, TextFormat, Ui, WidgetInfo, vec2};

use super::status::reading;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::state::Find;
use crate::ui::cx::{Cx, Out};
use crate::ui::theme::{self, BODY, SMALL};
use crate::ui::widgets::empty_place;

/// Height of one find in points.
const ROW: f32 = 26.0;

/// What the search remembers from frame to frame.
#[derive(Default)]
pub struct Finds {
    /// The wish to type that was fulfilled last.
    focused: u64,
}

impl Finds {
    /// Shows the search and its finds.
    pub fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            ui.add_space(14.0);
            self.query_line(ui, cx, out);
        });
        let search = &cx.state.view.search;
        if let Some(error) = &search.error {
            ui.horizontal(|ui| {
                ui.add_space(14.0);
                let place = (error.start + 1).to_string();
                let words = cx.f("find.error", &[&place, &error.message]);
                ui.label(RichText::new(words).size(SMALL).color(cx.theme.bad));
            });
            return;
        }
        if search.finds.is_empty() {
            let rect = ui.available_rect_before_wrap();
            if search.running {
                empty_place(ui, cx, rect, cx.t("find.running"));
            } else if !search.query.pattern.is_empty() {
                empty_place(ui, cx, rect, cx.t("find.none"));
            }
            return;
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical()
            .auto_shrink(false)
            .show_rows(ui, ROW, search.finds.len(), |ui, range| {
                for place in range {
                    if let Some(find) = search.finds.get(place) {
                        row(ui, cx, place, find, out);
                    }
                }
            });
    }

    fn query_line(&mut self, ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
        let search = &cx.state.view.search;
        let mut query = search.query.clone();
        let edit = TextEdit::singleline(&mut query.pattern)
            .hint_text(cx.t("find.hint"))
            .desired_width(260.0);
        let response = ui.add(edit.margin(vec2(8.0, 4.0)));
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, cx.t("find.hint")));
        if self.focused != search.focus {
            self.focused = search.focus;
            response.request_focus();
            if !query.pattern.is_empty() {
                out.push(Action::Search(query.clone()));
            }
        }
        if response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
            let back = ui.input(|input| input.modifiers.shift);
            out.run(if back {
                Command::FindPrevious
            } else {
                Command::FindNext
            });
            response.request_focus();
        }
        ui.toggle_value(&mut query.match_case, "Aa")
            .on_hover_text(cx.t("find.case"));
        ui.toggle_value(&mut query.whole_word, cx.t("find.word"))
            .on_hover_text(cx.t("find.word.hint"));
        ui.toggle_value(&mut query.regex, ".*")
            .on_hover_text(cx.t("find.regex"));
        ui.separator();
        let mut in_project = search.in_project;
        ui.selectable_value(&mut in_project, false, cx.t("find.report"));
        ui.selectable_value(&mut in_project, true, cx.t("find.project"));
        if in_project != search.in_project {
            out.run(if in_project {
                Command::FindInProject
            } else {
                Command::Find
            });
        } else if query != search.query {
            out.push(Action::Search(query));
        }
        if search.in_project && !cx.state.is_whole() {
            ui.label(RichText::new(reading(cx, "find.so_far")).color(cx.theme.ink_soft));
        }
        let count = search.finds.len();
        if count > 0 {
            let shown = search
                .shown
                .map_or_else(|| "–".to_owned(), |place| (place + 1).to_string());
            let total = if search.capped {
                format!("{count}+")
            } else {
                count.to_string()
            };
            ui.label(RichText::new(format!("{shown} / {total}")).color(cx.theme.ink_soft));
            if ui
                .button("‹")
                .on_hover_text(cx.hint(Command::FindPrevious))
                .clicked()
            {
                out.run(Command::FindPrevious);
            }
            if ui.button("›").on_hover_text(cx.hint(Command::FindNext)).clicked() {
                out.run(Command::FindNext);
            }
        }
    }
}

fn row(ui: &mut Ui, cx: &Cx<'_>, place: usize, find: &Find, out: &mut Out) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let (before, words, behind) = &find.words;
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{before}{words}{behind}")));
    if cx.state.view.search.shown == Some(place) {
        ui.painter().rect_filled(rect, 0.0, cx.theme.accent_soft);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, cx.theme.back);
    }
    let format = |ink: egui::Color32| TextFormat::simple(FontId::proportional(BODY), ink);
    let mut job = LayoutJob::default();
    job.wrap.max_width = rect.width() - 28.0;
    job.wrap.max_rows = 1;
    if cx.state.view.search.in_project {
        let title = cx
            .state
            .project
            .report(&find.report)
            .map_or("", |report| &report.title);
        let short: String = title.chars().take(14).collect();
        job.append(&format!("{short}  "), 0.0, format(cx.theme.ink_faint.0));
    }
    job.append(before, 0.0, format(cx.theme.ink_soft.0));
    let strong = TextFormat {
        font_id: FontId::new(BODY, theme::bold()),
        ..format(cx.theme.accent.0)
    };
    job.append(words, 0.0, strong);
    job.append(behind, 0.0, format(cx.theme.ink_soft.0));
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at = egui::pos2(rect.left() + 16.0, rect.center().y - galley.size().y * 0.5);
    ui.painter().galley(at, galley, cx.theme.ink.0);
    if response.clicked() {
        out.push(Action::ShowFind(place));
    }
}
