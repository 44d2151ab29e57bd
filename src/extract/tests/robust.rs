//! Any text is read in time linear in its length; that nothing else goes wrong is for `tests/it/fuzz`.

use std::time::{Duration, Instant};

use super::{catalogue, report};
use crate::extract::{Context, suggest};
use crate::number;
use crate::text::outline::Outline;

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
        "| 亿元 | 2",
        "| 收入 | 5家 ",
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
