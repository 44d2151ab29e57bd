//! `check`: what contradicts what in a project.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::{Value as Json, json};

use super::complain;
use crate::model::{Annotator, Observation, Project, Report};
use crate::query::Flag;
use crate::query::checks::{self, Finding, Kind, Place, Severity, Why};
use crate::store::{Opened, Store, StoreNotice};
use crate::text::offsets::CharIndex;
use crate::text::segment::paragraph_at;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The project's folder, or its project.ron.
    project: PathBuf,

    /// Whose layer; without it `curated`, or the only one there is.
    #[arg(long, value_name = "NAME")]
    annotator: Option<String>,

    /// Print also what the annotator lets stand.
    #[arg(long)]
    all: bool,

    /// How the findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For reading: each finding with the words that it is about.
    Text,
    /// One JSON array, a finding a line.
    Json,
}

/// Carries out `check`: 0 when nothing was found, 1 when something was, 2 when the project could not be read.
pub fn run(arguments: &Arguments) -> ExitCode {
    let opened = match Store::open(&arguments.project) {
        Ok((_, opened)) => opened,
        Err(error) => return complain(&error.to_string(), 2),
    };
    let annotator = match annotator(&opened.project, arguments.annotator.as_deref()) {
        Ok(annotator) => annotator,
        Err(words) => return complain(&words, 2),
    };
    for notice in &opened.notices {
        complain(&format!("{notice}\nhint: {}", notice.advice()), 2);
    }
    let mut findings = checks::check(&opened.project, &annotator, &opened.texts);
    if let Some(waivers) = opened.project.waivers.get(&annotator).filter(|_| !arguments.all) {
        findings.retain(|finding| !waivers.contains_key(&finding.key));
    }
    let page = Page {
        opened: &opened,
        annotator: &annotator,
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let printed = match arguments.format {
        Format::Text => page.print_text(&findings, &mut out),
        Format::Json => page.print_json(&findings, &mut out),
    };
    match printed.and_then(|()| out.flush()) {
        // Whoever reads our output has had enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(&format!("could not go on: {error}"), 2)
        }
        _ if opened.notices.iter().any(leaves_out) => ExitCode::from(2),
        _ if findings.is_empty() => ExitCode::SUCCESS,
        _ => ExitCode::from(1),
    }
}

/// Whether a part of the project was not read, and so not checked.
fn leaves_out(notice: &StoreNotice) -> bool {
    match notice {
        StoreNotice::Broken(_) | StoreNotice::Unreadable { .. } | StoreNotice::TextMissing { .. } => true,
        StoreNotice::NewerFormat { read, .. } => !read,
        StoreNotice::Anchored { anchoring, .. } => !anchoring.lost.is_empty(),
        StoreNotice::TextChanged { .. }
        | StoreNotice::UnknownReport { .. }
        | StoreNotice::SettingsReset { .. } => false,
    }
}

/// The annotator with this name; else `curated`, or the only one there is.
fn annotator(project: &Project, name: Option<&str>) -> Result<Annotator, String> {
    let wanted = Annotator::from(name.unwrap_or("curated"));
    if project.layers.contains_key(&wanted) {
        return Ok(wanted);
    }
    let names: Vec<String> = project.layers.keys().map(ToString::to_string).collect();
    match (name, names.as_slice()) {
        (_, []) => Err("the project has no decisions yet, so there is nothing to check".to_owned()),
        (None, [only]) => Ok(Annotator::from(only.as_str())),
        (None, _) => Err(format!(
            "several annotators have layers; say --annotator with one of {}",
            names.join(", ")
        )),
        (Some(name), _) => Err(format!(
            "the project has no layer of `{name}`; it has {}",
            names.join(", ")
        )),
    }
}

/// The project that findings are printed with.
struct Page<'a> {
    opened: &'a Opened,
    annotator: &'a Annotator,
}

