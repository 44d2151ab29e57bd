//! One sentence's values, read one after another, because a name, a verb and a period are carried on.
//!
//! Pure.

use super::area::{self, Place};
use super::clause::{Clause, Joint};
use super::cues::{Cue, DEEDS};
use super::frame::{Frame, Section};
use super::link::{Link, Linker};
use super::measure::{self, Measured};
use super::name::{self, How, Phrase};
use super::observe::Found;
use super::period::{self, Epoch};
use super::row;
use super::score;
use super::when;
use crate::model::{Measure, Mention, Quantity, Role, Span, Suggestion, ValueNature, ValueType};

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
pub(super) struct State {
    /// The last name, and whether this sentence said it.
    pub(super) name: Option<Span>,
    pub(super) named_here: bool,
    pub(super) measured: Option<Measured>,
    pub(super) value_type: ValueType,
    pub(super) epoch: Option<(Epoch, Span)>,
    pub(super) nature: Option<(ValueNature, &'static str)>,
    /// The year in which a move began whose end was told in this sentence (从2011年的…到2016年的…).
    pub(super) origin: Option<i32>,
    /// The period of the value before.
    pub(super) ratio: Option<Epoch>,
    /// Whether the last value was summed up over its period.
    pub(super) summed: bool,
    /// Whether a verb of doing governs the list that the value stands in.
    pub(super) acted: bool,
    pub(super) place: Option<Place>,
    pub(super) scope: Span,
    /// The names of a row that still wait for their values, the next one last.
    pub(super) row: Vec<Span>,
    pub(super) row_end: Span,
    /// The names that this sentence said.
    pub(super) said: Vec<Span>,
}

/// One value among the sentence's mentions.
#[derive(Clone, Copy)]
pub(super) struct Here<'m> {
    pub(super) mentions: &'m [Mention],
    pub(super) index: usize,
    pub(super) mention: &'m Mention,
    pub(super) quantity: &'m Quantity,
    pub(super) clause: Clause,
    /// The last period that its lead names, within the lead.
    pub(super) period: Option<period::Found>,
    /// The period that a move began in, within its head.
    pub(super) origin: Option<period::Found>,
}

impl<'a> Sentence<'a> {
    /// Suggests a ruling for every candidate among the sentence's mentions.
    ///
    /// `carried` is the last name of the sentence before, and becomes this one's.
    pub(super) fn suggest(
        &self,
        mentions: &[Mention],
        carried: &mut Option<Span>,
        out: &mut Vec<Suggestion>,
    ) {
        let mut state = State {
            name: *carried,
            ..State::default()
        };
        let mut before = None;
        for (index, mention) in mentions.iter().enumerate() {
            match (mention.role, &mention.quantity) {
                (Role::Criterion, _) => out.push(score::dismissal(mention.span)),
                (Role::Indicator, Some(quantity)) => {
                    let after = self.next_value(mentions, index);
                    let start = before.unwrap_or(self.span.start);
                    let clause = Clause::of(self.text, mention.span, start, after, before.is_none());
                    let years = self.section.years;
                    let words = |span: Span| span.of(self.text).unwrap_or_default();
                    let here = Here {
                        mentions,
                        index,
                        mention,
                        quantity,
                        clause,
                        period: period::last_in(words(clause.lead), years),
                        origin: period::start_in(words(clause.head), years),
                    };
                    let found = self.find(&here, &mut state);
                    out.push(score::suggestion(self, &found, quantity));
                    before = Some(mention.span.end);
                }
                _ => {}
            }
        }
        *carried = state.name;
    }

    /// Where the next value starts, or the sentence ends.
    fn next_value(&self, mentions: &[Mention], index: usize) -> usize {
        mentions
            .iter()
            .skip(index + 1)
            .find(|mention| mention.role == Role::Indicator)
            .map_or(self.span.end, |mention| mention.span.start)
    }

