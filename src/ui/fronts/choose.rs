//! Choosing by typing: commands, reports, indicators, reasons.

use egui::{Key, Modifiers, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, vec2};

use super::{note, sheet, title};
use crate::app::action::Action;
use crate::app::command::{COMMANDS, Command};
use crate::model::{DismissReason, Indicator, IndicatorId, RejectReason, ReportId, Tint};
use crate::text::pinyin::NameKey;
use crate::ui::cx::{Cx, Out};
use crate::ui::messages::name_of;
use crate::ui::theme::SMALL;
use crate::ui::widgets::{dot, key_cap, key_of};

/// Height of one choice in points.
const ROW: f32 = 30.0;
/// As many choices are visible at once.
const VISIBLE: usize = 11;

/// The keys that take one of a few choices at once, in their order.
const DIGITS: [Key; 9] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
];

/// What can be chosen.
#[derive(Clone, Debug, PartialEq)]
enum Choice {
    Command(Command),
    Report(ReportId),
    Indicator(IndicatorId),
    NewIndicator(String),
    Reason(DismissReason),
    Rejection(RejectReason),
}

/// One line of the list.
struct Line {
    choice: Choice,
    words: String,
    side: String,
    key: String,
    tint: Option<Tint>,
}

/// A box to type into and the choices that fit.
#[derive(Default)]
pub struct Chooser {
    typed: String,
    chosen: usize,
    began: bool,
    /// The names of everything that can be chosen, made once an opening.
    names: Vec<(Choice, Vec<NameKey>)>,
}

impl Chooser {
    /// Commands, reports and indicators in one list.
    pub fn palette(&mut self, ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
        if !self.began {
            let commands = COMMANDS.iter().map(|spec| {
                (
                    Choice::Command(spec.command),
                    vec![NameKey::new(&cx.command(spec.command)), NameKey::new(spec.id)],
                )
            });
            let reports = cx.state.project.reports.iter().map(|report| {
                (
                    Choice::Report(report.id.clone()),
                    vec![NameKey::new(&report.title)],
                )
            });
            self.names = commands.chain(reports).chain(indicator_names(cx)).collect();
        }
        self.show(ui, cx, cx.t("choose.palette"), out);
    }

    /// The catalogue; what is typed can become a new entry.
    pub fn indicator(&mut self, ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
        if !self.began {
            self.names = indicator_names(cx).collect();
        }
        self.show(ui, cx, cx.t("choose.indicator"), out);
    }

    /// The reasons to dismiss, each with its digit.
    pub fn reason(&mut self, ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
        let lines = DismissReason::ALL.iter().map(|reason| {
            let choice = Choice::Reason(*reason);
            (choice, format!("reason.{reason}"))
        });
        self.by_digit(ui, cx, "choose.reason", lines.collect(), out);
    }

    /// What may be wrong with a proposal, each with its digit.
    pub fn rejection(&mut self, ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
        let lines = RejectReason::ALL.iter().map(|reason| {
            let choice = Choice::Rejection(*reason);
            (choice, format!("reject_reason.{reason}"))
        });
        self.by_digit(ui, cx, "choose.rejection", lines.collect(), out);
    }

    /// A few choices with the keys of their names, of which a digit takes one at once.
    fn by_digit(
        &mut self,
        ui: &Ui,
        cx: &Cx<'_>,
        heading: &str,
        choices: Vec<(Choice, String)>,
        out: &mut Out,
    ) {
        let digit = ui.input_mut(|input| {
            DIGITS
                .into_iter()
                .position(|key| input.consume_key(Modifiers::NONE, key))
        });
        if let Some((choice, _)) = digit.and_then(|digit| choices.get(digit)) {
            choose(choice, out);
            return;
        }
        let lines: Vec<Line> = choices
            .into_iter()
            .enumerate()
            .map(|(place, (choice, key))| Line {
                choice,
                words: cx.t(&key).to_owned(),
                side: cx.t(&format!("{key}.hint")).to_owned(),
                key: (place + 1).to_string(),
                tint: None,
            })
            .collect();
        sheet(ui, cx, 520.0, out, |ui, out| {
            title(ui, cx.t(heading));
            self.steer(ui, lines.len());
            self.list(ui, cx, &lines, out);
        });
    }

