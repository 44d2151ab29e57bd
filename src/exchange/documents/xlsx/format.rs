//! How a cell prints its number.

use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};

use super::date;

/// A number of more digits than this is the nearest that a computer has to a shorter one.
const EXACT_DIGITS: u32 = 15;
/// Formats print no more decimals.
const MOST_DECIMALS: u32 = 20;

/// A cell's format.
#[derive(Clone, Debug, Default)]
pub(super) struct Format {
    /// For positive numbers, negative ones and nought; the last ones may be missing.
    sections: Vec<Section>,
}

#[derive(Clone, Debug)]
enum Section {
    /// As the number is.
    General {
        before: String,
        behind: String,
    },
    Number(Pattern),
    Date(Vec<date::Part>),
}

/// How many digits are printed, and what round them.
#[derive(Clone, Debug, Default)]
struct Pattern {
    before: String,
    behind: String,
    decimals: u32,
    /// So many of the decimals are printed even when they are nought.
    fixed: u32,
    has_groups: bool,
    per_cents: u32,
    thousands: u32,
    /// Whether it has a place for the number at all.
    has_digits: bool,
}

impl Format {
    /// Reads a format's code, like `#,##0.0"亿元"`; one that is beyond this reader prints numbers as they are.
    pub fn of(code: &str) -> Self {
        let general = |code: &str| code.is_empty() || code == "@" || code.eq_ignore_ascii_case("general");
        if general(code.trim()) {
            return Self::default();
        }
        let sections = split_sections(code).into_iter().take(3).map(Section::of);
        Self {
            sections: sections.collect::<Option<_>>().unwrap_or_default(),
        }
    }

    /// What a cell with this format prints for a number; what is no number is printed as it is.
    pub fn show(&self, value: &str, since_1904: bool) -> String {
        let parsed = Decimal::from_str(value).or_else(|_| Decimal::from_scientific(value));
        let Some(number) = parsed.ok().and_then(|number| number.round_sf(EXACT_DIGITS)) else {
            return value.to_owned();
        };
        let (index, number) = match self.sections.len() {
            2.. if number.is_sign_negative() && !number.is_zero() => (1, number.abs()),
            3.. if number.is_zero() => (2, number),
            _ => (0, number),
        };
        match self.sections.get(index) {
            None => number.normalize().to_string(),
            Some(Section::General { before, behind }) => format!("{before}{}{behind}", number.normalize()),
            Some(Section::Date(parts)) => {
                date::show(parts, number, since_1904).unwrap_or_else(|| number.normalize().to_string())
            }
            Some(Section::Number(pattern)) => pattern.show(number),
        }
    }
}

impl Section {
    /// Reads a section; `None` for one that cannot be followed here.
    fn of(code: &str) -> Option<Self> {
        if let Some(parts) = date::parts(code) {
            return Some(Self::Date(parts));
        }
        let mut pattern = Pattern::default();
        let mut chars = code.chars().peekable();
        let mut behind_point = false;
        let mut groups = 0;
        while let Some(char) = chars.next() {
            match char {
                '"' => pattern.literal(&chars.by_ref().take_while(|char| *char != '"').collect::<String>()),
                '\\' | '!' => pattern.literal(&chars.next().map(String::from).unwrap_or_default()),
                // A gap as wide as the next character, and the filling of what is left of the cell.
                '_' | '*' => {
                    chars.next();
                }
                '[' => {
                    let inside: String = chars.by_ref().take_while(|char| *char != ']').collect();
                    if is_beyond(&inside) {
                        return None;
                    }
                    let sign = inside.strip_prefix('$').and_then(|rest| rest.split('-').next());
                    pattern.literal(sign.unwrap_or_default());
                }
                // Words between the digits part them, as in `0!.0,"万"`.
                '0' | '#' | '?' if !pattern.behind.is_empty() => return None,
                '0' | '#' | '?' => {
                    pattern.has_groups |= groups > 0;
                    groups = 0;
                    pattern.has_digits = true;
                    if behind_point {
                        pattern.decimals = (pattern.decimals + 1).min(MOST_DECIMALS);
                        if char == '0' {
                            pattern.fixed = pattern.decimals;
                        }
                    }
                }
                '.' if !behind_point => {
                    pattern.has_groups |= groups > 0;
                    behind_point = true;
                }
                ',' if pattern.has_digits => groups += 1,
                '%' => {
                    pattern.per_cents += 1;
                    pattern.literal("%");
                }
                // Fractions and powers of ten are printed as plain numbers.
                '/' | 'E' | 'e' if pattern.has_digits => {
                    return Some(Self::General {
                        before: pattern.before,
                        behind: String::new(),
                    });
                }
                'G' | 'g' if code.to_ascii_lowercase().contains("general") => {
                    chars.by_ref().take("eneral".len()).for_each(drop);
                    let behind: String = chars.filter(|char| !"\"\\".contains(*char)).collect();
                    return Some(Self::General {
                        before: pattern.before,
                        behind,
                    });
                }
                '@' => pattern.has_digits = true,
                char => pattern.literal(char.encode_utf8(&mut [0; 4])),
            }
        }
        // Commas behind the last digit divide by a thousand each.
        pattern.thousands = groups;
        Some(Self::Number(pattern))
    }
}

