//! One sentence's values, each as a suggested observation.
//!
//! Pure. Values are read in the order of the sentence, because a name, a verb and a period are carried on.

use super::Linker;
use super::area;
use super::clause::{Clause, Joint};
use super::cues::{Cue, DEEDS};
use super::frame::{Frame, Section};
use super::link::Link;
use super::measure::{self, Measured};
use super::name::{self, How, Phrase};
use super::period::{self, Epoch};
use super::places::Known;
use super::row;
use super::score;
use crate::model::{
    DismissReason, Evidence, Measure, Mention, Observation, Quantity, Role, Ruling, Span, Suggestion, Value,
    ValueNature, ValueType,
};

/// Who proposes what this room suggests.
pub(super) const AGENT: &str = "built-in";

/// What a sentence hands on to the next.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Carried {
    /// The last name.
    pub(super) name: Option<Span>,
}

/// Everything that was found out about one value.
#[derive(Clone, Debug)]
pub(super) struct Found<'a> {
    /// The value's words.
    pub(super) value: Span,
    /// The words around it.
    pub(super) phrase: Phrase,
    /// The words that name it.
    pub(super) name: Option<(Span, How)>,
    /// The name with the head that it shares with the last of its row; empty for none.
    pub(super) completed: String,
    /// The catalogue's entry.
    pub(super) link: Option<Link<'a>>,
    /// The measure.
    pub(super) measured: Measured,
    /// The period and where in the text it was said.
    pub(super) epoch: (Epoch, Option<Span>),
    /// Review or plan, and the words beside the value that say so.
    pub(super) nature: (ValueNature, &'static str),
    /// The place said beside the value.
    pub(super) place: Option<Known>,
    /// The type of the value, where the words change what the unit says.
    pub(super) value_type: ValueType,
}

/// A sentence with what holds for it.
pub(super) struct Sentence<'a> {
    /// The whole text.
    pub(super) text: &'a str,
    /// Where the sentence stands in it.
    pub(super) span: Span,
    /// What holds for the report.
    pub(super) frame: &'a Frame,
    /// What holds for the section.
    pub(super) section: Section,
    /// The catalogue's names.
    pub(super) linker: &'a Linker<'a>,
}

/// What is carried from value to value.
#[derive(Default)]
struct State {
    name: Option<Span>,
    measured: Option<Measured>,
    value_type: ValueType,
    epoch: Option<(Epoch, Span)>,
    nature: Option<(ValueNature, &'static str)>,
    acted: bool,
    place: Option<Known>,
    row: Vec<Span>,
    row_end: Span,
    scope: Span,
}

impl<'a> Sentence<'a> {
    /// Suggests a ruling for every candidate among the sentence's mentions.
    pub(super) fn suggest(&self, mentions: &[Mention], carried: &mut Carried, out: &mut Vec<Suggestion>) {
        let mut state = State {
            name: carried.name,
            ..State::default()
        };
        let mut before = self.span.start;
        let mut first = true;
        for (index, mention) in mentions.iter().enumerate() {
            match mention.role {
                Role::Criterion => out.push(dismissed(mention)),
                Role::Indicator => {
                    let Some(quantity) = &mention.quantity else {
                        continue;
                    };
                    let after = self.next_value(mentions, index);
                    let clause = Clause::of(self.text, mention.span, before, after, first);
                    let found = self.find(mention, quantity, &clause, mentions, index, &mut state);
                    out.push(score::suggestion(self, &found, quantity));
                    before = mention.span.end;
                    first = false;
                }
                _ => {}
            }
        }
        carried.name = state.name;
    }

    /// Where the next value starts, or the sentence ends.
    fn next_value(&self, mentions: &[Mention], index: usize) -> usize {
        mentions
            .iter()
            .skip(index + 1)
            .find(|mention| mention.role == Role::Indicator)
            .map_or(self.span.end, |mention| mention.span.start)
    }

