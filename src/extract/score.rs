//! How likely a suggestion is to be right, and why: its score, reasons and doubts.
//!
//! Pure.

use super::doubts::doubts;
use super::name::How;
use super::observe::{Found, observation};
use super::sentence::Sentence;
use crate::model::{
    DismissReason, Doubt, Evidence, Field, Measure, Quantity, Ruling, Score, Span, Suggestion, ValueNature,
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
        score: score(sentence, found, &reasons, &doubts),
        reasons,
        doubts,
    }
}

/// How likely a suggestion is to be right in full, in thousandths.
///
/// What each part costs was measured on annotated reports, and made three times as much, as reports that nobody
/// looked at while this was written turned out to be so much harder.
fn score(sentence: &Sentence<'_>, found: &Found<'_>, reasons: &[Evidence], doubts: &[Doubt]) -> Score {
    let sum = named(sentence, found)
        + reasons.iter().map(weight).sum::<i32>()
        + doubts.iter().map(doubted).sum::<i32>()
        + measured(found)
        + framed(sentence, found);
    Score(u16::try_from(sum.clamp(50, 980)).unwrap_or(50))
}

/// What the name is worth: where it stands, and how long it is.
fn named(sentence: &Sentence<'_>, found: &Found<'_>) -> i32 {
    /// So far behind its name a value may be of something else. Bytes.
    const FAR: usize = 100;
    let Some((span, how)) = found.name else { return 200 };
    let place = match how {
        How::Before => 900,
        How::Carried if found.value.start.saturating_sub(span.end) > FAR => 700,
        How::Carried => 870,
        How::Shared => 860,
        How::Behind => 800,
    };
    let length = span.of(sentence.text).map_or(0, |name| name.chars().count());
    let odd = match length {
        _ if found.link.is_some() => 0,
        0..=2 => -120,
        3..=18 => 0,
        _ => -80,
    };
    place + odd
}

fn weight(evidence: &Evidence) -> i32 {
    match evidence {
        Evidence::AliasMatched { .. } => 40,
        Evidence::UnitAgrees { .. } => 20,
        Evidence::UnitDiffers { .. } => -60,
        _ => 0,
    }
}

fn doubted(doubt: &Doubt) -> i32 {
    match doubt.field {
        Field::IndicatorText => -150,
        Field::TimePeriod | Field::RefArea => -70,
        _ => -20,
    }
}

/// Ranks, streaks and multiples are said of what the sentence is about, which takes more to tell.
fn measured(found: &Found<'_>) -> i32 {
    match found.measured.measure {
        Measure::Rank | Measure::Duration => -80,
        Measure::GrowthRate | Measure::Increase => 10,
        _ => 0,
    }
}

/// What the report's frame is worth: years that are a guess, several years, no area.
fn framed(sentence: &Sentence<'_>, found: &Found<'_>) -> i32 {
    let said = found.epoch.1.is_some();
    let years = match found.epoch.0 {
        epoch if epoch.to == 0 => -500,
        _ if !sentence.frame.is_dated && !said => -250,
        // In a review of several years it is often open whether a level is their end's or their sum.
        _ if sentence.section.epoch.is_long() && found.measured.measure == Measure::Level => -60,
        _ => 0,
    };
    let area = if sentence.frame.area.is_empty() && found.place.is_none() {
        -150
    } else {
        0
    };
    years + area
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
