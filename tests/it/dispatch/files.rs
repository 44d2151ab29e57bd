//! Opening: folders, files, encodings, what cannot be read.

use std::sync::Arc;

use encoding_rs::{BIG5, GB18030};
use indicator_annotator::app::action::{Action, Front};
use indicator_annotator::app::command::Command;
use indicator_annotator::app::notice::Message;
use tempfile::TempDir;

use crate::desk::{Desk, REPORT};

fn empty_desk() -> Desk {
    Desk::at(Arc::new(TempDir::new().unwrap()))
}

#[test]
fn a_folder_opens_as_a_new_project() {
    let desk = Desk::with_reports();
    let titles: Vec<&str> = desk
        .app
        .project
        .reports
        .iter()
        .map(|report| report.title.as_str())
        .collect();
    assert_eq!(titles, ["清河市2024年科技工作总结", "松桥区2024年科技工作总结"]);
    assert_eq!(desk.app.project.title, "reports");
    assert_eq!(desk.app.document().unwrap().text.trim_end(), REPORT.trim_end());
    assert_eq!(desk.app.ledgers.len(), 2, "both are counted");
    assert!(desk.app.place.is_none() && !desk.app.has_unplaced_work());
    assert!(desk.messages().is_empty(), "{:?}", desk.messages());
}

#[test]
fn only_reports_of_a_folder_are_taken() {
    let mut desk = empty_desk();
    let folder = desk.path("mixed");
    std::fs::create_dir_all(folder.join("deeper")).unwrap();
    for (name, words) in [
        ("一.txt", "2024年3家企业"),
        ("二.MD", "# 二\n\n4家企业"),
        ("三.htm", "<p>5家企业</p>"),
        ("README.md", "no report"),
        (".hidden.txt", "no report"),
        ("table.ods", "no report"),
        ("deeper/四.txt", "6家企业"),
    ] {
        std::fs::write(folder.join(name), words).unwrap();
    }
    desk.act(Action::Open(vec![folder]));
    let mut names: Vec<&str> = desk
        .app
        .project
        .reports
        .iter()
        .map(|report| report.original.as_str())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["一.txt", "三.htm", "二.MD"]);
}

#[test]
fn reports_of_the_same_name_have_ids_of_their_own() {
    let mut desk = empty_desk();
    let paths: Vec<_> = ["a", "b"]
        .iter()
        .map(|folder| {
            std::fs::create_dir(desk.path(folder)).unwrap();
            let path = desk.path(folder).join("报告.txt");
            std::fs::write(&path, format!("{folder}市\n\n2024年,企业3家。\n")).unwrap();
            path
        })
        .collect();
    desk.act(Action::Open(paths));
    let ids: Vec<String> = desk
        .app
        .project
        .reports
        .iter()
        .map(|report| report.id.to_string())
        .collect();
    assert_eq!(ids, ["报告", "报告-2"]);
}

#[test]
fn every_encoding_reads_as_the_same_text() {
    let utf16 = |big: bool| {
        let mark: &[u8] = if big { &[0xfe, 0xff] } else { &[0xff, 0xfe] };
        let units = REPORT.encode_utf16().flat_map(|unit| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        });
        mark.iter().copied().chain(units).collect::<Vec<u8>>()
    };
    let traditional = "臺北市政府年度報告\n\n本年度核定補助經費共計三億元,較上年增加百分之十,辦理活動共12場,參加人數達310人。\n";
    for (name, bytes, text) in [
        ("utf8.txt", REPORT.as_bytes().to_vec(), REPORT),
        ("bom.txt", [b"\xef\xbb\xbf", REPORT.as_bytes()].concat(), REPORT),
        ("utf16le.txt", utf16(false), REPORT),
        ("utf16be.txt", utf16(true), REPORT),
        ("gbk.txt", GB18030.encode(REPORT).0.into_owned(), REPORT),
        ("big5.txt", BIG5.encode(traditional).0.into_owned(), traditional),
    ] {
        let mut desk = empty_desk();
        std::fs::write(desk.path(name), bytes).unwrap();
        desk.act(Action::Open(vec![desk.path(name)]));
        let shown = desk
            .app
            .document()
            .unwrap_or_else(|| panic!("{name} opens"))
            .text
            .clone();
        assert_eq!(shown.trim_end(), text.trim_end(), "{name}");
    }
}

