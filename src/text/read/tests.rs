use proptest::prelude::*;

use super::{Format, PageStart, ReadError, Reading, SourceMap, read};
use crate::model::Span;

fn reading(text: &str, file_name: &str) -> Reading {
    read(text.as_bytes(), file_name, None).unwrap()
}

#[test]
fn plain_lines_are_cleaned() {
    let cases = [
        (
            "\u{feff}一、情况\r\n\r\n\r\n\u{3000}\u{3000}增长5%。\u{a0} \r\n",
            "一、情况\n\n增长5%。",
        ),
        ("甲\r乙", "甲\n乙"),
        ("\n\n 甲\u{200b}乙\u{a0}\u{a0}丙 \n\n", "甲乙 丙"),
        ("省长\u{3000}王某\n一、\u{3000}回顾", "省长\u{3000}王某\n一、回顾"),
        (
            "|指标|值|\n|---|---|\n| 高企 | |\n|| 5% |",
            "指标 | 值\n高企 |\n| 5%",
        ),
        ("指标\t值\n1.\t高企", "指标 | 值\n1. 高企"),
        (
            "序号\r\n指标\r\n目标\r\n1\r\n产值\r\n5\r\n2\r\n就业\r\n7\r\n完",
            "序号 | 指标 | 目标\n1 | 产值 | 5\n2 | 就业 | 7\n完",
        ),
        (
            "  类别  项目数   经费\n研发  12  360\n完",
            "类别 | 项目数 | 经费\n研发 | 12 | 360\n完",
        ),
        ("（\n三）改革\n带技术\n揭榜\n。", "（三）改革\n带技术揭榜。"),
        ("", ""),
    ];
    for (source, shown) in cases {
        assert_eq!(reading(source, "a.txt").text, shown, "{source:?}");
    }
}

#[test]
fn html_reads_like_a_page() {
    let cases = [
        (
            "<p>R&amp;D投入&nbsp;239.06亿元&#65292;增长\n19.4%</p><p>甲<br>乙</p>",
            "R&D投入 239.06亿元，增长19.4%\n甲\n乙",
        ),
        (
            "<div><script>1</script><style>p{}</style><b>高</b>企<!-- x --></div>",
            "高企",
        ),
        (
            "<table><tr><th>指标</th><th>值</th></tr><tr><td></td><td><p>5%</p></td></tr><tr><td>甲</td><td></td></tr></table>",
            "指标 | 值\n| 5%\n甲 |",
        ),
        (
            "<table><tr><td><p>一行</p><p>二行</p></td></tr></table>",
            "一行\n二行",
        ),
        (
            "<p><a>首页</a><a>政务</a></p><p style='display:none'>甲</p>",
            "首页 政务\n甲",
        ),
        (
            "<div style=\"display: none\"><div>甲</div></div><div>乙</div>",
            "乙",
        ),
        (
            "<p>a < b, R&D, &unknown; &lt;5&gt;</p>",
            "a < b, R&D, &unknown; <5>",
        ),
        ("<pre>一\n二</pre><p>三", "一\n二\n三"),
    ];
    for (source, shown) in cases {
        let reading = reading(source, "a.html");
        assert_eq!(
            (reading.format, reading.text.as_str()),
            (Format::Html, shown),
            "{source}"
        );
    }
}

#[test]
fn markdown_loses_its_marks() {
    let source = "# 标题\n\n**R&D**投入`5`\\*亿元。\n另一行。\n\n1. 甲\n- 乙\n\n|指标|值|\n|--|--|\n|高企|2家|\n\n<p>丙&lt;</p>\n";
    let shown = "标题\nR&D投入5*亿元。\n另一行。\n1. 甲\n乙\n\n指标 | 值\n高企 | 2家\n\n丙<";
    for source in [source.to_owned(), source.replace('\n', "\r\n")] {
        let reading = reading(&source, "a.md");
        assert_eq!((reading.format, reading.text.as_str()), (Format::Markdown, shown));
    }
}

