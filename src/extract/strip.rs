//! Stripping a clause of what opens it and of what belongs to its value.
//!
//! Pure.

use super::clause::{self, is_numeral, trim};
use super::cues::{BEFORE_VALUE, Cue, DEEDS, INSIDE, OPENING};
use super::letters::Letters;
use super::name::Phrase;
use super::period::{self, Years};
use crate::model::{Span, ValueType};

/// The words before a value, while they are stripped down to the name.
pub(super) struct Reader<'t> {
    /// The whole text.
    pub(super) text: &'t str,
    /// What relative years mean.
    pub(super) years: Years,
    /// The type of the value.
    pub(super) value_type: ValueType,
    /// What is left.
    pub(super) rest: Span,
    /// The characters of the words that it was.
    pub(super) letters: Letters,
    /// What was found on the way.
    pub(super) phrase: Phrase,
    /// How many values stand in a row from this one on.
    pub(super) row: usize,
}

impl<'t> Reader<'t> {
    /// Before anything of the words at `rest` was stripped.
    pub(super) fn new(
        text: &'t str,
        rest: Span,
        letters: Letters,
        value_type: ValueType,
        years: Years,
    ) -> Self {
        let phrase = Phrase::silent(rest);
        Self {
            text,
            years,
            value_type,
            rest,
            letters,
            phrase,
            row: 1,
        }
    }

