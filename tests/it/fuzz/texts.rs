//! Sentences for the recogniser, the extractor and the breaker of rows.

use indicator_annotator::app::builtin;
use indicator_annotator::extract::{self, Context, Linker};
use indicator_annotator::model::{Catalogue, Fingerprint, Mention, Report, ReportId, Role, Span};
use indicator_annotator::number::{self, mentions, parse_quantity};
use indicator_annotator::text::linebreak::{Measure, Row, break_rows};
use indicator_annotator::text::outline::Outline;

use super::mangle::{sometimes_long_text, text};
use super::{Pace, fuzz};
use crate::dice::Dice;

/// Sentences such as reports are made of, to be mangled.
pub const SENTENCES: &[&str] = &[
    "2024年，全市地区生产总值达1.2万亿元，同比增长5.6%，高于全省0.3个百分点。",
    "（一）新增高新技术企业1,609家，净增数连续两年居全省第一；技术合同成交额突破800亿元。",
    "三是力争到2027年，研发投入年均增长10%以上，培育4—5个百亿级产业集群、20多家“专精特新”企业。",
    "单位：万元\n| 指标 | 单位 | 2024年 | 增长（%） |\n|---|---|---|---|\n| 收入 | 亿元 | 239.06 | -2.3 |",
    "三次产业结构由8.7∶41.2∶50.1调整为7.9:40.2:51.9，城乡收入比缩小至2.5∶1。",
    "厦科〔2024〕9号《“十四五”规划（2021—2025年）》第三条第二款，联系电话：0591-87654321。",
    "两千三百万农村人口饮水安全，三分之一以上的县、百分之八十五的村，增长一倍半，近六成。",
    "空气质量优良天数比例93.4%，PM2.5平均浓度30微克/立方米，下降约13.7%，零下20℃。",
    "每千瓦时3元5角2分，补助10万元（含）—50万元，折合人民币3.5亿，港币5000万元。",
    "名词解释\n1.“六横六纵”：指6个工程、8条走廊，https://a.gov.cn/t20240102_1234.htm。",
    "廉政谈话51(人)次，租赁住房3.8万套（间），算力10.36百亿亿次/秒，二十二连丰，翻两番。",
    "习近平总书记在党的二十届三中全会上指出，进一步形成一批一流成果，统一大市场。",
];

/// What is put in between: numerals, units, marks, and characters that break careless code.
pub const SIGNS: &[&str] = &[
    "0",
    "９",
    "12",
    "2024",
    "1,234",
    "3.5",
    "一",
    "两",
    "廿",
    "半",
    "〇",
    "十",
    "百",
    "千",
    "万",
    "亿",
    "兆",
    "几",
    "余",
    "多",
    "第",
    "前",
    "负",
    "零下",
    "-",
    "—",
    "——",
    "~",
    "至",
    "到",
    "、",
    "，",
    "。",
    "：",
    ":",
    "∶",
    "/",
    "%",
    "‰",
    "＋",
    "×",
    "|",
    "\n",
    "\r\n",
    "\t",
    " ",
    "\u{a0}",
    "\u{3000}",
    "“",
    "”",
    "\"",
    "（",
    "）",
    "(",
    ")",
    "〔",
    "〕",
    "元",
    "角",
    "分",
    "个",
    "家",
    "个百分点",
    "个半月",
    "倍",
    "成",
    "年",
    "月",
    "日",
    "号",
    "届",
    "级",
    "位",
    "年半",
    "分之",
    "翻",
    "番",
    "点",
    "以上",
    "左右",
    "近",
    "超",
    "下降",
    "人民币",
    "￥",
    "单位：亿元",
    "名词解释",
    "1.",
    "kWh",
    "w",
    "k",
    "PM",
    "A",
    "@",
    "://",
    "😀",
    "👨\u{200d}👩\u{200d}👧",
    "𝟗",
    "é",
    "e\u{301}",
    "\u{200b}",
    "\u{feff}",
    "\u{202e}",
    "\u{0}",
    "億",
    "點",
    "Ⅱ",
    "①",
    "㈠",
];

/// Pieces of sentences; what is made of them looks like a report.
const PARTS: &[&str] = &[
    "一、2025年工作回顾\n",
    "二、2026年重点工作\n",
    "名词解释\n",
    "“十四五”时期",
    "五年来，",
    "到2030年",
    "去年",
    "今年目标是：",
    "全社会R&D投入",
    "高新技术企业",
    "城镇、农村居民人均可支配收入",
    "自贸试验区",
    "福州市",
    "全市",
    "占全国比重",
    "增速",
    "总数",
    "分别",
    "由",
    "从",
    "提升至",
    "增长",
    "下降",
    "新增",
    "累计",
    "达到",
    "超",
    "近",
    "约",
    "高于全国平均",
    "居全省",
    "连续",
    "完成全年任务的",
    "在去年",
    "的基础上再",
    "其中",
    "力争",
    "预计",
    "等",
    "的",
    "占",
    "较",
    "比",
    "和",
    "与",
    "及",
    "、",
    "，",
    "。",
    "；",
    "：",
    "\n",
    " ",
    "“",
    "”",
    "（",
    "）",
    "—",
    "∶",
    "239.06亿元",
    "19.4%",
    "0.31个百分点",
    "第1位",
    "前十",
    "三分之一",
    "30余家",
    "4—5个",
    "9年",
    "翻一番",
    "1.5倍",
    "1000公里",
    "以上",
    "左右",
    "家",
    "个",
    "𠮷",
    "\u{3000}",
    "\r\n",
    "é",
];

