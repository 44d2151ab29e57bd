//! Which words name the indicator that a value is of.
//!
//! Pure. The words before the value are stripped of what belongs to the value (達到, 增长) and of what opens the
//! clause (力争, 新增); what is left is the name. Where nothing is left, the words behind the value or the name
//! of the value before it serve.

use super::clause::{Clause, Joint, trim};
use super::cues::{BEFORE_VALUE, Cue, Cues, ELIDED, GAPS, INSIDE, OPENING, RANKING, SCOPES};
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
    /// What the value is ranked, shared or compared within.
    pub(super) scope: Span,
    /// Whether the value is a distance to the scope.
    pub(super) gap: Option<Cue>,
    /// The words beside the value and at the clause's start.
    pub(super) cues: Cues,
}

/// Reads the words around a value of this type.
pub(super) fn read(text: &str, clause: &Clause, value_type: ValueType, years: Years) -> Phrase {
    let mut reader = Reader {
        text,
        rest: clause.head,
        phrase: Phrase {
            name: None,
            elided: Span::default(),
            scope: Span::default(),
            gap: None,
            cues: Cues::default(),
        },
    };
    let open_end = reader.is_open_end(clause);
    if clause.joint == Joint::List && clause.head.start <= clause.lead.start + 3 {
        reader.cut_start(&["和", "及", "与", "并", "以及"]);
    }
    reader.strip_value_words();
    match value_type {
        ValueType::Rank => reader.cut_rank(),
        ValueType::Percent | ValueType::Fraction => {
            reader.cut_gap();
            reader.cut_share();
        }
        ValueType::PercentagePoint => reader.cut_gap(),
        _ => {}
    }
    reader.cut_comparison(years);
    reader.strip_value_words();
    reader.strip_opening(years);
    reader.cut_inside();
    reader.cut_list();
    let behind = reader.behind(clause, value_type);
    let carries = matches!(
        value_type,
        ValueType::Rank | ValueType::Percent | ValueType::PercentagePoint | ValueType::Fraction
    ) || !reader.phrase.cues.first_of(&[Cue::Grow, Cue::Fall]).is_none();
    reader.phrase.name = if reader.rest.is_empty() || (open_end && !behind.is_empty()) {
        (!behind.is_empty()).then_some((behind, How::Behind))
    } else if carries && reader.is_elided() {
        reader.phrase.elided = reader.rest;
        None
    } else {
        Some((reader.rest, How::Before))
    };
    reader.phrase
}

struct Reader<'t> {
    text: &'t str,
    rest: Span,
    phrase: Phrase,
}

