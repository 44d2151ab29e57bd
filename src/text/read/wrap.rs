//! Tells a line end within a paragraph from the end of a paragraph.
//!
//! Nearly always a line is a paragraph. But copying breaks lines at links and pictures, and some
//! files are wrapped at a column.

use super::chars::{Look, is_cjk, is_han, look};
use super::flat::opens_line;

/// How the lines of a file are wrapped.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wrap {
    /// The width at which most lines end, a Chinese character counting two.
    column: Option<usize>,
}

/// How far into a file this looks, in bytes.
const SAMPLE: usize = 1 << 14;
/// Fewer lines than this show no habit.
const FEWEST_LINES: usize = 6;
/// No file is wrapped at a larger column.
const WIDEST: usize = 132;
/// A wrapped line may fall short of the column by so much.
const SLACK: usize = 5;
/// How many bytes before a line's end a quotation may begin that goes on.
const OPENS_WITHIN: usize = 90;
/// How many bytes behind a line its quotation may be closed.
const CLOSES_WITHIN: usize = 240;

impl Wrap {
    /// How the lines of `text` are wrapped.
    pub fn of(text: &str) -> Self {
        let sample = text.get(..text.floor_char_boundary(SAMPLE)).unwrap_or(text);
        let widths: Vec<usize> = sample
            .lines()
            .map(|line| width(line.trim()))
            .filter(|width| *width > 0)
            .collect();
        let widest = widths.iter().copied().max().unwrap_or_default();
        let full = widths.iter().filter(|width| **width + SLACK >= widest).count();
        let is_wrapped =
            widths.len() >= FEWEST_LINES && (40..=WIDEST).contains(&widest) && full * 2 >= widths.len();
        Self {
            column: is_wrapped.then_some(widest),
        }
    }

    /// Whether the paragraph `before` goes on behind its last line's end, where `behind` begins.
    pub fn continues(self, before: &str, behind: &str) -> bool {
        let unseen = |char| look(char) != Look::Visible;
        let next = first_line(behind);
        let words = next.trim_start_matches(unseen);
        let line = before.trim_end_matches(unseen);
        let (Some(last), Some(first)) = (line.chars().next_back(), words.chars().next()) else {
            return false;
        };
        if CONTINUES.contains(first) || OPENS.contains(last) {
            return true;
        }
        if ends_sentence(last) {
            return false;
        }
        let is_indented = words.len() < next.len();
        let goes_on = is_fragment(last, next, behind)
            || leaves_quotation_open(line, behind)
            || !is_indented && self.is_full(line) && goes_on(last, first);
        goes_on && !opens_line(words)
    }

    /// Whether the last line of a paragraph reaches the column.
    fn is_full(self, paragraph: &str) -> bool {
        let line = paragraph.rsplit(['\r', '\n']).next().unwrap_or_default();
        self.column
            .is_some_and(|column| width(line.trim()) + SLACK >= column)
    }
}

/// Marks that begin no line.
const CONTINUES: &str = "。，；、！？）》”’";
/// Marks that end no line.
const OPENS: &str = "（《“‘、";

/// A word or two that a link parted from the sentence on either side of it.
fn is_fragment(last: char, next: &str, behind: &str) -> bool {
    let words = next.trim();
    let is_short = words.len() <= 24 && words.chars().all(is_han);
    is_short && is_han(last) && {
        let rest = behind.get(next.len()..).unwrap_or_default();
        let rest = rest.strip_prefix('\r').unwrap_or(rest);
        let line = first_line(rest.strip_prefix('\n').unwrap_or(rest));
        let mut seen = line.chars().filter(|char| look(*char) == Look::Visible);
        seen.next().is_some_and(|char| CONTINUES.contains(char))
    }
}

/// Whether a quotation that begins near the end of the line is closed soon behind it.
fn leaves_quotation_open(line: &str, behind: &str) -> bool {
    let tail = line
        .get(line.ceil_char_boundary(line.len().saturating_sub(OPENS_WITHIN))..)
        .unwrap_or(line);
    let soon = behind
        .get(..behind.floor_char_boundary(CLOSES_WITHIN))
        .unwrap_or(behind);
    QUOTES.iter().any(|&(open, close)| {
        let quoted = tail.rfind(open).and_then(|at| tail.get(at..));
        quoted.is_some_and(|words| !words.contains(close)) && closes(soon, open, close)
    })
}

const QUOTES: [(char, char); 3] = [('“', '”'), ('《', '》'), ('（', '）')];

/// Whether a quotation is closed in these words before another begins or a sentence ends.
fn closes(words: &str, open: char, close: char) -> bool {
    let quoted = words.find(close).and_then(|at| words.get(..at));
    quoted.is_some_and(|words| !words.contains([open, '。']))
}

/// Whether a full line that ends in `last` may go on with `first`.
fn goes_on(last: char, first: char) -> bool {
    !matches!(last, '”' | '|') && (is_cjk(first) || first.is_alphanumeric())
}

fn ends_sentence(last: char) -> bool {
    matches!(
        last,
        '。' | '！' | '？' | '；' | '：' | ';' | ':' | '.' | '!' | '?'
    )
}

fn first_line(text: &str) -> &str {
    text.split(['\r', '\n']).next().unwrap_or_default()
}

fn width(line: &str) -> usize {
    line.chars().map(|char| 1 + usize::from(is_cjk(char))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_sentences_go_on() {
        let cases = [
            ("（", "三）改革开放", true),
            ("成果找市场“双向", "揭榜\n挂帅”的简称", true),
            ("带团队、带技术", "揭榜\n；“成果", true),
            ("带场景揭榜", "。\n8.灯塔", true),
            ("【字号：", "加大\n还原", false),
            ("省长 王凯", "各位代表：", false),
            ("完成“十四五", "一、回顾”", false),
            ("增长5%", "", false),
            ("来源", "\n。", false),
        ];
        for (before, behind, expected) in cases {
            assert_eq!(
                Wrap::default().continues(before, behind),
                expected,
                "{before} | {behind}"
            );
        }
    }

    #[test]
    fn a_file_wrapped_at_a_column_is_unwrapped() {
        let line = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十";
        let text = [line; 8].join("\n");
        let wrap = Wrap::of(&text);
        assert!(wrap.continues(line, "甲乙丙"));
        assert!(!wrap.continues(line, "　　甲乙丙"));
        assert!(!wrap.continues("短行", "甲乙丙"));
        assert!(!Wrap::of("短\n行").continues(line, "甲乙丙"));
    }
}
