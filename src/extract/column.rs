//! What the words over a column, beside a row or above a table say of its values.
//!
//! Pure. To teach a word, add it to its list.

use std::sync::LazyLock;

use super::measure::Measured;
use super::part::{self, Months};
use super::period::Epoch;
use super::words::Words;
use crate::model::{Measure, Span, ValueNature, ValueType};

/// What a word makes of the values that it heads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Rank,
    Share,
    Rate,
    Fall,
    Change,
    Addition,
    /// It only looks like one of the others.
    Nothing,
}

static KINDS: LazyLock<Words<'static, Kind>> = LazyLock::new(|| {
    Words::new(&[
        (Kind::Rank, "位次 排名 排位 名次"),
        (
            Kind::Share,
            "占比 比重 构成 占全省 占全市 占全国 占全区 占全县 完成率 完成比例 完成进度 完成计划比例 占计划",
        ),
        (
            Kind::Rate,
            "增长 增速 增幅 增长率 增长速度 同比 同比增长 比上年增长 年均增长 涨跌 涨跌幅 涨跌幅度 涨幅 ± +- +/-",
        ),
        (Kind::Fall, "下降 降低 同比下降 比上年下降 降幅"),
        (
            Kind::Change,
            "增减 同比增减 比上年增减 较上年增减 增减额 增减数 变化",
        ),
        (
            Kind::Addition,
            "增加 同比增加 比上年增加 比年初增加 较年初增加 增长额 增长量 净增 新增 增加额 增加数 增量 净增加 新认定 新培育",
        ),
        (
            Kind::Nothing,
            "增加值 增加值率 增加值能耗 自然增长率 高增长 增长点 覆盖率 城镇化率",
        ),
    ])
});

static NATURES: LazyLock<Words<'static, Option<ValueNature>>> = LazyLock::new(|| {
    Words::new(&[
        (
            Some(ValueNature::Actual),
            "实际 完成 完成数 完成值 完成情况 实绩 实现 执行 执行数 决算 已完成 计划完成情况 目标完成情况 任务完成情况 完成计划 完成目标 完成率 \
             完成比例 完成进度",
        ),
        (
            Some(ValueNature::Estimate),
            "预计 预计完成 预计数 预计值 初步预计",
        ),
        (
            Some(ValueNature::Target),
            "预期 目标 目标值 预期目标 计划 计划数 计划完成 任务 任务数 目标任务 预算 规划",
        ),
        // A plan that is named, and a plan's project, say nothing of the value.
        (None, "计划项目 科技计划 规划数 计划单列 目标责任 目标管理"),
    ])
});

/// Words that stand over values of any indicator.
static NAMELESS: LazyLock<Words<'static, ()>> = LazyLock::new(|| {
    Words::list(
        "绝对量 绝对数 绝对值 绝对额 总量 总额 总数 数量 数值 数额 金额 本年 本年数 本期 本月 本月数 累计 累计数 全年 全年累计 年末 年末数 期末 \
         期末数 年初数 上年 上年数 上年同期 同期 同期数 实际 实际数 实绩 完成 完成数 完成值 完成情况 预期 预期目标 目标 目标值 年度目标 计划 计划数 \
         预计 预计数 指标值 数据 值 全省 全市 全县 全区 全国 城市 农村 城镇 年 占 比上年 较上年 比 较 与上年相比 百分点 总计 年均 月 户数 家数 个数 人数 件数",
    )
});

/// Heads over cells that name no value: units, kinds and those who answer for a target.
static SILENT: LazyLock<Words<'static, ()>> = LazyLock::new(|| {
    Words::list(
        "单位 计量单位 属性 指标属性 性质 备注 说明 代码 序号 编号 责任单位 牵头单位 牵头部门 责任部门 配合单位 完成时限",
    )
});

/// Heads over the places of a table whose rows are places.
static PLACES: LazyLock<Words<'static, ()>> = LazyLock::new(|| {
    Words::list(
        "地区 区域 地域 县区 区县 市县 县市 县市区 县（市、区） 县(市、区) 市（县、区） 市州 市（州） 州市 盟市 设区市 市、县 行政区 城市 各县区 市区 园区 \
         各地 地市 镇街 乡镇 镇（街道） 区（市）县",
    )
});

/// What a row of places calls the sum of them.
static SUMS: LazyLock<Words<'static, ()>> =
    LazyLock::new(|| Words::list("合计 总计 小计 总数 共计 全部 平均 全省合计 全市合计 全县合计"));

