//! The window: reads the state, sends actions. Nothing here can change a project.
//!
//! May use app, model, query, text and number. Never contains `std::fs`, threads or dialogs.

mod change;
mod cx;
mod doubts;
mod echo;
mod fields;
mod findings;
mod fonts;
mod fronts;
mod keys;
mod launch;
mod lesson;
mod messages;
mod notices;
mod panels;
mod strings;
mod text_view;
mod theme;
mod widgets;

use egui::{CentralPanel, Context, Frame, Margin, Panel, Stroke, Ui, ViewportCommand};

use self::cx::{Cx, Out};
use self::fronts::Fronts;
use self::panels::case_view::CaseView;
use self::panels::finds::Finds;
use self::panels::inspector::Inspector;
use self::panels::queue::QueueList;
use self::panels::table::ObservationTable;
use self::panels::{cases, checks, crumb, decision_bar, history, name_bar, reports, start, status, top_bar};
use self::strings::Strings;
use self::text_view::TextView;
use self::theme::Theme;
use crate::app::action::{Action, Tab};
use crate::app::command::Command;
use crate::app::ports::Ports;
use crate::app::settings::Theme as ThemeChoice;
use crate::app::state::AppState;
use crate::app::{dispatch, poll};
use crate::model::{Fingerprint, Language, Observation, Span, Tint};
use crate::query::Standing;

pub use fonts::{add_system, install_embedded};
pub use launch::launch;
pub use strings::Strings as StringTable;

/// While something is being written or shown for a while, the clock ticks this often, in seconds.
const BUSY_HEARTBEAT: f32 = 0.1;
/// At rest it ticks only to look for changes of the files by others.
const IDLE_HEARTBEAT: f32 = 1.5;

/// What the lists under and beside the text remember from frame to frame.
#[derive(Default)]
struct Lists {
    table: ObservationTable,
    queue: QueueList,
    case: CaseView,
    finds: Finds,
}

/// The program's window.
pub struct App {
    state: AppState,
    ports: Ports,
    light: Theme,
    dark: Theme,
    strings: (Language, Strings),
    text: TextView,
    inspector: Inspector,
    lists: Lists,
    fronts: Fronts,
    /// The characters of the text with this fingerprint that no font can draw.
    missing: Option<(Fingerprint, Vec<char>)>,
    /// What the window's title and style were last set to.
    dressed: Option<(String, ThemeChoice, u16)>,
}

impl App {
    /// A window onto a state. Fonts must have been installed in `ctx`.
    ///
    /// # Errors
    /// When a theme or a table of strings that comes with the program is broken.
    pub fn new(ctx: &Context, state: AppState, ports: Ports) -> Result<Self, ron::error::SpannedError> {
        let (light, dark) = (Theme::built_in(false)?, Theme::built_in(true)?);
        ctx.style_mut_of(egui::Theme::Light, |style| light.apply(style));
        ctx.style_mut_of(egui::Theme::Dark, |style| dark.apply(style));
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let language = state.settings.language;
        Ok(Self {
            strings: (language, Strings::built_in(language)?),
            state,
            ports,
            light,
            dark,
            text: TextView::default(),
            inspector: Inspector::default(),
            lists: Lists::default(),
            fronts: Fronts::default(),
            missing: None,
            dressed: None,
        })
    }

    /// The state, to look at.
    pub fn state(&self) -> &AppState {
        &self.state
    }

    /// Carries out one action, as if the person had asked for it.
    pub fn send(&mut self, action: Action) {
        dispatch(&mut self.state, &mut self.ports, action);
        poll(&mut self.state, &mut self.ports);
    }

    /// Title, theme, zoom and words, where the settings have changed.
    fn dress(&mut self, ctx: &Context) {
        let settings = &self.state.settings;
        if self.strings.0 != settings.language
            && let Ok(strings) = Strings::built_in(settings.language)
        {
            self.strings = (settings.language, strings);
        }
        let name = self.strings.1.t("app.name");
        let project = &self.state.project.title;
        let title = if project.is_empty() {
            name.to_owned()
        } else {
            format!("{project} — {name}")
        };
        let wanted = (title, settings.theme, settings.zoom);
        if self.dressed.as_ref() == Some(&wanted) {
            return;
        }
        ctx.send_viewport_cmd(ViewportCommand::Title(wanted.0.clone()));
        ctx.set_theme(match wanted.1 {
            ThemeChoice::System => egui::ThemePreference::System,
            ThemeChoice::Light => egui::ThemePreference::Light,
            ThemeChoice::Dark => egui::ThemePreference::Dark,
        });
        ctx.set_zoom_factor(f32::from(wanted.2) / 100.0);
        self.dressed = Some(wanted);
    }

