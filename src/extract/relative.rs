//! What rates and ranks are taken within: 居全省第1, 占全国30%, 高于全国平均.
//!
//! Pure.

use super::clause::trim;
use super::cues::{BEFORE_VALUE, Cue, GAPS, RANKING, SCOPES};
use super::strip::Reader;
use crate::model::{Span, ValueType};

/// What a plan is called where a value says how much of it was done.
const PLANS: &[&str] = &[
    "任务",
    "目标",
    "计划",
    "预算",
    "任务数",
    "目标数",
    "目标任务",
    "目标值",
    "任务量",
];

impl Reader<'_> {
    /// Cuts 居全省 off; the scope is what stood there.
    pub(super) fn cut_rank(&mut self) {
        let scope = SCOPES.last_in(self.words());
        let verb = RANKING.last_in(self.words());
        // 在全省十三市中排名: all that stands before the verb is the scope.
        if let (Some((at, word)), None) = (verb, scope)
            && let Some(body) = self
                .words()
                .get(..at)
                .filter(|body| body.ends_with('中') && body.len() <= 30)
        {
            self.phrase.cues.note(word.tag, word.text);
            self.phrase.scope = Span::new(self.rest.start, self.rest.start + body.len() - '中'.len_utf8());
            self.keep_before(0);
            return;
        }
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
    pub(super) fn cut_gap(&mut self) {
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
    pub(super) fn cut_part(&mut self) {
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
            // 贡献了增加值的55.9%, 相当于增加值的38%
            if words.contains("贡献了") || words.contains("相当于") {
                self.phrase.cues.note(Cue::Share, "的");
            }
            self.keep_before(words.len());
            return;
        };
        self.phrase.cues.note(Cue::Share, "的");
        self.phrase.scope = Span::new(self.rest.start + at, self.rest.start + words.len());
        self.keep_before(at - word.text.len());
    }

    /// Cuts 完成全年任务的 off: what is left is how much of a plan was done.
    pub(super) fn cut_progress(&mut self) {
        let words = self.words().trim_end_matches('的');
        let at = words.rfind("完成").map_or(0, |at| at + "完成".len());
        let plan = words.get(at..).unwrap_or_default();
        let done = at > 0 || self.phrase.cues.words(Cue::Act) == "完成" || PLANS.contains(&plan);
        if done && PLANS.iter().any(|end| plan.ends_with(end)) && plan.chars().count() <= 10 {
            self.phrase.cues.note(Cue::Share, "完成");
            self.phrase.scope = Span::new(self.rest.start + at, self.rest.start + words.len());
            self.keep_before(at.saturating_sub("完成".len()));
        }
    }

    /// Cuts 是上一个五年的 off: what the multiple is of.
    pub(super) fn cut_base(&mut self) {
        let words = self.words();
        if words.ends_with('的')
            && ["是", "为", "约为", "相当于"]
                .iter()
                .any(|verb| words.starts_with(verb))
        {
            self.keep_before(0);
        }
    }

    /// Cuts the whole off that a fraction is of: 稳定在全国1/4.
    pub(super) fn cut_whole(&mut self) {
        if self.value_type == ValueType::Fraction
            && let Some(body) = SCOPES.ending(self.words())
        {
            let at = self.words().len() - body.text.len();
            self.phrase.scope = Span::new(self.rest.start + at, self.rest.end);
            self.keep_before(at);
        }
    }

    /// The name of a rate in brackets behind a share that it is defined by.
    fn bracketed_rate(&self, at: usize) -> Option<Span> {
        let words = self.words().get(at..)?.trim_end_matches(['为', '达']);
        let inside = words.strip_suffix(['）', ')'])?;
        let open = inside.rfind(['（', '('])?;
        let name = inside.get(open..)?.trim_start_matches(['（', '(']);
        let start = self.rest.start + at + inside.len() - name.len();
        name.ends_with('率').then(|| Span::new(start, start + name.len()))
    }

    /// Cuts 占全省比重 and 在北方地区占比 off.
    pub(super) fn cut_share(&mut self) {
        let Some(at) = self.words().rfind('占') else {
            let whole = self
                .words()
                .strip_prefix('在')
                .filter(|_| self.phrase.cues.has(Cue::Share));
            if whole.is_some_and(|whole| SCOPES.ending(whole).is_some() || whole.ends_with("地区")) {
                self.phrase.scope = self.rest;
                self.keep_before(0);
            }
            return;
        };
        if let Some(rate) = self.bracketed_rate(at) {
            // 占总人口比重（常住人口城镇化率）为65%: the rate has a name of its own.
            self.rest = rate;
            return;
        }
        self.phrase.cues.note(Cue::Share, "占");
        self.phrase.scope = trim(
            self.text,
            Span::new(self.rest.start + at + '占'.len_utf8(), self.rest.end),
        );
        self.keep_before(at);
    }
}
