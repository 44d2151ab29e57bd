//! The window in a harness: real key and pointer events, one frame each, and no waiting.

use std::path::PathBuf;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, Vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, HarnessBuilder};
use indicator_annotator::app::action::Action;
use indicator_annotator::app::command::Command;
use indicator_annotator::app::settings::Settings;
use indicator_annotator::app::state::AppState;
use indicator_annotator::model::{Decision, Layer, Observation};
use indicator_annotator::ui::{self, App, StringTable};
use tempfile::TempDir;

use crate::desk::{self, Script};

/// Ctrl, as a desktop reports it.
pub const CTRL: Modifiers = Modifiers {
    ctrl: true,
    command: true,
    ..Modifiers::NONE
};
/// Ctrl and Shift.
pub const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..CTRL };

/// One frame takes so many seconds.
const FRAME: f32 = 1.0 / 60.0;

/// A window over a folder.
pub struct Window {
    /// The harness that the window runs in.
    pub harness: Harness<'static, App>,
    /// What dialogs answer.
    pub script: Arc<Script>,
    root: Arc<TempDir>,
}

impl Window {
    /// A window of 1280 × 800 points on the two reports.
    pub fn with_reports() -> Self {
        let mut window = Self::at(
            Arc::new(desk::folder_of_reports()),
            desk::state().settings,
            [1280.0, 800.0],
        );
        window.open("reports");
        window
    }

    /// A window on one report with these words.
    pub fn on(text: &str) -> Self {
        let root = TempDir::new().unwrap();
        std::fs::write(root.path().join("report.txt"), text).unwrap();
        let mut window = Self::at(Arc::new(root), desk::state().settings, [1280.0, 800.0]);
        window.open("report.txt");
        window
    }

    /// As `on`, for words that the embedded fonts cannot draw.
    pub fn with_tofu(text: &str) -> Self {
        let root = TempDir::new().unwrap();
        std::fs::write(root.path().join("report.txt"), text).unwrap();
        let builder = Harness::builder()
            .with_size([1280.0, 800.0])
            .allow_missing_glyphs();
        let mut window = Self::built(builder, Arc::new(root), desk::state().settings);
        window.open("report.txt");
        window
    }

    /// A window with nothing open.
    pub fn empty() -> Self {
        Self::at(
            Arc::new(desk::folder_of_reports()),
            desk::state().settings,
            [1280.0, 800.0],
        )
    }

    /// A window with nothing open, of a size in points.
    pub fn at(root: Arc<TempDir>, settings: Settings, size: [f32; 2]) -> Self {
        Self::built(Harness::builder().with_size(size), root, settings)
    }

    fn built(builder: HarnessBuilder<App>, root: Arc<TempDir>, settings: Settings) -> Self {
        let script = Arc::<Script>::default();
        let ports = desk::ports(&root.path().join("data"), &script);
        let state = AppState {
            settings,
            ..AppState::default()
        };
        let harness = builder
            .with_os(egui::os::OperatingSystem::Nix)
            .with_step_dt(FRAME)
            .with_max_steps(12)
            .with_context_setup(ui::install_embedded)
            .build_eframe(move |cc| App::new(&cc.egui_ctx, state, ports).unwrap());
        let mut window = Self {
            harness,
            script,
            root,
        };
        window.settle();
        window
    }

    /// The program started again over the same folder, after its end without a word.
    pub fn killed_and_started_again(self) -> Self {
        let (root, settings) = (Arc::clone(&self.root), self.state().settings.clone());
        drop(self);
        Self::at(root, settings, [1280.0, 800.0])
    }

    /// Another window over the same folder, while this one is open.
    pub fn beside(&self) -> Self {
        Self::at(
            Arc::clone(&self.root),
            self.state().settings.clone(),
            [1280.0, 800.0],
        )
    }

    /// Opens what lies below the window's folder.
    pub fn open(&mut self, name: &str) {
        let path = self.path(name);
        self.send(Action::Open(vec![path]));
    }

    /// A path below the window's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// What stands in a file below the window's folder.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Sends an action past the widgets, for what a test is not about.
    pub fn send(&mut self, action: Action) {
        self.harness.state_mut().send(action);
        self.settle();
    }

    /// Draws until nothing moves any more, and a few frames on, so that jobs come back.
    pub fn settle(&mut self) {
        for _ in 0..3 {
            self.harness.run();
        }
    }

    /// Lets time pass.
    pub fn wait(&mut self, seconds: f32) {
        self.harness.run_steps((seconds / FRAME).ceil() as usize);
        self.settle();
    }

