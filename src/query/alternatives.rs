//! What else a field of a suggestion could be, for one key to go through.

use crate::model::{Field, Report, Suggestion};

/// The values that a field could have, the suggested one first, each once, as the field is written in files.
///
/// Besides what the extractor doubts, a period may be the report's or the year behind it, and an area the report's.
pub fn alternatives(field: Field, suggestion: &Suggestion, report: &Report) -> Vec<String> {
    let Some(observation) = suggestion.ruling.observation() else {
        return Vec::new();
    };
    let doubted = suggestion.doubts.iter().filter(|doubt| doubt.field == field);
    let mut all = vec![observation.words(field)];
    all.extend(doubted.map(|doubt| doubt.alternative.clone()));
    match field {
        Field::TimePeriod => {
            all.push(report.period.clone());
            all.extend(next_year(&report.period));
        }
        Field::RefArea => all.push(report.area.clone()),
        _ => {}
    }
    let mut seen = Vec::new();
    for words in all {
        if !words.is_empty() && !seen.contains(&words) {
            seen.push(words);
        }
    }
    seen
}

/// The year behind a period that is one year or ends in one: what a plan is for.
fn next_year(period: &str) -> Option<String> {
    let year: u32 = period.rsplit('-').next()?.parse().ok()?;
    (1900..2200).contains(&year).then(|| (year + 1).to_string())
}