/// Whether a cell only sums up the rows beside it.
pub(super) fn is_sum(words: &str) -> bool {
    let solid: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    SUMS.ending(&solid).is_some()
}

/// Whether the cells beneath this head are places.
pub(super) fn heads_places(words: &str) -> bool {
    PLACES.hold(words)
}

/// Whether the cells beneath this head name nothing.
pub(super) fn heads_silence(words: &str) -> bool {
    SILENT.hold(words)
}

/// Whether the cells beneath this head say how binding a target is.
pub(super) fn heads_binding(words: &str) -> bool {
    matches!(words, "属性" | "指标属性" | "指标性质" | "性质")
}

/// The period of heads like 本月 and 上年同期, in a report on the months that its `title` says.
pub(super) fn relative_period(words: &str, now: Epoch, title: &str) -> Option<Epoch> {
    let month = part::last_month(title);
    let (year, months) = (now.to, now.months);
    let so_far = || {
        Some(if now.is_part() {
            months
        } else {
            Months::of(1, month?)?
        })
    };
    if words.contains("上年同期") || words.contains("去年同期") {
        Some(Epoch::part(year - 1, so_far()?))
    } else if !words.contains('年') && (words.starts_with("累计") || words.ends_with("累计")) {
        Some(Epoch::part(year, so_far()?))
    } else if words.starts_with("本月") || words.starts_with("当月") {
        Some(Epoch::part(year, Months::of(month?, month?)?))
    } else {
        None
    }
}

/// The last kind that the words tell, if they tell any.
fn kind_in(words: &str) -> Option<(Kind, &'static str)> {
    let told = KINDS.all_in(words).filter(|(_, word)| word.tag != Kind::Nothing);
    told.last().map(|(_, word)| (word.tag, word.text))
}

/// The kind that a row's name ends with, or opens with where it is an addition.
fn kind_of_label(words: &str) -> Option<(Kind, &'static str)> {
    let ends = KINDS.ending(words).filter(|word| word.tag != Kind::Nothing);
    let word = ends.or_else(|| {
        let added = KINDS.all_in(words).find(|(_, word)| word.tag == Kind::Addition);
        added.map(|(_, word)| word)
    })?;
    Some((word.tag, word.text))
}

/// Whether the head is over values that are told of the column before it (同比增长, 占比, 位次).
pub(super) fn is_relative(head: &str) -> bool {
    kind_in(head).is_some()
}

/// The measure of a value under these heads, the lowest first, in the row of this name.
pub(super) fn measure<'w>(
    heads: impl Iterator<Item = &'w str>,
    label: &str,
    caption: &str,
    value_type: ValueType,
) -> Measured {
    let percent = matches!(value_type, ValueType::Percent | ValueType::Fraction);
    let mut heads = heads.peekable();
    let told = heads
        .find_map(kind_in)
        .or_else(|| kind_of_label(label))
        .or_else(|| kind_in(caption).filter(|(kind, _)| percent && matches!(kind, Kind::Rate)));
    let (kind, words) = told.unwrap_or((Kind::Nothing, ""));
    let measure = match (kind, value_type) {
        (Kind::Rank, _) | (_, ValueType::Rank) => Measure::Rank,
        (Kind::Nothing, _) => Measure::Level,
        (_, ValueType::PercentagePoint) => Measure::Change,
        (Kind::Share, _) if percent || value_type == ValueType::Count => Measure::Share,
        (Kind::Share, _) => Measure::Level,
        (_, _) if percent => Measure::GrowthRate,
        (Kind::Rate, ValueType::Count | ValueType::Quantity) => Measure::GrowthRate,
        (Kind::Rate | Kind::Addition, _) => Measure::Increase,
        (Kind::Fall | Kind::Change, _) => Measure::Change,
    };
    Measured {
        measure,
        down: kind == Kind::Fall && measure != Measure::Level,
        words: if measure == Measure::Level { "" } else { words },
    }
}

/// Whether the words say that a value was reached, is expected or planned, and the word for it.
pub(super) fn nature(words: &str) -> Option<(ValueNature, &'static str)> {
    let told = NATURES
        .all_in(words)
        .filter_map(|(_, word)| Some((word.tag?, word.text)));
    told.last()
}

