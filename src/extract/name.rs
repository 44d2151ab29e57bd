//! Which words name the indicator that a value is of.
//!
//! Pure. The words before the value are stripped of what opens the clause (力争, 新增) and of what belongs to the
//! value (达到, 增长); what is left is the name. Where nothing is left, the words behind the value or the name of
//! the value before it serve.

use std::sync::LazyLock;

use super::clause::{Clause, Joint, trim};
use super::cues::{Cue, Cues, DEEDS, ELIDED, OPENING, PREDICATES};
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
    reader.strip_opening();
    reader.phrase.subject = reader.rest;
    reader.cut_origin();
    match value_type {
        ValueType::Rank => {
            reader.strip_value_words();
            reader.cut_rank();
        }
        ValueType::Percent | ValueType::Fraction => {
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

impl Reader<'_> {
    /// Whether what is left before the value asks for a noun behind it: 实施…, 等…, 首批…
    fn is_open_end(&self) -> bool {
        let words = self.words();
        let open = words.is_empty()
            || words.ends_with(['等', '和', '及', '的', '与', '在', '对', '向', '以'])
            || words.ends_with("首批")
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
        let elided = is_elided(self.words());
        // 出台支持民营经济发展20条措施: the head only says what the measures are for.
        let issued = ISSUING.hold(self.phrase.cues.words(Cue::Act)) && behind.len() <= 18;
        let open_end = open_end || issued;
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
        if NO_NOUNS.starting(noun).is_some() {
            return Span::default();
        }
        let start = clause.tail.end - noun.len();
        let end = PREDICATES
            .first_in(noun)
            .filter(|(at, _)| *at >= 6)
            .map_or(noun.len(), |(at, _)| at);
        let noun = noun.get(..end).unwrap_or(noun);
        let noun = noun
            .rfind('占')
            .filter(|at| *at >= 6)
            .and_then(|at| noun.get(..at))
            .unwrap_or(noun);
        let end = noun.trim_end_matches(['近', '超', '约', '达', '逾', '共']).len();
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
