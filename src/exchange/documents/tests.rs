use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Member, for_each_member, is_archive, read};
use crate::text::read::{Format, ReadError, Reading};

const DOCX: &[u8] = include_bytes!("../../../tests/fixtures/documents/report.docx");
const PDF: &[u8] = include_bytes!("../../../tests/fixtures/documents/report.pdf");
const XLSX: &[u8] = include_bytes!("../../../tests/fixtures/documents/tables.xlsx");

fn reading(bytes: &[u8], name: &str) -> Reading {
    read(bytes, name)
        .unwrap()
        .unwrap_or_else(|error| panic!("{error}"))
}

fn refusal(bytes: &[u8], name: &str) -> ReadError {
    read(bytes, name).unwrap().unwrap_err()
}

/// An archive of these members.
fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (path, bytes) in members {
        writer.start_file(*path, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// An Office document with this main part and others.
fn office(main: &str, body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let relations = format!(
        r#"<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="{main}"/></Relationships>"#
    );
    let mut members = vec![
        ("[Content_Types].xml", b"<Types/>".as_slice()),
        ("_rels/.rels", relations.as_bytes()),
        (main, body.as_bytes()),
    ];
    members.extend(others.iter().map(|(path, text)| (*path, text.as_bytes())));
    zip(&members)
}

fn word(body: &str) -> Vec<u8> {
    office(
        "word/document.xml",
        &format!("<document><body>{body}</body></document>"),
        &[],
    )
}

fn sheet(rows: &str) -> Vec<u8> {
    office(
        "xl/workbook.xml",
        r#"<workbook><sheets><sheet name="表" id="r1"/></sheets></workbook>"#,
        &[
            (
                "xl/_rels/workbook.xml.rels",
                r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="sheet.xml"/></Relationships>"#,
            ),
            ("xl/sheet.xml", rows),
        ],
    )
}

fn members(bytes: &[u8]) -> Vec<(String, Result<usize, ReadError>)> {
    let mut found = Vec::new();
    for_each_member(bytes, "a.zip", &mut |Member { path, content }| {
        found.push((path, content.map(|bytes| bytes.len())));
    })
    .unwrap();
    found
}

#[test]
fn documents_of_libreoffice_read_paragraph_by_paragraph() {
    let cases = [
        (
            DOCX,
            Format::Word,
            include_str!("../../../tests/fixtures/documents/report.docx.txt"),
        ),
        (
            XLSX,
            Format::Excel,
            include_str!("../../../tests/fixtures/documents/tables.xlsx.txt"),
        ),
    ];
    for (bytes, format, expected) in cases {
        let reading = reading(bytes, "a");
        assert_eq!(reading.format, format);
        assert!(reading.source().is_none());
        let found: Vec<&str> = reading.text.lines().collect();
        for (index, line) in expected.lines().enumerate() {
            assert_eq!(
                found.get(index).copied(),
                Some(line),
                "line {index} of {format:?}"
            );
        }
        assert_eq!(found.len(), expected.lines().count(), "{format:?}");
    }
    assert_eq!(reading(DOCX, "a").metadata.title, "临江市2023年科技工作总结");
    let sheets = reading(XLSX, "a");
    let second = sheets.text.find("月份").unwrap();
    assert_eq!((sheets.page_at(0), sheets.page_at(second)), (Some(1), Some(2)));
}

#[test]
fn word_leaves_out_what_is_not_shown() {
    let cases = [
        ("<p><r><t>增长</t></r><r><tab/><t>5%</t></r></p>", "增长 5%"),
        (
            "<p><r><t>甲&amp;乙&#20159;</t><br/><t>丙</t></r></p>",
            "甲&乙亿\n丙",
        ),
        (
            "<p><del><r><delText>旧</delText></r></del><ins><r><t>新</t></r></ins></p>",
            "新",
        ),
        (
            "<p><pPr><rPr><del/></rPr></pPr><r><t>甲</t></r></p><p><r><t>乙</t></r></p>",
            "甲乙",
        ),
        (
            "<p><moveFrom><r><t>旧</t></r></moveFrom><r><t>甲</t></r></p>",
            "甲",
        ),
        (
            "<p><r><rPr><vanish/></rPr><t>藏</t></r><r><t>甲</t></r></p>",
            "甲",
        ),
        ("<p><r><instrText>PAGE</instrText></r><r><t>3</t></r></p>", "3"),
        (
            "<p><r><AlternateContent><Choice><txbxContent><p><r><t>框</t></r></p></txbxContent></Choice>\
             <Fallback><p><r><t>框</t></r></p></Fallback></AlternateContent></r><r><t>甲</t></r></p>",
            "框\n甲",
        ),
        (
            "<tbl><tr><tc><p/></tc><tc><p><r><t>甲</t></r></p></tc></tr><tr><trPr><del/></trPr><tc><p><r><t>旧</t></r>\
             </p></tc></tr><tr><tc><p><r><t>乙</t></r></p><p><r><t>丙</t></r></p></tc><tc><p><r><t>5%</t></r></p></tc></tr></tbl>",
            "甲\n\n乙 丙 | 5%",
        ),
        (
            "<tbl><tr><tc><tcPr><vMerge val=\"restart\"/></tcPr><p><r><t>指标</t></r></p></tc><tc><tcPr><gridSpan val=\"2\"/>\
             </tcPr><p><r><t>2023年</t></r></p></tc></tr><tr><tc><tcPr><vMerge/></tcPr><p/></tc><tc><p><r><t>总量</t></r></p>\
             </tc><tc><p><r><t>增速</t></r></p></tc></tr></tbl>",
            "指标 | 2023年 | 2023年\n指标 | 总量 | 增速",
        ),
        (
            "<tbl><tr><tc><tbl><tr><tc><p><r><t>甲</t></r></p></tc><tc><p><r><t>5%</t></r></p></tc></tr></tbl></tc></tr></tbl>",
            "甲 | 5%",
        ),
        (
            "<p><r><txbxContent><tbl><tr><tc><p><r><t>指标</t></r></p></tc><tc><p><r><t>增速</t></r></p></tc></tr>\
             <tr><tc><p><r><t>产值</t></r></p></tc><tc><p><r><t>5%</t></r></p></tc></tr></tbl></txbxContent></r></p>",
            "指标 | 增速\n产值 | 5%",
        ),
        ("", ""),
    ];
    for (body, shown) in cases {
        assert_eq!(reading(&word(body), "a.docx").text, shown, "{body}");
    }
}

#[test]
fn sheets_show_what_excel_prints() {
    let cells = r#"<worksheet><sheetData>
        <row r="2"><c r="B2" t="inlineStr"><is><t>指标</t></is></c><c r="C2" t="inlineStr"><is><r><t>增</t></r><r><t>速</t></r></is></c></row>
        <row r="3"><c r="B3" t="str"><v>高企</v></c><c r="C3"><v>0.1000000000000001</v></c><c r="D3" t="e"><v>#DIV/0!</v></c></row>
        </sheetData></worksheet>"#;
    assert_eq!(reading(&sheet(cells), "a.xlsx").text, "指标 | 增速\n高企 | 0.1");
    let far = r#"<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row><row r="1048576"><c r="A1048576"><v>3</v></c>
        </row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>"#;
    assert_eq!(
        reading(&sheet(&format!("<worksheet>{far}</worksheet>")), "a.xlsx").text,
        "1 | 2\n\n3"
    );
}

#[test]
fn archives_hand_over_their_files_and_refuse_what_climbs_out() {
    let inner = zip(&[("乙.txt", b"12")]);
    let archive = zip(&[
        ("市/甲.txt", b"1"),
        ("市/内.zip", &inner),
        ("../外.txt", b"123"),
        ("C:\\外.txt", b"123"),
        ("__MACOSX/._甲.txt", b"1"),
        ("a.docx", DOCX),
    ]);
    assert!(is_archive(&archive) && !is_archive(DOCX) && !is_archive(b"text"));
    let found = members(&archive);
    let names: Vec<&str> = found.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        names,
        [
            "../外.txt",
            "C:\\外.txt",
            "a.docx",
            "市/内.zip/乙.txt",
            "市/甲.txt"
        ]
    );
    let refused = |index: usize| matches!(&found[index].1, Err(ReadError::Outside { .. }));
    assert!(refused(0) && refused(1));
    assert_eq!(found[3].1, Ok(2));
    assert!(matches!(refusal(&archive, "a.zip"), ReadError::Archive { .. }));
}

#[test]
fn bombs_are_refused() {
    let zeros = vec![b' '; 40 << 20];
    let bomb = zip(&[("a.txt", b"1"), ("b.txt", &zeros)]);
    let found = members(&bomb);
    assert_eq!(found[0].1, Ok(1));
    assert!(
        matches!(found[1].1, Err(ReadError::Bomb { .. })),
        "{:?}",
        found[1]
    );
    let wide = office("word/document.xml", std::str::from_utf8(&zeros).unwrap(), &[]);
    assert!(matches!(refusal(&wide, "a.docx"), ReadError::Bomb { .. }));
    let deep = word(&"<p>".repeat(100_000));
    assert!(matches!(refusal(&deep, "a.docx"), ReadError::Bomb { .. }));
    let nested = (0..5).fold(zip(&[("a.txt", b"1")]), |inner, _| zip(&[("a.zip", &inner)]));
    let found = members(&nested);
    assert!(
        matches!(found.as_slice(), [(_, Err(ReadError::Bomb { .. }))]),
        "{found:?}"
    );
    let names: Vec<String> = (0..10_001).map(|number| format!("{number}.txt")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    let error = for_each_member(&zip(&many), "a.zip", &mut |_| {}).unwrap_err();
    assert!(matches!(error, ReadError::Bomb { .. }), "{error}");
}

#[test]
fn entities_and_damage_are_refused() {
    let laughs = r#"<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
        <document><body><p><r><t>&b;&f;</t></r></p></body></document>"#;
    let broken = [
        office("word/document.xml", laughs, &[]),
        office("word/document.xml", "<document><body><p>", &[]),
        office("word/document.xml", "<document></body>", &[]),
        office("word/other.xml", "", &[])[..200].to_vec(),
        DOCX[..DOCX.len() / 2].to_vec(),
        b"PK\x03\x04".to_vec(),
    ];
    for bytes in broken {
        let error = refusal(&bytes, "a.docx");
        assert!(matches!(error, ReadError::Broken { .. }), "{error}");
        assert!(error.to_string().contains("`a.docx`"), "{error}");
    }
    let open = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", b""),
    ]);
    assert!(matches!(refusal(&open, "a.odt"), ReadError::Binary { .. }));
    assert!(read(b"1,5", "a.csv").is_none());
}

