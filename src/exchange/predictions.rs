//! What other programs propose for the reports of a project, read from their files.
//!
//! The content decides the format, object by object: a mention a line (the fields of `extract`), a record of
//! mentions `{"id", "mentions"}`, or a task of Label Studio; one a line, or all in one array. Offsets count code
//! points. Quoted words are checked against the report and sought where they have moved. What cannot be taken is
//! refused by itself, with its place and the reason, and keeps nothing else from being read.

mod fields;
mod refused;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::label_studio;
use super::record::json_pieces;
use crate::model::{Fingerprint, Observation, Project, Report, ReportId, Score, Span, Suggestion};
use crate::store::layout::file_stem;
use crate::store::{Anchoring, LostQuote, Placed, Quote, QuoteFinder};
use crate::text::offsets::{CharIndex, fingerprint};

use fields::Mention;
pub(super) use fields::whole;
pub use refused::{At, Refused, Why};

/// What an agent is taken to believe that gives no score.
pub const UNSAID: Score = Score(500);

/// What fills the fields that an agent leaves out: an observation of the same words, if there is one.
pub type Fill<'a> = dyn Fn(&ReportId, Span) -> Option<Observation> + 'a;

/// What came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Predictions {
    /// The proposals by report, sorted by span, agent and score; the best first.
    pub suggestions: BTreeMap<ReportId, Vec<Suggestion>>,
    /// Who has said something of which report, and be it that there is nothing.
    pub heard: BTreeMap<ReportId, BTreeSet<String>>,
    /// How the quoted words were found. What is lost is refused too.
    pub anchoring: Anchoring,
    /// What was not taken.
    pub refused: Vec<Refused>,
}

impl Predictions {
    /// How many proposals came in.
    pub fn len(&self) -> usize {
        self.suggestions.values().map(Vec::len).sum()
    }

    /// Whether none came in.
    pub fn is_empty(&self) -> bool {
        self.suggestions.is_empty()
    }

    /// Adds what came in from elsewhere.
    pub fn join(&mut self, other: Self) {
        for (report, fresh) in other.suggestions {
            let all = self.suggestions.entry(report).or_default();
            all.extend(fresh);
            sort(all);
            all.dedup();
        }
        for (report, agents) in other.heard {
            self.heard.entry(report).or_default().extend(agents);
        }
        self.anchoring.kept += other.anchoring.kept;
        self.anchoring.moved += other.anchoring.moved;
        self.anchoring.ambiguous.extend(other.anchoring.ambiguous);
        self.anchoring.lost.extend(other.anchoring.lost);
        self.refused.extend(other.refused);
    }

    /// A report's stored proposals with those that came in for it: what an agent says now replaces what it said.
    pub fn over(&self, report: &ReportId, stored: &[Suggestion]) -> Arc<[Suggestion]> {
        let fresh = self
            .suggestions
            .get(report)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let heard = self.heard.get(report);
        let is_heard =
            |suggestion: &&Suggestion| heard.is_some_and(|agents| agents.contains(&suggestion.agent));
        let kept = stored.iter().filter(|suggestion| !is_heard(suggestion));
        let mut all: Vec<Suggestion> = kept.chain(fresh).cloned().collect();
        sort(&mut all);
        all.into()
    }
}

fn sort(suggestions: &mut [Suggestion]) {
    suggestions.sort_by(|one, other| {
        let key = |it: &Suggestion| (it.span, Reverse(it.score));
        (one.span, &one.agent)
            .cmp(&(other.span, &other.agent))
            .then_with(|| key(one).cmp(&key(other)))
    });
}

/// Reads predictions for the reports of a project, piece by piece.
pub struct Reader<'a> {
    project: &'a Project,
    texts: &'a BTreeMap<ReportId, Arc<str>>,
    /// The agent of what names none.
    agent: &'a str,
    fill: &'a Fill<'a>,
    by_text: BTreeMap<&'a Fingerprint, &'a ReportId>,
    page: Option<Page<'a>>,
    read: Predictions,
}

/// The report that was spoken of last; mostly the next record is about it too.
struct Page<'a> {
    report: &'a Report,
    text: &'a str,
    index: Arc<CharIndex>,
    /// By how many bytes the last quote had moved.
    drift: isize,
}

/// Where words stood in the text that the other program was given, if that is known.
pub(super) struct Source<'s> {
    pub text: &'s str,
    pub index: CharIndex,
    pub print: Fingerprint,
}

impl<'s> Source<'s> {
    pub fn of(text: &'s str) -> Self {
        Self {
            text,
            index: CharIndex::new(text),
            print: fingerprint(text),
        }
    }
}

