//! The program that proposes decisions, and what came of an import.

use egui::{DragValue, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo};

use super::{note, sheet, title, window};
use crate::app::action::Action;
use crate::app::extractor::End;
use crate::app::imports::{Imported, Refused, Why};
use crate::model::Extractor;
use crate::ui::cx::{Cx, Out};
use crate::ui::messages;
use crate::ui::theme::SMALL;

/// The extractor's time limit at first, in seconds.
const SECONDS: u32 = 300;

/// What is typed about the extractor.
#[derive(Default)]
pub struct ExtractorEditor {
    typed: Option<Typed>,
}

struct Typed {
    name: String,
    /// The program and its arguments, one a line: no shell takes them apart.
    lines: String,
    seconds: u32,
}

impl Typed {
    fn of(extractor: Option<&Extractor>) -> Self {
        extractor.map_or_else(
            || Self {
                name: String::new(),
                lines: String::new(),
                seconds: SECONDS,
            },
            |extractor| Self {
                name: extractor.name.clone(),
                lines: extractor.command.join("\n"),
                seconds: extractor.seconds,
            },
        )
    }

    fn extractor(&self) -> Option<Extractor> {
        let lines = self.lines.lines().map(str::trim).filter(|line| !line.is_empty());
        let command: Vec<String> = lines.map(ToOwned::to_owned).collect();
        let name = match self.name.trim() {
            "" => command.first().cloned().unwrap_or_default(),
            name => name.to_owned(),
        };
        (!command.is_empty()).then_some(Extractor {
            name,
            command,
            seconds: self.seconds,
        })
    }
}

impl ExtractorEditor {
    /// Shows the fields, and a button to start it or to stop it.
    pub fn show(&mut self, ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
        let named = cx.state.project.extractor.as_ref();
        let is_new = self.typed.is_none();
        let typed = self.typed.get_or_insert_with(|| Typed::of(named));
        window(ui, cx.t("extractor.title"), [520.0, 360.0], out, |ui, out| {
            note(ui, cx, cx.t("extractor.note"));
            ui.add_space(8.0);
            ui.label(cx.t("extractor.name"));
            let field = ui.add(TextEdit::singleline(&mut typed.name).desired_width(f32::INFINITY));
            field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, cx.t("extractor.name")));
            if is_new {
                field.request_focus();
            }
            ui.label(cx.t("extractor.command"));
            let edit = TextEdit::multiline(&mut typed.lines)
                .font(egui::TextStyle::Monospace)
                .desired_rows(4)
                .desired_width(f32::INFINITY);
            let field = ui.add(edit);
            field.widget_info(|| {
                WidgetInfo::labeled(Role::MultilineTextInput, true, cx.t("extractor.command"))
            });
            ui.horizontal(|ui| {
                ui.label(cx.t("extractor.seconds"));
                ui.add(DragValue::new(&mut typed.seconds).range(1..=86_400));
            });
            ui.add_space(8.0);
            let wanted = typed.extractor();
            ui.horizontal(|ui| {
                if cx.state.view.extracting.is_some() {
                    ui.spinner();
                    if ui.button(cx.t("extractor.stop")).clicked() {
                        out.push(Action::StopExtractor);
                    }
                    return;
                }
                let run = ui.add_enabled(wanted.is_some(), egui::Button::new(cx.t("extractor.run")));
                if run.clicked() {
                    out.push(Action::SetExtractor(wanted.clone()));
                    out.push(Action::RunExtractor);
                }
                if wanted.as_ref() != named && ui.button(cx.t("extractor.keep")).clicked() {
                    out.push(Action::SetExtractor(wanted.clone()));
                }
            });
        });
    }
}