#[test]
fn damaged_documents_never_panic() {
    for fixture in [DOCX, XLSX] {
        for seed in 0..400_usize {
            let mut bytes = fixture.to_vec();
            let at = seed * 7919 % bytes.len();
            bytes[at] ^= 1 << (seed % 8);
            bytes.truncate(bytes.len() - seed % 3 * 100);
            if let Some(Ok(reading)) = read(&bytes, "a") {
                assert!(reading.text.len() < 1 << 20);
            }
        }
    }
}

/// A PDF of one page with this content and these resources.
fn pdf(content: &[u8], filter: &str, resources: &str, others: &str) -> Vec<u8> {
    let mut bytes = format!(
        "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n\
         3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<{resources}>>>> endobj\n\
         {others}\n4 0 obj <<{filter}/Length {}>> stream\n",
        content.len()
    )
    .into_bytes();
    bytes.extend_from_slice(content);
    bytes.extend_from_slice(b"\nendstream endobj\ntrailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF");
    bytes
}

#[test]
fn a_pdf_of_libreoffice_reads_paragraph_by_paragraph() {
    let reading = reading(PDF, "a.pdf");
    let found: Vec<&str> = reading.text.lines().collect();
    let expected = include_str!("../../../tests/fixtures/documents/report.pdf.txt");
    for (index, line) in expected.lines().enumerate() {
        assert_eq!(found.get(index).copied(), Some(line), "line {index}");
    }
    assert_eq!(found.len(), expected.lines().count());
    let second = reading.text.find("为了说明").unwrap();
    assert_eq!((reading.page_at(0), reading.page_at(second)), (Some(1), Some(2)));
    assert_eq!(reading.metadata.title, "临江市2023年科技工作总结");
}