impl<'a> Reader<'a> {
    /// A reader for these reports; `agent` is who proposes what names nobody.
    pub fn new(
        project: &'a Project,
        texts: &'a BTreeMap<ReportId, Arc<str>>,
        agent: &'a str,
        fill: &'a Fill<'a>,
    ) -> Self {
        let prints = project
            .reports
            .iter()
            .map(|report| (&report.fingerprint, &report.id));
        Self {
            project,
            texts,
            agent,
            fill,
            by_text: prints.collect(),
            page: None,
            read: Predictions::default(),
        }
    }

    /// Reads a whole file: JSON Lines, or one JSON array or object.
    pub fn file(&mut self, bytes: &[u8]) {
        for (at, piece) in json_pieces(bytes) {
            match piece {
                Ok(json) => self.value(at, json),
                Err(Refused { at, why }) => self.refuse(at, why),
            }
        }
    }

    /// Reads one line; empty ones say nothing.
    pub fn line(&mut self, number: usize, line: &[u8]) {
        let line = line.trim_ascii();
        if line.is_empty() {
            return;
        }
        match serde_json::from_slice(line) {
            Ok(json) => self.value(At::line(number), json),
            Err(error) => self.refuse(At::line(number), Why::NotJson(error.to_string())),
        }
    }

    /// What was read.
    pub fn finish(mut self) -> Predictions {
        for suggestions in self.read.suggestions.values_mut() {
            sort(suggestions);
            suggestions.dedup();
        }
        self.read
    }

    fn value(&mut self, at: At, json: Json) {
        let Json::Object(object) = json else {
            return self.refuse(at, Why::UnknownShape);
        };
        if object.contains_key("data") {
            label_studio::task(self, at, &object);
        } else if let Some(mentions) = object.get("mentions") {
            self.record(at, &object, mentions);
        } else if let Some(error) = object.get("error") {
            self.refuse(at, Why::Failed(words_of(error)));
        } else if object.contains_key("start") {
            let name = name_of(&object);
            self.mention(at, name.as_deref(), None, &object);
        } else {
            self.refuse(at, Why::UnknownShape);
        }
    }

    fn record(&mut self, at: At, object: &Map<String, Json>, mentions: &Json) {
        let Json::Array(mentions) = mentions else {
            return self.refuse(at, Why::UnknownShape);
        };
        let name = name_of(object);
        let text = object.get("text").and_then(Json::as_str).map(Source::of);
        if let Err(why) = self.turn_to(name.as_deref(), text.as_ref()) {
            return self.refuse(at, why);
        }
        self.hear(object.get("agent").and_then(Json::as_str));
        for (place, mention) in mentions.iter().enumerate() {
            let at = at.mention(place + 1);
            let Json::Object(mention) = mention else {
                self.refuse(at, Why::UnknownShape);
                continue;
            };
            let mut mention = mention.clone();
            if let Some(agent) = object.get("agent") {
                mention.entry("agent").or_insert_with(|| agent.clone());
            }
            self.mention(at, name.as_deref(), text.as_ref(), &mention);
        }
    }

    /// Takes one mention of the report that is called `name`, or else of the one with the text of `source`.
    pub(super) fn mention(
        &mut self,
        at: At,
        name: Option<&str>,
        source: Option<&Source<'_>>,
        object: &Map<String, Json>,
    ) {
        match self.place(name, source, object) {
            Ok((report, suggestion)) => {
                self.hear(Some(&suggestion.agent));
                self.read.suggestions.entry(report).or_default().push(suggestion);
            }
            Err(why) => self.refuse(at, why),
        }
    }

    /// Finds the words of one mention in the project's texts, and reads what is said of them.
    pub(super) fn place(
        &mut self,
        name: Option<&str>,
        source: Option<&Source<'_>>,
        object: &Map<String, Json>,
    ) -> Result<(ReportId, Suggestion), Why> {
        self.turn_to(name, source)?;
        let mention = Mention::of(object)?;
        self.suggestion(&mention, source)
    }

    /// Notes who speaks of the report that is open.
    fn hear(&mut self, agent: Option<&str>) {
        let Some(page) = &self.page else { return };
        let agents = self.read.heard.entry(page.report.id.clone()).or_default();
        let agent = agent.unwrap_or(self.agent);
        if !agents.contains(agent) {
            agents.insert(agent.to_owned());
        }
    }

    pub(super) fn refuse(&mut self, at: At, why: Why) {
        self.read.refused.push(Refused { at, why });
    }

