//! The columns of tables: their names, what kind of thing stands in them, and each row's cells.

use std::borrow::Cow;

use crate::exchange::annotated::{Annotated, Mark};
use crate::exchange::words::Words;
use crate::model::{Catalogue, Decimal, Field, Ruling, Value};
use crate::text::segment;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// What the catalogue calls the indicator; its words in the report where the catalogue does not have it.
    Name,
    /// A field as it is written in files; the value as its exact text.
    Of(Field),
    /// The value as a number; nothing for a range.
    Number,
    /// The lower end of a range.
    Least,
    /// The upper end of a range.
    Most,
    /// Why the words are no value.
    Reason,
    /// The words ruled on.
    Text,
    /// The sentence they stand in.
    Sentence,
    /// The report's id.
    Document,
    /// The report's title.
    Title,
    /// The page or sheet of the original on which they stand, where it has any.
    Page,
    /// Where the words begin, and end, in the format's unit.
    Start,
    /// Where they end.
    End,
    /// Where the words begin that name the indicator.
    NameStart,
    /// Where they end.
    NameEnd,
    /// Where the ruling came from.
    Origin,
    /// Who proposed it.
    Agent,
    /// How sure that agent was.
    Score,
    /// Whose layer it is.
    Annotator,
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A whole number.
    Whole,
    /// An exact decimal number.
    Number,
    /// A share of one.
    Share,
}

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Words, of which there are some.
    Text(Cow<'a, str>),
    /// A whole number.
    Whole(i64),
    /// An exact decimal number without trailing zeros.
    Number(Decimal),
    /// A share of one.
    Share(f64),
}

/// A decision as a row.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// The report that it is made on.
    pub page: &'a Annotated<'a>,
    /// The decision.
    pub mark: &'a Mark<'a>,
    /// The project's indicators.
    pub catalogue: &'a Catalogue,
}

impl Column {
    /// The columns of a table of observations.
    pub const OBSERVATIONS: &'static [Self] = &[
        Self::Name,
        Self::Of(Field::Measure),
        Self::Number,
        Self::Least,
        Self::Most,
        Self::Of(Field::Value),
        Self::Of(Field::Unit),
        Self::Of(Field::TimePeriod),
        Self::Of(Field::RefArea),
        Self::Of(Field::RefScope),
        Self::Of(Field::ValueNature),
        Self::Of(Field::Comparator),
        Self::Of(Field::ValueType),
        Self::Text,
        Self::Sentence,
        Self::Document,
        Self::Title,
        Self::Page,
        Self::Start,
        Self::End,
        Self::Of(Field::Indicator),
        Self::Of(Field::IndicatorText),
        Self::NameStart,
        Self::NameEnd,
        Self::Of(Field::ObsValue),
        Self::Of(Field::UnitMult),
        Self::Of(Field::UnitMeasure),
        Self::Of(Field::ObsStatus),
        Self::Of(Field::Note),
        Self::Origin,
        Self::Agent,
        Self::Score,
        Self::Annotator,
    ];

    /// Its name in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "indicator_name",
            Self::Of(Field::Value) => "value_text",
            Self::Of(field) => field.name(),
            Self::Number => "value",
            Self::Least => "value_min",
            Self::Most => "value_max",
            Self::Reason => "reason",
            Self::Text => "text",
            Self::Sentence => "sentence",
            Self::Document => "document",
            Self::Title => "title",
            Self::Page => "page",
            Self::Start => "start",
            Self::End => "end",
            Self::NameStart => "indicator_start",
            Self::NameEnd => "indicator_end",
            Self::Origin => "origin",
            Self::Agent => "agent",
            Self::Score => "score",
            Self::Annotator => "annotator",
        }
    }

    /// The key of its head in the tables of words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "column.name",
            Self::Of(Field::Indicator) => "column.indicator",
            Self::Of(Field::IndicatorText) => "field.indicator_text",
            Self::Of(Field::Value) => "column.value_text",
            Self::Of(Field::Unit) => "field.unit",
            Self::Of(Field::UnitMeasure) => "field.unit_measure",
            Self::Of(Field::UnitMult) => "field.unit_mult",
            Self::Of(Field::ObsValue) => "field.obs_value",
            Self::Of(Field::ValueType) => "field.value_type",
            Self::Of(Field::Measure) => "field.measure",
            Self::Of(Field::Comparator) => "field.comparator",
            Self::Of(Field::TimePeriod) => "field.time_period",
            Self::Of(Field::RefArea) => "field.ref_area",
            Self::Of(Field::RefScope) => "field.ref_scope",
            Self::Of(Field::ValueNature) => "field.value_nature",
            Self::Of(Field::ObsStatus) => "field.obs_status",
            Self::Of(Field::Note) => "field.note",
            Self::Number => "field.value",
            Self::Least => "column.value_min",
            Self::Most => "column.value_max",
            Self::Reason => "column.reason",
            Self::Text => "column.text",
            Self::Sentence => "column.sentence",
            Self::Document => "column.document",
            Self::Title => "column.title",
            Self::Page => "column.page",
            Self::Start => "column.start",
            Self::End => "column.end",
            Self::NameStart => "column.indicator_start",
            Self::NameEnd => "column.indicator_end",
            Self::Origin => "table.origin",
            Self::Agent => "column.agent",
            Self::Score => "column.score",
            Self::Annotator => "column.annotator",
        }
    }

    /// What stands in it.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Number | Self::Least | Self::Most => Kind::Number,
            Self::Page
            | Self::Start
            | Self::End
            | Self::NameStart
            | Self::NameEnd
            | Self::Of(Field::UnitMult) => Kind::Whole,
            Self::Score => Kind::Share,
            _ => Kind::Text,
        }
    }
}