#[test]
fn front_matter_shows_its_title_and_date_only() {
    let source = "---\nlayout: post\ntitle: \"超1500家\"\ndate: 2022-01-29\n---\n<p>27日。</p>\n\n[返回](//a.b)｜<http://a.b/1>";
    let reading = reading(source, "a.txt");
    assert_eq!(reading.text, "超1500家\n2022-01-29\n\n27日。\n返回｜http://a.b/1");
    assert_eq!(reading.format, Format::Html);
    assert_eq!(reading.metadata.title, "超1500家");
    assert_eq!(reading.metadata.date, "2022-01-29");
    let start = reading.text.find("1500家").unwrap();
    let span = Span::new(start, start + "1500家".len());
    let source_start = source.chars().take_while(|char| *char != '超').count() + 1;
    assert_eq!(
        reading.source_map.source_span(span, &reading.text),
        Some((source_start, source_start + 5))
    );
}

#[test]
fn encodings_are_told_apart() {
    let simplified = "一、2024年工作情况\n全社会研发投入239.06亿元，增长19.4%，高新技术企业1609家。";
    let traditional = "一、2024年工作情況\n全社會研發投入239.06億元，增長19.4%，高新技術企業1609家。";
    let utf_16 =
        |text: &str, unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let cases = [
        (simplified, simplified.as_bytes().to_vec(), "UTF-8"),
        (
            simplified,
            [b"\xEF\xBB\xBF", simplified.as_bytes()].concat(),
            "UTF-8",
        ),
        (simplified, utf_16(simplified, u16::to_le_bytes), "UTF-16LE"),
        (simplified, utf_16(simplified, u16::to_be_bytes), "UTF-16BE"),
        (
            simplified,
            [b"\xFF\xFE".to_vec(), utf_16(simplified, u16::to_le_bytes)].concat(),
            "UTF-16LE",
        ),
        (
            simplified,
            encoding_rs::GBK.encode(simplified).0.into_owned(),
            "gb18030",
        ),
        (
            traditional,
            encoding_rs::BIG5.encode(traditional).0.into_owned(),
            "Big5",
        ),
        (
            traditional,
            encoding_rs::GBK.encode(traditional).0.into_owned(),
            "gb18030",
        ),
    ];
    for (text, bytes, encoding) in cases {
        let reading = read(&bytes, "a.txt", None).unwrap();
        assert_eq!(
            (
                reading.encoding.name(),
                reading.encoding_sure,
                reading.text.as_str()
            ),
            (encoding, true, text)
        );
    }
    let gbk = encoding_rs::GBK.encode(simplified).0.into_owned();
    let forced = read(&gbk, "a.txt", Some(encoding_rs::UTF_8)).unwrap();
    assert!(forced.had_replacements > 0);
    let cut = read(&simplified.as_bytes()[..simplified.len() - 1], "a.txt", None).unwrap();
    assert_eq!((cut.encoding.name(), cut.had_replacements), ("UTF-8", 1));
}

#[test]
fn what_is_no_text_is_refused_with_advice() {
    let cases: [(&[u8], &str); 4] = [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14\0", "Word"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0", "old Word"),
        (b"\x00\x01\x02\x03\x00\x00\x10", "binary"),
    ];
    for (bytes, looks_like) in cases {
        let error = read(bytes, "报告.pdf", None).unwrap_err();
        assert!(matches!(error, ReadError::Binary { .. }));
        let message = error.to_string();
        assert!(message.contains(looks_like) && message.contains("报告.pdf") && message.contains("save it"));
    }
}

/// A report of some length, a paragraph an item.
fn report() -> Vec<String> {
    let body =
        "全社会研发投入239.06亿元,增长19.4%,增速居全省第1,“一、二、三。（一）引文”不算;研发投入强度1.96%。"
            .repeat(8);
    [
        "某市科技局2024年工作总结".to_owned(),
        "2025-03-11 09:30".to_owned(),
        "一、2024年主要工作情况".to_owned(),
        format!("2024年,{body}"),
        format!("(一)科技指标保持快增态势。{body}"),
        format!("（二）创新生态持续优化。{body}"),
        "二、2025年主要工作思路".to_owned(),
        format!("2025年,{body}"),
        "扫一扫在手机上查看当前页面".to_owned(),
    ]
    .into()
}

