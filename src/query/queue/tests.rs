use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::model::{
    Annotator, BUILT_IN, DismissReason, Doubt, Field, IndicatorId, Observation, Origin, RejectReason, Ruling,
    Score,
};
use crate::query::Flag;
use crate::query::checks::{Kind as Broken, Place, Severity, Suspect, Why};
use crate::query::contenders::Dispute;

const REPORT: &str = "r";

fn span(place: usize) -> Span {
    Span::new(place * 10, place * 10 + 5)
}

fn tagged(place: usize, agent: &str, score: u16, value: &str) -> Suggestion {
    let observation = Observation {
        indicator: Some(IndicatorId::from("gdp")),
        value: value.parse().unwrap(),
        unit: "元".to_owned(),
        ..Observation::default()
    };
    Suggestion {
        span: span(place),
        ruling: Ruling::Tagged(Box::new(observation)),
        agent: agent.to_owned(),
        score: Score(score),
        reasons: Vec::new(),
        doubts: Vec::new(),
    }
}

/// A report as the tests build it.
#[derive(Default)]
struct Desk {
    live: Vec<Suggestion>,
    imported: Vec<Suggestion>,
    layer: Layer,
    changes: Vec<Change>,
    findings: Vec<Finding>,
}

impl Desk {
    fn of(live: &[(u16, &str)]) -> Self {
        let suggestion =
            |(place, (score, value)): (usize, &(u16, &str))| tagged(place, BUILT_IN, *score, value);
        Self {
            live: live.iter().enumerate().map(suggestion).collect(),
            ..Self::default()
        }
    }

    fn accept(&mut self, place: usize, took: Option<u32>) {
        let decision = Arc::new(Decision::accepted(&self.live[place]));
        self.layer.insert(Arc::clone(&decision));
        self.changes.push(Change {
            at: 0,
            took,
            by: Annotator::from("a"),
            gesture: String::new(),
            span: span(place),
            before: None,
            after: Some(decision),
        });
    }

    fn find(&mut self, kind: Broken, severity: Severity, places: &[usize], suspect: Option<usize>) {
        let place = |place: &usize| Place {
            report: REPORT.into(),
            span: span(*place),
        };
        self.findings.push(Finding {
            kind,
            severity,
            observations: places.iter().map(place).collect(),
            suspect: suspect.map(|index| Suspect {
                index,
                why: Why::Alone,
            }),
            expected: None,
            key: "k".to_owned(),
        });
    }

    fn with<T>(&self, then: impl FnOnce(&Sheet<'_>) -> T) -> T {
        let is_open = |span: &Span| self.layer.overlapping(*span).next().is_none();
        let mut open: Vec<Span> = self.live.iter().chain(&self.imported).map(|it| it.span).collect();
        open.sort_unstable();
        open.dedup();
        open.retain(is_open);
        then(&Sheet {
            report: &REPORT.into(),
            live: &self.live,
            imported: &self.imported,
            layer: Some(&self.layer),
            open: &open,
            changes: &self.changes,
        })
    }

    fn queue(&self) -> Queue {
        self.with(|sheet| Queue::default().with(&[REPORT.into()], assess(&[*sheet], &self.findings)))
    }
}

fn items<'q>(queue: &'q Queue, filter: &Filter) -> Vec<&'q Item> {
    let tickets = queue.list(filter).into_iter();
    tickets.map(|ticket| queue.item(ticket).unwrap()).collect()
}

/// Places and names of kinds, in the order of the queue.
fn shown(queue: &Queue, filter: &Filter) -> Vec<String> {
    let names = |item: &Item| {
        item.kinds
            .iter()
            .map(|kind| kind.name().code())
            .collect::<Vec<_>>()
            .join("+")
    };
    let line = |item: &Item| {
        format!("{} {}", item.span.start / 10, names(item))
            .trim_end()
            .to_owned()
    };
    items(queue, filter).into_iter().map(line).collect()
}

