//! Colours and sizes. The only place that makes a colour; the tokens are data in `assets/themes`.

use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Vec2};
use serde::{Deserialize, Deserializer};

use crate::model::Tint;

/// The size of ordinary words in panels, in points.
pub const BODY: f32 = 13.0;
/// The size of side notes, in points.
pub const SMALL: f32 = 11.5;
/// The size of the exact value in the inspector, in points.
pub const ECHO: f32 = 26.0;

/// The font family of strong words and headings.
pub const BOLD: &str = "bold";

/// Colour tokens of one theme, named by what they are for.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Theme {
    /// Behind the report's text and in text fields.
    pub page: Hue,
    /// Behind panels.
    pub panel: Hue,
    /// Behind everything else.
    pub back: Hue,
    /// The thin lines between panels.
    pub line: Hue,
    /// Words.
    pub ink: Hue,
    /// Words beside the point.
    pub ink_soft: Hue,
    /// Words that may be overlooked.
    pub ink_faint: Hue,
    /// What can be done, and where the person is.
    pub accent: Hue,
    /// Behind what is chosen.
    pub accent_soft: Hue,
    /// Words on the accent.
    pub on_accent: Hue,
    /// Open numbers.
    pub open: Hue,
    /// Behind open numbers.
    pub open_soft: Hue,
    /// Numbers with a suggestion.
    pub suggested: Hue,
    /// Behind numbers with a suggestion.
    pub suggested_soft: Hue,
    /// It went well.
    pub good: Hue,
    /// It did not.
    pub bad: Hue,
    /// Behind what did not go well.
    pub bad_soft: Hue,
    /// Under what floats.
    pub shadow: Hue,
    /// Of indicators: for words and lines, and for what lies behind them.
    tints: Vec<(Hue, Hue)>,
}

/// A colour that is written `#rrggbb` or `#rrggbbaa` in the theme's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hue(pub Color32);

impl From<Hue> for Color32 {
    fn from(hue: Hue) -> Self {
        hue.0
    }
}

impl<'de> Deserialize<'de> for Hue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        let colour = Color32::from_hex(&code);
        colour
            .map(Self)
            .map_err(|_error| serde::de::Error::custom(format!("`{code}` is no colour like #1f8a70")))
    }
}

impl Theme {
    /// The light or the dark theme that comes with the program.
    ///
    /// # Errors
    /// When the theme's file is broken; a test sees to it that it is not.
    pub fn built_in(dark: bool) -> Result<Self, ron::error::SpannedError> {
        let light_tokens = include_str!("../../assets/themes/light.ron");
        let dark_tokens = include_str!("../../assets/themes/dark.ron");
        ron::from_str(if dark { dark_tokens } else { light_tokens })
    }

    /// An indicator's colour for words and lines.
    pub fn tint(&self, tint: Tint) -> Color32 {
        self.tint_pair(tint).0.0
    }

    /// An indicator's colour behind words.
    pub fn tint_soft(&self, tint: Tint) -> Color32 {
        self.tint_pair(tint).1.0
    }

    fn tint_pair(&self, tint: Tint) -> (Hue, Hue) {
        let place = usize::from(tint.0) % self.tints.len().max(1);
        self.tints
            .get(place)
            .copied()
            .unwrap_or((self.accent, self.accent_soft))
    }

    /// Puts the tokens into egui's style.
    pub fn apply(&self, style: &mut Style) {
        style.text_styles = [
            (TextStyle::Small, FontId::new(SMALL, FontFamily::Proportional)),
            (TextStyle::Body, FontId::new(BODY, FontFamily::Proportional)),
            (TextStyle::Button, FontId::new(BODY, FontFamily::Proportional)),
            (TextStyle::Heading, FontId::new(17.0, bold())),
            (TextStyle::Monospace, FontId::new(12.0, FontFamily::Monospace)),
        ]
        .into();
        style.spacing.item_spacing = Vec2::new(8.0, 5.0);
        style.spacing.button_padding = Vec2::new(9.0, 4.0);
        style.spacing.interact_size.y = 26.0;
        style.spacing.menu_margin = Margin::same(6);
        style.spacing.window_margin = Margin::same(16);
        style.spacing.scroll.bar_width = 8.0;
        style.interaction.selectable_labels = false;
        style.interaction.tooltip_delay = 0.4;
        self.apply_visuals(&mut style.visuals);
    }

