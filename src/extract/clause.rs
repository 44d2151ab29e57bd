//! The words around one value: what leads up to it, and what follows.
//!
//! Pure; works on one sentence at a time.

use std::ops::Range;
use std::sync::LazyLock;

use super::letters::Letters;
use super::words::Words;
use crate::model::Span;

/// Where a value stands in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    /// From the end of the value before it (or the sentence's start) to the value.
    pub(super) lead: Span,
    /// The last part of the lead that no comma, colon or bracket interrupts.
    pub(super) head: Span,
    /// From the value's end to the next comma, bracket or value.
    pub(super) tail: Span,
    /// The characters of the lead.
    pub(super) letters: Letters,
    /// How the clause is joined to the value before it.
    pub(super) joint: Joint,
    /// Whether the head follows right behind the value before, so that it is that value's noun.
    pub(super) is_taken: bool,
}

/// What stands between a value and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// There is no value before it in the sentence, or other clauses stand between.
    Apart,
    /// One comma.
    Comma,
    /// An enumeration comma (、) or a conjunction.
    List,
    /// An opening bracket right behind the value before.
    Bracket,
    /// Words without a comma: 由900家增加到1500家.
    Close,
}

/// How much before a value may name it; what is stripped from it is looked at more than once. Bytes.
const LONGEST_HEAD: usize = 600;

/// Words that belong to the value before them, not to what follows.
static BEHIND_VALUE: LazyLock<Words<'static, ()>> =
    LazyLock::new(|| Words::list("以上 以下 以内 左右 之间 上下 及以上"));

/// Cuts `phrase` (which starts at `at` in the text) behind words like 以上 that go with the value before it.
pub(super) fn skip_behind_value(phrase: &str) -> usize {
    BEHIND_VALUE.starting(phrase).map_or(0, |word| word.text.len())
}

impl Clause {
    /// The clause of the value at `value`, in a sentence where `before` is the end of the value before it
    /// (or the sentence's start) and `after` the start of the value after it (or the sentence's end).
    pub(super) fn of(text: &str, value: Span, before: usize, after: usize, first: bool) -> Self {
        let lead_start = if first {
            before
        } else {
            before + text.get(before..value.start).map_or(0, skip_behind_value)
        };
        let lead = Span::new(lead_start, value.start);
        let words = lead.of(text).unwrap_or_default();
        let mut head = Span::new(lead.start + head_start(words), lead.end);
        head.start = head
            .start
            .max(text.floor_char_boundary(lead.end.saturating_sub(LONGEST_HEAD)));
        let mut is_taken = false;
        if !first && head.start == lead.start {
            // What stands before the first list comma still goes with the value before.
            let comma = words.find('、').map(|at| at + '、'.len_utf8());
            head.start += comma.unwrap_or_default();
            is_taken = comma.is_none() && !words.starts_with(is_conjunction);
        }
        let rest = text.get(value.end..after).unwrap_or_default();
        let tail_start = value.end + skip_behind_value(rest);
        let mut tail = Span::new(tail_start, tail_start + tail_length(text, tail_start, after));
        if tail.end == after {
            // What stands behind the last list comma goes with the value that follows.
            tail.end = tail
                .of(text)
                .and_then(|words| words.rfind('、'))
                .map_or(tail.end, |at| tail.start + at);
        }
        let joint = if first { Joint::Apart } else { joint(words) };
        Self {
            lead,
            letters: Letters::of(words),
            head: trim(text, head),
            tail,
            joint,
            is_taken,
        }
    }
}

fn joint(lead: &str) -> Joint {
    let words = lead.trim();
    let inner = words.trim_start_matches(is_boundary);
    if marks(inner).any(|(_, c)| is_boundary(c)) {
        return Joint::Apart;
    }
    if words.starts_with(is_boundary) {
        return Joint::Comma;
    }
    if words.starts_with(['（', '(']) {
        return Joint::Bracket;
    }
    let listed = words.is_empty() || words.starts_with(is_conjunction) || words.ends_with(is_conjunction);
    if listed { Joint::List } else { Joint::Close }
}

/// Whether `c` joins the members of a list.
pub(super) fn is_conjunction(c: char) -> bool {
    matches!(c, '、' | '和' | '及' | '与')
}

/// What a conjunction is no more when it stands beside these: 普及, 参与, 饱和 before it, 和谐 behind it.
const FUSED: &[(char, &str, &str)] = &[
    ('及', "普惠涉触波论顾危", "时格早"),
    ('和', "共总饱调缓温平中暖祥", "谐平解睦美田县"),
    ('与', "参给赋", "会"),
];

/// Where in `words` conjunctions stand, not characters that only look like one (普及率).
pub(super) fn conjunctions(words: &str) -> impl DoubleEndedIterator<Item = (usize, char)> {
    words
        .char_indices()
        .filter(move |&(at, c)| is_conjunction(c) && !is_fused(words, at, c))
}

fn is_fused(words: &str, at: usize, c: char) -> bool {
    let before = words.get(..at).and_then(|rest| rest.chars().next_back());
    let behind = words
        .get(at + c.len_utf8()..)
        .and_then(|rest| rest.chars().next());
    FUSED.iter().any(|&(fused, ahead, after)| {
        fused == c && (before.is_some_and(|c| ahead.contains(c)) || behind.is_some_and(|c| after.contains(c)))
    })
}