    /// Presses and releases a key with modifiers, with the text that it types, as a desktop sends it.
    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.press_as(modifiers, key, None);
    }

    /// As `press`, with the place of the key on the board besides what it means.
    pub fn press_as(&mut self, modifiers: Modifiers, key: Key, physical_key: Option<Key>) {
        let event = |pressed| Event::Key {
            key,
            physical_key,
            pressed,
            repeat: false,
            modifiers,
        };
        let events = &mut self.harness.input_mut().events;
        events.push(Event::ModifiersChanged(modifiers));
        events.push(event(true));
        // A desktop tells the key and what it types in one and the same frame.
        if let Some(words) = typed_by(modifiers, key) {
            events.push(Event::Text(words));
        }
        self.harness.run();
        let events = &mut self.harness.input_mut().events;
        events.push(event(false));
        events.push(Event::ModifiersChanged(Modifiers::NONE));
        self.settle();
    }

    /// Presses keys one after another, without modifiers.
    pub fn keys(&mut self, keys: &[Key]) {
        for key in keys {
            self.press(Modifiers::NONE, *key);
        }
    }

    /// Types words as an input method commits them.
    pub fn type_words(&mut self, words: &str) {
        self.harness
            .input_mut()
            .events
            .push(Event::Text(words.to_owned()));
        self.settle();
    }

    /// Clicks what has this name: a button, a menu's row, a mark's handle.
    pub fn click(&mut self, label: &str) {
        let rect = self.rect_of(label);
        self.click_at(rect.center());
    }

    /// Clicks the field of this name.
    pub fn click_field(&mut self, label: &str) {
        let is_field = |role| matches!(role, Role::TextInput | Role::MultilineTextInput);
        let fields = self.harness.query_all_by_label(label);
        let rect = fields
            .filter(|node| is_field(node.accesskit_node().role()))
            .map(|node| node.rect())
            .next();
        let rect = rect.unwrap_or_else(|| panic!("no field is named `{label}`"));
        self.click_at(rect.center());
    }

    /// Opens the list of this name.
    pub fn click_list(&mut self, label: &str) {
        let lists = self.harness.query_all_by_role_and_label(Role::ComboBox, label);
        let rect = lists.map(|node| node.rect()).next();
        self.click_at(
            rect.unwrap_or_else(|| panic!("no list is named `{label}`"))
                .center(),
        );
    }

    /// Clicks the button of this name that was drawn last: in front of the others.
    pub fn click_last(&mut self, label: &str) {
        let buttons: Vec<Rect> = self
            .harness
            .query_all_by_role_and_label(Role::Button, label)
            .map(|node| node.rect())
            .collect();
        let rect = buttons
            .last()
            .unwrap_or_else(|| panic!("no button is named `{label}`"));
        self.click_at(rect.center());
    }

    /// Clicks a command's row in an open menu, which shows the command's key as well.
    pub fn click_row(&mut self, command: Command) {
        let name = self.t(&format!("command.{}", command.spec().id));
        let key = command.spec().keys.first().map(ToString::to_string);
        self.click(format!("{name} {}", key.unwrap_or_default()).trim_end());
    }

    /// Scrolls until what has this name can be seen.
    pub fn scroll_to(&mut self, label: &str) {
        self.harness.get_by_label(label).scroll_to_me();
        self.settle();
    }

    /// Clicks at a place.
    pub fn click_at(&mut self, pos: Pos2) {
        self.click_fast(pos);
        // Far enough from the next click that the two are no double click.
        self.harness.run_steps(30);
        self.settle();
    }

    /// Clicks two or three times in a row.
    pub fn click_times(&mut self, pos: Pos2, times: usize) {
        for _ in 0..times {
            self.click_fast(pos);
        }
        self.settle();
    }

    fn click_fast(&mut self, pos: Pos2) {
        self.pointer(Event::PointerMoved(pos));
        self.button(pos, true);
        self.button(pos, false);
    }

    /// Presses at one place, moves in steps to another, releases.
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.pointer(Event::PointerMoved(from));
        self.button(from, true);
        for step in 1..=8 {
            self.pointer(Event::PointerMoved(from.lerp(to, step as f32 / 8.0)));
        }
        self.button(to, false);
        self.settle();
    }

    /// Moves the pointer and lets it rest.
    pub fn hover(&mut self, pos: Pos2) {
        self.pointer(Event::PointerMoved(pos));
        self.wait(1.0);
    }

    fn button(&mut self, pos: Pos2, pressed: bool) {
        let button = PointerButton::Primary;
        self.pointer(Event::PointerButton {
            pos,
            button,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }

    fn pointer(&mut self, event: Event) {
        self.harness.input_mut().events.push(event);
        self.harness.step();
    }

    /// Whether something has this name.
    pub fn shows(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).next().is_some()
    }

    /// Whether something has a name with these words in it.
    pub fn shows_part(&self, label: &str) -> bool {
        self.harness.query_all_by_label_contains(label).next().is_some()
    }

    /// Where the first thing of this name stands that is to be clicked; else the first of any kind.
    pub fn rect_of(&self, label: &str) -> Rect {
        let found: Vec<_> = self.harness.query_all_by_label(label).collect();
        let is_label = |node: &egui_kittest::Node<'_>| node.accesskit_node().role() == Role::Label;
        let best = found.iter().find(|node| !is_label(node)).or(found.first());
        best.unwrap_or_else(|| panic!("nothing is named `{label}`; there is {:?}", self.names()))
            .rect()
    }

    /// The names of everything, for messages.
    fn names(&self) -> Vec<String> {
        let nodes = self.harness.root().children_recursive();
        nodes.filter_map(|node| node.accesskit_node().label()).collect()
    }

    /// The words of a key in the window's language.
    pub fn t(&self, key: &str) -> String {
        let table = StringTable::built_in(self.state().settings.language).unwrap();
        assert!(table.has(key), "{key}");
        table.t(key).to_owned()
    }

    /// The words of a key with `{0}` replaced.
    pub fn f(&self, key: &str, part: &str) -> String {
        self.t(key).replace("{0}", part)
    }

    /// The name of a mark's handle.
    pub fn mark(&self, words: &str, standing: &str) -> String {
        format!("{words} {}", self.t(&format!("standing.{standing}")))
    }

    /// The state.
    pub fn state(&self) -> &AppState {
        self.harness.state().state()
    }

    /// The words that are current.
    pub fn current(&self) -> &str {
        let state = self.state();
        state
            .view
            .current
            .map_or("", |span| state.document().unwrap().words(span))
    }

    /// The words that are selected.
    pub fn selected(&self) -> &str {
        let state = self.state();
        state
            .selection()
            .map_or("", |span| state.document().unwrap().words(span))
    }

    /// The open report's decisions.
    pub fn layer(&self) -> Layer {
        self.state().layer().cloned().unwrap_or_default()
    }

    /// The decision on the first of these words.
    pub fn decision(&self, words: &str) -> Option<&Decision> {
        let state = self.state();
        let span = desk::span(&state.document().unwrap().text, words, 0);
        Some(state.layer()?.get(span)?.as_ref())
    }

    /// The observation that the first of these words are tagged with.
    pub fn observation(&self, words: &str) -> &Observation {
        let decision = self
            .decision(words)
            .unwrap_or_else(|| panic!("`{words}` is not decided on"));
        decision
            .ruling
            .observation()
            .unwrap_or_else(|| panic!("`{words}` is dismissed"))
    }

    /// Replaces what stands in the field that has the focus.
    pub fn replace_words(&mut self, words: &str) {
        self.press(CTRL, Key::A);
        self.type_words(words);
    }

    /// Makes the window larger or smaller.
    pub fn resize(&mut self, width: f32, height: f32) {
        self.harness.set_size(Vec2::new(width, height));
        self.settle();
    }

    /// Carries out a command by its first key of the table.
    pub fn command(&mut self, command: Command) {
        let chord = command.spec().keys[0];
        let name = match chord.key {
            indicator_annotator::app::command::Key::Letter(letter) => letter.to_string(),
            indicator_annotator::app::command::Key::Digit(digit) => digit.to_string(),
            indicator_annotator::app::command::Key::Function(number) => format!("F{number}"),
            other => format!("{other:?}"),
        };
        let modifiers = Modifiers {
            shift: chord.shift,
            alt: chord.alt,
            ..if chord.command { CTRL } else { Modifiers::NONE }
        };
        let key = Key::from_name(&name).unwrap_or_else(|| panic!("no key is named {name}"));
        self.press(modifiers, key);
    }
}

/// The text that a key types with these modifiers.
fn typed_by(modifiers: Modifiers, key: Key) -> Option<String> {
    if modifiers.ctrl || modifiers.alt {
        return None;
    }
    let name = key.name();
    let is_letter = name.chars().count() == 1 && name.chars().all(char::is_alphanumeric);
    is_letter.then(|| {
        if modifiers.shift {
            name.to_owned()
        } else {
            name.to_lowercase()
        }
    })
}
