//! What several agents propose for one number: which proposal leads, and on what they differ.
//!
//! The numbers are those that the built-in extractor proposes something for; another agent's proposal belongs to
//! the one that it shares most bytes with, or to a number of its own. The best proposal leads, unless its words
//! would take a neighbour's away.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::agreement::{ValueMatch, base_unit, compare_values};
use crate::model::{BUILT_IN, Decision, Field, Layer, Observation, Ruling, Span, Suggestion};

/// What is proposed for one number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contest<'a> {
    /// The proposal that stands ready; the leaders of a report do not overlap.
    pub leader: &'a Suggestion,
    /// The other proposals, the best first.
    pub others: Vec<&'a Suggestion>,
    /// What at least one of the others says otherwise than the leader.
    pub disputes: Vec<Dispute>,
}

/// What two proposals for one number differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dispute {
    /// One says that it is an indicator's value, one that it is not.
    Ruling,
    /// The values are apart by this power of ten, which is one of a magnitude.
    Scale(u32),
    /// A field; the value by its exact worth, the indicator by its id or else by its words.
    Of(Field),
    /// Where the words begin and end.
    Span,
    /// Why it is no value.
    Reason,
}

impl Dispute {
    /// The field that a person should look at.
    pub const fn field(self) -> Option<Field> {
        match self {
            Self::Scale(_) => Some(Field::Value),
            Self::Of(field) => Some(field),
            Self::Ruling | Self::Span | Self::Reason => None,
        }
    }
}

impl<'a> Contest<'a> {
    fn of(leader: &'a Suggestion, others: Vec<&'a Suggestion>) -> Self {
        let mut disputes: Vec<Dispute> = others.iter().flat_map(|other| disputes(leader, other)).collect();
        disputes.sort_unstable();
        disputes.dedup();
        Self {
            leader,
            others,
            disputes,
        }
    }

    /// All proposals, the leader first.
    pub fn all(&self) -> impl Iterator<Item = &'a Suggestion> {
        std::iter::once(self.leader).chain(self.others.iter().copied())
    }

    /// Whether another agent says the same as the leader in everything.
    pub fn is_seconded(&self) -> bool {
        let seconds =
            |other: &&Suggestion| other.agent != self.leader.agent && disputes(self.leader, other).is_empty();
        self.others.iter().any(seconds)
    }
}

/// Groups a report's proposals by the number that they are about, in the order of the text.
///
/// `live` is what the built-in extractor proposes now, sorted and without overlaps; `imported` is what is stored,
/// of which that agent's own, older proposals do not count. What the layer rejects is left out.
/// Takes O(n log n) for n proposals, O(n) where nothing is imported.
pub fn contests<'a>(
    live: &'a [Suggestion],
    imported: &'a [Suggestion],
    layer: Option<&Layer>,
) -> Vec<Contest<'a>> {
    let is_rejected = rejected_by(layer);
    let stands = |suggestion: &&Suggestion| !suggestion.span.is_empty() && !is_rejected(suggestion);
    let live_stand = live.iter().filter(&stands);
    let mut imported: Vec<&Suggestion> = imported
        .iter()
        .filter(|suggestion| live.is_empty() || suggestion.agent != BUILT_IN)
        .filter(&stands)
        .collect();
    if imported.is_empty() {
        return live_stand.map(|leader| Contest::of(leader, Vec::new())).collect();
    }
    imported.sort_by_key(|suggestion| rank(suggestion));
    let mut numbers: Numbers<'a> = live_stand
        .map(|suggestion| (suggestion.span, vec![suggestion]))
        .collect();
    for suggestion in imported {
        match closest(&numbers, suggestion.span) {
            Some(number) => numbers.entry(number).or_default().push(suggestion),
            None => {
                numbers.insert(suggestion.span, vec![suggestion]);
            }
        }
    }
    led(&numbers)
}

