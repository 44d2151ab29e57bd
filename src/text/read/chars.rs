//! Which characters are seen, which are space and which are Chinese.

use std::ops::Range;

/// How a character looks on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// It has ink, or means something.
    Visible,
    /// It is blank.
    Space,
    /// It leaves no trace: zero-width and control characters.
    Invisible,
}

pub(super) fn look(char: char) -> Look {
    match char {
        '\t'..='\r'
        | ' '
        | '\u{85}'
        | '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => Look::Space,
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fffc}' => Look::Invisible,
        _ => Look::Visible,
    }
}

/// The byte offset of the first character in `range` that is not plainly visible, or its end.
///
/// One space between two letters or digits is passed over: most text is nothing else.
pub(super) fn next_special(text: &str, range: Range<usize>) -> usize {
    let bytes = text.as_bytes().get(..range.end).unwrap_or_default();
    let byte_at = |at: usize| bytes.get(at).copied().unwrap_or_default();
    let mut at = range.start;
    while let Some(&lead) = bytes.get(at) {
        let (width, special) = match lead {
            0x21..=0x7E => (1, false),
            0xE0 | 0xE4..=0xEE => (3, false),
            b' ' => (
                1,
                at == range.start || !matches!(byte_at(at + 1), 0x21..=0x7E | 0xE4..=0xE9),
            ),
            0xE3 => (3, byte_at(at + 1) == 0x80 && byte_at(at + 2) == 0x80),
            0xEF => (
                3,
                matches!((byte_at(at + 1), byte_at(at + 2)), (0xBB, 0xBF) | (0xBF, 0xBC)),
            ),
            0xE2 => (
                3,
                is_special_general_punctuation(byte_at(at + 1), byte_at(at + 2)),
            ),
            0xC2 => (2, matches!(byte_at(at + 1), 0..=0xA0 | 0xAD)),
            0xC3..=0xDF => (2, false),
            0xE1 => (
                3,
                matches!((byte_at(at + 1), byte_at(at + 2)), (0x9A, 0x80) | (0xA0, 0x8E)),
            ),
            0xF0.. => (4, false),
            _ => (1, true),
        };
        if special {
            return at;
        }
        at += width;
    }
    range.end
}

/// Whether `E2 second third` is a space or invisible (U+2000..200F, 2028..202F, 205F..206F).
const fn is_special_general_punctuation(second: u8, third: u8) -> bool {
    matches!((second, third), (0x80, 0x80..=0x8F | 0xA8..=0xAF) | (0x81, 0x9F..=0xAF))
}

/// Chinese characters and the punctuation that goes with them.
pub(super) fn is_cjk(char: char) -> bool {
    is_han(char) || is_cjk_mark(char)
}

/// A Chinese character.
pub(super) fn is_han(char: char) -> bool {
    matches!(char, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// Punctuation of Chinese text: full-width forms, quotes, dashes.
pub(super) fn is_cjk_mark(char: char) -> bool {
    matches!(char, '\u{3001}'..='\u{301f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}' | '“' | '”' | '‘' | '’' | '—' | '…')
        && char != '〇'
}
