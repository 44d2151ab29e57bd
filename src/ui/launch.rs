//! Starting the window.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{IconData, ViewportBuilder};

use super::{App, fonts};
use crate::app::action::Action;
use crate::app::dialogs::DesktopPicker;
use crate::app::jobs::Threads;
use crate::app::ports::{Ports, machine_clock};
use crate::app::startup;

/// The window's icon.
const ICON: &[u8] = include_bytes!("../../assets/icon/indicator-annotator.png");

/// Opens the window with these paths and returns when it is closed.
///
/// # Errors
/// When there is no display, or it cannot draw.
pub fn launch(paths: Vec<PathBuf>) -> Result<(), eframe::Error> {
    let options = eframe::NativeOptions {
        viewport: ViewportBuilder::default()
            .with_app_id("indicator-annotator")
            .with_inner_size([1440.0, 900.0])
            .with_min_inner_size([900.0, 560.0])
            .with_drag_and_drop(true)
            .with_icon(eframe::icon_data::from_png_bytes(ICON).unwrap_or_else(|_error| IconData::default())),
        ..eframe::NativeOptions::default()
    };
    let create = move |cc: &eframe::CreationContext<'_>| {
        fonts::install_embedded(&cc.egui_ctx);
        fonts::add_system(&cc.egui_ctx);
        let data = startup::data_folder();
        let state = startup::first_state(&data);
        let ctx = cc.egui_ctx.clone();
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(move || ctx.request_repaint());
        let ports = Ports {
            executor: Box::new(Threads::start(&wake)?),
            picker: Arc::new(DesktopPicker),
            clock: machine_clock(),
            data,
        };
        let mut app = App::new(&cc.egui_ctx, state, ports)?;
        app.send(Action::Open(paths));
        Ok(Box::new(app) as Box<dyn eframe::App>)
    };
    eframe::run_native("indicator-annotator", options, Box::new(create))
}
