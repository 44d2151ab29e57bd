//! A frame while scrolling: CPU in layout, paint list and tessellation.

use egui::{Event, Modifiers, MouseWheelUnit, TouchPhase, pos2, vec2};

use crate::common::Outcome;
use crate::table::{Budget, Table};
use crate::window::Window;
use crate::{Effort, Sized};

/// Median and 99 of 100, in milliseconds.
const FRAME: Budget = Budget::both(2.0, 8.0);

/// Points that a quick hand scrolls by in one frame.
const FLICK: f32 = 120.0;

/// Measures scrolling: as a wheel does it, by whole windows, and not at all.
pub fn measure(table: &mut Table, report: &Sized, effort: Effort) -> Outcome<()> {
    let data = tempfile::tempdir()?;
    let mut window = Window::with_open(data.path(), &report.path)?;
    let middle = pos2(900.0, 400.0);
    window.frame(vec![Event::PointerMoved(middle)]);
    let rows = [
        ("frame at rest", 0.0),
        ("frame, scrolling", FLICK),
        ("frame, scrolling by windows", 700.0),
    ];
    for (what, by) in rows {
        let mut samples = Vec::new();
        for number in 0..effort.frames {
            // Up again before the end, so that short reports keep moving too.
            let way = if number / 150 % 2 == 0 { -by } else { by };
            let events = if by > 0.0 { vec![wheel(way)] } else { Vec::new() };
            samples.push(window.frame(events));
        }
        table.row(what, report.name, &samples, FRAME);
    }
    Ok(())
}

fn wheel(by: f32) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, by),
        phase: TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    }
}
