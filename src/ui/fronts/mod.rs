//! What opens in front of the text: boxes to type into, lists to choose from, editors.

mod accept_all;
mod agreement;
mod alike;
mod catalogue;
mod choose;
mod corpus;
mod details;
mod export;
mod foreign;
mod import;
mod keys;
mod memory;
mod path_box;
mod prose;
mod questions;
mod rules;
mod settings;
mod waive;

use egui::{Align2, Area, Frame, Id, Order, RichText, Ui, vec2};

use self::agreement::AgreementPane;
use self::catalogue::CatalogueEditor;
use self::choose::Chooser;
use self::details::Details;
use self::memory::MemoryPane;
use self::path_box::PathBox;
use self::prose::Guidelines;
use self::rules::RulesEditor;
use self::waive::WaiveBox;
use super::cx::{Cx, Out};
use super::widgets::strong;
use crate::app::action::{Action, Front};

/// What the fronts remember from frame to frame; begun anew with each opening.
#[derive(Default)]
pub struct Fronts {
    /// The front that was open in the frame before.
    open: Option<std::mem::Discriminant<Front>>,
    chooser: Chooser,
    path_box: PathBox,
    catalogue: CatalogueEditor,
    rules: RulesEditor,
    guidelines: Guidelines,
    details: Details,
    agreement: AgreementPane,
    memory: MemoryPane,
    settings: settings::SettingsEditor,
    waive: WaiveBox,
    extractor: import::ExtractorEditor,
    export: export::ExportBox,
    foreign: foreign::ForeignBox,
    corpus: corpus::CorpusBox,
}

impl Fronts {
    /// Shows whatever is open in front of the text. `missing` are characters that no font draws.
    pub fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>, missing: &[char], out: &mut Out) {
        let kind = cx.state.view.front.as_ref().map(std::mem::discriminant);
        if kind != self.open {
            self.guidelines.finish(cx, out);
            *self = Self {
                open: kind,
                ..Self::default()
            };
        }
        let Some(front) = &cx.state.view.front else {
            return;
        };
        match front {
            Front::Palette => self.chooser.palette(ui, cx, out),
            Front::ChooseIndicator => self.chooser.indicator(ui, cx, out),
            Front::ChooseRejection => self.chooser.rejection(ui, cx, out),
            Front::ChooseReason => self.chooser.reason(ui, cx, out),
            Front::TypePath(purpose) => self.path_box.show(ui, cx, *purpose, out),
            Front::Keys => keys::show(ui, cx, out),
            Front::Guidelines => self.guidelines.show(ui, cx, out),
            Front::Catalogue => self.catalogue.show(ui, cx, out),
            Front::Agreement => self.agreement.show(ui, cx, out),
            Front::Memory => self.memory.show(ui, cx, out),
            Front::Rules => self.rules.show(ui, cx, out),
            Front::Settings => self.settings.show(ui, cx, out),
            Front::ReportDetails => self.details.show(ui, cx, out),
            Front::Alike(spans) => alike::show(ui, cx, spans, out),
            Front::Export => self.export.show(ui, cx, out),
            Front::ReplaceExport(wanted) => questions::replace(ui, cx, wanted, out),
            Front::Exported => export::exported(ui, cx, out),
            Front::Extractor => self.extractor.show(ui, cx, out),
            Front::Corpus(corpus) => self.corpus.show(ui, cx, corpus, out),
            Front::Taken => corpus::taken(ui, cx, out),
            Front::ImportAnnotations(paths) => self.foreign.show(ui, cx, paths, out),
            Front::ForeignTaken => foreign::taken(ui, cx, out),
            Front::Imported => import::imported(ui, cx, out),
            Front::AcceptAll(count) => accept_all::show(ui, cx, *count, out),
            Front::Waive(key) => self.waive.show(ui, cx, key, out),
            Front::LookOnly => questions::look_only(ui, cx, out),
            Front::Recovery => questions::recovery(ui, cx, out),
            Front::ChangedOutside(paths) => questions::changed(ui, cx, paths, out),
            Front::UnsavedQuit => questions::unsaved(ui, cx, out),
            Front::MissingGlyphs => questions::missing(ui, cx, missing, out),
        }
    }
}

/// A sheet in the upper middle of the window, `width` points wide; a click beside it closes it.
fn sheet(ui: &Ui, cx: &Cx<'_>, width: f32, out: &mut Out, contents: impl FnOnce(&mut Ui, &mut Out)) {
    let screen = ui.ctx().content_rect();
    let veil = Area::new(Id::unique("veil"))
        .order(Order::Middle)
        .fixed_pos(screen.min)
        .show(ui, |ui| {
            let rect = egui::Rect::from_min_size(screen.min, screen.size());
            ui.painter()
                .rect_filled(rect, 0.0, cx.theme.shadow.0.gamma_multiply(0.7));
            ui.allocate_rect(rect, egui::Sense::click())
        });
    if veil.inner.clicked() {
        out.push(Action::CloseFront);
    }
    let top = (screen.height() * 0.12).min(110.0);
    Area::new(Id::unique("sheet"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_TOP, vec2(0.0, top))
        .show(ui, |ui| {
            Frame::window(ui.style()).show(ui, |ui| {
                ui.set_width(width.min(screen.width() - 60.0));
                ui.set_max_height(screen.height() - top - 60.0);
                contents(ui, out);
            });
        });
}

/// A window with a title that can be moved and made larger, and leaves the text usable.
fn window(ui: &Ui, title: &str, size: [f32; 2], out: &mut Out, contents: impl FnOnce(&mut Ui, &mut Out)) {
    let screen = ui.ctx().content_rect();
    let size = [
        size[0].min(screen.width() - 40.0),
        size[1].min(screen.height() - 90.0),
    ];
    let mut open = true;
    egui::Window::new(strong(title, 14.0))
        .id(Id::unique("front-window"))
        .open(&mut open)
        .collapsible(false)
        .default_size(size)
        .default_pos(screen.center() - vec2(size[0], size[1]) * 0.5)
        .constrain(true)
        .show(ui, |ui| contents(ui, out));
    if !open {
        out.push(Action::CloseFront);
    }
}

/// The title of a sheet.
fn title(ui: &mut Ui, words: &str) {
    ui.label(strong(words, 15.0));
    ui.add_space(6.0);
}

/// Quiet words under a title.
fn note(ui: &mut Ui, cx: &Cx<'_>, words: &str) {
    ui.label(RichText::new(words).color(cx.theme.ink_soft));
}
