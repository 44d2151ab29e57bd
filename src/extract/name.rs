//! Which words name the indicator that a value is of.
//!
//! Pure. The words before the value are stripped of what opens the clause (力争, 新增) and of what belongs to the
//! value (达到, 增长); what is left is the name. Where nothing is left, the words behind the value or the name of
//! the value before it serve.

use std::sync::LazyLock;

use super::area;
use super::clause::{Clause, Joint};
use super::cues::{Cue, Cues, DEEDS, ELIDED, OPENING};
use super::letters::Letters;
use super::period::Years;
use super::places::GAZETTEER;
use super::strip::Reader;
use super::words::Words;
use crate::model::{Span, ValueType};

/// How a value got its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// The words before it.
    Before,
    /// The words behind it.
    Behind,
    /// The name of the value before it.
    Carried,
    /// Its share of a row of names before a row of values (A、B分别).
    Shared,
}

/// What the words around a value say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// The name's words, if the clause has any of its own.
    pub(super) name: Option<(Span, How)>,
    /// The words that were not chosen as the name, if there were any.
    pub(super) runner_up: Span,
    /// Words like 增速 that stand for the name that was said before.
    pub(super) elided: Span,
    /// The clause behind its opening words, where a place may stand.
    pub(super) subject: Span,
    /// What the value is ranked, shared or compared within.
    pub(super) scope: Span,
    /// The body whose value this is, where it is said for comparison (超过全国的2.18%).
    pub(super) benchmark: Span,
    /// Whether it is a rate or a rank, which is said of an indicator named before.
    pub(super) is_relative: bool,
    /// Whether the value is a distance to the scope, and in which direction.
    pub(super) gap: Option<Cue>,
    /// The words beside the value and at the clause's start.
    pub(super) cues: Cues,
}

impl Phrase {
    /// Before anything was read; `subject` is where a place may stand.
    pub(super) fn silent(subject: Span) -> Self {
        Self {
            name: None,
            runner_up: Span::default(),
            elided: Span::default(),
            subject,
            scope: Span::default(),
            benchmark: Span::default(),
            is_relative: false,
            gap: None,
            cues: Cues::default(),
        }
    }

    /// Where a place may stand: in the name, if that is a `bare` place, else at the clause's start.
    pub(super) fn subject_of(&self, bare: bool) -> Span {
        self.name.filter(|_| bare).map_or(self.subject, |(span, _)| span)
    }
}

/// A clause without the words that open it.
pub(super) fn without_opening(text: &str, clause: Span, years: Years) -> Span {
    let letters = Letters::of(clause.of(text).unwrap_or_default());
    let mut reader = Reader::new(text, clause, letters, ValueType::Amount, years);
    reader.cut_enumerator();
    reader.strip_opening();
    reader.rest
}

/// Reads the words around a value of this type, the first of a `row` of so many.
pub(super) fn read(text: &str, clause: &Clause, value_type: ValueType, years: Years, row: usize) -> Phrase {
    let mut reader = Reader::new(text, clause.head, clause.letters, value_type, years);
    reader.row = row;
    if clause.joint == Joint::List {
        reader.cut_start(&["和", "及", "与", "并", "以及"]);
    }
    reader.cut_enumerator();
    reader.cut_start(&["的基础上再", "的基础上"]);
    reader.strip_opening();
    reader.phrase.subject = reader.rest;
    reader.cut_origin();
    match value_type {
        ValueType::Rank => {
            reader.strip_value_words();
            reader.cut_rank();
        }
        ValueType::Percent | ValueType::Fraction => {
            reader.cut_progress();
            reader.cut_part();
            reader.cut_gap();
            reader.cut_whole();
            reader.strip_value_words();
            reader.cut_share();
        }
        ValueType::PercentagePoint => reader.cut_gap(),
        ValueType::Multiple => reader.cut_base(),
        _ => {}
    }
    reader.strip_value_words();
    reader.cut_comparison();
    reader.strip_value_words();
    let open_end = reader.is_open_end();
    reader.cut_inside();
    reader.cut_list();
    reader.strip_opening();
    reader.choose(clause, open_end);
    reader.phrase
}

/// Verbs whose object is a number of measures that stand behind their number.
static ISSUING: LazyLock<Words<'static, ()>> = LazyLock::new(|| Words::list("出台 推出 提出 制定 印发"));

/// Whether words like 总数 stand for a name that was said before.
pub(super) fn is_elided(words: &str) -> bool {
    ELIDED.hold(words)
}

/// The ends of names of bodies and zones, which have things but are not counted themselves.
static OWNERS: LazyLock<Words<'static, ()>> = LazyLock::new(|| {
    Words::list(
        "试验区 示范区 开发区 高新区 经开区 自贸区 新区 自创区 合作区 片区 政府 省委 市委 区委 县委 我局 我厅 科技局 科技厅          集团 大学 学院 研究院 实验室 医院 部门 我省 我市 我区 我县 各地 案例",
    )
});

