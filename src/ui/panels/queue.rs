//! The review queue: the numbers of all reports that a person should look at, the riskiest first.

use egui::text::LayoutJob;
use egui::{ComboBox, FontId, Rect, Role, ScrollArea, Sense, TextFormat, Ui, WidgetInfo, pos2, vec2};

use super::status::reading;
use crate::app::action::Action;
use crate::app::command::Command;
use crate::model::{ReportId, Score, Span};
use crate::query::queue::{Filter, Item, KindName, State};
use crate::ui::cx::{Cx, Out};
use crate::ui::theme::{self, BODY, SMALL};
use crate::ui::widgets::{empty_place, key_cap, key_of};
use crate::ui::{context_of, doubts};

/// Height of an item in points.
const ROW: f32 = 28.0;
/// As many characters of the sentence are shown on each side of the number.
const CONTEXT: usize = 20;
/// Width of what speaks against an item, in points.
const WHY: f32 = 300.0;

/// The bands of scores that a person can choose among, in thousandths.
const BANDS: [(&str, std::ops::RangeInclusive<Score>); 3] = [
    ("queue.score.low", Score(0)..=Score(699)),
    ("queue.score.middle", Score(700)..=Score(899)),
    ("queue.score.high", Score(900)..=Score(1000)),
];

/// What the queue remembers from frame to frame.
#[derive(Default)]
pub struct QueueList {
    /// The item that the list last scrolled to.
    scrolled_to: Option<usize>,
}

impl QueueList {
    /// Shows the filter and the items that it admits.
    pub fn show(&mut self, ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
        ui.add_space(5.0);
        ui.horizontal(|ui| {
            ui.add_space(14.0);
            filter_line(ui, cx, out);
        });
        ui.add_space(3.0);
        let review = &cx.state.review;
        let rect = ui.available_rect_before_wrap();
        if review.listed.is_empty() {
            if !cx.state.is_whole() {
                empty_place(ui, cx, rect, &reading(cx, "wait.reading"));
                return;
            }
            let key = match (review.queue.is_empty(), review.is_coming()) {
                (true, true) => "queue.coming",
                (true, false) => "queue.empty",
                (false, _) => "queue.none",
            };
            empty_place(ui, cx, rect, cx.t(key));
            return;
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let place = cx.state.place_in_queue();
        let mut area = ScrollArea::vertical().id_salt("queue").auto_shrink(false);
        if let Some(place) = place.filter(|place| self.scrolled_to != Some(*place)) {
            self.scrolled_to = Some(place);
            area = area.vertical_scroll_offset((place as f32 - 1.0).max(0.0) * ROW);
        }
        area.show_rows(ui, ROW, review.listed.len(), |ui, range| {
            for at in range {
                if let Some(item) = review.listed_at(at) {
                    row(ui, cx, item, at, place == Some(at), out);
                }
            }
        });
    }
}

/// The choices of what is listed, and how many items that are.
fn filter_line(ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
    let review = &cx.state.review;
    let mut filter = review.filter.clone();
    ui.spacing_mut().item_spacing.x = 6.0;
    state_choice(ui, cx, &mut filter);
    kind_choice(ui, cx, &mut filter);
    score_choice(ui, cx, &mut filter);
    agent_choice(ui, cx, &mut filter);
    let mut here = filter.report.is_some();
    ui.toggle_value(&mut here, cx.t("queue.this_report"));
    filter.report = if here { cx.state.view.report.clone() } else { None };
    let current = cx.state.current_observation().and_then(|it| it.indicator.clone());
    if filter.indicator.is_some() || current.is_some() {
        let mut same = filter.indicator.is_some();
        ui.toggle_value(&mut same, cx.t("queue.this_indicator"))
            .on_hover_text(cx.t("queue.this_indicator.hint"));
        filter.indicator = same.then(|| filter.indicator.clone().or(current)).flatten();
    }
    if filter != review.filter {
        out.push(Action::FilterQueue(Box::new(filter)));
    }
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.add_space(14.0);
        let button = ui.button(cx.command(Command::AcceptAll));
        if button.on_hover_text(cx.hint(Command::AcceptAll)).clicked() {
            out.run(Command::AcceptAll);
        }
        let on = review.on;
        let mut wanted = on;
        ui.toggle_value(&mut wanted, cx.command(Command::Review))
            .on_hover_text(cx.hint(Command::Review));
        key_cap(ui, cx, &key_of(Command::Review).unwrap_or_default());
        if wanted != on {
            out.run(Command::Review);
        }
        progress(ui, cx);
    });
}

/// How many of the reports the queue knows, while it does not know all.
fn progress(ui: &mut Ui, cx: &Cx<'_>) {
    let (made, all) = cx.state.review.parts.progress();
    if made < all && cx.state.review.parts.all.len() > 1 {
        let words = cx.f("queue.progress", &[&made.to_string(), &all.to_string()]);
        ui.label(egui::RichText::new(words).size(SMALL).color(cx.theme.ink_faint));
    }
}

fn state_choice(ui: &mut Ui, cx: &Cx<'_>, filter: &mut Filter) {
    let name = |state: State| match state {
        State::Open => "queue.state.open",
        State::Decided => "queue.state.decided",
        State::All => "queue.state.all",
    };
    choice(ui, "queue-state", cx.t(name(filter.state)), |ui| {
        for state in [State::Open, State::Decided, State::All] {
            ui.selectable_value(&mut filter.state, state, cx.t(name(state)));
        }
    });
}

