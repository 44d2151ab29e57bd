//! Which lessons a decision teaches, and which it proves right or wrong.
//!
//! Pure.

use std::collections::BTreeMap;

use super::phrase;
use super::view::{View, name_of, printed_unit};
use crate::extract::Context;
use crate::extract::cues::BEFORE_VALUE;
use crate::model::{
    Decision, DismissReason, Example, Experience, Lesson, Measure, Memory, Mention, Observation, Role,
    Ruling, Span,
};

/// How often the usual unit is taught by values that print theirs: once it is known, more of them say nothing new.
const ENOUGH: u32 = 3;

/// The lessons that a decision changes, each with what is known of it from now on; `None` forgets it.
///
/// `before` is the decision that stood there, whose teaching is taken back; without `after` the words are open
/// again. The lessons go into the same transaction as the decision, so that undoing it takes them back too.
pub fn learn(
    memory: &Memory,
    cx: &Context<'_>,
    mentions: &[Mention],
    before: Option<&Decision>,
    after: Option<&Decision>,
) -> Vec<(Lesson, Option<Experience>)> {
    let mut changed = BTreeMap::new();
    for (decision, counts) in [(before, false), (after, true)] {
        if let Some(decision) = decision {
            let view = View::of(cx, mentions, decision.span);
            weigh(memory, cx, &view, &decision.ruling, counts, &mut changed);
        }
    }
    let differs = |lesson: &Lesson, experience: &Experience| memory.get(lesson) != Some(experience);
    changed
        .into_iter()
        .filter(|(lesson, experience)| differs(lesson, experience))
        .map(|(lesson, experience)| {
            let known = experience.taught > 0;
            (lesson, known.then_some(experience))
        })
        .filter(|(lesson, experience)| experience.is_some() || memory.get(lesson).is_some())
        .collect()
}

/// Counts what a ruling says of every lesson, or takes that back.
fn weigh(
    memory: &Memory,
    cx: &Context<'_>,
    view: &View<'_>,
    ruling: &Ruling,
    counts: bool,
    changed: &mut BTreeMap<Lesson, Experience>,
) {
    let step = |number: &mut u32| {
        *number = if counts {
            number.saturating_add(1)
        } else {
            number.saturating_sub(1)
        };
    };
    for (lesson, experience) in memory.iter() {
        if let Some(right) = judge(lesson, view, ruling) {
            let experience = changed
                .entry(lesson.clone())
                .or_insert_with(|| experience.clone());
            step(if right {
                &mut experience.hits
            } else {
                &mut experience.misses
            });
        }
    }
    for lesson in taught(memory, view, ruling) {
        let known = || memory.get(&lesson).cloned().unwrap_or_default();
        let experience = changed.entry(lesson.clone()).or_insert_with(known);
        step(&mut experience.taught);
        if counts {
            remember(experience, example(cx, view.span));
        }
    }
}

/// Puts an example behind the others, and lets the oldest go.
fn remember(experience: &mut Experience, example: Example) {
    experience.examples.retain(|other| *other != example);
    experience.examples.push(example);
    let surplus = experience.examples.len().saturating_sub(Experience::EXAMPLES);
    experience.examples.drain(..surplus);
}

/// The number with some words around it.
fn example(cx: &Context<'_>, span: Span) -> Example {
    const AROUND: usize = 12;
    let stop = |c: char| matches!(c, '\n' | '。' | '；');
    let ahead = cx.text.get(..span.start).unwrap_or_default();
    let behind = cx.text.get(span.end..).unwrap_or_default();
    let start = ahead
        .char_indices()
        .rev()
        .take(AROUND)
        .take_while(|&(_, c)| !stop(c))
        .last()
        .map_or(span.start, |(at, _)| at);
    let end = behind
        .char_indices()
        .take(AROUND)
        .take_while(|&(_, c)| !stop(c))
        .last()
        .map_or(span.end, |(at, c)| span.end + at + c.len_utf8());
    Example {
        report: cx.report.id.clone(),
        words: cx.text.get(start..end).unwrap_or_default().trim().to_owned(),
    }
}

/// Whether a ruling proves a lesson right or wrong; `None` where the lesson does not speak of such a number.
fn judge(lesson: &Lesson, view: &View<'_>, ruling: &Ruling) -> Option<bool> {
    match lesson {
        Lesson::Never { phrase, .. } => {
            (*phrase == view.phrase).then_some(matches!(ruling, Ruling::Dismissed(_)))
        }
        Lesson::Always { phrase } => (*phrase == view.phrase).then_some(matches!(ruling, Ruling::Tagged(_))),
        _ => judge_field(lesson, view, ruling.observation()?),
    }
}

