//! How likely a suggestion is to be right, and why: its score, reasons and doubts.
//!
//! Pure.

use super::doubts::doubts;
use super::name::How;
use super::observe::{Found, observation};
use super::sentence::Sentence;
use crate::model::{
    DismissReason, Evidence, Measure, Quantity, Ruling, Score, Span, Suggestion, ValueNature,
};

/// Who proposes what this room suggests.
const AGENT: &str = crate::model::BUILT_IN;

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
        score: score(sentence, found, &reasons, doubts.len()),
        reasons,
        doubts,
    }
}

/// The share of suggestions like this one that were right in full, in thousandths, as measured on annotated reports.
fn score(sentence: &Sentence<'_>, found: &Found<'_>, reasons: &[Evidence], doubts: usize) -> Score {
    let named: i32 = match found.name {
        Some((_, How::Before)) => 955,
        Some((_, How::Carried)) => 950,
        Some((_, How::Shared)) => 930,
        Some((_, How::Behind)) => 915,
        None => 300,
    };
    let weight = |evidence: &Evidence| match evidence {
        Evidence::AliasMatched { .. } => 20,
        Evidence::UnitAgrees { .. } => 10,
        Evidence::UnitDiffers { .. } => -60,
        _ => 0,
    };
    // In a review of several years it is often open whether a level is their end's or their sum.
    let long = if sentence.section.epoch.is_long() && found.measured.measure == Measure::Level {
        -40
    } else {
        0
    };
    let length = found
        .name
        .and_then(|(span, _)| span.of(sentence.text))
        .map_or(0, |name| name.chars().count());
    let odd = if (3..=18).contains(&length) || found.link.is_some() {
        0
    } else {
        -120
    };
    let doubted = match doubts {
        0 => 0,
        1 => -75,
        _ => -115,
    };
    let sum = named + reasons.iter().map(weight).sum::<i32>() + long + odd + doubted;
    Score(u16::try_from(sum.clamp(50, 990)).unwrap_or(50))
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