    /// What is left, as words.
    pub(super) fn words(&self) -> &'t str {
        self.rest.of(self.text).unwrap_or_default()
    }

    /// Makes `start..end` of the text what is left, without blanks and commas at its ends.
    pub(super) fn set(&mut self, start: usize, end: usize) {
        self.rest = trim(self.text, Span::new(start, end.max(start)));
    }

    /// Keeps what stands before `at` bytes into the rest.
    pub(super) fn keep_before(&mut self, at: usize) {
        self.set(self.rest.start, self.rest.start + at);
    }

    /// Keeps what stands from `at` bytes into the rest.
    pub(super) fn keep_from(&mut self, at: usize) {
        self.set(self.rest.start + at, self.rest.end);
    }

    /// Cuts the first of these words that what is left starts with.
    pub(super) fn cut_start(&mut self, words: &[&str]) {
        let rest = words.iter().find_map(|word| self.words().strip_prefix(word));
        if let Some(rest) = rest {
            self.keep_from(self.words().len() - rest.len());
        }
    }

    /// Strips 力争, 新增, 全省 and dates from the start.
    pub(super) fn strip_opening(&mut self) {
        loop {
            let words = self.words();
            if let Some(found) = period::leading(words, self.years) {
                self.keep_from(found.at + found.length);
                self.cut_start(&["以来", "度", "，", ","]);
                continue;
            }
            let Some(word) = OPENING.starting(words) else {
                if self.skip_circumstance() {
                    continue;
                }
                return;
            };
            let cut = word.text.len();
            let cut = cut
                + words
                    .get(cut..)
                    .filter(|rest| rest.starts_with('了'))
                    .map_or(0, |_| '了'.len_utf8());
            // One character is no name, and a verb needs an object that says something: 完成投资 stays.
            let least = if word.tag == Cue::Act { 3 } else { 2 };
            let left = core_length(words.get(cut..).unwrap_or_default());
            let acts = |rest: &str| {
                let deed = DEEDS.starting(rest).is_some_and(|deed| deed.text.len() > 3);
                deed || OPENING
                    .starting(rest)
                    .is_some_and(|next| matches!(next.tag, Cue::Act | Cue::Add | Cue::Found | Cue::Total))
            };
            if word.tag == Cue::Manner && !acts(words.get(cut..).unwrap_or_default()) {
                return;
            }
            let is_scope = cut == words.len() && word.tag == Cue::Area && self.value_type == ValueType::Rank;
            if (left > 0 && left < least) || is_scope {
                return;
            }
            // 新争取, 新引育: before any verb of doing it tells of an addition.
            let tag = match word.text {
                "新" => Cue::Add,
                "争取" if acts(words.get(cut..).unwrap_or_default()) => Cue::Plan,
                _ => word.tag,
            };
            self.phrase.cues.note(tag, word.text);
            self.keep_from(cut);
            self.cut_start(&["和", "及"]);
        }
    }

    /// Cuts 在周边国家 and 通过 off, where the verb follows that the clause opens with.
    fn skip_circumstance(&mut self) -> bool {
        const LONGEST: usize = 36;
        let words = self.words();
        if !words.starts_with(['在', '通', '为', '向', '经']) {
            return false;
        }
        let verb = words
            .char_indices()
            .skip(2)
            .take_while(|(at, _)| *at <= LONGEST)
            .find(|&(at, _)| {
                let rest = words.get(at..).unwrap_or_default();
                let word = OPENING
                    .starting(rest)
                    .filter(|word| matches!(word.tag, Cue::Act | Cue::Add | Cue::Found));
                word.is_some_and(|word| core_length(rest.get(word.text.len()..).unwrap_or_default()) >= 3)
            });
        if let Some((at, _)) = verb {
            self.keep_from(at);
        }
        verb.is_some()
    }

    /// Cuts 一是 off.
    pub(super) fn cut_enumerator(&mut self) {
        let behind = self.words().trim_start_matches(is_numeral);
        if behind.len() < self.words().len() && behind.starts_with('是') {
            self.keep_from(self.words().len() - behind.len() + '是'.len_utf8());
        }
    }

    /// Cuts 由2020年的 off: when the move began.
    pub(super) fn cut_origin(&mut self) {
        if let Some(found) = period::start_in(self.words(), self.letters, self.years) {
            self.phrase.cues.note(Cue::From, "由");
            self.keep_before(found.at - '由'.len_utf8());
        } else if let Some(found) = period::end_in(self.words(), self.letters, self.years) {
            self.keep_before(found.at);
        }
    }

    /// Strips 达到, 同比增长 and the like from the end.
    pub(super) fn strip_value_words(&mut self) {
        while let Some(word) = BEFORE_VALUE.ending(self.words()) {
            // A share that changed is named as a share: 占…比重提升1.5个百分点.
            if word.tag == Cue::Share
                && self.value_type == ValueType::PercentagePoint
                && self.words().contains('占')
            {
                return;
            }
            let left = self.words().len() - word.text.len();
            let before = self.words().get(..left).unwrap_or_default();
            let whole = match word.text {
                "要" => before.ends_with(['纪', '主', '需', '重', '首', '必', '只']),
                "增长率" => before.ends_with("自然"),
                _ => false,
            };
            if whole {
                return;
            }
            // 总量和增量: the word is one of two that are named.
            let joined = self
                .words()
                .get(..left)
                .is_some_and(|words| words.ends_with(['和', '与', '、']));
            if joined && word.tag == Cue::Add {
                return;
            }
            self.phrase.cues.note(word.tag, word.text);
            self.keep_before(left);
        }
    }

    /// Cuts 较上年 and 比“十三五” off.
    pub(super) fn cut_comparison(&mut self) {
        const STANDARDS: &[&str] = &[
            "上年", "去年", "同期", "“十", "年初", "上一", "前", "全国", "20", "19", "十", "计划", "预期",
        ];
        if !self.letters.may_have(['较', '比']) {
            return;
        }
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

    /// Cuts a subject and its verb off inside the clause: 长沙…城市新增研发机构.
    pub(super) fn cut_inside(&mut self) {
        let Some((at, word)) = INSIDE.last_in(self.words()) else {
            return;
        };
        // 建成区绿化覆盖率: a noun.
        if self
            .words()
            .get(at + word.text.len()..)
            .is_some_and(|rest| rest.starts_with('区'))
        {
            return;
        }
        // 城镇新增就业、新增发放创业担保贷款分别…: a row of names stays whole.
        if self.phrase.cues.has(Cue::Each) && self.words().get(..at).is_some_and(|words| words.contains('、'))
        {
            return;
        }
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
    pub(super) fn cut_list(&mut self) {
        if !self.letters.may_have(['等', '、']) {
            return;
        }
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
        let names = || clause::conjunctions(words).count() + 1;
        if self.phrase.cues.has(Cue::Each) || self.row > 1 && names() == self.row {
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
}

/// How many characters are left of a phrase without the words that belong to the value.
fn core_length(phrase: &str) -> usize {
    let mut core = phrase;
    while let Some(word) = BEFORE_VALUE.ending(core) {
        core = core.strip_suffix(word.text).unwrap_or_default();
    }
    core.chars().count()
}
