//! Documents as people get them: plain text, Markdown, HTML, tables, in any encoding; and PDF.

use encoding_rs::{GB18030, UTF_8, UTF_16LE};
use indicator_annotator::app::incoming::read_bytes;
use indicator_annotator::text::outline::Outline;
use indicator_annotator::text::read::{PageStart, ReadError, Reading};

use super::mangle::{bytes, sometimes_long, sometimes_long_text, text};
use super::{Pace, fuzz, name_and_bytes, named};
use crate::dice::Dice;

/// Pages to be mangled.
const PAGES: &[&str] = &[
    include_str!("../../../sample_docs/松桥市民营经济.html"),
    include_str!("../../../sample_docs/云岭省科技特派员2024年度报告.md"),
    "<!doctype html><meta charset=gbk><title>公报</title><body><nav>首页</nav><table><tr><th rowspan=2>指标<th>2024年\
     <tr><td colspan=3>239.06亿元</table><p>增长&nbsp;19.4&#37;&lt;&#x1F600;<br>高企1609家<script>var x='</p>'</script>",
    "---\ntitle: \"2024年公报\"\ndate: 2025-01-02\n---\n\n# 一、总量\n\n* 收入 **12亿元**[^1]\n\n| 指标 | 值 |\n|:--|--:|\n\
     | 高企 | 1609家 |\n\n```\n代码 5%\n```\n\n[^1]: 注 3\n",
    "指标,单位,2024年\n\"地区生产总值\",亿元,\"1,234.5\"\n增长,%,-2.3\n",
    "指标;2023;2024\r\n高企;1609;1700\r\n",
    "清河市2024年科技工作总结\n\n一、主要成绩\n  2024年,R&D投入239.06亿元,增长19.4%,\n居全省第1。\n\n名词解释\n1.R&D:研发。\n",
];

/// What breaks careless readers of pages.
const MARKUP: &[&str] = &[
    "<table>",
    "</table>",
    "<tr>",
    "<td rowspan=9999>",
    "<td colspan=1000000>",
    "<td colspan=-1>",
    "</td>",
    "<p",
    "</",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<script>",
    "<style>",
    "<pre>",
    "<ul><li>",
    "<br>",
    "&",
    "&#0;",
    "&#x110000;",
    "&amp",
    "&nbsp;",
    "\"",
    "'",
    "|",
    "||||",
    "|---|",
    "---\n",
    "```",
    "~~~",
    "#",
    "####### ",
    "* ",
    "1. ",
    "> ",
    "[",
    "](",
    "[^1]:",
    "`",
    "\\",
    "\n",
    "\n\n",
    "\r",
    "\t",
    ",",
    ";",
    "\"\"",
    ",,,,,,",
    "\u{0}",
    "\u{feff}",
    "\u{fffd}",
    "\u{a0}",
    "\u{3000}",
    "\u{200b}",
    "\u{ad}",
    "\u{202e}",
    "2024年",
    "5%",
    "ﬁ",
    "e\u{301}",
    "<meta charset=utf-16>",
    "title: ",
    "标题：",
];

/// What breaks careless readers of PDF.
const PDF: &[&str] = &[
    "obj",
    "endobj",
    "stream\n",
    "endstream",
    "<<",
    ">>",
    "[",
    "]",
    "/Type /Page",
    "/Kids [1 0 R]",
    "/Length 99999999",
    "/Count -1",
    "1 0 R",
    "/Parent 1 0 R",
    "xref\n",
    "trailer",
    "startxref\n0\n",
    "%%EOF",
    "(",
    ")",
    "<",
    ">",
    " Tj",
    " TJ",
    " cm",
    " Do",
    "BT",
    "ET",
    "q",
    "Q",
    "/W [1 1 1]",
    "/Predictor 15",
    "/Columns 4294967295",
    "/FlateDecode",
    "0 0 0 0 0 0",
    "1e30",
    "-2147483648",
    "/MediaBox [0 0 1e9 1e9]",
    "/ToUnicode",
    "beginbfrange",
    "<0000> <ffff> <0000>",
    "/Encrypt",
];

/// What must hold of a file that was read, or refused.
pub fn check_reading(name: &str, bytes: &[u8]) {
    match read_bytes(bytes.into(), name, None) {
        Ok(incoming) => {
            let text = &*incoming.text;
            assert!(!text.contains('\r') && !text.ends_with('\n'), "line ends");
            let reading: &Reading = &incoming.original.reading;
            assert!(
                reading.pages.is_sorted_by_key(|page: &PageStart| page.at)
                    && reading.pages.iter().all(|page| text.is_char_boundary(page.at)),
                "pages begin in the text, in order"
            );
            let blocks = Outline::of(text).blocks;
            assert!(
                blocks.iter().all(|block| block.span.of(text).is_some()),
                "blocks lie in the text"
            );
            if let Some(map) = reading.source() {
                for block in blocks.iter().take(50) {
                    if let Some((start, end)) = map.source_span(block.span, text) {
                        assert!(start <= end, "{block:?} from {start} to {end}");
                    }
                }
            }
        }
        Err(error) => check_refusal(&error),
    }
}

/// A refusal has words, and says what to do.
pub fn check_refusal(error: &ReadError) {
    assert!(!error.to_string().is_empty(), "{error:?}");
}

#[test]
fn pages() {
    let make = |dice: &mut Dice| {
        let page = text(dice, PAGES, MARKUP);
        let name = dice.one_of(&["a.txt", "a.html", "a.md", "a.csv", "a"]).unwrap();
        let page = String::from_utf8(sometimes_long_text(page, dice)).unwrap();
        let encoding = dice.one_of(&[UTF_8, UTF_8, UTF_8, GB18030, UTF_16LE]).unwrap();
        let mut encoded = if encoding == UTF_16LE {
            [0xFEFF]
                .into_iter()
                .chain(page.encode_utf16())
                .flat_map(u16::to_le_bytes)
                .collect()
        } else {
            encoding.encode(&page).0.into_owned()
        };
        if dice.roll(4) == 0 {
            encoded = bytes(dice, &[&encoded], MARKUP);
        }
        named(name, &encoded)
    };
    fuzz("pages", Pace::STEADY, make, |input| {
        let (name, bytes) = name_and_bytes(input);
        check_reading(name, bytes);
    });
}

#[test]
fn pdf() {
    const PLAIN: &[u8] = include_bytes!("../../fixtures/fuzz/plain.pdf");
    const PACKED: &[u8] = include_bytes!("../../fixtures/documents/report.pdf");
    let make = |dice: &mut Dice| {
        let mangled = bytes(dice, &[PLAIN, PLAIN, PACKED], PDF);
        sometimes_long(mangled, dice)
    };
    fuzz("pdf", Pace::STEADY, make, |input| check_reading("a.pdf", input));
}