    /// Keys, drops and the wish to close, before anything is drawn.
    fn heed_input(&mut self, ctx: &Context) {
        for command in keys::take_commands(ctx, self.state.view.front.as_ref()) {
            self.send(Action::Run(command));
        }
        let dropped: Vec<_> = ctx.input(|input| {
            input
                .raw
                .dropped_files
                .iter()
                .map(|file| file.path().to_path_buf())
                .collect()
        });
        if !dropped.is_empty() {
            self.send(Action::AddReports(dropped));
        }
        if ctx.input(|input| input.viewport().close_requested()) && !self.state.may_close() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            if !self.state.quit {
                self.send(Action::Run(Command::Quit));
            }
        }
        if self.state.quit && self.state.may_close() {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    /// The characters of the open report that no font can draw, looked for once a text.
    fn refresh_missing(&mut self, ctx: &Context) {
        let Some((report, document)) = self.state.report().zip(self.state.document()) else {
            return;
        };
        if self
            .missing
            .as_ref()
            .is_some_and(|(made_for, _)| *made_for == report.fingerprint)
        {
            return;
        }
        let mut letters = document.letters.clone();
        let font = egui::FontId::proportional(theme::BODY);
        ctx.fonts_mut(|fonts| {
            letters.retain(|letter| {
                !letter.is_whitespace() && !letter.is_control() && !fonts.has_glyph(&font, *letter)
            });
        });
        self.missing = Some((report.fingerprint.clone(), letters));
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        let now = ctx.input(|input| input.time);
        self.send(Action::Tick(now));
        self.heed_input(ctx);
        self.dress(ctx);
        self.refresh_missing(ctx);
        let keeping = &self.state.keeping;
        let is_busy =
            keeping.dirty_since.is_some() || keeping.settings_changed || self.state.waiting.is_some();
        let heartbeat = if is_busy || !self.state.notices.is_empty() {
            BUSY_HEARTBEAT
        } else {
            IDLE_HEARTBEAT
        };
        ctx.request_repaint_after_secs(heartbeat);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let dark = ui.visuals().dark_mode;
        let mut out = Out::default();
        let cx = Cx {
            state: &self.state,
            theme: if dark { &self.dark } else { &self.light },
            strings: &self.strings.1,
        };
        let missing = self.missing.as_ref().map_or(&[][..], |(_, letters)| letters);
        frame(ui, &cx, missing.len(), &mut out, |ui, out| {
            centre(ui, &cx, &mut self.text, &mut self.lists, &mut self.inspector, out);
        });
        self.fronts.show(ui, &cx, missing, &mut out);
        notices::show(ui, &cx, &mut out);
        keep_focus(ui, &cx);
        for action in out.take() {
            self.send(action);
        }
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}

/// The keys go to the text whenever nothing else wants them.
fn keep_focus(ui: &Ui, cx: &Cx<'_>) {
    let idle = ui.memory(|memory| memory.focused().is_none());
    if idle && cx.state.view.front.is_none() && cx.state.document().is_some() {
        ui.memory_mut(|memory| memory.request_focus(text_view::id()));
    }
}

/// The bars at the edges, and the list of reports.
fn frame(ui: &mut Ui, cx: &Cx<'_>, missing: usize, out: &mut Out, inside: impl FnOnce(&mut Ui, &mut Out)) {
    let bar = |across: i8| {
        Frame::new()
            .fill(cx.theme.panel.0)
            .inner_margin(Margin::symmetric(across, 0))
    };
    Panel::top("top-bar")
        .exact_size(38.0)
        .frame(bar(8))
        .show(ui, |ui| top_bar::show(ui, cx, out));
    Panel::bottom("status")
        .exact_size(26.0)
        .frame(bar(14))
        .show(ui, |ui| status::show(ui, cx, missing, out));
    let has_reports = !cx.state.project.reports.is_empty();
    if has_reports && cx.state.settings.show_reports {
        Panel::left("reports")
            .default_size(248.0)
            .size_range(180.0..=460.0)
            .frame(Frame::new().fill(cx.theme.panel.0))
            .show(ui, |ui| reports::show(ui, cx, out));
    }
    if has_reports {
        inside(ui, out);
    } else {
        CentralPanel::default()
            .frame(Frame::new())
            .show(ui, |ui| start::show(ui, cx, out));
    }
}

/// Inspector, tabs, decision bar, and in the middle of it all the text.
fn centre(
    ui: &mut Ui,
    cx: &Cx<'_>,
    text: &mut TextView,
    lists: &mut Lists,
    inspector: &mut Inspector,
    out: &mut Out,
) {
    let settings = &cx.state.settings;
    if settings.show_inspector {
        Panel::right("inspector")
            .default_size(320.0)
            .size_range(240.0..=520.0)
            .frame(
                Frame::new()
                    .fill(cx.theme.panel.0)
                    .inner_margin(Margin::symmetric(16, 0)),
            )
            .show(ui, |ui| match (&cx.state.curation, cx.state.current_case()) {
                (Some(curation), Some(case)) => lists.case.show(ui, cx, curation, case, out),
                _ => inspector.show(ui, cx, out),
            });
    }
    let bar = Frame::new()
        .fill(cx.theme.panel.0)
        .inner_margin(Margin::symmetric(18, 0));
    Panel::top("crumb")
        .exact_size(34.0)
        .frame(bar.fill(cx.theme.page.0))
        .show(ui, |ui| crumb::show(ui, cx, out));
    if name_bar::is_needed(cx) {
        Panel::top("name-bar")
            .exact_size(36.0)
            .frame(bar.fill(cx.theme.accent_soft.0))
            .show(ui, |ui| name_bar::show(ui, cx, out));
    }
    if settings.show_table {
        Panel::bottom("tabs")
            .default_size(176.0)
            .size_range(96.0..=560.0)
            .frame(Frame::new().fill(cx.theme.panel.0))
            .show(ui, |ui| tabs(ui, cx, lists, out));
    }
    Panel::bottom("decision-bar")
        .exact_size(64.0)
        .frame(bar)
        .show(ui, |ui| decision_bar::show(ui, cx, out));
    CentralPanel::default()
        .frame(Frame::new())
        .show(ui, |ui| text.show(ui, cx, out));
}

/// The tabs under the text.
fn tabs(ui: &mut Ui, cx: &Cx<'_>, lists: &mut Lists, out: &mut Out) {
    // The panel keeps its height whatever stands in it.
    ui.expand_to_include_rect(ui.max_rect());
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.horizontal(|ui| {
        ui.set_height(32.0);
        ui.add_space(18.0);
        ui.spacing_mut().item_spacing.x = 18.0;
        let count = ObservationTable::count(cx).to_string();
        for (tab, words) in [
            (Tab::Observations, cx.f("tab.observations", &[&count])),
            (Tab::Queue, queue_tab(cx)),
            (Tab::Cases, cx.t("tab.cases").to_owned()),
            (Tab::Checks, checks_tab(cx)),
            (Tab::Find, cx.t("tab.find").to_owned()),
            (Tab::History, cx.t("tab.history").to_owned()),
        ] {
            let chosen = cx.state.view.tab == tab;
            let response = widgets::quiet_button(ui, cx, &words, chosen);
            if chosen {
                let line = response.rect.expand2(egui::vec2(2.0, 0.0));
                ui.painter().hline(
                    line.x_range(),
                    line.bottom() + 2.0,
                    Stroke::new(2.0, cx.theme.accent),
                );
            }
            if response.clicked() {
                out.push(Action::ShowTab(tab));
            }
        }
    });
    widgets::hairline(ui, cx);
    match cx.state.view.tab {
        Tab::Observations => lists.table.show(ui, cx, out),
        Tab::Queue => lists.queue.show(ui, cx, out),
        Tab::Cases => cases::show(ui, cx, out),
        Tab::Checks => checks::show(ui, cx, out),
        Tab::Find => lists.finds.show(ui, cx, out),
        Tab::History => history::show(ui, cx, out),
    }
}

fn queue_tab(cx: &Cx<'_>) -> String {
    match cx.state.review.listed.len() {
        0 => cx.t("tab.queue").to_owned(),
        count => cx.f("tab.queue.some", &[&count.to_string()]),
    }
}

fn checks_tab(cx: &Cx<'_>) -> String {
    match cx.state.findings_to_mend() {
        0 => cx.t("tab.checks").to_owned(),
        count => cx.f("tab.checks.some", &[&count.to_string()]),
    }
}

/// The key of a standing's name in the string tables.
fn standing_name(standing: Standing) -> &'static str {
    use crate::model::Role;
    match standing {
        Standing::Muted(role) => match role {
            Role::Indicator => "role.indicator",
            Role::Date => "role.date",
            Role::Enumerator => "role.enumerator",
            Role::Document => "role.document",
            Role::Name => "role.name",
            Role::Identifier => "role.identifier",
            Role::Criterion => "role.criterion",
        },
        Standing::Open => "standing.open",
        Standing::Suggested => "standing.suggested",
        Standing::Tagged => "standing.tagged",
        Standing::Dismissed => "standing.dismissed",
    }
}

/// Words of a text with so many characters of their line before them and twice as many behind.
fn context_of(text: &str, span: Span, letters: usize) -> (String, String, String) {
    let line = text.get(..span.start).unwrap_or_default();
    let line = line.rsplit('\n').next().unwrap_or_default();
    let skip = line.chars().count().saturating_sub(letters);
    let behind = text.get(span.end..).unwrap_or_default();
    let behind = behind.chars().take_while(|letter| *letter != '\n');
    (
        line.chars().skip(skip).collect(),
        span.of(text).unwrap_or_default().to_owned(),
        behind.take(letters * 2).collect(),
    )
}

/// The name that an observation's indicator is shown by.
fn indicator_name(cx: &Cx<'_>, observation: &Observation) -> String {
    let entry = observation
        .indicator
        .as_ref()
        .and_then(|id| cx.state.project.catalogue.get(id));
    entry.map_or_else(
        || observation.indicator_text.clone(),
        |entry| messages::name_of(cx, entry),
    )
}

/// The tint that an observation's indicator is drawn in.
fn indicator_tint(cx: &Cx<'_>, observation: &Observation) -> Tint {
    let entry = observation
        .indicator
        .as_ref()
        .and_then(|id| cx.state.project.catalogue.get(id));
    entry.map_or(Tint::default(), |entry| entry.tint)
}
