//! The keys, made from the table of commands.

use egui::{Grid, RichText, ScrollArea, Ui};

use super::{note, window};
use crate::app::command::{COMMANDS, Menu};
use crate::ui::cx::{Cx, Out};
use crate::ui::widgets::{key_cap, strong};

/// Shows every command that has a key.
pub fn show(ui: &Ui, cx: &Cx<'_>, out: &mut Out) {
    window(ui, cx.t("keys.title"), [760.0, 560.0], out, |ui, _| {
        note(ui, cx, cx.t("keys.note"));
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            Grid::new("keys")
                .num_columns(3)
                .spacing([18.0, 5.0])
                .show(ui, |ui| {
                    for menu in Menu::ALL {
                        ui.label(strong(cx.t(menu.id()), 13.0));
                        ui.end_row();
                        for spec in COMMANDS
                            .iter()
                            .filter(|spec| spec.menu == menu && !spec.keys.is_empty())
                        {
                            ui.horizontal(|ui| {
                                for key in spec.keys {
                                    key_cap(ui, cx, &key.to_string());
                                }
                            });
                            ui.label(cx.command(spec.command));
                            ui.label(RichText::new(cx.hint(spec.command)).color(cx.theme.ink_soft));
                            ui.end_row();
                        }
                    }
                });
        });
    });
}
