//! Which words name the indicator that a value is of.
//!
//! Pure. The words before the value are stripped of what opens the clause (力争, 新增) and of what belongs to the
//! value (达到, 增长); what is left is the name. Where nothing is left, the words behind the value or the name of
//! the value before it serve.

use super::clause::{Clause, Joint, trim};
use super::cues::{
    BEFORE_VALUE, Cue, Cues, DEEDS, ELIDED, GAPS, INSIDE, OPENING, PREDICATES, RANKING, SCOPES,
};
use super::period::{self, Years};
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

/// The length of what is left of a phrase without the words that belong to the value.
fn core_length(phrase: &str) -> usize {
    let mut core = phrase;
    while let Some(word) = BEFORE_VALUE.ending(core) {
        core = core.strip_suffix(word.text).unwrap_or_default();
    }
    core.len()
}

/// Whether words like 总数 stand for a name that was said before.
pub(super) fn is_elided(words: &str) -> bool {
    ELIDED.contains(&words)
}

/// Words behind a value that go on with the sentence and name nothing.
const NO_NOUNS: &[&str] = &[
    "居",
    "位居",
    "稳居",
    "占",
    "达",
    "增长",
    "下降",
    "提升",
    "提高",
    "高于",
    "低于",
    "快于",
    "优于",
    "保持",
    "稳定",
    "获评",
    "为“",
    "以上",
    "全国第",
    "全省第",
    "、",
];

struct Reader<'t> {
    text: &'t str,
    years: Years,
    value_type: ValueType,
    rest: Span,
    phrase: Phrase,
}