impl Reader<'_> {
    fn words(&self) -> &str {
        self.rest.of(self.text).unwrap_or_default()
    }

    fn set(&mut self, start: usize, end: usize) {
        self.rest = trim(self.text, Span::new(start, end.max(start)));
    }

    /// Whether the words before the value ask for a noun behind it: 实施…, 等…, …和.
    fn is_open_end(&self, clause: &Clause) -> bool {
        let words = Span::new(clause.head.start, clause.lead.end)
            .of(self.text)
            .unwrap_or_default();
        let words = words.trim_end();
        if words.is_empty() || words.ends_with(['、', '等', '和', '及', '的', '与']) {
            return true;
        }
        let stripped = BEFORE_VALUE
            .ending(words)
            .filter(|word| word.tag == Cue::Reach || word.tag == Cue::Total)
            .and_then(|word| words.strip_suffix(word.text))
            .unwrap_or(words);
        OPENING.ending(stripped).is_some_and(|word| {
            matches!(word.tag, Cue::Act | Cue::Add | Cue::Found | Cue::Area) && word.text.len() > 3
        })
    }

    fn cut_start(&mut self, words: &[&str]) {
        if let Some(rest) = words.iter().find_map(|word| self.words().strip_prefix(word)) {
            let start = self.rest.end - rest.len();
            self.set(start, self.rest.end);
        }
    }

    /// Strips 达到, 同比增长 and the like from the end.
    fn strip_value_words(&mut self) {
        while let Some(word) = BEFORE_VALUE.ending(self.words()) {
            self.phrase.cues.note(word.tag, word.text);
            let end = self.rest.end - word.text.len();
            self.set(self.rest.start, end);
        }
    }

    /// Cuts 居全省 off; the scope is what stood there.
    fn cut_rank(&mut self) {
        let scope = SCOPES.last_in(self.words());
        let verb = RANKING.last_in(self.words());
        let (name_end, scope_start) = match (verb, scope) {
            (Some((at, word)), scope) if scope.is_none_or(|(scope_at, _)| scope_at >= at) => {
                (at, at + word.text.len())
            }
            (_, Some((at, _))) => (at, at),
            _ => return,
        };
        let (start, end) = (self.rest.start, self.rest.end);
        self.phrase.scope = trim(self.text, Span::new(start + scope_start, end));
        self.set(start, start + name_end);
    }

    /// Cuts 高于全国平均 off.
    fn cut_gap(&mut self) {
        let Some((at, word)) = GAPS.last_in(self.words()) else {
            return;
        };
        let (start, end) = (self.rest.start, self.rest.end);
        let behind = Span::new(start + at + word.text.len(), end);
        if behind.is_empty() {
            return;
        }
        self.phrase.gap = Some(word.tag);
        self.phrase.scope = behind;
        self.set(start, start + at);
    }

    /// Cuts 占全省比重 off.
    fn cut_share(&mut self) {
        let words = self.words();
        let Some(at) = words.rfind('占') else { return };
        let (start, end) = (self.rest.start, self.rest.end);
        self.phrase.cues.note(Cue::Share, "占");
        self.phrase.scope = trim(self.text, Span::new(start + at + '占'.len_utf8(), end));
        self.set(start, start + at);
    }

    /// Cuts 较上年 and 比“十三五” off.
    fn cut_comparison(&mut self, years: Years) {
        const STANDARDS: &[&str] = &[
            "上年", "去年", "同期", "“十", "年初", "上一", "前", "全国", "20", "19", "十",
        ];
        let words = self.words();
        let cut = words.char_indices().rev().find(|&(at, c)| {
            let behind = words.get(at + c.len_utf8()..).unwrap_or_default();
            matches!(c, '较' | '比') && STANDARDS.iter().any(|standard| behind.starts_with(standard))
        });
        if let Some((at, c)) = cut {
            let since = if c == '较' { "较" } else { "比" };
            self.phrase.cues.note(Cue::Since, since);
            self.set(self.rest.start, self.rest.start + at);
        }
        let _ = years;
    }

    /// Strips 力争, 新增, 全省 and dates from the start.
    fn strip_opening(&mut self, years: Years) {
        loop {
            let words = self.words();
            let cut = if let Some(found) =
                period::first_in(period::first_chars(words, 14), years).filter(|f| f.at == 0)
            {
                found.length
            } else if let Some(word) = OPENING.starting(words) {
                let left = words.len() - word.text.len();
                // One character alone is no name: the word is part of it.
                if left > 0 && left <= 3 {
                    return;
                }
                self.phrase.cues.note(word.tag, word.text);
                word.text.len()
            } else {
                return;
            };
            let start = self.rest.start + cut;
            self.set(start, self.rest.end);
            self.cut_start(&["了", "度", "，", "以来", ","]);
        }
    }

    /// Cuts a subject and its verb off inside the clause: 长沙…城市新增研发机构.
    fn cut_inside(&mut self) {
        let Some((at, word)) = INSIDE.last_in(self.words()) else {
            return;
        };
        let start = self.rest.start + at + word.text.len();
        if self.rest.end.saturating_sub(start) >= 6 {
            self.phrase.cues.note(word.tag, word.text);
            self.set(start, self.rest.end);
            self.cut_start(&["了"]);
        }
    }

    /// Cuts a list of examples off: A、B等C.
    fn cut_list(&mut self) {
        let words = self.words();
        let cut = words.match_indices('等').filter(|(at, etc)| {
            let before = words.get(..*at).unwrap_or_default();
            let behind = words.get(at + etc.len()..).unwrap_or_default();
            !behind.is_empty()
                && !before.is_empty()
                && !before.ends_with([
                    '高', '中', '平', '均', '初', '同', '优', '上', '对', '一', '二', '三',
                ])
                && !behind.starts_with(['级', '奖', '次', '第', '待', '效', '于', '额'])
        });
        if let Some((at, etc)) = cut.last() {
            let start = self.rest.start + at + etc.len();
            self.set(start, self.rest.end);
        }
    }

    fn is_elided(&self) -> bool {
        ELIDED.contains(&self.words())
    }

    /// The noun behind the value, if it has one.
    fn behind(&self, clause: &Clause, value_type: ValueType) -> Span {
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
        let start = clause.tail.end - of.unwrap_or(words).len();
        let span = trim(self.text, Span::new(start, clause.tail.end));
        if span.len() < 4 { Span::default() } else { span }
    }
}