    fn apply_visuals(&self, visuals: &mut egui::Visuals) {
        let radius = CornerRadius::same(6);
        let hairline = Stroke::new(1.0, self.line);
        visuals.override_text_color = None;
        visuals.panel_fill = self.panel.0;
        visuals.window_fill = self.panel.0;
        visuals.window_stroke = hairline;
        visuals.window_corner_radius = CornerRadius::same(10);
        visuals.menu_corner_radius = CornerRadius::same(8);
        visuals.extreme_bg_color = self.page.0;
        visuals.text_edit_bg_color = Some(self.page.0);
        visuals.faint_bg_color = self.back.0;
        visuals.code_bg_color = self.back.0;
        visuals.hyperlink_color = self.accent.0;
        visuals.warn_fg_color = self.open.0;
        visuals.error_fg_color = self.bad.0;
        visuals.selection.bg_fill = self.accent_soft.0;
        visuals.selection.stroke = Stroke::new(1.0, self.accent);
        visuals.weak_text_color = Some(self.ink_faint.0);
        visuals.window_shadow = Shadow {
            offset: [0, 8],
            blur: 28,
            spread: 0,
            color: self.shadow.0,
        };
        visuals.popup_shadow = Shadow {
            offset: [0, 4],
            blur: 14,
            spread: 0,
            color: self.shadow.0,
        };
        let widgets = &mut visuals.widgets;
        for (state, fill, stroke, ink) in [
            (&mut widgets.noninteractive, self.panel, hairline, self.ink),
            (&mut widgets.inactive, self.page, hairline, self.ink),
            (
                &mut widgets.hovered,
                self.accent_soft,
                Stroke::new(1.0, self.accent),
                self.ink,
            ),
            (
                &mut widgets.active,
                self.accent_soft,
                Stroke::new(1.0, self.accent),
                self.ink,
            ),
            (&mut widgets.open, self.back, hairline, self.ink),
        ] {
            state.bg_fill = fill.0;
            state.weak_bg_fill = fill.0;
            state.bg_stroke = stroke;
            state.fg_stroke = Stroke::new(1.0, ink);
            state.corner_radius = radius;
            state.expansion = 0.0;
        }
    }
}

/// The family of strong words.
pub fn bold() -> FontFamily {
    FontFamily::Name(BOLD.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_themes_read_and_have_every_tint() {
        for dark in [false, true] {
            let theme = Theme::built_in(dark).unwrap();
            assert_eq!(theme.tints.len(), usize::from(Tint::COUNT));
        }
    }

    /// WCAG 2's contrast, so that the faintest words can still be read.
    #[test]
    fn words_stand_out_from_what_lies_behind_them() {
        let light = |hue: Hue| {
            let part = |byte: u8| {
                let part = f64::from(byte) / 255.0;
                if part <= 0.040_45 {
                    part / 12.92
                } else {
                    ((part + 0.055) / 1.055).powf(2.4)
                }
            };
            let [red, green, blue, _] = hue.0.to_array();
            0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
        };
        let contrast = |one: Hue, other: Hue| {
            let (high, low) = (light(one).max(light(other)), light(one).min(light(other)));
            (high + 0.05) / (low + 0.05)
        };
        for dark in [false, true] {
            let theme = Theme::built_in(dark).unwrap();
            assert!(contrast(theme.ink, theme.page) > 10.0);
            assert!(contrast(theme.ink_soft, theme.panel) > 4.5);
            assert!(contrast(theme.ink_faint, theme.panel) > 3.0);
            for (strong, soft) in &theme.tints {
                assert!(contrast(theme.ink, *soft) > 7.0);
                assert!(contrast(*strong, theme.page) > 3.0, "{strong:?}");
            }
        }
    }
}
