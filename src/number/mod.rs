//! From text to mentions: numerals, units, dates, and what each number is there for.
//!
//! May use `model`. Pure functions of the text: no I/O, no global state, no floats.
//!
//! One pass (`scan`) stops at each place where a number can begin (`glyph`), reads a numeral
//! (`numeral`, `arabic`, `chinese`), asks whether it is a date, a label or part of a name, and else
//! reads the whole expression (`expression`, `units`), its worth (`quantity`) and its role (`role`).
//! Units stand in `units`, cue words, idioms and names in `words`: a new one is one word in a row.
//! What falls (下降7.4%) is negative, so a sum of changes is right without reading the words again.

mod arabic;
mod chinese;
mod column;
mod date;
mod expression;
mod fraction;
mod glyph;
mod half;
pub(crate) mod heads;
mod label;
mod lexicon;
mod name;
mod numeral;
mod place;
mod quantity;
mod range;
mod role;
mod scan;
mod table;
mod tail;
mod token;
mod units;
mod words;

pub mod rules;

use crate::model::{Mention, Quantity};

pub use units::{unit_measure, value_type_of_unit};

/// Every number of `text`, sorted and without overlaps; figures of speech (进一步) are none.
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut found = scan::Scan::new(text).run();
    table::inherit_units(text, &mut found);
    found
}

/// What selected words parse to: the first quantity in them.
///
/// Looser than [`mentions`], for a person chose these words: a lone 三 or 一 is a number here.
pub fn parse_quantity(words: &str) -> Option<Quantity> {
    mentions(words)
        .into_iter()
        .find_map(|mention| mention.quantity)
        .or_else(|| {
            let start = glyph::next_start(words.as_bytes(), 0)?;
            let first = words
                .char_indices()
                .map(|(at, _)| at)
                .filter(|at| *at >= start)
                .find_map(|at| numeral::numeral(words, at))?;
            let unit = units::unit_behind(words, first.end);
            expression::expression(words, &first, unit).quantity(words)
        })
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod role_tests;
#[cfg(test)]
mod tests;
