//! Cutting a run of Chinese and letters into words without a dictionary.

use super::is_digit;
use crate::model::Span;
use unicode_segmentation::GraphemeCursor;

/// Characters looked at on either side of a place.
const REACH: usize = 64;

/// Words that stand between an indicator's name and what is said of it: they are words of their
/// own, and part the names on either side.
const LIGHT: &str = "\
    的 了 和 与 及 以及 或 并 在 对 从 由 被 把 将 向 为 是 以 于 比 较 等 其中 分别 其 已 已经 共有 也 \
    都 又 均 约为 超过 占 居 达到 高达 拥有 现有 成为 作为 位居 位列 排名 高于 低于 快于 不低于 不超过 \
    增长 同比增长 下降 同比下降 上升 回落 提高 提升 降低 减少 增加 增至 扩大 缩小 收窄 实现 完成 突破 \
    保持 继续 带动 力争 预计 确保 取得 获得 获 推进 推动 加快 同比 环比 比上年 较上年 上年 去年 今年 全年 \
    当年 累计 截至 目前";

/// Words that are light only right before a number.
const BEFORE_NUMBER: &str = "第 达 至 到 超 逾 约 近 共 仅 列 有 多达";

/// Words that hold a light word inside and are not to be cut there.
const HELD: &str = "\
    增加值 增长率 增长点 增长极 下降率 上升率 完成率 完成额 实现率 提高率 占比 占地 比重 比例 比率 比值 \
    百分比 对比 和谐 和平 共和 饱和 温和 参与 与会 涉及 普及 及格 及时 了解 存在 所在 在校 在建 \
    在岗 在园 在研 在库 在职 在册 在线 潜在 对外 对口 对接 对台 对象 应对 面对 针对 相对 绝对 反对 \
    从业 从事 由于 自由 理由 将军 行为 人为 认为 以为 为民 目的 的士 以上 以下 以内 以外 所以 可以 \
    以来 等级 等次 高等 中等 初等 平等 同等 其他 其它 首都 都市 成都 平均 人均 户均 均衡 年均 日均 \
    地均 均等 居民 居住 居家 居委 定居 宜居 人居 较大 较高 较强 方向 转向 定向 向上 于都 关于 属于 \
    合并 兼并 并购 并网 等于 对标 对照 结对 尤其 植被 面向 正在 现在 旨在 收获 继续教育 \
    获利 获奖 获批 获评 荣获 推进器 第一 第二 第三 第四 第五 第六 第七 第八 第九 第十";

/// Measure words that may follow a number, with the magnitudes before them.
const MEASURES: &str = "\
    个百分点 百分点 平方公里 平方米 立方米 公里 千米 公顷 公斤 千瓦时 千瓦 万人次 人次 美元 欧元 \
    港元 年度 年底 年末 月份 月底 月末 元 年 月 日 号 时 家 个 名 人 位 项 件 条 台 套 辆 艘 只 头 \
    株 所 户 亩 吨 米 度 倍 成 次 届 批 类 种 篇 部 座 栋 间 处 片 场 期 级 天 周 岁 点 分 秒";

/// Words that may follow a number and its measure word, and belong to neither it nor the next name.
const LIMITS: &str = "以上 以下 以内 以外 左右 上下";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Part of a name; touching ones are one word.
    Name,
    /// A word by itself.
    Single,
}

/// The words around `at` in `line`, one of them the word at `at` itself.
pub(super) fn pieces(line: &str, at: usize) -> Vec<Span> {
    let cluster = cluster_at(line, at);
    let Some(c) = cluster.of(line).and_then(|words| words.chars().next()) else {
        return Vec::new();
    };
    let run_of = |belongs: &dyn Fn(usize, char) -> bool| {
        let run = run_around(line, cluster.start, belongs);
        Span::new(run.start, run.end.max(cluster.end))
    };
    if c.is_whitespace() {
        vec![run_of(&|_, c| c.is_whitespace())]
    } else if is_word_part(line, cluster.start, c) {
        cut(line, run_of(&|i, c| is_word_part(line, i, c)))
    } else {
        vec![cluster]
    }
}

/// The longest run around `at` of characters that satisfy `belongs`, within reach.
fn run_around(line: &str, at: usize, belongs: impl Fn(usize, char) -> bool) -> Span {
    let (before, after) = line.split_at(at);
    let back = before
        .char_indices()
        .rev()
        .take(REACH)
        .take_while(|&(i, c)| belongs(i, c));
    let start = back.last().map_or(at, |(i, _)| i);
    let ahead = after
        .char_indices()
        .take(REACH)
        .take_while(|&(i, c)| belongs(at + i, c));
    let end = ahead.last().map_or(at, |(i, c)| at + i + c.len_utf8());
    Span::new(start, end)
}