    fn find(
        &self,
        mention: &Mention,
        quantity: &Quantity,
        clause: &Clause,
        mentions: &[Mention],
        index: usize,
        state: &mut State,
    ) -> Found<'a> {
        let phrase = name::read(self.text, clause, quantity.value_type, self.frame.years);
        let in_row = clause.joint == Joint::List;
        if clause.joint == Joint::Apart || clause.joint == Joint::Comma {
            state.acted = false;
        }
        let nature = self.nature(&phrase, clause, state);
        let goes_on = phrase.name.is_none() && phrase.cues.has(Cue::To);
        let inherited = state
            .measured
            .filter(|_| (in_row || goes_on) && self.may_inherit(&phrase, quantity.value_type, state));
        let doubles = mention
            .span
            .of(self.text)
            .is_some_and(|words| words.contains('翻'));
        let measured = measure::of(&phrase, quantity.value_type, nature.0, doubles, inherited);
        let name = self.name(&phrase, clause, mentions, index, state);
        let epoch = self.epoch(&phrase, clause, state);
        state.acted |= phrase
            .cues
            .first_of(&[Cue::Act, Cue::Add, Cue::Found, Cue::Total])
            .is_some();
        let place = self.place(&phrase, name, state);
        let scope = if phrase.scope.is_empty() && carries_scope(name, measured) {
            state.scope
        } else {
            phrase.scope
        };
        state.scope = scope;
        let phrase = Phrase { scope, ..phrase };
        let completed = match name {
            Some((span, How::Shared)) if span != state.row_end => {
                row::complete(self.text, self.linker, span, state.row_end)
            }
            _ => None,
        };
        let (completed, link) = match completed {
            Some((words, link)) => (words, Some(link)),
            None => (
                String::new(),
                name.and_then(|(span, _)| self.linker.inside(self.text, span)),
            ),
        };
        state.measured = Some(measured);
        state.value_type = quantity.value_type;
        state.name = name.map(|(span, _)| span).or(state.name);
        Found {
            value: mention.span,
            phrase,
            name,
            completed,
            link,
            measured,
            epoch: self.stretch(epoch, &phrase, measured, name, state),
            nature,
            place,
            value_type: quantity.value_type,
        }
    }

    /// Whether a value in a row takes over the measure of the one before: 新增A 5家、B 3家; 分别增长3%、5%.
    fn may_inherit(&self, phrase: &Phrase, value_type: ValueType, state: &State) -> bool {
        let Some(before) = state.measured else {
            return false;
        };
        match before.measure {
            Measure::Increase if states_a_level(phrase) => false,
            Measure::Increase => value_type == state.value_type,
            Measure::GrowthRate | Measure::Share => value_type == ValueType::Percent && phrase.name.is_none(),
            Measure::Change => phrase.name.is_none() && value_type == ValueType::PercentagePoint,
            _ => false,
        }
    }

    /// The words that name the value, from its clause, its row, or the value before it.
    fn name(
        &self,
        phrase: &Phrase,
        clause: &Clause,
        mentions: &[Mention],
        index: usize,
        state: &mut State,
    ) -> Option<(Span, How)> {
        if phrase.cues.has(Cue::Each)
            && let Some((span, _)) = phrase.name
        {
            state.row = row::names(self.text, span, row::length(self.text, mentions, index));
            state.row_end = state.row.first().copied().unwrap_or_default();
            if let Some(first) = state.row.pop() {
                return Some((first, How::Shared));
            }
        }
        if let Some((span, how)) = phrase.name {
            // A name in front of the value beats the next in the row; a remark behind it does not.
            if how == How::Before || state.row.is_empty() {
                state.row.clear();
                return Some((span, how));
            }
        }
        if clause.joint == Joint::List
            && let Some(next) = state.row.pop()
        {
            return Some((next, How::Shared));
        }
        if let Some(known) = state.name {
            return Some((known, How::Carried));
        }
        let head = super::clause::trim(self.text, clause.head);
        (!head.is_empty()).then_some((head, How::Before))
    }

    fn nature(&self, phrase: &Phrase, clause: &Clause, state: &mut State) -> (ValueNature, &'static str) {
        let cues = &phrase.cues;
        let own = match cues.first_of(&[Cue::Plan, Cue::Estimate, Cue::Done]) {
            Some(Cue::Plan) => Some((ValueNature::Target, cues.words(Cue::Plan))),
            Some(Cue::Estimate) if self.section.nature == ValueNature::Actual => {
                Some((ValueNature::Estimate, cues.words(Cue::Estimate)))
            }
            Some(Cue::Done) => Some((ValueNature::Actual, cues.words(Cue::Done))),
            _ => None,
        };
        if own.is_some() {
            state.nature = own;
        } else if clause.joint == Joint::Apart {
            state.nature = None;
        }
        state.nature.unwrap_or((self.section.nature, ""))
    }

    /// The period of the sentence so far, or of the section.
    fn epoch(&self, phrase: &Phrase, clause: &Clause, state: &mut State) -> (Epoch, Option<Span>) {
        let lead = clause.lead.of(self.text).unwrap_or_default();
        if let Some(found) = period::last_in(lead, self.frame.years) {
            let start = clause.lead.start + found.at;
            state.epoch = Some((found.epoch, Span::new(start, start + found.length)));
        }
        let (epoch, words) = state
            .epoch
            .map_or((self.section.epoch, None), |(epoch, words)| (epoch, Some(words)));
        if phrase.cues.has(Cue::From) {
            (Epoch::year((epoch.from - 1).max(0)), words)
        } else if words.is_none() && phrase.cues.has(Cue::Done) && self.section.nature == ValueNature::Target
        {
            (Epoch::year(self.frame.years.review), None)
        } else {
            (epoch, words)
        }
    }

