//! How likely a suggestion is to be right, and why: its score, reasons and doubts.
//!
//! Pure.

use super::cues::Cue;
use super::name::How;
use super::observe::{Found, observation};
use super::sentence::Sentence;
use crate::model::{
    DismissReason, Doubt, Evidence, Field, Measure, Quantity, Ruling, Score, Span, Suggestion, ValueNature,
};

/// Who proposes what this room suggests.
const AGENT: &str = "built-in";

/// The suggestion to dismiss a number that only qualifies.
pub(super) fn dismissal(span: Span) -> Suggestion {
    Suggestion {
        span,
        ruling: Ruling::Dismissed(DismissReason::Criterion),
        agent: AGENT.to_owned(),
        score: Score(700),
        reasons: vec![Evidence::Qualifies],
        doubts: Vec::new(),
    }
}

/// The suggestion with all that was found.
pub(super) fn suggestion(sentence: &Sentence<'_>, found: &Found<'_>, quantity: &Quantity) -> Suggestion {
    let observation = observation(sentence, found, quantity);
    let reasons = reasons(sentence, found, quantity);
    let doubts = doubts(sentence, found);
    Suggestion {
        span: found.value,
        ruling: Ruling::Tagged(Box::new(observation)),
        agent: AGENT.to_owned(),
        score: score(found, &reasons, doubts.len()),
        reasons,
        doubts,
    }
}

fn score(found: &Found<'_>, reasons: &[Evidence], doubts: usize) -> Score {
    let named: i32 = match found.name {
        Some((_, How::Before)) => 850,
        Some((_, How::Shared)) => 840,
        Some((_, How::Behind)) => 790,
        Some((_, How::Carried)) => 770,
        None => 250,
    };
    let weight = |evidence: &Evidence| match evidence {
        Evidence::AliasMatched { .. } => 70,
        Evidence::UnitAgrees { .. } => 30,
        Evidence::PeriodBeside { .. } => 20,
        Evidence::MeasureBy { .. } => 10,
        Evidence::UnitDiffers { .. } => -100,
        _ => 0,
    };
    let sum = named + reasons.iter().map(weight).sum::<i32>() - 40 * i32::try_from(doubts).unwrap_or(8);
    Score(u16::try_from(sum.clamp(50, 980)).unwrap_or(50))
}

fn reasons(sentence: &Sentence<'_>, found: &Found<'_>, quantity: &Quantity) -> Vec<Evidence> {
    let words = |span: Span| span.of(sentence.text).unwrap_or_default().to_owned();
    let mut reasons = Vec::with_capacity(6);
    if let Some(link) = &found.link {
        reasons.push(Evidence::AliasMatched {
            words: link.words.to_owned(),
        });
        if is_level(found.measured.measure) && !link.indicator.unit.is_empty() {
            reasons.push(if link.indicator.unit == quantity.unit {
                Evidence::UnitAgrees {
                    unit: link.indicator.unit.clone(),
                }
            } else {
                Evidence::UnitDiffers {
                    found: quantity.unit.to_string(),
                    expected: link.indicator.unit.clone(),
                }
            });
        }
    }
    match found.name {
        Some((span, How::Carried)) => reasons.push(Evidence::NameCarried { words: words(span) }),
        Some((span, _)) if found.link.is_none() => reasons.push(Evidence::NamedBy { words: words(span) }),
        _ => {}
    }
    if !found.measured.words.is_empty() {
        reasons.push(Evidence::MeasureBy {
            words: found.measured.words.to_owned(),
        });
    }
    reasons.push(match (found.epoch.1, sentence.section.heading) {
        (Some(span), _) => Evidence::PeriodBeside { words: words(span) },
        (None, Some(heading)) => Evidence::PeriodFromHeading {
            words: words(heading),
        },
        (None, None) => Evidence::PeriodFromReport {
            words: sentence.frame.words.clone(),
        },
    });
    if !found.nature.1.is_empty() {
        reasons.push(Evidence::NatureBy {
            words: found.nature.1.to_owned(),
        });
    } else if let (ValueNature::Target, Some(heading)) = (found.nature.0, sentence.section.heading) {
        reasons.push(Evidence::NatureFromHeading {
            words: words(heading),
        });
    }
    reasons.push(match found.place {
        Some(place) => Evidence::AreaBeside {
            words: words(place.words),
        },
        None => Evidence::AreaFromReport {
            words: sentence.frame.area.clone(),
        },
    });
    reasons
}

fn is_level(measure: Measure) -> bool {
    matches!(measure, Measure::Level | Measure::Increase)
}

/// The fields that may be otherwise, each with what else they could be.
fn doubts(sentence: &Sentence<'_>, found: &Found<'_>) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let mut doubt = |field, alternative: String| doubts.push(Doubt { field, alternative });
    let words = |span: Span| span.of(sentence.text).unwrap_or_default().to_owned();
    if found.name.is_none() || found.link.is_none() && matches!(found.name, Some((_, How::Carried))) {
        doubt(Field::IndicatorText, words(found.phrase.elided));
    }
    let (epoch, said) = found.epoch;
    if epoch.to == 0 {
        doubt(Field::TimePeriod, String::new());
    } else if let Some(_said) = said.filter(|_| epoch != sentence.section.epoch) {
        doubt(Field::TimePeriod, sentence.section.epoch.written(true));
    } else if sentence.section.epoch.is_long() {
        let other = if epoch.is_long() {
            epoch.to.to_string()
        } else {
            sentence.section.epoch.written(true)
        };
        doubt(Field::TimePeriod, other);
    }
    if found.place.is_some() {
        doubt(Field::RefArea, sentence.frame.area.clone());
    }
    if found.nature.0 != sentence.section.nature {
        doubt(Field::ValueNature, sentence.section.nature.code().to_owned());
    }
    if found.measured.measure == Measure::Level && found.phrase.cues.has(Cue::Found) {
        doubt(Field::Measure, Measure::Increase.code().to_owned());
    }
    doubts
}
