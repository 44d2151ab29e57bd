//! One report's text with what one layer says of it: what every exporter of annotations writes.

use std::borrow::Cow;

use serde_json::{Map, Value as Json, json};

use super::ruler::{Ruler, Unit};
use crate::model::{
    Decision, DismissReason, Field, Layer, Observation, Origin, Report, ReportId, Role, Ruling, Score, Span,
    Suggestion,
};
use crate::text::read::PageStart;

/// What the label of a dismissal begins with; the reason follows.
const DISMISSED: &str = "dismissed-";

/// The label of words that name an indicator.
pub const NAME: &str = "indicator-name";

/// A report as exporters see it, with offsets in one unit.
pub struct Annotated<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its shown text.
    pub text: &'a str,
    /// Where the pages of what it was read from begin, ascending; none where it has no pages.
    pub pages: &'a [PageStart],
    /// Whose layer it is.
    pub annotator: &'a str,
    /// The decisions, in the order of the text.
    pub marks: Vec<Mark<'a>>,
    /// What is proposed, by agent, in the order of the text.
    pub proposals: Vec<(&'a str, Vec<Mark<'a>>)>,
    /// Spans that are not in the text, and so are not among the marks.
    pub refused: Vec<Refusal>,
}

/// A decision or a suggestion.
#[derive(Clone, Debug)]
pub struct Mark<'a> {
    /// The words, which are the text's slice at `at`.
    pub words: &'a str,
    /// Where they stand, in the exporter's unit.
    pub at: (usize, usize),
    /// The same in bytes.
    pub span: Span,
    /// The words that name the indicator, and where they stand.
    pub name: Option<(&'a str, (usize, usize))>,
    /// What is said of them.
    pub ruling: &'a Ruling,
    /// Where the ruling came from.
    pub origin: Origin,
    /// Who proposed it; empty for nobody.
    pub agent: &'a str,
    /// How sure that agent was.
    pub score: Option<Score>,
}

/// Something that is not written, because its words would be others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The report.
    pub report: ReportId,
    /// The span in bytes; `None` where the whole report's text is missing.
    pub span: Option<Span>,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.span {
            None => write!(f, "{}: its text is missing", self.report),
            Some(Span { start, end }) => {
                write!(
                    f,
                    "{}: bytes {start} to {end} are no words of its text",
                    self.report
                )
            }
        }
    }
}

impl<'a> Annotated<'a> {
    /// What a layer says of a report, and what is proposed for it.
    pub fn new(
        (report, text): (&'a Report, &'a str),
        (annotator, layer): (&'a str, &'a Layer),
        suggestions: &'a [Suggestion],
        unit: Unit,
    ) -> Self {
        let ruler = Ruler::new(text, unit);
        let mut page = Self {
            report,
            text,
            pages: &[],
            annotator,
            marks: Vec::new(),
            proposals: Vec::new(),
            refused: Vec::new(),
        };
        for decision in layer.iter() {
            let mark = page.decision(decision, &ruler);
            page.marks.extend(mark);
        }
        for suggestion in suggestions {
            let Some(mark) = page.suggestion(suggestion, &ruler) else {
                continue;
            };
            match page
                .proposals
                .iter_mut()
                .find(|(agent, _)| *agent == suggestion.agent)
            {
                Some((_, marks)) => marks.push(mark),
                None => page.proposals.push((&suggestion.agent, vec![mark])),
            }
        }
        page.proposals.sort_by_key(|(agent, _)| *agent);
        page
    }

    /// The page of the original on which a mark begins.
    pub fn page_of(&self, mark: &Mark<'_>) -> Option<u32> {
        PageStart::number_at(self.pages, mark.span.start)
    }

