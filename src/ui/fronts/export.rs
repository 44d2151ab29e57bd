//! Writing a layer for other programs: the format with what it does not carry, whose decisions, and where to.

use std::path::PathBuf;

use egui::{ComboBox, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use super::{note, sheet, title};
use crate::app::action::{Action, Export, Format, Loss};
use crate::model::{Annotator, CURATED, ReportId};
use crate::ui::cx::{Cx, Out};
use crate::ui::theme::SMALL;

/// What is chosen so far.
#[derive(Default)]
pub struct ExportBox {
    chosen: Option<Chosen>,
}

struct Chosen {
    format: Format,
    annotator: Annotator,
    /// Which reports are wanted.
    which: Which,
    /// Whether Label Studio's configuration is written as well.
    with_config: bool,
    path: String,
    /// Whether the path was typed, and so does not follow the format.
    typed: bool,
}

/// Which reports are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    All,
    /// Those that the list of reports shows.
    Listed,
    /// The open one.
    This,
}

impl Which {
    fn reports(self, cx: &Cx<'_>) -> Option<Vec<ReportId>> {
        match self {
            Self::All => None,
            Self::Listed => Some(
                cx.state
                    .listed_reports()
                    .map(|report| report.id.clone())
                    .collect(),
            ),
            Self::This => Some(cx.state.view.report.iter().cloned().collect()),
        }
    }
}

impl ExportBox {
    /// Shows the choices.
    pub fn show(&mut self, ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
        let chosen = self.chosen.get_or_insert_with(|| begin(cx));
        sheet(ui, cx, 560.0, out, |ui, out| {
            title(ui, cx.t("export.title"));
            formats(ui, cx, chosen);
            ui.add_space(4.0);
            let losses: Vec<&str> = chosen
                .format
                .losses()
                .iter()
                .map(|loss| loss_name(cx, *loss))
                .collect();
            note(
                ui,
                cx,
                &cx.f("export.losses", &[&losses.join(cx.t("export.and"))]),
            );
            ui.add_space(8.0);
            layers(ui, cx, chosen);
            ui.label(cx.t(if chosen.format.is_folder() {
                "export.folder"
            } else {
                "export.file"
            }));
            let edit = TextEdit::singleline(&mut chosen.path).desired_width(f32::INFINITY);
            let response = ui.add(edit.margin(vec2(10.0, 7.0)));
            response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, cx.t("export.file")));
            chosen.typed |= response.changed();
            if chosen.format == Format::LabelStudio {
                ui.checkbox(&mut chosen.with_config, cx.t("export.config"));
            }
            ui.add_space(8.0);
            let is_ready = !chosen.path.trim().is_empty();
            if ui
                .add_enabled(is_ready, egui::Button::new(cx.t("export.go")))
                .clicked()
            {
                out.push(Action::Export(Export {
                    format: chosen.format,
                    annotator: chosen.annotator.clone(),
                    reports: chosen.which.reports(cx),
                    path: PathBuf::from(chosen.path.trim()),
                    with_config: chosen.with_config && chosen.format == Format::LabelStudio,
                    replaces: false,
                }));
            }
        });
    }
}

fn begin(cx: &Cx<'_>) -> Chosen {
    let layers = &cx.state.project.layers;
    let preferred = [Annotator::from(CURATED), cx.state.person()];
    let preferred = preferred
        .into_iter()
        .find(|annotator| layers.contains_key(annotator));
    let first = || layers.keys().next().cloned();
    let annotator = preferred.or_else(first).unwrap_or_else(|| cx.state.person());
    let mut chosen = Chosen {
        format: Format::Mentions,
        annotator,
        which: Which::All,
        with_config: true,
        path: String::new(),
        typed: false,
    };
    chosen.path = proposal(cx, chosen.format);
    chosen
}

