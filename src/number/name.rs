//! Numbers that are part of a name, a document's number, an identifier or a list's numbering.

use crate::model::{Role, Span};

use super::date::date_end;
use super::glyph::{arabic_digit, chinese_digit, is_gap, is_han, magnitude, single_sign};
use super::numeral::{Numeral, Script, numeral};
use super::place::{
    after, before, begins_sentence, char_at, char_before, skip_gap, solid_before, stands_alone,
};
use super::units::unit_at;
use super::words::FIXED;

/// A stretch that is no quantity, and what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    pub span: Span,
    pub role: Role,
}

/// The longest slogan in quotes, in characters.
const SLOGAN: usize = 16;

/// A slogan or programme in quotes that holds a numeral: “三区三线”, “8+4”, “高效办成一件事”.
pub(super) fn quoted(text: &str, open: usize) -> Option<Label> {
    let (mark, close) = match char_at(text, open)? {
        '“' => ('“', '”'),
        '"' => ('"', '"'),
        _ => return None,
    };
    let inside = open + mark.len_utf8();
    let rest = after(text, inside);
    let length = rest
        .char_indices()
        .take(SLOGAN + 1)
        .take_while(|(_, c)| !matches!(c, '，' | '。' | '；' | ',' | '\n' | '%' | '％' | '“' | '|' | '<'))
        .find(|&(_, c)| c == close)?
        .0;
    let words = rest.get(..length)?;
    let dated = numeral(text, inside)
        .is_some_and(|n| n.plain_digits == 4 && date_end(text, &n).is_some_and(|end| end > n.end));
    if dated || !holds_numeral(words) || is_measured(text, inside, inside + length) {
        return None;
    }
    let span = match words.chars().next().and_then(arabic_digit) {
        Some(_) => Span::new(open, inside + length + close.len_utf8()),
        None => Span::new(inside, inside + length),
    };
    Some(Label {
        span,
        role: Role::Name,
    })
}

/// Whether quoted words hold a numeral that is no figure of speech.
fn holds_numeral(words: &str) -> bool {
    words.char_indices().any(|(at, c)| {
        let numeric = arabic_digit(c).is_some()
            || single_sign(c).is_some()
            || (chinese_digit(c).is_some() || magnitude(c).is_some()) && c != '兆';
        numeric
            && !(c == '一'
                && words
                    .get(..at)
                    .is_some_and(|head| head.ends_with(['统', '唯', '进', '同'])))
    })
}

/// Whether the words in quotes are one quantity of money or the like, or a streak (二十二连丰).
fn is_measured(text: &str, start: usize, end: usize) -> bool {
    let Some(first) = numeral(text, start) else {
        return false;
    };
    if streak_end(text, &first) == Some(end) {
        return true;
    }
    first.mult >= 4 && unit_at(text, first.end).is_some_and(|unit| unit.end == end)
}

/// Where 5连增, 二十二连丰, 九连冠 ends.
pub(super) fn streak_end(text: &str, first: &Numeral) -> Option<usize> {
    let rest = after(text, first.end).strip_prefix('连')?;
    let what = rest
        .chars()
        .next()
        .filter(|c| "增丰涨好冠快降跌升优胜败".contains(*c))?;
    Some(text.len() - rest.len() + what.len_utf8())
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
    fits.then(|| label(start, first.end + close.len_utf8(), Role::Enumerator))
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
    fits.then(|| label(first.start, first.end + mark.len_utf8(), Role::Enumerator))
}

/// The running number in the first cell of a table row.
fn row_number(text: &str, first: &Numeral) -> Option<Label> {
    let head = before(text, first.start)
        .trim_end_matches(is_gap)
        .strip_suffix('|')?;
    let heads_row = head.is_empty() || head.ends_with('\n');
    let whole_cell = char_at(text, skip_gap(text, first.end)) == Some('|');
    let fits = heads_row && whole_cell && (1..=3).contains(&first.plain_digits);
    fits.then(|| label(first.start, first.end, Role::Enumerator))
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
    begins_sentence(text, at) || matches!(solid_before(text, at), Some('，' | ',' | '、' | '（' | '('))
}