#[test]
fn fonts_of_the_machine_are_read_by_their_predefined_maps() {
    let font = "/Font<</F 5 0 R>>";
    let (gbk, _, _) = encoding_rs::GBK.encode("增长5.8%");
    let utf_16: Vec<u8> = "增长5.8%".encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (map, codes) in [("GBK-EUC-H", gbk.to_vec()), ("UniGB-UCS2-H", utf_16)] {
        let hex = codes
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<Vec<_>>()
            .concat();
        let content = format!("BT /F 12 Tf 72 700 Td <{hex}> Tj ET");
        let fonts = format!(
            "5 0 obj <</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/{map}/DescendantFonts[6 0 R]>> endobj\n\
             6 0 obj <</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)\
             /Supplement 2>>/FontDescriptor 7 0 R/DW 1000>> endobj\n\
             7 0 obj <</Type/FontDescriptor/FontName/SimSun/Flags 4>> endobj"
        );
        assert_eq!(
            reading(&pdf(content.as_bytes(), "", font, &fonts), "a.pdf").text,
            "增长5.8%",
            "{map}"
        );
    }
}

#[test]
fn a_pdf_without_text_a_bomb_and_damage_are_refused() {
    let scan = pdf(b"0 0 100 100 re f", "", "", "");
    assert!(matches!(
        refusal(&scan, "a.pdf"),
        ReadError::Scanned { pages: 1, .. }
    ));
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..300 {
        packed.write_all(&zeros).unwrap();
    }
    let packed = packed.finish().unwrap();
    let mut twice = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    twice.write_all(&packed).unwrap();
    let twice = twice.finish().unwrap();
    for (content, filter) in [
        (&packed, "/Filter/FlateDecode"),
        (&twice, "/Filter[/FlateDecode/FlateDecode]"),
    ] {
        let error = refusal(&pdf(content, filter, "", ""), "a.pdf");
        assert!(matches!(error, ReadError::Bomb { .. }), "{error}");
    }
    for broken in [
        b"%PDF-1.7\n".to_vec(),
        PDF[..2000].to_vec(),
        [b"%PDF-1.7\n", vec![7; 5000].as_slice()].concat(),
    ] {
        let error = refusal(&broken, "a.pdf");
        assert!(
            matches!(error, ReadError::Broken { .. } | ReadError::Scanned { .. }),
            "{error}"
        );
    }
}

#[test]
fn a_font_with_widths_for_more_characters_than_there_are_is_refused_in_little_memory() {
    let bytes = include_bytes!("../../../tests/fixtures/fuzz/pdf/widths.pdf");
    let error = refusal(bytes, "a.pdf");
    assert!(
        matches!(&error, ReadError::Broken { what, .. } if what.contains("widths")),
        "{error}"
    );
}
