//! What decisions have taught the program: each lesson as a sentence, how well it does, where it comes from.

use egui::{
    Align, Event, EventFilter, Id, Key, Label, Layout, Modifiers, Rect, RichText, Role, ScrollArea, Sense,
    TextEdit, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::{note, window};
use crate::app::action::Action;
use crate::model::{Experience, Lesson, Memory};
use crate::ui::cx::{Cx, Out};
use crate::ui::lesson::sentence;
use crate::ui::theme::SMALL;
use crate::ui::widgets::{empty_place, hairline, key_cap};

/// Height of one lesson in points.
const ROW: f32 = 28.0;
/// Width of a column of figures in points.
const FIGURE: f32 = 96.0;
/// Height of what is told of the chosen lesson in points.
const DETAIL: f32 = 132.0;
/// As many lessons does a page key pass.
const PAGE: usize = 10;

/// What the pane remembers from frame to frame.
#[derive(Default)]
pub struct MemoryPane {
    filter: String,
    chosen: usize,
    began: bool,
    /// Whether the list is to follow the chosen lesson.
    follow: bool,
}

impl MemoryPane {
    /// Shows the pane.
    pub fn show(&mut self, ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
        window(ui, cx.t("memory.title"), [720.0, 540.0], out, |ui, out| {
            note(ui, cx, cx.t("memory.note"));
            ui.add_space(4.0);
            let memory = cx.state.memory().cloned().unwrap_or_default();
            let listed = self.listed(cx, &memory);
            self.keys(ui, &listed, out);
            self.filter(ui, cx);
            ui.add_space(4.0);
            heads(ui, cx);
            let height = (ui.available_height() - DETAIL).max(ROW * 3.0);
            let list = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), height));
            self.list(ui, cx, list, &listed);
            hairline(ui, cx);
            if let Some((lesson, experience)) = listed.get(self.chosen) {
                detail(ui, cx, lesson, experience, out);
            }
        });
    }

    /// The lessons that pass the filter.
    fn listed<'m>(&self, cx: &Cx<'_>, memory: &'m Memory) -> Vec<(&'m Lesson, &'m Experience)> {
        let filter = self.filter.trim().to_lowercase();
        let passes =
            |lesson: &Lesson| filter.is_empty() || sentence(cx, lesson).to_lowercase().contains(&filter);
        memory.iter().filter(|(lesson, _)| passes(lesson)).collect()
    }

    /// Arrows choose, Delete forgets, Enter shows the newest example; what is typed filters.
    fn keys(&mut self, ui: &mut Ui, listed: &[(&Lesson, &Experience)], out: &mut Out) {
        let last = listed.len().saturating_sub(1);
        let in_list = ui.memory(|memory| memory.has_focus(list_id()));
        let in_filter = ui.memory(|memory| memory.has_focus(filter_id()));
        if !in_list && !in_filter {
            self.chosen = self.chosen.min(last);
            return;
        }
        let (step, forget, open) = ui.input_mut(|input| {
            let mut take = |key| input.consume_key(Modifiers::NONE, key);
            let down = isize::from(take(Key::ArrowDown)) - isize::from(take(Key::ArrowUp));
            let pages = isize::from(take(Key::PageDown)) - isize::from(take(Key::PageUp));
            // In the field, Delete is about the letters that were typed.
            let forget = (in_list || self.filter.is_empty()) && take(Key::Delete);
            (down + PAGE as isize * pages, forget, take(Key::Enter))
        });
        self.chosen = self.chosen.saturating_add_signed(step).min(last);
        self.follow |= step != 0;
        let chosen = listed.get(self.chosen);
        if let Some((lesson, _)) = chosen.filter(|_| forget) {
            out.push(Action::ForgetLesson((*lesson).clone()));
        }
        if let Some(example) = chosen
            .filter(|_| open)
            .and_then(|(_, known)| known.examples.last())
        {
            out.push(Action::ShowExample(example.clone()));
        }
        if in_list {
            self.type_into_filter(ui);
        }
    }

    /// What is typed while the list has the focus goes to the filter.
    fn type_into_filter(&mut self, ui: &mut Ui) {
        let typed = ui.input_mut(|input| {
            let mut typed = String::new();
            input.events.retain(|event| match event {
                Event::Text(words) => {
                    typed.push_str(words);
                    false
                }
                _ => true,
            });
            typed
        });
        if !typed.is_empty() {
            self.filter.push_str(&typed);
            self.chosen = 0;
            focus_end(ui, &self.filter);
        }
    }

    fn filter(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let edit = TextEdit::singleline(&mut self.filter)
            .id(filter_id())
            .hint_text(cx.t("memory.filter"))
            .desired_width(f32::INFINITY);
        let response = ui.add(edit.margin(vec2(8.0, 5.0)));
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, cx.t("memory.filter")));
        if response.changed() {
            self.chosen = 0;
        }
    }

    fn list(&mut self, ui: &mut Ui, cx: &Cx<'_>, rect: Rect, listed: &[(&Lesson, &Experience)]) {
        let whole = ui.interact(rect, list_id(), Sense::click());
        whole.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, cx.t("memory.title")));
        // A window that opens is first measured without being seen, and then nothing in it can have the focus.
        self.began |= whole.has_focus();
        if !self.began {
            whole.request_focus();
        }
        if whole.has_focus() {
            let filter = EventFilter {
                vertical_arrows: true,
                ..EventFilter::default()
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(list_id(), filter));
        }
        ui.allocate_rect(rect, Sense::hover());
        if listed.is_empty() {
            let words = if self.filter.trim().is_empty() {
                cx.t("memory.empty")
            } else {
                cx.t("choose.none")
            };
            empty_place(ui, cx, rect, words);
            return;
        }
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
        inner.spacing_mut().item_spacing.y = 0.0;
        let mut area = ScrollArea::vertical().id_salt("lessons").auto_shrink(false);
        if std::mem::take(&mut self.follow) {
            // The chosen lesson stays in the middle while the arrows move it.
            let above = rect.height() * 0.5 - ROW;
            area = area.vertical_scroll_offset((self.chosen as f32 * ROW - above).max(0.0));
        }
        area.show_rows(&mut inner, ROW, listed.len(), |ui, range| {
            for place in range {
                let Some((lesson, experience)) = listed.get(place) else {
                    continue;
                };
                if row(ui, cx, lesson, experience, place == self.chosen) {
                    self.chosen = place;
                    ui.memory_mut(|memory| memory.request_focus(list_id()));
                }
            }
        });
    }
}