/// Where in the lead the last uninterrupted part starts. Brackets and quotes that close again are transparent.
fn head_start(lead: &str) -> usize {
    let mut levels = [0usize; 8];
    let mut depth = 0;
    for (at, c) in marks(lead) {
        let behind = at + c.len_utf8();
        if is_opening(c) && depth + 1 < levels.len() {
            depth += 1;
            set(&mut levels, depth, behind);
        } else if is_closing(c) {
            if depth == 0 {
                set(&mut levels, 0, behind);
            } else {
                depth -= 1;
            }
        } else if is_boundary(c) || parts(lead, at, c) {
            set(&mut levels, depth, behind);
        }
    }
    // A quote that opens right before the value (“四连增”) belongs to the value.
    while depth > 0
        && levels
            .get(depth)
            .is_some_and(|start| lead.get(*start..).is_some_and(|rest| rest.trim().is_empty()))
    {
        depth -= 1;
    }
    levels.get(depth).copied().unwrap_or_default()
}

/// Whether `c` parts clauses only where it stands: a dash before another, a blank between two ideographs.
fn parts(lead: &str, at: usize, c: char) -> bool {
    let before = || lead.get(..at).and_then(|words| words.chars().next_back());
    let behind = || {
        let words = lead.get(at + c.len_utf8()..)?;
        words.chars().next()
    };
    match c {
        '—' => behind() == Some('—') || before() == Some('—'),
        ' ' => before().is_some_and(|c| !c.is_ascii()) && behind().is_some_and(|c| !c.is_ascii()),
        _ => false,
    }
}

fn set(levels: &mut [usize], depth: usize, at: usize) {
    if let Some(level) = levels.get_mut(depth) {
        *level = at;
    }
}

fn tail_length(text: &str, start: usize, end: usize) -> usize {
    let words = text.get(start..end).unwrap_or_default();
    let mut depth = 0usize;
    for (at, c) in marks(words) {
        if is_opening(c) {
            // A bracket right behind the value is a remark, not the name.
            if at == 0 && matches!(c, '（' | '(') {
                return 0;
            }
            depth += 1;
        } else if is_closing(c) {
            if depth == 0 {
                return at;
            }
            depth -= 1;
        } else if depth == 0 && (is_boundary(c) || is_stop(c)) {
            return at;
        }
    }
    words.len()
}

/// Whether a clause ends at `c`.
pub(super) fn is_boundary(c: char) -> bool {
    matches!(
        c,
        '，' | ',' | '；' | ';' | '：' | ':' | '\n' | '\t' | '\u{3000}' | '|'
    )
}

/// Whether a sentence ends at `c`.
pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '\n')
}

/// The characters of `text` that are no ideographs, each with where it starts.
///
/// Bytes are looked at, as every clause passes here and most characters are ideographs.
fn marks(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        // The lead bytes of the ideographs, which have three each.
        while let Some(0xE4..=0xE9) = text.as_bytes().get(at) {
            at += 3;
        }
        let c = text.get(at..)?.chars().next()?;
        let start = at;
        at += c.len_utf8();
        Some((start, c))
    })
}

/// Whether `c` numbers headings and points.
pub(super) fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'
    )
}

fn is_opening(c: char) -> bool {
    matches!(c, '（' | '(' | '“' | '《' | '【' | '「' | '‘' | '〔' | '[')
}

fn is_closing(c: char) -> bool {
    matches!(c, '）' | ')' | '”' | '》' | '】' | '」' | '’' | '〕' | ']')
}

/// The span without blanks, list commas and bullets at its ends.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let Some(words) = span.of(text) else { return span };
    let loose =
        |c: char| c.is_whitespace() || matches!(c, '、' | '·' | '•' | '-' | '—' | '*' | '.' | '#' | '>');
    let cut = words.trim_start_matches(loose);
    let start = span.end - cut.len();
    let end = start
        + cut
            .trim_end_matches(|c: char| {
                c.is_whitespace() || matches!(c, '、' | '“' | '‘' | '（' | '(' | '《')
            })
            .len();
    Span::new(start, end)
}

/// The sentences of `block`, as byte ranges of `text`, each with its stop.
pub(super) fn sentences(text: &str, block: Span) -> impl Iterator<Item = Range<usize>> {
    let mut at = block.start;
    std::iter::from_fn(move || {
        let rest = text.get(at..block.end).filter(|rest| !rest.is_empty())?;
        let length = stop_in(rest).unwrap_or(rest.len());
        let sentence = at..at + length;
        at = sentence.end;
        Some(sentence)
    })
}

/// The end of the first stop in `text`. Bytes.
fn stop_in(text: &str) -> Option<usize> {
    // Bytes are looked at, not characters, since every byte of a report passes here.
    let mut at = 0;
    loop {
        match text.as_bytes().get(at)? {
            // The lead bytes of the ideographs, which have three each.
            0xE4..=0xE9 => at += 3,
            b'!' | b'?' | b'\n' => return Some(at + 1),
            0xE3 | 0xEF => {
                let c = text.get(at..)?.chars().next()?;
                at += c.len_utf8();
                if is_stop(c) {
                    return Some(at);
                }
            }
            _ => at += 1,
        }
    }
}
