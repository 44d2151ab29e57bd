//! Numbers that are part of a name: slogans, sessions, editions, products, and idioms that hold none.

use crate::model::{Role, Span, ValueType};

use super::date::date_end;
use super::glyph::{arabic_digit, chinese_digit, is_han, magnitude, single_sign};
use super::label::Label;
use super::numeral::{Numeral, Script, numeral};
use super::place::{after, before, char_at, char_before, stands_alone};
use super::units::unit_at;
use super::words::FIXED;

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
    (end > first.end).then(|| Label::new(first.start, end, Role::Name))
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
    let unit_goes_on =
        || unit_at(text, first.end).is_some_and(|unit| unit.end > end || unit.kind == ValueType::Multiple);
    let counts = end < first.end
        || unit_goes_on()
        || after(text, first.end).starts_with("分之")
        || before(text, first.start).ends_with('第')
        || stands_alone(text, first.start, first.end);
    (!counts).then(|| match role {
        Some(role) => FixedWord::Name(Label::new(first.start, end, role)),
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
        return Some(Label::new(first.start, first.end, Role::Name));
    }
    if rest.starts_with('大')
        && first.end - first.start >= 6
        && words.starts_with(['十', '二', '三'])
        && words.contains('十')
    {
        return Some(Label::new(first.start, first.end + '大'.len_utf8(), Role::Name));
    }
    if let Some(end) = plenary_end(text, first.start) {
        return Some(Label::new(first.start, end, Role::Name));
    }
    let rest = rest.strip_prefix('届')?;
    let at = text.len() - rest.len();
    Some(Label::new(
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
        Label::new(
            first.start,
            end,
            if bounds { Role::Criterion } else { Role::Name },
        )
    })
}

/// Whether the Han character before `at` makes a lone 一 part of a word (统一, 进一步).
pub(super) fn is_bound(text: &str, at: usize) -> bool {
    char_before(text, at).is_some_and(|c| is_han(c) && "统进唯同单逐专每某任另这那不之归划整合万".contains(c))
}
