//! The one pass over a text that finds its mentions.

use crate::model::{Comparator, Mention, Quantity, Role, Span, Value, ValueType};

use super::date::date_end;
use super::expression::{Expression, expression, negated};
use super::glyph::next_start;
use super::half::half;
use super::label::{self, Label};
use super::name::{self, FixedWord};
use super::numeral::{Numeral, Script, numeral};
use super::place::{after, before, char_at, char_before};
use super::role::role_of;
use super::token::latin_token;
use super::units::{Unit, unit_behind};
use super::words::GLOSSARY_HEADS;

/// About so many bytes of a report's text come to one number.
const BYTES_EACH: usize = 110;

/// Walks over a text once; every place is looked at a bounded number of times.
pub(super) struct Scan<'t> {
    text: &'t str,
    /// Where the last mention or the last rejected word ended.
    floor: usize,
    /// Whether the place looked at is in a glossary, where small counts only tell what a term comprises.
    glossary: bool,
    found: Vec<Mention>,
}

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            floor: 0,
            glossary: false,
            // Growing would copy a large report's mentions over and over; room that is not used is never touched.
            found: Vec::with_capacity(text.len() / BYTES_EACH),
        }
    }

    /// All mentions of the text, in its order.
    pub(super) fn run(mut self) -> Vec<Mention> {
        while let Some(start) = next_start(self.text.as_bytes(), self.floor) {
            self.floor = self.step(start).max(start + 1);
            while !self.text.is_char_boundary(self.floor) {
                self.floor += 1;
            }
        }
        self.found
    }

    /// Looks at the place `start`, takes what begins there, and returns where to go on.
    fn step(&mut self, start: usize) -> usize {
        match char_at(self.text, start) {
            Some('“' | '"') => return self.label(name::quoted(self.text, start), start),
            Some('翻') => return self.doubling(start),
            Some('半') => {
                if let Some(end) = self.half(start) {
                    return end;
                }
            }
            Some('一') if after(self.text, start).starts_with("一半") => {
                if let Some(end) = self.half(start) {
                    return end;
                }
            }
            _ => {}
        }
        let Some(first) = numeral(self.text, start) else {
            return self.label(label::single(self.text, start), start);
        };
        self.numeral(first)
    }

    /// Takes 半 or 一半 where it is a number.
    fn half(&mut self, start: usize) -> Option<usize> {
        let found = half(self.text, start)?;
        let role = role_of(self.text, &found)?;
        Some(self.quantity(&found, role))
    }

    fn numeral(&mut self, first: Numeral) -> usize {
        let text = self.text;
        match name::fixed_word(text, &first) {
            Some(FixedWord::Name(label)) => return self.label(Some(label), first.end),
            Some(FixedWord::Idiom { end }) => return end,
            None => {}
        }
        let unit = unit_behind(text, first.end);
        let label = if is_told(text, &first, unit.as_ref()) {
            None
        } else {
            self.find_label(&first)
        };
        if label.is_some() {
            return self.label(label, first.end);
        }
        if let Some(end) = name::streak_end(text, &first) {
            return self.streak(&first, end);
        }
        let found = expression(text, &first, unit);
        let numbered = || name::numbered(text, &first).filter(|_| found.unit.is_none() && !found.ordinal);
        if let Some(label) = numbered().filter(|_| first.plain_digits > 0) {
            return self.label(Some(label), first.end);
        }
        if let Some(role) = role_of(text, &found) {
            return self.quantity(&found, role);
        }
        let name =
            numbered().filter(|_| first.script == Script::Chinese && !name::is_bound(text, first.start));
        self.label(name, first.end)
    }

    /// Dates, numberings, documents, sessions, Latin names and identifiers.
    fn find_label(&self, first: &Numeral) -> Option<Label> {
        let text = self.text;
        if first.script == Script::Arabic {
            label::document(text, first)
                .or_else(|| label::enumerator(text, first))
                .or_else(|| self.date(first))
                .or_else(|| name::joined(text, first))
                .or_else(|| latin_token(text, first, self.floor))
                .or_else(|| label::identifier(text, first))
        } else {
            label::enumerator(text, first)
                .or_else(|| self.date(first))
                .or_else(|| name::session(text, first).filter(|_| !before(text, first.start).ends_with('第')))
        }
    }

    fn date(&self, first: &Numeral) -> Option<Label> {
        let end = date_end(self.text, first)?;
        Some(Label {
            span: Span::new(first.start, end),
            role: Role::Date,
        })
    }

    fn label(&mut self, label: Option<Label>, otherwise: usize) -> usize {
        let Some(Label { span, role }) = label else {
            return otherwise;
        };
        if role == Role::Enumerator {
            self.enter_list(span);
        }
        self.push(Mention {
            span,
            core: span,
            role,
            quantity: None,
        });
        span.end
    }

    /// 翻番, 翻一番, 翻两番.
    fn doubling(&mut self, start: usize) -> usize {
        let text = self.text;
        let at = start + '翻'.len_utf8();
        let rest = after(text, at).trim_start_matches(['了', '近', '约', '超']);
        let times_at = (text.len() - rest.len()).min(at + "了近".len());
        let (times, end) = match numeral(text, times_at) {
            Some(times) => (times.printed, times.end),
            None => (Some(Value::Exact(1.into())), times_at),
        };
        let (Some(Value::Exact(times)), true) = (times, after(text, end).starts_with('番')) else {
            return at;
        };
        let Some(power) = u32::try_from(times.mantissa())
            .ok()
            .filter(|p| *p <= 10 && times.scale() == 0)
        else {
            return at;
        };
        let span = Span::new(start, end + '番'.len_utf8());
        let unit = Unit::given("倍", ValueType::Multiple, span.end);
        self.given(span, Value::Exact(2i64.pow(power).into()), unit);
        span.end
    }

    fn streak(&mut self, first: &Numeral, end: usize) -> usize {
        let span = Span::new(first.start, end);
        let unit = Unit::given("年", ValueType::Duration, end);
        match first.printed {
            Some(printed) => self.given(span, printed, unit),
            None => return first.end,
        }
        end
    }

    /// Adds a mention of an indicator with a value that is not printed as such.
    fn given(&mut self, span: Span, printed: Value, unit: Unit) {
        let core = Span::new(span.start, span.end);
        let quantity = Quantity {
            value_type: unit.kind,
            comparator: Comparator::Equal,
            printed,
            unit_mult: 0,
            unit: unit.words,
            unit_measure: unit.meaning.code,
        };
        self.push(Mention {
            span,
            core,
            role: Role::Indicator,
            quantity: Some(quantity),
        });
    }

    fn quantity(&mut self, found: &Expression, role: Role) -> usize {
        let mut quantity = found.quantity(self.text);
        if let Some(quantity) = &mut quantity {
            self.share_sign(found.span, quantity);
        }
        let role = match &quantity {
            None if role == Role::Indicator => Role::Identifier,
            Some(quantity) if self.glossary && role == Role::Indicator && is_composition(quantity) => {
                Role::Criterion
            }
            _ => role,
        };
        let mention = Mention {
            span: found.span,
            core: found.core,
            role,
            quantity,
        };
        let end = mention.span.end;
        self.push(mention);
        end
    }

    /// In 分别下降4.3%、5.6% the second rate falls like the first.
    fn share_sign(&self, span: Span, quantity: &mut Quantity) {
        let Some(last) = self.found.last() else { return };
        let Some(before) = last.quantity.as_ref().filter(|q| q.unit == quantity.unit) else {
            return;
        };
        let joined = matches!(self.text.get(last.span.end..span.start), Some("、" | "和"));
        let rate = matches!(
            quantity.value_type,
            ValueType::Percent | ValueType::PercentagePoint
        );
        if joined && rate && before.printed.bounds().1 < 0.into() && quantity.printed.bounds().1 > 0.into() {
            quantity.printed = negated(quantity.printed);
        }
    }

    /// Notices a list's first number, which tells whether a glossary begins there.
    fn enter_list(&mut self, number: Span) {
        let words = number.of(self.text).unwrap_or_default();
        if matches!(words, "1." | "1．" | "1、" | "一、" | "（一）" | "(一)" | "①") {
            let head = before(self.text, number.start)
                .trim_end_matches(|c: char| c.is_whitespace() || "：:".contains(c));
            self.glossary = GLOSSARY_HEADS.iter().any(|heading| head.ends_with(heading));
        }
    }

    /// Adds a mention unless it would reach back into the last one.
    fn push(&mut self, mut mention: Mention) {
        if let Some(last) = self.found.last() {
            mention.span.start = mention.span.start.max(last.span.end);
        }
        mention.core.start = mention.core.start.max(mention.span.start);
        if mention.span.start < mention.span.end && mention.core.start <= mention.core.end {
            self.found.push(mention);
        }
    }
}

/// Whether the quantity is a small plain count of parts, such as a term's definition is made of.
fn is_composition(quantity: &Quantity) -> bool {
    let counts_parts = matches!(
        quantity.unit.as_ref(),
        "个" | "项" | "条" | "类" | "种" | "大" | "大类" | "方面"
    );
    let small = quantity.unit_mult == 0 && quantity.printed.bounds().1 < 100.into();
    counts_parts && small && quantity.comparator == Comparator::Equal
}

/// Whether the unit alone tells that Arabic digits are a quantity, as it does for most.
fn is_told(text: &str, first: &Numeral, unit: Option<&Unit>) -> bool {
    let telling = unit.is_some_and(|unit| unit.kind != ValueType::Duration && unit.words != "号");
    let bound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | '.' | ':');
    first.script == Script::Arabic && telling && !char_before(text, first.start).is_some_and(bound)
}