/// A circled number or a Roman numeral.
pub(super) fn single(text: &str, at: usize) -> Option<Label> {
    let c = char_at(text, at).filter(|c| single_sign(*c).is_some())?;
    let end = at + c.len_utf8();
    if !('Ⅰ'..='ⅿ').contains(&c) {
        return Some(label(at, end, Role::Enumerator));
    }
    let tail = char_at(text, end).filter(|c| matches!(c, '类' | '级' | '号' | '期' | '型'));
    Some(label(at, end + tail.map_or(0, char::len_utf8), Role::Name))
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
        label(
            year.start - open.len_utf8(),
            text.len() - rest.len(),
            Role::Document,
        )
    })
}

fn skip_prefix(text: &str, at: usize, prefix: &str) -> usize {
    at + if after(text, at).starts_with(prefix) {
        prefix.len()
    } else {
        0
    }
}

/// A token of Latin letters and digits: PM2.5, C919, 5G, an address in the web, a key.
pub(super) fn latin_token(text: &str, first: &Numeral, floor: usize) -> Option<Label> {
    let start = token_start(text, first.start, floor);
    let end = token_end(text, first.end);
    let token = text.get(start..end)?;
    if token.contains("://") || token.contains("www.") || token.contains('@') {
        return Some(label(start, whole_token_end(text, end), Role::Identifier));
    }
    let letters_before = text
        .get(start..first.start)
        .is_some_and(|head| head.contains(|c: char| c.is_ascii_alphabetic()) && !head.ends_with([':', '=']));
    let letters_behind = char_at(text, first.end).is_some_and(|c| c.is_ascii_alphabetic());
    if !letters_before && !letters_behind {
        return None;
    }
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    if digits >= 6 && token.len() >= 10 {
        return Some(label(start, whole_token_end(text, end), Role::Identifier));
    }
    if letters_behind && !letters_before {
        if unit_at(text, skip_gap(text, first.end)).is_some() {
            return None;
        }
        let tail = char_at(text, end).filter(|c| matches!(c, '级'));
        return Some(label(start, end + tail.map_or(0, char::len_utf8), Role::Name));
    }
    let is_quantity = unit_at(text, skip_gap(text, first.end)).is_some() || first.mult > 0;
    if is_quantity && !is_particle(token) {
        return None;
    }
    Some(label(start, end, Role::Name))
}

/// Whether a token is the name of a fine dust fraction, whose value comes later.
fn is_particle(token: &str) -> bool {
    token.starts_with("PM") || token.starts_with("pm")
}

fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '/' | ':' | '.' | '-' | '@' | '=' | '?' | '&' | '#' | '%')
}

/// How far a Latin token is looked at to either side of a digit. Bytes.
const TOKEN: usize = 64;

fn token_start(text: &str, at: usize, floor: usize) -> usize {
    let head = before(text, at).as_bytes();
    let mut start = at;
    while start > floor
        && at - start < TOKEN
        && head.get(start - 1).is_some_and(|b| is_token_char(char::from(*b)))
    {
        start -= 1;
    }
    let words = text.get(start..at).unwrap_or_default();
    at - words
        .trim_start_matches(|c: char| !c.is_ascii_alphanumeric())
        .len()
}

/// Where the token that goes on at `at` ends, looking no further than `TOKEN`.
fn token_end(text: &str, at: usize) -> usize {
    token_length(after(text, at), TOKEN) + at
}

/// The same without a limit, for what is taken whole.
fn whole_token_end(text: &str, at: usize) -> usize {
    token_length(after(text, at), usize::MAX) + at
}

fn token_length(rest: &str, most: usize) -> usize {
    let length = rest
        .bytes()
        .take(most)
        .take_while(|b| is_token_char(char::from(*b)))
        .count();
    let token = rest.get(..length).unwrap_or_default();
    token.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()).len()
}

/// `8+4`, `1+2+N`, `4×4` without quotes.
pub(super) fn joined(text: &str, first: &Numeral) -> Option<Label> {
    if first.plain_digits == 0 {
        return None;
    }
    let mut end = first.end;
    while let Some(sign) = char_at(text, end).filter(|c| matches!(c, '+' | '＋' | '×')) {
        let at = end + sign.len_utf8();
        end = match (numeral(text, at), char_at(text, at)) {
            (Some(next), _) if next.plain_digits > 0 => next.end,
            (_, Some(letter @ ('N' | 'X' | 'n'))) => at + letter.len_utf8(),
            _ => break,
        };
    }
    (end > first.end).then(|| label(first.start, end, Role::Name))
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
    "统一社会信用代码",
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
    fits.then(|| label(first.start, end, Role::Identifier))
}