/// Verbs whose object stands behind its number: 与39个国家缔结118对友城.
static OBJECT_VERBS: LazyLock<Words<'static, ()>> =
    LazyLock::new(|| Words::list("缔结 安置 救助 惠及 吸纳 资助 审议 查处 遴选出 评选出"));

/// Words that only say which of the counted things are meant.
static FIRST: LazyLock<Words<'static, ()>> =
    LazyLock::new(|| Words::list("首批 首期 首轮 首只 首笔 首支 首个 一期 二期 三期"));

impl Reader<'_> {
    /// Whether what is left before the value asks for a noun behind it: 实施…, 等…, 首批…
    fn is_open_end(&self) -> bool {
        let words = self.words().trim_end_matches('了');
        let open = words.is_empty()
            || words.ends_with(['等', '和', '及', '的', '与', '在', '对', '向', '以'])
            || FIRST.ending(words).is_some()
            || (words.starts_with('第') && words.ends_with(['批', '轮', '期']))
            || DEEDS.starting(words).is_some_and(|word| word.text == words);
        open || OPENING
            .ending(words)
            .is_some_and(|word| matches!(word.tag, Cue::Act | Cue::Add | Cue::Found))
    }

    /// Decides between the words before the value, those behind it, and the name that was said before.
    fn choose(&mut self, clause: &Clause, open_end: bool) {
        let behind = self.noun_behind(clause);
        let moves = self.phrase.cues.first_of(&[Cue::Grow, Cue::Fall]).is_some();
        if moves {
            self.cut_start(&["带动", "拉动", "推动", "促进"]);
        }
        self.phrase.is_relative = moves || is_relative(self.value_type);
        if self.is_plan(clause) {
            self.phrase.cues.note(Cue::Plan, "任务");
            return;
        }
        let is_name = self.words().chars().nth(1).is_some();
        let elided = is_elided(self.words());
        let wants_noun = open_end || elided || clause.is_taken || self.counts_behind(behind);
        self.phrase.name = if !is_name || (wants_noun && !behind.is_empty()) {
            if is_name && !elided {
                self.phrase.runner_up = self.rest;
            }
            (!behind.is_empty()).then_some((behind, How::Behind))
        } else if elided && !self.is_said_of_counts() {
            self.phrase.elided = self.rest;
            if matches!(self.words(), "增速" | "增幅" | "增长率") {
                self.phrase.cues.note(Cue::Grow, "增速");
            }
            None
        } else {
            self.phrase.runner_up = behind;
            Some((self.rest, How::Before))
        };
    }

    /// Whether the value is a plan's, of what was named before: 完成全年170家任务的71.8%.
    fn is_plan(&self, clause: &Clause) -> bool {
        let tail = clause.tail.of(self.text).unwrap_or_default();
        let planned = tail.starts_with("任务") || tail.starts_with("目标");
        planned && (self.words().is_empty() || self.words().ends_with(['年', '度']))
    }

    /// Whether a rank or a streak is of the additions, not of what they add to: 净增数连续两年全省第一.
    fn is_said_of_counts(&self) -> bool {
        self.words().ends_with('数') && matches!(self.value_type, ValueType::Rank | ValueType::Duration)
    }

    /// Whether the words before the value only say who has, or does something with, what is counted `behind`.
    fn counts_behind(&self, behind: Span) -> bool {
        let words = self.words();
        let cues = &self.phrase.cues;
        let reached = cues.first_of(&[Cue::Reach, Cue::To]).is_some();
        // 出台支持民营经济发展20条措施: the head only says what the measures are for.
        let issued = ISSUING.hold(cues.words(Cue::Act)) && behind.len() <= 18;
        // 自贸试验区159项改革试验任务, 晋城市22家企业
        let owned = !reached && (OWNERS.ending(words).is_some() || area::is_bare(words));
        // 壮大13条重点产业链: few words before a noun that is counted are a verb that no list knows.
        let few = self.value_type == ValueType::Count && words.chars().count() <= 6;
        let verb = few && !reached && !cues.has(Cue::Streak);
        // 荆州、孝感、黄冈3个城市: the places are the counted themselves.
        let known = |word: &&str| GAZETTEER.hold(word);
        let places = || self.letters.may_have(['、']) && words.split('、').filter(known).take(2).count() == 2;
        issued || owned || verb || places() || OBJECT_VERBS.ending(words).is_some()
    }
}

/// Whether values of this type are said of an indicator that is named before them.
fn is_relative(value_type: ValueType) -> bool {
    matches!(
        value_type,
        ValueType::Rank | ValueType::Percent | ValueType::PercentagePoint | ValueType::Fraction
    )
}
