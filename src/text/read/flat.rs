//! Finds where a report that was flattened to one line wants to be broken.
//!
//! Table extraction and careless copying turn a whole report into one line of thousands of
//! characters, the cells of its header and footer parted by `|`. Such a line is broken between
//! cells and prose, before headings, and where a gap shows that a line once ended.

use std::ops::Range;

use super::chars::{Look, is_han, look};
use super::pipes;
use crate::text::offsets::count_chars;

/// Words to put in place of a range of the line, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub at: Range<usize>,
    pub with: &'static str,
}

/// From this many characters on, a line may be a flattened report.
const LONG_LINE: usize = 1500;
/// More characters than this in one quotation mean that its closing mark is missing.
const LONG_QUOTE: usize = 300;
/// No heading or other line of its own is longer, in bytes.
const SHORT_LINE: usize = 180;

/// Words that begin a line of their own behind the end of a sentence.
const OPENINGS: &[&str] = &[
    "——",
    "各位代表",
    "附件",
    "附：",
    "名词解释",
    "来源：",
    "来源:",
    "上一篇",
    "下一篇",
];
/// Words that begin a line of their own wherever no sentence has begun.
#[rustfmt::skip]
const FURNITURE: &[&str] = &[
    "扫一扫", "责任编辑", "打印本页", "关闭窗口", "附件下载", "附件:", "附件：", "相关链接", "相关附件", "相关报道", "相关解读",
];
/// Labels that begin a line of their own behind a title.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "来源:", "来源：", "时间:", "时间：", "发布时间", "发布日期", "发布机构", "索引号", "文号:", "文号：", "各位代表",
];
const POSTS: &[&str] = &[
    "省长", "市长", "县长", "区长", "州长", "主席", "局长", "厅长", "主任", "记者",
];
/// What headings of sections end in, and what the text behind them begins with.
#[rustfmt::skip]
const HEADING_ENDS: &[&str] = &[
    "情况", "思路", "工作", "安排", "打算", "回顾", "任务", "目标", "计划", "措施", "成效", "问题", "要点", "重点", "总结", "考虑",
    "建设", "展望", "举措", "建议",
];
#[rustfmt::skip]
const TEXT_BEGINNINGS: &[&str] = &[
    "今年", "去年", "过去", "一年来", "五年来", "我市", "我局", "我省", "我县", "我区", "全市", "全省", "全县", "全区", "全年", "全局",
    "深入", "坚持", "按照", "根据", "围绕", "在市", "在省", "截至", "“十", "新时代", "面对",
];
const NUMERALS: &str = "一二三四五六七八九十百〇零";

/// The edits that break up a line, sorted; none for a line of ordinary length that is no table's row.
pub(super) fn edits(line: &str) -> Vec<Edit> {
    let is_long = line.len() > LONG_LINE && count_chars(line.as_bytes()) > LONG_LINE;
    let mut edits = Vec::new();
    if pipes::is_row(line) || is_long && line.contains('|') {
        pipes::break_cells(line, is_long, &mut edits);
    } else if is_long {
        break_prose(line, 0..line.len(), &mut edits);
    }
    edits
}

/// Adds an edit unless it changes nothing.
pub(super) fn push(line: &str, edits: &mut Vec<Edit>, at: Range<usize>, with: &'static str) {
    if line.get(at.clone()) != Some(with) {
        edits.push(Edit { at, with });
    }
}

/// Breaks running text before headings, at line ends that show as gaps, and round short lines.
pub(super) fn break_prose(line: &str, range: Range<usize>, edits: &mut Vec<Edit>) {
    let first = edits.len();
    let mut scan = Scan::new(range.start);
    let mut gap: Option<usize> = None;
    let prose = line.get(range.clone()).unwrap_or_default();
    for (offset, char) in prose.char_indices() {
        let at = range.start + offset;
        if look(char) == Look::Space {
            gap.get_or_insert(at);
            continue;
        }
        let rest = line.get(at..range.end).unwrap_or_default();
        let from = gap.take();
        if at > range.start && scan.breaks_before(line, rest, from, at) {
            push(line, edits, from.unwrap_or(at)..at, "\n");
            scan = Scan::new(at);
        }
        scan.pass(char);
    }
    break_items(line, range, edits, first);
}