#[test]
fn a_report_is_read_again_in_another_encoding_and_back() {
    let mut desk = empty_desk();
    std::fs::write(desk.path("a.txt"), GB18030.encode(REPORT).0).unwrap();
    desk.act(Action::Open(vec![desk.path("a.txt")]));
    let right = desk.app.document().unwrap().text.clone();
    assert!(
        desk.app
            .report()
            .unwrap()
            .encoding
            .to_lowercase()
            .starts_with("gb")
    );
    desk.act(Action::ReadAs("Big5".to_owned()));
    assert_eq!(desk.app.report().unwrap().encoding, "Big5");
    assert_ne!(desk.app.document().unwrap().text, right);
    desk.run(Command::Undo);
    assert_eq!(desk.app.document().unwrap().text, right);
    desk.act(Action::ReadAs("gb18030".to_owned()));
    assert_eq!(desk.app.document().unwrap().text, right);
}

#[test]
fn what_is_no_report_is_named() {
    let mut desk = empty_desk();
    desk.act(Action::Open(vec![desk.path("gone.txt")]));
    assert!(desk.has_message(
        |message| matches!(message, Message::Unreadable(path, _) if path.ends_with("gone.txt"))
    ));
    std::fs::create_dir(desk.path("empty")).unwrap();
    desk.act(Action::Open(vec![desk.path("empty")]));
    assert!(
        desk.has_message(|message| matches!(message, Message::NoReports(path) if path.ends_with("empty")))
    );
    desk.forget_notices();
    let binary: Vec<u8> = (0..=255).cycle().take(4096).collect();
    std::fs::write(desk.path("image.txt"), binary).unwrap();
    desk.act(Action::Open(vec![desk.path("image.txt")]));
    assert!(desk.has_message(
        |message| matches!(message, Message::Unreadable(path, _) if path.ends_with("image.txt"))
    ));
    assert!(desk.app.project.reports.is_empty());
}

#[test]
fn several_unreadable_files_are_all_named() {
    let mut desk = empty_desk();
    desk.act(Action::Open(vec![desk.path("gone.txt"), desk.path("lost.txt")]));
    assert_eq!(desk.app.view.front, Some(Front::Taken));
    let taken = desk.app.view.taken.as_ref().unwrap();
    let names: Vec<_> = taken
        .refused
        .iter()
        .map(|(path, _)| path.file_name().unwrap())
        .collect();
    assert_eq!(
        (taken.reports, names),
        (0, vec!["gone.txt".as_ref(), "lost.txt".as_ref()])
    );
}

#[test]
fn what_is_open_stays_when_the_next_cannot_be_opened() {
    let mut desk = Desk::with_reports();
    desk.choose("19.4%");
    desk.run(Command::Accept);
    let before = desk.app.project.clone();
    desk.act(Action::Open(vec![desk.path("gone.txt")]));
    assert_eq!(desk.app.project, before);
    assert!(desk.app.waiting.is_none());
    desk.choose("第1");
    desk.run(Command::Accept);
    assert_eq!(desk.layer().len(), 2, "and it can be worked on");
}

#[test]
fn an_empty_file_is_a_report_without_numbers() {
    let mut desk = empty_desk();
    std::fs::write(desk.path("empty.txt"), "").unwrap();
    desk.act(Action::Open(vec![desk.path("empty.txt")]));
    for spec in indicator_annotator::app::command::COMMANDS {
        desk.run(spec.command);
        desk.act(Action::CloseFront);
    }
    assert!(desk.app.project.layers.is_empty());
}
