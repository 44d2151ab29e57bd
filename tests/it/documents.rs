//! Documents of other programs as files: in folders, in archives, and too large ones.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use indicator_annotator::app::incoming::{Choice, ReportProblem, read_all};
use indicator_annotator::app::jobs::Watch;
use indicator_annotator::text::read::{Format, ReadError};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/documents");
    fs::read(folder.join(name)).unwrap()
}

#[test]
fn a_folder_gives_documents_and_the_members_of_archives() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    fs::write(place("甲.docx"), fixture("report.docx")).unwrap();
    fs::write(place("乙.csv"), "指标,值\n高企,1609家\n").unwrap();
    fs::write(place("~$甲.docx"), "x").unwrap();
    let mut archive = ZipWriter::new(File::create(place("丙.zip")).unwrap());
    let members = [
        ("市/甲.docx", fixture("report.docx")),
        ("表.xlsx", fixture("tables.xlsx")),
        ("注.txt", b"\xE5\xA2\x9E\xE9\x95\xBF5%".to_vec()),
        ("程序.exe", b"MZ\0\0".to_vec()),
        ("../外.txt", b"1".to_vec()),
    ];
    for (path, bytes) in members {
        archive.start_file(path, SimpleFileOptions::default()).unwrap();
        archive.write_all(&bytes).unwrap();
    }
    archive.finish().unwrap();
    let (incoming, unreadable) = read_all(
        &[folder.path().to_path_buf()],
        &Choice::default(),
        &BTreeSet::new(),
        &Watch::default(),
    );
    let mut found: Vec<(String, String, Format)> = incoming
        .iter()
        .map(|incoming| {
            let format = incoming.original.reading.format;
            (
                incoming.report.id.to_string(),
                incoming.report.original.clone(),
                format,
            )
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let expected = [
        ("乙", "乙.csv", Format::Csv),
        ("注", "注.txt", Format::Plain),
        ("甲", "甲.docx", Format::Word),
        ("甲-2", "甲.docx", Format::Word),
        ("表", "表.xlsx", Format::Excel),
    ];
    let expected = expected.map(|(id, original, format)| (id.to_owned(), original.to_owned(), format));
    assert_eq!(found, expected);
    assert!(
        incoming
            .iter()
            .all(|incoming| !incoming.original.bytes.is_empty())
    );
    let [(path, ReportProblem::Read(ReadError::Outside { .. }))] = unreadable.as_slice() else {
        panic!("{unreadable:?}");
    };
    assert!(path.starts_with(place("丙.zip")), "{}", path.display());
}

#[test]
fn a_file_of_two_gigabytes_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("大.docx");
    File::create(&path).unwrap().set_len(2 << 30).unwrap();
    let (incoming, unreadable) = read_all(&[path], &Choice::default(), &BTreeSet::new(), &Watch::default());
    assert!(incoming.is_empty());
    assert!(matches!(
        unreadable.as_slice(),
        [(_, ReportProblem::Read(ReadError::TooLarge { .. }))]
    ));
}
