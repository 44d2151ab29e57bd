//! Candidate rules: patterns that a person, or somebody else's project, may have written.

use indicator_annotator::model::{CandidateRule, Role, RuleEffect};
use indicator_annotator::number::{mentions, rules};

use super::mangle::{mangle, text};
use super::texts::{SENTENCES, SIGNS, check_mentions, text_of};
use super::{Pace, fuzz, name_and_bytes, named};
use crate::dice::Dice;

/// Patterns to be mangled.
const PATTERNS: &[&str] = &[
    r"第(?<number>\d+)页",
    r"[0-9.]+(亿|万)?元",
    r"(?i)pm(?<number>2\.5|10)",
    r"\p{Han}{2,6}[一二三四五六七八九十]+位",
    r"(?:\d{1,3}(,\d{3})*|\d+)(\.\d+)?%?",
    r"(?s).*?增长",
];

/// Parts of patterns.
const PARTS: &[&str] = &[
    "(",
    ")",
    "(?:",
    "(?<number>",
    "(?P<x>",
    "(?i)",
    "(?s-m:",
    "[",
    "]",
    "[^",
    "[[:alpha:]&&",
    "{",
    "}",
    "{1000}",
    "{0,999}",
    "{99999}",
    "*",
    "+",
    "?",
    "*?",
    "|",
    ".",
    "^",
    "$",
    r"\b",
    r"\B",
    r"\d",
    r"\w",
    r"\s",
    r"\p{Han}",
    r"\p{L}",
    r"\pN",
    r"\P{Nd}",
    r"\x{10FFFF}",
    r"\u{d800}",
    r"\",
    "-",
    "&&",
    "--",
    "~~",
    "(?x) #",
    "十",
    "元",
    "%",
    "\u{0}",
    "𝟗",
    "(a+)+",
    "(.*)*",
];

/// A rule takes part in every report, so this is how long a line may get that it is tried on. Bytes.
const LONGEST: usize = 60_000;

#[test]
fn rules() {
    let make = |dice: &mut Dice| {
        let mut pattern: Vec<char> = text(dice, PATTERNS, PARTS).chars().collect();
        let piece = |dice: &mut Dice| dice.one_of(PARTS).unwrap_or_default().chars().collect();
        if dice.roll(2) == 0 {
            mangle(&mut pattern, dice, piece, |_| Vec::new());
        }
        let pattern: String = pattern.into_iter().filter(|&letter| letter != '\n').collect();
        let mut words = text(dice, SENTENCES, SIGNS);
        if dice.roll(400) == 0 && !words.is_empty() {
            words = words.repeat(LONGEST / words.len());
        }
        named(&pattern, words.as_bytes())
    };
    fuzz("rules", Pace::STEADY, make, |input| {
        let (pattern, words) = name_and_bytes(input);
        let words = text_of(words);
        for effect in [RuleEffect::Add, RuleEffect::RuleOut(Role::Enumerator)] {
            let rule = CandidateRule {
                name: "fuzz".to_owned(),
                pattern: pattern.to_owned(),
                effect,
                enabled: true,
            };
            match rules::compile(&rule) {
                Ok(rule) => {
                    let found = rules::apply(std::slice::from_ref(&rule), words, mentions(words));
                    check_mentions(words, &found);
                    let shown = rules::matches(&rule, words, 50);
                    assert!(
                        shown
                            .iter()
                            .all(|span| span.of(words).is_some_and(|words| !words.is_empty()))
                    );
                }
                Err(error) => {
                    let length = pattern.chars().count();
                    assert!(
                        error.start <= error.end && error.end <= length,
                        "{error:?} of {length}"
                    );
                    assert!(!error.message.is_empty());
                }
            }
        }
    });
}