    fn decision(&mut self, decision: &'a Decision, ruler: &Ruler<'_>) -> Option<Mark<'a>> {
        let mark = self.mark(decision.span, &decision.ruling, ruler)?;
        Some(Mark {
            origin: decision.origin,
            agent: &decision.agent,
            score: decision.score,
            ..mark
        })
    }

    fn suggestion(&mut self, suggestion: &'a Suggestion, ruler: &Ruler<'_>) -> Option<Mark<'a>> {
        let mark = self.mark(suggestion.span, &suggestion.ruling, ruler)?;
        Some(Mark {
            origin: Origin::Prediction,
            agent: &suggestion.agent,
            score: Some(suggestion.score),
            ..mark
        })
    }

    /// Measures a span, and refuses one that a reader would find other words at.
    fn mark(&mut self, span: Span, ruling: &'a Ruling, ruler: &Ruler<'_>) -> Option<Mark<'a>> {
        let text = self.text;
        let mut measured = |span: Span| {
            let words = span.of(text).filter(|words| !words.is_empty());
            let at = (ruler.offset(span.start), ruler.offset(span.end));
            let found = words.filter(|words| ruler.has(at, words));
            if found.is_none() {
                let report = self.report.id.clone();
                self.refused.push(Refusal {
                    report,
                    span: Some(span),
                });
            }
            Some((found?, at))
        };
        let (words, at) = measured(span)?;
        let name_span = ruling
            .observation()
            .and_then(|observation| observation.indicator_span);
        Some(Mark {
            words,
            at,
            span,
            name: name_span.and_then(measured),
            ruling,
            origin: Origin::Manual,
            agent: "",
            score: None,
        })
    }
}

impl<'a> Mark<'a> {
    /// The one word that a label set has for it: the indicator's id, `indicator`, or `dismissed-date`.
    pub fn label(&self) -> Cow<'a, str> {
        match self.ruling {
            Ruling::Dismissed(reason) => format!("{DISMISSED}{reason}").into(),
            Ruling::Tagged(observation) => match &observation.indicator {
                Some(id) => Cow::Borrowed(&id.0),
                None => Role::Indicator.code().into(),
            },
        }
    }

    /// The fields of the observation as they are written in files; none for a dismissal.
    ///
    /// What an importer would otherwise read from the words is said even where it is empty.
    pub fn fields(&self) -> impl Iterator<Item = (Field, String)> + use<'a> {
        let observation = self.ruling.observation();
        let said = move |observation: &'a Observation| {
            Field::ALL
                .iter()
                .map(move |field| (*field, observation.words(*field)))
        };
        let is_read_otherwise = |field| matches!(field, Field::Indicator | Field::Unit | Field::UnitMeasure);
        let fields = observation.into_iter().flat_map(said);
        fields.filter(move |(field, words)| !words.is_empty() || is_read_otherwise(*field))
    }

    /// All that is said besides place and label, as one JSON object of this program's names.
    pub fn object(&self) -> Map<String, Json> {
        let mut object: Map<String, Json> = self
            .fields()
            .map(|(field, words)| (field.name().to_owned(), json!(words)))
            .collect();
        if let Some((_, at)) = self.name {
            object.insert("indicator_span".to_owned(), json!([at.0, at.1]));
        }
        if let Ruling::Dismissed(reason) = self.ruling {
            object.insert("reason".to_owned(), json!(reason));
        }
        if self.origin != Origin::Manual {
            object.insert("origin".to_owned(), json!(self.origin));
        }
        if !self.agent.is_empty() {
            object.insert("agent".to_owned(), json!(self.agent));
        }
        if let Some(score) = self.score {
            object.insert("score".to_owned(), share(score));
        }
        object
    }
}

/// A score as a share of one.
pub fn share(score: Score) -> Json {
    json!(f64::from(score.0) / 1000.0)
}

/// Says in a mention what a label stands for.
pub(super) fn put_label(mention: &mut Map<String, Json>, label: &str) {
    let reason = label.strip_prefix(DISMISSED).unwrap_or(label);
    let is_role = Role::from_code(label).is_ok() || DismissReason::from_code(reason).is_ok();
    if is_role {
        mention.insert("role".to_owned(), json!(reason));
    } else {
        mention.insert("label".to_owned(), json!(label));
    }
}