/// An observation of a finding with what is printed of it.
struct Item<'a> {
    report: &'a Report,
    observation: &'a Observation,
    quote: &'a str,
    /// Code points of the report's text.
    chars: (usize, usize),
    /// From 1.
    line: usize,
    /// Code points from 1.
    column: usize,
}

impl Page<'_> {
    fn item(&self, place: &Place) -> Option<Item<'_>> {
        let project = &self.opened.project;
        let text = self.opened.texts.get(&place.report)?;
        let decision = project.layer(self.annotator, &place.report)?.get(place.span)?;
        let index = CharIndex::new(text);
        let line_start = paragraph_at(text, place.span.start).start;
        let start = index.char_of_byte(text, place.span.start);
        Some(Item {
            report: project.report(&place.report)?,
            observation: decision.ruling.observation()?,
            quote: place.span.of(text)?,
            chars: (start, index.char_of_byte(text, place.span.end)),
            line: 1 + text.get(..line_start)?.matches('\n').count(),
            column: 1 + start - index.char_of_byte(text, line_start),
        })
    }

    fn print_text(&self, findings: &[Finding], out: &mut impl Write) -> io::Result<()> {
        for finding in findings {
            let severity = finding.severity.code();
            write!(
                out,
                "{severity}[{}]: {}",
                finding.kind.code(),
                words(&finding.kind)
            )?;
            match finding.expected {
                Some(expected) => writeln!(out, "; the first would have to be in {expected}")?,
                None => writeln!(out)?,
            }
            for (at, place) in finding.observations.iter().enumerate() {
                let Some(item) = self.item(place) else { continue };
                let it = item.observation;
                let Item {
                    line, column, quote, ..
                } = item;
                let (report, title) = (&item.report.id, in_brackets(&item.report.title));
                writeln!(
                    out,
                    "  {report}:{line}:{column} 「{quote}」 {}{title}",
                    described(it)
                )?;
                let suspect = finding.suspect.filter(|suspect| suspect.index == at);
                if let Some(why) = suspect.and_then(|suspect| reason(suspect.why)) {
                    writeln!(out, "    most likely wrong: {why}")?;
                }
            }
        }
        let errors = findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .count();
        match findings.len() {
            0 => writeln!(out, "nothing contradicts: layer `{}`", self.annotator),
            all => writeln!(
                out,
                "{errors} errors, {} warnings: layer `{}`",
                all - errors,
                self.annotator
            ),
        }
    }

    fn print_json(&self, findings: &[Finding], out: &mut impl Write) -> io::Result<()> {
        out.write_all(b"[")?;
        for (at, finding) in findings.iter().enumerate() {
            let separator = if at == 0 { "\n" } else { ",\n" };
            write!(out, "{separator}{}", self.json(finding))?;
        }
        out.write_all(b"\n]\n")
    }

    fn json(&self, finding: &Finding) -> Json {
        let places = finding.observations.iter().filter_map(|place| self.item(place));
        let end =
            |end: Option<crate::model::Decimal>| end.map(|number| number.round_dp(6).normalize().to_string());
        json!({
            "kind": finding.kind.code(),
            "severity": finding.severity.code(),
            "message": words(&finding.kind),
            "key": finding.key,
            "suspect": finding.suspect.map(|suspect| json!({"index": suspect.index, "why": suspect.why.code()})),
            "expected": finding.expected.map(|it| json!({"low": end(it.low), "high": end(it.high)})),
            "observations": places.map(|item| item.json()).collect::<Vec<_>>(),
        })
    }
}

impl Item<'_> {
    fn json(&self) -> Json {
        let it = self.observation;
        json!({
            "document": self.report.id.0.as_ref(),
            "title": self.report.title,
            "start": self.chars.0,
            "end": self.chars.1,
            "line": self.line,
            "column": self.column,
            "text": self.quote,
            "indicator": it.indicator.as_ref().map(|id| id.0.as_ref()),
            "indicator_text": it.indicator_text,
            "value": it.value.to_string(),
            "unit": it.unit,
            "measure": it.measure.code(),
            "time_period": it.time_period,
            "ref_area": it.ref_area,
            "value_nature": it.value_nature.code(),
        })
    }
}