#[test]
fn open_numbers_come_by_risk_and_decided_ones_only_with_a_reason() {
    let mut desk = Desk::of(&[(950, "1"), (400, "2"), (800, "3"), (990, "4"), (600, "5")]);
    desk.accept(4, Some(4000));
    assert_eq!(
        shown(&desk.queue(), &Filter::default()),
        ["1 low_score", "2", "0", "3"]
    );
    desk.find(Broken::SaidTwice, Severity::Error, &[3, 4], Some(1));
    let queue = desk.queue();
    assert_eq!(
        shown(&queue, &Filter::default()),
        ["4 check", "1 low_score", "3 check", "2", "0"]
    );
    let item = queue.at(&REPORT.into(), span(4)).unwrap();
    assert_eq!(
        (item.doubtful.as_slice(), item.is_decided),
        (&[Field::Value][..], true)
    );
}

#[test]
fn agents_that_differ_raise_the_risk_and_one_that_agrees_lowers_it() {
    let mut desk = Desk::of(&[(800, "120000000"), (800, "120000000"), (800, "120000000")]);
    desk.imported = vec![tagged(1, "m", 700, "12000"), tagged(2, "m", 700, "120000000")];
    desk.live[1].doubts = vec![Doubt {
        field: Field::RefArea,
        alternative: "市".to_owned(),
    }];
    let queue = desk.queue();
    let items = items(&queue, &Filter::default());
    let risks: Vec<u16> = items.iter().map(|item| item.risk).collect();
    assert_eq!(risks, [680, 200, 100]);
    let disputes = vec![Dispute::Scale(4)];
    assert_eq!(items[0].kinds, [Kind::Disagreement { disputes }]);
    assert_eq!(items[0].doubtful, [Field::Value, Field::RefArea]);
    assert_eq!(*items[0].agents, [BUILT_IN, "m"]);
}

#[test]
fn a_value_of_another_magnitude_stands_out() {
    let cases = [
        ("41000", vec![Kind::Magnitude { exponent: 3 }]),
        ("0.0043", vec![Kind::Magnitude { exponent: -4 }]),
        ("-430000", vec![Kind::Magnitude { exponent: 4 }]),
        ("4300", vec![]),
        ("0", vec![]),
    ];
    for (value, kinds) in cases {
        let mut desk = Desk::of(&[(900, "40"), (900, "41"), (900, "42"), (900, "38"), (900, value)]);
        desk.accept(1, Some(5000));
        let queue = desk.queue();
        assert_eq!(queue.at(&REPORT.into(), span(4)).unwrap().kinds, kinds, "{value}");
        assert_eq!(queue.len(), 4, "{value}");
    }
}

#[test]
fn an_unsure_proposal_accepted_at_a_glance_comes_back() {
    let cases = [
        (700, Some(400), true),
        (700, Some(1000), false),
        (700, None, false),
        (950, Some(400), false),
    ];
    for (score, took, comes_back) in cases {
        let mut desk = Desk::of(&[(score, "1")]);
        desk.accept(0, took);
        assert_eq!(!desk.queue().is_empty(), comes_back, "{score} {took:?}");
        // What a person typed, or accepted again after a longer look, does not.
        let typed = Decision::manual(span(0), Ruling::Dismissed(DismissReason::Name));
        desk.layer.insert(Arc::new(typed));
        assert!(desk.queue().is_empty());
        desk.accept(0, Some(3000));
        assert!(desk.queue().is_empty());
    }
}

#[test]
fn conflicts_come_first_and_what_was_rejected_stays_until_it_is_decided() {
    let mut desk = Desk::of(&[(100, "1"), (900, "2"), (900, "3"), (900, "4")]);
    desk.imported = vec![tagged(2, "m", 850, "5")];
    desk.accept(3, Some(9000));
    for place in [1, 2] {
        desk.layer
            .reject(span(place), BUILT_IN, Some(RejectReason::Period));
    }
    let theirs = Decision::manual(span(3), Ruling::Dismissed(DismissReason::Name));
    desk.layer.contest(span(3), Some(Arc::new(theirs)));
    let queue = desk.queue();
    assert_eq!(
        shown(&queue, &Filter::default()),
        ["3 conflict", "1 rejected", "0 low_score", "2 rejected"]
    );
    let rejected = queue.at(&REPORT.into(), span(1)).unwrap();
    assert_eq!(rejected.doubtful, [Field::TimePeriod]);
    assert_eq!(queue.at(&REPORT.into(), span(3)).unwrap().risk, 1000);
    desk.layer.contest(
        Span::new(200, 205),
        Some(Arc::new(Decision::manual(
            Span::new(200, 205),
            Ruling::Dismissed(DismissReason::Name),
        ))),
    );
    assert_eq!(shown(&desk.queue(), &Filter::default())[1], "20 conflict");
}

