//! Makes projects of any number of reports, with about a hundred decisions on each.
//!
//! The texts are sentences of the reports at hand in another order each time, with other figures; the decisions are
//! what the extractor proposes for some of the numbers. All of it is written by the program's own store.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use indicator_annotator::app::builtin;
use indicator_annotator::app::document::Document;
use indicator_annotator::extract::Linker;
use indicator_annotator::model::{
    Annotator, Catalogue, Change, Decision, Language, Layer, Report, ReportId, Suggestion,
};
use indicator_annotator::store::{Entry, FileSystem, Metadata, NewFile, Part, RealFiles, Store};
use indicator_annotator::text::offsets::fingerprint;

use crate::common::Outcome;

/// Whose decisions most of them are.
pub const PERSON: &str = "first";
/// Who has decided on some reports too.
const SECOND: &str = "second";
/// The length of a report in bytes, about that of a province's yearly report.
const LENGTH: usize = 50_000;
/// Decisions on one report.
const DECISIONS: usize = 100;
/// One report in so many has been decided on by somebody else too.
const SHARED: u64 = 20;
/// One report in so many has suggestions of another program.
const SUGGESTED: u64 = 4;
/// Reports that are written at a time.
const BATCH: u64 = 50;

/// What the names of places are made of: 1,200 places, each with a report for each of eight years and more.
const FIRST: &str = "青南清松云东白临安望金西永长新嘉广平海宁泰石花龙凤明玉兴昌和";
const SECOND_HALF: &str = "溪屿河桥岭港山川陵江塘州城阳安原湖林泉峰";
const KIND: [&str; 2] = ["市", "县"];
/// The years that there are reports on.
const YEARS: u64 = 8;

