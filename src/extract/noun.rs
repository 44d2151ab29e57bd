//! The noun behind a value: 建成30家企业, 30%的企业.
//!
//! Pure.

use std::sync::LazyLock;

use super::clause::{Clause, trim};
use super::cues::{BEFORE_VALUE, Cue, PREDICATES, SCOPES};
use super::strip::Reader;
use super::words::Words;
use crate::model::{Span, ValueType};

/// Words behind a value that go on with the sentence and name nothing.
static NO_NOUNS: LazyLock<Words<'static, ()>> = LazyLock::new(|| {
    Words::list(
        "水平 行列 台阶 大关 关口 两个台阶 两个大关 居 位居 稳居 占 达 增长 下降 提升 提高 高于 低于 快于 优于 保持 稳定 获评 为“ 以上 全国第 全省第 、",
    )
});

/// What an indicator climbs or passes.
static STEPS: LazyLock<Words<'static, ()>> = LazyLock::new(|| Words::list("台阶 大关 关口 门槛"));

/// What stands behind 的 and a value and is nothing that is counted: 增长9.5%的基础上.
static ABSTRACT: LazyLock<Words<'static, ()>> =
    LazyLock::new(|| Words::list("基础 目标 水平 速度 比例 任务 增速"));

/// Verbs of honours, which a streak may be of: 连续三年获评….
static HONOURS: LazyLock<Words<'static, ()>> =
    LazyLock::new(|| Words::list("获 荣获 入选 被评 在 夺得 斩获 摘得 蝉联 上榜 入围 荣登"));

/// Verbs that end a noun because a rank or a share follows: 14种农产品产量居全国第1位.
const RANKS: &[&str] = &["居全", "居中", "居西", "居东", "位居", "稳居", "占"];

/// Nouns that begin like a verb of [`NO_NOUNS`].
static RESIDENTS: LazyLock<Words<'static, ()>> = LazyLock::new(|| Words::list("居民 居家 居住 增长极 占地"));

impl Reader<'_> {
    /// The noun behind the value; empty where it has none.
    pub(super) fn noun_behind(&mut self, clause: &Clause) -> Span {
        let words = clause.tail.of(self.text).unwrap_or_default();
        let of = words.strip_prefix('的');
        let counted = !matches!(
            self.value_type,
            ValueType::Percent | ValueType::PercentagePoint | ValueType::Rank
        );
        let joined = words.starts_with(['和', '及', '与', '、', '至', '或', '/', '并']);
        let noun = of.unwrap_or(words);
        if noun.is_empty() || joined || (of.is_none() && !counted) || self.goes_on(noun, of.is_some()) {
            return Span::default();
        }
        let start = clause.tail.end - noun.len();
        let span = trim(self.text, Span::new(start, start + noun_end(noun)));
        if span.len() < 4 {
            return Span::default();
        }
        if !counted {
            self.phrase.cues.note(Cue::Share, "的");
        }
        span
    }

    /// Whether the words behind the value go on with the sentence and name nothing.
    fn goes_on(&self, words: &str, behind_of: bool) -> bool {
        // 两个千亿元台阶: what was climbed, not what climbed.
        if STEPS.ending(words).is_some() {
            return true;
        }
        if behind_of && ABSTRACT.starting(words).is_some() {
            return true;
        }
        let streak = self.value_type == ValueType::Duration && self.phrase.cues.has(Cue::Streak);
        // 连续两年全省第一: a body that something is ranked within is not what is counted.
        if SCOPES.hold(words) || (streak && !behind_of && HONOURS.starting(words).is_none()) {
            return true;
        }
        let moves = BEFORE_VALUE
            .starting(words)
            .is_some_and(|word| matches!(word.tag, Cue::To | Cue::Grow | Cue::Fall));
        (moves || NO_NOUNS.starting(words).is_some()) && RESIDENTS.starting(words).is_none()
    }
}

/// How much of the words behind a value is its noun: up to a predicate or a rank. Bytes.
fn noun_end(words: &str) -> usize {
    // A noun is no shorter than two characters.
    const LEAST: usize = 6;
    let predicate = PREDICATES.all_in(words).find(|(at, word)| {
        let rest = words.get(at + word.text.len()..).unwrap_or_default();
        // 优质均衡 and 均值 are nouns.
        *at >= LEAST && !(word.text == "均" && rest.starts_with(['衡', '值', '等']))
    });
    let may_rank = words.contains('居') || words.contains('占');
    let rank = RANKS
        .iter()
        .filter(|_| may_rank)
        .filter_map(|verb| words.find(verb))
        .filter(|at| *at >= LEAST)
        .min();
    let end = predicate
        .map_or(words.len(), |(at, _)| at)
        .min(rank.unwrap_or(words.len()));
    let noun = words.get(..end).unwrap_or(words);
    noun.trim_end_matches(['近', '超', '约', '达', '逾', '共', '和', '与', '、'])
        .len()
}
