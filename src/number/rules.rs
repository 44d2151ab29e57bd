//! A project's own candidate rules: named regular expressions that add candidates or rule them out.
//!
//! A rule may come with somebody else's project, so that no pattern may take long: it is searched for in one line at a
//! time, and in a long line stretch by stretch. The engine is linear in what it looks at, but looks at the rest of it
//! again for each match.

use std::fmt;

use regex::{Regex, RegexBuilder};

use crate::model::{CandidateRule, Mention, Role, RuleEffect, Span};

use super::parse_quantity;

/// The longest pattern that is compiled. Characters.
const MAX_PATTERN: usize = 4_000;
/// The memory that a compiled pattern may take. Bytes.
const SIZE_LIMIT: usize = 1 << 20;
/// The memory that its cache may take while matching. Bytes.
const CACHE_LIMIT: usize = 8 << 20;
/// In a longer line a match lies within a stretch of this length. Bytes.
const LONGEST_STRETCH: usize = 2 << 10;
/// How deep groups may nest.
const NEST_LIMIT: u32 = 50;
/// The group that narrows a match.
const NUMBER_GROUP: &str = "number";

/// A rule whose pattern has been compiled.
#[derive(Clone, Debug)]
pub struct CompiledRule {
    pattern: Regex,
    effect: RuleEffect,
    enabled: bool,
    narrows: bool,
}

/// Why a pattern does not compile, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// First character of the part at fault. Characters of the pattern.
    pub start: usize,
    /// One past its last character; equal to `start` where the fault is at a place.
    pub end: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} (characters {} to {} of the pattern)",
            self.message, self.start, self.end
        )
    }
}

impl std::error::Error for PatternError {}

/// Compiles a rule's pattern, whether or not the rule is enabled.
///
/// # Errors
/// When the pattern is empty, too long, no regular expression, or would take too much memory.
pub fn compile(rule: &CandidateRule) -> Result<CompiledRule, PatternError> {
    let length = rule.pattern.chars().count();
    let whole = |message: String| PatternError {
        start: 0,
        end: length,
        message,
    };
    if rule.pattern.is_empty() {
        return Err(whole(
            "the pattern is empty; write what the number looks like, for example `\\d+公里`".to_owned(),
        ));
    }
    if length > MAX_PATTERN {
        return Err(whole(format!(
            "the pattern has {length} characters; at most {MAX_PATTERN} are allowed"
        )));
    }
    check_syntax(&rule.pattern)?;
    let pattern = RegexBuilder::new(&rule.pattern)
        .size_limit(SIZE_LIMIT)
        .dfa_size_limit(CACHE_LIMIT)
        .nest_limit(NEST_LIMIT)
        .build()
        .map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => {
                whole("the pattern takes too much memory; make its repetitions smaller".to_owned())
            }
            other => whole(other.to_string()),
        })?;
    let narrows = pattern.capture_names().flatten().any(|name| name == NUMBER_GROUP);
    Ok(CompiledRule {
        pattern,
        effect: rule.effect,
        enabled: rule.enabled,
        narrows,
    })
}

/// Finds the place at fault, which the compiler's own error does not tell.
fn check_syntax(pattern: &str) -> Result<(), PatternError> {
    let parsed = regex_syntax::ParserBuilder::new()
        .nest_limit(NEST_LIMIT)
        .build()
        .parse(pattern);
    let Err(error) = parsed else { return Ok(()) };
    let (span, message) = match &error {
        regex_syntax::Error::Parse(fault) => (*fault.span(), fault.kind().to_string()),
        regex_syntax::Error::Translate(fault) => (*fault.span(), fault.kind().to_string()),
        other => {
            let end = pattern.chars().count();
            return Err(PatternError {
                start: 0,
                end,
                message: other.to_string(),
            });
        }
    };
    let chars = |byte: usize| pattern.get(..byte).map_or(0, |head| head.chars().count());
    Err(PatternError {
        start: chars(span.start.offset),
        end: chars(span.end.offset),
        message,
    })
}

/// Applies the rules in their order to the mentions of `text`; the result is sorted and without overlaps.
///
/// An added candidate takes the place of the mentions that it overlaps. A rule that rules out gives
/// its role to the mentions that its matches overlap, and does nothing where there is none.
pub fn apply(rules: &[CompiledRule], text: &str, mut mentions: Vec<Mention>) -> Vec<Mention> {
    for rule in rules.iter().filter(|rule| rule.enabled) {
        let spans = rule.spans(text);
        mentions = match rule.effect {
            RuleEffect::Add => add(text, mentions, spans),
            RuleEffect::RuleOut(role) => rule_out(mentions, spans, role),
        };
    }
    mentions
}

