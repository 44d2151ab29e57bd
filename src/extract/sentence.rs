//! One sentence's values, read one after another, because a name, a verb and a period are carried on.
//!
//! Pure.

use super::area::{self, Place};
use super::clause::{Clause, Joint};
use super::cues::{Cue, DEEDS, HEADS_ALONE};
use super::frame::{Frame, Section};
use super::link::{self, Link, Linker};
use super::measure::{self, Measured};
use super::name::{self, How, Phrase};
use super::observe::Found;
use super::period::{self, Epoch};
use super::row;
use super::score;
use super::table::Table;
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
    /// The table that it is a row of.
    pub(super) table: Option<&'a Table>,
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
    /// How far the nature reaches.
    pub(super) reach: Reach,
    /// The year in which a move began whose end was told in this sentence (从2011年的…到2016年的…).
    pub(super) origin: Option<i32>,
    /// The year that the value, or the row that it stands in, is compared with (比2007年分别增长).
    pub(super) base: Option<i32>,
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
    /// The names of the last row, the first one last.
    pub(super) last_row: Vec<Span>,
    /// The names that this sentence said.
    pub(super) said: Vec<Span>,
    /// The last period of several years that this sentence or the one before spoke of.
    pub(super) long: Option<Epoch>,
}

/// How far a word for a nature reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Reach {
    /// It heads a list, and holds for all of it.
    #[default]
    List,
    /// It stands beside one value, and holds up to the next part of the sentence.
    Part,
}

/// What one sentence of a paragraph leaves to the next.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Carried {
    /// The last name.
    pub(super) name: Option<Span>,
    /// The last period of several years.
    pub(super) long: Option<Epoch>,
    /// The period that its last value is for, if it was said.
    pub(super) epoch: Option<(Epoch, Span)>,
}

/// One value among the sentence's mentions.
#[derive(Clone, Copy)]
pub(super) struct Here<'m> {
    pub(super) mentions: &'m [Mention],
    pub(super) index: usize,
    pub(super) mention: &'m Mention,
    pub(super) quantity: &'m Quantity,
    pub(super) clause: Clause,
    /// How many values stand in a row from this one on.
    pub(super) row: usize,
    /// The last period that its lead names, within the lead.
    pub(super) period: Option<period::Found>,
    /// The period that a move began in, within its head.
    pub(super) origin: Option<period::Found>,
}

