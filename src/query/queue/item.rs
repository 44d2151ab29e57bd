//! One number in the queue: what speaks against what is said of it, and how much.
//!
//! Risk is the chance, in thousandths, that it is wrong as it stands. It begins with the proposal's own score, and
//! each thing that speaks against it takes its part of what is left: two reasons of 500 make 750.

use std::sync::Arc;

use super::Magnitudes;
use crate::model::{
    Change, Decision, Doubt, Evidence, Field, IndicatorId, Origin, RejectReason, Rejection, ReportId, Ruling,
    Score, Span,
};
use crate::query::checks::{self, Finding, Severity};
use crate::query::contenders::{Contest, Dispute};

/// A score below this is a reason of its own to look.
const LOW: Score = Score(700);
/// A proposal above this may be accepted at a glance.
const SURE: Score = Score(900);
/// A decision that took less, in milliseconds, was made without reading the sentence.
const GLANCE: u32 = 1000;

/// Whether the decision that a change made may have been made without reading the sentence.
pub fn is_at_a_glance(change: &Change) -> bool {
    change.after.is_some() && change.took.is_some_and(|took| took < GLANCE)
}

/// The names of those who propose something for a number.
pub type Agents = Arc<[String]>;

/// One number that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// In which report.
    pub report: ReportId,
    /// Its words. Bytes.
    pub span: Span,
    /// How likely it is wrong as it stands, 0 to 1000; 1000 only where copies of a layer disagree.
    pub risk: u16,
    /// What speaks against it, the weightiest first; empty where it is only open.
    pub kinds: Vec<Kind>,
    /// The fields that may be wrong, the most doubtful first.
    pub doubtful: Vec<Field>,
    /// Whether it has been decided on.
    pub is_decided: bool,
    /// The indicator that is decided or leads.
    pub indicator: Option<IndicatorId>,
    /// Who proposes or proposed something for it; the leader's agent first.
    pub agents: Agents,
    /// The score of the leading or accepted proposal.
    pub score: Option<Score>,
}

/// What speaks against a number as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Another copy of the layer says otherwise, and a merge could not settle it.
    Conflict,
    /// Proposals were turned down, and it is still open.
    Rejected {
        /// What was wrong with them.
        reasons: Vec<RejectReason>,
    },
    /// It is open and nobody proposes anything.
    Unproposed,
    /// A check is broken.
    Check {
        /// What contradicts what.
        kind: checks::Kind,
        /// How sure it is that something is wrong.
        severity: Severity,
        /// Whether this number is the one most likely wrong; `None` where nothing tells them apart.
        is_suspect: Option<bool>,
        /// The finding's key, by which it can be waived.
        key: String,
    },
    /// The value is about this power of ten times the indicator's others.
    Magnitude {
        /// The power of ten; negative where it is too small.
        exponent: i32,
    },
    /// Agents propose different things.
    Disagreement {
        /// What they differ in.
        disputes: Vec<Dispute>,
    },
    /// An unsure proposal was accepted faster than its sentence can be read.
    Hasty {
        /// How long it took, in milliseconds.
        took: u32,
    },
    /// The leading proposal's score is low.
    LowScore,
}

/// The name of a [`Kind`], to choose by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KindName {
    /// [`Kind::Conflict`]
    Conflict,
    /// [`Kind::Rejected`]
    Rejected,
    /// [`Kind::Unproposed`]
    Unproposed,
    /// [`Kind::Check`]
    Check,
    /// [`Kind::Magnitude`]
    Magnitude,
    /// [`Kind::Disagreement`]
    Disagreement,
    /// [`Kind::Hasty`]
    Hasty,
    /// [`Kind::LowScore`]
    LowScore,
}