/// Where a rule's pattern matches, up to `limit` places; for the preview, so it ignores `enabled`.
pub fn matches(rule: &CompiledRule, text: &str, limit: usize) -> Vec<Span> {
    rule.spans(text).take(limit).collect()
}

impl CompiledRule {
    /// The non-empty matches in the order of the text, narrowed to the group `number`.
    fn spans<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Span> + 'a {
        let found = stretches(text).flat_map(|(start, words)| {
            self.spans_within(words)
                .map(move |span| Span::new(start + span.start, start + span.end))
        });
        found.filter(|span| !span.is_empty())
    }

    fn spans_within<'a>(&'a self, words: &'a str) -> Box<dyn Iterator<Item = Span> + 'a> {
        if self.narrows {
            let narrowed = self
                .pattern
                .captures_iter(words)
                .filter_map(|found| found.name(NUMBER_GROUP));
            Box::new(narrowed.map(|group| Span::from(group.range())))
        } else {
            Box::new(
                self.pattern
                    .find_iter(words)
                    .map(|found| Span::from(found.range())),
            )
        }
    }
}

/// The lines of a text with where they begin; a long one in several stretches, if possible of whole clauses.
fn stretches(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let within = rest
            .get(..rest.floor_char_boundary(LONGEST_STRETCH))
            .unwrap_or(rest);
        let start = at;
        if let Some(end) = within.find('\n') {
            at += end + 1;
            return Some((start, within.get(..end).unwrap_or_default()));
        }
        let end = if within.len() == rest.len() {
            within.len()
        } else {
            behind_clause(within)
        };
        at += end;
        Some((start, within.get(..end).unwrap_or_default()))
    })
}

/// Where the last whole clause of `words` ends; their end where there is none.
fn behind_clause(words: &str) -> usize {
    words
        .rfind(['。', '；', '，', ';'])
        .and_then(|at| Some(at + words.get(at..)?.chars().next()?.len_utf8()))
        .unwrap_or(words.len())
}

/// Merges the spans into the mentions; both are sorted, so one walk does.
fn add(text: &str, mentions: Vec<Mention>, spans: impl Iterator<Item = Span>) -> Vec<Mention> {
    let mut merged = Vec::with_capacity(mentions.len());
    let mut rest = mentions.into_iter().peekable();
    for span in spans {
        while let Some(before) = rest.next_if(|mention| mention.span.end <= span.start) {
            merged.push(before);
        }
        let mut same = None;
        while let Some(overlapped) = rest.next_if(|mention| mention.span.overlaps(span)) {
            same = same.or((overlapped.span == span).then_some(overlapped));
        }
        merged.push(candidate(text, span, same));
    }
    merged.extend(rest);
    merged
}

/// The candidate at `span`, with what was known of the mention that stood there.
fn candidate(text: &str, span: Span, known: Option<Mention>) -> Mention {
    let core = known.as_ref().map_or(span, |mention| mention.core);
    let quantity = known
        .and_then(|mention| mention.quantity)
        .or_else(|| span.of(text).and_then(parse_quantity));
    Mention {
        span,
        core,
        role: Role::Indicator,
        quantity,
    }
}

/// Gives `role` to every mention that one of the spans overlaps.
fn rule_out(mut mentions: Vec<Mention>, spans: impl Iterator<Item = Span>, role: Role) -> Vec<Mention> {
    let mut at = 0;
    for span in spans {
        while mentions
            .get(at)
            .is_some_and(|mention| mention.span.end <= span.start)
        {
            at += 1;
        }
        for mention in mentions
            .iter_mut()
            .skip(at)
            .take_while(|mention| mention.span.overlaps(span))
        {
            mention.role = role;
        }
    }
    mentions
}

#[cfg(test)]
mod tests {

    use super::super::mentions;
    use super::*;

    fn rule(pattern: &str, effect: RuleEffect) -> CandidateRule {
        CandidateRule {
            name: "rule".to_owned(),
            pattern: pattern.to_owned(),
            effect,
            enabled: true,
        }
    }

    fn applied(text: &str, given: &[CandidateRule]) -> Vec<String> {
        let compiled: Vec<_> = given.iter().map(|rule| compile(rule).unwrap()).collect();
        apply(&compiled, text, mentions(text))
            .iter()
            .map(|mention| format!("{} {}", mention.span.of(text).unwrap(), mention.role))
            .collect()
    }

