//! The embedded fonts, and the system's fonts behind them for characters they lack.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use egui::epaint::text::{FallbackRequest, FontInsert, FontProvider};
use egui::{Context, FontData, FontDefinitions, FontFamily};
use egui_system_font_provider::SystemFontProvider;

use super::theme;

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/IndicatorSansSC-Regular.otf");
const BOLD: &[u8] = include_bytes!("../../assets/fonts/IndicatorSansSC-Bold.otf");

/// Installs the embedded fonts alone: what they draw is the same on every machine.
pub fn install_embedded(ctx: &Context) {
    let mut fonts = FontDefinitions::default();
    fonts
        .font_data
        .insert("sans".into(), Arc::new(FontData::from_static(REGULAR)));
    fonts
        .font_data
        .insert("sans-bold".into(), Arc::new(FontData::from_static(BOLD)));
    let proportional = fonts.families.entry(FontFamily::Proportional).or_default();
    // The first font of a family gives the height of its lines.
    proportional.insert(0, "sans".into());
    let behind = proportional.clone();
    fonts
        .families
        .entry(FontFamily::Monospace)
        .or_default()
        .push("sans".into());
    let mut bold = vec!["sans-bold".to_owned()];
    bold.extend(behind);
    fonts.families.insert(theme::bold(), bold);
    ctx.set_fonts(fonts);
}

/// Adds the system's fonts behind the embedded ones.
pub fn add_system(ctx: &Context) {
    ctx.add_font_provider(Arc::new(GuardedFonts {
        inner: SystemFontProvider::new().with_locale(Some("zh-CN")),
        broken: AtomicBool::new(false),
    }));
}

/// The system's fonts, switched off for good when they fail.
///
/// On a machine without any font the provider panics at the first character that it is asked for.
struct GuardedFonts {
    inner: SystemFontProvider,
    broken: AtomicBool,
}

impl FontProvider for GuardedFonts {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        if self.broken.load(Ordering::Relaxed) {
            return None;
        }
        let answer = catch_unwind(AssertUnwindSafe(|| self.inner.font_for(request)));
        answer.unwrap_or_else(|_panic| {
            self.broken.store(true, Ordering::Relaxed);
            None
        })
    }
}
