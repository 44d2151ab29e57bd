//! The numbers of lists, which Word counts and does not write into the text.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::styles::Place;
use crate::exchange::documents::fault::Fault;
use crate::exchange::documents::xml::{Node, Tag, Xml};

/// Lists have so many levels.
const LEVELS: usize = 9;

/// The lists of a document and how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: BTreeMap<u32, [Level; LEVELS]>,
    lists: BTreeMap<u32, List>,
    /// Lists of one kind are counted on together.
    counts: BTreeMap<u32, [Option<u32>; LEVELS]>,
    /// Lists that have been begun, for one that restarts does so once.
    begun: Vec<u32>,
}

#[derive(Clone, Debug, Default)]
struct Level {
    start: Option<u32>,
    format: String,
    /// `%1` stands for the number of the first level.
    template: String,
    /// Its numbers in a template are Arabic.
    is_legal: bool,
}

#[derive(Clone, Debug, Default)]
struct List {
    kind: u32,
    restarts: BTreeMap<usize, u32>,
}

impl Numbering {
    /// Reads the part of a document that defines them.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let mut xml = Xml::new(text);
        let mut found = Self::default();
        let mut kind = 0;
        let mut list = None;
        let mut level = 0;
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            match tag.name() {
                "abstractNum" => {
                    kind = tag.number("abstractNumId").unwrap_or(0);
                    list = None;
                    found.kinds.insert(kind, Default::default());
                }
                "num" => {
                    let id: u32 = tag.number("numId").unwrap_or(0);
                    found.lists.insert(id, List::default());
                    list = Some(id);
                }
                "lvl" | "lvlOverride" => level = tag.number("ilvl").unwrap_or(0),
                "abstractNumId" => {
                    if let Some(list) = list.and_then(|id| found.lists.get_mut(&id)) {
                        list.kind = tag.number("val").unwrap_or(0);
                    }
                }
                "startOverride" => {
                    if let Some(list) = list.and_then(|id| found.lists.get_mut(&id)) {
                        list.restarts.insert(level, tag.number("val").unwrap_or(1));
                    }
                }
                _ if list.is_none() => {
                    if let Some(level) = found.kinds.get_mut(&kind).and_then(|kind| kind.get_mut(level)) {
                        level.take(&tag);
                    }
                }
                _ => {}
            }
        }
        Ok(found)
    }

    /// Counts a paragraph and gives the number that stands before its words; none before those with a bullet.
    pub fn next(&mut self, place: Place) -> Option<String> {
        let list = self.lists.get(&place.list)?;
        let levels = self.kinds.get(&list.kind)?;
        let level = levels.get(place.level)?;
        let counts = self.counts.entry(list.kind).or_default();
        if !self.begun.contains(&place.list) {
            self.begun.push(place.list);
            for (&level, &start) in &list.restarts {
                if let Some(count) = counts.get_mut(level) {
                    *count = start.checked_sub(1);
                }
            }
        }
        for (index, count) in counts.iter_mut().enumerate() {
            let start = levels.get(index).and_then(|level| level.start).unwrap_or(1);
            match index.cmp(&place.level) {
                Ordering::Less => {
                    count.get_or_insert(start);
                }
                Ordering::Equal => *count = Some(count.map_or(start, |count| count.saturating_add(1))),
                Ordering::Greater => *count = None,
            }
        }
        if matches!(level.format.as_str(), "bullet" | "none") {
            return None;
        }
        let number = |index: usize| {
            let count = counts.get(index).copied().flatten().unwrap_or(1);
            let format = levels.get(index).map_or("", |level| level.format.as_str());
            in_words(count, if level.is_legal { "decimal" } else { format })
        };
        Some(fill(&level.template, number)).filter(|words| !words.is_empty())
    }
}

impl Level {
    fn take(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "start" => self.start = tag.number("val"),
            "numFmt" => self.format = tag.value("val").unwrap_or_default(),
            "lvlText" => self.template = tag.value("val").unwrap_or_default(),
            "isLgl" => self.is_legal = tag.is_on(),
            _ => {}
        }
    }
}