impl KindName {
    /// Every name, in the order in which a person chooses among them.
    pub const ALL: &'static [Self] = &[
        Self::Conflict,
        Self::Rejected,
        Self::Check,
        Self::Magnitude,
        Self::Disagreement,
        Self::Hasty,
        Self::LowScore,
        Self::Unproposed,
    ];

    /// The word that strings and scripts use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::Rejected => "rejected",
            Self::Unproposed => "unproposed",
            Self::Check => "check",
            Self::Magnitude => "magnitude",
            Self::Disagreement => "disagreement",
            Self::Hasty => "hasty",
            Self::LowScore => "low_score",
        }
    }
}

impl Kind {
    /// Which kind it is.
    pub const fn name(&self) -> KindName {
        match self {
            Self::Conflict => KindName::Conflict,
            Self::Rejected { .. } => KindName::Rejected,
            Self::Unproposed => KindName::Unproposed,
            Self::Check { .. } => KindName::Check,
            Self::Magnitude { .. } => KindName::Magnitude,
            Self::Disagreement { .. } => KindName::Disagreement,
            Self::Hasty { .. } => KindName::Hasty,
            Self::LowScore => KindName::LowScore,
        }
    }

    /// How much it adds to the risk, in thousandths of what is left.
    fn weight(&self) -> u16 {
        match self {
            Self::Conflict => 1000,
            // What is left after a rejection may be right.
            Self::Rejected { .. } => 300,
            Self::Check {
                severity, is_suspect, ..
            } => match (severity, is_suspect) {
                (Severity::Error, Some(true)) => 700,
                (Severity::Error, None) => 450,
                (Severity::Error, Some(false)) => 200,
                (Severity::Warning, Some(true)) => 350,
                (Severity::Warning, None) => 250,
                (Severity::Warning, Some(false)) => 100,
            },
            Self::Unproposed | Self::Magnitude { .. } => 600,
            Self::Disagreement { disputes } => disputes
                .iter()
                .map(|dispute| gravity(*dispute))
                .max()
                .unwrap_or(0),
            Self::Hasty { .. } => 400,
            Self::LowScore => 0,
        }
    }
}

/// How much it speaks against a proposal that another differs in this.
const fn gravity(dispute: Dispute) -> u16 {
    match dispute {
        Dispute::Scale(_) => 600,
        Dispute::Of(Field::Value) => 500,
        Dispute::Ruling => 450,
        Dispute::Of(Field::Indicator) => 400,
        Dispute::Of(Field::Unit | Field::Measure) => 300,
        Dispute::Of(_) => 250,
        Dispute::Span => 200,
        Dispute::Reason => 100,
    }
}

/// A number's part in a finding.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit<'a> {
    pub span: Span,
    pub finding: &'a Finding,
    pub is_suspect: Option<bool>,
}

/// A number while its risk is being added up.
pub(super) struct Assessed {
    base: u16,
    kinds: Vec<Kind>,
    doubts: Doubts,
    is_decided: bool,
    indicator: Option<IndicatorId>,
    agents: Vec<String>,
    score: Option<Score>,
}

impl Assessed {
    /// An open number and what is proposed for it.
    pub fn open(contest: Option<&Contest<'_>>, usual: &Magnitudes) -> Self {
        let Some(contest) = contest else {
            return Self {
                base: 0,
                kinds: vec![Kind::Unproposed],
                doubts: Doubts::default(),
                is_decided: false,
                indicator: None,
                agents: Vec::new(),
                score: None,
            };
        };
        let leader = contest.leader;
        let mut agents = Vec::with_capacity(1 + contest.others.len());
        for suggestion in contest.all() {
            if !agents.contains(&suggestion.agent) {
                agents.push(suggestion.agent.clone());
            }
        }
        let unlikely = 1000 - leader.score.0.min(1000);
        let mut assessed = Self {
            base: if contest.is_seconded() {
                unlikely / 2
            } else {
                unlikely
            },
            kinds: Vec::new(),
            doubts: Doubts::of(&leader.doubts, &leader.reasons),
            is_decided: false,
            indicator: None,
            agents,
            score: Some(leader.score),
        };
        assessed
            .kinds
            .extend((leader.score < LOW).then_some(Kind::LowScore));
        if !contest.disputes.is_empty() {
            for dispute in &contest.disputes {
                assessed.doubts.add(dispute.field(), gravity(*dispute));
            }
            let disputes = contest.disputes.clone();
            assessed.kinds.push(Kind::Disagreement { disputes });
        }
        assessed.measure(&leader.ruling, usual);
        assessed
    }