/// What the last characters are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Behind {
    Words,
    /// They end a sentence.
    Sentence,
    /// They announce what follows.
    Colon,
}

/// What is known of the line that is being built.
struct Scan {
    start: usize,
    /// Quotation marks and brackets that are open, and the characters since the first of them.
    depth: usize,
    quoted: usize,
    behind: Behind,
    /// A sentence or a clause has ended in the line, so it is no heading.
    has_stop: bool,
    /// A comma parts the line.
    has_pause: bool,
    previous: char,
}

impl Scan {
    fn new(start: usize) -> Self {
        Self {
            start,
            depth: 0,
            quoted: 0,
            behind: Behind::Words,
            has_stop: false,
            has_pause: false,
            previous: '\n',
        }
    }

    /// Whether a line begins with `rest`, at byte `at`; `gap` is where the space before it begins.
    fn breaks_before(&self, line: &str, rest: &str, gap: Option<usize>, at: usize) -> bool {
        if self.depth > 0 {
            return false;
        }
        let so_far = line.get(self.start..gap.unwrap_or(at)).unwrap_or_default();
        if self.behind == Behind::Sentence {
            return opens_line(rest) || opens_item(rest) || gap.is_some() && begins_chinese_line(rest);
        }
        if self.behind == Behind::Colon {
            let salutes =
                (self.has_pause && !self.has_stop || so_far.starts_with("各位")) && begins_chinese_line(rest);
            return opens_line(rest) || gap.is_some() && salutes;
        }
        if self.has_stop || so_far.len() > SHORT_LINE {
            return false;
        }
        let ends_heading = is_heading(so_far) && heading_ends(so_far, rest);
        let stands_alone = !self.has_pause || is_heading(so_far);
        ends_heading
            || so_far.len() >= 6 && starts_with_any(rest, FURNITURE)
            || so_far.len() >= 12 && starts_with_any(rest, LABELS)
            || so_far.len() >= 12 && !self.has_pause && self.opens_first_section(rest)
            || gap.is_some() && stands_alone && (opens_line(rest) || self.is_line(so_far, rest))
    }

    /// Whether `rest` is the first section's heading, right behind a title or a date.
    fn opens_first_section(&self, rest: &str) -> bool {
        rest.starts_with("一、") && !"统唯单同第专逐合之归如不".contains(self.previous)
    }

    /// Whether what has been read since the last break looks like a whole line, and `rest` like another.
    fn is_line(&self, so_far: &str, rest: &str) -> bool {
        let next = rest.chars().next().unwrap_or(' ');
        let next_begins =
            is_han(next) || "《〔【（(".contains(next) || starts_with_year(rest) || rest.starts_with("- ");
        let ends = is_han(self.previous) || "》】）)：:”".contains(self.previous) || ends_with_time(so_far);
        // A name stands behind a post on the same line.
        next_begins && ends && !POSTS.iter().any(|post| so_far.ends_with(post))
    }