    /// Opens the report that is meant, unless it is open already.
    fn turn_to(&mut self, name: Option<&str>, source: Option<&Source<'_>>) -> Result<(), Why> {
        let is_open = |page: &Page<'_>| name.is_some_and(|name| &*page.report.id.0 == name);
        if self.page.as_ref().is_some_and(is_open) {
            return Ok(());
        }
        let report = self.report(name, source).ok_or_else(|| match name {
            Some(name) => Why::UnknownReport(name.to_owned()),
            None => Why::NoReport,
        })?;
        if self.page.as_ref().is_none_or(|page| page.report.id != report.id) {
            let text = self
                .texts
                .get(&report.id)
                .ok_or_else(|| Why::NoText(report.id.to_string()))?;
            self.page = Some(Page {
                report,
                text,
                index: Arc::new(CharIndex::new(text)),
                drift: 0,
            });
        }
        Ok(())
    }

    /// The report with this key or original file, or else with exactly this text.
    fn report(&self, name: Option<&str>, source: Option<&Source<'_>>) -> Option<&'a Report> {
        let reports = &self.project.reports;
        let stem = |name: &str| {
            name.rsplit_once('.')
                .map_or(name.to_owned(), |(stem, _)| stem.to_owned())
        };
        let named = |name: &str| {
            let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
            let by_id = |wanted: &str| reports.iter().find(move |report| &*report.id.0 == wanted);
            by_id(name)
                .or_else(|| {
                    reports
                        .iter()
                        .find(|report| !file.is_empty() && report.original == file)
                })
                .or_else(|| by_id(file))
                .or_else(|| by_id(&stem(file)))
                .or_else(|| reports.iter().find(|report| file_stem(&report.id.0) == file))
        };
        name.and_then(named)
            .or_else(|| self.project.report(self.by_text.get(&source?.print)?))
    }

    fn suggestion(
        &mut self,
        mention: &Mention,
        source: Option<&Source<'_>>,
    ) -> Result<(ReportId, Suggestion), Why> {
        let page = self.page.as_mut().ok_or(Why::NoReport)?;
        let index = Arc::clone(&page.index);
        let (text, id) = (page.text, page.report.id.clone());
        let (before, after) = source.map(|source| around(source, mention)).unwrap_or_default();
        let quote = Quote {
            at: mention.at,
            words: &mention.words,
            before: if mention.before.is_empty() {
                before
            } else {
                &mention.before
            },
            after: if mention.after.is_empty() {
                after
            } else {
                &mention.after
            },
        };
        let mut finder = QuoteFinder::drifted(text, &index, page.drift);
        let anchoring = &mut self.read.anchoring;
        let told = || LostQuote {
            quote: quote.words.to_owned(),
            before: quote.before.to_owned(),
            after: quote.after.to_owned(),
        };
        let span = match finder.find(&quote) {
            Placed::Kept(span) => {
                anchoring.kept += 1;
                span
            }
            Placed::Moved(span) => {
                anchoring.moved += 1;
                span
            }
            Placed::Ambiguous(span) => {
                anchoring.ambiguous.push(told());
                span
            }
            Placed::Lost => {
                anchoring.lost.push(told());
                let (start, end) = mention.at;
                return Err(Why::Lost {
                    start,
                    end,
                    words: mention.words.clone(),
                });
            }
        };
        page.drift = finder.drift();
        let words = span.of(text).unwrap_or_default();
        let ruling = mention.ruling(
            words,
            (self.fill)(&id, span),
            &self.project.catalogue,
            |was, name| finder.find_name(span, mention.at, was, name),
        )?;
        let suggestion = Suggestion {
            span,
            ruling,
            agent: mention.agent.clone().unwrap_or_else(|| self.agent.to_owned()),
            score: mention.score.unwrap_or(UNSAID),
            reasons: mention.reasons.clone(),
            doubts: Vec::new(),
        };
        Ok((id, suggestion))
    }
}

/// What stood around a mention in the text that the other program was given, if its words stood there.
fn around<'s>(source: &'s Source<'_>, mention: &Mention) -> (&'s str, &'s str) {
    /// So many code points are enough to tell places apart.
    const CONTEXT: usize = 12;
    let text = source.text;
    let byte = |char: usize| source.index.byte_of_char(text, char);
    let (start, end) = mention.at;
    let found = || {
        let (from, to) = (byte(start)?, byte(end)?);
        let is_there = mention.words.is_empty() || text.get(from..to) == Some(&mention.words);
        let first = byte(start.saturating_sub(CONTEXT))?;
        let last = byte((end + CONTEXT).min(source.index.chars()))?;
        is_there.then_some((text.get(first..from)?, text.get(to..last)?))
    };
    found().unwrap_or_default()
}

/// The report that an object says it is about.
fn name_of(object: &Map<String, Json>) -> Option<String> {
    let name = object.get("document").or_else(|| object.get("id"))?;
    match name {
        Json::String(name) => Some(name.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn words_of(json: &Json) -> String {
    json.as_str().map_or_else(|| json.to_string(), str::to_owned)
}