    #[test]
    fn rules_add_rule_out_and_narrow() {
        let text = "一批企业共5家，服务热线12345";
        assert_eq!(
            applied(text, &[rule("(?<number>一批)企业", RuleEffect::Add)]),
            ["一批 indicator", "5家 indicator", "12345 identifier"]
        );
        assert_eq!(
            applied(text, &[rule(r"热线\d+", RuleEffect::RuleOut(Role::Identifier))]),
            ["5家 indicator", "12345 identifier"]
        );
        let mut off = rule("5家", RuleEffect::RuleOut(Role::Name));
        off.enabled = false;
        assert_eq!(applied(text, &[off])[0], "5家 indicator");
    }

    #[test]
    fn an_added_candidate_replaces_what_it_overlaps() {
        let text = "增长5家、6家";
        assert_eq!(applied(text, &[rule("5家、6家", RuleEffect::Add)]).len(), 1);
    }

    #[test]
    fn a_bad_pattern_is_pointed_at() {
        let error = compile(&rule("增长(企业", RuleEffect::Add)).unwrap_err();
        assert_eq!((error.start, error.end), (2, 3));
        let error = compile(&rule("", RuleEffect::Add)).unwrap_err();
        assert!(error.message.contains("empty"));
        let huge = compile(&rule("(\\w{900}){900}", RuleEffect::Add)).unwrap_err();
        assert!(matches!(huge, PatternError { start: 0, .. }));
        assert!(compile(&rule(&"a".repeat(5_000), RuleEffect::Add)).is_err());
    }

    #[test]
    fn a_match_lies_in_one_line_and_in_a_long_line_within_clauses() {
        let adding = |pattern: &str| [rule(pattern, RuleEffect::Add)];
        assert_eq!(applied("甲\n乙", &adding(r"甲\s*乙")), [""; 0]);
        assert_eq!(
            applied("甲乙\n甲丙", &adding("^甲.$")),
            ["甲乙 indicator", "甲丙 indicator"]
        );
        let clause = "其中重点企业若干，";
        let long = clause.repeat(1000);
        assert_eq!(applied(&long, &adding("其中.*?，")).len(), 1000);
        let places: Vec<usize> = stretches(&long).map(|(start, _)| start).collect();
        assert!(places.len() > 10 && places.iter().all(|start| start % clause.len() == 0));
        assert_eq!(
            stretches(&"一".repeat(5000))
                .map(|(_, words)| words.len())
                .sum::<usize>(),
            15_000
        );
    }

    /// Each of these looks at all that follows for each of its matches, or has very many states.
    #[test]
    fn no_pattern_takes_long() {
        let text = "增长5%，居第1位".repeat(if cfg!(debug_assertions) { 500 } else { 20_000 });
        for pattern in [
            r"(?s:.*#)|\d",
            r"(?s:.*#)|位",
            r"(a*)*b|(?:增|长|\d)+?%*#|.",
            r"[增长0-9%，居第位]{1,120}#|第",
            r"(?i)(?:\pL{1,30}\d?){1,3}#|5",
            r"(?<number>\d)(?:.{0,300}#)?",
        ] {
            let rule = rule(pattern, RuleEffect::Add);
            let start = std::time::Instant::now();
            if let Ok(rule) = compile(&rule) {
                assert!(matches(&rule, &text, usize::MAX).len() >= 500, "{pattern}");
            }
            assert!(start.elapsed().as_secs() < 30, "{pattern}: {:?}", start.elapsed());
        }
    }

    #[test]
    fn a_pattern_that_would_take_much_memory_is_refused() {
        for pattern in [r"\w{500}", r"(?:\pL{50}){50}", "(((a{100}){100}){100}){100}"] {
            let refused = compile(&rule(pattern, RuleEffect::Add)).unwrap_err();
            assert!(refused.message.contains("memory"), "{refused}");
        }
        let deep = format!("{}a{}", "(".repeat(100), ")".repeat(100));
        assert!(compile(&rule(&deep, RuleEffect::Add)).is_err());
        assert!(compile(&rule(&"a".repeat(5000), RuleEffect::Add)).is_err());
    }

    #[test]
    fn the_preview_is_limited() {
        let compiled = compile(&rule(r"\d", RuleEffect::Add)).unwrap();
        assert_eq!(matches(&compiled, "1 2 3", 2), [Span::new(0, 1), Span::new(2, 3)]);
    }
}
