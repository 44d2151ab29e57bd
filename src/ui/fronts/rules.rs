//! The project's own candidate rules, with a live preview on the open report.

use egui::{RichText, ScrollArea, TextEdit, Ui, WidgetInfo};

use super::{note, window};
use crate::app::action::Action;
use crate::model::{CandidateRule, Role as NumberRole, RuleEffect, Span};
use crate::number::rules::{PatternError, compile, matches};
use crate::ui::cx::{Cx, Out};
use crate::ui::theme::SMALL;

/// As many matches are counted in the preview.
const MOST: usize = 500;
/// As many of them are shown.
const SHOWN: usize = 6;

/// The rules as they are being changed, and the preview of the chosen one.
#[derive(Default)]
pub struct RulesEditor {
    rules: Option<Vec<CandidateRule>>,
    chosen: usize,
    preview: Option<(CandidateRule, Result<Vec<Span>, PatternError>)>,
}

impl RulesEditor {
    /// Shows the rules.
    pub fn show(&mut self, ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
        window(ui, cx.t("rules.title"), [680.0, 520.0], out, |ui, out| {
            note(ui, cx, cx.t("rules.note"));
            let mut rules = self
                .rules
                .take()
                .unwrap_or_else(|| cx.state.project.rules.clone());
            self.list(ui, cx, &mut rules);
            ui.separator();
            if let Some(rule) = rules.get_mut(self.chosen) {
                edit(ui, cx, rule);
                let rule = rule.clone();
                self.refresh_preview(cx, &rule);
                self.preview(ui, cx, out);
            }
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                let changed = rules != cx.state.project.rules;
                if ui
                    .add_enabled(changed, egui::Button::new(cx.t("rules.apply")))
                    .clicked()
                {
                    out.push(Action::SetRules(rules.clone()));
                }
                if ui
                    .add_enabled(changed, egui::Button::new(cx.t("rules.revert")))
                    .clicked()
                {
                    rules.clone_from(&cx.state.project.rules);
                }
            });
            self.rules = Some(rules);
        });
    }

    fn list(&mut self, ui: &mut Ui, cx: &Cx<'_>, rules: &mut Vec<CandidateRule>) {
        ScrollArea::vertical()
            .id_salt("rule-list")
            .max_height(150.0)
            .show(ui, |ui| {
                for (place, rule) in rules.iter_mut().enumerate() {
                    ui.horizontal(|ui| {
                        let name = if rule.name.is_empty() {
                            cx.t("rules.unnamed")
                        } else {
                            &rule.name
                        };
                        let switch = ui.checkbox(&mut rule.enabled, "");
                        switch.widget_info(|| {
                            WidgetInfo::selected(egui::Role::CheckBox, true, rule.enabled, name)
                        });
                        if ui.selectable_label(self.chosen == place, name).clicked() {
                            self.chosen = place;
                        }
                        ui.label(RichText::new(&rule.pattern).monospace().color(cx.theme.ink_faint));
                    });
                }
            });
        ui.horizontal(|ui| {
            if ui.button(cx.t("rules.add")).clicked() {
                rules.push(CandidateRule {
                    name: String::new(),
                    pattern: String::new(),
                    effect: RuleEffect::Add,
                    enabled: true,
                });
                self.chosen = rules.len() - 1;
            }
            if ui
                .add_enabled(self.chosen < rules.len(), egui::Button::new(cx.t("rules.remove")))
                .clicked()
            {
                rules.remove(self.chosen);
                self.chosen = self.chosen.saturating_sub(1);
            }
        });
    }

    fn refresh_preview(&mut self, cx: &Cx<'_>, rule: &CandidateRule) {
        if self
            .preview
            .as_ref()
            .is_some_and(|(made_for, _)| made_for == rule)
        {
            return;
        }
        let text = cx.state.document().map_or("", |document| &document.text);
        let found = compile(rule).map(|compiled| matches(&compiled, text, MOST));
        self.preview = Some((rule.clone(), found));
    }

    fn preview(&self, ui: &mut Ui, cx: &Cx<'_>, out: &mut Out) {
        let (Some((rule, found)), Some(document)) = (&self.preview, cx.state.document()) else {
            return;
        };
        match found {
            Err(error) => {
                let pointer: String = rule
                    .pattern
                    .chars()
                    .enumerate()
                    .map(|(at, _)| {
                        if (error.start..error.end.max(error.start + 1)).contains(&at) {
                            '▲'
                        } else {
                            '·'
                        }
                    })
                    .collect();
                ui.label(RichText::new(&rule.pattern).monospace());
                ui.label(RichText::new(pointer).monospace().color(cx.theme.bad));
                let place = (error.start + 1).to_string();
                ui.label(RichText::new(cx.f("rules.error", &[&place, &error.message])).color(cx.theme.bad));
            }
            Ok(_) if rule.pattern.is_empty() => {
                ui.label(RichText::new(cx.t("rules.empty")).color(cx.theme.ink_faint));
            }
            Ok(spans) => {
                let count = if spans.len() == MOST {
                    format!("{MOST}+")
                } else {
                    spans.len().to_string()
                };
                ui.label(RichText::new(cx.f("rules.matches", &[&count])).color(cx.theme.ink_soft));
                for span in spans.iter().take(SHOWN) {
                    if ui.link(document.words(*span)).clicked() {
                        out.push(Action::Reveal(document.id.clone(), *span));
                    }
                }
            }
        }
    }
}

fn edit(ui: &mut Ui, cx: &Cx<'_>, rule: &mut CandidateRule) {
    egui::Grid::new("rule")
        .num_columns(2)
        .spacing([14.0, 7.0])
        .show(ui, |ui| {
            ui.label(cx.t("rules.name"));
            let response = ui.add(TextEdit::singleline(&mut rule.name).desired_width(420.0));
            response.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, cx.t("rules.name")));
            ui.end_row();
            ui.label(cx.t("rules.pattern"));
            let response = ui.add(
                TextEdit::singleline(&mut rule.pattern)
                    .code_editor()
                    .desired_width(420.0),
            );
            response.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, cx.t("rules.pattern")));
            ui.end_row();
            ui.label(cx.t("rules.effect"));
            ui.horizontal(|ui| {
                ui.selectable_value(&mut rule.effect, RuleEffect::Add, cx.t("rules.adds"));
                for role in NumberRole::ALL
                    .iter()
                    .filter(|role| **role != NumberRole::Indicator)
                {
                    let words = cx.t(&format!("role.{role}")).to_owned();
                    ui.selectable_value(
                        &mut rule.effect,
                        RuleEffect::RuleOut(*role),
                        cx.f("rules.is", &[&words]),
                    );
                }
            });
            ui.end_row();
        });
    ui.label(
        RichText::new(cx.t("rules.pattern.note"))
            .size(SMALL)
            .color(cx.theme.ink_faint),
    );
}
