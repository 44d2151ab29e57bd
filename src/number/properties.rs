//! What holds for every text, sensible or not.

use proptest::prelude::*;

use super::{mentions, parse_quantity};

/// What the properties mix: digits of every script, units, marks, quotes and what has nothing to do with numbers.
const ALPHABET: &[&str] = &[
    "0",
    "1",
    "9",
    "12",
    "2024",
    "０",
    "５",
    "一",
    "二",
    "两",
    "三",
    "五",
    "十",
    "百",
    "千",
    "万",
    "亿",
    "兆",
    "零",
    "〇",
    "壹",
    "半",
    "几",
    "数",
    "余",
    "多",
    "第",
    "前",
    "年",
    "月",
    "日",
    "号",
    "个",
    "家",
    "元",
    "%",
    "％",
    "个百分点",
    "分之",
    "倍",
    "翻",
    "番",
    "连",
    "增",
    "丰",
    "成",
    "届",
    "中全会",
    "大",
    "级",
    "期",
    "位",
    "名",
    "强",
    "台阶",
    "以上",
    "左右",
    "近",
    "超",
    "下降",
    "分别",
    "、",
    "，",
    "。",
    "；",
    "“",
    "”",
    "\"",
    "（",
    "）",
    "(",
    ")",
    "〔",
    "〕",
    "-",
    "—",
    "~",
    "至",
    "到",
    "+",
    "×",
    "/",
    ".",
    "．",
    ",",
    ":",
    "：",
    "∶",
    "|",
    "\n",
    "\r\n",
    " ",
    "\u{a0}",
    "\u{3000}",
    "Ⅱ",
    "①",
    "𝟗",
    "😀",
    "e\u{301}",
    "A",
    "PM",
    "_",
    "https://",
    "@",
    "套（间）",
    "人次",
    "万吨",
    "标准煤",
    "千瓦时",
    "一批",
    "进一步",
    "的",
    "是",
    "㎡",
    "點",
];

proptest! {
    #[test]
    fn any_text_gives_sound_mentions(parts in prop::collection::vec(prop::sample::select(ALPHABET), 0..40)) {
        let text = parts.concat();
        let found = mentions(&text);
        let mut end = 0;
        for mention in &found {
            prop_assert!(mention.span.start >= end && !mention.span.is_empty());
            prop_assert!(mention.span.of(&text).is_some() && mention.core.of(&text).is_some());
            prop_assert!(mention.span.encloses(mention.core), "{text}: {mention:?}");
            end = mention.span.end;
        }
        let _ = parse_quantity(&text);
    }

    #[test]
    fn any_string_at_all_is_survived(text in "\\PC*") {
        let _ = mentions(&text);
        let _ = parse_quantity(&text);
    }
}

#[test]
fn long_runs_take_linear_time() {
    // Quadratic work on these would take minutes, so finishing at all is the test.
    for unit in [
        "9", "一", "9,999,", "9-", "万", "“一", "2024、", "1、", "a9", "（一", "1+", "5%至", "9%/", "9a/",
        "9、", "9://",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        let _ = mentions(&text);
    }
}
