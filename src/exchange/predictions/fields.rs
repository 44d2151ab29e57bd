//! One mention of another program: what it says, and the ruling that it proposes.

use serde_json::{Map, Value as Json};

use super::refused::Why;
use super::words_of;
use crate::model::{
    Catalogue, Decimal, DismissReason, Evidence, Field, FieldError, Observation, Role, Ruling, Score, Span,
    Value,
};
use crate::number;

/// A mention as another program wrote it.
pub(super) struct Mention {
    /// Code points.
    pub at: (usize, usize),
    pub words: String,
    pub before: String,
    pub after: String,
    pub agent: Option<String>,
    pub score: Option<Score>,
    pub reasons: Vec<Evidence>,
    /// `None` for an indicator's value.
    dismissed: Option<DismissReason>,
    said: Vec<(Field, String)>,
    /// What kind of thing the words are, in the other program's words.
    label: String,
    /// Both ends of a range.
    range: Option<(String, String)>,
    /// Where the indicator's words stood. Code points.
    name_at: Option<(usize, usize)>,
}

impl Mention {
    pub fn of(object: &Map<String, Json>) -> Result<Self, Why> {
        let words = |keys: &[&str]| {
            let found = keys
                .iter()
                .find_map(|key| object.get(*key))
                .and_then(Json::as_str);
            found.unwrap_or_default().to_owned()
        };
        let place = |key: &str| object.get(key).and_then(whole);
        let at = place("start")
            .zip(place("end"))
            .filter(|(start, end)| start < end);
        let said = |field: &Field| {
            let json = object.get(field.name()).filter(|json| !json.is_null())?;
            Some((*field, words_of(json)))
        };
        let end_of_range = |key: &str| object.get(key).filter(|json| !json.is_null()).map(words_of);
        Ok(Self {
            at: at.ok_or(Why::NoPlace)?,
            words: words(&["text", "quote", "exact"]),
            before: words(&["before", "prefix"]),
            after: words(&["after", "suffix"]),
            agent: Some(words(&["agent", "model_version"])).filter(|agent| !agent.is_empty()),
            score: object
                .get("score")
                .filter(|json| !json.is_null())
                .map(score)
                .transpose()?,
            reasons: reasons(object.get("reasons")),
            dismissed: dismissed(&words(&["reason", "dismissed", "role"]))?,
            label: words(&["label"]),
            said: Field::ALL.iter().filter_map(said).collect(),
            range: end_of_range("value_min").zip(end_of_range("value_max")),
            name_at: object.get("indicator_span").and_then(pair),
        })
    }

    /// What is proposed for the words `quote`.
    ///
    /// `filled` is an observation of the same words, from which unsaid fields are taken; without one, the words
    /// give the value. `find` finds the indicator's words in bytes.
    pub fn ruling(
        &self,
        quote: &str,
        filled: Option<Observation>,
        catalogue: &Catalogue,
        find: impl Fn((usize, usize), &str) -> Option<Span>,
    ) -> Result<Ruling, Why> {
        if let Some(reason) = self.dismissed {
            return Ok(Ruling::Dismissed(reason));
        }
        let mut observation = filled.unwrap_or_default();
        let is_read = read_words(&mut observation, quote);
        if self.says(Field::Indicator) || self.says(Field::IndicatorText) {
            observation.indicator = None;
            observation.indicator_text.clear();
            observation.indicator_span = None;
        }
        for (field, words) in &self.said {
            let words = plain(*field, words);
            observation
                .set_words(*field, &words)
                .map_err(|error| Why::Field(*field, error))?;
        }
        self.put_value(&mut observation, is_read, quote)?;
        if !self.denies_indicator() {
            name(&mut observation, catalogue);
        }
        if !self.says(Field::Indicator)
            && let Some(entry) = catalogue
                .get(&self.label.as_str().into())
                .or_else(|| catalogue.named(&self.label))
        {
            observation.indicator = Some(entry.id.clone());
        }
        if let Some(was) = self.name_at {
            observation.indicator_span = find(was, &observation.indicator_text);
        }
        Ok(Ruling::Tagged(Box::new(observation)))
    }

    fn says(&self, field: Field) -> bool {
        self.said.iter().any(|(other, _)| *other == field)
    }

    /// Whether it is said that the catalogue has no entry for it: then none is sought.
    fn denies_indicator(&self) -> bool {
        self.said
            .iter()
            .any(|(field, words)| *field == Field::Indicator && words.is_empty())
    }