/// Whether what stands in brackets is a condition, or time that may be more than a day: neither is followed here.
pub(super) fn is_beyond(inside: &str) -> bool {
    let is_time = |char: char| "hms".contains(char.to_ascii_lowercase());
    inside.starts_with(['<', '>', '=']) || !inside.is_empty() && inside.chars().all(is_time)
}

impl Pattern {
    fn literal(&mut self, words: &str) {
        if self.has_digits {
            self.behind.push_str(words);
        } else {
            self.before.push_str(words);
        }
    }

    fn show(&self, number: Decimal) -> String {
        if !self.has_digits {
            return format!("{}{}", self.before, self.behind);
        }
        let scaled =
            (0..self.per_cents).try_fold(number, |number, _| number.checked_mul(Decimal::ONE_HUNDRED));
        let scaled = scaled.and_then(|number| {
            (0..self.thousands).try_fold(number, |number, _| number.checked_div(Decimal::ONE_THOUSAND))
        });
        let Some(scaled) = scaled else {
            return number.to_string();
        };
        let rounded = scaled.round_dp_with_strategy(self.decimals, RoundingStrategy::MidpointAwayFromZero);
        let mut digits = format!("{:.*}", self.decimals as usize, rounded.abs());
        for _ in self.fixed..self.decimals {
            if digits.ends_with('0') {
                digits.pop();
            }
        }
        let digits = digits.strip_suffix('.').unwrap_or(&digits);
        let sign = if rounded.is_sign_negative() && !rounded.is_zero() {
            "-"
        } else {
            ""
        };
        let digits = if self.has_groups {
            grouped(digits)
        } else {
            digits.to_owned()
        };
        format!("{sign}{}{digits}{}", self.before, self.behind)
    }
}

/// Parts the digits before the point into groups of three.
fn grouped(digits: &str) -> String {
    let (whole, fraction) = digits
        .split_once('.')
        .map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut words = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    if let Some(fraction) = fraction {
        words.push('.');
        words.push_str(fraction);
    }
    words
}

/// The sections of a code, parted by `;` outside of quotes.
fn split_sections(code: &str) -> Vec<&str> {
    let mut sections = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, char) in code.char_indices() {
        match char {
            _ if std::mem::take(&mut escaped) => {}
            '\\' | '!' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                sections.push(code.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    sections.push(code.get(start..).unwrap_or_default());
    sections
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_excel_prints_them() {
        let cases = [
            ("", "239.06", "239.06"),
            ("", "0.19400000000000001", "0.194"),
            ("General", "1.2E-3", "0.0012"),
            ("", "20230000", "20230000"),
            ("0.0%", "0.19400000000000001", "19.4%"),
            ("0%", "0.125", "13%"),
            ("#,##0.00", "1234567.891", "1,234,567.89"),
            ("0.0_ ", "8.25", "8.3"),
            ("0.##", "8.50", "8.5"),
            ("0.##", "8", "8"),
            ("0.0\"亿元\"", "239.06", "239.1亿元"),
            ("0.0,", "12345", "12.3"),
            ("0.00_);(0.00)", "-5.1", "(5.10)"),
            ("0.0;[Red]-0.0", "-5.12", "-5.1"),
            ("0;-0;\"—\"", "0", "—"),
            ("[$¥-804]#,##0", "-1200", "-¥1,200"),
            ("yyyy\"年\"m\"月\"", "45292", "2024年1月"),
            ("yyyy/m/d", "45716.5", "2025/2/28"),
            ("yyyy-mm-dd hh:mm", "45716.5", "2025-02-28 12:00"),
            ("0.00E+00", "12300", "12300"),
            ("0.0%", "N/A", "N/A"),
            ("General\"家\"", "1609", "1609家"),
            ("0!.0,\"万\"", "12345", "12345"),
            ("0\\.0,", "12345", "12345"),
            ("### ##0", "-12345", "-12345"),
            ("[h]:mm:ss", "1.5", "1.5"),
            ("[MM]:ss", "1.5", "1.5"),
            ("[>=10000]0.0,\"千\";0", "12345", "12345"),
            ("[<1]yyyy/m/d;0.0", "45292", "45292"),
            ("0!;0;-0", "5", "5"),
        ];
        for (code, value, shown) in cases {
            assert_eq!(Format::of(code).show(value, false), shown, "{value} as {code}");
        }
    }
}
