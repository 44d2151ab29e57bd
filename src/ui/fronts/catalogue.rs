//! The catalogue: indicators made, edited, ordered, merged, taken in and given out.

use egui::{ComboBox, Grid, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, vec2};

use super::window;
use crate::app::action::Action;
use crate::app::builtin;
use crate::app::ports::Purpose;
use crate::model::{Catalogue, Decimal, Indicator, IndicatorId, Tint, ValueType};
use crate::text::pinyin::NameKey;
use crate::ui::cx::{Cx, Out};
use crate::ui::theme::SMALL;
use crate::ui::widgets::dot;

/// Height of one entry of the list in points.
const ROW: f32 = 28.0;
/// Width of the list in points.
const LIST: f32 = 250.0;

/// The entry as it is being changed.
#[derive(Default)]
pub struct CatalogueEditor {
    filter: String,
    chosen: Option<IndicatorId>,
    draft: Option<Draft>,
    merge_into: Option<IndicatorId>,
}

/// An entry with its lists and numbers as words.
#[derive(Clone, PartialEq)]
struct Draft {
    entry: Indicator,
    aliases: String,
    min: String,
    max: String,
}

impl Draft {
    fn of(entry: &Indicator) -> Self {
        let words = |bound: Option<Decimal>| bound.map(|bound| bound.to_string()).unwrap_or_default();
        Self {
            aliases: entry.aliases.join("\n"),
            min: words(entry.min),
            max: words(entry.max),
            entry: entry.clone(),
        }
    }

    /// The entry, if the words fit its fields.
    fn finish(&self) -> Option<Indicator> {
        let bound = |words: &str| match words.trim() {
            "" => Some(None),
            words => words.parse().ok().map(Some),
        };
        let aliases = self
            .aliases
            .lines()
            .map(str::trim)
            .filter(|alias| !alias.is_empty());
        let entry = Indicator {
            aliases: aliases.map(ToOwned::to_owned).collect(),
            min: bound(&self.min)?,
            max: bound(&self.max)?,
            name: self.entry.name.trim().to_owned(),
            ..self.entry.clone()
        };
        (!entry.name.is_empty()).then_some(entry)
    }
}