fn kind_choice(ui: &mut Ui, cx: &Cx<'_>, filter: &mut Filter) {
    let name = |kind: Option<KindName>| match kind {
        Some(kind) => cx.t(&format!("queue.kind.{}", kind.code())).to_owned(),
        None => cx.t("queue.kind.any").to_owned(),
    };
    choice(ui, "queue-kind", &name(filter.kind), |ui| {
        for kind in std::iter::once(None).chain(KindName::ALL.iter().copied().map(Some)) {
            ui.selectable_value(&mut filter.kind, kind, name(kind));
        }
    });
}

fn score_choice(ui: &mut Ui, cx: &Cx<'_>, filter: &mut Filter) {
    let chosen = BANDS
        .iter()
        .find(|(_, band)| Some(band) == filter.scores.as_ref());
    let name = cx.t(chosen.map_or("queue.score.any", |(name, _)| name));
    choice(ui, "queue-score", name, |ui| {
        ui.selectable_value(&mut filter.scores, None, cx.t("queue.score.any"));
        for (name, band) in &BANDS {
            ui.selectable_value(&mut filter.scores, Some(band.clone()), cx.t(name));
        }
    });
}

/// Who proposes; shown only where several do.
fn agent_choice(ui: &mut Ui, cx: &Cx<'_>, filter: &mut Filter) {
    let agents = &cx.state.review.agents;
    if agents.len() < 2 {
        return;
    }
    let name = filter
        .agent
        .clone()
        .unwrap_or_else(|| cx.t("queue.agent.any").to_owned());
    choice(ui, "queue-agent", &name, |ui| {
        ui.selectable_value(&mut filter.agent, None, cx.t("queue.agent.any"));
        for agent in agents {
            ui.selectable_value(&mut filter.agent, Some(agent.clone()), agent);
        }
    });
}

fn choice(ui: &mut Ui, id: &str, chosen: &str, choices: impl FnOnce(&mut Ui)) {
    ComboBox::from_id_salt(id)
        .selected_text(chosen)
        .width(96.0)
        .show_ui(ui, choices);
}

fn row(ui: &mut Ui, cx: &Cx<'_>, item: &Item, place: usize, is_current: bool, out: &mut Out) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let why = doubts::first(cx, item);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_current, &why));
    if is_current {
        ui.painter().rect_filled(rect, 0.0, cx.theme.accent_soft);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, cx.theme.back);
    }
    let settled = cx.state.is_settled(&item.report, item.span);
    risk_bar(ui, cx, rect, item.risk, settled);
    let room = (rect.width() - 48.0).max(0.0);
    let why_width = WHY.min(room * 0.4);
    let sentence = sentence(cx, &item.report, item.span, settled);
    put(
        ui,
        cx,
        pos2(rect.left() + 44.0, rect.center().y),
        room - why_width - 14.0,
        sentence,
    );
    let mut job = LayoutJob::default();
    let ink = if settled {
        cx.theme.ink_faint
    } else {
        cx.theme.ink_soft
    };
    let words = if settled {
        cx.t("queue.settled").to_owned()
    } else {
        why
    };
    job.append(
        &words,
        0.0,
        TextFormat::simple(FontId::proportional(SMALL + 0.5), ink.0),
    );
    put(
        ui,
        cx,
        pos2(rect.right() - why_width, rect.center().y),
        why_width - 14.0,
        job,
    );
    if response.clicked() {
        out.push(Action::ShowItem(place));
    }
}

/// How likely the number is wrong, as a bar that grows and warms.
fn risk_bar(ui: &Ui, cx: &Cx<'_>, row: Rect, risk: u16, settled: bool) {
    let whole = Rect::from_min_size(pos2(row.left() + 14.0, row.center().y - 2.0), vec2(22.0, 4.0));
    ui.painter().rect_filled(whole, 2.0, cx.theme.line);
    let colour = match risk {
        _ if settled => cx.theme.ink_faint,
        0..300 => cx.theme.good,
        300..600 => cx.theme.open,
        _ => cx.theme.bad,
    };
    let width = whole.width() * f32::from(risk.min(1000)) / 1000.0;
    let part = Rect::from_min_size(whole.min, vec2(width.max(2.0), whole.height()));
    ui.painter().rect_filled(part, 2.0, colour);
}

/// The number with some words around it, and its report's title where that is not the open one.
fn sentence(cx: &Cx<'_>, id: &ReportId, span: Span, settled: bool) -> LayoutJob {
    let mut job = LayoutJob::default();
    let format = |ink: egui::Color32| TextFormat::simple(FontId::proportional(BODY), ink);
    let Some(report) = cx.state.project.report(id) else {
        return job;
    };
    if cx.state.view.report.as_ref() != Some(id) {
        let short: String = report.title.chars().take(12).collect();
        job.append(&format!("{short}  "), 0.0, format(cx.theme.ink_faint.0));
    }
    let Some(text) = cx.state.texts.get(&report.fingerprint) else {
        return job;
    };
    let (before, words, behind) = context_of(text, span, CONTEXT);
    let soft = cx.theme.ink_soft.0;
    job.append(&before, 0.0, format(soft));
    let ink = if settled {
        cx.theme.ink_faint
    } else {
        cx.theme.accent
    };
    let strong = TextFormat {
        font_id: FontId::new(BODY, theme::bold()),
        ..format(ink.0)
    };
    job.append(&words, 0.0, strong);
    job.append(&behind, 0.0, format(soft));
    job
}

/// Puts one line of words, cut where the room ends.
fn put(ui: &Ui, cx: &Cx<'_>, left_middle: egui::Pos2, width: f32, mut job: LayoutJob) {
    job.wrap.max_width = width.max(10.0);
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at = left_middle - vec2(0.0, galley.size().y * 0.5);
    ui.painter().galley(at, galley, cx.theme.ink.0);
}
