//! Changing suggestions by the lessons that speak of them.
//!
//! Pure.

use super::phrase::{self, Place};
use super::recall::{Known, Recall};
use super::view::name_of;
use crate::extract::{Context, Linker, draft};
use crate::model::{
    BUILT_IN, Doubt, Evidence, Field, Lesson, Measure, Memory, Mention, Observation, Ruling, Score, Span,
    Suggestion, ValueType,
};
use crate::number;

/// How many numbers that are no candidates a memory may suggest in one report.
const MOST_RAISED: usize = 500;

/// Changes what the extractor suggests by what is known.
///
/// `suggestions` are those of [`crate::extract::suggest`] for the same `mentions`, both sorted by span, and stay so.
/// A changed suggestion has [`Evidence::Learnt`] first among its reasons, and what the extractor says by itself
/// first among its doubts. Numbers that are no candidates get a suggestion where a lesson says that they are values.
pub fn remind(memory: &Memory, cx: &Context<'_>, mentions: &[Mention], suggestions: &mut Vec<Suggestion>) {
    if memory.is_empty() {
        return;
    }
    let recall = Recall::new(memory, cx.catalogue);
    let linker = Linker::new(cx.catalogue);
    let reminder = Reminder {
        recall,
        linker,
        cx,
        mentions,
    };
    reminder.judge_numbers(suggestions);
    for suggestion in suggestions.iter_mut() {
        reminder.change(suggestion);
    }
}

/// The best filled observation for any words that a person tags, as [`crate::extract::draft`] gives it, changed by
/// what is known.
pub fn draft_reminded(memory: &Memory, cx: &Context<'_>, mentions: &[Mention], span: Span) -> Observation {
    let observation = draft(cx, mentions, span);
    if memory.is_empty() {
        return observation;
    }
    let recall = Recall::new(memory, cx.catalogue);
    let linker = Linker::new(cx.catalogue);
    let reminder = Reminder {
        recall,
        linker,
        cx,
        mentions,
    };
    let mut suggestion = suggestion_of(span, observation);
    reminder.change(&mut suggestion);
    match suggestion.ruling {
        Ruling::Tagged(observation) => *observation,
        Ruling::Dismissed(_) => Observation::default(),
    }
}

fn suggestion_of(span: Span, observation: Observation) -> Suggestion {
    Suggestion {
        span,
        ruling: Ruling::Tagged(Box::new(observation)),
        agent: BUILT_IN.to_owned(),
        score: Score(500),
        reasons: Vec::new(),
        doubts: Vec::new(),
    }
}

/// What suggestions are changed with.
struct Reminder<'a> {
    recall: Recall<'a>,
    linker: Linker<'a>,
    cx: &'a Context<'a>,
    mentions: &'a [Mention],
}