fn list_id() -> Id {
    Id::unique("memory-list")
}

fn filter_id() -> Id {
    Id::unique("memory-filter")
}

/// Gives the filter the focus, with the cursor behind what was typed.
fn focus_end(ui: &Ui, filter: &str) {
    let mut state = egui::text_edit::TextEditState::load(ui.ctx(), filter_id()).unwrap_or_default();
    let end = egui::text::CCursor::new(filter.chars().count());
    state
        .cursor
        .set_char_range(Some(egui::text::CCursorRange::one(end)));
    state.store(ui.ctx(), filter_id());
    ui.memory_mut(|memory| memory.request_focus(filter_id()));
}

fn heads(ui: &mut Ui, cx: &Cx<'_>) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let [words, taught, rate] = columns(rect);
    for (rect, key, layout) in [
        (words, "memory.lesson", Layout::left_to_right(Align::Center)),
        (taught, "memory.taught", Layout::right_to_left(Align::Center)),
        (rate, "memory.rate", Layout::right_to_left(Align::Center)),
    ] {
        let mut cell = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
        let words = RichText::new(cx.t(key)).size(SMALL).color(cx.theme.ink_faint);
        cell.label(words).on_hover_text(cx.t(&format!("{key}.hint")));
    }
    hairline(ui, cx);
}

/// The sentence and the two figures of a line.
fn columns(rect: Rect) -> [Rect; 3] {
    // The scroll bar floats over the right edge.
    let inner = rect.shrink2(vec2(8.0, 0.0)).with_max_x(rect.right() - 16.0);
    let (first, second) = (inner.right() - 2.0 * FIGURE, inner.right() - FIGURE);
    let part = |left, right| Rect::from_min_max(pos2(left, inner.top()), pos2(right, inner.bottom()));
    [
        part(inner.left(), first),
        part(first, second),
        part(second, inner.right()),
    ]
}

fn row(ui: &mut Ui, cx: &Cx<'_>, lesson: &Lesson, experience: &Experience, chosen: bool) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let words = sentence(cx, lesson);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, &words));
    if chosen {
        ui.painter().rect_filled(rect, 5.0, cx.theme.accent_soft);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 5.0, cx.theme.back);
    }
    let [name, taught, rate] = columns(rect);
    let ink = if lesson.acts(experience) {
        cx.theme.ink
    } else {
        cx.theme.ink_faint
    };
    let right = Layout::right_to_left(Align::Center);
    let mut cell = ui.new_child(
        UiBuilder::new()
            .max_rect(name)
            .layout(Layout::left_to_right(Align::Center)),
    );
    cell.add(
        Label::new(RichText::new(words).color(ink))
            .truncate()
            .selectable(false),
    );
    let mut cell = ui.new_child(UiBuilder::new().max_rect(taught).layout(right));
    let times = cx.f("memory.times", &[&experience.taught.to_string()]);
    cell.label(RichText::new(times).color(cx.theme.ink_soft));
    let mut cell = ui.new_child(UiBuilder::new().max_rect(rate).layout(right));
    let (hits, tries) = (experience.hits, experience.hits.saturating_add(experience.misses));
    let (words, ink) = match tries {
        0 => ("–".to_owned(), cx.theme.ink_faint),
        _ if hits * 2 < tries => (format!("{hits} / {tries}"), cx.theme.open),
        _ => (format!("{hits} / {tries}"), cx.theme.ink_soft),
    };
    cell.label(RichText::new(words).color(ink));
    response.clicked()
}

/// The chosen lesson: how it came about, as links to the places that taught it, and a way to forget it.
fn detail(ui: &mut Ui, cx: &Cx<'_>, lesson: &Lesson, experience: &Experience, out: &mut Out) {
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let parts = [experience.taught, experience.hits, experience.misses].map(|count| count.to_string());
        let words = cx.f("memory.detail", &[&parts[0], &parts[1], &parts[2]]);
        ui.label(RichText::new(words).color(cx.theme.ink_soft));
        if !lesson.acts(experience) {
            ui.label(RichText::new(cx.t("memory.rests")).color(cx.theme.open))
                .on_hover_text(cx.t("memory.rests.hint"));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            key_cap(ui, cx, "Del");
            let forget = ui.button(cx.t("memory.forget"));
            if forget.on_hover_text(cx.t("memory.forget.hint")).clicked() {
                out.push(Action::ForgetLesson(lesson.clone()));
            }
        });
    });
    for example in experience.examples.iter().rev() {
        ui.horizontal(|ui| {
            let report = cx.state.project.report(&example.report);
            if ui.link(&example.words).clicked() {
                out.push(Action::ShowExample(example.clone()));
            }
            let title = report.map_or("", |report| &report.title);
            let title = RichText::new(title).size(SMALL).color(cx.theme.ink_faint);
            ui.add(Label::new(title).truncate());
        });
    }
}
