//! What the person's hands do, and what it costs.

use std::collections::BTreeMap;

use indicator_annotator::app::action::Action;
use indicator_annotator::app::command::Command;
use indicator_annotator::model::{Comparator, Field, Measure, Observation, Span, ValueNature, ValueType};

use super::{Hands, Person};

/// What an action is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// Accepting a value.
    Accept,
    /// Dismissing what is no value.
    Dismiss,
    /// Setting a field.
    Set(Field),
    /// Moving an edge.
    Edge,
    /// Choosing and accepting words that nobody offered.
    Missed,
    /// Going to a number.
    Going,
}

/// How many actions were for what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally(pub BTreeMap<Work, usize>);

impl Tally {
    /// All actions together.
    pub fn actions(&self) -> usize {
        self.0.values().sum()
    }

    /// Adds what another report took.
    pub fn add(&mut self, other: &Self) {
        for (work, count) in &other.0 {
            *self.0.entry(*work).or_default() += count;
        }
    }
}

impl Person<'_> {
    pub(super) fn count(&mut self, work: Work, actions: usize) {
        *self.tally.0.entry(work).or_default() += actions;
    }

    /// Presses the key of a command.
    pub(super) fn key(&mut self, command: Command, work: Work) {
        self.count(work, 1);
        self.desk.run(command);
    }

    /// Drags over words, or goes over them with Shift and the arrow keys.
    pub(super) fn select(&mut self, span: Span, work: Work) {
        let letters = self.letters(span);
        self.count(work, if self.hands == Hands::Mouse { 1 } else { letters });
        self.desk.act(Action::Select {
            anchor: span.start,
            head: span.end,
        });
    }

    /// Moves the edges of the current words: by a drag each, or by Alt and the arrow keys.
    pub(super) fn move_edges(&mut self, from: Span, to: Span) {
        if self.hands == Hands::Mouse {
            for (from, to) in [
                (from, Span::new(to.start, from.end)),
                (Span::new(to.start, from.end), to),
            ] {
                if from != to {
                    self.count(Work::Edge, 1);
                    self.desk.act(Action::MoveEdges(from, to));
                }
            }
            return;
        }
        // Outwards first, so that the words are never empty on the way.
        let keys = [
            (from.end < to.end, Command::EndRight),
            (to.start < from.start, Command::StartLeft),
            (from.start < to.start, Command::StartRight),
            (to.end < from.end, Command::EndLeft),
        ];
        for (_, key) in keys.into_iter().filter(|(is_needed, _)| *is_needed) {
            let at_start = matches!(key, Command::StartLeft | Command::StartRight);
            let wanted = if at_start { to.start } else { to.end };
            for _ in 0..self.letters(from) + self.letters(to) {
                let edge = self
                    .desk
                    .app
                    .view
                    .current
                    .map(|span| if at_start { span.start } else { span.end });
                if edge == Some(wanted) {
                    break;
                }
                self.key(key, Work::Edge);
            }
        }
    }

    /// Says which words name the current value: by dragging over them and W, or by typing them.
    pub(super) fn name(&mut self, wanted: &Observation) {
        let Some(span) = wanted.indicator_span else { return };
        let work = Work::Set(Field::IndicatorText);
        if self.hands == Hands::Mouse {
            self.select(span, work);
            self.key(Command::UseAsName, work);
        } else {
            let words = self
                .desk
                .app
                .document()
                .map_or("", |document| document.words(span))
                .to_owned();
            self.set(Field::IndicatorText, &words);
        }
    }

    /// Sets a field in its editor: by typing words, or by choosing a word of its vocabulary.
    pub(super) fn set(&mut self, field: Field, words: &str) {
        self.open_editor(field);
        let work = Work::Set(field);
        match vocabulary(field) {
            None => {
                self.count(work, words.chars().count());
                self.desk.act(Action::SetField(field, words.to_owned()));
                self.leave_editor(work);
            }
            Some(_) if self.hands == Hands::Mouse => {
                // A click on the word takes it and leaves the editor.
                self.count(work, 1);
                self.desk.act(Action::SetField(field, words.to_owned()));
                self.desk.act(Action::EditingField(None));
            }
            Some(terms) => {
                let now = self
                    .observation()
                    .map(|observation| observation.words(field))
                    .unwrap_or_default();
                let place = |words: &str| terms.iter().position(|term| *term == words).unwrap_or(0);
                let (from, to, count) = (place(&now), place(words), terms.len());
                let forward = (to + count - from) % count;
                let arrows = if forward <= count / 2 {
                    (1..=forward)
                        .map(|step| (from + step) % count)
                        .collect::<Vec<_>>()
                } else {
                    (1..=count - forward)
                        .map(|step| (from + count - step) % count)
                        .collect()
                };
                for place in arrows {
                    self.count(work, 1);
                    self.desk.act(Action::SetField(field, terms[place].to_owned()));
                }
                self.leave_editor(work);
            }
        }
    }

    /// Opens a field's editor: with a click, or with E and Tab.
    fn open_editor(&mut self, field: Field) {
        let work = Work::Set(field);
        if self.hands == Hands::Mouse {
            self.count(work, 1);
            self.desk.act(Action::EditingField(Some(field)));
            return;
        }
        if self.desk.app.view.editing.is_none() {
            self.key(Command::EditFields, work);
        }
        let place = |field: Field| Field::ALL.iter().position(|other| *other == field).unwrap_or(0);
        let opened = self.desk.app.view.editing.map_or(0, place);
        let tabs = opened.abs_diff(place(field));
        self.count(work, tabs);
        self.desk.act(Action::EditingField(Some(field)));
    }

    fn leave_editor(&mut self, work: Work) {
        self.count(work, 1);
        self.desk.act(Action::EditingField(None));
    }

    /// Leaves the editor that E has opened, unless the name is to be typed next. A drag or a click leaves it too.
    pub(super) fn leave_editor_unless(&mut self, wanted: &Observation) {
        let wrong = self
            .observation()
            .map(|observation| self.wrong(observation, wanted))
            .unwrap_or_default();
        let stays = self.hands == Hands::Keys && !wrong.is_empty();
        let drags = self.hands == Hands::Mouse && !wrong.is_empty();
        if drags {
            self.desk.act(Action::EditingField(None));
        } else if !stays {
            self.leave_editor(Work::Missed);
        }
    }

    /// Takes the wanted words where the program offers them for a field: by the key that goes through them, or with
    /// a click on the doubt beside the field. Answers whether it offers them.
    pub(super) fn take_alternative(&mut self, field: Field, wanted: &Observation) -> bool {
        let words = super::gold::typed(field, wanted);
        let all = self.desk.app.alternatives(field);
        let is_wanted = |other: &String| match field {
            Field::RefArea => other.starts_with(&words) && !words.is_empty(),
            _ => *other == words,
        };
        let Some(place) = all.iter().position(is_wanted) else {
            return false;
        };
        let work = Work::Set(field);
        let now = self
            .observation()
            .map(|observation| observation.words(field))
            .unwrap_or_default();
        let from = all
            .iter()
            .position(|words| *words == now)
            .map_or(0, |place| place + 1);
        let presses = (place + all.len() - from % all.len()) % all.len() + 1;
        let key = match field {
            Field::IndicatorText => Some(Command::OtherName),
            Field::TimePeriod => Some(Command::OtherPeriod),
            Field::RefArea => Some(Command::OtherArea),
            _ => None,
        };
        let is_beside = self.desk.app.view.proposal.as_ref().is_some_and(|proposal| {
            let doubts = proposal
                .suggestion
                .iter()
                .flat_map(|suggestion| &suggestion.doubts);
            // Only the first doubt about a field stands beside it.
            doubts
                .filter(|doubt| doubt.field == field)
                .take(1)
                .any(|doubt| is_wanted(&doubt.alternative))
        });
        if is_beside && self.hands == Hands::Mouse {
            self.count(work, 1);
            self.desk.act(Action::SetField(field, all[place].clone()));
            return true;
        }
        let doubtful = self.desk.app.doubtful_fields();
        match key {
            _ if self.desk.app.review.on && doubtful.contains(&field) && place < 9 => {
                // While reviewing, Tab goes through the fields in doubt, and a digit takes what else one could be.
                for _ in 0..=doubtful.len() {
                    if self.desk.app.review.field != Some(field) {
                        self.key(Command::NextOpen, work);
                    }
                }
                if let Some(digit) = Command::favourite(place) {
                    self.key(digit, work);
                }
                true
            }
            Some(key) if presses <= 3 => {
                for _ in 0..presses {
                    self.key(key, work);
                }
                true
            }
            _ => false,
        }
    }

    /// What N would make of the nature.
    pub(super) fn toggled_nature(&self) -> Option<ValueNature> {
        let now = self.observation()?.value_nature;
        Some(if now == ValueNature::Target {
            ValueNature::Actual
        } else {
            ValueNature::Target
        })
    }

    fn letters(&self, span: Span) -> usize {
        self.desk
            .app
            .document()
            .map_or(0, |document| document.words(span).chars().count())
    }
}

/// The words that a field chooses among, in their order; `None` for fields of free words.
fn vocabulary(field: Field) -> Option<Vec<&'static str>> {
    Some(match field {
        Field::ValueType => ValueType::ALL.iter().map(|term| term.code()).collect(),
        Field::Measure => Measure::ALL.iter().map(|term| term.code()).collect(),
        Field::Comparator => Comparator::ALL.iter().map(|term| term.code()).collect(),
        Field::ValueNature => ValueNature::ALL.iter().map(|term| term.code()).collect(),
        _ => return None,
    })
}