impl<'a> Row<'a> {
    /// What stands in a column: codes where a field has a vocabulary.
    pub fn cell(&self, column: Column) -> Cell<'a> {
        let (page, mark) = (self.page, self.mark);
        let observation = mark.ruling.observation();
        let name = mark.name.map(|(_, at)| at);
        match column {
            Column::Name => text(self.name()),
            Column::Of(Field::UnitMult) => {
                observation.map_or(Cell::Empty, |said| Cell::Whole(said.unit_mult.into()))
            }
            Column::Of(field) => text(observation.map_or_else(String::new, |said| said.words(field))),
            Column::Number | Column::Least | Column::Most => {
                match (column, observation.map(|said| said.value.normalized())) {
                    (Column::Number, Some(Value::Exact(number)))
                    | (Column::Least, Some(Value::Range(number, _)))
                    | (Column::Most, Some(Value::Range(_, number))) => Cell::Number(number),
                    _ => Cell::Empty,
                }
            }
            Column::Reason => match mark.ruling {
                Ruling::Dismissed(reason) => text(reason.code()),
                Ruling::Tagged(_) => Cell::Empty,
            },
            Column::Text => text(mark.words),
            Column::Sentence => text(self.sentence()),
            Column::Document => text(&*page.report.id.0),
            Column::Title => text(page.report.title.as_str()),
            Column::Page => whole(page.page_of(mark).map(|number| number as usize)),
            Column::Start => whole(Some(mark.at.0)),
            Column::End => whole(Some(mark.at.1)),
            Column::NameStart => whole(name.map(|at| at.0)),
            Column::NameEnd => whole(name.map(|at| at.1)),
            Column::Origin => text(mark.origin.code()),
            Column::Agent => text(mark.agent),
            Column::Score => mark
                .score
                .map_or(Cell::Empty, |score| Cell::Share(f64::from(score.0) / 1000.0)),
            Column::Annotator => text(page.annotator),
        }
    }

    /// The same as a person reads it: words for codes.
    pub fn shown(&self, column: Column, words: &Words) -> Cell<'a> {
        match (column, self.mark.ruling) {
            (Column::Of(field), Ruling::Tagged(said)) => match words.of_code(field, &said.words(field)) {
                Some(shown) => text(shown),
                None => self.cell(column),
            },
            (Column::Reason, Ruling::Dismissed(reason)) => text(words.of_reason(*reason).to_owned()),
            (Column::Origin, _) => text(words.of_origin(self.mark.origin).to_owned()),
            _ => self.cell(column),
        }
    }

    /// What the catalogue calls the indicator, else its words in the report.
    pub fn name(&self) -> &'a str {
        let Some(said) = self.mark.ruling.observation() else {
            return "";
        };
        let entry = said.indicator.as_ref().and_then(|id| self.catalogue.get(id));
        entry.map_or(&said.indicator_text, |entry| &entry.name)
    }

    /// The sentence that the words stand in.
    pub fn sentence(&self) -> &'a str {
        let text = self.page.text;
        segment::sentence_at(text, self.mark.span.start)
            .of(text)
            .unwrap_or_default()
            .trim()
    }
}

fn text<'a>(words: impl Into<Cow<'a, str>>) -> Cell<'a> {
    let words = words.into();
    if words.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(words)
    }
}

fn whole<'a>(number: Option<usize>) -> Cell<'a> {
    number
        .and_then(|number| i64::try_from(number).ok())
        .map_or(Cell::Empty, Cell::Whole)
}