    /// A number that was decided on; only what speaks against the decision counts. `took` is how long a person
    /// looked, in milliseconds; `None` where it was one of many or nobody knows.
    pub fn decided(decision: &Decision, took: Option<u32>, usual: &Magnitudes) -> Self {
        let unlikely = match (decision.origin, decision.score) {
            (Origin::Prediction, Some(score)) => 1000 - score.0.min(1000),
            (Origin::Prediction, None) => 500,
            (Origin::Manual | Origin::PredictionChanged, _) => 0,
        };
        let mut assessed = Self {
            // A person has seen it.
            base: unlikely / 4,
            kinds: Vec::new(),
            doubts: Doubts::default(),
            is_decided: true,
            indicator: None,
            agents: Vec::from_iter((!decision.agent.is_empty()).then(|| decision.agent.clone())),
            score: decision.score,
        };
        let is_sure = decision.score.is_some_and(|score| score >= SURE);
        if let Some(took) = took.filter(|took| *took < GLANCE)
            && decision.origin == Origin::Prediction
            && !is_sure
        {
            assessed.kinds.push(Kind::Hasty { took });
        }
        assessed.measure(&decision.ruling, usual);
        assessed
    }

    fn measure(&mut self, ruling: &Ruling, usual: &Magnitudes) {
        let Some(observation) = ruling.observation() else {
            return;
        };
        self.indicator.clone_from(&observation.indicator);
        if let Some(exponent) = usual.off(observation) {
            self.kinds.push(Kind::Magnitude { exponent });
            self.doubts.add(Some(Field::Value), 600);
            self.doubts.add(Some(Field::Unit), 200);
        }
    }

    /// Takes into account what was turned down for these words.
    pub fn reject<'a>(&mut self, rejections: impl Iterator<Item = &'a Rejection>) {
        let mut reasons: Vec<RejectReason> = rejections.map(|rejection| rejection.reason).collect();
        if reasons.is_empty() {
            return;
        }
        reasons.sort_unstable();
        reasons.dedup();
        for reason in &reasons {
            self.doubts.add(field_of_reason(*reason), 800);
        }
        if self.score.is_none() {
            self.kinds.clear();
            self.base = 900;
        }
        self.kinds.push(Kind::Rejected { reasons });
    }

    /// Takes into account what the checks found about these words.
    pub fn hit<'a>(&mut self, hits: impl Iterator<Item = &'a Hit<'a>>) {
        for hit in hits {
            let finding = hit.finding;
            if let checks::Kind::Magnitude { .. } = finding.kind {
                self.kinds.retain(|kind| !matches!(kind, Kind::Magnitude { .. }));
            }
            let kind = Kind::Check {
                kind: finding.kind.clone(),
                severity: finding.severity,
                is_suspect: hit.is_suspect,
                key: finding.key.clone(),
            };
            self.doubts
                .add(Some(field_of_finding(&finding.kind)), kind.weight());
            self.kinds.push(kind);
        }
    }

    /// The item; `None` for a decision that nothing speaks against.
    pub fn item(mut self, report: &ReportId, span: Span) -> Option<Item> {
        if self.is_decided && self.kinds.is_empty() {
            return None;
        }
        self.kinds.sort_by_key(|kind| std::cmp::Reverse(kind.weight()));
        let risk = self
            .kinds
            .iter()
            .fold(self.base, |risk, kind| either(risk, kind.weight()));
        Some(Item {
            report: report.clone(),
            span,
            risk: risk.min(999),
            kinds: self.kinds,
            doubtful: self.doubts.fields(),
            is_decided: self.is_decided,
            indicator: self.indicator,
            agents: self.agents.into(),
            score: self.score,
        })
    }
}