#[test]
fn filters_choose_and_decisions_change_what_is_left() {
    let mut desk = Desk::of(&[(500, "1"), (900, "2"), (700, "3"), (650, "4")]);
    desk.imported = vec![tagged(1, "m", 300, "9"), tagged(7, "m", 450, "9")];
    desk.find(Broken::Field(Flag::PeriodForm), Severity::Warning, &[2], Some(0));
    desk.accept(3, Some(100));
    let queue = desk.queue();
    let filter = Filter::default;
    let cases: Vec<(Filter, &[usize])> = vec![
        (filter(), &[0, 1, 2, 3, 7]),
        (
            Filter {
                state: State::Open,
                ..filter()
            },
            &[0, 1, 2, 7],
        ),
        (
            Filter {
                state: State::Decided,
                ..filter()
            },
            &[3],
        ),
        (
            Filter {
                agent: Some("m".to_owned()),
                ..filter()
            },
            &[1, 7],
        ),
        (
            Filter {
                scores: Some(Score(500)..=Score(700)),
                ..filter()
            },
            &[0, 2, 3],
        ),
        (
            Filter {
                kind: Some(KindName::Check),
                ..filter()
            },
            &[2],
        ),
        (
            Filter {
                kind: Some(KindName::Hasty),
                ..filter()
            },
            &[3],
        ),
        (
            Filter {
                indicator: Some("gdp".into()),
                kind: Some(KindName::Disagreement),
                ..filter()
            },
            &[1],
        ),
        (
            Filter {
                indicator: Some("rd".into()),
                ..filter()
            },
            &[],
        ),
        (
            Filter {
                report: Some("s".into()),
                ..filter()
            },
            &[],
        ),
    ];
    for (filter, expected) in cases {
        let mut places: Vec<usize> = items(&queue, &filter)
            .iter()
            .map(|item| item.span.start / 10)
            .collect();
        places.sort_unstable();
        assert_eq!(places, expected, "{filter:?}");
    }
    desk.accept(0, Some(2000));
    desk.layer.remove(span(3));
    let queue = desk.queue();
    assert_eq!(
        queue.at(&REPORT.into(), span(3)).map(|item| item.is_decided),
        Some(false)
    );
    assert_eq!(queue.at(&REPORT.into(), span(0)), None);
    assert_eq!(Decision::accepted(&desk.live[0]).origin, Origin::Prediction);
}

proptest! {
    /// Whatever part is assessed first, and however often, the queue is the one of the last word on each report.
    #[test]
    fn parts_come_to_the_same_queue_in_any_order(
        parts in prop::collection::vec((0usize..5, prop::collection::vec(0u16..1000, 0..4)), 0..12),
        first in 0usize..5,
    ) {
        let id = |number: usize| ReportId::from(format!("r{number}").as_str());
        let reports: Vec<ReportId> = (0..5).map(id).collect();
        let items_of = |scores: &[u16]| -> Vec<(ReportId, Items)> {
            let scores: Vec<(u16, &str)> = scores.iter().map(|score| (*score, "1")).collect();
            Desk::of(&scores).with(|sheet| assess(&[*sheet], &[]))
        };
        let mut last: BTreeMap<usize, Items> = BTreeMap::new();
        // Some reports are known before there are others.
        let mut queue = Queue::default().with(&reports[first..], Vec::new());
        for (number, scores) in &parts {
            let items = Arc::clone(&items_of(scores)[0].1);
            last.insert(*number, Arc::clone(&items));
            queue = queue.with(&reports, vec![(id(*number), items)]);
        }
        let whole = last.into_iter().map(|(number, items)| (id(number), items)).collect();
        let whole = Queue::default().with(&reports, whole);
        let all = Filter::default();
        prop_assert_eq!(queue.with(&reports, Vec::new()).list(&all), whole.list(&all));
        prop_assert_eq!(items(&queue, &all), items(&whole, &all));
        let listed = whole.list(&all);
        for (place, ticket) in listed.iter().enumerate() {
            let span = whole.item(*ticket).unwrap().span;
            let mut found = reports.iter().filter_map(|report| whole.place_in(&listed, report, span));
            prop_assert!(found.any(|found| found == place));
        }
    }
}