impl CatalogueEditor {
    /// Shows the catalogue.
    pub fn show(&mut self, ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
        window(ui, cx.t("catalogue.title"), [860.0, 580.0], out, |ui, out| {
            ui.horizontal(|ui| self.tools(ui, cx, out));
            ui.separator();
            let height = ui.available_height();
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_width(LIST);
                    ui.set_height(height);
                    self.list(ui, cx);
                });
                ui.separator();
                ui.vertical(|ui| self.entry(ui, cx, out));
            });
        });
    }

    fn tools(&mut self, ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
        if ui.button(cx.t("catalogue.new")).clicked() {
            let mut catalogue = cx.state.project.catalogue.clone();
            let name = cx.t("catalogue.new.name").to_owned();
            let entry = fresh_entry(&catalogue, name);
            self.chosen = Some(entry.id.clone());
            self.draft = None;
            catalogue.indicators.push(entry);
            out.push(Action::SetCatalogue(catalogue));
        }
        if ui.button(cx.t("catalogue.import")).clicked() {
            out.push(Action::Pick(Purpose::ImportCatalogue));
        }
        if ui.button(cx.t("catalogue.export")).clicked() {
            out.push(Action::Pick(Purpose::ExportCatalogue));
        }
        ui.menu_button(cx.t("catalogue.built_in"), |ui| {
            for (place, name) in builtin::names().enumerate() {
                if ui.button(cx.t(name)).clicked() {
                    out.push(Action::TakeBuiltIn(place));
                    ui.close();
                }
            }
        });
        let count = cx.f(
            "catalogue.count",
            &[&cx.state.project.catalogue.indicators.len().to_string()],
        );
        ui.label(RichText::new(count).color(cx.theme.ink_faint));
    }

    fn list(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let response = ui.add(TextEdit::singleline(&mut self.filter).hint_text(cx.t("catalogue.filter")));
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, cx.t("catalogue.filter")));
        let fits = |entry: &&Indicator| {
            self.filter.trim().is_empty()
                || entry
                    .names()
                    .any(|name| NameKey::new(name).rank(self.filter.trim()).is_some())
        };
        let entries: Vec<&Indicator> = cx
            .state
            .project
            .catalogue
            .indicators
            .iter()
            .filter(fits)
            .collect();
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical()
            .id_salt("catalogue-list")
            .auto_shrink(false)
            .show_rows(ui, ROW, entries.len(), |ui, range| {
                for entry in &entries[range] {
                    if self.list_row(ui, cx, entry) {
                        self.chosen = Some(entry.id.clone());
                        self.draft = None;
                        self.merge_into = None;
                    }
                }
            });
    }

    fn list_row(&self, ui: &mut Ui, cx: &Cx<'_>, entry: &Indicator) -> bool {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
        let chosen = self.chosen.as_ref() == Some(&entry.id);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &entry.name));
        if chosen {
            ui.painter().rect_filled(rect, 5.0, cx.theme.accent_soft);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 5.0, cx.theme.back);
        }
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(vec2(6.0, 2.0))));
        inner.horizontal_centered(|ui| {
            dot(ui, cx.theme.tint(entry.tint));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let uses = cx.state.uses.get(&entry.id).copied().unwrap_or(0);
                if uses > 0 {
                    ui.label(
                        RichText::new(uses.to_string())
                            .size(SMALL)
                            .color(cx.theme.ink_faint),
                    );
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.add(egui::Label::new(&entry.name).truncate().selectable(false));
                });
            });
        });
        response.clicked()
    }

    fn entry(&mut self, ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
        let catalogue = &cx.state.project.catalogue;
        let Some(entry) = self.chosen.as_ref().and_then(|id| catalogue.get(id)) else {
            ui.label(RichText::new(cx.t("catalogue.choose")).color(cx.theme.ink_faint));
            return;
        };
        if self
            .draft
            .as_ref()
            .is_some_and(|draft| draft.entry.id != entry.id)
        {
            self.draft = None;
        }
        let draft = self.draft.get_or_insert_with(|| Draft::of(entry));
        ScrollArea::vertical()
            .id_salt("catalogue-entry")
            .auto_shrink(false)
            .show(ui, |ui| {
                fields(ui, cx, draft);
                ui.add_space(8.0);
                let finished = draft.finish();
                let changed = *draft != Draft::of(entry);
                ui.horizontal(|ui| {
                    let can_apply = changed && finished.is_some();
                    if ui
                        .add_enabled(can_apply, egui::Button::new(cx.t("catalogue.apply")))
                        .clicked()
                        && let Some(finished) = finished.clone()
                    {
                        out.push(Action::SetCatalogue(with_entry(catalogue, finished)));
                    }
                    if changed && ui.button(cx.t("rules.revert")).clicked() {
                        *draft = Draft::of(entry);
                    }
                    if finished.is_none() {
                        ui.label(RichText::new(cx.t("catalogue.unfit")).color(cx.theme.bad));
                    }
                });
                ui.separator();
                order_and_removal(ui, cx, catalogue, entry, out);
                if let Some(into) = merge(ui, cx, catalogue, &entry.id, &mut self.merge_into, out) {
                    self.chosen = Some(into);
                }
            });
    }
}

/// Offers to merge an indicator into another one; answers the other one once the person has.
fn merge(
    ui: &mut Ui,
    cx: &Cx<'_>,
    catalogue: &Catalogue,
    from: &IndicatorId,
    chosen: &mut Option<IndicatorId>,
    out: &mut Out,
) -> Option<IndicatorId> {
    let mut merged = None;
    ui.horizontal(|ui| {
        ui.label(cx.t("catalogue.merge"));
        let name = chosen
            .as_ref()
            .and_then(|id| catalogue.get(id))
            .map_or("…", |entry| &entry.name);
        let list = ComboBox::from_id_salt("merge-into")
            .selected_text(name)
            .width(220.0)
            .show_ui(ui, |ui| {
                for other in catalogue.indicators.iter().filter(|other| &other.id != from) {
                    ui.selectable_value(chosen, Some(other.id.clone()), &other.name);
                }
            });
        list.response
            .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, cx.t("catalogue.merge")));
        let go = ui.add_enabled(chosen.is_some(), egui::Button::new(cx.t("catalogue.merge.go")));
        if go.on_hover_text(cx.t("catalogue.merge.hint")).clicked()
            && let Some(into) = chosen.take()
        {
            out.push(Action::MergeIndicators(from.clone(), into.clone()));
            merged = Some(into);
        }
    });
    merged
}

fn fresh_entry(catalogue: &Catalogue, name: String) -> Indicator {
    let id = (1..).map(|number| IndicatorId::from(format!("indicator_{number}").as_str()));
    let id = id.into_iter().find(|id| catalogue.get(id).is_none());
    Indicator {
        id: id.unwrap_or_else(|| IndicatorId::from("indicator")),
        name,
        name_en: String::new(),
        aliases: Vec::new(),
        value_type: ValueType::Count,
        unit: String::new(),
        min: None,
        max: None,
        tint: Tint((catalogue.indicators.len() % usize::from(Tint::COUNT)) as u8),
        pinned: false,
        note: String::new(),
    }
}

