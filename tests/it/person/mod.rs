//! A person who has read the report, and brings the layer to what it should be with the program's own commands.
//!
//! Shared by tests and the bench `effort`. The person looks at the state as at a screen, chooses what somebody who
//! knows the program would do, and pays for it: one for a key stroke or chord, one for a click, one for a drag, one
//! for each character typed.

mod gold;
mod hand;

use std::path::Path;

use indicator_annotator::app::action::Action;
use indicator_annotator::app::command::Command;
use indicator_annotator::model::{Decision, DismissReason, Field, Observation, Ruling, Span};
use indicator_annotator::number;
use indicator_annotator::query::Standing;

use crate::desk::Desk;

pub use gold::{Gold, gold_files, gold_folder, is_fitting, wrong};
pub use hand::{Tally, Work};

/// What the person works with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hands {
    /// The mouse where it is shorter, and keys.
    Mouse,
    /// Keys alone; words that nobody proposes are chosen with Shift and arrows, names are typed.
    Keys,
}

/// What the program is allowed to help with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Help {
    /// Nothing but what the words of a number say by themselves, and the report's own period and area. The person
    /// drags over every number and sets each field that this does not give.
    Nothing,
    /// Suggestions; what decisions teach is forgotten at once.
    Suggestions,
    /// Suggestions, with what earlier decisions have taught.
    Memory,
}

/// Somebody at a desk.
pub struct Person<'a> {
    desk: &'a mut Desk,
    gold: &'a [Gold],
    hands: Hands,
    help: Help,
    /// Whether a name has to be exactly the gold's words; else one that covers half of the shorter one will do.
    pub exact_names: bool,
    tally: Tally,
}

impl<'a> Person<'a> {
    /// Somebody who knows what the open report should come to.
    pub fn at(desk: &'a mut Desk, gold: &'a [Gold], hands: Hands, help: Help) -> Self {
        Self {
            desk,
            gold,
            hands,
            help,
            exact_names: false,
            tally: Tally::default(),
        }
    }

    /// Brings the open report to the gold and tells what it took.
    pub fn annotate(mut self) -> Tally {
        if self.help != Help::Nothing {
            self.go_through_what_is_offered();
        }
        // What nobody offered is found when the report is read a second time.
        for gold in self.gold {
            if let Ruling::Tagged(wanted) = &gold.ruling
                && self
                    .desk
                    .app
                    .layer()
                    .is_none_or(|layer| layer.get(gold.span).is_none())
            {
                self.tag(gold.span, wanted);
            }
        }
        self.tally
    }

    /// Decides on the current words if they are open; answers whether they were.
    pub fn decide_on_current(&mut self) -> bool {
        let Some(span) = self.desk.app.view.current.filter(|span| self.is_open(*span)) else {
            return false;
        };
        let gold = self.gold;
        match best(gold, span).map(|gold| (gold.span, &gold.ruling)) {
            None => self.dismiss(None),
            Some((_, Ruling::Dismissed(reason))) => self.dismiss(Some(*reason)),
            Some((wanted_span, Ruling::Tagged(wanted))) => {
                self.move_edges(span, wanted_span);
                self.fill(wanted_span, wanted);
                self.key(Command::Accept, Work::Accept);
            }
        }
        self.forget();
        true
    }

    /// Forgets what the last decision has taught, where the program is not to learn. That is not counted.
    fn forget(&mut self) {
        let memory = self.desk.app.memory().filter(|_| self.help != Help::Memory);
        let lessons: Vec<_> = memory
            .into_iter()
            .flat_map(indicator_annotator::model::Memory::iter)
            .map(|(lesson, _)| lesson.clone())
            .collect();
        for lesson in lessons {
            self.desk.act(Action::ForgetLesson(lesson));
        }
    }

    fn go_through_what_is_offered(&mut self) {
        // Every round decides on a number or goes to one.
        let most = 4 * self.desk.app.marks.all().len() + 4;
        for _ in 0..most {
            if self.desk.app.marks.ledger().is_complete() {
                return;
            }
            if !self.decide_on_current() {
                self.key(Command::NextOpen, Work::Going);
            }
        }
    }