#[test]
fn a_flattened_report_is_set_again_in_lines() {
    let report = report();
    let head = "| 索引号 | A-1 | 发布机构 | 某市科技局 | | 指标 | 值 | | --- | --- | | 高企 | 1609家 | ";
    for glue in [" ", "\u{3000}"] {
        let source = format!("{head}{} | 打印 | 关闭 |", report.join(glue));
        let reading = reading(&source, "a.txt");
        let lines: Vec<&str> = reading.text.lines().collect();
        let rows = [
            "索引号 | A-1 | 发布机构 | 某市科技局",
            "指标 | 值",
            "高企 | 1609家",
        ];
        assert_eq!(lines[..3], rows);
        assert_eq!(lines[3..12], report);
        assert_eq!(lines[12..], ["打印 | 关闭"]);
        assert_maps_back(&source, &reading);
    }
    // Without anything between the lines, headings are still found.
    let source = report.concat();
    let lines = reading(&source, "a.txt").text;
    assert!(lines.contains("\n一、2024年主要工作情况\n2024年,"), "{lines}");
    assert!(lines.contains("。\n(一)科技指标") && lines.contains("。\n（二）创新生态"));
}

#[test]
fn a_span_maps_to_the_source_and_back() {
    let source = "\u{feff}<p>R&amp;D</p>\r\n<p>投入&nbsp; 5%</p>";
    let reading = reading(source, "a.html");
    assert_eq!(reading.text, "R&D\n投入 5%");
    let (map, text) = (&reading.source_map, reading.text.as_str());
    let cases = [
        ("R&D", (4, 11)),
        ("&", (5, 10)),
        ("投入 5%", (20, 31)),
        ("D\n投", (10, 21)),
    ];
    for (words, expected) in cases {
        let start = text.find(words).unwrap();
        let span = Span::new(start, start + words.len());
        assert_eq!(map.source_span(span, text), Some(expected), "{words}");
        assert_eq!(map.shown_span(expected, text), Some(span), "{words}");
    }
    assert_eq!(map.source_span(Span::new(0, 99), text), None);
    assert_eq!(
        map.source_span(Span::new(5, 6), text),
        None,
        "not between characters"
    );
    assert_eq!(map.shown_span((0, 4), text), None);
    assert_eq!(
        SourceMap::identity("增5").source_span(Span::new(3, 4), "增5"),
        Some((1, 2))
    );
}

/// Every shown character must come from source code points that say the same.
fn assert_maps_back(source: &str, reading: &Reading) {
    let source: Vec<char> = source.chars().collect();
    let mut last = 0;
    for (at, char) in reading.text.char_indices() {
        let span = Span::new(at, at + char.len_utf8());
        let (start, end) = reading.source_map.source_span(span, &reading.text).unwrap();
        assert!(
            last <= start && start <= end && end <= source.len(),
            "{start}..{end} behind {last}"
        );
        last = start;
        let words: String = source[start..end].iter().collect();
        let is_verbatim = words == char.to_string();
        let is_decoded = htmlize::unescape(words.as_str()).contains(char);
        assert!(
            is_verbatim || is_decoded || char.is_whitespace() || char == '|',
            "{char:?} from {words:?}"
        );
    }
}

/// No line has space round it, none is left behind another blank one, nothing invisible is left.
fn assert_clean(text: &str) {
    assert!(
        !text.contains("\n\n\n") && !text.starts_with('\n') && !text.ends_with('\n'),
        "{text:?}"
    );
    assert!(
        !text.contains(['\u{feff}', '\u{200b}', '\r', '\u{a0}', '\t']),
        "{text:?}"
    );
    for line in text.lines() {
        assert_eq!(line, line.trim());
    }
}

