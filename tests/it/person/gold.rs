//! What a report should come to: the annotated numbers beside the checkout, and how they are compared.

use std::fs;
use std::path::{Path, PathBuf};

use indicator_annotator::model::{
    Comparator, DismissReason, Field, Measure, Observation, Role, Ruling, Span, Value, ValueNature, ValueType,
};
use indicator_annotator::text::read::SourceMap;
use serde_json::Value as Json;

/// A number as it should be decided on.
#[derive(Clone, Debug)]
pub struct Gold {
    /// Its words in the shown text. Bytes.
    pub span: Span,
    /// What it is.
    pub ruling: Ruling,
}

/// The fields that have to be right besides the span, in the order in which the inspector shows them.
pub const COMPARED: &[Field] = &[
    Field::IndicatorText,
    Field::Value,
    Field::Unit,
    Field::Measure,
    Field::TimePeriod,
    Field::RefArea,
    Field::ValueNature,
    Field::Comparator,
];

/// The folder of annotated reports beside the checkout.
pub fn gold_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold")
}

/// The annotated reports of a folder, each with its text, which stands beside it or in `reports` beside the folder;
/// `None` where there are none.
pub fn gold_files(folder: &Path) -> Option<Vec<(PathBuf, PathBuf)>> {
    let entries = fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    files.sort();
    let text = |gold: PathBuf| {
        let name = Path::new(gold.file_name()?).with_extension("txt");
        let mut places = [folder.join(&name), folder.join("../reports").join(&name)].into_iter();
        Some((gold, places.find(|place| place.is_file())?))
    };
    let files: Vec<_> = files.into_iter().filter_map(text).collect();
    (!files.is_empty()).then_some(files)
}

/// The annotated numbers of a report, in the order of its text.
///
/// # Errors
/// When the file is not what the guidelines beside it say, with the line.
pub fn gold(file: &Path, text: &str, map: &SourceMap) -> Result<Vec<Gold>, String> {
    let lines = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let line = |(place, line): (usize, &str)| {
        let row = serde_json::from_str(line).map_err(|error| error.to_string());
        let number = row.and_then(|row| number(&row, text, map));
        number.map_err(|error| format!("{}:{}: {error}", file.display(), place + 1))
    };
    let mut numbers = lines
        .lines()
        .enumerate()
        .map(line)
        .collect::<Result<Vec<_>, _>>()?;
    numbers.sort_by_key(|number| number.span);
    Ok(numbers)
}

fn number(row: &Json, text: &str, map: &SourceMap) -> Result<Gold, String> {
    let shown = |ends: [&Json; 2]| {
        let [start, end] = ends.map(|end| end.as_u64().and_then(|end| usize::try_from(end).ok()));
        map.shown_span((start?, end?), text)
    };
    let span = shown([&row["start"], &row["end"]]).ok_or("these words are not in the shown text")?;
    let role =
        Role::from_code(row["role"].as_str().unwrap_or_default()).map_err(|error| error.to_string())?;
    let ruling = if let Some(reason) = Option::<DismissReason>::from(role) {
        Ruling::Dismissed(reason)
    } else {
        let name = shown([&row["indicator_span"][0], &row["indicator_span"][1]]);
        Ruling::Tagged(Box::new(observation(row, name)?))
    };
    Ok(Gold { span, ruling })
}

fn observation(row: &Json, name: Option<Span>) -> Result<Observation, String> {
    let words = |key: &str| row[key].as_str().unwrap_or_default();
    let value = |key: &str| {
        words(key)
            .parse()
            .map_err(|_error| format!("`{key}` is no number"))
    };
    let term = |error: indicator_annotator::model::UnknownTerm| error.to_string();
    let value = if row["value"].is_string() {
        Value::Exact(value("value")?)
    } else {
        Value::Range(value("value_min")?, value("value_max")?)
    };
    Ok(Observation {
        indicator_text: words("indicator_text").to_owned(),
        indicator_span: name,
        value_type: ValueType::from_code(words("value_type")).map_err(term)?,
        value: value.normalized(),
        unit: words("unit").to_owned(),
        comparator: Comparator::from_code(words("comparator")).map_err(term)?,
        measure: Measure::from_code(words("measure")).map_err(term)?,
        value_nature: ValueNature::from_code(words("value_nature")).map_err(term)?,
        time_period: words("time_period").to_owned(),
        ref_area: words("ref_area").to_owned(),
        ref_scope: words("ref_scope").to_owned(),
        ..Observation::default()
    })
}

/// The fields in which an observation is not the wanted one, as `score.py` beside the gold sees it.
pub fn wrong(ours: &Observation, wanted: &Observation) -> Vec<Field> {
    let is_right = |field: Field| match field {
        Field::IndicatorText => is_named(ours.indicator_span, wanted.indicator_span),
        Field::Value => rounded(ours.value) == rounded(wanted.value),
        Field::Unit => unit(&ours.unit) == unit(&wanted.unit),
        Field::RefArea => area(&ours.ref_area) == area(&wanted.ref_area),
        _ => ours.words(field) == wanted.words(field),
    };
    COMPARED
        .iter()
        .copied()
        .filter(|field| !is_right(*field))
        .collect()
}

/// What is typed into a field to make it right.
pub fn typed(field: Field, wanted: &Observation) -> String {
    match field {
        Field::RefArea => area(&wanted.ref_area).to_owned(),
        _ => wanted.words(field),
    }
}

/// Whether a reason says what the gold says; without a line in the gold the words are no number of the report's.
pub fn is_fitting(reason: DismissReason, wanted: Option<DismissReason>) -> bool {
    match wanted {
        Some(wanted) => reason == wanted,
        None => Option::<Role>::from(reason).is_none(),
    }
}

/// Whether one name covers half of the shorter one or more.
pub fn is_named(ours: Option<Span>, wanted: Option<Span>) -> bool {
    let (Some(ours), Some(wanted)) = (ours, wanted) else {
        return false;
    };
    let common = ours
        .end
        .min(wanted.end)
        .saturating_sub(ours.start.max(wanted.start));
    2 * common >= ours.len().min(wanted.len())
}

fn rounded(value: Value) -> Value {
    let round = |number: rust_decimal::Decimal| number.round_dp(6).normalize();
    match value {
        Value::Exact(number) => Value::Exact(round(number)),
        Value::Range(low, high) => Value::Range(round(low), round(high)),
    }
}

fn unit(unit: &str) -> String {
    unit.replace("人民币", "").replace('個', "个").trim().to_owned()
}

fn area(area: &str) -> &str {
    area.trim_end_matches(['市', '省', '县', '区'])
}
