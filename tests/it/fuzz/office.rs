//! Word, Excel and ZIP: the parts of a good package mangled one by one, and put together again.

use std::io::{Cursor, Read as _, Write as _};

use indicator_annotator::exchange::documents::{for_each_member, is_archive};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::mangle::{bytes, sometimes_long, text};
use super::pages::{check_reading, check_refusal};
use super::{Pace, fuzz, name_and_bytes, named};
use crate::dice::Dice;

const WORD: &[u8] = include_bytes!("../../fixtures/documents/report.docx");
const EXCEL: &[u8] = include_bytes!("../../fixtures/documents/tables.xlsx");

/// What breaks careless readers of XML.
const XML: &[&str] = &[
    "<",
    ">",
    "/>",
    "</",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?xml version=\"1.0\" encoding=\"utf-16\"?>",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "&b;",
    "&#x0;",
    "&#55296;",
    "\"",
    "=",
    " xmlns:w=\"x\"",
    "<w:p>",
    "</w:p>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tc>",
    "<w:r><w:t>5%</w:t></w:r>",
    "<w:gridSpan w:val=\"99999999\"/>",
    "<w:vMerge/>",
    "<w:del>",
    "<w:numId w:val=\"-1\"/>",
    "<w:ilvl w:val=\"999\"/>",
    "<w:fldChar/>",
    "<w:txbxContent>",
    "<mc:Fallback>",
    "<c r=\"A1\" t=\"s\"><v>99999999</v></c>",
    "<c r=\"XFD1048576\"><v>1</v></c>",
    "<c r=\"ZZZZZZ99999999999\">",
    "<row r=\"4294967295\">",
    "<mergeCell ref=\"A1:XFD1048576\"/>",
    "<v>1e308</v>",
    "<v>-1</v>",
    "<is><t>x</t></is>",
    " s=\"9999\"",
    "0.00%;[Red]-#,##0\"元\"",
    "yyyy\"年\"m\"月\"",
    "\u{0}",
    "\u{feff}",
    "2024年",
    "rId1",
    "../../",
    "/",
];

/// Paths that try to leave the folder that an archive is unpacked to.
const PATHS: &[&str] = &[
    "../外.txt",
    "/etc/passwd",
    "C:\\x.txt",
    "..\\..\\x.txt",
    "a/../../b.txt",
    "报告.txt",
    "内.zip",
    "a.docx",
    "",
    ".",
    "con.txt",
    "word/document.xml",
    "[Content_Types].xml",
    "_rels/.rels",
    "mimetype",
    "a\u{0}b.txt",
];

type Parts = Vec<(String, Vec<u8>)>;

fn parts_of(package: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(package)).unwrap();
    let count = archive.len();
    let part = |index| {
        let mut file = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(part).collect()
}

fn package_of(parts: &Parts, dice: &mut Dice) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let method = dice
            .one_of(&[CompressionMethod::Deflated, CompressionMethod::Stored])
            .unwrap();
        let options = SimpleFileOptions::default().compression_method(method);
        // A path that stands there twice is refused by the writer, which is no concern of ours.
        if writer.start_file(name.as_str(), options).is_ok() {
            writer.write_all(bytes).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

fn mangled(parts: &mut Parts, dice: &mut Dice) {
    for _ in 0..=dice.roll(2) {
        let at = dice.roll(parts.len());
        let (name, bytes) = parts[at].clone();
        match dice.roll(10) {
            0 => drop(parts.remove(at)),
            1 => dice.one_of(PATHS).unwrap().clone_into(&mut parts[at].0),
            2 => parts.push((dice.one_of(PATHS).unwrap().to_owned(), bytes)),
            _ => {
                let good = String::from_utf8_lossy(&bytes).into_owned();
                let mangled = text(dice, &[&good], XML).into_bytes();
                parts[at] = (name, sometimes_long(mangled, dice));
            }
        }
        if parts.is_empty() {
            parts.push(("a.txt".to_owned(), b"5%".to_vec()));
        }
    }
}

fn package(good: &Parts, dice: &mut Dice) -> Vec<u8> {
    let mut parts = good.clone();
    mangled(&mut parts, dice);
    let package = package_of(&parts, dice);
    if dice.roll(5) == 0 {
        bytes(
            dice,
            &[&package],
            &["PK\u{1}\u{2}", "PK\u{3}\u{4}", "PK\u{5}\u{6}"],
        )
    } else {
        package
    }
}

#[test]
fn office() {
    let (word, excel) = (parts_of(WORD), parts_of(EXCEL));
    let make = move |dice: &mut Dice| {
        let (name, good) = if dice.roll(2) == 0 {
            ("a.docx", &word)
        } else {
            ("a.xlsx", &excel)
        };
        named(name, &package(good, dice))
    };
    fuzz("office", Pace::STEADY, make, |input| {
        let (name, bytes) = name_and_bytes(input);
        check_reading(name, bytes);
    });
}

#[test]
fn archives() {
    let good: Parts = vec![
        ("市/甲.docx".to_owned(), WORD.to_vec()),
        ("注.txt".to_owned(), "增长5%".as_bytes().to_vec()),
        ("__MACOSX/._注.txt".to_owned(), b"x".to_vec()),
        ("表.csv".to_owned(), "指标,值\n高企,1609家\n".as_bytes().to_vec()),
    ];
    let make = move |dice: &mut Dice| {
        let mut whole = package(&good, dice);
        for _ in 0..dice.roll(6) {
            let inner = vec![("内.zip".to_owned(), whole), ("a.txt".to_owned(), b"1".to_vec())];
            whole = package(&inner, dice);
        }
        whole
    };
    fuzz("archives", Pace::STEADY, make, |input| {
        if !is_archive(input) {
            return;
        }
        let mut seen = 0;
        let read = for_each_member(input, "a.zip", &mut |member| {
            seen += 1;
            match member.content {
                Ok(bytes) => {
                    let leaves = member.path.split(['/', '\\']).any(|step| step == "..");
                    assert!(
                        !leaves && !member.path.starts_with(['/', '\\']),
                        "{}",
                        member.path
                    );
                    if seen < 20 {
                        check_reading(&member.path, &bytes);
                    }
                }
                Err(error) => check_refusal(&error),
            }
        });
        if let Err(error) = read {
            check_refusal(&error);
        }
    });
}