/// Bits that texts of reports are made of.
fn bits(markup: &'static [&'static str]) -> impl Strategy<Value = String> {
    let plain = [
        "增长",
        "19.4%",
        "一、",
        "。",
        "，",
        "R&D",
        "“",
        "”",
        " ",
        "  ",
        "\u{a0}",
        "\u{3000}",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "\u{200b}",
        "\u{feff}",
        "𠀀",
        "|",
        "（",
        "1.",
        "各位代表：",
        "（一）",
    ];
    let all: Vec<&str> = plain.iter().chain(markup).copied().collect();
    proptest::collection::vec(proptest::sample::select(all), 0..60).prop_map(|bits| bits.concat())
}

const HTML: &[&str] = &[
    "<p>",
    "</p>",
    "<br>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "&amp;",
    "&nbsp;",
    "&#65292;",
    "&lt",
    "<a>",
    "</a>",
    "<b",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<pre>",
    "</pre>",
    "<h1>",
    "</h1>",
    "<title>",
    "</title>",
    "&",
    ";",
];
const MARKDOWN: &[&str] = &[
    "# ",
    "**",
    "*",
    "`",
    "- ",
    "1. ",
    "> ",
    "|a|b|\n|-|-|\n|",
    "[",
    "](x)",
    "<p>",
    "</p>",
    "\\*",
    "&lt;",
    "---\n",
    "    ",
    "<br>",
];

proptest! {
    #[test]
    fn plain_text_maps_back_and_is_clean(source in bits(&[])) {
        let reading = reading(&source, "a.txt");
        assert_maps_back(&source, &reading);
        assert_clean(&reading.text);
    }

    #[test]
    fn long_lines_map_back_and_are_clean(source in bits(&[])) {
        let source = source.replace(['\n', '\r'], " ").repeat(60);
        let reading = reading(&source, "a.txt");
        assert_maps_back(&source, &reading);
        assert_clean(&reading.text);
    }

    #[test]
    fn html_maps_back_and_is_clean(source in bits(HTML)) {
        let source = format!("<p>{source}");
        let reading = reading(&source, "a.html");
        assert_maps_back(&source, &reading);
        assert_clean(&reading.text);
    }

    #[test]
    fn markdown_maps_back_and_is_clean(source in bits(MARKDOWN)) {
        let reading = reading(&source, "a.md");
        assert_maps_back(&source, &reading);
        assert_clean(&reading.text);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(reading) = read(&bytes, "a", None) {
            assert_clean(&reading.text);
        }
    }
}

#[test]
fn tables_of_values_become_rows() {
    let cases = [
        (
            "2023年指标,\n\"指标\",值\r\n\"高企, \"\"新\"\"\",5\n,6%\n注：快报,",
            "2023年指标\n指标 | 值\n高企, \"新\" | 5\n| 6%\n注：快报",
        ),
        ("指标;值\n高企;1,5", "指标 | 值\n高企 | 1,5"),
        ("指标\t值\n高企\t", "指标 | 值\n高企 |"),
        ("指标,值,注\n高企,5,", "指标 | 值 | 注\n高企 | 5 |"),
        ("\"没有结束,5\n高企,5", "\"没有结束 | 5\n高企 | 5"),
    ];
    for (source, shown) in cases {
        let reading = reading(source, "a.csv");
        assert_eq!(
            (reading.format, reading.text.as_str()),
            (Format::Csv, shown),
            "{source:?}"
        );
    }
    let reading = reading("指标,值\n\"高\"\"企\",15%", "a.csv");
    let start = reading.text.find("15%").unwrap();
    assert_eq!(
        reading
            .source_map
            .source_span(Span::new(start, start + 3), &reading.text),
        Some((12, 15))
    );
}

#[test]
fn a_byte_stands_on_the_last_page_that_has_begun() {
    let pages = [(3, 1), (10, 2), (10, 3), (40, 4)].map(|(at, number)| PageStart { at, number });
    let found: Vec<_> = [0, 3, 9, 10, 41]
        .map(|at| PageStart::number_at(&pages, at))
        .into();
    assert_eq!(found, [None, Some(1), Some(1), Some(3), Some(4)]);
    assert_eq!(PageStart::number_at(&[], 5), None);
}