fn judge_field(lesson: &Lesson, view: &View<'_>, decided: &Observation) -> Option<bool> {
    let raw = &view.observation;
    match lesson {
        Lesson::Name { words, indicator } => {
            (decided.indicator_text == *words).then(|| decided.indicator.as_ref() == Some(indicator))
        }
        Lesson::Rename { proposed, words } => {
            let name = name_of(view.text, raw);
            let speaks =
                name == proposed && phrase::place_of(view.text, words, name, raw.indicator_span).is_some();
            speaks.then(|| name_taken(view, decided) == words)
        }
        Lesson::Extend { words } => judge_extend(words, view, decided),
        Lesson::Unit { indicator, unit } => {
            let speaks =
                raw.unit.is_empty() && is_level(decided) && decided.indicator.as_ref() == Some(indicator);
            speaks.then(|| printed_unit(decided).as_ref() == Some(unit))
        }
        Lesson::Nature { words, nature } => {
            (view.beside() == Some(words)).then_some(decided.value_nature == *nature)
        }
        Lesson::Area { words } => {
            let speaks = super::recall::stands_before(view.text, view.span, words, &raw.ref_area);
            speaks.then_some(decided.ref_area == *words)
        }
        Lesson::Never { .. } | Lesson::Always { .. } => None,
    }
}

fn judge_extend(words: &str, view: &View<'_>, decided: &Observation) -> Option<bool> {
    let (proposed, taken) = (view.observation.indicator_span?, decided.indicator_span?);
    let behind = Span::new(proposed.end, proposed.end + words.len());
    let speaks = behind.of(view.text) == Some(words) && taken.overlaps(proposed);
    speaks.then(|| taken.encloses(behind))
}

/// The lessons that a ruling teaches: what it says otherwise than the extractor does by itself.
fn taught(memory: &Memory, view: &View<'_>, ruling: &Ruling) -> Vec<Lesson> {
    let mut lessons = Vec::new();
    match ruling {
        Ruling::Dismissed(DismissReason::Duplicate) => {}
        Ruling::Dismissed(reason) => {
            if view.role == Some(Role::Indicator) && !view.phrase.is_empty() {
                lessons.push(Lesson::Never {
                    phrase: view.phrase.clone(),
                    reason: *reason,
                });
            }
        }
        Ruling::Tagged(decided) => {
            let muted = view.role.is_some_and(|role| role != Role::Indicator);
            if muted && !view.phrase.is_empty() {
                lessons.push(Lesson::Always {
                    phrase: view.phrase.clone(),
                });
            }
            name_lessons(view, decided, &mut lessons);
            field_lessons(memory, view, decided, &mut lessons);
        }
    }
    lessons
}

/// What another name than the extractor's teaches.
fn name_lessons(view: &View<'_>, decided: &Observation, lessons: &mut Vec<Lesson>) {
    let raw = &view.observation;
    let (proposed, words) = (name_of(view.text, raw), name_taken(view, decided));
    if words.is_empty() {
        return;
    }
    if let Some(indicator) = &decided.indicator
        && raw.indicator.as_ref() != Some(indicator)
    {
        lessons.push(Lesson::Name {
            words: decided.indicator_text.clone(),
            indicator: indicator.clone(),
        });
    }
    if proposed != words && !proposed.is_empty() {
        lessons.push(Lesson::Rename {
            proposed: proposed.to_owned(),
            words: words.to_owned(),
        });
    }
    if let (Some(proposed), Some(taken)) = (raw.indicator_span, decided.indicator_span)
        && let Some(words) = extension(view.text, proposed, taken)
    {
        lessons.push(Lesson::Extend {
            words: words.to_owned(),
        });
    }
}

/// The words that an annotator names a value by: those that were typed, or those in the text.
fn name_taken<'t>(view: &View<'t>, decided: &'t Observation) -> &'t str {
    let same_place = decided.indicator_span == view.observation.indicator_span;
    if same_place && decided.indicator_text != view.observation.indicator_text {
        &decided.indicator_text
    } else {
        name_of(view.text, decided)
    }
}

fn is_level(observation: &Observation) -> bool {
    matches!(observation.measure, Measure::Level | Measure::Increase)
}

/// The words that a longer name has behind the extractor's, if they are few enough to come again.
fn extension(text: &str, proposed: Span, taken: Span) -> Option<&str> {
    let longer = taken.start <= proposed.end && taken.end > proposed.end && taken.overlaps(proposed);
    let words = Span::new(proposed.end, taken.end).of(text).filter(|_| longer)?;
    (2..=8).contains(&words.chars().count()).then_some(words)
}

/// What another nature, area or unit than the extractor's teaches.
fn field_lessons(memory: &Memory, view: &View<'_>, decided: &Observation, lessons: &mut Vec<Lesson>) {
    let raw = &view.observation;
    if raw.value_nature != decided.value_nature
        && let Some(words) = view.beside()
        && !BEFORE_VALUE.hold(words)
    {
        lessons.push(Lesson::Nature {
            words: words.to_owned(),
            nature: decided.value_nature,
        });
    }
    if raw.ref_area != decided.ref_area
        && decided.ref_area.chars().nth(1).is_some()
        && !decided.ref_area.starts_with('全')
        && super::recall::stands_before(view.text, view.span, &decided.ref_area, &raw.ref_area)
    {
        lessons.push(Lesson::Area {
            words: decided.ref_area.clone(),
        });
    }
    if let (true, Some(indicator), Some(unit)) =
        (is_level(decided), &decided.indicator, printed_unit(decided))
    {
        let lesson = Lesson::Unit {
            indicator: indicator.clone(),
            unit,
        };
        let known = memory.get(&lesson).map_or(0, |experience| experience.taught);
        if raw.unit.is_empty() || known < ENOUGH {
            lessons.push(lesson);
        }
    }
}
