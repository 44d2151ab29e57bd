//! Any text is read without a panic, in order, and in time linear in its length; for as long as one likes:
//! `FUZZ_SECONDS=600 cargo test --release fuzz`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::{catalogue, report};
use crate::extract::{Context, draft, suggest};
use crate::model::{Mention, Role, Span};
use crate::number;
use crate::text::outline::Outline;

/// Pieces of sentences; what is made of them looks like a report.
const PIECES: &[&str] = &[
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

/// A small generator of pseudo-random numbers, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap()
    }
}

fn sentence(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..=dice.below(60) {
        text.push_str(PIECES[dice.below(PIECES.len())]);
        if dice.below(12) == 0 {
            text.pop();
        }
    }
    text
}

/// Reads a text and checks what always holds.
fn check(text: &str, dice: &mut Dice) {
    let (catalogue, report) = (catalogue(), report());
    let outline = Outline::of(text);
    let cx = Context {
        text,
        outline: &outline,
        report: &report,
        catalogue: &catalogue,
    };
    let mentions = number::mentions(text);
    let suggestions = suggest(&cx, &mentions);
    let is_read = |mention: &&Mention| mention.role == Role::Criterion || mention.quantity.is_some();
    let candidates = mentions
        .iter()
        .filter(|mention| mention.is_candidate())
        .filter(is_read);
    let (expected, found): (Vec<Span>, Vec<Span>) = (
        candidates.map(|m| m.span).collect(),
        suggestions.iter().map(|s| s.span).collect(),
    );
    assert_eq!(found, expected, "one for each candidate, in order: {text}");
    for suggestion in &suggestions {
        assert!(
            suggestion.score.0 <= 1000 && suggestion.doubts.len() <= 3,
            "{text}"
        );
        if let Some(observation) = suggestion.ruling.observation() {
            let name = observation.indicator_span.map(|span| span.of(text));
            assert!(name != Some(None), "a name's span is in the text: {text}");
        }
    }
    for _ in 0..3 {
        let start = dice.below(text.len() + 3);
        draft(&cx, &mentions, Span::new(start, start + dice.below(30)));
    }
}

#[test]
fn fuzz_sentences_of_pieces() {
    let seconds = std::env::var("FUZZ_SECONDS")
        .ok()
        .and_then(|words| words.parse().ok())
        .unwrap_or(1);
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut dice = Dice(88_172_645_463_325_252);
    while Instant::now() < end {
        let text = sentence(&mut dice);
        let checked = catch_unwind(AssertUnwindSafe(|| check(&text, &mut dice)));
        assert!(checked.is_ok(), "{text:?}");
    }
}

/// How long a text on one line takes.
fn time(sentence: &str, bytes: usize) -> Duration {
    let text = format!("{}5家。", sentence.repeat(bytes / sentence.len()));
    let (catalogue, report) = (catalogue(), report());
    let outline = Outline::of(&text);
    let cx = Context {
        text: &text,
        outline: &outline,
        report: &report,
        catalogue: &catalogue,
    };
    let mentions = number::mentions(&text);
    let start = Instant::now();
    let suggestions = suggest(&cx, &mentions);
    assert!(!suggestions.is_empty(), "{sentence}");
    start.elapsed()
}

#[test]
fn a_long_line_takes_time_in_proportion() {
    for sentence in [
        "新增高企5家，",
        "A、B、C、5家、",
        "由2020年的7.2%提升至7.4%",
        "城镇、农村收入分别增长4.4%、5.9%",
        "5家和6家和",
        "“（5家",
        "5家。",
        "占比和及",
        "力争达到",
        "在实施“、",
        "等等5",
        "一",
    ] {
        let [small, large] = [10_000, 80_000].map(|bytes| time(sentence, bytes));
        // Eight times the text, with room for a busy machine.
        assert!(
            large < small * 40 + Duration::from_millis(200),
            "{sentence}: {small:?}, {large:?}"
        );
    }
}
