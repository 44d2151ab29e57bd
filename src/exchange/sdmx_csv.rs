//! SDMX-CSV 2.0: an observation a line, as programs for statistics read it. It only goes out.
//!
//! `STATEMENT` says where an observation stands, in code points, which also keeps two that say the same apart. A value
//! is divided by the greatest magnitude of SDMX's list that the report's own has in it: 1.23亿 is 123 with `UNIT_MULT`
//! 6. Both ends of a range have a line of their own, told apart by `BOUND`.

use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use super::annotated::{Annotated, Mark};
use super::export::{Format, Selection, Written};
use super::periods::Period;
use crate::model::{Decimal, Observation, Value};

/// The dataflow that the lines are of: who keeps it, its name and its version.
const DATAFLOW: &str = "INDICATOR_ANNOTATOR:OBSERVATIONS(1.0)";

/// SDMX's code list of magnitudes, from the greatest.
const MAGNITUDES: [u8; 9] = [15, 12, 9, 6, 4, 3, 2, 1, 0];

/// SDMX's codes for what does not apply and for what is not said.
const NOT_APPLICABLE: &str = "_Z";
const UNSPECIFIED: &str = "_X";

const COLUMNS: [&str; 22] = [
    "STRUCTURE",
    "STRUCTURE_ID",
    "ACTION",
    "STATEMENT",
    "INDICATOR",
    "REF_AREA",
    "FREQ",
    "TIME_PERIOD",
    "MEASURE",
    "VALUE_NATURE",
    "UNIT_MEASURE",
    "BOUND",
    "OBS_VALUE",
    "UNIT_MULT",
    "DECIMALS",
    "OBS_STATUS",
    "COMPARATOR",
    "INDICATOR_TEXT",
    "REF_SCOPE",
    "VALUE_TYPE",
    "QUOTE",
    "COMMENT_OBS",
];

/// Writes all observations as one table.
pub(super) fn write(selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<Written> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::Any(b'\n'))
        .from_writer(out);
    writer.write_record(COLUMNS)?;
    let written = selection.visit(Format::SdmxCsv, |page| {
        page.marks
            .iter()
            .flat_map(|mark| lines(page, mark))
            .try_for_each(|line| Ok(writer.write_record(line)?))
    })?;
    writer.flush()?;
    Ok(written)
}

/// One line, or two for a range.
fn lines(page: &Annotated<'_>, mark: &Mark<'_>) -> Vec<[String; COLUMNS.len()]> {
    let Some(observation) = mark.ruling.observation() else {
        return Vec::new();
    };
    match observation.value {
        Value::Exact(value) => vec![line(page, mark, observation, (NOT_APPLICABLE, value))],
        Value::Range(low, high) => [("L", low), ("U", high)]
            .map(|end| line(page, mark, observation, end))
            .into(),
    }
}

fn line(
    page: &Annotated<'_>,
    mark: &Mark<'_>,
    observation: &Observation,
    (bound, value): (&str, Decimal),
) -> [String; COLUMNS.len()] {
    let (value, magnitude) = scaled(value, observation.unit_mult);
    let or = |words: &str, other: &str| if words.is_empty() { other } else { words }.to_owned();
    let indicator = observation.indicator.as_ref().map_or(UNSPECIFIED, |id| &id.0);
    let unit = or(&observation.unit_measure, &observation.unit);
    let area = or(&observation.ref_area, &page.report.area);
    let period = Period::parse(&observation.time_period);
    [
        "DATAFLOW".to_owned(),
        DATAFLOW.to_owned(),
        "I".to_owned(),
        format!("{}:{}-{}", page.report.id, mark.at.0, mark.at.1),
        indicator.to_owned(),
        or(&area, UNSPECIFIED),
        period.map_or(UNSPECIFIED, Period::frequency).to_owned(),
        period.map_or_else(|| or(&observation.time_period, UNSPECIFIED), Period::sdmx),
        observation.measure.code().to_owned(),
        observation.value_nature.code().to_owned(),
        or(&unit, NOT_APPLICABLE),
        bound.to_owned(),
        value.to_string(),
        magnitude.to_string(),
        value.scale().to_string(),
        observation.obs_status.code().to_owned(),
        observation.comparator.code().to_owned(),
        observation.indicator_text.clone(),
        observation.ref_scope.clone(),
        observation.value_type.code().to_owned(),
        mark.words.to_owned(),
        observation.note.clone(),
    ]
}

/// A value in units of the greatest magnitude of the list that is not greater than the printed one.
fn scaled(value: Decimal, printed: u8) -> (Decimal, u8) {
    let value = value.normalize();
    for magnitude in MAGNITUDES.into_iter().filter(|magnitude| *magnitude <= printed) {
        let factor = Decimal::from_i128_with_scale(10i128.pow(u32::from(magnitude)), 0);
        let share = value.checked_div(factor);
        if let Some(share) = share.filter(|share| share.checked_mul(factor) == Some(value)) {
            return (share.normalize(), magnitude);
        }
    }
    (value, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_magnitude_that_sdmx_does_not_have_becomes_one_that_it_has() {
        let cases = [
            ("123000000", 8, "123", 6),
            ("50000", 5, "5", 4),
            ("23900000000000", 12, "23.9", 12),
            ("12000", 4, "1.2", 4),
            ("0.31", 0, "0.31", 0),
            ("-30000000", 7, "-30", 6),
        ];
        for (value, printed, expected, magnitude) in cases {
            let (share, code) = scaled(value.parse().unwrap(), printed);
            assert_eq!(
                (share.to_string().as_str(), code),
                (expected, magnitude),
                "{value}"
            );
        }
    }
}