impl<'t> Reader<'t> {
    fn words(&self) -> &'t str {
        self.rest.of(self.text).unwrap_or_default()
    }

    fn set(&mut self, start: usize, end: usize) {
        self.rest = trim(self.text, Span::new(start, end.max(start)));
    }

    /// Keeps what stands before `at` bytes into the rest.
    fn keep_before(&mut self, at: usize) {
        self.set(self.rest.start, self.rest.start + at);
    }

    /// Keeps what stands from `at` bytes into the rest.
    fn keep_from(&mut self, at: usize) {
        self.set(self.rest.start + at, self.rest.end);
    }

    fn cut_start(&mut self, words: &[&str]) {
        let rest = words.iter().find_map(|word| self.words().strip_prefix(word));
        if let Some(rest) = rest {
            self.keep_from(self.words().len() - rest.len());
        }
    }

    /// Strips 力争, 新增, 全省 and dates from the start.
    fn strip_opening(&mut self) {
        loop {
            let words = self.words();
            if let Some(found) =
                period::first_in(period::first_chars(words, 14), self.years).filter(|f| f.at == 0)
            {
                self.keep_from(found.length);
                self.cut_start(&["以来", "度", "，", ","]);
                continue;
            }
            let Some(word) = OPENING.starting(words) else {
                return;
            };
            let cut = word.text.len();
            let cut = cut
                + words
                    .get(cut..)
                    .filter(|rest| rest.starts_with('了'))
                    .map_or(0, |_| '了'.len_utf8());
            // One character is no name, and a verb needs an object that says something: 完成投资 stays.
            let least = if word.tag == Cue::Act { 9 } else { 6 };
            let left = core_length(words.get(cut..).unwrap_or_default());
            let is_scope = cut == words.len() && word.tag == Cue::Area && self.value_type == ValueType::Rank;
            if (left > 0 && left < least) || is_scope {
                return;
            }
            self.phrase.cues.note(word.tag, word.text);
            self.keep_from(cut);
            self.cut_start(&["和", "及"]);
        }
    }

    /// Strips 达到, 同比增长 and the like from the end.
    fn strip_value_words(&mut self) {
        while let Some(word) = BEFORE_VALUE.ending(self.words()) {
            // A share that changed is named as a share: 占…比重提升1.5个百分点.
            if word.tag == Cue::Share
                && self.value_type == ValueType::PercentagePoint
                && self.words().contains('占')
            {
                return;
            }
            self.phrase.cues.note(word.tag, word.text);
            self.keep_before(self.words().len() - word.text.len());
        }
    }

    /// Cuts 居全省 off; the scope is what stood there.
    fn cut_rank(&mut self) {
        let scope = SCOPES.last_in(self.words());
        let verb = RANKING.last_in(self.words());
        let (name_end, scope_start) = match (verb, scope) {
            (Some((at, word)), scope) if scope.is_none_or(|(scope_at, _)| scope_at >= at) => {
                self.phrase.cues.note(word.tag, word.text);
                (at, at + word.text.len())
            }
            (_, Some((at, _))) => (at, at),
            _ => return,
        };
        let behind = Span::new(self.rest.start + scope_start, self.rest.end);
        self.phrase.scope = trim(self.text, behind);
        if self.phrase.cues.has(Cue::Won) && self.phrase.scope.len() > 12 {
            self.rest = self.phrase.scope;
        } else {
            self.keep_before(name_end);
        }
    }

    /// Cuts 高于全国平均 or 比全国高 off.
    fn cut_gap(&mut self) {
        let words = self.words();
        let found = GAPS.last_in(words).filter(|(at, word)| {
            let negated = words.get(..*at).is_some_and(|before| before.ends_with('不'));
            !negated && at + word.text.len() < words.len()
        });
        if let Some((at, word)) = found {
            self.phrase.gap = Some(word.tag);
            self.phrase.scope = Span::new(self.rest.start + at + word.text.len(), self.rest.end);
            self.keep_before(at);
        } else if BEFORE_VALUE.ending(words).is_none()
            && let Some(short) = words.strip_suffix(['高', '快', '低', '慢'])
            && let Some(at) = short.rfind(['比', '较'])
        {
            self.phrase.gap = Some(if words.ends_with(['高', '快']) {
                Cue::Grow
            } else {
                Cue::Fall
            });
            self.phrase.scope = Span::new(
                self.rest.start + at + '比'.len_utf8(),
                self.rest.end - '高'.len_utf8(),
            );
            self.keep_before(at);
        }
    }

    /// Cuts 不低于保有量的 off.
    fn cut_part(&mut self) {
        let Some(words) = self.words().strip_suffix('的') else {
            return;
        };
        if let Some(body) = SCOPES.ending(words) {
            let start = self.rest.start + words.len() - body.text.len();
            self.phrase.benchmark = Span::new(start, start + body.text.len());
            self.keep_before(words.len() - body.text.len());
            self.phrase.gap = None;
            return;
        }
        let reached = words.char_indices().rev().find_map(|(at, _)| {
            let word = BEFORE_VALUE.ending(words.get(..at)?)?;
            (word.tag == Cue::Reach && word.text.len() > 3).then_some((at, word))
        });
        let Some((at, word)) = reached else {
            self.keep_before(words.len());
            return;
        };
        self.phrase.cues.note(Cue::Share, "的");
        self.phrase.scope = Span::new(self.rest.start + at, self.rest.start + words.len());
        self.keep_before(at - word.text.len());
    }

    /// Cuts the whole off that a fraction is of: 稳定在全国1/4.
    fn cut_whole(&mut self) {
        if self.value_type == ValueType::Fraction
            && let Some(body) = SCOPES.ending(self.words())
        {
            let at = self.words().len() - body.text.len();
            self.phrase.scope = Span::new(self.rest.start + at, self.rest.end);
            self.keep_before(at);
        }
    }

    /// Cuts 占全省比重 off.
    fn cut_share(&mut self) {
        let Some(at) = self.words().rfind('占') else {
            return;
        };
        self.phrase.cues.note(Cue::Share, "占");
        self.phrase.scope = trim(
            self.text,
            Span::new(self.rest.start + at + '占'.len_utf8(), self.rest.end),
        );
        self.keep_before(at);
    }

    /// Cuts 较上年 and 比“十三五” off.
    fn cut_comparison(&mut self) {
        const STANDARDS: &[&str] = &[
            "上年", "去年", "同期", "“十", "年初", "上一", "前", "全国", "20", "19", "十", "计划", "预期",
        ];
        let words = self.words();
        let cut = words.char_indices().rev().find(|&(at, c)| {
            let behind = words.get(at + c.len_utf8()..).unwrap_or_default();
            matches!(c, '较' | '比') && STANDARDS.iter().any(|standard| behind.starts_with(standard))
        });
        if let Some((at, c)) = cut {
            self.phrase
                .cues
                .note(Cue::Since, if c == '较' { "较" } else { "比" });
            self.keep_before(at);
        }
    }

    /// Whether what is left before the value asks for a noun behind it: 实施…, 等…, 首批…
    fn is_open_end(&self) -> bool {
        let words = self.words();
        let open = words.is_empty()
            || words.ends_with(['等', '和', '及', '的', '与'])
            || words.ends_with("首批")
            || (words.starts_with('第') && words.ends_with(['批', '轮', '期']))
            || DEEDS.starting(words).is_some_and(|word| word.text == words);
        open || OPENING
            .ending(words)
            .is_some_and(|word| matches!(word.tag, Cue::Act | Cue::Add | Cue::Found))
    }

    /// Cuts a subject and its verb off inside the clause: 长沙…城市新增研发机构.
    fn cut_inside(&mut self) {
        let Some((at, word)) = INSIDE.last_in(self.words()) else {
            return;
        };
        let left = self.words().len() - at - word.text.len();
        if word.tag != Cue::Act || left >= 9 {
            self.phrase.cues.note(word.tag, word.text);
        }
        if left >= 9 {
            self.keep_from(at + word.text.len());
            self.cut_start(&["了", "的"]);
        }
    }

    /// Cuts a list of examples off (A、B等C), and long clauses before a list comma.
    fn cut_list(&mut self) {
        let words = self.words();
        let mut example = words.match_indices('等').filter(|(at, etc)| {
            let before = words.get(..*at).unwrap_or_default();
            let behind = words.get(at + etc.len()..).unwrap_or_default();
            !behind.is_empty()
                && !before.is_empty()
                && !before.ends_with([
                    '高', '中', '平', '均', '初', '同', '优', '上', '对', '一', '二', '三',
                ])
                && !behind.starts_with(['级', '奖', '次', '第', '待', '效', '于', '额'])
        });
        if let Some((at, etc)) = example.next_back() {
            self.keep_from(at + etc.len());
            self.cut_start(&["各类", "各项", "一批", "方面", "重点"]);
            return;
        }
        if self.phrase.cues.has(Cue::Each) {
            return;
        }
        let Some((before, behind)) = words.rsplit_once('、') else {
            return;
        };
        let whole = before.chars().count() <= 10
            && !behind.starts_with(['总', '年', '日'])
            && OPENING.ending(before).is_none();
        if !whole {
            self.keep_from(words.len() - behind.len());
        }
    }

    /// Decides between the words before the value, those behind it, and the name that was said before.
    fn choose(&mut self, clause: &Clause, value_type: ValueType, open_end: bool) {
        let behind = self.behind(clause, value_type);
        if self.phrase.cues.first_of(&[Cue::Grow, Cue::Fall]).is_some() {
            self.cut_start(&["带动", "拉动", "推动", "促进"]);
        }
        let elided = is_elided(self.words());
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
        if NO_NOUNS.iter().any(|word| noun.starts_with(word)) {
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
