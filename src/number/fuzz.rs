//! Mangled sentences for as long as one likes: `FUZZ_SECONDS=600 cargo test --release fuzz`.

use std::panic::catch_unwind;
use std::time::{Duration, Instant};

use super::{mentions, parse_quantity};

/// Sentences such as reports are made of, to be mangled.
const SEEDS: &[&str] = &[
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
const PIECES: &[&str] = &[
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

/// How many bytes a sentence that is repeated to find quadratic work grows to.
const LONG: usize = 100_000;

/// A small generator of numbers (xorshift), so that a round can be run again.
struct Dice(u64);

impl Dice {
    /// A number below `limit`, which is not 0.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % limit
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// One sentence, mangled a few times.
fn mangled(dice: &mut Dice) -> String {
    let mut chars: Vec<char> = dice.pick(SEEDS).chars().collect();
    for _ in 0..=dice.below(8) {
        let from = dice.below(chars.len() + 1);
        let to = (from + dice.below(12)).min(chars.len());
        match dice.below(5) {
            0 => drop(chars.drain(from..to)),
            1 => drop(chars.splice(from..to, dice.pick(PIECES).chars())),
            2 => drop(chars.splice(from..from, dice.pick(PIECES).chars())),
            3 => {
                let part = chars[from..to].repeat(1 + dice.below(4));
                drop(chars.splice(from..from, part));
            }
            _ => {
                let other: Vec<char> = dice.pick(SEEDS).chars().collect();
                let cut = dice.below(other.len());
                drop(chars.splice(from.., other[cut..].iter().copied()));
            }
        }
    }
    chars.into_iter().collect()
}

/// What must hold of the mentions of any text.
fn check(text: &str) {
    let mut end = 0;
    for mention in mentions(text) {
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
        let words = mention.span.of(text).unwrap_or_default();
        let _ = parse_quantity(words).and_then(|quantity| quantity.value());
        let _ = mention.quantity.and_then(|quantity| quantity.value());
    }
    let _ = parse_quantity(text);
}

#[test]
fn fuzz_mangled_sentences() {
    let seconds = std::env::var("FUZZ_SECONDS")
        .ok()
        .and_then(|given| given.parse().ok())
        .unwrap_or(1);
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for round in 0u64.. {
        if Instant::now() >= until {
            break;
        }
        let mut text = mangled(&mut dice);
        if round % 500 == 0 && !text.is_empty() {
            // Quadratic work on this would take minutes and so be noticed.
            text = text.repeat(LONG / text.len() + 1);
        }
        let shown: String = text.chars().take(2_000).collect();
        assert!(catch_unwind(|| check(&text)).is_ok(), "round {round}: {shown:?}");
    }
}