    fn is_open(&self, span: Span) -> bool {
        let mark = self.desk.app.marks.at(span);
        mark.is_some_and(|mark| matches!(mark.standing, Standing::Open | Standing::Suggested))
    }

    /// Dismisses the current words, for this reason or, where the gold has no line, because they are no number.
    fn dismiss(&mut self, reason: Option<DismissReason>) {
        let fits = |other: DismissReason| is_fitting(other, reason);
        let proposed = self.desk.app.view.proposal.as_ref();
        let proposed = proposed.and_then(|proposal| match proposal.ruling {
            Ruling::Dismissed(reason) => Some(reason),
            Ruling::Tagged(_) => None,
        });
        if proposed.is_some_and(fits) {
            self.key(Command::Accept, Work::Dismiss);
        } else if fits(proposed.unwrap_or(self.desk.app.settings.last_reason)) {
            self.key(Command::Dismiss, Work::Dismiss);
        } else {
            self.key(Command::DismissAs, Work::Dismiss);
            let reason = reason.unwrap_or(DismissReason::Idiom);
            self.count(Work::Dismiss, 1);
            self.desk.act(Action::CloseFront);
            self.desk.act(Action::DismissFor(reason));
        }
    }

    /// Tags words that nobody offered.
    fn tag(&mut self, span: Span, wanted: &Observation) {
        self.select(span, Work::Missed);
        self.key(Command::EditFields, Work::Missed);
        if self.help == Help::Nothing {
            self.fill_from_nothing(span, wanted);
        } else {
            self.leave_editor_unless(wanted);
            self.fill(span, wanted);
        }
        self.key(Command::Accept, Work::Missed);
        self.forget();
    }

    /// Puts every field right that is wrong.
    fn fill(&mut self, span: Span, wanted: &Observation) {
        if self.observation().is_none() {
            // A proposed dismissal becomes a value as soon as something is said of it.
            self.name(wanted);
        }
        for field in gold::COMPARED {
            let is_wrong = |person: &Self| {
                let observation = person.observation();
                observation.is_none_or(|observation| person.wrong(observation, wanted).contains(field))
            };
            if is_wrong(self) {
                self.put_right(*field, wanted, is_wrong);
            }
        }
        debug_assert_eq!(
            self.desk.app.view.current,
            Some(span),
            "the words are no longer current"
        );
    }

    fn put_right(&mut self, field: Field, wanted: &Observation, is_wrong: impl Fn(&Self) -> bool) {
        if self.take_alternative(field, wanted) && !is_wrong(self) {
            return;
        }
        match field {
            Field::IndicatorText => self.name(wanted),
            Field::ValueNature if self.toggled_nature() == Some(wanted.value_nature) => {
                self.key(Command::ToggleNature, Work::Set(field));
            }
            _ => self.set(field, &gold::typed(field, wanted)),
        }
    }

    /// Sets what the words alone do not give, whatever the program's draft says; the rest of the draft is put right
    /// without being counted, as there would be none.
    fn fill_from_nothing(&mut self, span: Span, wanted: &Observation) {
        self.desk.act(Action::EditingField(None));
        let bare = self.bare(span);
        for field in self.wrong(&bare, wanted) {
            match field {
                Field::IndicatorText => self.name(wanted),
                Field::ValueNature if wanted.value_nature.code() == "target" => {
                    self.count(Work::Set(field), 1);
                    self.desk.act(Action::SetField(field, wanted.words(field)));
                }
                _ => self.set(field, &gold::typed(field, wanted)),
            }
        }
        let left = self
            .observation()
            .map(|draft| self.wrong(draft, wanted))
            .unwrap_or_default();
        for field in left {
            let words = gold::typed(field, wanted);
            self.desk.act(Action::SetField(field, words));
        }
    }

