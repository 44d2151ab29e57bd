//! Offsets in bytes (memory) and in Unicode code points (files), and a text's fingerprint.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::model::Fingerprint;

/// Converts between byte and code point offsets of one text in near-constant time.
///
/// It keeps one number per 512 bytes and does not keep the text, which every call is given anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CharIndex {
    /// `marks[k]` is the number of code points that start before byte `k * STEP`.
    marks: Vec<usize>,
    chars: usize,
    bytes: usize,
}

impl CharIndex {
    /// The distance of two marks in bytes.
    const STEP: usize = 512;
    /// Bytes that are counted at once between two marks.
    const BLOCK: usize = 64;

    /// Counts the code points of `text`.
    pub fn new(text: &str) -> Self {
        let mut chars = 0;
        let marks = text
            .as_bytes()
            .chunks(Self::STEP)
            .map(|chunk| {
                let before = chars;
                chars += count_chars(chunk);
                before
            })
            .collect();
        Self {
            marks,
            chars,
            bytes: text.len(),
        }
    }

    /// The number of code points in the text.
    pub fn chars(&self) -> usize {
        self.chars
    }

    /// How many code points start before this byte offset; all of them past the end.
    pub fn char_of_byte(&self, text: &str, byte: usize) -> usize {
        if byte >= self.bytes {
            return self.chars;
        }
        let mark = byte / Self::STEP;
        let before = self.marks.get(mark).copied().unwrap_or(self.chars);
        before + count_chars(text.as_bytes().get(mark * Self::STEP..byte).unwrap_or_default())
    }

    /// The byte offset at which code point `char` starts; the text's end for the number of its
    /// code points; `None` past that.
    pub fn byte_of_char(&self, text: &str, char: usize) -> Option<usize> {
        if char >= self.chars {
            return (char == self.chars).then_some(self.bytes);
        }
        let mark = self
            .marks
            .partition_point(|&before| before <= char)
            .checked_sub(1)?;
        let mut from = mark * Self::STEP;
        let mut skip = char - self.marks.get(mark)?;
        // Whole blocks are counted sooner than byte by byte.
        for block in text.as_bytes().get(from..)?.chunks(Self::BLOCK) {
            let starts = count_chars(block);
            if skip < starts {
                break;
            }
            skip -= starts;
            from += block.len();
        }
        text.as_bytes()
            .get(from..)?
            .iter()
            .enumerate()
            .filter(|&(_, &byte)| starts_char(byte))
            .nth(skip)
            .map(|(offset, _)| from + offset)
    }
}

/// The number of code points that start in these bytes of UTF-8.
pub(crate) fn count_chars(bytes: &[u8]) -> usize {
    // Counted in bytes, a block at a time, so that the loop runs on vector registers.
    bytes
        .chunks(255)
        .map(|block| usize::from(block.iter().map(|&byte| u8::from(starts_char(byte))).sum::<u8>()))
        .sum()
}

/// Whether a byte of UTF-8 is the first of its code point.
const fn starts_char(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// Tells this text from another: its length and the first 16 digits of its SHA-256.
pub fn fingerprint(text: &str) -> Fingerprint {
    let digest = Sha256::digest(text.as_bytes());
    let mut sha256 = String::with_capacity(16);
    for byte in digest.iter().take(8) {
        // Writing to a string cannot fail.
        write!(sha256, "{byte:02x}").unwrap_or_default();
    }
    Fingerprint {
        chars: count_chars(text.as_bytes()),
        sha256,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_fingerprint_is_length_and_digest() {
        let print = fingerprint("abc");
        assert_eq!(print.chars, 3);
        assert_eq!(print.sha256, "ba7816bf8f01cfea");
        assert_eq!(fingerprint("增长19.4%").chars, 7);
    }

    #[test]
    fn past_the_end_there_is_nothing() {
        let index = CharIndex::new("亿元");
        assert_eq!(index.char_of_byte("亿元", 99), 2);
        assert_eq!(index.byte_of_char("亿元", 2), Some(6));
        assert_eq!(index.byte_of_char("亿元", 3), None);
        assert_eq!(CharIndex::new("").byte_of_char("", 0), Some(0));
    }

    proptest! {
        #[test]
        fn both_ways_agree_with_counting(text in "([a-z0-9 ]|[一-龥]|[𠀀-𠀯]|é){0,900}") {
            let index = CharIndex::new(&text);
            prop_assert_eq!(index.chars(), text.chars().count());
            for (char, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.char_of_byte(&text, byte), char);
                prop_assert_eq!(index.byte_of_char(&text, char), Some(byte));
            }
        }
    }
}