    fn show(&mut self, ui: &Ui, cx: &Cx<'_>, hint: &str, out: &mut Out) {
        sheet(ui, cx, 560.0, out, |ui, out| {
            let lines = self.lines(cx);
            self.steer(ui, lines.len());
            let edit = TextEdit::singleline(&mut self.typed)
                .hint_text(hint)
                .desired_width(f32::INFINITY);
            let response = ui.add(edit.margin(vec2(10.0, 7.0)));
            response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, hint));
            if !self.began {
                response.request_focus();
                self.began = true;
            }
            if response.changed() {
                self.chosen = 0;
            }
            ui.add_space(6.0);
            if lines.is_empty() {
                note(ui, cx, cx.t("choose.none"));
            }
            self.list(ui, cx, &lines, out);
        });
    }

    /// Arrow keys and page keys move through the list, before the text field sees them.
    fn steer(&mut self, ui: &mut Ui, count: usize) {
        let step = ui.input_mut(|input| {
            let mut take = |key| isize::from(input.consume_key(Modifiers::NONE, key));
            let page = VISIBLE as isize - 1;
            take(Key::ArrowDown) - take(Key::ArrowUp) + page * (take(Key::PageDown) - take(Key::PageUp))
        });
        let last = count.saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(step).min(last);
        if step != 0 {
            ui.request_repaint();
        }
    }

    fn list(&self, ui: &mut Ui, cx: &Cx<'_>, lines: &[Line], out: &mut Out) {
        // Enter ends a composition of an input method as a commit, so this key is the person's own.
        let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        if enter && let Some(line) = lines.get(self.chosen) {
            choose(&line.choice, out);
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let height = ROW * VISIBLE.min(lines.len()) as f32;
        ScrollArea::vertical()
            .max_height(height)
            .auto_shrink(false)
            .show(ui, |ui| {
                for (place, line) in lines.iter().enumerate() {
                    let response = row(ui, cx, line, place == self.chosen);
                    if place == self.chosen {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        choose(&line.choice, out);
                    }
                }
            });
    }

    /// The choices that fit what was typed, best first.
    fn lines(&self, cx: &Cx<'_>) -> Vec<Line> {
        let typed = self.typed.trim();
        let mut ranked: Vec<(u32, usize, &Choice)> = Vec::new();
        for (place, (choice, names)) in self.names.iter().enumerate() {
            let rank = if typed.is_empty() {
                Some(0)
            } else {
                names.iter().filter_map(|name| name.rank(typed)).min()
            };
            if let Some(rank) = rank {
                ranked.push((rank, place, choice));
            }
        }
        ranked.sort_by_key(|(rank, place, _)| (*rank, *place));
        let mut lines: Vec<Line> = ranked
            .into_iter()
            .take(200)
            .filter_map(|(_, _, choice)| line(cx, choice))
            .collect();
        let known = cx.state.project.catalogue.named(typed).is_some();
        if matches!(
            cx.state.view.front,
            Some(crate::app::action::Front::ChooseIndicator)
        ) && !typed.is_empty()
            && !known
        {
            lines.push(Line {
                choice: Choice::NewIndicator(typed.to_owned()),
                words: cx.f("choose.new", &[typed]),
                side: String::new(),
                key: String::new(),
                tint: None,
            });
        }
        lines
    }
}

fn indicator_names<'a>(cx: &Cx<'a>) -> impl Iterator<Item = (Choice, Vec<NameKey>)> + use<'a> {
    let entries: Vec<&Indicator> = in_order(cx);
    entries.into_iter().map(|entry| {
        let mut names: Vec<NameKey> = entry.names().map(NameKey::new).collect();
        names.push(NameKey::new(&entry.name_en));
        (Choice::Indicator(entry.id.clone()), names)
    })
}

/// The catalogue with what is used most on top.
fn in_order<'a>(cx: &Cx<'a>) -> Vec<&'a Indicator> {
    let uses = |entry: &Indicator| cx.state.uses.get(&entry.id).copied().unwrap_or(0);
    let mut entries: Vec<&Indicator> = cx.state.project.catalogue.indicators.iter().collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(uses(entry)));
    entries
}

fn line(cx: &Cx<'_>, choice: &Choice) -> Option<Line> {
    let (words, side, key, tint) = match choice {
        Choice::Command(command) => (
            cx.command(*command),
            cx.hint(*command),
            key_of(*command).unwrap_or_default(),
            None,
        ),
        Choice::Report(id) => {
            let report = cx.state.project.report(id)?;
            (
                report.title.clone(),
                cx.t("choose.a_report").to_owned(),
                String::new(),
                None,
            )
        }
        Choice::Indicator(id) => {
            let entry = cx.state.project.catalogue.get(id)?;
            let side = entry
                .aliases
                .iter()
                .take(3)
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join("、");
            (name_of(cx, entry), side, entry.unit.clone(), Some(entry.tint))
        }
        Choice::NewIndicator(name) => (name.clone(), String::new(), String::new(), None),
        // These are shown by digit and never searched.
        Choice::Reason(_) | Choice::Rejection(_) => return None,
    };
    Some(Line {
        choice: choice.clone(),
        words,
        side,
        key,
        tint,
    })
}

fn choose(choice: &Choice, out: &mut Out) {
    out.push(Action::CloseFront);
    out.push(match choice.clone() {
        Choice::Command(command) => Action::Run(command),
        Choice::Report(id) => Action::ShowReport(id),
        Choice::Indicator(id) => Action::TagAs(id),
        Choice::NewIndicator(name) => Action::TagAsNew(name),
        Choice::Reason(reason) => Action::DismissFor(reason),
        Choice::Rejection(reason) => Action::Reject(reason),
    });
}

fn row(ui: &mut Ui, cx: &Cx<'_>, line: &Line, chosen: bool) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &line.words));
    if chosen {
        ui.painter().rect_filled(rect, 6.0, cx.theme.accent_soft);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 6.0, cx.theme.back);
    }
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(rect.shrink2(vec2(8.0, 2.0))));
    inner.horizontal_centered(|ui| {
        if let Some(tint) = line.tint {
            dot(ui, cx.theme.tint(tint));
        }
        ui.label(RichText::new(&line.words).color(cx.theme.ink));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if !line.key.is_empty() {
                key_cap(ui, cx, &line.key);
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let side = RichText::new(&line.side).size(SMALL).color(cx.theme.ink_faint);
                ui.add(egui::Label::new(side).truncate().selectable(false));
            });
        });
    });
    response
}
