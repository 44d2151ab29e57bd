//! Which period a value is for, and whether it was reached, is expected or aimed at.
//!
//! Pure. The value's own words decide, then those of the values before it in the sentence, then the section.

use super::clause::Joint;
use super::cues::{Cue, DEED_ENDS, DEEDS, DEEDS_INSIDE, STANDING};
use super::measure::{self, Measured};
use super::name::{How, Phrase};
use super::period::{self, Epoch};
use super::sentence::{Here, Reach, Sentence, State, is_carried};
use crate::model::{Measure, Span, ValueNature, ValueType};

/// Words that make targets of what follows them in a review.
const AIMS: &[&str] = &["目标是", "目标为", "目标：", "目标:", "目标任务是", "预期目标"];

/// Verbs behind a counted noun that tell what it is at the end of a period, not what was done in it.
const STATES: &[&str] = &["达到", "进入", "迈入", "跻身", "位列", "入围", "超过", "步入"];

impl Sentence<'_> {
    pub(super) fn nature(
        &self,
        phrase: &Phrase,
        here: &Here<'_>,
        state: &mut State,
    ) -> (ValueNature, &'static str) {
        let cues = &phrase.cues;
        let lead = here.clause.lead.of(self.text).unwrap_or_default();
        let letters = here.clause.letters;
        if let Some(aim) = (letters.may_have(['目']) && lead.contains("目标"))
            .then(|| AIMS.iter().find(|aim| lead.contains(**aim)))
            .flatten()
        {
            state.nature = Some((ValueNature::Target, *aim));
            return (ValueNature::Target, aim);
        }
        if cues.words(Cue::Plan) == "任务" {
            return (ValueNature::Target, "任务");
        }
        let starts = cues.has(Cue::From) && self.section.nature == ValueNature::Actual;
        if starts || self.is_origin(here) {
            // 预计由900家增加到1500家: the word is of what the move leads to.
            let word = cues.first_of(&[Cue::Estimate]).map(|_| cues.words(Cue::Estimate));
            if let Some(word) = word.filter(|_| self.section.nature == ValueNature::Actual) {
                state.nature = Some((ValueNature::Estimate, word));
            }
            return (ValueNature::Actual, "");
        }
        let own = match cues.first_of(&[Cue::Plan, Cue::Estimate, Cue::Done]) {
            Some(Cue::Plan) => Some((ValueNature::Target, cues.words(Cue::Plan))),
            Some(Cue::Estimate) if self.section.nature == ValueNature::Actual => {
                Some((ValueNature::Estimate, cues.words(Cue::Estimate)))
            }
            Some(Cue::Done) => Some((ValueNature::Actual, cues.words(Cue::Done))),
            _ => None,
        };
        let own = own.or_else(|| self.nature_of_period(lead, here.period?.epoch));
        // 收入预计4.6万元，…；失业率为2.3%: a word beside one value does not reach the next part.
        let parted = state.reach == Reach::Part && lead.contains('；');
        if own.is_some() {
            state.nature = own;
            let heads = ["预计", "预期", "初步"]
                .iter()
                .any(|word| lead.trim_start().starts_with(word));
            state.reach = if heads { Reach::List } else { Reach::Part };
        } else if parted || here.clause.joint == Joint::Apart {
            state.nature = None;
        }
        state.nature.unwrap_or((self.section.nature, ""))
    }

    /// What the clause's own period makes of it in a section that speaks of other years: 去年 in a plan.
    fn nature_of_period(&self, lead: &str, epoch: Epoch) -> Option<(ValueNature, &'static str)> {
        let years = self.section.years;
        let says = |words: &[&str]| words.iter().any(|word| lead.contains(word));
        let later = epoch.to > self.section.epoch.to && says(&["要", "计划", "目标"]);
        let planned = later || says(&["将", "力争", "努力", "确保"]);
        match self.section.nature {
            ValueNature::Target | ValueNature::Estimate if epoch.to > 0 && epoch.to <= years.review => {
                Some((ValueNature::Actual, ""))
            }
            ValueNature::Target | ValueNature::Estimate => Some((self.section.nature, "")),
            ValueNature::Actual if epoch.to >= years.this && planned => Some((ValueNature::Target, "")),
            ValueNature::Actual => None,
        }
    }

    /// Whether the value is the level that a plan starts from: 在去年增长9.5%的基础上, 由目前的900家增加到.
    fn is_origin(&self, here: &Here<'_>) -> bool {
        let tail = here.clause.tail.of(self.text).unwrap_or_default();
        let review = self.section.years.review;
        tail.starts_with("的基础上") || here.origin.is_some_and(|origin| origin.epoch.to <= review)
    }

    /// The period of the sentence so far, or of the section, and the words that say it.
    pub(super) fn epoch(
        &self,
        phrase: &Phrase,
        here: &Here<'_>,
        nature: ValueNature,
        state: &mut State,
    ) -> (Epoch, Option<Span>) {
        let lead = here.clause.lead;
        let words = lead.of(self.text).unwrap_or_default();
        let letters = here.clause.letters;
        let until_now = letters.may_have(['截']).then(|| until_now(words)).flatten();
        // A；1—9月B；C: months said in the midst of a sentence end with their part of it.
        let parted = |words: &str| words.contains(['；', ';']);
        let amid = |(epoch, said): (Epoch, Span)| {
            let before = Span::new(self.span.start, said.start).of(self.text);
            epoch.is_part() && before.is_some_and(parted)
        };
        if state.epoch.is_some_and(amid) && parted(words) {
            state.epoch = None;
        }
        if words.starts_with("的基础上") || until_now.is_some() {
            state.epoch = None;
        }
        let passed_by = |found: period::Found| until_now.is_some_and(|at| at > found.at);
        if let Some(found) = here.period.filter(|found| !passed_by(*found)) {
            let start = lead.start + found.at;
            state.epoch = Some((found.epoch, Span::new(start, start + found.length)));
            if found.epoch.is_long() {
                state.long = Some(found.epoch);
            }
        }
        let base = period::base_in(words, letters);
        if base.is_some() || here.clause.joint != Joint::List {
            state.base = base;
        }
        state.origin = base.or(state.origin);
        if let Some(epoch) = self.averaged(phrase, here, state) {
            return (epoch, None);
        }
        if matches!(lead.of(self.text), Some("∶" | "︰" | ":" | "：")) && state.ratio.is_some() {
            // 8.7∶41.2∶50.1: the parts of a ratio are of the same time.
            return (state.ratio.unwrap_or(self.section.epoch), None);
        }
        let (epoch, words) = match state.epoch {
            Some((epoch, words)) => (epoch, Some(words)),
            None => (self.section.epoch, None),
        };
        let head = here.clause.head;
        if let Some(found) = here.origin {
            let start = head.start + found.at;
            state.origin = Some(found.epoch.to);
            (found.epoch, Some(Span::new(start, start + found.length)))
        } else if phrase.cues.has(Cue::From) {
            let section = self.section.epoch;
            let of_section = (section.is_long() && epoch.to == section.to).then_some(section.from - 1);
            let year = state.origin.or(of_section).unwrap_or((epoch.from - 1).max(0));
            (Epoch::year(year), words)
        } else if words.is_none() && phrase.cues.has(Cue::Done) && self.section.nature == ValueNature::Target
        {
            (Epoch::year(self.section.years.review), None)
        } else if words.is_none()
            && nature == ValueNature::Target
            && self.section.nature == ValueNature::Actual
        {
            // A target within a review is for the year that begins.
            (Epoch::year(self.section.years.this), None)
        } else {
            (epoch, words)
        }
    }

    /// The years that an average is taken over, where its sentence spoke of single years: 年均, 两年平均.
    fn averaged(&self, phrase: &Phrase, here: &Here<'_>, state: &State) -> Option<Epoch> {
        const COUNTS: &[(&str, i32)] = &[
            ("两年", 2),
            ("2年", 2),
            ("三年", 3),
            ("3年", 3),
            ("五年", 5),
            ("5年", 5),
        ];
        let words = phrase.cues.words(Cue::Average);
        let said = state.epoch.map(|(epoch, _)| epoch);
        let section = self.section.epoch;
        if words.is_empty() || here.period.is_some_and(|found| found.epoch.is_long()) {
            return None;
        }
        let count = COUNTS
            .iter()
            .find(|(word, _)| words.starts_with(word))
            .map(|&(_, count)| count);
        if let Some(count) = count
            && !(count == 5 && section.is_long())
        {
            let to = said.unwrap_or(section).to;
            return (to > count).then(|| Epoch::years(to - count + 1, to));
        }
        let single = said.filter(|epoch| !epoch.is_long());
        match (single, state.origin) {
            (Some(epoch), Some(origin)) if origin < epoch.to => Some(Epoch::years(origin + 1, epoch.to)),
            _ if section.is_long() => (single.is_some() || count.is_some()).then_some(section),
            _ => state.long.filter(|_| said.is_none_or(|epoch| !epoch.is_long())),
        }
    }

    /// Chooses the whole stretch for sums and averages, its end for what was counted at its end.
    pub(super) fn stretch(
        &self,
        (epoch, words): (Epoch, Option<Span>),
        phrase: &Phrase,
        measured: Measured,
        name: Option<(Span, How)>,
        here: &Here<'_>,
        state: &mut State,
    ) -> (Epoch, Option<Span>) {
        let moved = matches!(
            measured.measure,
            Measure::Increase | Measure::GrowthRate | Measure::Change
        );
        if let Some(base) = state
            .base
            .filter(|base| moved && base + 1 < epoch.to && !epoch.is_long())
        {
            return (Epoch::years(base + 1, epoch.to), words);
        }
        let summed = match measured.measure {
            _ if !epoch.is_long() => true,
            Measure::Increase | Measure::GrowthRate | Measure::Change => true,
            Measure::Level => {
                let cues = &phrase.cues;
                let owned = matches!(cues.words(Cue::Act), "拥有" | "集聚" | "汇聚");
                let deed = cues.has(Cue::Act) && !owned || name.is_some_and(|name| self.is_deed(name));
                // 新增1700公里、突破7000公里: what an addition led to.
                let led_to = is_carried(name) && cues.has(Cue::Reach);
                let goes_on = state.acted && !led_to && !measure::states_a_level(cues);
                cues.first_of(&[Cue::Total, Cue::Average]).is_some()
                    || (!cues.has(Cue::To) && (deed || goes_on))
            }
            // 累计开行2.6万列、占全国23.9%: the share of a sum is over the same years.
            Measure::Share if is_carried(name) && state.summed => phrase.cues.words(Cue::Reach).is_empty(),
            Measure::Share | Measure::Rank | Measure::Duration => false,
        };
        let streak = state.value_type == ValueType::Duration;
        let summed = summed || !streak && lasts(phrase, measured) || self.climbs(phrase, here);
        state.summed = summed && epoch.is_long();
        (if summed { epoch } else { Epoch::year(epoch.to) }, words)
    }

    /// Whether the value counts the steps that were climbed in the period (连跨两个万亿元台阶).
    fn climbs(&self, phrase: &Phrase, here: &Here<'_>) -> bool {
        let tail = here.clause.tail.of(self.text).unwrap_or_default();
        let climbed = matches!(
            phrase.cues.words(Cue::Reach),
            "连跨" | "跨越" | "跨上" | "迈上" | "跃上" | "跨过" | "迈过"
        );
        here.quantity.value_type == ValueType::Count && climbed && tail.ends_with("台阶")
    }

    /// Whether a name tells of something that was done over the period.
    fn is_deed(&self, (span, how): (Span, How)) -> bool {
        let words = span.of(self.text).unwrap_or_default();
        (how == How::Behind && !STATES.iter().any(|state| words.contains(state)))
            || DEEDS.starting(words).is_some()
            || DEED_ENDS.ending(words).is_some()
            || (STANDING.ending(words).is_none() && DEEDS_INSIDE.first_in(words).is_some())
    }
}

/// Where 截至目前 stands, which ends a period that was said before it.
fn until_now(words: &str) -> Option<usize> {
    let at = words.find('截')?;
    let rest = words.get(at..)?;
    (rest.starts_with("截至目前") || rest.starts_with("截止目前")).then_some(at)
}

/// Whether a value held through the period (稳定在550亿斤, 稳居全国前三).
fn lasts(phrase: &Phrase, measured: Measured) -> bool {
    let holds = matches!(
        phrase.cues.words(Cue::Reach),
        "稳定在" | "保持在" | "维持在" | "稳居" | "保持" | "稳定" | "始终保持在" | "稳居于"
    );
    holds && matches!(measured.measure, Measure::Level | Measure::Share | Measure::Rank)
}

/// Whether the words beside a value tell a period's sum from the level at its end.
pub(super) fn leaves_no_choice(phrase: &Phrase, measured: Measured) -> bool {
    let cues = &phrase.cues;
    let told = cues
        .first_of(&[Cue::Total, Cue::Average, Cue::To, Cue::Act])
        .is_some();
    measured.measure != Measure::Level || told || measure::states_a_level(cues)
}