/// The contest whose leader shares a byte with `span`, without a look at the whole report's text.
///
/// Takes O(log n) for n live proposals and a pass over the imported ones.
pub fn contest_at<'a>(
    live: &'a [Suggestion],
    imported: &'a [Suggestion],
    layer: Option<&Layer>,
    span: Span,
) -> Option<Contest<'a>> {
    let mut area = span;
    let near = loop {
        let from = live.partition_point(|suggestion| suggestion.span.end <= area.start);
        let to = live.partition_point(|suggestion| suggestion.span.start < area.end);
        let near = live.get(from..to).unwrap_or_default();
        let touching = imported
            .iter()
            .filter(|suggestion| suggestion.span.overlaps(area));
        let wider = touching.chain(near).fold(area, |area, suggestion| {
            let Span { start, end } = suggestion.span;
            Span::new(area.start.min(start), area.end.max(end))
        });
        if wider == area {
            break near;
        }
        area = wider;
    };
    // Those of the agent that is live are told by `live` being there, so one is kept where none is near.
    let live = if near.is_empty() {
        live.get(..1).unwrap_or_default()
    } else {
        near
    };
    let from = imported.partition_point(|suggestion| suggestion.span.start < area.start);
    let to = imported.partition_point(|suggestion| suggestion.span.start < area.end);
    let contests = contests(live, imported.get(from..to).unwrap_or_default(), layer);
    let shared = |contest: &Contest<'_>| shared(contest.leader.span, span);
    contests
        .into_iter()
        .filter(|contest| shared(contest) > 0)
        .max_by_key(shared)
}

/// What [`super::Marks`] takes: each contest's leader, sorted and without overlaps.
///
/// Where nothing is imported or rejected this is `live` itself and costs nothing.
pub fn leading(
    live: &Arc<[Suggestion]>,
    imported: &[Suggestion],
    layer: Option<&Layer>,
) -> Arc<[Suggestion]> {
    let has_rejections = layer.is_some_and(|layer| layer.rejections().next().is_some());
    if imported.is_empty() && !has_rejections {
        return Arc::clone(live);
    }
    let contests = contests(live, imported, layer);
    contests
        .into_iter()
        .map(|contest| contest.leader.clone())
        .collect()
}

/// The layer as it would be if every leading proposal for an open number were accepted as it stands.
///
/// With it the checks can look at proposals before anybody has accepted them.
pub fn if_accepted(layer: Option<&Layer>, leading: &[Suggestion]) -> Layer {
    let mut accepted = layer.cloned().unwrap_or_default();
    for suggestion in leading {
        if accepted.overlapping(suggestion.span).next().is_none() {
            accepted.insert(Arc::new(Decision::accepted(suggestion)));
        }
    }
    accepted
}

/// Proposals by the span of the number they are about, whose own proposal comes first; no two spans overlap.
type Numbers<'a> = BTreeMap<Span, Vec<&'a Suggestion>>;

/// The order of merit, in which the built-in extractor goes before others as good.
fn rank(suggestion: &Suggestion) -> (Reverse<u16>, bool, Span, &str) {
    let is_other = suggestion.agent != BUILT_IN;
    (
        Reverse(suggestion.score.0),
        is_other,
        suggestion.span,
        &suggestion.agent,
    )
}

/// Tells what the layer rejects; most layers reject nothing, and are then not asked for each proposal.
fn rejected_by(layer: Option<&Layer>) -> impl Fn(&Suggestion) -> bool {
    let layer = layer.filter(|layer| layer.rejections().next().is_some());
    move |suggestion| layer.is_some_and(|layer| layer.rejection(suggestion.span, &suggestion.agent).is_some())
}

/// The numbers that share a byte with `span`, the last first.
fn touched<'n>(numbers: &'n Numbers<'_>, span: Span) -> impl Iterator<Item = Span> + 'n {
    let behind = Span {
        start: span.end,
        end: 0,
    };
    let before = numbers.range(..behind).rev().map(|(number, _)| *number);
    before.take_while(move |number| number.end > span.start)
}

fn closest(numbers: &Numbers<'_>, span: Span) -> Option<Span> {
    touched(numbers, span).max_by_key(|number| {
        (
            shared(*number, span),
            Reverse(number.len()),
            Reverse(number.start),
        )
    })
}

fn shared(one: Span, other: Span) -> usize {
    one.end.min(other.end).saturating_sub(one.start.max(other.start))
}

/// Chooses each number's leader: the best whose words leave the neighbours theirs.
fn led<'a>(numbers: &Numbers<'a>) -> Vec<Contest<'a>> {
    let mut contests = Vec::with_capacity(numbers.len());
    let mut taken_to = 0;
    for (number, proposals) in numbers {
        let mut ranked = proposals.clone();
        ranked.sort_by_key(|suggestion| rank(suggestion));
        // The number's own span always fits: no leader before reaches into another number.
        let fits = |suggestion: &&Suggestion| {
            let span = suggestion.span;
            span == *number || span.start >= taken_to && touched(numbers, span).all(|other| other == *number)
        };
        let place = ranked.iter().position(fits).unwrap_or(0);
        let leader = ranked.remove(place);
        taken_to = leader.span.end;
        contests.push(Contest::of(leader, ranked));
    }
    contests
}