fn cluster_at(line: &str, at: usize) -> Span {
    let mut cursor = GraphemeCursor::new(at, line.len(), true);
    let start = match cursor.is_boundary(line, 0) {
        Ok(false) => cursor.prev_boundary(line, 0).ok().flatten().unwrap_or(0),
        _ => at,
    };
    Span::new(start, super::next_grapheme(line, at))
}

fn is_word_part(line: &str, at: usize, c: char) -> bool {
    let before = line.get(..at).unwrap_or_default();
    if is_extender(c) {
        let base = before.chars().rev().take(REACH).find(|&c| !is_extender(c));
        return base.is_some_and(char::is_alphanumeric);
    }
    let joins = || {
        let after = line
            .get(at + c.len_utf8()..)
            .and_then(|after| after.chars().next());
        before.ends_with(is_letter_or_digit) && after.is_some_and(is_letter_or_digit)
    };
    c.is_alphanumeric() || (matches!(c, '.' | ',' | '&' | '+' | '-' | '/' | '_' | '＆' | '．') && joins())
}

fn is_letter_or_digit(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

/// Marks that belong to the character before them.
fn is_extender(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{3099}' | '\u{309A}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0100}'..='\u{E01EF}')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '々' | '〇' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Cuts a run into words.
fn cut(line: &str, run: Span) -> Vec<Span> {
    let mut words = Words {
        spans: Vec::new(),
        last: Kind::Single,
    };
    let mut at = run.start;
    let mut after_number = false;
    while let Some(first) = line.get(at..run.end).and_then(|rest| rest.chars().next()) {
        let han = is_han(first);
        let end = same_script_end(line, at, run.end, han);
        let part = line.get(at..end).unwrap_or_default();
        if han {
            let (measure, rest) = part.split_at(if after_number { measure_len(part) } else { 0 });
            words.push(at, at + measure.len(), Kind::Single);
            let number_follows = line.get(end..).is_some_and(|rest| rest.starts_with(is_digit));
            cut_han(rest, at + measure.len(), number_follows, &mut words);
            after_number = false;
        } else {
            after_number = !part.contains(char::is_alphabetic);
            words.push(at, end, if after_number { Kind::Single } else { Kind::Name });
        }
        at = end;
    }
    words.spans
}

/// Where the stretch from `at` that is all Han, or all not, ends; extenders go with what they extend.
fn same_script_end(line: &str, at: usize, limit: usize, han: bool) -> usize {
    let rest = line.get(at..limit).unwrap_or_default();
    let end = rest
        .char_indices()
        .find(|&(_, c)| !is_extender(c) && is_han(c) != han);
    at + end.map_or(rest.len(), |(i, _)| i)
}

/// Bytes of the magnitude, measure word and limit that a Han stretch after a number begins with.
fn measure_len(part: &str) -> usize {
    let rest = part.trim_start_matches(['十', '百', '千', '万', '亿', '多', '余']);
    let rest = if longest(MEASURES, part) > 0 { part } else { rest };
    let after = rest.get(longest(MEASURES, rest)..).unwrap_or_default();
    part.len() - after.len() + longest(LIMITS, after)
}

/// Cuts the Han stretch `part`, which stands at `base`, into names and light words.
fn cut_han(part: &str, base: usize, number_follows: bool, words: &mut Words) {
    let mut at = 0;
    while let Some(rest) = part.get(at..).filter(|rest| !rest.is_empty()) {
        let (light, held) = (light_len(rest, number_follows), longest(HELD, rest));
        let one = rest.chars().next().map_or(1, char::len_utf8);
        let (len, kind) = if light > held {
            (light, Kind::Single)
        } else {
            (held.max(one), Kind::Name)
        };
        words.push(base + at, base + at + len, kind);
        at += len;
    }
}

/// Bytes of the light word that `rest` begins with.
fn light_len(rest: &str, number_follows: bool) -> usize {
    let qualifier = longest(BEFORE_NUMBER, rest);
    let after = rest.get(qualifier..).unwrap_or_default();
    let counts = if after.is_empty() {
        number_follows
    } else {
        after.starts_with(is_han_numeral)
    };
    longest(LIGHT, rest).max(if counts { qualifier } else { 0 })
}

fn is_han_numeral(c: char) -> bool {
    "一二三四五六七八九十百千万两".contains(c)
}

/// Bytes of the longest word of `table`, a list parted by blanks, that `text` starts with, or 0.
fn longest(table: &str, text: &str) -> usize {
    table
        .split(' ')
        .filter(|word| text.starts_with(*word))
        .map(str::len)
        .max()
        .unwrap_or(0)
}

/// The words found so far.
struct Words {
    spans: Vec<Span>,
    last: Kind,
}

impl Words {
    fn push(&mut self, start: usize, end: usize, kind: Kind) {
        if start == end {
            return;
        }
        match self.spans.last_mut() {
            Some(last) if kind == Kind::Name && self.last == Kind::Name => last.end = end,
            _ => self.spans.push(Span::new(start, end)),
        }
        self.last = kind;
    }
}
