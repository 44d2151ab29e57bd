//! What numbers a part or marks a thing: list numbering, documents' numbers, identifiers.

use crate::model::{Role, Span};

use super::glyph::{arabic_digit, chinese_digit, is_gap, is_han, single_sign};
use super::numeral::{Numeral, numeral};
use super::place::{after, before, begins_sentence, char_at, char_before, skip_gap, solid_before};
use super::units::unit_at;

/// A stretch that is no quantity, and what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    pub span: Span,
    pub role: Role,
}

impl Label {
    /// The stretch from `start` to `end`, in this role. Bytes.
    pub(super) fn new(start: usize, end: usize, role: Role) -> Self {
        Self {
            span: Span::new(start, end),
            role,
        }
    }
}

/// (一), （十二）, 一、, 一是, ①, 1. at the head of a section or a list item.
pub(super) fn enumerator(text: &str, first: &Numeral) -> Option<Label> {
    if first.mult > 0 || first.end - first.start > 12 {
        return None;
    }
    bracketed_enumerator(text, first)
        .or_else(|| leading_enumerator(text, first))
        .or_else(|| row_number(text, first))
}

fn bracketed_enumerator(text: &str, first: &Numeral) -> Option<Label> {
    let open = char_before(text, first.start).filter(|c| matches!(c, '（' | '(' | '〈'))?;
    let close = char_at(text, first.end).filter(|c| matches!(c, '）' | ')' | '〉'))?;
    let start = first.start - open.len_utf8();
    let fits = first.plain_digits == 0 || first.plain_digits <= 2 && begins_item(text, start);
    fits.then(|| Label::new(start, first.end + close.len_utf8(), Role::Enumerator))
}

fn leading_enumerator(text: &str, first: &Numeral) -> Option<Label> {
    let mark = char_at(text, first.end)?;
    let arabic = first.plain_digits > 0;
    let fits = match mark {
        '、' => {
            begins_item(text, first.start) && !next_is_numeral(text, first.end + mark.len_utf8(), arabic)
        }
        '.' | '．' => arabic && first.plain_digits <= 2 && begins_item(text, first.start),
        '是' | '要' => !arabic && begins_clause(text, first.start),
        _ => false,
    };
    fits.then(|| Label::new(first.start, first.end + mark.len_utf8(), Role::Enumerator))
}

/// The running number in the first cell of a table row.
fn row_number(text: &str, first: &Numeral) -> Option<Label> {
    let head = before(text, first.start)
        .trim_end_matches(is_gap)
        .strip_suffix('|')?;
    let heads_row = head.is_empty() || head.ends_with('\n');
    let whole_cell = char_at(text, skip_gap(text, first.end)) == Some('|');
    let fits = heads_row && whole_cell && (1..=3).contains(&first.plain_digits);
    fits.then(|| Label::new(first.start, first.end, Role::Enumerator))
}

fn next_is_numeral(text: &str, at: usize, arabic: bool) -> bool {
    char_at(text, at).is_some_and(|c| {
        if arabic {
            arabic_digit(c).is_some()
        } else {
            chinese_digit(c).is_some()
        }
    })
}

fn begins_item(text: &str, at: usize) -> bool {
    begins_sentence(text, at) || matches!(solid_before(text, at), Some('”' | '）' | ')' | '】'))
}

fn begins_clause(text: &str, at: usize) -> bool {
    begins_sentence(text, at)
        || matches!(
            solid_before(text, at),
            Some('，' | ',' | '、' | '（' | '(' | '…' | '—')
        )
}

/// A circled number or a Roman numeral.
pub(super) fn single(text: &str, at: usize) -> Option<Label> {
    let c = char_at(text, at).filter(|c| single_sign(*c).is_some())?;
    let end = at + c.len_utf8();
    if !('Ⅰ'..='ⅿ').contains(&c) {
        return Some(Label::new(at, end, Role::Enumerator));
    }
    let tail = char_at(text, end).filter(|c| matches!(c, '类' | '级' | '号' | '期' | '型'));
    Some(Label::new(at, end + tail.map_or(0, char::len_utf8), Role::Name))
}

/// `〔2024〕9号`, from the bracket on.
pub(super) fn document(text: &str, year: &Numeral) -> Option<Label> {
    let open = char_before(text, year.start)
        .filter(|c| matches!(c, '〔' | '[' | '【' | '［' | '﹝' | '（' | '('))?;
    let close =
        char_at(text, year.end).filter(|c| matches!(c, '〕' | ']' | '】' | '］' | '﹞' | '）' | ')'))?;
    let at = skip_prefix(text, year.end + close.len_utf8(), "第");
    let number = numeral(text, at).filter(|n| n.plain_digits > 0)?;
    let rest = after(text, number.end).strip_prefix('号')?;
    let fits = year.plain_digits == 4;
    fits.then(|| {
        Label::new(
            year.start - open.len_utf8(),
            text.len() - rest.len(),
            Role::Document,
        )
    })
}

/// Words right before a number that identifies something.
const IDENTIFIER_HEADS: &[&str] = &[
    "邮编",
    "邮政编码",
    "电话",
    "传真",
    "索引号",
    "备",
    "手机",
    "热线",
    "编号",
    "代码",
    "标识码",
    "账号",
    "证号",
];

/// A phone number, a postcode or another long string of digits.
pub(super) fn identifier(text: &str, first: &Numeral) -> Option<Label> {
    if first.plain_digits == 0 {
        return None;
    }
    let mut end = first.end;
    let mut digits = first.plain_digits;
    while let Some(next) = char_at(text, end)
        .filter(|c| *c == '-')
        .and_then(|_| numeral(text, end + 1))
    {
        if next.plain_digits == 0 {
            break;
        }
        digits += next.plain_digits;
        end = next.end;
    }
    let head = before(text, first.start).trim_end_matches(|c: char| is_gap(c) || matches!(c, ':' | '：'));
    let told = IDENTIFIER_HEADS.iter().any(|word| head.ends_with(word));
    let unit = unit_at(text, skip_gap(text, end)).is_some();
    let phone = end > first.end || after(text, first.start).starts_with('0');
    let long = (digits >= 11 || digits >= 7 && phone) && !unit && !char_at(text, end).is_some_and(is_han);
    let fits = long || told && digits >= 3 || digits > 20;
    let mut end = skip_prefix(text, end, "号");
    if let Some(part) = after(text, end)
        .strip_prefix('-')
        .and_then(|_| numeral(text, end + 1))
    {
        end = part.end;
    }
    fits.then(|| Label::new(first.start, end, Role::Identifier))
}

fn skip_prefix(text: &str, at: usize, prefix: &str) -> usize {
    at + if after(text, at).starts_with(prefix) {
        prefix.len()
    } else {
        0
    }
}
