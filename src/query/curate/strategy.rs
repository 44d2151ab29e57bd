//! Choosing where no person does.

use super::difference::same_on;
use super::{Case, Point, State, Verdict};
use crate::model::{Decision, Ruling};

/// How cases that differ are chosen by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// They are not: only what is equal is merged.
    Unanimous,
    /// What more than half say, point by point; of three annotators or more.
    Majority,
    /// What this annotator says, by the place of the layer.
    Prefer(usize),
}

impl Strategy {
    /// The verdict on a case that differs; `None` where a person has to choose.
    ///
    /// Words that the preferred annotator, or the majority, left open stay open: they may not have looked.
    pub fn verdict(self, case: &Case) -> Option<Verdict> {
        let State::Differs(_) = case.state else {
            return None;
        };
        match self {
            Self::Unanimous => None,
            Self::Majority => majority(case),
            Self::Prefer(side) => {
                case.readings.get(side)?.as_ref()?;
                Some(Verdict::whole(case, side))
            }
        }
    }
}

fn majority(case: &Case) -> Option<Verdict> {
    if case.readings.len() < 3 {
        return None;
    }
    let mut verdict = Verdict::of(case);
    // Who leaves the words open has a vote on whether they are tagged.
    let ruled = most(case, Point::Ruling, case.readings.len(), |_| true)?;
    verdict.take(case, Point::Ruling, ruled);
    let ruled = case.readings.get(ruled)?.as_ref()?;
    let is_voter = |reading: &Decision| same_on(Point::Ruling, ruled, reading);
    let voters = case.given().filter(|reading| is_voter(reading)).count();
    let is_tagged = matches!(ruled.ruling, Ruling::Tagged(_));
    let open: Vec<Point> = verdict.open().collect();
    for point in open
        .into_iter()
        .filter(|point| is_tagged || *point == Point::Edges)
    {
        let side = most(case, point, voters, is_voter)?;
        verdict.take(case, point, side);
    }
    verdict.is_complete().then_some(verdict)
}

/// The first reading that more than half of `voters` agree with on a point.
fn most(case: &Case, point: Point, voters: usize, is_voter: impl Fn(&Decision) -> bool) -> Option<usize> {
    let says_same = |one: &Decision| {
        let same = case
            .given()
            .filter(|other| is_voter(other) && same_on(point, one, other));
        same.count() * 2 > voters
    };
    let is_most = |reading: &Option<_>| {
        let reading: Option<&Decision> = reading.as_ref().map(std::sync::Arc::as_ref);
        reading.is_some_and(|reading| is_voter(reading) && says_same(reading))
    };
    case.readings.iter().position(is_most)
}