/// What two proposals differ in; what one of them leaves empty is not in dispute.
fn disputes(one: &Suggestion, other: &Suggestion) -> Vec<Dispute> {
    let mut disputes = Vec::new();
    match (&one.ruling, &other.ruling) {
        (Ruling::Tagged(one), Ruling::Tagged(other)) => observation_disputes(one, other, &mut disputes),
        (Ruling::Dismissed(one), Ruling::Dismissed(other)) => {
            disputes.extend((one != other).then_some(Dispute::Reason));
        }
        _ => disputes.push(Dispute::Ruling),
    }
    if one.span != other.span {
        disputes.push(Dispute::Span);
    }
    disputes
}

fn observation_disputes(one: &Observation, other: &Observation, disputes: &mut Vec<Dispute>) {
    match compare_values(one, other) {
        ValueMatch::Same => {}
        ValueMatch::Scale(power) => disputes.push(Dispute::Scale(power)),
        ValueMatch::Sign | ValueMatch::Different => disputes.push(Dispute::Of(Field::Value)),
    }
    let differ = |one: &str, other: &str| !one.is_empty() && !other.is_empty() && one != other;
    let is_named_otherwise = match (&one.indicator, &other.indicator) {
        (Some(one), Some(other)) => one != other,
        _ => differ(&one.indicator_text, &other.indicator_text),
    };
    let fields = [
        (Field::Indicator, is_named_otherwise),
        (Field::Unit, differ(base_unit(&one.unit), base_unit(&other.unit))),
        (Field::Measure, one.measure != other.measure),
        (Field::TimePeriod, differ(&one.time_period, &other.time_period)),
        (Field::RefArea, differ(&one.ref_area, &other.ref_area)),
        (Field::RefScope, differ(&one.ref_scope, &other.ref_scope)),
        (Field::ValueNature, one.value_nature != other.value_nature),
        (Field::Comparator, one.comparator != other.comparator),
    ];
    let differing = fields.into_iter().filter(|(_, differs)| *differs);
    disputes.extend(differing.map(|(field, _)| Dispute::Of(field)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DismissReason, IndicatorId, RejectReason, Score, Value};

    fn tagged(start: usize, end: usize, agent: &str, score: u16) -> Suggestion {
        let observation = Observation {
            indicator: Some(IndicatorId::from("gdp")),
            value: "120000000".parse::<Value>().unwrap(),
            unit: "元".to_owned(),
            time_period: "2024".to_owned(),
            ..Observation::default()
        };
        Suggestion {
            span: Span::new(start, end),
            ruling: Ruling::Tagged(Box::new(observation)),
            agent: agent.to_owned(),
            score: Score(score),
            reasons: Vec::new(),
            doubts: Vec::new(),
        }
    }

    fn with(mut suggestion: Suggestion, field: Field, words: &str) -> Suggestion {
        if let Ruling::Tagged(observation) = &mut suggestion.ruling {
            observation.set_words(field, words).unwrap();
        }
        suggestion
    }

    fn shown(contests: &[Contest<'_>]) -> Vec<String> {
        let word = |it: &Suggestion| format!("{}{}-{}", it.agent, it.span.start, it.span.end);
        let line = |contest: &Contest<'_>| contest.all().map(word).collect::<Vec<_>>().join(" ");
        contests.iter().map(line).collect()
    }

    #[test]
    fn proposals_for_one_number_come_together_and_the_best_leads() {
        type Proposals<'a> = &'a [(usize, usize, &'a str, u16)];
        let cases: &[(Proposals<'_>, Proposals<'_>, &[&str])] = &[
            (&[(0, 3, BUILT_IN, 600)], &[], &["built-in0-3"]),
            (
                &[(0, 3, BUILT_IN, 600)],
                &[(0, 3, "m", 700)],
                &["m0-3 built-in0-3"],
            ),
            // As good: our own first.
            (
                &[(0, 3, BUILT_IN, 600)],
                &[(0, 3, "m", 600)],
                &["built-in0-3 m0-3"],
            ),
            // Words that are no number of ours.
            (
                &[(0, 3, BUILT_IN, 600)],
                &[(5, 7, "m", 10)],
                &["built-in0-3", "m5-7"],
            ),
            // The built-in extractor's older proposals do not count beside those of now.
            (
                &[(0, 3, BUILT_IN, 600)],
                &[(0, 4, BUILT_IN, 900)],
                &["built-in0-3"],
            ),
            (&[], &[(0, 4, BUILT_IN, 900)], &["built-in0-4"]),
            // Better, but over two numbers: it would take one away.
            (
                &[(0, 3, BUILT_IN, 600), (4, 9, BUILT_IN, 500)],
                &[(0, 9, "m", 990)],
                &["built-in0-3", "built-in4-9 m0-9"],
            ),
            // Two better ones between two numbers, which overlap each other.
            (
                &[(0, 3, BUILT_IN, 600), (10, 13, BUILT_IN, 500)],
                &[(0, 7, "m", 990), (6, 13, "n", 980)],
                &["m0-7 built-in0-3", "built-in10-13 n6-13"],
            ),
            // Several of one agent.
            (
                &[],
                &[(2, 5, "m", 300), (2, 5, "m", 500), (3, 5, "m", 400)],
                &["m2-5 m3-5 m2-5"],
            ),
            (&[], &[(2, 2, "m", 300)], &[]),
        ];
        for (live, imported, expected) in cases {
            let make = |all: Proposals<'_>| -> Vec<Suggestion> {
                all.iter()
                    .map(|&(start, end, agent, score)| tagged(start, end, agent, score))
                    .collect()
            };
            let (live, imported) = (make(live), make(imported));
            let contests = contests(&live, &imported, None);
            assert_eq!(shown(&contests), *expected);
            for contest in &contests {
                let found = contest_at(&live, &imported, None, contest.leader.span);
                assert_eq!(found.as_ref(), Some(contest));
            }
        }
    }

    #[test]
    fn what_differs_is_named_and_what_is_left_out_does_not() {
        let ours = || tagged(0, 3, BUILT_IN, 900);
        let theirs = || tagged(0, 3, "m", 500);
        let dismissed = |reason, score| Suggestion {
            ruling: Ruling::Dismissed(reason),
            score: Score(score),
            ..theirs()
        };
        let in_wan = with(with(theirs(), Field::Value, "12000"), Field::Unit, "万元");
        let cases = [
            (ours(), theirs(), vec![]),
            (ours(), in_wan, vec![]),
            (ours(), with(theirs(), Field::TimePeriod, ""), vec![]),
            (ours(), with(theirs(), Field::Indicator, ""), vec![]),
            (
                ours(),
                with(theirs(), Field::Indicator, "rd"),
                vec![Dispute::Of(Field::Indicator)],
            ),
            (
                ours(),
                with(theirs(), Field::Value, "12000"),
                vec![Dispute::Scale(4)],
            ),
            (
                ours(),
                with(theirs(), Field::Value, "7"),
                vec![Dispute::Of(Field::Value)],
            ),
            (
                ours(),
                with(theirs(), Field::TimePeriod, "2023"),
                vec![Dispute::Of(Field::TimePeriod)],
            ),
            (ours(), tagged(0, 4, "m", 1), vec![Dispute::Span]),
            (ours(), dismissed(DismissReason::Date, 1), vec![Dispute::Ruling]),
            (
                dismissed(DismissReason::Date, 900),
                dismissed(DismissReason::Name, 1),
                vec![Dispute::Reason],
            ),
        ];
        for (ours, theirs, expected) in cases {
            let (live, imported) = ([ours], [theirs]);
            let contests = contests(&live, &imported, None);
            assert_eq!(contests[0].disputes, expected, "{:?}", imported[0]);
            let seconded = expected.is_empty();
            assert_eq!(contests[0].is_seconded(), seconded);
        }
    }

    #[test]
    fn what_was_rejected_no_longer_leads() {
        let live: Arc<[Suggestion]> = [tagged(0, 3, BUILT_IN, 900), tagged(4, 6, BUILT_IN, 800)].into();
        let imported = [tagged(0, 3, "m", 500)];
        assert!(Arc::ptr_eq(&leading(&live, &[], Some(&Layer::default())), &live));
        let mut layer = Layer::default();
        layer.reject(Span::new(0, 3), BUILT_IN, Some(RejectReason::Value));
        assert_eq!(
            shown(&contests(&live, &imported, Some(&layer))),
            ["m0-3", "built-in4-6"]
        );
        layer.reject(Span::new(0, 3), "m", Some(RejectReason::Value));
        let leading = leading(&live, &imported, Some(&layer));
        assert_eq!(leading.len(), 1);
        assert_eq!(contest_at(&live, &imported, Some(&layer), Span::new(0, 3)), None);
        let accepted = if_accepted(Some(&layer), &leading);
        assert_eq!(accepted.len(), 1);
        assert_eq!(accepted.rejections().count(), 2);
    }
}
