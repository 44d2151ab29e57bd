//! A desk to work at without a window: a state, jobs that run at once, dialogs that answer by script.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use indicator_annotator::app::action::Action;
use indicator_annotator::app::command::Command;
use indicator_annotator::app::jobs::Inline;
use indicator_annotator::app::notice::Message;
use indicator_annotator::app::part_key::PartKey;
use indicator_annotator::app::ports::{Picked, Picker, Ports, Purpose};
use indicator_annotator::app::settings::{Settings, Theme};
use indicator_annotator::app::state::AppState;
use indicator_annotator::app::{dispatch, poll};
use indicator_annotator::edit::{Edit, apply};
use indicator_annotator::model::{Decision, Layer, Observation, ReportId, Span};
use tempfile::TempDir;

/// A report of twelve open numbers, some of them with the same words, and an unmistakable layout.
pub const REPORT: &str = "清河市2024年科技工作总结\n\n一、主要成绩\n\n\
    2024年,全市全社会R&D投入239.06亿元,增长19.4%,增速居全省第1。高新技术企业达1609家,\
    新增科技型中小企业310家。\n\n二、平台建设\n\n\
    全市新建众创空间12家,新增省级重点实验室12家,选派科技特派员310名。技术合同成交额86.5亿元。\n\n\
    三、2025年目标\n\n2025年,力争高新技术企业达到1800家,技术合同成交额突破100亿元。\n";

/// Another report, for what concerns more than one.
pub const SECOND: &str =
    "松桥区2024年科技工作总结\n\n2024年,全区高新技术企业达217家,技术合同成交额9.5亿元。\n";

/// The annotator of all tests.
pub const ANNOTATOR: &str = "测试";

/// What the wall clock of all tests says: noon of 24 November 2026, UTC.
pub const NOON: u64 = 1_795_521_600_000;

/// Dialogs that answer by script, and with nothing once the script is at its end.
#[derive(Default)]
pub struct Script(Mutex<VecDeque<Picked>>);

impl Script {
    /// The next dialog answers with this.
    pub fn answer(&self, picked: Picked) {
        self.0.lock().unwrap().push_back(picked);
    }
}

impl Picker for Script {
    fn pick(&self, _purpose: Purpose, _folder: Option<&Path>) -> Picked {
        self.0.lock().unwrap().pop_front().unwrap_or(Picked::Dismissed)
    }
}

/// Everything outside of the state, for a data folder.
pub fn ports(data: &Path, script: &Arc<Script>) -> Ports {
    Ports {
        executor: Box::new(Inline::default()),
        picker: Arc::<Script>::clone(script),
        clock: Arc::new(|| NOON),
        data: data.to_path_buf(),
    }
}

/// A state that does not depend on the machine.
pub fn state() -> AppState {
    let settings = Settings {
        annotator: ANNOTATOR.to_owned(),
        annotator_known: true,
        theme: Theme::Light,
        ..Settings::default()
    };
    AppState {
        settings,
        ..AppState::default()
    }
}

/// A folder of two reports, in a temporary place with room for projects and settings beside it.
pub fn folder_of_reports() -> TempDir {
    let root = TempDir::new().unwrap();
    let reports = root.path().join("reports");
    std::fs::create_dir(&reports).unwrap();
    std::fs::write(reports.join("a清河.txt"), REPORT).unwrap();
    std::fs::write(reports.join("b松桥.txt"), SECOND).unwrap();
    root
}

/// A state with everything that it needs, and where its files are.
pub struct Desk {
    /// The state.
    pub app: AppState,
    /// What dialogs answer.
    pub script: Arc<Script>,
    ports: Ports,
    root: Arc<TempDir>,
    now: f64,
}

impl Desk {
    /// A desk with the two reports open that have no project yet.
    pub fn with_reports() -> Self {
        let mut desk = Self::at(Arc::new(folder_of_reports()));
        desk.act(Action::Open(vec![desk.path("reports")]));
        desk
    }

    /// A desk with a saved project of the two reports.
    pub fn with_project() -> Self {
        let mut desk = Self::with_reports();
        desk.act(Action::UsePath(Purpose::SaveFolder, desk.path("project")));
        desk.forget_notices();
        desk
    }