/// A sentence of parts, some of which have lost their last character.
fn sentence(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..=dice.roll(60) {
        text.push_str(dice.one_of(PARTS).unwrap_or_default());
        if dice.roll(12) == 0 {
            text.pop();
        }
    }
    text
}

/// The text of an input.
pub fn text_of(input: &[u8]) -> &str {
    std::str::from_utf8(input).unwrap_or_default()
}

/// What must hold of the mentions of any text.
pub fn check_mentions(text: &str, found: &[Mention]) {
    let mut end = 0;
    for mention in found {
        assert!(
            mention.span.start >= end && !mention.span.is_empty(),
            "{mention:?}"
        );
        assert!(
            mention.span.of(text).is_some() && mention.core.of(text).is_some(),
            "{mention:?}"
        );
        assert!(mention.span.encloses(mention.core), "{mention:?}");
        end = mention.span.end;
    }
}

#[test]
fn recogniser() {
    let make = |dice: &mut Dice| sometimes_long_text(text(dice, SENTENCES, SIGNS), dice);
    fuzz("recogniser", Pace::QUICK, make, |input| {
        let text = text_of(input);
        let found = mentions(text);
        check_mentions(text, &found);
        for mention in found {
            let words = mention.span.of(text).unwrap_or_default();
            let parsed = parse_quantity(words);
            for quantity in [parsed, mention.quantity].into_iter().flatten() {
                let _ = quantity.value();
            }
        }
        let _ = parse_quantity(text);
    });
}

/// A report of which nothing is known.
fn report() -> Report {
    Report {
        id: ReportId::from("r"),
        title: String::new(),
        issuer: String::new(),
        date: String::new(),
        area: String::new(),
        period: String::new(),
        original: String::new(),
        encoding: String::new(),
        fingerprint: Fingerprint::default(),
    }
}

#[test]
fn extractor() {
    let catalogue: &'static Catalogue = Box::leak(Box::new(builtin::starting_catalogue()));
    let linker = Linker::new(catalogue);
    let report = Report {
        issuer: "福州市科技局".to_owned(),
        area: "福州市".to_owned(),
        period: "2024".to_owned(),
        ..report()
    };
    let make = |dice: &mut Dice| {
        let text = if dice.roll(4) == 0 {
            text(dice, SENTENCES, PARTS)
        } else {
            sentence(dice)
        };
        sometimes_long_text(text, dice)
    };
    fuzz("extractor", Pace::QUICK, make, move |input| {
        let text = text_of(input);
        let outline = Outline::of(text);
        let cx = Context {
            text,
            outline: &outline,
            report: &report,
            catalogue,
        };
        let mentions = number::mentions(text);
        let suggestions = extract::suggest_with(&cx, &linker, &mentions);
        let is_read = |mention: &&Mention| mention.role == Role::Criterion || mention.quantity.is_some();
        let candidates = mentions
            .iter()
            .filter(|mention| mention.is_candidate())
            .filter(is_read);
        let expected: Vec<Span> = candidates.map(|mention| mention.span).collect();
        let found: Vec<Span> = suggestions.iter().map(|suggestion| suggestion.span).collect();
        assert_eq!(found, expected, "one for each candidate, in order");
        for suggestion in &suggestions {
            assert!(
                suggestion.score.0 <= 1000 && suggestion.doubts.len() <= 3,
                "{suggestion:?}"
            );
            let name = suggestion
                .ruling
                .observation()
                .and_then(|observation| observation.indicator_span);
            assert!(
                name.is_none_or(|span| span.of(text).is_some()),
                "a name is in the text"
            );
        }
        let mut dice = Dice(input.len() as u64);
        // A draft prepares the catalogue anew, which takes longer than all the rest.
        for _ in 0..usize::from(input.len() % 8 == 0) {
            let start = dice.roll(text.len() + 3);
            extract::draft(&cx, &mentions, Span::new(start, start + dice.roll(30)));
        }
    });
}

#[test]
fn rows() {
    let make = |dice: &mut Dice| {
        let mangled = text(dice, SENTENCES, SIGNS).replace(['\n', '\r'], " ");
        sometimes_long_text(mangled, dice)
    };
    fuzz("rows", Pace::QUICK, make, |input| {
        let paragraph = text_of(input);
        let keep: Vec<Span> = mentions(paragraph).iter().map(|mention| mention.span).collect();
        let mut dice = Dice(input.len() as u64);
        for width in [0.0, 1.0, 17.5, 400.0, f32::INFINITY, dice.roll(2000) as f32] {
            let advance = |letter: char| match letter {
                '\u{200b}'..='\u{200f}' | '\u{300}'..='\u{36f}' => 0.0,
                letter if letter.is_ascii() => 7.25,
                _ => 14.0,
            };
            let mut measure = Measure {
                width,
                first_indent: if dice.roll(2) == 0 { 28.0 } else { 0.0 },
                advance,
            };
            let mut rows: Vec<Row> = Vec::new();
            break_rows(paragraph, &mut measure, keep.iter().copied(), &mut rows);
            let mut at = 0;
            for row in &rows {
                assert!(
                    row.start == at && paragraph.is_char_boundary(row.end),
                    "{row:?} behind {at}"
                );
                assert!(
                    row.end > row.start || paragraph.is_empty(),
                    "an empty row: {row:?}"
                );
                at = row.end;
            }
            assert_eq!(at, paragraph.len(), "the rows are the paragraph");
        }
    });
}