    fn find(&self, here: &Here<'_>, state: &mut State) -> Found<'a> {
        let value_type = here.quantity.value_type;
        let mut phrase = name::read(self.text, &here.clause, value_type, self.section.years);
        let in_list = here.clause.joint == Joint::List || self.goes_on_by_class(here, &phrase);
        if !in_list && here.clause.joint != Joint::Bracket {
            state.acted = false;
        }
        let nature = self.nature(&phrase, here, state);
        let name = self.name(&phrase, here, state);
        let measured = self.measure(&phrase, here, nature.0, in_list, state);
        let epoch = self.epoch(&phrase, here, nature.0, state);
        let deed = name
            .and_then(|(span, _)| span.of(self.text))
            .and_then(|words| DEEDS.starting(words));
        state.acted |= deed.is_some()
            || phrase
                .cues
                .first_of(&[Cue::Act, Cue::Add, Cue::Found, Cue::Total])
                .is_some();
        state.ratio = Some(epoch.0);
        let place = self.place(&phrase, name, state);
        if phrase.scope.is_empty() && measured.measure == Measure::Rank && is_carried(name) {
            // 由全国第12位升至第9位: the scope was said with the rank before.
            phrase.scope = state.scope;
        }
        let (completed, link) = self.link(name, value_type, measured.measure, state);
        let is_period_firm = !epoch.0.is_long() || when::leaves_no_choice(&phrase, measured);
        let epoch = self.stretch(epoch, &phrase, measured, name, state);
        state.scope = phrase.scope;
        state.measured = Some(measured);
        state.value_type = value_type;
        if let Some((span, _)) =
            name.filter(|(span, _)| !name::is_elided(span.of(self.text).unwrap_or_default()))
        {
            state.name = Some(span);
            state.named_here = true;
            if !is_carried(name) {
                state.said.push(span);
            }
        }
        Found {
            value: here.mention.span,
            phrase,
            name,
            completed,
            link,
            measured,
            epoch,
            nature,
            place,
            lead: here.clause.lead,
            is_period_firm,
        }
    }

    /// Whether the clause only names another class of what was counted before: 新认定国家级…10家,省级14家.
    fn goes_on_by_class(&self, here: &Here<'_>, phrase: &Phrase) -> bool {
        let class = phrase
            .name
            .and_then(|(span, _)| span.of(self.text))
            .unwrap_or_default();
        here.clause.joint == Joint::Comma && class.ends_with('级') && class.chars().count() <= 3
    }

    /// The words that name the value, from its clause, its row, or the value before it.
    fn name(&self, phrase: &Phrase, here: &Here<'_>, state: &mut State) -> Option<(Span, How)> {
        // A place alone is no name: 其中，海曙区120家.
        let own = phrase
            .name
            .filter(|&(span, _)| state.name.is_none() || !self.is_bare_place(span));
        if let Some((span, how)) = own {
            if how == How::Before {
                state.row = self.row(span, phrase, here);
                if let Some(first) = state.row.pop() {
                    state.row_end = state.row.first().copied().unwrap_or(first);
                    return Some((first, How::Shared));
                }
            }
            // A name in front of the value beats the next in the row; a remark behind it does not.
            if how == How::Before || state.row.is_empty() {
                state.row.clear();
                return Some((span, how));
            }
        }
        if phrase.cues.has(Cue::Each) && own.is_none() {
            // 专利3.2万件，其中发明3286件，分别下降21.4%、增长7.2%: the last names in their order.
            let length = row::loose_length(self.text, here.mentions, here.index);
            state.row = state.said.iter().rev().take(length).copied().collect();
            if let Some(first) = state.row.pop() {
                return Some((first, How::Carried));
            }
        }
        if here.clause.joint == Joint::List
            && let Some(next) = state.row.pop()
        {
            return Some((next, How::Shared));
        }
        if !phrase.elided.is_empty() && !phrase.is_relative && !state.named_here {
            return Some((phrase.elided, How::Before));
        }
        if let Some(known) = state.name {
            let other = here.clause.joint == Joint::Apart
                && !phrase.is_relative
                && here.quantity.value_type != state.value_type;
            let before = other.then(|| self.clause_before(here)).flatten();
            return before
                .map(|span| (span, How::Before))
                .or(Some((known, How::Carried)));
        }
        let [head, tail] =
            [here.clause.head, here.clause.tail].map(|span| super::clause::trim(self.text, span));
        if here.quantity.value_type == ValueType::Duration && !tail.is_empty() {
            return Some((tail, How::Behind));
        }
        (!head.is_empty()).then_some((head, How::Before))
    }

    /// The clause right before the value's own, without its opening words, where no value stands between.
    fn clause_before(&self, here: &Here<'_>) -> Option<Span> {
        let lead = here.clause.lead;
        let before = Span::new(lead.start, here.clause.head.start.max(lead.start));
        let words = before.of(self.text)?.trim_end_matches(super::clause::is_boundary);
        let start = words.rfind(super::clause::is_boundary).map_or(0, |at| at + 1);
        let start = (start..=words.len()).find(|at| words.is_char_boundary(*at))?;
        let span = Span::new(lead.start + start, lead.start + words.len());
        let span = name::without_opening(self.text, span, self.section.years);
        (span.len() > 9).then_some(span)
    }

    /// The names of the row of values that starts here, in reverse order; empty where the name is of one value.
    fn row(&self, span: Span, phrase: &Phrase, here: &Here<'_>) -> Vec<Span> {
        let length = row::length(self.text, here.mentions, here.index);
        if length < 2 {
            return Vec::new();
        }
        // Without 分别, as many names as values make a row.
        if phrase.cues.has(Cue::Each) || row::conjunctions(self.text, span) + 1 == length {
            row::names(self.text, span, length)
        } else {
            Vec::new()
        }
    }

    fn measure(
        &self,
        phrase: &Phrase,
        here: &Here<'_>,
        nature: ValueNature,
        in_list: bool,
        state: &State,
    ) -> Measured {
        let value_type = here.quantity.value_type;
        let words = here.mention.span.of(self.text).unwrap_or_default();
        let same_kind = value_type == state.value_type;
        let before = state.measured.filter(|before| {
            let reached = before.measure == Measure::Share && phrase.cues.has(Cue::Reach);
            let goes_on = in_list || (phrase.name.is_none() && (phrase.cues.has(Cue::To) || reached));
            goes_on && same_kind && measure::may_inherit(phrase, before.measure)
        });
        measure::of(phrase, value_type, nature, words, before)
    }

    /// The place that the clause opens with; a carried name keeps the place that it was said with.
    fn place(&self, phrase: &Phrase, name: Option<(Span, How)>, state: &mut State) -> Option<Place> {
        let bare = phrase.name.is_some_and(|(span, _)| self.is_bare_place(span));
        if bare || (!is_carried(name) && !matches!(name, Some((_, How::Shared)))) {
            state.place = area::beside(self.frame, self.text, phrase.subject_of(bare));
        }
        state.place
    }

    fn is_bare_place(&self, span: Span) -> bool {
        area::is_bare(span.of(self.text).unwrap_or_default())
    }

    /// The catalogue's entry, and the name completed from it where a row's names share a head.
    fn link(
        &self,
        name: Option<(Span, How)>,
        value_type: ValueType,
        measure: Measure,
        state: &State,
    ) -> (String, Option<Link<'a>>) {
        let Some((span, how)) = name else {
            return (String::new(), None);
        };
        let shares = how == How::Shared && span != state.row_end;
        if shares && let Some((words, link)) = row::complete(self.text, self.linker, span, state.row_end) {
            return (words, Some(link));
        }
        let counts = matches!(measure, Measure::Level | Measure::Increase).then_some(value_type);
        (
            String::new(),
            self.linker.inside(self.text, span, how == How::Behind, counts),
        )
    }
}

pub(super) fn is_carried(name: Option<(Span, How)>) -> bool {
    matches!(name, Some((_, How::Carried)))
}