    /// The value as it was said: whole, as a range, or as printed digits with a magnitude.
    fn put_value(&self, observation: &mut Observation, is_read: bool, quote: &str) -> Result<(), Why> {
        let wrong = |error| Why::Field(Field::Value, FieldError::Value(error));
        if let Some((low, high)) = &self.range {
            observation.value = format!("{low}..{high}").parse().map_err(wrong)?;
        } else if self.says(Field::Value) {
            // Already there.
        } else if self.says(Field::ObsValue) {
            let printed: Value = observation.obs_value.parse().map_err(wrong)?;
            let whole = printed.shifted(u32::from(observation.unit_mult));
            observation.value = whole.ok_or_else(|| Why::NoValue(quote.to_owned()))?;
        } else if !is_read {
            return Err(Why::NoValue(quote.to_owned()));
        }
        observation.value = observation.value.normalized();
        Ok(())
    }
}

/// Fills the fields of the value from its words; answers whether they are a number.
fn read_words(observation: &mut Observation, quote: &str) -> bool {
    let is_filled = !observation.obs_value.is_empty();
    let Some(quantity) = number::parse_quantity(quote) else {
        return is_filled;
    };
    let Some(value) = quantity.value().filter(|_| !is_filled) else {
        return is_filled;
    };
    observation.value = value;
    observation.obs_value = quantity.printed.to_string();
    observation.unit_mult = quantity.unit_mult;
    observation.value_type = quantity.value_type;
    observation.comparator = quantity.comparator;
    observation.unit = quantity.unit.into_owned();
    quantity
        .unit_measure
        .unwrap_or_default()
        .clone_into(&mut observation.unit_measure);
    true
}

/// The catalogue's entry, whether its id, its name or an alias was said; other words stay words.
fn name(observation: &mut Observation, catalogue: &Catalogue) {
    let Some(said) = observation.indicator.take() else {
        if let Some(entry) = catalogue.named(&observation.indicator_text) {
            observation.indicator = Some(entry.id.clone());
        }
        return;
    };
    let entry = catalogue.get(&said).or_else(|| catalogue.named(&said.0));
    match entry {
        Some(entry) => observation.indicator = Some(entry.id.clone()),
        None if observation.indicator_text.is_empty() => {
            said.0.as_ref().clone_into(&mut observation.indicator_text);
        }
        None => observation.indicator = Some(said),
    }
}

/// A number as the fields read it: JSON may write it as `1.2e9`.
fn plain(field: Field, words: &str) -> String {
    let is_value = matches!(field, Field::Value | Field::ObsValue);
    let scientific = || Decimal::from_scientific(words).ok();
    match is_value.then(scientific).flatten() {
        Some(number) if words.contains(['e', 'E']) => number.normalize().to_string(),
        _ => words.to_owned(),
    }
}

fn dismissed(code: &str) -> Result<Option<DismissReason>, Why> {
    if code.is_empty() {
        return Ok(None);
    }
    if let Ok(role) = Role::from_code(code) {
        return Ok(role.into());
    }
    DismissReason::from_code(code)
        .map(Some)
        .map_err(|_unknown| Why::Role(code.to_owned()))
}

/// A share of one, or thousandths.
fn score(json: &Json) -> Result<Score, Why> {
    let refused = || Why::Score(words_of(json));
    let number = match json {
        Json::Number(number) => number.as_f64(),
        Json::String(words) => words.trim().parse().ok(),
        _ => None,
    };
    let number: f64 = number.ok_or_else(refused)?;
    let thousandths = if number <= 1.0 { number * 1000.0 } else { number };
    if (0.0..=1000.0).contains(&thousandths) {
        Ok(Score(thousandths.round() as u16))
    } else {
        Err(refused())
    }
}

fn reasons(json: Option<&Json>) -> Vec<Evidence> {
    let words: Vec<String> = match json {
        None | Some(Json::Null) => Vec::new(),
        Some(Json::Array(all)) => all.iter().map(words_of).collect(),
        Some(one) => vec![words_of(one)],
    };
    words
        .into_iter()
        .map(|words| Evidence::Stated { words })
        .collect()
}

/// A whole number, also where it is written as a string.
pub(in crate::exchange) fn whole(json: &Json) -> Option<usize> {
    match json {
        Json::Number(number) => number.as_u64().and_then(|number| usize::try_from(number).ok()),
        Json::String(words) => words.trim().parse().ok(),
        _ => None,
    }
}

fn pair(json: &Json) -> Option<(usize, usize)> {
    match json.as_array()?.as_slice() {
        [start, end] => Some((whole(start)?, whole(end)?)),
        _ => None,
    }
}