/// A Chinese word that begins with a numeral which counts nothing.
pub(super) enum FixedWord {
    /// It is a name (三峡).
    Name(Label),
    /// It is a figure of speech (一批).
    Idiom {
        /// One past its last byte.
        end: usize,
    },
}

/// The fixed word that begins with `first` and is no shorter.
pub(super) fn fixed_word(text: &str, first: &Numeral) -> Option<FixedWord> {
    if first.script == Script::Arabic {
        return None;
    }
    let (word, role) = FIXED.longest(after(text, first.start))?;
    let end = first.start + word.len();
    let counts = end < first.end
        || after(text, first.end).starts_with("分之")
        || before(text, first.start).ends_with('第')
        || stands_alone(text, first.start, first.end);
    (!counts).then(|| match role {
        Some(role) => FixedWord::Name(label(first.start, end, role)),
        None => FixedWord::Idiom { end },
    })
}

/// 二十大, 二十届三中全会, 十一届十次全会, 十四五.
pub(super) fn session(text: &str, first: &Numeral) -> Option<Label> {
    let rest = after(text, first.end);
    if first.plain_digits > 0 || first.mult > 0 {
        return None;
    }
    let words = text.get(first.start..first.end)?;
    if is_plan(words) && unit_at(text, first.end).is_none() {
        return Some(label(first.start, first.end, Role::Name));
    }
    if rest.starts_with('大')
        && first.end - first.start >= 6
        && words.starts_with(['十', '二', '三'])
        && words.contains('十')
    {
        return Some(label(first.start, first.end + '大'.len_utf8(), Role::Name));
    }
    if let Some(end) = plenary_end(text, first.start) {
        return Some(label(first.start, end, Role::Name));
    }
    let rest = rest.strip_prefix('届')?;
    let at = text.len() - rest.len();
    Some(label(
        first.start,
        plenary_end(text, at).unwrap_or(at),
        Role::Name,
    ))
}

/// Where 三中全会, 十次全会, 二中、三中全会 ends.
fn plenary_end(text: &str, at: usize) -> Option<usize> {
    let first = numeral(text, at)?;
    let rest = after(text, first.end);
    if ["中全会", "次全会", "次会议"]
        .iter()
        .any(|tail| rest.starts_with(tail))
    {
        return Some(first.end + "中全会".len());
    }
    let rest = rest.strip_prefix(['中', '次'])?.strip_prefix('、')?;
    let second = numeral(text, text.len() - rest.len())?;
    let rest = after(text, second.end);
    (rest.starts_with("中全会") || rest.starts_with("次全会")).then_some(second.end + "中全会".len())
}

/// Whether the words are the short name of a five-year plan (十四五, 八五).
fn is_plan(words: &str) -> bool {
    let Some(head) = words.strip_suffix('五') else {
        return false;
    };
    let digit = head.strip_prefix('十').unwrap_or(head);
    let mut digits = digit.chars();
    digits
        .next()
        .and_then(chinese_digit)
        .is_some_and(|d| d > 0 && (digit != head || d > 4))
        && digits.next().is_none()
}

/// 一号墓, 二期, 一等奖, 三级: a numeral that names one of several.
pub(super) fn numbered(text: &str, first: &Numeral) -> Option<Label> {
    let tail = ["等奖", "号", "期", "级", "价", "重奏", "星级", "线城市"]
        .into_iter()
        .find(|tail| after(text, first.end).starts_with(tail))?;
    let end = first.end + tail.len();
    let rest = after(text, end);
    let fits = first.mult == 0
        && match tail {
            "期" => !rest.starts_with(['间', '待', '望', '货']),
            "号" => !rest.starts_with(['召', '称', '码']),
            "级" => !rest.starts_with('别'),
            _ => true,
        };
    let listed = before(text, first.start).ends_with(['县', '乡', '村', '市']);
    let bounds = tail == "级" && (listed || rest.starts_with("以上") || rest.starts_with("及以上"));
    fits.then(|| {
        label(
            first.start,
            end,
            if bounds { Role::Criterion } else { Role::Name },
        )
    })
}

fn label(start: usize, end: usize, role: Role) -> Label {
    Label {
        span: Span::new(start, end),
        role,
    }
}

/// Whether the Han character before `at` makes a lone 一 part of a word (统一, 进一步).
pub(super) fn is_bound(text: &str, at: usize) -> bool {
    char_before(text, at).is_some_and(|c| is_han(c) && "统进唯同单逐专每某任另这那不之归划整合万".contains(c))
}