impl Reminder<'_> {
    /// Dismisses and tags numbers by the phrases around them.
    fn judge_numbers(&self, suggestions: &mut Vec<Suggestion>) {
        if self.recall.phrases.is_empty() {
            return;
        }
        let mut words = String::new();
        let mut raised = Vec::new();
        let mut at = 0;
        for mention in self.mentions {
            while suggestions
                .get(at)
                .is_some_and(|suggestion| suggestion.span < mention.span)
            {
                at += 1;
            }
            if !phrase::write(self.cx.text, mention.span, mention.core, &mut words) {
                continue;
            }
            let Some(known) = self.recall.phrases.get(words.as_str()) else {
                continue;
            };
            let here = suggestions
                .get_mut(at)
                .filter(|suggestion| suggestion.span == mention.span);
            match (known.lesson, here) {
                (Lesson::Never { reason, .. }, Some(suggestion)) => {
                    if let Ruling::Tagged(observation) = &suggestion.ruling {
                        let proposed = observation.indicator_text.clone();
                        suggestion.ruling = Ruling::Dismissed(*reason);
                        note(suggestion, *known, Field::IndicatorText, proposed);
                    }
                }
                (Lesson::Always { .. }, Some(suggestion)) => {
                    if let Ruling::Dismissed(_) = suggestion.ruling {
                        suggestion.ruling = self.tagged(mention.span);
                        learnt(suggestion, *known);
                    }
                }
                (Lesson::Always { .. }, None) if raised.len() < MOST_RAISED => {
                    let Ruling::Tagged(observation) = self.tagged(mention.span) else {
                        continue;
                    };
                    let mut suggestion = suggestion_of(mention.span, *observation);
                    learnt(&mut suggestion, *known);
                    raised.push(suggestion);
                }
                _ => {}
            }
        }
        if !raised.is_empty() {
            suggestions.append(&mut raised);
            suggestions.sort_by_key(|suggestion| suggestion.span);
        }
    }

    fn tagged(&self, span: Span) -> Ruling {
        Ruling::Tagged(Box::new(draft(self.cx, self.mentions, span)))
    }

    /// Changes the fields of a tagged value.
    fn change(&self, suggestion: &mut Suggestion) {
        let span = suggestion.span;
        let Ruling::Tagged(observation) = &mut suggestion.ruling else {
            return;
        };
        let mut changes: Vec<(Known<'_>, Field, String)> = Vec::new();
        // Before the name is changed, since these words are beside the extractor's own.
        changes.extend(self.nature(span, observation));
        changes.extend(self.name(observation));
        changes.extend(self.link(span, observation));
        changes.extend(self.unit(observation));
        changes.extend(self.area(span, observation));
        for (known, field, before) in changes.into_iter().rev() {
            note(suggestion, known, field, before);
        }
    }

    fn nature(&self, span: Span, observation: &mut Observation) -> Option<(Known<'_>, Field, String)> {
        if self.recall.natures.is_empty() {
            return None;
        }
        let words = phrase::beside(self.cx.text, observation.indicator_span?, span)?;
        let known = *self.recall.natures.get(words)?;
        let Lesson::Nature { nature, .. } = known.lesson else {
            return None;
        };
        if observation.value_nature == *nature {
            return None;
        }
        let before = std::mem::replace(&mut observation.value_nature, *nature);
        Some((known, Field::ValueNature, before.code().to_owned()))
    }

    fn name(&self, observation: &mut Observation) -> Option<(Known<'_>, Field, String)> {
        let name = name_of(self.cx.text, observation);
        let (known, words, place) = self
            .renamed(name, observation.indicator_span)
            .or_else(|| self.extended(observation.indicator_span))?;
        if let Some(place) = place {
            observation.indicator_span = Some(place);
        }
        let before = std::mem::replace(&mut observation.indicator_text, words);
        let words = &observation.indicator_text;
        let link = self
            .linker
            .inside(words, Span::new(0, words.len()), false, counts(observation));
        observation.indicator = link.map(|link| link.indicator.id.clone());
        Some((known, Field::IndicatorText, before))
    }

    /// The words that are taken for exactly this name.
    fn renamed(&self, name: &str, near: Option<Span>) -> Option<(Known<'_>, String, Option<Span>)> {
        let known = *self.recall.renames.get(name)?;
        let Lesson::Rename { words, .. } = known.lesson else {
            return None;
        };
        let place = phrase::place_of(self.cx.text, words, name, near)?;
        let place = match place {
            Place::At(span) => Some(span),
            Place::Nowhere => None,
        };
        Some((known, words.clone(), place))
    }

    /// The name with words behind it that belong to it.
    fn extended(&self, near: Option<Span>) -> Option<(Known<'_>, String, Option<Span>)> {
        let span = near?;
        let known = self.recall.extend(self.cx.text.get(span.end..)?)?;
        let wide = Span::new(span.start, span.end + known.lesson.words().len());
        Some((known, wide.of(self.cx.text)?.to_owned(), Some(wide)))
    }

    /// The indicator that the name was tagged with, if its words are more than those that the catalogue knows.
    fn link(&self, span: Span, observation: &mut Observation) -> Option<(Known<'_>, Field, String)> {
        if self.recall.names.is_empty() {
            return None;
        }
        let name = observation.indicator_text.as_str();
        let exactly = self.recall.names.get(name).copied();
        let known = exactly.or_else(|| self.at_the_end(name, span, observation))?;
        let Lesson::Name { indicator, .. } = known.lesson else {
            return None;
        };
        if observation.indicator.as_ref() == Some(indicator) {
            return None;
        }
        let before = observation.indicator.replace(indicator.clone());
        Some((
            known,
            Field::Indicator,
            before.map(|id| id.to_string()).unwrap_or_default(),
        ))
    }

    /// The lesson about the longest words that end a name, if they are more than the catalogue knows of it.
    fn at_the_end(&self, name: &str, span: Span, observation: &Observation) -> Option<Known<'_>> {
        let whole = Span::new(0, name.len());
        let behind = observation
            .indicator_span
            .is_some_and(|name| name.start >= span.end);
        let link = self
            .recall
            .linker
            .inside(name, whole, behind, counts(observation))?;
        let listed = self.linker.inside(name, whole, behind, counts(observation));
        let more = listed.is_none_or(|listed| link.words.len() > listed.words.len());
        more.then(|| self.recall.names.get(link.words).copied()).flatten()
    }

    /// The usual unit, where none is printed.
    fn unit(&self, observation: &mut Observation) -> Option<(Known<'_>, Field, String)> {
        if !observation.unit.is_empty() || counts(observation).is_none() {
            return None;
        }
        if self.recall.units.is_empty() {
            return None;
        }
        // Without its unit a value has no type that could tell which indicator it is of.
        let name = observation.indicator_text.as_str();
        let named = || self.linker.inside(name, Span::new(0, name.len()), false, None);
        let indicator = observation.indicator.clone();
        let indicator = indicator.or_else(|| Some(named()?.indicator.id.clone()))?;
        let known = *self.recall.units.get(&indicator)?;
        let Lesson::Unit { unit, .. } = known.lesson else {
            return None;
        };
        // A printed magnitude already says how large it is.
        let quantity = (observation.unit_mult == 0)
            .then(|| number::parse_quantity(&format!("{}{unit}", observation.obs_value)))
            .flatten()?;
        // A count without a unit is complete.
        if quantity.value_type == ValueType::Count {
            return None;
        }
        observation.indicator = Some(indicator);
        observation.value = quantity.value()?.normalized();
        observation.unit_mult = quantity.unit_mult;
        observation.value_type = quantity.value_type;
        quantity
            .unit_measure
            .unwrap_or_default()
            .clone_into(&mut observation.unit_measure);
        observation.unit = quantity.unit.into_owned();
        Some((known, Field::Unit, String::new()))
    }

    fn area(&self, span: Span, observation: &mut Observation) -> Option<(Known<'_>, Field, String)> {
        let known = self.recall.area(self.cx.text, span, &observation.ref_area)?;
        let words = known.lesson.words();
        if observation.ref_area == words {
            return None;
        }
        let before = std::mem::replace(&mut observation.ref_area, words.to_owned());
        Some((known, Field::RefArea, before))
    }
}

/// The type that an indicator's levels must have to be this value's; `None` for a rate or a rank.
fn counts(observation: &Observation) -> Option<ValueType> {
    matches!(observation.measure, Measure::Level | Measure::Increase).then_some(observation.value_type)
}

/// Notes what a lesson changed: the reason, what the field was before, and how far to trust it.
fn note(suggestion: &mut Suggestion, known: Known<'_>, field: Field, before: String) {
    let now = suggestion
        .ruling
        .observation()
        .map(|observation| observation.words(field));
    suggestion
        .doubts
        .retain(|doubt| doubt.field != field || Some(&doubt.alternative) != now.as_ref());
    suggestion.doubts.insert(
        0,
        Doubt {
            field,
            alternative: before,
        },
    );
    learnt(suggestion, known);
}

/// Puts a lesson first among the reasons, and lets the score lean on how well it has done.
fn learnt(suggestion: &mut Suggestion, known: Known<'_>) {
    let score = u32::midpoint(u32::from(suggestion.score.0), known.trust());
    suggestion.score = Score(u16::try_from(score.min(990)).unwrap_or(990));
    suggestion.reasons.insert(
        0,
        Evidence::Learnt {
            lesson: known.lesson.clone(),
            times: known.experience.taught,
        },
    );
}