/// A new file or folder beside the project.
fn proposal(cx: &Cx<'_>, format: Format) -> String {
    let place = cx.state.place.as_ref().or(cx.state.source.first());
    let Some(place) = place else {
        return String::new();
    };
    let stem = place.file_stem().unwrap_or_default().to_string_lossy();
    let ending = match format {
        Format::LabelStudio | Format::WebAnnotation => ".json",
        Format::Doccano | Format::Spacy | Format::Mentions => ".jsonl",
        Format::Conll => ".conll",
        Format::SdmxCsv | Format::Csv => ".csv",
        Format::Xlsx => ".xlsx",
        Format::Parquet => ".parquet",
        Format::Html => ".html",
        Format::Brat | Format::Cas | Format::WebAnnoTsv | Format::XbrlJson | Format::XbrlCsv => "",
    };
    let name = format!("{stem}-{format}{ending}");
    place.with_file_name(name).display().to_string()
}

fn formats(ui: &mut Ui, cx: &Cx<'_>, chosen: &mut Chosen) {
    let before = chosen.format;
    ui.horizontal_wrapped(|ui| {
        for format in Format::ALL {
            let name = cx.t(&format!("export.format.{format}"));
            ui.selectable_value(&mut chosen.format, *format, name);
        }
    });
    if chosen.format != before && !chosen.typed {
        chosen.path = proposal(cx, chosen.format);
    }
}

fn layers(ui: &mut Ui, cx: &Cx<'_>, chosen: &mut Chosen) {
    ui.horizontal(|ui| {
        ui.label(cx.t("export.layer"));
        let list = ComboBox::from_id_salt("export-layer")
            .selected_text(chosen.annotator.to_string())
            .show_ui(ui, |ui| {
                for annotator in cx.state.project.layers.keys() {
                    ui.selectable_value(&mut chosen.annotator, annotator.clone(), annotator.to_string());
                }
            });
        list.response
            .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, cx.t("export.layer")));
        ui.add_space(16.0);
        ui.selectable_value(&mut chosen.which, Which::All, cx.t("export.all_reports"));
        if !cx.state.view.report_filter.is_empty() {
            let count = cx.state.listed_reports().count().to_string();
            let words = cx.f("export.listed_reports", &[&count]);
            ui.selectable_value(&mut chosen.which, Which::Listed, words);
        }
        ui.selectable_value(&mut chosen.which, Which::This, cx.t("export.this_report"));
    });
}

/// What was written, and what stayed behind.
pub fn exported(ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
    let Some((path, written)) = &cx.state.view.exported else {
        return;
    };
    sheet(ui, cx, 560.0, out, |ui, out| {
        title(ui, cx.t("exported.title"));
        let counts = [written.decisions.to_string(), written.reports.to_string()];
        note(ui, cx, &cx.f("exported.counts", &[&counts[0], &counts[1]]));
        note(ui, cx, &path.display().to_string());
        ui.add_space(6.0);
        ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
            let small = |words: String| RichText::new(words).size(SMALL + 0.5).color(cx.theme.ink_soft);
            for (loss, count) in written.losses.iter() {
                ui.label(small(
                    cx.f("exported.loss", &[loss_name(cx, loss), &count.to_string()]),
                ));
            }
            for refusal in &written.refused {
                ui.label(small(cx.f("exported.refused", &[&refusal.report.0])));
            }
        });
        ui.add_space(8.0);
        if ui.button(cx.t("imported.close")).clicked() {
            out.push(Action::CloseFront);
        }
    });
}

fn loss_name<'a>(cx: &Cx<'a>, loss: Loss) -> &'a str {
    match loss {
        Loss::Fields => cx.t("loss.fields"),
        Loss::NameSpan => cx.t("loss.name_span"),
        Loss::Origin => cx.t("loss.origin"),
        Loss::Before => cx.t("loss.before"),
        Loss::Rejections => cx.t("loss.rejections"),
        Loss::Conflicts => cx.t("loss.conflicts"),
        Loss::Metadata => cx.t("loss.metadata"),
        Loss::Text => cx.t("loss.text"),
        Loss::Spacing => cx.t("loss.spacing"),
        Loss::Dismissals => cx.t("loss.dismissals"),
    }
}