/// Makes a project of so many reports in a folder that is not there yet.
pub fn project(folder: &Path, reports: u64, lines: &[&str]) -> Outcome<()> {
    let mut store = Store::create_on(Arc::new(Unsynced), folder)?;
    let catalogue = builtin::starting_catalogue();
    let mut list = Vec::new();
    std::thread::scope(|scope| -> Outcome<()> {
        let (sender, made) = sync_channel::<Vec<Made>>(4);
        for worker in 0..2 {
            let (sender, catalogue) = (sender.clone(), &catalogue);
            scope.spawn(move || {
                let linker = Linker::new(catalogue);
                let batches = (0..reports.div_ceil(BATCH)).skip(worker).step_by(2);
                for batch in batches {
                    let numbers = batch * BATCH..reports.min((batch + 1) * BATCH);
                    let made = numbers.map(|number| Made::new(number, lines, catalogue, &linker));
                    if sender.send(made.collect()).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        for batch in made {
            let mut parts = Vec::new();
            for made in batch {
                parts.extend(made.parts);
                list.push(made.report);
            }
            store.write(&parts)?;
        }
        Ok(())
    })?;
    list.sort_by(|one: &Report, other| one.id.cmp(&other.id));
    store.write(&[
        Part::Catalogue(catalogue),
        Part::Head {
            title: format!("{reports} reports"),
            language: Language::Chinese,
            extractor: None,
            reports: list.into(),
        },
    ])?;
    Ok(())
}

/// One report and the files about it.
struct Made {
    report: Report,
    parts: Vec<Part>,
}

impl Made {
    fn new(number: u64, lines: &[&str], catalogue: &Catalogue, linker: &Linker<'_>) -> Self {
        let mut dice = Dice::new(number);
        let place = place(number / YEARS);
        let year = 2016 + number % YEARS;
        let title = format!("{place}{year}年政府工作报告");
        let text: Arc<str> = text(&title, lines, &mut dice).into();
        let id = ReportId::from(format!("{number:05}_{title}").as_str());
        let report = Report {
            id: id.clone(),
            title,
            issuer: format!("{place}人民政府"),
            date: format!("{}-01-20", year + 1),
            area: place,
            period: year.to_string(),
            original: format!("{id}.txt"),
            encoding: "UTF-8".to_owned(),
            fingerprint: fingerprint(&text),
        };
        let document = Document::without_letters(id.clone(), Arc::clone(&text), &[]);
        let suggestions = document.suggest_with(&report, catalogue, linker);
        let mut parts = vec![Part::Text {
            report: id.clone(),
            text: Arc::clone(&text),
        }];
        let mut decide = |annotator: &str, skip: usize| {
            let every = (suggestions.len() / DECISIONS).max(1);
            let chosen = suggestions.iter().skip(skip).step_by(every).take(DECISIONS);
            parts.extend(decided(annotator, &id, &text, chosen));
        };
        decide(PERSON, 0);
        if number.is_multiple_of(SHARED) {
            decide(SECOND, 1);
        }
        if number.is_multiple_of(SUGGESTED) {
            let of_another = suggestions.iter().skip(1).step_by(4).cloned();
            let of_another = of_another.map(|suggestion| Suggestion {
                agent: "model-2".to_owned(),
                ..suggestion
            });
            parts.push(Part::Suggestions {
                report: id,
                suggestions: of_another.collect(),
                text,
            });
        }
        Self { report, parts }
    }
}

/// The name of the place with this number.
fn place(number: u64) -> String {
    let letter = |letters: &str, at: u64| letters.chars().cycle().nth(at as usize % 1_000);
    let half = SECOND_HALF.chars().count() as u64;
    let first = letter(FIRST, number / half);
    let second = letter(SECOND_HALF, number % half);
    let kind = KIND[(number / 600 % 2) as usize];
    first.into_iter().chain(second).collect::<String>() + kind
}

/// A layer of these suggestions accepted, and how it came about.
fn decided<'a>(
    annotator: &str,
    report: &ReportId,
    text: &Arc<str>,
    chosen: impl Iterator<Item = &'a Suggestion>,
) -> [Part; 2] {
    let annotator = Annotator::from(annotator);
    let mut layer = Layer::default();
    let mut changes = Vec::new();
    for (place, suggestion) in (0..).zip(chosen) {
        let decision = Arc::new(Decision::accepted(suggestion));
        layer.insert(Arc::clone(&decision));
        changes.push(Change {
            at: 1_700_000_000_000 + 4_000 * place,
            took: Some(3_200),
            by: annotator.clone(),
            gesture: "accept".to_owned(),
            span: decision.span,
            before: None,
            after: Some(decision),
        });
    }
    [
        Part::Timeline {
            annotator: annotator.clone(),
            report: report.clone(),
            changes,
            text: Arc::clone(text),
        },
        Part::Layer {
            annotator,
            report: report.clone(),
            layer,
            text: Arc::clone(text),
        },
    ]
}

/// A report's text: its title, then lines of other reports with other figures.
fn text(title: &str, lines: &[&str], dice: &mut Dice) -> String {
    let mut text = format!("{title}\n");
    while text.len() < LENGTH {
        let line = lines[dice.below(lines.len())];
        refigured(line, dice, &mut text);
        text.push('\n');
    }
    text
}

/// A line with other digits; years stay, so that it can still be read.
fn refigured(line: &str, dice: &mut Dice, into: &mut String) {
    let mut rest = line;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (before, behind) = rest.split_at(start);
        let end = behind.find(|letter: char| !letter.is_ascii_digit());
        let (figures, behind) = behind.split_at(end.unwrap_or(behind.len()));
        into.push_str(before);
        let is_year = figures.len() == 4 && figures.starts_with("20");
        for (place, figure) in figures.chars().enumerate() {
            let other = dice.below(if place == 0 { 9 } else { 10 }) + usize::from(place == 0);
            let other = char::from_digit(other as u32, 10).unwrap_or(figure);
            into.push(if is_year || figure == '0' { figure } else { other });
        }
        rest = behind;
    }
    into.push_str(rest);
}

/// The same throws for the same number, on every machine.
struct Dice(u64);

impl Dice {
    fn new(number: u64) -> Self {
        Self((number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// A number below this one.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }
}

/// The files of this machine without waiting for the disk: a bench's project may be lost.
struct Unsynced;

struct UnsyncedFile(Box<dyn NewFile>);

impl NewFile for UnsyncedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn empty(&mut self) -> io::Result<()> {
        self.0.empty()
    }
}

impl FileSystem for Unsynced {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        RealFiles.read(path)
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        RealFiles.metadata(path)
    }

    fn is_link(&self, path: &Path) -> bool {
        RealFiles.is_link(path)
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        RealFiles.canonicalize(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        RealFiles.list(folder)
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let file = RealFiles.create_new(path)?;
        Ok(Box::new(UnsyncedFile(file)))
    }

    fn open_to_append(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let file = RealFiles.open_to_append(path)?;
        Ok(Box::new(UnsyncedFile(file)))
    }

    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealFiles.copy_mode(from, to)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealFiles.rename(from, to)
    }

    fn sync_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        RealFiles.remove(path)
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        RealFiles.create_folder(folder)
    }
}