    /// An empty desk over a folder.
    pub fn at(root: Arc<TempDir>) -> Self {
        let script = Arc::<Script>::default();
        let ports = ports(&root.path().join("data"), &script);
        Self {
            app: state(),
            script,
            ports,
            root,
            now: 0.0,
        }
    }

    /// Another desk over the same folder, as a second start of the program.
    pub fn again(&self) -> Self {
        Self::at(Arc::clone(&self.root))
    }

    /// A path below the desk's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// Carries out an action and everything that follows from it.
    pub fn act(&mut self, action: Action) {
        dispatch(&mut self.app, &mut self.ports, action);
        // A job may ask for another one: opening, reading, suggesting, counting.
        for _ in 0..8 {
            poll(&mut self.app, &mut self.ports);
        }
    }

    /// Changes the project as somebody else would: past history and keeper.
    pub fn commit(&mut self, edits: Vec<Edit>) {
        for edit in &edits {
            self.app.mark_dirty(PartKey::of(edit));
        }
        for edit in edits {
            apply(&mut self.app.project, edit).unwrap();
        }
        // What is derived of the open report is made again when it is opened again.
        let open = self.app.view.report.take().unwrap();
        self.act(Action::ShowReport(open));
    }

    /// Carries out a command.
    pub fn run(&mut self, command: Command) {
        self.act(Action::Run(command));
    }

    /// Lets time pass.
    pub fn wait(&mut self, seconds: f64) {
        self.now += seconds;
        self.act(Action::Tick(self.now));
        // The keeper does one thing at a time: first the journal, then the files.
        self.act(Action::Tick(self.now));
    }

    /// The place of words in the open report, counted from 0 where they stand more than once.
    pub fn span(&self, words: &str, place: usize) -> Span {
        span(&self.app.document().unwrap().text, words, place)
    }

    /// Makes the number with these words current.
    pub fn choose(&mut self, words: &str) {
        let span = self.span(words, 0);
        self.act(Action::SetCurrent(span));
    }

    /// The words that are current.
    pub fn current(&self) -> &str {
        self.app
            .view
            .current
            .map_or("", |span| self.app.document().unwrap().words(span))
    }

    /// The decision on the first of these words.
    pub fn decision(&self, words: &str) -> Option<&Decision> {
        Some(self.app.layer()?.get(self.span(words, 0))?.as_ref())
    }

    /// The observation that the first of these words are tagged with.
    pub fn observation(&self, words: &str) -> &Observation {
        self.decision(words).unwrap().ruling.observation().unwrap()
    }

    /// The open report's decisions.
    pub fn layer(&self) -> Layer {
        self.app.layer().cloned().unwrap_or_default()
    }

    /// The messages that have not been taken away, without their contents.
    pub fn messages(&self) -> Vec<&Message> {
        self.app.notices.iter().map(|notice| &notice.message).collect()
    }

    /// Whether there is a message that passes.
    pub fn has_message(&self, wanted: impl Fn(&Message) -> bool) -> bool {
        self.messages().into_iter().any(wanted)
    }

    /// Takes all messages away.
    pub fn forget_notices(&mut self) {
        self.app.notices.clear();
    }

    /// The file of the open report's decisions in the project.
    pub fn layer_file(&self) -> PathBuf {
        let id = self.app.view.report.clone().unwrap();
        layer_file(&self.path("project"), &id)
    }

    /// What stands in a file below the desk's folder.
    pub fn read(&self, path: impl AsRef<Path>) -> String {
        std::fs::read_to_string(self.root.path().join(path)).unwrap()
    }
}

/// The file of a report's decisions in a project.
pub fn layer_file(project: &Path, report: &ReportId) -> PathBuf {
    project
        .join("layers")
        .join(ANNOTATOR)
        .join(format!("{report}.ron"))
}

/// The place of words in a text, counted from 0 where they stand more than once.
pub fn span(text: &str, words: &str, place: usize) -> Span {
    let found = text.match_indices(words).nth(place);
    let (start, _) =
        found.unwrap_or_else(|| panic!("`{words}` does not stand {} times in the text", place + 1));
    Span::new(start, start + words.len())
}
