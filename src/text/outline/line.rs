//! What a line is as far as its own words tell.

use super::BlockKind;
use super::chrome;

/// The longest heading in characters; longer lines are running text.
const LONGEST_HEADING: usize = 40;
/// A line of more bytes than this has more than [`LONGEST_HEADING`] characters.
const LONG_LINE: usize = LONGEST_HEADING * 3;

const NUMERALS: &str = "一二三四五六七八九十百〇零";

pub(super) fn kind(line: &str) -> BlockKind {
    if line.is_empty() {
        BlockKind::Blank
    } else if is_row(line) {
        row_kind(line)
    } else if line.len() > LONG_LINE {
        if chrome::is_address(line) {
            BlockKind::Chrome
        } else {
            BlockKind::Paragraph
        }
    } else if let Some(level) = heading_level(line) {
        if ends_sentence(line) {
            BlockKind::Paragraph
        } else {
            BlockKind::Heading(level)
        }
    } else if chrome::is_furniture(line) {
        BlockKind::Chrome
    } else {
        BlockKind::Paragraph
    }
}

/// Whether the line is a table's row.
fn is_row(line: &str) -> bool {
    let bytes = line.as_bytes();
    memchr::memchr_iter(b'|', bytes).any(|at| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let behind = bytes.get(at + 1);
        bytes.len() > 1 && before.is_none_or(|byte| *byte == b' ') && behind.is_none_or(|byte| *byte == b' ')
    })
}

/// A row of nothing but links of the site is furniture.
fn row_kind(line: &str) -> BlockKind {
    let is_chrome = line.len() <= LONG_LINE
        && line
            .split('|')
            .map(str::trim)
            .all(|cell| cell.is_empty() || chrome::is_furniture(cell));
    if is_chrome {
        BlockKind::Chrome
    } else {
        BlockKind::TableRow
    }
}

/// The level that a line's number makes it, were it a heading.
pub(super) fn heading_level(line: &str) -> Option<u8> {
    if is_chinese_number(line, &["、", ".", "．"])
        || line
            .strip_prefix('第')
            .is_some_and(|rest| is_chinese_number(rest, &["部分", "章", "篇"]))
        || is_appendix(line)
    {
        return Some(1);
    }
    let bracketed = line.strip_prefix(['（', '(', '〔']);
    if bracketed.is_some_and(|rest| is_chinese_number(rest, &["）", ")", "〕"]))
        || line
            .strip_prefix('第')
            .is_some_and(|rest| is_chinese_number(rest, &["节"]))
    {
        return Some(2);
    }
    if let Some(behind) = behind_digits(line)
        && let Some(words) = behind.strip_prefix(['.', '．', '、'])
        && !words.starts_with(|char: char| char.is_ascii_digit())
    {
        return Some(2);
    }
    let is_third = bracketed
        .and_then(behind_digits)
        .is_some_and(|rest| rest.starts_with(['）', ')']))
        || line.starts_with(|char: char| matches!(char, '①'..='⑳'));
    is_third.then_some(3)
}

/// Whether the number is an Arabic one, which may stand at two levels.
pub(super) fn has_arabic_number(line: &str) -> bool {
    line.starts_with(|char: char| char.is_ascii_digit())
}

/// Whether a line ends like a sentence or a clause rather than like a heading.
pub(super) fn ends_sentence(line: &str) -> bool {
    line.ends_with(['。', '；', ';', '，', ',', '、', '！', '!']) || line.contains('。')
}

/// Whether nothing in the line parts it into clauses.
pub(super) fn is_unbroken(line: &str) -> bool {
    !line.contains(['。', '，', '；', '：', '！', '？', ',', ';', ':', '|'])
}

fn is_chinese_number(words: &str, ends: &[&str]) -> bool {
    let behind = words.trim_start_matches(|char| NUMERALS.contains(char));
    let digits = (words.len() - behind.len()) / 3;
    (1..=4).contains(&digits) && ends.iter().any(|end| behind.starts_with(end))
}

/// What follows one to three digits at the start; `None` where there are none or more.
fn behind_digits(words: &str) -> Option<&str> {
    let behind = words.trim_start_matches(|char: char| char.is_ascii_digit());
    (1..=3).contains(&(words.len() - behind.len())).then_some(behind)
}

/// 附件, 附件2：, 附录, 名词解释: the head of what is attached, alone on its line.
fn is_appendix(line: &str) -> bool {
    let words = line.trim_end_matches(|char: char| {
        char.is_ascii_digit() || NUMERALS.contains(char) || "：:".contains(char)
    });
    matches!(
        words,
        "附件" | "附录" | "附" | "附表" | "名词解释" | "名词注释" | "注释"
    )
}