fn with_entry(catalogue: &Catalogue, entry: Indicator) -> Catalogue {
    let mut catalogue = catalogue.clone();
    if let Some(place) = catalogue.indicators.iter_mut().find(|other| other.id == entry.id) {
        *place = entry;
    }
    catalogue
}

fn fields(ui: &mut Ui, cx: &Cx<'_>, draft: &mut Draft) {
    let line = |ui: &mut Ui, key: &'static str, words: &mut String| {
        ui.label(cx.t(key));
        let response = ui.add(TextEdit::singleline(words).desired_width(340.0));
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, cx.t(key)));
        ui.end_row();
    };
    Grid::new("entry")
        .num_columns(2)
        .spacing([14.0, 7.0])
        .show(ui, |ui| {
            line(ui, "catalogue.name", &mut draft.entry.name);
            line(ui, "catalogue.name_en", &mut draft.entry.name_en);
            ui.label(cx.t("catalogue.aliases"));
            ScrollArea::vertical()
                .id_salt("aliases")
                .max_height(92.0)
                .min_scrolled_height(92.0)
                .show(ui, |ui| {
                    let response = ui.add(
                        TextEdit::multiline(&mut draft.aliases)
                            .desired_width(340.0)
                            .desired_rows(4),
                    );
                    response.widget_info(|| {
                        WidgetInfo::labeled(Role::TextInput, true, cx.t("catalogue.aliases"))
                    });
                });
            ui.end_row();
            ui.label(cx.t("field.value_type"));
            let name = |kind: ValueType| cx.t(&format!("value_type.{kind}")).to_owned();
            let list = ComboBox::from_id_salt("value-type")
                .selected_text(name(draft.entry.value_type))
                .show_ui(ui, |ui| {
                    for kind in ValueType::ALL {
                        ui.selectable_value(&mut draft.entry.value_type, *kind, name(*kind));
                    }
                });
            list.response
                .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, cx.t("field.value_type")));
            ui.end_row();
            line(ui, "field.unit", &mut draft.entry.unit);
            line(ui, "catalogue.min", &mut draft.min);
            line(ui, "catalogue.max", &mut draft.max);
            ui.label(cx.t("catalogue.tint"));
            ui.horizontal(|ui| {
                for tint in (0..Tint::COUNT).map(Tint) {
                    let (rect, response) = ui.allocate_exact_size(vec2(22.0, 22.0), Sense::click());
                    let name = cx.f("catalogue.tint.number", &[&(tint.0 + 1).to_string()]);
                    response.widget_info(|| WidgetInfo::labeled(Role::RadioButton, true, &name));
                    ui.painter()
                        .circle_filled(rect.center(), 7.0, cx.theme.tint(tint));
                    if draft.entry.tint == tint {
                        ui.painter().circle_stroke(
                            rect.center(),
                            10.0,
                            egui::Stroke::new(1.5, cx.theme.accent),
                        );
                    }
                    if response.clicked() {
                        draft.entry.tint = tint;
                    }
                }
            });
            ui.end_row();
            line(ui, "field.note", &mut draft.entry.note);
            ui.label(cx.t("catalogue.pinned"));
            let pinned = draft.entry.pinned;
            let response = ui.checkbox(&mut draft.entry.pinned, "");
            response
                .widget_info(|| WidgetInfo::selected(Role::CheckBox, true, pinned, cx.t("catalogue.pinned")));
            ui.end_row();
        });
}

fn order_and_removal(ui: &mut Ui, cx: &Cx<'_>, catalogue: &Catalogue, entry: &Indicator, out: &mut Out) {
    let Some(place) = catalogue.position(&entry.id) else {
        return;
    };
    ui.horizontal(|ui| {
        for (key, target) in [
            ("catalogue.up", place.checked_sub(1)),
            ("catalogue.down", Some(place + 1)),
        ] {
            let target = target.filter(|target| *target < catalogue.indicators.len());
            if ui
                .add_enabled(target.is_some(), egui::Button::new(cx.t(key)))
                .clicked()
                && let Some(target) = target
            {
                let mut catalogue = catalogue.clone();
                catalogue.indicators.swap(place, target);
                out.push(Action::SetCatalogue(catalogue));
            }
        }
        let remove = ui.button(cx.t("catalogue.remove"));
        if remove.on_hover_text(cx.t("catalogue.remove.hint")).clicked() {
            let mut catalogue = catalogue.clone();
            catalogue.indicators.remove(place);
            out.push(Action::SetCatalogue(catalogue));
        }
    });
}
