//! Finding Chinese names by what a person types: their characters, pinyin or initials.
//!
//! Uses std and the pinyin tables only.

use pinyin::{ToPinyin, ToPinyinMulti};

/// Typed characters that are looked at; one bit of a [`Reached`] each.
const MAX_TYPED: usize = 63;

/// A name made ready to be matched against what a person types.
#[derive(Clone, Debug)]
pub struct NameKey {
    /// The name's characters, lower case and half width, without blanks.
    folded: Vec<char>,
    /// The letters, digits and Han characters among them.
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
        let typed: Vec<char> = fold(typed).take(MAX_TYPED).collect();
        let tier = self.literal_tier(&typed).or_else(|| self.spelled_tier(&typed))?;
        Some(tier * 1000 + self.folded.len().min(999) as u32)
    }

    /// How well the typed characters themselves fit.
    fn literal_tier(&self, typed: &[char]) -> Option<u32> {
        if typed.is_empty() || self.folded == typed {
            Some(0)
        } else if self.folded.starts_with(typed) {
            Some(1)
        } else {
            self.folded
                .windows(typed.len())
                .any(|part| part == typed)
                .then_some(2)
        }
    }

    /// How well the typed letters fit what the name sounds like.
    fn spelled_tier(&self, typed: &[char]) -> Option<u32> {
        let letters: Vec<char> = typed.iter().copied().filter(|c| c.is_alphanumeric()).collect();
        if letters.is_empty() {
            return None;
        }
        let reads_from = |start: usize, typing| {
            self.syllables
                .get(start..)
                .is_some_and(|rest| reads(rest, &letters, typing))
        };
        let at_start = |typing| reads_from(0, typing);
        let later = |typing| (1..self.syllables.len()).any(|start| reads_from(start, typing));
        let typings = [Typing::Initial, Typing::Whole, Typing::Any];
        let tier = typings
            .iter()
            .position(|&typing| at_start(typing))
            .or_else(|| {
                typings
                    .iter()
                    .position(|&typing| later(typing))
                    .map(|tier| tier + typings.len())
            })
            .or_else(|| self.has_in_order(&letters).then_some(2 * typings.len()));
        tier.map(|tier| 3 + tier as u32)
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

/// The characters of `text` in lower case and half width, without blanks.
fn fold(text: &str) -> impl Iterator<Item = char> + '_ {
    let visible = text.chars().filter(|c| !c.is_whitespace());
    visible
        .flat_map(|c| half_width(c).to_lowercase())
        .map(|c| if c == 'ü' { 'v' } else { c })
}

fn half_width(c: char) -> char {
    const APART: u32 = 0xFEE0;
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - APART).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names that `typed` fits, best first.
    fn found<'n>(typed: &str, names: &[&'n str]) -> Vec<&'n str> {
        let ranked = names
            .iter()
            .filter_map(|name| Some((NameKey::new(name).rank(typed)?, *name)));
        let mut ranked: Vec<_> = ranked.collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn a_name_is_found_by_characters_pinyin_and_initials() {
        for (name, fits, misses) in [
            (
                "高新技术企业",
                "高新 技术 gxjsqy gxjs gaoxin gaoxjs js jishuqiye GXJSQY ｇｘ 高新js gao'xin gxqy 高企",
                "x高 gxb gaoxinn 企高 高新技术企业数",
            ),
            (
                "R&D投入强度",
                "r&d rd R＆D rdtrqd rdtouru 投入 trqd touruqiangdu d投",
                "zr rdq投",
            ),
            ("银行贷款余额", "yhdkye yinhang yinhdk", "yxz"),
            (
                "增长率",
                "zzl zcl zengzhanglv zengzhanglü zengchanglv",
                "zzr zhzhzh",
            ),
            ("重点实验室", "zdsys cdsys zhongdian zhdsys", "dz"),
            ("PM2.5平均浓度", "pm2.5 pm25 pm25pjnd pjnd", "pm3"),
        ] {
            let key = NameKey::new(name);
            for typed in fits.split(' ') {
                assert!(key.rank(typed).is_some(), "{typed} for {name}");
            }
            for typed in misses.split(' ') {
                assert_eq!(key.rank(typed), None, "{typed} for {name}");
            }
        }
    }

    #[test]
    fn better_fits_come_first() {
        let names = [
            "技术合同成交额",
            "高新技术企业",
            "技术",
            "家庭收入",
            "科技特派员",
            "全社会技术投入",
            "技工",
        ];
        for (typed, expected) in [
            (
                "技术",
                &["技术", "技术合同成交额", "高新技术企业", "全社会技术投入"][..],
            ),
            (
                "js",
                &[
                    "技术",
                    "技术合同成交额",
                    "高新技术企业",
                    "全社会技术投入",
                    "家庭收入",
                ],
            ),
            (
                "jishu",
                &["技术", "技术合同成交额", "高新技术企业", "全社会技术投入"],
            ),
            ("jig", &["技工"]),
            ("ktpy", &["科技特派员"]),
            ("zzz", &[]),
        ] {
            assert_eq!(found(typed, &names), expected, "{typed}");
        }
        assert_eq!(found("", &names).len(), names.len());
    }

    #[test]
    fn anything_may_be_typed() {
        let key = NameKey::new("");
        assert_eq!((key.rank("a"), key.rank("")), (None, Some(0)));
        assert_eq!(NameKey::new("高新").rank(&"g".repeat(10_000)), None);
        assert!(NameKey::new("😀 İ").rank("😀").is_some());
    }
}