/// A report's title behind its words; nothing without one.
fn in_brackets(title: &str) -> String {
    if title.is_empty() {
        String::new()
    } else {
        format!(" ({title})")
    }
}

/// An observation in one line.
fn described(it: &Observation) -> String {
    let (name, area, period) = (&it.indicator_text, &it.ref_area, &it.time_period);
    let (value, unit, measure, nature) = (it.value, &it.unit, it.measure, it.value_nature);
    format!("{name}, {area}, {period}: {value} {unit}, {measure}, {nature}")
}

/// What a finding of this kind says.
fn words(kind: &Kind) -> String {
    match kind {
        Kind::Field(flag) => return flag_words(flag),
        Kind::UnitNotAsPrinted { printed } => return format!("the unit is not the printed one, `{printed}`"),
        Kind::PeriodFar { year } => return format!("the year {year} is far from the report's"),
        Kind::PeriodOutside { year } => return format!("the report does not speak of {year}"),
        Kind::Magnitude { exponent } => {
            return format!("the value is about 10^{exponent} times the indicator's others");
        }
        Kind::Impossible => "nothing has such a value",
        Kind::ActualTooEarly => "an actual value for a time that was not over yet",
        Kind::TargetTooLate => "a target for a time that was over",
        Kind::Growth => "the growth rate does not follow from the levels",
        Kind::Increase => "the increase is not the difference of the levels",
        Kind::Change => "the change is not the difference of the levels",
        Kind::Gap => "the gap is not the difference of the levels",
        Kind::IncreaseAboveLevel => "the increase is more than the whole level",
        Kind::SharesAboveWhole => "the shares of one whole come to more than 100%",
        Kind::SharesOffWhole => "the shares of the whole do not come to 100%",
        Kind::ShareOfLevels => "the share does not follow from the levels of part and whole",
        Kind::PartAboveTotal => "the part is more than its total",
        Kind::PartsAboveTotal => "the parts come to more than their total",
        Kind::SaidTwice => "one fact is said with values that exclude each other",
        Kind::ReachedAndAimedAt => "one figure is said to be reached and to be aimed at",
    }
    .to_owned()
}

fn flag_words(flag: &Flag) -> String {
    match flag {
        Flag::NoIndicator => "no indicator is named".to_owned(),
        Flag::UnknownIndicator => "the catalogue has no such indicator".to_owned(),
        Flag::TypeDiffers { expected } => format!("the catalogue expects the type {expected}"),
        Flag::UnitDiffers { expected } => format!("the catalogue expects the unit `{expected}`"),
        Flag::UnitUnfit { belongs_to } => format!("the unit belongs to the type {belongs_to}"),
        Flag::TooSmall { min } => format!("the catalogue allows no less than {min}"),
        Flag::TooLarge { max } => format!("the catalogue allows no more than {max}"),
        Flag::NotAsPrinted { parsed } => format!("the words say {parsed}"),
        Flag::PeriodForm => "the period is missing, or not written as `2024` or `2021-2025`".to_owned(),
    }
}

/// Why an observation is most likely wrong; nothing where it is the only one.
fn reason(why: Why) -> Option<String> {
    Some(match why {
        Why::Alone => return None,
        Why::Magnitude { exponent } => format!("it would fit if it were 10^{exponent} times as large"),
        Why::Outnumbered => "more statements agree with each other than with it".to_owned(),
        Why::Unconfirmed => "the others are confirmed elsewhere".to_owned(),
        Why::OthersFit => "growth rates and increases fit the others, not it".to_owned(),
        Why::FailsElsewhere => "it stands in more findings than the others".to_owned(),
        Why::NotReviewed => "it was accepted as proposed, the others were not".to_owned(),
        Why::Derived => "it is derived from the others".to_owned(),
    })
}