/// What came in and what did not, each refusal with its place.
pub fn imported(ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
    let Some(imported) = &cx.state.view.imported else {
        return;
    };
    sheet(ui, cx, 620.0, out, |ui, out| {
        let predictions = &imported.predictions;
        title(ui, cx.t("imported.title"));
        let counts = [
            predictions.len(),
            predictions.heard.len(),
            predictions.anchoring.moved,
            predictions.refused.len(),
        ];
        let counts = counts.map(|count| count.to_string());
        let counts: Vec<&str> = counts.iter().map(String::as_str).collect();
        note(ui, cx, &cx.f("imported.counts", &counts));
        ui.add_space(6.0);
        ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for words in troubles(cx, imported) {
                ui.label(RichText::new(words).size(SMALL + 0.5).color(cx.theme.ink_soft));
            }
        });
        ui.add_space(8.0);
        if ui.button(cx.t("imported.close")).clicked() {
            out.push(Action::CloseFront);
        }
    });
}

fn troubles(cx: &Cx<'_>, imported: &Imported) -> Vec<String> {
    let mut all = Vec::new();
    for (path, error) in &imported.unreadable {
        all.push(cx.f("imported.unreadable", &[&path.display().to_string(), error]));
    }
    if let Some((end, complaints)) = &imported.run {
        all.extend(ended(cx, end));
        all.extend((!complaints.is_empty()).then(|| complaints.clone()));
    }
    let unanswered: Vec<&str> = imported.unanswered.iter().map(|id| &*id.0).collect();
    if !unanswered.is_empty() {
        all.push(cx.f("imported.unanswered", &[&unanswered.join(", ")]));
    }
    all.extend(
        imported
            .predictions
            .refused
            .iter()
            .map(|refused| refusal(cx, refused)),
    );
    all
}

fn ended(cx: &Cx<'_>, end: &End) -> Option<String> {
    Some(match end {
        End::Finished => return None,
        End::Failed(status) => cx.f("extractor.failed", &[status]),
        End::NotStarted(error) => cx.f("extractor.not_started", &[error]),
        End::TimedOut { seconds } => cx.f("extractor.timed_out", &[&seconds.to_string()]),
        End::TooMuch => cx.t("extractor.too_much").to_owned(),
        End::Cancelled => cx.t("extractor.cancelled").to_owned(),
    })
}

/// Where something stands that was not taken, and why.
pub(super) fn refusal(cx: &Cx<'_>, refused: &Refused) -> String {
    let why = match &refused.why {
        Why::NotJson(error) => cx.f("refused.not_json", &[error]),
        Why::UnknownShape => cx.t("refused.unknown_shape").to_owned(),
        Why::NoReport => cx.t("refused.no_report").to_owned(),
        Why::UnknownReport(name) => cx.f("refused.unknown_report", &[name]),
        Why::NoText(report) => cx.f("refused.no_text", &[report]),
        Why::NoPlace => cx.t("refused.no_place").to_owned(),
        Why::Lost { start, end, words } if words.is_empty() => {
            cx.f("refused.out_of_text", &[&start.to_string(), &end.to_string()])
        }
        Why::Lost { start, words, .. } => cx.f("refused.lost", &[words, &start.to_string()]),
        Why::Score(found) => cx.f("refused.score", &[found]),
        Why::Role(found) => cx.f("refused.role", &[found]),
        Why::Field(_, error) => messages::field_error(cx, error),
        Why::NoValue(words) => cx.f("refused.no_value", &[words]),
        Why::Decided(words) => cx.f("refused.decided", &[words]),
        Why::Pieces => cx.t("refused.pieces").to_owned(),
        Why::Unread(words) => cx.f("refused.unread", &[words]),
        Why::Failed(words) => cx.f("refused.failed", &[words]),
    };
    let places = [
        ("refused.at.line", refused.at.line),
        ("refused.at.item", refused.at.item),
        ("refused.at.mention", refused.at.mention),
    ];
    let places = places
        .into_iter()
        .filter_map(|(key, number)| Some(cx.f(key, &[&number?.to_string()])));
    let place: Vec<String> = places.collect();
    format!("{}: {why}", place.join(" "))
}