    /// Chooses the whole stretch for sums and averages, its end for what was counted at its end.
    fn stretch(
        &self,
        (epoch, words): (Epoch, Option<Span>),
        phrase: &Phrase,
        measured: Measured,
        name: Option<(Span, How)>,
        state: &State,
    ) -> (Epoch, Option<Span>) {
        if !epoch.is_long() {
            return (epoch, words);
        }
        let summed = match measured.measure {
            Measure::Increase | Measure::GrowthRate | Measure::Change => true,
            Measure::Level => {
                phrase
                    .cues
                    .first_of(&[Cue::Act, Cue::Total, Cue::Average])
                    .is_some()
                    || (state.acted && phrase.cues.first_of(&[Cue::Reach, Cue::To]).is_none())
                    || name.is_some_and(|(span, how)| {
                        how == How::Behind && !span.of(self.text).is_some_and(|words| words.contains("达到"))
                            || DEEDS.starting(span.of(self.text).unwrap_or_default()).is_some()
                    })
            }
            Measure::Share | Measure::Rank | Measure::Duration => false,
        };
        (if summed { epoch } else { Epoch::year(epoch.to) }, words)
    }

    /// The place that the clause opens with; a carried name keeps the place that it was said with.
    fn place(&self, phrase: &Phrase, name: Option<(Span, How)>, state: &mut State) -> Option<Known> {
        if !matches!(name, Some((_, How::Carried | How::Shared))) {
            state.place = area::beside(self.frame, phrase.subject.of(self.text).unwrap_or_default());
        }
        state.place
    }
}

/// Whether the words beside a value make it a level of its own (达30家, 现有30家).
fn states_a_level(phrase: &Phrase) -> bool {
    phrase.cues.first_of(&[Cue::Act, Cue::Done, Cue::Total]).is_some()
        || matches!(
            phrase.cues.words(Cue::Reach),
            "达" | "达到" | "为" | "有" | "共有" | "已达" | "完成" | "实现"
        )
}

/// Whether a rank without a scope of its own is one within the scope before it (由全国第12位升至第9位).
fn carries_scope(name: Option<(Span, How)>, measured: Measured) -> bool {
    measured.measure == Measure::Rank && matches!(name, Some((_, How::Carried)))
}

fn dismissed(mention: &Mention) -> Suggestion {
    Suggestion {
        span: mention.span,
        ruling: Ruling::Dismissed(DismissReason::Criterion),
        agent: AGENT.to_owned(),
        score: score::DISMISSED,
        reasons: vec![Evidence::Qualifies],
        doubts: Vec::new(),
    }
}

/// The observation that was found.
pub(super) fn observation(sentence: &Sentence<'_>, found: &Found<'_>, quantity: &Quantity) -> Observation {
    let text = sentence.text;
    let frame = sentence.frame;
    let own_words = |span: Span| span.of(text).unwrap_or_default();
    let mut indicator_text = match found.name {
        Some((span, _)) if found.completed.is_empty() => own_words(span).to_owned(),
        _ => found.completed.clone(),
    };
    let elided = own_words(found.phrase.elided);
    if matches!(elided, "增速" | "增幅" | "增长率") {
        indicator_text.push_str("增速");
    }
    let value = quantity.value().unwrap_or(quantity.printed).normalized();
    let stretch = found.epoch.0;
    Observation {
        indicator: found.link.map(|link| link.id.clone()),
        indicator_text,
        indicator_span: found.name.map(|(span, _)| span),
        value_type: found.value_type,
        comparator: quantity.comparator,
        obs_value: quantity.printed.to_string(),
        unit_mult: quantity.unit_mult,
        value: if found.measured.down {
            negative(value)
        } else {
            value
        },
        unit: quantity.unit.to_string(),
        unit_measure: quantity.unit_measure.unwrap_or_default().to_owned(),
        measure: found.measured.measure,
        time_period: stretch.written(true),
        ref_area: found
            .place
            .map_or_else(|| frame.area.clone(), |place| place.name.to_owned()),
        ref_scope: scope(frame, found, own_words(found.phrase.scope)),
        value_nature: found.nature.0,
        ..Observation::default()
    }
}

fn scope(frame: &Frame, found: &Found<'_>, words: &str) -> String {
    let scoped = matches!(
        found.measured.measure,
        Measure::Rank | Measure::Share | Measure::Change
    );
    if scoped {
        area::scope(frame, words)
    } else {
        String::new()
    }
}

fn negative(value: Value) -> Value {
    match value {
        Value::Exact(number) => Value::Exact(-number.abs()),
        Value::Range(low, high) => Value::Range(-low.abs(), -high.abs()),
    }
}