    fn pass(&mut self, char: char) {
        match char {
            '“' | '《' | '（' | '(' | '【' | '「' => self.depth += 1,
            '”' | '》' | '）' | ')' | '】' | '」' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.quoted = if self.depth > 0 { self.quoted + 1 } else { 0 };
        if self.quoted > LONG_QUOTE {
            self.depth = 0;
        }
        self.behind = match char {
            '。' | '！' | '？' => Behind::Sentence,
            '”' | '》' | '）' | ')' | '」' if self.behind == Behind::Sentence => Behind::Sentence,
            '：' | ':' => Behind::Colon,
            _ => Behind::Words,
        };
        self.has_stop |= matches!(char, '。' | '！' | '？' | '；' | ';');
        self.has_pause |= matches!(char, '，' | ',' | '、');
        self.previous = char;
    }
}

/// Breaks before 一是, 二是, … where what is left is still far too long for a paragraph.
fn break_items(line: &str, range: Range<usize>, edits: &mut Vec<Edit>, first: usize) {
    let breaks = edits.get(first..).unwrap_or_default();
    let starts = [range.start]
        .into_iter()
        .chain(breaks.iter().map(|edit| edit.at.end));
    let ends = breaks.iter().map(|edit| edit.at.start).chain([range.end]);
    let mut items = Vec::new();
    for (start, end) in starts.zip(ends) {
        let paragraph = line.get(start..end).unwrap_or_default();
        if count_chars(paragraph.as_bytes()) > LONG_LINE {
            items.extend(item_starts(paragraph).map(|at| Edit {
                at: start + at..start + at,
                with: "\n",
            }));
        }
    }
    edits.extend(items);
    edits.sort_by_key(|edit| edit.at.start);
}

/// Where 一是, 二是, … begin behind the end of a sentence or a clause.
fn item_starts(paragraph: &str) -> impl Iterator<Item = usize> {
    paragraph.match_indices('是').filter_map(|(at, _)| {
        let before = paragraph.get(..at)?;
        let numeral = before.trim_end_matches(|char| NUMERALS.contains(char));
        (numeral.len() < before.len() && numeral.ends_with(['。', '；', ';', '：'])).then_some(numeral.len())
    })
}

/// Whether `rest` begins with the mark of a heading: 一、 （一） 第一部分 各位代表.
pub(super) fn opens_line(rest: &str) -> bool {
    starts_with_any(rest, OPENINGS) || starts_with_any(rest, FURNITURE) || is_heading(rest)
}

/// Whether `words` begin with a numbered heading's mark.
fn is_heading(words: &str) -> bool {
    let numbered = |words: &str, ends: &[&str]| {
        let behind = words.trim_start_matches(|char| NUMERALS.contains(char));
        let digits = (words.len() - behind.len()) / 3;
        (1..=4).contains(&digits) && ends.iter().any(|end| behind.starts_with(end))
    };
    if let Some(inner) = words.strip_prefix(['（', '(']) {
        return numbered(inner, &["）", ")"]);
    }
    match words.strip_prefix('第') {
        Some(inner) => numbered(inner, &["部分", "章", "节", "篇"]),
        None => numbered(words, &["、"]),
    }
}

/// Whether `rest` begins with an item's number: `1.` but not `1.5`.
fn opens_item(rest: &str) -> bool {
    let behind = rest.trim_start_matches(|char: char| char.is_ascii_digit());
    let digits = rest.len() - behind.len();
    (1..=2).contains(&digits)
        && behind
            .strip_prefix(['.', '．', '、'])
            .is_some_and(|text| !text.starts_with(|char: char| char.is_ascii_digit()))
}

/// Whether `rest` is the text behind the heading that `so_far` is, though nothing parts the two.
fn heading_ends(so_far: &str, rest: &str) -> bool {
    let text_begins = starts_with_year(rest) || is_heading(rest) || starts_with_any(rest, TEXT_BEGINNINGS);
    starts_with_any(rest, &["一是", "——"]) && !so_far.ends_with('、')
        || rest.starts_with(['（', '(']) && is_heading(rest)
        || text_begins && HEADING_ENDS.iter().any(|end| so_far.ends_with(end))
}

fn starts_with_any(words: &str, starts: &[&str]) -> bool {
    starts.iter().any(|start| words.starts_with(start))
}

fn begins_chinese_line(rest: &str) -> bool {
    rest.starts_with(|char: char| is_han(char) || char.is_ascii_digit() || "“《（(【".contains(char))
}

/// Whether `rest` begins with a year, as a date or a paragraph about one does.
fn starts_with_year(rest: &str) -> bool {
    rest.get(..4)
        .is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()))
        && rest
            .get(4..)
            .is_some_and(|behind| behind.starts_with(['年', '-', '/']))
}

/// Whether `words` end in a date or a time of day in figures.
fn ends_with_time(words: &str) -> bool {
    let last = words
        .rsplit([' ', '\u{3000}', ':', '：'])
        .next()
        .unwrap_or_default();
    let token_start = words
        .trim_end_matches(|char: char| char.is_ascii_digit() || "-/:. ".contains(char))
        .len();
    let figures = words.get(token_start..).unwrap_or_default();
    last.ends_with(|char: char| char.is_ascii_digit())
        && figures.contains(['-', '/', ':'])
        && figures.len() >= 5
}
