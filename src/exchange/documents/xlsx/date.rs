//! Cells that print a number of days as a date.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::format;

/// A part of a date's format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Literal(String),
    /// A letter of the format and how often it stands there.
    Field(char, usize),
}

/// The parts of a format's code; `None` where it is no date's.
pub(super) fn parts(code: &str) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut chars = code.chars().peekable();
    let mut has_field = false;
    while let Some(char) = chars.next() {
        match char.to_ascii_lowercase() {
            '"' => parts.push(Part::Literal(
                chars.by_ref().take_while(|char| *char != '"').collect(),
            )),
            '\\' | '!' => parts.push(Part::Literal(chars.next().map(String::from).unwrap_or_default())),
            '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|char| *char != ']').collect();
                // The place and the colour say nothing.
                if format::is_beyond(&inside) {
                    return None;
                }
            }
            letter @ ('y' | 'e' | 'm' | 'd' | 'h' | 's' | 'a') => {
                if letter == 'e' && matches!(chars.peek(), Some('+' | '-')) {
                    return None;
                }
                let mut count = 1;
                while chars.next_if(|next| next.eq_ignore_ascii_case(&char)).is_some() {
                    count += 1;
                }
                if letter == 'a' {
                    // AM/PM or the name of the weekday.
                    while chars.next_if(|next| "MmPp/".contains(*next)).is_some() {}
                    continue;
                }
                has_field = true;
                parts.push(Part::Field(letter, count));
            }
            'g' if code.to_ascii_lowercase().contains("general") => return None,
            '0' | '#' | '?' if !has_field => return None,
            '@' => {}
            _ => parts.push(Part::Literal(char.to_string())),
        }
    }
    has_field.then_some(parts)
}

/// What a number of days prints; `None` for one that is no date.
pub(super) fn show(parts: &[Part], number: Decimal, since_1904: bool) -> Option<String> {
    let days = number
        .floor()
        .to_i64()
        .filter(|days| (0..=2_958_465).contains(days))?;
    let fraction = number - number.floor();
    let seconds = (fraction * Decimal::from(86_400)).round().to_i64()?.min(86_399);
    let (year, month, day) = calendar(if since_1904 { days + 1462 } else { days });
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let mut words = String::new();
    let mut behind_hour = false;
    for (index, part) in parts.iter().enumerate() {
        let (letter, count) = match part {
            Part::Literal(literal) => {
                words.push_str(literal);
                continue;
            }
            Part::Field(letter, count) => (*letter, *count),
        };
        let before_seconds = || {
            let next = parts.get(index + 1..).unwrap_or_default();
            let next = next.iter().find_map(|part| match part {
                Part::Field(letter, _) => Some(*letter),
                Part::Literal(_) => None,
            });
            next == Some('s')
        };
        let value = match letter {
            'y' if count <= 2 => year % 100,
            'y' | 'e' => year,
            'm' if behind_hour || before_seconds() => minute,
            'm' => month,
            'd' => day,
            'h' => hour,
            _ => second,
        };
        behind_hour = letter == 'h';
        // Names of months and weekdays are printed as numbers.
        let width = if count == 2 { 2 } else { 1 };
        let figures = format!("{value:0width$}");
        words.push_str(&figures);
    }
    Some(words.trim().to_owned())
}

/// Year, month and day of a number of days since the end of 1899, as Excel counts: 1900 had a 29 February.
fn calendar(days: i64) -> (i64, i64, i64) {
    if days == 60 {
        return (1900, 2, 29);
    }
    // Days since 1 March of the year 0.
    let days = if days < 60 { days + 1 } else { days } + 693_899;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}