/// The template with its `%1` … `%9` filled.
fn fill(template: &str, number: impl Fn(usize) -> String) -> String {
    let mut words = String::new();
    let mut chars = template.chars().peekable();
    while let Some(char) = chars.next() {
        match chars.peek().and_then(|next| next.to_digit(10)) {
            Some(level @ 1..) if char == '%' => {
                words.push_str(&number(level as usize - 1));
                chars.next();
            }
            _ => words.push(char),
        }
    }
    words
}

/// A number as Word prints it in this format.
fn in_words(number: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "chineseLegalSimplified"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanCounting" => chinese(number),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => number
            .to_string()
            .chars()
            .filter_map(|char| digit(char.to_digit(10)?))
            .collect(),
        "ideographTraditional" => cycle(number, "甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => cycle(number, "子丑寅卯辰巳午未申酉戌亥"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclosed(number, '①', 20),
        "decimalEnclosedParen" => enclosed(number, '⑴', 20),
        "decimalEnclosedFullstop" => enclosed(number, '⒈', 20),
        "ideographEnclosedCircle" => enclosed(number, '㊀', 10),
        "decimalZero" => format!("{number:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => {
            let wide = |char: char| char::from_u32(char as u32 - u32::from(b'0') + '０' as u32);
            number.to_string().chars().filter_map(wide).collect()
        }
        "upperLetter" => letters(number, b'A'),
        "lowerLetter" => letters(number, b'a'),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        _ => number.to_string(),
    }
}

fn digit(value: u32) -> Option<char> {
    "〇一二三四五六七八九".chars().nth(value as usize)
}

/// 1 is 一, 12 is 十二, 105 is 一百零五.
fn chinese(number: u32) -> String {
    if number == 0 || number > 9999 {
        return number.to_string();
    }
    let mut words = String::new();
    let mut skipped = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let value = number / unit % 10;
        if value == 0 {
            skipped = !words.is_empty();
            continue;
        }
        if std::mem::take(&mut skipped) {
            words.push('零');
        }
        if !(value == 1 && unit == 10 && words.is_empty()) {
            words.extend(digit(value));
        }
        words.push_str(name);
    }
    words
}

fn cycle(number: u32, signs: &str) -> String {
    let count = signs.chars().count();
    let at = (number.max(1) as usize - 1) % count;
    signs.chars().nth(at).map(String::from).unwrap_or_default()
}

fn enclosed(number: u32, first: char, last: u32) -> String {
    let sign = (1..=last)
        .contains(&number)
        .then(|| char::from_u32(first as u32 + number - 1))
        .flatten();
    sign.map_or_else(|| number.to_string(), String::from)
}

/// 1 is A, 26 is Z, 27 is AA.
fn letters(number: u32, first: u8) -> String {
    let index = number.max(1) - 1;
    let letter = char::from(first + (index % 26) as u8);
    std::iter::repeat_n(letter, (index / 26 + 1).min(100) as usize).collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number > 3999 {
        return number.to_string();
    }
    let mut left = number;
    let mut words = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            words.push_str(sign);
            left -= value;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_word_prints_them() {
        let cases = [
            (3, "chineseCounting", "三"),
            (10, "chineseCountingThousand", "十"),
            (21, "japaneseCounting", "二十一"),
            (105, "chineseCountingThousand", "一百零五"),
            (1010, "chineseCountingThousand", "一千零一十"),
            (12, "ideographDigital", "一二"),
            (3, "decimalEnclosedCircle", "③"),
            (21, "decimalEnclosedCircle", "21"),
            (2, "ideographTraditional", "乙"),
            (28, "upperLetter", "BB"),
            (14, "lowerRoman", "xiv"),
            (7, "decimalFullWidth", "７"),
            (7, "decimal", "7"),
            (7, "unheard-of", "7"),
        ];
        for (number, format, words) in cases {
            assert_eq!(in_words(number, format), words, "{number} as {format}");
        }
    }
}