    /// What the words of a number say by themselves, with the report's own period and area.
    fn bare(&self, span: Span) -> Observation {
        let mut bare = Observation::default();
        if let Some(report) = self.desk.app.report() {
            bare.time_period.clone_from(&report.period);
            bare.ref_area.clone_from(&report.area);
        }
        let words = self
            .desk
            .app
            .document()
            .map_or("", |document| document.words(span));
        if let Some(quantity) = number::parse_quantity(words) {
            bare.value = quantity.value().unwrap_or_default().normalized();
            bare.unit = quantity.unit.to_string();
            bare.comparator = quantity.comparator;
        }
        bare
    }

    fn wrong(&self, ours: &Observation, wanted: &Observation) -> Vec<Field> {
        let mut fields = wrong(ours, wanted);
        let is_other_name = wanted.indicator_span.is_some() && ours.indicator_span != wanted.indicator_span;
        if self.exact_names && is_other_name && !fields.contains(&Field::IndicatorText) {
            fields.insert(0, Field::IndicatorText);
        }
        fields
    }

    fn observation(&self) -> Option<&Observation> {
        self.desk.app.current_observation()
    }
}

/// The number of the gold that shares most with these words.
pub fn best(gold: &[Gold], span: Span) -> Option<&Gold> {
    let common = |other: Span| {
        other
            .end
            .min(span.end)
            .saturating_sub(other.start.max(span.start))
    };
    let touching = gold.iter().filter(|gold| common(gold.span) > 0);
    touching.max_by_key(|gold| common(gold.span))
}

/// What the open report should come to by this gold file.
///
/// # Errors
/// When the report was not read from a file, or the gold file is not what the guidelines beside it say.
pub fn gold_of_open_report(desk: &Desk, file: &Path) -> Result<Vec<Gold>, String> {
    let report = desk.app.report().ok_or("no report is open")?;
    let text = desk
        .app
        .texts
        .get(&report.fingerprint)
        .ok_or("the report has no text")?;
    let original = desk
        .app
        .readings
        .get(&report.fingerprint)
        .ok_or("the report has no original")?;
    gold::gold(file, text, &original.reading.source_map)
}

/// Everything in which the open report's layer is not what it should be, in words; empty when all is right.
///
/// With the help of suggestions nothing that was offered may be left open.
pub fn differences(desk: &Desk, gold: &[Gold], help: Help) -> Vec<String> {
    let layer = desk.layer();
    let words = |span: Span| {
        desk.app
            .document()
            .map_or("", |document| document.words(span))
            .to_owned()
    };
    let mut found = Vec::new();
    for gold in gold {
        let Ruling::Tagged(wanted) = &gold.ruling else {
            continue;
        };
        match layer
            .get(gold.span)
            .and_then(|decision| decision.ruling.observation())
        {
            None => found.push(format!("`{}` is not tagged", words(gold.span))),
            Some(ours) => found.extend(wrong(ours, wanted).into_iter().map(|field| {
                let (ours, wanted) = (ours.words(field), wanted.words(field));
                format!(
                    "`{}`: {} is `{ours}`, not `{wanted}`",
                    words(gold.span),
                    field.name()
                )
            })),
        }
    }
    for decision in layer.iter() {
        let gold = best(gold, decision.span);
        if !is_as_gold(decision, gold) {
            let gold = gold.map_or("nothing".to_owned(), |gold| format!("{:?}", gold.ruling));
            found.push(format!(
                "`{}` is {:?}, not {gold}",
                words(decision.span),
                decision.ruling
            ));
        }
    }
    let open = desk.app.marks.all().iter().filter(|mark| mark.standing.is_open());
    let open = open.filter(|_| help != Help::Nothing);
    found.extend(open.map(|mark| format!("`{}` is open", words(mark.span))));
    found
}

fn is_as_gold(decision: &Decision, gold: Option<&Gold>) -> bool {
    match (&decision.ruling, gold.map(|gold| (gold.span, &gold.ruling))) {
        (Ruling::Tagged(_), Some((span, Ruling::Tagged(_)))) => span == decision.span,
        (Ruling::Dismissed(reason), None) => is_fitting(*reason, None),
        (Ruling::Dismissed(reason), Some((_, Ruling::Dismissed(wanted)))) => {
            is_fitting(*reason, Some(*wanted))
        }
        _ => false,
    }
}
