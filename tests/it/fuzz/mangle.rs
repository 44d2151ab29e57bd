//! Mangling: a good input, a few times cut, repeated, spliced with another one, or given a piece that does not belong.

use crate::dice::Dice;

/// How many bytes an input that is made longer grows to; quadratic work on it takes seconds.
const LONG: usize = 200_000;

/// So many inputs are short for each one that is long.
const SHORT: usize = 400;

/// Pieces of JSON and RON that break careless readers.
pub const SYNTAX: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ",",
    ":",
    "\"",
    "\\",
    "\\u",
    "\\u0000",
    "\\ud800",
    "'",
    "#",
    "r#\"",
    "/*",
    "*/",
    "//",
    "null",
    "true",
    "false",
    "Some(",
    "None",
    "()",
    "0",
    "-1",
    "-0",
    "1e999",
    "0x10",
    "1.5",
    "18446744073709551615",
    "18446744073709551616",
    "99999999999999999999999999",
    "4294967295",
    "NaN",
    "inf",
    "\n",
    "\r\n",
    "\t",
    " ",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "é",
    "e\u{301}",
    "👨\u{200d}👩",
    "𝟗",
    "亿元",
    "\"\"",
    "\"start\":",
    "\"end\":",
    "\"text\":",
    "\"id\":",
    "\"mentions\":[",
    "\"label\":",
    "at: (0, 1),",
    "format: 2,",
    "check: \"00000000\",",
];

/// Cuts, repeats and splices items a few times. `piece` makes what does not belong, `other` another good input.
pub fn mangle<T: Clone>(
    items: &mut Vec<T>,
    dice: &mut Dice,
    mut piece: impl FnMut(&mut Dice) -> Vec<T>,
    other: impl Fn(&mut Dice) -> Vec<T>,
) {
    for _ in 0..=dice.roll(8) {
        let from = dice.roll(items.len() + 1);
        // Mostly a few items; now and then a large part.
        let reach = if dice.roll(8) == 0 { items.len() + 1 } else { 12 };
        let to = (from + dice.roll(reach)).min(items.len());
        match dice.roll(6) {
            0 => drop(items.drain(from..to)),
            1 => drop(items.splice(from..to, piece(dice))),
            2 => drop(items.splice(from..from, piece(dice))),
            3 => {
                let (part, times) = (items[from..to].to_vec(), 1 + dice.roll(4));
                drop(items.splice(from..from, part.iter().cycle().take(part.len() * times).cloned()));
            }
            4 => {
                let part = items[from..to].to_vec();
                let elsewhere = dice.roll(items.len() + 1);
                drop(items.splice(elsewhere..elsewhere, part));
            }
            _ => {
                let other = other(dice);
                let cut = dice.roll(other.len() + 1);
                drop(items.splice(from.., other[cut..].iter().cloned()));
            }
        }
    }
}

/// One of these texts, mangled by characters.
pub fn text(dice: &mut Dice, good: &[&str], pieces: &[&str]) -> String {
    let one = |dice: &mut Dice| {
        dice.one_of(good)
            .unwrap_or_default()
            .chars()
            .collect::<Vec<char>>()
    };
    let mut chars = one(dice);
    let piece = |dice: &mut Dice| dice.one_of(pieces).unwrap_or_default().chars().collect();
    mangle(&mut chars, dice, piece, one);
    chars.into_iter().collect()
}

/// One of these files, mangled by bytes.
pub fn bytes(dice: &mut Dice, good: &[&[u8]], pieces: &[&str]) -> Vec<u8> {
    let one = |dice: &mut Dice| dice.one_of(good).unwrap_or_default().to_vec();
    let mut bytes = one(dice);
    let piece = |dice: &mut Dice| match dice.roll(3) {
        0 => vec![dice.roll(256) as u8],
        1 => dice.0.to_le_bytes()[..=dice.roll(7)].to_vec(),
        _ => dice.one_of(pieces).unwrap_or_default().as_bytes().to_vec(),
    };
    mangle(&mut bytes, dice, piece, one);
    if !bytes.is_empty() && dice.roll(2) == 0 {
        let at = dice.roll(bytes.len());
        bytes[at] ^= 1 << dice.roll(8);
    }
    bytes
}

/// Now and then a part of an input is repeated until it is long, so that work out of proportion shows.
pub fn sometimes_long(mut input: Vec<u8>, dice: &mut Dice) -> Vec<u8> {
    if input.is_empty() || dice.roll(SHORT) > 0 {
        return input;
    }
    let (one, other) = (dice.roll(input.len()), dice.roll(input.len()) + 1);
    let (from, to) = (one.min(other), one.max(other));
    let (from, to) = if dice.roll(2) == 0 || from == to {
        (0, input.len())
    } else {
        (from, to)
    };
    let part = input[from..to].repeat(LONG / (to - from) + 1);
    input.splice(from..to, part);
    input
}

/// The same for a text, which stays one.
pub fn sometimes_long_text(text: String, dice: &mut Dice) -> Vec<u8> {
    let long = sometimes_long(text.into_bytes(), dice);
    match String::from_utf8(long) {
        Ok(text) => text.into_bytes(),
        Err(error) => String::from_utf8_lossy(error.as_bytes())
            .into_owned()
            .into_bytes(),
    }
}
