//! XBRL's Open Information Model: facts with dimensions, as JSON (out and in) or as CSV (out), and their taxonomy.
//!
//! An observation is a fact whose concept is its entry of the catalogue, or `ia:observation` with the dimension `ia:name`
//! where it has none. Measure, nature, comparator, area and scope are dimensions, where they are not what a reader
//! takes for granted. The issuer of the report is the entity. Per cent are parts of one, as the model asks for pure
//! numbers. A range is two facts that the dimension `ia:bound` tells apart.

pub(super) mod csv;
pub(super) mod json;
mod taxonomy;

use crate::exchange::annotated::{Annotated, Mark};
use crate::exchange::periods::Period;
use crate::model::{Comparator, Decimal, Measure, Observation, Value, ValueNature};
use taxonomy::Dimension;

/// The prefixes of a report and what they stand for.
const NAMESPACES: [(&str, &str); 5] = [
    ("ia", taxonomy::FIELDS),
    ("ind", taxonomy::CATALOGUE),
    ("iso4217", "http://www.xbrl.org/2003/iso4217"),
    ("issuer", "urn:x-indicator-annotator:issuer"),
    ("unit", "urn:x-indicator-annotator:unit"),
];

/// Units that are numbers: their code, and the power of ten that they divide by.
const PURE: [(&str, u32); 3] = [("PT", 2), ("PM", 3), ("FACTOR", 0)];

/// A number with all that says what it is the number of.
struct Fact {
    /// Which end of a range it is.
    bound: Option<&'static str>,
    concept: String,
    entity: Option<String>,
    period: Option<Period>,
    /// `None` for a pure number.
    unit: Option<String>,
    dimensions: Vec<(Dimension, String)>,
    value: Decimal,
    /// How exactly the value is known: the power of ten of its last digit, with its sign turned round.
    decimals: i32,
}

/// The facts that a decision states: none, one, or two for a range.
fn facts(page: &Annotated<'_>, mark: &Mark<'_>) -> Vec<Fact> {
    let Some(observation) = mark.ruling.observation() else {
        return Vec::new();
    };
    let fact = |bound, value| fact(page, observation, bound, value);
    match observation.value {
        Value::Exact(value) => vec![fact(None, value)],
        Value::Range(low, high) => vec![fact(Some("low"), low), fact(Some("high"), high)],
    }
}

fn fact(
    page: &Annotated<'_>,
    observation: &Observation,
    bound: Option<&'static str>,
    value: Decimal,
) -> Fact {
    let shift = PURE
        .iter()
        .find(|(code, _)| *code == observation.unit_measure)
        .map(|(_, shift)| *shift);
    let (value, decimals) = shifted(
        value.normalize(),
        decimals(observation),
        shift.unwrap_or_default(),
    );
    let entity = solid(&page.report.issuer);
    Fact {
        bound,
        concept: concept(observation),
        entity: (!entity.is_empty()).then(|| format!("issuer:{entity}")),
        period: Period::parse(&observation.time_period),
        unit: unit(observation).filter(|_| shift.is_none()),
        dimensions: dimensions(observation, bound),
        value,
        decimals,
    }
}

fn concept(observation: &Observation) -> String {
    match &observation.indicator {
        Some(id) => format!("ind:{}", taxonomy::name(&id.0)),
        None => format!("ia:{}", taxonomy::OBSERVATION),
    }
}

fn dimensions(observation: &Observation, bound: Option<&'static str>) -> Vec<(Dimension, String)> {
    let unless = |is_plain: bool, code: &str| if is_plain { String::new() } else { code.to_owned() };
    let name = match observation.indicator {
        None => observation.indicator_text.as_str(),
        Some(_) => "",
    };
    let (measure, nature, comparator) = (
        observation.measure,
        observation.value_nature,
        observation.comparator,
    );
    let said = [
        (Dimension::Name, taxonomy::plain(name)),
        (
            Dimension::Measure,
            unless(measure == Measure::Level, measure.code()),
        ),
        (
            Dimension::Nature,
            unless(nature == ValueNature::Actual, nature.code()),
        ),
        (
            Dimension::Comparator,
            unless(comparator == Comparator::Equal, comparator.code()),
        ),
        (Dimension::Area, taxonomy::plain(&observation.ref_area)),
        (Dimension::Scope, taxonomy::plain(&observation.ref_scope)),
        (Dimension::Bound, bound.unwrap_or_default().to_owned()),
    ];
    said.into_iter().filter(|(_, words)| !words.is_empty()).collect()
}

/// The unit's currency, its code or its words; `None` where there is none.
fn unit(observation: &Observation) -> Option<String> {
    let code = observation.unit_measure.as_str();
    let is_currency = observation.value_type == crate::model::ValueType::Amount
        && code.len() == 3
        && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_currency {
        return Some(format!("iso4217:{code}"));
    }
    let words = if code.is_empty() { &observation.unit } else { code };
    (!words.is_empty()).then(|| format!("unit:{}", taxonomy::name(words)))
}

/// How many digits behind the point of the whole value were printed; fewer than none for 亿.
fn decimals(observation: &Observation) -> i32 {
    let printed = observation.obs_value.parse::<Value>().ok();
    let is_the_same = |printed: &Value| {
        let whole = printed.shifted(u32::from(observation.unit_mult));
        whole.map(Value::normalized) == Some(observation.value.normalized())
    };
    let scale = |value: Value| match value {
        Value::Exact(number) => number.scale(),
        Value::Range(low, high) => low.scale().max(high.scale()),
    };
    match printed.filter(is_the_same) {
        Some(printed) => scale(printed) as i32 - i32::from(observation.unit_mult),
        None => scale(observation.value.normalized()) as i32,
    }
}

/// The value divided by a power of ten, and its decimals; both as they were where it has no room for more digits.
fn shifted(value: Decimal, decimals: i32, exponent: u32) -> (Decimal, i32) {
    let mut share = value;
    let is_taken = share.set_scale(value.scale() + exponent).is_ok();
    if is_taken {
        (share.normalize(), decimals + exponent as i32)
    } else {
        (value, decimals)
    }
}

/// Words without spaces, which an identifier must not have.
fn solid(words: &str) -> String {
    words
        .chars()
        .filter(|letter| !letter.is_whitespace() && !letter.is_control())
        .collect()
}
