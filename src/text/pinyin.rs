//! Finding Chinese names by what a person types: their characters, pinyin or initials.
//!
//! Uses std and the pinyin tables only.

use pinyin::{ToPinyin, ToPinyinMulti};

/// Typed characters that are looked at; one bit of a [`Reached`] each.
const MAX_TYPED: usize = 63;

/// A name made ready to be matched against what a person types.
#[derive(Clone, Debug)]
pub struct NameKey {
    /// The name's characters, lower case and half width.
    folded: Vec<char>,
    /// The letters, digits and Han characters among them, with their place in `folded`.
    syllables: Vec<Syllable>,
}

/// One character of a name that can be typed.
#[derive(Clone, Debug)]
struct Syllable {
    /// The character, lower case and half width.
    itself: char,
    /// How it reads, without tones, ü as v; the usual reading first. Empty for letters.
    readings: Vec<String>,
}

/// How much of a syllable's reading must be typed.
#[derive(Clone, Copy)]
enum Typing {
    Initial,
    Whole,
    Any,
}

impl NameKey {
    /// The key of `name`.
    pub fn new(name: &str) -> Self {
        let folded: Vec<char> = fold(name).collect();
        let syllables = folded
            .iter()
            .filter(|c| c.is_alphanumeric())
            .map(|&itself| Syllable {
                itself,
                readings: readings(itself),
            })
            .collect();
        Self { folded, syllables }
    }

    /// How well `typed` fits the name, lower is better; `None` where it does not fit at all.
    ///
    /// In order: the name itself, its beginning, a part of it, the initials of its beginning, its
    /// pinyin from the beginning, initials and pinyin mixed, the same from a later character, and
    /// last its characters or initials with gaps. Shorter names come before longer ones.
    pub fn rank(&self, typed: &str) -> Option<u32> {
        let typed: Vec<char> = fold(typed)
            .filter(|c| !c.is_whitespace())
            .take(MAX_TYPED)
            .collect();
        let tier = self.tier(&typed)?;
        Some(tier * 1000 + self.folded.len().min(999) as u32)
    }

    fn tier(&self, typed: &[char]) -> Option<u32> {
        if typed.is_empty() || self.folded == typed {
            return Some(0);
        }
        if self.folded.starts_with(typed) {
            return Some(1);
        }
        if self.folded.windows(typed.len()).any(|part| part == typed) {
            return Some(2);
        }
        let from =
            |start: usize, typing| reads(self.syllables.get(start..).unwrap_or_default(), typed, typing);
        let later = |typing| (1..self.syllables.len()).any(|start| from(start, typing));
        let tiers: [&dyn Fn() -> bool; 7] = [
            &|| from(0, Typing::Initial),
            &|| from(0, Typing::Whole),
            &|| from(0, Typing::Any),
            &|| later(Typing::Initial),
            &|| later(Typing::Whole),
            &|| later(Typing::Any),
            &|| self.has_in_order(typed),
        ];
        tiers.iter().position(|fits| fits()).map(|tier| 3 + tier as u32)
    }

    /// Whether `typed` are characters or initials of the name in order, with gaps.
    fn has_in_order(&self, typed: &[char]) -> bool {
        let mut syllables = self.syllables.iter();
        typed.iter().all(|&c| {
            syllables
                .any(|syllable| syllable.itself == c || syllable.readings.iter().any(|r| r.starts_with(c)))
        })
    }
}

/// Which prefixes of the typed text are used up, as a bit each.
type Reached = u64;

/// Whether `typed` reads as the beginning of `syllables`.
fn reads(syllables: &[Syllable], typed: &[char], typing: Typing) -> bool {
    let whole: Reached = 1 << typed.len();
    let mut reached: Reached = 1;
    for syllable in syllables {
        reached = syllable.step(typed, reached, typing);
        if reached & whole != 0 {
            return true;
        }
        if reached == 0 {
            return false;
        }
    }
    false
}

impl Syllable {
    /// What is used up after this syllable, where `reached` was before it.
    fn step(&self, typed: &[char], reached: Reached, typing: Typing) -> Reached {
        let mut next = 0;
        for at in (0..typed.len()).filter(|at| reached >> at & 1 == 1) {
            let rest = typed.get(at..).unwrap_or_default();
            if rest.first() == Some(&self.itself) {
                next |= 1 << (at + 1);
            }
            for reading in &self.readings {
                let fits = rest
                    .iter()
                    .zip(reading.chars())
                    .take_while(|(a, b)| **a == *b)
                    .count();
                for len in 1..=fits {
                    let counts = match typing {
                        Typing::Initial => len == 1,
                        Typing::Whole => len == reading.len() || len == rest.len(),
                        Typing::Any => true,
                    };
                    if counts {
                        next |= 1 << (at + len);
                    }
                }
            }
        }
        next
    }
}

/// All readings of a Han character, without tones, the usual one first.
fn readings(c: char) -> Vec<String> {
    let usual = c.to_pinyin().into_iter();
    let others = c.to_pinyin_multi().into_iter().flatten();
    let mut readings: Vec<String> = Vec::new();
    for reading in usual.chain(others) {
        let plain = reading.plain().replace('ü', "v");
        if !readings.contains(&plain) {
            readings.push(plain);
        }
    }
    readings
}

/// The characters of `text` in lower case and half width.
fn fold(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars()
        .flat_map(|c| half_width(c).to_lowercase())
        .map(|c| if c == 'ü' { 'v' } else { c })
}

fn half_width(c: char) -> char {
    const APART: u32 = 0xFEE0;
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - APART).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_characters_pinyin_and_initials() {
        let key = NameKey::new("高新技术企业");
        for typed in [
            "高新",
            "技术",
            "gxjsqy",
            "gxjs",
            "gaoxin",
            "gaoxjs",
            "js",
            "jishuqiye",
            "gxqy",
            "高新js",
        ] {
            assert!(key.rank(typed).is_some(), "{typed}");
        }
        for typed in ["x高", "gxb", "gaoxinn"] {
            assert_eq!(key.rank(typed), None, "{typed}");
        }
    }
}