impl<'a> Sentence<'a> {
    /// Suggests a ruling for every candidate among the sentence's mentions.
    ///
    /// `carried` is what the sentence before left, and becomes what this one leaves.
    pub(super) fn suggest(&self, mentions: &[Mention], carried: &mut Carried, out: &mut Vec<Suggestion>) {
        let mut state = State {
            name: carried.name,
            long: carried.long,
            // 其中 goes on with the sentence before.
            epoch: carried.epoch.filter(|_| {
                self.span
                    .of(self.text)
                    .is_some_and(|words| words.starts_with("其中"))
            }),
            ..State::default()
        };
        let mut before = None;
        for (index, mention) in mentions.iter().enumerate() {
            match (mention.role, &mention.quantity) {
                (Role::Criterion, _) => out.push(score::dismissal(mention.span)),
                (Role::Indicator, Some(quantity)) => {
                    let tabled = self
                        .table
                        .and_then(|table| self.in_table(table, mention.span, quantity));
                    if let Some(found) = tabled {
                        out.push(score::suggestion(self, &found, quantity));
                        before = Some(mention.span.end);
                        continue;
                    }
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
                        row: row::length(self.text, mentions, index),
                        period: period::last_in(words(clause.lead), clause.letters, years),
                        origin: period::start_in(words(clause.head), clause.letters, years),
                    };
                    let found = self.find(&here, &mut state);
                    out.push(score::suggestion(self, &found, quantity));
                    before = Some(mention.span.end);
                }
                _ => {}
            }
        }
        carried.name = state.name;
        carried.epoch = state.epoch;
        carried.long = state
            .epoch
            .map(|(epoch, _)| epoch)
            .filter(|epoch| epoch.is_long());
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
        let mut phrase = name::read(self.text, &here.clause, value_type, self.section.years, here.row);
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
        let epoch = self.stretch(epoch, &phrase, measured, name, here, state);
        state.scope = phrase.scope;
        state.measured = Some(measured);
        state.value_type = value_type;
        if let Some((span, _)) = name.filter(|(span, _)| {
            state.name.is_none() || !name::is_elided(span.of(self.text).unwrap_or_default())
        }) {
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
        here.clause.joint == Joint::Comma && is_class(class)
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
                    state.last_row.clone_from(&state.row);
                    state.last_row.push(first);
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
        // A、B分别增长3%、5%，达30亿元、50亿元: the same names in their order.
        let again = own.is_none() && here.clause.joint == Joint::Comma && state.last_row.len() > 1;
        if again && here.row == state.last_row.len() {
            state.row.clone_from(&state.last_row);
            return state.row.pop().map(|first| (first, How::Carried));
        }
        if here.clause.joint == Joint::List
            && let Some(next) = state.row.pop()
        {
            return Some((next, How::Shared));
        }
        if !phrase.elided.is_empty() && !state.named_here && (!phrase.is_relative || state.name.is_none()) {
            return Some((phrase.elided, How::Before));
        }
        if let Some(known) = state.name {
            let other = here.clause.joint == Joint::Apart
                && !phrase.is_relative
                && here.quantity.value_type != ValueType::Duration
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
        let start = words.ceil_char_boundary(start);
        let span = Span::new(lead.start + start, lead.start + words.len());
        let span = name::without_opening(self.text, span, self.section.years);
        (span.len() > 9).then_some(span)
    }

    /// The names of the row of values that starts here, in reverse order; empty where the name is of one value.
    fn row(&self, span: Span, phrase: &Phrase, here: &Here<'_>) -> Vec<Span> {
        let length = here.row;
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
            // 新增市场主体13万户、带动就业36万人: what an addition brings about is none.
            let deed = phrase.name.and_then(|(span, _)| span.of(self.text));
            if deed.is_some_and(|words| DEEDS.starting(words).is_some()) {
                return false;
            }
            let same_kind = same_kind || before.measure == Measure::Increase && phrase.name.is_some();
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

    /// The catalogue's entry, and the name completed where a row's names share a head, or it only names a class.
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
        if how == How::Before
            && value_type == state.value_type
            && let Some(words) = self.with_head_of_class(span, state)
        {
            let link = self.linker.exactly(&words);
            return (words, link);
        }
        let counts = matches!(measure, Measure::Level | Measure::Increase).then_some(value_type);
        let link = self
            .linker
            .inside(self.text, span, how == How::Behind, counts)
            .or_else(|| self.link_with_head(span, state).filter(|_| how == How::Before));
        (String::new(), link)
    }
}

impl<'a> Sentence<'a> {
    /// What a class alone stands for beside names of other classes: 国家级星创天地4家、省级6家.
    fn with_head_of_class(&self, span: Span, state: &State) -> Option<String> {
        let class = span.of(self.text).filter(|words| is_class(words))?;
        let said = state.said.iter().rev().filter_map(|said| said.of(self.text));
        let mut heads = said
            .filter_map(|said| said.split_once('级'))
            .map(|(_, head)| head);
        let head = heads.find(|head| head.chars().count() > 1)?;
        Some(format!("{class}{head}"))
    }

    /// The entry that a short name means behind what the sentence is about: 研发投入…，强度…, 技术合同…，成交额….
    fn link_with_head(&self, span: Span, state: &State) -> Option<Link<'a>> {
        let words = span.of(self.text).filter(|words| HEADS_ALONE.hold(words))?;
        let head = state.name.filter(|_| state.named_here)?.of(self.text)?;
        let narrow = link::narrowed(head);
        let head = narrow.as_deref().unwrap_or(head);
        let starts = head.char_indices().map(|(at, _)| at).take(24);
        let ends = head.char_indices().rev().map(|(at, _)| at).take(4);
        let ends: Vec<usize> = std::iter::once(head.len()).chain(ends).collect();
        let mut name = String::new();
        starts
            .flat_map(|start| ends.iter().map(move |end| (start, *end)))
            .filter(|(start, end)| start + 3 < *end)
            .find_map(|(start, end)| {
                name.clear();
                name.extend([head.get(start..end)?, words]);
                self.linker.exactly(&name)
            })
    }
}

/// Whether words name the class of something and not the thing: 国家级, 省级, 市级.
fn is_class(words: &str) -> bool {
    words.ends_with('级') && words.chars().count() <= 3
}

pub(super) fn is_carried(name: Option<(Span, How)>) -> bool {
    matches!(name, Some((_, How::Carried)))
}
