//! Which words name the indicator that a value is of.
//!
//! Pure. The words before the value are stripped of what opens the clause (力争, 新增) and of what belongs to the
//! value (达到, 增长); what is left is the name. Where nothing is left, the words behind the value or the name of
//! the value before it serve.

use std::sync::LazyLock;

use super::area;
use super::clause::{Clause, Joint, trim};
use super::cues::{BEFORE_VALUE, Cue, Cues, DEEDS, ELIDED, OPENING, PREDICATES, SCOPES};
use super::period::Years;
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
    /// Where a place may stand: in the name, if that is a `bare` place, else at the clause's start.
    pub(super) fn subject_of(&self, bare: bool) -> Span {
        self.name.filter(|_| bare).map_or(self.subject, |(span, _)| span)
    }
}

/// Reads the words around a value of this type.
pub(super) fn read(text: &str, clause: &Clause, value_type: ValueType, years: Years) -> Phrase {
    let phrase = Phrase {
        name: None,
        elided: Span::default(),
        subject: clause.head,
        scope: Span::default(),
        benchmark: Span::default(),
        is_relative: false,
        gap: None,
        cues: Cues::default(),
    };
    let mut reader = Reader {
        text,
        years,
        value_type,
        rest: clause.head,
        phrase,
    };
    if clause.joint == Joint::List {
        reader.cut_start(&["和", "及", "与", "并", "以及"]);
    }
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
        _ => {}
    }
    reader.strip_value_words();
    reader.cut_comparison();
    reader.strip_value_words();
    let open_end = reader.is_open_end();
    reader.cut_inside();
    reader.cut_list();
    reader.strip_opening();
    reader.choose(clause, value_type, open_end);
    reader.phrase
}

/// Verbs whose object is a number of measures that stand behind their number.
static ISSUING: LazyLock<Words<'static, ()>> = LazyLock::new(|| Words::list("出台 推出 提出 制定 印发"));

/// Whether words like 总数 stand for a name that was said before.
pub(super) fn is_elided(words: &str) -> bool {
    ELIDED.hold(words)
}

/// Words behind a value that go on with the sentence and name nothing.
static NO_NOUNS: LazyLock<Words<'static, ()>> = LazyLock::new(|| {
    Words::list(
        "居 位居 稳居 占 达 增长 下降 提升 提高 高于 低于 快于 优于 保持 稳定 获评 为“ 以上 全国第 全省第 、",
    )
});

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

/// Nouns that begin like a verb of [`NO_NOUNS`].
static RESIDENTS: LazyLock<Words<'static, ()>> = LazyLock::new(|| Words::list("居民 居家 居住 增长极 占地"));

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
    fn choose(&mut self, clause: &Clause, value_type: ValueType, open_end: bool) {
        let behind = self.behind(clause, value_type);
        if self.phrase.cues.first_of(&[Cue::Grow, Cue::Fall]).is_some() {
            self.cut_start(&["带动", "拉动", "推动", "促进"]);
        }
        // 完成全年170家任务的71.8%: the plan's value, of the indicator named before.
        let tail = clause.tail.of(self.text).unwrap_or_default();
        let planned = tail.starts_with("任务") || tail.starts_with("目标");
        if planned && (self.words().is_empty() || self.words().ends_with(['年', '度'])) {
            self.phrase.cues.note(Cue::Plan, "任务");
            return;
        }
        let elided = is_elided(self.words());
        // 出台支持民营经济发展20条措施: the head only says what the measures are for.
        let issued = ISSUING.hold(self.phrase.cues.words(Cue::Act)) && behind.len() <= 18;
        // 自贸试验区159项改革试验任务: who has them stands before, what is counted behind.
        let reached = self.phrase.cues.first_of(&[Cue::Reach, Cue::To]).is_some();
        let owned = !reached && (OWNERS.ending(self.words()).is_some() || area::is_bare(self.words()));
        let object = OBJECT_VERBS.ending(self.words()).is_some();
        let open_end = open_end || issued || owned || object || clause.is_taken;
        let relative = matches!(
            value_type,
            ValueType::Rank | ValueType::Percent | ValueType::PercentagePoint | ValueType::Fraction
        );
        self.phrase.is_relative = relative || self.phrase.cues.first_of(&[Cue::Grow, Cue::Fall]).is_some();
        let is_name = self.words().chars().nth(1).is_some();
        self.phrase.name = if !is_name || ((open_end || elided) && !behind.is_empty()) {
            (!behind.is_empty()).then_some((behind, How::Behind))
        } else if elided {
            self.phrase.elided = self.rest;
            if matches!(self.words(), "增速" | "增幅" | "增长率") {
                self.phrase.cues.note(Cue::Grow, "增速");
            }
            None
        } else {
            Some((self.rest, How::Before))
        };
    }

    /// The noun behind the value, if it has one.
    fn behind(&mut self, clause: &Clause, value_type: ValueType) -> Span {
        let words = clause.tail.of(self.text).unwrap_or_default();
        let of = words.strip_prefix('的');
        let counted = !matches!(
            value_type,
            ValueType::Percent | ValueType::PercentagePoint | ValueType::Rank
        );
        if words.is_empty()
            || (of.is_none() && !counted)
            || words.starts_with(['和', '及', '与', '、', '至', '或', '/', '并'])
        {
            return Span::default();
        }
        let noun = of.unwrap_or(words);
        if of.is_some()
            && ["基础", "目标", "水平", "速度", "比例", "任务", "增速"]
                .iter()
                .any(|word| noun.starts_with(word))
        {
            return Span::default();
        }
        // 连续两年全省第一, 居全省: a body that something is ranked within is not what is counted.
        let streak = value_type == ValueType::Duration && self.phrase.cues.has(Cue::Streak);
        let honoured = ["获", "荣获", "入选", "被评", "在"]
            .iter()
            .any(|verb| noun.starts_with(verb));
        if (streak && of.is_none() && !honoured) || SCOPES.hold(noun) {
            return Span::default();
        }
        let moved =
            |word: super::words::Word<'static, Cue>| matches!(word.tag, Cue::To | Cue::Grow | Cue::Fall);
        if BEFORE_VALUE.starting(noun).is_some_and(moved) && RESIDENTS.starting(noun).is_none() {
            return Span::default();
        }
        if NO_NOUNS.starting(noun).is_some() && RESIDENTS.starting(noun).is_none() {
            return Span::default();
        }
        let start = clause.tail.end - noun.len();
        let end = PREDICATES
            .first_in(noun)
            .filter(|(at, word)| {
                *at >= 6
                    && !(word.text == "均"
                        && noun
                            .get(at + 3..)
                            .is_some_and(|rest| rest.starts_with(['衡', '值', '等'])))
            })
            .map_or(noun.len(), |(at, _)| at);
        let noun = noun.get(..end).unwrap_or(noun);
        let noun = noun
            .rfind('占')
            .filter(|at| *at >= 6)
            .and_then(|at| noun.get(..at))
            .unwrap_or(noun);
        let end = noun
            .trim_end_matches(['近', '超', '约', '达', '逾', '共', '和', '与', '、'])
            .len();
        let span = trim(self.text, Span::new(start, start + end));
        if span.len() < 4 {
            return Span::default();
        }
        if !counted {
            self.phrase.cues.note(Cue::Share, "的");
        }
        span
    }
}
