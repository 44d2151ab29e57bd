//! What other programs write: annotations, predictions, and records on the command line's standard input.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;

use indicator_annotator::exchange::annotations::{self, File};
use indicator_annotator::exchange::export::{Format, Selection, write, write_folder};
use indicator_annotator::exchange::predictions::Reader;
use indicator_annotator::exchange::ruler::Unit;
use indicator_annotator::model::{Annotator, Project, ReportId};
use indicator_annotator::store::Store;

use super::mangle::{SYNTAX, bytes, sometimes_long};
use super::{Pace, fuzz, name_and_bytes, named};
use crate::dice::Dice;

/// A project that was annotated, with its texts.
fn reviewed() -> (Project, BTreeMap<ReportId, Arc<str>>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/v1/reviewed");
    let (_store, opened) = Store::open(&folder).unwrap();
    (opened.project, opened.texts)
}

/// What the project's layer is in each format: what is to be mangled.
fn exported(project: &Project, texts: &BTreeMap<ReportId, Arc<str>>) -> Vec<(Format, Vec<u8>)> {
    let annotator = Annotator::from("林");
    let selection = Selection::decided(project, texts, &annotator);
    let mut files = Vec::new();
    for format in Format::ALL.iter().copied().filter(|format| format.comes_in()) {
        if format.is_folder() {
            write_folder(&selection, format, &mut |_, bytes| {
                files.push((format, bytes.to_vec()));
                Ok(())
            })
            .unwrap();
        } else {
            let mut out = Vec::new();
            write(&selection, format, &mut out).unwrap();
            files.push((format, out));
        }
    }
    files
}

#[test]
fn annotations() {
    let (project, texts) = reviewed();
    let good = exported(&project, &texts);
    let make = move |dice: &mut Dice| {
        let (format, file) = &good[dice.roll(good.len())];
        let (_, other) = &good[dice.roll(good.len())];
        let good: &[&[u8]] = if dice.roll(10) == 0 {
            &[file, other]
        } else {
            &[file]
        };
        let mangled = bytes(dice, good, SYNTAX);
        named(format.code(), &sometimes_long(mangled, dice))
    };
    let units = [None, Some(Unit::CodePoints), Some(Unit::Utf16)];
    fuzz("annotations", Pace::STEADY, make, move |input| {
        let (code, bytes) = name_and_bytes(input);
        let _ = annotations::guess("000_泉州.ann", bytes);
        let Some(format) = Format::from_code(code) else {
            return;
        };
        let file = File {
            name: "000_泉州",
            bytes,
            text: texts
                .values()
                .next()
                .filter(|_| bytes.len() % 2 == 0)
                .map(ToString::to_string),
        };
        let read = annotations::read((&project, &texts), format, file, units[bytes.len() % units.len()]);
        for (report, layer) in &read.decisions {
            let text = &texts[report];
            let mut end = 0;
            for decision in layer.iter() {
                assert!(
                    decision.span.start >= end && decision.span.of(text).is_some(),
                    "{decision:?}"
                );
                end = decision.span.end;
            }
        }
        assert!(
            read.refused
                .iter()
                .all(|refused| !refused.why.to_string().is_empty())
        );
    });
}

#[test]
fn predictions() {
    let (project, texts) = reviewed();
    let mut good: Vec<Vec<u8>> = exported(&project, &texts)
        .into_iter()
        .map(|(_, file)| file)
        .collect();
    good.push(
        "{\"id\":\"000_泉州\",\"mentions\":[{\"start\":24,\"end\":32,\"text\":\"239.06亿元\",\"role\":\"indicator\",\"value\":\
         \"23906000000\",\"score\":0.93,\"agent\":\"m\"},{\"start\":46,\"end\":48,\"role\":\"name\"}]}\n{\"document\":\"b\",\"start\":8,\
         \"end\":12,\"score\":1}\n"
            .as_bytes()
            .to_vec(),
    );
    let make = move |dice: &mut Dice| {
        let file = &good[dice.roll(good.len())];
        let mangled = bytes(dice, &[file], SYNTAX);
        sometimes_long(mangled, dice)
    };
    fuzz("predictions", Pace::STEADY, make, move |input| {
        let nothing = |_: &ReportId, _| None;
        let mut reader = Reader::new(&project, &texts, "m", &nothing);
        reader.file(input);
        for (number, line) in input.split(|&byte| byte == b'\n').enumerate().take(100) {
            reader.line(number + 1, line);
        }
        let read = reader.finish();
        for (report, suggestions) in &read.suggestions {
            let text = &texts[report];
            assert!(
                suggestions
                    .iter()
                    .all(|it| it.span.of(text).is_some() && it.score.0 <= 1000)
            );
        }
        assert!(
            read.refused
                .iter()
                .all(|refused| !refused.why.to_string().is_empty())
        );
    });
}

/// The program, answering records.
struct Program {
    child: Child,
    records: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Program {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_indicator-annotator"))
            .args(["extract", "--lines", "--jobs", "1"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (records, answers) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        Self {
            child,
            records,
            answers: BufReader::new(answers),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

#[test]
fn lines() {
    let good: Vec<String> = super::texts::SENTENCES
        .iter()
        .map(|sentence| serde_json::json!({ "id": 7, "text": sentence }).to_string())
        .collect();
    let make = move |dice: &mut Dice| {
        let record = good[dice.roll(good.len())].as_bytes();
        let mangled = if dice.roll(2) == 0 {
            // Well-formed, so that the text itself comes to be read.
            let text = super::mangle::text(dice, super::texts::SENTENCES, super::texts::SIGNS);
            serde_json::json!({ "id": text.len(), "text": text })
                .to_string()
                .into_bytes()
        } else {
            bytes(dice, &[record], SYNTAX)
        };
        let mut record = sometimes_long(mangled, dice);
        record.retain(|&byte| byte != b'\n');
        record
    };
    let mut program = Program::start();
    fuzz("lines", Pace::STEADY, make, move |input| {
        if input.iter().all(u8::is_ascii_whitespace) || input.contains(&b'\n') {
            return;
        }
        program.records.write_all(input).unwrap();
        program.records.write_all(b"\n").unwrap();
        program.records.flush().unwrap();
        let mut answer = String::new();
        program.answers.read_line(&mut answer).unwrap();
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        assert!(
            answer["mentions"].is_array() != answer["error"].is_string(),
            "{answer}"
        );
    });
}
