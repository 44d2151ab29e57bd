//! What lines are in view of their neighbours: the title, trails, unnumbered headings.

use super::line::{ends_sentence, has_arabic_number, heading_level, is_unbroken};
use super::{Block, BlockKind, chrome};

/// A line of at least this many bytes is running text.
const RUNNING_TEXT: usize = 180;
/// A line of at least this many bytes may be a sentence.
const SENTENCE: usize = 90;
/// The title is among so many lines from the top.
const HEAD: usize = 60;

/// Words of which a report's title has one.
#[rustfmt::skip]
const TITLE_WORDS: &[&str] = &[
    "报告", "总结", "公报", "通知", "要点", "计划", "方案", "规划", "意见", "任务", "情况", "汇报", "简报", "思路", "公告",
    "决议", "通报", "讲话", "综述", "白皮书", "概况", "快报", "报告", "總結", "公報", "計劃", "要點",
];

/// Settles the kinds that the lines' own words leave open.
pub(super) fn settle(text: &str, blocks: &mut [Block]) {
    mark_trails(text, blocks);
    mark_values(text, blocks);
    mark_tail(text, blocks);
    mark_headings_that_end_in_a_stop(text, blocks);
    lower_arabic_headings(text, blocks);
    let head_end = head_end(text, blocks);
    mark_title(text, blocks, head_end);
    mark_unnumbered_headings(text, blocks, head_end);
}

fn words<'t>(text: &'t str, block: &Block) -> &'t str {
    block.span.of(text).unwrap_or_default()
}

fn is_running_text(block: &Block) -> bool {
    block.kind == BlockKind::Paragraph && block.span.len() >= RUNNING_TEXT
}

/// 首页 > 政务公开 > 报告, a step a line.
fn mark_trails(text: &str, blocks: &mut [Block]) {
    let is_mark = |block: &Block| block.span.len() <= 3 && chrome::is_trail_mark(words(text, block));
    let steps: Vec<usize> = (0..blocks.len())
        .filter(|&index| {
            let beside = [index.checked_sub(1), Some(index + 1)];
            beside
                .into_iter()
                .flatten()
                .filter_map(|index| blocks.get(index))
                .any(is_mark)
        })
        .collect();
    // The last step often stands again as the head of the list.
    let echoes = steps.iter().filter_map(|&index| {
        let (step, echo) = (blocks.get(index)?, blocks.get(index + 1)?);
        (!step.span.is_empty() && words(text, step) == words(text, echo)).then_some(index + 1)
    });
    let steps: Vec<usize> = steps.iter().copied().chain(echoes).collect();
    for index in steps {
        if let Some(block) = blocks.get_mut(index)
            && block.span.len() <= 45
            && block.kind != BlockKind::Blank
        {
            block.kind = BlockKind::Chrome;
        }
    }
}

/// A name behind 责任编辑：, a button behind 分享到：.
fn mark_values(text: &str, blocks: &mut [Block]) {
    let mut behind_label = false;
    for block in blocks {
        let line = words(text, block);
        if behind_label && block.kind == BlockKind::Paragraph && line.chars().count() <= 5 {
            block.kind = BlockKind::Chrome;
        }
        behind_label = block.kind == BlockKind::Chrome && line.ends_with(['：', ':']);
    }
}

/// What stands behind 相关报道 at the end leads away from the report.
fn mark_tail(text: &str, blocks: &mut [Block]) {
    let tail = blocks
        .iter()
        .rposition(is_running_text)
        .map_or(0, |last| last + 1);
    let mut leads_away = false;
    for block in blocks.iter_mut().skip(tail) {
        match block.kind {
            BlockKind::Chrome => leads_away |= chrome::leads_away(words(text, block)),
            BlockKind::Paragraph if leads_away && !words(text, block).contains('。') => {
                block.kind = BlockKind::Chrome;
            }
            _ => {}
        }
    }
}

/// A numbered line of one sentence is a heading where running text without a number follows.
fn mark_headings_that_end_in_a_stop(text: &str, blocks: &mut [Block]) {
    let mut next_is_text = false;
    for block in blocks.iter_mut().rev() {
        if block.kind == BlockKind::Blank {
            continue;
        }
        let line = words(text, block);
        let level = Some(line)
            .filter(|line| line.len() <= RUNNING_TEXT)
            .and_then(heading_level);
        if next_is_text
            && block.kind == BlockKind::Paragraph
            && let Some(level @ 1..=2) = level
            && !has_arabic_number(line)
            && line
                .find('。')
                .is_some_and(|stop| stop + '。'.len_utf8() == line.len())
        {
            block.kind = BlockKind::Heading(level);
        }
        let is_text = block.kind == BlockKind::Paragraph && block.span.len() >= SENTENCE;
        next_is_text = is_text && heading_level(line).is_none();
    }
}

/// `1.` is a heading of level 2, but of level 3 beneath `（一）`.
fn lower_arabic_headings(text: &str, blocks: &mut [Block]) {
    let mut beneath_second = false;
    for block in blocks {
        match block.kind {
            BlockKind::Heading(1) => beneath_second = false,
            BlockKind::Heading(2) if !has_arabic_number(words(text, block)) => beneath_second = true,
            BlockKind::Heading(2) if beneath_second => block.kind = BlockKind::Heading(3),
            _ => {}
        }
    }
}

/// The index of the first block that belongs to the body.
fn head_end(text: &str, blocks: &[Block]) -> usize {
    blocks
        .iter()
        .take(HEAD)
        .position(|block| {
            is_running_text(block)
                || matches!(block.kind, BlockKind::Heading(_))
                || words(text, block).starts_with("各位代表")
        })
        .unwrap_or(blocks.len().min(HEAD))
}

fn mark_title(text: &str, blocks: &mut [Block], head_end: usize) {
    let candidates = || {
        blocks
            .iter()
            .take(head_end)
            .filter(|block| block.kind == BlockKind::Paragraph)
            .map(|block| words(text, block))
            .filter(|line| may_be_title(line))
    };
    let named = candidates().find(|line| TITLE_WORDS.iter().any(|word| line.contains(word)));
    let Some(title) = named.or_else(|| candidates().find(|line| line.chars().count() >= 6)) else {
        return;
    };
    // The notice that a report is attached to names it, and it stands again above the report itself.
    let attached = title
        .split_once('《')
        .and_then(|(_, rest)| rest.split_once('》'))
        .map(|(name, _)| name);
    for block in blocks.iter_mut().take(2 * HEAD) {
        let line = words(text, block);
        if block.kind == BlockKind::Paragraph && (line == title || Some(line) == attached) {
            block.kind = BlockKind::Title;
        }
    }
}

fn may_be_title(line: &str) -> bool {
    let length = line.chars().count();
    (4..=60).contains(&length)
        && !ends_sentence(line)
        && !line.contains(['：', ':', '；'])
        && !line.starts_with(['—', '-', '（', '('])
        && line.chars().filter(char::is_ascii_digit).count() * 2 < length
}

/// A short line without any mark, right above running text, heads it.
fn mark_unnumbered_headings(text: &str, blocks: &mut [Block], head_end: usize) {
    let mut next_is_text = false;
    for block in blocks.iter_mut().skip(head_end).rev() {
        if block.kind == BlockKind::Blank {
            continue;
        }
        let is_short = (12..=90).contains(&block.span.len());
        if next_is_text && is_short && block.kind == BlockKind::Paragraph && is_unbroken(words(text, block)) {
            block.kind = BlockKind::Heading(3);
        }
        next_is_text = is_running_text(block);
    }
}
