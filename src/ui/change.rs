//! One change of a decision in words: when, and what of it became what.

use super::cx::Cx;
use super::echo;
use super::fields::{field_key, field_words};
use super::messages::indicator;
use crate::model::{Change, DismissReason, Field};
use crate::query::timeline::{Changed, FieldChange, Stand, steps};

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// The fields that follow from the value and the unit, and are not told besides them.
const DERIVED: &[Field] = &[
    Field::ObsValue,
    Field::UnitMult,
    Field::UnitMeasure,
    Field::ValueType,
];

/// How long ago a change was made; past a week, on which day.
pub fn ago(cx: &Cx<'_>, at: u64) -> String {
    let past = cx.state.wall.saturating_sub(at);
    let (key, count) = match past {
        0..MINUTE => return cx.t("time.now").to_owned(),
        MINUTE..HOUR => ("time.minutes", past / MINUTE),
        HOUR..DAY => ("time.hours", past / HOUR),
        _ if past < 7 * DAY => ("time.days", past / DAY),
        _ => return date(at),
    };
    cx.f(key, &[&count.to_string()])
}

/// The moment of a change, as `2026-11-24 12:00 UTC`.
pub fn moment(at: u64) -> String {
    let of_day = at % DAY;
    format!(
        "{} {:02}:{:02} UTC",
        date(at),
        of_day / HOUR,
        of_day % HOUR / MINUTE
    )
}

/// The day of a moment in UTC, by the civil calendar.
fn date(at: u64) -> String {
    // Counted from the first of March of the year 0, a leap day is always a year's last day.
    let days = at / DAY + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    format!("{:04}-{month:02}-{day:02}", era * 400 + year + next)
}

/// What a change did, one line each.
pub fn deeds(cx: &Cx<'_>, change: &Change) -> Vec<String> {
    deeds_of(cx, &steps(change))
}

/// What the steps of one gesture did to one decision, one line each.
pub fn deeds_of(cx: &Cx<'_>, steps: &[FieldChange]) -> Vec<String> {
    let mut told: Vec<String> = steps.iter().filter_map(|step| deed(cx, step, steps)).collect();
    if told.is_empty() {
        told.push(cx.t("deed.again").to_owned());
    }
    told
}

fn deed(cx: &Cx<'_>, step: &FieldChange, all: &[FieldChange]) -> Option<String> {
    let reason = |reason: &DismissReason| cx.t(&format!("reason.{reason}"));
    Some(match &step.what {
        Changed::Ruling { to: Stand::Open, .. } => cx.t("deed.reopened").to_owned(),
        Changed::Ruling {
            to: Stand::Tagged, ..
        } => tagged(cx, all),
        Changed::Ruling {
            from: Stand::Dismissed(from),
            to: Stand::Dismissed(to),
        } => cx.f("deed.reason", &[reason(from), reason(to)]),
        Changed::Ruling {
            to: Stand::Dismissed(to),
            ..
        } => cx.f("deed.dismissed", &[reason(to)]),
        Changed::Words { from, to } => {
            let document = cx.state.document()?;
            cx.f("deed.words", &[document.words(*from), document.words(*to)])
        }
        // What a new tag holds is told with the tag.
        Changed::Field { from: None, .. } => return None,
        Changed::Field { field, .. } if is_told_otherwise(*field, all) => return None,
        Changed::Field {
            field,
            from: Some(from),
            to,
        } => {
            let words = [from, to].map(|words| shown(cx, *field, words));
            cx.f("deed.field", &[cx.t(field_key(*field)), &words[0], &words[1]])
        }
    })
}

/// A new tag: the indicator, the value, the unit.
fn tagged(cx: &Cx<'_>, all: &[FieldChange]) -> String {
    let held = |wanted: Field| {
        let held = all.iter().find_map(|step| match &step.what {
            Changed::Field { field, to, .. } if *field == wanted => Some(shown(cx, wanted, to)),
            _ => None,
        });
        held.unwrap_or_default()
    };
    let name = Some(held(Field::Indicator)).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| held(Field::IndicatorText));
    let value = format!("{} {}", held(Field::Value), held(Field::Unit));
    cx.f("deed.tagged", &[&name, value.trim_end()])
}

/// Whether a field follows from the value or the unit and one of these is told.
fn is_told_otherwise(field: Field, all: &[FieldChange]) -> bool {
    let tells = |step: &FieldChange| {
        matches!(
            step.what,
            Changed::Field {
                field: Field::Value | Field::Unit,
                ..
            }
        )
    };
    DERIVED.contains(&field) && all.iter().any(tells)
}

fn shown(cx: &Cx<'_>, field: Field, words: &str) -> String {
    match field {
        _ if words.is_empty() => cx.t("inspector.empty").to_owned(),
        Field::Indicator => indicator(cx, &words.into()),
        Field::Value => words.parse().map_or_else(|_error| words.to_owned(), echo::value),
        _ => field_words(cx, field, words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_by_the_civil_calendar() {
        for (at, words) in [
            (0, "1970-01-01 00:00 UTC"),
            (951_825_540_000, "2000-02-29 11:59 UTC"),
            (1_709_251_200_000, "2024-03-01 00:00 UTC"),
            (1_795_521_600_000, "2026-11-24 12:00 UTC"),
            (4_107_542_399_000, "2100-02-28 23:59 UTC"),
        ] {
            assert_eq!(moment(at), words);
        }
    }
}
