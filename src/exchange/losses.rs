//! What a format cannot carry, and how much of a project that takes away.

use std::fmt;

use crate::model::{Decision, Layer, Observation, Origin, Report, Ruling};

/// Something that stays behind in an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Loss {
    /// An observation's fields, all but its catalogue entry.
    Fields,
    /// Where the words stand that name the indicator.
    NameSpan,
    /// Whether a decision was proposed, by whom and how surely.
    Origin,
    /// What had been proposed before a change, and how a curated decision came about.
    Before,
    /// Proposals that were turned down.
    Rejections,
    /// What a merge could not settle.
    Conflicts,
    /// The report's issuer, date, area and period.
    Metadata,
    /// The report's text: only the words themselves and a few beside them are written.
    Text,
    /// Spaces and line breaks.
    Spacing,
    /// Words that were said to be no value.
    Dismissals,
}

impl Loss {
    /// What stays behind, in English; its number is said before it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Fields => "observations without their fields, only with their indicator",
            Self::NameSpan => "indicators' names without their place",
            Self::Origin => "decisions without who proposed them and how surely",
            Self::Before => "decisions without what had been proposed, or how they were curated",
            Self::Rejections => "rejected proposals",
            Self::Conflicts => "conflicts of a merge",
            Self::Metadata => "reports without issuer, date, area and period",
            Self::Text => "reports without their text",
            Self::Spacing => "reports without their spaces and line breaks",
            Self::Dismissals => "dismissed numbers",
        }
    }

    /// Takes from a decision what stays behind: what comes back in is like what is left.
    pub fn take_from(self, decision: &mut Decision) {
        match self {
            Self::Fields => {
                if let Ruling::Tagged(observation) = &mut decision.ruling {
                    **observation = Observation {
                        indicator: observation.indicator.clone(),
                        indicator_span: observation.indicator_span,
                        ..Observation::default()
                    };
                }
            }
            Self::NameSpan => {
                if let Ruling::Tagged(observation) = &mut decision.ruling {
                    observation.indicator_span = None;
                }
            }
            Self::Origin => {
                decision.origin = Origin::Manual;
                decision.agent.clear();
                decision.score = None;
            }
            Self::Before => {
                decision.proposed = None;
                decision.provenance = None;
            }
            Self::Rejections
            | Self::Conflicts
            | Self::Metadata
            | Self::Text
            | Self::Spacing
            | Self::Dismissals => {}
        }
    }

    /// Whether a decision with this ruling is written at all.
    pub const fn keeps(self, ruling: &Ruling) -> bool {
        !matches!((self, ruling), (Self::Dismissals, Ruling::Dismissed(_)))
    }

    /// How often this loss strikes in one layer of a report.
    fn count(self, report: &Report, layer: &Layer) -> usize {
        match self {
            Self::Rejections => layer.rejections().count(),
            Self::Conflicts => layer.conflicts().count(),
            Self::Metadata => {
                let said = [&report.issuer, &report.date, &report.area, &report.period];
                usize::from(said.iter().any(|words| !words.is_empty()))
            }
            Self::Text | Self::Spacing => 1,
            Self::Dismissals => layer
                .iter()
                .filter(|decision| !self.keeps(&decision.ruling))
                .count(),
            Self::Fields | Self::NameSpan | Self::Origin | Self::Before => {
                let is_struck = |decision: &Decision| {
                    let mut left = decision.clone();
                    self.take_from(&mut left);
                    left != *decision
                };
                layer.iter().filter(|decision| is_struck(decision)).count()
            }
        }
    }
}

/// How often each loss of a format has struck in an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses(pub Vec<(Loss, usize)>);

impl Losses {
    /// None yet.
    pub fn of(losses: &[Loss]) -> Self {
        Self(losses.iter().map(|loss| (*loss, 0)).collect())
    }

    /// Counts what one layer of a report loses.
    pub fn add(&mut self, report: &Report, layer: &Layer) {
        for (loss, count) in &mut self.0 {
            *count += loss.count(report, layer);
        }
    }

    /// The losses that have struck, each with how often.
    pub fn iter(&self) -> impl Iterator<Item = (Loss, usize)> {
        self.0.iter().copied().filter(|(_, count)| *count > 0)
    }

    /// Whether everything was carried.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, count)| *count == 0)
    }
}

impl fmt::Display for Losses {
    /// One line a loss that has struck: `12 rejected proposals`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self
            .iter()
            .map(|(loss, count)| format!("{count} {}", loss.words()))
            .collect();
        f.write_str(&lines.join("\n"))
    }
}