impl Item {
    /// A number that only a merge has something to say of.
    pub(super) fn contested(report: &ReportId, span: Span, decision: Option<&Decision>) -> Self {
        let observation = decision.and_then(|decision| decision.ruling.observation());
        let mut item = Self {
            report: report.clone(),
            span,
            risk: 0,
            kinds: Vec::new(),
            doubtful: Vec::new(),
            is_decided: decision.is_some(),
            indicator: observation.and_then(|observation| observation.indicator.clone()),
            agents: decision
                .map(|it| it.agent.clone())
                .filter(|agent| !agent.is_empty())
                .into_iter()
                .collect(),
            score: decision.and_then(|decision| decision.score),
        };
        item.contest();
        item
    }

    /// Puts it before all others: another copy of the layer says otherwise.
    pub(super) fn contest(&mut self) {
        self.risk = Kind::Conflict.weight();
        self.kinds.insert(0, Kind::Conflict);
    }
}

/// The chance of one or the other, in thousandths.
fn either(one: u16, other: u16) -> u16 {
    let (one, other) = (u32::from(one.min(1000)), u32::from(other.min(1000)));
    (one + (1000 - one) * other / 1000) as u16
}

/// How doubtful each field is.
#[derive(Default)]
struct Doubts(Vec<(Field, u16)>);

impl Doubts {
    /// What the proposal itself says of its fields, the likeliest to be wrong first.
    fn of(doubts: &[Doubt], reasons: &[Evidence]) -> Self {
        let mut all = Self::default();
        for (doubt, weight) in doubts.iter().zip((50..=150).rev().step_by(20)) {
            all.add(Some(doubt.field), weight);
        }
        let differs = reasons
            .iter()
            .any(|reason| matches!(reason, Evidence::UnitDiffers { .. }));
        all.add(differs.then_some(Field::Unit), 100);
        all
    }

    fn add(&mut self, field: Option<Field>, weight: u16) {
        let Some(field) = field else { return };
        match self.0.iter_mut().find(|(other, _)| *other == field) {
            Some((_, sum)) => *sum = sum.saturating_add(weight),
            None => self.0.push((field, weight)),
        }
    }

    fn fields(mut self) -> Vec<Field> {
        self.0
            .sort_by_key(|(field, weight)| (std::cmp::Reverse(*weight), *field));
        self.0.into_iter().map(|(field, _)| field).collect()
    }
}

const fn field_of_reason(reason: RejectReason) -> Option<Field> {
    match reason {
        RejectReason::Indicator => Some(Field::Indicator),
        RejectReason::Value => Some(Field::Value),
        RejectReason::Unit => Some(Field::Unit),
        RejectReason::Period => Some(Field::TimePeriod),
        RejectReason::Area => Some(Field::RefArea),
        RejectReason::Nature => Some(Field::ValueNature),
        RejectReason::NotAnIndicator | RejectReason::Span | RejectReason::Duplicate => None,
    }
}

/// The field that a finding speaks against first.
fn field_of_finding(kind: &checks::Kind) -> Field {
    use checks::Kind as K;
    match kind {
        K::Field(flag) => flag.field(),
        K::UnitNotAsPrinted { .. } => Field::Unit,
        K::PeriodFar { .. } | K::PeriodOutside { .. } => Field::TimePeriod,
        K::ActualTooEarly | K::TargetTooLate | K::ReachedAndAimedAt => Field::ValueNature,
        K::Impossible
        | K::Growth
        | K::Increase
        | K::Change
        | K::Gap
        | K::IncreaseAboveLevel
        | K::SharesAboveWhole
        | K::SharesOffWhole
        | K::ShareOfLevels
        | K::PartAboveTotal
        | K::PartsAboveTotal
        | K::SaidTwice
        | K::Magnitude { .. } => Field::Value,
    }
}