/// The words of a row's name or a column's head without its number, 其中： and a unit in brackets behind it.
pub(super) fn bare(text: &str, cell: Span) -> Span {
    let words = cell.of(text).unwrap_or_default();
    let after_colon = words.rfind(['：', ':']).map_or(words, |at| {
        words
            .get(at..)
            .unwrap_or_default()
            .trim_start_matches(['：', ':'])
    });
    let rest = after_colon.trim_start_matches(|c: char| c.is_whitespace() || "#＃*＊•·".contains(c));
    let rest = unnumbered(rest.strip_prefix("其中").unwrap_or(rest));
    let end = rest
        .find(['（', '('])
        .filter(|at| *at > 0 && is_remark(rest, *at));
    let named = rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest);
    let start = cell.end - rest.len();
    Span::new(
        start,
        start + named.trim_end_matches([' ', '\u{3000}', '*', '%', '％']).len(),
    )
}

/// What is left of bare words without what says the measure of their values; empty where nothing is left.
pub(super) fn name(text: &str, bare: Span) -> Span {
    let words = without_measure(bare.of(text).unwrap_or_default());
    Span::new(bare.start + opening(words), bare.start + words.len())
}

/// Whether what stands in the brackets that open at `at` goes to the end, so that it is no part of a name.
fn is_remark(words: &str, at: usize) -> bool {
    words.trim_end().ends_with(['）', ')', '*'])
        || words.get(at..).is_some_and(|rest| !rest.contains(['）', ')']))
}

/// A name without the number of its row: 1.高新技术企业, （1）, 一、.
fn unnumbered(words: &str) -> &str {
    let inner = words.trim_start_matches(['（', '(']);
    let behind = inner.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let is_number = behind.len() < inner.len();
    let rest = behind.trim_start_matches(['.', '．', '、', '）', ')']);
    let closed = rest.len() < behind.len() && !rest.starts_with(|c: char| c.is_ascii_digit());
    if is_number && closed {
        rest.trim_start()
    } else {
        words
    }
}

/// The words without a rate or a share at their end: 地区生产总值增长, 研发投入占GDP比重.
fn without_measure(words: &str) -> &str {
    const KEPT: &[&str] = &[
        "涨幅",
        "降幅",
        "涨跌幅",
        "涨跌幅度",
        "变化",
        "新增",
        "净增",
        "构成",
    ];
    let mut rest = words.trim_end_matches(['%', '％']);
    let is_share = ["比重", "比例", "占比"].iter().any(|word| rest.ends_with(word));
    if let Some(at) = rest.rfind('占').filter(|_| is_share) {
        rest = rest.get(..at).unwrap_or(rest);
    }
    while let Some(word) = KINDS
        .ending(rest)
        .filter(|word| word.tag != Kind::Nothing && !KEPT.contains(&word.text))
    {
        let shorter = rest.strip_suffix(word.text).unwrap_or(rest);
        rest = shorter.trim_end_matches(['及', '其', '和', '与']);
    }
    ["同比", "比上年", "较上年", "年均"]
        .iter()
        .fold(rest, |rest, word| rest.strip_suffix(word).unwrap_or(rest))
}

/// How many bytes of a name's start say whose its values are, or what was done to what they count.
fn opening(words: &str) -> usize {
    const WHOLE: &[&str] = &["全市", "全省", "全县", "全区", "全州"];
    const DONE: &[&str] = &[
        "新增",
        "净增",
        "新认定",
        "新培育",
        "新引进",
        "新建",
        "培育",
        "引进",
        "建设",
        "实施",
        "建成",
        "组织",
        "开展",
        "举办",
        "引育",
    ];
    /// What follows such a word that is part of a name: 新增就业, 建设用地.
    const BOUND: &[&str] = &[
        "就业", "用地", "投资", "项目", "工程", "资金", "规模", "活动", "培训", "区", "域",
    ];
    [WHOLE, DONE].iter().fold(0, |skipped, openings| {
        let rest = words.get(skipped..).unwrap_or_default();
        let named = openings.iter().find_map(|word| rest.strip_prefix(word));
        let is_free =
            |named: &&str| named.chars().count() >= 3 && !BOUND.iter().any(|word| named.starts_with(word));
        named
            .filter(is_free)
            .map_or(skipped, |named| words.len() - named.len())
    })
}

/// Whether words over a column name no indicator by themselves.
pub(super) fn is_nameless(words: &str) -> bool {
    let mut rest = words.trim();
    while let Some(word) = NAMELESS.ending(rest) {
        rest = rest.strip_suffix(word.text).unwrap_or_default().trim_end();
    }
    rest.is_empty()
}
