//! Offsets as other programs count them.

use std::fmt;

use crate::text::offsets::CharIndex;

/// What an offset counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Unicode code points, as Python counts.
    CodePoints,
    /// Units of UTF-16, as Java and JavaScript count.
    Utf16,
}

impl Unit {
    /// Every unit.
    pub const ALL: &'static [Self] = &[Self::CodePoints, Self::Utf16];

    /// Its name in files and on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CodePoints => "code-points",
            Self::Utf16 => "utf-16",
        }
    }

    /// The unit of this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|unit| unit.code() == code)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Counts one text in one unit, both ways.
pub struct Ruler<'a> {
    text: &'a str,
    index: CharIndex,
    /// The code points that take two units each, by their number; none where code points are counted.
    wide: Vec<usize>,
    /// The text in UTF-16 where that is counted: what a slice is compared with.
    units: Vec<u16>,
    unit: Unit,
}

impl<'a> Ruler<'a> {
    /// For a text.
    pub fn new(text: &'a str, unit: Unit) -> Self {
        let (wide, units) = match unit {
            Unit::CodePoints => (Vec::new(), Vec::new()),
            Unit::Utf16 => {
                let wide = text.chars().enumerate().filter(|(_, it)| it.len_utf16() == 2);
                (
                    wide.map(|(place, _)| place).collect(),
                    text.encode_utf16().collect(),
                )
            }
        };
        Self {
            text,
            index: CharIndex::new(text),
            wide,
            units,
            unit,
        }
    }

    /// The offset of a byte of the text, which must start a code point.
    pub fn offset(&self, byte: usize) -> usize {
        let char = self.index.char_of_byte(self.text, byte);
        char + self.wide.partition_point(|wide| *wide < char)
    }

    /// The code point at an offset; `None` past the end, and within a code point of two units.
    pub fn code_point(&self, offset: usize) -> Option<usize> {
        // How many wide ones start before the offset; each has shifted it by one.
        let (mut low, mut high) = (0, self.wide.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let starts = self.wide.get(middle)? + middle;
            if starts < offset {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let last = low
            .checked_sub(1)
            .and_then(|last| Some(self.wide.get(last)? + last));
        let is_within = last.is_some_and(|starts| starts + 1 == offset);
        let char = offset - low;
        (!is_within && char <= self.index.chars()).then_some(char)
    }

    /// Whether the text's slice between two offsets is `words`: taken as a reader of this unit takes it.
    pub fn has(&self, (start, end): (usize, usize), words: &str) -> bool {
        match self.unit {
            Unit::CodePoints => {
                let byte = |char| self.index.byte_of_char(self.text, char);
                let slice = byte(start)
                    .zip(byte(end))
                    .and_then(|(from, to)| self.text.get(from..to));
                slice == Some(words)
            }
            Unit::Utf16 => {
                let slice = self.units.get(start..end);
                slice.is_some_and(|slice| slice.iter().copied().eq(words.encode_utf16()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_place_within_a_code_point_is_none() {
        let ruler = Ruler::new("a𠮷b", Unit::Utf16);
        let found: Vec<_> = (0..6).map(|offset| ruler.code_point(offset)).collect();
        assert_eq!(found, [Some(0), Some(1), None, Some(2), Some(3), None]);
    }

    proptest! {
        #[test]
        fn both_ways_agree_and_a_slice_is_its_words(text in "([a-z]|[一-龥]|[𠀀-𠀯]|e\u{301}|😀|１){0,40}") {
            for unit in Unit::ALL {
                let ruler = Ruler::new(&text, *unit);
                for (char, (byte, letter)) in text.char_indices().enumerate() {
                    let start = ruler.offset(byte);
                    let end = ruler.offset(byte + letter.len_utf8());
                    prop_assert_eq!(ruler.code_point(start), Some(char));
                    prop_assert!(ruler.has((start, end), letter.encode_utf8(&mut [0; 4])));
                    prop_assert!(!ruler.has((start, end), "?"));
                }
            }
        }
    }
}
